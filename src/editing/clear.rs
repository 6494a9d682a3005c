//! Removing an answer.

use super::draft::Draft;
use super::lines;
use super::parts::index_of;
use super::tree::Tree;
use super::{EditError, model};
use crate::value::path::{Path, Step};

/// Removes the answer at a path and its key, and the parents that it leaves empty.
pub(super) fn clear(draft: &mut Draft<'_>, asked: &Path, path: &Path) -> Result<(), EditError> {
    if draft.tree.get(path).is_none() {
        return Err(EditError::no_such_path(asked));
    }
    if !matches!(path.steps().next_back(), Some(Step::Key(_))) {
        return Err(EditError::NotAMapping {
            path: asked.clone(),
        });
    }
    let (mut asked, mut path) = (asked.clone(), path.clone());
    loop {
        cut(draft, &path)?;
        path.pop();
        asked.pop();
        if !is_superfluous(draft, &asked, &path)? {
            return Ok(());
        }
    }
}

/// Cuts the part at a path.
pub(super) fn cut(draft: &mut Draft<'_>, path: &Path) -> Result<(), EditError> {
    let mut parent = path.clone();
    parent.pop();
    let part = draft.part(&parent)?;
    let step = path.steps().next_back();
    let index = step.and_then(|step| index_of(part.node, step));
    let index = index.ok_or_else(|| EditError::no_such_path(path))?;
    draft.cut(&parent, index)
}

/// Whether a parent is empty and says nothing: it is no thing with an id, no item, and has no comments.
fn is_superfluous(draft: &Draft<'_>, asked: &Path, path: &Path) -> Result<bool, EditError> {
    let Some(Step::Key(_)) = path.steps().next_back() else {
        return Ok(false);
    };
    let mut parent = asked.clone();
    parent.pop();
    let is_nothing = draft.tree.get(path) == Some(&Tree::Nothing);
    // A file without any key is no plan.
    let is_last = draft.tree.len() == 1 && parent == Path::root();
    if !is_nothing || is_last || !model::has_fields(&model::pattern(&parent)) {
        return Ok(false);
    }
    let part = draft.part(path)?;
    if part.in_flow {
        return Ok(true);
    }
    let text = &draft.text;
    let first = lines::end(text, part.start);
    let has_comment = lines::slice(text, part.behind..first).contains('#');
    let column = part.column(text).unwrap_or_default();
    let is_alone = part.next_line(text, column) <= lines::next(text, part.end);
    Ok(!has_comment && is_alone)
}
