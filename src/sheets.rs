//! A plan as a workbook (xlsx): tables to sort, filter and calculate with.
//!
//! Sums and products are formulas, stored with their results, so that a changed rate or number of hours counts at once, and programs
//! that do not calculate show the same amounts as the documents. The same plan gives the same bytes.

mod budget;
mod goals;
mod planning;
mod points;
mod sheet;
mod thread;

use std::borrow::Cow;

use jiff::civil::{Date, date};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::office::made_on_unix;
use crate::render::RenderError;
use crate::render::plain::{LARGEST, PlainTexts, plain_line};
use crate::value::Answer;
use crate::view::View;
use sheet::{Cell, Sheet, Styles};

/// The day on which the workbook of a plan without a date and a start was made.
const WITHOUT_DATE: Date = date(2020, 1, 1);

/// Returns the workbook of a plan.
///
/// # Errors
///
/// If it exceeds the maximum size of a document.
pub fn workbook(view: &View<'_>) -> Result<Vec<u8>, RenderError> {
    let book = Book {
        view,
        texts: PlainTexts::of(view),
        styles: Styles::of(view.language),
    };
    let mut left = LARGEST;
    let mut workbook = Workbook::new();
    for sheet in book.sheets(&mut left)? {
        let worksheet = sheet
            .finish(&plain_line(view.title), view.words())
            .map_err(too_large)?;
        workbook.push_worksheet(worksheet);
    }
    workbook.set_properties(&properties(view).map_err(too_large)?);
    let workbook = workbook.save_to_buffer().map_err(too_large)?;
    Ok(made_on_unix(workbook))
}

/// The names of sheets, the columns and the days are ours and valid, so the only limits that a plan can reach are those on rows and
/// texts.
fn too_large(_: XlsxError) -> RenderError {
    RenderError::TooLarge
}

/// The properties of the file, none of which depends on when or where it is made.
fn properties(view: &View<'_>) -> Result<DocProperties, XlsxError> {
    let header = view.plan.header.given();
    let authors = header.map(|header| &header.authors);
    let organisations = header.map(|header| &header.organisations);
    let list = |texts: Vec<String>| {
        let text = view.words().list(texts);
        sheet::beginning_of(&text, MOST_UNITS).to_owned()
    };
    let authors = authors.into_iter().flat_map(Answer::all);
    let organisations = organisations.into_iter().flat_map(Answer::all);
    let day = header.and_then(|header| header.date.given());
    let day = day.map(|day| day.date()).or(view.facts().start);
    let day = day.unwrap_or(WITHOUT_DATE);
    let title = plain_line(view.title);
    Ok(DocProperties::new()
        .set_title(sheet::beginning_of(&title, MOST_UNITS))
        .set_author(list(authors.map(|it| plain_line(it.as_str())).collect()))
        .set_company(list(
            organisations.map(|it| plain_line(it.as_str())).collect(),
        ))
        .set_creation_datetime(
            &sheet::excel_day(day).unwrap_or(ExcelDateTime::from_ymd(2020, 1, 1)?),
        ))
}

/// Limit on a property, in UTF-16 code units.
const MOST_UNITS: usize = 255;

/// What all sheets are made from.
struct Book<'v> {
    view: &'v View<'v>,
    texts: PlainTexts,
    styles: Styles,
}

impl Book<'_> {
    fn sheets(&self, left: &mut usize) -> Result<Vec<Sheet<'_>>, RenderError> {
        let costs = budget::Costing::of(self.view);
        let mut sheets = Vec::new();
        for make in [
            planning::schedule,
            planning::hours,
            budget::rates,
            budget::budget,
        ] {
            sheets.push(make(self, &costs, left)?);
        }
        for make in [goals::goals, thread::thread, points::points] {
            sheets.push(make(self, left)?);
        }
        Ok(sheets)
    }

    /// The names of groups and roles in one cell.
    fn parties<R: AsRef<str>>(&self, ids: &[R]) -> Cell {
        joined(ids.iter().map(|id| self.view.plan.party_name(id.as_ref())))
    }
}

/// Texts in one cell, up to what a cell can hold.
fn joined<'t>(texts: impl Iterator<Item = Cow<'t, str>>) -> Cell {
    let mut all = String::new();
    for text in texts {
        if all.len() > 4 * sheet::LONGEST_CELL {
            break;
        }
        if !all.is_empty() {
            all.push_str("; ");
        }
        all.push_str(&plain_line(&text));
    }
    Cell::text(Some(all).filter(|all| !all.is_empty()))
}
