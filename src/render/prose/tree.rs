//! From the Markdown of a plan to the tree that a document is written from.
//!
//! Here raw HTML becomes the text that it is, a link that does not lead to the web or to mail becomes its text, an image, which
//! would have to be fetched, becomes a link to it, and a citation becomes a link to the literature.

use comrak::nodes::{ListType, Node, NodeList, NodeTable, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use super::{Block, Citation, Inline, References, Side, flat};
use crate::annex::literature;
use crate::render::escape;

/// Deeper than this nobody nests: from here on only the text is left. It keeps every walk over the tree short.
const DEEPEST: usize = 24;

/// The lowest heading.
const LOWEST: u8 = 6;

/// Stands on both sides of the number of a citation, from before the text is parsed until its tree is made. No text holds it:
/// it is a control character.
const CITED: char = '\u{1d}';

/// Reads prose.
pub(super) fn read(text: &str, references: &dyn References) -> Vec<Block> {
    if !references.may_read(text) {
        let paragraphs = text.split("\n\n").filter(|text| !text.trim().is_empty());
        let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let shown = paragraphs.map(|text| Inline::Text(on_one_line(text)));
        // Who wonders where the lists and headings went is told.
        let why = Inline::Text(references.too_long().to_owned());
        return std::iter::once(why)
            .chain(shown)
            .map(|inline| Block::Paragraph(vec![inline]))
            .collect();
    }
    let (text, citations) = set_apart(text, references);
    let arena = Arena::new();
    let root = parse_document(&arena, &text, &options());
    Reader { citations }.blocks(root, 0)
}

/// A citation as it is written and as it is shown.
struct Cited {
    written: String,
    shown: Vec<Inline>,
}

/// Takes the citations of known literature out of a text, so that Markdown finds nothing else in them, and puts their numbers
/// in their place. What cites nothing that is known stays as it is written.
fn set_apart(text: &str, references: &dyn References) -> (String, Vec<Cited>) {
    let text = text.replace(CITED, "");
    let mut citations = Vec::new();
    let mut apart = String::with_capacity(text.len());
    let mut end = 0;
    for citation in literature::citations(&text) {
        let Some(shown) = shown(&citation.ids, references) else {
            continue;
        };
        apart.push_str(text.get(end..citation.range.start).unwrap_or_default());
        apart.push_str(&format!("{CITED}{}{CITED}", citations.len()));
        end = citation.range.end;
        let written = text.get(citation.range).unwrap_or_default().to_owned();
        citations.push(Cited { written, shown });
    }
    apart.push_str(text.get(end..).unwrap_or_default());
    (apart, citations)
}

/// A citation as a reader sees it: "(Tonnon e.a., 2019; Fleuren, 2012)".
fn shown(ids: &[&str], references: &dyn References) -> Option<Vec<Inline>> {
    let works: Vec<_> = ids.iter().map(|id| references.work(id)).collect();
    if works.iter().all(Option::is_none) {
        return None;
    }
    let mut inlines = Vec::new();
    for (nr, (id, work)) in ids.iter().zip(works).enumerate() {
        let before = if nr == 0 { "(" } else { "; " };
        push(&mut inlines, Inline::Text(before.to_owned()));
        let inline = match work {
            Some(Citation {
                url: Some(url),
                short,
            }) => Inline::Link {
                url,
                text: vec![Inline::Text(short)],
            },
            Some(Citation { url: None, short }) => Inline::Text(short),
            None => Inline::Text(format!("@{id}")),
        };
        push(&mut inlines, inline);
    }
    push(&mut inlines, Inline::Text(")".to_owned()));
    Some(inlines)
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options
}

struct Reader {
    citations: Vec<Cited>,
}

impl Reader {
    fn blocks(&self, parent: Node<'_>, depth: usize) -> Vec<Block> {
        if depth > DEEPEST {
            let mut text = Vec::new();
            self.text(&plain(parent), &mut text);
            return vec![Block::Paragraph(text)];
        }
        parent
            .children()
            .map(|node| self.block(node, depth))
            .collect()
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
                let sign = if task.symbol.is_some() {
                    "☑ "
                } else {
                    "☐ "
                };
                match blocks.first_mut() {
                    Some(Block::Paragraph(text)) => text.insert(0, Inline::Text(sign.to_owned())),
                    _ => blocks.insert(0, Block::Paragraph(vec![Inline::Text(sign.to_owned())])),
                }
            }
            // In Markdown, marks with nothing behind them can make a rule together, or a heading of what stands above them.
            if flat::says_nothing(&blocks) {
                blocks = vec![Block::Paragraph(vec![Inline::Text("–".to_owned())])];
            }
            blocks
        });
        let start = (list.list_type == ListType::Ordered).then_some(list.start);
        Block::List {
            start,
            is_tight: list.tight,
            items: items.collect(),
        }
    }

    fn table(&self, node: Node<'_>, table: &NodeTable, depth: usize) -> Block {
        let side = |alignment: &TableAlignment| match alignment {
            TableAlignment::None => Side::Unsaid,
            TableAlignment::Left => Side::Left,
            TableAlignment::Center => Side::Middle,
            TableAlignment::Right => Side::Right,
        };
        let mut rows = node.children().map(|row| {
            row.children()
                .map(|cell| self.inlines(cell, depth))
                .collect()
        });
        Block::Table {
            sides: table.alignments.iter().map(side).collect(),
            head: rows.next().unwrap_or_default(),
            rows: rows.collect(),
        }
    }

    fn inlines(&self, parent: Node<'_>, depth: usize) -> Vec<Inline> {
        let mut inlines = Vec::new();
        if depth > DEEPEST {
            self.text(&plain(parent), &mut inlines);
            return inlines;
        }
        for node in parent.children() {
            self.inline(node, depth, &mut inlines);
        }
        inlines
    }

    fn inline(&self, node: Node<'_>, depth: usize, into: &mut Vec<Inline>) {
        let inside = || self.inlines(node, depth + 1);
        let inline = match &node.data().value {
            NodeValue::Text(text) => return self.text(text, into),
            NodeValue::HtmlInline(html) => return self.text(html, into),
            NodeValue::Code(code) => {
                match escape::clean(&self.as_written(&code.literal)).into_owned() {
                    // Code of nothing but white space shows nothing, and Markdown has no way to write it.
                    blank if blank.trim().is_empty() => Inline::Text(blank),
                    code => Inline::Code(code),
                }
            }
            NodeValue::Emph => Inline::Emphasis(inside()),
            NodeValue::Strong => Inline::Strong(inside()),
            NodeValue::Strikethrough => Inline::Deleted(inside()),
            NodeValue::SoftBreak => Inline::SoftBreak,
            NodeValue::LineBreak => Inline::Break,
            NodeValue::Link(link) | NodeValue::Image(link) => {
                let mut text = inside();
                match safe_url(&self.as_written(&link.url)) {
                    Some(url) => {
                        if text.is_empty() {
                            text.push(Inline::Text(link.url.clone()));
                        }
                        // Links cannot hold links: what was one inside (an image, a citation) is its text here.
                        Inline::Link {
                            url,
                            text: without_links(text),
                        }
                    }
                    None => return text.into_iter().for_each(|inline| push(into, inline)),
                }
            }
            _ => return inside().into_iter().for_each(|inline| push(into, inline)),
        };
        push(into, inline);
    }

    /// Raw HTML as the text that it is, line by line.
    fn lines(&self, html: &str) -> Vec<Inline> {
        let mut inlines = Vec::new();
        for line in html.trim_end().lines() {
            if !inlines.is_empty() {
                inlines.push(Inline::Break);
            }
            self.text(line, &mut inlines);
        }
        inlines
    }

    /// A text, with its citations as they are shown.
    fn text(&self, text: &str, into: &mut Vec<Inline>) {
        for (nr, piece) in text.split(CITED).enumerate() {
            match self.citation(nr, piece) {
                Some(cited) => cited
                    .shown
                    .iter()
                    .for_each(|inline| push(into, inline.clone())),
                None if piece.is_empty() => {}
                None => push(into, Inline::Text(piece.to_owned())),
            }
        }
    }

    /// A text, with its citations as they are written.
    fn as_written(&self, text: &str) -> String {
        let piece = |(nr, piece)| {
            self.citation(nr, piece)
                .map_or(piece, |cited| cited.written.as_str())
        };
        text.split(CITED).enumerate().map(piece).collect()
    }

    /// Every other piece of a text is the number of a citation.
    fn citation(&self, nr: usize, piece: &str) -> Option<&Cited> {
        if nr.is_multiple_of(2) {
            None
        } else {
            self.citations.get(piece.parse::<usize>().ok()?)
        }
    }
}

/// Adds an inline; text behind text is one text.
pub(super) fn push(inlines: &mut Vec<Inline>, inline: Inline) {
    match (inlines.last_mut(), inline) {
        (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(&more),
        (_, inline) => inlines.push(inline),
    }
}

/// Everything that can be read in a node.
fn plain(node: Node<'_>) -> String {
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

/// An address on the web or of mail, written so that it is valid in both formats; nothing for any other.
pub(crate) fn safe_url(url: &str) -> Option<String> {
    let lower = url.to_ascii_lowercase();
    if !["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme))
    {
        return None;
    }
    let mut safe = String::with_capacity(url.len());
    for c in url.chars() {
        let is_plain =
            !escape::is_dropped(c) && !c.is_whitespace() && !"<>\"'`()[]{}|\\^*_~".contains(c);
        if is_plain || c == '_' || c == '~' {
            safe.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                safe.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    Some(safe)
}

fn without_links(inlines: Vec<Inline>) -> Vec<Inline> {
    let mut without = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Link { text, .. } => without_links(text)
                .into_iter()
                .for_each(|inline| push(&mut without, inline)),
            Inline::Emphasis(inside) => without.push(Inline::Emphasis(without_links(inside))),
            Inline::Strong(inside) => without.push(Inline::Strong(without_links(inside))),
            Inline::Deleted(inside) => without.push(Inline::Deleted(without_links(inside))),
            inline => push(&mut without, inline),
        }
    }
    without
}

/// Puts the headings on levels from `top` down, without gaps. A heading inside something else, or too low to be one, is a
/// line in bold: a document must not have headings that belong to nothing.
pub(super) fn settle_headings(blocks: &mut [Block], top: u8) {
    let mut open: Vec<u8> = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(level, text) => {
                open.retain(|above| above < level);
                let depth = u8::try_from(open.len()).unwrap_or(LOWEST);
                open.push(*level);
                if top > LOWEST {
                    *block = bold(std::mem::take(text));
                } else {
                    *level = top.saturating_add(depth).min(LOWEST);
                }
            }
            Block::Quote(inside) => settle_headings(inside, u8::MAX),
            Block::List { items, .. } => items
                .iter_mut()
                .for_each(|item| settle_headings(item, u8::MAX)),
            _ => {}
        }
    }
}

fn bold(text: Vec<Inline>) -> Block {
    Block::Paragraph(vec![Inline::Strong(text)])
}
