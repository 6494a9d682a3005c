//! Every rule, tested on a minimal plan that breaks it and a corrected twin, one edit away, that does not.
//!
//! A case is `tests/rules/RULE.yaml`: the broken plan, a line `---`, the twin. Its first lines may contain
//!
//! ```text
//! # pad: monitoring.x          the path of the finding; one line for each
//! # ook: rule-a, rule-b        other errors and warnings that the broken plan cannot avoid
//! # op: 2027-05-01             the day on which due dates are checked
//! ```
//!
//! `# pad:` without a value is the root of the plan; `(1201 × woord)` in a case is that word repeated so many times. A case
//! without a line `versie:` starts with [`COVER`]. `onderdeel-ontbreekt` is always allowed, because a minimal plan lacks most
//! sections.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use planmaker::document::Document;
use planmaker::finding::{Finding, Findings, Severity};
use planmaker::rule;

const COVER: &str = "versie: 1
plan: {titel: Plan, interventie: Methode, organisaties: Gemeente, start: 2027-01-04, einde: na 2 jaar}
";

struct Case {
    paths: Vec<String>,
    also: Vec<String>,
    today: Option<jiff::civil::Date>,
    broken: String,
    corrected: String,
}

fn case(file: &Path) -> Case {
    let text = fs::read_to_string(file).unwrap();
    let (broken, corrected) = text
        .split_once("\n---\n")
        .unwrap_or_else(|| panic!("{}: no twin", file.display()));
    let header = |key: &str| {
        let prefix = format!("# {key}:");
        let lines = broken
            .lines()
            .filter_map(|line| line.strip_prefix(&prefix).map(str::trim).map(str::to_owned));
        lines.collect::<Vec<_>>()
    };
    let complete = |plan: &str| {
        let has_cover = plan.lines().any(|line| line.starts_with("versie:"));
        expand(&if has_cover {
            plan.to_owned()
        } else {
            format!("{COVER}{plan}")
        })
    };
    Case {
        paths: header("pad"),
        also: header("ook")
            .iter()
            .flat_map(|list| list.split(", ").map(str::to_owned).collect::<Vec<_>>())
            .collect(),
        today: header("op").first().map(|day| day.parse().unwrap()),
        broken: complete(broken),
        corrected: complete(corrected),
    }
}

/// Expands `(1201 × woord)`.
fn expand(plan: &str) -> String {
    let expanded = || {
        let (before, after) = plan.split_once(" × ")?;
        let (before, times) = before.rsplit_once('(')?;
        let (word, after) = after.split_once(')')?;
        Some(format!(
            "{before}{}{after}",
            vec![word; times.parse().ok()?].join(" ")
        ))
    };
    expanded().unwrap_or_else(|| plan.to_owned())
}

fn check(plan: &str, today: Option<jiff::civil::Date>) -> Vec<Finding> {
    let mut findings = Findings::default();
    let document = Document::read(plan.as_bytes(), &mut findings);
    planmaker::check::check(&document, today, &mut findings);
    findings.iter().cloned().collect()
}

/// Tests every case in `tests/rules`, or only the one named in the environment variable `RULE`.
#[test]
fn every_rule_fires_on_its_case_only() {
    let only = std::env::var("RULE").ok();
    let mut wrong = Vec::new();
    for rule in rule::all().filter(|rule| only.as_ref().is_none_or(|only| rule.name == only)) {
        let file = Path::new("tests/rules")
            .join(rule.name)
            .with_extension("yaml");
        if !file.exists() {
            wrong.push(format!("{}: no case", rule.name));
            continue;
        }
        let case = case(&file);
        let found = check(&case.broken, case.today);
        let paths: Vec<String> = found
            .iter()
            .filter(|finding| finding.rule == rule.name)
            .map(|finding| finding.path.to_string())
            .collect();
        if paths.is_empty() || (!case.paths.is_empty() && paths != case.paths) {
            wrong.push(format!(
                "{}: expected at {:?}, found at {paths:?}",
                rule.name, case.paths
            ));
        }
        for finding in found {
            let is_expected = finding.rule == rule.name
                || finding.rule == "onderdeel-ontbreekt"
                || case.also.iter().any(|also| also == finding.rule);
            if finding.severity > Severity::Tip && !is_expected {
                wrong.push(format!(
                    "{}: unexpected {} at {}",
                    rule.name, finding.rule, finding.path
                ));
            }
        }
        for finding in check(&case.corrected, case.today) {
            if finding.rule == rule.name {
                wrong.push(format!(
                    "{}: also in the twin, at {}",
                    rule.name, finding.path
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_case_belongs_to_a_rule() {
    for entry in fs::read_dir("tests/rules").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(
            rule::named(name).is_some(),
            "{} is not a rule",
            path.display()
        );
    }
}
