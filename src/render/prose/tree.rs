//! Parsing of prose into the tree that documents are written from.
//!
//! Raw HTML becomes plain text, a link to anything but the web or mail becomes its text, an image becomes a link (a document
//! fetches nothing), and a citation becomes a link to the literature list.

use std::iter;

use comrak::nodes::{ListType, Node, NodeList, NodeTable, NodeValue};
use comrak::{Arena, parse_document};

use super::{Block, Citation, Inline, References, Style, append, flat};
use crate::plan::literature;
use crate::render::escape;
use crate::value::{markdown_options, one_line, web_address};

/// The maximum nesting depth; anything deeper is reduced to its text. It bounds every recursion over the tree.
const MAX_DEPTH: usize = 24;

const LOWEST_HEADING: u8 = 6;

/// Surrounds the number of a citation while the text is parsed. No text contains it, because it is a control character.
const CITED: char = '\u{1d}';

/// Parses prose, or shows it as plain paragraphs under a note when it exceeds the budget.
pub(super) fn read(text: &str, references: &dyn References) -> Vec<Block> {
    if references.may_read(text) {
        return parse(text, &|id| references.work(id));
    }
    let paragraphs = text.split("\n\n").map(one_line);
    iter::once(references.too_long().to_owned())
        .chain(paragraphs.filter(|text| !text.is_empty()))
        .map(|text| Block::Paragraph(vec![Inline::Text(text)]))
        .collect()
}

/// Parses prose, looking up citations with `work`.
pub(super) fn parse(text: &str, work: &dyn Fn(&str) -> Option<Citation>) -> Vec<Block> {
    let (text, citations) = extract_citations(text, work);
    let arena = Arena::new();
    let root = parse_document(&arena, &text, &markdown_options());
    Reader { citations }.blocks(root, 0)
}

/// A citation as written in the plan and as shown in the document.
struct Cited {
    written: String,
    shown: Vec<Inline>,
}

/// Replaces the citations of known literature by numbers, so that the parser finds no Markdown inside them. Citations of
/// unknown literature stay as written.
fn extract_citations(text: &str, work: &dyn Fn(&str) -> Option<Citation>) -> (String, Vec<Cited>) {
    let text = text.replace(CITED, "");
    let mut citations = Vec::new();
    let mut extracted = String::with_capacity(text.len());
    let mut end = 0;
    for citation in literature::citations(&text) {
        let Some(shown) = shown(&citation.ids, work) else {
            continue;
        };
        extracted.push_str(text.get(end..citation.range.start).unwrap_or_default());
        extracted.push_str(&format!("{CITED}{}{CITED}", citations.len()));
        end = citation.range.end;
        let written = text.get(citation.range).unwrap_or_default().to_owned();
        citations.push(Cited { written, shown });
    }
    extracted.push_str(text.get(end..).unwrap_or_default());
    (extracted, citations)
}

/// A citation as shown: "(Tonnon e.a., 2019; Fleuren, 2012)".
fn shown(ids: &[&str], work: &dyn Fn(&str) -> Option<Citation>) -> Option<Vec<Inline>> {
    let works: Vec<_> = ids.iter().map(|id| work(id)).collect();
    if works.iter().all(Option::is_none) {
        return None;
    }
    let mut inlines = Vec::new();
    let mut before = "(";
    for (id, work) in ids.iter().zip(works) {
        let inline = match work {
            Some(Citation { url: None, short }) => Inline::Text(short),
            Some(Citation {
                url: Some(url),
                short,
            }) => Inline::Link {
                url,
                text: vec![Inline::Text(short)],
            },
            None => Inline::Text(format!("@{id}")),
        };
        append(&mut inlines, [Inline::Text(before.to_owned()), inline]);
        before = "; ";
    }
    append(&mut inlines, [Inline::Text(")".to_owned())]);
    Some(inlines)
}

struct Reader {
    citations: Vec<Cited>,
}

impl Reader {
    fn blocks(&self, parent: Node<'_>, depth: usize) -> Vec<Block> {
        if depth > MAX_DEPTH {
            return vec![Block::Paragraph(self.text(&text_content(parent)))];
        }
        let children = parent.children();
        children.map(|node| self.block(node, depth)).collect()
    }

    fn block(&self, node: Node<'_>, depth: usize) -> Block {
        match &node.data().value {
            NodeValue::Heading(heading) => Block::Heading(heading.level, self.inlines(node, depth)),
            NodeValue::List(list) => self.list(node, list, depth),
            NodeValue::BlockQuote => Block::Quote(self.blocks(node, depth + 1)),
            NodeValue::CodeBlock(code) => {
                Block::Code(escape::code(&self.as_written(&code.literal)))
            }
            NodeValue::HtmlBlock(html) => Block::Paragraph(self.lines(&html.literal)),
            NodeValue::ThematicBreak => Block::Rule,
            NodeValue::Table(table) => self.table(node, table, depth),
            _ => Block::Paragraph(self.inlines(node, depth)),
        }
    }

    fn list(&self, node: Node<'_>, list: &NodeList, depth: usize) -> Block {
        let items = node.children().map(|item| {
            let mut blocks = self.blocks(item, depth + 1);
            if let NodeValue::TaskItem(task) = &item.data().value {
                let is_done = task.symbol.is_some();
                let sign = Inline::Text(if is_done { "☑ " } else { "☐ " }.to_owned());
                match blocks.first_mut() {
                    Some(Block::Paragraph(text)) => text.insert(0, sign),
                    _ => blocks.insert(0, Block::Paragraph(vec![sign])),
                }
            }
            // In Markdown, empty list markers may combine into a rule, or turn the line above them into a heading.
            if flat::is_blank(&blocks) {
                blocks = vec![Block::Paragraph(vec![Inline::Text("–".to_owned())])];
            }
            blocks
        });
        Block::List {
            start: (list.list_type == ListType::Ordered).then_some(list.start),
            is_tight: list.tight,
            items: items.collect(),
        }
    }

    fn table(&self, node: Node<'_>, table: &NodeTable, depth: usize) -> Block {
        let row = |row: Node<'_>| {
            let cells = row.children();
            cells.map(|cell| self.inlines(cell, depth)).collect()
        };
        Block::Table {
            alignments: table.alignments.clone(),
            rows: node.children().map(row).collect(),
        }
    }

    fn inlines(&self, parent: Node<'_>, depth: usize) -> Vec<Inline> {
        if depth > MAX_DEPTH {
            return self.text(&text_content(parent));
        }
        let mut inlines = Vec::new();
        for node in parent.children() {
            append(&mut inlines, self.inline(node, depth));
        }
        inlines
    }

    fn inline(&self, node: Node<'_>, depth: usize) -> Vec<Inline> {
        let inside = || self.inlines(node, depth + 1);
        let inline = match &node.data().value {
            NodeValue::Text(text) => return self.text(text),
            NodeValue::HtmlInline(html) => return self.text(html),
            NodeValue::Code(code) => {
                let code = escape::clean(&self.as_written(&code.literal)).into_owned();
                // Markdown cannot express blank code.
                if code.trim().is_empty() {
                    Inline::Text(code)
                } else {
                    Inline::Code(code)
                }
            }
            NodeValue::Emph => Inline::Styled(Style::Emphasis, inside()),
            NodeValue::Strong => Inline::Styled(Style::Strong, inside()),
            NodeValue::Strikethrough => Inline::Styled(Style::Deleted, inside()),
            NodeValue::SoftBreak => Inline::SoftBreak,
            NodeValue::LineBreak => Inline::Break,
            NodeValue::Link(link) | NodeValue::Image(link) => {
                let mut text = inside();
                let Some(url) = safe_url(&self.as_written(&link.url)) else {
                    return text;
                };
                if text.is_empty() {
                    text.push(Inline::Text(link.url.clone()));
                }
                // Links cannot nest: an image or citation inside this one is reduced to its text.
                let is_link = |inline: &Inline| matches!(inline, Inline::Link { .. });
                Inline::Link {
                    url,
                    text: flat::unwrapped(text, is_link),
                }
            }
            _ => return inside(),
        };
        vec![inline]
    }

    /// Raw HTML as plain text, line by line.
    fn lines(&self, html: &str) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for line in html.trim_end().lines() {
            if !inlines.is_empty() {
                inlines.push(Inline::Break);
            }
            append(&mut inlines, self.text(line));
        }
        inlines
    }

    /// A text with its citations as shown.
    fn text(&self, text: &str) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for (nr, piece) in text.split(CITED).enumerate() {
            match self.citation(nr, piece) {
                Some(cited) => append(&mut inlines, cited.shown.iter().cloned()),
                None if piece.is_empty() => {}
                None => append(&mut inlines, [Inline::Text(piece.to_owned())]),
            }
        }
        inlines
    }

    /// A text with its citations as written.
    fn as_written(&self, text: &str) -> String {
        let piece = |(nr, piece)| {
            let cited = self.citation(nr, piece);
            cited.map_or(piece, |cited| cited.written.as_str())
        };
        text.split(CITED).enumerate().map(piece).collect()
    }

    /// The citation for one piece of a text: every other piece is the number of one.
    fn citation(&self, nr: usize, piece: &str) -> Option<&Cited> {
        if nr.is_multiple_of(2) {
            return None;
        }
        self.citations.get(piece.parse::<usize>().ok()?)
    }
}

/// All text in a node, without its markup.
fn text_content(node: Node<'_>) -> String {
    let mut text = String::new();
    for node in node.descendants() {
        match &node.data().value {
            NodeValue::Text(more) => text.push_str(more),
            NodeValue::HtmlInline(more) => text.push_str(more),
            NodeValue::HtmlBlock(html) => text.push_str(&html.literal),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::CodeBlock(code) => text.push_str(&code.literal),
            value if value.block() && !text.is_empty() => text.push(' '),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Percent-encodes a web or mail address so that it is valid in both formats. Returns `None` for other schemes.
pub(crate) fn safe_url(url: &str) -> Option<String> {
    let url = web_address(url)?;
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        if escape::is_dropped(c) || c.is_whitespace() || "<>\"'`()[]{}|\\^*".contains(c) {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                safe.push_str(&format!("%{byte:02X}"));
            }
        } else {
            safe.push(c);
        }
    }
    Some(safe)
}

/// Renumbers the headings from level `top` down, without gaps. A heading inside another block, or below level 6, becomes a
/// bold line: it would not fit in the document's outline.
pub(super) fn fit_headings(blocks: &mut [Block], top: u8) {
    let mut open: Vec<u8> = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(_, text) if top > LOWEST_HEADING => {
                let text = std::mem::take(text);
                *block = Block::Paragraph(vec![Inline::Styled(Style::Strong, text)]);
            }
            Block::Heading(level, _) => {
                open.retain(|above| above < level);
                let depth = u8::try_from(open.len()).unwrap_or(LOWEST_HEADING);
                open.push(*level);
                *level = top.saturating_add(depth).min(LOWEST_HEADING);
            }
            Block::Quote(inside) => fit_headings(inside, u8::MAX),
            Block::List { items, .. } => items
                .iter_mut()
                .for_each(|item| fit_headings(item, u8::MAX)),
            _ => {}
        }
    }
}
