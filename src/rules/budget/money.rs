//! The rules about euros: rates, costs, the budget and where it comes from.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::{is_beneficiary, is_party, party_name};
use crate::finding::Argument;
use crate::plan::budget::Budget;
use crate::rules::check::{FindingSink, RuleContext};
use crate::value::Answer;
use crate::value::path;
use crate::value::path::Path;

/// `uurtarief-ontbreekt`: the budget turns hours into costs (handreiking 12), which takes a rate for each who is asked.
pub(super) fn hours_without_rate(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(rated) = ctx.plan.budget.given().and_then(rated) else {
        return;
    };
    if !rated.iter().all(|party| is_party(ctx.plan, party)) {
        return;
    }
    let needs_rate = |party: &&str| {
        !rated.contains(party) && is_party(ctx.plan, party) && !is_beneficiary(ctx.plan, party)
    };
    for party in super::hours::asked(ctx).into_iter().filter(needs_rate) {
        let finding = sink
            .report(path!["planning_en_budget", "uurtarieven"])
            .with("partij", party_name(ctx.plan, party));
        if let Some(cost) = ctx.facts.costs.parties.get(party) {
            finding.with("uren", Argument::Hours(cost.hours.value()));
        }
    }
}

/// The groups and roles that have a rate, readable or not.
fn rated(budget: &Budget) -> Option<HashSet<&str>> {
    match &budget.rates {
        Answer::Given(rates) => Some(
            rates
                .iter()
                .filter(|(_, rate)| !rate.is_missing())
                .map(|(party, _)| party.as_str())
                .collect(),
        ),
        Answer::Missing => Some(HashSet::new()),
        Answer::Unreadable => None,
    }
}

/// `budget-ontbreekt`: what costs money is feasible only when there is money (handreiking 12).
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

/// `budget-overschreden`: such a plan stops when the money is gone (handreiking 12). Compared to the cent.
pub(super) fn costs_over_funds(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let costs = &ctx.facts.costs;
    let Some(budget) = costs.budget.filter(|budget| costs.total > *budget) else {
        return;
    };
    sink.report(funds_path().join("bedrag"))
        .with("totaal", Argument::Money(costs.total.euros()))
        .with("budget", Argument::Money(budget.euros()))
        .with(
            "verschil",
            Argument::Money(costs.total.euros() - budget.euros()),
        );
}

/// `dekking-ontbreekt`: money of which nobody says where it comes from is not there yet (handreiking 12).
pub(super) fn funds_without_source(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(funds) = ctx
        .plan
        .budget
        .given()
        .and_then(|budget| budget.funds.given())
    else {
        return;
    };
    if funds.source.is_missing() {
        sink.report(funds_path());
    }
}

fn funds_path() -> Path {
    path!["planning_en_budget", "budget"]
}
