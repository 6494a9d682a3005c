//! Facts derived from a plan: dates, hours, costs, phases, focus barriers, reverse references. Computed once, for rules and
//! documents alike.
//!
//! Facts have no texts and no places, and do not say what is wrong with a plan.

mod effort;
mod groups;
pub mod links;
mod measured;
mod milestones;
mod ownership;
mod progress;
mod quickscan;
mod schedule;
mod specified;
mod standing;
mod thread;

use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use self_cell::self_cell;
use serde::Serialize;

pub use effort::{Costs, Load, WeekLoad};
pub use groups::{Quadrant, UserGroup};
pub use links::Links;
pub use measured::{measured, measurements, missed_measurements};
pub use milestones::{Milestone, MilestoneKind};
pub use ownership::Owned;
pub use progress::GoalProgress;
pub use quickscan::{FollowUpPlace, ScanFollowUp, follow_up_places};
pub use schedule::{GoalTerm, Scheduled, StageDays};
pub use specified::StrategySpec;
pub use standing::Standing;
pub use thread::{BarrierThread, Hole, RedThread, StrategyThread};

use crate::plan::Plan;
use crate::plan::context::{Factor, Weight};
use crate::value::YesNo;

self_cell!(
    /// A plan and the facts derived from it, which borrow from it.
    pub(crate) struct PlanWithFacts {
        owner: Plan,
        #[covariant]
        dependent: Facts,
    }
);

/// The facts derived from a plan.
#[derive(Debug, Serialize)]
pub struct Facts<'p> {
    /// The first day of the implementation.
    pub start: Option<Date>,
    /// The last day of the implementation.
    #[serde(rename = "einde")]
    pub end: Option<Date>,
    /// The quadrant of each group whose interest and influence are known (figure 1 of the handreiking).
    #[serde(rename = "kwadranten")]
    pub quadrants: IndexMap<&'p str, Quadrant>,
    /// The user groups that are also stakeholder groups; all of them if section 3 is missing.
    #[serde(rename = "gebruikers")]
    pub users: IndexMap<&'p str, UserGroup<'p>>,
    /// The other groups that section 7 mentions.
    #[serde(rename = "andere_groepen")]
    pub others: IndexMap<&'p str, UserGroup<'p>>,
    /// The ids of the focus barriers ("speerpunten"), heaviest first.
    #[serde(rename = "speerpunten")]
    pub focus_barriers: IndexSet<&'p str>,
    /// The dates of each goal.
    #[serde(rename = "termijnen")]
    pub terms: IndexMap<&'p str, GoalTerm>,
    /// The activities that are not cancelled, with their dates.
    #[serde(rename = "activiteiten")]
    pub activities: IndexMap<&'p str, Scheduled<'p>>,
    /// The dates of each stage.
    #[serde(rename = "etappes")]
    pub stages: IndexMap<&'p str, StageDays>,
    /// The day of each decision, if it is known.
    #[serde(rename = "beslismomenten")]
    pub decisions: IndexMap<&'p str, Option<Date>>,
    /// The progress of each goal that has an indicator.
    #[serde(rename = "voortgang")]
    pub progress: IndexMap<&'p str, GoalProgress<'p>>,
    /// The costs, in euros.
    #[serde(rename = "kosten")]
    pub costs: Costs<'p>,
    /// Hours per person per week, by group or role.
    #[serde(rename = "belasting")]
    pub loads: IndexMap<&'p str, Load<'p>>,
    /// The things that each role or group owns.
    #[serde(rename = "eigendom")]
    pub owned: IndexMap<&'p str, Vec<Owned<'p>>>,
    /// The days by which something has to be there or is decided.
    #[serde(rename = "mijlpalen")]
    pub milestones: Vec<Milestone<'p>>,
    /// The answered questions of the quick scan, with what the plan has at the places where a "no" is followed up.
    #[serde(rename = "quickscan")]
    pub quick_scan: Vec<ScanFollowUp<'p>>,
    /// The specification of each strategy.
    #[serde(rename = "strategieen")]
    pub strategies: IndexMap<&'p str, StrategySpec<'p>>,
    /// The ids of the risks, heaviest first.
    #[serde(rename = "risicos")]
    pub risks: Vec<&'p str>,
    /// Reverse references.
    #[serde(skip)]
    pub links: Links<'p>,
}

impl<'p> Facts<'p> {
    /// Derives the facts from a plan.
    #[must_use]
    pub fn of(plan: &'p Plan) -> Self {
        let (start, end) = schedule::runtime(plan);
        let [users, others] = groups::users(plan);
        let activities = schedule::activities(plan, start);
        let links = Links::of(plan, &activities);
        let terms = schedule::terms(plan, &links, start, end);
        let mut facts = Self {
            start,
            end,
            quadrants: groups::quadrants(plan),
            users,
            others,
            focus_barriers: focus_barriers(plan),
            stages: schedule::stages(plan, start),
            decisions: schedule::decisions(plan, start),
            progress: progress::progress(plan, &links, &terms, start, None),
            terms,
            costs: effort::costs(plan, &activities),
            loads: effort::loads(plan, &activities),
            owned: ownership::owned(plan, &activities),
            milestones: milestones::milestones(plan, start),
            quick_scan: quickscan::follow_ups(plan),
            strategies: IndexMap::new(),
            risks: risks(plan),
            activities,
            links,
        };
        facts.strategies = specified::specified(plan, &facts);
        facts
    }

    /// The groups to interview for the context analysis: those with much interest (quadrants A and B), or all if no quadrant
    /// is known.
    #[must_use]
    pub fn interviewees(&self, plan: &'p Plan) -> Vec<&'p str> {
        groups::interviewees(plan, &self.quadrants)
    }

    /// Whether the term of a goal ends before the plan starts or after it ends.
    pub(crate) fn ends_outside_plan(&self, goal: &str) -> bool {
        let is_early = |ends: Date| self.start.is_some_and(|start| ends < start);
        let term = self.terms.get(goal);
        term.is_some_and(|term| term.is_late || term.ends.is_some_and(is_early))
    }

    /// The user groups that must change their way of working: those that are known not to be the beneficiaries. A group
    /// without a role is not included.
    pub fn professionals(&self) -> impl Iterator<Item = &UserGroup<'p>> {
        self.users
            .values()
            .filter(|user| user.role.is_some() && !user.is_beneficiary())
    }
}

/// The barriers with weight 2 or 3 that can be changed, heaviest first.
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

/// The risks by likelihood times severity. Those of which either is not known come last.
fn risks(plan: &Plan) -> Vec<&str> {
    let mut risks: Vec<_> = plan.risks().iter().collect();
    risks.sort_by_key(|(_, risk)| std::cmp::Reverse(risk.weight()));
    risks.into_iter().map(|(id, _)| id).collect()
}

fn is_focus_barrier(factor: &Factor) -> bool {
    let is_changeable = factor.changeable.is_missing() || factor.changeable.is(&YesNo::Yes);
    let is_heavy = factor
        .weight
        .is_given_and(|weight| *weight >= Weight::Moderate);
    factor.is_barrier() && is_heavy && is_changeable
}
