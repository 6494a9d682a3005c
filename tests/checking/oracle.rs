//! Comparison with `serde_yaml`, which shares no code with our parser and must read the same plan from the same text.
//!
//! Only texts without findings are compared: `serde_yaml` does not recover from errors.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::PathBuf;

use planmaker::scaffold;
use planmaker::{Document, Language, Plan, Words, read_plan};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};

/// The plan in a text, if our parser has no finding about its YAML, keys and values.
fn read(text: &str) -> Option<Plan> {
    let document = Document::read(text.as_bytes());
    let (plan, reading) = read_plan(&document);
    // Our parser corrects misspelled references.
    let is_misspelled = reading.references.iter().any(|one| one.is_misspelled);
    (!reading.has_gaps && !is_misspelled).then_some(plan)
}

/// All whole plans in the repository and new plans, with their names.
fn plans() -> Vec<(String, String)> {
    let files = ["examples", "tests/plans"]
        .into_iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut paths: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "yaml"));
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        (path.display().to_string(), text)
    };
    let new = [Language::Dutch, Language::English].map(|language| {
        let text = scaffold::skeleton(Words::of(language));
        (format!("new, {language:?}"), text)
    });
    paths.into_iter().map(read).chain(new).collect()
}

/// The answers of a plan, without empty texts and lists, which only our parser treats as unanswered.
fn answers(plan: &Plan) -> Value {
    fn without_empty(value: &mut Value) {
        match value {
            Value::Object(object) => object.values_mut().for_each(without_empty),
            Value::Array(items) => items.iter_mut().for_each(without_empty),
            _ => {}
        }
        if [json!(""), json!([]), json!({})].contains(value) {
            *value = Value::Null;
        }
    }
    let mut answers = serde_json::to_value(plan).unwrap();
    without_empty(&mut answers);
    answers
}

/// The Dutch words for sources. Only our parser knows the ids of the literature, and so which words are no ids.
const SOURCES: [(&str, &str); 4] = [
    ("questionnaire", "vragenlijst"),
    ("evaluation", "evaluatie"),
    ("practical knowledge", "praktijkkennis"),
    ("assumption", "aanname"),
];

/// The plan that `serde_yaml` reads, with the Dutch words for its sources.
fn read_by_serde(text: &str) -> Plan {
    let in_dutch = SOURCES
        .iter()
        .fold(text.to_owned(), |text, (english, dutch)| {
            text.replace(&format!("bron: {english}"), &format!("bron: {dutch}"))
        });
    serde_yaml::from_str(&in_dutch).unwrap()
}

#[test]
fn both_parsers_read_the_same_plan() {
    let mut compared = 0;
    for (name, text) in plans() {
        let Some(ours) = read(&text) else { continue };
        let theirs = read_by_serde(&text);
        assert_eq!(ours, theirs, "{name}");
        compared += 1;
    }
    assert!(compared >= 5, "only {compared} plans could be compared");
}

#[test]
fn written_plans_read_back_as_the_same_plan() {
    for (name, text) in plans() {
        let Some(plan) = read(&text) else { continue };
        let written = serde_yaml::to_string(&plan).unwrap();
        assert_eq!(read(&written), Some(plan), "{name}\n{written}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(12), ..ProptestConfig::with_cases(64) })]

    /// Removes, indents and dedents lines of the worked example.
    #[test]
    fn both_parsers_read_the_same_from_edited_plans(edits in prop::collection::vec((0..1_100_usize, 0..4_usize), 1..4)) {
        let mut lines: Vec<String> = scaffold::EXAMPLE.lines().map(str::to_owned).collect();
        for (at, edit) in edits {
            let at = at % lines.len();
            match edit {
                0 | 1 => drop(lines.remove(at)),
                2 => lines[at].insert_str(0, "  "),
                _ => lines[at] = lines[at].strip_prefix("  ").unwrap_or(&lines[at]).to_owned(),
            }
        }
        let text = lines.join("\n");
        if let Some(ours) = read(&text) {
            let theirs: Plan = serde_yaml::from_str(&text).unwrap();
            prop_assert_eq!(answers(&ours), answers(&theirs));
        }
    }
}
