//! Section 3, stakeholders ("Betrokken groepen", handreiking 3): who is involved, with how much interest and influence.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::facts::Quadrant;
use crate::facts::links::pointing_at;
use crate::finding::Argument;
use crate::path;
use crate::plan::Plan;
use crate::rule::{Found, Rule, Whole};
use crate::value::{
    Answer, Choice as _, Count, Entries, Id, OneOrMany, Prose, SourceRef, Text, choice, named,
};

/// The rules of this section.
pub const RULES: &[Rule] = &[
    Rule::error("geen-sleutelgroep", no_key_group),
    Rule::error("belang-of-invloed-ontbreekt", interest_or_influence_missing),
    Rule::warning("rol-ontbreekt", role_missing),
    Rule::warning("profijtgroep-niet-betrokken", beneficiaries_not_involved),
    Rule::warning("leidinggevenden-niet-betrokken", managers_not_involved),
    Rule::tip("doorverwijzers-vergeten", links_in_the_chain_forgotten),
    Rule::tip("beslisser-ontbreekt", decision_makers_not_involved),
    Rule::warning("betrekken-ontbreekt", involvement_missing),
    Rule::warning("groep-zonder-communicatie", group_never_reached)
        .resting_on(&["communicatieplan.*.groep"]),
    Rule::tip("geen-onderscheid-tussen-groepen", groups_not_told_apart),
];

/// The stakeholder groups by id.
pub type Stakeholders = Entries<Id, Stakeholder>;

/// A group that is involved in the implementation ("betrokken groep").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Stakeholder {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// What it does in the implementation.
    #[serde(rename = "rol")]
    pub role: Answer<StakeholderRole>,
    /// How much interest it has in success.
    #[serde(rename = "belang")]
    pub interest: Answer<Degree>,
    /// How much influence it has on success.
    #[serde(rename = "invloed")]
    pub influence: Answer<Degree>,
    /// Why this much.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// What that rests on.
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
    /// How the group is involved.
    #[serde(rename = "betrekken")]
    pub involvement: Answer<Prose>,
    /// How many people it has.
    #[serde(rename = "omvang")]
    pub size: Answer<Count>,
}

choice! {
    /// What a group does in the implementation.
    pub enum StakeholderRole ("rol") {
        /// Applies the intervention.
        Implementer = "uitvoerder",
        /// Leads those who apply it.
        Manager = "leidinggevende",
        /// Is whom the intervention is for.
        Beneficiary = "profijtgroep",
        /// Refers beneficiaries to it.
        Referrer = "doorverwijzer",
        /// Supports those who apply it.
        Supporter = "ondersteuner",
        /// Works with the same beneficiaries elsewhere.
        Partner = "ketenpartner",
        /// Decides about it.
        DecisionMaker = "beslisser",
        /// Pays for it.
        Funder = "financier",
        /// Made the intervention.
        Developer = "ontwikkelaar",
        /// Notices it from nearby.
        Environment = "omgeving",
    }
}

choice! {
    /// How much interest or influence a group has ("mate").
    pub enum Degree ("mate") {
        /// Much.
        High = "veel",
        /// Little.
        Low = "weinig",
    }
}

named!(Stakeholder);

/// The group of that id is not one of section 3, although that is there: the id has had its finding.
pub(super) fn is_unknown_group(plan: &Plan, id: &str) -> bool {
    plan.stakeholders.given().is_some() && !plan.groups().contains(id)
}

/// Whether interest and influence are known of each group, so that what is in no quadrant is really not there.
fn all_quadrants_are_known(whole: &Whole<'_>) -> bool {
    whole.facts.quadrants.len() == whole.plan.groups().ids().count()
}

/// At least one group has much interest and much influence: those who will use the intervention, with whom one works
/// closely together (handreiking 3).
fn no_key_group(whole: &Whole<'_>, found: &mut Found<'_>) {
    let mut quadrants = whole.facts.quadrants.values();
    let has_none = quadrants.all(|quadrant| *quadrant != Quadrant::Collaborate);
    if whole.plan.stakeholders.given().is_some() && all_quadrants_are_known(whole) && has_none {
        found.at(path!["betrokken_groepen"]);
    }
}

/// Of each group is said how much interest and influence it has: how to involve it follows from that (handreiking 3).
fn interest_or_influence_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    for (id, group) in whole.plan.groups().iter() {
        let answers = [("belang", &group.interest), ("invloed", &group.influence)];
        let missing = answers.iter().filter(|(_, answer)| answer.is_missing());
        let keys: Vec<String> = missing.map(|(key, _)| (*key).to_owned()).collect();
        if !keys.is_empty() {
            let finding = found.at(path!["betrokken_groepen", id]);
            finding
                .with("groep", whole.plan.groups().name(id))
                .with("sleutels", keys);
        }
    }
}

/// Of each group is said what it does in the implementation (handreiking 3).
fn role_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    group_without(whole, found, |group| group.role.is_missing());
}

/// Of each group is said how it is involved (handreiking 3).
fn involvement_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    group_without(whole, found, |group| group.involvement.is_missing());
}

fn group_without(whole: &Whole<'_>, found: &mut Found<'_>, lacks: fn(&Stakeholder) -> bool) {
    for (id, _) in whole.plan.groups().iter().filter(|(_, group)| lacks(group)) {
        found
            .at(path!["betrokken_groepen", id])
            .with("groep", whole.plan.groups().name(id));
    }
}

/// Whom the intervention is for takes part in its implementation (handreiking 3, Toolkit 0.1).
fn beneficiaries_not_involved(whole: &Whole<'_>, found: &mut Found<'_>) {
    nobody_is(whole, found, &[StakeholderRole::Beneficiary]);
}

/// Those who lead the users take part: they see to time and priority (handreiking 4).
fn managers_not_involved(whole: &Whole<'_>, found: &mut Found<'_>) {
    nobody_is(whole, found, &[StakeholderRole::Manager]);
}

/// The groups that refer, support or work with the same people are easily overlooked, and then turn out to be a crucial
/// link (handreiking, introduction on pitfalls).
fn links_in_the_chain_forgotten(whole: &Whole<'_>, found: &mut Found<'_>) {
    use StakeholderRole::{Partner, Referrer, Supporter};
    nobody_is(whole, found, &[Referrer, Supporter, Partner]);
}

/// Somebody decides on the implementation or pays for it, and must be involved in time (handreiking 3, Toolkit 1.1).
fn decision_makers_not_involved(whole: &Whole<'_>, found: &mut Found<'_>) {
    nobody_is(
        whole,
        found,
        &[StakeholderRole::DecisionMaker, StakeholderRole::Funder],
    );
}

/// No group has one of these roles. A group of which the role is not known could have it.
fn nobody_is(whole: &Whole<'_>, found: &mut Found<'_>, roles: &[StakeholderRole]) {
    let groups = whole.plan.groups();
    let is_other = |group: &Stakeholder| group.role.is_given_and(|role| !roles.contains(role));
    let nobody = groups.is_whole() && groups.iter().all(|(_, group)| is_other(group));
    if whole.plan.stakeholders.given().is_some() && nobody {
        found.at(path!["betrokken_groepen"]);
    }
}

/// The communication plan says when the groups outside quadrant A hear something: nobody works with them closely enough
/// for them to hear it otherwise (handreiking 3, Toolkit 1.1).
fn group_never_reached(whole: &Whole<'_>, found: &mut Found<'_>) {
    let messages = whole.plan.messages();
    let is_clear = match whole.plan.communication {
        Answer::Missing => true,
        Answer::Unreadable => false,
        Answer::Given(_) => {
            messages.is_whole()
                && messages
                    .iter()
                    .all(|(_, message)| message.groups.is_whole())
        }
    };
    let outside = whole
        .facts
        .quadrants
        .iter()
        .filter(|(_, quadrant)| **quadrant != Quadrant::Collaborate);
    for (id, quadrant) in outside.filter(|_| is_clear) {
        if pointing_at(&whole.facts.links.messages_of_group, id).is_empty() {
            let finding = found.at(path!["betrokken_groepen", *id]);
            finding
                .with("groep", whole.plan.groups().name(id))
                .with("kwadrant", quadrant.name());
        }
    }
}

/// Groups differ in interest and influence; a plan that treats four or more alike has not looked at that (handreiking 3).
fn groups_not_told_apart(whole: &Whole<'_>, found: &mut Found<'_>) {
    let quadrants: HashSet<Quadrant> = whole.facts.quadrants.values().copied().collect();
    let count = whole.facts.quadrants.len();
    if count >= 4
        && all_quadrants_are_known(whole)
        && quadrants.len() == 1
        && let Some(quadrant) = quadrants.iter().next()
    {
        let label = Argument::Choice(Quadrant::KIND, quadrant.name().to_owned());
        let finding = found.at(path!["betrokken_groepen"]);
        finding
            .with("aantal", count)
            .with("kwadrant", quadrant.name())
            .with("omgang", label);
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::paths;

    const A: &str = "belang: veel, invloed: veel";
    const NOWHERE: [&str; 0] = [];

    fn groups(rows: &[&str]) -> String {
        let rows = rows
            .iter()
            .enumerate()
            .map(|(nr, row)| format!("\n  g{nr}: {{{row}}}"));
        format!("betrokken_groepen:{}\n", rows.collect::<String>())
    }

    #[test]
    fn a_group_of_unknown_quadrant_could_be_the_key_group() {
        let rule = "geen-sleutelgroep";
        let b = "belang: veel, invloed: weinig";
        assert_eq!(paths(rule, &groups(&[b])), ["betrokken_groepen"]);
        for other in ["belang: veel", "belang: veel, invloed: heel veel", "", A] {
            assert_eq!(paths(rule, &groups(&[b, other])), NOWHERE, "{other}");
        }
        assert_eq!(paths(rule, "gebruikers: {g: }"), NOWHERE);
    }

    #[test]
    fn what_cannot_be_read_is_not_missing() {
        let plan = groups(&["rol: baas, belang: een beetje, betrekken: [a]"]);
        assert_eq!(paths("rol-ontbreekt", &plan), NOWHERE);
        assert_eq!(paths("betrekken-ontbreekt", &plan), NOWHERE);
        assert_eq!(
            paths("belang-of-invloed-ontbreekt", &plan),
            ["betrokken_groepen.g0"]
        );
        let plan = groups(&["belang: een beetje, invloed: veel"]);
        assert_eq!(paths("belang-of-invloed-ontbreekt", &plan), NOWHERE);
    }

    #[test]
    fn a_group_of_unknown_role_could_have_any() {
        for rule in [
            "profijtgroep-niet-betrokken",
            "leidinggevenden-niet-betrokken",
            "beslisser-ontbreekt",
        ] {
            assert_eq!(
                paths(rule, &groups(&["rol: uitvoerder"])),
                ["betrokken_groepen"],
                "{rule}"
            );
            for other in ["rol: baas", "belang: veel"] {
                assert_eq!(
                    paths(rule, &groups(&["rol: uitvoerder", other])),
                    NOWHERE,
                    "{rule}"
                );
            }
        }
        for role in ["doorverwijzer", "ondersteuner", "ketenpartner"] {
            assert_eq!(
                paths(
                    "doorverwijzers-vergeten",
                    &groups(&[&format!("rol: {role}")])
                ),
                NOWHERE
            );
        }
        assert_eq!(
            paths("beslisser-ontbreekt", &groups(&["rol: financier"])),
            NOWHERE
        );
    }

    #[test]
    fn every_group_outside_quadrant_a_is_reached() {
        let rule = "groep-zonder-communicatie";
        let plan = groups(&[
            A,
            "belang: weinig, invloed: veel",
            "belang: weinig, invloed: weinig",
            "belang: weinig",
        ]);
        assert_eq!(
            paths(rule, &plan),
            ["betrokken_groepen.g1", "betrokken_groepen.g2"]
        );
        for (messages, left) in [
            ("{m: {groep: g1}}", vec!["betrokken_groepen.g2"]),
            ("{m: {groep: [g1, g2]}}", vec![]),
            ("{m: {groep: [g1, [g2]]}}", vec![]),
            ("{m: {groep: g1}, n: nieuwsbrief}", vec![]),
            ("nieuwsbrief", vec![]),
        ] {
            assert_eq!(
                paths(rule, &format!("{plan}communicatieplan: {messages}")),
                left,
                "{messages}"
            );
        }
    }

    #[test]
    fn three_groups_can_be_alike() {
        let rule = "geen-onderscheid-tussen-groepen";
        assert_eq!(paths(rule, &groups(&[A; 3])), NOWHERE);
        assert_eq!(paths(rule, &groups(&[A; 4])), ["betrokken_groepen"]);
        assert_eq!(paths(rule, &groups(&[A, A, A, A, "belang: veel"])), NOWHERE);
        assert_eq!(
            paths(rule, &groups(&[A, A, A, "belang: weinig, invloed: veel"])),
            NOWHERE
        );
    }
}
