//! Hours and costs of activities, and the workload per person per week.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};
use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::Scheduled;
use crate::plan::Plan;
use crate::plan::budget::{Budget, Effort};
use crate::value::{Entries, Money, Number, days_between, monday};

/// The hours and costs of an activity.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct ActivityCost {
    /// Hours of all people together, as far as they are known.
    #[serde(rename = "uren")]
    pub hours: Number,
    /// Whether the hours of all who take part are known.
    #[serde(rename = "uren_bekend")]
    pub has_all_hours: bool,
    /// Euros for those hours, as far as hourly rates are known.
    #[serde(rename = "loonkosten")]
    pub labour: Money,
    /// Euros for anything else.
    #[serde(rename = "kosten")]
    pub expenses: Money,
    /// Euros.
    #[serde(rename = "totaal")]
    pub total: Money,
    /// Whether the rates of all hours are known, so that the total is complete.
    #[serde(rename = "volledig")]
    pub is_complete: bool,
}

/// The hours and costs of a group or role in all activities together.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct PartyCost {
    /// Hours of all people together, as far as they are known.
    #[serde(rename = "uren")]
    pub hours: Number,
    /// Euros per hour, if known.
    #[serde(rename = "uurtarief")]
    pub rate: Option<Money>,
    /// Euros for those hours, if the rate is known.
    #[serde(rename = "kosten")]
    pub cost: Option<Money>,
}

/// The hours and costs of the implementation.
#[derive(Debug, Default, Serialize)]
pub struct Costs<'p> {
    #[serde(rename = "activiteiten")]
    pub activities: IndexMap<&'p str, ActivityCost>,
    /// The hours and costs by group or role.
    #[serde(rename = "partijen")]
    pub parties: IndexMap<&'p str, PartyCost>,
    #[serde(rename = "uren")]
    pub hours: Number,
    /// The groups and roles that take part in an activity for hours that are not known.
    #[serde(rename = "zonder_uren")]
    pub without_hours: IndexSet<&'p str>,
    /// Euros for hours.
    #[serde(rename = "loonkosten")]
    pub labour: Money,
    /// Euros for anything else in activities.
    #[serde(rename = "kosten")]
    pub expenses: Money,
    /// Euros for costs outside activities.
    #[serde(rename = "overig")]
    pub other: Money,
    /// Euros, rounded to cents.
    #[serde(rename = "totaal")]
    pub total: Money,
    /// The groups and roles with hours but no rate, whose costs are not included in any amount.
    #[serde(rename = "zonder_uurtarief")]
    pub without_rate: Vec<&'p str>,
    /// Whether the total is complete: at least one cost is known and no rate is missing.
    #[serde(rename = "volledig")]
    pub is_complete: bool,
    /// Euros, if known.
    pub budget: Option<Money>,
    /// Euros left of the budget; negative if it is exceeded.
    #[serde(rename = "over")]
    pub left: Option<Money>,
}

pub(super) fn costs<'p>(plan: &'p Plan, scheduled: &IndexMap<&'p str, Scheduled<'p>>) -> Costs<'p> {
    let Some(budget) = plan.budget.given() else {
        return Costs::default();
    };
    let activities: IndexMap<&str, ActivityCost> = scheduled
        .iter()
        .map(|(id, scheduled)| (*id, activity_cost(scheduled, budget)))
        .collect();
    let parties = party_costs(scheduled, budget);
    let hours: Decimal = parties.values().map(|party| party.hours.value()).sum();
    let labour: Decimal = activities.values().map(|cost| cost.labour.euros()).sum();
    let expenses: Decimal = activities.values().map(|cost| cost.expenses.euros()).sum();
    let other_costs = budget.other_costs.given();
    let other: Vec<Decimal> = other_costs
        .into_iter()
        .flat_map(Entries::iter)
        .filter_map(|(_, cost)| Some(cost.amount.given()?.euros()))
        .collect();
    let without_rate: Vec<&str> = parties
        .iter()
        .filter(|(_, party)| party.rate.is_none() && !party.hours.value().is_zero())
        .map(|(id, _)| *id)
        .collect();
    let without_hours = scheduled
        .values()
        .flat_map(hours_by_party)
        .filter_map(|(party, hours)| hours.is_none().then_some(party));
    let is_known = !other.is_empty()
        || parties.values().any(|party| party.cost.is_some())
        || scheduled
            .values()
            .any(|it| it.activity.expenses.given().is_some());
    let other: Decimal = other.iter().sum();
    // Round as displayed amounts are rounded.
    let total = (labour + expenses + other)
        .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let funds = budget.funds.given();
    let funds = funds.and_then(|funds| funds.amount.given()).copied();
    Costs {
        without_hours: without_hours.collect(),
        activities,
        parties,
        hours: Number::from(hours),
        labour: Money::from(labour),
        expenses: Money::from(expenses),
        other: Money::from(other),
        total: Money::from(total),
        is_complete: is_known && without_rate.is_empty(),
        without_rate,
        budget: funds,
        left: funds.map(|funds| Money::from(funds.euros() - total)),
    }
}

fn activity_cost(scheduled: &Scheduled<'_>, budget: &Budget) -> ActivityCost {
    let (mut hours, mut labour) = (Decimal::ZERO, Decimal::ZERO);
    let (mut is_complete, mut has_all_hours) = (true, true);
    for (party, of_party) in hours_by_party(scheduled) {
        has_all_hours &= of_party.is_some();
        let of_party = of_party.unwrap_or_default();
        hours += of_party;
        match rate(budget, party) {
            Some(rate) => labour += of_party * rate.euros(),
            None => is_complete &= of_party.is_zero(),
        }
    }
    let expenses = scheduled.activity.expenses.given();
    let expenses = expenses.copied().unwrap_or_default();
    ActivityCost {
        hours: Number::from(hours),
        has_all_hours,
        labour: Money::from(labour),
        expenses,
        total: Money::from(labour + expenses.euros()),
        is_complete,
    }
}

fn party_costs<'p>(
    activities: &IndexMap<&'p str, Scheduled<'p>>,
    budget: &Budget,
) -> IndexMap<&'p str, PartyCost> {
    let mut parties: IndexMap<&str, PartyCost> = IndexMap::new();
    for (party, hours) in activities.values().flat_map(hours_by_party) {
        let Some(hours) = hours else { continue };
        let cost = parties.entry(party).or_default();
        cost.hours = Number::from(cost.hours.value() + hours);
    }
    for (party, cost) in &mut parties {
        let hours = cost.hours.value();
        cost.rate = rate(budget, party);
        cost.cost = cost.rate.map(|rate| Money::from(hours * rate.euros()));
    }
    parties
}

fn rate(budget: &Budget, party: &str) -> Option<Money> {
    budget.rates.given()?.get(party).copied()
}

/// The hours that an activity requires from each group or role, all people together; none if they are not known.
fn hours_by_party<'p>(
    scheduled: &Scheduled<'p>,
) -> impl Iterator<Item = (&'p str, Option<Decimal>)> {
    efforts(scheduled).map(|(party, effort)| (party, effort.total().map(Number::value)))
}

fn efforts<'p>(scheduled: &Scheduled<'p>) -> impl Iterator<Item = (&'p str, &'p Effort)> {
    let efforts = scheduled.activity.effort.given();
    efforts
        .into_iter()
        .flat_map(Entries::iter)
        .map(|(party, effort)| (party.as_str(), effort))
}

/// The workload of one person of a group or role who takes part in all of its activities.
#[derive(Debug, Default, Serialize)]
pub struct Load<'p> {
    /// Hours per person per week that are available, if known.
    #[serde(rename = "beschikbaar")]
    pub available: Option<Number>,
    /// Hours per person by week. Consecutive weeks with the same hours may be merged.
    #[serde(rename = "weken")]
    pub weeks: Vec<WeekLoad>,
    /// The highest number of hours in a week.
    #[serde(rename = "piek")]
    pub peak: Number,
    /// The first week that requires clearly more hours than are available.
    #[serde(rename = "te_veel")]
    pub overload: Option<Overload<'p>>,
}

/// One or more consecutive weeks with the same hours.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct WeekLoad {
    /// The Monday of the first week.
    #[serde(rename = "van")]
    pub from: Date,
    /// The Monday of the last week.
    #[serde(rename = "tot_en_met")]
    pub to: Date,
    /// Hours per person per week.
    #[serde(rename = "uren")]
    pub hours: Number,
}

impl WeekLoad {
    /// Whether a week requires clearly more hours than are available: a quarter of an hour and a tenth more, or above. Less is
    /// within the margin of an estimate.
    pub fn is_overload(&self, available: Number) -> bool {
        Self::exceeds(self.hours, available)
    }

    /// Whether so many hours in a week are clearly more than are available.
    pub fn exceeds(hours: Number, available: Number) -> bool {
        let available = available.value();
        let excess = hours.value() - available;
        excess >= Decimal::new(25, 2) && excess * Decimal::TEN >= available
    }

    /// The number of weeks.
    pub fn weeks(&self) -> i32 {
        days_between(self.from, self.to) / 7 + 1
    }
}

/// A week that requires more hours of a person than are available.
#[derive(Debug, Serialize)]
pub struct Overload<'p> {
    #[serde(rename = "week")]
    pub monday: Date,
    /// Hours per person in that week.
    #[serde(rename = "uren")]
    pub hours: Number,
    /// The ids of the activities in that week.
    #[serde(rename = "activiteiten")]
    pub activities: Vec<&'p str>,
}

/// The hours of one person for one activity, from its first to its last day.
struct Piece<'p> {
    activity: &'p str,
    hours: Decimal,
    first: Date,
    last: Date,
}

pub(super) fn loads<'p>(
    plan: &'p Plan,
    activities: &IndexMap<&'p str, Scheduled<'p>>,
) -> IndexMap<&'p str, Load<'p>> {
    let mut pieces: IndexMap<&str, Vec<Piece<'_>>> = IndexMap::new();
    for (id, scheduled) in activities {
        let Some((first, last)) = scheduled.days() else {
            continue;
        };
        for (party, effort) in efforts(scheduled).filter(|(_, effort)| effort.may_need_time()) {
            if let Some(hours) = effort.hours.given() {
                pieces.entry(party).or_default().push(Piece {
                    activity: id,
                    hours: hours.value(),
                    first,
                    last,
                });
            }
        }
    }
    let availability = plan.budget.given().and_then(|it| it.availability.given());
    let available = |party| availability?.get(party)?.hours_per_week.given().copied();
    pieces
        .into_iter()
        .map(|(party, pieces)| (party, load(&pieces, available(party))))
        .collect()
}

fn load<'p>(pieces: &[Piece<'p>], available: Option<Number>) -> Load<'p> {
    let weeks = weeks(pieces);
    let peak = weeks.iter().map(|week| week.hours).max();
    let over =
        available.and_then(|available| weeks.iter().find(|week| week.is_overload(available)));
    let overload = over.map(|week| {
        let sunday = week.from.saturating_add(6.days());
        let in_week = |piece: &&Piece<'_>| piece.first <= sunday && piece.last >= week.from;
        let activities = pieces.iter().filter(in_week).map(|piece| piece.activity);
        Overload {
            monday: week.from,
            hours: week.hours,
            activities: activities.collect(),
        }
    });
    Load {
        available,
        peak: peak.unwrap_or_default(),
        weeks,
        overload,
    }
}

/// Spreads the hours of each piece evenly over its days and adds them up by week, Monday to Sunday.
///
/// Hours only change in weeks in which a piece starts or ends, so the running time depends on the number of pieces and not
/// on the length of the plan.
fn weeks(pieces: &[Piece<'_>]) -> Vec<WeekLoad> {
    // By Monday: the hours of that week alone, and the change of the hours of every week from then on.
    let mut changes: BTreeMap<Date, (Decimal, Decimal)> = BTreeMap::new();
    for piece in pieces {
        let days = days_between(piece.first, piece.last) + 1;
        let share =
            |days_in_week: i32| piece.hours * Decimal::from(days_in_week) / Decimal::from(days);
        let (first_week, last_week) = (monday(piece.first), monday(piece.last));
        if first_week == last_week {
            changes.entry(first_week).or_default().0 += piece.hours;
            continue;
        }
        changes.entry(first_week).or_default().0 +=
            share(7 - days_between(first_week, piece.first));
        changes.entry(last_week).or_default().0 += share(days_between(last_week, piece.last) + 1);
        changes.entry(week_after(first_week)).or_default().1 += share(7);
        changes.entry(last_week).or_default().1 -= share(7);
        changes.entry(week_after(last_week)).or_default();
    }
    let mut weeks = Vec::new();
    let mut every_week = Decimal::ZERO;
    let mut changes = changes.into_iter().peekable();
    while let Some((week, (alone, change))) = changes.next() {
        every_week += change;
        let next = changes.peek().map(|(next, _)| *next);
        let mut push = |from: Date, to: Date, hours: Decimal| {
            // Repeating decimals must not add up to more than is available.
            let hours = hours.round_dp(6).normalize();
            if !hours.is_zero() {
                weeks.push(WeekLoad {
                    from,
                    to,
                    hours: Number::from(hours),
                });
            }
        };
        push(week, week, every_week + alone);
        let following = week_after(week);
        if let Some(next) = next.filter(|next| *next > following) {
            push(following, next.saturating_sub(7.days()), every_week);
        }
    }
    weeks
}

fn week_after(monday: Date) -> Date {
    monday.saturating_add(7.days())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn piece(hours: i64, first: Date, last: Date) -> Piece<'static> {
        Piece {
            activity: "a",
            hours: Decimal::from(hours),
            first,
            last,
        }
    }

    fn hours(pieces: &[Piece<'_>]) -> Vec<(String, String, String)> {
        let text = |week: WeekLoad| {
            let hours = week.hours.to_string();
            (week.from.to_string(), week.to.to_string(), hours)
        };
        weeks(pieces).into_iter().map(text).collect()
    }

    fn row(from: &str, to: &str, hours: &str) -> (String, String, String) {
        (from.to_owned(), to.to_owned(), hours.to_owned())
    }

    #[test]
    fn hours_are_spread_over_days_across_a_new_year() {
        // From Wednesday 30 December 2026 up to Tuesday 12 January 2027: 14 days, an hour a day.
        let spread = hours(&[piece(14, date(2026, 12, 30), date(2027, 1, 12))]);
        assert_eq!(
            spread,
            [
                row("2026-12-28", "2026-12-28", "5"),
                row("2027-01-04", "2027-01-04", "7"),
                row("2027-01-11", "2027-01-11", "2"),
            ]
        );
    }

    #[test]
    fn thirds_add_up_to_whole_hours() {
        let (first, last) = (date(2027, 1, 4), date(2027, 1, 24));
        let spread = hours(&[piece(10, first, last), piece(14, first, last)]);
        let hours: Vec<&str> = spread.iter().map(|(_, _, hours)| hours.as_str()).collect();
        assert_eq!(hours, ["8"; 3]);
    }

    #[test]
    fn weeks_with_equal_load_are_merged() {
        let spread = hours(&[piece(70, date(2027, 1, 4), date(2027, 3, 14))]);
        assert_eq!(
            spread,
            [
                row("2027-01-04", "2027-01-04", "7"),
                row("2027-01-11", "2027-01-11", "7"),
                row("2027-01-18", "2027-03-01", "7"),
                row("2027-03-08", "2027-03-08", "7"),
            ]
        );
    }
}
