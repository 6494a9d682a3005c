//! Rules of section 9, sustainment.
//!
//! Every point of the checklist is assessed, gaps get an action with an owner, and the answers agree with the rest of the plan.

use std::sync::LazyLock;

use crate::facts::links::pointing_at;
use crate::finding::Argument;
use crate::plan::Plan;
use crate::plan::context::{FactorDirection, Weight};
use crate::plan::goals::Goal;
use crate::plan::strategies::{Phase, Strategy};
use crate::plan::sustainment::{Point, PointAnswers, Sustainment};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::phrases::Phrases;
use crate::rules::support::{is_about_workload, lacks_due_date, missing};
use crate::value::path;
use crate::value::path::Path;
use crate::value::{Answer, Choice, YesNo};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::warning("borging-niet-beoordeeld", &["punt"], point_not_assessed),
    Check::warning("borging-zonder-actie", &["punt"], gap_without_action),
    Check::tip("geborgd-zonder-toelichting", &["punt"], embedded_without_explanation),
    Check::tip("borging-spreekt-belemmering-tegen", &["belemmeringen"], feasible_despite_barrier),
    Check::warning("borging-zonder-eigenaar", &["punt", "ontbreekt"], action_without_owner),
    Check::warning("borging-tegenstrijdig", &["woord", "doelen", "structureel", "punt"], contradicted_elsewhere),
    Check::tip("behoud-zonder-activiteit", &[], retention_without_activity)
        .resting_on(&["planning_en_budget.activiteiten.*.strategieen"]),
];

/// Words that make a goal depend on a point of the checklist.
static DEPENDENCIES: LazyLock<Vec<(&str, Phrases)>> = LazyLock::new(|| {
    const LISTS: [(&str, &str); 2] = [
        (
            "opbrengsten_in_jaarrapportage",
            include_str!("lists/annual-report.txt"),
        ),
        (
            "sturing_en_rapportage",
            include_str!("lists/management-report.txt"),
        ),
    ];
    LISTS
        .iter()
        .map(|(point, list)| (*point, Phrases::read(list)))
        .collect()
});

/// Sustainment begins with assessing all ten points (handreiking 9).
fn point_not_assessed(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let points = ctx
        .plan
        .sustainment
        .given()
        .into_iter()
        .flat_map(Sustainment::points);
    for (key, point) in points {
        let path = match point {
            Answer::Missing => path!["borging"],
            Answer::Given(point) if point.embedded.is_missing() => path!["borging", key],
            Answer::Given(_) | Answer::Unreadable => continue,
        };
        sink.report(path).with("punt", point_of_checklist(key));
    }
}

/// A point that is not embedded yet needs an action, or a reason why none is needed (handreiking 9).
fn gap_without_action(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for point in assessments(ctx.plan) {
        if point.answers.embedded.is(&YesNo::No)
            && point.answers.action.is_missing()
            && point.answers.not_needed.is_missing()
        {
            sink.report(point.path).with("punt", point.name);
        }
    }
}

/// "Yes" is convincing only with an explanation (handreiking 9).
fn embedded_without_explanation(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for point in assessments(ctx.plan) {
        if point.answers.embedded.is(&YesNo::Yes) && point.answers.explanation.is_missing() {
            sink.report(point.path).with("punt", point.name);
        }
    }
}

/// If time or workload is among the heaviest barriers, it is not obvious that the intervention continues in busy times.
fn feasible_despite_barrier(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let point = ctx
        .plan
        .sustainment
        .given()
        .and_then(|section| section.feasible_under_workload.given());
    if !point.is_some_and(|point| point.embedded.is(&YesNo::Yes)) {
        return;
    }
    let factors = ctx.plan.factors();
    let heavy = factors.iter().filter(|(_, factor)| {
        factor.direction.is(&FactorDirection::Barrier) && factor.weight.is(&Weight::Heavy)
    });
    let barriers: Vec<_> = heavy
        .map(|(id, _)| id)
        .filter(|id| is_about_workload(ctx.plan, id))
        .map(|id| factors.name(id))
        .collect();
    if !barriers.is_empty() {
        sink.report(path!["borging", "uitvoerbaar_bij_werkdruk", "geborgd"])
            .with("belemmeringen", barriers);
    }
}

/// An action needs an owner and a due date to happen, or an owner alone if it has no end.
fn action_without_owner(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for point in assessments(ctx.plan).filter(|point| point.answers.action.given().is_some()) {
        if let Some(missing) = missing(&[
            ("eigenaar", point.answers.owners.is_missing()),
            (
                "gereed",
                lacks_due_date(*point.answers.due, *point.answers.is_ongoing),
            ),
        ]) {
            sink.report(point.path)
                .with("punt", point.name)
                .with("ontbreekt", missing);
        }
    }
}

/// A point's answers must agree with the budget and with the goals that depend on the point.
fn contradicted_elsewhere(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(section) = ctx.plan.sustainment.given() else {
        return;
    };
    let budget = ctx.plan.budget.given();
    let funds = budget.and_then(|budget| budget.funds.given());
    let funding = &section.structural_funding;
    let is_funded = funding.is_given_and(|point| point.embedded.is(&YesNo::Yes));
    if is_funded && funds.is_some_and(|funds| funds.structural.is(&YesNo::No)) {
        sink.report(path!["borging", "structurele_financiering", "geborgd"])
            .with("punt", point_of_checklist("structurele_financiering"))
            .with("structureel", YesNo::No.name());
    }
    for (key, phrases) in DEPENDENCIES.iter() {
        let is_not_needed = |point: &Point| point.not_needed.given().is_some();
        let mut points = section.points().into_iter();
        let point = points.find(|(known, _)| known == key);
        if !point.is_some_and(|(_, point)| point.is_given_and(is_not_needed)) {
            continue;
        }
        let goals = ctx.plan.goals();
        let depending = goals
            .iter()
            .filter_map(|(id, goal)| Some((goals.name(id), dependency(goal, phrases)?)));
        let (goals, words): (Vec<_>, Vec<String>) = depending.unzip();
        if let Some(word) = words.into_iter().next() {
            sink.report(path!["borging", *key, "niet_nodig"])
                .with("punt", point_of_checklist(key))
                .with("doelen", goals)
                .with("woord", word);
        }
    }
}

/// The word in a goal's norm or results that makes it depend on a point.
fn dependency(goal: &Goal, phrases: &Phrases) -> Option<String> {
    let norm = goal.target.given().map(AsRef::as_ref);
    norm.into_iter()
        .chain(goal.results.all().iter().map(AsRef::as_ref))
        .find_map(|text| phrases.find(text))
}

/// Results do not last by themselves: some activity must embed them in the organisation (handreiking 9 and 12).
///
/// If no strategy is used for retention although a group goes through that phase, `fase-zonder-strategie` reports it instead.
fn retention_without_activity(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let (strategies, activities) = (ctx.plan.strategies(), ctx.plan.activities());
    let is_present =
        ctx.plan.sustainment.given().is_some() && !strategies.is_empty() && !activities.is_empty();
    let is_known = strategies.is_whole()
        && strategies
            .iter()
            .all(|(_, strategy)| !matches!(use_for_retention(strategy), Answer::Unreadable))
        && activities.is_whole()
        && ctx
            .facts
            .activities
            .values()
            .all(|scheduled| scheduled.activity.strategies.is_whole());
    if !is_present || !is_known {
        return;
    }
    let anchoring = || {
        strategies
            .iter()
            .filter(|(_, strategy)| use_for_retention(strategy).is(&true))
    };
    let is_carried_out = |id| !pointing_at(&ctx.facts.links.activities_of_strategy, id).is_empty();
    let is_reported_elsewhere = || {
        let mut users = ctx.facts.professionals();
        anchoring().next().is_none() && users.any(|user| user.goes_through(Phase::Retention))
    };
    if !anchoring().any(|(id, _)| is_carried_out(id)) && !is_reported_elsewhere() {
        sink.report(path!["borging"]);
    }
}

/// Whether a strategy is used for retention in some group; unreadable if an unreadable part may say so.
fn use_for_retention(strategy: &Strategy) -> Answer<bool> {
    let used_for = match &strategy.used_for {
        Answer::Missing => return Answer::Given(false),
        Answer::Unreadable => return Answer::Unreadable,
        Answer::Given(used_for) => used_for,
    };
    let mut is_whole = true;
    for (_, phases) in used_for.iter() {
        match phases {
            Answer::Given(phases) if phases.contains(Phase::Retention) => {
                return Answer::Given(true);
            }
            Answer::Given(phases) => is_whole &= phases.is_whole(),
            Answer::Missing => {}
            Answer::Unreadable => is_whole = false,
        }
    }
    if is_whole {
        Answer::Given(false)
    } else {
        Answer::Unreadable
    }
}

/// The answers about a point of the checklist or a custom point.
struct Assessment<'p> {
    name: Argument,
    path: Path,
    answers: PointAnswers<'p>,
}

/// A point of the checklist, by its key in the plan.
fn point_of_checklist(key: &str) -> Argument {
    Argument::Choice("borgingspunt", key.to_owned())
}

/// The answers about all points: the checklist first, then the custom points.
fn assessments(plan: &Plan) -> impl Iterator<Item = Assessment<'_>> {
    let points = plan
        .sustainment
        .given()
        .into_iter()
        .flat_map(Sustainment::points);
    let fixed = points.filter_map(|(key, point)| {
        let point = point.given()?;
        Some(Assessment {
            name: point_of_checklist(key),
            path: path!["borging", key],
            answers: point.answers(),
        })
    });
    let own_points = plan.own_points();
    let own = own_points.iter().map(move |(id, point)| Assessment {
        name: own_points.name(id).into(),
        path: path!["borging", "eigen_punten", id],
        answers: point.answers(),
    });
    fixed.chain(own)
}

#[cfg(test)]
mod tests;
