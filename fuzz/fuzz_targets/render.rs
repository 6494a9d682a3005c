//! Renders any bytes as a plan.

#![no_main]

use planmaker_fuzz::checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if bytes.len().is_multiple_of(4) {
        checks::check_shown(bytes);
    } else {
        checks::check_documents(bytes, checks::Documents::OneByLength);
    }
});
