//! planmaker builds implementation plans.
pub mod annex;
pub mod check;
pub mod coherence;
pub mod document;
pub mod error;
pub mod explain;
pub mod facts;
pub mod finding;
pub mod path;
mod phrases;
pub mod plan;
pub mod reading;
pub mod render;
pub mod report;
pub mod rule;
pub mod scaffold;
pub mod schema;
pub mod section;
pub mod shape;
mod suggest;
#[cfg(test)]
mod testing;
pub mod value;
pub mod view;
pub mod words;
