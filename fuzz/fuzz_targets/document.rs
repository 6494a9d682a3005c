//! Reads any bytes as YAML.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| planmaker_fuzz::checks::check_reading(bytes));
