//! Prose as HTML.

use super::{Block, Inline, Side};
use crate::render::escape;

/// Blocks one below the other.
pub(super) fn blocks(blocks: &[Block], table_label: &str) -> String {
    let mut writer = Writer {
        html: String::new(),
        table_label,
    };
    writer.blocks(blocks, false);
    writer.html
}

/// The contents of a cell: a single paragraph stands in it as it is.
pub(super) fn cell(blocks: &[Block], table_label: &str) -> String {
    let mut writer = Writer {
        html: String::new(),
        table_label,
    };
    writer.blocks(blocks, blocks.len() == 1);
    writer.html.trim_end().to_owned()
}

struct Writer<'l> {
    html: String,
    table_label: &'l str,
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block], is_tight: bool) {
        for block in blocks {
            self.block(block, is_tight);
            self.html.push('\n');
        }
    }

    fn block(&mut self, block: &Block, is_tight: bool) {
        match block {
            Block::Paragraph(text) if is_tight => self.inlines(text),
            Block::Paragraph(text) => self.element("p", text),
            Block::Heading(level, text) => self.element(&format!("h{level}"), text),
            Block::List {
                start,
                is_tight,
                items,
            } => self.list(*start, *is_tight, items),
            Block::Quote(inside) => {
                self.html.push_str("<blockquote>\n");
                self.blocks(inside, false);
                self.html.push_str("</blockquote>");
            }
            Block::Code(code) => {
                let lines: Vec<String> = code.trim_end().lines().map(code_line).collect();
                // What is wider than the page scrolls, and what scrolls must be within reach of the keyboard.
                self.html.push_str("<pre tabindex=\"0\"><code>");
                self.html.push_str(&lines.join("\n"));
                self.html.push_str("</code></pre>");
            }
            Block::Table { sides, head, rows } => self.table(sides, head, rows),
            Block::Rule => self.html.push_str("<hr>"),
        }
    }

    fn element(&mut self, name: &str, text: &[Inline]) {
        self.html.push_str(&format!("<{name}>"));
        self.inlines(text);
        self.html.push_str(&format!("</{name}>"));
    }

    fn list(&mut self, start: Option<usize>, is_tight: bool, items: &[Vec<Block>]) {
        let name = if start.is_some() { "ol" } else { "ul" };
        match start {
            Some(start) if start != 1 => self.html.push_str(&format!("<ol start=\"{start}\">\n")),
            _ => self.html.push_str(&format!("<{name}>\n")),
        }
        for item in items {
            self.html.push_str("<li>");
            self.blocks(item, is_tight);
            self.html.truncate(self.html.trim_end().len());
            self.html.push_str("</li>\n");
        }
        self.html.push_str(&format!("</{name}>"));
    }

    fn table(&mut self, sides: &[Side], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        let classes = sides.iter().map(|side| match side {
            Side::Unsaid | Side::Left => "",
            Side::Middle => " class=\"centred\"",
            Side::Right => " class=\"right\"",
        });
        // A row has no more cells than the head of its table.
        let classes: Vec<&str> = classes
            .chain(std::iter::repeat(""))
            .take(head.len())
            .collect();
        let label = escape::html(self.table_label);
        let opening = format!(
            "<div class=\"table-region\" role=\"group\" tabindex=\"0\" aria-label=\"{label}\"><table>\n<thead><tr>"
        );
        self.html.push_str(&opening);
        for (cell, class) in head.iter().zip(&classes) {
            self.html.push_str(&format!("<th scope=\"col\"{class}>"));
            self.inlines(cell);
            self.html.push_str("</th>");
        }
        self.html.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.html.push_str("<tr>");
            for (cell, class) in row.iter().zip(&classes) {
                self.html.push_str(&format!("<td{class}>"));
                self.inlines(cell);
                self.html.push_str("</td>");
            }
            self.html.push_str("</tr>\n");
        }
        self.html.push_str("</tbody></table></div>");
    }

    /// A text. What is longer than any word stands apart: only that may break anywhere, or a column of a table would be as
    /// narrow as a letter.
    fn text(&mut self, text: &str) {
        if !text.split(' ').any(is_long) {
            return self.html.push_str(&escape::html(text));
        }
        for (nr, piece) in text.split(' ').enumerate() {
            if nr > 0 {
                self.html.push(' ');
            }
            let shown = escape::html(piece);
            if is_long(piece) {
                self.html
                    .push_str(&format!("<span class=\"long\">{shown}</span>"));
            } else {
                self.html.push_str(&shown);
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.text(text),
                Inline::Code(code) => self
                    .html
                    .push_str(&format!("<code>{}</code>", escape::html(code))),
                Inline::Emphasis(inside) => self.element("em", inside),
                Inline::Strong(inside) => self.element("strong", inside),
                Inline::Deleted(inside) => self.element("del", inside),
                Inline::Link { url, text } => {
                    self.html
                        .push_str(&format!("<a href=\"{}\">", escape::html(url)));
                    self.inlines(text);
                    self.html.push_str("</a>");
                }
                Inline::SoftBreak => self.html.push('\n'),
                Inline::Break => self.html.push_str("<br>\n"),
            }
        }
    }
}

/// Whether a piece of text is longer than words are.
fn is_long(piece: &str) -> bool {
    const LONGEST_WORD: usize = 36;
    piece.len() > LONGEST_WORD
}

/// A line of code: its white space counts.
fn code_line(line: &str) -> String {
    line.split(' ')
        .map(escape::html)
        .collect::<Vec<_>>()
        .join(" ")
}
