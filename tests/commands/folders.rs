//! Folders with plans, broken plans and other YAML.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use planmaker::Document;
use serde_json::Value;

use crate::formats::run;

/// Other YAML in the folders of a project, with the reason for which it is skipped.
const OTHERS: [(&str, &str, &str); 11] = [
    (
        "bamboo.yaml",
        "version: 2\nplan:\n  project-key: A\n  key: B\n  name: C\n",
        "no-plan",
    ),
    ("compose.yaml", "services:\n  web: {image: x}\n", "no-plan"),
    ("deployplan.yaml", "steps: [a, b]\n", "no-plan"),
    ("empty.yaml", "", "no-plan"),
    (
        "helm.yaml",
        "{{- if .Values.x }}\nmonitoring:\n  enabled: {{ x }}\n",
        "unreadable",
    ),
    (
        "kubernetes.yaml",
        "kind: Service\n---\nmonitoring:\n  enabled: true\n",
        "no-plan",
    ),
    ("list.yaml", "- hosts: all\n  tasks: []\n", "no-plan"),
    (
        "openapi.yaml",
        "openapi: 3.1.0\ninfo: {title: x}\npaths: {}\n",
        "no-plan",
    ),
    (
        "subscription.yaml",
        "plan: {status: active, start: 2027-01-01}\n",
        "no-plan",
    ),
    (
        "texts.yaml",
        "gebruikers: Gebruikers\nborging: Borging\n",
        "no-plan",
    ),
    (
        "values.yaml",
        "monitoring: {enabled: true, prometheus: {data: x}}\n",
        "no-plan",
    ),
];

/// Writes files into an empty folder of that name, and returns its path.
pub fn folder(name: &str, files: &[(&str, Vec<u8>)]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    folder.to_str().unwrap().to_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    let units = text.encode_utf16().flat_map(u16::to_le_bytes);
    [0xFF, 0xFE].into_iter().chain(units).collect()
}

fn oversized(text: &str) -> Vec<u8> {
    format!("{text}# {}\n", "x".repeat(Document::MAX_BYTES)).into_bytes()
}

/// A plan that cannot be read to its end counts, whatever is asked for.
#[test]
fn unreadable_plan_counts_whatever_is_asked() {
    let minimal = fs::read_to_string("examples/minimaal.yaml").unwrap();
    let files = [
        ("bracket.yaml", b"versie: 1\nplan:\n  titel: [\n".to_vec()),
        ("binary.yaml", (0..=255).cycle().take(4096).collect()),
        ("large.yaml", oversized(&minimal)),
        ("utf16.yaml", utf16(&minimal)),
        (
            "list.yaml",
            b"- versie: 1\n  plan:\n    titel: x\n".to_vec(),
        ),
        ("empty.yaml", Vec::new()),
    ];
    let folder = folder("unreadable", &files);
    for (name, _) in &files {
        let file = format!("{folder}/{name}");
        for options in [
            &["--only", "uurtarief-ontbreekt"][..],
            &["--only", "borging"],
            &["--skip", "yaml-ongeldig,bestand-te-groot"],
            &["--skip", "bestand"],
            &["--min-severity", "fout", "--only", "vaag-woord"],
        ] {
            for (format, sign) in [
                ("text", "fout["),
                ("json", "\"severity\": \"error\""),
                ("sarif", "\"startLine\""),
                ("github", "::error file="),
            ] {
                let mut args = vec!["check", file.as_str(), "--format", format];
                args.extend(options);
                let output = run(&args);
                assert_eq!(output.status.code(), Some(1), "{args:?}");
                let text = String::from_utf8(output.stdout).unwrap();
                assert!(text.contains(sign), "{args:?}: {text}");
            }
        }
    }
}

/// A file in a folder that is plainly meant as a plan is checked, also if it cannot be read.
#[test]
fn broken_plans_in_a_folder_are_reported() {
    let minimal = fs::read_to_string("examples/minimaal.yaml").unwrap();
    let edited = |from: &str, to: &str| {
        let text = minimal.replacen(from, to, 1);
        assert_ne!(text, minimal, "{from}");
        text.into_bytes()
    };
    let broken = [
        ("utf16.yaml", utf16(&minimal)),
        ("large.yaml", oversized(&minimal)),
        ("typo.yaml", edited("versie: 1", "verzie: 1")),
        ("glued.yaml", edited("versie: 1", "versie:1")),
        ("capital.yaml", edited("\nplan:", "\nPlan:")),
        ("without.yaml", edited("versie: 1", "")),
        (
            "conflict.yaml",
            format!("<<<<<<< HEAD\n{minimal}").into_bytes(),
        ),
        (
            "list.yaml",
            format!("- {}", minimal.replace('\n', "\n  ")).into_bytes(),
        ),
        (
            "mail.yaml",
            format!("> {}", minimal.replace('\n', "\n> ")).into_bytes(),
        ),
        ("capitals.YAML", edited("versie: 1", "verzie: 1")),
        ("short.YML", edited("versie: 1", "verzie: 1")),
        ("plan.yaml", b"\"titel".to_vec()),
        ("implementatieplan-2027.yaml", Vec::new()),
        (
            "section.yaml",
            b"borging:\n  doorontwikkeling: {geborgd: ja}\n".to_vec(),
        ),
        ("cover.yaml", b"plan:\n  titel: Een plan\n".to_vec()),
        (
            "indicators.yaml",
            b"monitoring:\n  i: {doel: a, indicator: b}\n".to_vec(),
        ),
    ];
    let path = folder("broken", &broken);
    let output = run(&["check", &path, "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let files = report["files"].as_array().unwrap();
    assert_eq!(files.len(), broken.len(), "{}", report["skipped"]);
    for file in files {
        let findings = file["findings"].as_array().unwrap();
        let is_error = |finding: &Value| finding["severity"] == "error";
        assert!(findings.iter().any(is_error), "{}", file["file"]);
    }
}

/// Other YAML in a folder is named, and costs nothing.
#[test]
fn other_yaml_in_a_folder_is_named_as_skipped() {
    let plan = fs::read("examples/minimaal.yaml").unwrap();
    let rendered = run(&[
        "render",
        "examples/minimaal.yaml",
        "--to",
        "yaml",
        "-o",
        "-",
    ])
    .stdout;
    let mut files: Vec<(&str, Vec<u8>)> = OTHERS
        .iter()
        .map(|(name, text, _)| (*name, text.as_bytes().to_vec()))
        .collect();
    let large = oversized("openapi: 3.1.0\n");
    files.extend([
        ("a.yaml", plan),
        ("large.yaml", large),
        ("rendered.yaml", rendered),
    ]);
    let path = folder("others", &files);
    let output = run(&["check", &path, "--format", "json"]);
    assert_eq!(output.status.code(), Some(0));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["files"].as_array().unwrap().len(), 1);
    let skipped = report["skipped"].as_array().unwrap();
    let reason_of = |name: &str| {
        let file = format!("{path}/{name}");
        let found = skipped.iter().find(|it| it["file"] == file.as_str());
        found.map(|it| it["reason"].as_str().unwrap().to_owned())
    };
    for (name, _, reason) in OTHERS {
        assert_eq!(reason_of(name).as_deref(), Some(reason), "{name}");
    }
    assert_eq!(reason_of("large.yaml").as_deref(), Some("no-plan"));
    assert_eq!(reason_of("rendered.yaml").as_deref(), Some("rendered"));
    let text = String::from_utf8(run(&["check", &path]).stdout).unwrap();
    for (name, _) in files.iter().filter(|(name, _)| *name != "a.yaml") {
        assert!(text.contains(name), "{name}: {text}");
    }
}
