//! Keeps a report from giving commands to the build server that shows it.

use std::io::{self, Write};

/// The beginning of a command of Azure Pipelines and older GitHub Actions, anywhere in a line: `##[error]`.
const COMMAND: &str = "##[";

/// A sink for a report, in which no text of a plan begins a command for a build server.
pub(super) struct Harmless<'o> {
    out: &'o mut dyn Write,
    format: Format,
    /// The line that is not complete yet.
    line: Vec<u8>,
}

/// The format of the report, which decides how a sign is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Text in which no line is a command: `::error` at the start of a line becomes `: :error`.
    Text,
    /// GitHub annotations, of which each line is a command of planmaker.
    Annotations,
    /// JSON, in whose strings a sign can be written as an escape.
    Json,
}

impl Format {
    /// The replacement of [`COMMAND`].
    const fn instead(self) -> &'static str {
        match self {
            Self::Text | Self::Annotations => "# #[",
            Self::Json => "##\\u005b",
        }
    }
}

impl<'o> Harmless<'o> {
    pub(super) const fn new(out: &'o mut dyn Write, format: Format) -> Self {
        Self {
            out,
            format,
            line: Vec::new(),
        }
    }

    /// Writes what was held back.
    fn write_line(&mut self) -> io::Result<()> {
        // Only a report that is not UTF-8 would be changed by this, and none is.
        let line = String::from_utf8_lossy(&self.line);
        let line = match self.format {
            Format::Text => harmless(&line),
            Format::Annotations | Format::Json => line.replace(COMMAND, self.format.instead()),
        };
        self.out.write_all(line.as_bytes())?;
        self.line.clear();
        Ok(())
    }
}

impl Write for Harmless<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for piece in bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r')) {
            self.line.extend_from_slice(piece);
            if piece.ends_with(b"\n") || piece.ends_with(b"\r") {
                self.write_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.write_line()?;
        self.out.flush()
    }
}

/// A line of a message in which no text of a plan begins a command for a build server.
#[must_use]
pub fn harmless(line: &str) -> String {
    let line = line.replace(COMMAND, Format::Text.instead());
    let text = line.trim_start();
    match text.strip_prefix("::") {
        Some(rest) => format!("{}: :{rest}", &line[..line.len() - text.len()]),
        None => line,
    }
}
