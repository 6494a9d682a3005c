//! The report as JSON. The format is versioned and documented in the README.

use std::io::{self, Write};

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value, json};

use super::{FileReport, Item, Report, Skipped};
use crate::finding::{Argument, Finding};
use crate::value::Money;

/// The version of the format, incremented when a field is removed or changes its meaning.
const VERSION: u32 = 1;

/// Writes a report as JSON.
pub fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let totals = report.totals();
    let value = json!({
        "version": VERSION,
        "files": report.files.iter().map(file).collect::<Vec<_>>(),
        "skipped": report.skipped.iter().map(skipped).collect::<Vec<_>>(),
        "summary": {
            "files": report.files.len(),
            "skipped": report.skipped.len(),
            "errors": totals.errors,
            "warnings": totals.warnings,
            "tips": totals.tips,
            "exceptions": totals.exceptions,
        },
    });
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)
}

fn file(file: &FileReport) -> Value {
    json!({
        "file": file.file,
        "findings": file.items.iter().map(item).collect::<Vec<_>>(),
        "exceptions": file.silenced.len(),
        "dropped": file.dropped,
    })
}

fn skipped(skipped: &Skipped) -> Value {
    json!({ "file": skipped.file, "reason": skipped.reason })
}

fn item(item: &Item) -> Value {
    json!({
        "rule": item.finding.rule.name,
        "severity": item.finding.severity,
        "path": item.finding.path.to_string(),
        "line": item.place.start.line,
        "column": item.place.start.column,
        "end_line": item.place.end.line,
        "end_column": item.place.end.column,
        "title": item.title,
        "why": item.why,
        "fix": item.fix,
        "arguments": arguments(&item.finding),
    })
}

/// The arguments of a finding as data: amounts as text with two decimals, days as `2026-09-01`.
fn arguments(finding: &Finding) -> Value {
    let value = |argument: &Argument| match argument {
        Argument::Text(text) | Argument::Whole(text) | Argument::Choice(_, text) => json!(text),
        Argument::Field(key) => json!(key),
        Argument::List(texts) | Argument::Choices(_, texts) => json!(texts),
        Argument::Count(count) => json!(count),
        Argument::Number(number) => json!(Decimal::to_f64(number)),
        Argument::Hours(hours) => json!(Decimal::to_f64(hours)),
        Argument::Money(euros) => json!(Money::from(*euros).to_string()),
        Argument::Date(date) => json!(Date::to_string(date)),
    };
    let arguments = finding.arguments.iter();
    let named = arguments.map(|(name, argument)| ((*name).to_owned(), value(argument)));
    Value::Object(named.collect::<Map<_, _>>())
}
