//! The rows of the planning: a name, followed by a bar or marks.

use jiff::civil::Date;
use minijinja::Value;
use serde::Serialize;

use super::{Due, Goal, LEFT, Task};
use crate::plan::budget::ActivityStatus;
use crate::render::figures::axis::Axis;
use crate::render::figures::label::{self, BASELINE, LINE, Line};
use crate::render::figures::length::Length;
use crate::render::figures::{BAR, ROW_PADDING};

const NAME_WIDTH: u32 = 226;
const NAME_LINES: usize = 3;

/// The shortest bar that is still visible.
const SHORTEST: Length = Length::px(4);

/// Marks closer to each other than this overlap: the later is left out.
const BETWEEN_MARKS: Length = Length::px(12);

/// Between a bar and the note beside it, and the least width for a note.
const NOTE_GAP: Length = Length::px(8);
const NOTE_ROOM: Length = Length::px(60);

#[derive(Debug, Serialize)]
pub struct Row {
    pub id: String,
    #[serde(rename = "naam")]
    name: String,
    #[serde(rename = "regels")]
    lines: Vec<Line>,
    /// An activity's status, below its name; none if it is only planned.
    status: Option<Status>,
    pub y: Length,
    #[serde(rename = "hoogte")]
    pub height: Length,
    #[serde(rename = "midden")]
    pub middle: Length,
    /// The days of an activity.
    #[serde(rename = "balk")]
    pub bar: Option<Bar>,
    /// The end of a goal's term.
    #[serde(rename = "termijn")]
    term: Option<Value>,
    /// The days on which a goal is measured.
    #[serde(rename = "metingen")]
    measured: Vec<Value>,
    #[serde(rename = "evaluatie")]
    evaluated: Option<Value>,
    /// The day of an action or a decision.
    #[serde(rename = "mijlpaal")]
    milestone: Option<Value>,
    /// A day before or after the axis.
    #[serde(rename = "buiten")]
    outside: Option<Value>,
    /// A note about activities on other sheets that this one waits for.
    #[serde(rename = "wacht_op")]
    waits: Option<Value>,
    #[serde(skip)]
    pub hides_marks: bool,
}

#[derive(Debug, Serialize)]
struct Status {
    y: Length,
    #[serde(rename = "waarde")]
    status: ActivityStatus,
}

/// The days of an activity, as far as the axis shows them.
#[derive(Debug, Serialize)]
pub struct Bar {
    pub x: Length,
    pub y: Length,
    #[serde(rename = "breedte")]
    pub width: Length,
    #[serde(rename = "hoogte")]
    pub height: Length,
    #[serde(rename = "van")]
    first: Date,
    #[serde(rename = "tot_en_met")]
    last: Date,
    #[serde(rename = "begint_eerder")]
    begins_before: bool,
    #[serde(rename = "duurt_langer")]
    ends_after: bool,
}

impl Row {
    pub fn of_task(task: &Task, axis: &Axis) -> Self {
        let mut row = Self::named(&task.id, &task.name);
        let Some((start, end)) = task.days() else {
            return row;
        };
        let status = task
            .status
            .filter(|status| *status != ActivityStatus::Planned);
        row.status = status.map(|status| Status {
            y: LINE.times(row.lines.len()) + BASELINE,
            status,
        });
        if start <= axis.last && end >= axis.first {
            let (first, last) = (start.max(axis.first), end.min(axis.last));
            let width = (axis.x_after(last) - axis.x(first)).max(SHORTEST);
            row.bar = Some(Bar {
                x: axis.x(first).min(axis.right() - width),
                y: Length::ZERO,
                width,
                height: BAR,
                first,
                last,
                begins_before: start < axis.first,
                ends_after: end > axis.last,
            });
        } else {
            row.mark(start, axis);
        }
        row
    }

    pub fn of_goal(goal: &Goal, axis: &Axis) -> Self {
        let mut row = Self::named(&goal.id, &goal.name);
        let mut last: Option<Length> = None;
        let days = goal.measured(axis.last).into_iter();
        for day in days.filter(|day| axis.shows(*day)) {
            let x = axis.x_middle(day);
            if last.is_none_or(|last| x - last >= BETWEEN_MARKS) {
                row.measured.push(record!({x: x, dag: day}));
                last = Some(x);
            } else {
                row.hides_marks = true;
            }
        }
        row.term = goal.term.and_then(|day| row.mark(day, axis));
        row
    }

    pub fn of_evaluation(name: &str, day: Date, axis: &Axis) -> Self {
        let mut row = Self::named("evaluatie", name);
        row.evaluated = row.mark(day, axis);
        row
    }

    pub fn of_milestone(due: &Due, axis: &Axis) -> Self {
        let mut row = Self::named(&due.id, &due.name);
        let place = row.mark(due.day, axis);
        row.milestone =
            place.map(|place| record!({plek: place, besluit: due.is_decision, open: due.is_open}));
        row
    }

    fn named(id: &str, name: &str) -> Self {
        let mut names = label::wrap(name, NAME_WIDTH, NAME_LINES);
        if names.is_empty() {
            names.push(id.to_owned());
        }
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            lines: label::lines(names, Length::ZERO),
            status: None,
            y: Length::ZERO,
            height: Length::ZERO,
            middle: Length::ZERO,
            bar: None,
            term: None,
            measured: Vec::new(),
            evaluated: None,
            milestone: None,
            outside: None,
            waits: None,
            hides_marks: false,
        }
    }

    /// A mark on a day. If the axis does not show the day, the row has a note at the edge instead.
    fn mark(&mut self, day: Date, axis: &Axis) -> Option<Value> {
        if axis.shows(day) {
            return Some(record!({x: axis.x_middle(day), dag: day}));
        }
        let is_before = day < axis.first;
        let x = if is_before { LEFT } else { axis.right() };
        self.outside = Some(record!({ervoor: is_before, dag: day, x: x}));
        None
    }

    /// Adds a note before or behind the bar, on the side with the most space.
    pub fn note(&mut self, text: &str, axis: &Axis) {
        let Some(bar) = &self.bar else {
            return;
        };
        let end = bar.x + bar.width;
        let (before, after) = (bar.x - axis.left, axis.right() - end);
        let is_before = before > after;
        let x = if is_before {
            bar.x - NOTE_GAP
        } else {
            end + NOTE_GAP
        };
        let room = before.max(after) - NOTE_GAP - NOTE_GAP;
        self.waits = (room >= NOTE_ROOM)
            .then(|| record!({x: x, tekst: label::cut(text, room.pixels()), ervoor: is_before}));
    }

    /// The height of the row.
    pub fn needs(&self) -> Length {
        LINE.times(self.lines.len() + usize::from(self.status.is_some())) + ROW_PADDING
    }

    /// Places the row, once.
    pub fn at(mut self, y: Length) -> Self {
        self.y = y;
        self.height = self.needs();
        self.middle = y + self.height.half();
        let top = y + ROW_PADDING.half();
        let lines = self.lines.iter_mut().map(|line| &mut line.y);
        for y in lines.chain(self.status.as_mut().map(|status| &mut status.y)) {
            *y = top + *y;
        }
        if let Some(bar) = &mut self.bar {
            bar.y = self.middle - BAR.half();
        }
        self
    }
}
