//! Lines of output: what they must not contain, and how long they are.

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
