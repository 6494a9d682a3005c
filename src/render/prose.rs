//! Prose of a plan (Markdown) as a document shows it.
//!
//! [`tree`] parses prose into a small tree and removes everything that a document must not show, fetch or break on. [`html`]
//! and [`markdown`] only write that tree, so a guarantee for one format holds for the other.

mod flat;
mod html;
mod markdown;
mod text;
mod tree;

use comrak::nodes::TableAlignment;

pub(crate) use tree::safe_url;

use super::Format;

/// The document around a text.
pub trait References {
    /// The citation of the publication with that id, if it is known.
    fn work(&self, id: &str) -> Option<Citation>;

    /// Whether a text may be read as Markdown.
    fn may_read(&self, text: &str) -> bool;

    /// The note above a text that is shown unparsed because it exceeds the budget.
    fn too_long(&self) -> &str;
}

/// A reference to a publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// A link to its entry, if the document contains the literature list.
    pub url: Option<String>,
    /// The text: "Tonnon e.a., 2019".
    pub short: String,
}

#[derive(Debug, Clone, PartialEq)]
enum Block {
    Paragraph(Vec<Inline>),
    Heading(u8, Vec<Inline>),
    List {
        /// The first number of an ordered list.
        start: Option<usize>,
        is_tight: bool,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
    Code(String),
    Table {
        alignments: Vec<TableAlignment>,
        /// The rows, the header row first.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Rule,
}

#[derive(Debug, Clone, PartialEq)]
enum Inline {
    Text(String),
    Code(String),
    Styled(Style, Vec<Inline>),
    Link {
        url: String,
        text: Vec<Inline>,
    },
    /// A line end in the source, which has no meaning.
    SoftBreak,
    Break,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Emphasis,
    Strong,
    Deleted,
}

impl Style {
    const fn element(self) -> &'static str {
        match self {
            Self::Emphasis => "em",
            Self::Strong => "strong",
            Self::Deleted => "del",
        }
    }

    const fn mark(self) -> &'static str {
        match self {
            Self::Emphasis => "*",
            Self::Strong => "**",
            Self::Deleted => "~~",
        }
    }
}

/// Writes prose as running text, with headings from `level` down.
pub fn block(text: &str, level: u8, format: Format, references: &dyn References) -> String {
    let mut blocks = tree::read(text, references);
    tree::fit_headings(&mut blocks, level);
    match format {
        Format::Html => html::blocks(&blocks),
        Format::Markdown => markdown::blocks(&blocks),
    }
}

/// Writes prose for a table cell: without headings, and in Markdown on one line, because its cells allow no more.
pub fn cell(text: &str, format: Format, references: &dyn References) -> String {
    let mut blocks = tree::read(text, references);
    tree::fit_headings(&mut blocks, u8::MAX);
    match format {
        Format::Html => html::cell(&blocks),
        Format::Markdown => markdown::line(&flat::line(&blocks)),
    }
}

/// Writes prose as plain text, in as many lines as it has paragraphs, list items and table rows.
pub fn text(text: &str, references: &dyn References) -> String {
    text::blocks(&tree::read(text, references))
}

/// The words of prose that consists of paragraphs only: `None` for lists, tables, quotes and code, whose height on paper is not
/// known from their words.
pub fn paragraphs(text: &str, references: &dyn References) -> Option<String> {
    let blocks = tree::read(text, references);
    let is_paragraph = |block: &Block| matches!(block, Block::Paragraph(_));
    blocks
        .iter()
        .all(is_paragraph)
        .then(|| text::blocks(&blocks))
}

#[cfg(test)]
mod tests;

/// Appends inlines, merging adjacent texts into one.
fn append(inlines: &mut Vec<Inline>, more: impl IntoIterator<Item = Inline>) {
    for inline in more {
        match (inlines.last_mut(), inline) {
            (Some(Inline::Text(text)), Inline::Text(more)) => text.push_str(&more),
            (_, inline) => inlines.push(inline),
        }
    }
}
