//! Plans with very many findings, and with very long names and keys: nothing is hidden, and nothing swells.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::folders::folder;
use crate::formats::{json, rules, run};

const HEAD: &str = "versie: 1\nplan: {titel: x}\n";

/// Repeats a piece of a plan, with a number in the place of `#`.
fn repeated(piece: &str, times: usize) -> String {
    (0..times).fold(String::new(), |mut all, nr| {
        write!(all, "{}", piece.replace('#', &nr.to_string())).unwrap();
        all
    })
}

/// A plan with 1,500 tips, then two errors. Sections that are absent are errors too.
fn tips_before_errors() -> String {
    let factors = repeated("    f#: {richting: bevorderend}\n", 1_500);
    format!(
        "{HEAD}contextanalyse:\n  factoren:\n{factors}monitoring: {{x: {{soort: fout1}}, y: {{soort: fout2}}}}\n"
    )
}

/// The path of a file with the plan, in a folder of that name.
fn written(name: &str, plan: &str) -> String {
    let file = Path::new(&folder(name, &[])).join("plan.yaml");
    fs::write(&file, plan).unwrap();
    file.to_str().unwrap().to_owned()
}

#[test]
fn errors_are_listed_and_counted_behind_any_number_of_tips() {
    let file = written("many-tips", &tips_before_errors());
    let few = json(&[
        "check",
        "--format",
        "json",
        "--skip",
        "niveau-ontbreekt",
        &file,
    ]);
    let report = json(&["check", "--format", "json", &file]);
    let of = |report: &serde_json::Value, key: &str| report["summary"][key].as_u64().unwrap();
    assert_eq!(of(&report, "errors"), of(&few, "errors"));
    assert_eq!(of(&report, "tips"), of(&few, "tips") + 1_500);
    let listed = rules(&report);
    assert_eq!(listed.len(), 1_000);
    let invalid = listed.iter().filter(|rule| *rule == "waarde-ongeldig");
    assert_eq!(invalid.count(), 2);
    let all = of(&report, "errors") + of(&report, "warnings") + of(&report, "tips");
    let file_report = &report["files"][0];
    assert_eq!(file_report["dropped"].as_u64(), Some(all - 1_000));
    assert_eq!(
        file_report["not_listed"]["tips"].as_u64(),
        Some(all - 1_000)
    );
    assert_eq!(file_report["not_listed"]["errors"].as_u64(), Some(0));
    let text = String::from_utf8(run(&["check", &file]).stdout).unwrap();
    assert!(text.contains("Niet in deze lijst: nog "), "{text}");
    let github = run(&["check", "--format", "github", &file]);
    assert_eq!(github.stdout.split(|byte| *byte == b'\n').count(), 1_002);
}

#[test]
fn a_filter_selects_before_findings_are_left_out() {
    let plan = tips_before_errors();
    let file = written("many-filtered", &plan);
    let report = json(&["check", "--format", "json", "--only", "monitoring", &file]);
    let listed = rules(&report);
    assert!(listed.iter().any(|rule| rule == "waarde-ongeldig"));
    assert!(!listed.iter().any(|rule| rule == "niveau-ontbreekt"));
}

#[test]
fn an_exception_hides_no_finding_of_another_rule() {
    let exception = "uitzonderingen: {niveau-ontbreekt: {reden: Dat komt later.}}\n";
    let file = written(
        "many-excepted",
        &format!("{}{exception}", tips_before_errors()),
    );
    let report = json(&["check", "--format", "json", &file]);
    assert_eq!(report["summary"]["exceptions"].as_u64(), Some(1_500));
    assert!(report["summary"]["errors"].as_u64() > Some(2));
    for command in [
        &["check", "--strict", &file][..],
        &["render", "--strict", "--to", "md", "-o", "-", &file],
    ] {
        let output = run(command);
        assert_eq!(output.status.code(), Some(1), "{command:?}");
    }
    let strict = run(&["render", "--strict", "--to", "md", "-o", "-", &file]);
    let message = String::from_utf8(strict.stderr).unwrap();
    let errors = report["summary"]["errors"].to_string();
    assert!(message.contains(&format!("{errors} fouten")), "{message}");
}

/// Plans within the limits with as many or as large findings as possible.
#[cfg(target_os = "linux")]
#[allow(clippy::too_many_lines, reason = "a list of plans")]
fn large_plans() -> [(&'static str, String); 9] {
    let name = "n".repeat(500_000);
    let key = "k".repeat(1_000_000);
    [
        (
            "many-factors",
            format!(
                "{HEAD}contextanalyse:\n  factoren:\n{}",
                repeated("    f#: {richting: belemmerend}\n", 12_000)
            ),
        ),
        (
            "long-name",
            format!(
                "{HEAD}betrokken_groepen: {{g: {{naam: {name}, rol: uitvoerder}}}}\nimplementatiedoelen:\n{}",
                repeated("  d#: {groep: g}\n", 9_000)
            ),
        ),
        (
            "long-key",
            format!(
                "{HEAD}gebruikers:\n  ? {key}\n  : veranderingen:\n{}",
                "    - {aspect: gedrag}\n".repeat(15_000)
            ),
        ),
        (
            "key-at-limit",
            format!(
                "{HEAD}gebruikers:\n  ? {}\n  : veranderingen:\n{}",
                "k".repeat(1_024),
                "    - {aspect: gedrag}\n".repeat(12_000)
            ),
        ),
        (
            "tags",
            format!(
                "{HEAD}contextanalyse:\n  factoren:\n{}",
                repeated("  - !t &a# x\n", 49_000)
            ),
        ),
        (
            "tags-on-one-line",
            format!("{HEAD}x: [{}]\n", repeated("!t &a# x, ", 49_000)),
        ),
        (
            "links",
            format!(
                "{HEAD}literatuur:\n{}",
                repeated("  s#: {tekst: '[a](b) ![c](d)'}\n", 12_000)
            ),
        ),
        (
            "unknown-keys",
            format!(
                "{HEAD}monitoring:\n  a:\n{}",
                repeated("    zz#: y\n", 24_000)
            ),
        ),
        (
            "exceptions",
            format!(
                "{HEAD}contextanalyse:\n  factoren:\n{}uitzonderingen:\n  niveau-ontbreekt: {{reden: {name}}}\n",
                repeated("    f#:\n", 20_000)
            ),
        ),
    ]
}

/// The limit on a child's memory is of Linux: other systems do not enforce it.
#[cfg(target_os = "linux")]
#[test]
fn memory_and_output_are_limited() {
    const MEMORY_IN_KIB: &str = "102400";
    const OUTPUT: usize = 20_000_000;

    let dir = folder("many-large", &[]);
    for (nr, (name, plan)) in large_plans().into_iter().enumerate() {
        assert!(plan.len() <= planmaker::Document::MAX_BYTES, "{name}");
        let file = Path::new(&dir).join(name).with_extension("yaml");
        fs::write(&file, plan).unwrap();
        // Two formats for each plan, as a report takes seconds without optimisation.
        let formats = [["text", "sarif"], ["json", "github"]];
        for format in formats[nr % 2] {
            let output = limited(MEMORY_IN_KIB, format, &file);
            let status = output.status;
            assert_eq!(status.code(), Some(1), "{name} as {format}");
            assert!(output.stdout.len() < OUTPUT, "{name} as {format}");
        }
    }
}

#[cfg(target_os = "linux")]
fn limited(memory: &str, format: &str, file: &Path) -> std::process::Output {
    let script = format!("ulimit -d {memory}; exec \"$@\"");
    let planmaker = env!("CARGO_BIN_EXE_planmaker");
    std::process::Command::new("sh")
        .args([
            "-c", &script, "sh", planmaker, "check", "--tips", "--format", format,
        ])
        .arg(file)
        .output()
        .unwrap()
}

#[test]
fn no_text_of_a_plan_is_a_command_for_a_build_server() {
    let texts = "::error::x ::set-output name=a::b ##[error]x ".repeat(6);
    let plan = format!(
        "{HEAD}monitoring: {{a: {{naam: '{texts}', soort: '::warning::##[x]'}}}}\n'::add-mask::x': y\n\n##[group]x\n"
    );
    let file = written("many-commands", &plan);
    for format in ["text", "json", "sarif"] {
        let output = run(&["check", "--tips", "--format", format, &file]);
        let report = String::from_utf8(output.stdout).unwrap();
        for line in report.lines() {
            assert!(!line.trim_start().starts_with("::"), "{line}");
            assert!(!line.contains("##["), "{line}");
        }
    }
    let output = run(&["check", "--format", "github", &file]);
    let report = String::from_utf8(output.stdout).unwrap();
    for line in report.lines() {
        let is_own = ["::error file=", "::warning file=", "::notice file="];
        assert!(is_own.iter().any(|own| line.starts_with(own)), "{line}");
        assert!(!line.contains("##["), "{line}");
    }
}

#[test]
fn sarif_messages_have_no_links() {
    let plan =
        format!("{HEAD}literatuur: {{a: {{tekst: 'zie [hier](bestand.pdf \"[x](y)\")'}}}}\n");
    let file = written("many-links", &plan);
    let report = json(&["check", "--format", "sarif", &file]);
    let results = report["runs"][0]["results"].as_array().unwrap();
    let messages = results
        .iter()
        .map(|it| it["message"]["text"].as_str().unwrap());
    let messages: Vec<&str> = messages.filter(|text| text.contains("](")).collect();
    assert!(!messages.is_empty());
    for message in messages {
        assert!(message.contains("\\[x\\](y)"), "{message}");
    }
}
