//! The factors by influence and changeability: which cell of the field each stands in.

use serde::Serialize;

use crate::facts::Facts;
use crate::plan::Plan;
use crate::plan::context::{Factor, FactorDirection, Weight};
use crate::value::YesNo;

/// More factors than this make a field in which nobody finds anything.
const MOST: usize = 150;

/// The rows of the field, heaviest first; the last is for what is not weighed yet.
const WEIGHTS: [Option<Weight>; 4] = [
    Some(Weight::Heavy),
    Some(Weight::Moderate),
    Some(Weight::Light),
    None,
];

/// Its columns; the last is for what is not said yet.
const CHANGEABLE: [Option<YesNo>; 3] = [Some(YesNo::Yes), Some(YesNo::No), None];

/// In a cell, what hinders comes first.
const DIRECTIONS: [Option<FactorDirection>; 3] = [
    Some(FactorDirection::Barrier),
    Some(FactorDirection::Facilitator),
    None,
];

/// The field.
#[derive(Debug, Clone, Serialize)]
pub struct FactorField {
    /// What its columns stand for. What is not said has one only where that is so of any factor.
    #[serde(rename = "kolommen")]
    columns: Vec<Option<YesNo>>,
    /// Its rows.
    #[serde(rename = "rijen")]
    rows: Vec<Row>,
}

/// The factors of one weight.
#[derive(Debug, Clone, Serialize)]
struct Row {
    /// The weight.
    #[serde(rename = "invloed")]
    weight: Option<Weight>,
    /// A cell for each column: its factors by direction.
    #[serde(rename = "vakken")]
    cells: Vec<Vec<Side>>,
}

/// The factors in a cell that work in one direction.
#[derive(Debug, Clone, Serialize)]
struct Side {
    /// The direction.
    #[serde(rename = "richting")]
    direction: Option<FactorDirection>,
    /// The factors, focus barriers first.
    #[serde(rename = "factoren")]
    factors: Vec<Spot>,
}

/// A factor in its cell.
#[derive(Debug, Clone, Serialize)]
struct Spot {
    /// Its id.
    id: String,
    /// The id of its group.
    #[serde(rename = "groep")]
    group: Option<String>,
    /// Whether it is a focus barrier.
    #[serde(rename = "speerpunt")]
    is_focus: bool,
}

impl FactorField {
    /// The field of a plan's factors; nothing when there are none, or more than it can hold.
    pub fn of(plan: &Plan, facts: &Facts<'_>) -> Option<Self> {
        let factors: Vec<(&str, &Factor)> = plan.factors().iter().collect();
        if factors.is_empty() || factors.len() > MOST {
            return None;
        }
        let columns: Vec<_> = CHANGEABLE
            .into_iter()
            .filter(|column| column.is_some() || any(&factors, |f| changeable(f).is_none()))
            .collect();
        let rows = WEIGHTS
            .into_iter()
            .filter(|row| row.is_some() || any(&factors, |f| weight(f).is_none()))
            .map(|row| Row {
                weight: row,
                cells: columns
                    .iter()
                    .map(|column| sides(&factors, facts, row, *column))
                    .collect(),
            })
            .collect();
        Some(Self { columns, rows })
    }
}

fn sides(
    factors: &[(&str, &Factor)],
    facts: &Facts<'_>,
    row: Option<Weight>,
    column: Option<YesNo>,
) -> Vec<Side> {
    let is_here = |factor: &Factor| weight(factor) == row && changeable(factor) == column;
    let side = |direction| {
        let mut spots: Vec<Spot> = factors
            .iter()
            .filter(|(_, factor)| is_here(factor) && factor.direction.given() == direction)
            .map(|(id, factor)| Spot {
                id: (*id).to_owned(),
                group: factor.group.given().map(ToString::to_string),
                is_focus: facts.focus_barriers.contains(id),
            })
            .collect();
        spots.sort_by_key(|spot| !spot.is_focus);
        Side {
            direction: direction.copied(),
            factors: spots,
        }
    };
    let sides = DIRECTIONS.iter().map(|direction| side(direction.as_ref()));
    sides.filter(|side| !side.factors.is_empty()).collect()
}

fn any(factors: &[(&str, &Factor)], is_so: impl Fn(&Factor) -> bool) -> bool {
    factors.iter().any(|(_, factor)| is_so(factor))
}

fn weight(factor: &Factor) -> Option<Weight> {
    factor.weight.given().copied()
}

fn changeable(factor: &Factor) -> Option<YesNo> {
    factor.changeable.given().copied()
}
