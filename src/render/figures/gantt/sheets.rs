//! Pagination: the rows of the planning, divided over as many drawings as fit on paper.

use serde::Serialize;

use super::Sheet;
use super::rows::Row;
use crate::render::figures::label;
use crate::render::figures::length::Length;
use crate::render::figures::{BAND, HEAD, SHEET};

const NAME_WIDTH: u32 = 700;

/// Rows that belong together.
#[derive(Debug)]
pub struct Section {
    pub title: String,
    pub rows: Vec<Row>,
}

/// The rows of a section on one sheet, below its name.
#[derive(Debug, Serialize)]
pub struct Band {
    y: Length,
    #[serde(rename = "hoogte")]
    height: Length,
    #[serde(rename = "naam")]
    name: String,
    /// Whether its first rows are on the sheet before.
    #[serde(rename = "vervolg")]
    continues: bool,
    #[serde(rename = "rijen")]
    pub rows: Vec<Row>,
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

    fn fits(&self, height: Length) -> bool {
        self.height + height <= SHEET
    }

    fn start_band(&mut self, title: &str, continues: bool) {
        self.bands.push(Band {
            y: self.height,
            height: BAND,
            name: label::cut(title, NAME_WIDTH),
            continues,
            rows: Vec::new(),
        });
        self.height = self.height + BAND;
    }

    fn add(&mut self, row: Row) {
        let row = row.at(self.height);
        self.height = self.height + row.height;
        if let Some(band) = self.bands.last_mut() {
            band.rows.push(row);
        }
    }
}

/// Puts sections below each other. A section that does not fit starts on a new sheet, and continues on the next if it is longer
/// than a sheet.
pub fn lay_out(sections: Vec<Section>) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    let mut sheet = Sheet::new();
    for Section { title, rows } in sections {
        let needed = rows.iter().fold(BAND, |sum, row| sum + row.needs());
        if !sheet.bands.is_empty() && !sheet.fits(needed) {
            sheets.push(std::mem::replace(&mut sheet, Sheet::new()));
        }
        sheet.start_band(&title, false);
        for (nr, row) in rows.into_iter().enumerate() {
            if nr > 0 && !sheet.fits(row.needs()) {
                sheets.push(std::mem::replace(&mut sheet, Sheet::new()));
                sheet.start_band(&title, true);
            }
            sheet.add(row);
        }
    }
    sheets.push(sheet);
    sheets
}
