//! The costs as bars below each other on one scale: of the hours per group or role, of everything else, and all together
//! beside the budget.

use rust_decimal::Decimal;
use serde::Serialize;

use super::label::{self, LINE, Line};
use super::length::Length;
use crate::facts::{Facts, PartyCost};
use crate::plan::Plan;
use crate::value::{Money, Number, Things};
use crate::words::Words;

/// How wide the drawing is.
const WIDTH: Length = Length::px(760);

/// Where bars begin: before it stand the names.
const LEFT: Length = Length::px(240);

/// How long a bar can be: behind it stands the amount.
const LONGEST: Length = Length::px(384);

/// How long a bar is at least, to be seen.
const SHORTEST: Length = Length::px(1);

/// How much room a name has, and in how many lines.
const NAME_WIDTH: u32 = 226;
const NAME_LINES: usize = 2;

/// Above and below the lines of a row, and how high a bar is.
const ROOM: Length = Length::px(10);
const BAR: Length = Length::px(16);

/// How high the name of a kind is.
const BAND: Length = Length::px(26);

/// More bars of one kind than these are no drawing that anybody reads.
const MOST: usize = 30;

/// What the costs are drawn from.
#[derive(Debug)]
pub struct CostBars {
    parts: Vec<Part>,
    budget: Option<Money>,
    total: Money,
    left: Option<Money>,
    words: Words,
}

/// The kinds of costs, and what they are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Kind {
    #[serde(rename = "uren")]
    Hours,
    #[serde(rename = "activiteiten")]
    Activities,
    #[serde(rename = "overig")]
    Other,
    #[serde(rename = "totaal")]
    Total,
    #[serde(rename = "budget")]
    Budget,
    /// What is left of the budget, or what is short of it.
    #[serde(rename = "rest")]
    Left,
}

/// An amount.
#[derive(Debug)]
struct Part {
    kind: Kind,
    name: String,
    hours: Option<Number>,
    /// Nothing where the rate of hours is not known.
    amount: Option<Money>,
}

/// The costs with a place for everything.
#[derive(Debug, Serialize)]
pub struct Chart {
    #[serde(rename = "breedte")]
    width: Length,
    #[serde(rename = "hoogte")]
    height: Length,
    #[serde(rename = "banden")]
    bands: Vec<Band>,
    #[serde(rename = "rijen")]
    rows: Vec<Row>,
    /// All costs together.
    #[serde(rename = "totaal")]
    total: Money,
    budget: Option<Money>,
    /// What is left of the budget; below zero when it is exceeded.
    #[serde(rename = "over")]
    left: Option<Money>,
    /// Where the budget ends.
    #[serde(rename = "budget_x")]
    budget_x: Option<Length>,
    /// How many bars are left out because there are too many.
    #[serde(rename = "weggelaten")]
    left_out: usize,
}

/// The name of a kind, above its rows.
#[derive(Debug, Serialize)]
pub struct Band {
    y: Length,
    #[serde(rename = "hoogte")]
    height: Length,
    #[serde(rename = "soort")]
    kind: Kind,
}

/// A row.
#[derive(Debug, Serialize)]
pub struct Row {
    #[serde(rename = "soort")]
    kind: Kind,
    #[serde(rename = "naam")]
    name: String,
    #[serde(rename = "regels")]
    lines: Vec<Line>,
    y: Length,
    #[serde(rename = "hoogte")]
    height: Length,
    #[serde(rename = "midden")]
    middle: Length,
    #[serde(rename = "uren")]
    hours: Option<Number>,
    /// Nothing where the rate of hours is not known.
    #[serde(rename = "bedrag")]
    amount: Option<Money>,
    /// The bar: one piece, and of the total one of each kind.
    #[serde(rename = "balken")]
    bars: Vec<Bar>,
    /// Where the amount can stand.
    #[serde(rename = "achter")]
    behind: Length,
}

/// A piece of a bar.
#[derive(Debug, Serialize)]
pub struct Bar {
    #[serde(rename = "soort")]
    kind: Kind,
    x: Length,
    y: Length,
    #[serde(rename = "breedte")]
    width: Length,
    #[serde(rename = "hoogte")]
    height: Length,
}

impl CostBars {
    /// Takes from a plan what its costs are drawn from.
    pub fn of(plan: &Plan, facts: &Facts<'_>, words: Words) -> Self {
        let costs = &facts.costs;
        let hours_of = |(id, cost): (&&str, &PartyCost)| Part {
            kind: Kind::Hours,
            name: if plan.groups().contains(id) {
                plan.groups().name(id)
            } else {
                plan.roles().name(id)
            },
            hours: Some(cost.hours),
            amount: cost.cost,
        };
        let mut parts: Vec<Part> = costs.parties.iter().map(hours_of).collect();
        if costs.expenses > Money::default() {
            parts.push(Part {
                kind: Kind::Activities,
                name: words.get("document.kosten_van_activiteiten").to_owned(),
                hours: None,
                amount: Some(costs.expenses),
            });
        }
        let budget = plan.budget.given();
        let other = Things::from(budget.and_then(|budget| budget.other_costs.given()));
        let known = other
            .iter()
            .filter(|(_, cost)| cost.amount.given().is_some());
        parts.extend(known.map(|(id, cost)| Part {
            kind: Kind::Other,
            name: other.name(id),
            hours: None,
            amount: cost.amount.given().copied(),
        }));
        Self {
            parts,
            budget: costs.budget,
            total: costs.total,
            left: costs.left,
            words,
        }
    }

    /// Gives everything a place. Nothing where nothing costs anything.
    pub fn chart(&self) -> Option<Chart> {
        let whole = self.budget.unwrap_or_default().max(self.total).euros();
        if self.parts.is_empty() || whole.is_zero() {
            return None;
        }
        let mut chart = Chart {
            width: WIDTH,
            height: Length::ZERO,
            bands: Vec::new(),
            rows: Vec::new(),
            total: self.total,
            budget: self.budget,
            left: self.left,
            budget_x: self
                .budget
                .map(|budget| LEFT + LONGEST.share_of(budget.euros(), whole)),
            left_out: 0,
        };
        for kind in [Kind::Hours, Kind::Activities, Kind::Other] {
            let parts = || self.parts.iter().filter(|part| part.kind == kind);
            let is_more_of_the_same = kind == Kind::Other
                && chart
                    .bands
                    .last()
                    .is_some_and(|band| band.kind == Kind::Activities);
            if parts().next().is_some() && !is_more_of_the_same {
                chart.add_band(kind);
            }
            for part in parts().take(MOST) {
                let bars = [(kind, part.amount.unwrap_or_default().euros())];
                chart.add_row(kind, &part.name, part.amount, part.hours, &bars, whole);
            }
            chart.left_out += parts().count().saturating_sub(MOST);
        }
        self.add_total(&mut chart, whole);
        Some(chart)
    }

    /// All costs together, and the budget below.
    fn add_total(&self, chart: &mut Chart, whole: Decimal) {
        chart.add_band(Kind::Total);
        let sum = |kind: Kind| {
            let parts = self.parts.iter().filter(|part| part.kind == kind);
            parts.filter_map(|part| part.amount).map(Money::euros).sum()
        };
        let kinds = [Kind::Hours, Kind::Activities, Kind::Other];
        let bars = kinds.map(|kind| (kind, sum(kind)));
        let name = self.words.get("document.kop.totaal");
        chart.add_row(Kind::Total, name, Some(self.total), None, &bars, whole);
        let (Some(budget), Some(left)) = (self.budget, self.left) else {
            return;
        };
        // The line of the budget runs along the total, and must not run through its amount.
        if let (Some(row), Some(end)) = (chart.rows.last_mut(), chart.budget_x) {
            row.behind = row.behind.max(end);
        }
        let name = self.words.get("velden.planning_en_budget.budget.label");
        let bars = [(Kind::Budget, budget.euros())];
        chart.add_row(Kind::Budget, name, Some(budget), None, &bars, whole);
        let is_short = left < Money::default();
        let key = if is_short { "tekort" } else { "over" };
        let name = self.words.get(&format!("figuur.kosten.{key}"));
        let left = Money::from(left.euros().abs());
        chart.add_row(Kind::Left, name, Some(left), None, &[], whole);
    }
}

impl Chart {
    fn add_band(&mut self, kind: Kind) {
        self.bands.push(Band {
            y: self.height,
            height: BAND,
            kind,
        });
        self.height = self.height + BAND;
    }

    fn add_row(
        &mut self,
        kind: Kind,
        name: &str,
        amount: Option<Money>,
        hours: Option<Number>,
        parts: &[(Kind, Decimal)],
        whole: Decimal,
    ) {
        let names = label::wrap(name, NAME_WIDTH, NAME_LINES);
        let y = self.height;
        let height = LINE.times(names.len().max(1)) + ROOM;
        let middle = y + height.half();
        let mut bars = Vec::new();
        let (mut sum, mut x) = (Decimal::ZERO, LEFT);
        for (kind, part) in parts.iter().filter(|(_, part)| !part.is_zero()) {
            sum += *part;
            let end = LEFT + LONGEST.share_of(sum, whole);
            bars.push(Bar {
                kind: *kind,
                x,
                y: middle - BAR.half(),
                width: (end - x).max(SHORTEST),
                height: BAR,
            });
            x = end.max(x + SHORTEST);
        }
        self.rows.push(Row {
            kind,
            name: name.to_owned(),
            lines: label::lines(names, y + ROOM.half()),
            y,
            height,
            middle,
            hours,
            amount,
            bars,
            behind: x,
        });
        self.height = y + height;
    }
}
