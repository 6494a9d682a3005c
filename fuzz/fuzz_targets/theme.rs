//! Renders a page with any bytes as its house style.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| planmaker_fuzz::checks::check_theme(bytes));
