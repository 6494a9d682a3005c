//! One value or many, and mappings by id.

use std::borrow::{Borrow, Cow};
use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::StrDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Serialize, Serializer};

use super::scalar::visit_as_text;
use super::{Answer, ID_KIND, Id, Prose, first_words, plain_words};

/// A value or a list of values ("een of meer"): `bron: interviews` and `bron: [interviews, midi]` are both valid.
#[derive(Debug, Clone)]
pub struct OneOrMany<T> {
    values: Vec<T>,
    /// The index of each value in the author's list, which may also have empty and unreadable items; none without a list.
    indices: Vec<usize>,
    /// The number of items in the author's list.
    length: usize,
    is_whole: bool,
}

impl<T> OneOrMany<T> {
    /// The values, in the author's order.
    pub fn as_slice(&self) -> &[T] {
        &self.values
    }

    /// Whether every value could be read, so that a value that is not among them is really missing.
    pub const fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Whether the author wrote a list with values.
    pub const fn is_list(&self) -> bool {
        !self.indices.is_empty()
    }

    /// The values, each with its index in the author's list, if there is a list.
    pub fn iter_with_steps(&self) -> impl Iterator<Item = (Option<usize>, &T)> {
        self.values
            .iter()
            .enumerate()
            .map(|(nr, value)| (self.indices.get(nr).copied(), value))
    }
}

impl<T> From<Vec<T>> for OneOrMany<T> {
    fn from(values: Vec<T>) -> Self {
        let indices = (0..values.len()).collect();
        Self {
            length: values.len(),
            values,
            indices,
            is_whole: true,
        }
    }
}

/// Compares the answers, not how they were written.
impl<T: PartialEq> PartialEq for OneOrMany<T> {
    fn eq(&self, other: &Self) -> bool {
        self.values == other.values
    }
}

impl<T: Eq> Eq for OneOrMany<T> {}

/// Writes a list in which an item that is empty or could not be read is null, so that every value has the index of its path. A
/// list without values is empty.
impl<T: Serialize> Serialize for OneOrMany<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.values.is_empty() || self.values.len() == self.length {
            return self.values.serialize(serializer);
        }
        let mut values = self.iter_with_steps().peekable();
        let items = (0..self.length).map(|index| {
            let value = values.next_if(|(step, _)| *step == Some(index));
            value.map(|(_, value)| value)
        });
        serializer.collect_seq(items)
    }
}

impl<T> Answer<OneOrMany<T>> {
    /// The values; none without an answer.
    pub fn all(&self) -> &[T] {
        self.given().map_or(&[], OneOrMany::as_slice)
    }

    /// Whether every value could be read, so that a value that is not among them is really missing.
    pub fn is_whole(&self) -> bool {
        self.given().map_or(self.is_missing(), OneOrMany::is_whole)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OneOrManyVisitor(PhantomData))
    }
}

struct OneOrManyVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> OneOrManyVisitor<T> {
    fn one<D: Deserializer<'de>>(deserializer: D) -> Result<OneOrMany<T>, D::Error> {
        T::deserialize(deserializer).map(|value| OneOrMany {
            values: vec![value],
            indices: Vec::new(),
            length: 1,
            is_whole: true,
        })
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrManyVisitor<T> {
    type Value = OneOrMany<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("een_of_meer")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Self::one(StrDeserializer::new(text))
    }

    visit_as_text!();

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        Self::one(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let (mut values, mut indices) = (Vec::new(), Vec::new());
        let mut is_whole = true;
        let mut index = 0;
        while let Some(answer) = seq.next_element::<Answer<T>>()? {
            match answer {
                Answer::Given(value) => {
                    values.push(value);
                    indices.push(index);
                }
                Answer::Unreadable => is_whole = false,
                Answer::Missing => {}
            }
            index += 1;
        }
        if values.is_empty() && !is_whole {
            // Each item has been reported, but a list without any readable item must not look like an empty one.
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        Ok(OneOrMany {
            values,
            indices,
            length: index,
            is_whole,
        })
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        let item = generator.subschema_for::<Answer<T>>();
        json_schema!({ "anyOf": [one, { "type": "array", "items": item }] })
    }
}

/// A thing with an id, which references point to.
pub trait Entry: Default {
    /// Fills in defaults, such as a missing `naam`.
    fn apply_defaults(&mut self, _id: &str) {}

    /// The name, if things of this kind have one.
    fn name(&self) -> Option<&str> {
        None
    }

    /// The text that says what the thing is. Its first words are the name of a thing without one.
    fn says(&self) -> Option<&str> {
        None
    }
}

/// The name of a thing that was given none: the first words of what it says, else its id in plain words.
pub fn default_name(thing: &impl Entry, id: &str) -> String {
    thing
        .says()
        .and_then(first_words)
        .unwrap_or_else(|| plain_words(id))
}

/// Implements [`Entry`] for things with a `name`, and for those with a text that says what they are: `Thing: text`.
macro_rules! named {
    ($($thing:ty $(: $says:ident)?),* $(,)?) => {$(
        impl $crate::value::Entry for $thing {
            fn apply_defaults(&mut self, id: &str) {
                if self.name.given().is_none() {
                    let name = $crate::value::default_name(self, id);
                    self.name = $crate::value::Answer::Given(name.as_str().into());
                }
            }

            fn name(&self) -> Option<&str> {
                self.name.given().map($crate::value::Text::as_str)
            }

            $(
                fn says(&self) -> Option<&str> {
                    $crate::value::FirstText::first_text(&self.$says)
                }
            )?
        }
    )*};
}
pub(crate) use named;

/// An answer that may have a text.
pub trait FirstText {
    /// The first text that was given.
    fn first_text(&self) -> Option<&str>;
}

impl FirstText for Answer<Prose> {
    fn first_text(&self) -> Option<&str> {
        self.given().map(Prose::as_str)
    }
}

impl FirstText for Answer<OneOrMany<Prose>> {
    fn first_text(&self) -> Option<&str> {
        self.given()?.as_slice().first().map(Prose::as_str)
    }
}

/// Things by id, in the author's order. An id without a value is an empty thing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entries<K, T>(IndexMap<K, Answer<T>>)
where
    K: Hash + Eq;

impl<K: Hash + Eq + AsRef<str>, T> Entries<K, T> {
    /// The ids and the things that could be read, in the author's order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &T)> {
        self.0
            .iter()
            .filter_map(|(id, thing)| Some((id, thing.given()?)))
    }

    /// All ids, including those of things that could not be read.
    pub fn ids(&self) -> impl Iterator<Item = &K> {
        self.0.keys()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<K: Hash + Eq + AsRef<str> + Borrow<str>, T> Entries<K, T> {
    /// The thing with this id, if it could be read.
    pub fn get(&self, id: &str) -> Option<&T> {
        self.0.get(id)?.given()
    }

    /// Whether there is a thing with this id, readable or not.
    pub fn contains(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }
}

impl<K: Hash + Eq, T> Default for Entries<K, T> {
    fn default() -> Self {
        Self(IndexMap::new())
    }
}

impl<'de, K, T> Deserialize<'de> for Entries<K, T>
where
    K: Deserialize<'de> + Hash + Eq + AsRef<str>,
    T: Deserialize<'de> + Entry,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Amounts(mut things) = Amounts::<K, T>::deserialize(deserializer)?;
        for (id, thing) in &mut things {
            if thing.is_missing() {
                *thing = Answer::Given(T::default());
            }
            if let Answer::Given(thing) = thing {
                thing.apply_defaults(id.as_ref());
            }
        }
        Ok(Self(things))
    }
}

impl<K: Hash + Eq + JsonSchema, T: JsonSchema> JsonSchema for Entries<K, T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Entries_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Amounts::<K, T>::json_schema(generator)
    }
}

/// The things in one mapping, or none if the mapping is missing.
#[derive(Debug)]
pub struct Things<'p, K: Hash + Eq, T>(Option<&'p Entries<K, T>>);

impl<K: Hash + Eq, T> Clone for Things<'_, K, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K: Hash + Eq, T> Copy for Things<'_, K, T> {}

impl<'p, K: Hash + Eq, T> From<Option<&'p Entries<K, T>>> for Things<'p, K, T> {
    fn from(entries: Option<&'p Entries<K, T>>) -> Self {
        Self(entries)
    }
}

impl<'p, K: Hash + Eq + AsRef<str> + Borrow<str>, T: Entry> Things<'p, K, T> {
    /// The ids and the things that could be read, in the author's order.
    pub fn iter(self) -> impl Iterator<Item = (&'p str, &'p T)> {
        self.0
            .into_iter()
            .flat_map(Entries::iter)
            .map(|(id, thing)| (id.as_ref(), thing))
    }

    /// All ids, including those of things that could not be read.
    pub fn ids(self) -> impl Iterator<Item = &'p str> {
        self.0.into_iter().flat_map(Entries::ids).map(AsRef::as_ref)
    }

    /// The thing with this id, if it could be read.
    pub fn get(self, id: &str) -> Option<&'p T> {
        self.0?.get(id)
    }

    /// Whether there is a thing with this id, readable or not.
    pub fn contains(self, id: &str) -> bool {
        self.0.is_some_and(|entries| entries.contains(id))
    }

    pub fn is_empty(self) -> bool {
        self.0.is_none_or(Entries::is_empty)
    }

    /// Whether every thing could be read, so that an answer that none of them has is really missing.
    pub fn is_whole(self) -> bool {
        self.0
            .is_none_or(|entries| entries.0.values().all(|thing| thing.given().is_some()))
    }

    /// The name of the thing with this id, else [`default_name`].
    pub fn name(self, id: &str) -> Cow<'p, str> {
        let Some(thing) = self.get(id) else {
            return Cow::Owned(plain_words(id));
        };
        let name = thing.name().map(Cow::Borrowed);
        name.unwrap_or_else(|| Cow::Owned(default_name(thing, id)))
    }
}

/// Single values by the id of the thing they belong to, such as rates per group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Amounts<K, V>(IndexMap<K, Answer<V>>)
where
    K: Hash + Eq;

impl<K: Hash + Eq, V> Amounts<K, V> {
    /// The ids and their values, in the author's order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &Answer<V>)> {
        self.0.iter()
    }
}

impl<K: Hash + Eq + Borrow<str>, V> Amounts<K, V> {
    /// The value for this id.
    pub fn get(&self, id: &str) -> Option<&V> {
        self.0.get(id)?.given()
    }

    /// Whether this id is present, with or without a value.
    pub fn contains(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }
}

impl<K: Hash + Eq, V> Default for Amounts<K, V> {
    fn default() -> Self {
        Self(IndexMap::new())
    }
}

impl<'de, K: Deserialize<'de> + Hash + Eq, V: Deserialize<'de>> Deserialize<'de> for Amounts<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AmountsVisitor<K, V>(PhantomData<(K, V)>);

        impl<'de, K: Deserialize<'de> + Hash + Eq, V: Deserialize<'de>> Visitor<'de>
            for AmountsVisitor<K, V>
        {
            type Value = Amounts<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("sleutels")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut values = IndexMap::new();
                while let Some(id) = map.next_key()? {
                    values.insert(id, map.next_value()?);
                }
                Ok(Amounts(values))
            }
        }

        deserializer.deserialize_map(AmountsVisitor(PhantomData))
    }
}

impl<K: Hash + Eq + JsonSchema, V: JsonSchema> JsonSchema for Amounts<K, V> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Amounts_{}", V::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<Answer<V>>();
        json_schema!({
            "type": "object",
            "propertyNames": { "pattern": Id::PATTERN },
            "additionalProperties": value,
            (ID_KIND): K::schema_name(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(json: &str) -> Vec<(Option<usize>, String)> {
        let read: OneOrMany<String> = serde_json::from_str(json).unwrap();
        read.iter_with_steps()
            .map(|(step, value)| (step, value.clone()))
            .collect()
    }

    #[test]
    fn written_values_keep_their_index_in_the_list() {
        let rewritten = |json: &str| {
            let read: OneOrMany<String> = serde_json::from_str(json).unwrap();
            serde_json::to_string(&read).unwrap()
        };
        assert_eq!(rewritten(r#""a""#), r#"["a"]"#);
        assert_eq!(rewritten(r#"["a","b"]"#), r#"["a","b"]"#);
        for list in [r#"[null,"a",null,"b"]"#, r#"["a",null]"#] {
            assert_eq!(rewritten(list), list);
        }
        assert_eq!(rewritten("[null]"), "[]");
    }

    #[test]
    fn values_have_their_index_in_the_list() {
        assert_eq!(steps(r#""a""#), [(None, "a".to_owned())]);
        assert_eq!(steps(r#"["a"]"#), [(Some(0), "a".to_owned())]);
        assert_eq!(
            steps(r#"[null, "a", null, "b"]"#),
            [(Some(1), "a".to_owned()), (Some(3), "b".to_owned())]
        );
    }
}
