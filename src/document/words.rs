//! Search for words and phrases in the text of a plan, for [`Focus::Word`](crate::finding::Focus::Word).

use std::ops::Range;

/// The maximum length of a phrase, in bytes: searching takes time proportional to the product of phrase and text.
const MAX_LENGTH: usize = 256;

/// The occurrences of `phrase` in `text`, from left to right and without overlap.
///
/// Case does not matter, and white space in the phrase matches any run of white space, including line ends and
/// indentation. Only whole words count: "ser" does not occur in "server". A longer phrase than the maximum is not found.
/// Rules that point at the nth occurrence count with this function, so that they agree with
/// [`Document::place`](super::Document::place).
pub fn occurrences<'t>(text: &'t str, phrase: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let phrase = phrase.trim();
    let mut from = if phrase.len() > MAX_LENGTH {
        text.len()
    } else {
        0
    };
    std::iter::from_fn(move || {
        let rest = text.get(from..)?;
        let mut last = text
            .get(..from)
            .and_then(|before| before.chars().next_back());
        for (offset, character) in rest.char_indices() {
            let start = from + offset;
            let found = whole_word_at(rest.get(offset..)?, last, phrase);
            if let Some(length) = found {
                from = start + length;
                return Some(start..from);
            }
            last = Some(character);
        }
        from = text.len();
        None
    })
}

/// The number of bytes of `rest` that the phrase takes, if `rest` starts with it as whole words; `last` is the character
/// before.
fn whole_word_at(rest: &str, last: Option<char>, phrase: &str) -> Option<usize> {
    let first = phrase.chars().next()?;
    let inside_word = first.is_alphanumeric() && last.is_some_and(char::is_alphanumeric);
    if inside_word || !rest.chars().next().is_some_and(|start| same(start, first)) {
        return None;
    }
    let length = length_of(rest, phrase)?;
    let next = rest.get(length..)?.chars().next();
    let cut = phrase
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric)
        && next.is_some_and(char::is_alphanumeric);
    (!cut).then_some(length)
}

fn length_of(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = text;
    let mut wanted = phrase.chars();
    while let Some(character) = wanted.next() {
        if character.is_whitespace() {
            wanted = wanted.as_str().trim_start().chars();
            let after = rest.trim_start();
            if after.len() == rest.len() {
                return None;
            }
            rest = after;
        } else if character == '\'' && rest.starts_with("''") {
            // An apostrophe in a single-quoted YAML text.
            rest = rest.get(2..)?;
        } else {
            let mut characters = rest.chars();
            if !same(characters.next()?, character) {
                return None;
            }
            rest = characters.as_str();
        }
    }
    Some(text.len() - rest.len())
}

fn same(one: char, other: char) -> bool {
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(&other);
    }
    one == other || one.to_lowercase().eq(other.to_lowercase())
}
