//! The manual's pages on the sections of a plan are derived from the words, the rules and the advice.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use planmaker::Plan;
use planmaker::explain::{page, pages};
use snapbox::assert_data_eq;
use snapbox::data::Data;

use super::BOTH;

const FOLDER: &str = "docs/handleiding/src";

/// The finished plan from which the pages show each section.
const PLAN: &str = include_str!("../../examples/valpreventie.yaml");

/// The file names of the pages in the order of a plan: `04-gebruikers.md`, and an annex without a number.
fn names() -> Vec<(&'static str, String)> {
    let name = |key: &'static str| {
        let number = match key {
            "plan" => Some(0),
            key => Plan::section_number(key),
        };
        let stem = key.replace('_', "-");
        match number {
            Some(number) => (key, format!("{number:02}-{stem}.md")),
            None => (key, format!("bijlage-{stem}.md")),
        }
    };
    pages().into_iter().map(name).collect()
}

#[test]
fn the_pages_on_sections_are_up_to_date() {
    for (key, name) in names() {
        let text = page(key, PLAN, "regels.md", BOTH[0]).unwrap();
        assert!(!text.contains('⁇'), "{name}");
        let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join(FOLDER)
            .join(&name);
        assert_data_eq!(text, Data::read_from(&file, None).raw());
        // The other language has all words too.
        let english = page(key, PLAN, "regels.md", BOTH[1]).unwrap();
        assert!(!english.contains('⁇'), "{name}");
    }
}

#[test]
fn the_summary_lists_every_page() {
    let summary = fs::read_to_string(format!("{FOLDER}/SUMMARY.md")).unwrap();
    let listed: BTreeSet<&str> = summary
        .split("](")
        .skip(1)
        .map(|rest| rest.split(')').next().unwrap())
        .collect();
    let paths = fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let pages = paths.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
    let names: Vec<String> = pages
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != "SUMMARY.md")
        .collect();
    let files: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    assert_eq!(listed, files, "{FOLDER}");
}
