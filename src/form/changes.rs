//! The changes of a plan's text that answers and buttons make.

use super::event::Given;
use super::field::{self, Shape};
use crate::checked::Checked;
use crate::document::{Document, Value};
use crate::editing::{Change, Content, Edit, EditError, apply};
use crate::scaffold::id_of;
use crate::value::path::{Path, Step};
use crate::words::{Words, key};

/// Applies changes one after another.
pub(super) fn apply_all(text: &str, changes: &[Change]) -> Result<String, EditError> {
    let mut text = text.to_owned();
    for change in changes {
        let edit = apply(&text, change)?;
        text = Edit::splice(&text, &edit.splices).unwrap_or(text);
    }
    Ok(text)
}

/// The changes that give an answer.
pub(super) fn answer(document: &Document, path: &Path, value: &Given) -> Vec<Change> {
    let path = path.clone();
    let is_list = document
        .get(&path)
        .is_some_and(|node| matches!(node.value, Value::List(_)));
    let is_item = matches!(path.steps().next_back(), Some(Step::Index(_)));
    let change = match value {
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
    };
    vec![change]
}

/// The changes that add a row behind others, and its path.
pub(super) fn add_row(document: &Document, path: &Path, at: Option<usize>) -> (Vec<Change>, Path) {
    match document.get(path).map(|node| &node.value) {
        Some(Value::Scalar { text, .. }) => {
            let value = Content::List(vec![text.as_str().into(), Content::Nothing]);
            let path = path.clone();
            let row = path.join(1);
            (vec![Change::Set { path, value }], row)
        }
        Some(Value::List(items)) => {
            let at = at.unwrap_or(items.len()).min(items.len());
            let add = Change::Add {
                to: path.clone(),
                id: None,
                at: Some(at),
                value: Content::Nothing,
            };
            (vec![add], path.join(at))
        }
        _ => {
            let add = || Change::Add {
                to: path.clone(),
                id: None,
                at: None,
                value: Content::Nothing,
            };
            (vec![add()], path.join(0))
        }
    }
}

/// A thing with a name, and the path at which it is added.
pub(super) fn add_thing(
    text: &str,
    checked: &Checked,
    path: &Path,
    name: &str,
    words: Words,
) -> Result<(String, Path), EditError> {
    let name = crate::scaffold::one_line(name);
    let thing = field::at(path).and_then(|field| field.fields.first());
    let named = thing.and_then(|thing| {
        let mut fields = thing.fields.iter();
        fields.find(|field| matches!(Shape::of(field), Shape::Line | Shape::Prose))
    });
    let value = match named {
        Some(named) if !name.is_empty() => Content::Mapping(vec![(
            field::name(named).to_owned(),
            Content::Text(name.clone()),
        )]),
        _ => Content::Nothing,
    };
    let base = id_of(&name, words.get(key::scherm::ID));
    let mut id = base.clone();
    let mut nr = 1;
    loop {
        let is_taken = checked.document.get(&path.join(&id)).is_some();
        let add = Change::Add {
            to: path.clone(),
            id: Some(id.clone()),
            at: None,
            value: value.clone(),
        };
        match apply_all(text, &[add]) {
            Err(EditError::IdTaken { .. }) => {}
            _ if is_taken => {}
            result => return result.map(|text| (text, path.join(&id))),
        }
        nr += 1;
        id = format!("{base}-{nr}");
    }
}

/// The changes that choose a thing in a picker as well.
pub(super) fn choose(document: &Document, path: &Path, id: &str) -> Vec<Change> {
    let is_many = field::at(path)
        .is_some_and(|field| matches!(Shape::of(field), Shape::Picker { is_many: true, .. }));
    let mut chosen = match document.get(path).map(|node| &node.value) {
        Some(Value::List(items)) => {
            let texts = items.iter().filter_map(|item| match &item.value {
                Value::Scalar { text, .. } => Some(text.clone()),
                _ => None,
            });
            texts.collect()
        }
        Some(Value::Scalar { text, .. }) => vec![text.clone()],
        _ => Vec::new(),
    };
    if !is_many {
        chosen.clear();
    }
    chosen.push(id.to_owned());
    answer(document, path, &Given::Many(chosen))
}
