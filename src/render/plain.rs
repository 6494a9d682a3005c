//! The texts of a plan for formats without markup.

use std::fmt::Display;
use std::sync::Arc;

use super::lookup::{Lookup, Prepared};
use super::{Format, environment, escape, prose};
use crate::value::{Answer, OneOrMany, Prose, Rhythm, RhythmPart, Text, one_line};
use crate::view::View;

/// Limit on the size of a document, in bytes.
pub(crate) const LARGEST: usize = environment::LARGEST;

/// Writes texts of one plan without markup: no control characters, and line breaks between paragraphs only.
pub(crate) struct PlainTexts(Lookup);

impl PlainTexts {
    /// The texts of the plan of that view.
    pub fn of(view: &View<'_>) -> Self {
        let prepared = Arc::new(Prepared::of(view));
        Self(Lookup::of(&prepared, Format::Markdown, false))
    }

    /// A text in Markdown.
    pub fn prose(&self, text: &Answer<Prose>) -> Option<String> {
        let text = prose::text(text.given()?.as_str(), &self.0);
        Some(text).filter(|text| !text.is_empty())
    }

    /// Texts in Markdown, one behind the other.
    pub fn all_prose(&self, texts: &Answer<OneOrMany<Prose>>) -> Option<String> {
        let texts = texts.all().iter();
        let texts: Vec<String> = texts
            .map(|text| prose::text(text.as_str(), &self.0))
            .filter(|text| !text.is_empty())
            .collect();
        Some(texts.join("\n")).filter(|text| !text.is_empty())
    }

    /// A moment, term or part of a rhythm in words, with the day that it falls on.
    pub fn moment(&self, moment: impl Display) -> String {
        self.0.moment(&moment.to_string()).replace('\u{a0}', " ")
    }

    /// A rhythm in words.
    pub fn rhythm(&self, rhythm: &Answer<Rhythm>) -> Option<String> {
        let parts = rhythm.given()?.parts().iter();
        let parts: Vec<String> = parts.map(|part: &RhythmPart| self.moment(part)).collect();
        Some(parts.join("; "))
    }
}

/// A text of one line, without markup.
pub(crate) fn line(text: &Answer<Text>) -> Option<String> {
    Some(plain_line(text.given()?.as_str())).filter(|text| !text.is_empty())
}

/// Puts any text on one line without control characters.
pub(crate) fn plain_line(text: &str) -> String {
    one_line(&escape::clean(text))
}
