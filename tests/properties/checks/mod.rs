//! Properties of reading, checking and rendering that hold for any bytes, shared by the property tests and the fuzz targets.
//! Each function panics when a property is violated.
//!
//! The parsers that validate documents share no code with planmaker: a browser's for HTML, and another one for Markdown.

use crate::edits;

mod documents;
mod drawings;
mod findings;
mod markdown;
mod page;
mod places;
mod prose;
mod reading;
mod theme;

pub use documents::{Documents, check_documents};
pub use findings::check_findings;
pub use prose::check_prose;
pub use reading::check_reading;
pub use theme::check_theme;

/// Checks the findings or the documents of an edited plan, not both, for speed.
pub fn check_edits(edits: &[u8]) {
    let plan = edits::plan(edits);
    if edits.len().is_multiple_of(2) {
        check_findings(plan.as_bytes());
    } else {
        check_documents(plan.as_bytes(), Documents::OneByLength);
    }
}
