//! Texts, ids and ja/nee.

use std::borrow::{Borrow, Cow};
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::fold::unaccented;
use super::scalar::visit_as_text;
use super::{choice, plain};

/// The key in the schema of the types with the kind of a text. The schema for other programs does not have it.
pub const TEXT_KIND: &str = "x-text-kind";

/// The key in the schema of the types with the kind of the ids of a mapping.
pub const ID_KIND: &str = "x-id-kind";

/// Declares a newtype around a text that passes its name to the reader, so that the reader can note every such text.
macro_rules! text_kind {
    ($(#[$meta:meta])* $name:ident, $kind:literal, $schema:tt) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
        pub struct $name(String);

        impl $name {
            /// The name that is passed to the reader.
            pub const KIND: &'static str = $kind;

            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::value::text::deserialize($kind, deserializer).map(Self)
            }
        }

        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                $kind.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let mut schema = json_schema!($schema);
                schema.insert($crate::value::TEXT_KIND.to_owned(), $kind.into());
                schema
            }
        }
    };
}
pub(super) use text_kind;

text_kind! {
    /// A text of one line ("tekst"). Any scalar is accepted: `naam: 5` is the text "5".
    Text, "tekst", { "type": ["string", "number", "boolean"] }
}

text_kind! {
    /// A text in Markdown ("proza"). `[@id]` cites the literature.
    Prose, "proza", { "type": ["string", "number", "boolean"] }
}

/// The options for parsing a [`Prose`]: every parser must see the same Markdown.
pub fn markdown_options() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options
}

/// The address of a link that a document shows: one of the web or of mail. Without a scheme it begins with "www.".
pub fn web_address(url: &str) -> Option<Cow<'_, str>> {
    let lower = url.to_ascii_lowercase();
    let schemes = ["http://", "https://", "mailto:"];
    if schemes.iter().any(|scheme| lower.starts_with(scheme)) {
        return Some(Cow::Borrowed(url));
    }
    let is_host = lower.starts_with("www.") && !url.contains(char::is_whitespace);
    is_host.then(|| Cow::Owned(format!("https://{url}")))
}

text_kind! {
    /// The key of a thing in its mapping ("id"): `kleine-letters-met-streepjes`.
    Id, "id", { "type": "string", "pattern": Id::PATTERN }
}

impl Id {
    /// A regular expression for well-formed ids, with any hyphen.
    pub const PATTERN: &'static str = "^[a-z0-9‐‑‒–—―−-]+$";

    /// Whether the id is lower-case letters, digits and hyphens.
    #[must_use]
    pub fn is_well_formed(id: &str) -> bool {
        !id.is_empty()
            && id
                .bytes()
                .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
    }

    /// An id that looks like the given one and is well-formed; empty if nothing of it can stay.
    pub fn well_formed(id: &str) -> String {
        let mut formed = String::with_capacity(id.len());
        for character in plain(id).chars().flat_map(char::to_lowercase) {
            match character {
                'a'..='z' | '0'..='9' => formed.push(character),
                '\'' | '\u{300}'..='\u{36f}' => {}
                _ => match unaccented(character) {
                    Some(letters) => formed.push_str(letters),
                    None if formed.is_empty() || formed.ends_with('-') => {}
                    None => formed.push('-'),
                },
            }
        }
        formed.truncate(formed.trim_end_matches('-').len());
        formed
    }
}

/// An id in plain words: `andere-afdelingen` is "Andere afdelingen".
pub fn plain_words(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

/// The first words of a text, for a name: its first line or sentence, without marks of Markdown, as far as fits. `None` if there
/// are no letters in it.
pub fn first_words(text: &str) -> Option<String> {
    const LONGEST: usize = 70;
    const FEW: usize = 4;
    let line = text
        .lines()
        .find(|line| line.contains(char::is_alphabetic))?;
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '#' | '>' | '-' | '+' | '*');
    let line = line.trim_start_matches(is_mark);
    // A link, a citation, code or an aside is no part of a name.
    let end = line.find(['[', '<', '(', '`', ':', ';', '?', '!', '|']);
    let line = line.get(..end.unwrap_or(line.len())).unwrap_or_default();
    let line = line.split(". ").next().unwrap_or_default();
    let mut name = String::new();
    for word in line.split_whitespace() {
        let word = word.replace(['*', '_', '~', '\\'], "");
        if name.chars().count() + word.chars().count() >= LONGEST {
            break;
        }
        if !name.is_empty() && !word.is_empty() {
            name.push(' ');
        }
        name.push_str(&word);
    }
    let name = name.trim_end_matches(['.', ',', ' ', '–', '-']);
    // A few words may be no more than "nog uitzoeken", and name nothing.
    let says_something = name.split(' ').count() > FEW && name.contains(char::is_alphabetic);
    says_something.then(|| name.to_owned())
}

choice! {
    /// An answer that is yes or no ("ja/nee"). `true` and `false` are accepted too.
    pub enum YesNo ("ja_nee") {
        /// "ja"
        Yes = "ja" | "true",
        /// "nee"
        No = "nee" | "false",
    }
}

/// Reads any scalar as text, and passes the kind of text to the reader.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    kind: &'static str,
    deserializer: D,
) -> Result<String, D::Error> {
    deserializer.deserialize_newtype_struct(kind, TextVisitor(kind))
}

struct TextVisitor(&'static str);

impl<'de> Visitor<'de> for TextVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.trim().to_owned())
    }

    visit_as_text!();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_a_form_in_plain_words() {
        assert_eq!(plain_words("andere-afdelingen"), "Andere afdelingen");
        assert_eq!(plain_words("één"), "Één");
        assert_eq!(plain_words(""), "");
    }

    #[test]
    fn an_id_is_lower_case_letters_digits_and_hyphens() {
        for good in ["stress-bespreken", "fase2", "2026"] {
            assert!(Id::is_well_formed(good), "{good}");
        }
        for bad in ["", "Stress", "stress bespreken", "stress_bespreken", "café"] {
            assert!(!Id::is_well_formed(bad), "{bad}");
        }
    }
}
