//! Quadrants, user groups and the phases that they go through.

use indexmap::IndexMap;
use serde::Serialize;

use crate::plan::Plan;
use crate::plan::stakeholders::{Degree, Stakeholder, StakeholderRole};
use crate::plan::strategies::Phase;
use crate::value::{Answer, Choice, choice};

choice! {
    /// Where a group stands by interest and influence (Mendelow; figure 1 of the handreiking).
    pub enum Quadrant ("kwadrant") {
        /// Much interest, much influence: work together.
        Collaborate = "A",
        /// Much interest, little influence: consult.
        Consult = "B",
        /// Little interest, much influence: involve.
        Involve = "C",
        /// Little interest, little influence: inform.
        Inform = "D",
    }
}

impl Quadrant {
    fn of(group: &Stakeholder) -> Option<Self> {
        Some(match (group.interest.given()?, group.influence.given()?) {
            (Degree::High, Degree::High) => Self::Collaborate,
            (Degree::High, Degree::Low) => Self::Consult,
            (Degree::Low, Degree::High) => Self::Involve,
            (Degree::Low, Degree::Low) => Self::Inform,
        })
    }
}

pub(super) fn quadrants(plan: &Plan) -> IndexMap<&str, Quadrant> {
    plan.groups()
        .iter()
        .filter_map(|(id, group)| Some((id, Quadrant::of(group)?)))
        .collect()
}

/// A user group, with what is known of it elsewhere.
#[derive(Debug, Serialize)]
pub struct UserGroup<'p> {
    /// Its id.
    pub id: &'p str,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// What it does in the implementation.
    #[serde(rename = "rol")]
    pub role: Option<StakeholderRole>,
    /// The phases that it goes through, in order; `None` when that is not known.
    #[serde(rename = "fasen")]
    pub phases: Option<Vec<Phase>>,
    /// The strategies that it meets in each phase (table 7.2), with the words of the cell where it has any.
    #[serde(rename = "strategieen")]
    pub strategies: IndexMap<Phase, Vec<PhaseStrategy<'p>>>,
}

/// A strategy in a cell of table 7.2.
#[derive(Debug, Serialize)]
pub struct PhaseStrategy<'p> {
    /// The strategy.
    pub id: &'p str,
    /// What the cell says of it, if it has words of its own.
    #[serde(rename = "tekst")]
    pub words: Option<&'p str>,
}

impl<'p> UserGroup<'p> {
    /// Whether the group is whom the intervention is for: welcome among the users, but nothing is asked of it.
    #[must_use]
    pub fn is_beneficiary(&self) -> bool {
        self.role == Some(StakeholderRole::Beneficiary)
    }

    /// Whether it applies the intervention.
    #[must_use]
    pub fn is_implementer(&self) -> bool {
        self.role == Some(StakeholderRole::Implementer)
    }

    /// Whether it goes through that phase.
    #[must_use]
    pub fn goes_through(&self, phase: Phase) -> bool {
        self.phases
            .as_ref()
            .is_some_and(|phases| phases.contains(&phase))
    }

    /// The ids of the strategies that it meets in that phase.
    pub fn strategies_for(&self, phase: Phase) -> impl Iterator<Item = &'p str> {
        self.strategies
            .get(&phase)
            .into_iter()
            .flatten()
            .map(|strategy| strategy.id)
    }
}

/// The user groups, and the other groups that section 7 says something of.
pub(super) fn users(plan: &Plan) -> [IndexMap<&str, UserGroup<'_>>; 2] {
    let groups = plan.groups();
    let groups_are_known = plan.stakeholders.given().is_some();
    let mut cells = phase_cells(plan);
    let order: Vec<&str> = cells.keys().copied().collect();
    let group = |id, strategies: Option<_>| UserGroup {
        id,
        name: groups.name(id),
        role: groups.get(id).and_then(|group| group.role.given().copied()),
        phases: phases(plan, id),
        strategies: strategies.unwrap_or_default(),
    };
    let users = plan
        .users()
        .ids()
        .filter(|id| !groups_are_known || groups.contains(id));
    let users: IndexMap<&str, UserGroup<'_>> = users
        .map(|id| (id, group(id, cells.swap_remove(id))))
        .collect();
    let routes = plan.routes();
    let mut others: IndexMap<&str, UserGroup<'_>> = routes
        .ids()
        .filter(|id| !users.contains_key(id))
        .map(|id| (id, group(id, cells.swap_remove(id))))
        .collect();
    // In the order of the plan, whatever was taken out before.
    let of_strategies: Vec<&str> = order
        .into_iter()
        .filter(|id| cells.contains_key(id))
        .collect();
    let of_strategies = of_strategies.into_iter();
    others.extend(of_strategies.map(|id| (id, group(id, cells.swap_remove(id)))));
    [users, others]
}

/// The phases that a group goes through: all five, unless the plan says otherwise. Without section 7 nobody knows.
fn phases(plan: &Plan, group: &str) -> Option<Vec<Phase>> {
    if matches!(plan.strategies.given()?.phases, Answer::Unreadable) {
        return None;
    }
    let Some(route) = plan.routes().get(group) else {
        let no_route_is_known = plan
            .strategies
            .is_given_and(|section| section.phases == Answer::Unreadable);
        let unreadable = no_route_is_known || plan.routes().contains(group);
        return (!unreadable).then(|| Phase::ALL.to_vec());
    };
    match &route.phases {
        Answer::Missing => Some(Phase::ALL.to_vec()),
        Answer::Unreadable => None,
        Answer::Given(named) if !named.is_whole() => None,
        Answer::Given(named) => Some(
            Phase::ALL
                .iter()
                .copied()
                .filter(|phase| named.as_slice().contains(phase))
                .collect(),
        ),
    }
}

/// The strategies by group and phase.
type Cells<'p> = IndexMap<&'p str, IndexMap<Phase, Vec<PhaseStrategy<'p>>>>;

fn phase_cells(plan: &Plan) -> Cells<'_> {
    let mut cells = Cells::new();
    for (id, strategy) in plan.strategies().iter() {
        let Some(used_for) = strategy.used_for.given() else {
            continue;
        };
        for (group, phases) in used_for.iter() {
            let Some(phases) = phases.given() else {
                continue;
            };
            for (phase, words) in phases.iter() {
                let cell = PhaseStrategy {
                    id,
                    words: words.map(AsRef::as_ref),
                };
                cells
                    .entry(group.as_str())
                    .or_default()
                    .entry(phase)
                    .or_default()
                    .push(cell);
            }
        }
    }
    cells
}
