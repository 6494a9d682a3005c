//! Answers that are one of a few fixed words.

use std::fmt;
use std::marker::PhantomData;

use schemars::{Schema, json_schema};
use serde::de::{Deserializer, Error, Visitor};
use serde_json::Value;

use super::fold::{fold, unaccented};
use super::scalar::{any_case, unquoted, visit_as_text};
use super::suggest::nearest;

/// A spelling of a choice: its kind, the folded spelling, the choice, and the spelling as it is.
type Spelling = (&'static str, &'static str, &'static str, &'static str);

// `SPELLINGS`, sorted: the choices themselves, their labels in both languages, and the synonyms in the words
// (`keuzes.KIND_ook`).
include!(concat!(env!("OUT_DIR"), "/spellings.rs"));

/// An answer that is one of a few fixed words.
pub trait Choice: Copy + PartialEq + 'static {
    /// The kind's name in the words files (`keuzes.…`).
    const KIND: &'static str;
    /// The name that is passed to the reader: "keuze" and the kind.
    const MARK: &'static str;
    /// Every choice, in the order of the model.
    const ALL: &'static [Self];
    /// The words for all choices in a plan, in the order of [`Self::ALL`].
    const NAMES: &'static [&'static str];

    /// The word for this choice in a plan.
    fn name(self) -> &'static str;

    /// Parses a word of the plan: the choice in any spelling, or its English word.
    fn parse(word: &str) -> Option<Self>;
}

/// The choice of a kind that a word is another spelling of: in other case, with accents, other separators or characters that
/// look the same, its label, or a synonym.
pub(crate) fn spelled(kind: &str, word: &str) -> Option<&'static str> {
    let folded = fold(&unquoted(word));
    let index = SPELLINGS
        .binary_search_by(|(known, spelling, ..)| (*known, *spelling).cmp(&(kind, &folded)))
        .ok()?;
    SPELLINGS.get(index).map(|(_, _, choice, _)| *choice)
}

/// The choice of a kind with the spelling that a word is most similar to, if any is similar enough.
pub(crate) fn nearest_spelling(kind: &str, word: &str) -> Option<&'static str> {
    let spellings = SPELLINGS.iter().filter(|(known, ..)| *known == kind);
    let nearest = nearest(word, spellings.map(|(.., spelling)| *spelling))?;
    spelled(kind, nearest)
}

/// Reads one of the choices.
pub(crate) fn deserialize<'de, T: Choice, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    struct ChoiceVisitor<T>(PhantomData<T>);

    impl<'de, T: Choice> Visitor<'de> for ChoiceVisitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("keuze")
        }

        fn visit_newtype_struct<D: Deserializer<'de>>(
            self,
            deserializer: D,
        ) -> Result<T, D::Error> {
            deserializer.deserialize_str(self)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            T::parse(text.trim()).ok_or_else(|| E::unknown_variant(text, T::NAMES))
        }

        visit_as_text!();
    }

    deserializer.deserialize_newtype_struct(T::MARK, ChoiceVisitor(PhantomData))
}

/// The kind of choice that a name that is passed to the reader stands for.
pub(crate) fn kind(name: &str) -> Option<&str> {
    name.strip_prefix("keuze ")
}

/// The schema of a choice. Other YAML readers resolve `1` to a number and `true` to a boolean, so the schema has these
/// types. A number may also be text, which is how other programs write it.
pub(crate) fn schema(kind: &str, words: &[&str]) -> Schema {
    let mut all: Vec<Value> = Vec::new();
    for word in words {
        match serde_json::from_str(word) {
            Ok(yes_or_no @ Value::Bool(_)) => all.push(yes_or_no),
            Ok(number) => all.extend([number, Value::from(*word)]),
            Err(_) => all.push(Value::from(*word)),
        }
    }
    json_schema!({ "enum": all, "pattern": pattern(kind) })
}

/// A regular expression for all spellings of the choices of a kind.
fn pattern(kind: &str) -> String {
    let spellings = SPELLINGS.iter().filter(|(known, ..)| *known == kind);
    let spellings = spellings.map(|(.., spelling)| {
        let letters = spelling.to_lowercase();
        let letters = letters.chars().map(|letter| match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'ë' | 'ö' => {
                let plain = unaccented(letter).unwrap_or_default();
                format!("[{letter}{}{plain}À-ü]", letter.to_uppercase())
            }
            letter if letter.is_alphanumeric() => any_case(letter.encode_utf8(&mut [0; 4])),
            _ => r"[\s_/.'‐‑–-]*".to_owned(),
        });
        letters.collect::<String>()
    });
    let spellings = spellings.collect::<Vec<_>>().join("|");
    format!(r"^\s*({spellings})\s*$")
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
            const MARK: &'static str = concat!("keuze ", $kind);
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
                    _ => match $crate::value::choice::spelled($kind, word)? {
                        $($word => Some(Self::$variant),)+
                        _ => None,
                    },
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
                $crate::value::choice::schema($kind, &[$($word $(, $alias)*),+])
            }
        }
    };
}
pub(crate) use choice;
