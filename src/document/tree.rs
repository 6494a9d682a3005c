//! The parser's events to a tree. What a plan does not need of YAML (tags, anchors, aliases, keys that are not text,
//! more documents) becomes a finding here, and reading goes on where it can. The limits on depth are also what makes
//! walking and dropping the tree safe.

mod ending;
mod slips;

use std::ops::ControlFlow::{self, Break, Continue};

use granit_parser::{Event, Marker, Options, Parser, ScalarStyle, StructureStyle};
use indexmap::IndexMap;

use super::causes::{Cause, Limit};
use super::text::{Span, Text, clean_value};
use super::{DUPLICATE, Entry, Node, Stop, Value, invalid, too_large};
use crate::finding::{Finding, Findings, Focus};
use crate::value::path::{Path, Place};

/// How deep `[` and `{` may lie in each other.
const MAX_FLOW_DEPTH: usize = 32;
/// How deep indented lists and mappings may lie in each other. A plan needs about 8.
const MAX_BLOCK_DEPTH: usize = 64;
/// Aliases are not looked up, so they cost nothing; a plan with many is not a plan.
const MAX_ALIASES: usize = 16;
/// A text of 2 MiB can hold a million empty lists. A plan of a thousand lines has about 2,000 keys and values; one with this
/// many would be a document of a thousand pages.
const MAX_NODES: usize = 50_000;

fn options() -> Options {
    granit_parser::options! {
        flow_nesting_limit: MAX_FLOW_DEPTH,
        block_nesting_limit: MAX_BLOCK_DEPTH,
        disallow_directives: true,
        strict_indentation: true,
        // Then a file may begin with as many lines of comment as it likes.
        emit_comments: false,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
    }
}

/// A mapping of which nothing could be read.
pub(super) fn nothing(span: Span) -> Node {
    Node {
        value: Value::Mapping(Box::default()),
        span,
    }
}

/// Reads a text, and says where reading stopped if it did not reach the end.
pub(super) fn read(text: &Text, findings: &mut Findings) -> (Node, Option<Stop>) {
    let mut builder = Builder::new(text, findings);
    for event in Parser::new_from_str_with_options(text.source(), options()) {
        let step = match event {
            Ok((event, span)) => builder.take(event, span),
            Err(error) => Break(builder.explain(&error)),
        };
        match step {
            Continue(()) => {}
            Break(Ending::Whole) => break,
            Break(Ending::At(byte)) => return builder.stop(byte),
        }
    }
    builder.finish()
}

/// How reading ends before the parser does.
enum Ending {
    /// All that counts was read.
    Whole,
    /// Something stands here that cannot be read, or must not be.
    At(usize),
}

type Progress = ControlFlow<Ending>;

/// A list or mapping that is still being read.
struct Frame {
    /// Its first byte.
    start: usize,
    flow: bool,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Mapping {
        entries: IndexMap<String, Entry>,
        key: Option<Key>,
    },
}

/// A key whose value is still to come.
struct Key {
    text: String,
    span: Span,
    /// `false` for the second of two equal keys and for what is no key: the value is read and dropped.
    keep: bool,
    /// Whether it may be what a comma has cut off a number.
    is_decimals: bool,
}

struct Builder<'t, 'f> {
    text: &'t Text,
    findings: &'f mut Findings,
    stack: Vec<Frame>,
    root: Option<Node>,
    nodes: usize,
    aliases: usize,
    /// Whether a tab in indentation was reported.
    tab: bool,
    /// The path of the node before an anchor's event, which comes after it.
    anchored: Path,
    /// An alias, of which the next event tells whether it is one: `*vet* gedrukt` begins as an alias too.
    alias: Option<(Path, Span)>,
    /// The last thing that was read, or the byte after it if it was not a text on one or more lines.
    read_to: usize,
}

impl<'t, 'f> Builder<'t, 'f> {
    fn new(text: &'t Text, findings: &'f mut Findings) -> Self {
        let anchored = Path::root();
        Self {
            text,
            findings,
            stack: Vec::new(),
            root: None,
            nodes: 0,
            aliases: 0,
            tab: false,
            anchored,
            alias: None,
            read_to: 0,
        }
    }

    fn take(&mut self, event: Event<'_>, found: granit_parser::Span) -> Progress {
        if let Some((path, span)) = self.alias.take() {
            self.report_text(Cause::Alias, path, span);
        }
        let span = span_of(found);
        self.read_to = match event {
            Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) => span.end(),
            Event::Scalar(..) => span.start(),
            _ => self.read_to.max(span.end()),
        };
        if event.is_node() {
            self.count(span)?;
            self.properties(&event, found);
        }
        let bare = event.tag().is_none() && event.anchor_id().is_none();
        match event {
            Event::Scalar(text, style, ..) => self.scalar(&text, style, span, bare),
            Event::SequenceStart(style, ..) => {
                self.open(style, span.start(), Content::List(Vec::new()));
            }
            Event::MappingStart(style, ..) => {
                self.open(
                    style,
                    span.start(),
                    Content::Mapping {
                        entries: IndexMap::new(),
                        key: None,
                    },
                );
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end()),
            Event::Anchor(..) => self.report_text(Cause::Anchor, self.anchored.clone(), span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => return self.alias(span),
            Event::DocumentStart(..) if self.root.is_some() => return self.second_document(span),
            _ => {}
        }
        Continue(())
    }

    fn count(&mut self, span: Span) -> Progress {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return self.over(Limit::Nodes, MAX_NODES, span);
        }
        Continue(())
    }

    fn over(&mut self, limit: Limit, maximum: usize, span: Span) -> Progress {
        let path = self.path();
        too_large(
            self.findings,
            limit,
            maximum,
            path,
            self.text.place_of(span),
        );
        Break(Ending::At(span.start()))
    }

    /// A tag or anchor before a value. The value is read as if it were not there.
    fn properties(&mut self, event: &Event<'_>, found: granit_parser::Span) {
        if event.tag().is_some() {
            let tag = span_of(found.tag_span().unwrap_or(found));
            self.report_text(Cause::Tag, self.path(), tag);
        }
        if event.anchor_id().is_some() {
            self.anchored = self.path();
        }
    }

    fn report(&mut self, cause: Cause, path: Path, place: Place) -> &mut Finding {
        invalid(self.findings, cause, path, place)
    }

    /// A finding that shows what stands at its place.
    fn report_text(&mut self, cause: Cause, path: Path, span: Span) {
        let text = self.text;
        self.report(cause, path, text.place_of(span))
            .with("tekst", text.at(span));
    }

    fn alias(&mut self, span: Span) -> Progress {
        self.aliases += 1;
        if self.aliases > MAX_ALIASES {
            return self.over(Limit::Aliases, MAX_ALIASES, span);
        }
        self.alias = Some((self.path(), span));
        if self.expects_key() {
            self.expect_value(Key {
                text: String::new(),
                span,
                keep: false,
                is_decimals: false,
            });
        } else {
            self.add(Node {
                value: Value::Unread,
                span,
            });
        }
        Continue(())
    }

    fn second_document(&mut self, span: Span) -> Progress {
        let place = if span.is_empty() {
            self.text.character(span.start())
        } else {
            self.text.place_of(span)
        };
        self.report(Cause::SecondDocument, Path::root(), place);
        Break(Ending::Whole)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span, bare: bool) {
        let (text, controls) = clean_value(text);
        if let Some(controls) = controls {
            let path = self.path();
            controls.report(self.findings, path, self.text.place_of(span));
        }
        let text = text.into_owned();
        let plain = style == ScalarStyle::Plain;
        // What is absent the parser calls "~".
        let written = !plain || !span.is_empty();
        if self.expects_key() && written {
            return self.key(text, span);
        } else if self.expects_key() {
            return self.no_key(self.text.character(span.start()));
        }
        let nothing =
            plain && (!written || matches!(text.as_str(), "~" | "null" | "Null" | "NULL"));
        let (value, span) = match style {
            _ if nothing && !bare => (Value::Unread, span),
            _ if nothing && written => (Value::Empty, span),
            _ if nothing => (Value::Empty, self.dash_before(span)),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                (Value::Scalar { text, plain }, self.without_line_end(span))
            }
            _ => (Value::Scalar { text, plain }, span),
        };
        self.add(Node { value, span });
    }

    /// The dash of a list item that is not there.
    fn dash_before(&self, span: Span) -> Span {
        let in_list = matches!(
            self.stack.last(),
            Some(Frame {
                content: Content::List(_),
                flow: false,
                ..
            })
        );
        if in_list && self.text.before(span).ends_with('-') {
            return Span::new(span.start() - 1, span.start());
        }
        span
    }

    /// The parser counts the white space behind a block text as part of it.
    fn without_line_end(&self, span: Span) -> Span {
        let text = self.text.at(span).trim_end();
        Span::new(span.start(), span.start() + text.len())
    }

    fn expects_key(&self) -> bool {
        matches!(
            self.stack.last(),
            Some(Frame {
                content: Content::Mapping { key: None, .. },
                ..
            })
        )
    }

    fn key(&mut self, text: String, span: Span) {
        self.check_tab(span);
        let text = self.bare_key(text, span);
        let is_decimals = self.is_decimals(&text, span);
        let first = match self.stack.last() {
            Some(Frame {
                content: Content::Mapping { entries, .. },
                ..
            }) => entries.get(&text),
            _ => None,
        };
        let first_line = first.map(|first| self.text.position(first.key.start()).line);
        if let Some(line) = first_line.filter(|_| !is_decimals) {
            let path = self.path().join(&text);
            let place = self.text.place_of(span);
            let finding = self.findings.add(&DUPLICATE, path).focus(Focus::At(place));
            finding.with("sleutel", text.as_str()).with("regel", line);
        }
        self.expect_value(Key {
            text,
            span,
            keep: first_line.is_none(),
            is_decimals,
        });
    }

    /// The parser lets some tabs before keys pass that other YAML programs refuse. One finding tells enough.
    fn check_tab(&mut self, span: Span) {
        let before = self.text.before(span);
        let line = before.trim_end_matches([' ', '\t']);
        let tab = before
            .get(line.len()..)
            .and_then(|indentation| indentation.find('\t'));
        let block = self.stack.last().is_some_and(|frame| !frame.flow);
        if let Some(tab) =
            tab.filter(|_| block && !self.tab && (line.is_empty() || line.ends_with(['\n', '\r'])))
        {
            self.tab = true;
            self.report(
                Cause::Tab,
                self.path(),
                self.text.character(line.len() + tab),
            );
        }
    }

    fn no_key(&mut self, place: Place) {
        self.report(Cause::KeyNotText, self.path(), place);
        self.expect_value(Key {
            text: String::new(),
            span: Span::new(place.start.byte, place.end.byte),
            keep: false,
            is_decimals: false,
        });
    }

    fn expect_value(&mut self, next: Key) {
        if let Some(Frame {
            content: Content::Mapping { key, .. },
            ..
        }) = self.stack.last_mut()
        {
            *key = Some(next);
        }
    }

    fn open(&mut self, style: StructureStyle, start: usize, content: Content) {
        self.stack.push(Frame {
            start,
            flow: style == StructureStyle::Flow,
            content,
        });
    }

    fn close(&mut self, end: usize) {
        let Some(frame) = self.stack.pop() else {
            return;
        };
        let node = frame.into_node(Some(end));
        if self.expects_key() {
            self.no_key(self.text.place_of(node.span));
        } else {
            self.add(node);
        }
    }

    /// Puts a value where it belongs.
    fn add(&mut self, node: Node) {
        if self.ends_decimals(&node) {
            return self.take_decimals();
        }
        match self.stack.last_mut().map(|frame| &mut frame.content) {
            None => self.root = Some(node),
            Some(Content::List(items)) => items.push(node),
            Some(Content::Mapping { entries, key }) => {
                if let Some(key) = key.take().filter(|key| key.keep) {
                    entries.insert(
                        key.text,
                        Entry {
                            key: key.span,
                            value: node,
                        },
                    );
                }
            }
        }
    }

    /// Where the next value goes. Past the last finding that is kept nobody asks, and a path can be 64 kB long.
    fn path(&self) -> Path {
        let mut path = Path::root();
        if self.findings.full() {
            return path;
        }
        for frame in &self.stack {
            match &frame.content {
                Content::List(items) => path.push(items.len()),
                Content::Mapping { key: Some(key), .. } => path.push(&key.text),
                Content::Mapping { key: None, .. } => {}
            }
        }
        path
    }
}

impl Frame {
    /// The list or mapping as it stands. The parser ends an indented one at the next token, which can be lines further.
    fn into_node(self, end: Option<usize>) -> Node {
        let last = match &self.content {
            Content::List(items) => items.last().map(|item| item.span.end()),
            Content::Mapping { entries, .. } => {
                entries.last().map(|(_, entry)| entry.value.span.end())
            }
        };
        let end = end.filter(|_| self.flow).or(last).unwrap_or(self.start);
        // These take most of the memory of a large plan: no room is kept for more.
        let value = match self.content {
            Content::List(mut items) => {
                items.shrink_to_fit();
                Value::List(items)
            }
            Content::Mapping { mut entries, .. } => {
                entries.shrink_to_fit();
                Value::Mapping(Box::new(entries))
            }
        };
        Node {
            value,
            span: Span::new(self.start, end),
        }
    }
}

/// The parser knows the bytes of every text that it was given whole.
fn span_of(found: granit_parser::Span) -> Span {
    let byte = |mark: Marker| mark.byte_offset().unwrap_or(0);
    Span::new(byte(found.start), byte(found.end))
}
