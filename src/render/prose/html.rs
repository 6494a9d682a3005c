//! Prose as HTML.

use comrak::nodes::TableAlignment;

use super::{Block, Inline};
use crate::render::escape;

/// Writes blocks as running text.
pub(super) fn blocks(blocks: &[Block], table_label: &str) -> String {
    Writer { table_label }.blocks(blocks, false)
}

/// Writes the contents of a table cell: a single paragraph gets no element of its own.
pub(super) fn cell(blocks: &[Block], table_label: &str) -> String {
    let html = Writer { table_label }.blocks(blocks, blocks.len() == 1);
    html.trim_end().to_owned()
}

struct Writer<'l> {
    table_label: &'l str,
}

impl Writer<'_> {
    fn blocks(&self, blocks: &[Block], is_tight: bool) -> String {
        let blocks = blocks.iter();
        blocks
            .map(|block| self.block(block, is_tight) + "\n")
            .collect()
    }

    fn block(&self, block: &Block, is_tight: bool) -> String {
        match block {
            Block::Paragraph(text) if is_tight => inlines(text),
            Block::Paragraph(text) => element("p", text),
            Block::Heading(level, text) => element(&format!("h{level}"), text),
            Block::List {
                start,
                is_tight,
                items,
            } => self.list(*start, *is_tight, items),
            Block::Quote(inside) => {
                format!("<blockquote>\n{}</blockquote>", self.blocks(inside, false))
            }
            Block::Code(code) => {
                let code = escape::html_verbatim(code.trim_end());
                // Wide code scrolls, and a scrollable region must be focusable.
                format!("<pre tabindex=\"0\"><code>{code}</code></pre>")
            }
            Block::Table { alignments, rows } => self.table(alignments, rows),
            Block::Rule => "<hr>".to_owned(),
        }
    }

    fn list(&self, start: Option<usize>, is_tight: bool, items: &[Vec<Block>]) -> String {
        let name = if start.is_some() { "ol" } else { "ul" };
        let start = start.filter(|start| *start != 1);
        let start = start.map(|start| format!(" start=\"{start}\""));
        let item = |item: &Vec<Block>| {
            let blocks = self.blocks(item, is_tight);
            format!("<li>{}</li>\n", blocks.trim_end())
        };
        let items: String = items.iter().map(item).collect();
        format!("<{name}{}>\n{items}</{name}>", start.unwrap_or_default())
    }

    fn table(&self, alignments: &[TableAlignment], rows: &[Vec<Vec<Inline>>]) -> String {
        let row = |cells: &Vec<Vec<Inline>>, name: &str, scope: &str| -> String {
            let cells = cells.iter().enumerate().map(|(nr, cell)| {
                let class = match alignments.get(nr) {
                    Some(TableAlignment::Center) => " class=\"centred\"",
                    Some(TableAlignment::Right) => " class=\"right\"",
                    _ => "",
                };
                format!("<{name}{scope}{class}>{}</{name}>", inlines(cell))
            });
            format!("<tr>{}</tr>", cells.collect::<String>())
        };
        let (head, body) = rows.split_at(rows.len().min(1));
        let head = head.iter().map(|cells| row(cells, "th", " scope=\"col\""));
        let body = body.iter().map(|cells| row(cells, "td", "") + "\n");
        format!(
            "<div class=\"table-region\" role=\"group\" tabindex=\"0\" aria-label=\"{}\"><table>\n\
             <thead>{}</thead>\n<tbody>\n{}</tbody></table></div>",
            escape::html(self.table_label),
            head.collect::<String>(),
            body.collect::<String>(),
        )
    }
}

fn element(name: &str, inside: &[Inline]) -> String {
    format!("<{name}>{}</{name}>", inlines(inside))
}

fn inlines(inlines: &[Inline]) -> String {
    inlines.iter().map(inline).collect()
}

fn inline(inline: &Inline) -> String {
    match inline {
        Inline::Text(text) => breakable(text),
        Inline::Code(code) => format!("<code>{}</code>", escape::html(code)),
        Inline::Styled(style, inside) => element(style.element(), inside),
        Inline::Link { url, text } => {
            format!("<a href=\"{}\">{}</a>", escape::html(url), inlines(text))
        }
        Inline::SoftBreak => "\n".to_owned(),
        Inline::Break => "<br>\n".to_owned(),
    }
}

/// Escapes a text and marks its overlong words. Only those may break anywhere: if all words did, a table column could become
/// one letter wide.
fn breakable(text: &str) -> String {
    const LONGEST_WORD: usize = 36;
    let is_long = |word: &str| word.len() > LONGEST_WORD;
    if !text.split(' ').any(is_long) {
        return escape::html(text).into_owned();
    }
    let words = text.split(' ').map(|word| {
        let escaped = escape::html(word);
        if is_long(word) {
            format!("<span class=\"long\">{escaped}</span>")
        } else {
            escaped.into_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
