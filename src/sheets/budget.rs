//! The sheets of money: rates by group or role, and costs against the budget.

use std::collections::HashMap;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use super::Book;
use super::planning::{hours_column, schedule_column};
use super::sheet::{Cell, Sheet, Unit, column_of, sum};
use crate::finding::Argument;
use crate::plan::budget::Budget;
use crate::render::RenderError;
use crate::render::plain::{line, plain_line};
use crate::value::{Amounts, Entries, Money, shortened};
use crate::view::View;
use crate::words::{FieldText, Words, key};

/// The column of the rates.
const RATE: u8 = 2;

/// The hours that an activity requires from a group or role.
#[derive(Debug)]
pub(super) struct PartEffort<'v> {
    /// The activity's number in the schedule, from 1.
    pub number: u32,
    pub activity: &'v str,
    pub party: &'v str,
    pub people: Option<Decimal>,
    /// Hours per person.
    pub hours: Option<Decimal>,
}

/// A group or role in the sheets of hours and rates.
#[derive(Debug)]
pub(super) struct Party {
    /// A name that no other has, because formulas look it up.
    pub name: String,
    pub rate: Option<Decimal>,
}

/// The rows of the sheets that refer to each other.
#[derive(Debug)]
pub(super) struct Costing<'v> {
    pub efforts: Vec<PartEffort<'v>>,
    parties: IndexMap<&'v str, Party>,
}

impl<'v> Costing<'v> {
    pub fn of(view: &View<'v>) -> Self {
        let plan = view.plan;
        let mut efforts = Vec::new();
        for (number, (id, activity)) in (1..).zip(plan.activities().iter()) {
            let all = activity.effort.given().filter(|_| !activity.is_cancelled());
            for (party, effort) in all.into_iter().flat_map(Entries::iter) {
                efforts.push(PartEffort {
                    number,
                    activity: id,
                    party: party.as_ref(),
                    people: effort.people.given().map(|it| Decimal::from(it.value())),
                    hours: effort.hours.given().map(|it| it.value()),
                });
            }
        }
        let rates = plan.budget.given().and_then(|budget| budget.rates.given());
        let with_rate = rates.into_iter().flat_map(Amounts::iter);
        let ids = efforts.iter().map(|effort| effort.party);
        let ids = ids.chain(with_rate.map(|(id, _)| id.as_ref()));
        let mut parties: IndexMap<&str, Party> = IndexMap::new();
        let mut names: HashMap<String, usize> = HashMap::new();
        for id in ids {
            if parties.contains_key(id) {
                continue;
            }
            let name = unique(&plain_line(&plan.party_name(id)), &mut names);
            let rate = rates
                .and_then(|rates| rates.get(id))
                .map(|rate| rate.euros());
            parties.insert(id, Party { name, rate });
        }
        Self { efforts, parties }
    }

    pub fn party(&self, id: &str) -> Option<&Party> {
        self.parties.get(id)
    }

    /// An expression for the rate of the group or role that a cell names. It looks for the same name, wherever it is, so that both
    /// sheets can be sorted. Names are compared, because a search gives signs such as `*` a meaning.
    pub fn rate_of(&self, cell: &str, words: Words) -> String {
        let sheet = words.get(key::werkmap::blad::TARIEVEN);
        let rows = self.parties.len();
        let (names, rates) = (column_of(sheet, 0, rows), column_of(sheet, RATE, rows));
        format!("LOOKUP(2,1/({names}={cell}),{rates})")
    }
}

/// A name that differs from the names before it, in whatever case they are written, and that is short enough for a cell.
fn unique(name: &str, names: &mut HashMap<String, usize>) -> String {
    /// Limit on a name, in bytes.
    const LONGEST: usize = 1_000;

    let name = shortened(name, LONGEST).into_owned();
    let mut candidate = name.clone();
    loop {
        let count = names.entry(candidate.to_lowercase()).or_default();
        *count += 1;
        if *count == 1 {
            return candidate;
        }
        candidate = format!("{name} ({count})");
    }
}

/// The hours, rates and costs of each group and role.
pub(super) fn rates<'b>(
    book: &'b Book<'_>,
    costs: &Costing<'_>,
    left: &mut usize,
) -> Result<Sheet<'b>, RenderError> {
    let words = book.view.words();
    let columns = [
        (words.get(key::document::kop::GROEP_OF_ROL), 40.0),
        (words.get(key::document::kop::UREN), 12.0),
        (words.get(key::document::kop::UURTARIEF), 14.0),
        (words.get(key::document::kop::LOONKOSTEN), 16.0),
        (words.get(key::werkmap::kop::TOELICHTING), 34.0),
    ];
    let name = words.get(key::werkmap::blad::TARIEVEN);
    let mut sheet = Sheet::begin(name, &columns, &book.styles, words)?;
    let facts = &book.view.facts().costs;
    let (hours, efforts) = (words.get(key::werkmap::blad::UREN), costs.efforts.len());
    for (row, (id, party)) in (2..).zip(&costs.parties) {
        let own = facts.parties.get(id).copied().unwrap_or_default();
        let own_hours = own.hours.value();
        let cost = party.rate.map(|rate| own_hours * rate);
        let formula = if efforts == 0 {
            "=0".to_owned()
        } else {
            format!(
                "=SUMPRODUCT(--({}=A{row}),{})",
                column_of(hours, hours_column::PARTY, efforts),
                column_of(hours, hours_column::HOURS, efforts),
            )
        };
        let is_unknown = party.rate.is_none() && !own_hours.is_zero();
        let remark = is_unknown.then(|| words.get(key::document::GEEN_UURTARIEF));
        sheet.add(
            [
                Cell::Text(party.name.clone()),
                Cell::Formula(formula, Some(own_hours), Unit::Number),
                party.rate.map_or(Cell::Blank, Cell::Euros),
                Cell::Formula(
                    format!("=IF(C{row}=\"\",\"\",B{row}*C{row})"),
                    cost,
                    Unit::Euros,
                ),
                Cell::text(remark),
            ],
            left,
        )?;
    }
    let rows = costs.parties.len();
    if rows > 0 {
        sheet.total(
            [
                Cell::Text(words.get(key::document::kop::TOTAAL).to_owned()),
                Cell::Formula(sum(1, rows), Some(facts.hours.value()), Unit::Number),
                Cell::Blank,
                Cell::Formula(sum(3, rows), Some(facts.labour.euros()), Unit::Euros),
                Cell::Blank,
            ],
            left,
        )?;
    }
    Ok(sheet)
}

/// The costs, and what is left of the budget.
pub(super) fn budget<'b>(
    book: &'b Book<'_>,
    costs: &Costing<'_>,
    left: &mut usize,
) -> Result<Sheet<'b>, RenderError> {
    let (plan, words) = (book.view.plan, book.view.words());
    let columns = [
        (words.get(key::document::kop::SOORT_KOSTEN), 34.0),
        (words.get(key::werkmap::kop::OMSCHRIJVING), 40.0),
        (words.get(key::document::kop::BEDRAG), 18.0),
        (words.get(key::werkmap::kop::TOELICHTING), 60.0),
    ];
    let name = words.get(key::werkmap::blad::KOSTEN);
    let mut sheet = Sheet::begin(name, &columns, &book.styles, words)?;
    let Some(section) = plan.budget.given() else {
        return Ok(sheet);
    };
    own_costs(book, costs, &mut sheet, left)?;
    let mut rows = 2;
    let other_costs = section.other_costs.given();
    for (_, cost) in other_costs.into_iter().flat_map(Entries::iter) {
        let amount = cost.amount.given();
        sheet.add(
            [
                Cell::Text(words.get(key::document::kop::ANDERE_KOSTEN).to_owned()),
                Cell::text(line(&cost.name)),
                amount.map_or(Cell::Blank, |amount| Cell::Euros(amount.euros())),
                Cell::text(book.texts.prose(&cost.explanation)),
            ],
            left,
        )?;
        rows += 1;
    }
    totals(book, section, &mut sheet, rows, left)?;
    Ok(sheet)
}

/// The costs of hours and the other costs of activities.
fn own_costs(
    book: &Book<'_>,
    costs: &Costing<'_>,
    sheet: &mut Sheet<'_>,
    left: &mut usize,
) -> Result<(), RenderError> {
    let (words, facts) = (book.view.words(), &book.view.facts().costs);
    let text = |key| Cell::Text(words.get(key).to_owned());
    let total_of = |sheet, column, rows: usize| {
        if rows == 0 {
            return "=0".to_owned();
        }
        format!("=SUM({})", column_of(words.get(sheet), column, rows))
    };
    let efforts = costs.efforts.len();
    let labour = total_of(key::werkmap::blad::UREN, hours_column::COST, efforts);
    let activities = book.view.plan.activities().iter().count();
    let schedule = key::werkmap::blad::PLANNING;
    let expenses = total_of(schedule, schedule_column::EXPENSES, activities);
    sheet.add(
        [
            text(key::document::kop::LOONKOSTEN),
            Cell::Blank,
            Cell::Formula(labour, Some(facts.labour.euros()), Unit::Euros),
            Cell::text(without_rate(book)),
        ],
        left,
    )?;
    sheet.add(
        [
            text(key::document::KOSTEN_VAN_ACTIVITEITEN),
            Cell::Blank,
            Cell::Formula(expenses, Some(facts.expenses.euros()), Unit::Euros),
            Cell::Blank,
        ],
        left,
    )
}

/// The total, the budget, and the difference.
fn totals(
    book: &Book<'_>,
    section: &Budget,
    sheet: &mut Sheet<'_>,
    rows: usize,
    left: &mut usize,
) -> Result<(), RenderError> {
    let (words, facts) = (book.view.words(), &book.view.facts().costs);
    let total = rows + 2;
    let formula = format!("=ROUND(SUM(C2:C{}),2)", rows + 1);
    let source = section.funds.given().and_then(|funds| line(&funds.source));
    let label = |text: &str| Cell::Text(text.to_owned());
    let at_least = (!facts.without_rate.is_empty()).then(|| {
        let amount = Argument::Whole(words.money(facts.total));
        words.text(key::document::TEN_MINSTE, &[("bedrag", amount)])
    });
    sheet.total(
        [
            label(words.get(key::document::kop::TOTAAL)),
            Cell::Blank,
            Cell::Formula(formula, Some(facts.total.euros()), Unit::Euros),
            Cell::text(at_least),
        ],
        left,
    )?;
    let Some(budget) = facts.budget else {
        return Ok(());
    };
    let field = words.field("planning_en_budget.budget", FieldText::Label);
    sheet.total(
        [
            label(field),
            Cell::Blank,
            Cell::Euros(budget.euros()),
            Cell::text(source),
        ],
        left,
    )?;
    let over = format!("=C{}-C{total}", total + 1);
    let result = facts.left.map(Money::euros);
    sheet.total(
        [
            label(words.get(key::document::RUIMTE)),
            Cell::Blank,
            Cell::Formula(over, result, Unit::Euros),
            Cell::Blank,
        ],
        left,
    )
}

/// The groups and roles whose rates are missing, so that the amount is too low.
fn without_rate(book: &Book<'_>) -> Option<String> {
    let (plan, words) = (book.view.plan, book.view.words());
    let missing = &book.view.facts().costs.without_rate;
    if missing.is_empty() {
        return None;
    }
    let names = missing.iter().map(|id| plain_line(&plan.party_name(id)));
    let names = Argument::List(names.collect());
    Some(words.text(key::document::ZONDER_UURTARIEF, &[("namen", names)]))
}
