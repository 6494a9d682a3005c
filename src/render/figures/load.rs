//! Hours per person per week as steps in time, one panel per group or role on one scale, with what is available as a line.

use jiff::ToSpan;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::axis::Axis;
use super::label::{self, LINE, Line};
use super::length::Length;
use crate::facts::{Facts, Load, WeekLoad};
use crate::plan::Plan;
use crate::value::Number;
use crate::words::Words;

/// How wide the drawing is.
const WIDTH: Length = Length::px(760);

/// Where time begins: before it stand the names, and the numbers along the steps.
const LEFT: Length = Length::px(264);

/// How long the axis is.
const RUN: Length = Length::px(488);

/// How much room a name has.
const NAME_WIDTH: u32 = 220;

/// The names of time stand above the first panel.
const HEAD: Length = Length::px(44);

/// How high the steps are at most, and the room between two panels.
const STEPS: Length = Length::px(64);
const BETWEEN: Length = Length::px(22);

/// What fits on a sheet of A4, with the headings before it, its caption and its legend.
const SHEET: Length = Length::px(880);

/// More groups and roles than these make no drawing that anybody reads.
const MOST: usize = 30;

/// What the hours are drawn from.
#[derive(Debug)]
pub struct HoursPerWeek {
    parties: Vec<Party>,
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

/// The hours with a place for everything.
#[derive(Debug, Serialize)]
pub struct Chart {
    #[serde(rename = "breedte")]
    width: Length,
    #[serde(rename = "as")]
    axis: Axis,
    /// The drawings, one below the other.
    #[serde(rename = "vellen")]
    sheets: Vec<Sheet>,
    /// How many groups and roles are drawn.
    #[serde(rename = "partijen")]
    parties: usize,
    /// Whether more is asked of anybody than is available.
    #[serde(rename = "te_veel")]
    has_overload: bool,
    /// Whether it is known of anybody what is available.
    #[serde(rename = "beschikbaar")]
    has_available: bool,
    /// How many groups and roles are left out because there are too many.
    #[serde(rename = "weggelaten")]
    left_out: usize,
}

/// One drawing: it fits on a sheet of paper.
#[derive(Debug, Serialize)]
pub struct Sheet {
    #[serde(rename = "hoogte")]
    height: Length,
    #[serde(rename = "panelen")]
    panels: Vec<Panel>,
}

/// The hours of one group or role.
#[derive(Debug, Serialize)]
pub struct Panel {
    id: String,
    #[serde(rename = "naam")]
    name: String,
    #[serde(rename = "regels")]
    lines: Vec<Line>,
    /// Where lines about the hours begin, below the name.
    #[serde(rename = "onder")]
    below: Length,
    /// Where no hours stand.
    #[serde(rename = "nul")]
    floor: Length,
    /// The numbers along the steps.
    #[serde(rename = "schaal")]
    scale: Vec<Level>,
    /// Weeks in a row that ask the same.
    #[serde(rename = "weken")]
    weeks: Vec<Block>,
    /// The steps as an area, as the data of a path.
    #[serde(rename = "vlak")]
    area: String,
    /// What is available.
    #[serde(rename = "beschikbaar")]
    available: Option<Level>,
    /// The most hours that are asked in one week.
    #[serde(rename = "piek")]
    peak: Number,
    /// In how many weeks more is asked than is available.
    #[serde(rename = "weken_te_veel")]
    overloaded: usize,
}

/// A number of hours.
#[derive(Debug, Serialize)]
pub struct Level {
    y: Length,
    #[serde(rename = "uren")]
    hours: Number,
}

/// Weeks in a row that ask the same.
#[derive(Debug, Serialize)]
pub struct Block {
    x: Length,
    y: Length,
    #[serde(rename = "breedte")]
    width: Length,
    #[serde(rename = "hoogte")]
    height: Length,
    /// The Monday of the first and of the last of them.
    #[serde(rename = "van")]
    from: Date,
    #[serde(rename = "tot_en_met")]
    to: Date,
    #[serde(rename = "uren")]
    hours: Number,
    /// Whether that is more than is available.
    #[serde(rename = "te_veel")]
    is_overload: bool,
}

impl HoursPerWeek {
    /// Takes from a plan what its hours are drawn from.
    pub fn of(plan: &Plan, facts: &Facts<'_>, words: Words) -> Self {
        let name = |id: &str| {
            if plan.groups().contains(id) {
                plan.groups().name(id)
            } else {
                plan.roles().name(id)
            }
        };
        let party = |(id, load): (&&str, &Load<'_>)| Party {
            id: (*id).to_owned(),
            name: name(id),
            available: load.available,
            peak: load.peak,
            weeks: load.weeks.clone(),
        };
        Self {
            parties: facts.loads.iter().map(party).collect(),
            start: facts.start,
            words,
        }
    }

    /// Gives everything a place; of one group or role only its own hours. Nothing where no hours are asked.
    pub fn chart(&self, party: Option<&str>) -> Option<Chart> {
        let parties: Vec<&Party> = self
            .parties
            .iter()
            .filter(|known| !known.weeks.is_empty() && party.is_none_or(|id| known.id == id))
            .collect();
        let left_out = parties.len().saturating_sub(MOST);
        let parties = parties.get(..MOST).unwrap_or(&parties);
        let weeks = parties.iter().flat_map(|party| &party.weeks);
        let days = weeks
            .flat_map(|week| [week.from, sunday(week.to)])
            .collect();
        let axis = Axis::over(days, self.start, (LEFT, RUN), self.words)?;
        let sheets = lay_out(parties, &axis, top_of_scale(parties));
        let panels = || sheets.iter().flat_map(|sheet| &sheet.panels);
        Some(Chart {
            width: WIDTH,
            parties: parties.len(),
            has_overload: panels().any(|panel| panel.overloaded > 0),
            has_available: panels().any(|panel| panel.available.is_some()),
            axis,
            sheets,
            left_out,
        })
    }
}

impl Panel {
    fn of(party: &Party, axis: &Axis, top: Decimal, y: Length) -> Self {
        let lines = label::lines(label::wrap(&party.name, NAME_WIDTH, 2), y);
        let below = y + LINE.times(lines.len());
        let floor = (y + STEPS).max(below + LINE.times(3));
        let level = |hours: Number| floor - STEPS.share_of(hours.value(), top);
        let over = |hours: Number| party.available.is_some_and(|available| hours > available);
        let shown = party
            .weeks
            .iter()
            .filter(|week| week.from <= axis.last && sunday(week.to) >= axis.first);
        let block = |week: &WeekLoad| {
            let (x, y) = (axis.x(week.from.max(axis.first)), level(week.hours));
            Block {
                x,
                y,
                width: axis.x_after(sunday(week.to).min(axis.last)) - x,
                height: floor - y,
                from: week.from,
                to: week.to,
                hours: week.hours,
                is_overload: over(week.hours),
            }
        };
        let weeks: Vec<Block> = shown.map(block).collect();
        let overloaded = party.weeks.iter().filter(|week| over(week.hours));
        Self {
            id: party.id.clone(),
            name: party.name.clone(),
            lines,
            below,
            floor,
            scale: scale(top)
                .map(|hours| Level {
                    y: level(hours),
                    hours,
                })
                .collect(),
            area: area(&weeks, floor),
            weeks,
            available: party.available.map(|hours| Level {
                y: level(hours),
                hours,
            }),
            peak: party.peak,
            overloaded: overloaded.map(weeks_in).sum(),
        }
    }
}

/// The steps as one shape: from the floor up, along the hours, and down again wherever nothing is asked.
fn area(weeks: &[Block], floor: Length) -> String {
    let mut path = String::new();
    let mut end = None;
    for week in weeks {
        if end == Some(week.x) {
            path.push_str(&format!("V{}", week.y));
        } else {
            if end.is_some() {
                path.push_str(&format!("V{floor}Z"));
            }
            path.push_str(&format!("M{} {floor}V{}", week.x, week.y));
        }
        path.push_str(&format!("H{}", week.x + week.width));
        end = Some(week.x + week.width);
    }
    if !path.is_empty() {
        path.push_str(&format!("V{floor}Z"));
    }
    path
}

/// Drawings below each other, each as high as its words and its steps.
fn lay_out(parties: &[&Party], axis: &Axis, top: Decimal) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    let mut sheet = Sheet::new();
    for party in parties {
        let mut panel = Panel::of(party, axis, top, sheet.height);
        if panel.floor > SHEET && !sheet.panels.is_empty() {
            sheets.push(std::mem::replace(&mut sheet, Sheet::new()));
            panel = Panel::of(party, axis, top, sheet.height);
        }
        sheet.height = panel.floor + BETWEEN;
        sheet.panels.push(panel);
    }
    sheets.push(sheet);
    sheets
}

impl Sheet {
    const fn new() -> Self {
        Self {
            height: HEAD,
            panels: Vec::new(),
        }
    }
}

/// The top of the scale that fits everybody: 1, 2 or 5 with zeros.
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

/// The numbers along the scale: nothing, half, all.
fn scale(top: Decimal) -> impl Iterator<Item = Number> {
    [Decimal::ZERO, top / Decimal::TWO, top]
        .into_iter()
        .map(Number::from)
}

fn sunday(monday: Date) -> Date {
    monday.saturating_add(6.days())
}

fn weeks_in(weeks: &WeekLoad) -> usize {
    usize::try_from((weeks.to - weeks.from).get_days() / 7 + 1).unwrap_or_default()
}
