//! Removing an answer.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::lines;
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
    clear_all(draft, BTreeMap::from([(path.clone(), asked.clone())]))
}

/// Removes answers and the parents that they leave empty, level by level. The path that the model has for each is its value.
pub(super) fn clear_all(
    draft: &mut Draft<'_>,
    mut answers: BTreeMap<Path, Path>,
) -> Result<(), EditError> {
    while !answers.is_empty() {
        draft.cut(&answers.keys().cloned().collect())?;
        let mut parents = BTreeMap::new();
        for (mut path, mut asked) in answers {
            path.pop();
            asked.pop();
            if !parents.contains_key(&path) && is_superfluous(draft, &asked, &path)? {
                parents.insert(path, asked);
            }
        }
        answers = parents;
    }
    Ok(())
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
