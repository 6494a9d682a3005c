//! The place of a key in the model: its pattern, and its order among the keys beside it.

use std::sync::LazyLock;

use indexmap::IndexMap;

use crate::schema::{self, Kind, pattern_of};
use crate::value::path::{Path, Step};

static KINDS: LazyLock<IndexMap<String, Kind>> = LazyLock::new(schema::kinds);

/// The pattern of a path. A key that the model does not have is an id.
pub(super) fn pattern(path: &Path) -> String {
    path.steps()
        .fold(String::new(), |pattern, step| match step {
            Step::Index(_) => format!("{pattern}[]"),
            Step::Key(key) => {
                let field = pattern_of(&pattern, key);
                if KINDS.contains_key(&field) && !is_by_id(&pattern) {
                    field
                } else {
                    pattern_of(&pattern, "*")
                }
            }
        })
}

/// Whether the keys of the mapping at a pattern are ids.
pub(super) fn is_by_id(pattern: &str) -> bool {
    KINDS.get(pattern) == Some(&Kind::ById)
}

/// Whether the value at a pattern can be a list.
pub(super) fn is_list(pattern: &str) -> bool {
    KINDS.get(pattern) == Some(&Kind::List)
}

/// Whether the keys of the mapping at a pattern are fields of the model, rather than ids or words.
pub(super) fn has_fields(pattern: &str) -> bool {
    let is_known = KINDS.contains_key(pattern) || pattern.ends_with("[]") || pattern.is_empty();
    is_known && !is_by_id(pattern)
}

/// Whether the mapping at a pattern can have this key.
pub(super) fn is_known(parent: &str, key: &str) -> bool {
    !has_fields(parent) || KINDS.contains_key(&pattern_of(parent, key))
}

/// The index at which a key belongs among the keys of a mapping: behind those that precede it in the model. An id comes last.
pub(super) fn place<'k>(
    parent: &str,
    key: &str,
    keys: impl ExactSizeIterator<Item = &'k str>,
) -> usize {
    let rank = |key: &str| KINDS.get_index_of(&pattern_of(parent, key));
    let length = keys.len();
    let Some(own) = rank(key).filter(|_| has_fields(parent)) else {
        return length;
    };
    let earlier = keys
        .enumerate()
        .filter_map(|(index, key)| Some((rank(key).filter(|rank| *rank < own)?, index)));
    earlier.max().map_or(0, |(_, index)| index + 1)
}

/// The kind of value at a pattern, if it is a field or an item with fields.
pub(super) fn kind(pattern: &str) -> Option<Kind> {
    let is_inside = |field: &String| {
        let rest = field.strip_prefix(pattern);
        rest.is_some_and(|rest| rest.starts_with('.'))
    };
    let is_item = pattern.ends_with("[]") && KINDS.keys().any(is_inside);
    let own = KINDS.get(pattern).copied();
    own.or_else(|| is_item.then_some(Kind::Keys))
}
