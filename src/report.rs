//! Where findings get their words and their places.
//!
//! A [`FileReport`] is what `check` says about one plan; the formats in `report/` write it down. Nothing is decided here
//! about what is wrong.

pub mod github;
pub mod json;
pub mod sarif;
pub mod text;

use serde::Serialize;

use crate::annex::exceptions::Silenced;
use crate::document::Document;
use crate::finding::{Argument, Finding, Findings, Severity};
use crate::path::{Path, Place, Step};
use crate::plan::Plan;
use crate::reading::part_at;
use crate::words::Words;

/// A finding with its words and its place.
#[derive(Debug, Clone)]
pub struct Item {
    /// The finding.
    pub finding: Finding,
    /// Where it stands.
    pub place: Place,
    /// The part of the plan that it is about: a key at the top of the file.
    pub part: String,
    /// What is wrong.
    pub title: String,
    /// A few words behind the marker, where a rule has them.
    pub label: Option<String>,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub fix: String,
}

impl Item {
    fn new(finding: &Finding, document: &Document, words: Words) -> Self {
        let text = |what: &str| {
            let key = format!("regels.{}.{what}", finding.rule);
            words
                .find(&key)
                .map(|text| words.fill(text, &finding.arguments))
        };
        Self {
            place: document.place(&finding.path, &finding.focus),
            part: part(finding),
            title: text("titel").unwrap_or_else(|| finding.rule.to_owned()),
            label: text("plek"),
            why: words
                .find(&format!("regels.{}.waarom", finding.rule))
                .unwrap_or_default(),
            fix: text("oplossing").unwrap_or_default(),
            finding: finding.clone(),
        }
    }
}

/// The key at the top of the file that a finding is about: the first step of its path, or the section that is not there.
#[must_use]
pub fn part(finding: &Finding) -> String {
    match (finding.path.steps().next(), finding.argument("sleutel")) {
        (Some(Step::Key(key)), _) | (_, Some(Argument::Text(key))) => key.clone(),
        _ => "plan".to_owned(),
    }
}

/// How many findings there are of each severity, and how many were silenced.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// "fouten"
    pub errors: usize,
    /// "waarschuwingen"
    pub warnings: usize,
    /// "tips"
    pub tips: usize,
    /// Findings that an exception silences.
    pub exceptions: usize,
}

impl Totals {
    fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Tip => self.tips += 1,
        }
    }

    fn add(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.tips += other.tips;
        self.exceptions += other.exceptions;
    }
}

/// Which findings a report shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only findings that weigh at least this much.
    pub least: Option<Severity>,
    /// Only findings of these rules, if any is named.
    pub only: Vec<String>,
    /// No findings of these rules.
    pub skip: Vec<String>,
}

impl Filter {
    fn shows(&self, finding: &Finding) -> bool {
        let is_named = |rules: &[String]| rules.iter().any(|rule| rule == finding.rule);
        self.least.is_none_or(|least| finding.severity >= least)
            && (self.only.is_empty() || is_named(&self.only))
            && !is_named(&self.skip)
    }
}

/// What there is to say about one plan.
#[derive(Debug)]
pub struct FileReport {
    /// The file, as it was named.
    pub file: String,
    /// Its text, to show lines of.
    pub source: String,
    /// The findings in file order.
    pub items: Vec<Item>,
    /// The findings that exceptions silence, with their reasons.
    pub silenced: Vec<(Item, String)>,
    /// The findings that were not asked for: the part of the plan that each is about, and how much it weighs.
    pub hidden: Vec<(String, Severity)>,
    /// How many more findings there are than were kept.
    pub dropped: usize,
    /// The sections that the plan does not have.
    pub missing_sections: Vec<&'static str>,
    /// The sections that could not be read, or only in part, because reading stopped before the end of the file.
    pub unread_sections: Vec<&'static str>,
}

impl FileReport {
    /// Joins words and places to the findings of one plan.
    #[must_use]
    pub fn new(
        file: &str,
        document: &Document,
        findings: &Findings,
        silenced: &[Silenced],
        filter: &Filter,
        words: Words,
    ) -> Self {
        let (shown, hidden): (Vec<&Finding>, Vec<&Finding>) =
            findings.iter().partition(|finding| filter.shows(finding));
        let mut items: Vec<Item> = shown
            .into_iter()
            .map(|finding| Item::new(finding, document, words))
            .collect();
        let hidden = hidden
            .into_iter()
            .map(|finding| (part(finding), finding.severity));
        // Findings of the same place keep the order of the rule book.
        items.sort_by_key(|item| (item.place.start.line, item.place.start.column));
        let missing = |section: &&str| {
            findings
                .iter()
                .any(|finding| finding.rule == "onderdeel-ontbreekt" && part(finding) == **section)
        };
        Self {
            file: file.to_owned(),
            source: document.source().to_owned(),
            silenced: silenced
                .iter()
                .filter(|silenced| filter.shows(&silenced.finding))
                .map(|silenced| {
                    (
                        Item::new(&silenced.finding, document, words),
                        silenced.reason.clone(),
                    )
                })
                .collect(),
            hidden: hidden.collect(),
            dropped: findings.dropped(),
            unread_sections: unread_sections(document),
            missing_sections: Plan::SECTIONS.into_iter().filter(missing).collect(),
            items,
        }
    }

    /// The totals of this plan.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let mut totals = Totals {
            exceptions: self.silenced.len(),
            ..Totals::default()
        };
        for item in &self.items {
            totals.count(item.finding.severity);
        }
        totals
    }

    /// The totals of one part of the plan.
    #[must_use]
    pub fn totals_of(&self, part: &str) -> Totals {
        let mut totals = Totals::default();
        for item in self.items.iter().filter(|item| item.part == part) {
            totals.count(item.finding.severity);
        }
        totals
    }

    /// The totals of what is not shown of the parts of this plan that meet a condition, because it was not asked for.
    #[must_use]
    pub fn hidden_of(&self, is_asked: impl Fn(&str) -> bool) -> Totals {
        let mut totals = Totals::default();
        for (_, severity) in self.hidden.iter().filter(|(part, _)| is_asked(part)) {
            totals.count(*severity);
        }
        totals
    }

    /// How many of the twelve sections are there without a fout or waarschuwing, shown or not.
    #[must_use]
    pub fn sections_done(&self) -> usize {
        let is_done = |section: &&str| {
            let mut totals = self.totals_of(section);
            totals.add(self.hidden_of(|part| part == *section));
            let is_there =
                !self.missing_sections.contains(section) && !self.unread_sections.contains(section);
            totals.errors + totals.warnings == 0 && is_there
        };
        Plan::SECTIONS
            .iter()
            .filter(|section| is_done(section))
            .count()
    }
}

fn unread_sections(document: &Document) -> Vec<&'static str> {
    let Some(stop) = document.stop() else {
        return Vec::new();
    };
    let stopped_in = part_at(stop);
    let is_read = |section: &str| {
        let path = Path::root().join(section);
        document.get(&path).is_some() && stopped_in != Some(section)
    };
    Plan::SECTIONS
        .into_iter()
        .filter(|section| !is_read(section))
        .collect()
}

/// What there is to say about all plans of one run.
#[derive(Debug, Default)]
pub struct Report {
    /// The plans, in path order.
    pub files: Vec<FileReport>,
    /// How many YAML files in the folders are no plan.
    pub skipped: usize,
}

impl Report {
    /// The totals of all plans.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let mut totals = Totals::default();
        for file in &self.files {
            totals.add(file.totals());
        }
        totals
    }
}
