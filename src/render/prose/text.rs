//! Prose as plain text, for formats without markup: cells of a workbook and texts of a calendar.

use super::{Block, Inline};
use crate::render::escape;
use crate::value::one_line;

/// Writes each paragraph, list item and table row on a line of its own.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let mut lines = Vec::new();
    add_blocks(blocks, "", &mut lines);
    lines.join("\n")
}

fn add_blocks(blocks: &[Block], indent: &str, lines: &mut Vec<String>) {
    for block in blocks {
        add_block(block, indent, lines);
    }
}

fn add_block(block: &Block, indent: &str, lines: &mut Vec<String>) {
    let mut add = |text: &str| {
        let shown = text
            .lines()
            .map(|line| escape::clean(line).trim().to_owned());
        let shown = shown.filter(|line| !line.is_empty());
        lines.extend(shown.map(|line| format!("{indent}{line}")));
    };
    match block {
        Block::Paragraph(text) | Block::Heading(_, text) => add(&words(text)),
        Block::Quote(inside) => add_blocks(inside, indent, lines),
        Block::Code(code) => add(code),
        Block::List { start, items, .. } => {
            for (nr, item) in items.iter().enumerate() {
                let number = start.map(|start| format!("{}. ", start.saturating_add(nr)));
                let mark = number.unwrap_or_else(|| "• ".to_owned());
                let from = lines.len();
                add_blocks(item, &format!("{indent}  "), lines);
                if let Some(first) = lines.get_mut(from) {
                    *first = format!("{indent}{mark}{}", first.trim_start());
                }
            }
        }
        Block::Table { rows, .. } => {
            for row in rows {
                let cells: Vec<String> = row.iter().map(|cell| one_line(&words(cell))).collect();
                add(&cells.join(" / "));
            }
        }
        Block::Rule => {}
    }
}

/// The words of some inlines, with the addresses of links behind them.
fn words(inlines: &[Inline]) -> String {
    let mut text = String::new();
    add_words(inlines, &mut text);
    text
}

fn add_words(inlines: &[Inline], into: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => into.push_str(text),
            Inline::Styled(_, inside) => add_words(inside, into),
            Inline::Link { url, text } => {
                let shown = words(text);
                let is_same = url.ends_with(shown.trim()) && !shown.trim().is_empty();
                into.push_str(&shown);
                if !is_same {
                    into.push_str(&format!(" ({url})"));
                }
            }
            Inline::SoftBreak => into.push(' '),
            Inline::Break => into.push('\n'),
        }
    }
}
