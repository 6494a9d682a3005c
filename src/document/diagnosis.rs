//! Causes and places of YAML syntax errors.
//!
//! The parser stops where the grammar breaks, which is often a line or more after the mistake: it notices a missing colon
//! at the next key, an open quote at the next dedent. This module works back from there by the text around the error. If
//! it finds no cause, it reports "anders" with the parser's own message.

mod ahead;
mod lines;

use granit_parser::ErrorKind as Kind;
use granit_parser::ScanError;

use super::causes::Cause;
use super::text::line_around;
use crate::finding::Argument;
use ahead::Ahead;

/// The state of the reader when the parser stopped.
pub(super) struct Context<'s> {
    pub(super) source: &'s str,
    /// The byte at which the parser stopped.
    pub(super) at: usize,
    /// The end of what was read last.
    pub(super) read_to: usize,
    /// The start of what was read last, if that is a text without quotes.
    pub(super) plain: Option<usize>,
    /// The brackets and braces that were open there.
    pub(super) brackets: Vec<usize>,
    /// The start of the alias that was read last.
    pub(super) alias: Option<usize>,
}

/// The cause of an error, its bytes, and the arguments of its message.
pub(super) struct Diagnosis {
    pub(super) cause: Cause,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) arguments: Vec<(&'static str, Argument)>,
}

impl Diagnosis {
    const fn new(cause: Cause, start: usize, end: usize) -> Self {
        Self {
            cause,
            start,
            end,
            arguments: Vec::new(),
        }
    }

    fn with(mut self, name: &'static str, argument: impl Into<Argument>) -> Self {
        self.arguments.push((name, argument.into()));
        self
    }

    /// Adds the line as it should be written, if that is known.
    fn with_line(self, line: Option<String>) -> Self {
        match line {
            Some(line) => self.with("zo", Argument::Whole(line)),
            None => self,
        }
    }
}

/// White space in YAML, which is less than white space in Unicode.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

pub(super) fn diagnose(kind: &Kind, context: Context<'_>) -> Diagnosis {
    let source = context.source;
    let at = context.at.min(source.len());
    let case = Case {
        source,
        at,
        ahead: Ahead::read(source, context.read_to, at, context.brackets, context.plain),
        alias: context.alias,
    };
    let fence = || case.code_fence();
    let from = context.plain.unwrap_or(context.read_to);
    if let Some(diagnosis) = case.conflict(from).or_else(fence) {
        return diagnosis;
    }
    let diagnosis = explain(kind, &case);
    if let Some(diagnosis) = case.special_sign(&diagnosis) {
        return diagnosis;
    }
    let line = case.mended_line(&diagnosis);
    diagnosis.with_line(line)
}

fn explain(kind: &Kind, case: &Case<'_>) -> Diagnosis {
    let at = case.at;
    match kind {
        Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabAtBlockScalarStart
        | Kind::TabInIndentation
        | Kind::TabInPlainScalar => case.tab_in_indentation(),
        Kind::InvalidBlockEntryWhitespace | Kind::InvalidMappingValueWhitespace => {
            case.tab_before()
        }
        Kind::DirectiveDisallowed => case.rest_of_line(Cause::Directive, at),
        Kind::UnclosedQuotedScalar | Kind::DocumentIndicatorInQuotedScalar => {
            case.character(Cause::Quote, at)
        }
        Kind::InvalidQuotedScalarIndent | Kind::InvalidIndentation => case.dedent(),
        Kind::InvalidTrailingSingleQuotedScalar | Kind::InvalidTrailingDoubleQuotedScalar => {
            case.rest_of_line(Cause::TextAfterQuote, at)
        }
        Kind::UnknownQuotedScalarEscape
        | Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate
        | Kind::InvalidUnicodeEscape => case.backslash(),
        Kind::MismatchedFlowCollectionEnd { .. }
        | Kind::MisplacedFlowCollectionEnd
        | Kind::UnclosedFlowCollection { .. } => case.character(Cause::Bracket, at),
        Kind::FlowMappingValueAdjacentCollection => case.character(Cause::ColonMissing, at),
        Kind::InvalidColonPlacement
        | Kind::ExpectedFlowMappingSeparator
        | Kind::ExpectedFlowSequenceSeparator => case.between_brackets(),
        Kind::BlockEntryInFlowCollection
        | Kind::BlockSequenceEntryNotAllowed
        | Kind::PlainScalarStartsWithDashFlowIndicator => case.dash(at),
        Kind::InvalidBlockScalarIndent | Kind::InvalidFlowScalarIndent => case.indentation(),
        Kind::ExpectedBlockMappingKey
        | Kind::ExpectedBlockSequenceEntry
        | Kind::ExpectedDocumentStart => case.unexpected(kind),
        Kind::MappingValueNotAllowed => case.colon(),
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => case.no_colon(),
        Kind::CommentInterceptedScalar => case.comment_in_text(),
        Kind::CommentNotSeparated => case.character(Cause::Comment, at),
        kind => case.by_character().unwrap_or_else(|| case.other(kind)),
    }
}

/// The byte at which the parser stopped; it is known because the parser has the whole text.
pub(super) fn byte_of(error: &ScanError) -> usize {
    error.marker().byte_offset().unwrap_or(0)
}

/// An error with the text around it.
struct Case<'s> {
    source: &'s str,
    /// The byte at which the parser stopped.
    at: usize,
    ahead: Ahead,
    alias: Option<usize>,
}

impl<'s> Case<'s> {
    fn slice(&self, start: usize, end: usize) -> &'s str {
        self.source.get(start..end).unwrap_or_default()
    }

    fn char_at(&self, byte: usize) -> Option<char> {
        self.source.get(byte..)?.chars().next()
    }

    /// The first byte of the line that is not indentation.
    fn first_of_line(&self, byte: usize) -> usize {
        let (start, end) = line_around(self.source, byte);
        let line = self.slice(start, end);
        start + line.len() - line.trim_start_matches(BLANKS).len()
    }

    /// The text from here to the end of its line.
    fn to_line_end(&self, byte: usize) -> &'s str {
        self.slice(byte, line_around(self.source, byte).1)
            .trim_end()
    }

    fn other(&self, kind: &Kind) -> Diagnosis {
        self.character(Cause::Other, self.at)
            .with("melding", kind.to_string())
    }

    fn character(&self, cause: Cause, byte: usize) -> Diagnosis {
        let length = self
            .char_at(byte)
            .filter(|found| !matches!(found, '\n' | '\r'))
            .map_or(0, char::len_utf8);
        Diagnosis::new(cause, byte, byte + length)
    }

    fn rest_of_line(&self, cause: Cause, byte: usize) -> Diagnosis {
        Diagnosis::new(cause, byte, byte + self.to_line_end(byte).len())
    }

    fn line(&self, cause: Cause) -> Diagnosis {
        self.rest_of_line(cause, self.first_of_line(self.at))
    }

    fn first_character(&self, byte: usize) -> Diagnosis {
        let behind = self.to_line_end(byte).strip_prefix(['|', '>']);
        let is_number = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
        if behind.is_some_and(|text| text.starts_with(BLANKS) && !is_number(text)) {
            return self.rest_of_line(Cause::TextBehindBlock, byte);
        }
        let behind = self.slice(byte, self.source.len());
        if behind.starts_with("* ") && self.first_of_line(byte) == byte {
            return self.character(Cause::Dash, byte);
        }
        let diagnosis = self.character(Cause::FirstCharacter, byte);
        match self.char_at(byte) {
            Some(character) => diagnosis.with("teken", character.to_string()),
            None => diagnosis,
        }
    }

    /// The first tab in indentation on this line or below: the parser may stop at the end of the line before.
    fn tab_in_indentation(&self) -> Diagnosis {
        let (mut start, _) = line_around(self.source, self.at);
        let rest = self.slice(start, self.source.len());
        for line in rest.split_inclusive(['\n', '\r']) {
            let text = line.trim_start_matches([' ', '\t']);
            if let Some(tab) = self
                .slice(start, start + line.len() - text.len())
                .find('\t')
            {
                return self.character(Cause::Tab, start + tab);
            }
            start += line.len();
        }
        self.tab_before()
    }

    fn tab_before(&self) -> Diagnosis {
        let (start, _) = line_around(self.source, self.at);
        let tab = self
            .slice(start, self.at)
            .rfind('\t')
            .map_or(self.at, |tab| start + tab);
        self.character(Cause::Tab, tab)
    }

    /// A line that is indented less than an open quote or bracket allows: either that was never closed, or the line
    /// continues it and needs indentation.
    fn dedent(&self) -> Diagnosis {
        let rest = self.to_line_end(self.at);
        let is_new = rest.is_empty()
            || rest.starts_with('#')
            || starts_with_key(rest)
            || starts_with_dash(rest)
            || rest.starts_with("---");
        match (self.ahead.quote, self.ahead.brackets.last()) {
            (Some(quote), _) if is_new || !rest.ends_with(['"', '\'']) => {
                self.character(Cause::Quote, quote)
            }
            (None, Some(bracket)) if is_new => self.character(Cause::Bracket, *bracket),
            _ => self.line(Cause::Indentation),
        }
    }

    /// A comma or closing bracket was expected.
    fn between_brackets(&self) -> Diagnosis {
        let (line, _) = line_around(self.source, self.at);
        let new_key = starts_with_key(self.to_line_end(self.first_of_line(self.at)));
        match self.ahead.brackets.last() {
            Some(bracket) if *bracket < line && new_key => self.character(Cause::Bracket, *bracket),
            _ if self.char_at(self.at) == Some(':') => self.character(Cause::ColonInText, self.at),
            _ => self.character(Cause::Bracket, self.at),
        }
    }

    /// Something else where a key or a dash was expected.
    fn unexpected(&self, kind: &Kind) -> Diagnosis {
        let first = self.first_of_line(self.at);
        let before = self.slice(first, self.at);
        let after_bracket = self.slice(0, self.at).trim_end().ends_with([']', '}']);
        let dash =
            starts_with_dash(self.to_line_end(first)) && before.trim_matches([' ', '-']).is_empty();
        if dash {
            self.dash(first)
        } else if before.is_empty() {
            match (kind, self.char_at(first)) {
                (_, Some(',')) => self.first_character(first),
                (Kind::ExpectedDocumentStart, _) if after_bracket => {
                    self.line(Cause::TextAfterBracket)
                }
                (Kind::ExpectedBlockSequenceEntry, _) if self.dash_above(first) => {
                    self.line(Cause::Dash)
                }
                (Kind::ExpectedDocumentStart, _) if self.ahead.plain.is_some() => {
                    self.not_a_key(self.ahead.plain.unwrap_or(first))
                }
                _ => self.indentation(),
            }
        } else if let Some(alias) = self.alias {
            self.first_character(alias)
        } else if after_bracket {
            self.rest_of_line(Cause::TextAfterBracket, self.at)
        } else {
            self.other(kind)
        }
    }

    /// Whether this line is directly below the dashes of a list, at the same indentation.
    fn dash_above(&self, first: usize) -> bool {
        let (start, _) = line_around(self.source, first);
        let indentation = first - start;
        let mut above = self.slice(0, start).rsplit(['\n', '\r']).map(|line| {
            let text = line.trim_start();
            (line.len() - text.len(), text)
        });
        let parent = above.find(|(indented, text)| {
            !text.is_empty() && !text.starts_with('#') && *indented <= indentation
        });
        parent.is_some_and(|(indented, text)| indented == indentation && starts_with_dash(text))
    }

    /// A colon after text that cannot be a key.
    fn colon(&self) -> Diagnosis {
        let (line, _) = line_around(self.source, self.at);
        let first = self.first_of_line(self.at);
        let Some(text) = self.ahead.plain.filter(|text| *text < line) else {
            let other = self.colon_before_list().or_else(|| self.bracket_behind());
            return other.unwrap_or_else(|| self.character(Cause::ColonInText, self.at));
        };
        if starts_with_dash(self.to_line_end(first)) {
            return self.dash(first);
        }
        let key = self.slice(first, self.at).trim_end();
        if key.contains(char::is_whitespace) {
            return self.character(Cause::ColonInText, self.at);
        }
        let before = self.slice(self.first_of_line(text), text);
        if before.trim_matches([' ', '-']).is_empty() {
            return self.not_a_key(text);
        }
        self.indentation()
    }

    /// A line without a colon among keys.
    fn no_colon(&self) -> Diagnosis {
        let (start, _) = line_around(self.source, self.at);
        let above = self.slice(0, start).trim_end();
        let (above, _) = line_around(self.source, above.len());
        if opens_block_text(self.to_line_end(above)) {
            return self.line(Cause::TextNotIndented);
        }
        if self.below_block_text() {
            return self.line(Cause::TextBelowBlock);
        }
        if self.char_at(self.at) == Some('-') {
            return self.dash(self.at);
        }
        self.not_a_key(self.at)
    }

    /// Whether the lines directly above this one are a block text.
    fn below_block_text(&self) -> bool {
        let (start, _) = line_around(self.source, self.at);
        let mut text = None;
        for line in self.slice(0, start).rsplit(['\n', '\r']) {
            let indentation = line.len() - line.trim_start().len();
            if line.trim().is_empty() {
                continue;
            }
            match text {
                Some(text) if indentation < text => return opens_block_text(line.trim_end()),
                Some(_) => {}
                None => text = Some(indentation),
            }
        }
        false
    }

    /// Text that continues after a comment. If it is a key, it is indented too far.
    fn comment_in_text(&self) -> Diagnosis {
        let (_, end) = line_around(self.source, self.at);
        let rest = self.source.get(end..).unwrap_or_default();
        let next = end + rest.len() - rest.trim_start().len();
        if starts_with_key(self.to_line_end(next)) {
            self.rest_of_line(Cause::Indentation, next)
        } else {
            self.rest_of_line(Cause::Comment, self.at)
        }
    }

    fn backslash(&self) -> Diagnosis {
        let Some((start, end)) = bad_escape(self.source, self.at) else {
            return self.character(Cause::Backslash, self.at);
        };
        Diagnosis::new(Cause::Backslash, start, end).with("tekst", self.slice(start, end))
    }

    /// A diagnosis by the character at which the parser stopped, for kinds of error that do not show the cause: most such
    /// characters are the first of a text that needs quotes.
    fn by_character(&self) -> Option<Diagnosis> {
        match (self.char_at(self.at), self.ahead.brackets.last()) {
            (None, Some(bracket)) => Some(self.character(Cause::Bracket, *bracket)),
            // `[@bron] zegt`: the text begins at the bracket.
            (Some('@'), Some(bracket)) if *bracket + 1 == self.at => Some(
                self.character(Cause::FirstCharacter, *bracket)
                    .with("teken", "["),
            ),
            (Some(character), _) if character.is_ascii_punctuation() => {
                Some(self.first_character(self.at))
            }
            _ => None,
        }
    }
}

/// Whether a line begins with `key: `.
fn starts_with_key(line: &str) -> bool {
    key_of(line).is_some()
}

/// The key of a line `key: value` or `- key: value`. Keys of a plan have no spaces, unlike prose with a colon.
fn key_of(line: &str) -> Option<&str> {
    let line = line.trim_start_matches("- ");
    let key = match line.split_once(": ") {
        Some((key, _)) => Some(key),
        None => line.strip_suffix(':'),
    };
    key.filter(|key| !key.is_empty() && !key.contains(char::is_whitespace))
}

fn starts_with_dash(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}

/// Whether a line ends like `key: |` or `- >-`.
fn opens_block_text(line: &str) -> bool {
    let header = line.split_whitespace().next_back().unwrap_or_default();
    header
        .strip_prefix(['|', '>'])
        .is_some_and(|more| more.chars().all(|c| c.is_ascii_digit() || "+-".contains(c)))
}

/// The first invalid escape in a double-quoted text.
fn bad_escape(source: &str, quote: usize) -> Option<(usize, usize)> {
    let mut rest = source.get(quote..)?.char_indices().skip(1);
    while let Some((offset, character)) = rest.next() {
        match character {
            '"' => return None,
            '\\' => {
                let (next, escaped) = rest.next()?;
                let digits = match escaped {
                    'x' => 2,
                    'u' => 4,
                    'U' => 8,
                    _ => 0,
                };
                let end = quote + next + escaped.len_utf8();
                let hex = source
                    .get(end..)?
                    .chars()
                    .take(digits)
                    .take_while(char::is_ascii_hexdigit)
                    .count();
                if hex < digits || (digits == 0 && !"0abtnvfre \"/\\N_LP\t\n\r".contains(escaped)) {
                    return Some((quote + offset, end));
                }
            }
            _ => {}
        }
    }
    None
}
