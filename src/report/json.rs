//! The report as JSON. The format is versioned and documented in the manual.

use std::io::{self, Write};

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::run::{Summary, Writer};
use super::{FileReport, Item, Skipped, Totals};
use crate::finding::{Argument, Finding};
use crate::value::Money;

/// The version of the format, incremented when a field is removed or changes its meaning.
const VERSION: u32 = 1;

/// Writes a report as JSON.
#[derive(Debug, Default)]
pub(super) struct JsonWriter {
    files: List,
}

impl Writer for JsonWriter {
    fn file(&mut self, file: FileReport, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        self.files.push(&FileObject::of(&file), out)
    }

    fn end(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        self.files.end(out)?;
        let Summary {
            files,
            totals,
            skipped,
        } = summary;
        let rest = json!({
            "skipped": skipped.iter().map(skipped_file).collect::<Vec<_>>(),
            "summary": {
                "files": files,
                "skipped": skipped.len(),
                "errors": totals.errors,
                "warnings": totals.warnings,
                "tips": totals.tips,
                "exceptions": totals.exceptions,
            },
        });
        let rest = serde_json::to_string_pretty(&rest)?;
        let rest = rest.strip_prefix('{').unwrap_or_default();
        writeln!(out, ",{rest}")
    }
}

impl JsonWriter {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.files.is_begun() {
            return Ok(());
        }
        write!(out, "{{\n  \"version\": {VERSION},\n  \"files\": ")?;
        self.files.begin(1, out)
    }
}

/// A list in indented JSON that is written item by item, as `serde_json` would write all of it.
#[derive(Debug, Default)]
pub(super) struct List {
    /// The number of steps by which the line with the list is indented; `None` before it has begun.
    depth: Option<usize>,
    has_items: bool,
}

impl List {
    pub const fn is_begun(&self) -> bool {
        self.depth.is_some()
    }

    pub fn begin(&mut self, depth: usize, out: &mut dyn Write) -> io::Result<()> {
        self.depth = Some(depth);
        out.write_all(b"[")
    }

    pub fn push(&mut self, item: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
        if self.has_items {
            out.write_all(b",")?;
        }
        self.has_items = true;
        let depth = self.depth.unwrap_or_default() + 1;
        let mut indented = Indented { depth, out };
        indented.write_all(b"\n")?;
        serde_json::to_writer_pretty(indented, item).map_err(io::Error::from)
    }

    pub fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.has_items {
            let depth = self.depth.unwrap_or_default();
            Indented { depth, out }.write_all(b"\n")?;
        }
        out.write_all(b"]")
    }
}

/// Indents all lines after the first. JSON has no line breaks within texts.
struct Indented<'o> {
    depth: usize,
    out: &'o mut dyn Write,
}

impl Write for Indented<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.out.write_all(line)?;
            if line.ends_with(b"\n") {
                for _ in 0..self.depth {
                    self.out.write_all(b"  ")?;
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A plan, with its findings converted one by one while they are written.
#[derive(Serialize)]
struct FileObject<'r> {
    file: &'r str,
    #[serde(serialize_with = "items")]
    findings: &'r [Item],
    exceptions: usize,
    dropped: usize,
    totals: Value,
    not_listed: Value,
}

impl<'r> FileObject<'r> {
    fn of(file: &'r FileReport) -> Self {
        let (totals, unlisted) = (file.totals(), file.unlisted());
        Self {
            file: &file.file,
            findings: &file.items,
            exceptions: totals.exceptions,
            dropped: unlisted.findings(),
            totals: counts(&totals),
            not_listed: counts(&unlisted),
        }
    }
}

/// The numbers of findings by severity.
fn counts(totals: &Totals) -> Value {
    json!({
        "errors": totals.errors,
        "warnings": totals.warnings,
        "tips": totals.tips,
    })
}

fn items<S: Serializer>(items: &[Item], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(items.iter().map(item))
}

fn skipped_file(skipped: &Skipped) -> Value {
    json!({ "file": skipped.file, "reason": skipped.reason })
}

fn item(item: &Item) -> Value {
    json!({
        "rule": item.finding.rule.name,
        "severity": item.finding.severity,
        "path": item.path(),
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
        Argument::List(texts) | Argument::Choices(_, texts) => {
            json!(texts.iter().take(Argument::MOST_NAMES).collect::<Vec<_>>())
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_written_as_serde_json_writes_it() {
        let item = json!({ "text": "two\nlines", "empty": [], "deep": [{ "a": 1 }, [2]] });
        for count in 0..3 {
            let items = vec![item.clone(); count];
            let mut list = List::default();
            let mut out = b"{\n  \"list\": ".to_vec();
            list.begin(1, &mut out).unwrap();
            for item in &items {
                list.push(item, &mut out).unwrap();
            }
            list.end(&mut out).unwrap();
            out.extend(b"\n}");
            let whole = format!("{:#}", json!({ "list": items }));
            assert_eq!(String::from_utf8(out).unwrap(), whole);
        }
    }
}
