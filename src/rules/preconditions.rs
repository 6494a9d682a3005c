//! Rules of section 2.

use crate::plan::Plan;
use crate::plan::preconditions::{Arranged, Precondition};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::value::path;
use crate::value::{Answer, YesNo};

/// The rules of this section.
pub const RULES: &[Check] = &[
    Check::error("randvoorwaarden-ontbreken", &[], preconditions_missing),
    Check::warning(
        "randvoorwaarde-niet-beoordeeld",
        &["voorwaarde"],
        precondition_not_judged,
    ),
    Check::warning(
        "randvoorwaarde-zonder-actie",
        &["voorwaarde"],
        precondition_without_action,
    ),
    Check::warning(
        "randvoorwaarde-zonder-eigenaar",
        &["voorwaarde", "ontbreekt"],
        action_without_owner,
    ),
    Check::tip(
        "strategieen-ontwikkelaars-ontbreken",
        &[],
        developer_strategies_missing,
    ),
];

const SECTION: &str = "randvoorwaarden";

/// An intervention succeeds only if certain things are arranged (handreiking 2). Of one that is developed here nothing is
/// known yet: there the context analysis looks for them, and its factors will do.
fn preconditions_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let plan = ctx.plan;
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
        sink.report(path![SECTION]);
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
fn precondition_not_judged(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    about_conditions(ctx, sink, |condition| condition.arranged.is_missing());
}

/// What is not arranged asks for an action (handreiking 2).
fn precondition_without_action(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    about_conditions(ctx, sink, |condition| {
        condition
            .arranged
            .is_given_and(|arranged| *arranged != Arranged::Yes)
            && condition.action.is_missing()
    });
}

/// An action that nobody has, or that has no day, is not done (our own).
fn action_without_owner(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let conditions = ctx.plan.conditions();
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
            sink.report(path![SECTION, "voorwaarden", id])
                .with("voorwaarde", conditions.name(id))
                .with("ontbreekt", missing);
        }
    }
}

/// Who developed an intervention often found out what helps to bring it in (handreiking 2).
fn developer_strategies_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let is_missing = ctx
        .plan
        .preconditions
        .is_given_and(|section| section.developer_strategies.is_missing());
    if is_missing && is_existing(ctx.plan) {
        sink.report(path![SECTION]);
    }
}

fn about_conditions(
    ctx: &RuleContext<'_>,
    sink: &mut FindingSink<'_>,
    is_wrong: impl Fn(&Precondition) -> bool,
) {
    let conditions = ctx.plan.conditions();
    for (id, _) in conditions
        .iter()
        .filter(|(_, condition)| is_wrong(condition))
    {
        sink.report(path![SECTION, "voorwaarden", id])
            .with("voorwaarde", conditions.name(id));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{findings, paths};

    #[test]
    fn new_intervention_may_have_factors_instead_of_preconditions() {
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
    fn precondition_reports_one_missing_answer_at_a_time() {
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
    fn new_intervention_needs_no_developer_strategies() {
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
