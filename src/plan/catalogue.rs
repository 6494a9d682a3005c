//! The kinds of thing with an id: their path in a plan, their name in templates, their ids and names.
//!
//! Reading, rules and templates all use this list, so a new kind is one entry.

use std::borrow::{Borrow, Cow};
use std::hash::Hash;

use super::Plan;
use crate::value::{Answer, Entries, Entry, Id, RefKind, Things};

/// A kind of thing with an id.
#[derive(Debug)]
pub struct Kind {
    /// The kind of reference that leads to it alone.
    pub reference: RefKind,
    /// The keys of its mapping, from the root of the plan.
    pub path: &'static [&'static str],
    /// The name in templates, in the plural.
    pub template_name: &'static str,
    ids: fn(&Plan) -> Option<Vec<&str>>,
    names: fn(&Plan) -> Named<'_>,
}

/// Ids with names.
type Named<'p> = Vec<(&'p str, Cow<'p, str>)>;

impl Kind {
    /// The key of the mapping; `keuzes.mapping` in the words has its label.
    pub fn key(&self) -> &'static str {
        self.path.last().copied().unwrap_or_default()
    }

    /// Every id of the kind; `None` if they are unknown, because the section is missing or unreadable.
    pub fn ids<'p>(&self, plan: &'p Plan) -> Option<Vec<&'p str>> {
        (self.ids)(plan)
    }

    /// The id and name of every readable thing of the kind. The default name is the id in plain words.
    pub fn names<'p>(&self, plan: &'p Plan) -> Named<'p> {
        (self.names)(plan)
    }
}

/// Every kind of thing, in the order in which ids of the wrong kind are looked up.
pub static KINDS: [Kind; 19] = [
    Kind {
        reference: RefKind::Group,
        path: &["betrokken_groepen"],
        template_name: "groepen",
        ids: |plan| listed(&plan.stakeholders),
        names: |plan| named(plan.groups()),
    },
    Kind {
        reference: RefKind::Role,
        path: &["implementatieteam"],
        template_name: "rollen",
        ids: |plan| listed(&plan.team),
        names: |plan| named(plan.roles()),
    },
    Kind {
        reference: RefKind::Goal,
        path: &["implementatiedoelen"],
        template_name: "doelen",
        ids: |plan| listed(&plan.goals),
        names: |plan| named(plan.goals()),
    },
    Kind {
        reference: RefKind::Indicator,
        path: &["monitoring"],
        template_name: "indicatoren",
        ids: |plan| listed(&plan.monitoring),
        names: |plan| named(plan.indicators()),
    },
    Kind {
        reference: RefKind::Part,
        path: &["beschrijving_interventie", "onderdelen"],
        template_name: "onderdelen",
        ids: |plan| nested(plan.intervention.given().map(|section| &section.parts)),
        names: |plan| named(plan.parts()),
    },
    Kind {
        reference: RefKind::Effect,
        path: &["beschrijving_interventie", "effecten"],
        template_name: "effecten",
        ids: |plan| required(plan.intervention.given().map(|section| &section.effects)),
        names: |plan| named(plan.effects()),
    },
    Kind {
        reference: RefKind::Factor,
        path: &["contextanalyse", "factoren"],
        template_name: "factoren",
        ids: |plan| required(plan.context.given().map(|section| &section.factors)),
        names: |plan| named(plan.factors()),
    },
    Kind {
        reference: RefKind::Strategy,
        path: &["implementatiestrategieen", "strategieen"],
        template_name: "strategieen",
        ids: |plan| required(plan.strategies.given().map(|section| &section.strategies)),
        names: |plan| named(plan.strategies()),
    },
    Kind {
        reference: RefKind::Activity,
        path: &["planning_en_budget", "activiteiten"],
        template_name: "activiteiten",
        ids: |plan| nested(plan.budget.given().map(|section| &section.activities)),
        names: |plan| named(plan.activities()),
    },
    Kind {
        reference: RefKind::Question,
        path: &["evaluatie", "vragen"],
        template_name: "vragen",
        ids: |plan| nested(plan.evaluation.given().map(|section| &section.questions)),
        names: |plan| named(plan.questions()),
    },
    Kind {
        reference: RefKind::Decision,
        path: &["planning_en_budget", "beslismomenten"],
        template_name: "beslismomenten",
        ids: |plan| nested(plan.budget.given().map(|section| &section.decisions)),
        names: |plan| named(plan.decisions()),
    },
    Kind {
        reference: RefKind::Stage,
        path: &["planning_en_budget", "etappes"],
        template_name: "etappes",
        ids: |plan| nested(plan.budget.given().map(|section| &section.stages)),
        names: |plan| named(plan.stages()),
    },
    Kind {
        reference: RefKind::Ingredient,
        path: &["beschrijving_interventie", "werkzame_bestanddelen"],
        template_name: "werkzame_bestanddelen",
        ids: |plan| {
            nested(
                plan.intervention
                    .given()
                    .map(|section| &section.active_ingredients),
            )
        },
        names: |plan| named(plan.active_ingredients()),
    },
    Kind {
        reference: RefKind::Material,
        path: &["beschrijving_interventie", "materialen"],
        template_name: "materialen",
        ids: |plan| nested(plan.intervention.given().map(|section| &section.materials)),
        names: |plan| named(plan.materials()),
    },
    Kind {
        reference: RefKind::Precondition,
        path: &["randvoorwaarden", "voorwaarden"],
        template_name: "voorwaarden",
        ids: |plan| {
            nested(
                plan.preconditions
                    .given()
                    .map(|section| &section.conditions),
            )
        },
        names: |plan| named(plan.conditions()),
    },
    Kind {
        reference: RefKind::OwnPoint,
        path: &["borging", "eigen_punten"],
        template_name: "eigen_punten",
        ids: |plan| nested(plan.sustainment.given().map(|section| &section.own_points)),
        names: |plan| named(plan.own_points()),
    },
    Kind {
        reference: RefKind::Message,
        path: &["communicatieplan"],
        template_name: "boodschappen",
        ids: |plan| nested(Some(&plan.communication)),
        names: |plan| named(plan.messages()),
    },
    Kind {
        reference: RefKind::Risk,
        path: &["risicos"],
        template_name: "risicos",
        ids: |plan| nested(Some(&plan.risks)),
        names: |plan| named(plan.risks()),
    },
    Kind {
        reference: RefKind::Source,
        path: &["literatuur"],
        template_name: "literatuur",
        ids: |plan| nested(Some(&plan.literature)),
        names: |plan| named(plan.works()),
    },
];

/// The kinds that a reference may lead to.
pub fn targets(reference: RefKind) -> impl Iterator<Item = &'static Kind> {
    KINDS
        .iter()
        .filter(move |kind| leads_to(reference, kind.reference))
}

/// Whether a reference may lead to things of this kind.
pub(crate) fn leads_to(reference: RefKind, kind: RefKind) -> bool {
    match reference {
        RefKind::GroupOrRole => matches!(kind, RefKind::Group | RefKind::Role),
        RefKind::Predecessor => matches!(kind, RefKind::Activity | RefKind::Decision),
        RefKind::Anything => kind != RefKind::Source,
        reference => reference == kind,
    }
}

/// The ids of a mapping.
fn listed<T>(section: &Answer<Entries<Id, T>>) -> Option<Vec<&str>> {
    let things = section.given()?;
    Some(things.ids().map(Id::as_str).collect())
}

/// The ids of a mapping in a section: none if the mapping is missing, unknown if the section is.
fn nested<T>(things: Option<&Answer<Entries<Id, T>>>) -> Option<Vec<&str>> {
    match things? {
        Answer::Missing => Some(Vec::new()),
        things => listed(things),
    }
}

/// The ids of a mapping that a plan cannot do without: unknown if it is empty, which its own rule reports.
fn required<T>(things: Option<&Answer<Entries<Id, T>>>) -> Option<Vec<&str>> {
    nested(things).filter(|ids| !ids.is_empty())
}

pub(super) fn named<K: Hash + Eq + AsRef<str> + Borrow<str>, T: Entry>(
    things: Things<'_, K, T>,
) -> Named<'_> {
    let ids = things.iter().map(|(id, _)| id);
    ids.map(|id| (id, things.name(id))).collect()
}
