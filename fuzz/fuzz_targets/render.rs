//! Renders any bytes as a plan.

#![no_main]

use planmaker_fuzz::checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    checks::check_documents(bytes, checks::Documents::OneByLength);
});
