//! What templates see, and what `render --to json` and `--to yaml` write: the plan, what follows from it, what is wrong
//! with it, and the words to say it, under the YAML's own Dutch names.
//!
//! These names are the product's API, as the plan file's keys are: templates and other programs depend on them. How any of
//! it looks is not decided here.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::annex::exceptions::Silenced;
use crate::facts::{Facts, RedThread};
use crate::finding::Finding;
use crate::path::{Path, Step};
use crate::plan::{Language, Plan, PlanStatus};
use crate::words::Words;

/// All that a document is made of. Every key is always there; what is not answered is null.
#[derive(Debug, Serialize)]
pub struct View<'p> {
    /// The title of the plan; without one, the word for such a plan.
    #[serde(rename = "titel")]
    pub title: &'p str,
    /// The file as it was read.
    pub plan: &'p Plan,
    /// What follows from it.
    #[serde(rename = "feiten")]
    pub facts: FactsView<'p>,
    /// What is still wrong with it.
    #[serde(rename = "bevindingen")]
    pub findings: Vec<FindingView>,
    /// What an exception silences, with its reason.
    #[serde(rename = "uitzonderingen")]
    pub silenced: Vec<SilencedView>,
    /// Every text of the program, in the language of the document, by dotted key.
    #[serde(rename = "woorden")]
    pub texts: BTreeMap<&'static str, &'static str>,
    /// The language of the document.
    #[serde(rename = "taal")]
    pub language: Language,
    /// Whether the document is a draft: because it says so, or because something is still wrong.
    #[serde(rename = "concept")]
    pub is_draft: bool,
    /// The version of planmaker.
    #[serde(rename = "versie")]
    pub version: &'static str,
    #[serde(skip)]
    words: Words,
}

/// The facts of a plan, with the red thread.
#[derive(Debug, Serialize)]
pub struct FactsView<'p> {
    #[serde(flatten)]
    facts: &'p Facts<'p>,
    /// From each barrier to what answers it, from each goal to what shows it.
    #[serde(rename = "rode_draad")]
    thread: RedThread<'p>,
}

/// A finding, with its words.
#[derive(Debug, Serialize)]
pub struct FindingView {
    /// The rule's name.
    #[serde(rename = "regel")]
    pub rule: &'static str,
    /// How much it weighs.
    #[serde(rename = "ernst")]
    pub severity: &'static str,
    /// What it is about.
    #[serde(rename = "pad")]
    pub path: String,
    /// The part of the file that it is about: its key, or `bestand` for the file as a whole.
    #[serde(rename = "onderdeel")]
    pub part: String,
    /// What is wrong.
    #[serde(rename = "titel")]
    pub title: String,
    /// What to do.
    #[serde(rename = "oplossing")]
    pub fix: String,
}

/// A finding that an exception silences.
#[derive(Debug, Serialize)]
pub struct SilencedView {
    /// The rule's name.
    #[serde(rename = "regel")]
    pub rule: &'static str,
    /// What it is about.
    #[serde(rename = "pad")]
    pub path: String,
    /// What would be wrong.
    #[serde(rename = "titel")]
    pub title: String,
    /// Why it is not.
    #[serde(rename = "reden")]
    pub reason: String,
}

impl<'p> View<'p> {
    /// Lays out a plan and all that is known of it, in the plan's own language.
    #[must_use]
    pub fn of(
        plan: &'p Plan,
        facts: &'p Facts<'p>,
        findings: &[Finding],
        silenced: &[Silenced],
    ) -> Self {
        let header = plan.header.given();
        let language = header
            .and_then(|header| header.language.given().copied())
            .unwrap_or(Language::Dutch);
        let says_draft = header.is_some_and(|header| header.status.is(&PlanStatus::Draft));
        let words = Words::of(language);
        let title = header.and_then(|header| header.title.given());
        Self {
            title: title.map_or_else(|| words.get("document.implementatieplan"), AsRef::as_ref),
            plan,
            facts: FactsView {
                facts,
                thread: RedThread::of(plan, facts),
            },
            findings: findings
                .iter()
                .map(|finding| FindingView::of(finding, words))
                .collect(),
            silenced: silenced
                .iter()
                .map(|silenced| SilencedView::of(silenced, words))
                .collect(),
            texts: words.all().collect(),
            language,
            is_draft: says_draft || !findings.is_empty(),
            version: env!("CARGO_PKG_VERSION"),
            words,
        }
    }

    /// The words of the document.
    #[must_use]
    pub const fn words(&self) -> Words {
        self.words
    }

    /// The facts of the plan.
    #[must_use]
    pub const fn facts(&self) -> &'p Facts<'p> {
        self.facts.facts
    }

    /// From barriers to what answers them, from goals to what shows them.
    #[must_use]
    pub const fn thread(&self) -> &RedThread<'p> {
        &self.facts.thread
    }
}

impl FindingView {
    fn of(finding: &Finding, words: Words) -> Self {
        Self {
            rule: finding.rule,
            severity: finding.severity.key(),
            path: finding.path.to_string(),
            part: part(&finding.path),
            title: words.text(
                &format!("regels.{}.titel", finding.rule),
                &finding.arguments,
            ),
            fix: words.text(
                &format!("regels.{}.oplossing", finding.rule),
                &finding.arguments,
            ),
        }
    }
}

impl SilencedView {
    fn of(silenced: &Silenced, words: Words) -> Self {
        let Silenced { finding, reason } = silenced;
        Self {
            rule: finding.rule,
            path: finding.path.to_string(),
            title: words.text(
                &format!("regels.{}.titel", finding.rule),
                &finding.arguments,
            ),
            reason: reason.clone(),
        }
    }
}

/// The key of the part of the file that a path leads into.
fn part(path: &Path) -> String {
    match path.steps().next() {
        Some(Step::Key(key)) => key.clone(),
        _ => "bestand".to_owned(),
    }
}
