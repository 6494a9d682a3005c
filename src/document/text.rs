//! Decoding of plan files and mapping of byte offsets to lines and columns.
//!
//! The only control characters in the decoded text are tabs and line ends, so that no other reaches a terminal or a page.

use std::borrow::Cow;

use super::causes::Cause;
use super::invalid;
use crate::finding::Findings;
use crate::value::path::{Path, Place, Position};

/// The decoded text of a file, with an index of its lines and columns.
#[derive(Debug, Clone)]
pub(super) struct Text {
    source: String,
    /// The first byte of each line.
    lines: Vec<usize>,
    /// The number of characters before each block of [`BLOCK`] bytes, so that columns are quick to find in long lines too.
    before: Vec<usize>,
}

const BLOCK: usize = 256;

/// The start of any text: the only place in an empty one.
pub(super) const NOWHERE: Place = {
    let start = Position {
        line: 1,
        column: 1,
        byte: 0,
    };
    Place { start, end: start }
};

/// A range of bytes of a text. Every key and value has one; a [`Place`], six times as large, is computed only when shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from `start` up to `end`. [`Document::MAX_BYTES`](super::Document::MAX_BYTES) fits in a `u32`.
    pub(super) fn new(start: usize, end: usize) -> Self {
        let counted = |byte| u32::try_from(byte).unwrap_or(u32::MAX);
        Self {
            start: counted(start),
            end: counted(end.max(start)),
        }
    }

    /// The offset of the first character.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after its last.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Whether the span has no characters.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }
}

impl Text {
    /// Decodes bytes as UTF-8. Reports and replaces invalid bytes and control characters, so that the rest can be read.
    pub(super) fn decode(bytes: &[u8], findings: &mut Findings) -> Self {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let (decoded, bad) = decode(bytes);
        let (clean, controls) = without_control_characters(&decoded, is_control);
        let text = Self::new(clean.into_owned());
        if let Some(Bad { byte, first, count }) = bad {
            invalid(
                findings,
                Cause::NotUtf8,
                Path::root(),
                text.character(first),
            )
            .with("teken", format!("0x{byte:02X}"))
            .with("aantal", count);
        }
        if let Some(controls) = controls {
            controls.report(findings, Path::root(), text.character(controls.first));
        }
        text
    }

    pub(super) fn new(source: String) -> Self {
        let bytes = source.as_bytes();
        let mut lines = vec![0];
        for (nr, byte) in bytes.iter().enumerate() {
            let ends_line = *byte == b'\n' || (*byte == b'\r' && bytes.get(nr + 1) != Some(&b'\n'));
            if ends_line {
                lines.push(nr + 1);
            }
        }
        let mut before = vec![0];
        let mut count = 0;
        for block in bytes.chunks(BLOCK) {
            count += characters(block);
            before.push(count);
        }
        Self {
            source,
            lines,
            before,
        }
    }

    pub(super) fn source(&self) -> &str {
        &self.source
    }

    /// The place of the character that contains this byte.
    pub(super) fn character(&self, byte: usize) -> Place {
        let start = self.position(byte);
        let length = self
            .source
            .get(start.byte..)
            .and_then(|rest| rest.chars().next())
            .map_or(0, char::len_utf8);
        self.place(start.byte, start.byte + length)
    }

    /// The place between two bytes.
    pub(super) fn place(&self, start: usize, end: usize) -> Place {
        Place {
            start: self.position(start),
            end: self.position(end.max(start)),
        }
    }

    pub(super) fn place_of(&self, span: Span) -> Place {
        self.place(span.start(), span.end())
    }

    /// The text of a span.
    pub(super) fn at(&self, span: Span) -> &str {
        let bytes = span.start()..span.end();
        self.source.get(bytes).unwrap_or_default()
    }

    /// The text before a span.
    pub(super) fn before(&self, span: Span) -> &str {
        self.source.get(..span.start()).unwrap_or_default()
    }

    /// The line and column of the character that contains this byte.
    pub(super) fn position(&self, byte: usize) -> Position {
        let mut byte = byte.min(self.source.len());
        while !self.source.is_char_boundary(byte) {
            byte -= 1;
        }
        let line = self.lines.partition_point(|start| *start <= byte);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        Position {
            line,
            column: self.characters_before(byte) - self.characters_before(start) + 1,
            byte,
        }
    }

    fn characters_before(&self, byte: usize) -> usize {
        let block = byte / BLOCK;
        let rest = self
            .source
            .as_bytes()
            .get(block * BLOCK..byte)
            .unwrap_or_default();
        self.before.get(block).copied().unwrap_or(0) + characters(rest)
    }
}

/// The number of characters that start in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// Whether the bytes look like UTF-16, which Windows programs call "Unicode": a byte order mark, or zeros as every other byte.
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => true,
        [0, a, 0, b, ..] | [a, 0, b, 0, ..] => *a != 0 && *b != 0,
        _ => false,
    }
}

/// Decodes UTF-16.
pub(super) fn from_utf16(bytes: &[u8]) -> String {
    let is_big = matches!(bytes, [0xFE, 0xFF, ..] | [0, ..]);
    let pairs = bytes.chunks_exact(2).filter_map(|pair| pair.first_chunk());
    let units = pairs.map(|pair| {
        if is_big {
            u16::from_be_bytes(*pair)
        } else {
            u16::from_le_bytes(*pair)
        }
    });
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// Whether the bytes are of a kind of file that people keep plans in, but that is not text: Word, Excel, PDF, a web page.
pub(super) fn is_other_file(bytes: &[u8]) -> bool {
    const STARTS: [&[u8]; 7] = [
        b"PK\x03\x04",
        b"\xD0\xCF\x11\xE0",
        b"%PDF-",
        b"{\\rtf",
        b"<!DOCTYPE",
        b"<!doctype",
        b"<html",
    ];
    STARTS.iter().any(|start| bytes.starts_with(start))
}

struct Bad {
    byte: u8,
    first: usize,
    count: usize,
}

/// Decodes UTF-8 with U+FFFD for each invalid sequence; also returns the first of these and their number.
fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<Bad>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), None);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut bad: Option<Bad> = None;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if let Some(byte) = chunk.invalid().first() {
            let bad = bad.get_or_insert(Bad {
                byte: *byte,
                first: text.len(),
                count: 0,
            });
            bad.count += 1;
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    (Cow::Owned(text), bad)
}

/// The first control character of a text, its byte offset, and the number of control characters.
pub(super) struct Controls {
    character: char,
    first: usize,
    count: usize,
}

impl Controls {
    pub(super) fn report(&self, findings: &mut Findings, path: Path, place: Place) {
        let character = format!("U+{:04X}", u32::from(self.character));
        invalid(findings, Cause::ControlCharacter, path, place)
            .with("teken", character)
            .with("aantal", self.count);
    }
}

/// Removes control characters from a value, which escapes such as `"\e"` can put into it.
pub(super) fn clean_value(value: &str) -> (Cow<'_, str>, Option<Controls>) {
    without_control_characters(value, |character| {
        character == '\r' || is_control(character)
    })
}

/// Replaces each control character by a harmless one of the same length, so that byte offsets do not change.
fn without_control_characters(
    text: &str,
    is_control: fn(char) -> bool,
) -> (Cow<'_, str>, Option<Controls>) {
    let mut characters = text.char_indices();
    let Some((first, character)) = may_hold_control(text)
        .then(|| characters.find(|(_, character)| is_control(*character)))
        .flatten()
    else {
        return (Cow::Borrowed(text), None);
    };
    let mut count = 0;
    let replace = |character: char| {
        if !is_control(character) {
            return character;
        }
        count += 1;
        match character.len_utf8() {
            1 => ' ',
            2 => '\u{A0}',
            _ => char::REPLACEMENT_CHARACTER,
        }
    };
    let clean = text.chars().map(replace).collect();
    let controls = Controls {
        character,
        first,
        count,
    };
    (Cow::Owned(clean), Some(controls))
}

/// Whether the text may contain control characters: a quick test on bytes, which rules out most plans.
fn may_hold_control(text: &str) -> bool {
    let is_suspect = |byte: u8| matches!(byte, 0..=8 | 11..=31 | 127 | 0xC2 | 0xEF);
    // No early exit within a block: testing for it at each byte would cost more than the look itself.
    text.as_bytes().chunks(BLOCK).any(|block| {
        block
            .iter()
            .fold(false, |found, byte| found | is_suspect(*byte))
    })
}

/// Whether this is a control character, a noncharacter, or a byte order mark inside a text.
fn is_control(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => false,
        '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => true,
        _ => character.is_control(),
    }
}

/// The first byte of the line that contains `byte`, and the byte after its last; the line end is not included.
pub(super) fn line_around(source: &str, byte: usize) -> (usize, usize) {
    let (before, after) = source.split_at_checked(byte).unwrap_or((source, ""));
    let start = before.rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let end = after
        .find(['\n', '\r'])
        .map_or(source.len(), |length| byte + length);
    (start, end)
}

/// The byte offset of a non-ASCII space in the indentation of a line, or after its first colon or dash.
pub(super) fn hard_space(line: &str) -> Option<usize> {
    let is_hard = |character: char| character.is_whitespace() && !character.is_ascii();
    let text = line.trim_start();
    let indentation = line.get(..line.len() - text.len())?;
    let after = |sign: char| {
        let end = text.find(sign)? + sign.len_utf8();
        text.get(end..)?
            .starts_with(is_hard)
            .then_some(indentation.len() + end)
    };
    let dash = text.starts_with('-').then(|| after('-')).flatten();
    indentation.find(is_hard).or(dash).or_else(|| after(':'))
}
