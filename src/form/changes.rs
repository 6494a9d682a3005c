//! The changes of a plan's text that answers and buttons make.

use super::event::Given;
use super::field::{self, Shape};
use super::options::texts;
use crate::document::{Document, Value};
use crate::editing::{Change, Changed, Content, EditError, apply_all};
use crate::scaffold::id_of;
use crate::value::path::{Path, Step};
use crate::words::{Words, key};

/// One text, or a list of texts.
pub(super) fn one_or_many(texts: &[String]) -> Content {
    match texts {
        [text] => text.as_str().into(),
        texts => texts.iter().cloned().collect(),
    }
}

/// The change that gives an answer.
pub(super) fn answer(document: &Document, path: &Path, value: &Given) -> Change {
    let path = path.clone();
    let is_list = document
        .get(&path)
        .is_some_and(|node| matches!(node.value, Value::List(_)));
    let is_item = matches!(path.steps().next_back(), Some(Step::Index(_)));
    let is_line =
        field::at(&path).is_some_and(|field| matches!(Shape::of(field), Shape::Line | Shape::Rows));
    let joined;
    let value = match value {
        Given::Text(text) if is_line && text.trim().contains('\n') => {
            joined = Given::Text(crate::scaffold::one_line(text));
            &joined
        }
        value => value,
    };
    match value {
        Given::Many(texts) if texts.len() > 1 || is_list && !texts.is_empty() => Change::Set {
            path,
            value: texts.iter().cloned().collect(),
        },
        value if !value.text().trim().is_empty() => Change::Set {
            path,
            value: value.text().into(),
        },
        // An empty row stays, because the user may still type in it.
        _ if is_item => Change::Set {
            path,
            value: Content::Nothing,
        },
        _ => Change::Clear { path },
    }
}

/// The change that adds a row behind others, and its path.
pub(super) fn add_row(document: &Document, path: &Path, at: Option<usize>) -> (Change, Path) {
    let add = |at| Change::Add {
        to: path.clone(),
        id: None,
        at,
        value: Content::Nothing,
    };
    match document.get(path).map(|node| &node.value) {
        Some(Value::Scalar { text, .. }) => {
            let value = Content::List(vec![text.as_str().into(), Content::Nothing]);
            let path = path.clone();
            let row = path.join(1);
            (Change::Set { path, value }, row)
        }
        Some(Value::List(items)) => {
            let at = at.unwrap_or(items.len()).min(items.len());
            (add(Some(at)), path.join(at))
        }
        _ => (add(None), path.join(0)),
    }
}

/// Adds a thing with a name. Returns its path too.
pub(super) fn add_thing(
    text: &str,
    document: &Document,
    path: &Path,
    name: &str,
    words: Words,
) -> Result<(Changed, Path), EditError> {
    let name = crate::scaffold::one_line(name);
    let value = match name_key(&path.join("x")) {
        Some(key) if !name.is_empty() => {
            Content::Mapping(vec![(key.to_owned(), Content::Text(name.clone()))])
        }
        _ => Content::Nothing,
    };
    with_free_id(&name, words, |id| {
        if document.get(&path.join(id)).is_some() {
            return Err(EditError::IdTaken { path: path.clone() });
        }
        let add = Change::Add {
            to: path.clone(),
            id: Some(id.to_owned()),
            at: None,
            value: value.clone(),
        };
        Ok((apply_all(text, document, &[add])?, path.join(id)))
    })
}

/// The key of the name of the thing at a path: its first text.
pub(super) fn name_key(path: &Path) -> Option<&'static str> {
    let thing = field::at(path)?;
    let mut fields = thing.fields.iter();
    let name = fields.find(|field| matches!(Shape::of(field), Shape::Line | Shape::Prose))?;
    Some(name.key())
}

/// Gives a thing the id that belongs to a name. Returns its new path too.
pub(super) fn rename(
    text: &str,
    document: &Document,
    path: &Path,
    name: &str,
    words: Words,
) -> Result<(Changed, Path), EditError> {
    with_free_id(name, words, |id| {
        let mut new = path.clone();
        new.pop();
        let rename = Change::Rename {
            path: path.clone(),
            id: id.to_owned(),
        };
        Ok((apply_all(text, document, &[rename])?, new.join(id)))
    })
}

/// The most ids to try for one name: each takes reading the plan.
const MOST_TRIES: usize = 50;

/// Makes a change with an id from a name, with a number behind it while the id is taken.
fn with_free_id<T>(
    name: &str,
    words: Words,
    change: impl Fn(&str) -> Result<T, EditError>,
) -> Result<T, EditError> {
    let id = id_of(name, words.get(key::scherm::ID));
    let mut result = change(&id);
    for nr in 2..MOST_TRIES {
        if !matches!(result, Err(EditError::IdTaken { .. })) {
            break;
        }
        result = change(&format!("{id}-{nr}"));
    }
    result
}

/// The changes that make an exception to a rule at a path.
pub(super) fn exception(document: &Document, rule: &str, at: &Path, reason: &str) -> Vec<Change> {
    let exception: Path = ["uitzonderingen", rule].into_iter().collect();
    let mut places = texts(document, &exception.join("bij"));
    places.push(at.to_string());
    let mut reasons = texts(document, &exception.join("reden"));
    if !reasons.iter().any(|it| it == reason.trim()) {
        reasons.push(reason.trim().to_owned());
    }
    vec![
        Change::Set {
            path: exception.join("bij"),
            value: one_or_many(&places),
        },
        Change::Set {
            path: exception.join("reden"),
            value: Content::Text(reasons.join("; ")),
        },
    ]
}

/// The change that chooses a thing in a picker as well.
pub(super) fn choose(document: &Document, path: &Path, id: &str) -> Change {
    let is_many = field::at(path)
        .is_some_and(|field| matches!(Shape::of(field), Shape::Picker { is_many: true, .. }));
    let mut chosen = texts(document, path);
    if !is_many {
        chosen.clear();
    }
    chosen.push(id.to_owned());
    answer(document, path, &Given::Many(chosen))
}
