//! The specification of each strategy (Proctor 2013: actor, action, target, time, dose, outcome, reason), as far as it follows
//! from other answers.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::Facts;
use super::links::pointing_at;
use crate::plan::Plan;
use crate::plan::communication::Message;
use crate::plan::context::FactorDirection;
use crate::plan::strategies::{Phase, PhaseUse, Strategy};
use crate::value::{Amounts, Choice, Money, Number, Rhythm};

/// Limit on the days of a message that are counted.
const MOST_MESSAGES: usize = 1_000;

/// The most goals that a reader can follow from one strategy.
const MOST_GOALS: usize = 20;

/// The purpose of a strategy, its time, and what it takes.
#[derive(Debug, Serialize)]
pub struct StrategySpec<'p> {
    /// The ids of the groups that it is used for; else those of its barriers.
    #[serde(rename = "groepen")]
    pub groups: IndexSet<&'p str>,
    /// The phases that it is used in, in order.
    #[serde(rename = "fasen")]
    pub phases: Vec<Phase>,
    /// The ids of the factors that it is aimed at, without helping ones.
    #[serde(rename = "belemmeringen")]
    pub barriers: IndexSet<&'p str>,
    /// The ids of the helping factors that it uses.
    #[serde(rename = "benut")]
    pub facilitators: IndexSet<&'p str>,
    /// The goals of its groups; empty if they are too many to read.
    #[serde(rename = "doelen")]
    pub goals: Vec<NumberedGoal<'p>>,
    #[serde(rename = "aantal_doelen")]
    pub goal_count: usize,
    /// The first day of its activities and messages.
    pub start: Option<Date>,
    /// The last day.
    #[serde(rename = "einde")]
    pub end: Option<Date>,
    /// Hours of all people together.
    #[serde(rename = "uren")]
    pub hours: Number,
    /// Euros, besides the cost of hours.
    #[serde(rename = "kosten")]
    pub expenses: Money,
    /// The number of messages, each day counted.
    #[serde(rename = "berichten")]
    pub messages: usize,
    /// Whether the hours or expenses of all its activities are known.
    #[serde(rename = "volledig")]
    pub is_complete: bool,
    /// Whether one of its activities also carries out another strategy.
    #[serde(rename = "gedeeld")]
    pub is_shared: bool,
    /// The id of the first barrier of table 7.1 that has its description.
    #[serde(rename = "beschreven_bij")]
    pub described_at: Option<&'p str>,
}

/// A goal with its number in the document.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct NumberedGoal<'p> {
    pub id: &'p str,
    #[serde(rename = "nummer")]
    pub number: usize,
}

/// The specification of every strategy.
pub(super) fn specified<'p>(
    plan: &'p Plan,
    facts: &Facts<'p>,
) -> IndexMap<&'p str, StrategySpec<'p>> {
    let described = described(plan, facts);
    let goals_of_group = goals_of_group(plan);
    let strategies = plan.strategies().iter();
    strategies
        .map(|(id, strategy)| {
            let described_at = described.get(id).copied();
            let goals = &goals_of_group;
            (
                id,
                specification(plan, facts, (id, strategy), goals, described_at),
            )
        })
        .collect()
}

/// From a strategy to the first barrier that names it, in the order of table 7.1: by group, focus barriers first.
fn described<'p>(plan: &'p Plan, facts: &Facts<'p>) -> HashMap<&'p str, &'p str> {
    let mut by_group: IndexMap<Option<&str>, Vec<&str>> = IndexMap::new();
    for id in barriers(plan, facts) {
        let factor = plan.factors().get(id);
        let group = factor.and_then(|it| it.group.given()).map(AsRef::as_ref);
        by_group.entry(group).or_default().push(id);
    }
    let mut first = HashMap::new();
    for barrier in by_group.into_values().flatten() {
        for strategy in pointing_at(&facts.links.strategies_of_barrier, barrier) {
            first.entry(*strategy).or_insert(barrier);
        }
    }
    first
}

fn goals_of_group(plan: &Plan) -> HashMap<&str, Vec<NumberedGoal<'_>>> {
    let mut by_group: HashMap<&str, Vec<NumberedGoal<'_>>> = HashMap::new();
    for ((id, goal), number) in plan.goals().iter().zip(1..) {
        if let Some(group) = goal.group.given() {
            let goals = by_group.entry(group.as_str()).or_default();
            goals.push(NumberedGoal { id, number });
        }
    }
    by_group
}

/// The ids of the barriers, focus barriers first.
fn barriers<'p>(plan: &'p Plan, facts: &Facts<'p>) -> impl Iterator<Item = &'p str> {
    let all = plan.factors().iter().filter(|(_, it)| it.is_barrier());
    let ids = all.map(|(id, _)| id);
    let focus = facts.focus_barriers.clone();
    focus
        .into_iter()
        .chain(ids)
        .collect::<IndexSet<_>>()
        .into_iter()
}

fn specification<'p>(
    plan: &'p Plan,
    facts: &Facts<'p>,
    (id, strategy): (&'p str, &'p Strategy),
    goals_of_group: &HashMap<&'p str, Vec<NumberedGoal<'p>>>,
    described_at: Option<&'p str>,
) -> StrategySpec<'p> {
    let factors = plan.factors();
    let aims = strategy.barriers.all().iter().map(AsRef::as_ref);
    let (facilitators, barriers): (IndexSet<&str>, IndexSet<&str>) = aims.partition(|id| {
        let factor = factors.get(id);
        factor.is_some_and(|factor| factor.direction.is(&FactorDirection::Facilitator))
    });
    let used_for = strategy.used_for.given();
    let used_for = || used_for.into_iter().flat_map(Amounts::iter);
    let mut groups: IndexSet<&str> = used_for().map(|(group, _)| group.as_str()).collect();
    if groups.is_empty() {
        let group_of = |id: &&'p str| factors.get(id)?.group.given().map(AsRef::as_ref);
        groups = barriers.iter().filter_map(group_of).collect();
    }
    let used: HashSet<Phase> = used_for()
        .filter_map(|(_, phases)| phases.given())
        .flat_map(PhaseUse::iter)
        .map(|(phase, _)| phase)
        .collect();
    let phases = Phase::ALL.iter().filter(|phase| used.contains(phase));
    let goals = || groups.iter().filter_map(|group| goals_of_group.get(group));
    let goal_count = goals().map(Vec::len).sum();
    let mut goals: Vec<NumberedGoal<'_>> = match goal_count {
        ..=MOST_GOALS => goals().flatten().copied().collect(),
        _ => Vec::new(),
    };
    goals.sort_by_key(|goal| goal.number);
    let work = work(plan, facts, id);
    StrategySpec {
        phases: phases.copied().collect(),
        goals,
        goal_count,
        groups,
        barriers,
        facilitators,
        start: work.start,
        end: work.end,
        hours: Number::from(work.hours),
        expenses: Money::from(work.expenses),
        messages: work.messages,
        is_complete: work.is_complete,
        is_shared: work.is_shared,
        described_at,
    }
}

/// The activities and messages of a strategy together.
#[derive(Debug, Default)]
struct Work {
    start: Option<Date>,
    end: Option<Date>,
    hours: Decimal,
    expenses: Decimal,
    messages: usize,
    is_complete: bool,
    is_shared: bool,
}

impl Work {
    fn add_days(&mut self, first: Option<Date>, last: Option<Date>) {
        self.start = self.start.into_iter().chain(first).min();
        self.end = self.end.into_iter().chain(last).max();
    }
}

fn work<'p>(plan: &'p Plan, facts: &Facts<'p>, strategy: &str) -> Work {
    let mut work = Work::default();
    let activities = pointing_at(&facts.links.activities_of_strategy, strategy);
    let messages = pointing_at(&facts.links.messages_of_strategy, strategy);
    work.is_complete = !activities.is_empty();
    for id in activities {
        let Some(scheduled) = facts.activities.get(id) else {
            continue;
        };
        if !scheduled.is_reversed() {
            work.add_days(scheduled.start, scheduled.end);
        }
        let cost = facts.costs.activities.get(id).copied().unwrap_or_default();
        work.hours += cost.hours.value();
        work.expenses += cost.expenses.euros();
        work.is_complete &= !scheduled.activity.takes_nothing();
        work.is_shared |= scheduled.activity.strategies.all().len() > 1;
    }
    for id in messages {
        let days = days(plan.messages().get(id), facts);
        work.messages += days.len();
        work.add_days(days.iter().min().copied(), days.iter().max().copied());
    }
    work
}

/// The days of a message.
fn days(message: Option<&Message>, facts: &Facts<'_>) -> Vec<Date> {
    let rhythm = message.and_then(|message| message.when.given());
    let parts = rhythm.into_iter().flat_map(Rhythm::parts);
    let days = parts.flat_map(|part| part.dates(facts.start, facts.end));
    days.take(MOST_MESSAGES).collect()
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::facts::Facts;
    use crate::reading;
    use serde_json::{Value, json};

    fn specified(text: &str) -> Value {
        let document = Document::read(text.as_bytes());
        let (plan, _) = reading::read(&document);
        serde_json::to_value(&Facts::of(&plan).strategies).unwrap()
    }

    #[test]
    fn strategy_serves_the_goals_of_its_groups_with_its_activities_and_messages() {
        let found = specified(
            "plan: {start: 2027-01-04, einde: 1 jaar}
implementatiedoelen: {x: {groep: b}, y: {groep: a}, z: {groep: c}}
contextanalyse:
  factoren:
    tijd: {groep: a, richting: belemmerend, invloed: 1}
    crisis: {groep: a, richting: belemmerend, invloed: 3}
    steun: {groep: b, richting: bevorderend}
implementatiestrategieen:
  strategieen:
    s: {belemmeringen: [tijd, crisis, steun], inzet: {a: [behoud, inzicht], b: inzicht}}
    t: {belemmeringen: tijd}
planning_en_budget:
  activiteiten:
    een: {strategieen: s, start: 2027-02-01, einde: 2027-02-05, inzet: {a: {personen: 2, uren: 3}}, kosten: 10}
    twee: {strategieen: [s, t], start: 2027-01-11, einde: 2027-01-15}
communicatieplan: {m: {strategieen: t, wanneer: [2027-03-01, na 3 maanden]}}
",
        );
        assert_eq!(
            found["s"],
            json!({
                "groepen": ["a", "b"], "fasen": ["inzicht", "behoud"],
                "belemmeringen": ["tijd", "crisis"], "benut": ["steun"],
                "doelen": [{"id": "x", "nummer": 1}, {"id": "y", "nummer": 2}], "aantal_doelen": 2,
                "start": "2027-01-11", "einde": "2027-02-05", "uren": 6.0, "kosten": "10.00",
                "berichten": 0, "volledig": false, "gedeeld": true, "beschreven_bij": "crisis",
            })
        );
        assert_eq!(found["t"]["groepen"], json!(["a"]), "those of its barriers");
        assert_eq!(found["t"]["einde"], "2027-04-04");
        assert_eq!(found["t"]["berichten"], 2);
        assert_eq!(found["t"]["beschreven_bij"], "tijd");
    }

    #[test]
    fn without_barriers_groups_and_work_little_is_known() {
        let found = specified(
            "implementatiedoelen: {x: {groep: b}}\nimplementatiestrategieen: {strategieen: {s: {naam: S}}}",
        );
        assert_eq!(found["s"]["doelen"], json!([]));
        assert_eq!(found["s"]["volledig"], false);
        assert_eq!(found["s"]["beschreven_bij"], Value::Null);
    }

    #[test]
    fn strategies_for_many_goals_count_them() {
        let goals = (0..21).map(|nr| format!("d{nr}: {{groep: a}}"));
        let goals = goals.collect::<Vec<_>>().join(", ");
        let plan = |goals: &str| {
            format!(
                "implementatiedoelen: {{{goals}}}\nimplementatiestrategieen: {{strategieen: {{s: {{inzet: {{a: inzicht}}}}}}}}"
            )
        };
        let found = specified(&plan(&goals));
        assert_eq!(found["s"]["doelen"], json!([]));
        assert_eq!(found["s"]["aantal_doelen"], 21);
        let found = specified(&plan(&goals.replace("d0: {groep: a}, ", "")));
        assert_eq!(found["s"]["doelen"].as_array().map(Vec::len), Some(20));
    }

    #[test]
    fn endless_messages_are_counted_up_to_a_limit() {
        let found = specified(
            "plan: {start: 2027-01-04, einde: 10 jaar}
implementatiestrategieen: {strategieen: {s: {}}}
communicatieplan: {m: {strategieen: s, wanneer: elke dag}}
",
        );
        assert_eq!(found["s"]["berichten"], 1000);
        assert_eq!(found["s"]["einde"], "2029-09-30");
    }
}
