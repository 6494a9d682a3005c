//! The rules about people's time: who is asked for it, how much they have, whether they agreed.

use std::collections::HashSet;

use indexmap::IndexSet;

use super::{is_party, party_name};
use crate::facts::UserGroup;
use crate::finding::Argument;
use crate::plan::budget::Effort;
use crate::rules::check::{FindingSink, RuleContext};
use crate::value::path;
use crate::value::{Answer, Entries, GroupOrRoleRef};

/// `gebruiker-zonder-activiteit`: the planning gives the activities and hours of each user group (handreiking 12).
pub(super) fn user_without_activity(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if ctx.plan.activities().is_empty() || !efforts_are_known(ctx) {
        return;
    }
    let asked = asked(ctx);
    for user in ctx
        .facts
        .professionals()
        .filter(|user| !asked.contains(user.id))
    {
        sink.report(path!["gebruikers", user.id])
            .with("groep", user.name.as_str());
    }
}

/// Whether all efforts could be read, of groups and roles that exist. For whom the others were meant is not known, and
/// they have their own finding.
fn efforts_are_known(ctx: &RuleContext<'_>) -> bool {
    let activities = ctx.plan.activities();
    let all_readable = activities.ids().all(|id| {
        activities
            .get(id)
            .is_some_and(|activity| !matches!(activity.effort, Answer::Unreadable))
    });
    all_readable
        && ctx
            .facts
            .links
            .activities_of_party
            .keys()
            .all(|party| is_party(ctx.plan, party))
}

/// The groups and roles that some activity asks time of, in the author's order.
pub(super) fn asked<'p>(ctx: &RuleContext<'p>) -> IndexSet<&'p str> {
    let efforts = ctx
        .facts
        .activities
        .values()
        .filter_map(|scheduled| scheduled.activity.effort.given());
    let asking = |effort: &'p Entries<GroupOrRoleRef, Effort>| {
        let asks_time = |id: &&str| effort.get(id).is_none_or(Effort::asks_time);
        effort.ids().map(AsRef::as_ref).filter(asks_time)
    };
    efforts.flat_map(asking).collect()
}

/// `te-veel-uren`: that an implementation takes more time than people have is the first pitfall that the handreiking names.
pub(super) fn overload(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (party, load) in ctx
        .facts
        .loads
        .iter()
        .filter(|(party, _)| is_party(ctx.plan, party))
    {
        let (Some(available), Some(overload)) = (load.available, &load.overload) else {
            continue;
        };
        let activities = overload
            .activities
            .iter()
            .filter_map(|id| ctx.facts.activities.get(id));
        sink.report(path!["planning_en_budget", "beschikbaar", *party])
            .with("groep", party_name(ctx.plan, party))
            .with("week", overload.monday)
            .with("uren", Argument::Hours(overload.hours.value()))
            .with("beschikbaar", Argument::Hours(available.value()))
            .with(
                "activiteiten",
                activities
                    .map(|scheduled| scheduled.name.to_owned())
                    .collect::<Vec<_>>(),
            );
    }
}

/// `beschikbare-uren-onbekend`: whether the hours fit can be told only when it is known how many there are.
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
        sink.report(path!["gebruikers", user.id])
            .with("groep", user.name.as_str());
    }
}

/// `uren-niet-afgestemd`: whether an estimate of hours is realistic, the group itself knows best (handreiking 12).
pub(super) fn not_agreed(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(budget) = ctx.plan.budget.given() else {
        return;
    };
    let agreed: HashSet<&str> = budget.agreed_with.all().iter().map(AsRef::as_ref).collect();
    if !budget.agreed_with.is_whole() || !agreed.iter().all(|id| is_party(ctx.plan, id)) {
        return;
    }
    for user in users_with_hours(ctx).filter(|user| !agreed.contains(user.id)) {
        sink.report(path!["gebruikers", user.id])
            .with("groep", user.name.as_str());
    }
}

fn users_with_hours<'w>(ctx: &'w RuleContext<'_>) -> impl Iterator<Item = &'w UserGroup<'w>> {
    let asked = asked(ctx);
    ctx.facts
        .professionals()
        .filter(move |user| asked.contains(user.id))
}
