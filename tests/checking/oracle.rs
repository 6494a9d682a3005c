//! A second opinion on reading: `serde_yaml`, which shares no line with our reader, makes the same plan of the same text.
//!
//! Only texts that `serde_yaml` can judge count: it knows neither places nor recovery, and an error inside an answer leaves
//! it anywhere in the file.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::PathBuf;

use planmaker::document::Document;
use planmaker::finding::Findings;
use planmaker::plan::{Language, Plan};
use planmaker::words::Words;
use planmaker::{reading, scaffold};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The plan in a text, if our reader has nothing against its YAML, keys and values.
fn read(text: &str) -> Option<Plan> {
    let mut findings = Findings::default();
    let document = Document::read(text.as_bytes(), &mut findings);
    let (plan, reading) = reading::read(&document, &mut findings);
    // Ours reads a misspelt reference as the one that it can only mean.
    let is_misspelt = reading.references.iter().any(|one| one.is_misspelt);
    (findings.iter().count() == 0 && !is_misspelt).then_some(plan)
}

/// Every whole plan in the repository, and new ones.
fn plans() -> Vec<(String, String)> {
    let files = ["examples", "tests/plans"]
        .into_iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap());
    let mut paths: Vec<PathBuf> = files.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "yaml")
    });
    paths.sort();
    let mut plans: Vec<_> = paths
        .into_iter()
        .map(|path| {
            (
                path.display().to_string(),
                fs::read_to_string(path).unwrap(),
            )
        })
        .collect();
    for language in [Language::Dutch, Language::English] {
        plans.push((
            format!("new, {language:?}"),
            scaffold::skeleton(Words::of(language)).unwrap(),
        ));
    }
    plans
}

/// The answers of a plan. That an empty text or list is no answer is for our reader alone to know.
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

#[test]
fn both_readers_make_the_same_plan() {
    let mut compared = 0;
    for (name, text) in plans() {
        let Some(ours) = read(&text) else { continue };
        let theirs: Plan = serde_yaml::from_str(&text).unwrap();
        assert_eq!(ours, theirs, "{name}");
        compared += 1;
    }
    assert!(compared >= 5, "only {compared} plans could be compared");
}

#[test]
fn a_plan_that_is_written_and_read_again_is_the_same_plan() {
    for (name, text) in plans() {
        let Some(plan) = read(&text) else { continue };
        let written = serde_yaml::to_string(&plan).unwrap();
        assert_eq!(read(&written), Some(plan), "{name}\n{written}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    /// The worked example with lines left out and moved inwards or outwards, as far as it is still a plan.
    #[test]
    fn both_readers_make_the_same_of_a_plan_that_was_cut(edits in prop::collection::vec((0..1_100_usize, 0..4_usize), 1..4)) {
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
