//! Renders any bytes as a plan.

#![no_main]

use planmaker_fuzz::laws;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    laws::holds_of_rendering(bytes, laws::Documents::OneByLength);
});
