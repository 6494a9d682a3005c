//! The sheets of activities: when they are, and whose hours they require.

use rust_decimal::Decimal;

use super::budget::{Costing, PartEffort};
use super::sheet::{Cell, Sheet, Unit, column_of, letter, sum};
use super::{Book, joined};
use crate::plan::budget::{Activity, ActivityStatus};
use crate::render::RenderError;
use crate::render::plain::plain_line;
use crate::value::{Answer, Choice, Moment};
use crate::words::{FieldText, key};

/// The columns of the schedule that others refer to.
pub(super) mod schedule_column {
    pub const NUMBER: u8 = 0;
    pub const HOURS: u8 = 9;
    pub const LABOUR: u8 = 10;
    pub const EXPENSES: u8 = 11;
    pub const TOTAL: u8 = 12;
}

/// The columns of the hours that others refer to.
pub(super) mod hours_column {
    pub const NUMBER: u8 = 0;
    pub const PARTY: u8 = 2;
    pub const PEOPLE: u8 = 3;
    pub const EACH: u8 = 4;
    pub const HOURS: u8 = 5;
    pub const RATE: u8 = 6;
    pub const COST: u8 = 7;
}

/// The activities with their dates, status, owners, hours and costs.
pub(super) fn schedule<'b>(
    book: &'b Book<'_>,
    costs: &Costing<'_>,
    left: &mut usize,
) -> Result<Sheet<'b>, RenderError> {
    let (plan, words) = (book.view.plan, book.view.words());
    let field = |key| {
        let pattern = format!("planning_en_budget.activiteiten.*.{key}");
        words.field(&pattern, FieldText::Label)
    };
    let columns = [
        (words.get(key::werkmap::kop::NUMMER), 5.0),
        (words.get(key::document::kop::ACTIVITEIT), 30.0),
        (field("etappe"), 12.0),
        (field("start"), 12.0),
        (field("einde"), 12.0),
        (field("status"), 10.0),
        (field("eigenaar"), 18.0),
        (field("strategieen"), 24.0),
        (field("na"), 22.0),
        (words.get(key::document::kop::UREN), 8.0),
        (words.get(key::document::kop::LOONKOSTEN), 15.0),
        (field("kosten"), 14.0),
        (words.get(key::document::kop::TOTAAL), 15.0),
    ];
    let name = words.get(key::werkmap::blad::PLANNING);
    let mut sheet = Sheet::begin(name, &columns, &book.styles, words)?;
    let activities = plan.activities();
    let rows = activities.iter().count();
    for (nr, (id, activity)) in (1..).zip(activities.iter()) {
        let mut cells = about(book, nr, id, activity);
        cells.extend(effort(book, costs, nr, id, activity));
        sheet.add(cells, left)?;
    }
    if rows > 0 {
        let facts = &book.view.facts().costs;
        let (labour, expenses) = (facts.labour.euros(), facts.expenses.euros());
        let mut cells = vec![Cell::Blank; usize::from(schedule_column::HOURS)];
        cells[1] = Cell::Text(words.get(key::document::kop::TOTAAL).to_owned());
        let total = |column, result, unit| Cell::Formula(sum(column, rows), Some(result), unit);
        cells.extend([
            total(schedule_column::HOURS, facts.hours.value(), Unit::Number),
            total(schedule_column::LABOUR, labour, Unit::Euros),
            total(schedule_column::EXPENSES, expenses, Unit::Euros),
            total(schedule_column::TOTAL, labour + expenses, Unit::Euros),
        ]);
        sheet.total(cells, left)?;
    }
    Ok(sheet)
}

/// The cells of an activity that are no numbers.
fn about(book: &Book<'_>, nr: u32, id: &str, activity: &Activity) -> Vec<Cell> {
    let (plan, words, facts) = (book.view.plan, book.view.words(), book.view.facts());
    let stage = activity.stage.given();
    let stage = stage.map(|stage| plain_line(&plan.stages().name(stage.as_str())));
    let day = |moment: Answer<Moment>| moment.given().and_then(|moment| moment.date(facts.start));
    let status = activity.status.given();
    let status = status.map(|status| words.choice(ActivityStatus::KIND, status.name()));
    let after = activity.after.all().iter().map(|id| {
        let id = id.as_ref();
        if plan.activities().contains(id) {
            plan.activities().name(id)
        } else {
            plan.decisions().name(id)
        }
    });
    let strategies = activity.strategies.all().iter();
    let strategies = strategies.map(|id| plan.strategies().name(id.as_ref()));
    vec![
        Cell::Number(Decimal::from(nr)),
        Cell::Text(plain_line(&plan.activities().name(id))),
        Cell::text(stage),
        Cell::day(day(activity.start)),
        Cell::day(day(activity.end)),
        Cell::text(status),
        book.parties(activity.owners.all()),
        joined(strategies),
        joined(after),
    ]
}

/// The cells with hours and costs. A cancelled activity has none.
fn effort(
    book: &Book<'_>,
    costs: &Costing<'_>,
    nr: u32,
    id: &str,
    activity: &Activity,
) -> Vec<Cell> {
    if activity.is_cancelled() {
        return vec![Cell::Blank; 4];
    }
    let cost = book.view.facts().costs.activities.get(id);
    let cost = cost.copied().unwrap_or_default();
    let row = nr + 1;
    let hours = book.view.words().get(key::werkmap::blad::UREN);
    let own = |column| {
        let rows = costs.efforts.len();
        // A sheet without rows has no column to add up.
        if rows == 0 {
            return "=0".to_owned();
        }
        format!(
            "=SUMIFS({},{},{}{row})",
            column_of(hours, column, rows),
            column_of(hours, hours_column::NUMBER, rows),
            letter(schedule_column::NUMBER),
        )
    };
    let expenses = activity.expenses.given();
    let total = format!(
        "={}{row}+{}{row}",
        letter(schedule_column::LABOUR),
        letter(schedule_column::EXPENSES)
    );
    vec![
        Cell::Formula(
            own(hours_column::HOURS),
            Some(cost.hours.value()),
            Unit::Number,
        ),
        Cell::Formula(
            own(hours_column::COST),
            Some(cost.labour.euros()),
            Unit::Euros,
        ),
        expenses.map_or(Cell::Blank, |expenses| Cell::Euros(expenses.euros())),
        Cell::Formula(total, Some(cost.total.euros()), Unit::Euros),
    ]
}

/// The hours that each activity requires from each group or role.
pub(super) fn hours<'b>(
    book: &'b Book<'_>,
    costs: &Costing<'_>,
    left: &mut usize,
) -> Result<Sheet<'b>, RenderError> {
    let words = book.view.words();
    let columns = [
        (words.get(key::werkmap::kop::NUMMER), 5.0),
        (words.get(key::document::kop::ACTIVITEIT), 44.0),
        (words.get(key::document::kop::GROEP_OF_ROL), 34.0),
        (words.get(key::werkmap::kop::MENSEN), 10.0),
        (words.get(key::werkmap::kop::UREN_PER_PERSOON), 12.0),
        (words.get(key::werkmap::kop::TOTAAL_UREN), 12.0),
        (words.get(key::document::kop::UURTARIEF), 13.0),
        (words.get(key::document::kop::LOONKOSTEN), 16.0),
    ];
    let name = words.get(key::werkmap::blad::UREN);
    let mut sheet = Sheet::begin(name, &columns, &book.styles, words)?;
    for (row, effort) in (2..).zip(&costs.efforts) {
        sheet.add(hours_of(book, costs, row, effort), left)?;
    }
    let rows = costs.efforts.len();
    if rows > 0 {
        let facts = &book.view.facts().costs;
        let (hours, labour) = (facts.hours.value(), facts.labour.euros());
        let mut cells = vec![Cell::Blank; 8];
        cells[1] = Cell::Text(words.get(key::document::kop::TOTAAL).to_owned());
        let total = |column, result, unit| Cell::Formula(sum(column, rows), Some(result), unit);
        cells[usize::from(hours_column::HOURS)] = total(hours_column::HOURS, hours, Unit::Number);
        cells[usize::from(hours_column::COST)] = total(hours_column::COST, labour, Unit::Euros);
        sheet.total(cells, left)?;
    }
    Ok(sheet)
}

fn hours_of(
    book: &Book<'_>,
    costs: &Costing<'_>,
    row: usize,
    effort: &PartEffort<'_>,
) -> [Cell; 8] {
    let words = book.view.words();
    let party = costs.party(effort.party);
    let rate = party.and_then(|party| party.rate);
    let total = effort.people.zip(effort.hours);
    let total = total.map(|(people, hours)| people * hours);
    let cost = total.zip(rate).map(|(hours, rate)| hours * rate);
    let product = |one, other| {
        let (one, other) = (letter(one), letter(other));
        format!("=IF(COUNT({one}{row},{other}{row})<2,\"\",{one}{row}*{other}{row})")
    };
    let own_hours = product(hours_column::PEOPLE, hours_column::EACH);
    let own_cost = product(hours_column::HOURS, hours_column::RATE);
    let rate_of = costs.rate_of(&format!("{}{row}", letter(hours_column::PARTY)), words);
    let own_rate = format!("=IF({rate_of}=\"\",\"\",{rate_of})");
    let number = |value: Option<Decimal>| value.map_or(Cell::Blank, Cell::Number);
    let activity = book.view.plan.activities().name(effort.activity);
    [
        Cell::Number(Decimal::from(effort.number)),
        Cell::Text(plain_line(&activity)),
        Cell::text(party.map(|party| party.name.as_str())),
        number(effort.people),
        number(effort.hours),
        Cell::Formula(own_hours, total, Unit::Number),
        Cell::Formula(own_rate, rate, Unit::Euros),
        Cell::Formula(own_cost, cost, Unit::Euros),
    ]
}
