//! Reading on after an error, at the next section, so that one mistake does not hide the rest of a plan.

use std::cell::OnceCell;

use super::{Builder, Content, Frame, OpenMapping};
use crate::document::Value;

/// The maximum number of errors after which reading goes on. A file with more is not a plan with mistakes.
const MAX_STOPS: usize = 20;

impl Builder<'_, '_> {
    /// The byte at which the next section begins after an error at `byte`, if reading can go on there.
    pub(super) fn resume_after(&self, byte: usize) -> Option<usize> {
        let root_is_flow = self.stack.first().is_some_and(|frame| frame.flow);
        if self.stops.len() >= MAX_STOPS || root_is_flow {
            return None;
        }
        let source = self.text.source();
        let mut start = byte.max(self.from);
        let rest = source.get(start..)?;
        for line in rest.split_inclusive(['\n', '\r']) {
            // The first of these lines has the error, or is what is left of it.
            if start > byte.max(self.from) && section_key(line).is_some() {
                return Some(start);
            }
            start += line.len();
        }
        None
    }

    /// Whether the section that begins at `byte` has been read before.
    pub(super) fn has_section(&self, byte: usize) -> bool {
        let line = self.text.source().get(byte..).unwrap_or_default();
        let key = line.split(['\n', '\r']).next().and_then(section_key);
        let entries = self.top_entries();
        key.zip(entries)
            .is_some_and(|(key, entries)| entries.contains_key(key))
    }

    /// Closes what is open after an error at `byte`, except the root, and starts the parser at the next section.
    pub(super) fn resume(&mut self, byte: usize, section: usize) {
        self.close_at(byte);
        let entries = match self.root.take().map(|root| root.value) {
            Some(Value::Mapping(entries)) => *entries,
            _ => indexmap::IndexMap::new(),
        };
        self.stack.push(Frame {
            start: 0,
            flow: false,
            content: Content::Mapping(OpenMapping { entries, key: None }),
            path: OnceCell::new(),
        });
        (self.from, self.read_to, self.in_root) = (section, section, true);
        self.last_plain = None;
    }
}

/// The key of an unindented line that begins a section: one with nothing behind it, or a number, a mapping or a list.
fn section_key(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let is_key = !key.is_empty()
        && key
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let value = rest.trim();
    let is_section = value.is_empty()
        || (rest.starts_with(' ')
            && (value.starts_with(['{', '#', '['])
                || value.bytes().all(|byte| byte.is_ascii_digit())));
    (is_key && is_section).then_some(key)
}
