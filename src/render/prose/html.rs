//! Prose as HTML.

use comrak::nodes::TableAlignment;

use super::{Block, Inline};
use crate::render::escape;
use crate::render::tags::without_tags;

/// Writes blocks as running text.
pub(super) fn blocks(blocks: &[Block]) -> String {
    several(blocks, false)
}

/// Writes the contents of a table cell: a single paragraph gets no element of its own.
pub(super) fn cell(blocks: &[Block]) -> String {
    let html = several(blocks, blocks.len() == 1);
    html.trim_end().to_owned()
}

fn several(blocks: &[Block], is_tight: bool) -> String {
    let blocks = blocks.iter();
    blocks.map(|block| one(block, is_tight) + "\n").collect()
}

fn one(block: &Block, is_tight: bool) -> String {
    match block {
        Block::Paragraph(text) if is_tight => inlines(text),
        Block::Paragraph(text) => element("p", text),
        Block::Heading(level, text) => element(&format!("h{level}"), text),
        Block::List {
            start,
            is_tight,
            items,
        } => list(*start, *is_tight, items),
        Block::Quote(inside) => format!("<blockquote>\n{}</blockquote>", several(inside, false)),
        Block::Code(code) => {
            let code = escape::html_verbatim(code.trim_end());
            // Wide code scrolls, and a scrollable region must be focusable.
            format!("<pre tabindex=\"0\"><code>{code}</code></pre>")
        }
        Block::Table { alignments, rows } => table(alignments, rows),
        Block::Rule => "<hr>".to_owned(),
    }
}

fn list(start: Option<usize>, is_tight: bool, items: &[Vec<Block>]) -> String {
    let name = if start.is_some() { "ol" } else { "ul" };
    let start = start.filter(|start| *start != 1);
    let start = start.map(|start| format!(" start=\"{start}\""));
    let item = |item: &Vec<Block>| {
        let blocks = several(item, is_tight);
        format!("<li>{}</li>\n", blocks.trim_end())
    };
    let items: String = items.iter().map(item).collect();
    format!("<{name}{}>\n{items}</{name}>", start.unwrap_or_default())
}

/// A table that is a list of cards on a phone, like the tables of the vocabulary.
fn table(alignments: &[TableAlignment], rows: &[Vec<Vec<Inline>>]) -> String {
    let class = |nr: usize| match alignments.get(nr) {
        Some(TableAlignment::Center) => " class=\"centred\"",
        Some(TableAlignment::Right) => " class=\"right\"",
        _ => "",
    };
    let (head, body) = rows.split_at(rows.len().min(1));
    let heads: Vec<String> = head.iter().flatten().map(|cell| inlines(cell)).collect();
    let mut head = String::new();
    for (nr, text) in heads.iter().enumerate() {
        head += &format!("<th scope=\"col\"{}>{text}</th>", class(nr));
    }
    let heads: Vec<String> = heads
        .iter()
        .map(|head| without_tags(head, |_| false))
        .collect();
    let row = |cells: &Vec<Vec<Inline>>| {
        let cells = cells.iter().enumerate().map(|(nr, cell)| {
            let head = heads.get(nr).map_or("", String::as_str);
            format!(
                "<td{} data-head=\"{head}\">{}</td>",
                class(nr),
                inlines(cell)
            )
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    format!(
        "<table>\n<thead><tr>{head}</tr></thead>\n\
         <tbody>\n{}</tbody></table>",
        body.iter().map(row).collect::<String>(),
    )
}

fn element(name: &str, inside: &[Inline]) -> String {
    format!("<{name}>{}</{name}>", inlines(inside))
}

fn inlines(inlines: &[Inline]) -> String {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => escape::html(text).into_owned(),
        Inline::Code(code) => format!("<code>{}</code>", escape::html(code)),
        Inline::Styled(style, inside) => element(style.element(), inside),
        Inline::Link { url, text } => {
            format!("<a href=\"{}\">{}</a>", escape::html(url), inlines(text))
        }
        Inline::SoftBreak => "\n".to_owned(),
        Inline::Break => "<br>\n".to_owned(),
    }
}
