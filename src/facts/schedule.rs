//! Days: the run of the implementation, of its goals, of its activities.

use indexmap::IndexMap;
use jiff::civil::Date;
use serde::Serialize;

use super::Links;
use super::links::pointing_at;
use crate::plan::Plan;
use crate::plan::budget::{Activity, ActivityStatus};
use crate::value::Answer;

/// The first and last day of the implementation, as far as they are known.
pub(super) fn runtime(plan: &Plan) -> (Option<Date>, Option<Date>) {
    let Some(header) = plan.header.given() else {
        return (None, None);
    };
    let start = header.start.given().map(|day| day.date());
    let end = header.end.given().and_then(|end| end.date(start));
    // Of a plan that ends before it starts nobody knows when it is.
    match start.zip(end) {
        Some((start, end)) if end < start => (None, None),
        _ => (start, end),
    }
}

/// When a goal must be reached and when it is first measured.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct GoalTerm {
    /// The last day of its term.
    #[serde(rename = "termijn")]
    pub ends: Option<Date>,
    /// The day on which the first of its indicators is first measured.
    #[serde(rename = "eerste_meting")]
    pub first_measured: Option<Date>,
}

pub(super) fn terms<'p>(
    plan: &'p Plan,
    links: &Links<'p>,
    start: Option<Date>,
    end: Option<Date>,
) -> IndexMap<&'p str, GoalTerm> {
    let indicators = plan.indicators();
    let term = |id, ends| {
        let first_measured = pointing_at(&links.indicators_of_goal, id)
            .iter()
            .filter_map(|indicator| indicators.get(indicator)?.when.given()?.first(start, end))
            .min();
        GoalTerm {
            ends,
            first_measured,
        }
    };
    plan.goals()
        .iter()
        .map(|(id, goal)| {
            (
                id,
                term(id, goal.term.given().and_then(|term| term.date(start))),
            )
        })
        .collect()
}

/// An activity that is not cancelled, with its days.
#[derive(Debug, Serialize)]
pub struct Scheduled<'p> {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: &'p str,
    /// Its first day.
    pub start: Option<Date>,
    /// Its last day.
    #[serde(rename = "einde")]
    pub end: Option<Date>,
    /// The activity as it stands in the plan.
    #[serde(skip)]
    pub activity: &'p Activity,
}

impl Scheduled<'_> {
    /// Its first and last day, both included, if both are known and in order.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        let days = (self.start?, self.end?);
        (days.0 <= days.1).then_some(days)
    }

    /// Whether it ends before it starts, so that nobody can say which of its days is meant.
    #[must_use]
    pub fn is_reversed(&self) -> bool {
        self.start
            .zip(self.end)
            .is_some_and(|(start, end)| end < start)
    }
}

pub(super) fn activities(plan: &Plan, start: Option<Date>) -> IndexMap<&str, Scheduled<'_>> {
    let planned = plan
        .activities()
        .iter()
        .filter(|(_, activity)| !activity.status.is(&ActivityStatus::Cancelled));
    planned
        .map(|(id, activity)| {
            let day = |moment: &Answer<crate::value::Moment>| {
                moment.given().and_then(|moment| moment.date(start))
            };
            let (first, last) = (day(&activity.start), day(&activity.end));
            let name = activity.name.given().map_or(id, |name| name.as_str());
            (
                id,
                Scheduled {
                    name,
                    start: first,
                    end: last,
                    activity,
                },
            )
        })
        .collect()
}
