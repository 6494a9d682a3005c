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
use planmaker::report::{FileReport, Filter, Report, ReportFormat, text::Style};
use planmaker::{
    Checked, Document, Facts, Format, Language, Plan, Reading, View, Words, read_plan, render,
};
use plans::Shape;

const WORDS: Words = Words::of(Language::Dutch);

/// A plan with the results of the stages, as input for the next ones.
struct Sample {
    text: String,
    checked: Checked,
}

impl Sample {
    fn of(text: String) -> Self {
        let checked = Checked::read(&text);
        assert!(checked.is_whole(), "the plan must be read completely");
        Self { text, checked }
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
    Document::read(text.as_bytes())
}

#[inline(never)]
fn stage_reading(document: &Document) -> (Plan, Reading<'_>) {
    read_plan(document)
}

#[inline(never)]
fn stage_facts(plan: &Plan) -> Facts<'_> {
    Facts::of(plan)
}

/// Reading, facts and rules together.
#[inline(never)]
fn stage_checked(document: Document) -> Checked {
    Checked::new(document, None)
}

#[inline(never)]
fn stage_report(checked: &Checked) -> Vec<u8> {
    let style = Style {
        colour: false,
        plain: true,
        show_exceptions: false,
        show_tips: false,
    };
    let mut out = Vec::new();
    let mut report = Report::new(ReportFormat::Text(style), WORDS, &mut out);
    let file = FileReport::new("plan.yaml", checked, &Filter::default(), WORDS);
    report.add(file).and_then(|()| report.end()).unwrap();
    out
}

/// From text to a report on the terminal.
#[inline(never)]
fn stage_check(text: &str) -> Vec<u8> {
    stage_report(&Checked::read(text))
}

/// From text to a document.
fn document(text: &str, format: Format) -> String {
    // A plan too large to render counts with the time it takes to refuse it.
    render(&View::of(&Checked::read(text)), format).unwrap_or_default()
}

#[inline(never)]
fn stage_html(text: &str) -> String {
    document(text, Format::Html)
}

#[inline(never)]
fn stage_md(text: &str) -> String {
    document(text, Format::Markdown)
}

const STAGES: [&str; 10] = [
    "events", "serde", "document", "reading", "facts", "checked", "report", "check", "html", "md",
];

/// Runs a stage once and returns the time of that stage only.
fn once(stage: &str, sample: &Sample) -> Duration {
    let Sample { text, checked } = sample;
    let document = &checked.document;
    match stage {
        "events" => timed(|| stage_events(text)),
        "serde" => timed(|| stage_serde(text)),
        "document" => timed(|| stage_document(text)),
        "reading" => timed(|| stage_reading(document)),
        "facts" => timed(|| stage_facts(checked.plan())),
        "checked" => {
            let document = document.clone();
            timed(|| stage_checked(document))
        }
        "report" => timed(|| stage_report(checked)),
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
    let stages = ["document", "reading", "facts", "checked", "report", "check"];
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
