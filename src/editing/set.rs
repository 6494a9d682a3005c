//! Giving an answer.

use super::clear::clear;
use super::draft::Draft;
use super::tree::Tree;
use super::{Content, EditError, check_id, model};
use crate::schema::Kind;
use crate::value::is_blank;
use crate::value::path::{Path, Step};

/// Gives the answer at a path. `asked` has the keys of the model, `path` those in the file.
pub(super) fn set(
    draft: &mut Draft<'_>,
    asked: &Path,
    path: &Path,
    content: &Content,
) -> Result<(), EditError> {
    check(asked, content)?;
    let is_nothing = match content {
        Content::Text(text) => is_blank(text),
        Content::Nothing => true,
        Content::List(items) => items.is_empty(),
        Content::Mapping(entries) => entries.is_empty(),
    };
    let is_key = matches!(path.steps().next_back(), Some(Step::Key(_)));
    if is_nothing && is_key {
        return match draft.tree.get(path) {
            Some(_) => clear(draft, asked, path),
            None if draft.is_whole(&parent_of(path)) => Ok(()),
            None => Err(EditError::unread(asked)),
        };
    }
    match draft.tree.get(path) {
        None => create(draft, asked, path, content),
        Some(_) if *path == Path::root() => Err(not_a_text(asked)),
        Some(Tree::Unread) => Err(EditError::unread(asked)),
        Some(Tree::List(old)) => match content {
            Content::List(new) if !new.is_empty() => {
                let old = old.clone();
                set_items(draft, path, &old, new)
            }
            content => draft.replace(path, content),
        },
        Some(_) => draft.replace(path, content),
    }
}

fn parent_of(path: &Path) -> Path {
    let mut parent = path.clone();
    parent.pop();
    parent
}

/// Refuses a value of another kind than the model has, and keys that the model does not have.
pub(super) fn check(asked: &Path, content: &Content) -> Result<(), EditError> {
    check_content(&model::pattern(asked), asked, content)
}

fn check_content(pattern: &str, path: &Path, content: &Content) -> Result<(), EditError> {
    let kind = model::kind(pattern);
    match (content, kind) {
        (Content::Text(_) | Content::List(_), Some(Kind::Keys | Kind::ById)) => {
            Err(not_a_text(path))
        }
        (Content::List(items), Some(Kind::List) | None) => {
            let pattern = format!("{pattern}[]");
            let mut items = items.iter();
            items.try_for_each(|item| check_content(&pattern, path, item))
        }
        (Content::List(_), _) => Err(EditError::NotAList { path: path.clone() }),
        (Content::Mapping(entries), _) => {
            if kind.is_some_and(|kind| !matches!(kind, Kind::Keys | Kind::ById)) {
                return Err(EditError::NotAMapping { path: path.clone() });
            }
            for (key, value) in entries {
                let path = path.join(key);
                check_key(pattern, key, &path)?;
                check_content(&model::pattern(&path), &path, value)?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

fn check_key(parent: &str, key: &str, path: &Path) -> Result<(), EditError> {
    if !model::is_known(parent, key) {
        return Err(EditError::no_such_path(path));
    }
    let is_phase = !model::has_fields(parent) && !model::is_by_id(parent);
    if model::is_by_id(parent) || is_phase {
        check_id(key)?;
    }
    Ok(())
}

fn not_a_text(path: &Path) -> EditError {
    EditError::NotAText { path: path.clone() }
}

/// Adds an answer, and the parents that are missing.
fn create(
    draft: &mut Draft<'_>,
    asked: &Path,
    path: &Path,
    content: &Content,
) -> Result<(), EditError> {
    let (mut inner, mut outer) = (content.clone(), path.clone());
    loop {
        let step = outer.steps().next_back().cloned();
        outer.pop();
        let Some(Step::Key(key)) = step else {
            return Err(EditError::no_such_path(asked));
        };
        let depth = outer.steps().count();
        let asked_parent: Path = asked.steps().take(depth).cloned().collect();
        let pattern = model::pattern(&asked_parent);
        let Some(tree) = draft.tree.get(&outer) else {
            check_key(&pattern, &key, asked)?;
            inner = Content::Mapping(vec![(key, inner)]);
            continue;
        };
        let keys = match tree {
            Tree::Mapping(entries) => entries.keys().map(String::as_str).collect(),
            Tree::Nothing => Vec::new(),
            Tree::Unread => return Err(EditError::unread(asked)),
            _ => return Err(EditError::NotAMapping { path: asked_parent }),
        };
        check_key(&pattern, &key, asked)?;
        let index = model::place(&pattern, &key, keys.into_iter());
        return draft.insert(&outer, index, Some(&key), &inner);
    }
}

/// The most items of a list that are changed one by one.
const MAX_ITEMS: usize = 16;

/// Changes the items of a list that differ.
fn set_items(
    draft: &mut Draft<'_>,
    path: &Path,
    old: &[Tree],
    new: &[Content],
) -> Result<(), EditError> {
    let wanted: Vec<Tree> = new.iter().map(Tree::of_content).collect();
    let pairs = old.iter().zip(&wanted);
    let prefix = pairs.take_while(|(old, new)| old == new).count();
    let most = old.len().min(new.len()) - prefix;
    let pairs = old.iter().rev().zip(wanted.iter().rev()).take(most);
    let suffix = pairs.take_while(|(old, new)| old == new).count();
    let (removed, added) = (old.len() - prefix - suffix, new.len() - prefix - suffix);
    if removed.max(added) > MAX_ITEMS {
        return draft.replace(path, &Content::List(new.to_vec()));
    }
    let both = removed.min(added);
    for (nr, item) in new.iter().enumerate().skip(prefix).take(added) {
        if nr < prefix + both {
            draft.replace(&path.join(nr), item)?;
        } else {
            draft.insert(path, nr, None, item)?;
        }
    }
    let surplus = prefix + added..prefix + removed;
    draft.cut(&surplus.map(|index| path.join(index)).collect())
}
