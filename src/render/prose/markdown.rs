//! Prose as Markdown that any reader, human or program, understands as the author meant it, and that cannot affect the
//! document around it.

use comrak::nodes::TableAlignment;

use super::{Block, Inline, flat, tree};
use crate::render::escape::{self, Position};

/// Writes blocks as running text.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let written = write_blocks(blocks, "\n\n");
    if !flat::has_markup(blocks) || reads_back(&written, blocks) {
        return written;
    }
    let mut blocks = blocks.to_vec();
    flat::without_emphasis(&mut blocks);
    write_blocks(&blocks, "\n\n")
}

/// Writes inlines on one line.
pub(super) fn line(inlines: &[Inline]) -> String {
    let paragraph = [Block::Paragraph(inlines.to_vec())];
    let written = write_inlines(inlines, true);
    if flat::has_markup(&paragraph) && reads_back(&written, &paragraph) {
        escape::cell(&written)
    } else {
        escape::cell(&write_inlines(&flat::plain(inlines), true))
    }
}

/// Whether the Markdown of some blocks parses to the same words again. Adjacent emphasis marks can be ambiguous; the caller
/// then leaves out the emphasis. Citations are links by now.
fn reads_back(markdown: &str, blocks: &[Block]) -> bool {
    let read = tree::parse(&format!("{markdown}\n"), &|_| None);
    flat::outline(&read) == flat::outline(blocks)
}

fn write_blocks(blocks: &[Block], between: &str) -> String {
    let mut markdown = String::new();
    let mut previous: Option<&Block> = None;
    let mut other_mark = false;
    for block in blocks {
        // Adjacent lists are only separate if their markers differ.
        let needs_other = !other_mark
            && matches!(
                (previous, block),
                (Some(Block::List { start: before, .. }), Block::List { start, .. })
                    if before.is_some() == start.is_some()
            );
        let written = write_block(block, needs_other);
        // An empty line at the start of a list item would end the item.
        if written.is_empty() {
            continue;
        }
        other_mark = needs_other;
        if let Some(previous) = previous {
            let is_close = can_follow(previous, block);
            markdown.push_str(if is_close { between } else { "\n\n" });
        }
        markdown.push_str(&written);
        previous = Some(block);
    }
    markdown
}

fn write_block(block: &Block, other_mark: bool) -> String {
    match block {
        Block::Paragraph(text) => write_inlines(text, true).trim().to_owned(),
        Block::Heading(level, text) => {
            let text = write_inlines(&flat::without_breaks(text), false);
            format!("{} {}", "#".repeat(usize::from(*level)), text.trim())
        }
        Block::List {
            start,
            is_tight,
            items,
        } => write_list(*start, *is_tight, items, other_mark),
        Block::Quote(inside) => indented(&write_blocks(inside, "\n\n"), "> ", "> "),
        Block::Code(code) => {
            let fence = "`".repeat(longest_run(code).max(2) + 1);
            let block = format!("{fence}\n{}\n{fence}", code.trim_end());
            // GitLab includes other files in code too, but only where a line starts with it. Indentation as that of the fence is
            // no part of the code.
            if code.lines().any(|line| line.starts_with("::include{")) {
                indented(&block, " ", " ")
            } else {
                block
            }
        }
        Block::Table { alignments, rows } => write_table(alignments, rows),
        // Hyphens or asterisks could be read as an item of a list around the rule.
        Block::Rule => "___".to_owned(),
    }
}

fn write_list(
    start: Option<usize>,
    is_tight: bool,
    items: &[Vec<Block>],
    other_mark: bool,
) -> String {
    let (bullet, delimiter) = if other_mark { ('*', ')') } else { ('-', '.') };
    let between = if is_tight { "\n" } else { "\n\n" };
    let items = items.iter().enumerate().map(|(nr, item)| {
        let mark = start.map_or_else(
            || format!("{bullet} "),
            |start| format!("{}{delimiter} ", start.saturating_add(nr)),
        );
        indented(&write_blocks(item, between), &mark, &" ".repeat(mark.len()))
    });
    items.collect::<Vec<_>>().join(between)
}

fn write_table(alignments: &[TableAlignment], rows: &[Vec<Vec<Inline>>]) -> String {
    let row = |cells: &Vec<Vec<Inline>>| {
        let cells = cells.iter();
        let cells = cells.map(|cell| escape::cell(&write_inlines(cell, true)));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let columns = alignments.iter().map(|alignment| match alignment {
        TableAlignment::None => " --- |",
        TableAlignment::Left => " :-- |",
        TableAlignment::Center => " :-: |",
        TableAlignment::Right => " --: |",
    });
    let mut lines: Vec<String> = rows.iter().map(row).collect();
    lines.insert(
        lines.len().min(1),
        format!("|{}", columns.collect::<String>()),
    );
    lines.join("\n")
}

fn write_inlines(inlines: &[Inline], mut starts_line: bool) -> String {
    let mut markdown = String::new();
    let mut rest = inlines;
    while let [inline, following @ ..] = rest {
        rest = following;
        match inline {
            Inline::Text(text) => markdown.push_str(&text_before(text, starts_line, rest)),
            Inline::Code(code) => markdown.push_str(&code_span(code)),
            Inline::Styled(style, inside) => {
                let (mark, inside) = (style.mark(), write_inlines(inside, false));
                markdown.push_str(&format!("{mark}{inside}{mark}"));
            }
            Inline::Link { url, text } if is_bare(url, text) && is_separate(&markdown, rest) => {
                markdown.push_str(url);
            }
            Inline::Link { url, text } => {
                let text = write_inlines(text, false);
                markdown.push_str(&format!("[{text}]({})", url.replace('&', "\\&")));
            }
            Inline::SoftBreak => markdown.push('\n'),
            Inline::Break => markdown.push_str("\\\n"),
        }
        starts_line = matches!(inline, Inline::SoftBreak | Inline::Break);
    }
    markdown
}

/// Whether an address can be written as it is and still be read as a link.
fn is_bare(url: &str, text: &[Inline]) -> bool {
    let is_harmless = |c: char| c.is_ascii_alphanumeric() || "/.-?=%#:".contains(c);
    url.starts_with("http")
        && url.chars().all(is_harmless)
        && url.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
        && matches!(text, [Inline::Text(text)] if text == url)
}

/// Whether the text around an address cannot be read as part of it. The mark of a break can.
fn is_separate(before: &str, after: &[Inline]) -> bool {
    let is_over = match after {
        [] | [Inline::SoftBreak, ..] => true,
        [Inline::Text(text), more @ ..] => {
            let text = text.trim_start_matches(['.', ',', ';', ':', '!', '?', ')']);
            // Spaces before a break are not written.
            let is_last =
                text.is_empty() || text.trim().is_empty() && matches!(more, [Inline::Break, ..]);
            if is_last {
                is_separate(before, more)
            } else {
                text.starts_with(' ')
            }
        }
        _ => false,
    };
    is_over && (before.is_empty() || before.ends_with([' ', '\n', '(']))
}

/// Escapes a text, given what follows it.
fn text_before(text: &str, starts_line: bool, following: &[Inline]) -> String {
    let text = if starts_line { text.trim_start() } else { text };
    let before_link = matches!(following, [Inline::Link { .. }, ..]);
    let position = Position {
        starts_line,
        before_link,
    };
    match following {
        [Inline::Break, ..] => escape::markdown(text.trim_end(), position),
        _ => escape::markdown(text, position),
    }
}

/// Whether a block can follow another without a blank line between them.
fn can_follow(before: &Block, block: &Block) -> bool {
    let is_list =
        |block| matches!(block, &Block::List { start, .. } if start.is_none_or(|start| start == 1));
    matches!(before, Block::Paragraph(_)) && is_list(block)
}

/// Indents lines: the first by `first`, the rest by `others`.
fn indented(lines: &str, first: &str, others: &str) -> String {
    let lines = lines.split('\n').enumerate().map(|(nr, line)| {
        let mark = if nr == 0 { first } else { others };
        if line.is_empty() {
            mark.trim_end().to_owned()
        } else {
            format!("{mark}{line}")
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn code_span(code: &str) -> String {
    let fence = "`".repeat(longest_run(code) + 1);
    let needs_padding = code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']);
    let padding = if needs_padding { " " } else { "" };
    format!("{fence}{padding}{code}{padding}{fence}")
}

/// The length of the longest run of backticks.
fn longest_run(code: &str) -> usize {
    let runs = code.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or_default()
}
