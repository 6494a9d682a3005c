//! A page of the manual on one section or annex of the plan: what is asked, what one may think of, how a plan answers it and what
//! `check` looks at.

use std::collections::HashSet;

use super::keys::{KEYS, Key};
use super::{Style, text};
use crate::advice;
use crate::plan::Plan;
use crate::words::{FieldText, RuleText, Words, key};

/// Explains a section or annex in Markdown, with its part of a plan as the example. `rules` is the address of the rule reference,
/// seen from the page.
#[must_use]
pub fn page(section: &str, plan: &str, rules: &str, words: Words) -> Option<String> {
    let key = KEYS.at(section)?;
    let mut page = Page {
        words,
        text: format!("# {}\n", key.breadcrumbs(words)),
        shown: HashSet::new(),
    };
    page.text += &Style::Markdown.paragraph(&key.asked(words));
    page.heading(key::uitleg::pagina::GEVRAAGD);
    page.questions(&key);
    page.advice(&key);
    if let Some(example) = part_of(plan, section).or_else(|| key.example(words)) {
        page.heading(key::uitleg::pagina::VOORBEELD);
        page.text += &format!("\n{}", Style::Markdown.code(&example));
    }
    page.rules(&key, rules);
    Some(page.text)
}

struct Page {
    words: Words,
    text: String,
    /// The patterns and titles that are on the page: points of sustainment share their keys, and keys their advice.
    shown: HashSet<String>,
}

impl Page {
    fn heading(&mut self, title: &str) {
        self.text += &format!("\n## {}\n", self.words.get(title));
    }

    /// The keys of the section: each with its question, and a table of the keys in it.
    fn questions(&mut self, section: &Key) {
        for key in section.children() {
            let label = key.label(self.words);
            self.text += &format!("\n### {label} (`{}`)\n", key.name());
            self.text += &Style::Markdown.paragraph(&key.asked(self.words));
            if key.below().is_empty() {
                self.text += &key.written(self.words, Style::Markdown);
            } else {
                self.table(&key);
            }
        }
    }

    fn table(&mut self, key: &Key) {
        let mut rows = String::new();
        for (path, field) in key.inside() {
            if self.shown.insert(field.pattern.clone()) {
                let [question, help] = [FieldText::Question, FieldText::Help]
                    .map(|text| cell(self.words.field(&field.pattern, text)));
                rows += &format!("| `{path}` | {question} | {help} |\n");
            }
        }
        if rows.is_empty() {
            let same = self.words.get(key::uitleg::pagina::ZELFDE);
            self.text += &Style::Markdown.paragraph(same);
        } else {
            let head = [
                key::uitleg::pagina::SLEUTEL,
                key::uitleg::pagina::VRAAG,
                key::uitleg::pagina::HULP,
            ];
            let head = head.map(|label| self.words.get(label)).join(" | ");
            self.text += &format!("\n| {head} |\n|---|---|---|\n{rows}");
        }
    }

    /// Examples, criteria and questions with their sources, for the section and every key in it.
    fn advice(&mut self, section: &Key) {
        let own = section.field().pattern.clone();
        let below = section.inside().into_iter();
        let patterns = [own]
            .into_iter()
            .chain(below.map(|(_, field)| field.pattern.clone()));
        let overviews: Vec<_> = patterns
            .flat_map(|pattern| advice::overviews(&pattern, self.words))
            .filter(|overview| self.shown.insert(overview.title.clone()))
            .collect();
        if overviews.is_empty() {
            return;
        }
        self.heading(key::uitleg::pagina::DENKEN);
        for overview in overviews {
            self.text += &format!("\n### {}\n\n", overview.title);
            self.text += &Style::Markdown.points(&overview.points);
            for (label, text) in overview.rows {
                self.text += &format!("- **{label}**: {text}\n");
            }
        }
    }

    fn rules(&mut self, section: &Key, address: &str) {
        let rules = section.rules(self.words);
        if rules.is_empty() {
            return;
        }
        self.heading(key::uitleg::pagina::REGELS);
        self.text += &format!("\n{}\n\n", self.words.get(key::uitleg::pagina::REGELS_ZIN));
        for rule in rules {
            let title = text(rule, RuleText::Heading, self.words);
            let severity = self.words.severity(rule.severity);
            let name = rule.name;
            self.text += &format!("- {title}. *{severity}* [`{name}`]({address}#{name})\n");
        }
    }
}

/// A text as one cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The lines of a plan with one of the keys at its root.
fn part_of(plan: &str, key: &str) -> Option<String> {
    let start = format!("{key}:");
    let mut lines = plan.lines().skip_while(|line| !line.starts_with(&start));
    let first = lines.next()?;
    let inside = lines.take_while(|line| line.is_empty() || line.starts_with(' '));
    let lines: Vec<&str> = std::iter::once(first).chain(inside).collect();
    Some(lines.join("\n").trim_end().to_owned() + "\n")
}

/// Every section and annex at the root of a plan that has a page, in the plan's order.
#[must_use]
pub fn pages() -> Vec<&'static str> {
    let keys = Plan::KEYS.iter().copied();
    keys.filter(|key| *key != "versie").collect()
}
