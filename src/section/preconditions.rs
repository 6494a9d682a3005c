//! Section 2, preconditions ("Randvoorwaarden", handreiking 2): what must be arranged for the intervention to succeed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::path;
use crate::plan::Plan;
use crate::rule::{Found, Rule, Whole};
use crate::value::{
    Answer, Entries, Id, Moment, OneOrMany, Prose, RoleRef, SourceRef, Text, YesNo, choice, named,
};

/// The rules of this section.
pub const RULES: &[Rule] = &[
    Rule::error("randvoorwaarden-ontbreken", preconditions_missing),
    Rule::warning("randvoorwaarde-niet-beoordeeld", precondition_not_judged),
    Rule::warning("randvoorwaarde-zonder-actie", precondition_without_action),
    Rule::warning("randvoorwaarde-zonder-eigenaar", action_without_owner),
    Rule::tip(
        "strategieen-ontwikkelaars-ontbreken",
        developer_strategies_missing,
    ),
];

const SECTION: &str = "randvoorwaarden";

/// What must be arranged, and what the developers of the intervention did to help its implementation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Preconditions {
    /// The preconditions.
    #[serde(rename = "voorwaarden")]
    pub conditions: Answer<Entries<Id, Precondition>>,
    /// Strategies that the developers of the intervention used.
    #[serde(rename = "strategieen_ontwikkelaars")]
    pub developer_strategies: Answer<OneOrMany<Prose>>,
}

/// One thing that must be arranged ("randvoorwaarde").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Precondition {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// What it comes down to.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// What that rests on.
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
    /// Whether it is arranged.
    #[serde(rename = "geregeld")]
    pub arranged: Answer<Arranged>,
    /// What is still to be done.
    #[serde(rename = "actie")]
    pub action: Answer<Prose>,
    /// Who sees to it.
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<RoleRef>>,
    /// When that is done.
    #[serde(rename = "gereed")]
    pub due: Answer<Moment>,
}

choice! {
    /// Whether a precondition is arranged.
    pub enum Arranged ("geregeld") {
        /// It is.
        Yes = "ja" | "true",
        /// It is not.
        No = "nee" | "false",
        /// In part.
        Partly = "deels",
    }
}

named!(Precondition);

/// An intervention succeeds only if certain things are arranged (handreiking 2). Of one that is developed here nothing is
/// known yet: there the context analysis looks for them, and its factors will do.
fn preconditions_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    let plan = whole.plan;
    if !plan
        .preconditions
        .is_given_and(|section| section.conditions.is_missing())
    {
        return;
    }
    let context_is_empty = plan
        .context
        .is_given_and(|context| context.factors.is_missing());
    if is_existing(plan) || context_is_empty {
        found.at(path![SECTION]);
    }
}

/// Whether the intervention was developed elsewhere, so that something is known of it.
fn is_existing(plan: &Plan) -> bool {
    match &plan.header {
        Answer::Given(header) => matches!(
            header.new_intervention,
            Answer::Missing | Answer::Given(YesNo::No)
        ),
        Answer::Missing => true,
        Answer::Unreadable => false,
    }
}

/// Who knows that something must be arranged also says whether it is (handreiking 2).
fn precondition_not_judged(whole: &Whole<'_>, found: &mut Found<'_>) {
    about_conditions(whole, found, |condition| condition.arranged.is_missing());
}

/// What is not arranged asks for an action (handreiking 2).
fn precondition_without_action(whole: &Whole<'_>, found: &mut Found<'_>) {
    about_conditions(whole, found, |condition| {
        condition
            .arranged
            .is_given_and(|arranged| *arranged != Arranged::Yes)
            && condition.action.is_missing()
    });
}

/// An action that nobody has, or that has no day, is not done (our own).
fn action_without_owner(whole: &Whole<'_>, found: &mut Found<'_>) {
    let conditions = whole.plan.conditions();
    for (id, condition) in conditions
        .iter()
        .filter(|(_, condition)| condition.action.given().is_some())
    {
        let asked = [
            ("eigenaar", condition.owners.is_missing()),
            ("gereed", condition.due.is_missing()),
        ];
        let missing: Vec<String> = asked
            .iter()
            .filter(|(_, is_missing)| *is_missing)
            .map(|(key, _)| (*key).to_owned())
            .collect();
        if !missing.is_empty() {
            found
                .at(path![SECTION, "voorwaarden", id])
                .with("voorwaarde", conditions.name(id))
                .with("ontbreekt", missing);
        }
    }
}

/// Who developed an intervention often found out what helps to bring it in (handreiking 2).
fn developer_strategies_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    let is_missing = whole
        .plan
        .preconditions
        .is_given_and(|section| section.developer_strategies.is_missing());
    if is_missing && is_existing(whole.plan) {
        found.at(path![SECTION]);
    }
}

fn about_conditions(
    whole: &Whole<'_>,
    found: &mut Found<'_>,
    is_wrong: impl Fn(&Precondition) -> bool,
) {
    let conditions = whole.plan.conditions();
    for (id, _) in conditions
        .iter()
        .filter(|(_, condition)| is_wrong(condition))
    {
        found
            .at(path![SECTION, "voorwaarden", id])
            .with("voorwaarde", conditions.name(id));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{findings, paths};

    #[test]
    fn a_new_intervention_looks_for_its_preconditions_in_the_context() {
        let at = |new: &str, more: &str| {
            let plan = "titel: x, interventie: x, organisaties: x, start: 2027-01-04";
            let section = "randvoorwaarden: {strategieen_ontwikkelaars: x}";
            paths(
                "randvoorwaarden-ontbreken",
                &format!(
                    "versie: 1\nplan: {{{plan}, nieuwe_interventie: {new}}}\n{section}\n{more}"
                ),
            )
        };
        let (empty, filled) = (
            "contextanalyse: {werkwijze: brainstorm}",
            "contextanalyse: {factoren: {a: }}",
        );
        for new in ["", "nee"] {
            assert_eq!(at(new, filled), ["randvoorwaarden"], "{new}");
            assert_eq!(at(new, ""), ["randvoorwaarden"], "{new}");
        }
        assert_eq!(at("ja", empty), ["randvoorwaarden"]);
        assert_eq!(at("ja", filled), [""; 0]);
        assert_eq!(at("ja", ""), [""; 0]);
        assert_eq!(at("misschien", filled), [""; 0]);
    }

    #[test]
    fn a_precondition_asks_for_one_thing_at_a_time() {
        let rules = |condition: &str| {
            let plan = format!(
                "randvoorwaarden: {{strategieen_ontwikkelaars: x, voorwaarden: {{a: {condition}}}}}"
            );
            findings(&plan)
                .into_iter()
                .map(|(rule, _)| rule)
                .collect::<Vec<_>>()
        };
        assert_eq!(rules(""), ["randvoorwaarde-niet-beoordeeld"]);
        assert_eq!(rules("{geregeld: ja}"), [""; 0]);
        assert_eq!(rules("{geregeld: soms}"), ["waarde-ongeldig"]);
        assert_eq!(rules("{geregeld: deels}"), ["randvoorwaarde-zonder-actie"]);
        assert_eq!(
            rules("{geregeld: nee, actie: x, eigenaar: y}"),
            ["randvoorwaarde-zonder-eigenaar"]
        );
        assert_eq!(
            rules("{geregeld: nee, actie: x, eigenaar: y, gereed: na 1 week}"),
            [""; 0]
        );
    }

    #[test]
    fn a_new_intervention_has_no_developers_elsewhere() {
        let at = |new: &str| {
            paths(
                "strategieen-ontwikkelaars-ontbreken",
                &format!(
                    "versie: 1\nplan: {{nieuwe_interventie: {new}}}\nrandvoorwaarden: {{voorwaarden: {{a: }}}}"
                ),
            )
        };
        assert_eq!(at("nee"), ["randvoorwaarden"]);
        assert_eq!(at(""), ["randvoorwaarden"]);
        assert_eq!(at("ja"), [""; 0]);
    }
}
