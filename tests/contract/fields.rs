//! Every field has a label, question and help in both languages, a line in the plan that `new` writes, and a template that
//! shows it. Choices have labels.

use std::collections::{BTreeMap, BTreeSet};

use planmaker::scaffold;
use planmaker::schema;
use planmaker::{Checked, Format, Plan, View, render};
use serde_yaml::Value;

use super::support::{FORMATS, shown_text, with_view};
use super::{BOTH, assert_none, folder};

/// A plan in which every field has an answer. Each free text is a marker to search for in documents.
const FULL: &str = include_str!("../plans/alles.yaml");
const FULL_FILE: &str = "tests/plans/alles.yaml";

/// Fields that no document shows by themselves.
const NOT_SHOWN: [(&str, &str); 3] = [
    ("versie", "the version of the file format"),
    ("plan.taal", "selects the language of the whole document"),
    ("uitzonderingen.*.bij", "selects the findings to silence"),
];

#[test]
fn every_field_has_its_words_and_all_words_have_a_field() {
    let fields: BTreeSet<String> = schema::fields().into_iter().collect();
    let mut problems = Vec::new();
    for words in BOTH {
        let file = format!("{}/fields.yaml", folder(words));
        for field in &fields {
            for text in ["label", "vraag", "hulp"] {
                let key = format!("velden.{field}.{text}");
                if words.find(&key).is_none_or(str::is_empty) {
                    problems.push(format!("{file}: {key} is missing"));
                }
            }
            let question = words.find(&format!("velden.{field}.vraag"));
            if question.is_some_and(|text| !text.trim_end_matches([')', ' ']).contains('?')) {
                problems.push(format!("{file}: velden.{field}.vraag is no question"));
            }
        }
        for (key, _) in words.all() {
            let field = key
                .strip_prefix("velden.")
                .and_then(|rest| rest.rsplit_once('.'));
            if field.is_some_and(|(field, _)| !fields.contains(field)) {
                problems.push(format!("{file}: {key} belongs to no field"));
            }
        }
    }
    assert_none(problems);
}

#[test]
fn every_choice_has_a_label() {
    let schema = schema::plan_schema(BOTH[0]);
    let types = schema["$defs"].as_object().unwrap();
    let enums: Vec<_> = types
        .iter()
        .filter_map(|(kind, schema)| Some((kind, schema["defaultSnippets"].as_array()?)))
        .collect();
    assert!(enums.len() > 10, "only {} enums found", enums.len());
    let mut problems = Vec::new();
    for words in BOTH {
        for (kind, choices) in &enums {
            for choice in choices.iter().filter_map(|choice| choice["label"].as_str()) {
                let key = format!("keuzes.{kind}.{choice}");
                if words.find(&key).is_none() {
                    problems.push(format!("{}/choices.yaml: {key} is missing", folder(words)));
                }
            }
        }
    }
    assert_none(problems);
}

#[test]
fn a_full_new_plan_has_the_question_of_every_field() {
    let mut problems = Vec::new();
    for words in BOTH {
        let skeleton = scaffold::full_skeleton(words);
        // Comments as running text, so that line breaks do not matter.
        let comments: Vec<&str> = skeleton
            .split_whitespace()
            .filter(|word| *word != "#")
            .collect();
        let comments = comments.join(" ");
        let mut fields_by_question: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for field in schema::fields() {
            let text = |name: &str| words.get(&format!("velden.{field}.{name}"));
            let question = format!("{} {}", text("vraag"), text("hulp"));
            fields_by_question.entry(question).or_default().push(field);
        }
        for (question, fields) in fields_by_question {
            if comments.matches(&question).count() < fields.len() {
                let fields = fields.join(" or ");
                problems.push(format!("src/scaffold/content.rs: {fields} is missing"));
            }
        }
        let question = words.get("velden.betrokken_groepen.*.belang.vraag");
        assert_eq!(comments.matches(question).count(), 1);
    }
    assert_none(problems);
}

/// Steps from the root of a plan to a value: keys, and indexes in lists.
type Place = Vec<Value>;

/// Removing an answer changes the document, even when findings are left out of it; a marker appears in every format.
#[test]
fn every_field_is_shown_by_a_template() {
    let plan: Value = serde_yaml::from_str(FULL).unwrap();
    let known: BTreeSet<String> = schema::fields().into_iter().collect();
    let mut answers = Vec::new();
    collect_answers(&plan, "", &known, &mut Vec::new(), &mut answers);

    // Unreadable answers are absent from the parsed plan.
    let parsed = with_view(FULL, |view, _| serde_yaml::to_value(view.plan).unwrap());
    let mut parsed_answers = Vec::new();
    collect_answers(&parsed, "", &known, &mut Vec::new(), &mut parsed_answers);
    let answered: BTreeSet<String> = parsed_answers.into_iter().map(|(field, _)| field).collect();
    let mut problems: Vec<String> = known
        .difference(&answered)
        .map(|field| {
            let template = template_for(field);
            format!("{FULL_FILE}: {field} needs an answer, to test that {template} shows it")
        })
        .collect();
    for (field, _) in NOT_SHOWN {
        assert!(known.contains(field), "NOT_SHOWN: no field {field}");
    }

    let documents = FORMATS.map(|format| {
        let document = with_view(FULL, |view, _| render(view, format).unwrap());
        let text = shown_text(&document, format);
        match format {
            Format::Html => text,
            // Link targets are not text.
            Format::Markdown => text + &document,
        }
    });
    let whole = without_findings(&serde_yaml::to_string(&plan).unwrap());
    for (field, place) in &answers {
        if NOT_SHOWN.iter().any(|(name, _)| name == field) {
            continue;
        }
        let value = place.iter().fold(&plan, |value, step| match step.as_u64() {
            Some(index) if value.is_sequence() => &value[usize::try_from(index).unwrap()],
            _ => &value[step],
        });
        if value.is_mapping() || value.is_sequence() {
            continue;
        }
        let marker = value.as_str().and_then(|text| {
            text.split([' ', ',', '/'])
                .find(|word| word.starts_with("mk-"))
        });
        let is_shown = match marker {
            Some(marker) => documents.iter().all(|document| document.contains(marker)),
            None => without_findings(&without(&plan, place)) != whole,
        };
        if !is_shown {
            problems.push(format!("{}: {field} is not shown", template_for(field)));
        }
    }
    assert_none(problems);
}

/// The Markdown document of a plan without its findings.
fn without_findings(plan: &str) -> String {
    let mut checked = Checked::read(plan);
    (checked.findings, checked.silenced) = Default::default();
    render(&View::of(&checked), Format::Markdown).unwrap()
}

/// Collects the place of every answer in a plan with the pattern of its field, as in [`schema::fields`].
fn collect_answers(
    value: &Value,
    pattern: &str,
    known: &BTreeSet<String>,
    place: &mut Place,
    found: &mut Vec<(String, Place)>,
) {
    let children: Vec<(Value, &Value, String)> = match value {
        Value::Mapping(mapping) => mapping
            .iter()
            .map(|(key, child)| {
                let own = schema::pattern_of(pattern, key.as_str().unwrap());
                let pattern = if known.contains(&own) {
                    own
                } else {
                    schema::pattern_of(pattern, "*")
                };
                (key.clone(), child, pattern)
            })
            .collect(),
        Value::Sequence(items) => items
            .iter()
            .enumerate()
            .map(|(index, child)| (index.into(), child, format!("{pattern}[]")))
            .collect(),
        _ => return,
    };
    for (step, child, pattern) in children {
        if child.is_null() {
            continue;
        }
        place.push(step);
        found.push((pattern.clone(), place.clone()));
        collect_answers(child, &pattern, known, place, found);
        place.pop();
    }
}

/// The plan without the value at a place.
fn without(plan: &Value, place: &[Value]) -> String {
    let mut copy = plan.clone();
    let (last, above) = place.split_last().unwrap();
    let index = |step: &Value| usize::try_from(step.as_u64().unwrap()).unwrap();
    let mut parent = &mut copy;
    for step in above {
        parent = match parent {
            Value::Sequence(items) => &mut items[index(step)],
            mapping => mapping.get_mut(step).unwrap(),
        };
    }
    match parent {
        Value::Sequence(items) => drop(items.remove(index(last))),
        mapping => drop(mapping.as_mapping_mut().unwrap().remove(last)),
    }
    serde_yaml::to_string(&copy).unwrap()
}

/// The template that should show a field.
fn template_for(field: &str) -> String {
    let key = field.split(['.', '[']).next().unwrap();
    match Plan::SECTIONS.iter().position(|section| *section == key) {
        Some(index) => format!(
            "templates/sections/{:02}-{}.j2",
            index + 1,
            key.replace('_', "-")
        ),
        None => "templates/partials/".to_owned(),
    }
}
