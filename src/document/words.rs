//! Words and phrases in the text of a plan, as [`Focus::Word`](crate::finding::Focus::Word) counts them.

use std::ops::Range;

/// How long a phrase can be, in bytes: looking for one takes time by the product of its length and that of the text.
const LONGEST: usize = 256;

/// Where `phrase` occurs in `text`, from left to right and without overlap.
///
/// Case does not matter, and white space in the phrase stands for any run of white space, line ends and indentation
/// included. Only whole words count: "ser" does not occur in "server". What is no phrase but a text of its own is not looked for. A rule that points at the nth occurrence of
/// something counts with this, so that it means the same one as [`Document::place`](super::Document::place).
pub fn occurrences<'t>(text: &'t str, phrase: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    let phrase = phrase.trim();
    let mut from = if phrase.len() > LONGEST {
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

/// How many bytes of `rest` the phrase takes if it stands at its start as whole words; `last` is the character before.
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
            // So single-quoted YAML writes an apostrophe.
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
