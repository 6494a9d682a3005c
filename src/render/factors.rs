//! The factors of the context analysis as a field: by part, by weight, and by whether they hinder and can be changed.

use std::cmp::Reverse;

use indexmap::{IndexMap, IndexSet};
use serde::Serialize;

use crate::facts::Facts;
use crate::plan::Plan;
use crate::plan::context::{Factor, FactorDirection, Weight};
use crate::value::YesNo;

/// A column of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
enum Column {
    #[serde(rename = "te-veranderen")]
    Changeable,
    #[serde(rename = "niet-te-veranderen")]
    Fixed,
    /// For barriers of which that is not known.
    #[serde(rename = "onbekend")]
    Unclear,
    #[serde(rename = "helpt")]
    Helps,
    /// For factors that may hinder or help.
    #[serde(rename = "zonder-richting")]
    Undirected,
}

/// The columns from left to right.
const COLUMNS: [Column; 5] = [
    Column::Changeable,
    Column::Fixed,
    Column::Unclear,
    Column::Helps,
    Column::Undirected,
];

/// The index of the column of what helps.
const HELPS: usize = 3;

impl Column {
    fn of(factor: &Factor) -> Self {
        let changeable = factor.changeable.given();
        match (factor.direction.given(), changeable) {
            (Some(FactorDirection::Facilitator), _) => Self::Helps,
            (Some(FactorDirection::Barrier), Some(YesNo::Yes)) => Self::Changeable,
            (Some(FactorDirection::Barrier), Some(YesNo::No)) => Self::Fixed,
            (Some(FactorDirection::Barrier), None) => Self::Unclear,
            (None, _) => Self::Undirected,
        }
    }
}

/// The rows of a part, heaviest first; the last is for factors without a weight.
const WEIGHTS: [Option<Weight>; 4] = [
    Some(Weight::Heavy),
    Some(Weight::Moderate),
    Some(Weight::Light),
    None,
];

/// The field.
#[derive(Debug, Serialize)]
pub(super) struct FactorField {
    #[serde(rename = "kolommen")]
    columns: [Column; 5],
    #[serde(rename = "delen")]
    parts: Vec<Part>,
    /// Whether the factors are about different groups, and the parts are not those groups.
    #[serde(rename = "noemt_groepen")]
    names_groups: bool,
}

/// The factors about one component of the intervention if the plan names components, and else about one group.
#[derive(Debug, Serialize)]
struct Part {
    /// The kind of thing that the part is about, for the names of things; `None` if there is one part.
    #[serde(rename = "soort")]
    kind: Option<&'static str>,
    /// The id of the component or group; `None` for the factors that name none.
    id: Option<String>,
    #[serde(rename = "rijen")]
    rows: Vec<Row>,
}

/// The factors of one weight, and in the first row all that helps.
#[derive(Debug, Serialize)]
struct Row {
    #[serde(rename = "invloed")]
    weight: Option<Weight>,
    /// Whether the weight is that of nothing, because the part has nothing but what helps.
    #[serde(rename = "alleen_helpt")]
    helps_only: bool,
    /// The number of factors.
    #[serde(rename = "aantal")]
    count: usize,
    /// A cell for each column.
    #[serde(rename = "vakken")]
    cells: Vec<Cell>,
}

#[derive(Debug, Serialize)]
struct Cell {
    /// Whether its factors are focus barriers.
    #[serde(rename = "speerpunten")]
    is_focus: bool,
    #[serde(rename = "factoren")]
    factors: Vec<String>,
}

impl FactorField {
    pub fn of(plan: &Plan, facts: &Facts<'_>) -> Self {
        let factors: Vec<(&str, &Factor)> = plan.factors().iter().collect();
        let group = |factor: &Factor| factor.group.given().map(ToString::to_string);
        let component = |factor: &Factor| factor.part.given().map(ToString::to_string);
        let groups: IndexSet<_> = factors.iter().map(|(_, factor)| group(factor)).collect();
        let has_components = factors.iter().any(|(_, it)| component(it).is_some());
        let has_groups = groups.len() > 1;
        let kind = match (has_components, has_groups) {
            (true, _) => Some("onderdelen"),
            (false, true) => Some("groepen"),
            (false, false) => None,
        };
        let mut parts: IndexMap<Option<String>, Vec<(&str, &Factor)>> = IndexMap::new();
        if has_components {
            // The intervention as a whole comes first, then its components in the author's order.
            parts.insert(None, Vec::new());
            for id in plan.parts().ids() {
                parts.insert(Some(id.to_owned()), Vec::new());
            }
        }
        for (id, factor) in &factors {
            let key = match kind {
                Some("onderdelen") => component(factor),
                Some(_) => group(factor),
                None => None,
            };
            parts.entry(key).or_default().push((id, factor));
        }
        parts.retain(|_, factors| !factors.is_empty());
        let parts = parts.into_iter();
        Self {
            columns: COLUMNS,
            parts: parts
                .map(|(id, factors)| Part {
                    kind,
                    id,
                    rows: rows(&factors, facts),
                })
                .collect(),
            names_groups: has_components && has_groups,
        }
    }
}

/// The rows of a part. What helps is in the first, whatever its weight: it often has none.
fn rows(factors: &[(&str, &Factor)], facts: &Facts<'_>) -> Vec<Row> {
    let (helping, others): (Vec<_>, Vec<_>) = factors
        .iter()
        .copied()
        .partition(|(_, factor)| Column::of(factor) == Column::Helps);
    let row = |weight: Option<Weight>| {
        let here = others.iter().copied();
        let here: Vec<_> = here
            .filter(|(_, factor)| factor.weight.given().copied() == weight)
            .collect();
        (!here.is_empty()).then(|| Row {
            weight,
            helps_only: false,
            count: here.len(),
            cells: cells(&here, facts),
        })
    };
    let mut rows: Vec<Row> = WEIGHTS.into_iter().filter_map(row).collect();
    let mut helping = helping;
    helping.sort_by_key(|(_, factor)| Reverse(factor.weight.given().copied()));
    if rows.is_empty() {
        rows.push(Row {
            weight: None,
            helps_only: true,
            count: helping.len(),
            cells: cells(&helping, facts),
        });
    } else if let Some(row) = rows.first_mut()
        && let Some(cell) = row.cells.get_mut(HELPS)
    {
        *cell = Cell::of(&helping, facts);
        row.count += helping.len();
    }
    rows
}

fn cells(factors: &[(&str, &Factor)], facts: &Facts<'_>) -> Vec<Cell> {
    let cell = |column: &Column| {
        let here = factors.iter().copied();
        let here: Vec<_> = here
            .filter(|(_, factor)| Column::of(factor) == *column)
            .collect();
        Cell::of(&here, facts)
    };
    COLUMNS.iter().map(cell).collect()
}

impl Cell {
    fn of(factors: &[(&str, &Factor)], facts: &Facts<'_>) -> Self {
        let ids = factors.iter().map(|(id, _)| *id);
        Self {
            is_focus: ids.clone().any(|id| facts.focus_barriers.contains(id)),
            factors: ids.map(ToOwned::to_owned).collect(),
        }
    }
}
