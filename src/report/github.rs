//! The report as GitHub annotations (workflow commands).

use std::io::{self, Write};

use super::{Item, Report};
use crate::finding::Severity;

/// Writes one annotation per finding.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for file in &report.files {
        for item in &file.items {
            writeln!(out, "{}", annotation(&file.file, item))?;
        }
    }
    Ok(())
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
