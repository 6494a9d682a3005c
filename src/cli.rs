//! The commands, one file each: the only code that prints, reads and writes files.

pub mod args;
pub mod check;
pub mod completions;
pub mod error;
pub mod explain;
pub mod language;
pub mod new;
mod own_templates;
pub mod render;
pub mod schema;
pub mod source;
pub mod templates;
pub mod writing;

use std::io::{self, Write};
use std::process::ExitCode;

use planmaker::words::Words;

use args::{Args, Command};
use error::Error;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nothing that counts was found.
    Clean,
    /// Something that counts was found.
    Findings,
    /// The tool could not do its work.
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

/// Carries out a command and tells what went wrong.
pub fn run(args: &Args) -> ExitCode {
    let words = args
        .lang
        .map_or_else(language::words, |lang| Words::of(lang.into()));
    let status = match &args.command {
        Command::Check(args) => check::run(args, words),
        Command::Explain(args) => explain::run(args, words),
        Command::New(args) => new::run(args, words),
        Command::Render(args) => render::run(args, words),
        Command::Schema(args) => schema::run(args, words),
        Command::Templates(args) => templates::run(args, words),
        Command::Completions(args) => completions::run(args, words),
    };
    status.unwrap_or_else(|error| fail(&error, words)).into()
}

/// Tells on standard error what stopped the tool.
pub fn fail(error: &Error, words: Words) -> Status {
    let name = words.get("storing.fout");
    // When standard error is gone too there is nobody left to tell.
    let _ = writeln!(io::stderr(), "{name}: {}", shown(&error.message(words)));
    Status::Failed
}

/// A line without characters that a terminal obeys: the name of a file can hold any, line breaks among them.
pub fn shown(line: &str) -> String {
    let is_obeyed = |c: char| {
        let breaks = matches!(c, '\u{2028}' | '\u{2029}');
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        breaks || turns || c.is_control()
    };
    line.replace(is_obeyed, "�")
}

/// Writes to standard output. A reader that stops early (`planmaker check | head`) is no error.
///
/// # Errors
///
/// When standard output cannot be written.
pub fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Error> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Unwritable {
            path: "-".into(),
            source: error,
        }),
        _ => Ok(()),
    }
}
