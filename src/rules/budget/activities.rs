//! The rules about each activity by itself: what it asks, its days, its owner.

use jiff::civil::Date;

use super::activity_path;
use crate::facts::{Facts, Scheduled};
use crate::plan::Plan;
use crate::plan::sustainment::Sustainment;
use crate::rules::check::{FindingSink, RuleContext};
use crate::value::path;
use crate::value::path::Path;
use crate::value::{Answer, Moment, plain_words};

/// `activiteiten-ontbreken`: the planning gives the activities per user group (handreiking 12).
pub(super) fn none(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(budget) = ctx.plan.budget.given() else {
        return;
    };
    if budget.activities.is_missing() {
        sink.report(path!["planning_en_budget"]);
    }
}

/// `activiteit-zonder-uren`: what asks no time and no money can be neither agreed nor paid (handreiking 12).
pub(super) fn without_effort(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, scheduled) in &ctx.facts.activities {
        if scheduled.activity.effort.is_missing() && scheduled.activity.expenses.is_missing() {
            sink.report(activity_path(id))
                .with("activiteit", scheduled.name);
        }
    }
}

/// `activiteit-zonder-datum`: without days there is no planning (handreiking 12).
pub(super) fn without_days(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, scheduled) in &ctx.facts.activities {
        let days = [
            ("start", scheduled.activity.start.is_missing()),
            ("einde", scheduled.activity.end.is_missing()),
        ];
        let missing: Vec<String> = days
            .into_iter()
            .filter(|(_, is_missing)| *is_missing)
            .map(|(key, _)| key.to_owned())
            .collect();
        if !missing.is_empty() {
            sink.report(activity_path(id))
                .with("activiteit", scheduled.name)
                .with("ontbreekt", missing);
        }
    }
}

/// `einde-voor-start`: such days are a slip of the pen, and the hours cannot be spread over them (handreiking 12).
pub(super) fn ends_before_start(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, scheduled) in ctx
        .facts
        .activities
        .iter()
        .filter(|(_, scheduled)| scheduled.is_reversed())
    {
        let finding = sink
            .report(activity_path(id).join("einde"))
            .with("activiteit", scheduled.name);
        if let Some((start, end)) = scheduled.start.zip(scheduled.end) {
            finding.with("start", start).with("einde", end);
        }
    }
}

/// `activiteit-buiten-looptijd`: outside the run of the plan nobody has planned to work on it (handreiking 12). One finding
/// per activity.
pub(super) fn outside_runtime(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, scheduled) in &ctx.facts.activities {
        if let Some((key, day, (limit, limit_day))) = outside(scheduled, ctx.facts) {
            sink.report(activity_path(id).join(key))
                .with("activiteit", scheduled.name)
                .with("dag", day)
                .with(limit, limit_day);
        }
    }
}

/// The day of an activity that lies outside the run of the plan, by key, and the limit that it passes. Of days in the wrong
/// order nobody can say which is meant, and they have their own finding.
fn outside(
    scheduled: &Scheduled<'_>,
    facts: &Facts<'_>,
) -> Option<(&'static str, Date, (&'static str, Date))> {
    let later =
        |day: Option<Date>, than: Option<Date>| day.zip(than).filter(|(day, than)| day > than);
    if let Some((start, day)) = later(facts.start, scheduled.start) {
        return Some(("start", day, ("planstart", start)));
    }
    if scheduled.is_reversed() {
        return None;
    }
    let (key, (day, end)) = match later(scheduled.end, facts.end) {
        Some(days) => ("einde", days),
        None => ("start", later(scheduled.start, facts.end)?),
    };
    Some((key, day, ("planeinde", end)))
}

/// `activiteit-zonder-eigenaar`: what is nobody's is not done.
pub(super) fn without_owner(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, scheduled) in &ctx.facts.activities {
        if scheduled.activity.owners.is_missing() {
            sink.report(activity_path(id))
                .with("activiteit", scheduled.name);
        }
    }
}

/// `actie-buiten-planning`: when the implementation is over, nobody looks any more whether an action was done.
pub(super) fn action_after_end(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(end) = ctx.facts.end else { return };
    for (path, name, due) in actions(ctx.plan) {
        if let Some(day) = due
            .given()
            .and_then(|due| due.date(ctx.facts.start))
            .filter(|day| *day > end)
        {
            sink.report(path.join("gereed"))
                .with("actie", name)
                .with("gereed", day)
                .with("planeinde", end);
        }
    }
}

/// Where each thing stands that may have an action, what it is called, and when its action is done.
fn actions(plan: &Plan) -> impl Iterator<Item = (Path, String, &Answer<Moment>)> {
    let conditions = plan.conditions();
    let of_conditions = conditions.iter().map(move |(id, condition)| {
        (
            path!["randvoorwaarden", "voorwaarden", id],
            conditions.name(id),
            &condition.due,
        )
    });
    let points = plan
        .sustainment
        .given()
        .into_iter()
        .flat_map(Sustainment::points);
    let of_points = points.filter_map(|(key, point)| {
        Some((path!["borging", key], plain_words(key), &point.given()?.due))
    });
    let own = plan.own_points();
    let of_own_points = own.iter().map(move |(id, point)| {
        (
            path!["borging", "eigen_punten", id],
            own.name(id),
            &point.due,
        )
    });
    of_conditions.chain(of_points).chain(of_own_points)
}
