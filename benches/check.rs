//! The time of each stage as a multiple of the YAML parser's, because ratios depend less on the machine than seconds do.
//!
//! `cargo bench --bench check` prints the tables. After `--`:
//!
//! * `write SHAPE LINES WORDS` prints one of the measured plans, for [`processes`](./processes);
//! * `once STAGE SHAPE LINES WORDS` runs one stage once, for [`instructions`](./instructions), which counts the instructions
//!   of the function `stage_STAGE`.
//!
//! Uses no benchmark framework, because none prints ratios between stages.

#![allow(clippy::unwrap_used, clippy::panic)]
#![allow(missing_docs, clippy::print_stdout, clippy::cast_precision_loss)]
#![allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]

mod plans;

use std::hint::black_box;
use std::time::{Duration, Instant};

use granit_parser::Parser;
use planmaker::annex::exceptions::Silenced;
use planmaker::check::check;
use planmaker::document::Document;
use planmaker::facts::Facts;
use planmaker::finding::Findings;
use planmaker::plan::{Language, Plan};
use planmaker::reading::{self, Reading};
use planmaker::render::{self, Format};
use planmaker::report::text::Style;
use planmaker::report::{self, FileReport, Filter, Report};
use planmaker::rule::{self, Whole};
use planmaker::view::View;
use planmaker::words::Words;
use plans::Shape;

const WORDS: Words = Words::of(Language::Dutch);

/// A plan with the results of all stages, as input for the next ones.
struct Sample {
    text: String,
    document: Document,
    read: Findings,
    findings: Findings,
    silenced: Vec<Silenced>,
}

impl Sample {
    fn of(text: String) -> Self {
        let mut read = Findings::default();
        let document = Document::read(text.as_bytes(), &mut read);
        assert_eq!(document.stop(), None, "the plan must be read completely");
        let mut findings = read.clone();
        let silenced = check(&document, None, &mut findings);
        Self {
            text,
            document,
            read,
            findings,
            silenced,
        }
    }
}

#[inline(never)]
fn stage_events(text: &str) -> usize {
    Parser::new_from_str(text).flatten().count()
}

#[inline(never)]
fn stage_serde(text: &str) -> Plan {
    serde_yaml::from_str(text).unwrap_or_default()
}

#[inline(never)]
fn stage_document(text: &str) -> Document {
    Document::read(text.as_bytes(), &mut Findings::default())
}

#[inline(never)]
fn stage_reading(document: &Document, mut findings: Findings) -> (Plan, Reading<'_>) {
    reading::read(document, &mut findings)
}

#[inline(never)]
fn stage_facts(plan: &Plan) -> Facts<'_> {
    Facts::of(plan)
}

#[inline(never)]
fn stage_rules(
    plan: &Plan,
    reading: &Reading<'_>,
    facts: &Facts<'_>,
    findings: &mut Findings,
) -> Vec<Silenced> {
    let whole = Whole {
        plan,
        facts,
        reading,
        today: None,
    };
    rule::check(&whole, findings)
}

#[inline(never)]
fn stage_report(document: &Document, findings: &Findings, silenced: &[Silenced]) -> Vec<u8> {
    let file = FileReport::new(
        "plan.yaml",
        document,
        findings,
        silenced,
        &Filter::default(),
        WORDS,
    );
    let report = Report {
        files: vec![file],
        skipped: 0,
    };
    let mut out = Vec::new();
    let style = Style {
        colour: false,
        plain: true,
        show_exceptions: false,
    };
    report::text::write(&report, style, WORDS, &mut out).unwrap();
    out
}

/// From text to a report on the terminal.
#[inline(never)]
fn stage_check(text: &str) -> Vec<u8> {
    let mut findings = Findings::default();
    let document = Document::read(text.as_bytes(), &mut findings);
    let silenced = check(&document, None, &mut findings);
    stage_report(&document, &findings, &silenced)
}

/// From text to a document.
fn render(text: &str, format: Format) -> String {
    let mut findings = Findings::default();
    let document = Document::read(text.as_bytes(), &mut findings);
    let (plan, reading) = reading::read(&document, &mut findings);
    let facts = Facts::of(&plan);
    let silenced = stage_rules(&plan, &reading, &facts, &mut findings);
    let findings: Vec<_> = findings.iter().cloned().collect();
    let view = View::of(&plan, &facts, &findings, &silenced);
    // A plan too large to render counts with the time it takes to refuse it.
    render::render(&view, format).unwrap_or_default()
}

#[inline(never)]
fn stage_html(text: &str) -> String {
    render(text, Format::Html)
}

#[inline(never)]
fn stage_md(text: &str) -> String {
    render(text, Format::Markdown)
}

const STAGES: [&str; 10] = [
    "events", "serde", "document", "reading", "facts", "rules", "report", "check", "html", "md",
];

/// Runs a stage once and returns the time of that stage only.
fn once(stage: &str, sample: &Sample) -> Duration {
    let Sample {
        text,
        document,
        read,
        findings,
        silenced,
    } = sample;
    let reading = || reading::read(document, &mut read.clone());
    match stage {
        "events" => timed(|| stage_events(text)),
        "serde" => timed(|| stage_serde(text)),
        "document" => timed(|| stage_document(text)),
        "reading" => timed(|| stage_reading(document, read.clone())),
        "facts" => {
            let (plan, _) = reading();
            timed(|| stage_facts(&plan))
        }
        "rules" => {
            let (plan, reading) = reading();
            let facts = Facts::of(&plan);
            let mut findings = read.clone();
            timed(|| stage_rules(&plan, &reading, &facts, &mut findings))
        }
        "report" => timed(|| stage_report(document, findings, silenced)),
        "check" => timed(|| stage_check(text)),
        "html" => timed(|| stage_html(text)),
        "md" => timed(|| stage_md(text)),
        other => panic!("unknown stage: {other}"),
    }
}

/// The time of the work, including dropping its result.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    drop(black_box(work()));
    start.elapsed()
}

/// The shortest of as many runs as fit in a fifth of a second, and at least three: noise only adds time.
fn shortest(stage: &str, sample: &Sample) -> Duration {
    let start = Instant::now();
    let mut best = Duration::MAX;
    let mut nr = 0;
    while nr < 3 || start.elapsed() < Duration::from_millis(200) {
        best = best.min(once(stage, sample));
        nr += 1;
    }
    best
}

fn main() {
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|arg| arg != "--bench")
        .collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["write", shape, lines, words] => print!("{}", named(shape, lines, words)),
        ["once", stage, shape, lines, words] => {
            once(stage, &Sample::of(named(shape, lines, words)));
        }
        _ => tables(),
    }
}

fn named(shape: &str, lines: &str, words: &str) -> String {
    let shape = Shape::named(shape).unwrap();
    plans::plan(shape, lines.parse().unwrap(), words.parse().unwrap())
}

fn tables() {
    println!("Each stage, as a multiple of the parser’s events:\n");
    println!("| lines | {} |", STAGES.join(" | "));
    println!("|---|{}", "---|".repeat(STAGES.len()));
    let samples = [
        (Shape::Mixed, 100, 8),
        (Shape::Mixed, 1_000, 8),
        (Shape::Mixed, 10_000, 8),
        (Shape::Mixed, 20_000, 8),
        (Shape::Mixed, 1_000, 1),
        (Shape::Mixed, 10_000, 1),
        (Shape::Mixed, 20_000, 1),
        (Shape::Prose, 10_000, 1),
        (Shape::Prose, 100_000, 1),
    ];
    for (shape, lines, words) in samples {
        let sample = Sample::of(plans::plan(shape, lines, words));
        let parser = shortest("events", &sample);
        let ratio = |stage: &&str| shortest(stage, &sample).as_secs_f64() / parser.as_secs_f64();
        let ratios: Vec<String> = STAGES
            .iter()
            .map(|stage| format!("{:.2}", ratio(stage)))
            .collect();
        let kind = match (shape, words) {
            (Shape::Prose, _) => " (of one text)",
            (_, 1) => " (short)",
            _ => "",
        };
        println!(
            "| {}{kind} | {} |",
            sample.text.lines().count(),
            ratios.join(" | ")
        );
    }
    println!(
        "\nTime per line, as a multiple of that at a tenth of the lines (plans of mostly one kind of item):\n"
    );
    let stages = ["document", "reading", "facts", "rules", "report", "check"];
    println!("| shape | lines | {} |", stages.join(" | "));
    println!("|---|---|{}", "---|".repeat(stages.len()));
    for shape in Shape::ALL {
        let [small, large] = [2_000, 20_000].map(|lines| Sample::of(plans::plan(shape, lines, 1)));
        let per_line = |stage: &str, sample: &Sample| {
            shortest(stage, sample).as_secs_f64() / sample.text.lines().count() as f64
        };
        let growth =
            stages.map(|stage| format!("{:.2}", per_line(stage, &large) / per_line(stage, &small)));
        println!(
            "| {} | {} | {} |",
            shape.name(),
            large.text.lines().count(),
            growth.join(" | ")
        );
    }
}
