//! The commands, one file each: the only code that prints, reads and writes files.

pub mod args;
pub mod check;
pub mod completions;
pub mod contained;
mod device;
pub mod error;
pub mod explain;
mod folder;
mod in_order;
pub mod interrupt;
pub mod language;
pub mod new;
mod own_templates;
pub mod own_window;
mod recognition;
pub mod render;
pub mod schema;
pub mod source;
pub mod suggest;
pub mod templates;
pub mod writing;

use std::io::{self, IsTerminal as _, Write};
use std::path::Path;
use std::process::ExitCode;

use jiff::civil::Date;
use planmaker::report::harmless;
use planmaker::{Words, is_terminal_control, key, scaffold};

use args::{Args, Command};
use error::Error;

/// The outcome of a command, which determines the exit status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// No finding that counts.
    Clean,
    /// At least one finding that counts.
    Findings,
    /// The command could not do its work.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        match status {
            Status::Clean => Self::SUCCESS,
            Status::Findings => Self::from(1),
            Status::Failed => Self::from(2),
        }
    }
}

/// Runs a command and reports its error, if any.
pub fn run(args: &Args, words: Words) -> ExitCode {
    let status = match &args.command {
        Command::Check(args) => check::run(args, words),
        Command::Suggest(args) => suggest::run(args, words),
        Command::Explain(args) => explain::run(args, words),
        Command::New(args) => new::run(args, words),
        Command::Render(args) => render::run(args, words),
        Command::Schema(args) => schema::run(args, words),
        Command::Templates(args) => templates::run(args, words),
        Command::Completions(args) => completions::run(args, words),
    };
    status.unwrap_or_else(|error| fail(&error, words)).into()
}

/// Writes an error to standard error.
pub fn fail(error: &Error, words: Words) -> Status {
    let name = words.get(key::storing::FOUT);
    // There is nowhere to report that standard error is closed.
    let _ = writeln!(io::stderr(), "{name}: {}", shown(&error.message(words)));
    Status::Failed
}

/// Writes warnings to standard error.
pub fn warn(lines: impl IntoIterator<Item = String>) {
    for line in lines {
        // There is nowhere to report that standard error is closed.
        let _ = writeln!(io::stderr(), "{line}");
    }
}

/// Replaces the characters in a line that a terminal may act on: the name of a file can have any, even line breaks.
pub fn shown(line: &str) -> String {
    harmless(&line.replace(is_terminal_control, "�"))
}

/// A path in a message. It is to be copied, so it is not shortened as other texts in messages are.
pub fn shown_path(path: &Path) -> String {
    shown(&path.display().to_string())
}

/// A path as an argument of a command to copy.
pub fn shown_argument(path: &Path) -> String {
    let path = shown_path(path);
    if path.contains(' ') {
        format!("\"{path}\"")
    } else {
        path
    }
}

/// Writes to standard output. A reader that stops early (`planmaker check | head`) is not an error.
pub fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    ended(write(&mut out).and_then(|()| out.flush()))
}

/// The result of writing to standard output. A reader that stops early is not an error.
fn ended(written: io::Result<()>) -> Result<(), Error> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Unwritable {
            path: "-".into(),
            source: error,
        }),
        _ => Ok(()),
    }
}

/// Writes a document to standard output, byte for byte: colours are left out of messages only.
pub fn print_bytes(bytes: &[u8]) -> Result<(), Error> {
    if io::stdout().is_terminal() {
        return print(|out| out.write_all(bytes));
    }
    let mut out = io::stdout().lock();
    ended(out.write_all(bytes).and_then(|()| out.flush()))
}

/// Parses a day. The error is the key of the text with instructions.
pub fn day(text: &str) -> Result<Date, &'static str> {
    scaffold::day(text).map_err(|_| key::storing::gebruik::hoe::DATUM)
}
