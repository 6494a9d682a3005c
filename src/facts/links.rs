//! Who points at what, turned around: from a barrier to the strategies aimed at it, from a goal to its indicators.

use std::collections::HashMap;

use crate::plan::Plan;
use crate::plan::budget::ActivityStatus;

/// From an id to the ids of the things that point at it, in the author's order.
pub type Pointers<'p> = HashMap<&'p str, Vec<&'p str>>;

/// Who points at what, turned around.
#[derive(Debug, Default)]
pub struct Links<'p> {
    /// From a barrier to the strategies that are aimed at it.
    pub strategies_of_barrier: Pointers<'p>,
    /// From a strategy to the activities, not cancelled, that carry it out.
    pub activities_of_strategy: Pointers<'p>,
    /// From a group to its goals.
    pub goals_of_group: Pointers<'p>,
    /// From a group to the factors that were found in it.
    pub factors_of_group: Pointers<'p>,
    /// From a goal to its indicators.
    pub indicators_of_goal: Pointers<'p>,
    /// From a goal to the evaluation questions that cover it.
    pub questions_of_goal: Pointers<'p>,
    /// From a barrier to the evaluation questions that cover it.
    pub questions_of_barrier: Pointers<'p>,
    /// From a group to the messages that reach it.
    pub messages_of_group: Pointers<'p>,
    /// From a group to the team roles that represent it.
    pub roles_of_group: Pointers<'p>,
    /// From a group or role to the activities, not cancelled, that ask hours of it.
    pub activities_of_party: Pointers<'p>,
}

impl<'p> Links<'p> {
    pub(super) fn of(plan: &'p Plan) -> Self {
        let strategies = plan.strategies();
        let activities = || {
            plan.activities()
                .iter()
                .filter(|(_, activity)| !activity.status.is(&ActivityStatus::Cancelled))
        };
        Self {
            strategies_of_barrier: turn(
                strategies
                    .iter()
                    .map(|(id, strategy)| (id, strategy.barriers.all())),
            ),
            activities_of_strategy: turn(
                activities().map(|(id, activity)| (id, activity.strategies.all())),
            ),
            goals_of_group: turn(
                plan.goals()
                    .iter()
                    .map(|(id, goal)| (id, goal.group.given())),
            ),
            factors_of_group: turn(
                plan.factors()
                    .iter()
                    .map(|(id, factor)| (id, factor.group.given())),
            ),
            indicators_of_goal: turn(
                plan.indicators()
                    .iter()
                    .map(|(id, indicator)| (id, indicator.goal.given())),
            ),
            questions_of_goal: turn(
                plan.questions()
                    .iter()
                    .map(|(id, question)| (id, question.goals.all())),
            ),
            questions_of_barrier: turn(
                plan.questions()
                    .iter()
                    .map(|(id, question)| (id, question.barriers.all())),
            ),
            messages_of_group: turn(
                plan.messages()
                    .iter()
                    .map(|(id, message)| (id, message.groups.all())),
            ),
            roles_of_group: turn(
                plan.roles()
                    .iter()
                    .map(|(id, role)| (id, role.represents.all())),
            ),
            activities_of_party: turn(
                activities()
                    .filter_map(|(id, activity)| Some((id, activity.effort.given()?.ids()))),
            ),
        }
    }
}

fn turn<'p, R>(pointing: impl Iterator<Item = (&'p str, R)>) -> Pointers<'p>
where
    R: IntoIterator,
    R::Item: IntoStr<'p>,
{
    let mut pointers = Pointers::new();
    for (from, targets) in pointing {
        for target in targets {
            let sources = pointers.entry(target.into_str()).or_default();
            // The same id twice in one list is one link.
            if sources.last() != Some(&from) {
                sources.push(from);
            }
        }
    }
    pointers
}

/// A borrowed reference of any kind, as the id that it is.
trait IntoStr<'p> {
    fn into_str(self) -> &'p str;
}

impl<'p, T: AsRef<str>> IntoStr<'p> for &'p T {
    fn into_str(self) -> &'p str {
        self.as_ref()
    }
}

/// What points at `id`.
#[must_use]
pub fn pointing_at<'l, 'p>(pointers: &'l Pointers<'p>, id: &str) -> &'l [&'p str] {
    pointers.get(id).map_or(&[], Vec::as_slice)
}
