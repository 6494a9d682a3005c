//! The things that each role or group owns ("eigenaar").

use indexmap::IndexMap;
use serde::Serialize;

use super::Scheduled;
use crate::plan::Plan;
use crate::plan::sustainment::Sustainment;
use crate::value::path::Path;
use crate::value::{Answer, GroupOrRoleRef, OneOrMany, choice, path};

choice! {
    /// The kinds of thing that have an owner.
    pub enum OwnedKind ("eigendom") {
        Material = "materiaal",
        /// The action for a precondition.
        Precondition = "randvoorwaarde",
        Strategy = "strategie",
        /// The action for a point of sustainment.
        Sustainment = "borging",
        Indicator = "indicator",
        Activity = "activiteit",
        Risk = "risico",
    }
}

/// One thing that a role or group owns.
#[derive(Debug, Serialize)]
pub struct Owned<'p> {
    #[serde(rename = "soort")]
    pub kind: OwnedKind,
    pub id: &'p str,
    #[serde(skip)]
    pub path: Path,
}

pub(super) fn owned<'p>(
    plan: &'p Plan,
    activities: &IndexMap<&'p str, Scheduled<'p>>,
) -> IndexMap<&'p str, Vec<Owned<'p>>> {
    let mut all: IndexMap<&str, Vec<Owned<'_>>> = IndexMap::new();
    let mut add =
        |kind, parent: &Path, id: &'p str, owners: &'p Answer<OneOrMany<GroupOrRoleRef>>| {
            for owner in owners.all() {
                let path = parent.join(id);
                let owned = all.entry(owner.as_str()).or_default();
                owned.push(Owned { kind, id, path });
            }
        };
    let parent = path!["beschrijving_interventie", "materialen"];
    for (id, material) in plan.materials().iter() {
        add(OwnedKind::Material, &parent, id, &material.owners);
    }
    let parent = path!["randvoorwaarden", "voorwaarden"];
    for (id, condition) in plan.conditions().iter() {
        add(OwnedKind::Precondition, &parent, id, &condition.owners);
    }
    let parent = path!["implementatiestrategieen", "strategieen"];
    for (id, strategy) in plan.strategies().iter() {
        add(OwnedKind::Strategy, &parent, id, &strategy.owners);
    }
    let parent = path!["borging"];
    let checklist = plan.sustainment.given().map(Sustainment::points);
    for (id, point) in checklist.into_iter().flatten() {
        if let Some(point) = point.given() {
            add(OwnedKind::Sustainment, &parent, id, &point.owners);
        }
    }
    let parent = path!["borging", "eigen_punten"];
    for (id, point) in plan.own_points().iter() {
        add(OwnedKind::Sustainment, &parent, id, &point.owners);
    }
    let parent = path!["monitoring"];
    for (id, indicator) in plan.indicators().iter() {
        add(OwnedKind::Indicator, &parent, id, &indicator.owners);
    }
    let parent = path!["planning_en_budget", "activiteiten"];
    for (id, scheduled) in activities {
        add(OwnedKind::Activity, &parent, id, &scheduled.activity.owners);
    }
    let parent = path!["risicos"];
    for (id, risk) in plan.risks().iter() {
        add(OwnedKind::Risk, &parent, id, &risk.owners);
    }
    all
}
