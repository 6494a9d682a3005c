//! How the implementation stands on a day: goals, measurements, work, decisions, hours and costs, and risks.
//!
//! A day has passed from the day after it. Measurements, phases and adaptations after the day do not count.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::measured::{Measured, measured, missed_measurements, planned_days};
use super::progress::{Course, progress};
use super::{Facts, GoalProgress, Milestone, MilestoneKind, Scheduled};
use crate::plan::Plan;
use crate::plan::budget::ActivityStatus;
use crate::plan::strategies::Phase;
use crate::value::norm::Norm;
use crate::value::{Answer, Choice, Money, Number, choice, days_between};

choice! {
    /// How a piece of work stands on a day ("stand").
    pub enum WorkState ("stand") {
        /// Its end has passed, or its start without a beginning.
        Late = "te-laat",
        Ongoing = "bezig",
        /// It begins, or has to be there, within three months.
        Soon = "binnenkort",
        Later = "later",
        Done = "klaar",
        /// Its days are not known.
        Undated = "zonder-dag",
    }
}

/// How the implementation stands on a day.
#[derive(Debug, Serialize)]
pub struct Standing<'p> {
    #[serde(rename = "dag")]
    pub day: Date,
    /// The month of the implementation, if it is under way.
    #[serde(rename = "maand")]
    pub month: Option<Month>,
    #[serde(rename = "doelen")]
    pub goals: IndexMap<&'p str, GoalProgress<'p>>,
    /// The number of goals by course.
    #[serde(rename = "per_koers")]
    pub by_course: IndexMap<Course, usize>,
    /// The measurements that are missing, and those of the next three months, or else the first to come.
    #[serde(rename = "metingen")]
    pub measurements: Vec<PlannedMeasurement<'p>>,
    /// The number of planned dates without a measurement; `None` if no dates or not all measurements are known.
    #[serde(rename = "ontbrekende_metingen")]
    pub missing_measurements: Option<usize>,
    /// The activities and actions that are late, under way, or soon to begin, in this order.
    #[serde(rename = "werk")]
    pub work: Vec<Work<'p>>,
    /// The number of activities that are not cancelled, by state.
    #[serde(rename = "activiteiten")]
    pub activities: IndexMap<WorkState, usize>,
    /// The number of actions and materials by state.
    #[serde(rename = "acties")]
    pub actions: IndexMap<WorkState, usize>,
    /// Whether there are activities, none of which has a status.
    #[serde(rename = "zonder_status")]
    pub has_no_status: bool,
    /// The decisions: those that were taken, then those that are late or ahead.
    #[serde(rename = "besluiten")]
    pub decisions: Vec<DecisionStanding<'p>>,
    /// The numbers of things that are late; `None` if no days are known.
    #[serde(rename = "te_laat")]
    pub late: Option<Late>,
    /// The id of the first decision from this day on.
    #[serde(rename = "volgend_besluit")]
    pub next_decision: Option<&'p str>,
    /// The phases that each group has reached, in order, with those before its last one.
    #[serde(rename = "fasen")]
    pub phases: IndexMap<&'p str, Vec<PhaseReached>>,
    /// The hours and costs that were planned up to and including the day, if section 12 has any.
    #[serde(rename = "gepland")]
    pub planned: Option<Planned>,
    /// The ids of the risks, heaviest first.
    #[serde(rename = "risicos")]
    pub risks: Vec<&'p str>,
}

/// The numbers of things that are late.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Late {
    #[serde(rename = "activiteiten")]
    pub activities: usize,
    #[serde(rename = "acties")]
    pub actions: usize,
    #[serde(rename = "besluiten")]
    pub decisions: usize,
}

/// A month of the implementation.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Month {
    #[serde(rename = "nummer")]
    pub number: i32,
    #[serde(rename = "van")]
    pub of: i32,
}

/// A planned measurement that is missing or still to come.
#[derive(Debug, Serialize)]
pub struct PlannedMeasurement<'p> {
    pub indicator: &'p str,
    #[serde(rename = "dag")]
    pub day: Date,
    /// The number of days since then, if it can still be made up for.
    #[serde(rename = "dagen_te_laat")]
    pub days_late: Option<i32>,
    /// The number of earlier dates that were skipped.
    #[serde(rename = "overgeslagen")]
    pub skipped: usize,
}

/// An activity, or an action or material that has to be there by a day.
#[derive(Debug, Serialize)]
pub struct Work<'p> {
    /// The kind of milestone; `None` for an activity.
    #[serde(rename = "soort")]
    pub kind: Option<MilestoneKind>,
    pub id: &'p str,
    #[serde(rename = "naam")]
    pub name: String,
    /// What has to be done, where the plan says so.
    #[serde(rename = "actie")]
    pub action: Option<&'p str>,
    #[serde(rename = "eigenaar")]
    pub owners: Vec<&'p str>,
    pub start: Option<Date>,
    #[serde(rename = "einde")]
    pub end: Option<Date>,
    #[serde(rename = "stand")]
    pub state: WorkState,
    #[serde(rename = "dagen_te_laat")]
    pub days_late: Option<i32>,
    /// Whether it should have begun, rather than ended, that long ago.
    #[serde(rename = "niet_begonnen")]
    pub has_not_begun: bool,
}

/// A decision.
#[derive(Debug, Serialize)]
pub struct DecisionStanding<'p> {
    pub id: &'p str,
    /// The day on which it was taken, or has to be.
    #[serde(rename = "dag")]
    pub day: Option<Date>,
    #[serde(rename = "genomen")]
    pub is_taken: bool,
    #[serde(rename = "dagen_te_laat")]
    pub days_late: Option<i32>,
}

/// A phase that a group has reached.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct PhaseReached {
    #[serde(rename = "fase")]
    pub phase: Phase,
    /// The first day on which it had, if known.
    #[serde(rename = "dag")]
    pub date: Option<Date>,
}

/// Hours and costs that were planned up to a day: those of an activity are spread evenly over its days.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Planned {
    #[serde(rename = "uren")]
    pub hours: Number,
    /// Euros for those hours, as far as hourly rates are known.
    #[serde(rename = "loonkosten")]
    pub labour: Money,
    /// Euros for anything else in activities.
    #[serde(rename = "kosten")]
    pub expenses: Money,
    /// Whether the days of all activities with hours and the rates of all hours up to the day are known.
    #[serde(rename = "volledig")]
    pub is_complete: bool,
    /// Hours of which the days are not known.
    #[serde(rename = "uren_zonder_dag")]
    pub undated_hours: Number,
    /// Euros, other than for hours, of which the day is not known.
    #[serde(rename = "kosten_zonder_dag")]
    pub undated_expenses: Money,
}

impl<'p> Standing<'p> {
    /// The standing of a plan on a day.
    #[must_use]
    pub fn of(plan: &'p Plan, facts: &Facts<'p>, day: Date) -> Self {
        let goals = goals(plan, facts, day);
        let mut by_course: IndexMap<Course, usize> =
            Course::ALL.iter().map(|it| (*it, 0)).collect();
        for course in goals.values().filter_map(|goal| goal.course) {
            by_course[&course] += 1;
        }
        let (measurements, missing_measurements) = measurements(plan, facts, day);
        let activities: Vec<Work<'_>> = facts
            .activities
            .iter()
            .map(|(id, scheduled)| Work::of_activity(id, scheduled, day))
            .collect();
        let milestones = facts.milestones.iter();
        let milestones = milestones.filter(|it| is_action(it));
        let actions: Vec<Work<'_>> = milestones.map(|it| Work::of_action(it, day)).collect();
        let is_without_status = |it: &Scheduled<'_>| it.activity.status.is_missing();
        let decisions = decisions(plan, facts, day);
        Self {
            day,
            month: month(facts, day),
            goals,
            by_course,
            measurements,
            missing_measurements,
            has_no_status: !facts.activities.is_empty()
                && facts.activities.values().all(is_without_status),
            late: late(&activities, &actions, &decisions),
            activities: by_state(&activities),
            actions: by_state(&actions),
            work: on_the_agenda(activities.into_iter().chain(actions)),
            next_decision: decisions
                .iter()
                .find(|it| !it.is_taken && it.day.is_some_and(|when| when >= day))
                .map(|it| it.id),
            decisions,
            phases: phases(plan, day),
            planned: planned(facts, day),
            risks: facts.risks.clone(),
        }
    }
}

/// Whether something has to be done or made for a milestone. What is in place without that is no work.
fn is_action(milestone: &Milestone<'_>) -> bool {
    let has_action = milestone.is_open || milestone.action.is_some();
    match milestone.kind {
        MilestoneKind::Decision => false,
        MilestoneKind::Material => true,
        MilestoneKind::Precondition | MilestoneKind::Sustainment => has_action,
    }
}

/// How far ahead a steering meeting looks.
fn horizon(day: Date) -> Date {
    day.saturating_add(3.months())
}

/// The month of the implementation that a day is in.
fn month(facts: &Facts<'_>, day: Date) -> Option<Month> {
    let (start, end) = facts.start.zip(facts.end)?;
    let months = |day: Date| {
        let years = i32::from(day.year()) - i32::from(start.year());
        let months = i32::from(day.month()) - i32::from(start.month());
        years * 12 + months
    };
    // A plan of a year may end on its last day, or on the day a year after its start.
    let of = (months(end) + i32::from(end.day() > start.day())).max(1);
    let number = months(day) + i32::from(day.day() >= start.day());
    (start <= day && day <= end).then(|| Month {
        number: number.min(of),
        of,
    })
}

/// The progress of every goal, also of those without an indicator. A goal that is not reached by its term is behind, and one that
/// is reached or not is so by its last value.
fn goals<'p>(plan: &'p Plan, facts: &Facts<'p>, day: Date) -> IndexMap<&'p str, GoalProgress<'p>> {
    let mut measured = progress(plan, &facts.links, &facts.terms, facts.start, Some(day));
    let goals = plan.goals().iter();
    goals
        .map(|(id, goal)| {
            let mut it = measured.swap_remove(id).unwrap_or_else(|| GoalProgress {
                baseline: goal.baseline.given().map(AsRef::as_ref),
                value: None,
                date: None,
                target: goal.target.given().map(AsRef::as_ref),
                term: facts.terms.get(id).and_then(|term| term.ends),
                course: Some(Course::NotMeasured),
            });
            if it.target.and_then(Norm::of) == Some(Norm::YesNo) {
                it.course = it.course.or_else(|| answered(it.value?));
            }
            let has_ended = it.term.is_some_and(|term| term < day);
            if has_ended && matches!(it.course, Some(Course::OnTrack | Course::NotReached)) {
                it.course = Some(Course::Behind);
            }
            (id, it)
        })
        .collect()
}

/// The course of a goal that is reached or not.
fn answered(value: &str) -> Option<Course> {
    match value.trim().to_lowercase().as_str() {
        "ja" | "yes" => Some(Course::Reached),
        "nee" | "no" => Some(Course::NotReached),
        _ => None,
    }
}

/// The planned measurements to show, and the number of those that are missing.
fn measurements<'p>(
    plan: &'p Plan,
    facts: &Facts<'_>,
    day: Date,
) -> (Vec<PlannedMeasurement<'p>>, Option<usize>) {
    let Some(mut measured) = measured(plan) else {
        return (Vec::new(), None);
    };
    for of_indicator in measured.values_mut() {
        of_indicator.retain(|date, _| *date <= day);
    }
    let missed = missed_measurements(plan, facts, &measured, day);
    let missing = missed.iter().map(|(_, days)| days.len()).sum();
    let mut late = Vec::new();
    let mut ahead = Vec::new();
    for (indicator, days) in missed {
        let next = next_planned(plan, facts, indicator, &measured, day);
        if let Some(last) = days.last() {
            let is_made_up_for = measured
                .get(indicator)
                .is_some_and(|of_indicator| of_indicator.range(*last..).next().is_some());
            late.push(PlannedMeasurement {
                indicator,
                day: *last,
                days_late: (!is_made_up_for).then(|| days_between(*last, day)),
                skipped: days.len() - usize::from(!is_made_up_for),
            });
        }
        ahead.extend(next.map(|next| PlannedMeasurement {
            indicator,
            day: next,
            days_late: None,
            skipped: 0,
        }));
    }
    late.sort_by_key(|it| (it.days_late.is_none(), it.day));
    ahead.sort_by_key(|it| it.day);
    let first = ahead.first().map_or(day, |it| it.day);
    let last = horizon(day).max(first);
    ahead.retain(|it| it.day <= last);
    late.extend(ahead);
    let mut rhythms = plan
        .indicators()
        .iter()
        .filter_map(|(_, it)| it.when.given());
    let is_planned = rhythms.any(|when| when.first(facts.start, facts.end).is_some());
    (late, is_planned.then_some(missing))
}

/// The first date from a day on for which a measurement is planned.
fn next_planned(
    plan: &Plan,
    facts: &Facts<'_>,
    indicator: &str,
    measured: &HashMap<&str, Measured<'_>>,
    day: Date,
) -> Option<Date> {
    let when = plan.indicators().get(indicator)?.when.given()?;
    let planned = planned_days(when, facts, day, MOST_PLANNED);
    let is_measured = |next: &&Date| {
        let of_indicator = measured.get(indicator);
        of_indicator.is_some_and(|it| it.contains_key(*next))
    };
    planned
        .range(day..)
        .find(|next| !is_measured(next))
        .copied()
}

/// Limit on the dates of an indicator that are looked through for the next one.
const MOST_PLANNED: usize = 5_000;

impl<'p> Work<'p> {
    fn of_activity(id: &'p str, scheduled: &Scheduled<'p>, day: Date) -> Self {
        let late = scheduled.overdue(day);
        let (start, end) = (scheduled.start, scheduled.end);
        let state = match scheduled.activity.status {
            _ if late.is_some() => WorkState::Late,
            Answer::Given(ActivityStatus::Done) => WorkState::Done,
            Answer::Given(ActivityStatus::Ongoing) => WorkState::Ongoing,
            _ => ahead(start.or(end), day),
        };
        Self {
            kind: None,
            id,
            name: scheduled.name.to_owned(),
            action: None,
            owners: scheduled
                .activity
                .owners
                .all()
                .iter()
                .map(AsRef::as_ref)
                .collect(),
            start,
            end,
            state,
            days_late: late.map(|(_, passed)| days_between(passed, day)),
            has_not_begun: late.is_some_and(|(key, _)| key == "start"),
        }
    }

    fn of_action(milestone: &Milestone<'p>, day: Date) -> Self {
        let late = milestone.overdue(day);
        let state = match late {
            Some(_) => WorkState::Late,
            None if !milestone.is_open => WorkState::Done,
            None => ahead(milestone.day, day),
        };
        Self {
            kind: Some(milestone.kind),
            id: milestone.id,
            name: milestone.name.clone().into_owned(),
            action: milestone.action,
            owners: milestone.owners.clone(),
            start: None,
            end: milestone.day,
            state,
            days_late: late.map(|passed| days_between(passed, day)),
            has_not_begun: false,
        }
    }
}

/// The state of work that begins on a day, or has to be there by then.
fn ahead(begins: Option<Date>, day: Date) -> WorkState {
    match begins {
        None => WorkState::Undated,
        Some(begins) if begins <= horizon(day) => WorkState::Soon,
        Some(_) => WorkState::Later,
    }
}

fn by_state(work: &[Work<'_>]) -> IndexMap<WorkState, usize> {
    let mut counts: IndexMap<WorkState, usize> = WorkState::ALL.iter().map(|it| (*it, 0)).collect();
    for it in work {
        counts[&it.state] += 1;
    }
    counts
}

fn late(
    activities: &[Work<'_>],
    actions: &[Work<'_>],
    decisions: &[DecisionStanding<'_>],
) -> Option<Late> {
    let is_dated = |it: &Work<'_>| it.start.or(it.end).is_some();
    let is_known = activities.iter().chain(actions).any(is_dated)
        || decisions.iter().any(|it| it.day.is_some());
    let late = |work: &[Work<'_>]| work.iter().filter(|it| it.state == WorkState::Late).count();
    is_known.then(|| Late {
        activities: late(activities),
        actions: late(actions),
        decisions: decisions.iter().filter(|it| it.days_late.is_some()).count(),
    })
}

/// The work to discuss: what is late, under way, or soon to begin.
fn on_the_agenda<'p>(work: impl Iterator<Item = Work<'p>>) -> Vec<Work<'p>> {
    let is_shown = |it: &Work<'_>| {
        matches!(
            it.state,
            WorkState::Late | WorkState::Ongoing | WorkState::Soon
        )
    };
    let mut shown: Vec<Work<'_>> = work.filter(is_shown).collect();
    shown.sort_by_key(|it| (it.state, Reverse(it.days_late), it.start.or(it.end)));
    shown
}

fn decisions<'p>(plan: &'p Plan, facts: &Facts<'p>, day: Date) -> Vec<DecisionStanding<'p>> {
    let mut all: Vec<DecisionStanding<'_>> = plan
        .decisions()
        .iter()
        .map(|(id, decision)| {
            let when = facts.decisions.get(id).copied().flatten();
            let is_taken = decision.outcome.given().is_some() && !decision.is_open();
            let decided = decision.decided_on.given().map(|day| day.date());
            let passed = when.filter(|when| decision.is_open() && *when < day);
            DecisionStanding {
                id,
                day: if is_taken { decided.or(when) } else { when },
                is_taken,
                days_late: passed.map(|when| days_between(when, day)),
            }
        })
        .collect();
    all.sort_by_key(|it| (!it.is_taken, it.day.is_none(), it.day));
    all
}

fn phases(plan: &Plan, day: Date) -> IndexMap<&str, Vec<PhaseReached>> {
    let section = plan.progress.given();
    let reached = section.and_then(|section| section.phases.given());
    let mut phases: IndexMap<&str, BTreeMap<Phase, Option<Date>>> = IndexMap::new();
    for reached in reached.into_iter().flatten().filter_map(Answer::given) {
        let date = reached.date.given().map(|day| day.date());
        if let Some((group, phase)) = reached.group.given().zip(reached.phase.given())
            && date.is_none_or(|date| date <= day)
        {
            let of_group = phases.entry(group.as_str()).or_default();
            let first = of_group.entry(*phase).or_default();
            *first = [*first, date].into_iter().flatten().min();
        }
    }
    let up_to_last = |dates: BTreeMap<Phase, Option<Date>>| {
        let last = dates.keys().next_back().copied();
        let passed = Phase::ALL.iter().filter(|phase| Some(**phase) <= last);
        let reached = passed.map(|phase| PhaseReached {
            phase: *phase,
            date: dates.get(phase).copied().flatten(),
        });
        reached.collect()
    };
    let phases = phases.into_iter();
    phases
        .map(|(group, dates)| (group, up_to_last(dates)))
        .collect()
}

/// The hours and costs up to and including a day.
fn planned(facts: &Facts<'_>, day: Date) -> Option<Planned> {
    let costs = &facts.costs;
    let is_zero = |amount: Money| amount.euros().is_zero();
    if costs.hours.value().is_zero() && is_zero(costs.expenses) && is_zero(costs.other) {
        return None;
    }
    let [mut hours, mut labour, mut expenses] = [Decimal::ZERO; 3];
    let [mut undated_hours, mut undated_expenses] = [Decimal::ZERO, costs.other.euros()];
    let mut is_complete = true;
    for (id, cost) in &costs.activities {
        let days = facts.activities.get(id).and_then(Scheduled::days);
        let Some((first, last)) = days else {
            undated_hours += cost.hours.value();
            undated_expenses += cost.expenses.euros();
            continue;
        };
        let of = Decimal::from(days_between(first, last) + 1);
        let passed = Decimal::from((days_between(first, day.min(last)) + 1).max(0));
        let share = |amount: Decimal| amount.checked_mul(passed).map(|it| it / of);
        hours += share(cost.hours.value())?;
        labour += share(cost.labour.euros())?;
        expenses += share(cost.expenses.euros())?;
        is_complete &= cost.is_complete || passed.is_zero();
    }
    let cents = |amount: Decimal| {
        Money::from(amount.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero))
    };
    Some(Planned {
        hours: Number::from(hours.round_dp(0)),
        labour: cents(labour),
        expenses: cents(expenses),
        is_complete: is_complete && undated_hours.is_zero(),
        undated_hours: Number::from(undated_hours),
        undated_expenses: cents(undated_expenses),
    })
}
