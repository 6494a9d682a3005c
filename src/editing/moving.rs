//! Moving a thing or an item.

use std::ops::Range;

use super::EditError;
use super::draft::Draft;
use super::lines;
use super::parts::{Part, index_of};
use super::remove::check_thing;
use crate::value::path::Path;

/// Moves the thing or item at a path to another position among its siblings.
pub(super) fn move_to(
    draft: &mut Draft<'_>,
    asked: &Path,
    path: &Path,
    to: usize,
) -> Result<(), EditError> {
    check_thing(draft, asked, path)?;
    let mut parent = path.clone();
    parent.pop();
    let whole = draft.part(&parent)?;
    let step = path.steps().next_back();
    let from = step.and_then(|step| index_of(whole.node, step));
    let from = from.ok_or_else(|| EditError::no_such_path(asked))?;
    let parts = whole.parts(&draft.text);
    let to = to.min(parts.len().saturating_sub(1));
    if from == to {
        return Ok(());
    }
    let in_flow = parts.first().is_some_and(|first| first.in_flow);
    let changes = if in_flow {
        Some(exchanged(&parts, &draft.text, from, to))
    } else {
        moved_lines(draft, &whole, &parts, from, to, parent == Path::root())
    };
    let changes = changes.ok_or_else(|| EditError::entangled(asked))?;
    draft.splice(changes, asked)?;
    draft.tree.shift(&parent, from, to);
    Ok(())
}

/// Writes each part between brackets in the place of another. What is between them stays.
fn exchanged(
    parts: &[Part<'_>],
    text: &str,
    from: usize,
    to: usize,
) -> Vec<(Range<usize>, String)> {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let part = order.remove(from);
    order.insert(to, part);
    let places = parts.iter().zip(order).filter_map(|(place, nr)| {
        let part = parts.get(nr)?;
        let source = lines::slice(text, part.start..part.end);
        Some((place.start..place.end, source.to_owned()))
    });
    places.collect()
}

/// Moves the lines of a part, with the comments directly above it and the blank lines that separate it from the others.
fn moved_lines(
    draft: &Draft<'_>,
    whole: &Part<'_>,
    parts: &[Part<'_>],
    from: usize,
    to: usize,
    is_root: bool,
) -> Option<Vec<(Range<usize>, String)>> {
    let text = &draft.text;
    let column = parts.first()?.column(text)?;
    if !parts.iter().all(|part| part.begins_line(text)) {
        return None;
    }
    let not_before = |index: usize| match index.checked_sub(1).and_then(|nr| parts.get(nr)) {
        Some(before) => before.next_line(text, column),
        None if is_root => lines::start(text, whole.start),
        None => lines::next(text, whole.behind),
    };
    let own = |index: usize| {
        let part = parts.get(index)?;
        let first = part.first_line(text, column, not_before(index));
        Some(first..part.next_line(text, column))
    };
    let moved = own(from)?;
    let blank = match from {
        0 => moved.end..blank_below(text, moved.end),
        from => blank_above(text, moved.start, not_before(from))..moved.start,
    };
    let line_end = draft.writer.line_end;
    let mut lines = lines::slice(text, moved.clone()).to_owned();
    let is_last = !lines.ends_with(['\n', '\r']);
    if is_last {
        lines.push_str(line_end);
    }
    let between = lines::slice(text, blank.clone());
    let mut removed = moved.start.min(blank.start)..moved.end.max(blank.end);
    if is_last {
        removed.start = lines::before(text, removed.start);
    }
    let (at, mut added) = match to {
        0 => (own(0)?.start, format!("{lines}{between}")),
        to => {
            let before = if to > from { to } else { to - 1 };
            (own(before)?.end, format!("{between}{lines}"))
        }
    };
    let is_open = at == text.len() && !text.ends_with(['\n', '\r']);
    if is_open {
        added.truncate(lines::before(&added, added.len()));
        added.insert_str(0, line_end);
    }
    Some(vec![(removed, String::new()), (at..at, added)])
}

/// The first byte of the blank lines directly above a line.
fn blank_above(text: &str, line: usize, not_before: usize) -> usize {
    let mut first = line;
    while first > not_before {
        let above = lines::start(text, lines::before(text, first));
        if above == first
            || above < not_before
            || !lines::slice(text, above..first).trim().is_empty()
        {
            break;
        }
        first = above;
    }
    first
}

/// The byte after the blank lines that begin at a line.
fn blank_below(text: &str, line: usize) -> usize {
    let mut end = line;
    while end < text.len() {
        let next = lines::next(text, end);
        if !lines::slice(text, end..next).trim().is_empty() {
            break;
        }
        end = next;
    }
    end
}
