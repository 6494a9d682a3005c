//! The parser's events to a tree. What a plan does not need of YAML (tags, anchors, aliases, keys that are not text,
//! more documents) becomes a finding here, and reading goes on where it can. The limits on depth are also what makes
//! walking and dropping the tree safe.

mod ending;
mod slips;

use std::ops::ControlFlow::{self, Break, Continue};

use granit_parser::{Event, Marker, Options, Parser, ScalarStyle, Span, StructureStyle};
use indexmap::IndexMap;

use super::causes::{Cause, Limit};
use super::text::{Text, clean_value};
use super::{DUPLICATE, Entry, Node, Stop, Value, invalid, too_large};
use crate::finding::{Finding, Findings, Focus};
use crate::path::{Path, Place, Position};

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
pub(super) fn nothing(place: Place) -> Node {
    Node {
        value: Value::Mapping(IndexMap::new()),
        place,
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
    start: Position,
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
    place: Place,
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
    alias: Option<(Path, Place)>,
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

    fn take(&mut self, event: Event<'_>, span: Span) -> Progress {
        if let Some((path, place)) = self.alias.take() {
            self.report_text(Cause::Alias, path, place);
        }
        let place = place_of(span);
        self.read_to = match event {
            Event::Scalar(_, ScalarStyle::Literal | ScalarStyle::Folded, ..) => place.end.byte,
            Event::Scalar(..) => place.start.byte,
            _ => self.read_to.max(place.end.byte),
        };
        if event.is_node() {
            self.count(place)?;
            self.properties(&event, span);
        }
        let bare = event.tag().is_none() && event.anchor_id().is_none();
        match event {
            Event::Scalar(text, style, ..) => self.scalar(&text, style, place, bare),
            Event::SequenceStart(style, ..) => {
                self.open(style, place.start, Content::List(Vec::new()));
            }
            Event::MappingStart(style, ..) => {
                self.open(
                    style,
                    place.start,
                    Content::Mapping {
                        entries: IndexMap::new(),
                        key: None,
                    },
                );
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(place.end),
            Event::Anchor(..) => self.report_text(Cause::Anchor, self.anchored.clone(), place),
            Event::Alias(_) | Event::UnresolvedAlias(_) => return self.alias(place),
            Event::DocumentStart(..) if self.root.is_some() => return self.second_document(place),
            _ => {}
        }
        Continue(())
    }

    fn count(&mut self, place: Place) -> Progress {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return self.over(Limit::Nodes, MAX_NODES, place);
        }
        Continue(())
    }

    fn over(&mut self, limit: Limit, maximum: usize, place: Place) -> Progress {
        let path = self.path();
        too_large(self.findings, limit, maximum, path, place);
        Break(Ending::At(place.start.byte))
    }

    /// A tag or anchor before a value. The value is read as if it were not there.
    fn properties(&mut self, event: &Event<'_>, span: Span) {
        if event.tag().is_some() {
            let place = span.tag_span().map_or_else(|| place_of(span), place_of);
            self.report_text(Cause::Tag, self.path(), place);
        }
        if event.anchor_id().is_some() {
            self.anchored = self.path();
        }
    }

    fn report(&mut self, cause: Cause, path: Path, place: Place) -> &mut Finding {
        invalid(self.findings, cause, path, place)
    }

    /// A finding that shows what stands at its place.
    fn report_text(&mut self, cause: Cause, path: Path, place: Place) {
        let text = self
            .text
            .source()
            .get(place.start.byte..place.end.byte)
            .unwrap_or_default();
        self.report(cause, path, place).with("tekst", text);
    }

    fn alias(&mut self, place: Place) -> Progress {
        self.aliases += 1;
        if self.aliases > MAX_ALIASES {
            return self.over(Limit::Aliases, MAX_ALIASES, place);
        }
        self.alias = Some((self.path(), place));
        if self.expects_key() {
            self.expect_value(Key {
                text: String::new(),
                place,
                keep: false,
                is_decimals: false,
            });
        } else {
            self.add(Node {
                value: Value::Unread,
                place,
            });
        }
        Continue(())
    }

    fn second_document(&mut self, place: Place) -> Progress {
        let place = if place.start < place.end {
            place
        } else {
            self.text.character(place.start.byte)
        };
        self.report(Cause::SecondDocument, Path::root(), place);
        Break(Ending::Whole)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, place: Place, bare: bool) {
        let (text, controls) = clean_value(text);
        if let Some(controls) = controls {
            let path = self.path();
            controls.report(self.findings, path, place);
        }
        let text = text.into_owned();
        let plain = style == ScalarStyle::Plain;
        // What is absent the parser calls "~".
        let written = !plain || place.start < place.end;
        if self.expects_key() && written {
            return self.key(text, place);
        } else if self.expects_key() {
            return self.no_key(self.text.character(place.start.byte));
        }
        let nothing =
            plain && (!written || matches!(text.as_str(), "~" | "null" | "Null" | "NULL"));
        let (value, place) = match style {
            _ if nothing && !bare => (Value::Unread, place),
            _ if nothing => (
                Value::Empty,
                if written {
                    place
                } else {
                    self.dash_before(place)
                },
            ),
            ScalarStyle::Literal | ScalarStyle::Folded => {
                (Value::Scalar { text, plain }, self.without_line_end(place))
            }
            _ => (Value::Scalar { text, plain }, place),
        };
        self.add(Node { value, place });
    }

    /// The dash of a list item that is not there.
    fn dash_before(&self, place: Place) -> Place {
        let in_list = matches!(
            self.stack.last(),
            Some(Frame {
                content: Content::List(_),
                flow: false,
                ..
            })
        );
        let before = self
            .text
            .source()
            .get(..place.start.byte)
            .unwrap_or_default();
        let Position { line, column, byte } = place.start;
        if in_list && before.ends_with('-') {
            return Place {
                start: Position {
                    line,
                    column: column - 1,
                    byte: byte - 1,
                },
                end: place.start,
            };
        }
        place
    }

    /// The parser counts the white space behind a block text as part of it.
    fn without_line_end(&self, place: Place) -> Place {
        let text = self
            .text
            .source()
            .get(place.start.byte..place.end.byte)
            .unwrap_or_default();
        Place {
            start: place.start,
            end: self.text.position(place.start.byte + text.trim_end().len()),
        }
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

    fn key(&mut self, text: String, place: Place) {
        self.check_tab(place);
        let text = self.bare_key(text, place);
        let is_decimals = self.is_decimals(&text, place);
        let first = match self.stack.last() {
            Some(Frame {
                content: Content::Mapping { entries, .. },
                ..
            }) => entries.get(&text),
            _ => None,
        };
        let first_line = first.map(|first| first.key.start.line);
        if let Some(line) = first_line.filter(|_| !is_decimals) {
            let path = self.path().join(&text);
            let finding = self.findings.add(&DUPLICATE, path).focus(Focus::At(place));
            finding.with("sleutel", text.as_str()).with("regel", line);
        }
        self.expect_value(Key {
            text,
            place,
            keep: first_line.is_none(),
            is_decimals,
        });
    }

    /// The parser lets some tabs before keys pass that other YAML programs refuse. One finding tells enough.
    fn check_tab(&mut self, place: Place) {
        let before = self
            .text
            .source()
            .get(..place.start.byte)
            .unwrap_or_default();
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
            place,
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

    fn open(&mut self, style: StructureStyle, start: Position, content: Content) {
        self.stack.push(Frame {
            start,
            flow: style == StructureStyle::Flow,
            content,
        });
    }

    fn close(&mut self, end: Position) {
        let Some(frame) = self.stack.pop() else {
            return;
        };
        let node = frame.into_node(Some(end));
        if self.expects_key() {
            self.no_key(node.place);
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
                            key: key.place,
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
    fn into_node(self, end: Option<Position>) -> Node {
        let last = match &self.content {
            Content::List(items) => items.last().map(|item| item.place.end),
            Content::Mapping { entries, .. } => {
                entries.last().map(|(_, entry)| entry.value.place.end)
            }
        };
        let end = end
            .filter(|_| self.flow)
            .or(last)
            .unwrap_or(self.start)
            .max(self.start);
        // These take most of the memory of a large plan: no room is kept for more.
        let value = match self.content {
            Content::List(mut items) => {
                items.shrink_to_fit();
                Value::List(items)
            }
            Content::Mapping { mut entries, .. } => {
                entries.shrink_to_fit();
                Value::Mapping(entries)
            }
        };
        Node {
            value,
            place: Place {
                start: self.start,
                end,
            },
        }
    }
}

fn place_of(span: Span) -> Place {
    let start = position_of(span.start);
    Place {
        start,
        end: position_of(span.end).max(start),
    }
}

/// The parser counts columns from 0. It knows bytes of every text that it was given whole.
fn position_of(mark: Marker) -> Position {
    Position {
        line: mark.line(),
        column: mark.col() + 1,
        byte: mark.byte_offset().unwrap_or(0),
    }
}
