//! Reading of a [`Document`] into a [`Plan`]. Unreadable parts become findings and do not stop it.
//!
//! The deserializers here are driven by serde, so only the types in [`plan`](crate::plan) know the model. Beyond what serde
//! does, they
//!
//! * **recover from errors.** An unknown key is reported and skipped. An unreadable value is reported; its
//!   [`Answer`](crate::value::Answer) catches the error and becomes `Unreadable`. A misspelled key or reference is reported,
//!   then read as the name it must mean, so that one typo does not make answers missing elsewhere.
//! * **record texts, ids and references.** Their newtypes pass their kind to the deserializer, so no list of the fields that
//!   have references is needed.

mod keys;
mod labels;
mod stop;
mod targets;

use std::cell::RefCell;
use std::{fmt, mem};

use indexmap::IndexMap;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, Expected, SeqAccess, Unexpected, Visitor,
};

use crate::document::{Document, Entry, INVALID_VALUE, Node, Value};
use crate::finding::{Argument, Finding, Findings, Focus, Rule, Severity};
use crate::plan::Plan;
use crate::value::path::{Path, PathRef, StepRef};
use crate::value::suggest::nearest;
use crate::value::{
    ABOUT, Id, Money, NO_SUCH_DAY, Number, Odd, Prose, RefKind, TOO_LONG, TWO_EUROS, Text, UNKNOWN,
    UNLIKELY_YEAR, WITHOUT_DAY, choice, plain,
};
use keys::EntryReader;
pub(crate) use keys::meant;
pub use stop::part_at;
use targets::Targets;

/// A value under an unknown key is ignored, which the author would not notice.
pub(crate) const UNKNOWN_KEY: Rule = Rule::new(
    "sleutel-onbekend",
    Severity::Error,
    &[
        "sleutel",
        "teken",
        "bedoeld",
        "met_spatie",
        "vooraan",
        "keuzes",
    ],
);

/// Data recorded while a plan is read. It borrows from the document, because it covers most of its text.
#[derive(Debug, Default)]
pub struct Reading<'d> {
    /// Every reference in the plan, in file order.
    pub references: Vec<Reference<'d>>,
    /// Every free text in the plan, in file order.
    pub texts: Vec<WrittenText<'d>>,
    /// The path of every declared id that is not well-formed, in file order.
    pub malformed_ids: Vec<Path>,
    /// Whether parsing stopped early, so that absent values may be in the rest of the file.
    pub broken: bool,
    /// Whether a key or value was skipped, here or by the parser, because it could not be read.
    pub has_gaps: bool,
    /// Problems with keys and values.
    pub problems: Findings,
    /// The keys that were read as another one that they must mean.
    pub renamed: Vec<Renamed>,
    /// The root keys at which parsing stopped that no plan has: lines that are not indented enough. They are no unknown keys.
    pub strays: Vec<Path>,
}

/// A key that was read as another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    /// The path of the key as it is written.
    pub path: Path,
    /// The key that it was read as.
    pub read_as: String,
}

/// An id that refers to something elsewhere in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference<'d> {
    /// The kind of thing that it refers to.
    pub kind: RefKind,
    /// The path of the value, or of the key, that holds it.
    pub path: PathRef<'d>,
    /// Whether the reference is the key at that path rather than the value.
    pub is_key: bool,
    /// The id, corrected if it is misspelled in only one possible way.
    pub id: &'d str,
    /// Whether the id does not exist and was read as the only id of which it can be a misspelling.
    pub is_misspelled: bool,
    /// The character that hides in it, if it was read as the id that is right but for that.
    pub odd: Option<Odd>,
    /// Whether the field also accepts a list of ids.
    pub may_be_list: bool,
}

/// A free text in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenText<'d> {
    /// The path of the value that holds it.
    pub path: PathRef<'d>,
    /// Whether the text is Markdown.
    pub is_prose: bool,
    /// The text as it was written.
    pub text: &'d str,
}

/// Reads all of a plan that can be read.
#[must_use]
pub fn read(document: &Document) -> (Plan, Reading<'_>) {
    let reader = Reader::new(document);
    // The root is always a mapping, and its values are answers, which catch errors.
    let mut plan = Plan::deserialize(NodeReader::new(document.root(), &reader)).unwrap_or_default();
    let State {
        mut reading,
        misplaced,
        ..
    } = reader.state.into_inner();
    for section in misplaced {
        plan.forget_misplaced(section);
    }
    reading.has_gaps = !(document.problems().is_empty() && reading.problems.is_empty());
    for stop in document.stops() {
        reading.broken = true;
        plan.forget_unread(part_at(stop));
        let stray = stop::stray(stop).map(|key| Path::root().join(key));
        reading.strays.extend(stray);
    }
    (plan, reading)
}

/// The state shared by the deserializers of one plan.
struct Reader<'d> {
    state: RefCell<State<'d>>,
}

struct State<'d> {
    /// The path of the value that is being read.
    path: PathRef<'d>,
    /// The number of problems reported so far.
    reported: usize,
    /// Whether the document has problems. `\u{FFFD}` in a text may then be a reported decoding error.
    is_garbled: bool,
    targets: Targets<'d>,
    /// The sections that stand in another one.
    misplaced: Vec<&'d str>,
    /// The number of unknown keys so far.
    key_lookups: usize,
    reading: Reading<'d>,
}

impl<'d> Reader<'d> {
    fn new(document: &'d Document) -> Self {
        Self {
            state: RefCell::new(State {
                path: PathRef::default(),
                is_garbled: !document.problems().is_empty(),
                reported: 0,
                targets: Targets::of(document),
                misplaced: Vec::new(),
                key_lookups: 0,
                reading: Reading::default(),
            }),
        }
    }

    /// The path of the value that is being read.
    fn path(&self) -> Path {
        self.state.borrow().path.to_path()
    }

    /// Runs `read` with `path` as the path of the value that is being read.
    fn within<T>(&self, path: PathRef<'d>, read: impl FnOnce() -> T) -> T {
        let outer = mem::replace(&mut self.state.borrow_mut().path, path);
        let result = read();
        self.state.borrow_mut().path = outer;
        result
    }

    fn report(&self, rule: &'static Rule, describe: impl FnOnce(&mut Finding)) -> ShapeError {
        let state = &mut *self.state.borrow_mut();
        state.reported += 1;
        let path = state.path.to_path();
        describe(state.reading.problems.add(rule, path));
        ShapeError::Reported
    }

    /// Records that the key at the current path was read as another one.
    fn rename(&self, read_as: &str) {
        let path = self.path();
        let renamed = &mut self.state.borrow_mut().reading.renamed;
        if renamed.len() < Findings::LIMIT {
            let read_as = read_as.to_owned();
            renamed.push(Renamed { path, read_as });
        }
    }

    /// Whether a key beside the current one was read as this.
    fn is_taken(&self, read_as: &str) -> bool {
        let parent = |mut path: Path| {
            path.pop();
            path
        };
        let here = parent(self.path());
        let renamed = &self.state.borrow().reading.renamed;
        let mut taken = renamed.iter().filter(|key| key.read_as == read_as);
        taken.any(|key| parent(key.path.clone()) == here)
    }

    /// Whether a text has a decoding error, which has been reported.
    fn is_garbled(&self, text: &str) -> bool {
        self.state.borrow().is_garbled && text.contains(char::REPLACEMENT_CHARACTER)
    }

    /// Records a text of the given kind. Returns the id it must mean, if it is a misspelled reference.
    fn record(
        &self,
        kind: &str,
        text: &'d str,
        is_key: bool,
        may_be_list: bool,
    ) -> Option<&'d str> {
        let state = &mut *self.state.borrow_mut();
        if let Some(kind) = RefKind::of(kind) {
            let written = text.trim();
            // A malformed id is reported where it is declared.
            let declared = state.targets.declared(kind, written);
            let id = declared.unwrap_or(written);
            let meant = state.targets.meant(kind, id);
            let odd = declared.and_then(|_| Odd::hidden_in(written));
            state.reading.references.push(Reference {
                kind,
                path: state.path.clone(),
                is_key,
                id,
                is_misspelled: meant.is_some(),
                odd,
                may_be_list,
            });
            return meant.or(declared);
        }
        if kind == Id::KIND && !Id::is_well_formed(text) && !has_other_hyphens(text) {
            state.reading.malformed_ids.push(state.path.to_path());
        } else if (kind == Text::KIND || kind == Prose::KIND) && !is_key {
            state.reading.texts.push(WrittenText {
                path: state.path.clone(),
                is_prose: kind == Prose::KIND,
                text,
            });
        }
        None
    }
}

/// Whether an id is well-formed but for its hyphens, which are as good as plain ones.
fn has_other_hyphens(id: &str) -> bool {
    Odd::hidden_in(id).is_none() && Id::is_well_formed(&plain(id))
}

/// The reason that a key or value cannot be read. [`report`] turns it into a finding.
#[derive(Debug)]
enum ShapeError {
    /// It has been reported.
    Reported,
    /// It is not of this kind (`keuzes.soorten` in the words).
    Expected(String),
    /// It is not one of these words.
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

/// Deserializes a value.
#[derive(Clone, Copy)]
struct NodeReader<'a, 'd> {
    node: &'d Node,
    reader: &'a Reader<'d>,
    /// Whether a list is also accepted here.
    may_be_list: bool,
    /// The kind of choice that is being read, if any.
    choice: Option<&'static str>,
}

impl<'a, 'd> NodeReader<'a, 'd> {
    const fn new(node: &'d Node, reader: &'a Reader<'d>) -> Self {
        Self {
            node,
            reader,
            may_be_list: false,
            choice: None,
        }
    }

    fn text(&self) -> Option<&'d str> {
        self.node.text()
    }

    /// Reports an error that has not been reported yet.
    fn report(&self, error: ShapeError) -> ShapeError {
        match self.text() {
            Some(text) if self.reader.is_garbled(text) => ShapeError::Reported,
            text => report(
                self.reader,
                error,
                text,
                Focus::Value,
                self.may_be_list,
                self.choice,
            ),
        }
    }

    /// Reads a list or mapping. An error in an item that has been reported is not reported for the whole as well. Texts in a
    /// whole that cannot be read are not recorded.
    fn collection<T>(&self, read: impl FnOnce() -> Result<T, ShapeError>) -> Result<T, ShapeError> {
        let state = &self.reader.state;
        let reported = || state.borrow().reported;
        let before = reported();
        let texts = state.borrow().reading.texts.len();
        read().map_err(|error| {
            state.borrow_mut().reading.texts.truncate(texts);
            match error {
                _ if reported() > before => ShapeError::Reported,
                error => self.report(error),
            }
        })
    }

    fn list<'de, V: Visitor<'de>>(
        &self,
        items: &'d [Node],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        self.collection(|| {
            visitor.visit_seq(ItemReader {
                path: self.reader.path(),
                items: items.iter().enumerate(),
                reader: self.reader,
            })
        })
    }

    /// Reads a mapping with these keys, or with ids if there are none.
    fn mapping<'de, V: Visitor<'de>>(
        &self,
        fields: Option<&'static [&'static str]>,
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        let Value::Mapping(mapping) = &self.node.value else {
            return Err(self.expected(match (&self.node.value, fields) {
                (Value::List(_), Some(_)) => NO_DASHES,
                (Value::List(_), None) => IDS_FOR_DASHES,
                _ => "sleutels",
            }));
        };
        self.collection(|| visitor.visit_map(EntryReader::new(mapping, fields, self.reader)))
    }

    /// Reports that a value is not of this kind.
    fn expected(&self, kind: &str) -> ShapeError {
        match self.node.value {
            Value::Unread => ShapeError::Reported,
            _ => self.report(ShapeError::Expected(kind.to_owned())),
        }
    }
}

/// Returns a more specific error for a mapping with one key where a text was expected: an unquoted text with a colon.
fn not_a_text(error: ShapeError, entries: &IndexMap<String, Entry>) -> ShapeError {
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

/// The kind that is expected instead of an unquoted text with a colon.
pub(crate) const WITH_COLON: &str = "tekst_met_dubbele_punt";

/// The kind that is expected instead of keys without the dash that makes them an item of a list.
pub(crate) const LIST_OF_KEYS: &str = "lijst_van_sleutels";

/// The kind that is expected instead of a list of keys.
pub(crate) const NO_DASHES: &str = "sleutels_zonder_streepje";

/// The kind that is expected instead of a list of things that need ids.
pub(crate) const IDS_FOR_DASHES: &str = "ids_voor_streepjes";

/// Reports a key or value that cannot be read, unless it has been reported.
fn report(
    reader: &Reader<'_>,
    error: ShapeError,
    text: Option<&str>,
    focus: Focus,
    may_be_list: bool,
    kind_of_choice: Option<&'static str>,
) -> ShapeError {
    if matches!(error, ShapeError::Reported) {
        return error;
    }
    reader.report(&INVALID_VALUE, |finding| {
        finding.focus(focus);
        if let Some(text) = text {
            finding.with("waarde", text);
        }
        match error {
            ShapeError::Choice(choices) => {
                let list = text.filter(|_| may_be_list).and_then(|text| {
                    without_brackets(text, |word| {
                        let exact = choices.iter().find(|choice| **choice == word);
                        exact
                            .copied()
                            .or_else(|| choice::spelled(kind_of_choice?, word))
                    })
                });
                let one = || {
                    let word = plain(text?);
                    let exact = nearest(word.trim(), choices.iter().copied());
                    let meant =
                        exact.or_else(|| choice::nearest_spelling(kind_of_choice?, word.trim()))?;
                    Some(match kind_of_choice {
                        Some(kind) => Argument::Choice(kind, meant.to_owned()),
                        None => meant.into(),
                    })
                };
                if let Some(meant) = list.map(Argument::from).or_else(one) {
                    finding.with("bedoeld", meant);
                }
                let choices = owned(choices);
                match kind_of_choice {
                    Some(kind) => finding.with("keuzes", Argument::Choices(kind, choices)),
                    None => finding.with("keuzes", choices),
                };
            }
            ShapeError::Expected(kind) => {
                if kind == Money::AMBIGUOUS
                    && let Some((whole, cents)) = text.and_then(Money::both_readings)
                {
                    finding
                        .with("heel", Argument::Money(whole))
                        .with("met_centen", Argument::Money(cents));
                }
                if kind == Number::AMBIGUOUS
                    && let Some((whole, decimal)) = text.and_then(Number::both_readings)
                {
                    two_readings(finding, whole, decimal);
                }
                if REASONS.contains(&kind.as_str()) {
                    finding.with("reden", Argument::Choice("redenen", kind.clone()));
                }
                finding.with("verwacht", Argument::Choice("soorten", kind));
            }
            ShapeError::Reported => {}
        }
    })
}

/// Adds both readings of a number.
pub(crate) fn two_readings(finding: &mut Finding, whole: Decimal, decimal: Decimal) {
    finding
        .with("heel", Argument::Number(whole))
        .with("met_decimalen", Argument::Number(decimal));
}

/// The kinds that have a reason in the words (`keuzes.redenen`).
pub(crate) const REASONS: [&str; 10] = [
    NO_SUCH_DAY,
    UNLIKELY_YEAR,
    TOO_LONG,
    TWO_EUROS,
    WITHOUT_DAY,
    ABOUT,
    UNKNOWN,
    LIST_OF_KEYS,
    NO_DASHES,
    IDS_FOR_DASHES,
];

/// Writes a text as the list that it must mean, if each of its words is valid. `valid` returns the word in its own spelling.
pub(crate) fn without_brackets<'w>(
    text: &'w str,
    valid: impl Fn(&'w str) -> Option<&'w str>,
) -> Option<String> {
    let marks = |text: &'w str| text.split([',', ';', '/', '&', '+']);
    let words = text.split(" en ").flat_map(|part| part.split(" and "));
    let words: Vec<&str> = words
        .flat_map(marks)
        .map(|word| valid(word.trim()))
        .collect::<Option<_>>()?;
    (words.len() > 1).then(|| format!("[{}]", words.join(", ")))
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(ToString::to_string).collect()
}

impl<'de> Deserializer<'de> for NodeReader<'_, '_> {
    type Error = ShapeError;

    /// Called by types that accept more than one shape. A scalar is passed on as a newtype, so that its kind is recorded.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match &self.node.value {
            Value::List(items) => self.list(items, visitor),
            Value::Mapping(_) => self.mapping(None, visitor),
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
        let text = self.text();
        if let Some(kind) = choice::kind(name) {
            let choice = NodeReader {
                choice: Some(kind),
                ..self
            };
            let read = visitor.visit_newtype_struct(choice)?;
            if let Some((text, odd)) = text.and_then(|text| Some((text, Odd::hidden_in(text)?))) {
                self.reader.report(&INVALID_VALUE, |finding| {
                    finding
                        .severity(Severity::Warning)
                        .with("waarde", text)
                        .with("teken", odd);
                });
            }
            return Ok(read);
        }
        match text.and_then(|text| self.reader.record(name, text, false, self.may_be_list)) {
            Some(meant) => visitor.visit_newtype_struct(StrDeserializer::<ShapeError>::new(meant)),
            None => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        let error = match &self.node.value {
            Value::Scalar { text, .. } => {
                return visitor.visit_str(text).map_err(|error| self.report(error));
            }
            Value::Unread => ShapeError::Reported,
            Value::Mapping(entries) => {
                not_a_text(ShapeError::invalid_type(Unexpected::Map, &visitor), entries)
            }
            _ => ShapeError::invalid_type(Unexpected::Seq, &visitor),
        };
        Err(self.report(error))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        match &self.node.value {
            Value::List(items) => self.list(items, visitor),
            Value::Mapping(_) => Err(self.expected(LIST_OF_KEYS)),
            _ => Err(self.expected("lijst")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        self.mapping(None, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ShapeError> {
        self.mapping(Some(fields), visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char string bytes byte_buf unit unit_struct
        tuple tuple_struct enum identifier
    }
}

/// Deserializes the items of a list.
struct ItemReader<'a, 'd> {
    /// The path of the list.
    path: Path,
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
        let item = || seed.deserialize(NodeReader::new(node, reader));
        let path = PathRef::new(self.path.clone(), StepRef::Index(index));
        reader.within(path, item).map(Some)
    }
}
