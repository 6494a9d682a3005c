//! The questions of a new plan, for a form to fill in outside the plan file.

use super::content::Content;
use super::{Answers, Form};
use crate::schema::{self, Field, Kind};
use crate::words::Words;

/// Keys that are no questions for people at a meeting.
const NOT_ASKED: [&str; 4] = ["versie", "plan.taal", "plan.status", "uitzonderingen"];

/// A field that a new plan asks for.
#[derive(Debug)]
pub(crate) struct Asked {
    pub pattern: String,
    pub kind: Kind,
    /// The words to choose from, as they are shown.
    pub choices: Vec<String>,
    /// The fields inside it. Things by id are the single field `*`.
    pub fields: Vec<Self>,
    /// The answer that is known.
    pub answer: String,
    /// The names of the things by id that are known.
    pub names: Vec<String>,
}

impl Asked {
    /// The last part of the pattern.
    pub fn key(&self) -> &str {
        self.pattern.rsplit('.').next().unwrap_or_default()
    }
}

/// The fields that a new plan with those answers asks for, in the model's order.
pub(crate) fn asked(words: Words, answers: &Answers, form: Form) -> Vec<Asked> {
    let content = Content::new(words, answers, form);
    let tree = schema::tree();
    tree.iter()
        .filter_map(|field| of(field, &content, words))
        .collect()
}

fn of(field: &Field, content: &Content<'_>, words: Words) -> Option<Asked> {
    let pattern = field.pattern.as_str();
    if NOT_ASKED.contains(&pattern) || !content.asks(field) {
        return None;
    }
    let choices = field.choices.iter();
    let choices = choices.flat_map(|choices| {
        let shown = |word: &String| words.choice(&choices.kind, word);
        choices.words.iter().map(shown)
    });
    let fields = field.fields.iter();
    Some(Asked {
        pattern: pattern.to_owned(),
        kind: field.kind,
        choices: choices.collect(),
        fields: fields
            .filter_map(|field| of(field, content, words))
            .collect(),
        answer: content.answer(pattern),
        names: content.names(pattern),
    })
}
