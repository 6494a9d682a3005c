//! The rule about the order of activities.

use std::collections::HashMap;

use super::activity_path;
use super::cycles::{Cycle, Predecessors, cycles};
use crate::facts::Scheduled;
use crate::rules::check::{FindingSink, RuleContext};

/// An activity that builds on another cannot start before the other has ended (handreiking 12). Activities in a dependency
/// cycle have no order at all, which is one finding for the whole cycle. A decision ends on its own day, and has no predecessors,
/// so that it is in no cycle.
pub(super) fn before_predecessor(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let activities = &ctx.facts.activities;
    let predecessors = predecessors(ctx);
    let cycles = cycles(&predecessors);
    for cycle in &cycles {
        report(cycle, ctx, sink);
    }
    let members = cycles.iter().enumerate();
    let cycle_of: HashMap<&str, usize> = members
        .flat_map(|(nr, cycle)| cycle.members.iter().map(move |id| (*id, nr)))
        .collect();
    let in_same_cycle = |id: &str, other: &str| {
        let cycle = cycle_of.get(id);
        cycle.is_some() && cycle == cycle_of.get(other)
    };
    for (id, scheduled) in activities {
        let Some(start) = scheduled.start else {
            continue;
        };
        let ends = predecessors
            .get(id)
            .into_iter()
            .flatten()
            .filter(|other| !in_same_cycle(id, other))
            .filter_map(|other| {
                let other = activities.get(*other)?;
                (!other.is_reversed()).then_some((other.end?, Predecessor::Activity(other.name)))
            });
        let days = decisions_before(ctx, scheduled)
            .filter_map(|id| Some(((*ctx.facts.decisions.get(id)?)?, Predecessor::Decision(id))));
        let last = ends.chain(days).max_by_key(|(end, _)| *end);
        let Some((end, predecessor)) = last.filter(|(end, _)| start < *end) else {
            continue;
        };
        let finding = sink
            .report(activity_path(id).join("start"))
            .with("activiteit", scheduled.name)
            .with("begint", start);
        match predecessor {
            Predecessor::Activity(name) => finding.with("voorganger", name).with("eindigt", end),
            Predecessor::Decision(id) => finding
                .with("beslismoment", ctx.plan.decisions().name(id))
                .with("wanneer", end),
        };
    }
}

/// What an activity comes after.
enum Predecessor<'p> {
    /// The activity of that name.
    Activity(&'p str),
    /// The decision with that id.
    Decision(&'p str),
}

/// The ids of the decisions that an activity comes after. An id that is an activity as well is that activity.
fn decisions_before<'p>(
    ctx: &RuleContext<'p>,
    scheduled: &Scheduled<'p>,
) -> impl Iterator<Item = &'p str> {
    let (plan, after) = (ctx.plan, scheduled.activity.after.all());
    let ids = after.iter().map(AsRef::as_ref);
    ids.filter(|id: &&str| !plan.activities().contains(id))
}

/// The activities that each activity comes after, except cancelled and unknown ones.
fn predecessors<'p>(ctx: &RuleContext<'p>) -> Predecessors<'p> {
    let activities = &ctx.facts.activities;
    let predecessors = activities.iter().map(|(id, scheduled)| {
        let after = scheduled.activity.after.all().iter().map(AsRef::as_ref);
        (
            *id,
            after.filter(|id| activities.contains_key(id)).collect(),
        )
    });
    predecessors.collect()
}

fn report(cycle: &Cycle<'_>, ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(first) = cycle.path.first() else {
        return;
    };
    let activities = cycle
        .path
        .iter()
        .filter_map(|id| ctx.facts.activities.get(id));
    let names = activities.map(|scheduled| scheduled.name.to_owned());
    sink.report(activity_path(first).join("na"))
        .with("ring", names.collect::<Vec<_>>());
}
