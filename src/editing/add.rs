//! Adding a thing or an item.

use super::draft::Draft;
use super::rename::check_free;
use super::set::{check, set};
use super::tree::Tree;
use super::{Content, EditError, check_id, model};
use crate::value::path::Path;

/// Adds a thing to the mapping at a path, or an item to the list.
pub(super) fn add(
    draft: &mut Draft<'_>,
    asked: &Path,
    path: &Path,
    id: Option<&str>,
    at: Option<usize>,
    content: &Content,
) -> Result<(), EditError> {
    match id {
        Some(id) => add_thing(draft, asked, path, id, at, content),
        None => add_item(draft, asked, path, at, content),
    }
}

fn add_thing(
    draft: &mut Draft<'_>,
    asked: &Path,
    path: &Path,
    id: &str,
    at: Option<usize>,
    content: &Content,
) -> Result<(), EditError> {
    let thing = asked.join(id);
    let pattern = model::pattern(asked);
    if model::has_fields(&pattern) {
        return Err(EditError::NotAThing { path: thing });
    }
    check_id(id)?;
    check(&thing, content)?;
    check_free(draft, asked, path, id)?;
    match draft.tree.get(path) {
        Some(tree @ (Tree::Mapping(_) | Tree::Nothing)) => {
            let index = at.unwrap_or(usize::MAX).min(tree.len());
            draft.insert(path, index, Some(id), content)
        }
        Some(Tree::Unread) => Err(EditError::unread(asked)),
        Some(_) => Err(EditError::NotAMapping {
            path: asked.clone(),
        }),
        None => {
            let things = Content::Mapping(vec![(id.to_owned(), content.clone())]);
            set(draft, asked, path, &things)
        }
    }
}

fn add_item(
    draft: &mut Draft<'_>,
    asked: &Path,
    path: &Path,
    at: Option<usize>,
    content: &Content,
) -> Result<(), EditError> {
    let pattern = model::pattern(asked);
    let not_a_list = || EditError::NotAList {
        path: asked.clone(),
    };
    // A value by id can be one or more words.
    let is_value_by_id = !model::has_fields(&pattern) && !model::is_by_id(&pattern);
    if !is_value_by_id && !model::is_list(&pattern) {
        return Err(not_a_list());
    }
    let list = Content::List(vec![content.clone()]);
    check(asked, &list)?;
    match draft.tree.get(path) {
        Some(tree @ (Tree::List(_) | Tree::Nothing)) => {
            let index = at.unwrap_or(usize::MAX).min(tree.len());
            draft.insert(path, index, None, content)
        }
        Some(Tree::Text(only)) => {
            let mut items = vec![Content::Text(only.clone())];
            items.insert(at.unwrap_or(1).min(1), content.clone());
            draft.replace(path, &Content::List(items))
        }
        Some(Tree::Unread) => Err(EditError::unread(asked)),
        Some(Tree::Mapping(_)) => Err(not_a_list()),
        None => set(draft, asked, path, &list),
    }
}
