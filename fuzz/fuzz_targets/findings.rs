//! Checks plans with very many findings.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| planmaker_fuzz::checks::check_many(bytes));
