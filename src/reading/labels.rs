//! The labels of keys, to find the key that an author means by one.

use crate::value::fold;

// `LABELS`: each key of the plan with its labels and the other words for it, in both languages, in lower case, sorted.
include!(concat!(env!("OUT_DIR"), "/labels.rs"));

/// The only one of these keys with this label, in any case and spacing.
pub(super) fn labelled(label: &str, keys: &[&'static str]) -> Option<&'static str> {
    let folded = fold(label);
    only(keys, |label| fold(label) == folded)
}

/// The only one of these keys whose label has all of these words.
pub(super) fn labelled_with(words: &str, keys: &[&'static str]) -> Option<&'static str> {
    let words = words.to_lowercase();
    let words: Vec<&str> = words.split(|c: char| !c.is_alphanumeric()).collect();
    let is_long = words.iter().any(|word| word.len() >= MIN_LENGTH);
    if !is_long || words.len() > MAX_WORDS {
        return None;
    }
    only(keys, |label| {
        let label = || label.split(|c: char| !c.is_alphanumeric());
        words.iter().all(|word| label().any(|known| known == *word))
    })
}

/// Words of fewer letters say too little: `van`.
const MIN_LENGTH: usize = 4;

/// No label has more words.
const MAX_WORDS: usize = 12;

fn only(keys: &[&'static str], is_meant: impl Fn(&str) -> bool) -> Option<&'static str> {
    let mut meant = keys.iter().filter(|key| labels(key).any(&is_meant));
    let first = meant.next()?;
    meant.next().is_none().then_some(first)
}

fn labels(key: &str) -> impl Iterator<Item = &'static str> {
    let start = LABELS.partition_point(|(known, _)| *known < key);
    let from_start = LABELS.iter().skip(start);
    from_start
        .take_while(move |(known, _)| *known == key)
        .map(|(_, label)| *label)
}
