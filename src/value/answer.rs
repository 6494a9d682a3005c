//! An answer that may still be missing.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Visitor};
use serde::ser::{Serialize, Serializer};
use serde_json::{Value, json};

/// The answer to one question of the plan. Any answer can be missing while a plan is being written.
///
/// An answer that cannot be read is not a missing one: it has been reported, and no rule may report it as missing as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Answer<T> {
    /// Absent or empty.
    #[default]
    Missing,
    /// Present, but of the wrong kind.
    Unreadable,
    Given(T),
}

impl<T> Answer<T> {
    /// The answer, if it is present and could be read.
    pub const fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Missing | Self::Unreadable => None,
        }
    }

    pub const fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Whether there is a readable answer that meets a condition.
    pub fn is_given_and(&self, condition: impl FnOnce(&T) -> bool) -> bool {
        self.given().is_some_and(condition)
    }
}

impl<T: PartialEq> Answer<T> {
    /// Whether the answer is exactly this.
    pub fn is(&self, value: &T) -> bool {
        self.given() == Some(value)
    }

    /// Whether the answer is missing or another one. An unreadable answer may be any.
    pub fn is_other_than(&self, value: &T) -> bool {
        self.is_missing() || self.is_given_and(|given| given != value)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Answer<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnswerVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for AnswerVisitor<T> {
            type Value = Answer<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("antwoord")
            }

            fn visit_none<E>(self) -> Result<Self::Value, E> {
                Ok(Answer::Missing)
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Answer::Missing)
            }

            /// Drops the error, which the reader has already reported, so that reading goes on.
            fn visit_some<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<Self::Value, D::Error> {
                Ok(T::deserialize(deserializer).map_or(Answer::Unreadable, Answer::Given))
            }
        }

        deserializer.deserialize_option(AnswerVisitor(PhantomData))
    }
}

impl<T: Serialize> Serialize for Answer<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.given().serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Answer<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Answer_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let mut answer = generator.subschema_for::<T>();
        match answer.get_mut("type") {
            Some(Value::Array(types)) => types.push(json!("null")),
            Some(one) => *one = json!([one.take(), "null"]),
            None => match answer.get_mut("anyOf") {
                Some(Value::Array(shapes)) => shapes.push(json!({ "type": "null" })),
                _ => return json_schema!({ "anyOf": [answer, { "type": "null" }] }),
            },
        }
        answer
    }
}
