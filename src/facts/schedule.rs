//! Dates of the implementation, its goals, activities, stages and decisions.

use indexmap::IndexMap;
use jiff::civil::Date;
use serde::Serialize;

use super::Links;
use super::links::pointing_at;
use crate::plan::Plan;
use crate::plan::budget::{Activity, ActivityStatus, Stage};
use crate::plan::goals::Goal;
use crate::value::{Answer, Moment, Text};

/// The first and last day of the implementation, as far as they are known.
pub(super) fn runtime(plan: &Plan) -> (Option<Date>, Option<Date>) {
    let Some(header) = plan.header.given() else {
        return (None, None);
    };
    let start = header.start.given().map(|day| day.date());
    let end = header.end.given().and_then(|end| end.date(start));
    // If the plan ends before it starts, either date may be wrong.
    match start.zip(end) {
        Some((start, end)) if end < start => (None, None),
        _ => (start, end),
    }
}

/// The dates of a goal.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct GoalTerm {
    /// The last day of the goal's term.
    #[serde(rename = "termijn")]
    pub ends: Option<Date>,
    /// The first measurement of any of its indicators.
    #[serde(rename = "eerste_meting")]
    pub first_measured: Option<Date>,
    /// Whether the term overruns the plan.
    #[serde(skip)]
    pub is_late: bool,
}

pub(super) fn terms<'p>(
    plan: &'p Plan,
    links: &Links<'p>,
    start: Option<Date>,
    end: Option<Date>,
) -> IndexMap<&'p str, GoalTerm> {
    let indicators = plan.indicators();
    let term = |(id, goal): (&'p str, &Goal)| {
        let measured = pointing_at(&links.indicators_of_goal, id).iter();
        let first_measured = measured
            .filter_map(|indicator| indicators.get(indicator)?.when.given()?.first(start, end))
            .min();
        let term = goal.term.given().map(|term| term.end);
        let term = GoalTerm {
            ends: term.and_then(|term| term.date(start)),
            first_measured,
            is_late: term
                .zip(end)
                .is_some_and(|(term, end)| term.overrun(start, end).is_some()),
        };
        (id, term)
    };
    plan.goals().iter().map(term).collect()
}

/// An activity that is not cancelled, with its dates.
#[derive(Debug, Serialize)]
pub struct Scheduled<'p> {
    /// The name, or else the id.
    #[serde(rename = "naam")]
    pub name: &'p str,
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    #[serde(rename = "einde")]
    pub end: Option<Date>,
    #[serde(skip)]
    pub activity: &'p Activity,
}

impl Scheduled<'_> {
    /// The first and last day, both inclusive, if both are known and in order.
    pub fn days(&self) -> Option<(Date, Date)> {
        let days = (self.start?, self.end?);
        (days.0 <= days.1).then_some(days)
    }

    /// Whether the activity ends before it starts.
    pub fn is_reversed(&self) -> bool {
        are_reversed(self.start, self.end)
    }

    /// The key and day of its end, or else of its start, if that has passed while the activity is not done or has not begun. A
    /// day has passed from the day after it. Without a status, an activity is still planned.
    pub fn overdue(&self, today: Date) -> Option<(&'static str, Date)> {
        let may_be_ongoing = match self.activity.status {
            Answer::Missing | Answer::Given(ActivityStatus::Planned) => false,
            Answer::Given(ActivityStatus::Ongoing) => true,
            Answer::Given(_) | Answer::Unreadable => return None,
        };
        if self.is_reversed() {
            return None;
        }
        let passed = |day: Option<Date>| day.filter(|day| *day < today);
        match (passed(self.start), passed(self.end)) {
            (_, Some(end)) => Some(("einde", end)),
            (Some(start), None) if !may_be_ongoing => Some(("start", start)),
            _ => None,
        }
    }
}

/// Whether the last of two known days comes before the first.
fn are_reversed(start: Option<Date>, end: Option<Date>) -> bool {
    start.zip(end).is_some_and(|(start, end)| end < start)
}

/// The day of a moment that is known.
pub(super) fn day(moment: Answer<Moment>, start: Option<Date>) -> Option<Date> {
    moment.given().and_then(|moment| moment.date(start))
}

pub(super) fn activities(plan: &Plan, start: Option<Date>) -> IndexMap<&str, Scheduled<'_>> {
    plan.activities()
        .iter()
        .filter(|(_, activity)| !activity.is_cancelled())
        .map(|(id, activity)| {
            let scheduled = Scheduled {
                name: activity.name.given().map_or(id, Text::as_str),
                start: day(activity.start, start),
                end: day(activity.end, start),
                activity,
            };
            (id, scheduled)
        })
        .collect()
}

/// The dates of a stage.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct StageDays {
    /// The first day.
    pub start: Option<Date>,
    /// The last day.
    #[serde(rename = "einde")]
    pub end: Option<Date>,
}

impl StageDays {
    /// Whether the stage ends before it starts, so that either date may be wrong.
    pub fn is_reversed(self) -> bool {
        are_reversed(self.start, self.end)
    }
}

pub(super) fn stages(plan: &Plan, start: Option<Date>) -> IndexMap<&str, StageDays> {
    let days = |stage: &Stage| StageDays {
        start: day(stage.start, start),
        end: day(stage.end, start),
    };
    let stages = plan.stages().iter();
    stages.map(|(id, stage)| (id, days(stage))).collect()
}

pub(super) fn decisions(plan: &Plan, start: Option<Date>) -> IndexMap<&str, Option<Date>> {
    let decisions = plan.decisions().iter();
    decisions
        .map(|(id, decision)| (id, day(decision.when, start)))
        .collect()
}
