//! Prose of a plan, in Markdown, as a document shows it.
//!
//! Prose is read once into a small tree ([`tree`]), in which everything that a document must not show, call or break on has
//! been made harmless. [`html`] and [`markdown`] only write that tree down. So what holds for one format holds for the other.

mod flat;
mod html;
mod markdown;
mod tree;

pub(super) use tree::safe_url;

use super::Format;

/// What prose may refer to outside itself.
pub trait References {
    /// Where a citation of that id leads and what it shows, if the id is known.
    fn work(&self, id: &str) -> Option<Citation>;

    /// What a table in prose is called: a reader who cannot see it hears that it can be scrolled.
    fn table_label(&self) -> &str;

    /// Whether a text may be read as Markdown.
    fn may_read(&self, text: &str) -> bool;

    /// What stands above a text that may not.
    fn too_long(&self) -> &str;
}

/// A publication, as the text cites it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// Where it leads, if the document has the list that it stands in.
    pub url: Option<String>,
    /// What it shows: "Tonnon e.a., 2019".
    pub short: String,
}

/// A part of a text that stands on lines of its own.
#[derive(Debug, Clone, PartialEq)]
enum Block {
    Paragraph(Vec<Inline>),
    Heading(u8, Vec<Inline>),
    List {
        start: Option<usize>,
        is_tight: bool,
        items: Vec<Vec<Block>>,
    },
    Quote(Vec<Block>),
    Code(String),
    Table {
        /// Of each column how its cells stand.
        sides: Vec<Side>,
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Rule,
}

/// How the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Side {
    /// As cells do.
    #[default]
    Unsaid,
    Left,
    Middle,
    Right,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
enum Inline {
    Text(String),
    Code(String),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Deleted(Vec<Inline>),
    Link {
        url: String,
        text: Vec<Inline>,
    },
    /// The end of a line in the source, which means nothing.
    SoftBreak,
    Break,
}

/// Prose as running text, its headings from that level down.
pub fn block(text: &str, level: u8, format: Format, references: &dyn References) -> String {
    let mut blocks = tree::read(text, references);
    tree::settle_headings(&mut blocks, level);
    match format {
        Format::Html => html::blocks(&blocks, references.table_label()),
        Format::Markdown => markdown::blocks(&blocks),
    }
}

/// Prose in a cell of a table: without headings, and in Markdown, which knows no other cells, on one line.
pub fn cell(text: &str, format: Format, references: &dyn References) -> String {
    let mut blocks = tree::read(text, references);
    tree::settle_headings(&mut blocks, u8::MAX);
    match format {
        Format::Html => html::cell(&blocks, references.table_label()),
        Format::Markdown => markdown::line(&flat::line(&blocks)),
    }
}

#[cfg(test)]
mod tests;
