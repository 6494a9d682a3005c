//! The rows of the planning: a name, and behind it a bar or marks.

use jiff::civil::Date;
use serde::Serialize;

use super::{Goal, LEFT, Task};
use crate::plan::budget::ActivityStatus;
use crate::render::figures::axis::Axis;
use crate::render::figures::label::{self, LINE, Line};
use crate::render::figures::length::Length;

/// How much room a name has.
const NAME_WIDTH: u32 = 226;

/// How many lines a name has at most.
const NAME_LINES: usize = 3;

/// Above and below the lines of a row.
const ROOM: Length = Length::px(10);

/// How high a bar is.
const BAR: Length = Length::px(16);

/// How long the bar of a day is at least, to be seen.
const SHORTEST: Length = Length::px(4);

/// Marks closer to each other than this hide each other: the later is left out.
const BETWEEN_MARKS: Length = Length::px(12);

/// Between a bar and the words beside it, and the least room for these.
const NOTE_GAP: Length = Length::px(8);
const NOTE_ROOM: Length = Length::px(60);

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    /// The id of the activity or the goal.
    pub id: String,
    /// What it is called.
    #[serde(rename = "naam")]
    name: String,
    /// Its name in lines.
    #[serde(rename = "regels")]
    lines: Vec<Line>,
    /// How far it is, where that is said: on a line of its own.
    status: Option<Status>,
    /// Where it begins.
    pub y: Length,
    /// How high it is.
    #[serde(rename = "hoogte")]
    pub height: Length,
    /// The middle of it.
    #[serde(rename = "midden")]
    pub middle: Length,
    /// The days of an activity.
    #[serde(rename = "balk")]
    pub bar: Option<Bar>,
    /// The end of a goal's term.
    #[serde(rename = "termijn")]
    term: Option<Mark>,
    /// When a goal is measured.
    #[serde(rename = "metingen")]
    measured: Vec<Mark>,
    /// When the whole is evaluated.
    #[serde(rename = "evaluatie")]
    evaluated: Option<Mark>,
    /// What lies before the axis begins or after it ends.
    #[serde(rename = "buiten")]
    outside: Option<Outside>,
    /// What it waits for that stands in another drawing.
    #[serde(rename = "wacht_op")]
    waits: Option<Note>,
    #[serde(skip)]
    hides_marks: bool,
}

/// Words beside a bar.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    x: Length,
    #[serde(rename = "tekst")]
    text: String,
    /// Whether the words end there, before the bar, or begin there, behind it.
    #[serde(rename = "ervoor")]
    is_before: bool,
}

/// How far an activity is.
#[derive(Debug, Clone, Serialize)]
pub struct Status {
    y: Length,
    #[serde(rename = "waarde")]
    status: ActivityStatus,
}

/// The days of an activity.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    pub x: Length,
    pub y: Length,
    #[serde(rename = "breedte")]
    pub width: Length,
    #[serde(rename = "hoogte")]
    pub height: Length,
    /// Its first day on the axis.
    #[serde(rename = "van")]
    first: Date,
    /// Its last day on the axis.
    #[serde(rename = "tot_en_met")]
    last: Date,
    /// Whether it began before the axis.
    #[serde(rename = "begint_eerder")]
    begins_before: bool,
    /// Whether it goes on after the axis.
    #[serde(rename = "duurt_langer")]
    ends_after: bool,
}

/// A day that stands out.
#[derive(Debug, Clone, Serialize)]
pub struct Mark {
    x: Length,
    #[serde(rename = "dag")]
    day: Date,
}

/// A day that the axis does not show.
#[derive(Debug, Clone, Serialize)]
pub struct Outside {
    /// Whether it lies before the axis, or after.
    #[serde(rename = "ervoor")]
    is_before: bool,
    #[serde(rename = "dag")]
    day: Date,
    x: Length,
}

impl Row {
    pub fn of_task(task: &Task, axis: &Axis) -> Self {
        let mut row = Self::named(&task.id, &task.name);
        let Some((start, end)) = task.days() else {
            return row;
        };
        row.status = task
            .status
            .filter(|status| *status != ActivityStatus::Planned)
            .map(|status| Status {
                y: Length::ZERO,
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
            row.note_outside(start, axis);
        }
        row
    }

    pub fn of_goal(goal: &Goal, axis: &Axis) -> Self {
        let mut row = Self::named(&goal.id, &goal.name);
        let mark = |day: Date| Mark {
            x: axis.x_middle(day),
            day,
        };
        row.term = goal.term.filter(|day| axis.shows(*day)).map(mark);
        let measured = goal.measured(axis.last).into_iter();
        for mark in measured.filter(|day| axis.shows(*day)).map(mark) {
            let last = row.measured.last();
            if last.is_none_or(|last| mark.x - last.x >= BETWEEN_MARKS) {
                row.measured.push(mark);
            } else {
                row.hides_marks = true;
            }
        }
        if let Some(day) = goal.term.filter(|day| !axis.shows(*day)) {
            row.note_outside(day, axis);
        }
        row
    }

    pub fn of_evaluation(name: &str, day: Date, axis: &Axis) -> Self {
        let mut row = Self::named("evaluatie", name);
        if axis.shows(day) {
            row.evaluated = Some(Mark {
                x: axis.x_middle(day),
                day,
            });
        } else {
            row.note_outside(day, axis);
        }
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
            outside: None,
            waits: None,
            hides_marks: false,
        }
    }

    fn note_outside(&mut self, day: Date, axis: &Axis) {
        let is_before = day < axis.first;
        let x = if is_before { LEFT } else { axis.right() };
        self.outside = Some(Outside { is_before, day, x });
    }

    /// Says beside the bar what cannot be drawn, where there is most room.
    pub fn note(&mut self, text: &str, axis: &Axis) {
        let Some(bar) = &self.bar else {
            return;
        };
        let (before, after) = (bar.x - axis.left, axis.right() - bar.x - bar.width);
        let is_before = before > after;
        let room = before.max(after) - NOTE_GAP - NOTE_GAP;
        self.waits = (room >= NOTE_ROOM).then(|| Note {
            x: if is_before {
                bar.x - NOTE_GAP
            } else {
                bar.x + bar.width + NOTE_GAP
            },
            text: label::cut(text, room.pixels()),
            is_before,
        });
    }

    pub const fn hides_marks(&self) -> bool {
        self.hides_marks
    }

    /// How high the row is wherever it stands.
    pub fn needs(&self) -> Length {
        LINE.times(self.lines.len() + usize::from(self.status.is_some())) + ROOM
    }

    /// The row in its place.
    pub fn at(mut self, y: Length) -> Self {
        self.y = y;
        self.height = self.needs();
        self.middle = y + self.height.half();
        let top = y + ROOM.half();
        let texts = self.lines.drain(..).map(|line| line.text).collect();
        self.lines = label::lines(texts, top);
        let below = top + LINE.times(self.lines.len());
        if let Some(status) = &mut self.status {
            status.y = below + Length::px(12);
        }
        if let Some(bar) = &mut self.bar {
            bar.y = self.middle - BAR.half();
        }
        self
    }
}
