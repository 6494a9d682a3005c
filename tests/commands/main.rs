//! Tests of the commands: output formats, failures while writing, and the questions of `new`.

mod formats;
mod nothing_lost;
mod questions;
