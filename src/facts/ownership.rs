//! What each role of the team owns ("eigenaar").

use indexmap::IndexMap;
use serde::Serialize;

use crate::plan::Plan;
use crate::plan::budget::ActivityStatus;
use crate::plan::sustainment::Sustainment;
use crate::value::path;
use crate::value::path::Path;
use crate::value::{Answer, OneOrMany, RoleRef, choice};

choice! {
    /// The kinds of thing that have an owner.
    pub enum OwnedKind ("eigendom") {
        /// The action for a precondition.
        Precondition = "randvoorwaarde",
        /// A strategy.
        Strategy = "strategie",
        /// The action for a point of sustainment.
        Sustainment = "borging",
        /// An indicator.
        Indicator = "indicator",
        /// An activity.
        Activity = "activiteit",
    }
}

/// One thing that a role owns.
#[derive(Debug, Serialize)]
pub struct Owned<'p> {
    /// What kind of thing it is.
    #[serde(rename = "soort")]
    pub kind: OwnedKind,
    /// Its id.
    pub id: &'p str,
    /// Where it stands.
    #[serde(skip)]
    pub path: Path,
}

type Owners = Answer<OneOrMany<RoleRef>>;

pub(super) fn owned(plan: &Plan) -> IndexMap<&str, Vec<Owned<'_>>> {
    let mut all: IndexMap<&str, Vec<Owned<'_>>> = IndexMap::new();
    for (kind, id, path, owners) in owned_things(plan) {
        for owner in owners.all() {
            all.entry(owner.as_str()).or_default().push(Owned {
                kind,
                id,
                path: path.clone(),
            });
        }
    }
    all
}

fn owned_things(plan: &Plan) -> impl Iterator<Item = (OwnedKind, &str, Path, &Owners)> {
    let conditions = plan.conditions().iter().map(|(id, condition)| {
        (
            OwnedKind::Precondition,
            id,
            path!["randvoorwaarden", "voorwaarden", id],
            &condition.owners,
        )
    });
    let strategies = plan.strategies().iter().map(|(id, strategy)| {
        (
            OwnedKind::Strategy,
            id,
            path!["implementatiestrategieen", "strategieen", id],
            &strategy.owners,
        )
    });
    let fixed = plan
        .sustainment
        .given()
        .into_iter()
        .flat_map(Sustainment::points);
    let points = fixed
        .filter_map(|(id, point)| Some((id, path!["borging", id], &point.given()?.owners)))
        .chain(
            plan.own_points()
                .iter()
                .map(|(id, point)| (id, path!["borging", "eigen_punten", id], &point.owners)),
        )
        .map(|(id, path, owners)| (OwnedKind::Sustainment, id, path, owners));
    let indicators = plan.indicators().iter().map(|(id, indicator)| {
        (
            OwnedKind::Indicator,
            id,
            path!["monitoring", id],
            &indicator.owners,
        )
    });
    let activities = plan
        .activities()
        .iter()
        .filter(|(_, activity)| !activity.status.is(&ActivityStatus::Cancelled))
        .map(|(id, activity)| {
            (
                OwnedKind::Activity,
                id,
                path!["planning_en_budget", "activiteiten", id],
                &activity.owners,
            )
        });
    conditions
        .chain(strategies)
        .chain(points)
        .chain(indicators)
        .chain(activities)
}
