//! The sheet of open points: what the plan still lacks, in the words of its readers.

use super::Book;
use super::sheet::{Cell, Sheet};
use crate::finding::Argument;
use crate::plan::Plan;
use crate::render::RenderError;
use crate::render::plain::plain_line;
use crate::words::{FieldText, key};

/// One row for each finding, in the order of the plan.
pub(super) fn points<'b>(book: &'b Book<'_>, left: &mut usize) -> Result<Sheet<'b>, RenderError> {
    let words = book.view.words();
    let columns = [
        (words.get(key::document::kop::ONDERDEEL), 30.0),
        (words.get(key::document::kop::ERNST), 14.0),
        (words.get(key::document::kop::BEVINDING), 70.0),
        (words.get(key::document::kop::WAT_TE_DOEN), 70.0),
    ];
    let name = words.get(key::werkmap::blad::PUNTEN);
    let mut sheet = Sheet::begin(name, &columns, &book.styles, words)?;
    let findings = &book.view.findings;
    for finding in findings {
        let severity = format!("document.ernst.{}", finding.severity);
        sheet.add(
            [
                Cell::Text(part(book, &finding.part)),
                Cell::Text(words.get(&severity).to_owned()),
                Cell::Text(plain_line(&finding.title)),
                Cell::Text(plain_line(&finding.fix)),
            ],
            left,
        )?;
    }
    let more = book.view.finding_count.saturating_sub(findings.len());
    if more > 0 {
        let more = [("aantal", Argument::Count(more))];
        let text = words.text(key::document::OPENSTAANDE_PUNTEN_MEER, &more);
        sheet.total(
            [Cell::Blank, Cell::Blank, Cell::Text(text), Cell::Blank],
            left,
        )?;
    }
    Ok(sheet)
}

/// The name of a part, with its number if it is one of the twelve sections.
fn part(book: &Book<'_>, part: &str) -> String {
    let words = book.view.words();
    if part == "bestand" {
        return words.get(key::document::BESTAND).to_owned();
    }
    let label = words.field(part, FieldText::Label);
    match Plan::section_number(part) {
        Some(number) => format!("{number}. {label}"),
        None => label.to_owned(),
    }
}
