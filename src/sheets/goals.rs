//! The sheet of goals, each with its indicators.

use std::cmp::Reverse;
use std::collections::HashMap;

use jiff::civil::Date;

use super::sheet::{Cell, Sheet};
use super::{Book, joined};
use crate::facts::links::pointing_at;
use crate::plan::goals::Goal;
use crate::plan::monitoring::{Indicator, IndicatorKind};
use crate::plan::progress::Measurement;
use crate::render::RenderError;
use crate::render::plain::{line, plain_line};
use crate::value::Choice;
use crate::words::{FieldText, key};

/// The number of columns about the goal.
const OF_GOAL: usize = 5;

/// One row for each indicator of a goal, one for a goal without any, and one for each indicator without a goal.
pub(super) fn goals<'b>(book: &'b Book<'_>, left: &mut usize) -> Result<Sheet<'b>, RenderError> {
    let (plan, words) = (book.view.plan, book.view.words());
    let goal = |key| words.field(key, FieldText::Label);
    let columns = [
        (words.get(key::document::kop::GROEP), 18.0),
        (words.get(key::document::kop::DOEL), 28.0),
        (goal("implementatiedoelen.*.norm"), 12.0),
        (goal("implementatiedoelen.*.nulmeting"), 12.0),
        (words.get(key::document::kop::UITERLIJK), 12.0),
        (goal("monitoring.*.soort"), 13.0),
        (words.get(key::document::kop::INDICATOR), 32.0),
        (goal("monitoring.*.data"), 28.0),
        (words.get(key::document::kop::EERSTE_METING), 12.0),
        (goal("monitoring.*.wanneer"), 20.0),
        (words.get(key::document::kop::EIGENAAR), 18.0),
        (words.get(key::werkmap::kop::LAATSTE_WAARDE), 12.0),
        (words.get(key::werkmap::kop::GEMETEN_OP), 12.0),
    ];
    let name = words.get(key::werkmap::blad::DOELEN);
    let mut sheet = Sheet::begin(name, &columns, &book.styles, words)?;
    let latest = latest(book);
    let indicators = plan.indicators();
    let links = &book.view.facts().links;
    for (id, goal) in plan.goals().iter() {
        let cells = about_goal(book, id, goal);
        let own = pointing_at(&links.indicators_of_goal, id);
        let own: Vec<&str> = own
            .iter()
            .copied()
            .filter(|id| indicators.get(id).is_some())
            .collect();
        for indicator in &own {
            if let Some(it) = indicators.get(indicator) {
                let more = about_indicator(book, indicator, it, &latest);
                sheet.add(cells.iter().cloned().chain(more), left)?;
            }
        }
        if own.is_empty() {
            let blank = columns.len() - OF_GOAL;
            sheet.add(cells.into_iter().chain(vec![Cell::Blank; blank]), left)?;
        }
    }
    let has_goal = |indicator: &Indicator| {
        let goal = indicator.goal.given();
        goal.is_some_and(|goal| plan.goals().get(goal.as_str()).is_some())
    };
    for (id, indicator) in indicators.iter().filter(|(_, it)| !has_goal(it)) {
        let effects = indicator.effects.all().iter();
        let effects = joined(effects.map(|id| plan.effects().name(id.as_ref())));
        let mut cells = vec![Cell::Blank; OF_GOAL];
        cells[1] = effects;
        cells.extend(about_indicator(book, id, indicator, &latest));
        sheet.add(cells, left)?;
    }
    Ok(sheet)
}

fn about_goal(book: &Book<'_>, id: &str, goal: &Goal) -> Vec<Cell> {
    let plan = book.view.plan;
    let group = goal.group.given();
    let group = group.map(|group| plain_line(&plan.party_name(group.as_str())));
    let term = book.view.facts().terms.get(id).and_then(|term| term.ends);
    vec![
        Cell::text(group),
        Cell::Text(plain_line(&plan.goals().name(id))),
        Cell::text(line(&goal.target)),
        Cell::text(line(&goal.baseline)),
        Cell::day(term),
    ]
}

fn about_indicator(
    book: &Book<'_>,
    id: &str,
    indicator: &Indicator,
    latest: &Latest<'_>,
) -> Vec<Cell> {
    let (words, facts) = (book.view.words(), book.view.facts());
    let kind = indicator.kind.given();
    let kind = kind.map(|kind| words.choice(IndicatorKind::KIND, kind.name()));
    let first = indicator.when.given();
    let first = first.and_then(|when| when.first(facts.start, facts.end));
    let description = book.texts.prose(&indicator.description);
    let name = || plain_line(&book.view.plan.indicators().name(id));
    let last = latest.get(id);
    vec![
        Cell::text(kind),
        Cell::Text(description.unwrap_or_else(name)),
        Cell::text(book.texts.prose(&indicator.data)),
        Cell::day(first),
        Cell::text(book.texts.rhythm(&indicator.when)),
        book.parties(indicator.owners.all()),
        Cell::text(last.and_then(|(_, measured)| line(&measured.value))),
        Cell::day(last.map(|(day, _)| *day)),
    ]
}

/// The last measurement of each indicator.
type Latest<'v> = HashMap<&'v str, (Date, &'v Measurement)>;

fn latest<'v>(book: &Book<'v>) -> Latest<'v> {
    let progress = book.view.plan.progress.given();
    let all = progress.and_then(|progress| progress.measurements.given());
    let all = all.into_iter().flatten();
    let mut dated: Vec<(&str, Date, &Measurement)> = all
        .filter_map(|measured| {
            let measured = measured.given()?;
            let indicator = measured.indicator.given()?.as_str();
            Some((indicator, measured.date.given()?.date(), measured))
        })
        .collect();
    // Of measurements on one day, the last one in the plan counts.
    dated.reverse();
    dated.sort_by_key(|(_, day, _)| Reverse(*day));
    let mut latest = Latest::new();
    for (indicator, day, measured) in dated {
        latest.entry(indicator).or_insert((day, measured));
    }
    latest
}
