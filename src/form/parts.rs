//! The list of parts of the plan, with their states.

use std::collections::HashMap;

use serde::Serialize;

use super::points::{Point, Tally};
use crate::checked::Checked;
use crate::document::{Node, Value};
use crate::finding::Argument;
use crate::plan::Plan;
use crate::value::path::Path;
use crate::words::{FieldText, Words, key};

/// A part of the plan in the list.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Part {
    pub key: &'static str,
    /// The number of a section.
    pub nr: Option<usize>,
    pub label: String,
    pub question: &'static str,
    /// `leeg`, `bezig`, `klaar`, `fout` or `let-op`.
    pub state: &'static str,
    /// The state in words.
    pub says: String,
    pub tally: Tally,
    pub is_current: bool,
    pub is_annex: bool,
}

/// The parts that the form has, with their states.
pub(super) fn of(
    checked: &Checked,
    points: &[Point],
    current: Option<&str>,
    words: Words,
) -> Vec<Part> {
    let mut tallies: HashMap<&str, Tally> = HashMap::new();
    for point in points {
        tallies
            .entry(point.part.as_str())
            .or_default()
            .count(point.state);
    }
    let keys = Plan::KEYS.iter().copied().filter(|key| *key != "versie");
    keys.map(|key| {
        let nr = Plan::section_number(key);
        let is_annex = nr.is_none() && key != "plan";
        let tally = tallies.get(key).copied().unwrap_or_default();
        let is_empty = is_empty(checked, key);
        let state = state(tally, is_empty, is_annex);
        Part {
            key,
            nr,
            label: label(key, words),
            question: words.field(key, FieldText::Question),
            state,
            says: says(tally, state, is_annex, words),
            tally,
            is_current: current == Some(key),
            is_annex,
        }
    })
    .collect()
}

/// The name of a part, with its number if it is a section.
pub(super) fn label(key: &str, words: Words) -> String {
    let label = match key {
        "plan" => words.get(key::scherm::VOORBLAD),
        key => words.field(key, FieldText::Label),
    };
    let nr = Plan::section_number(key);
    nr.map_or_else(|| label.to_owned(), |nr| format!("{nr}. {label}"))
}

/// Whether a part has no answers.
fn is_empty(checked: &Checked, key: &str) -> bool {
    fn is_blank(node: &Node) -> bool {
        match &node.value {
            Value::Mapping(entries) => entries.values().all(|entry| is_blank(&entry.value)),
            Value::List(items) => items.iter().all(is_blank),
            _ => node.is_empty(),
        }
    }
    let node = checked.document.get(&Path::root().join(key));
    node.is_none_or(is_blank)
}

fn state(tally: Tally, is_empty: bool, is_annex: bool) -> &'static str {
    match tally {
        tally if tally.errors > 0 => "fout",
        tally if tally.warnings > 0 => "let-op",
        _ if is_empty => "leeg",
        tally if tally.open > 0 && !is_annex => "bezig",
        _ => "klaar",
    }
}

fn says(tally: Tally, state: &str, is_annex: bool, words: Words) -> String {
    let count = |key: &str, count: usize| words.text(key, &[("aantal", Argument::Count(count))]);
    let mut parts = Vec::new();
    if tally.errors > 0 {
        parts.push(count(key::verslag::FOUTEN, tally.errors));
    }
    if tally.warnings > 0 {
        parts.push(count(key::verslag::WAARSCHUWINGEN, tally.warnings));
    }
    match state {
        "leeg" if is_annex => parts.push(words.get(key::scherm::MAG_LEEG).to_owned()),
        "leeg" => parts.push(words.get(key::scherm::NOG_NIET_BEGONNEN).to_owned()),
        "bezig" => parts.push(count(key::scherm::NOG_OPEN_AANTAL, tally.open)),
        "klaar" => parts.push(words.get(key::scherm::KLAAR).to_owned()),
        _ => {}
    }
    if tally.tips > 0 && state != "leeg" {
        parts.push(count(key::verslag::TIPS, tally.tips));
    }
    parts.join(", ")
}
