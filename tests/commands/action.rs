//! The shell parts of the GitHub Action (`action.yml`), run as its steps run them.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::process::{Command, Output};

use serde_json::Value;

use crate::folders::folder;

/// Runs the step that checks, and returns what it wrote: the run itself, its outputs and the SARIF.
fn check(name: &str, paths: &str, strict: &str) -> (Output, String, Option<Value>) {
    let folder = folder(name, &[]);
    let [outputs, sarif] = ["outputs", "plans.sarif"].map(|name| format!("{folder}/{name}"));
    let output = Command::new("action/check")
        .env("PLANMAKER", env!("CARGO_BIN_EXE_planmaker"))
        .env("PLANMAKER_LANG", "nl")
        .env("PLANMAKER_PATHS", paths)
        .env("PLANMAKER_STRICT", strict)
        .env("PLANMAKER_TODAY", "")
        .env("PLANMAKER_SARIF", &sarif)
        .env("GITHUB_OUTPUT", &outputs)
        .output()
        .unwrap();
    let sarif = fs::read(sarif).ok();
    let sarif = sarif.map(|sarif| serde_json::from_slice(&sarif).unwrap());
    (output, fs::read_to_string(outputs).unwrap(), sarif)
}

#[test]
fn findings_are_annotated_and_written_as_sarif_before_the_job_fails() {
    let paths = "examples/psycho-educatie.yaml\n\nexamples/valpreventie.yaml\n";
    let (output, outputs, sarif) = check("action-strict", paths, "true");
    assert!(output.status.success(), "{output:?}");
    let annotations = String::from_utf8(output.stdout).unwrap();
    assert!(
        annotations.contains("::warning file=examples/psycho-educatie.yaml,line="),
        "{annotations}"
    );
    assert!(outputs.starts_with("status=1\nsarif="), "{outputs}");
    let sarif = sarif.unwrap();
    assert!(
        sarif["runs"][0]["results"].as_array().unwrap().len() > 6,
        "{sarif}"
    );
}

#[test]
fn warnings_do_not_count_unless_they_are_asked_to() {
    let (_, outputs, sarif) = check("action", "examples/psycho-educatie.yaml", "false");
    assert!(outputs.starts_with("status=0\n"), "{outputs}");
    assert!(sarif.is_some());
}

#[test]
fn a_path_that_does_not_exist_gives_no_sarif_to_upload() {
    for path in ["--help", "$(echo examples)", "examples; ls"] {
        let (output, outputs, sarif) = check("action-missing", path, "false");
        assert!(outputs.starts_with("status=2\n"), "{path}: {output:?}");
        assert!(sarif.is_none(), "{path}");
    }
}

#[test]
fn a_given_program_is_used_instead_of_building_one() {
    let outputs = format!("{}/outputs", folder("action-install", &[]));
    let status = Command::new("action/install")
        .env("PLANMAKER_PROGRAM", env!("CARGO_BIN_EXE_planmaker"))
        .env("GITHUB_OUTPUT", &outputs)
        .status()
        .unwrap();
    assert!(status.success());
    let outputs = fs::read_to_string(outputs).unwrap();
    assert_eq!(
        outputs,
        format!("program={}\n", env!("CARGO_BIN_EXE_planmaker"))
    );
}

/// An expression within a command would be read as part of it; in a variable it is only a text.
#[test]
fn inputs_reach_the_steps_as_variables() {
    let action = fs::read_to_string("action.yml").unwrap();
    let commands: Vec<&str> = action
        .lines()
        .filter_map(|line| line.trim().strip_prefix("run: "))
        .collect();
    assert_eq!(commands.len(), 3);
    assert!(
        commands.iter().all(|command| !command.contains("${{")),
        "{commands:?}"
    );
    for name in ["check", "install"] {
        let script = fs::read_to_string(format!("action/{name}")).unwrap();
        let variables = script.split("$PLANMAKER").skip(1).map(|rest| {
            rest.split(|c: char| !c.is_ascii_uppercase() && c != '_')
                .next()
                .unwrap()
        });
        for variable in variables {
            let set = format!("PLANMAKER{variable}: ${{{{");
            assert!(action.contains(&set), "{name}: {set}");
        }
    }
}
