//! Lines of a text: where they begin and end, and what stands on them.

use std::ops::Range;

/// The text of a range; empty if there is none.
pub(super) fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// The first byte of the line with this byte.
pub(super) fn start(text: &str, at: usize) -> usize {
    let before = slice(text, 0..at);
    before.rfind(['\n', '\r']).map_or(0, |end| end + 1)
}

/// The byte after the last of the line with this byte, without its line end.
pub(super) fn end(text: &str, at: usize) -> usize {
    let behind = slice(text, at..text.len());
    behind
        .find(['\n', '\r'])
        .map_or(text.len(), |length| at + length)
}

/// The first byte of the next line, or the end of the text.
pub(super) fn next(text: &str, at: usize) -> usize {
    let end = end(text, at);
    let behind = slice(text, end..text.len());
    if behind.starts_with("\r\n") {
        end + 2
    } else {
        (end + 1).min(text.len())
    }
}

/// The end of the line before the one that begins here, without its line end.
pub(super) fn before(text: &str, start: usize) -> usize {
    let before = slice(text, 0..start);
    let line = before
        .strip_suffix("\r\n")
        .or_else(|| before.strip_suffix(['\n', '\r']));
    line.map_or(start, str::len)
}

/// The line ends of a text.
pub(super) fn line_end(text: &str) -> &'static str {
    match text.find(['\n', '\r']) {
        Some(end) if slice(text, end..end + 2) == "\r\n" => "\r\n",
        Some(end) if slice(text, end..end + 1) == "\r" => "\r",
        _ => "\n",
    }
}

/// The number of spaces that a line begins with.
pub(super) fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

pub(super) fn is_comment(line: &str) -> bool {
    line.trim_start_matches([' ', '\t']).starts_with('#')
}

/// The next byte that is neither white space nor part of a comment.
pub(super) fn skip_blank(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let rest = slice(text, at..text.len());
        let found = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        let blank = rest.len() - found.len();
        let begins_line = at == 0 || slice(text, 0..at).ends_with(['\n', '\r']);
        if found.starts_with('#') && (blank > 0 || begins_line) {
            at = end(text, at + blank);
        } else {
            return at + blank;
        }
    }
}

/// The blanks and the comment at the end of a line, if only these are behind this byte.
pub(super) fn comment_behind(text: &str, at: usize) -> Option<(&str, &str)> {
    let rest = slice(text, at..end(text, at));
    let comment = rest.trim_start_matches([' ', '\t']);
    let blanks = slice(rest, 0..rest.len() - comment.len());
    comment.starts_with('#').then_some((blanks, comment))
}
