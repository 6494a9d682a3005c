//! Tables for vocabularies: rows that templates print become cells again, so that a table can leave out its empty columns and
//! number itself.

use minijinja::value::Kwargs;
use minijinja::{Environment, Error, State, Value, context};

use super::functions::{all, printed};
use super::lookup::Lookup;
use crate::words::key;

/// Ends a row. No text of a document can contain these characters, because control characters are dropped.
const ROW: char = '\u{1d}';
/// Ends a cell.
const CELL: char = '\u{1f}';

/// Adds `rij(cellen)`, `hoofdstuk(nummer)`, `nummer(soort)` and the filter `tabel`.
pub(super) fn add(environment: &mut Environment<'static>, lookup: &Lookup) {
    environment.add_function("rij", |state: &mut State, cells: Value, of: Kwargs| {
        row(state, &cells, &of)
    });
    environment.add_filter("tabel", |rows: String, columns: Value, numeric: Value| {
        table(&rows, &columns, &numeric)
    });
    environment.add_function("hoofdstuk", |state: &mut State, number: Value| {
        state.set_temp("hoofdstuk", number);
        state.set_temp("tabel", Value::from(0));
        state.set_temp("figuur", Value::from(0));
    });
    let (words, is_numbered) = (lookup.words, lookup.has_places);
    environment.add_function("nummer", move |state: &mut State, kind: String| {
        let chapter = state.get_temp("hoofdstuk").unwrap_or_default();
        if !is_numbered || chapter.is_none() || chapter.is_undefined() {
            return Value::from(());
        }
        let last = state.get_temp(&kind).and_then(|last| last.as_usize());
        let number = last.unwrap_or_default() + 1;
        state.set_temp(&kind, Value::from(number));
        let name = if kind == "figuur" {
            key::document::nummer::FIGUUR
        } else {
            key::document::nummer::TABEL
        };
        let number = format!("{chapter}.{number}");
        Value::from(words.text(name, &[("nummer", number.as_str().into())]))
    });
}

/// A row as a text that [`table`] reads: what it is, and its cells as they are printed.
fn row(state: &mut State, cells: &Value, of: &Kwargs) -> Result<Value, Error> {
    let mut row = String::new();
    for name in ["kind", "id", "same"] {
        let given: Option<Value> = of.get(name)?;
        let given = given.filter(|given| !given.is_none());
        if let Some(given) = given {
            row.push_str(&printed(state, given)?);
        }
        row.push(CELL);
    }
    for cell in cells.try_iter()? {
        let cell = printed(state, cell)?;
        row.push_str(cell.trim_matches([' ', '\n', '\t']));
        row.push(CELL);
    }
    row.push(ROW);
    of.assert_all_used()?;
    Ok(Value::from_safe_string(row))
}

/// The rows in a text by their cells: `{kolommen: [{kop, cijfers}], rijen: [{kind, id, cellen: [{tekst, kop, cijfers, zelfde}]}]}`.
/// A column in which no row has anything is left out, except the first.
fn table(rows: &str, columns: &Value, numeric: &Value) -> Result<Value, Error> {
    let heads: Vec<Value> = columns.try_iter()?.collect();
    let numeric: Vec<usize> = all(numeric)?
        .try_iter()?
        .filter_map(|nr| nr.as_usize())
        .collect();
    let rows: Vec<Row<'_>> = rows.split_terminator(ROW).filter_map(Row::parse).collect();
    let width = rows.iter().map(|row| row.cells.len()).max();
    let is_kept =
        |nr: &usize| *nr == 0 || rows.is_empty() || rows.iter().any(|row| row.has_text(*nr));
    let kept: Vec<usize> = (0..width.unwrap_or(heads.len()).max(heads.len()))
        .filter(is_kept)
        .collect();
    let head = |nr: &usize| heads.get(*nr).cloned().unwrap_or_default();
    let is_numeric = |nr: &usize| numeric.contains(nr);
    let of_column = kept
        .iter()
        .map(|nr| context! { kop => head(nr), cijfers => is_numeric(nr) });
    let of_row = rows.iter().map(|row| {
        let cells = kept.iter().map(|nr| {
            context! {
                tekst => row.cells.get(*nr).filter(|text| !text.is_empty()).map(|text| Value::from_safe_string((*text).to_owned())),
                kop => head(nr),
                cijfers => is_numeric(nr),
                zelfde => *nr < row.same,
            }
        });
        context! { kind => row.kind, id => row.id, cellen => cells.collect::<Value>() }
    });
    Ok(context! { kolommen => of_column.collect::<Value>(), rijen => of_row.collect::<Value>() })
}

struct Row<'t> {
    kind: Option<&'t str>,
    id: Option<&'t str>,
    /// The number of cells at the start that say the same as in the row above.
    same: usize,
    cells: Vec<&'t str>,
}

impl<'t> Row<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let mut fields = text.trim_start().split_terminator(CELL);
        let mut next = || {
            fields
                .next()
                .map(|field| Some(field).filter(|f| !f.is_empty()))
        };
        let (kind, id, same) = (next()?, next()?, next()?);
        Some(Self {
            kind,
            id,
            same: same.and_then(|same| same.parse().ok()).unwrap_or_default(),
            cells: fields.collect(),
        })
    }

    fn has_text(&self, nr: usize) -> bool {
        self.cells.get(nr).is_some_and(|text| !text.is_empty())
    }
}
