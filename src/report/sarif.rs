//! The report as SARIF 2.1.0 (OASIS standard), for code scanning and editors.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Item, Report};
use crate::finding::{Argument, Finding, Focus, Rule, Severity};
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
        let mut fingerprints = Fingerprints::default();
        let silenced = file.silenced.iter();
        let silenced = silenced.map(|(item, reason)| (item, Some(reason)));
        for (item, reason) in file.items.iter().map(|item| (item, None)).chain(silenced) {
            let fingerprint = fingerprints.of(&file.file, &item.finding);
            results.push(result(&file.file, item, reason, &index, &fingerprint));
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
    fingerprint: &str,
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
        "partialFingerprints": { "planmaker/v1": fingerprint },
    });
    if let Some(reason) = reason {
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
    }
    result
}

/// Fingerprints of the findings of one file, by which programs recognise a finding after the file was edited.
#[derive(Debug, Default)]
struct Fingerprints(HashMap<String, usize>);

impl Fingerprints {
    /// The maximum length of what a finding says, in characters.
    const MOST: usize = 200;

    /// The fingerprint of a finding: from the file, the rule, the path and what the finding names, which stay the same when
    /// lines move or other findings come and go. Amounts and lists change too easily. Only findings that are equal in all of
    /// this are numbered.
    fn of(&mut self, file: &str, finding: &Finding) -> String {
        let mut fingerprint = format!("{}:{}:{}", uri(file), finding.rule.name, finding.path);
        let mut said = Vec::new();
        if let Focus::Word(word, nth) = &finding.focus {
            said.push(format!("{word}#{nth}"));
        }
        said.extend(
            finding
                .arguments
                .iter()
                .filter_map(|(_, argument)| match argument {
                    Argument::Text(text) | Argument::Choice(_, text) => Some(text.clone()),
                    Argument::Field(key) => Some((*key).to_owned()),
                    Argument::Date(date) => Some(date.to_string()),
                    _ => None,
                }),
        );
        if !said.is_empty() {
            fingerprint.push(':');
            fingerprint.extend(said.join("|").chars().take(Self::MOST));
        }
        let count = self.0.entry(fingerprint.clone()).or_default();
        *count += 1;
        if *count > 1 {
            fingerprint.push_str(&format!(":{count}"));
        }
        fingerprint
    }
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
