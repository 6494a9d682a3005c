//! Quadrants of stakeholder groups, and the phases and strategies of user groups.

use indexmap::IndexMap;
use serde::Serialize;

use crate::plan::Plan;
use crate::plan::stakeholders::{Degree, Stakeholder, StakeholderRole};
use crate::plan::strategies::{Phase, PhaseUse};
use crate::value::{Amounts, Answer, Choice, choice};

choice! {
    /// A group's position by interest and influence (Mendelow; figure 1 of the handreiking).
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

/// The groups in quadrants A and B. If there are none, because the quadrants are not known, all groups and user groups.
pub(super) fn interviewees<'p>(
    plan: &'p Plan,
    quadrants: &IndexMap<&'p str, Quadrant>,
) -> Vec<&'p str> {
    let has_much_interest =
        |id: &&str| matches!(quadrants[id], Quadrant::Collaborate | Quadrant::Consult);
    let interested: Vec<&str> = quadrants
        .keys()
        .copied()
        .filter(has_much_interest)
        .collect();
    if !interested.is_empty() {
        return interested;
    }
    plan.group_ids().into_iter().collect()
}

/// A user group, with its role, phases and strategies from other sections.
#[derive(Debug, Serialize)]
pub struct UserGroup<'p> {
    pub id: &'p str,
    #[serde(rename = "naam")]
    pub name: String,
    #[serde(rename = "rol")]
    pub role: Option<StakeholderRole>,
    /// The phases that the group goes through, in order; `None` if unknown.
    #[serde(rename = "fasen")]
    pub phases: Option<Vec<Phase>>,
    /// The strategies for each phase (table 7.2).
    #[serde(rename = "strategieen")]
    pub strategies: IndexMap<Phase, Vec<PhaseStrategy<'p>>>,
}

/// A strategy in a cell of table 7.2.
#[derive(Debug, Serialize)]
pub struct PhaseStrategy<'p> {
    pub id: &'p str,
    /// The text of the cell, if it has one.
    #[serde(rename = "tekst")]
    pub words: Option<&'p str>,
}

impl<'p> UserGroup<'p> {
    /// Whether the intervention is for this group, which may be among the users but need not change.
    pub fn is_beneficiary(&self) -> bool {
        self.role == Some(StakeholderRole::Beneficiary)
    }

    /// Whether the group applies the intervention.
    pub fn is_implementer(&self) -> bool {
        self.role == Some(StakeholderRole::Implementer)
    }

    /// Whether the group is known to go through that phase.
    pub fn goes_through(&self, phase: Phase) -> bool {
        let phases = self.phases.as_ref();
        phases.is_some_and(|phases| phases.contains(&phase))
    }

    /// The ids of the strategies for that phase.
    pub fn strategies_for(&self, phase: Phase) -> impl Iterator<Item = &'p str> {
        let strategies = self.strategies.get(&phase).into_iter().flatten();
        strategies.map(|strategy| strategy.id)
    }
}

/// Returns the user groups, and the other groups that section 7 mentions.
pub(super) fn users(plan: &Plan) -> [IndexMap<&str, UserGroup<'_>>; 2] {
    let groups = plan.groups();
    let groups_are_known = plan.stakeholders.given().is_some();
    let mut cells = phase_cells(plan);
    let in_strategies: Vec<&str> = cells.keys().copied().collect();
    let mut group = |id| {
        let group = UserGroup {
            id,
            name: groups.name(id).into_owned(),
            role: groups.get(id).and_then(|group| group.role.given().copied()),
            phases: phases(plan, id),
            strategies: cells.swap_remove(id).unwrap_or_default(),
        };
        (id, group)
    };
    let users = plan.users().ids();
    let users: IndexMap<&str, UserGroup<'_>> = users
        .filter(|id| !groups_are_known || groups.contains(id))
        .map(&mut group)
        .collect();
    let mut others = IndexMap::new();
    for id in plan.routes().ids().chain(in_strategies) {
        if !users.contains_key(id) && !others.contains_key(id) {
            others.extend([group(id)]);
        }
    }
    [users, others]
}

/// The phases that a group goes through: all five unless the plan names others. Unknown without section 7, or if its answer
/// cannot be read.
fn phases(plan: &Plan, group: &str) -> Option<Vec<Phase>> {
    let section = plan.strategies.given()?;
    let mut phases = Phase::ALL.to_vec();
    match plan.routes().get(group).map(|route| &route.phases) {
        Some(named) if !named.is_whole() => return None,
        Some(Answer::Given(named)) => phases.retain(|phase| named.as_slice().contains(phase)),
        None if section.phases == Answer::Unreadable || plan.routes().contains(group) => {
            return None;
        }
        _ => {}
    }
    Some(phases)
}

/// The strategies by group and phase.
type Cells<'p> = IndexMap<&'p str, IndexMap<Phase, Vec<PhaseStrategy<'p>>>>;

fn phase_cells(plan: &Plan) -> Cells<'_> {
    let mut cells = Cells::new();
    for (id, strategy) in plan.strategies().iter() {
        let used_for = strategy.used_for.given();
        for (group, phases) in used_for.into_iter().flat_map(Amounts::iter) {
            for (phase, words) in phases.given().into_iter().flat_map(PhaseUse::iter) {
                let words = words.map(AsRef::as_ref);
                let of_group = cells.entry(group.as_str()).or_default();
                let cell = of_group.entry(phase).or_default();
                cell.push(PhaseStrategy { id, words });
            }
        }
    }
    cells
}
