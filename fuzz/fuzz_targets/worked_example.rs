//! Bytes to edits of whole plans, to findings and documents.

#![no_main]

use planmaker_fuzz::{complain, laws};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| laws::holds_of_edits(bytes, complain));
