//! Bytes to edits of whole plans, to findings and documents.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| planmaker_fuzz::laws::holds_of_edits(bytes));
