//! Parsing, serialization and schemas shared by all kinds that are written as one scalar.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// A kind of value that is written as one scalar.
pub trait Scalar: Sized {
    /// The kind's name in the words files (`soorten.…`), which describe it with an example.
    const KIND: &'static str;

    /// Parses the value.
    ///
    /// # Errors
    ///
    /// The kind that was expected: [`Self::KIND`], or a more specific one.
    fn parse(text: &str) -> Result<Self, &'static str>;
}

/// Makes a visitor read booleans and numbers as text, because other YAML readers resolve plain scalars to those.
macro_rules! visit_as_text {
    () => {
        $crate::value::scalar::visit_as_text! {
            visit_bool: bool, visit_u64: u64, visit_i64: i64, visit_f64: f64
        }
    };
    ($($visit:ident: $kind:ty),+) => {$(
        fn $visit<E: serde::de::Error>(self, value: $kind) -> Result<Self::Value, E> {
            self.visit_str(&value.to_string())
        }
    )+};
}
pub(super) use visit_as_text;

/// Reads any scalar as its text: `naam: 5` is the text "5".
pub(super) fn deserialize<'de, T: Scalar, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(ScalarVisitor(PhantomData))
}

struct ScalarVisitor<T>(PhantomData<T>);

impl<T: Scalar> Visitor<'_> for ScalarVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(T::KIND)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::parse(text).map_err(|kind| E::invalid_value(Unexpected::Str(text), &kind))
    }

    visit_as_text!();
}

/// Implements `Deserialize` by `parse`, and `JsonSchema` by the given schema.
macro_rules! scalar {
    ($($kind:ty => $schema:tt)+) => {$(
        impl<'de> serde::Deserialize<'de> for $kind {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::scalar::deserialize(deserializer)
            }
        }

        impl schemars::JsonSchema for $kind {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                <$kind as $crate::value::Scalar>::KIND.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    )+};
}
pub(super) use scalar;

/// Implements `Serialize` by `Display`.
macro_rules! serialize_as_text {
    ($($kind:ty),+) => {$(
        impl serde::Serialize for $kind {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )+};
}
pub(super) use serialize_as_text;
