//! The rules of section 9.
//!
//! Each point of the checklist is looked at, what is not in order gets an action that somebody sees to, and what the points
//! say agrees with the rest of the plan.

use std::sync::LazyLock;

use crate::facts::links::pointing_at;
use crate::plan::Plan;
use crate::plan::context::{FactorDirection, Weight};
use crate::plan::goals::Goal;
use crate::plan::strategies::{Phase, Strategy};
use crate::plan::sustainment::{OwnPoint, Point, Sustainment};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::phrases::Phrases;
use crate::value::path;
use crate::value::path::Path;
use crate::value::{Answer, Choice, Moment, OneOrMany, Prose, RoleRef, YesNo, plain_words};

/// The rules of this section.
pub const RULES: &[Check] = &[
    Check::warning("borging-niet-beoordeeld", &["punt"], point_not_assessed),
    Check::warning("borging-zonder-actie", &["punt"], gap_without_action),
    Check::tip(
        "geborgd-zonder-toelichting",
        &["punt"],
        embedded_without_explanation,
    ),
    Check::tip(
        "borging-spreekt-belemmering-tegen",
        &["belemmeringen"],
        feasible_despite_barrier,
    ),
    Check::warning(
        "borging-zonder-eigenaar",
        &["punt", "ontbreekt"],
        action_without_owner,
    ),
    Check::warning(
        "borging-tegenstrijdig",
        &["woord", "doelen", "structureel", "punt"],
        contradicted_elsewhere,
    ),
    Check::tip("behoud-zonder-activiteit", &[], retention_without_activity)
        .resting_on(&["planning_en_budget.activiteiten.*.strategieen"]),
];

/// Words for too little time and too much work.
static WORKLOAD: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("lists/workload.txt")));

/// Words by which a goal depends on a point of the checklist.
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

/// Sustainment begins with looking at all ten points (handreiking 9).
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
        sink.report(path).with("punt", key);
    }
}

/// What is not seen to yet needs an action, or a reason why none is needed (handreiking 9).
fn gap_without_action(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for point in assessments(ctx.plan) {
        if point.embedded.is(&YesNo::No)
            && point.action.is_missing()
            && point.not_needed.is_missing()
        {
            sink.report(point.path).with("punt", point.name);
        }
    }
}

/// "Yes" convinces when it says what makes it so (handreiking 9).
fn embedded_without_explanation(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for point in assessments(ctx.plan) {
        if point.embedded.is(&YesNo::Yes) && point.explanation.is_missing() {
            sink.report(point.path).with("punt", point.name);
        }
    }
}

/// If time or workload is among the heaviest barriers, it is not self-evident that the intervention goes on when it is busy.
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
    let about_workload = |id: &&str| {
        [factors.name(id), plain_words(id)]
            .iter()
            .any(|name| WORKLOAD.find(name).is_some())
    };
    let barriers: Vec<String> = heavy
        .map(|(id, _)| id)
        .filter(about_workload)
        .map(|id| factors.name(id))
        .collect();
    if !barriers.is_empty() {
        sink.report(path!["borging", "uitvoerbaar_bij_werkdruk", "geborgd"])
            .with("belemmeringen", barriers);
    }
}

/// An action happens when somebody sees to it before a certain day.
fn action_without_owner(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for point in assessments(ctx.plan).filter(|point| point.action.given().is_some()) {
        let asked = [
            ("eigenaar", point.owners.is_missing()),
            ("gereed", point.due.is_missing()),
        ];
        let missing: Vec<String> = asked
            .iter()
            .filter(|(_, is_missing)| *is_missing)
            .map(|(key, _)| (*key).to_owned())
            .collect();
        if !missing.is_empty() {
            sink.report(point.path)
                .with("punt", point.name)
                .with("ontbreekt", missing);
        }
    }
}

/// What a point says must agree with the rest of the plan: with the budget, and with what goals depend on.
fn contradicted_elsewhere(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(section) = ctx.plan.sustainment.given() else {
        return;
    };
    let funds = ctx
        .plan
        .budget
        .given()
        .and_then(|budget| budget.funds.given());
    let is_funded = section
        .structural_funding
        .is_given_and(|point| point.embedded.is(&YesNo::Yes));
    if is_funded && funds.is_some_and(|funds| funds.structural.is(&YesNo::No)) {
        sink.report(path!["borging", "structurele_financiering", "geborgd"])
            .with("punt", "structurele_financiering")
            .with("structureel", YesNo::No.name());
    }
    for (key, phrases) in DEPENDENCIES.iter() {
        let point = section.points().into_iter().find(|(known, _)| known == key);
        if !point.is_some_and(|(_, point)| {
            point.is_given_and(|point| point.not_needed.given().is_some())
        }) {
            continue;
        }
        let depending = ctx
            .plan
            .goals()
            .iter()
            .filter_map(|(id, goal)| Some((id, dependency(goal, phrases)?)));
        let (goals, words): (Vec<&str>, Vec<String>) = depending.unzip();
        if let Some(word) = words.into_iter().next() {
            let goals: Vec<String> = goals
                .into_iter()
                .map(|id| ctx.plan.goals().name(id))
                .collect();
            sink.report(path!["borging", *key, "niet_nodig"])
                .with("punt", *key)
                .with("doelen", goals)
                .with("woord", word);
        }
    }
}

/// The word in a goal's norm or results by which it depends on a point.
fn dependency(goal: &Goal, phrases: &Phrases) -> Option<String> {
    let norm = goal.target.given().map(AsRef::as_ref);
    norm.into_iter()
        .chain(goal.results.all().iter().map(AsRef::as_ref))
        .find_map(|text| phrases.find(text))
}

/// What was reached does not last by itself: some activity must make it part of the organisation (handreiking 9 and 12).
///
/// When no strategy is meant for retention although a group goes through it, `fase-zonder-strategie` has said so.
fn retention_without_activity(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let (strategies, activities) = (ctx.plan.strategies(), ctx.plan.activities());
    let is_there =
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
    if !is_there || !is_known {
        return;
    }
    let anchoring = || {
        strategies
            .iter()
            .filter(|(_, strategy)| use_for_retention(strategy).is(&true))
    };
    let is_carried_out = |id| !pointing_at(&ctx.facts.links.activities_of_strategy, id).is_empty();
    let is_said_elsewhere = || {
        let mut users = ctx.facts.professionals();
        anchoring().next().is_none() && users.any(|user| user.goes_through(Phase::Retention))
    };
    if !anchoring().any(|(id, _)| is_carried_out(id)) && !is_said_elsewhere() {
        sink.report(path!["borging"]);
    }
}

/// Whether a strategy is used for retention in some group.
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

/// What was found on a point, of the checklist or of one's own.
struct Assessment<'p> {
    name: String,
    path: Path,
    embedded: &'p Answer<YesNo>,
    explanation: &'p Answer<Prose>,
    action: &'p Answer<Prose>,
    not_needed: &'p Answer<Prose>,
    owners: &'p Answer<OneOrMany<RoleRef>>,
    due: &'p Answer<Moment>,
}

/// What was found on all points, the checklist's first.
fn assessments(plan: &Plan) -> impl Iterator<Item = Assessment<'_>> {
    let points = plan
        .sustainment
        .given()
        .into_iter()
        .flat_map(Sustainment::points);
    let fixed = points.filter_map(|(key, point)| {
        let Point {
            embedded,
            explanation,
            action,
            not_needed,
            owners,
            due,
        } = point.given()?;
        let (name, path) = (key.to_owned(), path!["borging", key]);
        Some(Assessment {
            name,
            path,
            embedded,
            explanation,
            action,
            not_needed,
            owners,
            due,
        })
    });
    let own = plan.own_points().iter().map(|(id, point)| {
        let OwnPoint {
            name: _,
            embedded,
            explanation,
            action,
            not_needed,
            owners,
            due,
        } = point;
        let (name, path) = (
            plan.own_points().name(id),
            path!["borging", "eigen_punten", id],
        );
        Assessment {
            name,
            path,
            embedded,
            explanation,
            action,
            not_needed,
            owners,
            due,
        }
    });
    fixed.chain(own)
}

#[cfg(test)]
mod tests;
