//! Removing a thing or an item.

use std::collections::BTreeSet;

use super::clear::clear_all;
use super::draft::Draft;
use super::rename::references;
use super::{EditError, model};
use crate::value::path::{Path, Step};

/// Removes the thing or item at a path.
pub(super) fn remove(draft: &mut Draft<'_>, asked: &Path, path: &Path) -> Result<(), EditError> {
    check_thing(draft, asked, path)?;
    draft.cut(&BTreeSet::from([path.clone()]))
}

/// Removes the thing or item at a path, and everything that names it: answers first, because positions in lists stay then.
pub(super) fn with_references(draft: &mut Draft<'_>, path: &Path) -> Result<(), EditError> {
    check_thing(draft, path, path)?;
    let mut all: BTreeSet<Path> = references(&draft.document, path).into_iter().collect();
    all.insert(path.clone());
    let outermost = all.iter().filter(|path| !is_inside(path, &all)).cloned();
    let (answers, others): (BTreeSet<Path>, BTreeSet<Path>) = outermost.partition(is_answer);
    let answers = answers.into_iter().map(|path| (path.clone(), path));
    clear_all(draft, answers.collect())?;
    draft.cut(&others)
}

/// Whether a path leads into what is at one of others.
fn is_inside(path: &Path, others: &BTreeSet<Path>) -> bool {
    let mut outer = path.clone();
    while outer != Path::root() {
        outer.pop();
        if others.contains(&outer) {
            return true;
        }
    }
    false
}

/// Whether a path is that of an answer, and not of a thing or an item.
fn is_answer(path: &Path) -> bool {
    let mut parent = path.clone();
    parent.pop();
    matches!(path.steps().next_back(), Some(Step::Key(_)))
        && model::has_fields(&model::pattern(&parent))
}

/// Refuses a path that is not that of a thing or an item.
pub(super) fn check_thing(draft: &Draft<'_>, asked: &Path, path: &Path) -> Result<(), EditError> {
    if draft.tree.get(path).is_none() {
        return Err(EditError::no_such_path(asked));
    }
    match asked.steps().next_back() {
        Some(Step::Index(_)) => Ok(()),
        Some(Step::Key(_)) if !is_answer(asked) => Ok(()),
        _ => Err(EditError::NotAThing {
            path: asked.clone(),
        }),
    }
}
