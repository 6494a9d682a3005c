//! What the fuzz targets share: the laws of `tests/properties`, and what a document must be to other programs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/properties/edits.rs"]
pub mod edits;
#[path = "../../tests/properties/laws/mod.rs"]
pub mod laws;

mod documents;

pub use documents::holds_of_documents;
