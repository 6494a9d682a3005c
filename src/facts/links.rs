//! Reverse references: from a barrier to the strategies aimed at it, from a goal to its indicators, and so on.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::Scheduled;
use crate::plan::Plan;
use crate::value::Entries;

/// From an id to the ids of the things that refer to it, in the author's order.
pub type Pointers<'p> = HashMap<&'p str, Vec<&'p str>>;

/// The reverse references of a plan. Cancelled activities and evaluation questions without a text do not count.
#[derive(Debug, Default)]
pub struct Links<'p> {
    pub strategies_of_barrier: Pointers<'p>,
    pub activities_of_strategy: Pointers<'p>,
    /// From a strategy to the messages of the communication plan that carry it out.
    pub messages_of_strategy: Pointers<'p>,
    pub goals_of_group: Pointers<'p>,
    pub factors_of_group: Pointers<'p>,
    pub indicators_of_goal: Pointers<'p>,
    pub questions_of_goal: Pointers<'p>,
    pub questions_of_barrier: Pointers<'p>,
    pub messages_of_group: Pointers<'p>,
    /// From a group to the team roles that represent it. A role with the id of a group stands for that group.
    pub roles_of_group: Pointers<'p>,
    /// From a group or role to the activities that require hours from it.
    pub activities_of_party: Pointers<'p>,
}

impl<'p> Links<'p> {
    pub(super) fn of(plan: &'p Plan, activities: &IndexMap<&'p str, Scheduled<'p>>) -> Self {
        let activities = || activities.iter().map(|(id, it)| (*id, it.activity));
        let questions = || {
            let questions = plan.questions().iter();
            questions.filter(|(_, question)| !question.text.is_missing())
        };
        Self {
            strategies_of_barrier: reverse(plan.strategies().iter(), |it| it.barriers.all()),
            activities_of_strategy: reverse(activities(), |it| it.strategies.all()),
            messages_of_strategy: reverse(plan.messages().iter(), |it| it.strategies.all()),
            goals_of_group: reverse(plan.goals().iter(), |it| it.group.given()),
            factors_of_group: reverse(plan.factors().iter(), |it| it.group.given()),
            indicators_of_goal: reverse(plan.indicators().iter(), |it| it.goal.given()),
            questions_of_goal: reverse(questions(), |it| it.goals.all()),
            questions_of_barrier: reverse(questions(), |it| it.barriers.all()),
            messages_of_group: reverse(plan.messages().iter(), |it| it.groups.all()),
            roles_of_group: roles_of_group(plan),
            activities_of_party: reverse(activities(), |it| {
                it.effort.given().into_iter().flat_map(Entries::ids)
            }),
        }
    }
}

fn roles_of_group(plan: &Plan) -> Pointers<'_> {
    let mut roles = reverse(plan.roles().iter(), |it| it.represents.all());
    for id in plan.roles().ids() {
        let of_group = roles.entry(id).or_default();
        if !of_group.contains(&id) {
            of_group.push(id);
        }
    }
    roles
}

/// Collects the ids of things by the ids they refer to.
fn reverse<'p, T: 'p, I, R>(
    things: impl Iterator<Item = (&'p str, &'p T)>,
    references: impl Fn(&'p T) -> I,
) -> Pointers<'p>
where
    I: IntoIterator<Item = &'p R>,
    R: AsRef<str> + 'p,
{
    let mut pointers = Pointers::new();
    for (from, thing) in things {
        for reference in references(thing) {
            let sources = pointers.entry(reference.as_ref()).or_default();
            // An id that is listed twice counts once.
            if sources.last() != Some(&from) {
                sources.push(from);
            }
        }
    }
    pointers
}

/// The ids of the things that refer to `id`.
pub fn pointing_at<'l, 'p>(pointers: &'l Pointers<'p>, id: &str) -> &'l [&'p str] {
    pointers.get(id).map_or(&[], Vec::as_slice)
}
