//! From a [`Document`] to a [`Plan`]: all that can be read is read, and each thing that cannot becomes a finding.
//!
//! serde drives it, so the types in `section/` and `annex/` are the one place that knows the model. Two things are ours:
//!
//! * **It recovers.** An unknown key is reported and skipped. A value that cannot be read is reported where it stands;
//!   its [`Answer`](crate::value::Answer) catches the error and becomes `Answer::Unreadable`, and reading goes on behind it.
//!   A misspelt key or reference is reported, and read as the one that it can only mean: one slip of the pen must not
//!   also make answers missing elsewhere.
//! * **It takes note.** Texts, ids and references tell the reader their kind (the name of their newtype), so that every
//!   reference in the plan can be looked up without a list of the places where one may stand.

mod stop;
mod targets;

use std::cell::RefCell;
use std::{fmt, mem};

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, Expected, MapAccess, SeqAccess, Unexpected, Visitor,
};

use crate::document::{Document, Entry, INVALID_VALUE, Node, Value};
use crate::finding::{Argument, Finding, Findings, Focus, Rule, Severity};
use crate::plan::Plan;
use crate::value::path::{Path, Step};
use crate::value::suggest::{misspelt, nearest};
use crate::value::{Id, Money, Prose, RefKind, Text};
pub use stop::part_at;
use targets::Targets;

/// What is written under an unknown key counts for nothing, and nobody would notice.
pub(crate) const UNKNOWN_KEY: Rule = Rule::new(
    "sleutel-onbekend",
    Severity::Error,
    &["sleutel", "bedoeld", "met_spatie", "keuzes"],
);

/// What was noted while a plan was read: that is most of it, so it is noted in the document's own texts.
#[derive(Debug, Default)]
pub struct Reading<'d> {
    /// Every reference in the plan, in file order.
    pub references: Vec<Reference<'d>>,
    /// Every text in the plan that somebody wrote, in file order.
    pub texts: Vec<WrittenText<'d>>,
    /// Every id of a thing, in file order, if it is not well-formed.
    pub malformed_ids: Vec<Path>,
    /// Whether reading ended early, so that what is absent may stand further on.
    pub broken: bool,
    /// Whether a key or value was passed over, here or before, because it could not be read: what it says is not known.
    pub has_gaps: bool,
    /// What is wrong with the keys and values of the plan.
    pub problems: Findings,
}

/// An id that points at something elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'d> {
    /// What it points at.
    pub kind: RefKind,
    pub path: Path,
    /// Whether it is the key there, rather than the value.
    pub is_key: bool,
    /// The id.
    pub id: &'d str,
    /// Whether it does not exist, but was read as the one that it can only be a misspelling of.
    pub is_misspelt: bool,
    /// Whether a list of ids may stand here too.
    pub may_be_list: bool,
}

/// A text that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenText<'d> {
    pub path: Path,
    /// Whether it is Markdown.
    pub is_prose: bool,
    /// The text.
    pub text: &'d str,
}

/// Reads everything of a plan that can be read.
#[must_use]
pub fn read(document: &Document) -> (Plan, Reading<'_>) {
    let reader = Reader::new(document);
    let node = NodeReader {
        node: document.root(),
        reader: &reader,
        may_be_list: false,
    };
    // The top is a mapping of answers: it can hold findings, but not be one.
    let mut plan = Plan::deserialize(node).unwrap_or_default();
    let mut reading = reader.state.into_inner().reading;
    reading.has_gaps = !(document.problems().is_empty() && reading.problems.is_empty());
    if let Some(stop) = document.stop() {
        reading.broken = true;
        plan.forget_unread(part_at(stop));
        if let Some(key) = stop::stray(stop) {
            let path = Path::root().join(key);
            reading
                .problems
                .take_out(|finding| *finding.rule == UNKNOWN_KEY && finding.path == path);
        }
    }
    (plan, reading)
}

/// What is shared while one plan is read.
struct Reader<'d> {
    state: RefCell<State<'d>>,
}

struct State<'d> {
    /// The path of the value that is being read.
    path: Path,
    made: usize,
    /// Whether the file could not be decoded as it is, which has its finding: then `\u{FFFD}` stands for what nobody knows.
    is_garbled: bool,
    targets: Targets<'d>,
    reading: Reading<'d>,
}

impl<'d> Reader<'d> {
    fn new(document: &'d Document) -> Self {
        let state = State {
            path: Path::root(),
            is_garbled: !document.problems().is_empty(),
            made: 0,
            targets: Targets::of(document),
            reading: Reading::default(),
        };
        Self {
            state: RefCell::new(state),
        }
    }

    /// The path of a part of the value that is being read.
    fn part(&self, step: impl Into<Step>) -> Path {
        self.state.borrow().path.join(step)
    }

    /// Reads the value at `path`.
    fn within<T>(&self, path: Path, read: impl FnOnce() -> T) -> T {
        let outer = mem::replace(&mut self.state.borrow_mut().path, path);
        let result = read();
        self.state.borrow_mut().path = outer;
        result
    }

    fn report(&self, rule: &'static Rule, describe: impl FnOnce(&mut Finding)) -> ShapeError {
        let state = &mut *self.state.borrow_mut();
        state.made += 1;
        let path = state.path.clone();
        describe(state.reading.problems.add(rule, path));
        ShapeError::Reported
    }

    /// Whether part of a text is lost, which has had its finding.
    fn is_garbled(&self, text: &str) -> bool {
        self.state.borrow().is_garbled && text.contains(char::REPLACEMENT_CHARACTER)
    }

    fn made(&self) -> usize {
        self.state.borrow().made
    }

    /// Takes note of a text of the given kind that stands here. Returns what it means, if it is a misspelt reference.
    fn note(&self, kind: &str, text: &'d str, is_key: bool, may_be_list: bool) -> Option<&'d str> {
        let state = &mut *self.state.borrow_mut();
        if let Some(kind) = RefKind::of(kind) {
            let written = text.trim();
            // What is right here and wrong where it is declared has its finding there.
            let declared = state.targets.declared(kind, written);
            let id = declared.unwrap_or(written);
            let meant = state.targets.meant(kind, id);
            let path = state.path.clone();
            state.reading.references.push(Reference {
                kind,
                path,
                is_key,
                id,
                is_misspelt: meant.is_some(),
                may_be_list,
            });
            return meant.or(declared);
        }
        if kind == Id::KIND && !Id::is_well_formed(text) {
            state.reading.malformed_ids.push(state.path.clone());
        } else if (kind == Text::KIND || kind == Prose::KIND) && !is_key {
            let path = state.path.clone();
            state.reading.texts.push(WrittenText {
                path,
                is_prose: kind == Prose::KIND,
                text,
            });
        }
        None
    }
}

/// Why a value could not be read. Whoever knows the place turns it into a finding, once.
#[derive(Debug)]
enum ShapeError {
    /// It has had its finding.
    Reported,
    /// It should have been of this kind (`soorten.…` in the words).
    Expected(String),
    /// It should have been one of these.
    Choice(&'static [&'static str]),
}

impl fmt::Display for ShapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reported => f.write_str("reported"),
            Self::Expected(kind) => write!(f, "expected {kind}"),
            Self::Choice(choices) => write!(f, "expected one of {}", choices.join(", ")),
        }
    }
}

impl std::error::Error for ShapeError {}

impl serde::de::Error for ShapeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Expected(message.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Expected(expected.to_string())
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::Expected(expected.to_string())
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::Choice(expected)
    }
}

/// One value of the document, as serde reads it.
#[derive(Clone, Copy)]
struct NodeReader<'a, 'd> {
    node: &'d Node,
    reader: &'a Reader<'d>,
    /// Whether a list may stand here too.
    may_be_list: bool,
}

impl<'a, 'd> NodeReader<'a, 'd> {
    /// Makes a finding of an error that has not had one.
    fn settle<T>(&self, result: Result<T, ShapeError>, focus: Focus) -> Result<T, ShapeError> {
        let text = match &self.node.value {
            Value::Scalar { text, .. } => Some(text.as_str()),
            _ => None,
        };
        result.map_err(|error| match text {
            Some(text) if self.reader.is_garbled(text) => ShapeError::Reported,
            text => settle(self.reader, error, text, focus, self.may_be_list),
        })
    }

    /// Reads a list or mapping. When an item's finding was the cause, the whole has no finding of its own.
    fn settle_whole<T>(
        &self,
        read: impl FnOnce() -> Result<T, ShapeError>,
    ) -> Result<T, ShapeError> {
        let before = self.reader.made();
        let result = read();
        if result.is_err() && self.reader.made() > before {
            Err(ShapeError::Reported)
        } else {
            self.settle(result, Focus::Value)
        }
    }

    fn expected<T>(&self, kind: &str) -> Result<T, ShapeError> {
        let error = match self.node.value {
            Value::Unread => ShapeError::Reported,
            _ => ShapeError::Expected(kind.to_owned()),
        };
        self.settle(Err(error), Focus::Value)
    }

    fn scalar<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        let result = match &self.node.value {
            Value::Scalar { text, .. } => visitor.visit_str(text),
            Value::Unread => Err(ShapeError::Reported),
            Value::Mapping(entries) => Err(no_text(
                ShapeError::invalid_type(Unexpected::Map, &visitor),
                entries,
            )),
            _ => Err(ShapeError::invalid_type(Unexpected::Seq, &visitor)),
        };
        self.settle(result, Focus::Value)
    }

    fn items(&self, items: &'d [Node]) -> ItemReader<'a, 'd> {
        ItemReader {
            items: items.iter().enumerate(),
            reader: self.reader,
        }
    }

    fn entries(
        &self,
        mapping: &'d IndexMap<String, Entry>,
        fields: Option<&'static [&'static str]>,
    ) -> EntryReader<'a, 'd> {
        EntryReader {
            mapping,
            entries: mapping.iter(),
            value: None,
            fields,
            taken: Vec::new(),
            reader: self.reader,
        }
    }
}

/// Why a mapping is not the value that was expected. A text with a colon in it becomes a mapping of one key.
fn no_text(error: ShapeError, entries: &IndexMap<String, Entry>) -> ShapeError {
    let is_single =
        |entry: &Entry| matches!(entry.value.value, Value::Empty | Value::Scalar { .. });
    match error {
        ShapeError::Expected(kind)
            if matches!(kind.as_str(), Text::KIND | Prose::KIND)
                && entries.len() == 1
                && entries.values().all(is_single) =>
        {
            ShapeError::Expected(WITH_COLON.to_owned())
        }
        error => error,
    }
}

/// The kind of a text with a colon in it, without quotes.
pub(crate) const WITH_COLON: &str = "tekst_met_dubbele_punt";

/// Makes the finding of a value or key that could not be read.
fn settle(
    reader: &Reader<'_>,
    error: ShapeError,
    text: Option<&str>,
    focus: Focus,
    may_be_list: bool,
) -> ShapeError {
    let shape = match error {
        ShapeError::Reported => return ShapeError::Reported,
        other => other,
    };
    reader.report(&INVALID_VALUE, |finding| {
        finding.focus(focus);
        if let Some(text) = text {
            finding.with("waarde", text);
        }
        match shape {
            ShapeError::Choice(choices) => {
                let list = text
                    .filter(|_| may_be_list)
                    .and_then(|text| without_brackets(text, |word| choices.contains(&word)));
                if let Some(list) = list {
                    finding.with("bedoeld", list);
                } else if let Some(meant) =
                    text.and_then(|text| nearest(text.trim(), choices.iter().copied()))
                {
                    finding.with("bedoeld", meant);
                }
                finding.with("keuzes", owned(choices));
            }
            ShapeError::Expected(kind) => {
                if kind == Money::AMBIGUOUS
                    && let Some((whole, cents)) = text.and_then(Money::both_readings)
                {
                    finding
                        .with("heel", Argument::Money(whole))
                        .with("met_centen", Argument::Money(cents));
                }
                finding.with("verwacht", Argument::Choice("soorten", kind));
            }
            ShapeError::Reported => {}
        }
    })
}

/// The list that was meant by words with commas between them, if each of them is one that may stand here.
pub(crate) fn without_brackets(text: &str, may_stand: impl Fn(&str) -> bool) -> Option<String> {
    let words: Vec<&str> = text.split(',').map(str::trim).collect();
    let is_list = words.len() > 1 && words.iter().all(|word| may_stand(word));
    is_list.then(|| format!("[{}]", words.join(", ")))
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

impl<'de> Deserializer<'de> for NodeReader<'_, '_> {
    type Error = ShapeError;

    /// What may have more than one shape asks for anything: a scalar presents itself, so that its kind is noted.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match &self.node.value {
            Value::List(items) => self.settle_whole(|| visitor.visit_seq(self.items(items))),
            Value::Mapping(mapping) => {
                self.settle_whole(|| visitor.visit_map(self.entries(mapping, None)))
            }
            _ => visitor.visit_newtype_struct(NodeReader {
                may_be_list: true,
                ..self
            }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        if self.node.is_empty() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        let meant = match &self.node.value {
            Value::Scalar { text, .. } => self.reader.note(name, text, false, self.may_be_list),
            _ => None,
        };
        match meant {
            Some(meant) => visitor.visit_newtype_struct(StrDeserializer::<ShapeError>::new(meant)),
            None => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        self.scalar(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match &self.node.value {
            Value::List(items) => self.settle_whole(|| visitor.visit_seq(self.items(items))),
            _ => self.expected("lijst"),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match &self.node.value {
            Value::Mapping(mapping) => {
                self.settle_whole(|| visitor.visit_map(self.entries(mapping, None)))
            }
            _ => self.expected("sleutels"),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        match &self.node.value {
            Value::Mapping(mapping) => {
                self.settle_whole(|| visitor.visit_map(self.entries(mapping, Some(fields))))
            }
            _ => self.expected("sleutels"),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char string bytes byte_buf unit unit_struct
        tuple tuple_struct enum identifier
    }
}

struct ItemReader<'a, 'd> {
    items: std::iter::Enumerate<std::slice::Iter<'d, Node>>,
    reader: &'a Reader<'d>,
}

impl<'de> SeqAccess<'de> for ItemReader<'_, '_> {
    type Error = ShapeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, ShapeError> {
        let Some((index, node)) = self.items.next() else {
            return Ok(None);
        };
        let reader = self.reader;
        reader
            .within(reader.part(index), || {
                seed.deserialize(NodeReader {
                    node,
                    reader,
                    may_be_list: false,
                })
            })
            .map(Some)
    }
}

struct EntryReader<'a, 'd> {
    mapping: &'d IndexMap<String, Entry>,
    entries: indexmap::map::Iter<'d, String, Entry>,
    /// The path of the value that comes next, and that value, unless it cannot be read.
    value: Option<(Path, Option<&'d Node>)>,
    /// The keys that the mapping may have; `None` if they are ids.
    fields: Option<&'static [&'static str]>,
    /// The fields that a misspelt key was taken for.
    taken: Vec<&'static str>,
    reader: &'a Reader<'d>,
}

impl<'d> EntryReader<'_, 'd> {
    /// Reports a key that the model does not have. If it can only be the misspelling of a key that is not there, its
    /// value is read as that: then one slip of the pen gives one finding, and not also that the answer is missing.
    fn unknown(&mut self, key: &'d str, fields: &'static [&'static str]) -> Option<&'static str> {
        if let Some((name, value)) = key.split_once(':')
            && let Some(field) = fields.iter().find(|field| **field == name.trim())
            && self
                .mapping
                .get(key)
                .is_some_and(|entry| entry.value.is_empty())
        {
            return self.without_space(key, field, value);
        }
        let meant = nearest(key, fields.iter().copied());
        self.reader.within(self.reader.part(key), || {
            self.reader.report(&UNKNOWN_KEY, |finding| {
                finding.focus(Focus::Key).with("sleutel", key);
                if let Some(meant) = meant {
                    finding.with("bedoeld", meant);
                }
                finding.with("keuzes", owned(fields));
            })
        });
        let meant = misspelt(key, fields.iter().copied())?;
        if self.mapping.contains_key(meant) || self.taken.contains(&meant) {
            return None;
        }
        self.taken.push(meant);
        Some(meant)
    }

    /// Reports a key that holds its value, as there is no space behind the colon. Its value is there, but was not read.
    fn without_space(
        &mut self,
        key: &'d str,
        field: &'static str,
        value: &str,
    ) -> Option<&'static str> {
        self.reader.within(self.reader.part(key), || {
            self.reader.report(&UNKNOWN_KEY, |finding| {
                let meant = format!("{field}: {}", value.trim());
                finding
                    .focus(Focus::Key)
                    .with("sleutel", key)
                    .with("bedoeld", meant.as_str())
                    .with("met_spatie", meant);
            })
        });
        if self.mapping.contains_key(field) || self.taken.contains(&field) {
            return None;
        }
        self.taken.push(field);
        Some(field)
    }
}

impl<'de> MapAccess<'de> for EntryReader<'_, '_> {
    type Error = ShapeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ShapeError> {
        while let Some((key, entry)) = self.entries.next() {
            let name = match self.fields {
                Some(fields) if !fields.contains(&key.as_str()) => self.unknown(key, fields),
                _ => Some(key.as_str()),
            };
            let Some(name) = name else { continue };
            let is_read = name == key || !key.contains(':');
            let (reader, siblings) = (self.reader, self.mapping);
            let path = reader.part(key);
            self.value = Some((path.clone(), is_read.then_some(&entry.value)));
            return reader
                .within(path, || {
                    seed.deserialize(KeyReader {
                        key: name,
                        siblings,
                        reader,
                    })
                })
                .map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<T::Value, ShapeError> {
        let Some((path, node)) = self.value.take() else {
            return Err(ShapeError::Reported);
        };
        let reader = self.reader;
        reader.within(path, || match node {
            Some(node) => seed.deserialize(NodeReader {
                node,
                reader,
                may_be_list: false,
            }),
            None => seed.deserialize(Unread),
        })
    }
}

/// A value that is there and cannot be read, as serde reads it. It has had its finding.
struct Unread;

impl<'de> Deserializer<'de> for Unread {
    type Error = ShapeError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ShapeError> {
        Err(ShapeError::Reported)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        visitor.visit_some(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq map
        newtype_struct struct tuple tuple_struct enum identifier ignored_any
    }
}

/// A key of a mapping, as serde reads it.
struct KeyReader<'a, 'd> {
    key: &'d str,
    siblings: &'d IndexMap<String, Entry>,
    reader: &'a Reader<'d>,
}

impl<'de> Deserializer<'de> for KeyReader<'_, '_> {
    type Error = ShapeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        visitor.visit_str(self.key).map_err(|error: ShapeError| {
            settle(self.reader, error, Some(self.key), Focus::Key, false)
        })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        let meant = self.reader.note(name, self.key, true, false);
        match meant.filter(|meant| !self.siblings.contains_key(*meant)) {
            Some(meant) => visitor.visit_newtype_struct(StrDeserializer::<ShapeError>::new(meant)),
            None => visitor.visit_newtype_struct(self),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq map
        struct tuple tuple_struct enum identifier ignored_any
    }
}
