//! The report as GitHub annotations (workflow commands).

use std::io::{self, Write};

use super::run::{Summary, Writer};
use super::{FileReport, Item, text};
use crate::finding::Severity;
use crate::words::Words;

/// Writes one annotation per finding, and one for those that are not listed.
#[derive(Debug)]
pub(super) struct GithubWriter(pub Words);

impl Writer for GithubWriter {
    fn file(&mut self, file: FileReport, out: &mut dyn Write) -> io::Result<()> {
        for item in &file.items {
            writeln!(out, "{}", annotation(&file.file, item))?;
        }
        if let Some(text) = text::unlisted(file.unlisted(), self.0) {
            let (file, text) = (property(&file.file), data(&text));
            writeln!(out, "::notice file={file}::{text}")?;
        }
        Ok(())
    }

    fn end(&mut self, _: &Summary, _: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

fn annotation(file: &str, item: &Item) -> String {
    let level = match item.finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Tip => "notice",
    };
    let (start, end) = (item.place.start, item.place.end);
    let file = property(file);
    let title = property(&format!("{}: {}", item.finding.rule.name, item.title));
    format!(
        "::{level} file={file},line={},endLine={},col={},endColumn={},title={title}::{}",
        start.line,
        end.line,
        start.column,
        end.column,
        data(&item.fix),
    )
}

/// Escapes the message of an annotation.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of an annotation.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
