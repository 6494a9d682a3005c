//! One sheet: a table with a header row, and below it the totals.

use jiff::civil::Date;
use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Worksheet, XlsxError,
};

use crate::plan::Language;
use crate::render::RenderError;
use crate::words::{Words, key};

/// Limit on the text of a cell, in UTF-16 code units.
pub(super) const LONGEST_CELL: usize = 32_767;

/// The paper size A4.
const A4: u8 = 9;

/// A value in a table.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    Blank,
    Text(String),
    Number(Decimal),
    Euros(Decimal),
    Day(Date),
    /// A formula, with its result; `None` if it shows nothing.
    Formula(String, Option<Decimal>, Unit),
}

/// The unit of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Number,
    Euros,
}

impl Cell {
    pub fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Blank, |text| Self::Text(text.into()))
    }

    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Blank, Self::Day)
    }
}

/// A column, with its width in characters.
pub(super) type Column<'t> = (&'t str, f64);

/// The formats of cells.
#[derive(Debug)]
pub(super) struct Styles {
    header: Format,
    text: Format,
    /// Text that a program might read as a formula when somebody edits it.
    literal: Format,
    number: Format,
    euros: Format,
    day: Format,
    total_text: Format,
    total_literal: Format,
    total_number: Format,
    total_euros: Format,
}

impl Styles {
    pub fn of(language: Language) -> Self {
        let (euros, day) = match language {
            Language::Dutch => (
                "[$€-413]\\ #,##0.00_-;[Red][$€-413]\\ -#,##0.00_-",
                "dd\\-mm\\-yyyy",
            ),
            Language::English => (
                "[$€-809]#,##0.00_-;[Red]-[$€-809]#,##0.00_-",
                "d\\ mmm\\ yyyy",
            ),
        };
        let cell = Format::new().set_align(FormatAlign::Top);
        let text = cell.clone().set_text_wrap();
        let total = cell.clone().set_bold().set_border_top(FormatBorder::Thin);
        Self {
            header: text
                .clone()
                .set_bold()
                .set_background_color(Color::RGB(0x00DD_E6EF))
                .set_border_bottom(FormatBorder::Thin),
            literal: text.clone().set_quote_prefix(),
            number: cell.clone(),
            euros: cell.clone().set_num_format(euros),
            day: cell.set_num_format(day).set_align(FormatAlign::Left),
            total_text: total.clone().set_text_wrap(),
            total_literal: total.clone().set_text_wrap().set_quote_prefix(),
            total_number: total.clone(),
            total_euros: total.set_num_format(euros),
            text,
        }
    }
}

/// A sheet that is being written.
pub(super) struct Sheet<'s> {
    worksheet: Worksheet,
    styles: &'s Styles,
    cut: &'static str,
    columns: u16,
    /// The widths of the columns, in characters.
    widths: Vec<f64>,
    /// The next row, from 0.
    row: u32,
    /// The last row of the table, before any totals.
    last: u32,
}

impl<'s> Sheet<'s> {
    /// Begins a sheet with its header row.
    pub fn begin(
        name: &str,
        columns: &[Column<'_>],
        styles: &'s Styles,
        words: Words,
    ) -> Result<Self, RenderError> {
        let mut sheet = Self {
            worksheet: Worksheet::new(),
            styles,
            cut: words.get(key::werkmap::AFGEBROKEN),
            columns: 0,
            widths: columns.iter().map(|(_, width)| *width).collect(),
            row: 1,
            last: 0,
        };
        sheet.header(name, columns).map_err(super::too_large)?;
        Ok(sheet)
    }

    fn header(&mut self, name: &str, columns: &[Column<'_>]) -> Result<(), XlsxError> {
        self.worksheet.set_name(name)?;
        self.worksheet.set_formula_result_default("");
        for (title, width) in columns {
            let column = self.columns;
            self.worksheet.set_column_width(column, *width)?;
            self.worksheet
                .write_string_with_format(0, column, *title, &self.styles.header)?;
            self.columns += 1;
        }
        let titles = columns.iter().map(|(title, width)| lines(title, *width));
        self.set_height(0, titles.max())
    }

    /// Adds a row to the table. `left` is the size that is left of the largest document, in bytes.
    pub fn add(
        &mut self,
        cells: impl IntoIterator<Item = Cell>,
        left: &mut usize,
    ) -> Result<(), RenderError> {
        self.last = self.row;
        self.write(cells, false, left)
    }

    /// Adds a row below the table, which filters and sorting leave alone.
    pub fn total(
        &mut self,
        cells: impl IntoIterator<Item = Cell>,
        left: &mut usize,
    ) -> Result<(), RenderError> {
        self.write(cells, true, left)
    }

    fn write(
        &mut self,
        cells: impl IntoIterator<Item = Cell>,
        is_total: bool,
        left: &mut usize,
    ) -> Result<(), RenderError> {
        let mut height = None;
        for ((column, width), cell) in (0..).zip(self.widths.clone()).zip(cells) {
            // A cell without a text takes about this much, too.
            let size = 32
                + if let Cell::Text(text) = &cell {
                    text.len()
                } else {
                    0
                };
            *left = left.checked_sub(size).ok_or(RenderError::TooLarge)?;
            if let Cell::Text(text) = &cell {
                height = height.max(Some(lines(text, width)));
            }
            self.cell(column, cell, is_total)
                .map_err(super::too_large)?;
        }
        self.set_height(self.row, height)
            .map_err(super::too_large)?;
        self.row += 1;
        Ok(())
    }

    /// Sets the height of a row with more than one line, which not every program does by itself.
    fn set_height(&mut self, row: u32, lines: Option<u16>) -> Result<(), XlsxError> {
        let lines = lines.unwrap_or_default().min(MOST_LINES);
        if lines > 1 {
            self.worksheet
                .set_row_height(row, f64::from(lines) * LINE)?;
        }
        Ok(())
    }

    fn cell(&mut self, column: u16, cell: Cell, is_total: bool) -> Result<(), XlsxError> {
        let (row, styles) = (self.row, self.styles);
        let pick = |plain, total| if is_total { total } else { plain };
        let number = pick(&styles.number, &styles.total_number);
        let euros = pick(&styles.euros, &styles.total_euros);
        let text = pick(&styles.text, &styles.total_text);
        let sheet = &mut self.worksheet;
        match cell {
            Cell::Blank => sheet.write_blank(row, column, text)?,
            Cell::Text(content) => {
                let is_like_formula = content.starts_with(['=', '+', '-', '@']);
                let literal = pick(&styles.literal, &styles.total_literal);
                let style = if is_like_formula { literal } else { text };
                sheet.write_string_with_format(row, column, fit(content, self.cut), style)?
            }
            Cell::Number(value) => {
                sheet.write_number_with_format(row, column, double(value), number)?
            }
            Cell::Euros(value) => {
                sheet.write_number_with_format(row, column, double(value), euros)?
            }
            Cell::Day(day) => match excel_day(day) {
                Some(value) => {
                    sheet.write_datetime_with_format(row, column, &value, &styles.day)?
                }
                None => sheet.write_string_with_format(row, column, day.to_string(), text)?,
            },
            Cell::Formula(formula, result, unit) => {
                let result = result.map(|result| double(result).to_string());
                let formula = Formula::new(formula).set_result(result.unwrap_or_default());
                let style = if unit == Unit::Euros { euros } else { number };
                sheet.write_formula_with_format(row, column, formula, style)?
            }
        };
        Ok(())
    }

    /// Sets the filter, the panes and the print layout.
    pub fn finish(mut self, title: &str, words: Words) -> Result<Worksheet, XlsxError> {
        let sheet = &mut self.worksheet;
        let last_column = self.columns.saturating_sub(1);
        sheet.autofilter(0, 0, self.last, last_column)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_landscape();
        sheet.set_paper_size(A4);
        sheet.set_print_fit_to_pages(1, 0);
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_margins(0.5, 0.5, 0.75, 0.75, 0.3, 0.3);
        // An ampersand begins a code.
        let title = beginning_of(title, MOST_IN_HEADER).replace('&', "&&");
        sheet.set_header(format!("&L{title}&R&A"));
        sheet.set_footer(format!("&R{}", words.get(key::werkmap::BLADZIJDE)));
        Ok(self.worksheet)
    }
}

/// The height of a line, in points.
const LINE: f64 = 15.0;

/// Rows are at most 409 points high.
const MOST_LINES: u16 = 27;

/// The number of lines that a text takes in a column, with some space for words that do not fit on a line.
fn lines(text: &str, width: f64) -> u16 {
    let lines = text.lines().map(|line| {
        let characters = u16::try_from(line.chars().count()).unwrap_or(u16::MAX);
        let lines = (f64::from(characters) / (width * 0.9)).ceil().max(1.0);
        // More lines than a row shows need not be counted.
        (1..MOST_LINES)
            .find(|nr| f64::from(*nr) >= lines)
            .unwrap_or(MOST_LINES)
    });
    lines.fold(0, u16::saturating_add)
}

/// Limit on the title in a page header, whose codes and text together are at most 255 code units.
const MOST_IN_HEADER: usize = 110;

/// The text as a cell can hold it: in full, or its beginning and a note that the rest is left out.
fn fit(text: String, cut: &str) -> String {
    if text.encode_utf16().count() <= LONGEST_CELL {
        return text;
    }
    let note = cut.encode_utf16().count();
    format!("{}{cut}", beginning_of(&text, LONGEST_CELL - note))
}

/// The beginning of a text: whole characters, at most this many UTF-16 code units.
pub(super) fn beginning_of(text: &str, units: usize) -> &str {
    let mut left = units;
    let end = text.char_indices().find(|(_, c)| {
        let is_over = c.len_utf16() > left;
        left = left.saturating_sub(c.len_utf16());
        is_over
    });
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// A day as workbooks count it; `None` if it is before their first one.
pub(super) fn excel_day(day: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(day.year()).ok()?;
    let (month, day) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    ExcelDateTime::from_ymd(year, month, day).ok()
}

/// A number as a workbook stores it.
fn double(value: Decimal) -> f64 {
    use rust_decimal::prelude::ToPrimitive;
    value.to_f64().unwrap_or_default()
}

/// The letters of a column, from 0.
pub(super) fn letter(column: u8) -> char {
    char::from(b'A' + column.min(25))
}

/// A reference to a column of a table with so many rows, on another sheet.
pub(super) fn column_of(sheet: &str, column: u8, rows: usize) -> String {
    let (letter, last) = (letter(column), rows + 1);
    format!("'{sheet}'!${letter}$2:${letter}${last}")
}

/// The sum of a column of this table.
pub(super) fn sum(column: u8, rows: usize) -> String {
    let letter = letter(column);
    format!("=SUM({letter}2:{letter}{})", rows + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(beginning_of("a𝄞b", 1), "a");
        assert_eq!(beginning_of("a𝄞b", 2), "a");
        assert_eq!(beginning_of("a𝄞b", 3), "a𝄞");
        assert_eq!(beginning_of("a𝄞b", 9), "a𝄞b");
        let long = fit("𝄞".repeat(LONGEST_CELL), "… (cut)");
        assert!(long.ends_with("… (cut)"));
        assert!(long.encode_utf16().count() <= LONGEST_CELL);
        assert_eq!(fit("a".repeat(LONGEST_CELL), "…").len(), LONGEST_CELL);
    }
}
