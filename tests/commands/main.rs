//! Tests of the commands: languages, output formats, failures while writing, and the questions of `new`.

#[cfg(unix)]
mod action;
mod folders;
mod formats;
mod interrupted;
mod language;
mod many_findings;
mod nothing_lost;
mod questions;
mod report_text;
#[cfg(windows)]
mod windows;
