//! Tests of documents and their figures.

mod figures_groups;
mod groups;
mod injection;
mod page;
mod shown;
mod theme;
mod thread;
