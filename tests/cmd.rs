//! Sessions of commands, in `tests/cmd/`, the READMEs and the manual, run as tests.
//!
//! `TRYCMD=overwrite cargo test --test cmd` updates the expected output. Review the difference.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn cases() -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    cases.env("NO_COLOR", "1").env("PLANMAKER_LANG", "nl");
    cases
}

#[test]
fn sessions_match() {
    cases().case("tests/cmd/*.md");
}

/// Runs the sessions of the READMEs and the manual, each page in a folder of its own with a copy of the examples.
#[test]
fn sessions_in_the_manual_match() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("manual");
    let _ = fs::remove_dir_all(&folder);
    let cases = cases();
    let mut pages = Vec::new();
    for page in manual() {
        if !fs::read_to_string(&page).unwrap().contains("```console\n") {
            continue;
        }
        let name = page.to_str().unwrap().replace(['/', '\\'], "-");
        let stem = name.strip_suffix(".md").unwrap();
        let examples = folder.join(format!("{stem}.in/examples"));
        fs::create_dir_all(&examples).unwrap();
        fs::create_dir_all(folder.join(format!("{stem}.out"))).unwrap();
        copy(Path::new("examples"), &examples);
        let copied = folder.join(&name);
        fs::copy(&page, &copied).unwrap();
        pages.push((copied, page));
    }
    assert!(pages.len() > 10, "{pages:?}");
    cases.case(folder.join("*.md").to_str().unwrap());
    cases.run();
    if std::env::var("TRYCMD").is_ok_and(|mode| mode == "overwrite") {
        for (copied, page) in pages {
            fs::copy(copied, page).unwrap();
        }
    }
}

/// Commands within a sentence or a table name only what exists.
#[test]
fn commands_in_the_manual_have_options_that_exist() {
    let help = |command: &str| -> String {
        let languages = ["nl", "en"].map(|language| {
            let output = Command::new(env!("CARGO_BIN_EXE_planmaker"))
                .args(command.split_whitespace())
                .args(["--help", "--lang", language])
                .output()
                .unwrap();
            assert!(output.status.success(), "planmaker {command}");
            String::from_utf8(output.stdout).unwrap()
        });
        languages.concat()
    };
    let general = help("");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for page in manual() {
        let text = fs::read_to_string(&page).unwrap().replace('\n', " ");
        let commands = text
            .split('`')
            .filter(|code| code.starts_with("planmaker "));
        for code in commands {
            let mut words = code.split_whitespace().skip(1);
            let Some(command) = words.next().filter(|word| !word.starts_with('-')) else {
                continue;
            };
            seen += 1;
            if command == "help" {
                continue;
            }
            if !general.contains(&format!("  {command} ")) {
                wrong.push(format!("{}: {code}", page.display()));
                continue;
            }
            let help = help(command);
            let known: Vec<&str> = help.split([' ', '\n', ',']).collect();
            let options = words.filter(|word| word.starts_with('-') && *word != "-");
            let unknown = options.filter(|option| !known.contains(option));
            wrong.extend(unknown.map(|option| format!("{}: {code}: {option}", page.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 30, "{seen}");
}

/// The READMEs and the pages of the manual that are written by hand.
fn manual() -> Vec<PathBuf> {
    fn add(folder: &Path, pages: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                add(&path, pages);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                pages.push(path);
            }
        }
    }
    let mut pages = vec!["README.md".into(), "README.nl.md".into()];
    add(Path::new("docs/handleiding/src"), &mut pages);
    add(Path::new("docs/manual/src"), &mut pages);
    pages.sort();
    pages
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}
