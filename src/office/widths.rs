//! The widths of the columns of a table: a program for text does not choose them by what is in the cells, as a browser does.

use super::content::{Block, Inline, Look, Table, text_of};

/// The characters that fit on a line of a table in each centimetre, by ten: enough for wide letters.
const CHARACTERS: usize = 52;

/// The room for borders and white space in a column, in characters.
const MARGIN: usize = 2;

/// The longest word that is not broken off, and the longest text that makes a column wider.
const LONGEST_WORD: usize = 22;
const LONGEST_TEXT: usize = 400;

/// The room to write in an empty cell, in characters.
const TO_WRITE: usize = 40;

/// The widths of the columns, which together are that total, in a table that is so wide.
pub(super) fn of(table: &Table, total: usize, millimetres: usize) -> Vec<usize> {
    let mut least = vec![1; table.columns];
    let mut wanted = vec![0; table.columns];
    for row in &table.rows {
        let mut column = 0;
        for cell in &row.cells {
            if cell.width == 1
                && let (Some(least), Some(wanted)) = (least.get_mut(column), wanted.get_mut(column))
            {
                let size = Size::of(&cell.blocks);
                *least = size.word.min(LONGEST_WORD).max(*least);
                let text = if row.is_blank && cell.blocks.is_empty() {
                    TO_WRITE
                } else {
                    size.text
                };
                *wanted = text.min(LONGEST_TEXT).max(*wanted);
            }
            column += cell.width;
        }
    }
    let least: Vec<usize> = least.iter().map(|least| least + MARGIN).collect();
    let more: Vec<usize> = wanted
        .iter()
        .zip(&least)
        .map(|(wanted, least)| wanted.saturating_sub(*least))
        .collect();
    let (needed, more_needed) = (
        least.iter().sum::<usize>(),
        more.iter().sum::<usize>().max(1),
    );
    let left = (CHARACTERS * millimetres / 100).saturating_sub(needed);
    let parts: Vec<usize> = least
        .iter()
        .zip(&more)
        .map(|(least, more)| 1000 * least + 1000 * left * more / more_needed)
        .collect();
    let sum = parts.iter().sum::<usize>().max(1);
    let mut widths: Vec<usize> = parts.iter().map(|part| part * total / sum).collect();
    let used: usize = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += total - used;
    }
    widths
}

/// The longest word and text of blocks, in characters.
#[derive(Debug, Default, Clone, Copy)]
struct Size {
    word: usize,
    text: usize,
}

impl Size {
    fn of(blocks: &[Block]) -> Self {
        let mut size = Self::default();
        for block in blocks {
            match block {
                Block::Heading { text, .. } | Block::Paragraph(_, text) => size.add(text),
                Block::List { items, .. } => {
                    for item in items {
                        size.add_inside(&item.blocks, MARGIN);
                    }
                }
                Block::Apart(_, blocks) => size.add_inside(blocks, MARGIN),
                Block::Code(code) => {
                    size.add(&[Inline::Text(code.clone(), Look::default())]);
                }
                Block::Table(table) => {
                    for row in &table.rows {
                        for cell in &row.cells {
                            size.add_inside(&cell.blocks, 0);
                        }
                    }
                }
                Block::Lines(_) => {}
            }
        }
        size
    }

    fn add(&mut self, text: &[Inline]) {
        let text = text_of(text);
        let words = text.split([' ', '-', '/']);
        let longest = words.map(|word| word.chars().count()).max();
        self.word = self.word.max(longest.unwrap_or_default());
        self.text += text.chars().count();
    }

    fn add_inside(&mut self, blocks: &[Block], margin: usize) {
        let inside = Self::of(blocks);
        self.word = self.word.max(inside.word + margin);
        self.text += inside.text;
    }
}
