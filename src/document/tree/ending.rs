//! How reading ends: at the end, or where the parser or a limit stops it.

use granit_parser::{ErrorKind, ScanError};
use indexmap::IndexMap;

use super::{Builder, Content, Ending, MAX_BLOCK_DEPTH, MAX_FLOW_DEPTH, nothing};
use crate::document::causes::{Cause, Limit};
use crate::document::diagnosis::{Diagnosis, Situation, byte_of, diagnose};
use crate::document::text::{NOWHERE, Span, line_around};
use crate::document::{Entry, Node, Stop, Value, too_large};
use crate::value::path::Path;

impl Builder<'_, '_> {
    /// Reports why the parser stopped.
    pub(super) fn explain(&mut self, error: &ScanError) -> Ending {
        let alias = self.alias.take();
        if *error.kind() == ErrorKind::RecursionLimitExceeded {
            return self.too_deep(byte_of(error));
        }
        let situation = Situation {
            source: self.text.source(),
            read_to: self.read_to,
            brackets: self
                .stack
                .iter()
                .filter(|frame| frame.flow)
                .map(|frame| frame.start)
                .collect(),
            alias: alias.as_ref().map(|(_, span)| span.start()),
        };
        let Diagnosis {
            cause,
            start,
            end,
            argument,
        } = diagnose(error, situation);
        if let Some((path, span)) = alias
            && (cause != Cause::FirstCharacter || span.start() != start)
        {
            self.report_text(Cause::Alias, path, span);
        }
        self.forget_text(start);
        let finding = self.report(cause, self.path(), self.text.place(start, end));
        if let Some((name, argument)) = argument {
            finding.with(name, argument);
        }
        Ending::At(start)
    }

    fn too_deep(&mut self, byte: usize) -> Ending {
        let place = self.text.character(byte);
        let bracket = self
            .text
            .source()
            .get(byte..)
            .is_some_and(|rest| rest.starts_with(['[', '{']));
        let maximum = if bracket {
            MAX_FLOW_DEPTH
        } else {
            MAX_BLOCK_DEPTH
        };
        let path = self.path();
        too_large(self.findings, Limit::Depth, maximum, path, place);
        Ending::At(byte)
    }

    /// Closes what is open as it stands, with [`Value::Unread`] for the value that was to come.
    pub(super) fn stop(mut self, byte: usize) -> (Node, Option<Stop>) {
        let section = self.section_at(byte).cloned();
        let before = self.keys_before(section.as_ref());
        let stop = Stop { section, before };
        while let Some(mut frame) = self.stack.pop() {
            if let Content::Mapping { entries, key } = &mut frame.content
                && let Some(key) = key.take().filter(|key| key.keep)
            {
                let value = Node {
                    value: Value::Unread,
                    span: Span::new(key.span.end(), key.span.end()),
                };
                entries.insert(
                    key.text,
                    Entry {
                        key: key.span,
                        value,
                    },
                );
            }
            self.add(frame.into_node(None));
        }
        let root = self
            .root
            .filter(|root| matches!(root.value, Value::Mapping(_)));
        (root.unwrap_or_else(|| nothing(Span::new(0, 0))), Some(stop))
    }

    /// The top-level key that was being read when reading stopped. Between two of them that is the one before, unless
    /// what could not be read stands at the left of a line of its own, where the next one should begin.
    fn section_at(&self, byte: usize) -> Option<&String> {
        let (start, _) = line_around(self.text.source(), byte);
        let indented = self
            .text
            .source()
            .get(start..)
            .is_some_and(|line| line.starts_with([' ', '\t']));
        if let Some(Content::Mapping { key: Some(key), .. }) = self.top() {
            return Some(&key.text);
        }
        let last = self
            .top_entries()?
            .last()
            .filter(|(_, entry)| indented || start <= entry.value.span.end());
        last.map(|(key, _)| key)
    }

    /// The top-level keys that were read before one of them.
    fn keys_before(&self, section: Option<&String>) -> Vec<String> {
        let keys = self.top_entries().into_iter().flat_map(IndexMap::keys);
        keys.take_while(|key| Some(*key) != section)
            .cloned()
            .collect()
    }

    /// What stands at the top, while it is still being read.
    fn top(&self) -> Option<&Content> {
        self.stack.first().map(|frame| &frame.content)
    }

    /// What was read of the mapping at the top, open or closed.
    fn top_entries(&self) -> Option<&IndexMap<String, Entry>> {
        let closed = self.root.as_ref().map(|root| &root.value);
        match (self.top(), closed) {
            (Some(Content::Mapping { entries, .. }), _) => Some(entries),
            (None, Some(Value::Mapping(entries))) => Some(entries),
            _ => None,
        }
    }

    /// Judges what was read to the end: a plan is a mapping.
    pub(super) fn finish(mut self) -> (Node, Option<Stop>) {
        let stop = Some(Stop::nowhere());
        let Some(root) = self.root.take().filter(|root| root.value != Value::Empty) else {
            self.report(Cause::Empty, Path::root(), NOWHERE);
            return (nothing(Span::new(0, 0)), stop);
        };
        match root.value {
            Value::Mapping(_) => return (root, None),
            Value::Unread => {}
            _ => {
                let (_, end) = line_around(self.text.source(), root.span.start());
                let place = self.text.place(root.span.start(), end.min(root.span.end()));
                self.report(Cause::NotAMapping, Path::root(), place);
            }
        }
        (nothing(root.span), stop)
    }
}
