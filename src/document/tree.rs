//! Building of the tree from the parser's events.
//!
//! YAML that a plan does not need (tags, anchors, aliases, keys that are not text, more documents) becomes a finding, and
//! reading goes on where it can. The limits on depth also keep walking and dropping the tree from overflowing the stack.

mod ending;
mod resume;
mod slips;

use std::cell::OnceCell;
use std::ops::ControlFlow::{self, Break, Continue};

use granit_parser::{Event, Marker, Options, Parser, ScalarStyle, StructureStyle};
use indexmap::IndexMap;

use super::causes::{Cause, Limit};
use super::losses::{self, Loss, Lost};
use super::mended::quoted_line;
use super::text::{Span, Text, clean_value};
use super::{DUPLICATE, Entry, Node, Stop, Value, invalid, too_large};
use crate::finding::{Argument, Finding, Findings, Focus};
use crate::value::path::{Path, Place};

/// The maximum nesting of `[` and `{`.
const MAX_FLOW_DEPTH: usize = 32;
/// The maximum nesting of indented lists and mappings. A plan needs about 8.
const MAX_BLOCK_DEPTH: usize = 64;
/// Aliases are not resolved, so they are cheap; a file with many of them is not a plan.
const MAX_ALIASES: usize = 16;
/// A text of 2 MiB can hold a million empty lists. A plan of a thousand lines has about 2,000 keys and values; one with this
/// many would be a document of a thousand pages.
const MAX_NODES: usize = 50_000;
/// The maximum length of a key in characters: that of a key without `?` in YAML. Each finding about what is below a key has the
/// key in its path.
const MAX_KEY: usize = 1_024;

fn options() -> Options {
    granit_parser::options! {
        flow_nesting_limit: MAX_FLOW_DEPTH,
        block_nesting_limit: MAX_BLOCK_DEPTH,
        disallow_directives: true,
        strict_indentation: true,
        // Otherwise the parser limits the number of comment lines at the start of a file.
        emit_comments: false,
        emit_unresolved_aliases: true,
        emit_anchor_events: true,
    }
}

/// The tree of a text, as far as it was read.
pub(super) struct Tree {
    pub(super) root: Node,
    /// The positions where the parser stopped.
    pub(super) stops: Vec<Stop>,
    pub(super) losses: Vec<Loss>,
}

/// Reads a text. After an error, reading goes on at the next section.
pub(super) fn read(text: &Text, findings: &mut Findings) -> Tree {
    let mut builder = Builder::new(text, findings);
    loop {
        match builder.parse() {
            Ending::Whole => return builder.finish(),
            Ending::At(byte) => return builder.stop(byte),
            Ending::Error(byte) => match builder.resume_after(byte) {
                Some(section) => builder.resume(byte, section),
                None => return builder.stop(byte),
            },
        }
    }
}

/// The way in which reading ends before the parser does.
enum Ending {
    /// Everything that counts was read.
    Whole,
    /// Reading must not go on, at this byte.
    At(usize),
    /// The parser cannot go on, at this byte. It may be able to at a later one.
    Error(usize),
}

type Progress = ControlFlow<Ending>;

/// A list or mapping that is still being read.
struct Frame {
    /// The offset of its first byte.
    start: usize,
    flow: bool,
    content: Content,
    /// The path of the list or mapping, once it was asked for.
    path: OnceCell<Path>,
}

enum Content {
    List(Vec<Node>),
    Mapping(OpenMapping),
}

#[derive(Default)]
struct OpenMapping {
    entries: IndexMap<String, Entry>,
    /// The key whose value comes next.
    key: Option<Key>,
}

impl OpenMapping {
    /// Adds the value of the key that was read last.
    fn insert(&mut self, value: Node) {
        if let Some(key) = self.key.take().filter(|key| key.keep) {
            let entry = Entry {
                key: key.span,
                value,
            };
            self.entries.insert(key.text, entry);
        }
    }
}

struct Key {
    text: String,
    span: Span,
    /// `false` for a duplicate and for a key that is not text: the value is read and dropped.
    keep: bool,
    /// Whether it may be the end of a number or text that was cut at its comma.
    is_cut_off: bool,
}

impl Key {
    /// A key that is not text.
    const fn dropped(span: Span) -> Self {
        Self {
            text: String::new(),
            span,
            keep: false,
            is_cut_off: false,
        }
    }
}

struct Builder<'t, 'f> {
    text: &'t Text,
    findings: &'f mut Findings,
    /// The byte at which the parser started.
    from: usize,
    /// Whether the parser started at a key of the root mapping, so that the mapping that it reads first is the root.
    in_root: bool,
    stops: Vec<Stop>,
    losses: Vec<Loss>,
    stack: Vec<Frame>,
    root: Option<Node>,
    nodes: usize,
    aliases: usize,
    /// Whether a tab in indentation was reported.
    tab: bool,
    /// The path of the last node with an anchor; the event of the anchor follows that of the node.
    anchored: Path,
    /// A possible alias: `*vet* gedrukt` begins like one. The next event shows whether it is.
    alias: Option<(Path, Span)>,
    /// The end of what was read last.
    read_to: usize,
    /// The start of what was read last, if that is a text without quotes.
    last_plain: Option<usize>,
}

impl<'t, 'f> Builder<'t, 'f> {
    fn new(text: &'t Text, findings: &'f mut Findings) -> Self {
        Self {
            text,
            findings,
            from: 0,
            in_root: false,
            stops: Vec::new(),
            losses: Vec::new(),
            stack: Vec::new(),
            root: None,
            nodes: 0,
            aliases: 0,
            tab: false,
            anchored: Path::root(),
            alias: None,
            read_to: 0,
            last_plain: None,
        }
    }

    /// Parses the text from where the parser should start.
    fn parse(&mut self) -> Ending {
        let text = self.text;
        let source = text.source().get(self.from..).unwrap_or_default();
        for event in Parser::new_from_str_with_options(source, options()) {
            let step = match event {
                Ok((event, span)) => self.take(event, span),
                Err(error) => Break(self.explain(&error)),
            };
            if let Break(ending) = step {
                return ending;
            }
        }
        Ending::Whole
    }

    fn take(&mut self, event: Event<'_>, found: granit_parser::Span) -> Progress {
        if let Some((path, span)) = self.alias.take() {
            self.report_value(Cause::Alias, path, span);
        }
        let span = self.span_of(found);
        self.read_to = self.read_to.max(span.end());
        let is_plain =
            matches!(event, Event::Scalar(_, ScalarStyle::Plain, ..)) && !span.is_empty();
        if !matches!(event, Event::DocumentEnd) {
            self.last_plain = is_plain.then_some(span.start());
        }
        if event.is_node() {
            self.nodes += 1;
            self.check_limit(Limit::Nodes, self.nodes, MAX_NODES, span)?;
            self.properties(&event, found);
        }
        let bare = event.tag().is_none() && event.anchor_id().is_none();
        match event {
            Event::Scalar(text, style, ..) => self.scalar(&text, style, span, bare),
            Event::SequenceStart(style, ..) => self.open(style, span, Content::List(Vec::new())),
            Event::MappingStart(..) if self.in_root => self.in_root = false,
            Event::MappingStart(style, ..) => {
                self.open(style, span, Content::Mapping(OpenMapping::default()));
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end()),
            Event::Anchor(..) => self.report_value(Cause::Anchor, self.anchored.clone(), span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => return self.alias(span),
            Event::DocumentStart(..) if self.root.is_some() => {
                return Break(self.second_document(span));
            }
            _ => {}
        }
        Continue(())
    }

    fn check_limit(&mut self, limit: Limit, count: usize, maximum: usize, span: Span) -> Progress {
        if count <= maximum {
            return Continue(());
        }
        let (path, place) = (self.path(), self.text.place_of(span));
        too_large(self.findings, limit, maximum, path, place);
        Break(Ending::At(span.start()))
    }

    /// Handles a tag or anchor before a value, which is otherwise ignored.
    fn properties(&mut self, event: &Event<'_>, found: granit_parser::Span) {
        if event.tag().is_some() {
            let tag = self.span_of(found.tag_span().unwrap_or(found));
            self.report_value(Cause::Tag, self.path(), tag);
        }
        if event.anchor_id().is_some() {
            self.anchored = self.path();
        }
    }

    fn report(&mut self, cause: Cause, path: Path, place: Place) -> &mut Finding {
        invalid(self.findings, cause, path, place)
    }

    /// Reports a value that begins with a sign that is special in YAML, with the sign and its word.
    fn report_value(&mut self, cause: Cause, path: Path, span: Span) {
        let text = self.text;
        // Between brackets, the line has more than the text.
        let in_flow = self.stack.last().is_some_and(|frame| frame.flow);
        let line = (!in_flow)
            .then(|| quoted_line(text.source(), span.start()))
            .flatten();
        let finding = self.report(cause, path, text.place_of(span));
        finding.with("tekst", text.at(span));
        if let Some(line) = line {
            finding.with("zo", Argument::Whole(line));
        }
    }

    fn alias(&mut self, span: Span) -> Progress {
        self.aliases += 1;
        self.check_limit(Limit::Aliases, self.aliases, MAX_ALIASES, span)?;
        self.alias = Some((self.path(), span));
        if self.expects_key() {
            self.expect_value(Key::dropped(span));
        } else {
            self.add(Node::new(Value::Unread, span));
        }
        Continue(())
    }

    fn second_document(&mut self, span: Span) -> Ending {
        let place = if span.is_empty() {
            self.text.character(span.start())
        } else {
            self.text.place_of(span)
        };
        self.report(Cause::SecondDocument, Path::root(), place);
        // Without `---`, the document begins with its first key.
        let before = span.start() - usize::from(span.is_empty());
        let next = self.resume_after(before);
        if next.is_some_and(|next| self.has_section(next)) {
            Ending::At(before)
        } else {
            Ending::Error(before)
        }
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span, bare: bool) {
        let (text, controls) = clean_value(text);
        if let Some(controls) = controls {
            let path = self.path();
            controls.report(self.findings, path, self.text.place_of(span));
        }
        let text = text.into_owned();
        let plain = style == ScalarStyle::Plain;
        // The parser's text for a missing value is "~".
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
            _ if nothing => {
                let value = self.nothing(span);
                self.note_losses(&value, style, span);
                return self.add(Node::new(value, self.dash_before(span)));
            }
            ScalarStyle::Literal | ScalarStyle::Folded => {
                (Value::Scalar { text, plain }, self.without_line_end(span))
            }
            _ => (Value::Scalar { text, plain }, span),
        };
        self.check_curly_quote(&value, span);
        self.note_losses(&value, style, span);
        self.add(Node::new(value, span));
    }

    /// The value behind a key or dash with nothing behind it, or a comment.
    fn nothing(&self, span: Span) -> Value {
        let end = self.end_of_key(span);
        let comment = end.and_then(|end| losses::comment_behind(self.text, end));
        let is_text = comment.is_some_and(|comment| !self.text.at(comment).starts_with("# "));
        if is_text { Value::Unread } else { Value::Empty }
    }

    /// Notes what YAML drops or joins in a text.
    fn note_losses(&mut self, value: &Value, style: ScalarStyle, span: Span) {
        let text = self.text;
        let loss = match value {
            Value::Unread => self.end_of_key(span).and_then(|end| {
                let comment = losses::comment_behind(text, end)?;
                let kept = Span::new(comment.start(), comment.start());
                Some((Lost::Comment(self.uncut_line(kept, comment)), comment))
            }),
            Value::Scalar { plain: true, .. }
                if let Some(comment) = losses::comment_behind(text, span.end()) =>
            {
                Some((Lost::Comment(self.uncut_line(span, comment)), comment))
            }
            Value::Scalar { text: value, .. } if style != ScalarStyle::Literal => {
                losses::joined_list(text, span, value).map(|first| (Lost::Lines, first))
            }
            _ => None,
        };
        if let Some((lost, span)) = loss {
            let path = self.path();
            self.losses.push(Loss { path, lost, span });
        }
    }

    /// The line of a text that was cut by a comment, with quotes. Between brackets, the line has more than the text.
    fn uncut_line(&self, value: Span, comment: Span) -> Option<String> {
        let in_flow = self.stack.last().is_some_and(|frame| frame.flow);
        let line = || losses::uncut_line(self.text, value, comment);
        (!in_flow).then(line).flatten()
    }

    /// The byte behind the colon of the key, or behind the dash, of an empty value.
    fn end_of_key(&self, span: Span) -> Option<usize> {
        let Some(key) = self.mapping().and_then(|mapping| mapping.key.as_ref()) else {
            if self.stack.last().is_none_or(|frame| frame.flow) {
                return None;
            }
            // The parser places an empty item at the next token.
            let before = self.text.before(span).trim_end();
            let line = before.rsplit(['\n', '\r']).next()?;
            let item = line.trim_start_matches(['-', ' ', '\t']);
            let dash = line.get(..line.len() - item.len())?.trim_end();
            return dash
                .ends_with('-')
                .then_some(before.len() - line.len() + dash.len());
        };
        let behind = self.text.source().get(key.span.end()..)?;
        let value = behind.trim_start_matches([' ', '\t']).strip_prefix(':')?;
        Some(key.span.end() + behind.len() - value.len())
    }

    /// The span of the dash of an empty list item; elsewhere `span` itself.
    fn dash_before(&self, span: Span) -> Span {
        let in_list = self
            .stack
            .last()
            .is_some_and(|frame| !frame.flow && matches!(frame.content, Content::List(_)));
        if in_list && self.text.before(span).ends_with('-') {
            return Span::new(span.start() - 1, span.start());
        }
        span
    }

    /// Removes trailing white space, which the parser counts as part of a block text.
    fn without_line_end(&self, span: Span) -> Span {
        let text = self.text.at(span).trim_end();
        Span::new(span.start(), span.start() + text.len())
    }

    /// The innermost list or mapping, if it is a mapping.
    fn mapping(&self) -> Option<&OpenMapping> {
        match &self.stack.last()?.content {
            Content::Mapping(mapping) => Some(mapping),
            Content::List(_) => None,
        }
    }

    fn mapping_mut(&mut self) -> Option<&mut OpenMapping> {
        match &mut self.stack.last_mut()?.content {
            Content::Mapping(mapping) => Some(mapping),
            Content::List(_) => None,
        }
    }

    /// The byte offsets of a parser's span, which are known because the parser has the whole text.
    fn span_of(&self, found: granit_parser::Span) -> Span {
        let byte = |mark: Marker| self.from + mark.byte_offset().unwrap_or(0);
        Span::new(byte(found.start), byte(found.end))
    }

    fn expects_key(&self) -> bool {
        self.mapping().is_some_and(|mapping| mapping.key.is_none())
    }

    fn key(&mut self, text: String, span: Span) {
        self.check_tab(span);
        if text.len() > MAX_KEY && text.chars().nth(MAX_KEY).is_some() {
            let place = self.text.place_of(span);
            let finding = self.report(Cause::KeyTooLong, self.path(), place);
            finding.with("tekst", text);
            return self.expect_value(Key::dropped(span));
        }
        let text = self.trim_key(text, span);
        let is_cut_off = self.is_cut_text(&text, span);
        let first = self
            .mapping()
            .and_then(|mapping| mapping.entries.get(&text));
        let first_line = first.map(|first| self.text.position(first.key.start()).line);
        if let Some(line) = first_line.filter(|_| !is_cut_off) {
            let path = self.path().join(&text);
            let place = self.text.place_of(span);
            let finding = self.findings.add(&DUPLICATE, path).focus(Focus::At(place));
            finding.with("sleutel", text.as_str()).with("regel", line);
        }
        self.expect_value(Key {
            text,
            span,
            keep: first_line.is_none(),
            is_cut_off,
        });
    }

    /// Reports a tab before a key. The parser accepts some that other YAML programs reject. One finding per file is enough.
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
            let place = self.text.character(line.len() + tab);
            self.report(Cause::Tab, self.path(), place);
        }
    }

    fn no_key(&mut self, place: Place) {
        self.report(Cause::KeyNotText, self.path(), place);
        self.expect_value(Key::dropped(Span::new(place.start.byte, place.end.byte)));
    }

    fn expect_value(&mut self, key: Key) {
        if let Some(mapping) = self.mapping_mut() {
            mapping.key = Some(key);
        }
    }

    fn open(&mut self, style: StructureStyle, span: Span, content: Content) {
        self.stack.push(Frame {
            start: span.start(),
            flow: style == StructureStyle::Flow,
            content,
            path: OnceCell::new(),
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

    /// Adds a value to the innermost list or mapping.
    fn add(&mut self, node: Node) {
        if self.ends_cut_text(&node) {
            return self.take_cut_text();
        }
        match self.stack.last_mut().map(|frame| &mut frame.content) {
            None => self.root = Some(node),
            Some(Content::List(items)) => items.push(node),
            Some(Content::Mapping(mapping)) => mapping.insert(node),
        }
    }

    /// The path of the next value.
    fn path(&self) -> Path {
        self.path_in(self.stack.len())
    }

    /// The path of the next value of the innermost of the first `depth` open lists and mappings. Paths share their parents:
    /// together, their keys can be long.
    fn path_in(&self, depth: usize) -> Path {
        let Some(outer) = depth.checked_sub(1) else {
            return Path::root();
        };
        let Some(frame) = self.stack.get(outer) else {
            return Path::root();
        };
        let path = frame.path.get_or_init(|| self.path_in(outer));
        match &frame.content {
            Content::List(items) => path.join(items.len()),
            Content::Mapping(mapping) => match &mapping.key {
                Some(key) => path.join(&key.text),
                None => path.clone(),
            },
        }
    }
}

impl Frame {
    /// The list or mapping that was read. `end` counts only in flow style: the parser ends an indented list or mapping at
    /// the next token, which can be lines further.
    fn into_node(self, end: Option<usize>) -> Node {
        let last = match &self.content {
            Content::List(items) => items.last(),
            Content::Mapping(mapping) => mapping.entries.last().map(|(_, entry)| &entry.value),
        };
        let end = end
            .filter(|_| self.flow)
            .or(last.map(|node| node.span.end()))
            .unwrap_or(self.start);
        // These take most of the memory of a large plan.
        let value = match self.content {
            Content::List(mut items) => {
                items.shrink_to_fit();
                Value::List(items)
            }
            Content::Mapping(OpenMapping { mut entries, .. }) => {
                entries.shrink_to_fit();
                Value::Mapping(Box::new(entries))
            }
        };
        Node::new(value, Span::new(self.start, end))
    }
}
