//! What the rules ask, why, where they come from and how to mend what they find: for people, in text and in Markdown.

use std::fmt::Write as _;

use crate::finding::Rule;
use crate::report::text::wrap;
use crate::rules::{BOOK, Chapter};
use crate::words::Words;

include!(concat!(env!("OUT_DIR"), "/examples.rs"));

/// A small plan that breaks a rule, and a twin, one edit away, that does not.
fn example(rule: &Rule) -> Option<(&'static str, &'static str)> {
    let at = EXAMPLES
        .binary_search_by_key(&rule.name, |(name, ..)| name)
        .ok()?;
    let (_, broken, mended) = EXAMPLES[at];
    Some((broken, mended))
}

/// One rule, explained for a terminal.
#[must_use]
pub fn one(rule: &Rule, words: Words) -> String {
    let says = |what: &str| explanation(rule, what, words);
    let mut text = format!(
        "{}[{}]\n{}\n",
        words.severity(rule.severity),
        rule.name,
        wrap(&says("kop"), 0, "")
    );
    for (label, what) in [
        ("waarom", "waarom"),
        ("oplossing", "oplossing"),
        ("bron", "bron"),
    ] {
        let label = words.get(&format!("uitleg.{label}"));
        let _ = write!(
            text,
            "\n{}\n",
            wrap(&format!("{label}: {}", says(what)), 0, "")
        );
    }
    if let Some((broken, mended)) = example(rule) {
        for (label, plan) in [("zo_niet", broken), ("zo_wel", mended)] {
            let label = words.get(&format!("uitleg.{label}"));
            let _ = write!(text, "\n{label}:\n\n{}", indented(plan));
        }
    }
    text
}

/// All rules by part of the plan, with their severity.
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

/// The whole rule book in Markdown.
#[must_use]
pub fn reference(words: Words) -> String {
    let mut text = format!(
        "# {}\n\n{}\n",
        words.get("uitleg.titel"),
        words.get("uitleg.inleiding")
    );
    for chapter in BOOK.chapters {
        let _ = write!(text, "\n## {}\n", title(chapter, words));
        for rule in chapter.rules() {
            let _ = write!(text, "\n{}", markdown(rule, words));
        }
    }
    text
}

/// One rule in Markdown.
#[must_use]
pub fn markdown(rule: &Rule, words: Words) -> String {
    let says = |what: &str| explanation(rule, what, words);
    let mut text = format!(
        "### `{}`\n\n**{}**: {}.\n",
        rule.name,
        words.severity(rule.severity),
        says("kop")
    );
    for what in ["waarom", "oplossing", "bron"] {
        let _ = write!(
            text,
            "\n*{}*: {}\n",
            words.get(&format!("uitleg.{what}")),
            says(what)
        );
    }
    if let Some((broken, mended)) = example(rule) {
        for (label, plan) in [("zo_niet", broken), ("zo_wel", mended)] {
            let label = words.get(&format!("uitleg.{label}"));
            let _ = write!(text, "\n{label}:\n\n```yaml\n{plan}```\n");
        }
    }
    text
}

/// A text of a rule without the facts of any one plan.
fn explanation(rule: &Rule, what: &str, words: Words) -> String {
    words.text(&format!("regels.{}.{what}", rule.name), &[])
}

fn title(chapter: &Chapter, words: Words) -> String {
    let number = crate::plan::Plan::SECTIONS
        .iter()
        .position(|section| *section == chapter.key);
    match number {
        Some(nr) => format!(
            "{} {}",
            nr + 1,
            words.get(&format!("velden.{}.label", chapter.key))
        ),
        None => words.get(&format!("uitleg.{}", chapter.key)).to_owned(),
    }
}

fn indented(plan: &str) -> String {
    plan.lines()
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("    {line}\n")
            }
        })
        .collect()
}
