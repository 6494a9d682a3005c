//! `planmaker render`: the files it writes, and those it leaves alone.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PLAN: &str = "versie: 1\nplan: {titel: Mijn plan}\n";

pub fn planmaker(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planmaker"));
    command
        .current_dir(folder)
        .env("PLANMAKER_LANG", "nl")
        .args(args)
        .output()
        .unwrap()
}

pub fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.yaml"), PLAN).unwrap();
    folder
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The exit status, and all output.
pub fn outcome(output: &Output) -> (Option<i32>, String) {
    let text =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    (output.status.code(), text.concat())
}

#[test]
fn document_is_written_next_to_the_plan() {
    let folder = folder();
    let output = planmaker(folder.path(), &["render"]);
    assert_eq!(
        outcome(&output),
        (Some(0), "Geschreven: plan.html\n".to_owned())
    );
    assert!(
        fs::read_to_string(folder.path().join("plan.html"))
            .unwrap()
            .contains("Mijn plan")
    );
    assert_eq!(names(folder.path()), ["plan.html", "plan.yaml"]);
}

#[test]
fn several_formats_are_written_under_other_names_than_plans() {
    let folder = folder();
    fs::create_dir(folder.path().join("uit")).unwrap();
    let output = planmaker(
        folder.path(),
        &[
            "render", "--to", "md,json", "--to", "yaml", "--to", "md", "-o", "uit",
        ],
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        names(&folder.path().join("uit")),
        ["plan.json", "plan.md", "plan.weergave.yaml"]
    );
    let read = |name: &str| fs::read_to_string(folder.path().join("uit").join(name)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&read("plan.json")).unwrap();
    let yaml: serde_json::Value = serde_yaml::from_str(&read("plan.weergave.yaml")).unwrap();
    assert_eq!(json, yaml);
    assert_eq!(json["plan"]["plan"]["titel"], "Mijn plan");
}

#[test]
fn standard_input_and_output_are_supported() {
    let folder = folder();
    let output = planmaker(folder.path(), &["render", "--to", "md", "-o", "-"]);
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .starts_with("# Mijn plan\n")
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_planmaker"));
    command
        .args(["render", "-", "--to", "md"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(PLAN.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .starts_with("# Mijn plan\n")
    );
    assert_eq!(names(folder.path()), ["plan.yaml"]);
}

#[test]
fn failures_leave_all_files_unchanged() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("plan.html"), "oud").unwrap();
    fs::write(at("kapot.yaml"), "plan: {titel: a\n").unwrap();
    fs::create_dir_all(at("eigen/partials")).unwrap();
    fs::write(at("eigen/partials/literatuur.j2"), "{{ nergens }}").unwrap();
    let before = names(folder.path());
    for (args, status) in [
        (vec!["render", "--templates", "eigen", "--to", "md,html"], 2),
        (vec!["render", "--strict"], 1),
        (vec!["render", "kapot.yaml"], 1),
        (vec!["render", "nergens.yaml"], 2),
        (vec!["render", "--to", "html,md", "-o", "plan.html"], 2),
        (vec!["render", "--to", "html,md", "-o", "-"], 2),
        (vec!["render", "-o", "plan.yaml"], 2),
        (vec!["render", "-o", "nergens/plan.html"], 2),
        (vec!["render", "--templates", "nergens"], 2),
        (vec!["render", "--to", "pdf"], 2),
    ] {
        let output = planmaker(folder.path(), &args);
        assert_eq!(
            output.status.code(),
            Some(status),
            "{args:?} {:?}",
            outcome(&output)
        );
        assert!(!output.stderr.is_empty(), "{args:?}");
        assert_eq!(
            fs::read_to_string(at("plan.html")).unwrap(),
            "oud",
            "{args:?}"
        );
        assert_eq!(
            fs::read_to_string(at("plan.yaml")).unwrap(),
            PLAN,
            "{args:?}"
        );
        assert_eq!(names(folder.path()), before, "{args:?}");
    }
}

#[test]
fn strict_renders_a_plan_without_errors_and_warnings() {
    let folder = folder();
    let goed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans/goed.yaml");
    fs::copy(goed, folder.path().join("goed.yaml")).unwrap();
    let output = planmaker(folder.path(), &["render", "goed.yaml", "--strict"]);
    assert_eq!(
        outcome(&output),
        (Some(0), "Geschreven: goed.html\n".to_owned())
    );
}

#[test]
fn unreadable_plan_is_reported_as_by_check() {
    let folder = folder();
    fs::write(folder.path().join("leeg.yaml"), "").unwrap();
    let (status, message) = outcome(&planmaker(folder.path(), &["render", "leeg.yaml"]));
    assert_eq!(status, Some(1));
    assert!(
        message.contains("leeg.yaml:1:1: Dit kan planmaker niet lezen: het bestand is leeg."),
        "{message}"
    );
}

#[test]
fn unknown_group_is_reported_in_full_sentences() {
    let folder = folder();
    let (_, message) = outcome(&planmaker(
        folder.path(),
        &["render", "--groep", "onbekend"],
    ));
    assert!(
        message.contains("gebruikersgroep ‘onbekend’. Onderdeel 4"),
        "{message}"
    );
}
