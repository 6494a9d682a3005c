//! What all kinds that are written as one scalar share.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

/// A kind of value that is written as one scalar.
pub trait Scalar: Sized {
    /// The kind's name in the words (`soorten.…`), which say it with an example.
    const KIND: &'static str;

    /// Reads the value.
    ///
    /// # Errors
    ///
    /// The kind that was expected: [`Self::KIND`], or one that says more precisely what is the matter.
    fn parse(text: &str) -> Result<Self, &'static str>;
}

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

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        self.visit_str(if value { "true" } else { "false" })
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        self.visit_str(&value.to_string())
    }
}

/// Derives `Deserialize` and `Serialize` of a [`Scalar`] from its `parse` and its `Display`.
macro_rules! scalar_serde {
    ($($kind:ty),* $(,)?) => {$(
        impl<'de> serde::Deserialize<'de> for $kind {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::scalar::deserialize(deserializer)
            }
        }

        impl serde::Serialize for $kind {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
    )*};
}
pub(super) use scalar_serde;
