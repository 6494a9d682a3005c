//! What follows from a plan, computed once, for rules and documents alike.
//!
//! Facts are pure: no words, no places, no judgement. A rule says what is wrong with them, a template shows them.

mod effort;
mod groups;
pub mod links;
mod ownership;
mod schedule;
mod thread;

use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use serde::Serialize;

pub use effort::{ActivityCost, Costs, Load, Overload, PartyCost, WeekLoad};
pub use groups::{Quadrant, UserGroup};
pub use links::Links;
pub use ownership::{Owned, OwnedKind};
pub use schedule::{GoalTerm, Scheduled};
pub use thread::{BarrierThread, GoalThread, Hole, RedThread};

use crate::plan::Plan;
use crate::plan::context::{Factor, FactorDirection, Weight};
use crate::value::YesNo;

/// What follows from one plan.
#[derive(Debug, Serialize)]
pub struct Facts<'p> {
    /// The first day of the implementation.
    pub start: Option<Date>,
    /// Its last day.
    #[serde(rename = "einde")]
    pub end: Option<Date>,
    /// The quadrant of each group of which interest and influence are known (figure 1 of the handreiking).
    #[serde(rename = "kwadranten")]
    pub quadrants: IndexMap<&'p str, Quadrant>,
    /// The user groups that are known to be groups.
    #[serde(rename = "gebruikers")]
    pub users: IndexMap<&'p str, UserGroup<'p>>,
    /// The other groups that strategies are used for, or of which the plan says which phases they go through.
    #[serde(rename = "andere_groepen")]
    pub others: IndexMap<&'p str, UserGroup<'p>>,
    /// The ids of the focus barriers ("speerpunten"), heaviest first.
    #[serde(rename = "speerpunten")]
    pub focus_barriers: IndexSet<&'p str>,
    /// The last day of each goal's term, by goal.
    #[serde(rename = "termijnen")]
    pub terms: IndexMap<&'p str, GoalTerm>,
    /// The activities that are not cancelled, with their days.
    #[serde(rename = "activiteiten")]
    pub activities: IndexMap<&'p str, Scheduled<'p>>,
    /// What everything costs.
    #[serde(rename = "kosten")]
    pub costs: Costs<'p>,
    /// The hours per person per week, per group or role.
    #[serde(rename = "belasting")]
    pub loads: IndexMap<&'p str, Load<'p>>,
    /// What each role owns.
    #[serde(rename = "eigendom")]
    pub owned: IndexMap<&'p str, Vec<Owned<'p>>>,
    /// Who points at what, turned around.
    #[serde(skip)]
    pub links: Links<'p>,
}

impl<'p> Facts<'p> {
    /// Works out what follows from a plan.
    #[must_use]
    pub fn of(plan: &'p Plan) -> Self {
        let (start, end) = schedule::runtime(plan);
        let links = Links::of(plan);
        let [users, others] = groups::users(plan);
        let activities = schedule::activities(plan, start);
        Self {
            start,
            end,
            quadrants: groups::quadrants(plan),
            users,
            others,
            focus_barriers: focus_barriers(plan),
            terms: schedule::terms(plan, &links, start, end),
            costs: effort::costs(plan, &activities),
            loads: effort::loads(plan, &activities),
            owned: ownership::owned(plan),
            activities,
            links,
        }
    }

    /// The user groups that the implementation asks a change of: all that are known not to be the beneficiaries.
    /// Of a group without a role, or without section 3, nobody knows.
    pub fn professionals(&self) -> impl Iterator<Item = &UserGroup<'p>> {
        let users = self.users.values();
        users.filter(|user| user.role.is_some() && !user.is_beneficiary())
    }
}

/// The barriers that weigh 2 or 3 and can be changed, or of which that is not said yet, heaviest first.
fn focus_barriers(plan: &Plan) -> IndexSet<&str> {
    let mut barriers: Vec<(&str, Weight)> = plan
        .factors()
        .iter()
        .filter(|(_, factor)| is_focus_barrier(factor))
        .filter_map(|(id, factor)| Some((id, *factor.weight.given()?)))
        .collect();
    barriers.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    barriers.into_iter().map(|(id, _)| id).collect()
}

fn is_focus_barrier(factor: &Factor) -> bool {
    factor.direction.is(&FactorDirection::Barrier)
        && factor
            .weight
            .is_given_and(|weight| *weight >= Weight::Moderate)
        && (factor.changeable.is_missing() || factor.changeable.is(&YesNo::Yes))
}
