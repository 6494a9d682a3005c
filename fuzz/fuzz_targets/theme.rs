//! Bytes to the house style of a page.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| planmaker_fuzz::laws::holds_of_theme(bytes));
