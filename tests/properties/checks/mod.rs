//! Properties of reading, checking and rendering that hold for any bytes, shared by the property tests and the fuzz targets.
//! Each function panics when a property is violated.
//!
//! The parsers that validate documents share no code with planmaker: a browser's for HTML, and another one for Markdown.

use crate::edits;

mod documents;
mod drawings;
mod editing;
mod findings;
mod many;
mod markdown;
mod office;
mod page;
mod places;
mod prose;
mod reading;
mod shown;
mod style;
mod template;
mod theme;

pub use documents::{Documents, check_documents};
pub use editing::{check_change, check_editing};
pub use findings::check_findings;
pub use many::check_many;
pub use prose::check_prose;
pub use reading::check_reading;
pub use shown::check_shown;
pub use template::check_template;
pub use theme::check_theme;

/// Checks the findings, the documents or the contents of an edited plan, not all of them, for speed.
pub fn check_edits(edits: &[u8]) {
    let plan = edits::plan(edits);
    match edits.len() % 4 {
        0 | 2 => check_findings(plan.as_bytes()),
        1 => check_documents(plan.as_bytes(), Documents::OneByLength),
        _ => _ = check_shown(plan.as_bytes()),
    }
}
