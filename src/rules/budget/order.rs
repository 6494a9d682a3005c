//! The rule about the order of activities.

use std::collections::HashMap;

use super::activity_path;
use super::cycles::{Cycle, Predecessors, cycles};
use crate::rules::check::{FindingSink, RuleContext};

/// An activity that builds on another cannot start before the other has ended (handreiking 12). Activities in a dependency
/// cycle have no order at all, which is one finding for the whole cycle.
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
                (!other.is_reversed()).then_some((other.end?, other.name))
            });
        let last = ends.max_by_key(|(end, _)| *end);
        if let Some((end, predecessor)) = last.filter(|(end, _)| start < *end) {
            sink.report(activity_path(id).join("start"))
                .with("activiteit", scheduled.name)
                .with("begint", start)
                .with("voorganger", predecessor)
                .with("eindigt", end);
        }
    }
}

/// The predecessors of each activity, except cancelled and unknown ones.
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
