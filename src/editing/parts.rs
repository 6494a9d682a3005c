//! The parts of a list or mapping: where each begins and ends in the text.

use super::EditError;
use super::lines;
use crate::document::{Document, Entry, Node, Value};
use crate::value::path::{Path, Step};

/// The largest column to write a value at: every line of a text is indented that far.
pub(super) const MAX_COLUMN: usize = 1_000;

/// A value with its place in the list or mapping that it is part of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'d> {
    pub(super) node: &'d Node,
    /// The first byte of the key, or of the dash or value of an item.
    pub(super) start: usize,
    /// The byte after the colon or dash. For an item between brackets, the first of its value.
    pub(super) behind: usize,
    /// The byte after the value, or after the colon or dash if there is none.
    pub(super) end: usize,
    /// Whether it stands between brackets or braces.
    pub(super) in_flow: bool,
    /// Whether a colon or dash is missing: a key alone between braces.
    pub(super) is_bare: bool,
}

impl<'d> Part<'d> {
    /// The root of a document.
    pub(super) fn root(document: &'d Document) -> Self {
        let node = document.root();
        Self {
            node,
            start: node.span.start(),
            behind: node.span.start(),
            end: node.span.end(),
            in_flow: false,
            is_bare: false,
        }
    }

    /// The part at a path.
    pub(super) fn at(document: &'d Document, text: &str, path: &Path) -> Result<Self, EditError> {
        let mut part = Self::root(document);
        for step in path.steps() {
            let inner = index_of(part.node, step).and_then(|index| part.part(text, index));
            part = inner.ok_or_else(|| EditError::no_such_path(path))?;
        }
        Ok(part)
    }

    /// Whether its value is written between brackets or braces.
    pub(super) fn is_flow(&self, text: &str) -> bool {
        let source = lines::slice(text, self.node.span.start()..self.node.span.end());
        match self.node.value {
            Value::List(_) => source.starts_with('[') && source.ends_with(']'),
            Value::Mapping(_) => source.starts_with('{') && source.ends_with('}'),
            _ => false,
        }
    }

    /// The parts of its value, in the order of the text.
    pub(super) fn parts(&self, text: &str) -> Vec<Self> {
        match &self.node.value {
            Value::Mapping(entries) => {
                let entries = entries.values();
                entries.map(|entry| self.entry(entry, text)).collect()
            }
            Value::List(items) if self.has_flow(text) => {
                let items = items.iter();
                items.map(|item| Self::item_in_flow(item, text)).collect()
            }
            Value::List(items) => {
                let mut at = self.behind;
                let item = |item: &'d Node| {
                    let dash = lines::skip_blank(text, at);
                    let part = Self::new(item, [dash, dash + 1], false, false, text);
                    at = part.end;
                    part
                };
                items.iter().map(item).collect()
            }
            _ => Vec::new(),
        }
    }

    /// One of the parts of its value. Only in a list of lines it takes the parts before it to find that.
    fn part(&self, text: &str, index: usize) -> Option<Self> {
        match &self.node.value {
            Value::Mapping(entries) => {
                let (_, entry) = entries.get_index(index)?;
                Some(self.entry(entry, text))
            }
            Value::List(items) if self.has_flow(text) => {
                Some(Self::item_in_flow(items.get(index)?, text))
            }
            _ => self.parts(text).get(index).copied(),
        }
    }

    fn last(&self, text: &str) -> Option<Self> {
        let count = match &self.node.value {
            Value::Mapping(entries) => entries.len(),
            Value::List(items) => items.len(),
            _ => 0,
        };
        self.part(text, count.checked_sub(1)?)
    }

    /// Whether its parts stand between brackets or braces.
    fn has_flow(&self, text: &str) -> bool {
        self.in_flow || self.is_flow(text)
    }

    fn entry(&self, entry: &'d Entry, text: &str) -> Self {
        let (start, key_end) = (entry.key.start(), entry.key.end());
        let colon = colon_behind(text, key_end);
        let behind = colon.unwrap_or(key_end);
        let in_flow = self.has_flow(text);
        Self::new(
            &entry.value,
            [start, behind],
            in_flow,
            colon.is_none(),
            text,
        )
    }

    fn item_in_flow(item: &'d Node, text: &str) -> Self {
        let start = item.span.start();
        Self::new(item, [start, start], true, false, text)
    }

    fn new(
        node: &'d Node,
        [start, behind]: [usize; 2],
        in_flow: bool,
        is_bare: bool,
        text: &str,
    ) -> Self {
        let mut part = Self {
            node,
            start,
            behind,
            end: behind.max(node.span.end()),
            in_flow,
            is_bare,
        };
        if node.span.is_empty() {
            part.end = behind;
        }
        // The document ends these at their last value, which may be missing.
        if matches!(node.value, Value::List(_) | Value::Mapping(_)) && !part.is_flow(text) {
            let last = part.last(text).map(|last| last.end);
            part.end = last.unwrap_or(part.end);
        }
        part
    }

    /// The column at which it begins, in a block: only spaces and dashes may precede it.
    pub(super) fn column(&self, text: &str) -> Option<usize> {
        let line = lines::start(text, self.start);
        let lead = lines::slice(text, line..self.start);
        let is_plain = lead.bytes().all(|byte| matches!(byte, b' ' | b'-'))
            && lead.len() <= MAX_COLUMN
            && !self.is_bare;
        is_plain.then_some(lead.len())
    }

    /// Whether it is the first on its line.
    pub(super) fn begins_line(&self, text: &str) -> bool {
        let line = lines::start(text, self.start);
        lines::slice(text, line..self.start)
            .trim_start_matches(' ')
            .is_empty()
    }

    /// The first byte of its first line, or of the comments directly above it.
    pub(super) fn first_line(&self, text: &str, column: usize, not_before: usize) -> usize {
        let mut first = lines::start(text, self.start);
        while first > not_before {
            let above = lines::start(text, lines::before(text, first));
            let line = lines::slice(text, above..first);
            let is_its = lines::is_comment(line) && lines::indentation(line) == column;
            if !is_its || above < not_before || above == first {
                break;
            }
            first = above;
        }
        first
    }

    /// The first byte behind its lines and the comments below it that are indented further than it is.
    pub(super) fn next_line(&self, text: &str, column: usize) -> usize {
        let mut next = lines::next(text, self.end);
        let mut at = next;
        while at < text.len() {
            let after = lines::next(text, at);
            let line = lines::slice(text, at..after);
            let is_inside = lines::is_comment(line) && lines::indentation(line) > column;
            if !is_inside && !line.trim().is_empty() {
                break;
            }
            at = after;
            if is_inside {
                next = after;
            }
        }
        next
    }
}

/// The index of the part of a value that a step leads to.
pub(super) fn index_of(node: &Node, step: &Step) -> Option<usize> {
    match (&node.value, step) {
        (Value::List(items), Step::Index(index)) => (*index < items.len()).then_some(*index),
        (Value::Mapping(entries), Step::Key(key)) => entries.get_index_of(key),
        _ => None,
    }
}

/// The byte after the colon behind a key.
fn colon_behind(text: &str, key_end: usize) -> Option<usize> {
    let behind = lines::slice(text, key_end..text.len());
    let value = behind.trim_start_matches([' ', '\t']).strip_prefix(':')?;
    Some(key_end + behind.len() - value.len())
}
