//! The hours per person of each group and role by month, in its busiest week, against what is available: a heat map.

use indexmap::IndexMap;
use jiff::civil::Date;
use minijinja::Value;
use rust_decimal::Decimal;
use serde::Serialize;

use super::scale::month_number;
use crate::facts::{Facts, WeekLoad};
use crate::plan::Plan;
use crate::value::{Entries, Number, monday};
use crate::words::{Words, key};

/// The most columns on a sheet. More months become quarters, then years, then more years together.
const MOST_COLUMNS: usize = 18;

/// The months of a column.
const STEPS: [i32; 6] = [1, 3, 12, 60, 120, 600];

/// The data of the figure.
#[derive(Debug)]
pub struct HoursByMonth {
    parties: IndexMap<String, Party>,
    words: Words,
}

/// A group or role.
#[derive(Debug, Default)]
struct Party {
    name: String,
    available: Option<Number>,
    peak: Number,
    weeks: Vec<WeekLoad>,
    /// The ids of the activities in the first week with too many hours.
    at_overload: Vec<String>,
    /// The first and last day of the activities for which its hours are not known.
    unknown: Vec<(Date, Date)>,
    /// Whether activities without days ask its time.
    has_undated: bool,
}

/// A month or another column.
#[derive(Debug, Serialize)]
struct Column {
    /// The name in short: "jan", "K1", "2027".
    #[serde(rename = "naam")]
    name: String,
    /// The year, where it begins and is not the name.
    #[serde(rename = "jaar")]
    year: Option<i32>,
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
struct Cell {
    #[serde(rename = "uren")]
    hours: Option<Number>,
    /// The share of what is available: 1 to 4 quarters; 0 if nothing is known to compare with.
    #[serde(rename = "stap")]
    step: u8,
    #[serde(rename = "te_veel")]
    is_overload: bool,
    /// Whether there are hours that are not known.
    #[serde(rename = "onbekend")]
    is_unknown: bool,
}

impl HoursByMonth {
    pub fn of(plan: &Plan, facts: &Facts<'_>, words: Words) -> Self {
        let mut parties: IndexMap<String, Party> = IndexMap::new();
        for (id, load) in &facts.loads {
            let party = party(&mut parties, id);
            party.weeks.clone_from(&load.weeks);
            party.peak = load.peak;
            if let Some(overload) = &load.overload {
                let activities = overload.activities.iter();
                party.at_overload = activities.map(|id| (*id).to_owned()).collect();
            }
        }
        for scheduled in facts.activities.values() {
            let efforts = scheduled.activity.effort.given();
            for (id, effort) in efforts.into_iter().flat_map(Entries::iter) {
                let id = id.as_str();
                match scheduled.days() {
                    Some(days) if effort.lacks_hours() => {
                        party(&mut parties, id).unknown.push(days);
                    }
                    None if effort.lacks_hours() || effort.may_need_time() => {
                        party(&mut parties, id).has_undated = true;
                    }
                    _ => {}
                }
            }
        }
        let availability = plan.budget.given().and_then(|it| it.availability.given());
        for (id, availability) in availability.into_iter().flat_map(Entries::iter) {
            let available = availability.hours_per_week.given().copied();
            party(&mut parties, id.as_str()).available = available;
        }
        for (id, party) in &mut parties {
            party.name = plan.party_name(id).into_owned();
        }
        Self { parties, words }
    }

    /// The figure, of everyone or of one group or role; none if nothing is known of hours.
    pub fn chart(&self, party: Option<&str>) -> Option<Value> {
        let parties: Vec<(&String, &Party)> = match party {
            None => self.parties.iter().collect(),
            Some(id) => self.parties.get_key_value(id).into_iter().collect(),
        };
        if parties.is_empty() {
            return None;
        }
        let (step, columns) = columns(parties.iter().flat_map(|(_, party)| party.spans()));
        let has_available = parties.iter().any(|(_, party)| party.available.is_some());
        let most = parties.iter().map(|(_, party)| party.peak).max();
        let base = most.filter(|_| !has_available);
        let rows: Vec<Value> = parties
            .iter()
            .map(|(id, party)| party.row(id, step, &columns, base))
            .collect();
        let any = |is_so: fn(&Party) -> bool| parties.iter().any(|(_, party)| is_so(party));
        Some(record!({
            kolommen: self.named(step, &columns),
            maanden_per_kolom: step,
            rijen: rows,
            beschikbaar: has_available,
            te_veel: any(|party| party.overload().is_some()),
            onbekend: any(|party| !party.unknown.is_empty()),
            zonder_dagen: any(|party| party.has_undated),
        }))
    }

    fn named(&self, step: i32, columns: &[i32]) -> Vec<Column> {
        let mut last = None;
        let name = |column: &i32| {
            let month = column * step;
            let (year, month) = (month.div_euclid(12), month.rem_euclid(12));
            let begins = last.replace(year) != Some(year);
            let name = match step {
                1 => self.words.short_month(month + 1).to_owned(),
                3 => {
                    let quarter = usize::try_from(month / 3 + 1).unwrap_or_default();
                    let arguments = [("aantal", quarter.into())];
                    self.words.text(key::figuur::KWARTAAL, &arguments)
                }
                12 => year.to_string(),
                _ => format!("{year}–{}", year + step / 12 - 1),
            };
            Column {
                name,
                year: Some(year).filter(|_| begins && step < 12),
            }
        };
        columns.iter().map(name).collect()
    }
}

/// The party with an id, added if it is new.
fn party<'p>(parties: &'p mut IndexMap<String, Party>, id: &str) -> &'p mut Party {
    if !parties.contains_key(id) {
        parties.insert(id.to_owned(), Party::default());
    }
    &mut parties[id]
}

impl Party {
    /// The months of its hours, also of those that are not known, as first and last.
    fn spans(&self) -> impl Iterator<Item = (i32, i32)> {
        let weeks = self.weeks.iter().map(|week| (week.from, week.to));
        let unknown = self.unknown.iter();
        weeks
            .chain(unknown.map(|(first, last)| (monday(*first), monday(*last))))
            .map(|(first, last)| (month_number(first), month_number(last)))
    }

    fn is_overload(&self, hours: Number) -> bool {
        self.available
            .is_some_and(|available| WeekLoad::exceeds(hours, available))
    }

    fn overload(&self) -> Option<&WeekLoad> {
        self.weeks.iter().find(|week| self.is_overload(week.hours))
    }

    fn row(&self, id: &str, step: i32, columns: &[i32], base: Option<Number>) -> Value {
        let mut cells = vec![Cell::default(); columns.len()];
        let hours = self.weeks.iter().map(|week| Some(week.hours));
        let unknown = self.unknown.iter().map(|_| None);
        for ((first, last), hours) in self.spans().zip(hours.chain(unknown)) {
            let start = columns.partition_point(|column| *column < first.div_euclid(step));
            let end = columns.partition_point(|column| *column <= last.div_euclid(step));
            for cell in cells.get_mut(start..end).into_iter().flatten() {
                cell.is_unknown |= hours.is_none();
                cell.hours = cell.hours.max(hours);
            }
        }
        for cell in &mut cells {
            let Some(hours) = cell.hours else { continue };
            cell.hours = Some(shown(hours));
            cell.is_overload = self.is_overload(hours);
            cell.step = self
                .available
                .or(base)
                .map_or(0, |base| quarters(hours, base));
        }
        let is_over = |week: &&WeekLoad| self.is_overload(week.hours);
        let weeks_over = self.weeks.iter().filter(is_over).map(WeekLoad::weeks);
        let busiest = self.weeks.iter().find(|week| week.hours == self.peak);
        let overload = self.overload().map(|week| {
            record!({
                week: week.from,
                uren: week.hours,
                weken: weeks_over.sum::<i32>(),
                activiteiten: self.at_overload,
            })
        });
        record!({
            id: id,
            naam: self.name,
            beschikbaar: self.available,
            piek: busiest.map(|week| week.hours),
            drukste_week: busiest.map(|week| week.from),
            te_veel: overload,
            onbekend: !self.unknown.is_empty(),
            zonder_dagen: self.has_undated,
            cellen: cells,
        })
    }
}

/// The hours to one decimal, as a narrow column has room for, and never zero.
fn shown(hours: Number) -> Number {
    Number::from(hours.value().round_dp(1).max(Decimal::new(1, 1)))
}

/// How many quarters of a number of hours it takes to hold others, at most four.
fn quarters(hours: Number, base: Number) -> u8 {
    let (hours, base) = (hours.value() * Decimal::from(4), base.value());
    let step = (1..4_u8).find(|quarters| hours <= base * Decimal::from(*quarters));
    step.unwrap_or(4)
}

/// The columns in which there are hours, and the months of each: as few as it takes to have a readable number of columns.
fn columns(spans: impl Iterator<Item = (i32, i32)>) -> (i32, Vec<i32>) {
    let mut spans: Vec<(i32, i32)> = spans.collect();
    spans.sort_unstable();
    let mut months: Vec<i32> = Vec::new();
    for (first, last) in spans {
        let next = months.last().map_or(first, |month| first.max(month + 1));
        months.extend(next..=last);
    }
    let mut found = (1, Vec::new());
    for step in STEPS {
        let mut columns: Vec<i32> = months.iter().map(|month| month.div_euclid(step)).collect();
        columns.dedup();
        found = (step, columns);
        if found.1.len() <= MOST_COLUMNS {
            break;
        }
    }
    found
}
