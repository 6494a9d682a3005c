//! Rules about people's time: the hours that activities require, those available, and whether people agreed to them.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::is_party;
use crate::facts::UserGroup;
use crate::finding::Argument;
use crate::plan::budget::{Activity, Effort};
use crate::rules::check::{FindingSink, RuleContext};
use crate::value::path;
use crate::value::{Answer, Entries, GroupOrRoleRef};

/// The planning gives the activities and hours of each user group (handreiking 12).
pub(super) fn user_without_activity(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if ctx.plan.activities().is_empty() || !efforts_are_known(ctx) {
        return;
    }
    let parties = parties_with_hours(ctx);
    let users = ctx.facts.professionals();
    for user in users.filter(|user| !parties.contains(user.id)) {
        sink.report_user(user);
    }
}

/// Whether all efforts are readable and belong to existing groups and roles. Others may be meant for any group, and have
/// their own finding.
fn efforts_are_known(ctx: &RuleContext<'_>) -> bool {
    let activities = ctx.plan.activities();
    let is_readable = |activity: &Activity| !matches!(activity.effort, Answer::Unreadable);
    let mut parties = ctx.facts.links.activities_of_party.keys();
    activities.is_whole()
        && activities.iter().all(|(_, activity)| is_readable(activity))
        && parties.all(|party| is_party(ctx.plan, party))
}

/// The groups and roles that spend hours on some activity, in the author's order.
pub(super) fn parties_with_hours<'p>(ctx: &RuleContext<'p>) -> IndexSet<&'p str> {
    let efforts = ctx
        .facts
        .activities
        .values()
        .filter_map(|scheduled| scheduled.activity.effort.given());
    let with_hours = |effort: &'p Entries<GroupOrRoleRef, Effort>| {
        let has_hours = |id: &&str| effort.get(id).is_none_or(Effort::may_need_time);
        effort.ids().map(AsRef::as_ref).filter(has_hours)
    };
    efforts.flat_map(with_hours).collect()
}

/// The hours must fit the time that people have: too little time is the first pitfall in the handreiking.
pub(super) fn overload(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let loads = ctx.facts.loads.iter();
    for (party, load) in loads.filter(|(party, _)| is_party(ctx.plan, party)) {
        let (Some(available), Some(overload)) = (load.available, &load.overload) else {
            continue;
        };
        let activities = overload.activities.iter();
        let names = activities
            .filter_map(|id| ctx.facts.activities.get(id))
            .map(|scheduled| scheduled.name.to_owned());
        sink.report(path!["planning_en_budget", "beschikbaar", *party])
            .with("groep", ctx.plan.party_name(party))
            .with("week", overload.monday)
            .with("uren", Argument::Hours(overload.hours.value()))
            .with("beschikbaar", Argument::Hours(available.value()))
            .with("activiteiten", names.collect::<Vec<_>>());
    }
}

/// Only if the available hours are known can one see whether the required hours fit.
pub(super) fn availability_unknown(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(budget) = ctx.plan.budget.given() else {
        return;
    };
    let available = match &budget.availability {
        Answer::Given(available) if available.ids().all(|id| is_party(ctx.plan, id.as_ref())) => {
            Some(available)
        }
        Answer::Missing => None,
        Answer::Given(_) | Answer::Unreadable => return,
    };
    let is_known = |id: &str| {
        available.is_some_and(|available| {
            available.contains(id)
                && available
                    .get(id)
                    .is_none_or(|available| !available.hours_per_week.is_missing())
        })
    };
    for user in users_with_hours(ctx).filter(|user| !is_known(user.id)) {
        sink.report_user(user);
    }
}

/// Hours should be agreed with the group: it knows best whether an estimate is realistic (handreiking 12).
pub(super) fn not_agreed(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(budget) = ctx.plan.budget.given() else {
        return;
    };
    let agreed: HashSet<&str> = budget.agreed_with.all().iter().map(AsRef::as_ref).collect();
    if !budget.agreed_with.is_whole() || !agreed.iter().all(|id| is_party(ctx.plan, id)) {
        return;
    }
    for user in users_with_hours(ctx).filter(|user| !agreed.contains(user.id)) {
        sink.report_user(user);
    }
}

fn users_with_hours<'w>(ctx: &'w RuleContext<'_>) -> impl Iterator<Item = &'w UserGroup<'w>> {
    let parties = parties_with_hours(ctx);
    let users = ctx.facts.professionals();
    users.filter(move |user| parties.contains(user.id))
}
