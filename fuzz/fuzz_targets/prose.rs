//! Renders any bytes as a text of a plan.

#![no_main]

use planmaker_fuzz::checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    checks::check_prose(&String::from_utf8_lossy(bytes));
});
