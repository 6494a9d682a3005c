//! Explanations of the rules, as text and as Markdown: what a rule requires, why, its source and how to fix a finding.

use std::fmt::Write as _;

use crate::finding::Rule;
use crate::plan::Language;
use crate::rules::{BOOK, Chapter};
use crate::value::wrap;
use crate::words::{FieldText, RuleText, Words, key};

/// The example of each rule, sorted by rule: its name, a plan that breaks it and a twin that does not.
type Examples = &'static [(&'static str, &'static str, &'static str)];

// The tables `DUTCH` and `ENGLISH`.
include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// Explains a rule for a terminal.
pub fn one(rule: &Rule, words: Words) -> String {
    let severity = words.severity(rule.severity);
    let heading = wrap(&text(rule, RuleText::Heading, words), 0, "");
    let body = body(
        rule,
        words,
        |label, text| wrap(&format!("{label}: {text}"), 0, ""),
        indented,
    );
    format!("{severity}[{}]\n{heading}\n{body}", rule.name)
}

/// Explains a rule in Markdown.
#[must_use]
pub fn markdown(rule: &Rule, words: Words) -> String {
    let severity = words.severity(rule.severity);
    let heading = text(rule, RuleText::Heading, words);
    let body = body(
        rule,
        words,
        |label, text| format!("*{label}*: {text}"),
        |plan| format!("```yaml\n{plan}```\n"),
    );
    format!("### `{}`\n\n**{severity}**: {heading}.\n{body}", rule.name)
}

/// The reason, fix and source of a rule, and its example: a plan that breaks the rule and a twin that does not.
fn body(
    rule: &Rule,
    words: Words,
    paragraph: impl Fn(&str, &str) -> String,
    code: impl Fn(&str) -> String,
) -> String {
    let mut body = String::new();
    for (label, part) in [
        (key::uitleg::WAAROM, RuleText::Why),
        (key::uitleg::OPLOSSING, RuleText::Fix),
        (key::uitleg::BRON, RuleText::Source),
    ] {
        let paragraph = paragraph(words.get(label), &text(rule, part, words));
        let _ = write!(body, "\n{paragraph}\n");
    }
    let examples = match words.language() {
        Language::Dutch => DUTCH,
        Language::English => ENGLISH,
    };
    let example = examples.binary_search_by_key(&rule.name, |(name, ..)| name);
    if let Ok(at) = example {
        let (_, broken, mended) = examples[at];
        for (label, plan) in [
            (key::uitleg::ZO_NIET, broken),
            (key::uitleg::ZO_WEL, mended),
        ] {
            let _ = write!(body, "\n{}:\n\n{}", words.get(label), code(plan));
        }
    }
    body
}

/// A text of a rule, with placeholders for the details of a plan.
fn text(rule: &Rule, text: RuleText, words: Words) -> String {
    words.fill(words.rule(rule.name, text).unwrap_or_default(), &[])
}

/// Lists all rules by part of the plan, with their severity.
#[must_use]
pub fn list(words: Words) -> String {
    let mut text = String::new();
    for chapter in BOOK.chapters {
        let _ = writeln!(text, "{}", title(chapter, words));
        for rule in chapter.rules() {
            let severity = words.severity(rule.severity);
            let _ = writeln!(text, "  {severity:<13} {}", rule.name);
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
            let _ = write!(text, "\n{}", markdown(rule, words));
        }
    }
    text
}

fn title(chapter: &Chapter, words: Words) -> String {
    let number = crate::plan::Plan::SECTIONS
        .iter()
        .position(|section| *section == chapter.key);
    match number {
        Some(nr) => format!("{} {}", nr + 1, words.field(chapter.key, FieldText::Label)),
        None => words.get(&format!("uitleg.{}", chapter.key)).to_owned(),
    }
}

fn indented(plan: &str) -> String {
    plan.lines().fold(String::new(), |text, line| {
        let indent = if line.is_empty() { "" } else { "    " };
        text + indent + line + "\n"
    })
}
