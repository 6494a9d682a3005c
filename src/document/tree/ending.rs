//! The end of reading: at the end of the text, or where the parser or a limit stops it.

use granit_parser::{ErrorKind, ScanError};
use indexmap::IndexMap;

use super::{Builder, Content, Ending, MAX_BLOCK_DEPTH, MAX_FLOW_DEPTH, OpenMapping};
use crate::document::causes::{Cause, Limit};
use crate::document::diagnosis::{Context, byte_of, diagnose};
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
        let in_flow = self.stack.iter().filter(|frame| frame.flow);
        let context = Context {
            source: self.text.source(),
            read_to: self.read_to,
            brackets: in_flow.map(|frame| frame.start).collect(),
            alias: alias.as_ref().map(|(_, span)| span.start()),
        };
        let diagnosis = diagnose(error, context);
        let start = diagnosis.start;
        if let Some((path, span)) = alias
            && (diagnosis.cause != Cause::FirstCharacter || span.start() != start)
        {
            self.report_text(Cause::Alias, path, span);
        }
        self.forget_text(start);
        let place = self.text.place(start, diagnosis.end);
        let finding = self.report(diagnosis.cause, self.path(), place);
        if let Some((name, argument)) = diagnosis.argument {
            finding.with(name, argument);
        }
        Ending::At(start)
    }

    fn too_deep(&mut self, byte: usize) -> Ending {
        let place = self.text.character(byte);
        let rest = self.text.source().get(byte..).unwrap_or_default();
        let maximum = if rest.starts_with(['[', '{']) {
            MAX_FLOW_DEPTH
        } else {
            MAX_BLOCK_DEPTH
        };
        let path = self.path();
        too_large(self.findings, Limit::Depth, maximum, path, place);
        Ending::At(byte)
    }

    /// Closes the open lists and mappings, with [`Value::Unread`] for the value that was expected.
    pub(super) fn stop(mut self, byte: usize) -> (Node, Option<Stop>) {
        let section = self.section_at(byte).cloned();
        let before = self.keys_before(section.as_ref());
        let stop = Stop { section, before };
        while let Some(mut frame) = self.stack.pop() {
            if let Content::Mapping(mapping) = &mut frame.content
                && let Some(key) = &mapping.key
            {
                let end = key.span.end();
                mapping.insert(Node::new(Value::Unread, Span::new(end, end)));
            }
            self.add(frame.into_node(None));
        }
        let root = self
            .root
            .filter(|root| matches!(root.value, Value::Mapping(_)))
            .unwrap_or_else(|| Node::empty_mapping(Span::new(0, 0)));
        (root, Some(stop))
    }

    /// The top-level key that was being read when reading stopped. Between two keys that is the one before, unless the
    /// error is at the start of an unindented line, where the next key should begin.
    fn section_at(&self, byte: usize) -> Option<&String> {
        if let Some(OpenMapping { key: Some(key), .. }) = self.top() {
            return Some(&key.text);
        }
        let source = self.text.source();
        let (start, _) = line_around(source, byte);
        let indented = source.get(start..)?.starts_with([' ', '\t']);
        let (key, entry) = self.top_entries()?.last()?;
        (indented || start <= entry.value.span.end()).then_some(key)
    }

    /// The top-level keys before `section`.
    fn keys_before(&self, section: Option<&String>) -> Vec<String> {
        let keys = self.top_entries().into_iter().flat_map(IndexMap::keys);
        keys.take_while(|key| Some(*key) != section)
            .cloned()
            .collect()
    }

    /// The root mapping, while it is still being read.
    fn top(&self) -> Option<&OpenMapping> {
        match &self.stack.first()?.content {
            Content::Mapping(mapping) => Some(mapping),
            Content::List(_) => None,
        }
    }

    /// The entries of the root mapping, open or closed.
    fn top_entries(&self) -> Option<&IndexMap<String, Entry>> {
        if !self.stack.is_empty() {
            return self.top().map(|mapping| &mapping.entries);
        }
        match &self.root.as_ref()?.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// Reports a root that is not a mapping.
    pub(super) fn finish(mut self) -> (Node, Option<Stop>) {
        let stop = Some(Stop::nowhere());
        let Some(root) = self.root.take().filter(|root| root.value != Value::Empty) else {
            self.report(Cause::Empty, Path::root(), NOWHERE);
            return (Node::empty_mapping(Span::new(0, 0)), stop);
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
        (Node::empty_mapping(root.span), stop)
    }
}
