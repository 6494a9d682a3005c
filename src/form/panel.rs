//! What one could think of at a question.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;

use super::answers::Answers;
use super::field::{self, Shape};
use super::id;
use super::options::texts;
use crate::advice::{self, Overview};
use crate::checked::Checked;
use crate::plan::Language;
use crate::scaffold;
use crate::schema::Field;
use crate::value::path::Path;
use crate::words::{FieldText, Words, key};

/// The most answers of the example plan at a question, and the longest, in characters.
const MOST_EXAMPLES: usize = 3;
const LONGEST_EXAMPLE: usize = 300;

/// The answers of the example plan by the pattern of their question, which never change.
type Examples = HashMap<&'static str, Vec<String>>;
static DUTCH: LazyLock<Examples> = LazyLock::new(|| examples(Language::Dutch));
static ENGLISH: LazyLock<Examples> = LazyLock::new(|| examples(Language::English));

/// The panel beside the questions.
#[derive(Debug, Default, Serialize)]
pub(super) struct Panel {
    /// The question that it is about.
    pub about: String,
    pub topics: Vec<Topic>,
}

/// Something to think of.
#[derive(Debug, Serialize)]
pub(super) struct Topic {
    pub title: String,
    pub points: Vec<Point>,
    pub rows: Vec<(String, Vec<Point>)>,
}

/// One thing to think of.
#[derive(Debug, Serialize)]
pub(super) struct Point {
    /// With its source.
    pub text: String,
    /// What can be taken over.
    pub name: String,
    /// The path at which it can be taken over, as JSON.
    pub take: Option<String>,
}

/// The advice at a question, or at the nearest one around it that has some; else how the example plan answers it.
pub(super) fn at(checked: &Checked, path: &Path, words: Words) -> Panel {
    let mut place = path.clone();
    while place != Path::root() {
        let Some(field) = field::at(&place) else {
            break;
        };
        let mut topics = topics(checked, &place, words);
        let is_part = place.steps().count() == 1;
        if is_part {
            for inner in &field.fields {
                let inner = place.join(inner.key());
                topics.extend(self::topics(checked, &inner, words));
            }
        }
        if !topics.is_empty() {
            return about(field, topics, words);
        }
        if is_part {
            return example(path, words).unwrap_or_else(|| about(field, topics, words));
        }
        place.pop();
    }
    Panel::default()
}

fn about(field: &Field, topics: Vec<Topic>, words: Words) -> Panel {
    Panel {
        about: words.field(&field.pattern, FieldText::Label).to_owned(),
        topics,
    }
}

/// The answers of the example plan to a question.
fn example(path: &Path, words: Words) -> Option<Panel> {
    let field = field::at(path)?;
    let examples = match words.language() {
        Language::Dutch => &*DUTCH,
        Language::English => &*ENGLISH,
    };
    let points = examples.get(field.pattern.as_str())?.iter();
    let points = points.map(|text| Point {
        text: text.clone(),
        name: text.clone(),
        take: None,
    });
    let topic = Topic {
        title: words.get(key::scherm::IN_VOORBEELD).to_owned(),
        points: points.collect(),
        rows: Vec::new(),
    };
    Some(about(field, vec![topic], words))
}

fn examples(language: Language) -> Examples {
    let words = Words::of(language);
    let checked = Checked::read(scaffold::example(language, false));
    let answers = Answers::of(&checked, words);
    let mut examples = Examples::new();
    for path in answers.texts.keys() {
        let Some(field) = field::at(path) else {
            continue;
        };
        let known = examples.entry(field.pattern.as_str()).or_default();
        for text in answers.shown(path) {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_short = text.chars().count() <= LONGEST_EXAMPLE;
            if known.len() < MOST_EXAMPLES && is_short && !known.contains(&text) {
                known.push(text);
            }
        }
    }
    examples.retain(|_, known| !known.is_empty());
    examples
}

fn topics(checked: &Checked, path: &Path, words: Words) -> Vec<Topic> {
    let Some(field) = field::at(path) else {
        return Vec::new();
    };
    let can_take = match Shape::of(field) {
        Shape::Things => field.key() != "*",
        Shape::Rows => true,
        Shape::Line | Shape::Prose => texts(&checked.document, path).is_empty(),
        _ => false,
    };
    let take = can_take.then(|| id::json(path));
    let overviews = advice::overviews(&field.pattern, words);
    overviews
        .into_iter()
        .map(|overview| topic(overview, take.as_ref()))
        .collect()
}

fn topic(overview: Overview, take: Option<&String>) -> Topic {
    let take = take.filter(|_| overview.is_answers).cloned();
    let names = overview.names.into_iter();
    let points = overview
        .points
        .into_iter()
        .zip(names)
        .map(|(text, name)| Point {
            text,
            name,
            take: take.clone(),
        });
    let rows = overview.rows.into_iter().map(|(label, names)| {
        let names = names.split("; ").filter(|name| !name.is_empty());
        let points = names.map(|name| Point {
            text: name.to_owned(),
            name: name.to_owned(),
            take: take.clone(),
        });
        (label, points.collect())
    });
    Topic {
        points: points.collect(),
        rows: rows.collect(),
        title: overview.title,
    }
}
