//! Text to a tree in which every key and every value has a place.
//!
//! This is all there is to reading YAML that users write: decoding, limits on hostile input, what went wrong and
//! where, and the way from a [`Path`] back to a place in the text. It knows nothing of plans; which keys there are
//! and what their values mean is for [`plan`](crate::plan). The parser is an inner matter of this module.

mod causes;
mod diagnosis;
mod text;
mod tree;
mod words;

#[cfg(test)]
mod tests;

use indexmap::IndexMap;

pub use causes::{Cause, Limit};
pub use words::occurrences;

use crate::finding::{Argument, Finding, Findings, Focus, Rule, Severity};
use crate::value::path::{Path, Place, Step};
pub use text::Span;
use text::Text;

/// A plan can only be read if it is YAML, and of YAML a plan needs only texts, lists and mappings: tags, anchors,
/// aliases and directives are for programs, and make a file mean what it does not say.
pub(crate) const INVALID: Rule = Rule::new(
    "yaml-ongeldig",
    Severity::Error,
    &["oorzaak", "tekst", "teken", "melding", "aantal"],
);

/// A plan of any size that a person can write is read; what is larger can only be a mistake or an attack.
pub(crate) const TOO_LARGE: Rule =
    Rule::new("bestand-te-groot", Severity::Error, &["maximum", "grens"]);

/// Of two equal keys only one can count, and nobody can tell which was meant. The first does.
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
        "bedoeld",
        "keuzes",
        "verwacht",
    ],
);

/// What to write instead of such a number.
pub(crate) const UNCUT: &str = "getal_met_komma";

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

/// A plan file as it was written.
#[derive(Debug, Clone)]
pub struct Document {
    text: Text,
    root: Node,
    stop: Option<Stop>,
    problems: Findings,
}

/// Where reading stopped before the end of the file. What is absent from there on may stand in the file all the same.
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

    /// The top-level key whose value was read in part; `None` if reading stopped between two of them, or before the
    /// first. All that stands before it was read completely.
    #[must_use]
    pub fn section(&self) -> Option<&str> {
        self.section.as_deref()
    }

    /// The top-level keys before that one, in the author's order.
    pub fn before(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.before.iter().map(String::as_str)
    }
}

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub value: Value,
    /// Where it stands. Of a block text: from its first character to its last, without `|` or `>`.
    pub span: Span,
}

/// What stands behind a key, or in a list.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing, `~` or `null`.
    Empty,
    /// Something is there, but nobody knows what: an alias, a tag or anchor with nothing behind it, or the value at
    /// which reading stopped. It is reported already; it is neither absent nor wrong.
    Unread,
    /// A text, number, date: YAML's own types play no part.
    Scalar {
        /// The text, without quotes, folding and indentation. It holds no control characters but tabs and line ends.
        text: String,
        /// Whether it was written without quotes and not as a block.
        plain: bool,
    },
    /// Items in a row.
    List(Vec<Node>),
    /// Keys with values, in the author’s order. In a box: of the values of a plan, most are texts, which need a third of its room.
    Mapping(Box<IndexMap<String, Entry>>),
}

/// A value in a mapping, with the place of its key.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where the key stands.
    pub key: Span,
    /// What stands behind it.
    pub value: Node,
}

impl Document {
    /// The largest file that is read, in bytes. Pass one byte more of a larger file, and it is reported.
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
        if text::is_utf16(bytes) {
            invalid(&mut problems, Cause::Utf16, Path::root(), text::NOWHERE);
            return Self::unread(problems);
        }
        let text = Text::decode(bytes, &mut problems);
        let (root, stop) = tree::read(&text, &mut problems);
        Self {
            text,
            root,
            stop,
            problems,
        }
    }

    /// A document of which nothing could be read.
    fn unread(problems: Findings) -> Self {
        Self {
            text: Text::new(String::new()),
            root: tree::nothing(Span::new(0, 0)),
            stop: Some(Stop::nowhere()),
            problems,
        }
    }

    /// What is wrong with the document as YAML.
    #[must_use]
    pub const fn problems(&self) -> &Findings {
        &self.problems
    }

    /// What stands at the top. It is always a mapping: an empty one if there was none to read.
    #[must_use]
    pub const fn root(&self) -> &Node {
        &self.root
    }

    /// The text that places refer to: without byte order mark, with a space or `�` for each control character but tabs
    /// and line ends, and `�` for what is not UTF-8.
    #[must_use]
    pub fn source(&self) -> &str {
        self.text.source()
    }

    /// Where reading stopped; `None` if all was read.
    #[must_use]
    pub const fn stop(&self) -> Option<&Stop> {
        self.stop.as_ref()
    }

    /// What stands at a path.
    #[must_use]
    pub fn get(&self, path: &Path) -> Option<&Node> {
        let found = self.walk(path);
        found.whole.then_some(found.node)
    }

    /// Where a person should look for what `focus` says of `path`.
    ///
    /// Of a mapping or list, of an empty value and of what is not there, that is the key that it stands behind or
    /// should stand under; in a list, the item.
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

    /// Where a stretch of the text stands.
    #[must_use]
    pub fn place_of(&self, span: Span) -> Place {
        self.text.place_of(span)
    }

    /// Follows a path as far as it leads.
    fn walk(&self, path: &Path) -> Found<'_> {
        let mut found = Found {
            node: &self.root,
            heading: self.root.heading(),
            whole: true,
        };
        for step in path.steps() {
            let next = match (step, &found.node.value) {
                (Step::Key(key), Value::Mapping(entries)) => {
                    entries.get(key).map(|entry| (&entry.value, entry.key))
                }
                (Step::Index(index), Value::List(items)) => {
                    items.get(*index).map(|item| (item, item.heading()))
                }
                _ => None,
            };
            let Some((node, heading)) = next else {
                return Found {
                    whole: false,
                    ..found
                };
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

/// How many bytes of a text are searched for a word. No text in a plan is longer; a thousand findings in one of 2 MiB
/// must not take seconds.
pub const MAX_SEARCHED: usize = 32 * 1024;

struct Found<'d> {
    node: &'d Node,
    /// The key that the node stands behind, or what stands for it in a list.
    heading: Span,
    /// Whether the path leads to the node, and not further.
    whole: bool,
}

impl Node {
    /// Whether this counts as no answer: nothing, a blank text, or a list or mapping with no answer in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Empty => true,
            Value::Unread => false,
            Value::Scalar { text, .. } => text.trim().is_empty(),
            Value::List(items) => items.iter().all(Self::is_empty),
            Value::Mapping(entries) => entries.is_empty(),
        }
    }

    /// Whether this is a single value with something to point at.
    fn has_text(&self) -> bool {
        match &self.value {
            Value::Scalar { text, .. } => !text.trim().is_empty(),
            Value::Unread => !self.span.is_empty(),
            Value::Empty | Value::List(_) | Value::Mapping(_) => false,
        }
    }

    /// Where a value begins that stands behind no key: at its own first key, or all of it if it is a single one.
    fn heading(&self) -> Span {
        match &self.value {
            Value::Mapping(entries) => entries.first().map_or(self.span, |(_, entry)| entry.key),
            Value::List(items) => items.first().map_or(self.span, Self::heading),
            _ => self.span,
        }
    }
}
