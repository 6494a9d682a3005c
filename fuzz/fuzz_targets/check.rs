//! Checks any bytes as a plan.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| planmaker_fuzz::checks::check_findings(bytes));
