//! The rows of the planning below each other, on as many drawings as they need to fit on paper.

use serde::Serialize;

use super::Sheet;
use super::rows::Row;
use crate::render::figures::label;
use crate::render::figures::length::Length;

/// The names of time stand above the rows.
const HEAD: Length = Length::px(44);

/// How high the name of a group is.
const BAND: Length = Length::px(26);

/// What fits on a sheet of A4, with the headings before it, its caption and its legend.
const SHEET: Length = Length::px(880);

/// How much room the name of a group has.
const NAME_WIDTH: u32 = 700;

/// Rows that belong together.
#[derive(Debug)]
pub struct Section {
    title: String,
    rows: Vec<Row>,
}

/// The name of a group, above its rows.
#[derive(Debug, Clone, Serialize)]
pub struct Band {
    y: Length,
    #[serde(rename = "hoogte")]
    height: Length,
    #[serde(rename = "naam")]
    name: String,
    /// Whether its first rows stand in the drawing before this one.
    #[serde(rename = "vervolg")]
    continues: bool,
    /// What stands under it here.
    #[serde(rename = "rijen")]
    pub rows: Vec<Row>,
}

impl Section {
    pub const fn new(title: String, rows: Vec<Row>) -> Self {
        Self { title, rows }
    }

    pub fn push(&mut self, row: Row) {
        self.rows.push(row);
    }

    pub const fn has_rows(&self) -> bool {
        !self.rows.is_empty()
    }

    fn needs(&self) -> Length {
        self.rows.iter().fold(BAND, |sum, row| sum + row.needs())
    }
}

impl Sheet {
    const fn new() -> Self {
        Self {
            height: HEAD,
            bands: Vec::new(),
            arrows: Vec::new(),
            terms: Vec::new(),
        }
    }

    fn has_room(&self, height: Length) -> bool {
        self.height + height <= SHEET
    }
}

/// Puts sections below each other. A section goes to the next drawing as a whole, if it fits on one at all.
pub fn lay_out(sections: Vec<Section>) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    let mut sheet = Sheet::new();
    for section in sections {
        if !sheet.bands.is_empty() && !sheet.has_room(section.needs()) {
            sheets.push(std::mem::replace(&mut sheet, Sheet::new()));
        }
        let name = label::cut(&section.title, NAME_WIDTH);
        let mut continues = false;
        let mut rows = section.rows.into_iter().peekable();
        while rows.peek().is_some() {
            let mut band = Band {
                y: sheet.height,
                height: BAND,
                name: name.clone(),
                continues,
                rows: Vec::new(),
            };
            sheet.height = sheet.height + BAND;
            while let Some(row) =
                rows.next_if(|row| band.rows.is_empty() || sheet.has_room(row.needs()))
            {
                let row = row.at(sheet.height);
                sheet.height = sheet.height + row.height;
                band.rows.push(row);
            }
            sheet.bands.push(band);
            if rows.peek().is_some() {
                sheets.push(std::mem::replace(&mut sheet, Sheet::new()));
                continues = true;
            }
        }
    }
    if !sheet.bands.is_empty() {
        sheets.push(sheet);
    }
    sheets
}
