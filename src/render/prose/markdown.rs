//! Prose as Markdown, so that whoever reads it again, a person or a program, finds what the author wrote and nothing of it
//! reaches past its place in the document.

use super::{Block, Citation, Inline, References, Side, flat, tree};
use crate::render::escape::{self, Position};

/// Blocks one below the other.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let written = write_blocks(blocks, "\n\n");
    if !flat::has_marks(blocks) || says_so(&written, &flat::says(blocks)) {
        written
    } else {
        write_blocks(&flat::without_emphasis(blocks), "\n\n")
    }
}

/// Inlines on one line.
pub(super) fn line(inlines: &[Inline]) -> String {
    let paragraph = [Block::Paragraph(inlines.to_vec())];
    let written = write_inlines(inlines, true);
    if flat::has_marks(&paragraph) && says_so(&written, &flat::says(&paragraph)) {
        escape::cell(&written)
    } else {
        escape::cell(&write_inlines(&flat::plain(inlines), true))
    }
}

/// Marks of emphasis that stand close together can be read in more than one way. So what was written is read again, and if it
/// does not say the same, it is written without emphasis.
fn says_so(written: &str, said: &[String]) -> bool {
    flat::says(&tree::read(&format!("{written}\n"), &NoReferences)) == said
}

/// Citations have become links by now.
struct NoReferences;

impl References for NoReferences {
    fn work(&self, _: &str) -> Option<Citation> {
        None
    }

    fn table_label(&self) -> &'static str {
        ""
    }

    fn may_read(&self, _: &str) -> bool {
        true
    }

    fn too_long(&self) -> &'static str {
        ""
    }
}

fn write_blocks(blocks: &[Block], between: &str) -> String {
    let mut markdown = String::new();
    let mut previous: Option<(&Block, bool)> = None;
    for block in blocks {
        // Two lists in a row are told apart by their marks only.
        let other_mark = matches!(
            (previous, block),
            (Some((Block::List { start: before, .. }, false)), Block::List { start, .. }) if before.is_some() == start.is_some()
        );
        if let Some((before, _)) = previous {
            markdown.push_str(if can_follow(before, block) {
                between
            } else {
                "\n\n"
            });
        }
        markdown.push_str(&write_block(block, other_mark));
        previous = Some((block, other_mark));
    }
    markdown
}

fn write_block(block: &Block, other_mark: bool) -> String {
    match block {
        Block::Paragraph(text) => write_inlines(text, true).trim().to_owned(),
        Block::Heading(level, text) => {
            let marks = "#".repeat(usize::from(*level));
            format!(
                "{marks} {}",
                write_inlines(&flat::on_one_line(text), false).trim()
            )
        }
        Block::List {
            start,
            is_tight,
            items,
        } => write_list(*start, *is_tight, items, other_mark),
        Block::Quote(inside) => indented(&write_blocks(inside, "\n\n"), "> ", "> "),
        Block::Code(code) => fenced(code),
        Block::Table { sides, head, rows } => write_table(sides, head, rows),
        // A line of hyphens or asterisks could be taken for an item of the list that it stands in.
        Block::Rule => "___".to_owned(),
    }
}

fn write_list(
    start: Option<usize>,
    is_tight: bool,
    items: &[Vec<Block>],
    other_mark: bool,
) -> String {
    let items = items.iter().enumerate().map(|(nr, item)| {
        let mark = match (start, other_mark) {
            (None, false) => "- ".to_owned(),
            (None, true) => "* ".to_owned(),
            (Some(start), false) => format!("{}. ", start.saturating_add(nr)),
            (Some(start), true) => format!("{}) ", start.saturating_add(nr)),
        };
        let blocks = write_blocks(item, if is_tight { "\n" } else { "\n\n" });
        indented(&blocks, &mark, &" ".repeat(mark.len()))
    });
    items
        .collect::<Vec<_>>()
        .join(if is_tight { "\n" } else { "\n\n" })
}

fn write_table(sides: &[Side], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> String {
    let row = |cells: &[Vec<Inline>]| {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| escape::cell(&write_inlines(cell, true)))
            .collect();
        format!("| {} |", cells.join(" | "))
    };
    let marks = sides.iter().map(|side| match side {
        Side::Unsaid => " --- |",
        Side::Left => " :-- |",
        Side::Middle => " :-: |",
        Side::Right => " --: |",
    });
    let marks: String = marks
        .chain(std::iter::repeat(" --- |"))
        .take(head.len())
        .collect();
    let line = format!("|{marks}");
    let rows = [row(head), line]
        .into_iter()
        .chain(rows.iter().map(|cells| row(cells)));
    rows.collect::<Vec<_>>().join("\n")
}

fn write_inlines(inlines: &[Inline], starts_line: bool) -> String {
    let mut markdown = String::new();
    let mut starts_line = starts_line;
    let mut rest = inlines;
    while let [inline, following @ ..] = rest {
        rest = following;
        let is_break = matches!(inline, Inline::SoftBreak | Inline::Break);
        match inline {
            Inline::Text(text) => markdown.push_str(&text_before(text, starts_line, rest)),
            Inline::Code(code) => markdown.push_str(&code_span(code)),
            Inline::Emphasis(inside) => markdown.push_str(&marked("*", inside)),
            Inline::Strong(inside) => markdown.push_str(&marked("**", inside)),
            Inline::Deleted(inside) => markdown.push_str(&marked("~~", inside)),
            Inline::Link { url, text } if is_bare(url, text) && stands_apart(&markdown, rest) => {
                markdown.push_str(url);
            }
            Inline::Link { url, text } => {
                let text = write_inlines(text, false);
                markdown.push_str(&format!("[{text}]({})", url.replace('&', "\\&")));
            }
            Inline::SoftBreak => markdown.push('\n'),
            Inline::Break => markdown.push_str("\\\n"),
        }
        starts_line = is_break;
    }
    markdown
}

fn marked(mark: &str, inside: &[Inline]) -> String {
    format!("{mark}{}{mark}", write_inlines(inside, false))
}

/// Whether an address can stand there as it is, and be a link by that alone.
fn is_bare(url: &str, text: &[Inline]) -> bool {
    let is_harmless = |c: char| c.is_ascii_alphanumeric() || "/.-?=%#:".contains(c);
    url.starts_with("http")
        && url.chars().all(is_harmless)
        && url.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/')
        && matches!(text, [Inline::Text(text)] if text == url)
}

/// Whether an address that would be written now has nothing before or behind it that could be read as a part of it.
fn stands_apart(before: &str, behind: &[Inline]) -> bool {
    let is_over = match behind {
        [] | [Inline::SoftBreak | Inline::Break, ..] => true,
        [Inline::Text(text), more @ ..] => {
            let text = text.trim_start_matches(['.', ',', ';', ':', '!', '?', ')']);
            text.starts_with(' ') || (text.is_empty() && stands_apart(before, more))
        }
        _ => false,
    };
    is_over && (before.is_empty() || before.ends_with([' ', '\n', '(']))
}

/// A text as it is written before what follows it.
fn text_before(text: &str, starts_line: bool, following: &[Inline]) -> String {
    let text = if starts_line { text.trim_start() } else { text };
    let text = if matches!(following, [Inline::Break, ..]) {
        text.trim_end()
    } else {
        text
    };
    let before_link = matches!(following, [Inline::Link { .. }, ..]);
    escape::markdown(
        text,
        Position {
            starts_line,
            before_link,
        },
    )
}

/// Whether a block can stand on the next line, without a blank one between.
fn can_follow(before: &Block, block: &Block) -> bool {
    matches!(before, Block::Paragraph(_))
        && matches!(
            block,
            Block::List {
                start: None | Some(1),
                ..
            }
        )
}

/// Lines behind a mark: the first behind `first`, the others behind `others`.
fn indented(lines: &str, first: &str, others: &str) -> String {
    let mut indented = String::with_capacity(lines.len() + first.len());
    for (nr, line) in lines.split('\n').enumerate() {
        if nr > 0 {
            indented.push('\n');
        }
        let mark = if nr == 0 { first } else { others };
        indented.push_str(if line.is_empty() {
            mark.trim_end()
        } else {
            mark
        });
        indented.push_str(line);
    }
    indented
}

fn fenced(code: &str) -> String {
    let fence = "`".repeat(longest_run(code).max(2) + 1);
    format!("{fence}\n{}\n{fence}", code.trim_end())
}

fn code_span(code: &str) -> String {
    let fence = "`".repeat(longest_run(code) + 1);
    let needs_room = code.starts_with(['`', ' ']) || code.ends_with(['`', ' ']);
    let room = if needs_room { " " } else { "" };
    format!("{fence}{room}{code}{room}{fence}")
}

/// The most backticks in a row.
fn longest_run(code: &str) -> usize {
    code.split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default()
}
