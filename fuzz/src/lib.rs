//! The properties and generators of `tests/properties`, shared by the fuzz targets.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/properties/edits.rs"]
pub mod edits;
#[path = "../../tests/properties/checks/mod.rs"]
pub mod checks;
