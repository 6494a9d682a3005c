//! The fields of the model as questions.

use std::sync::LazyLock;

use crate::schema::{self, Field, Kind};
use crate::value::path::{Path, Step};
use crate::value::{Prose, RefKind, SourceRef};
use crate::words::{FieldText, Words};

/// The fields of the plan, which never change.
pub(super) static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(schema::tree);

/// How a field is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A text of one line, a number, an amount or a date.
    Line,
    Prose,
    /// One of a few words, or several of them.
    Choice {
        is_many: bool,
    },
    /// Things of the plan.
    Picker {
        is_many: bool,
        kind: RefKind,
    },
    /// Texts of one line.
    Rows,
    /// A value for each thing of a kind.
    Table,
    /// Things by id.
    Things,
    /// Things in a list.
    Items,
    /// Fields together.
    Group,
}

impl Shape {
    pub fn of(field: &Field) -> Self {
        let reference = field.text.as_deref().and_then(RefKind::of);
        let is_list = field.kind == Kind::List;
        match (field.kind, field.choices.is_some(), reference) {
            (Kind::ById, ..) if field.fields.is_empty() => Self::Table,
            (Kind::ById, ..) => Self::Things,
            (Kind::Keys, ..) => Self::Group,
            (Kind::List, ..) if !field.fields.is_empty() => Self::Items,
            (_, true, _) => Self::Choice { is_many: is_list },
            (_, _, Some(kind)) => Self::Picker {
                is_many: is_list,
                kind,
            },
            (Kind::List, ..) => Self::Rows,
            _ if field.text.as_deref() == Some(Prose::KIND) => Self::Prose,
            _ => Self::Line,
        }
    }
}

/// The field at a path, if the model has it. What is inside a thing is below the field `*`.
pub(super) fn at(path: &Path) -> Option<&'static Field> {
    let mut fields: &'static [Field] = &FIELDS;
    let mut found = None;
    for step in path.steps() {
        let Step::Key(key) = step else { continue };
        let thing = fields.first().filter(|field| field.key() == "*");
        let named = || fields.iter().find(|field| field.key() == key);
        let field = thing.or_else(named)?;
        fields = &field.fields;
        found = Some(field);
    }
    found
}

/// The help of a field for a form, which says nothing of ids and lists.
pub(super) fn help(pattern: &str, words: Words) -> &'static str {
    let own = words.find(&format!("velden.{pattern}.hulp_formulier"));
    own.unwrap_or_else(|| words.field(pattern, FieldText::Help))
}

/// Whether a path is that of an answer, rather than of a thing by id or a value by id.
pub(super) fn is_answer(path: &Path) -> bool {
    let mut outer = path.clone();
    outer.pop();
    match (at(&outer), path.steps().next_back()) {
        (Some(outer), Some(Step::Key(key))) => {
            outer.kind != Kind::ById && outer.fields.iter().any(|field| field.key() == key)
        }
        _ => false,
    }
}

/// The kind of reference that the ids of a mapping are, unless things have their own ids there.
pub(super) fn ids(field: &Field) -> Option<RefKind> {
    field.ids.as_deref().and_then(RefKind::of)
}

/// Whether a text with that kind is one of the words for sources too.
pub(super) fn has_words(kind: RefKind) -> &'static [&'static str] {
    if kind == RefKind::Source {
        &SourceRef::WORDS
    } else {
        &[]
    }
}

/// The text of a field in the kind that a calendar helps with.
pub(super) const fn is_date(kind: Kind) -> bool {
    matches!(kind, Kind::Day | Kind::Moment | Kind::Term)
}
