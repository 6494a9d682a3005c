//! Report formats for other programs, and the options that filter a report.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::folders::folder;

const EXAMPLES: [&str; 3] = [
    "examples/psycho-educatie.yaml",
    "examples/minimaal.yaml",
    "tests/plans/beginner.yaml",
];

pub fn planmaker(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planmaker"));
    command.args(args).env("PLANMAKER_LANG", "nl");
    command
}

pub fn run(args: &[&str]) -> Output {
    planmaker(args).output().unwrap()
}

pub fn json(args: &[&str]) -> Value {
    serde_json::from_slice(&run(args).stdout).unwrap()
}

pub fn rules(report: &Value) -> Vec<String> {
    let findings = report["files"][0]["findings"].as_array().unwrap();
    findings
        .iter()
        .map(|finding| finding["rule"].as_str().unwrap().to_owned())
        .collect()
}

/// Validated against the schema of the standard.
#[test]
fn sarif_follows_the_standard() {
    let schema = fs::read_to_string("tests/data/sarif-2.1.0.schema.json").unwrap();
    // One pattern of the standard has a superfluous bracket, which the regex crate rejects.
    let schema = schema.replace("{2}-[a-zA-Z]{2}]?$", "{2}-[a-zA-Z]{2}$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for lang in ["nl", "en"] {
        let mut args = vec!["check", "--format", "sarif", "--lang", lang];
        args.extend(EXAMPLES);
        let mut report = json(&args);
        let errors: Vec<String> = validator
            .iter_errors(&report)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
        let results = report["runs"][0]["results"].as_array().unwrap();
        assert!(
            results
                .iter()
                .any(|result| result.get("suppressions").is_some())
        );
        // The validator does reject an invalid report.
        report["runs"][0]["results"][0]["level"] = "fout".into();
        assert!(!validator.is_valid(&report));
    }
}

#[test]
fn places_lie_within_the_file() {
    for example in EXAMPLES {
        let lines: Vec<usize> = fs::read_to_string(example)
            .unwrap()
            .lines()
            .map(|line| line.chars().count())
            .collect();
        let report = json(&["check", example, "--format", "json"]);
        for finding in report["files"][0]["findings"].as_array().unwrap() {
            let number = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
            assert!(
                number("column") <= lines[number("line") - 1] + 1,
                "{finding}"
            );
            assert!(
                number("end_column") <= lines[number("end_line") - 1] + 1,
                "{finding}"
            );
            assert!(
                (number("line"), number("column")) <= (number("end_line"), number("end_column")),
                "{finding}"
            );
        }
    }
}

#[test]
fn exit_status_reflects_severity() {
    let status = |args: &[&str]| run(args).status.code();
    assert_eq!(status(&["check", "examples/minimaal.yaml"]), Some(0));
    assert_eq!(
        status(&["check", "examples/minimaal.yaml", "--strict"]),
        Some(1)
    );
    assert_eq!(
        status(&[
            "check",
            "examples/minimaal.yaml",
            "--strict",
            "--min-severity",
            "fout"
        ]),
        Some(0)
    );
    assert_eq!(status(&["check", "tests/plans/beginner.yaml"]), Some(1));
    assert_eq!(
        status(&["check", "tests/plans/beginner.yaml", "--only", "vaag-woord"]),
        Some(0)
    );
    assert_eq!(
        status(&["check", "examples/minimaal.yaml", "nergens.yaml"]),
        Some(2)
    );
}

#[test]
fn only_and_skip_select_rules() {
    let plan = "tests/plans/beginner.yaml";
    let only = rules(&json(&[
        "check",
        plan,
        "--format",
        "json",
        "--only",
        "vaag-woord,nog-in-te-vullen",
    ]));
    assert!(
        only.iter()
            .all(|rule| rule == "vaag-woord" || rule == "nog-in-te-vullen")
    );
    assert!(only.contains(&"vaag-woord".to_owned()));
    let skipped = rules(&json(&[
        "check",
        plan,
        "--format",
        "json",
        "--skip",
        "vaag-woord",
    ]));
    assert!(
        !skipped.contains(&"vaag-woord".to_owned())
            && skipped.contains(&"nog-in-te-vullen".to_owned())
    );
}

#[test]
fn overdue_measurements_need_a_date() {
    let plan = "examples/psycho-educatie.yaml";
    let due = |args: &[&str]| {
        let mut all = vec!["check", plan, "--format", "json"];
        all.extend(args);
        rules(&json(&all))
            .iter()
            .filter(|rule| *rule == "meting-achterstallig")
            .count()
    };
    assert_eq!(due(&[]), 0);
    assert!(due(&["--op", "2028-06-01"]) > 0);
}

#[test]
fn plan_is_read_from_standard_input() {
    let mut child = planmaker(&["check", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let plan = fs::read("examples/minimaal.yaml").unwrap();
    child.stdin.take().unwrap().write_all(&plan).unwrap();
    let from_stdin: Value =
        serde_json::from_slice(&child.wait_with_output().unwrap().stdout).unwrap();
    let from_file = json(&["check", "examples/minimaal.yaml", "--format", "json"]);
    assert_eq!(
        from_stdin["files"][0]["findings"],
        from_file["files"][0]["findings"]
    );
    assert_eq!(from_stdin["files"][0]["file"], "-");
}

#[test]
fn folders_are_walked_in_path_order_without_ignored_files() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("folders");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("b/c")).unwrap();
    let plan = fs::read_to_string("examples/minimaal.yaml").unwrap();
    for name in [
        "z.yaml",
        "a.yml",
        "b/c/plan.yaml",
        "b/ignored.yaml",
        "b/plan.txt",
    ] {
        fs::write(folder.join(name), &plan).unwrap();
    }
    fs::write(folder.join("settings.yaml"), "colour: red").unwrap();
    fs::write(folder.join(".gitignore"), "ignored.yaml").unwrap();
    let folder = &folder.to_str().unwrap().replace('\\', "/");
    let once = run(&["check", folder, "--format", "json"]).stdout;
    let report: Value = serde_json::from_slice(&once).unwrap();
    let files: Vec<&str> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["file"].as_str().unwrap())
        .collect();
    let names: Vec<&str> = files.iter().map(|file| &file[folder.len() + 1..]).collect();
    assert_eq!(names, ["a.yml", "b/c/plan.yaml", "z.yaml"]);
    assert_eq!(report["summary"]["skipped"], 1);
    assert_eq!(
        report["skipped"][0]["file"],
        format!("{folder}/settings.yaml")
    );
    assert_eq!(report["skipped"][0]["reason"], "no-plan");
    for _ in 0..5 {
        assert_eq!(run(&["check", folder, "--format", "json"]).stdout, once);
    }
}

/// The text report fits a narrow terminal and has colour only on request.
#[test]
fn text_report_is_at_most_80_columns_wide() {
    for example in EXAMPLES {
        for lang in ["nl", "en"] {
            let text = run(&["check", example, "--lang", lang, "--show-exceptions"]).stdout;
            let text = String::from_utf8(text).unwrap();
            assert!(!text.contains('\u{1b}'));
            for line in text.lines() {
                assert!(line.chars().count() <= 80, "{example}: {line}");
            }
            let plain = run(&["check", example, "--lang", lang, "--plain"]).stdout;
            let drawn = ['│', '╭', '╰', '━'];
            assert!(!String::from_utf8(plain).unwrap().contains(drawn));
        }
    }
    let coloured = run(&["check", EXAMPLES[2], "--color", "always"]).stdout;
    assert!(String::from_utf8(coloured).unwrap().contains("\u{1b}["));
}

/// The fingerprints of the results in a SARIF report.
fn fingerprints(file: &str) -> Vec<String> {
    let report = json(&["check", file, "--format", "sarif"]);
    let results = report["runs"][0]["results"].as_array().unwrap();
    let fingerprint = |result: &Value| result["partialFingerprints"]["planmaker/v1"].clone();
    let fingerprints = results.iter().map(fingerprint);
    fingerprints
        .map(|it| it.as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn sarif_fingerprints_are_unique_and_stable() {
    for example in EXAMPLES {
        let all = fingerprints(example);
        let unique: HashSet<&String> = all.iter().collect();
        assert_eq!(unique.len(), all.len(), "{example}");
    }
    let plan = fs::read_to_string(EXAMPLES[2]).unwrap();
    let path = folder("fingerprints", &[("a.yaml", plan.clone().into_bytes())]);
    let file = format!("{path}/a.yaml");
    let before = fingerprints(&file);
    fs::write(&file, format!("# A comment.\n\n{plan}")).unwrap();
    assert_eq!(fingerprints(&file), before);
    // With one section more, only its own finding is gone, and no other changes.
    fs::write(
        &file,
        format!("{plan}\nborging:\n  doorontwikkeling: {{geborgd: ja}}\n"),
    )
    .unwrap();
    let after = fingerprints(&file);
    let gone: Vec<&String> = before.iter().filter(|it| !after.contains(it)).collect();
    assert!(
        matches!(gone.as_slice(), [one] if one.contains("borging")),
        "{gone:?}"
    );
}

#[test]
fn only_and_skip_select_sections() {
    let plan = "tests/plans/beginner.yaml";
    let of = |option: &str, name: &str| json(&["check", plan, "--format", "json", option, name]);
    let six = of("--only", "6");
    for name in ["contextanalyse", "Contextanalyse", "context analysis"] {
        assert_eq!(of("--only", name)["files"], six["files"], "{name}");
    }
    let paths = |report: &Value| -> Vec<String> {
        let findings = report["files"][0]["findings"].as_array().unwrap();
        let paths = findings.iter().map(|it| it["path"].as_str().unwrap());
        paths.map(str::to_owned).collect()
    };
    assert!(rules(&six).contains(&"richting-ontbreekt".to_owned()));
    assert!(!rules(&six).contains(&"startdatum-ontbreekt".to_owned()));
    let skipped = of("--skip", "contextanalyse,bestand");
    assert!(
        !paths(&skipped)
            .iter()
            .any(|path| path.starts_with("contextanalyse"))
    );
    assert!(!rules(&skipped).contains(&"onderdeel-ontbreekt".to_owned()));
    assert!(rules(&of("--only", "plan")).contains(&"startdatum-ontbreekt".to_owned()));
    assert_eq!(rules(&of("--only", "bijlagen")), [""; 0]);
    assert!(rules(&of("--only", "9")).contains(&"onderdeel-ontbreekt".to_owned()));
    for (name, meant) in [
        ("borgin", "borging"),
        ("vaag-word", "vaag-woord"),
        ("13", "13"),
    ] {
        let output = run(&["check", plan, "--only", name]);
        assert_eq!(output.status.code(), Some(2));
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains(meant), "{message}");
    }
}

#[test]
fn tips_make_no_draft_and_stand_in_no_document() {
    let plan = "examples/psycho-educatie.yaml";
    let data = json(&["render", plan, "--to", "json", "-o", "-"]);
    let severities: HashSet<&str> = data["bevindingen"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["ernst"].as_str().unwrap())
        .collect();
    assert!(!severities.contains("tip") && severities.contains("waarschuwing"));
    let tips_only = json(&[
        "render",
        "examples/minimaal.yaml",
        "--to",
        "json",
        "-o",
        "-",
    ]);
    let findings = json(&["check", "examples/minimaal.yaml", "--format", "json"]);
    assert!(!rules(&findings).is_empty());
    assert_eq!(
        tips_only["concept"],
        findings["summary"]["warnings"].as_u64().unwrap() > 0
    );
}
