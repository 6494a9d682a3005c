//! Rules of section 7, implementation strategies.
//!
//! Table 7.1 must cover every focus barrier, and table 7.2 every phase that a user group goes through. Each strategy needs a
//! reason, an owner and an activity.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::facts::links::pointing_at;
use crate::facts::{Facts, UserGroup};
use crate::finding::{Argument, Finding, Severity};
use crate::plan::Plan;
use crate::plan::context::{Factor, FactorDirection, Level, Weight};
use crate::plan::stakeholders::StakeholderRole;
use crate::plan::strategies::{Phase, Strategies, Strategy, StrategyKind};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::{choice, choices, is_about_workload};
use crate::value::path;
use crate::value::path::Path;
use crate::value::{Answer, Choice, YesNo};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("belemmering-zonder-strategie", &["belemmering", "gewicht", "invloed", "niveau", "veranderbaar"], barrier_without_strategy)
        .resting_on(&["implementatiestrategieen.strategieen.*.belemmeringen"]),
    Check::error("strategieen-ontbreken", &[], no_strategies),
    Check::tip("strategie-op-onveranderbaar", &["strategie", "belemmeringen"], strategy_for_the_unchangeable),
    Check::tip("strategie-overvraagd", &["strategie", "aantal", "alles"], overtaxed_strategy)
        .resting_on(&["implementatiestrategieen.strategieen.*.belemmeringen"]),
    Check::tip("strategie-zonder-beschrijving", &["strategieen"], strategies_without_description),
    Check::warning("strategie-zonder-aanleiding", &["strategie"], strategy_without_occasion),
    Check::warning("fase-zonder-strategie", &["groep", "fase", "fasen"], phase_without_strategy)
        .resting_on(&["implementatiestrategieen.fasen.*", "implementatiestrategieen.strategieen.*.inzet.*"]),
    Check::tip("fasen-zonder-reden", &["groep", "fasen"], shortened_route_without_reason),
    Check::warning("uitvoerder-slaat-fase-over", &["groep", "fasen"], implementer_skips_phase)
        .resting_on(&["implementatiestrategieen.fasen.*"]),
    Check::tip("soort-ontbreekt", &["strategie"], strategy_without_kind),
    Check::tip("soort-past-niet-bij-fase", &["groep", "fase", "passend"], no_fitting_kind_for_phase)
        .resting_on(&["implementatiestrategieen.strategieen.*.inzet.*"]),
    Check::tip("strategie-past-niet-bij-belemmering", &["belemmering", "strategieen"], barrier_of_organisation_met_with_words)
        .resting_on(&["implementatiestrategieen.strategieen.*.belemmeringen"]),
    Check::tip("belemmering-andere-groep", &["belemmering", "groep", "strategieen"], barrier_of_another_group)
        .resting_on(&["implementatiestrategieen.strategieen.*.belemmeringen", "implementatiestrategieen.strategieen.*.inzet.*"]),
    Check::tip("acceptatie-eenzijdig", &["groep", "strategie"], one_sided_acceptance)
        .resting_on(&["implementatiestrategieen.fasen.*", "implementatiestrategieen.strategieen.*.inzet.*"]),
    Check::tip("training-zonder-vervolg", &["groep"], training_without_support)
        .resting_on(&["implementatiestrategieen.fasen.*", "implementatiestrategieen.strategieen.*.inzet.*"]),
    Check::warning("strategie-zonder-eigenaar", &["strategie"], strategy_without_owner),
    Check::warning("strategie-zonder-activiteit", &["strategie"], strategy_without_activity)
        .resting_on(&["planning_en_budget.activiteiten.*.strategieen", "communicatieplan.*.strategieen"]),
];

/// Every focus barrier needs a strategy (handreiking 7a): the plan is about the heaviest barriers that can be changed.
fn barrier_without_strategy(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, factor) in focus_barriers(ctx) {
        if strategies_for(ctx, id).is_empty() {
            let finding = sink.report(barrier_path(id));
            finding.with("belemmering", ctx.plan.factors().name(id));
            if let Some(level) = factor.level.given() {
                finding.with("niveau", choice(*level));
            }
            add_weight(finding, factor);
        }
    }
}

/// The focus barriers, if there are strategies and the barriers of each could be read.
fn focus_barriers<'p>(ctx: &RuleContext<'p>) -> impl Iterator<Item = (&'p str, &'p Factor)> {
    let has_strategies = !ctx.plan.strategies().is_empty();
    known_focus_barriers(ctx.plan, ctx.facts).filter(move |_| has_strategies)
}

/// The focus barriers, if it is known which strategies are aimed at each.
pub(crate) fn known_focus_barriers<'p>(
    plan: &'p Plan,
    facts: &'p Facts<'p>,
) -> impl Iterator<Item = (&'p str, &'p Factor)> {
    let strategies = plan.strategies();
    let mut all = strategies.iter();
    let is_known = is_readable(plan)
        && strategies.is_whole()
        && all.all(|(_, strategy)| strategy.barriers.is_whole());
    let barriers = facts.focus_barriers.iter().filter(move |_| is_known);
    barriers.filter_map(|id| Some((*id, plan.factors().get(id)?)))
}

/// Whether the section and its strategies are readable or absent.
fn is_readable(plan: &Plan) -> bool {
    let is_unreadable = |section: &Strategies| matches!(section.strategies, Answer::Unreadable);
    !matches!(plan.strategies, Answer::Unreadable) && !plan.strategies.is_given_and(is_unreadable)
}

/// The ids of the strategies that are aimed at a barrier.
fn strategies_for<'c, 'p>(ctx: &'c RuleContext<'p>, barrier: &str) -> &'c [&'p str] {
    pointing_at(&ctx.facts.links.strategies_of_barrier, barrier)
}

fn barrier_path(id: &str) -> Path {
    path!["contextanalyse", "factoren", id]
}

/// Strategies are the heart of a plan (handreiking 7). Without any, there is nothing that other rules on strategies and phases
/// can check.
fn no_strategies(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let section = ctx.plan.strategies.given();
    if section.is_some_and(|section| section.strategies.is_missing()) {
        sink.report(path!["implementatiestrategieen"]);
    }
}

/// Adds the barrier's weight. Less than the heaviest weight lowers the severity to "waarschuwing".
fn add_weight(finding: &mut Finding, factor: &Factor) {
    let Some(weight) = factor.weight.given() else {
        return;
    };
    finding.with("invloed", weight.name());
    if *weight < Weight::Heavy {
        finding
            .severity(Severity::Warning)
            .with("gewicht", choice(*weight));
    }
    if factor.changeable.is(&YesNo::Yes) {
        finding.with("veranderbaar", choice(YesNo::Yes));
    }
}

/// A strategy for unchangeable barriers only (handreiking 6c) can soften them but not remove them, which may be intended.
fn strategy_for_the_unchangeable(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let factors = ctx.plan.factors();
    let is_unchangeable = |factor: &Factor| {
        factor.direction.is(&FactorDirection::Barrier) && factor.changeable.is(&YesNo::No)
    };
    for (id, strategy) in ctx.plan.strategies().iter() {
        let barriers = strategy.barriers.all();
        let mut ids = barriers.iter().map(AsRef::as_ref);
        let only_those = ids.all(|id| factors.get(id).is_some_and(is_unchangeable));
        if !barriers.is_empty() && strategy.barriers.is_whole() && only_those {
            let names = barriers.iter().map(|id| factors.name(id.as_ref()));
            sink.report(strategies_path().join(id).join("belemmeringen"))
                .with("strategie", ctx.plan.strategies().name(id))
                .with("belemmeringen", names.collect::<Vec<_>>());
        }
    }
}

/// A strategy that alone has to remove half of many barriers promises too much: if it fails, so does the plan (handreiking 7a).
fn overtaxed_strategy(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    const MANY: usize = 6;
    let all = ctx.facts.focus_barriers.len();
    if all < MANY {
        return;
    }
    let mut alone: HashMap<&str, usize> = HashMap::new();
    for (barrier, _) in focus_barriers(ctx) {
        if let [only] = strategies_for(ctx, barrier) {
            *alone.entry(only).or_default() += 1;
        }
    }
    for id in ctx.plan.strategies().ids() {
        if let Some(count) = alone.get(id).filter(|count| *count * 2 >= all) {
            sink.report(strategies_path().join(id).join("belemmeringen"))
                .with("strategie", ctx.plan.strategies().name(id))
                .with("aantal", *count)
                .with("alles", all);
        }
    }
}

/// Only a description shows what will be done (handreiking 7). Reports all strategies at once.
fn strategies_without_description(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let strategies = ctx.plan.strategies();
    let bare = strategies
        .iter()
        .filter(|(_, strategy)| strategy.description.is_missing());
    let names: Vec<_> = bare.map(|(id, _)| strategies.name(id)).collect();
    if !names.is_empty() {
        sink.report(strategies_path()).with("strategieen", names);
    }
}

/// A strategy removes a barrier or helps a group into its next phase (handreiking 7). One that does neither has no place in
/// the plan.
fn strategy_without_occasion(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    strategy_without(ctx, sink, |strategy| {
        strategy.barriers.is_missing() && strategy.used_for.is_missing()
    });
}

/// Every phase that a user group goes through needs a strategy (handreiking 7b). A group without any is one finding.
fn phase_without_strategy(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for user in users(ctx) {
        let bare = bare_phases(user);
        if bare.len() > 1
            && user
                .phases
                .as_ref()
                .is_some_and(|all| all.len() == bare.len())
            && let Some(phases) = choices(bare.iter())
        {
            sink.report_user(user).with("fasen", phases);
            continue;
        }
        for phase in bare {
            sink.report_user(user).with("fase", choice(phase));
        }
    }
}

/// The phases without a strategy that a group is known to go through.
pub(crate) fn bare_phases(user: &UserGroup<'_>) -> Vec<Phase> {
    let phases = user.phases.iter().flatten().copied();
    phases
        .filter(|phase| user.strategies_for(*phase).next().is_none())
        .collect()
}

/// Not every group goes through all five phases (handreiking 7b), but skipping one needs a reason.
fn shortened_route_without_reason(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (user, skipped) in shortened_routes(ctx) {
        let route = ctx.plan.routes().get(user.id);
        if route.is_some_and(|route| route.because.is_missing()) {
            sink.report(path!["implementatiestrategieen", "fasen", user.id])
                .with("groep", user.name.as_str())
                .with("fasen", skipped);
        }
    }
}

/// Implementers must know, understand, want, do and keep doing the intervention: all five phases (handreiking 7b).
fn implementer_skips_phase(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (user, skipped) in shortened_routes(ctx).filter(|(user, _)| user.is_implementer()) {
        sink.report(path!["implementatiestrategieen", "fasen", user.id])
            .with("groep", user.name.as_str())
            .with("fasen", skipped);
    }
}

/// The groups that skip phases, with those phases.
fn shortened_routes<'p>(
    ctx: &RuleContext<'p>,
) -> impl Iterator<Item = (&'p UserGroup<'p>, Argument)> {
    let has_strategies = !ctx.plan.strategies().is_empty();
    let users = ctx.facts.professionals().filter(move |_| has_strategies);
    users.filter_map(|user| {
        let phases = user.phases.as_ref()?;
        let skipped = Phase::ALL.iter().filter(|phase| !phases.contains(phase));
        Some((user, choices(skipped)?))
    })
}

/// A strategy needs a kind (handreiking 7), which shows whether it suits its phase.
fn strategy_without_kind(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    strategy_without(ctx, sink, |strategy| strategy.kinds.is_missing());
}

/// Each phase needs its own kind of strategy (handreiking 7b).
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
            // Words to write in the plan, which are Dutch in any language.
            let fitting = fitting.iter().map(|kind| kind.name().to_owned());
            sink.report_user(user).with("fase", choice(phase)).with(
                "passend",
                Argument::Choices("soort_in_plan", fitting.collect()),
            );
        }
    }
}

/// The kinds of strategy that help a group into a phase.
const fn fitting(phase: Phase) -> &'static [StrategyKind] {
    use StrategyKind::{
        Adapting, Anchoring, Educating, Facilitating, Informing, Motivating, Organising,
    };
    match phase {
        Phase::Orientation => &[Informing],
        Phase::Insight => &[Educating, Informing],
        Phase::Acceptance => &[Motivating, Organising, Adapting],
        // Feedback on what goes well motivates people who are at work.
        Phase::Change => &[Facilitating, Organising, Motivating, Adapting],
        Phase::Retention => &[Anchoring, Organising, Motivating],
    }
}

/// The kinds of all these strategies; `None` if one of them has no known kinds.
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

/// Telling people does not make time: a barrier in the organisation takes more than information, training or motivation
/// (handreiking 7a, Toolkit).
fn barrier_of_organisation_met_with_words(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, factor) in focus_barriers(ctx) {
        if is_met_with_words_only(ctx.plan, ctx.facts, id, factor) {
            sink.report(barrier_path(id))
                .with("belemmering", ctx.plan.factors().name(id))
                .with("strategieen", names(ctx.plan, strategies_for(ctx, id)));
        }
    }
}

/// Whether a barrier in the organisation has strategies, which only inform, educate or motivate.
pub(crate) fn is_met_with_words_only(
    plan: &Plan,
    facts: &Facts<'_>,
    id: &str,
    factor: &Factor,
) -> bool {
    let strategies = pointing_at(&facts.links.strategies_of_barrier, id);
    let is_in_organisation = factor.level.is(&Level::Organisation) || is_about_workload(plan, id);
    if strategies.is_empty() || !is_in_organisation {
        return false;
    }
    let kinds = kinds(plan, strategies.iter().copied());
    kinds.is_some_and(|kinds| kinds.iter().all(|kind| kind.is_words_only()))
}

/// A strategy must reach the group that the barrier holds back (handreiking 7a). Beneficiaries are reached by the
/// intervention.
fn barrier_of_another_group(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let groups = ctx.plan.groups();
    for (id, factor) in focus_barriers(ctx) {
        let Some(group) = factor.group.given().map(AsRef::as_ref) else {
            continue;
        };
        let role = groups.get(group).and_then(|group| group.role.given());
        if role.is_none_or(|role| *role == StakeholderRole::Beneficiary) {
            continue;
        }
        let strategies = strategies_for(ctx, id);
        let reach = strategies.iter().map(|strategy| {
            let strategy = ctx.plan.strategies().get(strategy)?;
            Some(strategy.used_for.given()?.contains(group))
        });
        let reach: Option<Vec<bool>> = reach.collect();
        if reach.is_some_and(|reach| !reach.is_empty() && !reach.contains(&true)) {
            sink.report(barrier_path(id))
                .with("belemmering", ctx.plan.factors().name(id))
                .with("groep", groups.name(group))
                .with("strategieen", names(ctx.plan, strategies));
        }
    }
}

fn names<'p>(plan: &'p Plan, strategies: &[&str]) -> Vec<Cow<'p, str>> {
    let names = strategies.iter().map(|id| plan.strategies().name(id));
    names.collect()
}

/// Acceptance needs several strategies: a group's front-runners, middle and laggards are won over by different reasons
/// (handreiking 7b, Toolkit).
fn one_sided_acceptance(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for user in users(ctx).filter(|user| user.goes_through(Phase::Acceptance)) {
        let mut strategies = user.strategies_for(Phase::Acceptance);
        if let (Some(only), None) = (strategies.next(), strategies.next()) {
            sink.report_user(user)
                .with("strategie", ctx.plan.strategies().name(only));
        }
    }
}

/// Training needs support afterwards: most learning happens at work, after the training (Toolkit 4.3).
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
            sink.report_user(user);
        }
    }
}

/// A strategy without an owner is not carried out.
fn strategy_without_owner(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    strategy_without(ctx, sink, |strategy| strategy.owners.is_missing());
}

/// A strategy needs an activity in the planning (handreiking 12) or a message in the communication plan: otherwise nobody carries
/// it out. Cancelled activities do not count.
fn strategy_without_activity(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let activities = ctx.plan.activities();
    let planned = || ctx.facts.activities.values();
    if activities.is_empty()
        || !activities.is_whole()
        || !planned().all(|scheduled| scheduled.activity.strategies.is_whole())
    {
        return;
    }
    let messages = ctx.plan.messages();
    let all_messages_are_known = !matches!(ctx.plan.communication, Answer::Unreadable)
        && messages.is_whole()
        && messages.iter().all(|(_, it)| it.strategies.is_whole());
    if !all_messages_are_known {
        return;
    }
    let links = &ctx.facts.links;
    for (id, _) in ctx.plan.strategies().iter() {
        if pointing_at(&links.activities_of_strategy, id).is_empty()
            && pointing_at(&links.messages_of_strategy, id).is_empty()
        {
            sink.report(strategies_path().join(id))
                .with("strategie", ctx.plan.strategies().name(id));
        }
    }
}

fn strategies_path() -> Path {
    path!["implementatiestrategieen", "strategieen"]
}

fn strategy_without(
    ctx: &RuleContext<'_>,
    sink: &mut FindingSink<'_>,
    lacks: fn(&Strategy) -> bool,
) {
    sink.report_each(
        ctx.plan.strategies(),
        &strategies_path(),
        "strategie",
        lacks,
    );
}

/// The user groups whose row in table 7.2 is fully known; none if there are no strategies.
fn users<'p>(ctx: &RuleContext<'p>) -> impl Iterator<Item = &'p UserGroup<'p>> {
    let has_strategies = !ctx.plan.strategies().is_empty();
    known_users(ctx.plan, ctx.facts).filter(move |_| has_strategies)
}

/// The user groups whose row in table 7.2 is fully known.
pub(crate) fn known_users<'p>(
    plan: &'p Plan,
    facts: &'p Facts<'p>,
) -> impl Iterator<Item = &'p UserGroup<'p>> {
    let unreadable = unreadable_rows(plan).filter(|_| is_readable(plan));
    let users = unreadable.map(|rows| {
        let users = facts.professionals();
        users.filter(move |user| !rows.contains(user.id))
    });
    users.into_iter().flatten()
}

/// The groups whose row in table 7.2 has an unreadable part; `None` if that may be any group.
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
