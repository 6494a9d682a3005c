//! Giving a thing another id, everywhere it is named.

use std::ops::Range;

use indexmap::{IndexMap, IndexSet};

use super::draft::Draft;
use super::lines;
use super::tree::Tree;
use super::values::{Context, Style};
use super::{Content, EditError, check_id};
use crate::document::{Document, Node, Value};
use crate::plan::catalogue::{KINDS, Kind, leads_to};
use crate::plan::literature::citations;
use crate::reading::{self, Reference};
use crate::value::path::{Path, Step};
use crate::value::suggest::misspelled;
use crate::value::{RefKind, SourceRef};

/// Gives the thing at a path another id.
pub(super) fn rename(
    draft: &mut Draft<'_>,
    asked: &Path,
    path: &Path,
    id: &str,
) -> Result<(), EditError> {
    if draft.tree.get(path).is_none() {
        return Err(EditError::no_such_path(asked));
    }
    let mut parent = path.clone();
    parent.pop();
    let Some((kind, Step::Key(old))) = kind_of(asked).zip(path.steps().next_back()) else {
        return Err(EditError::NotAThing {
            path: asked.clone(),
        });
    };
    if old == id {
        return Ok(());
    }
    check_id(id)?;
    let mut asked_parent = asked.clone();
    asked_parent.pop();
    check_free(draft, &asked_parent, &parent, id)?;
    if !draft.document.stops().is_empty() {
        // The rest of the file may name it too.
        return Err(EditError::unread(asked));
    }
    let names = Names::of(&draft.document, kind, path, old);
    rewrite(draft, &names, old, id)
}

/// The paths that name the thing at a path.
pub(super) fn references(document: &Document, path: &Path) -> Vec<Path> {
    let Some((kind, Step::Key(id))) = kind_of(path).zip(path.steps().next_back()) else {
        return Vec::new();
    };
    let names = Names::of(document, kind, path, id);
    let is_declaration = |key: &&Path| kind_of(key).is_some() && *key != path;
    if names.keys.iter().any(|key| is_declaration(&key)) {
        return Vec::new();
    }
    let others = names.keys.into_iter().filter(|key| key != path);
    others.chain(names.values).collect()
}

/// The kind of thing at a path.
fn kind_of(path: &Path) -> Option<&'static Kind> {
    let mut parent = path.clone();
    parent.pop();
    kind_in(&parent)
}

/// The kind of the things in the mapping at a path.
fn kind_in(path: &Path) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| path_of(kind) == *path)
}

fn path_of(kind: &Kind) -> Path {
    kind.path.iter().copied().collect()
}

/// Refuses an id that is taken in the mapping at a path, or in one that shares its ids.
pub(super) fn check_free(
    draft: &Draft<'_>,
    asked: &Path,
    path: &Path,
    id: &str,
) -> Result<(), EditError> {
    let is_taken = |path: &Path| draft.tree.get(&path.join(id)).is_some();
    let taken = |path: Path| Err(EditError::IdTaken { path });
    if is_taken(path) {
        return taken(asked.join(id));
    }
    let other = match kind_in(asked).map(|kind| kind.reference) {
        Some(RefKind::Activity) => Some(RefKind::Decision),
        Some(RefKind::Decision) => Some(RefKind::Activity),
        Some(RefKind::Source) if SourceRef::word(id).is_some() => return taken(asked.join(id)),
        _ => None,
    };
    let other = KINDS.iter().find(|kind| Some(kind.reference) == other);
    match other.map(path_of).filter(is_taken) {
        Some(path) => taken(path.join(id)),
        None => Ok(()),
    }
}

/// The places that name a thing.
#[derive(Default)]
struct Names {
    /// The paths of the keys.
    keys: IndexSet<Path>,
    /// The paths of the values that are its id.
    values: IndexSet<Path>,
    /// The paths of prose that cites it.
    cited: Vec<Path>,
}

impl Names {
    fn of(document: &Document, kind: &Kind, path: &Path, old: &str) -> Self {
        let declared = |kind: &&Kind| document.get(&path_of(kind).join(old)).is_some();
        let declared: Vec<RefKind> = KINDS
            .iter()
            .filter(declared)
            .map(|it| it.reference)
            .collect();
        // A group and a role with one id are one party.
        let is_party = |kind: RefKind| matches!(kind, RefKind::Group | RefKind::Role);
        let is_same =
            |other: RefKind| other == kind.reference || is_party(other) && is_party(kind.reference);
        let (own, others): (Vec<RefKind>, Vec<RefKind>) =
            declared.into_iter().partition(|kind| is_same(*kind));
        let mut names = Self::default();
        names.keys.insert(path.clone());
        let things = KINDS.iter().filter(|kind| own.contains(&kind.reference));
        names
            .keys
            .extend(things.map(|kind| path_of(kind).join(old)));
        let reading = reading::read(document).1;
        for reference in &reading.references {
            let leads = |kinds: &[RefKind]| kinds.iter().any(|it| leads_to(reference.kind, *it));
            if !leads(&own) || leads(&others) || meant(document, reference).as_deref() != Some(old)
            {
                continue;
            }
            let list = if reference.is_key {
                &mut names.keys
            } else {
                &mut names.values
            };
            list.insert(reference.path.to_path());
        }
        if kind.reference == RefKind::Source {
            let prose = reading.texts.iter().filter(|text| text.is_prose);
            let citing = prose.filter(|text| citations(text.text).any(|it| it.ids.contains(&old)));
            names.cited = citing.map(|text| text.path.to_path()).collect();
        }
        if others.is_empty() {
            names
                .values
                .extend(exceptions(document, |place| place == old));
        }
        names
    }
}

/// The id that a reference means, also if it is misspelled.
fn meant(document: &Document, reference: &Reference<'_>) -> Option<String> {
    if !reference.is_misspelled {
        return Some(reference.id.to_owned());
    }
    let kinds = KINDS
        .iter()
        .filter(|kind| leads_to(reference.kind, kind.reference));
    let mut ids = Vec::new();
    for kind in kinds {
        if let Some(Value::Mapping(things)) = document.get(&path_of(kind)).map(|node| &node.value) {
            ids.extend(things.keys().map(String::as_str));
        }
    }
    misspelled(reference.id, ids).map(str::to_owned)
}

/// The paths of the places of exceptions that meet a condition.
fn exceptions(document: &Document, condition: impl Fn(&str) -> bool) -> Vec<Path> {
    let all = Path::root().join("uitzonderingen");
    let mut found = Vec::new();
    let Some(Value::Mapping(rules)) = document.get(&all).map(|node| &node.value) else {
        return found;
    };
    let mut add = |path: Path, value: &Value| {
        if matches!(value, Value::Scalar { text, .. } if condition(text.trim())) {
            found.push(path);
        }
    };
    for rule in rules.keys() {
        let path = all.join(rule).join("bij");
        match document.get(&path).map(|node| &node.value) {
            Some(Value::List(items)) => {
                for (nr, item) in items.iter().enumerate() {
                    add(path.join(nr), &item.value);
                }
            }
            Some(value) => add(path, value),
            None => {}
        }
    }
    found
}

fn rewrite(draft: &mut Draft<'_>, names: &Names, old: &str, id: &str) -> Result<(), EditError> {
    let mut texts: IndexMap<Path, String> = IndexMap::new();
    for path in &names.values {
        texts.insert(path.clone(), id.to_owned());
    }
    for path in &names.cited {
        if let Some(text) = draft.document.get(path).and_then(Node::text) {
            texts.insert(path.clone(), cite(text, old, id));
        }
    }
    // The innermost first, so that the outer paths stay the same.
    let mut keys: Vec<&Path> = names.keys.iter().collect();
    keys.sort_by_key(|path| std::cmp::Reverse(path.steps().count()));
    let is_below = |place: &str| {
        keys.iter()
            .any(|key| renamed_path(place, key, id).is_some())
    };
    for path in exceptions(&draft.document, is_below) {
        if let Some(text) = draft.document.get(&path).and_then(Node::text) {
            let renamed =
                |place: String, key: &&Path| renamed_path(&place, key, id).unwrap_or(place);
            let place = keys.iter().fold(text.trim().to_owned(), renamed);
            texts.insert(path, place);
        }
    }
    let mut changes = Vec::new();
    for (path, new) in &texts {
        match text_changes(draft, path, old, id, new) {
            Some(found) => changes.extend(found),
            None => draft.replace(path, &Content::Text(new.clone()))?,
        }
        draft.tree.set(path, Tree::Text(new.trim().to_owned()));
    }
    for key in &keys {
        changes.push(key_change(draft, key, id)?);
    }
    let whole = names.keys.first().cloned().unwrap_or_default();
    draft.splice(changes, &whole)?;
    for key in keys {
        draft.tree.rename(key, id);
    }
    Ok(())
}

/// The place of an exception, if it is the path of a renamed key or below it.
fn renamed_path(place: &str, key: &Path, id: &str) -> Option<String> {
    let rest = place.strip_prefix(&key.to_string())?;
    if !(rest.is_empty() || rest.starts_with(['.', '['])) {
        return None;
    }
    let mut renamed = key.clone();
    renamed.pop();
    Some(format!("{}{rest}", renamed.join(id)))
}

/// A text in which citations name another id.
fn cite(text: &str, old: &str, id: &str) -> String {
    let (mut new, mut at) = (String::new(), 0);
    for place in cited(text, old) {
        new.push_str(lines::slice(text, at..place));
        new.push_str(id);
        at = place + old.len();
    }
    new + lines::slice(text, at..text.len())
}

/// The positions of an id in the citations of a text.
fn cited(text: &str, id: &str) -> Vec<usize> {
    let citing = citations(text).filter(|citation| citation.ids.contains(&id));
    let places = citing.flat_map(|citation| {
        let inside = citation.range.start + 1..citation.range.end - 1;
        let mut at = inside.start;
        let ids = lines::slice(text, inside)
            .split(';')
            .filter_map(move |part| {
                let start = at;
                at += part.len() + 1;
                let written = part.trim_start().trim_start_matches('@').trim_start();
                (written.trim_end() == id).then_some(start + part.len() - written.len())
            });
        ids.collect::<Vec<_>>()
    });
    places.collect()
}

/// The changes of the source of a text; `None` if it must be written anew.
fn text_changes(
    draft: &Draft<'_>,
    path: &Path,
    old: &str,
    id: &str,
    new: &str,
) -> Option<Vec<(Range<usize>, String)>> {
    let part = draft.part(path).ok()?;
    let Value::Scalar { text, plain } = &part.node.value else {
        return None;
    };
    let span = part.node.span.start()..part.node.span.end();
    let source = lines::slice(&draft.text, span.clone());
    let places = match cited(text, old) {
        places if places.is_empty() => {
            if *plain {
                let context = if part.in_flow {
                    Context::Flow
                } else {
                    Context::Value
                };
                return Some(vec![(span, draft.writer.one_line(new, context))]);
            }
            let written = text.trim();
            let mut found = source.match_indices(written);
            let (at, _) = found.next().filter(|_| !written.is_empty())?;
            let at = span.start + at;
            return Some(vec![(at..at + written.len(), new.to_owned())]);
        }
        places => places,
    };
    // Every occurrence of the id in the text is one in the source, unless it is escaped there.
    let all = |text: &str| {
        text.match_indices(old)
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    let (read, written) = (all(text), all(source));
    if read.len() != written.len() {
        return None;
    }
    let pairs = read.into_iter().zip(written);
    let cited = pairs.filter(|(at, _)| places.contains(at));
    let change = |(_, at): (usize, usize)| {
        let at = span.start + at;
        (at..at + old.len(), id.to_owned())
    };
    Some(cited.map(change).collect())
}

/// The change of the source of a key.
fn key_change(
    draft: &Draft<'_>,
    path: &Path,
    id: &str,
) -> Result<(Range<usize>, String), EditError> {
    let mut parent = path.clone();
    parent.pop();
    let part = draft.part(&parent)?;
    let entangled = || EditError::entangled(path);
    let Value::Mapping(entries) = &part.node.value else {
        return Err(entangled());
    };
    if entries.contains_key(id) {
        return Err(EditError::IdTaken {
            path: parent.join(id),
        });
    }
    let Some(Step::Key(key)) = path.steps().next_back() else {
        return Err(entangled());
    };
    let span = entries.get(key).ok_or_else(entangled)?.key;
    let source = lines::slice(&draft.text, span.start()..span.end());
    let in_flow = part.in_flow || part.is_flow(&draft.text);
    let context = if in_flow {
        Context::FlowKey
    } else {
        Context::Key
    };
    let mut writer = draft.writer;
    let mut range = span.start()..span.end();
    if source.starts_with(['"', '\'']) {
        range = range.start + 1..range.end.saturating_sub(1).max(range.start + 1);
        return Ok((range, id.to_owned()));
    }
    writer.style = Style::Plainest;
    Ok((range, writer.one_line(id, context)))
}
