//! The report about all plans of one run, written plan by plan: memory does not grow with what the plans contain.

use std::io::{self, Write};

use super::lines::{Format, Harmless};
use super::text::{Style, TextWriter};
use super::{
    FileReport, Skipped, Totals, github::GithubWriter, json::JsonWriter, sarif::SarifWriter,
};
use crate::words::Words;

/// The format of a report.
#[derive(Debug, Clone, Copy)]
pub enum ReportFormat {
    /// For people.
    Text(Style),
    /// JSON, versioned.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// GitHub annotations.
    Github,
}

/// Writes the report of a run in one format.
pub(super) trait Writer {
    /// Writes the part about one plan, or keeps it until the next call.
    fn file(&mut self, file: FileReport, out: &mut dyn Write) -> io::Result<()>;

    /// Writes the rest.
    fn end(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()>;
}

/// A summary of all plans of a run.
#[derive(Debug, Default)]
pub(super) struct Summary {
    /// The number of plans.
    pub files: usize,
    pub totals: Totals,
    /// The YAML files in the given folders that were not checked.
    pub skipped: Vec<Skipped>,
}

/// The report about all plans of one run.
pub struct Report<'o> {
    writer: Box<dyn Writer>,
    summary: Summary,
    out: Harmless<'o>,
}

impl<'o> Report<'o> {
    /// A report without plans.
    #[must_use]
    pub fn new(format: ReportFormat, words: Words, out: &'o mut dyn Write) -> Self {
        let kind = match format {
            ReportFormat::Text(_) => Format::Text,
            ReportFormat::Json | ReportFormat::Sarif => Format::Json,
            ReportFormat::Github => Format::Annotations,
        };
        Self {
            writer: match format {
                ReportFormat::Text(style) => Box::new(TextWriter::new(style, words)),
                ReportFormat::Json => Box::new(JsonWriter::default()),
                ReportFormat::Sarif => Box::new(SarifWriter::new(words)),
                ReportFormat::Github => Box::new(GithubWriter(words)),
            },
            summary: Summary::default(),
            out: Harmless::new(out, kind),
        }
    }

    /// Adds a plan. Plans are added in path order.
    pub fn add(&mut self, file: FileReport) -> io::Result<()> {
        self.summary.files += 1;
        self.summary.totals.add(file.totals());
        self.writer.file(file, &mut self.out)
    }

    /// Adds a file that was not checked.
    pub fn skip(&mut self, skipped: Skipped) {
        self.summary.skipped.push(skipped);
    }

    /// Writes the end. A report without files has none.
    pub fn end(mut self) -> io::Result<()> {
        if self.summary.files == 0 && self.summary.skipped.is_empty() {
            return Ok(());
        }
        self.writer.end(&self.summary, &mut self.out)
    }
}
