//! What holds of any bytes at all, whether they are read, checked or rendered. The tests beside this module and the targets
//! in `fuzz/` throw bytes at the same laws: a law is a function that panics when it is broken.
//!
//! What a document must be to a browser or to a reader of Markdown is judged in `fuzz/src/documents.rs`, by parsers that
//! planmaker itself does not need.

mod checking;
mod places;
mod reading;
mod rendering;

pub use checking::holds_of_checking;
pub use reading::holds_of_reading;
pub use rendering::holds_of_rendering;
