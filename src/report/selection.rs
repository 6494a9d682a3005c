//! The findings that a user selects: by severity, rule or part of the plan.

use crate::document;
use crate::finding::{Count, Finding, Rule, Severity};
use crate::plan::{Language, Plan};
use crate::reading::meant;
use crate::rules::{BOOK, Chapter};
use crate::value::suggest::nearest;
use crate::value::{Choice, fold};
use crate::words::Words;

/// Selects the findings that a report shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The lowest severity to show.
    pub least: Option<Severity>,
    /// The only findings to show; empty for all.
    pub only: Vec<Selection>,
    /// The findings to leave out.
    pub skip: Vec<Selection>,
}

impl Filter {
    /// Whether a report shows the finding. Nothing hides that a file cannot be read, because its other findings are unknown.
    pub(super) fn shows(&self, finding: &Finding) -> bool {
        self.shows_those(finding.rule, finding.severity, finding.part())
    }

    /// Whether a report shows the findings that are counted together.
    pub(super) fn shows_all(&self, count: &Count<'_>) -> bool {
        self.shows_those(count.rule, count.severity, count.part)
    }

    fn shows_those(&self, rule: &Rule, severity: Severity, part: &str) -> bool {
        let is_in = |selections: &[Selection]| selections.iter().any(|it| it.selects(rule, part));
        document::prevents_reading(rule)
            || self.least.is_none_or(|least| severity >= least)
                && (self.only.is_empty() || is_in(&self.only))
                && !is_in(&self.skip)
    }
}

/// Findings that a user selects: those of one rule, or those of one part of the plan.
#[derive(Debug, Clone, Copy)]
pub enum Selection {
    /// The findings of a rule.
    Rule(&'static Rule),
    /// The findings of the rules of a chapter, and all others about that part of the plan.
    Chapter(&'static Chapter),
}

/// English names of the chapters that are no section.
const CHAPTERS: [(&str, &str); 2] = [("file", "bestand"), ("annexes", "bijlagen")];

impl Selection {
    /// The selection by the name of a rule, or by the key, number or title of a part of the plan.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if let Some(rule) = BOOK.named(name) {
            return Some(Self::Rule(rule));
        }
        let name = fold(name);
        let english = CHAPTERS.iter().find(|(english, _)| *english == name);
        let name = english.map_or(name, |(_, key)| (*key).to_owned());
        let number = Plan::SECTIONS.get(name.parse::<usize>().unwrap_or(0).wrapping_sub(1));
        let is_named = |chapter: &&Chapter| {
            let label = format!("velden.{}.label", chapter.key);
            let mut titles = Language::ALL
                .iter()
                .filter_map(|language| Words::of(*language).find(&label));
            Some(&chapter.key) == number
                || fold(chapter.key) == name
                || titles.any(|title| fold(title) == name)
        };
        BOOK.chapters.iter().find(is_named).map(Self::Chapter)
    }

    /// The part of the plan that a word stands for, or else the closest name of a rule or part, if one is close enough.
    #[must_use]
    pub fn nearest(name: &str) -> Option<&'static str> {
        let keys: Vec<_> = BOOK.chapters.iter().map(|chapter| chapter.key).collect();
        let rules = BOOK.rules().map(|rule| rule.name);
        meant(name, &keys).or_else(|| nearest(name, rules.chain(keys.iter().copied())))
    }

    fn selects(self, rule: &Rule, part: &str) -> bool {
        match self {
            Self::Rule(selected) => selected == rule,
            Self::Chapter(chapter) => {
                chapter_key(part) == chapter.key || chapter.rules().any(|known| known == rule)
            }
        }
    }
}

/// The key of the chapter about a part of the plan, given that part's key at the root of the file.
pub(super) fn chapter_key(part: &str) -> &str {
    if part == "plan" || Plan::SECTIONS.contains(&part) {
        part
    } else {
        "bijlagen"
    }
}
