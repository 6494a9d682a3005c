//! Parsing of a YAML file into a tree in which every key and every value has a span.
//!
//! This covers decoding, limits on hostile input, diagnosis of syntax errors, and mapping a [`Path`] back to a place in
//! the text. It does not know the keys of a plan; see [`plan`](crate::plan). The YAML parser is private to this module.

mod causes;
mod diagnosis;
mod losses;
mod mended;
mod text;
mod tree;
mod words;

#[cfg(test)]
mod tests;

use indexmap::IndexMap;

pub use causes::{Cause, Limit};
pub use losses::{Loss, Lost, bullet};
pub use words::occurrences;

use crate::finding::{Argument, Finding, Findings, Focus, Rule, Severity};
use crate::value::is_blank;
use crate::value::path::{Path, Place, Step};
pub use text::Span;
use text::Text;

/// A plan can only be read if it is YAML, and of YAML a plan needs only texts, lists and mappings: tags, anchors,
/// aliases and directives are for programs, and make a file mean what it does not say.
pub(crate) const INVALID: Rule = Rule::new(
    "yaml-ongeldig",
    Severity::Error,
    &[
        "oorzaak", "tekst", "teken", "melding", "aantal", "onder", "spaties", "passend", "zo",
    ],
);

/// A plan of any size that a person can write is read; what is larger can only be a mistake or an attack.
pub(crate) const TOO_LARGE: Rule =
    Rule::new("bestand-te-groot", Severity::Error, &["maximum", "grens"]);

/// Only one of two equal keys can count, and it is unknown which one was meant. The first counts.
pub(crate) const DUPLICATE: Rule =
    Rule::new("sleutel-dubbel", Severity::Error, &["sleutel", "regel"]);

/// A value of the wrong kind, or not one of the choices, cannot be used. Also reported by `reading`, and for a plan that ends
/// before it starts by `rules`.
pub(crate) const INVALID_VALUE: Rule = Rule::new(
    "waarde-ongeldig",
    Severity::Error,
    &[
        "waarde",
        "heel",
        "met_centen",
        "met_decimalen",
        "reden",
        "teken",
        "bedoeld",
        "keuzes",
        "verwacht",
    ],
);

/// The kinds that a number and a text that were cut at their comma were expected to be.
pub(crate) const UNCUT: &str = "getal_met_komma";
pub(crate) const UNCUT_TEXT: &str = "tekst_met_komma";

/// Whether the rule's findings mean that a file, or the rest of it, cannot be read.
pub(crate) fn prevents_reading(rule: &Rule) -> bool {
    [INVALID, TOO_LARGE].contains(rule)
}

fn invalid(findings: &mut Findings, cause: Cause, path: Path, place: Place) -> &mut Finding {
    let cause = Argument::Choice("oorzaak_yaml", cause.code().to_owned());
    findings
        .add(&INVALID, path)
        .focus(Focus::At(place))
        .with("oorzaak", cause)
}

fn too_large(findings: &mut Findings, limit: Limit, maximum: usize, path: Path, place: Place) {
    let limit = Argument::Choice("grens", limit.code().to_owned());
    findings
        .add_first(&TOO_LARGE, path)
        .focus(Focus::At(place))
        .with("grens", limit)
        .with("maximum", maximum);
}

/// A parsed plan file, with its text.
#[derive(Debug, Clone)]
pub struct Document {
    text: Text,
    root: Node,
    stops: Vec<Stop>,
    losses: Vec<Loss>,
    problems: Findings,
    /// The keys that are read as another one: the span of each, the key, and what it is read as.
    renamed: Vec<(Span, String, String)>,
}

/// A position where parsing stopped. It went on at the next section, if there was one that could be found; what is absent
/// after a stop counts as unread, not as missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    section: Option<String>,
    before: Vec<String>,
}

impl Stop {
    const fn nowhere() -> Self {
        Self {
            section: None,
            before: Vec::new(),
        }
    }

    /// The top-level key whose value was read in part; `None` if parsing stopped between two keys or before the first.
    /// Everything before it was read completely.
    pub fn section(&self) -> Option<&str> {
        self.section.as_deref()
    }

    /// The top-level keys before that one, in the author's order.
    pub fn before(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.before.iter().map(String::as_str)
    }
}

/// A value and its span.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The kind of value, with its contents.
    pub value: Value,
    /// The span of the value. For a block text: from its first character to its last, without `|` or `>`.
    pub span: Span,
}

/// The value of a key or a list item.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Empty,
    /// An unknown value: an alias, a tag or anchor without a value, or the value at which parsing stopped. It has been
    /// reported, so it counts neither as missing nor as invalid.
    Unread,
    /// A text, number or date; YAML's own types are ignored.
    Scalar {
        /// The text, without quotes, folding and indentation. The only control characters in it are tabs and line ends.
        text: String,
        /// Whether it is a plain scalar: no quotes, no block.
        plain: bool,
    },
    /// A list of values.
    List(Vec<Node>),
    /// Keys with values, in the author's order. Boxed because most values are texts, which are a third of its size.
    Mapping(Box<IndexMap<String, Entry>>),
}

/// A value in a mapping, with the span of its key.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The place of the key.
    pub key: Span,
    /// The value behind the key.
    pub value: Node,
}

impl Document {
    /// The maximum size of a file, in bytes. To have a larger file reported, pass one byte more than this.
    pub const MAX_BYTES: usize = 2 * 1024 * 1024;

    /// Reads a file. Never fails: what cannot be read becomes one of the document's problems, and what was read before it is
    /// kept.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Self {
        let mut problems = Findings::default();
        if bytes.len() > Self::MAX_BYTES {
            let (top, most) = (Path::root(), Self::MAX_BYTES);
            too_large(&mut problems, Limit::Bytes, most, top, text::NOWHERE);
            return Self::unread(problems);
        }
        if text::is_other_file(bytes) {
            invalid(&mut problems, Cause::OtherFile, Path::root(), text::NOWHERE);
            return Self::unread(problems);
        }
        let decoded = text::is_utf16(bytes).then(|| text::from_utf16(bytes));
        if decoded.is_some() {
            invalid(&mut problems, Cause::Utf16, Path::root(), text::NOWHERE);
        }
        let bytes = decoded.as_ref().map_or(bytes, |text| text.as_bytes());
        let text = Text::decode(bytes, &mut problems);
        let tree::Tree {
            root,
            stops,
            losses,
        } = tree::read(&text, &mut problems);
        Self {
            text,
            root,
            stops,
            losses,
            problems,
            renamed: Vec::new(),
        }
    }

    /// A document of which nothing could be read.
    fn unread(problems: Findings) -> Self {
        Self {
            text: Text::new(String::new()),
            root: Node::empty_mapping(Span::new(0, 0)),
            stops: vec![Stop::nowhere()],
            losses: Vec::new(),
            problems,
            renamed: Vec::new(),
        }
    }

    /// The problems of the document as YAML.
    #[must_use]
    pub const fn problems(&self) -> &Findings {
        &self.problems
    }

    /// The root mapping; empty if the document has none.
    #[must_use]
    pub const fn root(&self) -> &Node {
        &self.root
    }

    /// The text that places refer to: without a byte order mark, with control characters other than tabs and line ends
    /// replaced by a space or `�`, and invalid UTF-8 by `�`.
    #[must_use]
    pub fn source(&self) -> &str {
        self.text.source()
    }

    /// The positions where parsing stopped; none if all of the text was parsed.
    #[must_use]
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// The texts of which YAML drops or joins something.
    #[must_use]
    pub fn losses(&self) -> &[Loss] {
        &self.losses
    }

    /// The source of a span.
    #[must_use]
    pub fn at(&self, span: Span) -> &str {
        self.text.at(span)
    }

    /// The node at a path.
    #[must_use]
    pub fn get(&self, path: &Path) -> Option<&Node> {
        let found = self.walk(path);
        found.whole.then_some(found.node)
    }

    /// The place to show for a finding about `path`.
    ///
    /// Lists, mappings, and empty or missing values have no text of their own: their place is the key they belong to,
    /// or should be under; in a list, the item.
    #[must_use]
    pub fn place(&self, path: &Path, focus: &Focus) -> Place {
        if let Focus::At(place) = focus {
            return *place;
        }
        let found = self.walk(path);
        let value = if found.whole && found.node.has_text() {
            found.node.span
        } else {
            found.heading
        };
        let span = match focus {
            Focus::Word(phrase, nth) if found.whole => {
                self.word(found.node.span, phrase, *nth).unwrap_or(value)
            }
            Focus::Key => found.heading,
            _ => value,
        };
        self.place_of(span)
    }

    /// The lines and columns of a span.
    #[must_use]
    pub fn place_of(&self, span: Span) -> Place {
        self.text.place_of(span)
    }

    /// Makes paths with `read_as` lead to the key at `path`, which is read as that.
    pub(crate) fn rename(&mut self, path: &Path, read_as: String) {
        let found = self.walk(path);
        if let Some(Step::Key(key)) = path.steps().next_back().filter(|_| found.whole) {
            self.renamed.push((found.heading, key.clone(), read_as));
        }
    }

    /// The key that the key at a path is read as, if it is another one.
    pub(crate) fn read_as(&self, path: &Path) -> Option<&str> {
        let found = self.walk(path);
        let mut renamed = self.renamed.iter().filter(|_| found.whole);
        renamed.find_map(|(span, _, read_as)| (*span == found.heading).then_some(read_as.as_str()))
    }

    /// The entry whose key is read as `key`.
    fn renamed<'e>(&self, entries: &'e IndexMap<String, Entry>, key: &str) -> Option<&'e Entry> {
        let mut renamed = self.renamed.iter();
        renamed.find_map(|(span, written, read_as)| {
            let entry = entries.get(written).filter(|_| read_as == key)?;
            (entry.key == *span).then_some(entry)
        })
    }

    /// Follows a path as far as it exists.
    fn walk(&self, path: &Path) -> Found<'_> {
        let mut found = Found {
            node: &self.root,
            heading: self.root.heading(),
            whole: true,
        };
        for step in path.steps() {
            let next = match (step, &found.node.value) {
                (Step::Key(key), Value::Mapping(entries)) => {
                    let entry = entries.get(key).or_else(|| self.renamed(entries, key));
                    entry.map(|entry| (&entry.value, entry.key))
                }
                (Step::Index(index), Value::List(items)) => {
                    items.get(*index).map(|item| (item, item.heading()))
                }
                _ => None,
            };
            let Some((node, heading)) = next else {
                found.whole = false;
                break;
            };
            (found.node, found.heading) = (node, heading);
        }
        found
    }

    /// The nth occurrence of a phrase in the source of a value.
    fn word(&self, value: Span, phrase: &str, nth: usize) -> Option<Span> {
        let start = value.start();
        let end = value.end().min(start + MAX_SEARCHED);
        let end = self.text.position(end).byte;
        let source = self.source().get(start..end)?;
        let word = occurrences(source, phrase).nth(nth)?;
        Some(Span::new(start + word.start, start + word.end))
    }
}

/// The number of bytes of a text that are searched for a word. Real texts are shorter; without a limit, a thousand
/// findings in a text of 2 MiB would take seconds.
pub const MAX_SEARCHED: usize = 32 * 1024;

struct Found<'d> {
    node: &'d Node,
    /// The key of the node; in a list, the start of the item.
    heading: Span,
    /// Whether `node` is the value at the path, rather than its nearest existing ancestor.
    whole: bool,
}

impl Node {
    const fn new(value: Value, span: Span) -> Self {
        Self { value, span }
    }

    fn empty_mapping(span: Span) -> Self {
        Self::new(Value::Mapping(Box::default()), span)
    }

    /// The text of a single value.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether this counts as unanswered: no value, a text that shows nothing, a list of such items, or an empty mapping.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Empty => true,
            Value::Unread => false,
            Value::Scalar { text, .. } => is_blank(text),
            Value::List(items) => items.iter().all(Self::is_empty),
            Value::Mapping(entries) => entries.is_empty(),
        }
    }

    /// Whether this is a scalar with text to point at.
    fn has_text(&self) -> bool {
        match &self.value {
            Value::Scalar { text, .. } => !text.trim().is_empty(),
            Value::Unread => !self.span.is_empty(),
            Value::Empty | Value::List(_) | Value::Mapping(_) => false,
        }
    }

    /// The span that represents a value without a key: its first key, or all of a scalar.
    fn heading(&self) -> Span {
        match &self.value {
            Value::Mapping(entries) => entries.first().map_or(self.span, |(_, entry)| entry.key),
            Value::List(items) => items.first().map_or(self.span, Self::heading),
            _ => self.span,
        }
    }
}
