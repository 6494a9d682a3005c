//! Changes plans with edits in several layouts, decoded from any bytes.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| planmaker_fuzz::checks::check_editing(bytes));
