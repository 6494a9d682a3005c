//! The report as SARIF 2.1.0, for code scanning and editors (OASIS standard).

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{FileReport, Item, Report};
use crate::finding::Rule;
use crate::finding::Severity;
use crate::rules::BOOK;
use crate::words::Words;

/// Writes a report as SARIF.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write(report: &Report, words: Words, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = BOOK.rules().map(|rule| descriptor(rule, words)).collect();
    let index: BTreeMap<&str, usize> = BOOK
        .rules()
        .enumerate()
        .map(|(nr, rule)| (rule.name, nr))
        .collect();
    let results: Vec<Value> = report
        .files
        .iter()
        .flat_map(|file| {
            let found = file
                .items
                .iter()
                .map(|item| result(file, item, None, &index));
            let silenced = file
                .silenced
                .iter()
                .map(|(item, reason)| result(file, item, Some(reason), &index));
            found.chain(silenced).collect::<Vec<_>>()
        })
        .collect();
    let value = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "planmaker",
                "version": env!("CARGO_PKG_VERSION"),
                "language": words.language().tag(),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &value)?;
    writeln!(out)
}

fn descriptor(rule: &Rule, words: Words) -> Value {
    let text = |what: &str| {
        words
            .find(&format!("regels.{}.{what}", rule.name))
            .unwrap_or_default()
    };
    json!({
        "id": rule.name,
        "shortDescription": { "text": text("kop") },
        "fullDescription": { "text": text("waarom") },
        "help": { "text": text("bron") },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Tip => "note",
    }
}

fn result(
    file: &FileReport,
    item: &Item,
    silenced: Option<&String>,
    index: &BTreeMap<&str, usize>,
) -> Value {
    let (start, end) = (item.place.start, item.place.end);
    let mut result = json!({
        "ruleId": item.finding.rule.name,
        "ruleIndex": index.get(item.finding.rule.name),
        "level": level(item.finding.severity),
        "message": { "text": format!("{}. {}", item.title, item.fix) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri(&file.file) },
                "region": {
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column,
                },
            },
            "logicalLocations": [{ "fullyQualifiedName": item.finding.path.to_string() }],
        }],
        "partialFingerprints": { "planmaker/v1": format!("{}:{}", item.finding.rule.name, item.finding.path) },
    });
    if let Some(reason) = silenced {
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
    }
    result
}

/// A file name as a relative URI: forward slashes, and everything else that is not plain percent-encoded.
fn uri(file: &str) -> String {
    let mut uri = String::with_capacity(file.len());
    for byte in file.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}
