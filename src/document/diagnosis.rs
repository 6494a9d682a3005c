//! What the YAML parser's errors come from, and where a person should look.
//!
//! The parser stops where the grammar breaks, which is often a line or more after the mistake: a missing colon is
//! noticed at the next key, an open quote at the next dedent. This works back from there by what the text around
//! it looks like. A guess that fails says "anders" with the parser's own message, never nothing.

mod ahead;

use granit_parser::ErrorKind as Kind;
use granit_parser::ScanError;

use super::causes::Cause;
use super::text::{hard_space, line_around};
use crate::finding::Argument;
use ahead::Ahead;

/// What was known when the parser stopped.
pub(super) struct Situation<'s> {
    pub(super) source: &'s str,
    /// From where to look again: the last text that was read, or the byte after what was no text.
    pub(super) read_to: usize,
    /// The brackets and braces that were open there.
    pub(super) brackets: Vec<usize>,
    /// The alias that was the last thing read.
    pub(super) alias: Option<usize>,
}

/// A cause, from which byte up to which, and a fact about it.
pub(super) struct Diagnosis {
    pub(super) cause: Cause,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) argument: Option<(&'static str, Argument)>,
}

/// What separates words in YAML: not every kind of white space that Unicode knows.
const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// Explains an error.
pub(super) fn diagnose(error: &ScanError, situation: Situation<'_>) -> Diagnosis {
    let source = situation.source;
    let at = byte_of(error).min(source.len());
    let ahead = Ahead::look(source, situation.read_to, at, situation.brackets);
    let case = Case {
        source,
        at,
        ahead,
        alias: situation.alias,
    };
    let diagnosis = explain(error.kind(), &case);
    case.hard_space(&diagnosis).unwrap_or(diagnosis)
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
        | Kind::PlainScalarStartsWithDashFlowIndicator => case.character(Cause::Dash, at),
        Kind::InvalidBlockScalarIndent | Kind::InvalidFlowScalarIndent => {
            case.line(Cause::Indentation)
        }
        Kind::ExpectedBlockMappingKey
        | Kind::ExpectedBlockSequenceEntry
        | Kind::ExpectedDocumentStart => case.misfit(kind),
        Kind::MappingValueNotAllowed => case.colon(),
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => case.no_colon(),
        Kind::CommentInterceptedScalar => case.comment_in_text(),
        Kind::CommentNotSeparated => case.character(Cause::Comment, at),
        kind => case.by_character().unwrap_or_else(|| case.other(kind)),
    }
}

/// The byte at which the parser stopped. It knows bytes of every text that it was given whole.
pub(super) fn byte_of(error: &ScanError) -> usize {
    error.marker().byte_offset().unwrap_or(0)
}

struct Case<'s> {
    source: &'s str,
    /// Where the parser stopped.
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
        let argument = Some(("melding", Argument::from(kind.to_string())));
        Diagnosis {
            argument,
            ..self.character(Cause::Other, self.at)
        }
    }

    fn character(&self, cause: Cause, byte: usize) -> Diagnosis {
        let length = self
            .char_at(byte)
            .filter(|found| !matches!(found, '\n' | '\r'))
            .map_or(0, char::len_utf8);
        Diagnosis {
            cause,
            start: byte,
            end: byte + length,
            argument: None,
        }
    }

    fn rest_of_line(&self, cause: Cause, byte: usize) -> Diagnosis {
        Diagnosis {
            cause,
            start: byte,
            end: byte + self.to_line_end(byte).len(),
            argument: None,
        }
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
        let argument = self
            .char_at(byte)
            .map(|character| ("teken", Argument::from(character.to_string())));
        Diagnosis {
            argument,
            ..self.character(Cause::FirstCharacter, byte)
        }
    }

    /// The tab that starts a line, from here on: the parser stops before the line end.
    fn tab_in_indentation(&self) -> Diagnosis {
        let (mut start, _) = line_around(self.source, self.at);
        for line in self
            .source
            .get(start..)
            .unwrap_or_default()
            .split_inclusive(['\n', '\r'])
        {
            let indentation = line.len() - line.trim_start_matches([' ', '\t']).len();
            if let Some(tab) = self.slice(start, start + indentation).find('\t') {
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

    /// A line stands further left than an open quote or bracket allows: either that was never closed, or the line is
    /// its continuation and needs indentation.
    fn dedent(&self) -> Diagnosis {
        let rest = self.to_line_end(self.at);
        let something_new = rest.is_empty()
            || starts_with_key(rest)
            || starts_with_dash(rest)
            || rest.starts_with("---");
        match (self.ahead.quote, self.ahead.brackets.last()) {
            (Some(quote), _) if something_new => self.character(Cause::Quote, quote),
            (None, Some(bracket)) if something_new => self.character(Cause::Bracket, *bracket),
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

    /// Something stands where a key or a dash of the lists and mappings around it was expected.
    fn misfit(&self, kind: &Kind) -> Diagnosis {
        let first = self.first_of_line(self.at);
        let before = self.slice(first, self.at);
        let after_bracket = self.slice(0, self.at).trim_end().ends_with([']', '}']);
        let dash =
            starts_with_dash(self.to_line_end(first)) && before.trim_matches([' ', '-']).is_empty();
        if dash {
            self.character(Cause::Dash, first)
        } else if before.is_empty() {
            match (kind, self.char_at(first)) {
                (_, Some(',')) => self.first_character(first),
                (Kind::ExpectedDocumentStart, _) if after_bracket => {
                    self.line(Cause::TextAfterBracket)
                }
                (Kind::ExpectedBlockSequenceEntry, _) if self.dash_above(first) => {
                    self.line(Cause::Dash)
                }
                _ => self.line(Cause::Indentation),
            }
        } else if let Some(alias) = self.alias {
            self.first_character(alias)
        } else if after_bracket {
            self.rest_of_line(Cause::TextAfterBracket, self.at)
        } else {
            self.other(kind)
        }
    }

    /// Whether this line stands right under the dashes of a list.
    fn dash_above(&self, first: usize) -> bool {
        let (start, _) = line_around(self.source, first);
        let indentation = first - start;
        for line in self.slice(0, start).rsplit(['\n', '\r']) {
            let text = line.trim_start();
            let deeper = line.len() - text.len() > indentation;
            if !text.is_empty() && !text.starts_with('#') && !deeper {
                return line.len() - text.len() == indentation && starts_with_dash(text);
            }
        }
        false
    }

    /// A colon that makes a key of text that cannot be one.
    fn colon(&self) -> Diagnosis {
        let (line, _) = line_around(self.source, self.at);
        let first = self.first_of_line(self.at);
        let Some(text) = self.ahead.plain.filter(|text| *text < line) else {
            return self.character(Cause::ColonInText, self.at);
        };
        if starts_with_dash(self.to_line_end(first)) {
            return self.character(Cause::Dash, first);
        }
        if self
            .slice(first, self.at)
            .trim_end()
            .contains(char::is_whitespace)
        {
            return self.character(Cause::ColonInText, self.at);
        }
        let before = self.slice(self.first_of_line(text), text);
        if before.trim_matches([' ', '-']).is_empty() {
            return self.rest_of_line(Cause::ColonMissing, text);
        }
        self.line(Cause::Indentation)
    }

    /// Text on a line of its own among keys.
    fn no_colon(&self) -> Diagnosis {
        let (start, _) = line_around(self.source, self.at);
        let above = self.slice(0, start).trim_end();
        let (above, _) = line_around(self.source, above.len());
        if opens_block_text(self.to_line_end(above)) {
            return self.line(Cause::Indentation);
        }
        if self.below_block_text() {
            return self.line(Cause::TextBelowBlock);
        }
        if self.char_at(self.at) == Some('-') {
            return self.character(Cause::Dash, self.at);
        }
        self.rest_of_line(Cause::ColonMissing, self.at)
    }

    /// Whether the lines right above this one are a block text.
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

    /// Text goes on after a comment. If that is a key, it is indented too far.
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
        let argument = Some(("tekst", Argument::from(self.slice(start, end))));
        Diagnosis {
            cause: Cause::Backslash,
            start,
            end,
            argument,
        }
    }

    /// What looks like a mistake in indentation or with a colon is one with spaces if those are not plain spaces.
    fn hard_space(&self, diagnosis: &Diagnosis) -> Option<Diagnosis> {
        if !matches!(
            diagnosis.cause,
            Cause::Indentation
                | Cause::ColonMissing
                | Cause::ColonInText
                | Cause::TextBelowBlock
                | Cause::Dash
        ) {
            return None;
        }
        let (start, end) = line_around(self.source, diagnosis.start);
        let space = hard_space(self.slice(start, end))?;
        Some(self.character(Cause::HardSpace, start + space))
    }

    /// What the character at which the parser stopped says when the kind of error says nothing: most are the first
    /// of a text that should have been in quotes.
    fn by_character(&self) -> Option<Diagnosis> {
        match (self.char_at(self.at), self.ahead.brackets.last()) {
            (None, Some(bracket)) => Some(self.character(Cause::Bracket, *bracket)),
            (Some(character), _) if character.is_ascii_punctuation() => {
                Some(self.first_character(self.at))
            }
            _ => None,
        }
    }
}

/// Whether a line begins as `key: ` does. Keys of a plan have no spaces, which tells them from prose with a colon.
fn starts_with_key(line: &str) -> bool {
    let colon = line
        .find(": ")
        .or_else(|| line.strip_suffix(':').map(str::len));
    colon
        .and_then(|end| line.get(..end))
        .is_some_and(|key| !key.is_empty() && !key.contains(char::is_whitespace))
}

fn starts_with_dash(line: &str) -> bool {
    line == "-" || line.starts_with("- ")
}

/// Whether a line ends as `key: |` or `- >-` does.
fn opens_block_text(line: &str) -> bool {
    let header = line.split_whitespace().next_back().unwrap_or_default();
    header
        .strip_prefix(['|', '>'])
        .is_some_and(|more| more.chars().all(|c| c.is_ascii_digit() || "+-".contains(c)))
}

/// The first backslash in a double-quoted text that means nothing, with what it applies to.
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
