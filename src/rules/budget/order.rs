//! The rule about what comes after what.

use std::collections::HashMap;

use super::activity_path;
use super::rings::{After, Ring, rings};
use crate::rules::check::{FindingSink, RuleContext};

/// `activiteit-voor-voorganger`: what builds on another activity cannot start before that has ended (handreiking 12).
/// Activities in a ring have no order at all, which is one finding about all of them.
pub(super) fn before_predecessor(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let activities = &ctx.facts.activities;
    let after = after(ctx);
    let rings = rings(&after);
    for ring in &rings {
        report(ring, ctx, sink);
    }
    let ring_of: HashMap<&str, usize> = rings
        .iter()
        .enumerate()
        .flat_map(|(nr, ring)| ring.members.iter().map(move |id| (*id, nr)))
        .collect();
    let in_one_ring = |id: &str, other: &str| {
        ring_of
            .get(id)
            .is_some_and(|ring| ring_of.get(other) == Some(ring))
    };
    for (id, predecessors) in &after {
        let Some(scheduled) = activities.get(id) else {
            continue;
        };
        let Some(start) = scheduled.start else {
            continue;
        };
        let ends = predecessors
            .iter()
            .filter(|other| !in_one_ring(id, other))
            .filter_map(|other| {
                let predecessor = activities
                    .get(*other)
                    .filter(|predecessor| !predecessor.is_reversed())?;
                Some((predecessor.end?, predecessor.name))
            });
        let Some((end, predecessor)) = ends
            .max_by_key(|(end, _)| *end)
            .filter(|(end, _)| start < *end)
        else {
            continue;
        };
        sink.report(activity_path(id).join("start"))
            .with("activiteit", scheduled.name)
            .with("begint", start)
            .with("voorganger", predecessor)
            .with("eindigt", end);
    }
}

/// What each activity comes after, as far as that is an activity that goes on.
fn after<'p>(ctx: &RuleContext<'p>) -> After<'p> {
    let activities = &ctx.facts.activities;
    let predecessors = |named: &'p [crate::value::ActivityRef]| {
        named
            .iter()
            .map(AsRef::as_ref)
            .filter(|id| activities.contains_key(id))
            .collect()
    };
    activities
        .iter()
        .map(|(id, scheduled)| (*id, predecessors(scheduled.activity.after.all())))
        .collect()
}

fn report(ring: &Ring<'_>, ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(first) = ring.round.first() else {
        return;
    };
    let names = ring
        .round
        .iter()
        .filter_map(|id| ctx.facts.activities.get(id));
    let names: Vec<String> = names.map(|scheduled| scheduled.name.to_owned()).collect();
    sink.report(activity_path(first).join("na"))
        .with("ring", names);
}
