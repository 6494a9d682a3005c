//! Reading of mappings: their keys, also those that are misspelled or labels, and the values behind them.

use indexmap::IndexMap;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::labels::{labelled, labelled_with};
use super::{NodeReader, Reader, ShapeError, UNKNOWN_KEY, owned, report};
use crate::document::{Entry, Node};
use crate::finding::{Focus, Severity};
use crate::plan::Plan;
use crate::value::path::{Path, PathRef, StepRef};
use crate::value::suggest::{misspelled, nearest};
use crate::value::{Odd, choice, plain};

/// Deserializes the keys and values of a mapping.
pub(super) struct EntryReader<'a, 'd> {
    /// The path of the mapping.
    path: Path,
    mapping: &'d IndexMap<String, Entry>,
    entries: indexmap::map::Iter<'d, String, Entry>,
    /// The key of the next value, and the value; `None` if it cannot be read.
    value: Option<(&'d str, Option<&'d Node>)>,
    /// The valid keys; `None` if the keys are ids.
    fields: Option<&'static [&'static str]>,
    /// The fields that misspelled keys were read as.
    taken: Vec<&'static str>,
    /// Whether the keys of a section follow that is indented as far as they are. It has been reported.
    is_behind_section: bool,
    reader: &'a Reader<'d>,
}

impl<'a, 'd> EntryReader<'a, 'd> {
    pub(super) fn new(
        mapping: &'d IndexMap<String, Entry>,
        fields: Option<&'static [&'static str]>,
        reader: &'a Reader<'d>,
    ) -> Self {
        Self {
            path: reader.path(),
            mapping,
            entries: mapping.iter(),
            value: None,
            fields,
            taken: Vec::new(),
            is_behind_section: false,
            reader,
        }
    }

    /// The path of the value with that key.
    fn path_of(&self, key: &'d str) -> PathRef<'d> {
        PathRef::new(self.path.clone(), StepRef::Key(key))
    }

    /// Whether a key is a section that is indented too far. Reports it.
    fn is_misplaced(&mut self, key: &'d str) -> bool {
        let is_misplaced =
            key != "versie" && Plan::KEYS.contains(&key) && self.path.steps().count() == 1;
        if is_misplaced {
            let value = self.mapping.get(key).map(|entry| &entry.value);
            self.is_behind_section = value.is_some_and(Node::is_empty);
            self.reader.state.borrow_mut().misplaced.push(key);
            self.reader.within(self.path_of(key), || {
                self.reader.report(&UNKNOWN_KEY, |finding| {
                    finding
                        .focus(Focus::Key)
                        .with("sleutel", key)
                        .with("vooraan", key);
                })
            });
        }
        is_misplaced
    }

    /// Reports an unknown key. Returns the field to read it as, if it must mean one that is missing.
    fn unknown(&mut self, key: &'d str, fields: &'static [&'static str]) -> Option<&'static str> {
        if self.is_behind_section || self.is_misplaced(key) {
            return None;
        }
        let may_look_up = self.may_look_up();
        let without_space = self.without_space(key, fields);
        let twin = twin(key, fields);
        let field = without_space
            .map(|(field, _)| field)
            .or(twin)
            .or_else(|| may_look_up.then(|| meant(key, fields)).flatten());
        let is_free =
            |field: &&str| !self.mapping.contains_key(*field) && !self.taken.contains(field);
        let read_as = field.filter(is_free);
        let odd = twin.and_then(|_| Odd::first_in(key));
        if read_as.is_none() || odd.is_none_or(Odd::hides) {
            self.reader.within(self.path_of(key), || {
                self.reader.report(&UNKNOWN_KEY, |finding| {
                    finding.focus(Focus::Key).with("sleutel", key);
                    if let Some(odd) = odd {
                        finding.with("teken", odd);
                    }
                    if read_as.is_some() && odd.is_some() {
                        finding.severity(Severity::Warning);
                    }
                    if let Some((field, value)) = without_space {
                        let meant = format!("{field}: {}", value.trim());
                        finding
                            .with("bedoeld", meant.as_str())
                            .with("met_spatie", meant);
                        return;
                    }
                    let nearest = || nearest(key, fields.iter().copied());
                    if let Some(meant) = field.or_else(|| may_look_up.then(nearest).flatten()) {
                        finding.with("bedoeld", meant);
                    }
                    finding.with("keuzes", owned(fields));
                })
            });
        }
        if let Some(field) = read_as {
            self.taken.push(field);
            self.reader
                .within(self.path_of(key), || self.reader.rename(field));
        }
        read_as
    }

    /// Whether one more unknown key may be compared with the fields of its mapping, which takes a hundred times as long as
    /// reading it.
    fn may_look_up(&self) -> bool {
        let lookups = &mut self.reader.state.borrow_mut().key_lookups;
        *lookups += 1;
        *lookups <= MAX_LOOKUPS
    }

    /// The field and value in a key such as `naam:Jan`, which lacks the space after the colon.
    fn without_space(
        &self,
        key: &'d str,
        fields: &'static [&'static str],
    ) -> Option<(&'static str, &'d str)> {
        let (name, value) = key.split_once(':')?;
        let field = fields.iter().find(|field| **field == name.trim())?;
        let entry = self.mapping.get(key)?;
        entry.value.is_empty().then_some((*field, value))
    }
}

/// The field that a key is but for invisible characters, look-alikes and curly quotes around it.
fn twin(key: &str, fields: &[&'static str]) -> Option<&'static str> {
    Odd::first_in(key)?;
    let plain = plain(key);
    let plain = plain.trim_matches(['"', '\'', ' ']);
    fields.iter().copied().find(|field| *field == plain)
}

/// The field that an unknown key must mean: it is misspelled, or the field's label in Dutch or English.
pub(crate) fn meant(key: &str, fields: &[&'static str]) -> Option<&'static str> {
    if key.len() > MAX_KEY {
        return None;
    }
    labelled(key, fields)
        .or_else(|| misspelled(key, fields.iter().copied()))
        .or_else(|| labelled_with(key, fields))
}

/// The maximum number of unknown keys to look up.
const MAX_LOOKUPS: usize = 1_000;

/// The maximum length of an unknown key to look up, in bytes.
const MAX_KEY: usize = 100;

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
            let reader = self.reader;
            let path = self.path_of(key);
            let holds_value = name != key && key.contains(':') && entry.value.is_empty();
            self.value = Some((key, (!holds_value).then_some(&entry.value)));
            let key = KeyReader {
                key: name,
                siblings: self.mapping,
                reader,
                choice: None,
            };
            return reader.within(path, || seed.deserialize(key)).map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<T::Value, ShapeError> {
        let Some((key, node)) = self.value.take() else {
            return Err(ShapeError::Reported);
        };
        let reader = self.reader;
        reader.within(self.path_of(key), || match node {
            Some(node) => seed.deserialize(NodeReader::new(node, reader)),
            None => seed.deserialize(Unread),
        })
    }
}

/// Deserializes a value that cannot be read and has been reported.
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

/// Deserializes a key of a mapping.
struct KeyReader<'a, 'd> {
    key: &'d str,
    siblings: &'d IndexMap<String, Entry>,
    reader: &'a Reader<'d>,
    /// The kind of choice that is being read, if any.
    choice: Option<&'static str>,
}

impl<'de> Deserializer<'de> for KeyReader<'_, '_> {
    type Error = ShapeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ShapeError> {
        visitor.visit_str(self.key).map_err(|error: ShapeError| {
            report(
                self.reader,
                error,
                Some(self.key),
                Focus::Key,
                false,
                self.choice,
            )
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
        if let Some(kind) = choice::kind(name) {
            return visitor.visit_newtype_struct(KeyReader {
                choice: Some(kind),
                ..self
            });
        }
        let meant = self.reader.record(name, self.key, true, false);
        let is_free =
            |meant: &&str| !self.siblings.contains_key(*meant) && !self.reader.is_taken(meant);
        match meant.filter(is_free) {
            Some(meant) => {
                self.reader.rename(meant);
                visitor.visit_newtype_struct(StrDeserializer::<ShapeError>::new(meant))
            }
            None => visitor.visit_newtype_struct(self),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq map
        struct tuple tuple_struct enum identifier ignored_any
    }
}
