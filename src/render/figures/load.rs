//! The hours per person per week as a step chart, one panel per group or role on one scale, with the available hours as a line.

use indexmap::IndexMap;
use jiff::ToSpan;
use jiff::civil::Date;
use minijinja::Value;
use rust_decimal::Decimal;

use super::axis::Axis;
use super::label::{self, LINE};
use super::length::Length;
use super::{HEAD, SHEET, WIDTH, limit};
use crate::facts::{Facts, Load, WeekLoad};
use crate::plan::Plan;
use crate::value::Number;
use crate::words::Words;

/// The left edge of the axis. Before it are the names, and the numbers of the scale.
const LEFT: Length = Length::px(264);

/// The width of the axis.
const RUN: Length = Length::px(488);

const NAME_WIDTH: u32 = 220;

/// The height of the highest step.
const STEPS: Length = Length::px(64);

/// Between two panels.
const GAP: Length = Length::px(22);

/// The most groups and roles in a readable figure.
const MOST: usize = 30;

/// The data of the figure.
#[derive(Debug)]
pub struct HoursPerWeek {
    parties: IndexMap<String, Party>,
    start: Option<Date>,
    words: Words,
}

/// A group or role.
#[derive(Debug)]
struct Party {
    id: String,
    name: String,
    available: Option<Number>,
    peak: Number,
    weeks: Vec<WeekLoad>,
}

impl Party {
    fn is_overload(&self, week: &WeekLoad) -> bool {
        self.available
            .is_some_and(|available| week.is_overload(available))
    }

    /// The number of weeks with more hours than are available.
    fn overloaded(&self) -> usize {
        let weeks = self.weeks.iter().filter(|week| self.is_overload(week));
        let weeks = weeks.map(|week| (week.to - week.from).get_days() / 7 + 1);
        weeks
            .map(|weeks| usize::try_from(weeks).unwrap_or_default())
            .sum()
    }
}

impl HoursPerWeek {
    pub fn of(plan: &Plan, facts: &Facts<'_>, words: Words) -> Self {
        let party = |(id, load): (&&str, &Load<'_>)| {
            let party = Party {
                id: (*id).to_owned(),
                name: plan.party_name(id).into_owned(),
                available: load.available,
                peak: load.peak,
                weeks: load.weeks.clone(),
            };
            (party.id.clone(), party)
        };
        Self {
            parties: facts.loads.iter().map(party).collect(),
            start: facts.start,
            words,
        }
    }

    /// The figure, of everyone or of one group or role; none if it has no hours.
    pub fn chart(&self, party: Option<&str>) -> Option<Value> {
        let mut parties: Vec<&Party> = match party {
            None => self.parties.values().collect(),
            Some(id) => self.parties.get(id).into_iter().collect(),
        };
        parties.retain(|party| !party.weeks.is_empty());
        let (parties, left_out) = limit(&parties, MOST);
        let weeks = parties.iter().flat_map(|party| &party.weeks);
        let days = weeks.flat_map(|week| [week.from, sunday(week.to)]);
        let axis = Axis::over(days.collect(), self.start, (LEFT, RUN), self.words)?;
        Some(record!({
            breedte: WIDTH,
            as: axis,
            vellen: sheets(parties, &axis),
            partijen: parties.len(),
            te_veel: parties.iter().any(|party| party.overloaded() > 0),
            beschikbaar: parties.iter().any(|party| party.available.is_some()),
            weggelaten: left_out,
        }))
    }
}

/// Divides the panels over sheets of paper.
fn sheets(parties: &[&Party], axis: &Axis) -> Vec<Value> {
    let top = top_of_scale(parties);
    let mut sheets = Vec::new();
    let (mut height, mut panels) = (HEAD, Vec::new());
    for party in parties {
        let names = label::wrap(&party.name, NAME_WIDTH, 2);
        // Below the name are three lines about the hours.
        let needed = STEPS.max(LINE.times(names.len() + 3));
        if height + needed > SHEET && !panels.is_empty() {
            sheets.push(record!({hoogte: height, panelen: panels}));
            (height, panels) = (HEAD, Vec::new());
        }
        let floor = height + needed;
        panels.push(panel(party, names, axis, top, (height, floor)));
        height = floor + GAP;
    }
    sheets.push(record!({hoogte: height, panelen: panels}));
    sheets
}

fn panel(
    party: &Party,
    names: Vec<String>,
    axis: &Axis,
    top: Decimal,
    (y, floor): (Length, Length),
) -> Value {
    let y_of = |hours: Number| floor - STEPS.share_of(hours.value(), top);
    let level = |hours: Number| record!({y: y_of(hours), uren: hours});
    let below = y + LINE.times(names.len());
    let mut weeks = Vec::new();
    let mut area = String::new();
    let mut end = None;
    for week in &party.weeks {
        if week.from > axis.last || sunday(week.to) < axis.first {
            continue;
        }
        let (x, y) = (axis.x(week.from.max(axis.first)), y_of(week.hours));
        let right = axis.x_after(sunday(week.to).min(axis.last));
        // The area returns to the floor wherever there are weeks without hours in between.
        if end == Some(x) {
            area.push_str(&format!("V{y}"));
        } else {
            if end.is_some() {
                area.push_str(&format!("V{floor}Z"));
            }
            area.push_str(&format!("M{x} {floor}V{y}"));
        }
        area.push_str(&format!("H{right}"));
        end = Some(right);
        weeks.push(record!({
            x: x,
            y: y,
            breedte: right - x,
            hoogte: floor - y,
            van: week.from,
            tot_en_met: week.to,
            uren: week.hours,
            te_veel: party.is_overload(week),
        }));
    }
    if end.is_some() {
        area.push_str(&format!("V{floor}Z"));
    }
    let scale = [Decimal::ZERO, top / Decimal::TWO, top];
    record!({
        id: party.id,
        naam: party.name,
        regels: label::lines(names, y),
        onder: below,
        nul: floor,
        schaal: scale.map(|hours| level(hours.into())),
        weken: weeks,
        vlak: area,
        beschikbaar: party.available.map(level),
        piek: party.peak,
        weken_te_veel: party.overloaded(),
    })
}

/// The top of the scale for all panels: 1, 2, 4, 6 or 8 times a power of ten.
fn top_of_scale(parties: &[&Party]) -> Decimal {
    let most = parties
        .iter()
        .flat_map(|party| [Some(party.peak), party.available])
        .flatten()
        .max()
        .unwrap_or_default()
        .value();
    let mut power = Decimal::ONE;
    loop {
        for step in [1, 2, 4, 6, 8] {
            let top = power * Decimal::from(step);
            if top >= most {
                return top;
            }
        }
        power *= Decimal::TEN;
    }
}

fn sunday(monday: Date) -> Date {
    monday.saturating_add(6.days())
}
