//! Explanations of rules and of keys of the plan, as text and as Markdown.

mod keys;
mod page;

pub use self::page::{page, pages};

use std::fmt::Write as _;

use self::keys::{KEYS, Key};
use crate::finding::Rule;
use crate::plan::{Language, Plan};
use crate::rules::{BOOK, Chapter};
use crate::value::suggest::nearest;
use crate::value::wrap;
use crate::words::{FieldText, RuleText, Words, key};

/// The example of a rule.
struct Example {
    rule: &'static str,
    /// The paths of its findings and of what the twin changes, one per line.
    paths: &'static str,
    /// A plan that breaks the rule.
    broken: &'static str,
    /// Its good twin.
    mended: &'static str,
}

// The tables `DUTCH` and `ENGLISH`, sorted by rule.
include!(concat!(env!("OUT_DIR"), "/examples.rs"));

fn examples(words: Words) -> &'static [Example] {
    match words.language() {
        Language::Dutch => DUTCH,
        Language::English => ENGLISH,
    }
}

fn example_of(rule: &Rule, words: Words) -> Option<&'static Example> {
    let examples = examples(words);
    let at = examples.binary_search_by_key(&rule.name, |example| example.rule);
    Some(&examples[at.ok()?])
}

/// The paths of the findings of a rule's example, and of what its good twin changes.
pub(crate) fn example_paths(rule: &Rule, words: Words) -> impl Iterator<Item = &'static str> {
    let example = example_of(rule, words);
    example
        .into_iter()
        .flat_map(|example| example.paths.lines())
}

/// The form of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// For a terminal of 80 columns.
    Text,
    /// For a page.
    Markdown,
}

/// Explains a rule by its name, or a key by its path, its last part, its label or the number of its section. If several keys
/// have that name, lists them.
///
/// # Errors
///
/// For an unknown name, the most similar one, if any is.
pub fn about(name: &str, words: Words, style: Style) -> Result<String, Option<String>> {
    if let Some(rule) = BOOK.named(name) {
        return Ok(one(rule, words, style));
    }
    let keys = &*KEYS;
    let number = name
        .parse()
        .ok()
        .and_then(|number: usize| number.checked_sub(1));
    let section = number.and_then(|index| Plan::SECTIONS.get(index));
    if let Some(key) = keys.at(section.unwrap_or(&name)) {
        return Ok(key.explain(words, style));
    }
    let named = keys.named(name);
    match &named[..] {
        [] => {
            let paths: Vec<String> = keys.all().iter().map(Key::path).collect();
            let parts = paths
                .iter()
                .flat_map(|path| path.rsplit('.').next().into_iter().chain([&path[..]]));
            let rules = BOOK.rules().map(|rule| rule.name);
            Err(nearest(name, rules.chain(parts)).map(str::to_owned))
        }
        [key] => Ok(key.explain(words, style)),
        several => {
            let rows: Vec<_> = several
                .iter()
                .map(|key| (key.path(), key.question(words).to_owned()))
                .collect();
            let heading = words.text(key::uitleg::MEER_SLEUTELS, &[("naam", name.into())]);
            Ok(style.paragraph(&heading).trim_start().to_owned() + "\n" + &style.list(&rows))
        }
    }
}

/// Explains a rule.
fn one(rule: &Rule, words: Words, style: Style) -> String {
    let severity = words.severity(rule.severity);
    let title = text(rule, RuleText::Heading, words);
    let mut explanation = match style {
        Style::Text => format!("{severity}[{}]\n{}\n", rule.name, wrap(&title, 0, "")),
        Style::Markdown => format!("### `{}`\n\n**{severity}**: {title}.\n", rule.name),
    };
    for (label, part) in [
        (key::uitleg::WAAROM, RuleText::Why),
        (key::uitleg::OPLOSSING, RuleText::Fix),
        (key::uitleg::BRON, RuleText::Source),
    ] {
        explanation += &style.labelled(words.get(label), &text(rule, part, words));
    }
    if let Some(example) = example_of(rule, words) {
        for (label, plan) in [
            (key::uitleg::ZO_NIET, example.broken),
            (key::uitleg::ZO_WEL, example.mended),
        ] {
            explanation += &heading(words.get(label));
            explanation += &style.code(plan);
        }
    }
    explanation
}

/// A text of a rule, with placeholders for the details of a plan.
fn text(rule: &Rule, text: RuleText, words: Words) -> String {
    words.fill(words.rule(rule.name, text).unwrap_or_default(), &[])
}

/// The column of what a rule requires.
const LIST_INDENT: usize = 16;

/// Lists all rules by part of the plan, with their severity and what they require.
#[must_use]
pub fn list(words: Words) -> String {
    let mut text = String::new();
    for chapter in BOOK.chapters {
        let _ = writeln!(text, "{}", title(chapter, words));
        for rule in chapter.rules() {
            let severity = words.severity(rule.severity);
            let _ = writeln!(text, "  {severity:<13} {}", rule.name);
            let heading = self::text(rule, RuleText::Heading, words);
            let indent = " ".repeat(LIST_INDENT);
            let _ = writeln!(text, "{indent}{}", wrap(&heading, LIST_INDENT, &indent));
        }
        text.push('\n');
    }
    text
}

/// Explains all rules in Markdown, by part of the plan.
#[must_use]
pub fn reference(words: Words) -> String {
    let mut text = format!(
        "# {}\n\n{}\n",
        words.get(key::uitleg::TITEL),
        words.get(key::uitleg::INLEIDING)
    );
    for chapter in BOOK.chapters {
        let _ = write!(text, "\n## {}\n", title(chapter, words));
        for rule in chapter.rules() {
            let _ = write!(text, "\n{}", one(rule, words, Style::Markdown));
        }
    }
    text
}

fn title(chapter: &Chapter, words: Words) -> String {
    match Plan::section_number(chapter.key) {
        Some(number) => format!("{number} {}", words.field(chapter.key, FieldText::Label)),
        None => words.get(&format!("uitleg.{}", chapter.key)).to_owned(),
    }
}

fn heading(label: &str) -> String {
    format!("\n{label}:\n\n")
}

impl Style {
    fn title(self, name: &str, below: &str) -> String {
        match self {
            Self::Text => format!("{name}\n{}\n", wrap(below, 0, "")),
            Self::Markdown => format!("### `{name}`\n\n**{below}**\n"),
        }
    }

    fn paragraph(self, text: &str) -> String {
        match self {
            Self::Text => format!("\n{}\n", wrap(text, 0, "")),
            Self::Markdown => format!("\n{text}\n"),
        }
    }

    fn labelled(self, label: &str, text: &str) -> String {
        match self {
            Self::Text => self.paragraph(&format!("{label}: {text}")),
            Self::Markdown => self.paragraph(&format!("*{label}*: {text}")),
        }
    }

    /// A list of names, with a text for each: beside the names if these are short.
    fn list(self, rows: &[(String, String)]) -> String {
        const SHORT: usize = 40;
        let names = rows.iter().map(|(name, _)| name.chars().count());
        let width = names.max().unwrap_or_default();
        rows.iter().fold(String::new(), |list, (name, text)| {
            let row = match self {
                Self::Text if text.is_empty() => format!("  {name}"),
                Self::Text if width > SHORT => {
                    format!("  {name}\n{}", wrap(&format!("    {text}"), 0, "    "))
                }
                Self::Text => {
                    let margin = " ".repeat(width + 4);
                    wrap(&format!("  {name:width$}  {text}"), 0, &margin)
                }
                Self::Markdown if text.is_empty() => format!("- `{name}`"),
                Self::Markdown => format!("- `{name}`: {text}"),
            };
            list + &row + "\n"
        })
    }

    /// A list of texts.
    fn points(self, points: &[String]) -> String {
        let line = |point: &String| match self {
            Self::Text => wrap(&format!("  - {point}"), 0, "    ") + "\n",
            Self::Markdown => format!("- {point}\n"),
        };
        points.iter().map(line).collect()
    }

    fn code(self, plan: &str) -> String {
        match self {
            Self::Text => plan.lines().fold(String::new(), |text, line| {
                let indent = if line.is_empty() { "" } else { "    " };
                text + indent + line + "\n"
            }),
            Self::Markdown => format!("```yaml\n{plan}```\n"),
        }
    }
}
