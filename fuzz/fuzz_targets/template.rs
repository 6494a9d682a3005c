//! Renders a plan with any text as the template.

#![no_main]

use planmaker_fuzz::checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    checks::check_template(&String::from_utf8_lossy(bytes));
});
