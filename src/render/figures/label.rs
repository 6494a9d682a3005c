//! Names in a drawing: broken into lines, because a drawing breaks none itself.
//!
//! How wide a letter is depends on the reader's font, so widths are on the safe side.

use serde::Serialize;

use super::length::Length;
use crate::render::escape;

/// The height of a line, in pixels.
pub const LINE: Length = Length::px(16);

/// From the top of a line to what its letters stand on.
const RISE: Length = Length::px(12);

/// A line of text and its place.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// What it stands on.
    pub y: Length,
    /// What it says.
    #[serde(rename = "tekst")]
    pub text: String,
}

/// Lines below each other, from `top` down.
pub fn lines(texts: Vec<String>, top: Length) -> Vec<Line> {
    let line = |(nr, text)| Line {
        y: top + LINE.times(nr) + RISE,
        text,
    };
    texts.into_iter().enumerate().map(line).collect()
}

/// A name in at most so many lines of that many pixels; what does not fit is left out behind `…`.
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

/// How many bytes of a word stand before the hyphen at the end of a line: one letter at least.
fn broken_off(word: &str, room: u32) -> usize {
    let first = word.chars().next().map_or(0, char::len_utf8);
    fitting(word, room.saturating_sub(width("-"))).max(first)
}

/// How many bytes of a text fit.
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

/// A text on one line of that many pixels; what does not fit is left out behind `…`.
pub fn cut(text: &str, pixels: u32) -> String {
    let mut line = escape::clean(text).into_owned();
    let room = pixels * 100 / SIZE;
    if width(&line) > room {
        shorten(&mut line, room);
    }
    line
}

/// Whether a text fits between two marks.
pub fn fits(text: &str, room: Length) -> bool {
    let needed = i64::from(width(text)) * i64::from(SIZE) / 10;
    needed <= room.tenths() - 20
}

/// The size of the letters, in pixels.
const SIZE: u32 = 13;

/// How wide a text is, in hundredths of the size of its letters.
fn width(text: &str) -> u32 {
    text.chars().map(advance).sum()
}

/// How wide a letter is in the wider of the usual fonts.
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
    fn a_name_breaks_between_words_and_a_long_word_breaks_with_a_hyphen() {
        assert_eq!(wrap("Workshop houden", 200, 2), ["Workshop houden"]);
        assert_eq!(wrap("Workshop houden", 90, 2), ["Workshop", "houden"]);
        assert_eq!(
            wrap("Schuldhulpverleningsoverleg", 120, 2),
            ["Schuldhulpverleni-", "ngsoverleg"]
        );
    }

    #[test]
    fn what_does_not_fit_is_left_out_and_nothing_takes_more_room() {
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
