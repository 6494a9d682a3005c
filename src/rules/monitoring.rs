//! Rules of section 10, monitoring.
//!
//! Each goal is measured in time to adjust. Groups that change their way of working are measured on adoption as well as fidelity.

use std::cell::LazyCell;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::facts::UserGroup;
use crate::facts::links::pointing_at;
use crate::plan::Plan;
use crate::plan::monitoring::{Indicator, IndicatorKind};
use crate::plan::strategies::Phase;
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::phrases::Phrases;
use crate::rules::support::{goals_name_their_groups, is_about_workload, measured_goals, missing};
use crate::value::norm::{Norm, Unit};
use crate::value::path;
use crate::value::{Answer, Choice as _, YesNo};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("doel-zonder-indicator", &["doel"], goal_without_indicator).resting_on(&["monitoring.*.doel"]),
    Check::warning("indicator-onvolledig", &["indicator", "ontbreekt"], incomplete_indicator),
    Check::warning("kwaliteit-niet-gemeten", &["groep"], fidelity_not_measured)
        .resting_on(&["monitoring.*.doel", "implementatiedoelen.*.groep", "implementatiestrategieen.fasen.*"]),
    Check::warning("toepassing-niet-gemeten", &["groep"], adoption_not_measured)
        .resting_on(&["monitoring.*.doel", "implementatiedoelen.*.groep", "implementatiestrategieen.fasen.*"]),
    Check::warning("meting-na-termijn", &["doel", "dag", "termijn", "indicator"], measured_after_term)
        .resting_on(&["monitoring.*.doel"]),
    Check::tip("meting-te-laat-om-bij-te-sturen", &["doel", "dag", "indicator", "termijn"], measured_too_late_to_adjust)
        .resting_on(&["monitoring.*.doel"]),
    Check::tip("norm-niet-af-te-lezen", &["doel", "norm"], target_not_counted).resting_on(&["monitoring.*.doel"]),
    Check::warning("indicator-zonder-eigenaar", &["indicator"], indicator_without_owner),
    Check::tip("extra-administratie", &["indicator", "bestaande_data", "belemmering"], extra_paperwork),
];

/// Words that indicate counting.
static COUNTING: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read(include_str!("lists/counting.txt")));

/// Every goal needs an indicator: without one, nobody can follow its progress (handreiking 10).
fn goal_without_indicator(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if !indicators_are_known(ctx) {
        return;
    }
    for (id, _) in measured_goals(ctx).filter(|(id, _)| indicators(ctx, id).next().is_none()) {
        sink.report(path!["implementatiedoelen", id])
            .with("doel", ctx.plan.goals().name(id));
    }
}

/// An indicator names its goal or the effect that it watches, the sign to look for, the data, when to measure, and how the results are used to adjust
/// (handreiking 10).
fn incomplete_indicator(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, indicator) in ctx.plan.indicators().iter() {
        if let Some(missing) = missing(&[
            (
                "doel",
                indicator.goal.is_missing() && indicator.effects.is_missing(),
            ),
            ("indicator", indicator.description.is_missing()),
            ("data", indicator.data.is_missing()),
            ("wanneer", indicator.when.is_missing()),
            ("bijsturen", indicator.adjustment.is_missing()),
        ]) {
            sink.report(path!["monitoring", id])
                .with("indicator", ctx.plan.indicators().name(id))
                .with("ontbreekt", missing);
        }
    }
}

/// Groups that work in a new way need an indicator for fidelity: an intervention only works if it is applied well (handreiking 10).
fn fidelity_not_measured(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    not_measured(ctx, IndicatorKind::Fidelity, sink);
}

/// Groups that work in a new way need an indicator for adoption: quality means little if the intervention is hardly applied (handreiking 10).
fn adoption_not_measured(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    not_measured(ctx, IndicatorKind::Adoption, sink);
}

/// Reports each group that changes and has indicators, but none of this kind. An unreadable kind may be this one. A
/// missing kind may not: no other rule requires the kind, so the plan would get no finding at all.
fn not_measured(ctx: &RuleContext<'_>, kind: IndicatorKind, sink: &mut FindingSink<'_>) {
    if !indicators_are_known(ctx) || !goals_name_their_groups(ctx.plan) {
        return;
    }
    let users = ctx.facts.professionals();
    for user in users.filter(|user| changes(ctx.plan, user)) {
        let goals = pointing_at(&ctx.facts.links.goals_of_group, user.id);
        let indicators = goals.iter().flat_map(|goal| indicators(ctx, goal));
        let may_be: Vec<bool> = indicators
            .map(|(_, indicator)| {
                indicator.kind.is(&kind) || matches!(indicator.kind, Answer::Unreadable)
            })
            .collect();
        if !may_be.is_empty() && !may_be.contains(&true) {
            sink.report_user(user);
        }
    }
}

/// Whether a group is known to go through the phase of change. Implementers do, unless section 7 says otherwise.
fn changes(plan: &Plan, user: &UserGroup<'_>) -> bool {
    user.goes_through(Phase::Change) || plan.strategies.is_missing() && user.is_implementer()
}

/// Measuring a goal for the first time after its term is too late to adjust, or to know in time whether it was reached
/// (handreiking 10).
fn measured_after_term(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for first in first_measurements(ctx).filter(|first| first.day > first.term) {
        first.report(ctx, sink);
    }
}

/// Measuring for the first time on the last day of the term shows the result but leaves no time to adjust (handreiking 10).
fn measured_too_late_to_adjust(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for first in first_measurements(ctx).filter(|first| first.day == first.term) {
        first.report(ctx, sink);
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
    fn report(&self, ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
        sink.report(path!["monitoring", self.indicator, "wanneer"])
            .with("doel", ctx.plan.goals().name(self.goal))
            .with("indicator", ctx.plan.indicators().name(self.indicator))
            .with("dag", self.day)
            .with("termijn", self.term);
    }
}

/// The first measurement of each goal with a known term and known dates for all its indicators.
fn first_measurements<'p>(ctx: &RuleContext<'p>) -> impl Iterator<Item = FirstMeasurement<'p>> {
    let is_known = indicators_are_known(ctx);
    measured_goals(ctx)
        .filter(move |_| is_known)
        .filter_map(|(goal, _)| {
            let term = ctx.facts.terms.get(goal)?.ends?;
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

/// The date of an indicator's first measurement, even if that is after the end of the plan.
fn first_day(ctx: &RuleContext<'_>, indicator: &Indicator) -> Option<Date> {
    let when = indicator.when.given().filter(|when| when.is_whole())?;
    when.first(ctx.facts.start, None)
}

/// A norm such as "80% of the conversations" needs an indicator that counts conversations (handreiking 10).
fn target_not_counted(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if !indicators_are_known(ctx) {
        return;
    }
    for (id, goal) in measured_goals(ctx) {
        let target = goal.target.given();
        let Some(target) = target.filter(|target| is_count(target.as_str())) else {
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

/// Whether a norm is a percentage or a count. An amount of money is neither.
fn is_count(target: &str) -> bool {
    let norm = Norm::of(target);
    let quantity = norm.as_ref().and_then(Norm::number);
    quantity.is_some_and(|quantity| quantity.unit != Some(Unit::Euro))
}

/// Whether an indicator mentions counting; `None` if it does not say which data are collected.
fn counts(indicator: &Indicator) -> Option<bool> {
    let data = indicator.data.given()?;
    let mut texts = [Some(data), indicator.description.given()]
        .into_iter()
        .flatten();
    Some(texts.any(|text| COUNTING.find(text.as_ref()).is_some()))
}

/// An indicator without an owner is not measured.
fn indicator_without_owner(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let (indicators, parent) = (ctx.plan.indicators(), path!["monitoring"]);
    sink.report_each(indicators, &parent, "indicator", |indicator| {
        indicator.owners.is_missing()
    });
}

/// Adoption should be measured with existing data (handreiking 10): extra paperwork costs goodwill, most of all where time is
/// short already.
fn extra_paperwork(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let indicators = ctx.plan.indicators();
    let barrier = LazyCell::new(|| {
        let mut barriers = ctx.facts.focus_barriers.iter();
        barriers.find(|id| is_about_workload(ctx.plan, id))
    });
    let of_adoption = indicators
        .iter()
        .filter(|(_, indicator)| indicator.kind.is(&IndicatorKind::Adoption));
    for (id, indicator) in of_adoption {
        let path = path!["monitoring", id];
        if indicator.existing_data.is(&YesNo::No) {
            sink.report(path.join("bestaande_data"))
                .with("indicator", indicators.name(id))
                .with("bestaande_data", YesNo::No.name());
        } else if indicator.existing_data.is_missing()
            && let Some(barrier) = *barrier
        {
            sink.report(path)
                .with("indicator", indicators.name(id))
                .with("belemmering", ctx.plan.factors().name(barrier));
        }
    }
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

/// Whether there are indicators, and every one of them and its goal could be read.
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
