//! What a decision note says, from all of a plan: the decision that is asked for, hours and euros, reach, and the heaviest
//! barriers, risks and errors. Values only; the words are those of templates.

use std::cmp::Reverse;

use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::facts::{Facts, Milestone, MilestoneKind};
use crate::plan::Plan;
use crate::plan::budget::Stage;
use crate::plan::stakeholders::StakeholderRole;
use crate::rules::BOOK;
use crate::value::norm::Norm;
use crate::value::{Choice, Entries, Money, Number, plain_words};
use crate::view::View;
use crate::words::Words;

/// The values of a decision note.
#[derive(Debug, Serialize)]
pub(super) struct Note {
    /// The ids of the groups and roles that decide.
    #[serde(rename = "beslissers")]
    deciders: Vec<String>,
    /// The first open decision.
    #[serde(rename = "besluit")]
    decision: Option<NextDecision>,
    #[serde(rename = "uren")]
    hours: Hours,
    #[serde(rename = "geld")]
    money: Spending,
    #[serde(rename = "bereik")]
    reach: Reach,
    /// The id of the goal that matters most.
    #[serde(rename = "hoofddoel")]
    main_goal: Option<String>,
    #[serde(rename = "norm")]
    norm: Option<MainNorm>,
    /// The ids of all barriers, heaviest first.
    #[serde(rename = "belemmeringen")]
    barriers: Vec<String>,
    /// Whether any barrier has a weight.
    #[serde(rename = "gewogen")]
    are_weighed: bool,
    /// The ids of all risks, heaviest first.
    #[serde(rename = "risicos")]
    risks: Vec<String>,
    /// The stages by id, with a name that is short: their own, or else their kind.
    #[serde(rename = "etappes")]
    stages: IndexMap<String, String>,
    /// The errors by rule, heaviest first.
    #[serde(rename = "fouten")]
    errors: Vec<ErrorOfRule>,
    /// The number of errors in the notation of the file, which mean nothing to somebody who decides.
    #[serde(rename = "schrijffouten")]
    notation_errors: usize,
}

/// The first open decision.
#[derive(Debug, Serialize)]
struct NextDecision {
    id: String,
    #[serde(rename = "dag")]
    day: Option<Date>,
    /// Whether it comes before the implementation starts, so that it is about the plan as a whole.
    #[serde(rename = "vooraf")]
    is_before_start: bool,
    #[serde(rename = "beslissers")]
    deciders: Vec<String>,
}

/// The hours of everybody but the beneficiaries.
#[derive(Debug, Serialize)]
struct Hours {
    #[serde(rename = "totaal")]
    total: Number,
    /// Whether the plan names all hours that it requires.
    #[serde(rename = "volledig")]
    are_complete: bool,
    /// The groups and roles, most hours first.
    #[serde(rename = "partijen")]
    parties: Vec<PartyHours>,
    /// The ids of the groups and roles of which hours are unknown.
    #[serde(rename = "onbekend")]
    unknown: Vec<String>,
}

/// The hours of a group or role.
#[derive(Debug, Serialize)]
struct PartyHours {
    id: String,
    #[serde(rename = "uren")]
    hours: Number,
    /// The number of people in the group, if it is known.
    #[serde(rename = "mensen")]
    people: Option<u32>,
}

/// Euros for hours and for anything else.
#[derive(Debug, Serialize)]
struct Spending {
    /// Euros for the hours of employees.
    #[serde(rename = "loonkosten")]
    labour: Money,
    /// The ids of the employees with hours but no rate.
    #[serde(rename = "zonder_uurtarief")]
    without_rate: Vec<String>,
    /// Euros for anything else.
    #[serde(rename = "uitgaven")]
    expenses: Money,
    /// Whether the plan names any expense.
    #[serde(rename = "bekend")]
    are_known: bool,
    /// The names of what the money is for, the largest amount first.
    #[serde(rename = "waarvoor")]
    purposes: Vec<String>,
}

/// The people whom the intervention reaches.
#[derive(Debug, Serialize)]
struct Reach {
    /// The number of beneficiaries, if it is known of each group.
    #[serde(rename = "aantal")]
    people: Option<u64>,
    /// The ids of the groups of beneficiaries.
    #[serde(rename = "groepen")]
    groups: Vec<String>,
    /// The number of people who apply the intervention.
    #[serde(rename = "via_aantal")]
    by_people: Option<u64>,
    /// The ids of their groups.
    #[serde(rename = "via")]
    by: Vec<String>,
}

/// A norm in two parts: "80%", "van de trajecten".
#[derive(Debug, PartialEq, Serialize)]
struct MainNorm {
    /// Short enough to print large; empty for a norm of yes or no.
    #[serde(rename = "getal")]
    number: String,
    #[serde(rename = "rest")]
    rest: String,
}

/// The errors of one rule.
#[derive(Debug, Serialize)]
struct ErrorOfRule {
    #[serde(rename = "regel")]
    rule: &'static str,
    #[serde(rename = "titel")]
    title: String,
    #[serde(rename = "aantal")]
    count: usize,
}

impl Note {
    pub fn of(view: &View<'_>) -> Self {
        let (plan, facts) = (view.plan, view.facts());
        let beneficiaries = groups_with(plan, StakeholderRole::Beneficiary);
        let decision = next_decision(facts);
        let commissioners = plan.header.given().map(|header| header.commissioners.all());
        let mut deciders: Vec<String> = commissioners
            .into_iter()
            .flatten()
            .map(|id| AsRef::<str>::as_ref(id).to_owned())
            .collect();
        if let Some(decision) = decision.as_ref().filter(|_| deciders.is_empty()) {
            deciders.clone_from(&decision.deciders);
        }
        let main_goal = main_goal(plan);
        let norm = main_goal.and_then(|id| plan.goals().get(id)?.target.given());
        let barriers = barriers(plan);
        let (errors, notation_errors) = errors(view);
        Self {
            deciders,
            decision,
            hours: hours(plan, facts, &beneficiaries),
            money: spending(plan, facts, &beneficiaries),
            reach: reach(plan, &beneficiaries),
            main_goal: main_goal.map(str::to_owned),
            norm: norm.and_then(|norm| MainNorm::of(norm.as_str())),
            are_weighed: barriers.iter().any(|(_, is_weighed)| *is_weighed),
            barriers: barriers.into_iter().map(|(id, _)| id.to_owned()).collect(),
            risks: facts.risks.iter().map(|id| (*id).to_owned()).collect(),
            stages: stages(plan, view.words()),
            errors,
            notation_errors,
        }
    }
}

fn stages(plan: &Plan, words: Words) -> IndexMap<String, String> {
    let stages = plan.stages();
    let name = |(id, stage): (&str, &Stage)| {
        let own = stage.name.given().map(|name| name.as_str().to_owned());
        let kind = stage.kind.given().map(|kind| kind.name());
        let kind = kind.map(|kind| plain_words(&words.choice("soort_etappe", kind)));
        let name = own.or(kind).unwrap_or_else(|| plain_words(id));
        (id.to_owned(), name)
    };
    stages.iter().map(name).collect()
}

/// The ids of the groups with a role.
fn groups_with(plan: &Plan, role: StakeholderRole) -> IndexSet<&str> {
    let groups = plan.groups();
    let with_role = groups.iter().filter(|(_, group)| group.role.is(&role));
    with_role.map(|(id, _)| id).collect()
}

/// The first open decision by day; if no day is known, the first in the plan.
fn next_decision(facts: &Facts<'_>) -> Option<NextDecision> {
    let is_decision = |it: &&Milestone<'_>| it.kind == MilestoneKind::Decision && it.is_open;
    let open = facts.milestones.iter().filter(is_decision);
    let first = open.min_by_key(|it| (it.day.is_none(), it.day))?;
    let is_before_start = match (first.day, facts.start) {
        (Some(day), Some(start)) => day <= start,
        (None, _) | (_, None) => false,
    };
    Some(NextDecision {
        id: first.id.to_owned(),
        day: first.day,
        is_before_start,
        deciders: first.owners.iter().map(|id| (*id).to_owned()).collect(),
    })
}

fn hours(plan: &Plan, facts: &Facts<'_>, beneficiaries: &IndexSet<&str>) -> Hours {
    let groups = plan.groups();
    let is_employee = |id: &str| !beneficiaries.contains(id);
    let mut parties: Vec<PartyHours> = facts
        .costs
        .parties
        .iter()
        .filter(|(id, cost)| is_employee(id) && !cost.hours.value().is_zero())
        .map(|(id, cost)| PartyHours {
            id: (*id).to_owned(),
            hours: cost.hours,
            people: groups
                .get(id)
                .and_then(|group| Some(group.size.given()?.value())),
        })
        .collect();
    parties.sort_by_key(|party| Reverse(party.hours.value()));
    let total: Decimal = parties.iter().map(|party| party.hours.value()).sum();
    let mut unknown: IndexSet<&str> = IndexSet::new();
    let mut is_silent = facts.activities.is_empty();
    for scheduled in facts.activities.values() {
        is_silent |= scheduled.activity.takes_nothing();
        let efforts = scheduled.activity.effort.given();
        for (id, effort) in efforts.into_iter().flat_map(Entries::iter) {
            let nobody = effort.people.is_given_and(|people| people.value() == 0);
            let no_time = effort.hours.is_given_and(|hours| hours.value().is_zero());
            let is_known = effort.people.given().is_some() && effort.hours.given().is_some();
            if is_employee(id.as_str()) && !nobody && !no_time && !is_known {
                unknown.insert(id.as_str());
            }
        }
    }
    Hours {
        total: Number::from(total),
        are_complete: unknown.is_empty() && !is_silent,
        parties,
        unknown: unknown.into_iter().map(str::to_owned).collect(),
    }
}

fn spending(plan: &Plan, facts: &Facts<'_>, beneficiaries: &IndexSet<&str>) -> Spending {
    let costs = &facts.costs;
    let of_employees = costs.parties.iter();
    let of_employees = of_employees.filter(|(id, _)| !beneficiaries.contains(**id));
    let labour: Decimal = of_employees
        .filter_map(|(_, cost)| Some(cost.cost?.euros()))
        .sum();
    let labour = Money::from(
        labour.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero),
    );
    let without_rate = costs.without_rate.iter();
    let budget = plan.budget.given();
    let others = budget.and_then(|budget| budget.other_costs.given());
    let mut amounts: IndexMap<String, Decimal> = IndexMap::new();
    for (id, other) in others.into_iter().flat_map(Entries::iter) {
        if let Some(amount) = other.amount.given() {
            let name = other.name.given().map(|name| name.as_str().to_owned());
            let name = name.unwrap_or_else(|| plain_words(id.as_str()));
            *amounts.entry(name).or_default() += amount.euros();
        }
    }
    for scheduled in facts.activities.values() {
        if let Some(amount) = scheduled.activity.expenses.given() {
            *amounts.entry(scheduled.name.to_owned()).or_default() += amount.euros();
        }
    }
    amounts.retain(|_, amount| !amount.is_zero());
    amounts.sort_by(|_, one, _, other| other.cmp(one));
    Spending {
        labour,
        without_rate: without_rate
            .filter(|id| !beneficiaries.contains(**id))
            .map(|id| (*id).to_owned())
            .collect(),
        expenses: Money::from(costs.total.euros() - labour.euros()),
        are_known: !amounts.is_empty(),
        purposes: amounts.into_keys().collect(),
    }
}

fn reach(plan: &Plan, beneficiaries: &IndexSet<&str>) -> Reach {
    let groups = plan.groups();
    let size = |id: &&str| Some(u64::from(groups.get(id)?.size.given()?.value()));
    let sum = |ids: &IndexSet<&str>| -> Option<u64> {
        let sizes: Option<Vec<u64>> = ids.iter().map(size).collect();
        sizes
            .filter(|sizes| !sizes.is_empty())
            .map(|sizes| sizes.iter().sum())
    };
    let owned = |ids: &IndexSet<&str>| ids.iter().map(|id| (*id).to_owned()).collect();
    let implementers = groups_with(plan, StakeholderRole::Implementer);
    Reach {
        people: sum(beneficiaries),
        groups: owned(beneficiaries),
        by_people: sum(&implementers),
        by: owned(&implementers),
    }
}

/// The first goal of those who apply the intervention, preferably one with a norm; else the first goal in the same way.
fn main_goal(plan: &Plan) -> Option<&str> {
    let groups = plan.groups();
    let goals = plan.goals();
    let order = |(nr, (id, goal)): (usize, (&'_ str, &crate::plan::goals::Goal))| {
        let group = goal
            .group
            .given()
            .and_then(|group| groups.get(group.as_str()));
        let is_of_implementers =
            group.is_some_and(|group| group.role.is(&StakeholderRole::Implementer));
        let has_norm = goal
            .target
            .is_given_and(|norm| Norm::of(norm.as_str()).is_some());
        ((!is_of_implementers, !has_norm, nr), id.to_owned())
    };
    let first = goals.iter().enumerate().map(order).min()?;
    goals.ids().nth(first.0.2)
}

impl MainNorm {
    fn of(norm: &str) -> Option<Self> {
        let of = |number: &str, rest: &str| Self {
            number: number.to_owned(),
            rest: rest.trim().to_owned(),
        };
        match Norm::of(norm)? {
            Norm::YesNo => Some(of("", "")),
            Norm::Number(_) => {
                let start = norm.find(|c: char| c.is_ascii_digit())?;
                let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
                let digits = norm.get(start..)?;
                let digits = digits.len() - digits.trim_start_matches(is_number).len();
                let mut end = start + digits;
                end -= norm.get(..end)?.len() - norm.get(..end)?.trim_end_matches(['.', ',']).len();
                let rest = norm.get(end..)?;
                if let Some(after) = rest.trim_start().strip_prefix('%') {
                    end = norm.len() - after.len();
                }
                let (number, rest) = norm.split_at(end);
                (number.chars().count() <= LARGE).then(|| of(number.trim(), rest))
            }
        }
    }
}

/// A value without its unit, if that is the one of the norm: of "10% van de trajecten" only "10%".
pub(super) fn without_unit(value: &str, norm: &str) -> String {
    let [value_parts, norm] = [value, norm].map(MainNorm::of);
    match (value_parts, norm) {
        (Some(it), Some(norm)) if !it.rest.is_empty() && it.rest == norm.rest => it.number,
        _ => value.to_owned(),
    }
}

/// The number of letters up to which a norm is printed large.
const LARGE: usize = 18;

/// All barriers with whether they have a weight, heaviest first. Those of equal weight that can be changed come first.
fn barriers(plan: &Plan) -> Vec<(&str, bool)> {
    let factors = plan.factors();
    let mut barriers: Vec<_> = factors.iter().filter(|(_, it)| it.is_barrier()).collect();
    let key = |factor: &crate::plan::context::Factor| {
        let is_fixed = factor.changeable.is(&crate::value::YesNo::No);
        (Reverse(factor.weight.given().copied()), is_fixed)
    };
    barriers.sort_by_key(|(_, factor)| key(factor));
    let weighed =
        |(id, factor): (_, &crate::plan::context::Factor)| (id, factor.weight.given().is_some());
    barriers.into_iter().map(weighed).collect()
}

/// The rules whose errors weigh heaviest for somebody who decides, heaviest first. All others come after them.
const HEAVIEST: [&str; 12] = [
    "onderdeel-ontbreekt",
    "budget-overschreden",
    "belemmering-zonder-strategie",
    "strategieen-ontbreken",
    "activiteiten-ontbreken",
    "trekker-ontbreekt",
    "gebruiker-zonder-doel",
    "doel-zonder-indicator",
    "profijtgroep-ontbreekt",
    "evaluatievragen-ontbreken",
    "startdatum-ontbreekt",
    "activiteit-voor-voorganger",
];

/// The errors about the plan by rule, heaviest first, and the number of errors about the notation of the file.
fn errors(view: &View<'_>) -> (Vec<ErrorOfRule>, usize) {
    let mut by_rule: IndexMap<&'static str, ErrorOfRule> = IndexMap::new();
    let mut notation = 0;
    for finding in view.findings.iter().filter(|it| it.severity == "fout") {
        let rank = rank(finding.rule);
        if rank == HEAVIEST.len() && BOOK.is_about_the_file(finding.rule) {
            notation += 1;
            continue;
        }
        let of_rule = by_rule.entry(finding.rule).or_insert_with(|| ErrorOfRule {
            rule: finding.rule,
            title: finding.title.clone(),
            count: 0,
        });
        of_rule.count += 1;
    }
    let mut errors: Vec<ErrorOfRule> = by_rule.into_values().collect();
    errors.sort_by_key(|of_rule| rank(of_rule.rule));
    (errors, notation)
}

fn rank(rule: &str) -> usize {
    let known = HEAVIEST.iter().position(|heavy| *heavy == rule);
    known.unwrap_or(HEAVIEST.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_norm_is_split_behind_its_number() {
        let split = |norm| MainNorm::of(norm).map(|it| (it.number, it.rest));
        let of = |number: &str, rest: &str| Some((number.to_owned(), rest.to_owned()));
        assert_eq!(split("80% van de trajecten"), of("80%", "van de trajecten"));
        assert_eq!(split("80 % van alles"), of("80 %", "van alles"));
        assert_eq!(
            split("minstens 20 gesprekken"),
            of("minstens 20", "gesprekken")
        );
        assert_eq!(
            split("1.200 bezoeken, per jaar"),
            of("1.200", "bezoeken, per jaar")
        );
        assert_eq!(split("ja/nee"), of("", ""));
        assert_eq!(split("zoveel mogelijk"), None);
    }

    #[test]
    fn a_unit_that_the_norm_has_too_is_left_out() {
        assert_eq!(
            without_unit("10% van de trajecten", "80% van de trajecten"),
            "10%"
        );
        assert_eq!(
            without_unit("10% van de klanten", "80% van de trajecten"),
            "10% van de klanten"
        );
        assert_eq!(without_unit("nee", "ja/nee"), "nee");
        assert_eq!(without_unit("10%", "80%"), "10%");
    }

    #[test]
    fn the_heaviest_rules_exist() {
        let words = crate::words::Words::of(crate::plan::Language::Dutch);
        for rule in HEAVIEST {
            assert!(
                words.find(&format!("regels.{rule}.titel")).is_some(),
                "{rule}"
            );
        }
    }
}
