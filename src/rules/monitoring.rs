//! The rules of section 10.
//!
//! Each goal is measured, in time to adjust, and those who apply the intervention both on whether they do it and on how well.

use std::sync::LazyLock;

use jiff::civil::Date;

use crate::facts::links::pointing_at;
use crate::finding::Finding;
use crate::plan::goals::Goal;
use crate::plan::monitoring::{Indicator, IndicatorKind};
use crate::plan::stakeholders::StakeholderRole;
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::goals::goals_name_their_groups;
use crate::rules::phrases::Phrases;
use crate::value::norm::{Norm, Unit};
use crate::value::path;
use crate::value::{Answer, YesNo};

/// The rules of this section.
pub const RULES: &[Check] = &[
    Check::error("doel-zonder-indicator", &["doel"], goal_without_indicator)
        .resting_on(&["monitoring.*.doel"]),
    Check::warning(
        "indicator-onvolledig",
        &["indicator", "ontbreekt"],
        incomplete_indicator,
    ),
    Check::warning("kwaliteit-niet-gemeten", &["groep"], fidelity_not_measured)
        .resting_on(&["monitoring.*.doel", "implementatiedoelen.*.groep"]),
    Check::warning("toepassing-niet-gemeten", &["groep"], adoption_not_measured)
        .resting_on(&["monitoring.*.doel", "implementatiedoelen.*.groep"]),
    Check::warning(
        "meting-na-termijn",
        &["doel", "dag", "termijn", "indicator"],
        measured_after_term,
    )
    .resting_on(&["monitoring.*.doel"]),
    Check::tip(
        "meting-te-laat-om-bij-te-sturen",
        &["doel", "dag", "indicator", "termijn"],
        measured_too_late_to_adjust,
    )
    .resting_on(&["monitoring.*.doel"]),
    Check::tip(
        "norm-niet-af-te-lezen",
        &["doel", "norm"],
        target_not_counted,
    )
    .resting_on(&["monitoring.*.doel"]),
    Check::warning(
        "indicator-zonder-eigenaar",
        &["indicator"],
        indicator_without_owner,
    ),
    Check::tip("extra-administratie", &["indicator"], extra_paperwork),
];

/// Words for counting.
static COUNTING: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("lists/counting.txt")));

/// Without an indicator nobody sees whether a goal comes nearer (handreiking 10).
fn goal_without_indicator(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if !indicators_are_known(ctx) {
        return;
    }
    for (id, _) in goals(ctx).filter(|(id, _)| indicators(ctx, id).next().is_none()) {
        sink.report(path!["implementatiedoelen", id])
            .with("doel", ctx.plan.goals().name(id));
    }
}

/// An indicator says what is collected, when, and what is done with it (handreiking 10).
fn incomplete_indicator(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, indicator) in ctx.plan.indicators().iter() {
        let asked = [
            ("data", indicator.data.is_missing()),
            ("wanneer", indicator.when.is_missing()),
            ("bijsturen", indicator.adjustment.is_missing()),
        ];
        let missing: Vec<String> = asked
            .iter()
            .filter(|(_, is_missing)| *is_missing)
            .map(|(key, _)| (*key).to_owned())
            .collect();
        if !missing.is_empty() {
            sink.report(path!["monitoring", id])
                .with("indicator", ctx.plan.indicators().name(id))
                .with("ontbreekt", missing);
        }
    }
}

/// Doing it is not yet doing it well: what works must get the chance to work (handreiking 10).
fn fidelity_not_measured(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    not_measured(ctx, IndicatorKind::Fidelity, sink);
}

/// How well it is done says little if it is hardly done (handreiking 10).
fn adoption_not_measured(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    not_measured(ctx, IndicatorKind::Adoption, sink);
}

/// One finding for each group that applies the intervention and has indicators, none of that kind. An indicator without a kind is of
/// no kind: no other rule asks for it, so this one is not silent about it. What an unreadable kind was meant to be is not known.
fn not_measured(ctx: &RuleContext<'_>, kind: IndicatorKind, sink: &mut FindingSink<'_>) {
    if !indicators_are_known(ctx) || !goals_name_their_groups(ctx.plan) {
        return;
    }
    for user in ctx
        .facts
        .professionals()
        .filter(|user| user.is_implementer())
    {
        let goals = pointing_at(&ctx.facts.links.goals_of_group, user.id);
        let indicators = goals.iter().flat_map(|goal| indicators(ctx, goal));
        let may_be: Vec<bool> = indicators
            .map(|(_, indicator)| {
                indicator.kind.is(&kind) || matches!(indicator.kind, Answer::Unreadable)
            })
            .collect();
        if !may_be.is_empty() && !may_be.contains(&true) {
            sink.report(path!["gebruikers", user.id])
                .with("groep", user.name.as_str());
        }
    }
}

/// A goal that is first measured after its term cannot be steered, and nobody knows in time whether it was reached (handreiking 10).
fn measured_after_term(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for first in first_measurements(ctx).filter(|first| first.day > first.term) {
        first.describe(
            sink.report(path!["monitoring", first.indicator, "wanneer"]),
            ctx,
        );
    }
}

/// Who first measures on the last day of the term sees what happened, and can change nothing any more (handreiking 10).
fn measured_too_late_to_adjust(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for first in first_measurements(ctx).filter(|first| first.day == first.term) {
        first.describe(
            sink.report(path!["monitoring", first.indicator, "wanneer"]),
            ctx,
        );
    }
}

/// The first measurement of a goal.
struct FirstMeasurement<'p> {
    goal: &'p str,
    indicator: &'p str,
    day: Date,
    /// The last day of the goal's term.
    term: Date,
}

impl FirstMeasurement<'_> {
    fn describe(&self, finding: &mut Finding, ctx: &RuleContext<'_>) {
        finding
            .with("doel", ctx.plan.goals().name(self.goal))
            .with("indicator", ctx.plan.indicators().name(self.indicator))
            .with("dag", self.day)
            .with("termijn", self.term);
    }
}

/// The first measurement of each goal of which the term and the days of all its indicators are known.
fn first_measurements<'p>(ctx: &RuleContext<'p>) -> impl Iterator<Item = FirstMeasurement<'p>> {
    let is_known = indicators_are_known(ctx);
    goals(ctx)
        .filter(move |_| is_known)
        .filter_map(|(goal, _)| {
            let term = ctx.facts.terms.get(goal)?.ends?;
            // A term before the plan starts is itself what is wrong.
            if ctx.facts.start.is_some_and(|start| term < start) {
                return None;
            }
            let days: Option<Vec<(Date, &str)>> = indicators(ctx, goal)
                .map(|(id, indicator)| Some((first_day(ctx, indicator)?, id)))
                .collect();
            let (day, indicator) = days?.into_iter().min_by_key(|(day, _)| *day)?;
            Some(FirstMeasurement {
                goal,
                indicator,
                day,
                term,
            })
        })
}

/// The day on which an indicator is first measured, also if that lies after the end of the plan.
fn first_day(ctx: &RuleContext<'_>, indicator: &Indicator) -> Option<Date> {
    let when = indicator.when.given().filter(|when| when.is_whole())?;
    when.first(ctx.facts.start, None)
}

/// "80% of the talks" can only be seen by who counts talks (handreiking 10).
fn target_not_counted(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if !indicators_are_known(ctx) {
        return;
    }
    for (id, goal) in goals(ctx) {
        let Some(target) = goal
            .target
            .given()
            .filter(|target| is_count(target.as_str()))
        else {
            continue;
        };
        let counts: Option<Vec<bool>> = indicators(ctx, id)
            .map(|(_, indicator)| counts(indicator))
            .collect();
        if counts.is_some_and(|counts| !counts.is_empty() && !counts.contains(&true)) {
            sink.report(path!["implementatiedoelen", id])
                .with("doel", ctx.plan.goals().name(id))
                .with("norm", target.as_str());
        }
    }
}

/// Whether a norm is a percentage or a count. Euros are not counted.
fn is_count(target: &str) -> bool {
    let norm = Norm::of(target);
    let quantity = norm.as_ref().and_then(Norm::number);
    quantity.is_some_and(|quantity| quantity.unit != Some(Unit::Euro))
}

/// Whether an indicator speaks of counting; `None` when it does not say what is collected.
fn counts(indicator: &Indicator) -> Option<bool> {
    let data = indicator.data.given()?;
    let texts = [Some(data), indicator.description.given()];
    Some(
        texts
            .into_iter()
            .flatten()
            .any(|text| COUNTING.find(text.as_ref()).is_some()),
    )
}

/// What nobody sees to is not measured.
fn indicator_without_owner(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, _) in ctx
        .plan
        .indicators()
        .iter()
        .filter(|(_, indicator)| indicator.owners.is_missing())
    {
        sink.report(path!["monitoring", id])
            .with("indicator", ctx.plan.indicators().name(id));
    }
}

/// Rather use what is registered anyway (handreiking 10): filling in more forms costs goodwill.
fn extra_paperwork(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, indicator) in ctx.plan.indicators().iter() {
        if indicator.kind.is(&IndicatorKind::Adoption) && indicator.existing_data.is(&YesNo::No) {
            sink.report(path!["monitoring", id, "bestaande_data"])
                .with("indicator", ctx.plan.indicators().name(id));
        }
    }
}

/// The goals, but for those of beneficiaries: these are goals of the intervention.
fn goals<'p>(ctx: &RuleContext<'p>) -> impl Iterator<Item = (&'p str, &'p Goal)> {
    let groups = ctx.plan.groups();
    ctx.plan.goals().iter().filter(move |(_, goal)| {
        let group = goal
            .group
            .given()
            .and_then(|group| groups.get(group.as_ref()));
        !group.is_some_and(|group| group.role.is(&StakeholderRole::Beneficiary))
    })
}

/// The indicators of a goal.
fn indicators<'p>(
    ctx: &RuleContext<'p>,
    goal: &str,
) -> impl Iterator<Item = (&'p str, &'p Indicator)> {
    let ids = pointing_at(&ctx.facts.links.indicators_of_goal, goal);
    ids.iter()
        .filter_map(|id| Some((*id, ctx.plan.indicators().get(id)?)))
}

/// Whether there are indicators and of each is known which goal it measures.
fn indicators_are_known(ctx: &RuleContext<'_>) -> bool {
    let indicators = ctx.plan.indicators();
    let has_goal =
        |indicator: &Indicator| indicator.goal.given().is_some() || indicator.goal.is_missing();
    !indicators.is_empty()
        && indicators.is_whole()
        && indicators.iter().all(|(_, indicator)| has_goal(indicator))
}

#[cfg(test)]
mod tests;
