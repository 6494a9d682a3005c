//! The data for templates, also written by `render --to json` and `--to yaml`: the plan, its facts, its findings, and the
//! texts, under the Dutch names of the plan file.
//!
//! These names are a stable API: templates and other programs depend on them. Layout is not decided here.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;

use crate::checked::Checked;
use crate::document::{DUPLICATE, INVALID, INVALID_VALUE, TOO_LARGE, Value as NodeValue};
use crate::facts::{Facts, RedThread, Standing};
use crate::finding::{Finding, Findings, Severity, Silenced};
use crate::plan::{Language, Plan, PlanStatus};
use crate::reading::UNKNOWN_KEY;
use crate::report::{self, rule_text, shown_path, top_key};
use crate::value::path::{Path, Step};
use crate::value::plain_words;
use crate::words::{RuleText, Words, key};

/// The data for a document. Every key is always present; what the plan does not answer is null.
#[derive(Debug, Serialize)]
pub struct View<'p> {
    /// The plan's title, or a general word if it has none.
    #[serde(rename = "titel")]
    pub title: &'p str,
    /// The plan as it was read.
    pub plan: &'p Plan,
    /// The facts derived from the plan, with its red thread.
    #[serde(rename = "feiten")]
    pub facts: FactsView<'p>,
    /// The findings in file order, without tips: those are for the author, not for readers.
    #[serde(rename = "bevindingen")]
    pub findings: Vec<FindingView>,
    /// The number of findings without tips, also of those that are not listed.
    #[serde(rename = "aantal_bevindingen")]
    pub finding_count: usize,
    /// The findings that exceptions silence.
    #[serde(rename = "uitzonderingen")]
    pub silenced: Vec<SilencedView>,
    /// All texts of the program, in the language of the document, by dotted key.
    #[serde(rename = "woorden")]
    pub texts: BTreeMap<&'static str, &'static str>,
    /// The document's language.
    #[serde(rename = "taal")]
    pub language: Language,
    /// Whether the document is a draft: by the plan's status, or because of its findings.
    #[serde(rename = "concept")]
    pub is_draft: bool,
    /// The version of planmaker.
    #[serde(rename = "versie")]
    pub version: &'static str,
    #[serde(skip)]
    words: Words,
    #[serde(skip)]
    length: usize,
}

/// The facts of a plan and its red thread.
#[derive(Debug, Serialize)]
pub struct FactsView<'p> {
    #[serde(flatten)]
    facts: &'p Facts<'p>,
    #[serde(rename = "rode_draad")]
    thread: RedThread<'p>,
    /// How the implementation stands, if the view is of a day.
    #[serde(rename = "stand")]
    standing: Option<Standing<'p>>,
}

/// A finding with its texts.
#[derive(Debug, Serialize)]
pub struct FindingView {
    #[serde(rename = "regel")]
    pub rule: &'static str,
    #[serde(rename = "ernst")]
    pub severity: &'static str,
    #[serde(rename = "pad")]
    pub path: String,
    /// Whether the plan has all that the file says at that path.
    #[serde(rename = "gelezen")]
    pub is_read: bool,
    /// The path in the words of a reader, within its section: "Veilige oefenruimte: Norm".
    #[serde(rename = "plaats")]
    pub place: String,
    /// The cover, section or annex of the path, or `bestand` for the file as a whole.
    #[serde(rename = "onderdeel")]
    pub part: String,
    /// The rule in a few words: what a good plan has.
    #[serde(rename = "kop")]
    pub heading: String,
    #[serde(rename = "titel")]
    pub title: String,
    #[serde(rename = "waarom")]
    pub why: String,
    #[serde(rename = "oplossing")]
    pub fix: String,
}

/// A finding that an exception silences.
#[derive(Debug, Serialize)]
pub struct SilencedView {
    #[serde(rename = "regel")]
    pub rule: &'static str,
    #[serde(rename = "pad")]
    pub path: String,
    #[serde(rename = "titel")]
    pub title: String,
    #[serde(rename = "reden")]
    pub reason: String,
}

impl<'p> View<'p> {
    /// Collects the data of a plan, in the plan's own language.
    #[must_use]
    pub fn of(checked: &'p Checked) -> Self {
        let (plan, facts) = (checked.plan(), checked.facts());
        let counts = checked.findings.counts();
        let mut findings = checked.findings_in_file_order();
        findings.retain(|finding| finding.severity > Severity::Tip);
        let header = plan.header.given();
        let language = header
            .and_then(|header| header.language.given().copied())
            .unwrap_or(Language::Dutch);
        let has_draft_status = header.is_some_and(|header| header.status.is(&PlanStatus::Draft));
        let words = Words::of(language);
        let title = header.and_then(|header| header.title.given());
        let reads = Reads {
            checked,
            plan: OnceCell::new(),
        };
        let finding_view = |finding: &&Finding| FindingView {
            is_read: reads.all_of(finding),
            rule: finding.rule.name,
            severity: finding.severity.key(),
            path: shown_path(&finding.path),
            place: place(&finding.path, words),
            part: part_of(&finding.path, checked).to_owned(),
            heading: rule_text(finding, RuleText::Heading, words).unwrap_or_default(),
            title: without_keys(&report::title(finding, words), words),
            why: rule_text(finding, RuleText::Why, words).unwrap_or_default(),
            fix: rule_text(finding, RuleText::Fix, words).unwrap_or_default(),
        };
        let silenced_view = |Silenced { finding, reason }: &Silenced| SilencedView {
            rule: finding.rule.name,
            path: shown_path(&finding.path),
            title: report::title(finding, words),
            reason: reason.to_string(),
        };
        Self {
            title: title.map_or_else(
                || words.get(key::document::IMPLEMENTATIEPLAN),
                AsRef::as_ref,
            ),
            plan,
            facts: FactsView {
                facts,
                thread: RedThread::of(plan, facts),
                standing: None,
            },
            findings: findings.iter().map(finding_view).collect(),
            finding_count: counts.total() - counts.of(Severity::Tip),
            silenced: checked
                .silenced
                .iter()
                .take(Findings::LIMIT)
                .map(silenced_view)
                .collect(),
            texts: words.all().collect(),
            language,
            is_draft: has_draft_status || !findings.is_empty(),
            version: env!("CARGO_PKG_VERSION"),
            words,
            length: checked.document.source().len(),
        }
    }

    /// Adds how the implementation stands on a day.
    #[must_use]
    pub fn on(mut self, day: Date) -> Self {
        self.facts.standing = Some(Standing::of(self.plan, self.facts.facts, day));
        self
    }

    /// The texts in the language of the document.
    #[must_use]
    pub const fn words(&self) -> Words {
        self.words
    }

    /// The length of the plan's text, in bytes.
    #[must_use]
    pub const fn length(&self) -> usize {
        self.length
    }

    /// The facts of the plan.
    #[must_use]
    pub const fn facts(&self) -> &'p Facts<'p> {
        self.facts.facts
    }

    /// The red thread of the plan.
    #[must_use]
    pub const fn thread(&self) -> &RedThread<'p> {
        &self.facts.thread
    }
}

/// A text with labels in place of the keys of a plan that it names, such as `structurele_financiering`.
fn without_keys(text: &str, words: Words) -> String {
    let is_in_key = |c: char| c.is_ascii_lowercase() || c == '_';
    let keys: Vec<&str> = text
        .split(|c: char| !is_in_key(c))
        .filter(|word| word.trim_matches('_').contains('_'))
        .collect();
    keys.into_iter().fold(text.to_owned(), |text, key| {
        let end = format!(".{key}.label");
        let is_label =
            |(name, _): &(&str, &str)| name.starts_with("velden.") && name.ends_with(&end);
        match words.all().find(is_label) {
            Some((_, label)) => text.replace(key, &label.to_lowercase()),
            None => text,
        }
    })
}

/// A path below its section in the words of a reader: the labels of keys, and ids as plain words.
fn place(path: &Path, words: Words) -> String {
    let mut pattern = String::new();
    let mut parts = Vec::new();
    for (nr, step) in path.steps().enumerate() {
        let Step::Key(key) = step else { continue };
        let known = if nr == 0 {
            key.to_owned()
        } else {
            format!("{pattern}.{key}")
        };
        let label = words.find(&format!("velden.{known}.label"));
        if nr > 0 {
            parts.push(label.map_or_else(|| plain_words(key), str::to_owned));
        }
        pattern = if label.is_some() {
            known
        } else {
            format!("{pattern}.*")
        };
    }
    parts.join(": ")
}

/// The cover, section or annex that a path is in, or `bestand`.
fn part_of<'p>(path: &'p Path, checked: &'p Checked) -> &'p str {
    let is_part = |key: &&str| *key != "versie" && Plan::KEYS.contains(key);
    let read_as = |key| checked.document.read_as(&Path::root().join(key));
    top_key(path)
        .and_then(|key| {
            Some(key)
                .filter(is_part)
                .or_else(|| read_as(key).filter(is_part))
        })
        .unwrap_or("bestand")
}

/// What the plan has of the file.
struct Reads<'p> {
    checked: &'p Checked,
    /// The plan by key; few plans need it.
    plan: OnceCell<Value>,
}

impl Reads<'_> {
    /// Whether the plan has all that a finding is about.
    fn all_of(&self, finding: &Finding) -> bool {
        match finding.rule.name {
            name if name == INVALID.name || name == TOO_LARGE.name || name == DUPLICATE.name => {
                false
            }
            name if name == UNKNOWN_KEY.name => {
                self.checked.document.read_as(&finding.path).is_some()
            }
            name if name == INVALID_VALUE.name => self.has(&finding.path),
            _ => true,
        }
    }

    fn has(&self, path: &Path) -> bool {
        let plan = || serde_json::to_value(self.checked.plan()).unwrap_or_default();
        let root = self.plan.get_or_init(plan);
        let value = path.steps().try_fold(root, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
        });
        let node = self.checked.document.get(path);
        let is_scalar = node.is_none_or(|node| matches!(node.value, NodeValue::Scalar { .. }));
        // An unreadable name is replaced by the default one.
        value.is_some_and(|value| !value.is_null() && (is_scalar || !value.is_string()))
    }
}
