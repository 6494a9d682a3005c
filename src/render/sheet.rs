//! The functions of templates for documents of one sheet: the values of the decision note, the lines that a text takes on paper,
//! the rows that fit, and short forms of names and amounts.

use std::sync::Arc;

use minijinja::value::Serde;
use minijinja::{Environment, Error, Value};
use rust_decimal::Decimal;

use super::fit::{self, Type};
use super::lookup::Lookup;
use super::note;
use super::prose;
use crate::value::Money;
use crate::words::Words;

/// The longest prose that is measured, in bytes. Longer prose fits in no part of a sheet.
const LONGEST: usize = 2_000;

/// Adds `beslisnotitie()`, `aantal_regels(tekst, mm)`, `kies_rijen(…)`, and the filters `euro`,
/// `zonder_eenheid`, `midden_in_zin` and `alineas`.
pub(super) fn add(environment: &mut Environment<'static>, lookup: &Arc<Lookup>) {
    let note = lookup.plan.note.clone();
    environment.add_function("beslisnotitie", move || note.clone());
    environment.add_function(
        "aantal_regels",
        |text: Value, column: f64, points: Option<f64>, is_bold: Option<bool>| {
            lines_on_paper(&text, column, points, is_bold)
        },
    );
    environment.add_function(
        "kies_rijen",
        |room: f64, goals: Value, barriers: Value, risks: Value, totals: Vec<usize>| {
            choose_rows(room, [&goals, &barriers, &risks], &totals)
        },
    );
    let words = lookup.words;
    environment.add_filter("euro", move |amount: Value| {
        let euros = amount.as_str().and_then(|text| text.parse().ok());
        euros.map_or(amount, |euros| Value::from(whole_euros(words, euros)))
    });
    environment.add_filter("zonder_eenheid", |value: Value, norm: Value| {
        let both = value.as_str().zip(norm.as_str());
        both.map(|(value, norm)| note::without_unit(value, norm))
            .map_or_else(|| value.clone(), Value::from)
    });
    environment.add_filter("midden_in_zin", |name: String| in_sentence(&name));
    let context = Arc::clone(lookup);
    environment.add_filter("alineas", move |text: Value| {
        let text = text.as_str().filter(|text| text.len() <= LONGEST);
        text.and_then(|text| prose::paragraphs(text, &*context))
    });
}

/// The lines of a text in a column of so many millimetres. No text has no lines; of a list, the lines of all texts together.
fn lines_on_paper(text: &Value, column: f64, points: Option<f64>, is_bold: Option<bool>) -> usize {
    let kind = Type {
        points: points.unwrap_or(Type::TEXT.points),
        is_bold: is_bold.unwrap_or(false),
    };
    text.as_str()
        .map_or(0, |text| fit::lines(text, column, kind))
}

/// The rows of goals, barriers and risks that fit. Each row is a list of cells, and each cell a text and its width.
fn choose_rows(room: f64, parts: [&Value; 3], totals: &[usize]) -> Result<Value, Error> {
    let [goals, barriers, risks] = parts;
    let total = |nr: usize| totals.get(nr).copied().unwrap_or_default();
    let chosen = fit::choose(
        room,
        &fit::rows(goals, total(0))?,
        &fit::rows(barriers, total(1))?,
        &fit::rows(risks, total(2))?,
    );
    Ok(Value::from(Serde(chosen)))
}

/// A name as it is written within a sentence: "schuldhulpverleners". What may be a proper name or an abbreviation keeps its
/// capital: "GGD", "Wmo-consulenten", "Buurtzorg Jong".
fn in_sentence(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next();
    let rest = letters.as_str();
    let has_other_capital = rest.chars().any(char::is_uppercase);
    let first_word = name.split(' ').next().unwrap_or_default();
    match first.filter(|_| !has_other_capital && !first_word.contains('-')) {
        Some(first) => first.to_lowercase().chain(rest.chars()).collect(),
        None => name.to_owned(),
    }
}

/// An amount without cents if it has none, and without line breaks.
fn whole_euros(words: Words, euros: Decimal) -> String {
    let text = words.money(Money::from(euros)).replace(' ', "\u{a0}");
    let cents = [",00", ".00"]
        .into_iter()
        .find_map(|cents| text.strip_suffix(cents));
    cents.map_or_else(|| text.clone(), str::to_owned)
}
