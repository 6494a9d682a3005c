//! The sheet of the red thread: from each barrier to its strategies, their activities and those who own them.

use super::sheet::{Cell, Sheet};
use super::{Book, joined};
use crate::facts::{BarrierThread, Hole, StrategyThread};
use crate::plan::context::Weight;
use crate::render::RenderError;
use crate::render::plain::plain_line;
use crate::value::{Choice, YesNo};
use crate::words::key;

/// One row for each line of the thread. A thread that is too long to write out has a row for each barrier and each strategy.
pub(super) fn thread<'b>(book: &'b Book<'_>, left: &mut usize) -> Result<Sheet<'b>, RenderError> {
    let words = book.view.words();
    let columns = [
        (words.get(key::document::kop::BELEMMERING), 26.0),
        (words.get(key::document::kop::GROEP), 16.0),
        (words.get(key::document::kop::WEEGT), 9.0),
        (words.get(key::werkmap::kop::SPEERPUNT), 11.0),
        (words.get(key::document::kop::STRATEGIE), 24.0),
        (words.get(key::document::kop::ACTIVITEIT), 26.0),
        (words.get(key::document::kop::EIGENAAR), 18.0),
        (words.get(key::document::kop::UREN), 8.0),
        (words.get(key::document::kop::KOSTEN), 13.0),
        (words.get(key::document::kop::EVALUATIEVRAAG), 26.0),
        (words.get(key::werkmap::kop::ONTBREEKT), 18.0),
    ];
    let name = words.get(key::werkmap::blad::RODE_DRAAD);
    let mut sheet = Sheet::begin(name, &columns, &book.styles, words)?;
    if book.view.thread().is_too_long {
        separate(book, &mut sheet, left)?;
    } else {
        for barrier in &book.view.thread().barriers {
            lines(book, barrier, &mut sheet, left)?;
        }
    }
    Ok(sheet)
}

/// Adds the lines of a barrier.
fn lines(
    book: &Book<'_>,
    barrier: &BarrierThread<'_>,
    sheet: &mut Sheet<'_>,
    left: &mut usize,
) -> Result<(), RenderError> {
    let thread = book.view.thread();
    let about = about(book, barrier);
    let questions = questions(book, barrier);
    let mut add = |middle: [Cell; 5], holes: &[&[Hole]]| {
        let holes = holes.iter().copied().flatten().chain(&barrier.holes);
        let cells = about.iter().cloned().chain(middle);
        sheet.add(
            cells.chain([questions.clone(), self::holes(book, holes)]),
            left,
        )
    };
    if barrier.strategies.is_empty() {
        add([const { Cell::Blank }; 5], &[])?;
    }
    for id in &barrier.strategies {
        let Some(strategy) = thread.strategies.get(id) else {
            continue;
        };
        let strategy_name = Cell::Text(plain_line(&strategy.name));
        if strategy.activities.is_empty() {
            let messages = messages(book, strategy);
            let [a, b, c] = [const { Cell::Blank }; 3];
            add(
                [strategy_name.clone(), messages, a, b, c],
                &[&strategy.holes],
            )?;
        }
        for id in &strategy.activities {
            let Some(activity) = thread.activities.get(id) else {
                continue;
            };
            let cells = [
                strategy_name.clone(),
                Cell::Text(plain_line(activity.name)),
                book.parties(&activity.owners),
                Cell::Number(activity.hours.value()),
                Cell::Euros(activity.cost.euros()),
            ];
            add(cells, &[&strategy.holes, &activity.holes])?;
        }
    }
    Ok(())
}

/// Adds the steps of a long thread apart from each other.
fn separate(book: &Book<'_>, sheet: &mut Sheet<'_>, left: &mut usize) -> Result<(), RenderError> {
    let thread = book.view.thread();
    let plan = book.view.plan;
    for barrier in &thread.barriers {
        let names = barrier
            .strategies
            .iter()
            .map(|id| plan.strategies().name(id));
        let mut cells = about(book, barrier);
        cells.push(joined(names));
        cells.extend(vec![Cell::Blank; 4]);
        cells.push(questions(book, barrier));
        cells.push(holes(book, barrier.holes.iter()));
        sheet.add(cells, left)?;
    }
    for strategy in thread.strategies.values() {
        let names = strategy
            .activities
            .iter()
            .map(|id| plan.activities().name(id));
        let mut cells = vec![Cell::Blank; 4];
        cells.push(Cell::Text(plain_line(&strategy.name)));
        cells.push(match joined(names) {
            Cell::Blank => messages(book, strategy),
            names => names,
        });
        cells.extend(vec![Cell::Blank; 4]);
        cells.push(holes(book, strategy.holes.iter()));
        sheet.add(cells, left)?;
    }
    Ok(())
}

/// The cells about a barrier that come first.
fn about(book: &Book<'_>, barrier: &BarrierThread<'_>) -> Vec<Cell> {
    let words = book.view.words();
    let group = barrier.group;
    let group = group.map(|group| plain_line(&book.view.plan.party_name(group)));
    let weight = barrier.weight;
    let weight = weight.map(|weight| words.choice(Weight::KIND, weight.name()));
    let focus = if barrier.is_focus {
        YesNo::Yes
    } else {
        YesNo::No
    };
    vec![
        Cell::Text(plain_line(&barrier.name)),
        Cell::text(group),
        Cell::text(weight),
        Cell::Text(words.choice(YesNo::KIND, focus.name())),
    ]
}

/// The messages that carry out a strategy without activities.
fn messages(book: &Book<'_>, strategy: &StrategyThread<'_>) -> Cell {
    let messages = book.view.plan.messages();
    joined(strategy.messages.iter().map(|id| messages.name(id)))
}

fn questions(book: &Book<'_>, barrier: &BarrierThread<'_>) -> Cell {
    let questions = book.view.plan.questions();
    let texts = barrier.questions.iter().filter_map(|id| {
        let text = book.texts.prose(&questions.get(id)?.text)?;
        Some(text.into())
    });
    joined(texts)
}

fn holes<'h>(book: &Book<'_>, holes: impl Iterator<Item = &'h Hole>) -> Cell {
    let words = book.view.words();
    let texts = holes.map(|hole| words.get(&format!("document.gat.{}", hole.name())).into());
    joined(texts)
}
