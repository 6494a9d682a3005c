//! Properties of the findings of any plan.

use std::fmt::Debug;

use jiff::civil::{Date, date};
use planmaker::report::{FileReport, Filter, Report, ReportFormat, text::Style};
use planmaker::{
    Argument, BOOK, Checked, Document, Finding, Id, Language, Node, NodeValue, Path, Reading,
    Severity, Step, Words, read_plan,
};

use super::places::Lines;

/// A day on which some activities of the examples are overdue and some are not.
const TODAY: Date = date(2027, 6, 1);

/// Every finding has a place in the text and can be reported in every format. The findings stay the same with comments and
/// blank lines added, and when the plan is serialised and read again.
pub fn check_findings(bytes: &[u8]) {
    let checked = check(bytes);
    let lines = Lines::of(&checked.document);
    for finding in all(&checked) {
        lines.check(checked.document.place(&finding.path, &finding.focus));
        assert!(BOOK.named(finding.rule.name).is_some(), "{finding:?}");
    }
    assert_reports(&checked);
    if let Some(commented) = commented(&checked) {
        let again = check(commented.as_bytes());
        assert_same(&found_with_texts(&checked), &found_with_texts(&again));
    }
    if let Some(rewritten) = rewritten(bytes, &checked) {
        let again = check(rewritten.as_bytes());
        assert_same(&found(&checked), &found(&again));
    }
}

fn assert_same<T: PartialEq + Debug>(before: &[T], after: &[T]) {
    let only_in = |one: &[T], other: &[T]| {
        let only: Vec<String> = one
            .iter()
            .filter(|found| !other.contains(found))
            .map(|found| format!("{found:?}"))
            .collect();
        only.join("\n")
    };
    assert!(
        before == after,
        "before:\n{}\nafter:\n{}",
        only_in(before, after),
        only_in(after, before),
    );
}

/// The arguments of a message, except line numbers.
fn without_lines(arguments: &[(&'static str, Argument)]) -> Vec<(&'static str, Argument)> {
    let facts = arguments.iter().filter(|(name, _)| *name != "regel");
    facts.cloned().collect()
}

/// A finding without its place.
#[derive(Debug, PartialEq)]
struct Found {
    rule: &'static str,
    severity: Severity,
    path: String,
    arguments: Vec<(&'static str, Argument)>,
}

fn check(bytes: &[u8]) -> Checked {
    Checked::new(Document::read(bytes), Some(TODAY))
}

fn all(checked: &Checked) -> impl Iterator<Item = &Finding> {
    let silenced = checked.silenced.iter().map(|silenced| &silenced.finding);
    checked.findings.iter().chain(silenced)
}

fn found(checked: &Checked) -> Vec<Found> {
    let without_place = |finding: &Finding| Found {
        rule: finding.rule.name,
        severity: finding.severity,
        // A single value may be written as a list of one.
        path: finding.path.to_string().replace("[0]", ""),
        arguments: without_lines(&finding.arguments),
    };
    all(checked).map(without_place).collect()
}

/// The findings, each with the text at its place.
fn found_with_texts(checked: &Checked) -> Vec<(Found, String)> {
    let lines = Lines::of(&checked.document);
    let places = all(checked).map(|finding| {
        let place = checked.document.place(&finding.path, &finding.focus);
        lines.at(place).to_owned()
    });
    found(checked).into_iter().zip(places).collect()
}

/// Every report format can be written, and the formats for programs can be parsed.
fn assert_reports(checked: &Checked) {
    // Plans of odd length are reported in English with colours, the others in Dutch without.
    let is_odd = checked.document.source().len() % 2 == 1;
    let words = Words::of(if is_odd {
        Language::English
    } else {
        Language::Dutch
    });
    let style = Style {
        colour: is_odd,
        plain: !is_odd,
        show_exceptions: true,
        show_tips: is_odd,
    };
    let written = |format| {
        let mut out = Vec::new();
        let mut report = Report::new(format, words, &mut out);
        let file = FileReport::new("plan.yaml", checked, &Filter::default(), words);
        report.add(file).and_then(|()| report.end()).unwrap();
        out
    };
    written(ReportFormat::Text(style));
    // SARIF is slow because it describes every rule, so few plans are reported in it.
    let json = if checked.document.source().len() % 16 < 2 {
        written(ReportFormat::Sarif)
    } else {
        written(ReportFormat::Json)
    };
    serde_json::from_slice::<serde_json::Value>(&json).unwrap();
    let github = written(ReportFormat::Github);
    let lines = String::from_utf8(github).unwrap();
    let file = FileReport::new("plan.yaml", checked, &Filter::default(), words);
    let has_more = file.unlisted().findings() > 0;
    let listed = file.items.len() + usize::from(has_more);
    assert_eq!(lines.lines().count(), listed);
}

/// The text with a comment and a blank line before each line that starts with a key; `None` if some of it is unreadable.
fn commented(checked: &Checked) -> Option<String> {
    let document = &checked.document;
    let is_unreadable =
        |finding: &Finding| ["yaml-ongeldig", "bestand-te-groot"].contains(&finding.rule.name);
    if !document.stops().is_empty() || checked.findings.iter().any(is_unreadable) {
        return None;
    }
    let lines = Lines::of(document);
    let mut keys = Vec::new();
    keys_of(document.root(), &mut keys);
    let mut starts: Vec<usize> = keys
        .into_iter()
        .filter_map(|key| lines.start_before(key))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let source = document.source();
    let mut text = String::with_capacity(2 * source.len());
    let mut done = 0;
    for start in starts {
        // The comment comes first, because it ends a block scalar, which would include the blank line.
        text.push_str(&source[done..start]);
        text.push_str("# Een opmerking: 'x' \"y\" [@z\n\n");
        done = start;
    }
    text.push_str(&source[done..]);
    (text.len() <= Document::MAX_BYTES).then_some(text)
}

fn keys_of(node: &Node, keys: &mut Vec<usize>) {
    match &node.value {
        NodeValue::List(items) => items.iter().for_each(|item| keys_of(item, keys)),
        NodeValue::Mapping(entries) => {
            for entry in entries.values() {
                keys.push(entry.key.start());
                keys_of(&entry.value, keys);
            }
        }
        _ => {}
    }
}

/// The references and texts collected while reading are found at their paths.
fn check_collected(document: &Document, reading: &Reading<'_>) {
    let text_at = |path: &Path| match &document.get(path).unwrap().value {
        NodeValue::Scalar { text, .. } => text.clone(),
        other => panic!("{other:?}"),
    };
    for reference in &reading.references {
        let path = &reference.path.to_path();
        let written = match path.steps().next_back() {
            Some(Step::Key(key)) if reference.is_key => key.clone(),
            _ => text_at(path),
        };
        // The id may be malformed where it is declared, have characters that look like others, or be a word for a source.
        let is_written = written.trim() == reference.id
            || !Id::is_well_formed(reference.id)
            || !written.is_ascii()
            || format!("{:?}", reference.kind) == "Source";
        assert!(is_written, "{path}: {written} and {}", reference.id);
    }
    for written in &reading.texts {
        let path = written.path.to_path();
        assert_eq!(text_at(&path), written.text, "{path}");
    }
}

/// The plan, read and serialised again; `None` if reading it had findings.
fn rewritten(bytes: &[u8], checked: &Checked) -> Option<String> {
    let document = Document::read(bytes);
    let (plan, reading) = read_plan(&document);
    check_collected(&document, &reading);
    // The plan has what they mean.
    let is_misspelled = reading
        .references
        .iter()
        .any(|reference| reference.is_misspelled || reference.odd.is_some());
    let has_empty_section = all(checked).any(|finding| finding.argument("leeg").is_some());
    let is_lossy = !document.losses().is_empty() || has_empty_section;
    if reading.has_gaps || is_misspelled || is_lossy {
        return None;
    }
    let written = serde_yaml::to_string(&plan).unwrap();
    // A missing section is reported at its key only if it has one.
    let is_given = |line: &&str| line.starts_with(' ') || !line.ends_with(": null");
    let written: String = written
        .split_inclusive('\n')
        .filter(|line| is_given(&line.trim_end_matches('\n')))
        .collect();
    // A plan without any answer is an empty file, which is another finding.
    if written.is_empty() {
        return None;
    }
    // The serialiser treats these as line breaks, as YAML 1.1 did, and adds white space.
    let is_changed = written.contains(['\u{85}', '\u{2028}', '\u{2029}']);
    (!is_changed && written.len() <= Document::MAX_BYTES).then_some(written)
}
