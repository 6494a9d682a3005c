//! Rules of section 2, preconditions.

use crate::plan::Plan;
use crate::plan::preconditions::{Arranged, Precondition};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::{lacks_due_date, missing};
use crate::value::path;
use crate::value::{Answer, YesNo};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("randvoorwaarden-ontbreken", &[], preconditions_missing),
    Check::warning("randvoorwaarde-niet-beoordeeld", &["voorwaarde"], precondition_not_assessed),
    Check::warning("randvoorwaarde-zonder-actie", &["voorwaarde"], precondition_without_action),
    Check::warning("randvoorwaarde-zonder-eigenaar", &["voorwaarde", "ontbreekt"], action_without_owner),
    Check::tip("strategieen-ontwikkelaars-ontbreken", &[], developer_strategies_missing),
];

const SECTION: &str = "randvoorwaarden";

/// An intervention succeeds only if certain preconditions are met (handreiking 2). Those of a new intervention are not known
/// yet: its context analysis has to find them, so factors are enough there.
fn preconditions_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let plan = ctx.plan;
    let section = plan.preconditions.given();
    let is_missing = section.is_some_and(|section| section.conditions.is_missing());
    let has_no_factors = match &plan.context {
        Answer::Given(context) => context.factors.is_missing(),
        Answer::Missing => true,
        Answer::Unreadable => false,
    };
    if is_missing && (is_existing(plan) || has_no_factors) {
        sink.report(path![SECTION]);
    }
}

/// Whether the intervention was developed elsewhere, so that its preconditions are known.
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

/// A plan says of each precondition whether it is met (handreiking 2).
fn precondition_not_assessed(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    condition_without(ctx, sink, |condition| condition.arranged.is_missing());
}

/// A precondition that is not met needs an action (handreiking 2).
fn precondition_without_action(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    condition_without(ctx, sink, |condition| {
        let arranged = condition.arranged.given();
        arranged.is_some_and(|arranged| *arranged != Arranged::Yes) && condition.action.is_missing()
    });
}

/// An action without an owner or a due date is not done (our own). An action without an end needs no due date.
fn action_without_owner(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let conditions = ctx.plan.conditions();
    for (id, condition) in conditions.iter() {
        let missing = missing(&[
            ("eigenaar", condition.owners.is_missing()),
            (
                "gereed",
                lacks_due_date(condition.due, condition.is_ongoing),
            ),
        ]);
        if let (Some(_), Some(missing)) = (condition.action.given(), missing) {
            sink.report(path![SECTION, "voorwaarden", id])
                .with("voorwaarde", conditions.name(id))
                .with("ontbreekt", missing);
        }
    }
}

/// The developers of an intervention often know which strategies help to implement it (handreiking 2).
fn developer_strategies_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let section = ctx.plan.preconditions.given();
    let is_missing = section.is_some_and(|section| section.developer_strategies.is_missing());
    if is_missing && is_existing(ctx.plan) {
        sink.report(path![SECTION]);
    }
}

fn condition_without(
    ctx: &RuleContext<'_>,
    sink: &mut FindingSink<'_>,
    lacks: fn(&Precondition) -> bool,
) {
    let parent = path![SECTION, "voorwaarden"];
    sink.report_each(ctx.plan.conditions(), &parent, "voorwaarde", lacks);
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_paths, findings, paths};

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
        assert_eq!(at("ja", ""), ["randvoorwaarden"]);
        assert_eq!(at("ja", "contextanalyse: later"), [""; 0]);
        assert_eq!(at("ja", "contextanalyse: {factoren: later}"), [""; 0]);
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
        for (condition, expected) in [
            ("", &["randvoorwaarde-niet-beoordeeld"][..]),
            ("{geregeld: ja}", &[]),
            ("{geregeld: soms}", &["waarde-ongeldig"]),
            ("{geregeld: deels}", &["randvoorwaarde-zonder-actie"]),
            (
                "{geregeld: nee, actie: x, eigenaar: y}",
                &["randvoorwaarde-zonder-eigenaar"],
            ),
            (
                "{geregeld: nee, actie: x, eigenaar: y, gereed: na 1 week}",
                &[],
            ),
            // An action without an end has no deadline.
            (
                "{geregeld: nee, actie: x, eigenaar: y, doorlopend: ja}",
                &[],
            ),
            (
                "{geregeld: nee, actie: x, doorlopend: ja}",
                &["randvoorwaarde-zonder-eigenaar"],
            ),
            (
                "{geregeld: nee, actie: x, eigenaar: y, doorlopend: nee}",
                &["randvoorwaarde-zonder-eigenaar"],
            ),
        ] {
            assert_eq!(rules(condition), expected, "{condition}");
        }
    }

    #[test]
    fn new_intervention_needs_no_developer_strategies() {
        assert_paths(
            "strategieen-ontwikkelaars-ontbreken",
            |new| {
                format!(
                    "versie: 1\nplan: {{nieuwe_interventie: {new}}}\nrandvoorwaarden: {{voorwaarden: {{a: }}}}"
                )
            },
            &[
                ("nee", &["randvoorwaarden"]),
                ("", &["randvoorwaarden"]),
                ("ja", &[]),
            ],
        );
    }
}
