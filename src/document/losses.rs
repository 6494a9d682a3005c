//! Texts of which YAML drops or joins something without an error: a `#` that begins a comment in the middle of a text, and
//! lines of a list that become one line.

use super::mended::quoted;
use super::text::{Span, Text};
use crate::value::path::Path;
use crate::value::{is_digits, one_line};

/// A value of which something is lost.
#[derive(Debug, Clone, PartialEq)]
pub struct Loss {
    /// The path of the value.
    pub path: Path,
    /// The kind of the loss.
    pub lost: Lost,
    /// The span of what was lost.
    pub span: Span,
}

/// The kind of a loss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// Text behind a `#`; with the line as it should be written, unless it is long.
    Comment(Option<String>),
    /// The lines of a list that YAML joins into one line; the span is that of the first.
    Lines,
}

/// The span of a comment directly behind a plain text that its author may have meant as text. People put two spaces before a
/// comment and one after its `#`.
pub(super) fn comment_behind(text: &Text, end: usize) -> Option<Span> {
    let rest = text.source().get(end..)?;
    let comment = rest.trim_start_matches([' ', '\t']);
    if !comment.starts_with('#') {
        return None;
    }
    let blanks = rest.get(..rest.len() - comment.len())?;
    let line = comment.split(['\n', '\r']).next()?.trim_end();
    let behind = line.trim_start_matches('#');
    let is_meant = (blanks.len() > 1 || blanks.contains('\t')) && behind.starts_with([' ', '\t']);
    if is_meant || behind.is_empty() || blanks.is_empty() {
        return None;
    }
    let start = end + blanks.len();
    Some(Span::new(start, start + line.len()))
}

/// The line of a text that was cut by a comment, with quotes. `value` is the span of what YAML kept.
pub(super) fn uncut_line(text: &Text, value: Span, comment: Span) -> Option<String> {
    const MAX_LENGTH: usize = 200;
    let whole = text
        .source()
        .get(value.start()..comment.end())
        .filter(|whole| whole.len() <= MAX_LENGTH)?;
    let before = text.before(value);
    let line = before.rsplit(['\n', '\r']).next()?;
    Some(format!("{}{}", line.trim_start(), quoted(&one_line(whole))))
}

/// The span of the first line of a list whose lines YAML joins. `value` is the text that it makes of them.
pub(super) fn joined_list(text: &Text, span: Span, value: &str) -> Option<Span> {
    let source = text.at(span);
    // Bytes are searched faster than characters, and most texts are on one line.
    let has = |byte: u8| source.as_bytes().contains(&byte);
    if !has(b'\n') && !has(b'\r') {
        return None;
    }
    let is_item = |line: &&str| bullet(line).is_some() || is_list_item(line);
    let lines = || source.split(['\n', '\r']).map(str::trim);
    // An item of a list that goes on with another one: `- a` above a line `  - b` that is one space too far.
    let before = text.before(span);
    let begins =
        before.trim_end_matches([' ', '\t']).ends_with('-') && before.ends_with([' ', '\t']);
    let written = lines().filter(is_item).count() + usize::from(begins);
    let kept = value.lines().map(str::trim).filter(is_item).count();
    if written < 2 || kept == written {
        return None;
    }
    let mut start = span.start();
    for line in source.split_inclusive(['\n', '\r']) {
        let item = line.trim();
        if is_item(&item) {
            start += line.len() - line.trim_start().len();
            return Some(Span::new(start, start + item.len()));
        }
        start += line.len();
    }
    None
}

/// Whether a line begins with a bullet or number that Markdown knows.
fn is_list_item(line: &str) -> bool {
    let text = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let marks: &[&str] = if text.len() < line.len() {
        &[". ", ") "]
    } else {
        &["- ", "* ", "+ "]
    };
    marks.iter().any(|mark| text.starts_with(mark))
}

/// The item behind a bullet that Markdown does not know: `• item`, `– item`, `o item`, `-item`, `-> item`, `a) item`,
/// `(1) item`, `1.item`.
#[must_use]
pub fn bullet(line: &str) -> Option<&str> {
    // The last two are how Word writes bullets of the fonts Symbol and Wingdings.
    const BULLETS: &str = "·•●∙▪■◦○‣⁃➢➤→►▸▶◆♦❖□☐☑✓✔–—−\u{F0B7}\u{F0A7}";
    let first = line.chars().next()?;
    let rest = line.get(first.len_utf8()..)?;
    let item = match first {
        '-' | '=' if rest.starts_with('>') => rest.strip_prefix('>'),
        '-' | '+' => Some(rest).filter(|rest| rest.starts_with(char::is_alphabetic)),
        // With another one behind it, it is emphasis.
        '*' => {
            Some(rest).filter(|rest| rest.starts_with(char::is_alphabetic) && !rest.contains('*'))
        }
        'o' => rest.strip_prefix(' ').or_else(|| rest.strip_prefix('\t')),
        // A section of a law: § 3.
        '§' => Some(rest.trim_start()).filter(|rest| rest.starts_with(char::is_alphabetic)),
        _ if BULLETS.contains(first) => Some(rest),
        '(' => rest.split_once(") ").and_then(|(number, item)| {
            let is_letter =
                number.len() == 1 && number.starts_with(|c: char| c.is_ascii_alphabetic());
            (is_letter || is_digits(number) && number.len() < 3).then_some(item)
        }),
        'a'..='z' => rest.strip_prefix(") ").or_else(|| rest.strip_prefix(". ")),
        '0'..='9' => rest
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .strip_prefix(['.', ')'])
            .filter(|item| item.starts_with(char::is_alphabetic)),
        _ => None,
    };
    item.map(str::trim).filter(|item| !item.is_empty())
}
