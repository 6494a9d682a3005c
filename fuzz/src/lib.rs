//! What the fuzz targets share: the laws of `tests/properties`, and what they throw at them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../../tests/properties/edits.rs"]
pub mod edits;
#[path = "../../tests/properties/laws/mod.rs"]
pub mod laws;

use laws::{Documents, holds_of_rendering};
use scraper::Html;

/// The laws of rendering, of one of the documents of these bytes.
pub fn holds_of_documents(bytes: &[u8]) {
    holds_of_rendering(bytes, Documents::OneByLength, |page: &Html| {
        assert!(page.errors.is_empty(), "{:?}", page.errors);
    });
}
