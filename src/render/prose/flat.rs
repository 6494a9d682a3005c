//! Prose on one line, for where a format has no room for more; and what prose says, whatever it looks like.

use super::tree::push;
use super::{Block, Inline};
use crate::render::escape;

/// All of it on one line. Items of lists are told apart by their mark.
pub(super) fn line(blocks: &[Block]) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for block in blocks {
        add(block, &mut inlines);
    }
    inlines
}

fn add(block: &Block, into: &mut Vec<Inline>) {
    match block {
        Block::Paragraph(text) | Block::Heading(_, text) => part(None, text, into),
        Block::Quote(inside) => inside.iter().for_each(|block| add(block, into)),
        Block::Code(code) if code.trim().is_empty() => {}
        Block::Code(code) => part(
            None,
            &[Inline::Code(
                code.split_whitespace().collect::<Vec<_>>().join(" "),
            )],
            into,
        ),
        Block::List { start, items, .. } => {
            for (nr, item) in items.iter().enumerate() {
                let mark = start.map_or_else(
                    || "• ".to_owned(),
                    |start| format!("{}. ", start.saturating_add(nr)),
                );
                part(Some(mark), &line(item), into);
            }
        }
        Block::Table { head, rows, .. } => {
            for row in std::iter::once(head).chain(rows) {
                let cells = row.iter().enumerate().flat_map(|(nr, cell)| {
                    let between = (nr > 0).then(|| Inline::Text(" / ".to_owned()));
                    between.into_iter().chain(cell.iter().cloned())
                });
                part(Some("• ".to_owned()), &cells.collect::<Vec<_>>(), into);
            }
        }
        Block::Rule => {}
    }
}

fn part(mark: Option<String>, text: &[Inline], into: &mut Vec<Inline>) {
    if !into.is_empty() {
        into.push(Inline::Text(" ".to_owned()));
    }
    into.extend(mark.map(Inline::Text));
    into.extend(with_leaves(text, |leaf| match spaced(leaf) {
        // Whether a bar in code must have a backslash before it depends on whether a table is around it.
        Inline::Code(code) if code.contains('|') => Inline::Text(code),
        leaf => leaf,
    }));
}

/// Inlines without the ends of lines in them.
pub(super) fn on_one_line(inlines: &[Inline]) -> Vec<Inline> {
    with_leaves(inlines, spaced)
}

fn spaced(leaf: &Inline) -> Inline {
    match leaf {
        Inline::Break | Inline::SoftBreak => Inline::Text(" ".to_owned()),
        leaf => leaf.clone(),
    }
}

/// The same inlines, with another for each that has no others in it.
fn with_leaves(inlines: &[Inline], change: fn(&Inline) -> Inline) -> Vec<Inline> {
    let changed = |inline: &Inline| match inline {
        Inline::Emphasis(inside) => Inline::Emphasis(with_leaves(inside, change)),
        Inline::Strong(inside) => Inline::Strong(with_leaves(inside, change)),
        Inline::Deleted(inside) => Inline::Deleted(with_leaves(inside, change)),
        Inline::Link { url, text } => Inline::Link {
            url: url.clone(),
            text: with_leaves(text, change),
        },
        leaf => change(leaf),
    };
    inlines.iter().map(changed).collect()
}

/// Prose without emphasis in it.
pub(super) fn without_emphasis(blocks: &[Block]) -> Vec<Block> {
    let row = |cells: &Vec<Vec<Inline>>| cells.iter().map(|cell| plain(cell)).collect();
    let block = |block: &Block| match block {
        Block::Paragraph(text) => Block::Paragraph(plain(text)),
        Block::Heading(level, text) => Block::Heading(*level, plain(text)),
        Block::Quote(inside) => Block::Quote(without_emphasis(inside)),
        Block::List {
            start,
            is_tight,
            items,
        } => Block::List {
            start: *start,
            is_tight: *is_tight,
            items: items.iter().map(|item| without_emphasis(item)).collect(),
        },
        Block::Table { sides, head, rows } => Block::Table {
            sides: sides.clone(),
            head: row(head),
            rows: rows.iter().map(row).collect(),
        },
        Block::Code(_) | Block::Rule => block.clone(),
    };
    blocks.iter().map(block).collect()
}

/// Inlines without emphasis in them.
pub(super) fn plain(inlines: &[Inline]) -> Vec<Inline> {
    let mut without = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Emphasis(inside) | Inline::Strong(inside) | Inline::Deleted(inside) => {
                for inline in plain(inside) {
                    push(&mut without, inline);
                }
            }
            Inline::Link { url, text } => without.push(Inline::Link {
                url: url.clone(),
                text: plain(text),
            }),
            inline => push(&mut without, inline.clone()),
        }
    }
    without
}

/// Whether there is anything in prose but texts: only then it can be written in a way that reads otherwise.
pub(super) fn has_marks(blocks: &[Block]) -> bool {
    let marks_in = |inlines: &Vec<Inline>| {
        let is_text = |inline| {
            matches!(
                inline,
                &Inline::Text(_) | &Inline::SoftBreak | &Inline::Break
            )
        };
        !inlines.iter().all(is_text)
    };
    blocks.iter().any(|block| match block {
        Block::Paragraph(text) | Block::Heading(_, text) => marks_in(text),
        Block::Quote(inside) => has_marks(inside),
        Block::List { items, .. } => items.iter().any(|item| has_marks(item)),
        Block::Table { head, rows, .. } => {
            std::iter::once(head).chain(rows).flatten().any(marks_in)
        }
        Block::Code(_) => true,
        Block::Rule => false,
    })
}

/// What prose says, block by block, without its looks.
pub(super) fn says(blocks: &[Block]) -> Vec<String> {
    let mut said = Vec::new();
    for block in blocks {
        say(block, &mut said);
    }
    said
}

fn say(block: &Block, said: &mut Vec<String>) {
    match block {
        Block::Paragraph(text) => said.push(words(text)),
        Block::Heading(level, text) => said.push(format!("h{level} {}", words(text))),
        Block::Quote(inside) => {
            said.extend(says(inside).into_iter().map(|line| format!("> {line}")));
        }
        Block::Code(code) => said.push(format!("code {}", code.trim_end())),
        Block::List { items, .. } => {
            for item in items {
                said.extend(says(item).into_iter().map(|line| format!("- {line}")));
            }
        }
        Block::Table { head, rows, .. } => {
            for row in std::iter::once(head).chain(rows) {
                said.push(
                    row.iter()
                        .map(|cell| words(cell))
                        .collect::<Vec<_>>()
                        .join(" | "),
                );
            }
        }
        Block::Rule => said.push("rule".to_owned()),
    }
}

/// Whether there is nothing to see of prose.
pub(super) fn says_nothing(blocks: &[Block]) -> bool {
    blocks.iter().all(|block| match block {
        Block::Paragraph(text) | Block::Heading(_, text) => words(text).is_empty(),
        Block::Quote(inside) => says_nothing(inside),
        Block::List { .. } | Block::Code(_) | Block::Table { .. } | Block::Rule => false,
    })
}

fn words(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        add_words(inline, &mut text);
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn add_words(inline: &Inline, into: &mut String) {
    match inline {
        Inline::Text(text) | Inline::Code(text) => into.push_str(&escape::clean(text)),
        Inline::Emphasis(inside)
        | Inline::Strong(inside)
        | Inline::Deleted(inside)
        | Inline::Link { text: inside, .. } => {
            for inline in inside {
                add_words(inline, into);
            }
        }
        Inline::SoftBreak | Inline::Break => into.push(' '),
    }
}
