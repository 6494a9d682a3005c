//! Reports: findings joined with their texts and their places in the source.
//!
//! A [`FileReport`] holds everything `check` reports about one plan; a [`Report`] writes those of a run in a format.

mod blank;
mod commented;
mod github;
mod json;
mod lines;
mod run;
mod sarif;
mod selection;
mod suggestions;
pub mod text;

use std::sync::Arc;

pub use commented::Commented;
pub use lines::harmless;
use serde::Serialize;

use crate::checked::{Checked, heaviest};
use crate::document::{self, Document};
use crate::finding::{Counts, Finding, Findings, Severity};
use crate::plan::Plan;
use crate::reading::part_at;
use crate::rules::BOOK;
use crate::value::path::{Path, Place, Step};
use crate::value::shortened;
use crate::words::{RuleText, Words};
use blank::{begun_parts, blank_parts};
pub use run::{Report, ReportFormat};
use selection::chapter_key;
pub use selection::{Filter, Selection};
pub use suggestions::{SuggestionFormat, write_suggestions};

/// The rule about sections that the plan lacks.
const SECTION_MISSING: &str = "onderdeel-ontbreekt";

/// A finding with its texts and its place.
#[derive(Debug, Clone)]
pub struct Item {
    /// The finding.
    pub finding: Finding,
    /// The place of the finding in the file.
    pub place: Place,
    /// The problem.
    pub title: String,
    /// A short text for the marker in the source line, if the rule has one.
    pub label: Option<String>,
    /// The reason why it matters.
    pub why: &'static str,
    /// The remedy.
    pub fix: String,
}

impl Item {
    fn new(finding: &Finding, document: &Document, words: Words) -> Self {
        let text = |key| rule_text(finding, key, words);
        let why = words.rule(finding.rule.name, RuleText::Why);
        Self {
            place: document.place(&finding.path, &finding.focus),
            title: title(finding, words),
            label: text(RuleText::Label),
            why: why.unwrap_or_default(),
            fix: text(RuleText::Fix).unwrap_or_default(),
            finding: finding.clone(),
        }
    }
}

impl Item {
    /// The top-level key of the part of the plan that the finding is about.
    #[must_use]
    pub fn part(&self) -> &str {
        self.finding.part()
    }

    /// The path of the finding, as reports show it.
    #[must_use]
    pub fn path(&self) -> String {
        shown_path(&self.finding.path)
    }

    /// The position among the parts of the plan in the order in which they build on each other.
    fn order(&self) -> usize {
        let rule = self.finding.rule;
        if document::prevents_reading(rule) {
            return 0;
        }
        let is_misread = self.finding.severity == Severity::Error
            && rule.name != SECTION_MISSING
            && BOOK.is_about_the_file(rule.name);
        if is_misread {
            return 1;
        }
        let key = chapter_key(self.part());
        let mut chapters = BOOK.chapters.iter();
        chapters
            .position(|chapter| chapter.key == key)
            .map_or(usize::MAX, |nr| nr + 1)
    }
}

/// The problem that a finding reports, in words.
#[must_use]
pub fn title(finding: &Finding, words: Words) -> String {
    let text = rule_text(finding, RuleText::Title, words);
    text.unwrap_or_else(|| finding.rule.name.to_owned())
}

/// A text of the finding's rule with the finding's arguments filled in.
pub(crate) fn rule_text(finding: &Finding, text: RuleText, words: Words) -> Option<String> {
    let text = words.rule(finding.rule.name, text)?;
    Some(words.fill(text, &finding.arguments))
}

/// The top-level key that a path leads into.
pub(crate) fn top_key(path: &Path) -> Option<&str> {
    match path.first()? {
        Step::Key(key) => Some(key),
        Step::Index(_) => None,
    }
}

/// The maximum length of a path in a report, in bytes. Only a hostile plan has longer ones.
const LONGEST_PATH: usize = 1_024;

/// A path as reports show it: its beginning if it is very long.
#[must_use]
pub fn shown_path(path: &Path) -> String {
    shortened(&path.to_string(), LONGEST_PATH).into_owned()
}

/// The numbers of findings by severity, and of silenced findings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// The number of "fouten".
    pub errors: usize,
    /// The number of "waarschuwingen".
    pub warnings: usize,
    /// The number of tips.
    pub tips: usize,
    /// The number of findings that exceptions silence.
    pub exceptions: usize,
}

impl Totals {
    const fn count(&mut self, severity: Severity, number: usize) {
        match severity {
            Severity::Error => self.errors += number,
            Severity::Warning => self.warnings += number,
            Severity::Tip => self.tips += number,
        }
    }

    /// The number of findings that no exception silences.
    #[must_use]
    pub const fn findings(&self) -> usize {
        self.errors + self.warnings + self.tips
    }

    /// Adds other numbers to these.
    pub fn add(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.tips += other.tips;
        self.exceptions += other.exceptions;
    }
}

/// The totals of a chapter of the rule book.
#[derive(Debug)]
struct PartTotals {
    key: &'static str,
    /// The findings that the filter shows.
    shown: Totals,
    /// The findings that the filter hides.
    hidden: Totals,
}

impl PartTotals {
    fn of(counts: &Counts, filter: &Filter) -> Vec<Self> {
        let chapters = BOOK.chapters.iter();
        let mut parts: Vec<Self> = chapters.map(|chapter| Self::empty(chapter.key)).collect();
        for count in counts.iter() {
            let key = chapter_key(count.part);
            if let Some(part) = parts.iter_mut().find(|part| part.key == key) {
                let totals = if filter.shows_all(&count) {
                    &mut part.shown
                } else {
                    &mut part.hidden
                };
                totals.count(count.severity, count.number);
            }
        }
        parts
    }

    fn empty(key: &'static str) -> Self {
        Self {
            key,
            shown: Totals::default(),
            hidden: Totals::default(),
        }
    }
}

/// The report about one plan.
#[derive(Debug)]
pub struct FileReport {
    /// The file name as given by the user.
    pub file: String,
    /// The text of the file.
    pub source: String,
    /// The heaviest findings that the filter shows, at most [`Findings::LIMIT`], in file order.
    pub items: Vec<Item>,
    /// The findings that exceptions silence, at most [`Findings::LIMIT`], with their reasons.
    pub silenced: Vec<(Item, Arc<str>)>,
    /// The findings by part of the plan, listed or not.
    parts: Vec<PartTotals>,
    /// The number of findings that exceptions silence, listed or not.
    exceptions: usize,
    /// The keys of the sections that the plan lacks.
    pub missing_sections: Vec<&'static str>,
    /// The sections that were not read completely, because parsing stopped early.
    pub unread_sections: Vec<&'static str>,
    /// The keys of the parts that have no answer of the author, if there are many.
    pub blank_parts: Vec<&'static str>,
    /// The keys of the parts that have no other answers than those that `new` asks for, if all other parts are blank.
    pub begun_parts: Vec<&'static str>,
    /// The answers that do not count because they are commented out.
    pub commented: Vec<Commented>,
}

impl FileReport {
    /// Adds texts and places to the findings of one plan.
    #[must_use]
    pub fn new(file: &str, checked: &Checked, filter: &Filter, words: Words) -> Self {
        let Checked {
            document,
            findings,
            silenced,
            ..
        } = checked;
        let item = |finding| Item::new(finding, document, words);
        let shown = heaviest(findings.iter().filter(|finding| filter.shows(finding)));
        let mut items: Vec<Item> = shown.into_iter().map(item).collect();
        // The sort is stable: findings at the same place keep the order of the rules.
        items.sort_by_key(|item| (item.place.start.line, item.place.start.column));
        let exceptions = silenced.counts().iter();
        let exceptions = exceptions.filter(|count| filter.shows_all(count));
        let exceptions = exceptions.map(|count| count.number).sum();
        let silenced = silenced
            .iter()
            .filter(|silenced| filter.shows(&silenced.finding))
            .take(Findings::LIMIT);
        let counts = findings.counts();
        let is_missing = |section: &&str| {
            let mut counts = counts.iter();
            counts.any(|count| count.rule.name == SECTION_MISSING && count.part == *section)
        };
        let blank_parts = blank_parts(document);
        Self {
            file: file.to_owned(),
            source: document.source().to_owned(),
            silenced: silenced
                .map(|silenced| (item(&silenced.finding), Arc::clone(&silenced.reason)))
                .collect(),
            parts: PartTotals::of(&counts, filter),
            exceptions,
            unread_sections: unread_sections(document),
            begun_parts: begun_parts(document, &blank_parts),
            blank_parts,
            commented: commented::answers(document.source()),
            missing_sections: Plan::SECTIONS.into_iter().filter(is_missing).collect(),
            items,
        }
    }

    /// The totals of the plan.
    #[must_use]
    pub fn totals(&self) -> Totals {
        Totals {
            exceptions: self.exceptions,
            ..self.totals_of(|_| true)
        }
    }

    /// The totals of the findings and exceptions that the report counts but does not list.
    #[must_use]
    pub fn unlisted(&self) -> Totals {
        let mut listed = Totals::default();
        for item in &self.items {
            listed.count(item.finding.severity, 1);
        }
        let totals = self.totals();
        Totals {
            errors: totals.errors.saturating_sub(listed.errors),
            warnings: totals.warnings.saturating_sub(listed.warnings),
            tips: totals.tips.saturating_sub(listed.tips),
            exceptions: totals.exceptions.saturating_sub(self.silenced.len()),
        }
    }

    /// The totals of the findings in the selected chapters that the filter shows.
    fn totals_of(&self, is_selected: impl Fn(&str) -> bool) -> Totals {
        self.sum(is_selected, |part| part.shown)
    }

    /// The totals of the findings in the selected chapters that the filter hides.
    fn hidden_of(&self, is_selected: impl Fn(&str) -> bool) -> Totals {
        self.sum(is_selected, |part| part.hidden)
    }

    fn sum(
        &self,
        is_selected: impl Fn(&str) -> bool,
        totals: impl Fn(&PartTotals) -> Totals,
    ) -> Totals {
        let mut sum = Totals::default();
        for part in self.parts.iter().filter(|part| is_selected(part.key)) {
            sum.add(totals(part));
        }
        sum
    }

    /// Whether no section has an answer of the author yet.
    fn is_blank(&self) -> bool {
        let is_blank = |section: &&str| {
            self.missing_sections.contains(section) || self.blank_parts.contains(section)
        };
        Plan::SECTIONS.iter().all(is_blank)
    }

    /// Whether the plan has no other answers than those that `new` asks for.
    fn is_new(&self) -> bool {
        self.is_blank() || !self.begun_parts.is_empty()
    }

    /// Whether a finding only says that an answer is missing in a part that the author has not come to yet.
    fn is_to_be_filled_in(&self, item: &Item) -> bool {
        let part = item.part();
        let is_early = self.blank_parts.contains(&part) || self.begun_parts.contains(&part);
        is_early && !BOOK.is_about_the_file(item.finding.rule.name)
    }

    /// The number of sections that are present and have no fout or waarschuwing, shown or hidden.
    #[must_use]
    pub fn sections_done(&self) -> usize {
        let is_done = |section: &&&str| {
            let mut totals = self.totals_of(|part| part == **section);
            totals.add(self.hidden_of(|part| part == **section));
            totals.errors + totals.warnings == 0
                && !self.missing_sections.contains(section)
                && !self.unread_sections.contains(section)
        };
        Plan::SECTIONS.iter().filter(is_done).count()
    }
}

fn unread_sections(document: &Document) -> Vec<&'static str> {
    let stops = document.stops();
    if stops.is_empty() {
        return Vec::new();
    }
    let is_unread = |section: &&str| {
        let path = Path::root().join(*section);
        document.get(&path).is_none() || stops.iter().any(|stop| part_at(stop) == Some(section))
    };
    Plan::SECTIONS.into_iter().filter(is_unread).collect()
}

/// A file that was not checked.
#[derive(Debug)]
pub struct Skipped {
    /// The file name, as for a plan.
    pub file: String,
    /// The reason.
    pub reason: SkipReason,
}

/// The reason why a file was not checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SkipReason {
    /// YAML of another kind.
    NoPlan,
    /// The output of `render --to yaml`.
    Rendered,
    /// Not YAML, and nothing in it says that it is meant as a plan.
    Unreadable,
}

impl SkipReason {
    const ALL: [Self; 3] = [Self::NoPlan, Self::Rendered, Self::Unreadable];

    /// The name in word keys.
    const fn key(self) -> &'static str {
        match self {
            Self::NoPlan => "geen_plan",
            Self::Rendered => "uitvoer",
            Self::Unreadable => "onleesbaar",
        }
    }
}
