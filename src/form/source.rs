//! The text of the plan as a screen shows it, and as it comes back from there.

use std::collections::BTreeMap;

use serde::Serialize;

use super::parts::Part;
use super::points::Point;
use super::session::Session;
use crate::checked::Checked;
use crate::finding::Focus;
use crate::value::path::Path;

/// The text of the plan.
#[derive(Debug, Serialize)]
pub(super) struct Source<'s> {
    pub name: String,
    pub text: String,
    pub points: Vec<Placed<'s>>,
    /// The lines with findings and the heaviest state there, as JSON.
    pub marks: String,
    /// The parts of the plan with the lines on which they begin.
    pub parts: Vec<(String, usize)>,
    pub is_whole: bool,
}

/// A finding with its place.
#[derive(Debug, Serialize)]
pub(super) struct Placed<'s> {
    pub line: usize,
    pub column: usize,
    #[serde(flatten)]
    pub point: &'s Point,
}

impl Session {
    pub(super) fn source<'s>(&'s self, checked: &Checked, parts: &[Part]) -> Source<'s> {
        let findings = checked.findings_in_file_order();
        let points = self.points.iter().zip(findings).map(|(point, finding)| {
            let place = checked.document.place(&finding.path, &finding.focus);
            Placed {
                line: place.start.line,
                column: place.start.column,
                point,
            }
        });
        let points: Vec<Placed<'s>> = points.collect();
        let mut marks: BTreeMap<usize, &str> = BTreeMap::new();
        for placed in points.iter().filter(|placed| placed.point.state != "tip") {
            let mark = marks.entry(placed.line).or_insert(placed.point.state);
            if placed.point.state == "fout" {
                *mark = "fout";
            }
        }
        let line = |part: &Part| {
            let path = Path::root().join(part.key);
            checked.document.get(&path)?;
            let place = checked.document.place(&path, &Focus::Key);
            Some((part.label.clone(), place.start.line))
        };
        Source {
            name: self.file_name(),
            text: plain_ends(&self.text),
            marks: serde_json::to_string(&marks).unwrap_or_default(),
            parts: parts.iter().filter_map(line).collect(),
            points,
            is_whole: checked.is_whole(),
        }
    }
}

/// A text as a text field has it: without a byte order mark, and with plain line ends.
fn plain_ends(text: &str) -> String {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// The text of a plan after a change in a text field. Lines that did not change keep their line ends; new ones get those of the
/// first line.
pub(super) fn written(before: &str, field: &str) -> String {
    let mark = if before.starts_with('\u{feff}') {
        "\u{feff}"
    } else {
        ""
    };
    let before = before.strip_prefix('\u{feff}').unwrap_or(before);
    let old: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = field.split_inclusive('\n').collect();
    let is_same = |(old, new): &(&&str, &&str)| plain_ends(old) == **new;
    let head = old.iter().zip(&new).take_while(is_same).count();
    let most = old.len().min(new.len()) - head;
    let tails = old.iter().rev().zip(new.iter().rev());
    let tail = tails.take(most).take_while(is_same).count();
    let has_returns = old.first().is_some_and(|line| line.ends_with("\r\n"));
    let mut text = mark.to_owned();
    text.extend(old[..head].iter().copied());
    for line in &new[head..new.len() - tail] {
        if has_returns {
            text.push_str(&line.replace('\n', "\r\n"));
        } else {
            text.push_str(line);
        }
    }
    text.extend(old[old.len() - tail..].iter().copied());
    text
}
