//! Bytes to documents for people and for programs.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| planmaker_fuzz::holds_of_documents(bytes));
