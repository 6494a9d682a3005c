//! The rule about the order of the phases.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

use indexmap::IndexSet;
use jiff::civil::Date;

use super::activity_path;
use crate::facts::{Facts, Scheduled, UserGroup};
use crate::plan::strategies::Phase;
use crate::rules::check::{FindingSink, RuleContext};
use crate::rules::support::choice;
use crate::value::{Answer, Entries};

/// Phases build on each other (handreiking 7b): an activity meant to raise interest comes too late once the group has been
/// trained. A strategy that is used for several phases counts for the last one, and does not end a later phase for the phases
/// that it serves as well: a kick-off for orientation and acceptance does not make a training late.
pub(super) fn out_of_order(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let facts = ctx.facts;
    let lanes = Lanes::of(facts);
    let passed = passed(facts, &lanes);
    for (id, scheduled) in &facts.activities {
        // An activity with an unreadable status may be cancelled.
        let may_be_cancelled = matches!(scheduled.activity.status, Answer::Unreadable);
        let Some(start) = scheduled.start else {
            continue;
        };
        if scheduled.is_reversed() || may_be_cancelled {
            continue;
        }
        let first = lanes
            .of_activity(scheduled)
            .filter_map(|lane| passed.get(&lane))
            .min_by_key(|passed| passed.last_day);
        let Some(passed) = first.filter(|passed| start > passed.last_day) else {
            continue;
        };
        sink.report(activity_path(id).join("start"))
            .with("activiteit", scheduled.name)
            .with("groep", ctx.plan.groups().name(passed.group))
            .with("fase", choice(passed.phase))
            .with("latere", choice(passed.later))
            .with("begint", start)
            .with("voorbij", passed.last_day);
    }
}

/// A strategy as used for one user group; `None` means all groups that it is used for.
type Lane<'p> = (&'p str, Option<&'p str>);

/// The user groups that each strategy is used for.
struct Lanes<'p> {
    users: IndexSet<&'p str>,
    users_of_strategy: HashMap<&'p str, IndexSet<&'p str>>,
}

impl<'p> Lanes<'p> {
    fn of(facts: &Facts<'p>) -> Self {
        let mut users_of_strategy: HashMap<&str, IndexSet<&str>> = HashMap::new();
        for user in facts.professionals() {
            for strategy in user.strategies.values().flatten() {
                users_of_strategy
                    .entry(strategy.id)
                    .or_default()
                    .insert(user.id);
            }
        }
        Self {
            users: facts.professionals().map(|user| user.id).collect(),
            users_of_strategy,
        }
    }

    /// The lanes of an activity. If its hours name user groups, it is for those groups only; otherwise it is for all groups
    /// that its strategies are used for.
    fn of_activity(&self, scheduled: &Scheduled<'p>) -> impl Iterator<Item = Lane<'p>> {
        let effort = scheduled.activity.effort.given().into_iter();
        let named: IndexSet<&str> = effort
            .flat_map(Entries::ids)
            .filter_map(|id| self.users.get(id.as_str()).copied())
            .collect();
        let strategies = scheduled.activity.strategies.all().iter();
        let strategies: IndexSet<&str> = strategies.map(AsRef::as_ref).collect();
        strategies.into_iter().flat_map(move |strategy| {
            let groups = match self.users_of_strategy.get(strategy) {
                Some(_) if named.is_empty() => vec![None],
                Some(users) => common(users, &named).map(Some).collect(),
                None => Vec::new(),
            };
            groups.into_iter().map(move |group| (strategy, group))
        })
    }
}

/// The intersection, looked up by iterating over the smaller set.
fn common<'s, 'p>(
    one: &'s IndexSet<&'p str>,
    other: &'s IndexSet<&'p str>,
) -> impl Iterator<Item = &'p str> {
    let (few, many) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    few.intersection(many).copied()
}

/// The later phase of a group that ends first.
#[derive(Clone, Copy)]
struct Passed<'p> {
    last_day: Date,
    group: &'p str,
    phase: Phase,
    later: Phase,
}

/// The later phase that ends first, for each lane with a later phase that ends.
fn passed<'p>(facts: &Facts<'p>, lanes: &Lanes<'p>) -> HashMap<Lane<'p>, Passed<'p>> {
    let ends = ends(facts, lanes);
    let mut all: HashMap<Lane<'_>, Passed<'_>> = HashMap::new();
    for user in facts.professionals() {
        let over = phases_over(user, &ends);
        let spans = spans(user);
        let begins = |phase: Phase| {
            let strategies = user.strategies_for(phase);
            strategies.filter_map(|id| Some(spans.get(id)?.first)).min()
        };
        for (phase, strategies) in &user.strategies {
            let later = over
                .range((Bound::Excluded(*phase), Bound::Unbounded))
                .filter(|(later, _)| begins(**later) > Some(*phase))
                .min_by_key(|(_, last_day)| **last_day);
            let Some((later, last_day)) = later else {
                continue;
            };
            let passed = Passed {
                last_day: *last_day,
                group: user.id,
                phase: *phase,
                later: *later,
            };
            for lane in strategies
                .iter()
                .filter(|strategy| spans.get(strategy.id).is_some_and(|it| it.last == *phase))
                .flat_map(|strategy| [(strategy.id, Some(user.id)), (strategy.id, None)])
            {
                let first = all.entry(lane).or_insert(passed);
                if passed.last_day < first.last_day {
                    *first = passed;
                }
            }
        }
    }
    all
}

/// The first and last phase for which a strategy is used.
struct Span {
    first: Phase,
    last: Phase,
}

/// The phases of a group for which each strategy is used.
fn spans<'p>(group: &UserGroup<'p>) -> HashMap<&'p str, Span> {
    let mut spans: HashMap<&str, Span> = HashMap::new();
    for (phase, strategies) in &group.strategies {
        for strategy in strategies {
            let span = spans.entry(strategy.id).or_insert(Span {
                first: *phase,
                last: *phase,
            });
            span.first = span.first.min(*phase);
            span.last = span.last.max(*phase);
        }
    }
    spans
}

/// The last day of each lane. A lane with an activity whose end is unknown never ends.
fn ends<'p>(facts: &Facts<'p>, lanes: &Lanes<'p>) -> HashMap<Lane<'p>, Date> {
    let mut ends = HashMap::new();
    for scheduled in facts.activities.values() {
        let end = scheduled
            .end
            .filter(|_| !scheduled.is_reversed())
            .unwrap_or(Date::MAX);
        for lane in lanes.of_activity(scheduled) {
            let last = ends.entry(lane).or_insert(end);
            *last = end.max(*last);
        }
    }
    ends
}

/// The last day of each phase of a group that has activities.
fn phases_over(user: &UserGroup<'_>, ends: &HashMap<Lane<'_>, Date>) -> BTreeMap<Phase, Date> {
    let last_day = |strategy: &str| {
        ends.get(&(strategy, Some(user.id)))
            .max(ends.get(&(strategy, None)))
            .copied()
    };
    let over = |phase: Phase| user.strategies_for(phase).filter_map(last_day).max();
    user.strategies
        .keys()
        .filter_map(|phase| Some((*phase, over(*phase)?)))
        .collect()
}
