//! Text in a drawing, broken into lines because SVG does not wrap text.
//!
//! Widths are generous estimates, because the reader's font is unknown.

use serde::Serialize;

use super::length::Length;
use crate::render::escape;

pub const LINE: Length = Length::px(16);

/// From the top of a line to its baseline.
pub const BASELINE: Length = Length::px(12);

/// A line of text.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The y coordinate of the baseline.
    pub y: Length,
    #[serde(rename = "tekst")]
    pub text: String,
}

/// Places texts below each other, from `top` down.
pub fn lines(texts: Vec<String>, top: Length) -> Vec<Line> {
    let line = |(nr, text)| Line {
        y: top + LINE.times(nr) + BASELINE,
        text,
    };
    texts.into_iter().enumerate().map(line).collect()
}

/// Wraps a name into at most `most` lines; what does not fit is replaced by `…`.
pub fn wrap(name: &str, pixels: u32, most: usize) -> Vec<String> {
    let name = escape::clean(name);
    let room = pixels * 100 / SIZE;
    let mut lines: Vec<String> = Vec::new();
    let mut used = 0;
    for word in name.split(' ').filter(|word| !word.is_empty()) {
        if lines.len() > most {
            break;
        }
        let with_word = used + width(" ") + width(word);
        if let Some(line) = lines.last_mut().filter(|_| with_word <= room) {
            line.push(' ');
            line.push_str(word);
            used = with_word;
        } else {
            let mut rest = word;
            while width(rest) > room && lines.len() <= most {
                let (start, left) = rest.split_at(broken_off(rest, room));
                let hyphen = if start.ends_with('-') { "" } else { "-" };
                lines.push(format!("{start}{hyphen}"));
                rest = left;
            }
            lines.push(rest.to_owned());
            used = width(rest);
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            shorten(last, room);
        }
    }
    lines
}

/// The byte offset at which to hyphenate a word that is too wide: after one letter at least.
fn broken_off(word: &str, room: u32) -> usize {
    let first = word.chars().next().map_or(0, char::len_utf8);
    fitting(word, room.saturating_sub(width("-"))).max(first)
}

/// The length in bytes of the start of a text that fits.
fn fitting(text: &str, room: u32) -> usize {
    let mut used = 0;
    let too_far = text.char_indices().find(|(_, c)| {
        used += advance(*c);
        used > room
    });
    too_far.map_or(text.len(), |(at, _)| at)
}

fn shorten(line: &mut String, room: u32) {
    line.truncate(fitting(line, room.saturating_sub(width("…"))));
    while line.ends_with(['-', ' ', ',', '.']) {
        line.pop();
    }
    line.push('…');
}

/// The font size, in pixels.
const SIZE: u32 = 13;

/// The width of a text, in hundredths of the font size.
fn width(text: &str) -> u32 {
    text.chars().map(advance).sum()
}

/// The width of a letter in the wider of the usual fonts.
fn advance(c: char) -> u32 {
    match c {
        'i' | 'j' | 'l' | 'I' | '\'' | '|' | '!' | '.' | ',' | ':' | ';' => 32,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' | '/' => 40,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 92,
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' => 0,
        '\u{1100}'.. => 105,
        c if c.is_uppercase() => 70,
        _ => 58,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_between_words_and_hyphenates_long_ones() {
        assert_eq!(wrap("Workshop houden", 200, 2), ["Workshop houden"]);
        assert_eq!(wrap("Workshop houden", 90, 2), ["Workshop", "houden"]);
        assert_eq!(
            wrap("Schuldhulpverleningsoverleg", 120, 2),
            ["Schuldhulpverleni-", "ngsoverleg"]
        );
    }

    #[test]
    fn truncates_what_does_not_fit() {
        let long = wrap(&"heel lange naam ".repeat(500), 200, 2);
        assert_eq!(long.len(), 2);
        assert!(
            long.iter().all(|line| width(line) * SIZE / 100 <= 200),
            "{long:?}"
        );
        assert!(long.last().is_some_and(|line| line.ends_with('…')));
        assert!(wrap(" \n ", 200, 2).is_empty());
        assert_eq!(wrap("\u{1100}\u{1100}", 1, 2).len(), 2);
    }
}
