//! Parsing, serialization and schemas shared by all kinds that are written as one scalar.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

use super::fold::fold;
use super::plain;

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
        read(text).map_err(|kind| E::invalid_value(Unexpected::Str(text), &kind))
    }

    visit_as_text!();
}

/// Parses a value, or says why it is none.
fn read<T: Scalar>(text: &str) -> Result<T, &'static str> {
    T::parse(text).map_err(|kind| {
        let is_about = without_about(&unquoted(text).to_lowercase())
            .is_some_and(|exact| T::parse(exact).is_ok());
        if is_about {
            ABOUT
        } else if !text.contains(char::is_alphanumeric) || OPEN.contains(&fold(text).as_str()) {
            UNKNOWN
        } else {
            kind
        }
    })
}

/// The kind of a value that is not exact, such as `ca. 3500`.
pub(crate) const ABOUT: &str = "ongeveer";

/// The kind of a value that is not known yet, such as `p.m.`.
pub(crate) const UNKNOWN: &str = "open";

/// Texts that say that a value is not known yet, by their letters. A text without letters, such as `?`, is one too.
const OPEN: [&str; 11] = [
    "pm",
    "ntb",
    "nntb",
    "nnb",
    "tbd",
    "tbc",
    "nvt",
    "nadertebepalen",
    "nognietbekend",
    "onbekend",
    "unknown",
];

/// The rest of a lower-case text after a word for "about".
fn without_about(text: &str) -> Option<&str> {
    let words = [
        "ca.",
        "ca ",
        "circa ",
        "ongeveer ",
        "plm.",
        "plm ",
        "rond ",
        "zo'n ",
        "±",
        "+/-",
        "~",
        "about ",
        "approx.",
        "approx ",
        "approximately ",
        "around ",
        "roughly ",
    ];
    let rest = words.iter().find_map(|about| text.strip_prefix(about))?;
    Some(rest.trim_start())
}

/// The text in plain characters, without white space and quotation marks around it.
pub(super) fn unquoted(text: &str) -> Cow<'_, str> {
    match plain(text) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => {
            let quotes = |c: char| c.is_whitespace() || matches!(c, '"' | '\'');
            text.trim_matches(quotes).to_owned().into()
        }
    }
}

/// Any hyphen, as a regular expression.
pub(super) const HYPHEN: &str = "[-‐‑‒–—―−]";

/// A word in upper or lower case, as a regular expression.
pub(super) fn any_case(word: &str) -> String {
    word.chars().fold(String::new(), |pattern, letter| {
        let upper = letter.to_uppercase();
        if upper.clone().eq([letter]) {
            format!("{pattern}{letter}")
        } else {
            format!("{pattern}[{letter}{upper}]")
        }
    })
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
