//! The end of reading: at the end of the text, or where the parser or a limit stops it.

use granit_parser::{ErrorKind, ScanError};
use indexmap::IndexMap;

use super::{Builder, Content, Ending, MAX_BLOCK_DEPTH, MAX_FLOW_DEPTH, OpenMapping, Tree};
use crate::document::causes::{Cause, Limit};
use crate::document::diagnosis::{Context, byte_of, diagnose};
use crate::document::text::{NOWHERE, Span, line_around};
use crate::document::{DUPLICATE, Entry, Node, Stop, Value, too_large};
use crate::value::path::Path;

impl Builder<'_, '_> {
    /// Reports why the parser stopped.
    pub(super) fn explain(&mut self, error: &ScanError) -> Ending {
        let alias = self.alias.take();
        let at = self.from + byte_of(error);
        if *error.kind() == ErrorKind::RecursionLimitExceeded {
            return self.too_deep(at);
        }
        let in_flow = self.stack.iter().filter(|frame| frame.flow);
        let context = Context {
            source: self.text.source(),
            at,
            read_to: self.read_to,
            plain: self.last_plain,
            brackets: in_flow.map(|frame| frame.start).collect(),
            alias: alias.as_ref().map(|(_, span)| span.start()),
        };
        let diagnosis = diagnose(error.kind(), context);
        let start = diagnosis.start;
        if let Some((path, span)) = alias
            && (diagnosis.cause != Cause::FirstCharacter || span.start() != start)
        {
            self.report_value(Cause::Alias, path, span);
        }
        self.forget_value(start, at);
        if diagnosis.cause == Cause::Tab && std::mem::replace(&mut self.tab, true) {
            return Ending::Error(start);
        }
        let place = self.text.place(start, diagnosis.end);
        let finding = self.report(diagnosis.cause, self.path(), place);
        for (name, argument) in diagnosis.arguments {
            finding.with(name, argument);
        }
        Ending::Error(start)
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

    /// Ends reading at an error.
    pub(super) fn stop(mut self, byte: usize) -> Tree {
        self.close_at(byte);
        match self.root.take().filter(is_mapping) {
            Some(root) => self.into_tree(root),
            None => self.into_tree(Node::empty_mapping(Span::new(0, 0))),
        }
    }

    fn into_tree(self, root: Node) -> Tree {
        Tree {
            root,
            stops: self.stops,
            losses: self.losses,
        }
    }

    /// Notes a stop and closes the open lists and mappings, with [`Value::Unread`] for the value that was expected.
    pub(super) fn close_at(&mut self, byte: usize) {
        let section = self.section_at(byte).cloned();
        let before = self.keys_before(section.as_ref());
        self.stops.push(Stop { section, before });
        while let Some(mut frame) = self.stack.pop() {
            if let Content::Mapping(mapping) = &mut frame.content
                && let Some(key) = &mapping.key
            {
                let end = key.span.end();
                mapping.insert(Node::new(Value::Unread, Span::new(end, end)));
            }
            self.add(frame.into_node(None));
        }
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
    pub(super) fn top_entries(&self) -> Option<&IndexMap<String, Entry>> {
        if !self.stack.is_empty() {
            return self.top().map(|mapping| &mapping.entries);
        }
        match &self.root.as_ref()?.value {
            Value::Mapping(entries) => Some(entries),
            _ => None,
        }
    }

    /// Ends reading at the end of the text. Reports a root that is not a mapping.
    pub(super) fn finish(mut self) -> Tree {
        let Some(root) = self.root.take().filter(|root| root.value != Value::Empty) else {
            self.report(Cause::Empty, Path::root(), NOWHERE);
            return self.without_root(Span::new(0, 0));
        };
        let (_, end) = line_around(self.text.source(), root.span.start());
        let place = self.text.place(root.span.start(), end.min(root.span.end()));
        match root.value {
            Value::Mapping(ref entries) if self.has_lost_indentation(entries) => {
                // Keys of different things have become keys of one mapping.
                self.findings.remove_rule(&DUPLICATE);
                self.report(Cause::NothingIndented, Path::root(), place);
                self.losses.clear();
                self.without_root(root.span)
            }
            Value::Mapping(_) => self.into_tree(root),
            Value::Unread => self.without_root(root.span),
            Value::List(items) if items.iter().all(is_mapping) && !items.is_empty() => {
                self.report(Cause::DashBeforeKey, Path::root(), place);
                let root = Node::new(Value::Mapping(Box::new(merged(items))), root.span);
                self.into_tree(root)
            }
            _ => {
                self.report(Cause::NotAMapping, Path::root(), place);
                self.without_root(root.span)
            }
        }
    }

    /// Whether the root has sections and their fields next to each other, because no line is indented.
    fn has_lost_indentation(&self, entries: &IndexMap<String, Entry>) -> bool {
        const MANY: usize = 5;
        let source = self.text.source();
        let count = |is_of_kind: fn(&Value) -> bool| {
            let values = entries.values().map(|entry| &entry.value.value);
            values.filter(|value| is_of_kind(value)).count()
        };
        count(|value| *value == Value::Empty) >= MANY
            && count(|value| matches!(value, Value::Scalar { .. })) >= MANY
            && !["\n ", "\n\t", "\r ", "\r\t"]
                .iter()
                .any(|indented| source.contains(indented))
    }

    fn without_root(mut self, span: Span) -> Tree {
        self.stops.push(Stop::nowhere());
        self.into_tree(Node::empty_mapping(span))
    }
}

fn is_mapping(node: &Node) -> bool {
    matches!(node.value, Value::Mapping(_))
}

/// The entries of all mappings of a list; of equal keys, the first. The dash makes a section and what is below it siblings:
/// `- plan:` above `  titel: Plan`.
fn merged(items: Vec<Node>) -> IndexMap<String, Entry> {
    let mut merged = IndexMap::new();
    for item in items {
        let Value::Mapping(mut entries) = item.value else {
            continue;
        };
        let is_section = |(_, first): (&String, &Entry)| first.value.value == Value::Empty;
        if entries.len() > 1 && entries.first().is_some_and(is_section) {
            let below = Box::new(entries.split_off(1));
            if let Some((_, first)) = entries.first_mut() {
                first.value = Node::new(Value::Mapping(below), item.span);
            }
        }
        for (key, entry) in *entries {
            merged.entry(key).or_insert(entry);
        }
    }
    merged
}
