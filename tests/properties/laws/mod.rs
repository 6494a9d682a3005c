//! Properties of reading, checking and rendering that hold for any bytes, shared by the property tests and the fuzz targets.
//! A property is a function that panics when it is violated.
//!
//! The parsers that validate documents share no code with planmaker: one of a browser, and another one for Markdown.

use crate::edits;

mod checking;
mod drawing;
mod markdown;
mod page;
mod places;
mod prose;
mod reading;
mod rendering;
mod theme;

pub use checking::holds_of_checking;
pub use prose::holds_of_prose;
pub use reading::holds_of_reading;
pub use rendering::{Documents, holds_of_rendering};
pub use theme::holds_of_theme;

/// Tests an edited plan: either its checking or its rendering, for speed.
pub fn holds_of_edits(edits: &[u8]) {
    let plan = edits::plan(edits);
    if edits.len().is_multiple_of(2) {
        holds_of_checking(plan.as_bytes());
    } else {
        holds_of_rendering(plan.as_bytes(), Documents::OneByLength);
    }
}
