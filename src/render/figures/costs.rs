//! The costs as bars on one scale: the hours of each group or role, other expenses, and the total next to the budget.

use minijinja::Value;
use rust_decimal::Decimal;
use serde::Serialize;

use super::label::{self, LINE};
use super::length::Length;
use super::{BAND, BAR, ROW_PADDING, WIDTH, limit};
use crate::facts::{Facts, PartyCost};
use crate::plan::Plan;
use crate::value::{Money, Number, Things};
use crate::words::{FieldText, Words, key};

/// The left edge of the bars. Before it are the names.
const LEFT: Length = Length::px(240);

/// The longest bar. Behind it is the amount.
const LONGEST: Length = Length::px(384);

/// The shortest bar that is still visible.
const SHORTEST: Length = Length::px(1);

const NAME_WIDTH: u32 = 226;
const NAME_LINES: usize = 2;

/// The most bars of one kind in a readable figure.
const MOST: usize = 30;

/// The data of the figure.
#[derive(Debug)]
pub struct CostBars {
    parts: Vec<Part>,
    budget: Option<Money>,
    total: Money,
    left: Option<Money>,
    words: Words,
}

/// The kind of a bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
enum Kind {
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
    /// The part of the budget that is left, or the deficit.
    #[serde(rename = "rest")]
    Left,
}

/// The kinds of costs, in the order of the figure.
const COSTS: [Kind; 3] = [Kind::Hours, Kind::Activities, Kind::Other];

/// A name with an amount.
#[derive(Debug)]
struct Part {
    kind: Kind,
    name: String,
    hours: Option<Number>,
    /// None if the hourly rate is unknown.
    amount: Option<Money>,
}

impl Part {
    fn of(kind: Kind, name: impl Into<String>, amount: Money) -> Self {
        Self {
            kind,
            name: name.into(),
            hours: None,
            amount: Some(amount),
        }
    }
}

impl CostBars {
    pub fn of(plan: &Plan, facts: &Facts<'_>, words: Words) -> Self {
        let costs = &facts.costs;
        let hours_of = |(id, cost): (&&str, &PartyCost)| Part {
            kind: Kind::Hours,
            name: plan.party_name(id).into_owned(),
            hours: Some(cost.hours),
            amount: cost.cost,
        };
        let mut parts: Vec<Part> = costs.parties.iter().map(hours_of).collect();
        if costs.expenses > Money::default() {
            let name = words.get(key::document::KOSTEN_VAN_ACTIVITEITEN);
            parts.push(Part::of(Kind::Activities, name, costs.expenses));
        }
        let budget = plan.budget.given();
        let other = Things::from(budget.and_then(|budget| budget.other_costs.given()));
        parts.extend(other.iter().filter_map(|(id, cost)| {
            Some(Part::of(Kind::Other, other.name(id), *cost.amount.given()?))
        }));
        Self {
            parts,
            budget: costs.budget,
            total: costs.total,
            left: costs.left,
            words,
        }
    }

    /// The figure; none if nothing has a cost.
    pub fn chart(&self) -> Option<Value> {
        let whole = self.budget.unwrap_or_default().max(self.total).euros();
        if self.parts.is_empty() || whole.is_zero() {
            return None;
        }
        let mut drawing = Drawing {
            whole,
            height: Length::ZERO,
            bands: Vec::new(),
            rows: Vec::new(),
            budget_x: self
                .budget
                .map(|budget| LEFT + LONGEST.share_of(budget.euros(), whole)),
        };
        let mut left_out = 0;
        for kind in COSTS {
            let parts = self.of_kind(kind);
            // Other costs continue the band of the activities' expenses.
            if !parts.is_empty()
                && (kind != Kind::Other || self.of_kind(Kind::Activities).is_empty())
            {
                drawing.add_band(kind);
            }
            let (parts, more) = limit(&parts, MOST);
            for part in parts {
                let amount = part.amount.unwrap_or_default();
                drawing.add_row(part, &[(kind, amount.euros())]);
            }
            left_out += more;
        }
        self.add_total(&mut drawing);
        Some(record!({
            breedte: WIDTH,
            hoogte: drawing.height,
            banden: drawing.bands,
            rijen: drawing.rows,
            totaal: self.total,
            budget: self.budget,
            over: self.left,
            budget_x: drawing.budget_x,
            weggelaten: left_out,
        }))
    }

    fn of_kind(&self, kind: Kind) -> Vec<&Part> {
        let parts = self.parts.iter().filter(|part| part.kind == kind);
        parts.collect()
    }

    /// Adds the total, with the budget and the difference below it.
    fn add_total(&self, drawing: &mut Drawing) {
        drawing.add_band(Kind::Total);
        let sum = |kind| {
            let amounts = self
                .of_kind(kind)
                .into_iter()
                .filter_map(|part| part.amount);
            (kind, amounts.map(Money::euros).sum())
        };
        let name = self.words.get(key::document::kop::TOTAAL);
        let total = Part::of(Kind::Total, name, self.total);
        drawing.add_row(&total, &COSTS.map(sum));
        let (Some(budget), Some(left)) = (self.budget, self.left) else {
            return;
        };
        let name = self
            .words
            .field("planning_en_budget.budget", FieldText::Label);
        let part = Part::of(Kind::Budget, name, budget);
        drawing.add_row(&part, &[(Kind::Budget, budget.euros())]);
        let is_short = left < Money::default();
        let key = if is_short {
            key::figuur::kosten::TEKORT
        } else {
            key::figuur::kosten::OVER
        };
        let name = self.words.get(key);
        let left = Money::from(left.euros().abs());
        drawing.add_row(&Part::of(Kind::Left, name, left), &[]);
    }
}

/// The figure so far.
struct Drawing {
    /// The amount of the longest bar.
    whole: Decimal,
    height: Length,
    bands: Vec<Value>,
    rows: Vec<Value>,
    /// The end of the budget.
    budget_x: Option<Length>,
}

impl Drawing {
    fn add_band(&mut self, kind: Kind) {
        self.bands
            .push(record!({y: self.height, hoogte: BAND, soort: kind}));
        self.height = self.height + BAND;
    }

    /// Adds a row with a bar in pieces: one, or for the total one per kind.
    fn add_row(&mut self, part: &Part, pieces: &[(Kind, Decimal)]) {
        let names = label::wrap(&part.name, NAME_WIDTH, NAME_LINES);
        let y = self.height;
        let height = LINE.times(names.len().max(1)) + ROW_PADDING;
        let middle = y + height.half();
        let mut bars = Vec::new();
        let (mut sum, mut x) = (Decimal::ZERO, LEFT);
        for (kind, amount) in pieces.iter().filter(|(_, amount)| !amount.is_zero()) {
            sum += *amount;
            let end = LEFT + LONGEST.share_of(sum, self.whole);
            let width = (end - x).max(SHORTEST);
            bars.push(record!({
                soort: kind, x: x, y: middle - BAR.half(), breedte: width, hoogte: BAR,
            }));
            x = end.max(x + SHORTEST);
        }
        // The budget's line crosses the row of the total, and must not run through its amount.
        let line = self.budget_x.filter(|_| part.kind == Kind::Total);
        self.rows.push(record!({
            soort: part.kind,
            naam: part.name,
            regels: label::lines(names, y + ROW_PADDING.half()),
            y: y,
            hoogte: height,
            midden: middle,
            uren: part.hours,
            bedrag: part.amount,
            balken: bars,
            achter: line.map_or(x, |line| line.max(x)),
        }));
        self.height = y + height;
    }
}
