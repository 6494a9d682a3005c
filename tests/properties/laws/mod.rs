//! What holds of any bytes at all, whether they are read, checked or rendered. The tests beside this module and the targets
//! in `fuzz/` throw bytes at the same laws: a law is a function that panics when it is broken.
//!
//! Documents are judged by programs that share no line with planmaker: a browser's parser, another reader of Markdown.

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

/// The laws of the plan that these edits make: those of checking or those of rendering, for speed.
pub fn holds_of_edits(edits: &[u8]) {
    let plan = edits::plan(edits);
    if edits.len().is_multiple_of(2) {
        holds_of_checking(plan.as_bytes());
    } else {
        holds_of_rendering(plan.as_bytes(), Documents::OneByLength);
    }
}
