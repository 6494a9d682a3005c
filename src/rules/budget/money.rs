//! Rules about money: rates, costs, the budget and its funding.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::is_party;
use crate::finding::Argument;
use crate::plan::budget::Budget;
use crate::rules::check::{FindingSink, RuleContext};
use crate::rules::support::is_beneficiary;
use crate::value::Answer;
use crate::value::path;
use crate::value::path::Path;

/// The budget turns hours into costs (handreiking 12), so everyone who spends hours needs a rate. Beneficiaries are not paid.
pub(super) fn hours_without_rate(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(rated) = ctx.plan.budget.given().and_then(rated) else {
        return;
    };
    if !rated.iter().all(|party| is_party(ctx.plan, party)) {
        return;
    }
    let plan = ctx.plan;
    let needs_rate = |party: &&str| {
        !rated.contains(party) && is_party(plan, party) && !is_beneficiary(plan, party)
    };
    for party in super::hours::parties_with_hours(ctx)
        .into_iter()
        .filter(needs_rate)
    {
        let finding = sink
            .report(path!["planning_en_budget", "uurtarieven"])
            .with("partij", ctx.plan.party_name(party));
        if let Some(cost) = ctx.facts.costs.parties.get(party) {
            finding.with("uren", Argument::Hours(cost.hours.value()));
        }
    }
}

/// The groups and roles that have a rate, readable or not.
fn rated(budget: &Budget) -> Option<HashSet<&str>> {
    match &budget.rates {
        Answer::Given(rates) => {
            let known = rates.iter().filter(|(_, rate)| !rate.is_missing());
            Some(known.map(|(party, _)| party.as_str()).collect())
        }
        Answer::Missing => Some(HashSet::new()),
        Answer::Unreadable => None,
    }
}

/// A plan with costs needs a budget to be feasible (handreiking 12).
pub(super) fn costs_without_funds(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(budget) = ctx.plan.budget.given() else {
        return;
    };
    let path = match &budget.funds {
        Answer::Missing => path!["planning_en_budget"],
        Answer::Given(funds) if funds.amount.is_missing() => funds_path(),
        Answer::Given(_) | Answer::Unreadable => return,
    };
    let total = ctx.facts.costs.total.euros();
    if total > Decimal::ZERO {
        sink.report(path).with("totaal", Argument::Money(total));
    }
}

/// A plan that costs more than its budget stops when the money runs out (handreiking 12). Compares to the cent.
pub(super) fn costs_over_funds(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let costs = &ctx.facts.costs;
    let Some(budget) = costs.budget.filter(|budget| costs.total > *budget) else {
        return;
    };
    let excess = costs.total.euros() - budget.euros();
    sink.report(funds_path().join("bedrag"))
        .with("totaal", Argument::Money(costs.total.euros()))
        .with("budget", Argument::Money(budget.euros()))
        .with("verschil", Argument::Money(excess));
}

/// A budget needs a source of funding: money without a source is not available yet (handreiking 12).
pub(super) fn funds_without_source(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let budget = ctx.plan.budget.given();
    let funds = budget.and_then(|budget| budget.funds.given());
    // Without an amount there is no budget yet (`budget-ontbreekt`).
    if funds.is_some_and(|funds| funds.source.is_missing() && !funds.amount.is_missing()) {
        sink.report(funds_path());
    }
}

fn funds_path() -> Path {
    path!["planning_en_budget", "budget"]
}
