//! The findings of a plan, at the questions that they are about.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::Serialize;

use super::block::Block;
use super::wording::with_labels;
use super::{field, id, parts};
use crate::checked::Checked;
use crate::document::Value;
use crate::explain;
use crate::finding::{Argument, Finding, Focus, Severity};
use crate::report::{rule_text, title};
use crate::rules::BOOK;
use crate::schema::Field;
use crate::value::path::{Path, Step};
use crate::words::{RuleText, Words};

/// A finding with its texts.
#[derive(Debug, Clone, Default, Hash, Serialize)]
pub(super) struct Point {
    /// The id of its element.
    pub id: String,
    pub rule: &'static str,
    /// `fout`, `let-op`, `open` or `tip`.
    pub state: &'static str,
    pub title: String,
    pub fix: String,
    pub why: &'static str,
    pub source: &'static str,
    /// The path of the finding as JSON.
    pub path: String,
    /// Whether an exception can silence it.
    pub can_be_exception: bool,
    /// Whether the reason of an exception is asked for.
    pub asks_reason: bool,
    /// The one change that solves it.
    pub mend: Option<Mend>,
    /// The part of the plan that it is in: its key and its name.
    pub part: String,
    pub part_label: String,
    /// The path of the question that it is about.
    #[serde(skip)]
    pub place: Path,
    /// That path as JSON.
    pub question: String,
}

/// A change that solves a finding.
#[derive(Debug, Clone, Hash, Serialize)]
pub(super) struct Mend {
    /// The new value.
    pub value: String,
    /// The path of the value, as JSON.
    pub path: String,
}

/// The numbers of findings by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub(super) struct Tally {
    pub errors: usize,
    pub warnings: usize,
    pub open: usize,
    pub tips: usize,
}

impl Tally {
    pub fn count(&mut self, state: &str) {
        match state {
            "fout" => self.errors += 1,
            "let-op" => self.warnings += 1,
            "open" => self.open += 1,
            _ => self.tips += 1,
        }
    }

    pub fn add(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.open += other.open;
        self.tips += other.tips;
    }
}

/// All findings of a plan in the order of the file, heaviest first where they are listed.
pub(super) fn all(checked: &Checked, visited: &BTreeSet<String>, words: Words) -> Vec<Point> {
    let findings = checked.findings_in_file_order();
    let mut known: HashMap<String, usize> = HashMap::new();
    findings
        .into_iter()
        .map(|finding| {
            let part = finding.part().to_owned();
            let text = |text| rule_text(finding, text, words).unwrap_or_default();
            let fixed = |text| words.rule(finding.rule.name, text).unwrap_or_default();
            let is_open = !visited.contains(&part) && is_absent(finding, checked);
            let mut anchor = anchor(finding, words);
            if anchor == Path::root() {
                anchor.push(&part);
            }
            let mut point_id = format!("{}-{}", id::of(&finding.path), finding.rule.name);
            let times = known.entry(point_id.clone()).or_default();
            *times += 1;
            if *times > 1 {
                point_id = format!("{point_id}-{times}");
            }
            Point {
                id: point_id,
                rule: finding.rule.name,
                state: match finding.severity {
                    Severity::Tip => "tip",
                    _ if is_open => "open",
                    Severity::Warning => "let-op",
                    Severity::Error => "fout",
                },
                title: title(finding, words),
                fix: with_labels(&text(RuleText::Fix), &finding.path, words),
                why: fixed(RuleText::Why),
                source: fixed(RuleText::Source),
                path: id::json(&finding.path),
                can_be_exception: finding.severity < Severity::Error
                    && !BOOK.is_about_the_file(finding.rule.name),
                mend: mend(finding, checked),
                question: id::json(&anchor),
                asks_reason: false,
                part_label: parts::label(&part, words),
                part,
                place: anchor,
            }
        })
        .collect()
}

/// The path of the question that answers a finding: that of the finding, or the one in it that its rule is about.
fn anchor(finding: &Finding, words: Words) -> Path {
    let path = &finding.path;
    let Some(thing) = field::at(path) else {
        return path.clone();
    };
    let has = |key: &str| thing.fields.iter().any(|field| field.key() == key);
    let missing = finding
        .arguments
        .iter()
        .find_map(|(_, argument)| match argument {
            Argument::Choices("sleutel", keys) => keys.first(),
            _ => None,
        });
    if let Some(key) = missing.filter(|key| has(key)) {
        return path.join(key);
    }
    // Things by id have their keys one level deeper.
    let mut keys: Vec<&str> = explain::example_paths(finding.rule, words)
        .filter_map(|example| {
            let steps = example
                .split('.')
                .map(|step| step.split('[').next().unwrap_or(step));
            let example: Path = steps.collect();
            let depth = path
                .steps()
                .filter(|step| matches!(step, Step::Key(_)))
                .count();
            let mut outer = example.clone();
            while outer.steps().count() > depth {
                outer.pop();
            }
            let is_inside = field::at(&outer).is_some_and(|field| field.pattern == thing.pattern);
            let key = example.steps().nth(depth).filter(|_| is_inside)?;
            let Step::Key(key) = key else { return None };
            thing.fields.iter().map(Field::key).find(|it| it == key)
        })
        .collect();
    keys.sort_unstable();
    keys.dedup();
    match keys[..] {
        [key] => path.join(key),
        _ => path.clone(),
    }
}

/// The rules whose findings may name the one value that was meant.
const MISSPELT: [&str; 2] = ["waarde-ongeldig", "verwijzing-onbekend"];

/// The single change that solves a finding, if one does.
fn mend(finding: &Finding, checked: &Checked) -> Option<Mend> {
    let meant = match finding.argument("bedoeld")? {
        Argument::Text(meant) | Argument::Whole(meant) | Argument::Choice(_, meant) => {
            meant.clone()
        }
        _ => return None,
    };
    let node = checked.document.get(&finding.path)?;
    let is_whole = matches!(node.value, Value::Scalar { .. }) && finding.focus != Focus::Key;
    (MISSPELT.contains(&finding.rule.name) && is_whole).then(|| Mend {
        value: meant,
        path: id::json(&finding.path),
    })
}

/// Whether a finding is about something that is not there, rather than about something that was written.
fn is_absent(finding: &Finding, checked: &Checked) -> bool {
    if finding.rule.name == "onderdeel-ontbreekt" {
        return true;
    }
    if BOOK.is_about_the_file(finding.rule.name) || finding.focus != Focus::Value {
        return false;
    }
    let node = checked.document.get(&finding.path);
    node.is_none_or(|node| !matches!(node.value, Value::Scalar { .. }) || node.is_empty())
}

/// Puts findings at the questions of a part of the plan: each at the innermost one that its path leads into.
pub(super) fn attach(block: &mut Block, points: Vec<Point>) {
    let mut places = HashSet::new();
    block.each(&mut |block| {
        places.insert(block.place.clone());
    });
    let mut by_place: HashMap<Path, Vec<Point>> = HashMap::new();
    for point in points {
        let mut at = point.place.clone();
        while !places.contains(&at) && at != Path::root() {
            at.pop();
        }
        by_place.entry(at).or_default().push(point);
    }
    block.each(&mut |block| {
        // An answer of one line can stand for its list.
        if let Some(points) = by_place.remove(&block.place) {
            block.points = points;
        }
    });
    tally(block);
}

fn tally(block: &mut Block) -> Tally {
    let mut tally = Tally::default();
    for point in &block.points {
        tally.count(point.state);
    }
    for inner in &mut block.blocks {
        tally.add(self::tally(inner));
    }
    block.tally = tally;
    tally
}
