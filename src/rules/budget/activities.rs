//! Rules about single activities: their effort, dates and owner.

use jiff::civil::Date;

use super::activity_path;
use crate::facts::{Facts, Scheduled};
use crate::rules::check::{FindingSink, RuleContext};
use crate::rules::support::{argument_of, missing};
use crate::value::path;
use crate::value::{Answer, Moment};

/// The planning lists the activities per user group (handreiking 12).
pub(super) fn none(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let budget = ctx.plan.budget.given();
    if budget.is_some_and(|budget| budget.activities.is_missing()) {
        sink.report(path!["planning_en_budget"]);
    }
}

/// An activity needs hours or costs: otherwise there is nothing to agree on or to pay for (handreiking 12).
pub(super) fn without_effort(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, scheduled) in &ctx.facts.activities {
        if scheduled.activity.takes_nothing() {
            sink.report(activity_path(id))
                .with("activiteit", scheduled.name);
        }
    }
}

/// An activity needs dates: without them there is no planning (handreiking 12).
pub(super) fn without_days(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, scheduled) in &ctx.facts.activities {
        if let Some(missing) = missing(&[
            ("start", scheduled.activity.start.is_missing()),
            ("einde", scheduled.activity.end.is_missing()),
        ]) {
            sink.report(activity_path(id))
                .with("activiteit", scheduled.name)
                .with("ontbreekt", missing);
        }
    }
}

/// Dates in reverse order are a typo, and the hours cannot be spread over them (handreiking 12).
pub(super) fn ends_before_start(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let activities = ctx.facts.activities.iter();
    for (id, scheduled) in activities.filter(|(_, scheduled)| scheduled.is_reversed()) {
        let finding = sink
            .report(activity_path(id).join("einde"))
            .with("activiteit", scheduled.name);
        if let Some((start, end)) = scheduled.start.zip(scheduled.end) {
            finding.with("start", start).with("einde", end);
        }
    }
    let stages = ctx.facts.stages.iter();
    for (id, days) in stages.filter(|(_, days)| days.is_reversed()) {
        if let Some((start, end)) = days.start.zip(days.end) {
            sink.report(path!["planning_en_budget", "etappes", *id, "einde"])
                .with("activiteit", ctx.plan.stages().name(id))
                .with("start", start)
                .with("einde", end);
        }
    }
}

/// Activities fall within the plan's duration: outside it, nobody expects to work on them (handreiking 12). Preparation that is
/// done before the plan starts is part of it. Reports at most one finding per activity.
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

/// The key and date by which an activity falls outside the plan, and the limit that the date exceeds. Reversed dates are
/// not compared with the end of the plan: which of the two is wrong is unknown, and they have their own finding.
fn outside(
    scheduled: &Scheduled<'_>,
    facts: &Facts<'_>,
) -> Option<(&'static str, Date, (&'static str, Date))> {
    let early = |(start, day): &(Date, Date)| day < start;
    if let Some((start, day)) = facts.start.zip(scheduled.start).filter(early) {
        let is_preparation = scheduled.end.is_none_or(|end| end < start);
        return (!is_preparation).then_some(("start", day, ("planstart", start)));
    }
    if scheduled.is_reversed() {
        return None;
    }
    let end = facts.end?;
    let overrun = |moment: &Answer<Moment>| moment.given()?.overrun(facts.start, end);
    let (key, day) = match overrun(&scheduled.activity.end) {
        Some(day) => ("einde", day),
        None => ("start", overrun(&scheduled.activity.start)?),
    };
    Some((key, day, ("planeinde", end)))
}

/// An activity without an owner is not carried out.
pub(super) fn without_owner(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, scheduled) in &ctx.facts.activities {
        if scheduled.activity.owners.is_missing() {
            sink.report(activity_path(id))
                .with("activiteit", scheduled.name);
        }
    }
}

/// Actions and materials must be due, decisions taken and stages over by the end of the plan: after the implementation, nobody
/// checks whether they were done.
pub(super) fn action_after_end(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(end) = ctx.facts.end else { return };
    let milestones = ctx.facts.milestones.iter();
    for milestone in milestones {
        let due = milestone.due.given();
        if let Some(day) = due.and_then(|due| due.overrun(ctx.facts.start, end)) {
            sink.report(milestone.path.join(milestone.day_key))
                .with(argument_of(milestone), milestone.name.as_ref())
                .with("gereed", day)
                .with("planeinde", end);
        }
    }
    let is_late = |day: Date| day > end;
    for (id, days) in &ctx.facts.stages {
        if let Some(day) = days.end.filter(|day| is_late(*day) && !days.is_reversed()) {
            sink.report(path!["planning_en_budget", "etappes", *id, "einde"])
                .with("etappe", ctx.plan.stages().name(id))
                .with("gereed", day)
                .with("planeinde", end);
        }
    }
}
