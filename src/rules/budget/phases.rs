//! The rule about the order of the phases.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

use indexmap::IndexSet;
use jiff::civil::Date;

use super::activity_path;
use crate::facts::{Facts, Scheduled, UserGroup};
use crate::finding::Argument;
use crate::plan::strategies::Phase;
use crate::rules::check::{FindingSink, RuleContext};
use crate::value::{Answer, Choice, Entries};

/// `fase-te-laat`: phases build on each other (handreiking 7b). What should make a group curious comes too late when the
/// group has been trained already.
pub(super) fn out_of_order(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let facts = ctx.facts;
    let lanes = Lanes::of(facts);
    let passed = passed(facts, &lanes);
    for (id, scheduled) in facts
        .activities
        .iter()
        .filter(|(_, scheduled)| !scheduled.is_reversed())
    {
        // An activity of which the status cannot be read may be cancelled.
        if matches!(scheduled.activity.status, Answer::Unreadable) {
            continue;
        }
        let Some(start) = scheduled.start else {
            continue;
        };
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
            .with(
                "fase",
                Argument::Choice(Phase::KIND, passed.phase.name().to_owned()),
            )
            .with(
                "latere",
                Argument::Choice(Phase::KIND, passed.later.name().to_owned()),
            )
            .with("begint", start)
            .with("voorbij", passed.last_day);
    }
}

/// A strategy as it is used for one user group, or for every group that it is meant for.
type Lane<'p> = (&'p str, Option<&'p str>);

/// For which user groups each strategy is used.
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

    /// The lanes that an activity works in. When its hours name user groups it is theirs only, else it is for every group
    /// that its strategies are used for.
    fn of_activity(&self, scheduled: &Scheduled<'p>) -> impl Iterator<Item = Lane<'p>> {
        let asked = scheduled
            .activity
            .effort
            .given()
            .into_iter()
            .flat_map(Entries::ids);
        let asked: IndexSet<&str> = asked
            .filter_map(|id| self.users.get(id.as_str()).copied())
            .collect();
        let strategies: IndexSet<&str> = scheduled
            .activity
            .strategies
            .all()
            .iter()
            .map(AsRef::as_ref)
            .collect();
        strategies.into_iter().flat_map(move |strategy| {
            let groups = match self.users_of_strategy.get(strategy) {
                Some(_) if asked.is_empty() => vec![None],
                Some(users) => common(users, &asked).map(Some).collect(),
                None => Vec::new(),
            };
            groups.into_iter().map(move |group| (strategy, group))
        })
    }
}

/// What is in both, found by way of the smaller.
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

/// The first of the later phases of a group to be over.
#[derive(Clone, Copy)]
struct Passed<'p> {
    last_day: Date,
    group: &'p str,
    phase: Phase,
    later: Phase,
}

/// For each lane of which a later phase is over some day: the first of those days.
fn passed<'p>(facts: &Facts<'p>, lanes: &Lanes<'p>) -> HashMap<Lane<'p>, Passed<'p>> {
    let ends = ends(facts, lanes);
    let mut all: HashMap<Lane<'_>, Passed<'_>> = HashMap::new();
    for user in facts.professionals() {
        let over = phases_over(user, &ends);
        for (phase, strategies) in &user.strategies {
            let later = over
                .range((Bound::Excluded(*phase), Bound::Unbounded))
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

/// The last day of each lane. A lane with an activity of which the end is not known is never over.
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

/// The last day of each phase of a group, as far as there are activities for it.
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
