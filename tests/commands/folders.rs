//! Folders with plans, broken plans and other YAML.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;
use std::process::Stdio;

use planmaker::Document;
use serde_json::Value;

use crate::formats::{planmaker, run};

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

/// Writes files into an empty folder of that name, and returns its path, with slashes as reports have them.
pub fn folder(name: &str, files: &[(&str, Vec<u8>)]) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (name, bytes) in files {
        fs::write(folder.join(name), bytes).unwrap();
    }
    folder.to_str().unwrap().replace('\\', "/")
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

/// The report of a file that is given in several ways has it once.
#[test]
fn one_file_given_in_many_ways_is_checked_once() {
    let plan = fs::read("examples/minimaal.yaml").unwrap();
    let path = folder("once", &[("plan.yaml", plan.clone())]);
    fs::create_dir(format!("{path}/sub")).unwrap();
    fs::write(format!("{path}/sub/plan.yml"), plan).unwrap();
    let ways = [
        format!("{path}/plan.yaml"),
        format!("{path}/./plan.yaml"),
        format!("{path}/sub/../plan.yaml"),
        format!("{path}/sub/.."),
        format!("{path}/sub"),
        path.clone(),
    ];
    let args: Vec<&str> = ways.iter().map(String::as_str).collect();
    let args = [&["check", "--format", "json"], &args[..]].concat();
    let output = run(&args);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let names: Vec<&str> = report["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["file"].as_str().unwrap())
        .collect();
    assert_eq!(names, [&ways[0], &format!("{path}/sub/../sub/plan.yml")]);
}

/// Ignore files of all kinds and levels count; the nearest decides, and `.ignore` before `.gitignore`.
#[test]
fn ignore_files_exclude_plans() {
    let plan = fs::read("examples/minimaal.yaml").unwrap();
    let path = folder("ignored", &[]);
    let write = |name: &str, bytes: &[u8]| {
        let file = Path::new(&path).join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    };
    for name in [
        "a.yaml",
        "b.yaml",
        ".hidden.yaml",
        ".shown.yaml",
        "build/c.yaml",
        "sub/a.yaml",
        "sub/b.yaml",
        "sub/d.yaml",
        "sub/deep/a.yaml",
        "sub/deep/e.yaml",
    ] {
        write(name, &plan);
    }
    write(
        ".gitignore",
        b"\xEF\xBB\xBFa.yaml\nbuild/\n!.shown.yaml\n/b.yaml\n",
    );
    write("sub/.gitignore", b"!a.yaml\n");
    write("sub/.ignore", b"d.yaml\ndeep/e.yaml\n");
    write(".git/info/exclude", b"sub/b.yaml\n");
    let names = |folder: &str| -> Vec<String> {
        let output = run(&["check", folder, "--format", "json"]);
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let files = report["files"].as_array().unwrap().iter();
        let names = files.map(|file| file["file"].as_str().unwrap());
        names
            .map(|name| name[path.len() + 1..].to_owned())
            .collect()
    };
    assert_eq!(
        names(&path),
        [".shown.yaml", "sub/a.yaml", "sub/deep/a.yaml"]
    );
    // The ignore files above the folder count too.
    assert_eq!(
        names(&format!("{path}/sub")),
        ["sub/a.yaml", "sub/deep/a.yaml"]
    );
}

/// An ignore file that is no regular file, or too large, is not read, whatever leads to it.
#[cfg(unix)]
#[test]
fn unusable_ignore_files_are_named_and_not_read() {
    use std::os::unix::fs::symlink;

    let plan = fs::read("examples/minimaal.yaml").unwrap();
    let path = folder("unusable", &[("large.txt", vec![b'x'; 1 << 20])]);
    let at = |name: &str| format!("{path}/{name}");
    for name in ["device", "pipe", "linked-pipe", "large", "folder", "good"] {
        fs::create_dir(at(name)).unwrap();
        fs::write(at(&format!("{name}/plan.yaml")), &plan).unwrap();
        fs::write(at(&format!("{name}/not.yaml")), &plan).unwrap();
    }
    let pipes = [at(".ignore"), at("pipe/.gitignore")];
    let made = std::process::Command::new("mkfifo").args(&pipes).status();
    assert!(made.unwrap().success());
    symlink("/dev/zero", at("device/.gitignore")).unwrap();
    symlink(at("pipe/.gitignore"), at("linked-pipe/.ignore")).unwrap();
    symlink(at("large.txt"), at("large/.gitignore")).unwrap();
    fs::create_dir(at("folder/.gitignore")).unwrap();
    fs::write(at("good/.gitignore"), "not.yaml\n").unwrap();

    for (folders, refused, plans) in [
        (vec![path.clone()], 6, 11),
        (vec![at("good"), at("pipe")], 2, 3),
    ] {
        let mut args = vec!["check", "--format", "json"];
        args.extend(folders.iter().map(String::as_str));
        let output = run(&args);
        assert_eq!(output.status.code(), Some(0));
        let warnings = String::from_utf8(output.stderr).unwrap();
        assert_eq!(warnings.lines().count(), refused, "{warnings}");
        for line in warnings.lines() {
            assert!(line.starts_with("waarschuwing: ‘"), "{line}");
            assert!(line.contains("ignore’ is overgeslagen"), "{line}");
        }
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        let files = report["files"].as_array().unwrap();
        assert_eq!(files.len(), plans);
    }
}

/// A folder without plans is an error, also among folders with plans, and within them.
#[test]
fn each_folder_without_plans_is_an_error() {
    let plan = fs::read("examples/minimaal.yaml").unwrap();
    let path = folder("with-and-without", &[]);
    for name in ["a/inner", "b", "c"] {
        fs::create_dir_all(format!("{path}/{name}")).unwrap();
    }
    fs::write(format!("{path}/a/plan.yaml"), &plan).unwrap();
    fs::write(format!("{path}/c/list.yaml"), "- a\n").unwrap();
    let folders = ["a", "a/inner", "b", "c", "b/../a"].map(|name| format!("{path}/{name}"));
    let mut args = vec!["check"];
    args.extend(folders.iter().map(String::as_str));
    let output = run(&args);
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    let named: Vec<bool> = folders
        .iter()
        .map(|folder| errors.contains(&format!("‘{folder}’")))
        .collect();
    assert_eq!(named, [false, true, true, true, false], "{errors}");
}

/// A reader that stops early is no error, and does not hide that a plan has errors.
#[test]
fn a_reader_may_stop_early() {
    let good = fs::read("tests/plans/goed.yaml").unwrap();
    let path = folder("stopped", &[]);
    for nr in 0..20 {
        fs::write(format!("{path}/{nr:02}.yaml"), &good).unwrap();
    }
    fs::write(format!("{path}/99.yaml"), "versie: 1\nplan: {}\n").unwrap();
    for format in ["text", "json", "sarif", "github"] {
        let mut child = planmaker(&["check", &path, "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{format}");
    }
}

/// The texts and findings of plans that were reported are not kept.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_plans() {
    const PLANS: usize = 160;
    const LENGTH: usize = 512 << 10;
    /// Less than all texts together.
    const MOST: usize = PLANS * LENGTH * 3 / 4;

    let plan = format!("versie: 1\nplan: {{}}\n# {}\n", "x".repeat(LENGTH));
    let path = folder("memory", &[("000.yaml", plan.into_bytes())]);
    for nr in 1..PLANS {
        fs::hard_link(format!("{path}/000.yaml"), format!("{path}/{nr:03}.yaml")).unwrap();
    }
    for format in ["text", "json", "sarif", "github"] {
        let peak = peak(&["check", &path, "--format", format]);
        assert!(0 < peak && peak < MOST, "{format}: {peak} bytes");
    }
}

/// The peak memory of a run in bytes, as last seen before its output ended.
#[cfg(target_os = "linux")]
fn peak(args: &[&str]) -> usize {
    use std::io::Read;

    // One thread, so that the number of cores makes no difference.
    let mut child = planmaker(args)
        .env("RAYON_NUM_THREADS", "1")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = child.stdout.take().unwrap();
    let mut peak = 0;
    let mut bytes = [0; 1024];
    while out.read(&mut bytes).unwrap() > 0 {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<usize>().ok());
        peak = peak.max(1024 * kib.unwrap_or_default());
    }
    child.wait().unwrap();
    peak
}
