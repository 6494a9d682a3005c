//! Lines of output: what they must not contain, and how long they are.

use std::borrow::Cow;

/// Whether a character changes the writing direction of the text after it: a bidi embedding, override or isolate.
pub const fn is_bidi_control(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a terminal may act on a character instead of showing it: control characters, line breaks and bidi controls.
#[must_use]
pub fn is_terminal_control(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') || is_bidi_control(c)
}

/// Joins the words of a text with single spaces.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a text: whole characters, at most this many bytes.
pub fn beginning(text: &str, most: usize) -> &str {
    let ends = (0..=most.min(text.len())).rev();
    ends.into_iter()
        .find_map(|end| text.get(..end))
        .unwrap_or_default()
}

/// A text, or its [`beginning`] and "…" if it is longer than this many bytes.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(format!("{}…", beginning(text, most)))
    }
}

/// The width of terminal output, in columns.
pub const WIDTH: usize = 80;

/// Wraps a text into lines that leave `taken` columns of the width free. Splits no names of rules or files.
pub fn wrap(text: &str, taken: usize, indent: &str) -> String {
    let options = textwrap::Options::new(WIDTH.saturating_sub(taken))
        .subsequent_indent(indent)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(text, options)
}
