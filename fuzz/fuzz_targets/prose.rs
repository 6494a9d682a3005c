//! Renders any bytes as a text of a plan.

#![no_main]

use planmaker_fuzz::laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    laws::holds_of_prose(&String::from_utf8_lossy(bytes));
});
