//! The report as SARIF 2.1.0 (OASIS standard), for code scanning and editors.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Item, Report};
use crate::finding::{Rule, Severity};
use crate::rules::BOOK;
use crate::words::{RuleText, Words};

/// Writes a report as SARIF.
pub fn write(report: &Report, words: Words, out: &mut dyn Write) -> io::Result<()> {
    let rules: Vec<Value> = BOOK.rules().map(|rule| descriptor(rule, words)).collect();
    let index: BTreeMap<&str, usize> = BOOK
        .rules()
        .enumerate()
        .map(|(nr, rule)| (rule.name, nr))
        .collect();
    let mut results = Vec::new();
    for file in &report.files {
        let silenced = file.silenced.iter();
        let silenced = silenced.map(|(item, reason)| (item, Some(reason)));
        for (item, reason) in file.items.iter().map(|item| (item, None)).chain(silenced) {
            results.push(result(&file.file, item, reason, &index));
        }
    }
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
    let text = |text| words.rule(rule.name, text).unwrap_or_default();
    json!({
        "id": rule.name,
        "shortDescription": { "text": text(RuleText::Heading) },
        "fullDescription": { "text": text(RuleText::Why) },
        "help": { "text": text(RuleText::Source) },
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
    file: &str,
    item: &Item,
    reason: Option<&String>,
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
                "artifactLocation": { "uri": uri(file) },
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
    if let Some(reason) = reason {
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
    }
    result
}

/// A file name as a relative URI: with forward slashes, and percent-encoded.
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
