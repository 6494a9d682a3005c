//! Tests of documents and their figures.

mod figures_groups;
mod groups;
mod injection;
mod page;
mod shown;
#[path = "../properties/checks/style.rs"]
mod style;
mod theme;
mod thread;
