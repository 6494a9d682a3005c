//! What the fuzz targets share: the laws of `tests/properties`, and what they throw at them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/properties/edits.rs"]
pub mod edits;
#[path = "../../tests/properties/laws/mod.rs"]
pub mod laws;
