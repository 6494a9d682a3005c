//! The outcome of rendering the documents of a plan, and what is said about the plan's open points.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use planmaker::report;
use planmaker::{Argument, Checked, Counts, Document, Finding, Severity, Words, key};

use super::{RenderArgs, targets};
use crate::cli::error::Error;
use crate::cli::{self, Status, args, print, shown_argument, shown_path, warn};

/// The outcome of rendering once.
#[derive(Debug)]
pub struct Outcome {
    pub status: Status,
    /// The files written.
    pub files: Vec<PathBuf>,
    /// The findings in the plan, in file order.
    pub findings: Vec<PlacedFinding>,
    /// The numbers of errors and warnings in words, without those that are zero.
    pub open_points: Vec<String>,
    /// The number of findings, also of those that are not listed.
    pub left: usize,
    /// Whether the plan was read to its end, so that there are no other findings.
    pub is_whole: bool,
}

/// A finding with its title and place.
#[derive(Debug)]
pub struct PlacedFinding {
    pub severity: Severity,
    pub rule: &'static str,
    /// The path in the plan, which stays the same when lines move.
    pub path: String,
    pub title: String,
    pub line: usize,
    pub column: usize,
}

impl Outcome {
    /// The outcome for a plan of which nothing is written.
    pub fn of(checked: &Checked, findings: &[&Finding], words: Words) -> Self {
        let counts = checked.findings.counts();
        let placed = |finding: &&Finding| PlacedFinding::of(finding, &checked.document, words);
        Self {
            status: Status::Findings,
            files: Vec::new(),
            findings: findings.iter().map(placed).collect(),
            open_points: open_points(&counts, words),
            left: counts.total(),
            is_whole: checked.is_whole(),
        }
    }
}

/// The message for a plan with open points, if `--strict` asks for one without.
pub fn not_strict_enough(args: &RenderArgs, points: &[String], words: Words) -> Option<String> {
    if !args.strict || points.is_empty() {
        return None;
    }
    let arguments = [
        (
            "optie",
            Argument::Whole(args::shown_option("strict", words)),
        ),
        ("check", Argument::Whole(check_command(args))),
        ("punten", Argument::List(points.to_vec())),
    ];
    Some(words.text(key::render::STRIKT, &arguments))
}

/// The message for a plan that could not be read to its end.
pub fn unreadable(text: &str, plan: &Path, checked: &Checked, words: Words) -> String {
    // Parsing stops at the last of these.
    let stop = checked
        .findings_in_file_order()
        .into_iter()
        .rfind(|finding| ["yaml-ongeldig", "bestand-te-groot"].contains(&finding.rule.name));
    let file = shown_path(plan);
    let (mut place, mut problem) = (file.clone(), String::new());
    if let Some(stop) = stop {
        let stop = PlacedFinding::of(stop, &checked.document, words);
        place = format!("{file}:{}:{}", stop.line, stop.column);
        problem = cli::shown(&stop.title);
    }
    words
        .get(text)
        .replace("{plek}", &place)
        .replace("{bestand}", &file)
        .replace("{wat}", &problem)
}

/// Reports why nothing is written: because of the plan, not because of an error.
pub fn refuse(reason: &str, outcome: Outcome) -> Outcome {
    // There is nowhere to report that standard error is closed.
    let _ = writeln!(io::stderr(), "{reason}");
    outcome
}

/// The numbers of errors and warnings in words, as "2 fouten" and "1 waarschuwing", without those that are zero.
fn open_points(counts: &Counts, words: Words) -> Vec<String> {
    let numbers = [
        (Severity::Error, key::verslag::FOUTEN),
        (Severity::Warning, key::verslag::WAARSCHUWINGEN),
    ];
    numbers
        .into_iter()
        .map(|(severity, text)| (counts.of(severity), text))
        .filter(|(count, _)| *count > 0)
        .map(|(count, text)| words.text(text, &[("aantal", Argument::Count(count))]))
        .collect()
}

/// Prints how many errors and warnings stand open, and the command that shows them.
pub fn report_open_points(outcome: &Outcome, args: &RenderArgs) -> Result<(), Error> {
    let points = &outcome.open_points;
    if points.is_empty() || outcome.status != Status::Clean {
        return Ok(());
    }
    let line = format!("{}: {}", points.join(", "), check_command(args));
    if targets::go_to_stdout(args) {
        warn([line]);
        return Ok(());
    }
    print(|out| writeln!(out, "{line}"))
}

fn check_command(args: &RenderArgs) -> String {
    format!("planmaker check {}", shown_argument(&args.plan))
}

impl PlacedFinding {
    pub fn of(finding: &Finding, document: &Document, words: Words) -> Self {
        let place = document.place(&finding.path, &finding.focus);
        Self {
            severity: finding.severity,
            rule: finding.rule.name,
            path: report::shown_path(&finding.path),
            title: report::title(finding, words),
            line: place.start.line,
            column: place.start.column,
        }
    }
}
