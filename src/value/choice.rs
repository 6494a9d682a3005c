//! Answers that are one of a few fixed words.

use std::fmt;
use std::marker::PhantomData;

use schemars::{Schema, json_schema};
use serde::de::{Deserializer, Error, Visitor};
use serde_json::Value;

use super::scalar::visit_as_text;

/// An answer that is one of a few fixed words.
pub trait Choice: Copy + PartialEq + 'static {
    /// The kind's name in the words files (`keuzes.…`).
    const KIND: &'static str;
    /// Every choice, in the order of the model.
    const ALL: &'static [Self];
    /// The words for all choices in a plan, in the order of [`Self::ALL`].
    const NAMES: &'static [&'static str];

    /// The word for this choice in a plan.
    fn name(self) -> &'static str;

    /// Parses a word of the plan.
    fn parse(word: &str) -> Option<Self>;
}

/// Reads one of the choices.
pub(crate) fn deserialize<'de, T: Choice, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    struct ChoiceVisitor<T>(PhantomData<T>);

    impl<T: Choice> Visitor<'_> for ChoiceVisitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("keuze")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            T::parse(text.trim()).ok_or_else(|| E::unknown_variant(text, T::NAMES))
        }

        visit_as_text!();
    }

    deserializer.deserialize_str(ChoiceVisitor(PhantomData))
}

/// The schema of a choice. Other YAML readers resolve `1` to a number and `true` to a boolean, so the schema has these
/// types. A number may also be text, which is how other programs write it.
pub(crate) fn schema(words: &[&str]) -> Schema {
    let mut all: Vec<Value> = Vec::new();
    for word in words {
        match serde_json::from_str(word) {
            Ok(yes_or_no @ Value::Bool(_)) => all.push(yes_or_no),
            Ok(number) => all.extend([number, Value::from(*word)]),
            Err(_) => all.push(Value::from(*word)),
        }
    }
    json_schema!({ "enum": all })
}

/// Declares an enum with the words for its variants in a plan.
macro_rules! choice {
    (
        $(#[$meta:meta])*
        pub enum $name:ident ($kind:literal) {
            $($(#[$variant_meta:meta])* $variant:ident = $word:literal $(| $alias:literal)*,)+
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
        }

        impl $crate::value::Choice for $name {
            const KIND: &'static str = $kind;
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            const NAMES: &'static [&'static str] = &[$($word),+];

            fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }

            fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word $(| $alias)* => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::choice::deserialize(deserializer)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str($crate::value::Choice::name(*self))
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $kind.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $crate::value::choice::schema(&[$($word $(, $alias)*),+])
            }
        }
    };
}
pub(crate) use choice;
