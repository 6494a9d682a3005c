//! Prose reduced: to one line, to less markup, or to its words.

use super::{Block, Inline, append};
use crate::render::escape;
use crate::value::one_line;

/// Puts prose on one line. List items and table rows are separated by their markers.
pub(super) fn line(blocks: &[Block]) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for block in blocks {
        add_block(block, &mut inlines);
    }
    inlines
}

fn add_block(block: &Block, into: &mut Vec<Inline>) {
    match block {
        Block::Paragraph(text) | Block::Heading(_, text) => add_part("", text, into),
        Block::Quote(inside) => inside.iter().for_each(|block| add_block(block, into)),
        Block::Code(code) if code.trim().is_empty() => {}
        Block::Code(code) => add_part("", &[Inline::Code(one_line(code))], into),
        Block::List { start, items, .. } => {
            for (nr, item) in items.iter().enumerate() {
                let number = start.map(|start| format!("{}. ", start.saturating_add(nr)));
                add_part(number.as_deref().unwrap_or("• "), &line(item), into);
            }
        }
        Block::Table { rows, .. } => {
            for row in rows {
                let cells = row.join(&Inline::Text(" / ".to_owned()));
                add_part("• ", &cells, into);
            }
        }
        Block::Rule => {}
    }
}

fn add_part(mark: &str, text: &[Inline], into: &mut Vec<Inline>) {
    if !into.is_empty() {
        into.push(Inline::Text(" ".to_owned()));
    }
    if !mark.is_empty() {
        into.push(Inline::Text(mark.to_owned()));
    }
    let mut text = without_breaks(text);
    edit_leaves(&mut text, |leaf| {
        // A pipe in code needs a backslash inside a table and must have none outside, so plain text is the safe form.
        if let Inline::Code(code) = leaf
            && code.contains('|')
        {
            *leaf = Inline::Text(std::mem::take(code));
        }
    });
    into.extend(text);
}

/// Copies inlines with line breaks replaced by spaces.
pub(super) fn without_breaks(inlines: &[Inline]) -> Vec<Inline> {
    let mut inlines = inlines.to_vec();
    edit_leaves(&mut inlines, |leaf| {
        if matches!(leaf, Inline::Break | Inline::SoftBreak) {
            *leaf = Inline::Text(" ".to_owned());
        }
    });
    inlines
}

/// Calls `edit` on each inline that contains no others.
fn edit_leaves(inlines: &mut [Inline], edit: fn(&mut Inline)) {
    for inline in inlines {
        match inline {
            Inline::Styled(_, inside) | Inline::Link { text: inside, .. } => {
                edit_leaves(inside, edit);
            }
            leaf => edit(leaf),
        }
    }
}

/// Removes all emphasis from prose.
pub(super) fn without_emphasis(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Heading(_, text) => *text = plain(text),
            Block::Quote(inside) => without_emphasis(inside),
            Block::List { items, .. } => items.iter_mut().for_each(|item| without_emphasis(item)),
            Block::Table { rows, .. } => {
                for cell in rows.iter_mut().flatten() {
                    *cell = plain(cell);
                }
            }
            Block::Code(_) | Block::Rule => {}
        }
    }
}

/// Copies inlines without emphasis.
pub(super) fn plain(inlines: &[Inline]) -> Vec<Inline> {
    let is_styled = |inline: &Inline| matches!(inline, Inline::Styled(..));
    unwrapped(inlines.to_vec(), is_styled)
}

/// Replaces each inline that `is_removed` selects by its contents.
pub(super) fn unwrapped(inlines: Vec<Inline>, is_removed: fn(&Inline) -> bool) -> Vec<Inline> {
    let mut kept = Vec::new();
    for mut inline in inlines {
        let is_removed_here = is_removed(&inline);
        if let Inline::Styled(_, inside) | Inline::Link { text: inside, .. } = &mut inline {
            *inside = unwrapped(std::mem::take(inside), is_removed);
            if is_removed_here {
                append(&mut kept, std::mem::take(inside));
                continue;
            }
        }
        append(&mut kept, [inline]);
    }
    kept
}

/// Whether prose contains anything but plain text. Plain text always reads back as itself.
pub(super) fn has_markup(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Paragraph(text) | Block::Heading(_, text) => has_inline_markup(text),
        Block::Quote(inside) => has_markup(inside),
        Block::List { items, .. } => items.iter().any(|item| has_markup(item)),
        Block::Table { rows, .. } => rows.iter().flatten().any(|cell| has_inline_markup(cell)),
        Block::Code(_) => true,
        Block::Rule => false,
    })
}

fn has_inline_markup(inlines: &[Inline]) -> bool {
    use Inline::{Break, SoftBreak, Text};
    !inlines
        .iter()
        .all(|inline| matches!(inline, Text(_) | SoftBreak | Break))
}

/// The words of prose and its block structure, without inline markup.
pub(super) fn outline(blocks: &[Block]) -> Vec<String> {
    let nested = |mark: &str, blocks: &[Block]| -> Vec<String> {
        let lines = outline(blocks).into_iter();
        lines.map(|line| format!("{mark} {line}")).collect()
    };
    let row = |cells: &Vec<Vec<Inline>>| {
        let cells: Vec<String> = cells.iter().map(|cell| words(cell)).collect();
        cells.join(" | ")
    };
    let lines = blocks.iter().flat_map(|block| match block {
        Block::Paragraph(text) => vec![words(text)],
        Block::Heading(level, text) => vec![format!("h{level} {}", words(text))],
        Block::Quote(inside) => nested(">", inside),
        Block::Code(code) => vec![format!("code {}", code.trim_end())],
        Block::List { items, .. } => items.iter().flat_map(|item| nested("-", item)).collect(),
        Block::Table { rows, .. } => rows.iter().map(row).collect(),
        Block::Rule => vec!["rule".to_owned()],
    });
    lines.collect()
}

/// Whether prose has nothing to show.
pub(super) fn is_blank(blocks: &[Block]) -> bool {
    blocks.iter().all(|block| match block {
        Block::Paragraph(text) | Block::Heading(_, text) => words(text).is_empty(),
        Block::Quote(inside) => is_blank(inside),
        Block::List { .. } | Block::Code(_) | Block::Table { .. } | Block::Rule => false,
    })
}

fn words(inlines: &[Inline]) -> String {
    let mut text = String::new();
    add_words(inlines, &mut text);
    one_line(&text)
}

fn add_words(inlines: &[Inline], into: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => into.push_str(&escape::clean(text)),
            Inline::Styled(_, inside) | Inline::Link { text: inside, .. } => {
                add_words(inside, into);
            }
            Inline::SoftBreak | Inline::Break => into.push(' '),
        }
    }
}
