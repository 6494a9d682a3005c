//! The days by which something has to be there or is decided: actions of sections 2 and 9, materials and decisions.

use std::borrow::Cow;

use jiff::civil::Date;
use serde::Serialize;

use super::schedule::day;
use crate::plan::Plan;
use crate::plan::intervention::MaterialStatus;
use crate::plan::preconditions::Arranged;
use crate::plan::sustainment::{PointAnswers, Sustainment};
use crate::value::path::Path;
use crate::value::{
    Answer, GroupOrRoleRef, Moment, OneOrMany, Prose, YesNo, choice, path, plain_words,
};

choice! {
    /// The kinds of milestone.
    pub enum MilestoneKind ("mijlpaal") {
        /// The action for a precondition.
        Precondition = "randvoorwaarde",
        /// The action for a point of sustainment.
        Sustainment = "borging",
        Material = "materiaal",
        Decision = "beslismoment",
    }
}

/// A day by which something has to be there or is decided.
#[derive(Debug, Serialize)]
pub struct Milestone<'p> {
    #[serde(rename = "soort")]
    pub kind: MilestoneKind,
    pub id: &'p str,
    #[serde(rename = "naam")]
    pub name: Cow<'p, str>,
    /// What has to be done, where the plan says so.
    #[serde(rename = "actie")]
    pub action: Option<&'p str>,
    /// The ids of the roles and groups that see to it, or that decide.
    #[serde(rename = "eigenaar")]
    pub owners: Vec<&'p str>,
    #[serde(rename = "dag")]
    pub day: Option<Date>,
    /// Whether it is known not to be there yet or not to be decided yet, and to have an end.
    #[serde(rename = "open")]
    pub is_open: bool,
    /// The day as the plan says it.
    #[serde(skip)]
    pub due: &'p Answer<Moment>,
    /// The path of the thing.
    #[serde(skip)]
    pub path: Path,
    /// The key of the day.
    #[serde(skip)]
    pub day_key: &'static str,
}

impl Milestone<'_> {
    /// Its day, if that has passed while it is open.
    pub fn overdue(&self, today: Date) -> Option<Date> {
        self.day.filter(|day| self.is_open && *day < today)
    }
}

/// The milestones of a plan, section by section. What goes on without an end has no day, and so is no milestone.
pub(super) fn milestones(plan: &Plan, start: Option<Date>) -> Vec<Milestone<'_>> {
    let mut all = Vec::new();
    let materials = plan.materials();
    for (id, material) in materials.iter() {
        all.push(Milestone {
            kind: MilestoneKind::Material,
            id,
            name: materials.name(id),
            action: None,
            owners: ids(&material.owners),
            day: day(material.due, start),
            is_open: material.status.is_other_than(&MaterialStatus::Ready),
            due: &material.due,
            path: path!["beschrijving_interventie", "materialen", id],
            day_key: "gereed",
        });
    }
    let conditions = plan.conditions();
    for (id, condition) in conditions
        .iter()
        .filter(|(_, it)| !it.is_ongoing.is(&YesNo::Yes))
    {
        all.push(Milestone {
            kind: MilestoneKind::Precondition,
            id,
            name: conditions.name(id),
            action: text(&condition.action),
            owners: ids(&condition.owners),
            day: day(condition.due, start),
            is_open: condition.arranged.is_other_than(&Arranged::Yes)
                && condition.is_ongoing.is_other_than(&YesNo::Yes),
            due: &condition.due,
            path: path!["randvoorwaarden", "voorwaarden", id],
            day_key: "gereed",
        });
    }
    all.extend(of_sustainment(plan, start));
    let decisions = plan.decisions();
    for (id, decision) in decisions.iter() {
        all.push(Milestone {
            kind: MilestoneKind::Decision,
            id,
            name: decisions.name(id),
            action: None,
            owners: ids(&decision.deciders),
            day: day(decision.when, start),
            is_open: decision.is_open(),
            due: &decision.when,
            path: path!["planning_en_budget", "beslismomenten", id],
            day_key: "wanneer",
        });
    }
    all
}

/// The milestones of section 9: of the checklist, then of the plan's own points.
fn of_sustainment(plan: &Plan, start: Option<Date>) -> Vec<Milestone<'_>> {
    let section = plan.sustainment.given().map(Sustainment::points);
    let points = section.into_iter().flatten().filter_map(|(key, point)| {
        let point = point.given()?;
        let name = plain_words(key).into();
        of_point(key, name, point.answers(), path!["borging", key], start)
    });
    let own = plan.own_points();
    let own_points = own.iter().filter_map(|(id, point)| {
        let path = path!["borging", "eigen_punten", id];
        of_point(id, own.name(id), point.answers(), path, start)
    });
    points.chain(own_points).collect()
}

/// The milestone of a point of sustainment, unless its action goes on without an end.
fn of_point<'p>(
    id: &'p str,
    name: Cow<'p, str>,
    point: PointAnswers<'p>,
    path: Path,
    start: Option<Date>,
) -> Option<Milestone<'p>> {
    (!point.is_ongoing.is(&YesNo::Yes)).then(|| Milestone {
        kind: MilestoneKind::Sustainment,
        id,
        name,
        action: text(point.action),
        owners: ids(point.owners),
        day: day(*point.due, start),
        is_open: point.not_needed.is_missing()
            && point.embedded.is_other_than(&YesNo::Yes)
            && point.is_ongoing.is_other_than(&YesNo::Yes),
        due: point.due,
        path,
        day_key: "gereed",
    })
}

fn text(prose: &Answer<Prose>) -> Option<&str> {
    prose.given().map(AsRef::as_ref)
}

fn ids(owners: &Answer<OneOrMany<GroupOrRoleRef>>) -> Vec<&str> {
    owners.all().iter().map(AsRef::as_ref).collect()
}
