//! The rules of section 7.
//!
//! Table 7.1 must hold every barrier that counts, table 7.2 every phase that a user group goes through; each strategy
//! has a reason, an owner and an activity.

use std::collections::HashSet;

use crate::facts::UserGroup;
use crate::facts::links::pointing_at;
use crate::finding::{Argument, Finding, Severity};
use crate::plan::Plan;
use crate::plan::context::{Factor, FactorDirection, Weight};
use crate::plan::strategies::{Phase, Strategy, StrategyKind};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::value::path;
use crate::value::path::Path;
use crate::value::{Answer, Choice, YesNo};

/// The rules of this section.
pub const RULES: &[Check] = &[
    Check::error(
        "belemmering-zonder-strategie",
        &["belemmering", "gewicht", "invloed", "veranderbaar"],
        barrier_without_strategy,
    )
    .resting_on(&["implementatiestrategieen.strategieen.*.belemmeringen"]),
    Check::tip(
        "strategie-op-onveranderbaar",
        &["strategie", "belemmeringen"],
        strategy_for_the_unchangeable,
    ),
    Check::warning(
        "strategie-zonder-aanleiding",
        &["strategie"],
        strategy_without_occasion,
    ),
    Check::warning(
        "fase-zonder-strategie",
        &["groep", "fase"],
        phase_without_strategy,
    )
    .resting_on(&[
        "implementatiestrategieen.fasen.*",
        "implementatiestrategieen.strategieen.*.inzet.*",
    ]),
    Check::tip(
        "fasen-zonder-reden",
        &["groep", "fasen"],
        shortened_route_without_reason,
    ),
    Check::warning(
        "uitvoerder-slaat-fase-over",
        &["groep", "fasen"],
        implementer_skips_phase,
    )
    .resting_on(&["implementatiestrategieen.fasen.*"]),
    Check::tip("soort-ontbreekt", &["strategie"], strategy_without_kind),
    Check::tip(
        "soort-past-niet-bij-fase",
        &["groep", "fase", "passend"],
        no_fitting_kind_for_phase,
    )
    .resting_on(&["implementatiestrategieen.strategieen.*.inzet.*"]),
    Check::tip(
        "acceptatie-eenzijdig",
        &["groep", "strategie"],
        one_sided_acceptance,
    )
    .resting_on(&[
        "implementatiestrategieen.fasen.*",
        "implementatiestrategieen.strategieen.*.inzet.*",
    ]),
    Check::tip(
        "training-zonder-vervolg",
        &["groep"],
        training_without_support,
    )
    .resting_on(&[
        "implementatiestrategieen.fasen.*",
        "implementatiestrategieen.strategieen.*.inzet.*",
    ]),
    Check::warning(
        "strategie-zonder-eigenaar",
        &["strategie"],
        strategy_without_owner,
    ),
    Check::warning(
        "strategie-zonder-activiteit",
        &["strategie"],
        strategy_without_activity,
    )
    .resting_on(&["planning_en_budget.activiteiten.*.strategieen"]),
];

/// Every focus barrier has a strategy that is aimed at it (handreiking 7a): the heaviest barriers that can be changed are
/// what the plan is about.
fn barrier_without_strategy(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(section) = ctx.plan.strategies.given() else {
        return;
    };
    let strategies = ctx.plan.strategies();
    let is_known = strategies.is_whole()
        && strategies
            .iter()
            .all(|(_, strategy)| strategy.barriers.is_whole());
    if matches!(section.strategies, Answer::Unreadable) || !is_known {
        return;
    }
    let bare = |id: &&str| pointing_at(&ctx.facts.links.strategies_of_barrier, id).is_empty();
    for id in ctx.facts.focus_barriers.iter().copied().filter(bare) {
        let Some(factor) = ctx.plan.factors().get(id) else {
            continue;
        };
        let finding = sink.report(path!["contextanalyse", "factoren", id]);
        finding.with("belemmering", ctx.plan.factors().name(id));
        weigh(finding, factor);
    }
}

/// What weighs heavily is a "fout", what weighs less a "waarschuwing".
fn weigh(finding: &mut Finding, factor: &Factor) {
    let Some(weight) = factor.weight.given() else {
        return;
    };
    finding.with("invloed", Argument::Text(weight.name().to_owned()));
    if *weight < Weight::Heavy {
        finding.severity(Severity::Warning).with(
            "gewicht",
            Argument::Choice(Weight::KIND, weight.name().to_owned()),
        );
    }
    if factor.changeable.is(&YesNo::Yes) {
        finding.with(
            "veranderbaar",
            Argument::Choice(YesNo::KIND, YesNo::Yes.name().to_owned()),
        );
    }
}

/// A strategy that is aimed at nothing but barriers that cannot be changed (handreiking 6c) softens and does not remove: fine
/// if that is meant.
fn strategy_for_the_unchangeable(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let factors = ctx.plan.factors();
    let is_unchangeable = |factor: &Factor| {
        factor.direction.is(&FactorDirection::Barrier) && factor.changeable.is(&YesNo::No)
    };
    for (id, strategy) in ctx.plan.strategies().iter() {
        let barriers = strategy.barriers.all();
        let only_those = barriers
            .iter()
            .all(|id| factors.get(id.as_ref()).is_some_and(is_unchangeable));
        if !barriers.is_empty() && strategy.barriers.is_whole() && only_those {
            let names: Vec<String> = barriers
                .iter()
                .map(|id| factors.name(id.as_ref()))
                .collect();
            sink.report(at(id).join("belemmeringen"))
                .with("strategie", ctx.plan.strategies().name(id))
                .with("belemmeringen", names);
        }
    }
}

/// A strategy takes a barrier away or helps a group into its next phase (handreiking 7); what does neither has no reason to be
/// in the plan.
fn strategy_without_occasion(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    report(ctx, sink, |strategy| {
        strategy.barriers.is_missing() && strategy.used_for.is_missing()
    });
}

/// Every phase that a user group goes through asks for a strategy (handreiking 7b).
fn phase_without_strategy(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for user in users(ctx) {
        let phases = user.phases.iter().flatten().copied();
        for phase in phases.filter(|phase| user.strategies_for(*phase).next().is_none()) {
            sink.report(path!["gebruikers", user.id])
                .with("groep", user.name.as_str())
                .with(
                    "fase",
                    Argument::Choice(Phase::KIND, phase.name().to_owned()),
                );
        }
    }
}

/// Not every group goes through all five phases (handreiking 7b), but somebody must have thought about which it skips.
fn shortened_route_without_reason(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (user, skipped) in shortened_routes(ctx) {
        if ctx
            .plan
            .routes()
            .get(user.id)
            .is_some_and(|route| route.because.is_missing())
        {
            sink.report(path!["implementatiestrategieen", "fasen", user.id])
                .with("groep", user.name.as_str())
                .with("fasen", skipped);
        }
    }
}

/// Who applies the intervention must know, understand, want, do and keep doing it (handreiking 7b).
fn implementer_skips_phase(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (user, skipped) in shortened_routes(ctx).filter(|(user, _)| user.is_implementer()) {
        sink.report(path!["implementatiestrategieen", "fasen", user.id])
            .with("groep", user.name.as_str())
            .with("fasen", skipped);
    }
}

/// The groups that do not go through all five phases, with the phases that they skip.
fn shortened_routes<'p>(
    ctx: &RuleContext<'p>,
) -> impl Iterator<Item = (&'p UserGroup<'p>, Argument)> {
    ctx.facts.professionals().filter_map(|user| {
        let phases = user.phases.as_ref()?;
        let skipped = Phase::ALL.iter().filter(|phase| !phases.contains(phase));
        let skipped: Vec<String> = skipped.map(|phase| phase.name().to_owned()).collect();
        (!skipped.is_empty()).then_some((user, Argument::Choices(Phase::KIND, skipped)))
    })
}

/// The kind of a strategy (handreiking 7) shows whether it suits its phase.
fn strategy_without_kind(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    report(ctx, sink, |strategy| strategy.kinds.is_missing());
}

/// Each phase asks for its own kind of strategy (handreiking 7b).
fn no_fitting_kind_for_phase(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for user in users(ctx) {
        for phase in user.phases.iter().flatten().copied() {
            let Some(kinds) = kinds(ctx.plan, user.strategies_for(phase)) else {
                continue;
            };
            let fitting = fitting(phase);
            if kinds.is_empty() || kinds.iter().any(|kind| fitting.contains(kind)) {
                continue;
            }
            // What to write in the plan is Dutch in any language.
            let fitting: Vec<String> = fitting.iter().map(|kind| kind.name().to_owned()).collect();
            sink.report(path!["gebruikers", user.id])
                .with("groep", user.name.as_str())
                .with(
                    "fase",
                    Argument::Choice(Phase::KIND, phase.name().to_owned()),
                )
                .with("passend", fitting);
        }
    }
}

/// The kinds of strategy that help a group into a phase.
const fn fitting(phase: Phase) -> &'static [StrategyKind] {
    match phase {
        Phase::Orientation => &[StrategyKind::Informing],
        Phase::Insight => &[StrategyKind::Educating],
        Phase::Acceptance => &[StrategyKind::Motivating, StrategyKind::Organising],
        Phase::Change => &[StrategyKind::Facilitating],
        Phase::Retention => &[StrategyKind::Anchoring],
    }
}

/// The kinds of those strategies together; `None` when they are not known of all.
fn kinds<'p>(plan: &Plan, strategies: impl Iterator<Item = &'p str>) -> Option<Vec<StrategyKind>> {
    let mut all = Vec::new();
    for id in strategies {
        let kinds = &plan.strategies().get(id)?.kinds;
        if kinds.is_missing() || !kinds.is_whole() {
            return None;
        }
        all.extend_from_slice(kinds.all());
    }
    Some(all)
}

/// A group has front-runners, a middle and laggards, who come to want it for different reasons (handreiking 7b, Toolkit).
fn one_sided_acceptance(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for user in users(ctx).filter(|user| user.goes_through(Phase::Acceptance)) {
        let mut strategies = user.strategies_for(Phase::Acceptance);
        if let (Some(only), None) = (strategies.next(), strategies.next()) {
            sink.report(path!["gebruikers", user.id])
                .with("groep", user.name.as_str())
                .with("strategie", ctx.plan.strategies().name(only));
        }
    }
}

/// Most is learned after the training, at work (Toolkit 4.3): what teaches needs something behind it that helps.
fn training_without_support(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for user in users(ctx).filter(|user| user.goes_through(Phase::Change)) {
        let strategies = Phase::ALL
            .iter()
            .flat_map(|phase| user.strategies_for(*phase));
        let Some(kinds) = kinds(ctx.plan, strategies) else {
            continue;
        };
        if kinds.contains(&StrategyKind::Educating) && !kinds.contains(&StrategyKind::Facilitating)
        {
            sink.report(path!["gebruikers", user.id])
                .with("groep", user.name.as_str());
        }
    }
}

/// A strategy that nobody sees to does not happen.
fn strategy_without_owner(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    report(ctx, sink, |strategy| strategy.owners.is_missing());
}

/// A strategy becomes work in the planning (handreiking 12): without an activity nobody does it. Cancelled ones do not count.
fn strategy_without_activity(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let activities = ctx.plan.activities();
    let planned = || ctx.facts.activities.values();
    if activities.is_empty()
        || !activities.is_whole()
        || !planned().all(|scheduled| scheduled.activity.strategies.is_whole())
    {
        return;
    }
    for (id, _) in ctx.plan.strategies().iter() {
        if pointing_at(&ctx.facts.links.activities_of_strategy, id).is_empty() {
            sink.report(at(id))
                .with("strategie", ctx.plan.strategies().name(id));
        }
    }
}

/// Where a strategy stands.
fn at(strategy: &str) -> Path {
    path!["implementatiestrategieen", "strategieen", strategy]
}

/// One finding for each strategy that lacks something.
fn report(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>, lacks: impl Fn(&Strategy) -> bool) {
    for (id, _) in ctx
        .plan
        .strategies()
        .iter()
        .filter(|(_, strategy)| lacks(strategy))
    {
        sink.report(at(id))
            .with("strategie", ctx.plan.strategies().name(id));
    }
}

/// The user groups whose row in table 7.2 is fully known; none when there are no strategies.
fn users<'p>(ctx: &RuleContext<'p>) -> impl Iterator<Item = &'p UserGroup<'p>> {
    let unreadable = if ctx.plan.strategies().is_empty() {
        None
    } else {
        unreadable_rows(ctx.plan)
    };
    let users = unreadable.map(|rows| {
        ctx.facts
            .professionals()
            .filter(move |user| !rows.contains(user.id))
    });
    users.into_iter().flatten()
}

/// The groups whose row in table 7.2 has a part that could not be read; `None` if that may be any group.
fn unreadable_rows(plan: &Plan) -> Option<HashSet<&str>> {
    let mut rows = HashSet::new();
    for (_, strategy) in plan.strategies().iter() {
        let used_for = match &strategy.used_for {
            Answer::Missing => continue,
            Answer::Unreadable => return None,
            Answer::Given(used_for) => used_for,
        };
        let unreadable = used_for.iter().filter(|(_, phases)| match phases {
            Answer::Missing => false,
            Answer::Unreadable => true,
            Answer::Given(phases) => !phases.is_whole(),
        });
        rows.extend(unreadable.map(|(group, _)| group.as_ref()));
    }
    plan.strategies().is_whole().then_some(rows)
}

#[cfg(test)]
mod tests;
