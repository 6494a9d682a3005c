//! Removing a thing or an item.

use super::clear::cut;
use super::draft::Draft;
use super::{EditError, model};
use crate::value::path::{Path, Step};

/// Removes the thing or item at a path.
pub(super) fn remove(draft: &mut Draft<'_>, asked: &Path, path: &Path) -> Result<(), EditError> {
    check_thing(draft, asked, path)?;
    cut(draft, path)
}

/// Refuses a path that is not that of a thing or an item.
pub(super) fn check_thing(draft: &Draft<'_>, asked: &Path, path: &Path) -> Result<(), EditError> {
    if draft.tree.get(path).is_none() {
        return Err(EditError::no_such_path(asked));
    }
    let mut parent = asked.clone();
    parent.pop();
    match asked.steps().next_back() {
        Some(Step::Index(_)) => Ok(()),
        Some(Step::Key(_)) if !model::has_fields(&model::pattern(&parent)) => Ok(()),
        _ => Err(EditError::NotAThing {
            path: asked.clone(),
        }),
    }
}
