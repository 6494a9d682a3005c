//! The weeks of [`Load`](crate::facts::Load) by month: a table that fits on a page.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::facts::Facts;
use crate::value::Number;
use crate::words::Words;

/// The maximum number of months in a readable table.
const MOST_MONTHS: i32 = 60;

/// The maximum number of groups and roles in a readable table.
const MOST_PARTIES: usize = 60;

/// A row of the table.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Month {
    /// The month: "januari 2027".
    #[serde(rename = "maand")]
    name: String,
    /// The hours per person in its busiest week, per group or role in the order of the facts; `None` if there are none.
    #[serde(rename = "uren")]
    hours: Vec<Option<String>>,
}

/// The months from the first to the last with hours.
pub(super) fn by_month(facts: &Facts<'_>, words: Words) -> Vec<Month> {
    let weeks = || {
        facts
            .loads
            .values()
            .enumerate()
            .flat_map(|(nr, load)| load.weeks.iter().map(move |week| (nr, week)))
    };
    let first = weeks().map(|(_, week)| month_of(week.from)).min();
    let last = weeks().map(|(_, week)| month_of(week.to)).max();
    let Some((first, last)) = first
        .zip(last)
        .filter(|(first, last)| last - first < MOST_MONTHS && facts.loads.len() <= MOST_PARTIES)
    else {
        return Vec::new();
    };
    let empty = vec![Number::default(); facts.loads.len()];
    let mut months: BTreeMap<i32, Vec<Number>> =
        (first..=last).map(|month| (month, empty.clone())).collect();
    for (nr, week) in weeks() {
        for (_, hours) in months.range_mut(month_of(week.from)..=month_of(week.to)) {
            if let Some(hours) = hours.get_mut(nr) {
                *hours = week.hours.max(*hours);
            }
        }
    }
    let shown = |hours: Number| (hours > Number::default()).then(|| words.number(hours));
    let months = months.into_iter().map(|(month, hours)| Month {
        name: format!("{} {}", words.month(month % 12 + 1), month / 12),
        hours: hours.into_iter().map(shown).collect(),
    });
    months.collect()
}

/// A month as a number, so that months can be counted. A week belongs to the month of its Monday.
fn month_of(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}
