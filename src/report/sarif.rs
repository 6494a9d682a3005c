//! The report as SARIF 2.1.0 (OASIS standard), for code scanning and editors.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use serde_json::{Value, json};

use super::json::List;
use super::run::{Summary, Writer};
use super::{FileReport, Item, shown_path, text};
use crate::finding::{Argument, Finding, Focus, Rule, Severity};
use crate::rules::BOOK;
use crate::words::{RuleText, Words};

/// Writes a report as SARIF.
#[derive(Debug)]
pub(super) struct SarifWriter {
    /// The document before and after the list of results.
    frame: [String; 2],
    /// The positions of the rules in the list of rules.
    index: BTreeMap<&'static str, usize>,
    results: List,
    /// The notifications about findings that are not listed: one for each plan that has more.
    notifications: Vec<Value>,
    words: Words,
    /// The number of files by address: the names of different files can look the same.
    files: HashMap<String, usize>,
}

impl SarifWriter {
    pub fn new(words: Words) -> Self {
        let names = BOOK.rules().map(|rule| rule.name);
        Self {
            frame: frame(words),
            index: names.zip(0..).collect(),
            results: List::default(),
            notifications: Vec::new(),
            words,
            files: HashMap::new(),
        }
    }

    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.results.is_begun() {
            return Ok(());
        }
        out.write_all(self.frame[0].as_bytes())?;
        self.results.begin(3, out)
    }

    /// The address of a file, numbered if an earlier file has the same address.
    fn unique(&mut self, uri: &str) -> String {
        let count = self.files.entry(uri.to_owned()).or_default();
        *count += 1;
        match count {
            1 => uri.to_owned(),
            count => format!("{uri}#{count}"),
        }
    }
}

impl Writer for SarifWriter {
    fn file(&mut self, file: FileReport, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        let uri = uri(&file.file);
        let mut fingerprints = Fingerprints::new(self.unique(&uri));
        let silenced = file.silenced.iter();
        let silenced = silenced.map(|(item, reason)| (item, Some(&**reason)));
        for (item, reason) in file.items.iter().map(|item| (item, None)).chain(silenced) {
            let fingerprint = fingerprints.of(&item.finding);
            let result = result(&uri, item, reason, &self.index, &fingerprint);
            self.results.push(&result, out)?;
        }
        let unlisted = text::unlisted(file.unlisted(), self.words);
        let notification = unlisted.map(|text| notification(&uri, &text));
        self.notifications.extend(notification);
        Ok(())
    }

    fn end(&mut self, _: &Summary, out: &mut dyn Write) -> io::Result<()> {
        self.begin(out)?;
        self.results.end(out)?;
        if !self.notifications.is_empty() {
            let invocation = json!({
                "executionSuccessful": true,
                "toolExecutionNotifications": self.notifications,
            });
            out.write_all(b",\n      \"invocations\": ")?;
            let mut invocations = List::default();
            invocations.begin(3, out)?;
            invocations.push(&invocation, out)?;
            invocations.end(out)?;
        }
        writeln!(out, "{}", self.frame[1])
    }
}

/// The document without results, as the text before the list of results and the text after it.
fn frame(words: Words) -> [String; 2] {
    let rules = BOOK.rules().map(|rule| descriptor(rule, words));
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "planmaker",
                "version": env!("CARGO_PKG_VERSION"),
                "language": words.language().tag(),
                "rules": rules.collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": [],
        }],
    });
    let document = format!("{document:#}");
    let (before, after) = document.rsplit_once("[]").unwrap_or_default();
    [before, after].map(str::to_owned)
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

/// A message in which nothing is a link: SARIF reads `[text](target)` as one (SARIF 2.1.0, 3.11.6).
fn unlinked(message: &str) -> String {
    if !message.contains("](") {
        return message.to_owned();
    }
    let escaped = message.replace('\\', "\\\\");
    escaped.replace('[', "\\[").replace(']', "\\]")
}

/// A notification in words about a plan.
fn notification(uri: &str, text: &str) -> Value {
    json!({
        "level": "warning",
        "message": { "text": text },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri } } }],
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
    uri: &str,
    item: &Item,
    reason: Option<&str>,
    index: &BTreeMap<&str, usize>,
    fingerprint: &str,
) -> Value {
    let (start, end) = (item.place.start, item.place.end);
    let mut result = json!({
        "ruleId": item.finding.rule.name,
        "ruleIndex": index.get(item.finding.rule.name),
        "level": level(item.finding.severity),
        "message": { "text": unlinked(&format!("{}. {}", item.title, item.fix)) },
        "locations": [{
            "physicalLocation": {
                "artifactLocation": { "uri": uri },
                "region": {
                    "startLine": start.line,
                    "startColumn": start.column,
                    "endLine": end.line,
                    "endColumn": end.column,
                },
            },
            "logicalLocations": [{ "fullyQualifiedName": item.path() }],
        }],
        "partialFingerprints": { "planmaker/v1": fingerprint },
    });
    if let Some(reason) = reason {
        result["suppressions"] = json!([{ "kind": "inSource", "justification": reason }]);
    }
    result
}

/// Fingerprints of the findings of one file, by which programs recognise a finding after the file was edited.
#[derive(Debug)]
struct Fingerprints {
    /// The address of the file, with which each fingerprint begins.
    file: String,
    /// The number last tried for each fingerprint.
    counts: HashMap<String, usize>,
}

impl Fingerprints {
    /// The maximum length of what a finding says, in characters.
    const MOST: usize = 200;

    fn new(file: String) -> Self {
        Self {
            file,
            counts: HashMap::new(),
        }
    }

    /// The fingerprint of a finding: from the file, the rule, the path and what the finding names, which stay the same when
    /// lines move or other findings come and go. Amounts and lists change too easily. Only findings that are equal in all of
    /// this are numbered.
    fn of(&mut self, finding: &Finding) -> String {
        let path = shown_path(&finding.path);
        let mut fingerprint = format!("{}:{}:{path}", self.file, finding.rule.name);
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
        self.numbered(fingerprint)
    }

    /// Numbers a fingerprint if it is not new. What another finding says can look like the number.
    fn numbered(&mut self, fingerprint: String) -> String {
        let mut count = self.counts.get(&fingerprint).copied().unwrap_or_default();
        let mut numbered = fingerprint.clone();
        while self.counts.contains_key(&numbered) {
            count += 1;
            numbered = format!("{fingerprint}:{count}");
        }
        self.counts.insert(fingerprint, count);
        self.counts.insert(numbered.clone(), 1);
        numbered
    }
}

/// A file name as a URI, percent-encoded and without a scheme, except for a drive or a share of Windows.
fn uri(file: &str) -> String {
    let mut uri = String::with_capacity(file.len());
    let mut rest = file;
    if cfg!(windows) && file.starts_with("//") {
        uri.push_str("file:");
    } else if cfg!(windows) && file.get(1..3) == Some(":/") {
        uri.push_str("file:///");
        uri.push_str(&file[..2]);
        rest = &file[2..];
    }
    for byte in rest.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Language;

    #[test]
    fn fingerprints_differ_also_if_one_says_the_number_of_another() {
        let mut fingerprints = Fingerprints::new("plan.yaml".to_owned());
        let texts = ["a", "a:2", "a", "a:3", "a", "a:2"].map(str::to_owned);
        let numbered = texts.map(|text| fingerprints.numbered(text));
        assert_eq!(numbered, ["a", "a:2", "a:3", "a:3:2", "a:4", "a:2:2"]);
    }

    #[test]
    fn files_with_the_same_address_have_different_fingerprints() {
        let mut writer = SarifWriter::new(Words::of(Language::Dutch));
        let addresses = ["a.yaml", "b.yaml", "a.yaml"].map(|uri| writer.unique(uri));
        assert_eq!(addresses, ["a.yaml", "b.yaml", "a.yaml#2"]);
    }
}
