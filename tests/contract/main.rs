//! Everything that has to agree. These tests report all that a new rule or field still lacks, with the file to edit.
//!
//! `SNAPSHOTS=overwrite cargo test --test contract` rewrites the derived files. Review the diff.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod arguments;
mod explain;
mod fields;
mod limits;
mod manual;
mod rules;
#[path = "../render/support.rs"]
#[allow(dead_code, reason = "shared with the tests of documents")]
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use planmaker::explain::reference;
use planmaker::schema;
use planmaker::{BOOK, Language, Plan, Words, template_reference};
use serde_json::Value;
use snapbox::{assert_data_eq, file};

const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

/// The folder with the words of one language.
fn folder(words: Words) -> String {
    format!("src/words/{}", words.language().tag())
}

/// Fails with one line per problem, sorted by file.
fn assert_none(mut problems: Vec<String>) {
    problems.sort();
    problems.dedup();
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// Whether a text is other words for a choice or key.
fn is_synonym(key: &str) -> bool {
    let is_for_key = key.rsplit('.').next() == Some("ook");
    is_for_key || key.starts_with("keuzes.") && key.contains("_ook.")
}

#[test]
fn texts_exist_in_both_languages_with_the_same_placeholders() {
    let placeholders = |text: &str| -> BTreeSet<String> {
        let slots = text
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'));
        // `{n:one|many}` uses the argument `n`; the other language may do without the plural.
        slots
            .map(|(slot, _)| slot.split(':').next().unwrap_or(slot).to_owned())
            .collect()
    };
    let mut problems = Vec::new();
    for (words, other) in [(BOTH[0], BOTH[1]), (BOTH[1], BOTH[0])] {
        let others: BTreeMap<&str, &str> = other.all().collect();
        for (key, text) in words.all() {
            // Each language has its own synonyms.
            if is_synonym(key) {
                continue;
            }
            let Some(translation) = others.get(key) else {
                problems.push(format!("{}: {key} is missing", folder(other)));
                continue;
            };
            let lacking: Vec<String> = placeholders(text)
                .difference(&placeholders(translation))
                .cloned()
                .collect();
            if !lacking.is_empty() {
                problems.push(format!("{}: {key} lacks {lacking:?}", folder(other)));
            }
        }
    }
    assert_none(problems);
}

#[test]
fn the_rule_reference_is_up_to_date() {
    let [dutch, english] = BOTH.map(reference);
    assert_data_eq!(dutch, file!["../../docs/regels.md"].raw());
    assert_data_eq!(english, file!["../../docs/rules.md"].raw());
}

#[test]
fn the_template_reference_is_up_to_date() {
    let [dutch, english] = BOTH.map(template_reference);
    assert_data_eq!(&dutch, file!["../../docs/sjablonen.md"].raw());
    assert_data_eq!(&english, file!["../../docs/templates.md"].raw());
    // The placeholder for a text that is missing.
    assert!(!dutch.contains('⁇') && !english.contains('⁇'));
}

/// Each row of the glossary names a key of the plan file and a type of the library.
#[test]
fn the_glossary_names_existing_keys_and_types() {
    let glossary = fs::read_to_string("docs/glossary.md").unwrap();
    let code = sources("src");
    let fields: Vec<String> = schema::fields();
    let rows: Vec<Vec<&str>> = glossary
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
    assert!(
        rows.len() > 20,
        "docs/glossary.md: only {} rows",
        rows.len()
    );
    let mut problems = Vec::new();
    for row in rows {
        let [key, name, _] = row[..] else {
            panic!("docs/glossary.md: {row:?}")
        };
        let is_key = fields
            .iter()
            .any(|field| field.trim_end_matches(".*").split('.').next_back() == Some(key));
        if !is_key {
            problems.push(format!("docs/glossary.md: no field has the key {key}"));
        }
        let is_declared = ["struct", "enum", "type"]
            .iter()
            .any(|kind| code.contains(&format!("pub {kind} {name} ")));
        if !is_declared {
            problems.push(format!("docs/glossary.md: no type is called {name}"));
        }
    }
    assert_none(problems);
}

/// All Rust code in a folder.
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

#[test]
fn the_rule_book_has_a_chapter_per_section_in_order() {
    let chapters: Vec<&str> = BOOK.chapters.iter().map(|chapter| chapter.key).collect();
    assert_eq!(chapters[2..14], Plan::SECTIONS);
}

/// `rust-version` in Cargo.toml is at least that of every dependency.
#[test]
fn no_dependency_needs_a_newer_rust() {
    let run = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    // Cargo has fetched only the crates that are built on this platform.
    let rustc = run("rustc", &["-vV"]);
    let host = rustc.lines().find_map(|line| line.strip_prefix("host: "));
    let metadata = run(
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
        // Patch releases do not count.
        assert!(
            needed.iter().take(2).le(promised.iter()),
            "{}",
            package["id"]
        );
    }
}

/// Words that English texts say otherwise, in lower case.
const NOT_IN_ENGLISH: [&str; 24] = [
    "red thread",
    "user group",
    "focus barrier",
    "beneficiar",
    "ambassador",
    "front-runner",
    "laggard",
    "alderman",
    "handreiking",
    "leerkring",
    "procesevaluatie",
    "undesired",
    "seen to",
    "up to and including",
    "for once",
    "cost of hours",
    "groups involved",
    "kind of",
    "peer review",
    " maanden",
    " weken",
    "elke ",
    "such as trekker",
    "‘trekker’",
];

#[test]
fn english_texts_use_the_words_of_the_field() {
    let mut problems = Vec::new();
    for (key, text) in BOTH[1].all() {
        // Not the words of a plan, but the names of characters and of templates.
        if is_synonym(key) || key.starts_with("keuzes.teken.") || key.starts_with("sjablonen.") {
            continue;
        }
        let lower = text.to_lowercase();
        let words = NOT_IN_ENGLISH.iter().filter(|word| lower.contains(*word));
        problems.extend(words.map(|word| format!("{}: {key} says {word:?}", folder(BOTH[1]))));
    }
    assert_none(problems);
}
