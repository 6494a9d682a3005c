//! Hours and euros: what activities ask, what they cost, and how much that is per person per week.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;

use super::Scheduled;
use crate::plan::Plan;
use crate::plan::budget::Budget;
use crate::value::{Answer, Entries, Money, Number};

/// What an activity asks and costs.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct ActivityCost {
    /// Hours of everybody together.
    #[serde(rename = "uren")]
    pub hours: Number,
    /// Euros for those hours, as far as rates are known.
    #[serde(rename = "loonkosten")]
    pub labour: Money,
    /// Euros out of pocket.
    #[serde(rename = "kosten")]
    pub expenses: Money,
    /// Euros altogether.
    #[serde(rename = "totaal")]
    pub total: Money,
    /// Whether the rates of all its hours are known, so that the amounts are all that it costs.
    #[serde(rename = "volledig")]
    pub is_complete: bool,
}

/// What is asked of a group or role, in all activities together.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct PartyCost {
    /// Hours of everybody together.
    #[serde(rename = "uren")]
    pub hours: Number,
    /// Euros per hour, if known.
    #[serde(rename = "uurtarief")]
    pub rate: Option<Money>,
    /// Euros, if the rate is known.
    #[serde(rename = "kosten")]
    pub cost: Option<Money>,
}

/// What the implementation asks and costs.
#[derive(Debug, Default, Serialize)]
pub struct Costs<'p> {
    /// Per activity.
    #[serde(rename = "activiteiten")]
    pub activities: IndexMap<&'p str, ActivityCost>,
    /// Per group or role.
    #[serde(rename = "partijen")]
    pub parties: IndexMap<&'p str, PartyCost>,
    /// Hours altogether.
    #[serde(rename = "uren")]
    pub hours: Number,
    /// Euros for hours.
    #[serde(rename = "loonkosten")]
    pub labour: Money,
    /// Euros out of pocket for activities.
    #[serde(rename = "kosten")]
    pub expenses: Money,
    /// Euros for what belongs to no activity.
    #[serde(rename = "overig")]
    pub other: Money,
    /// Euros altogether, to the cent.
    #[serde(rename = "totaal")]
    pub total: Money,
    /// The groups and roles of whom hours are asked and no rate is known: what these cost is in no amount.
    #[serde(rename = "zonder_uurtarief")]
    pub without_rate: Vec<&'p str>,
    /// Whether the amounts are all that it costs: something is known of it, and no rate is missing.
    #[serde(rename = "volledig")]
    pub is_complete: bool,
    /// The budget, if known.
    pub budget: Option<Money>,
    /// What is left of the budget; below zero when it is exceeded.
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
    let other = budget
        .other_costs
        .given()
        .into_iter()
        .flat_map(Entries::iter);
    let other: Vec<Decimal> = other
        .filter_map(|(_, cost)| cost.amount.given())
        .map(|amount| amount.euros())
        .collect();
    let without_rate: Vec<&str> = parties
        .iter()
        .filter(|(_, party)| party.rate.is_none() && !party.hours.value().is_zero())
        .map(|(id, _)| *id)
        .collect();
    let is_known = !other.is_empty()
        || parties.values().any(|party| party.cost.is_some())
        || scheduled
            .values()
            .any(|scheduled| scheduled.activity.expenses.given().is_some());
    let other: Decimal = other.iter().sum();
    // As an amount is shown: half a cent is a cent.
    let total = (labour + expenses + other)
        .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let funds = budget
        .funds
        .given()
        .and_then(|funds| funds.amount.given())
        .copied();
    Costs {
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
    let mut is_complete = true;
    for (party, asked) in efforts(scheduled) {
        hours += asked;
        match rate(budget, party) {
            Some(rate) => labour += asked * rate.euros(),
            None => is_complete &= asked.is_zero(),
        }
    }
    let expenses = scheduled
        .activity
        .expenses
        .given()
        .copied()
        .unwrap_or_default();
    ActivityCost {
        hours: Number::from(hours),
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
    for (party, asked) in activities.values().flat_map(efforts) {
        let entry = parties.entry(party).or_default();
        entry.hours = Number::from(entry.hours.value() + asked);
    }
    for (party, entry) in &mut parties {
        entry.rate = rate(budget, party);
        entry.cost = entry
            .rate
            .map(|rate| Money::from(entry.hours.value() * rate.euros()));
    }
    parties
}

fn rate(budget: &Budget, party: &str) -> Option<Money> {
    budget.rates.given()?.get(party).copied()
}

/// The hours that an activity asks of each group or role, everybody together.
fn efforts<'p>(scheduled: &Scheduled<'p>) -> impl Iterator<Item = (&'p str, Decimal)> {
    let effort = scheduled
        .activity
        .effort
        .given()
        .into_iter()
        .flat_map(Entries::iter);
    effort.filter_map(|(party, effort)| {
        let hours = effort.hours.given()?.value() * Decimal::from(effort.people.given()?.value());
        Some((party.as_str(), hours))
    })
}

/// How much time the activities ask of one person of a group or role. One person is taken to do all of the group's activities.
#[derive(Debug, Default, Serialize)]
pub struct Load<'p> {
    /// Hours per person per week that are available, if known.
    #[serde(rename = "beschikbaar")]
    pub available: Option<Number>,
    /// Hours per person, week by week; weeks in a row with the same hours stand together.
    #[serde(rename = "weken")]
    pub weeks: Vec<WeekLoad>,
    /// The most hours that are asked in one week.
    #[serde(rename = "piek")]
    pub peak: Number,
    /// The first week in which more is asked than is available.
    #[serde(rename = "te_veel")]
    pub overload: Option<Overload<'p>>,
}

/// The same hours in one or more weeks in a row.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct WeekLoad {
    /// The Monday of the first of these weeks.
    #[serde(rename = "van")]
    pub from: Date,
    /// The Monday of the last of these weeks.
    #[serde(rename = "tot_en_met")]
    pub to: Date,
    /// Hours per person per week.
    #[serde(rename = "uren")]
    pub hours: Number,
}

/// A week in which more is asked of a person than is available.
#[derive(Debug, Serialize)]
pub struct Overload<'p> {
    /// Its Monday.
    #[serde(rename = "week")]
    pub monday: Date,
    /// The hours that are asked in it.
    #[serde(rename = "uren")]
    pub hours: Number,
    /// The ids of the activities that ask them.
    #[serde(rename = "activiteiten")]
    pub activities: Vec<&'p str>,
}

/// What one activity asks of one person, from its first to its last day.
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
        let effort = scheduled
            .activity
            .effort
            .given()
            .into_iter()
            .flat_map(Entries::iter);
        for (party, effort) in effort.filter(|(_, effort)| effort.asks_time()) {
            let Some(hours) = effort.hours.given().map(|hours| hours.value()) else {
                continue;
            };
            pieces.entry(party.as_str()).or_default().push(Piece {
                activity: id,
                hours,
                first,
                last,
            });
        }
    }
    let availability = plan.budget.given().map(|budget| &budget.availability);
    let available = |party: &str| match availability.map(Answer::given)? {
        Some(entries) => entries.get(party)?.hours_per_week.given().copied(),
        None => None,
    };
    pieces
        .into_iter()
        .map(|(party, pieces)| (party, load(&pieces, available(party))))
        .collect()
}

fn load<'p>(pieces: &[Piece<'p>], available: Option<Number>) -> Load<'p> {
    let weeks = weeks(pieces);
    let peak = weeks
        .iter()
        .map(|week| week.hours)
        .max()
        .unwrap_or_default();
    let over = available.and_then(|available| weeks.iter().find(|week| week.hours > available));
    let overload = over.map(|week| {
        let sunday = week.from.saturating_add(6.days());
        let asking = pieces
            .iter()
            .filter(|piece| piece.first <= sunday && piece.last >= week.from);
        Overload {
            monday: week.from,
            hours: week.hours,
            activities: asking.map(|piece| piece.activity).collect(),
        }
    });
    Load {
        available,
        weeks,
        peak,
        overload,
    }
}

/// Spreads the hours of each piece evenly over its days and adds them up per week, Monday to Sunday.
///
/// Between the weeks in which a piece starts or ends nothing changes, so the work grows with the pieces, not with the
/// length of the plan.
fn weeks(pieces: &[Piece<'_>]) -> Vec<WeekLoad> {
    // Per Monday: hours of that week alone, and the change of what every week asks from then on.
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
            // Shares of a third leave a trace far behind the decimal point that must not count as too much.
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

fn monday(day: Date) -> Date {
    day.saturating_sub(Span::new().days(day.weekday().to_monday_zero_offset()))
}

fn week_after(monday: Date) -> Date {
    monday.saturating_add(7.days())
}

fn days_between(first: Date, last: Date) -> i32 {
    (last - first).get_days()
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
            (
                week.from.to_string(),
                week.to.to_string(),
                week.hours.to_string(),
            )
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
        let three_weeks = (date(2027, 1, 4), date(2027, 1, 24));
        let spread = hours(&[
            piece(10, three_weeks.0, three_weeks.1),
            piece(14, three_weeks.0, three_weeks.1),
        ]);
        assert_eq!(spread.len(), 3);
        assert!(
            spread.iter().all(|(_, _, hours)| hours == "8"),
            "{spread:?}"
        );
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
