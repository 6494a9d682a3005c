//! The factors as a grid by influence and changeability.

use minijinja::Value;
use serde::Serialize;

use crate::facts::Facts;
use crate::plan::Plan;
use crate::plan::context::{Factor, FactorDirection, Weight};
use crate::value::YesNo;

/// The most factors in a readable grid.
const MOST: usize = 150;

/// The rows, heaviest first; the last is for factors without a weight.
const WEIGHTS: [Option<Weight>; 4] = [
    Some(Weight::Heavy),
    Some(Weight::Moderate),
    Some(Weight::Light),
    None,
];

/// The columns; the last is for factors of unknown changeability.
const CHANGEABLE: [Option<YesNo>; 3] = [Some(YesNo::Yes), Some(YesNo::No), None];

/// The order within a cell.
const DIRECTIONS: [Option<FactorDirection>; 3] = [
    Some(FactorDirection::Barrier),
    Some(FactorDirection::Facilitator),
    None,
];

/// The grid. It has a column and a row for unknown answers only if they have factors.
#[derive(Debug, Clone, Serialize)]
pub struct FactorField {
    #[serde(rename = "kolommen")]
    columns: Vec<Option<YesNo>>,
    #[serde(rename = "rijen")]
    rows: Vec<Value>,
}

impl FactorField {
    /// The grid; none if there are no factors, or too many.
    pub fn of(plan: &Plan, facts: &Facts<'_>) -> Option<Self> {
        let factors: Vec<(&str, &Factor)> = plan.factors().iter().collect();
        if factors.is_empty() || factors.len() > MOST {
            return None;
        }
        let any = |is_so: fn(&Factor) -> bool| factors.iter().any(|(_, factor)| is_so(factor));
        let mut columns = CHANGEABLE.to_vec();
        columns.retain(|column| column.is_some() || any(|f| changeable(f).is_none()));
        let mut weights = WEIGHTS.to_vec();
        weights.retain(|weight| weight.is_some() || any(|f| f.weight.given().is_none()));
        let cell = |row, column| {
            let here = factors.iter().copied().filter(|(_, factor)| {
                factor.weight.given().copied() == row && changeable(factor) == column
            });
            sides(&here.collect::<Vec<_>>(), facts)
        };
        let row = |weight: Option<Weight>| {
            let cells = columns.iter().map(|column| cell(weight, *column));
            record!({invloed: weight, vakken: cells.collect::<Vec<_>>()})
        };
        let rows = weights.into_iter().map(row).collect();
        Some(Self { columns, rows })
    }
}

/// The factors of a cell by direction, focus barriers first.
fn sides(factors: &[(&str, &Factor)], facts: &Facts<'_>) -> Vec<Value> {
    let side = |direction: &Option<FactorDirection>| {
        let mut here: Vec<_> = factors
            .iter()
            .filter(|(_, factor)| factor.direction.given() == direction.as_ref())
            .map(|(id, factor)| (*id, factor.group.given(), facts.focus_barriers.contains(id)))
            .collect();
        here.sort_by_key(|(.., is_focus)| !is_focus);
        let here = here.into_iter().map(|(id, group, is_focus)| {
            record!({id: id, groep: group.map(ToString::to_string), speerpunt: is_focus})
        });
        let here: Vec<Value> = here.collect();
        (!here.is_empty()).then(|| record!({richting: direction, factoren: here}))
    };
    DIRECTIONS.iter().filter_map(side).collect()
}

fn changeable(factor: &Factor) -> Option<YesNo> {
    factor.changeable.given().copied()
}
