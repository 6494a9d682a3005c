//! The measurements of indicators, and the planned ones that are missing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;

use super::Facts;
use crate::plan::Plan;
use crate::plan::progress::Measurement;
use crate::value::{Answer, Rhythm};

/// The measurements of an indicator by date, each with its index. Of two on one day, the later one in the list counts.
pub type Measured<'p> = BTreeMap<Date, (usize, &'p Measurement)>;

/// The measurements of each indicator that have a value and a date; `None` if one is unreadable or belongs to an unknown
/// indicator. It may be the measurement that seems overdue, or a later one.
pub fn measured(plan: &Plan) -> Option<HashMap<&str, Measured<'_>>> {
    let is_unreadable = match &plan.progress {
        Answer::Given(progress) => matches!(progress.measurements, Answer::Unreadable),
        other => matches!(other, Answer::Unreadable),
    };
    if is_unreadable {
        return None;
    }
    let mut measured: HashMap<&str, Measured<'_>> = HashMap::new();
    for (index, measurement) in measurements(plan) {
        if measurement.is_missing() {
            continue;
        }
        let measurement = measurement.given()?;
        if measurement.value.is_missing() {
            continue;
        }
        let indicator = match &measurement.indicator {
            Answer::Given(indicator) if plan.indicators().contains(indicator.as_str()) => {
                indicator.as_str()
            }
            Answer::Missing => continue,
            Answer::Given(_) | Answer::Unreadable => return None,
        };
        match measurement.date {
            Answer::Given(day) => {
                let of_indicator = measured.entry(indicator).or_default();
                of_indicator.insert(day.date(), (index, measurement));
            }
            Answer::Missing => {}
            Answer::Unreadable => return None,
        }
    }
    Some(measured)
}

/// The measurements, with their indices.
pub fn measurements(plan: &Plan) -> impl Iterator<Item = (usize, &Answer<Measurement>)> {
    let progress = plan.progress.given();
    let list = progress.and_then(|progress| progress.measurements.given());
    list.into_iter().flatten().enumerate()
}

/// The planned dates before `today` of each indicator for which no measurement counts. A measurement counts for a planned date
/// if it is on or after that date and before the next.
pub fn missed_measurements<'p>(
    plan: &'p Plan,
    facts: &Facts<'_>,
    measured: &HashMap<&str, Measured<'_>>,
    today: Date,
) -> Vec<(&'p str, Vec<Date>)> {
    // Keeps a daily rhythm over centuries from taking forever. No rhythm hides another one: each has a date.
    let mut left = MAX_MISSED;
    let mut missed = Vec::new();
    for (id, indicator) in plan.indicators().iter() {
        let Some(when) = indicator.when.given() else {
            continue;
        };
        let measured = measured.get(id);
        let most = left.max(1);
        let limit = most + measured.map_or(0, BTreeMap::len) + 1;
        let planned = planned_days(when, facts, today, limit);
        let days: Vec<Date> = missed_days(&planned, measured, today).take(most).collect();
        left = left.saturating_sub(days.len());
        missed.push((id, days));
    }
    missed
}

/// The number of missed dates up to which each counts; after that, each rhythm has one.
const MAX_MISSED: usize = 1_000;

/// The dates of a rhythm before `today` and the first one from then on, at most `limit`.
pub(super) fn planned_days(
    when: &Rhythm,
    facts: &Facts<'_>,
    today: Date,
    limit: usize,
) -> BTreeSet<Date> {
    let up_to_today = when.parts().iter().flat_map(|part| {
        let mut is_past = true;
        part.dates(facts.start, facts.end)
            .take_while(move |day| std::mem::replace(&mut is_past, *day < today))
    });
    up_to_today.take(limit).collect()
}

/// The planned dates before `today` for which no measurement counts.
fn missed_days<'d>(
    planned: &'d BTreeSet<Date>,
    measured: Option<&'d Measured<'_>>,
    today: Date,
) -> impl Iterator<Item = Date> {
    let next = planned.iter().skip(1).map(Some).chain([None]);
    let days = planned.iter().zip(next);
    let past = days.take_while(move |(day, _)| **day < today);
    let missed = past.filter(move |(day, next)| {
        let first = measured.and_then(|measured| measured.range(**day..).next());
        !first.is_some_and(|(first, _)| next.is_none_or(|next| first < next))
    });
    missed.map(|(day, _)| *day)
}
