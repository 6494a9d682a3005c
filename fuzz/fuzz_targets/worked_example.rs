//! Bytes to edits of whole plans, to findings and documents.

#![no_main]

use planmaker_fuzz::{edits, holds_of_documents, laws};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let plan = edits::plan(bytes);
    // One of the two, for speed.
    if bytes.len().is_multiple_of(2) {
        laws::holds_of_checking(plan.as_bytes());
    } else {
        holds_of_documents(plan.as_bytes());
    }
});
