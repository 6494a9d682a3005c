//! What must agree with what: lists that stand in two places, and documents that are derived.
//!
//! `SNAPSHOTS=overwrite cargo test --test contract` writes the derived files anew. Read the difference.

// A test may stop at the first surprise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "contract/arguments.rs"]
mod arguments;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use planmaker::plan::{Language, Plan};
use planmaker::rules::BOOK;
use planmaker::words::Words;
use planmaker::{explain, schema};
use serde_json::Value;
use snapbox::{assert_data_eq, file};

const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

/// Rule names are ids forever: adding or renaming one must show in a review.
#[test]
fn rule_names_are_unique_and_known() {
    let names: Vec<String> = BOOK
        .rules()
        .map(|rule| format!("{} {:?}", rule.name, rule.severity))
        .collect();
    let unique: BTreeSet<&String> = names.iter().collect();
    assert_eq!(unique.len(), names.len());
    assert_data_eq!(names.join("\n") + "\n", file!["contract/rules.txt"]);
}

#[test]
fn every_rule_has_its_texts_and_no_text_is_an_orphan() {
    let mut wrong = Vec::new();
    for words in BOTH {
        for rule in BOOK.rules() {
            for text in ["kop", "titel", "waarom", "oplossing", "bron"] {
                let key = format!("regels.{}.{text}", rule.name);
                if words.find(&key).is_none_or(str::is_empty) {
                    wrong.push(format!("{}: no {key}", words.language().tag()));
                }
            }
        }
        for (key, _) in words.all() {
            let name = key
                .strip_prefix("regels.")
                .and_then(|rest| rest.split_once('.'))
                .map(|(name, _)| name);
            if name.is_some_and(|name| BOOK.named(name).is_none()) {
                wrong.push(format!(
                    "{}: {key} belongs to no rule",
                    words.language().tag()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The facts in a text are the same in both languages.
#[test]
fn texts_have_the_same_arguments_in_both_languages() {
    let arguments = |text: &str| -> BTreeSet<String> {
        let slots = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'));
        slots
            .map(|(slot, _)| slot.split(':').next().unwrap_or(slot).to_owned())
            .collect()
    };
    let [dutch, english] = BOTH;
    let english: BTreeMap<&str, &str> = english.all().collect();
    for (key, text) in dutch.all() {
        // Where one language counts with a plural and the other does not, the argument is still the same.
        assert_eq!(arguments(text), arguments(english[key]), "{key}");
    }
}

/// Every choice of the model has a label in both languages.
#[test]
fn every_choice_has_a_label() {
    let schema = schema::plan_schema(BOTH[0]);
    let kinds = schema["$defs"].as_object().unwrap();
    let mut seen = 0;
    for (kind, definition) in kinds {
        let Some(choices) = definition["enum"].as_array() else {
            continue;
        };
        seen += 1;
        for choice in choices
            .iter()
            .filter_map(|choice| choice.as_str())
            .filter(|choice| !matches!(*choice, "true" | "false"))
        {
            for words in BOTH {
                assert!(
                    words.find(&format!("keuzes.{kind}.{choice}")).is_some(),
                    "keuzes.{kind}.{choice}"
                );
            }
        }
    }
    assert!(
        seen > 10,
        "only {seen} kinds of choice were found in the schema"
    );
}

/// The sections in the book are the sections of a plan.
#[test]
fn the_book_has_a_chapter_for_each_section_in_order() {
    let chapters: Vec<&str> = BOOK.chapters.iter().map(|chapter| chapter.key).collect();
    assert_eq!(chapters[2..14], Plan::SECTIONS);
}

#[test]
fn the_rule_reference_is_what_the_code_says() {
    let [dutch, english] = BOTH;
    assert_data_eq!(explain::reference(dutch), file!["../docs/regels.md"]);
    assert_data_eq!(explain::reference(english), file!["../docs/rules.md"]);
}

/// Each row of the README's glossary names a key of the plan file and a type of the library.
#[test]
fn the_glossary_names_what_exists() {
    let readme = fs::read_to_string("README.md").unwrap();
    let code = sources("src");
    let fields: Vec<String> = schema::fields();
    let rows: Vec<Vec<&str>> = readme
        .lines()
        .skip_while(|line| !line.starts_with("| Dutch key"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .map(|cell| cell.trim().trim_matches('`'))
                .collect()
        })
        .collect();
    assert!(rows.len() > 20, "only {} rows", rows.len());
    for row in rows {
        let [key, name, _] = row[..] else {
            panic!("{row:?}")
        };
        assert!(
            fields
                .iter()
                .any(|field| field.trim_end_matches(".*").split('.').next_back() == Some(key)),
            "{key}"
        );
        let is_declared = ["struct", "enum", "type"]
            .iter()
            .any(|kind| code.contains(&format!("pub {kind} {name} ")));
        assert!(is_declared, "{name}");
    }
}

/// The oldest Rust that is promised is no older than what any dependency needs.
#[test]
fn no_dependency_needs_a_newer_rust_than_is_promised() {
    let told = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    // What is not built on this machine has not been fetched.
    let rustc = told("rustc", &["-vV"]);
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: "));
    let metadata = told(
        env!("CARGO"),
        &[
            "metadata",
            "--format-version=1",
            "--locked",
            "--offline",
            "--filter-platform",
            host.unwrap(),
        ],
    );
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let version = |text: &Value| -> Option<Vec<u32>> {
        let parts = text.as_str()?.split('.').map(|part| part.parse().unwrap());
        Some(parts.collect())
    };
    let packages = metadata["packages"].as_array().unwrap();
    let promised = packages
        .iter()
        .find(|package| package["name"] == "planmaker")
        .and_then(|package| version(&package["rust_version"]))
        .unwrap();
    for package in packages {
        let needed = version(&package["rust_version"]).unwrap_or_default();
        // A third number tells releases of one version apart.
        assert!(
            needed.iter().take(2).le(promised.iter()),
            "{}",
            package["id"]
        );
    }
}

fn sources(folder: &str) -> String {
    let mut code = String::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            code += &sources(path.to_str().unwrap());
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            code += &fs::read_to_string(path).unwrap();
        }
    }
    code
}
