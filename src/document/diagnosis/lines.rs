//! Causes that show in the lines around an error: running text without a key, signs from Word, marks of other programs.

use super::{Case, Diagnosis, key_of, opens_block_text, starts_with_dash, starts_with_key};
use crate::document::bullet;
use crate::document::causes::Cause;
use crate::document::mended::{quoted, quoted_line, value_start, with_colon, with_plain_spaces};
use crate::document::text::{hard_space, line_around};
use crate::value::is_blank;

impl Diagnosis {
    /// Adds the key that the text belongs to.
    pub(super) fn with_key(self, key: Option<&str>) -> Self {
        match key {
            Some(key) => self.with("onder", key),
            None => self,
        }
    }
}

/// A line of the text.
struct Line<'s> {
    /// The byte behind its indentation.
    start: usize,
    indentation: usize,
    /// The line without the blanks around it.
    text: &'s str,
}

impl<'s> Case<'s> {
    /// A line that git writes between two versions of a text, among the lines that were read last.
    pub(super) fn conflict(&self, read_to: usize) -> Option<Diagnosis> {
        const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];
        let (mut start, _) = line_around(self.source, read_to.min(self.at));
        let (_, end) = line_around(self.source, self.at);
        for line in self.slice(start, end).split_inclusive(['\n', '\r']) {
            let is_mark = |mark: &&str| {
                let rest = line.trim_start().strip_prefix(*mark);
                rest.is_some_and(|rest| rest.trim().is_empty() || rest.starts_with(' '))
            };
            if MARKS.iter().any(is_mark) {
                let first = start + line.len() - line.trim_start().len();
                return Some(self.rest_of_line(Cause::Conflict, first));
            }
            start += line.len();
        }
        None
    }

    /// The fence of a code block, from a plan that was copied out of a document or a chat.
    pub(super) fn code_fence(&self) -> Option<Diagnosis> {
        let first = self.first_of_line(self.at);
        let is_fence = self.to_line_end(first).starts_with("```");
        is_fence.then(|| self.rest_of_line(Cause::CodeFence, first))
    }

    /// A hard space or curly quote that causes what looks like another mistake.
    pub(super) fn special_sign(&self, diagnosis: &Diagnosis) -> Option<Diagnosis> {
        let (start, end) = line_around(self.source, diagnosis.start);
        let line = self.slice(start, end);
        let is_space = matches!(
            diagnosis.cause,
            Cause::Indentation
                | Cause::ColonMissing
                | Cause::SpaceMissing
                | Cause::LooseText
                | Cause::TextNotIndented
                | Cause::ColonInText
                | Cause::TextBelowBlock
                | Cause::ListInText
                | Cause::Dash
        );
        let is_behind_bracket = diagnosis.cause == Cause::TextAfterBracket
            && is_blank(self.slice(diagnosis.start, end));
        let space = if is_behind_bracket {
            Some(diagnosis.start - start)
        } else {
            hard_space(line).filter(|_| is_space)
        };
        if let Some(space) = space {
            let diagnosis = self.character(Cause::HardSpace, start + space);
            return Some(diagnosis.with_line(with_plain_spaces(line)));
        }
        let value = value_start(line);
        let first = line.get(value..)?.chars().next()?;
        let is_cut = matches!(diagnosis.cause, Cause::ColonInText | Cause::Comment);
        if !is_cut || !"“”„‘’‚".contains(first) {
            return None;
        }
        let text = line.get(value..)?.trim_end();
        let inner = text.trim_matches(['“', '”', '„', '‘', '’', '‚']);
        let lead = line.get(..value)?.trim_start();
        Some(
            self.character(Cause::CurlyQuote, start + value)
                .with("teken", first.to_string())
                .with_line(Some(format!("{lead}{}", quoted(inner)))),
        )
    }

    /// The line of an error as its author most likely meant it.
    pub(super) fn mended_line(&self, diagnosis: &Diagnosis) -> Option<String> {
        let (start, end) = line_around(self.source, diagnosis.start);
        let line = self.slice(start, end);
        let value = value_start(line);
        let text = line.get(value..)?.trim_end();
        match diagnosis.cause {
            Cause::ColonMissing | Cause::SpaceMissing => with_colon(line),
            Cause::Dash => {
                let text = line.trim();
                let item = text.strip_prefix("* ").or_else(|| bullet(text))?;
                Some(format!("- {item}"))
            }
            Cause::FirstCharacter if diagnosis.start == start + value => {
                quoted_line(self.source, diagnosis.start)
            }
            Cause::ColonInText if text.starts_with(['[', '{']) => None,
            Cause::ColonInText | Cause::TextAfterBracket => quoted_line(self.source, start + value),
            Cause::TextAfterQuote => {
                let lead = line.get(..value)?.trim_start();
                let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
                let inner = text.get(1..)?;
                let inner = match inner.strip_suffix(quote) {
                    Some(inner) => inner.to_owned(),
                    None => text.to_owned(),
                };
                quoted_line(self.source, start + value)?;
                Some(format!("{lead}{}", quoted(&inner)))
            }
            Cause::Quote if self.ahead.brackets.is_empty() => {
                let inner = line.get(diagnosis.start - start..)?.trim_end();
                let lead = line.get(..diagnosis.start - start)?.trim_start();
                if inner.contains(": ") {
                    return None;
                }
                // 's-Hertogenbosch, 't Zand
                let mut behind = inner.chars().skip(1);
                let is_apostrophe = inner.starts_with('\'')
                    && behind.next().is_some_and(char::is_alphabetic)
                    && behind.next().is_none_or(|next| !next.is_alphabetic());
                quoted_line(self.source, diagnosis.start)?;
                let inner = if is_apostrophe {
                    inner
                } else {
                    inner.get(1..)?
                };
                Some(format!("{lead}{}", quoted(inner)))
            }
            _ => None,
        }
    }

    /// A line that is indented differently from the lines it could belong to.
    pub(super) fn indentation(&self) -> Diagnosis {
        let first = self.first_of_line(self.at);
        if let Some((text, key)) = self.text_above(first) {
            return self.rest_of_line(Cause::LooseText, text).with_key(key);
        }
        let (start, _) = line_around(self.source, first);
        let own = first - start;
        if let Some(line) = self.dedented_line(start, own) {
            return self
                .rest_of_line(Cause::Indentation, line.start)
                .with("spaties", line.indentation)
                .with("passend", vec![own.to_string()]);
        }
        let mut fitting = Vec::new();
        for line in self.lines_above(start) {
            let is_less = fitting.last().is_none_or(|least| line.indentation < *least);
            if is_less && (starts_with_key(line.text) || starts_with_dash(line.text)) {
                fitting.push(line.indentation);
            }
            if line.indentation < own {
                break;
            }
        }
        fitting.reverse();
        let fitting: Vec<String> = fitting.iter().map(ToString::to_string).collect();
        let diagnosis = self.line(Cause::Indentation);
        if fitting.is_empty() || fitting.contains(&own.to_string()) {
            return diagnosis;
        }
        diagnosis.with("spaties", own).with("passend", fitting)
    }

    /// The lines above a line that are not blank or a comment, from the nearest up, with their indentation. There are not
    /// many in a plan before one that is indented less.
    fn lines_above(&self, start: usize) -> impl Iterator<Item = Line<'s>> {
        const MAX_LINES: usize = 200;
        let lines = self.source.get(..start).unwrap_or_default();
        let mut end = start + 1;
        lines
            .rsplit(['\n', '\r'])
            .take(MAX_LINES)
            .map(move |line| {
                let text = line.trim_start();
                end -= line.len() + 1;
                let indentation = line.len() - text.len();
                Line {
                    start: end + indentation,
                    indentation,
                    text: text.trim_end(),
                }
            })
            .filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
    }

    /// A line of prose with a colon, directly above a line that is indented more: it was read as a key. With the key above it.
    fn text_above(&self, first: usize) -> Option<(usize, Option<&'s str>)> {
        let (start, _) = line_around(self.source, first);
        let above = self.lines_above(start).next()?;
        let text = above.text;
        let key = text.split_once(": ").map(|(key, _)| key);
        let is_prose = key.or(text.strip_suffix(':'))?.contains(' ') && !starts_with_dash(text);
        (is_prose && above.indentation < first - start)
            .then(|| (above.start, self.key_above(above.start)))
    }

    /// The key of the nearest line with one above this one, if its text can go on here.
    fn key_above(&self, byte: usize) -> Option<&'s str> {
        let (start, _) = line_around(self.source, byte);
        let indentation = self.first_of_line(byte) - start;
        let line = self
            .lines_above(start)
            .find(|line| starts_with_key(line.text))?;
        let is_empty = line.text.ends_with(':');
        let can_go_on = !is_empty || (line.indentation > 0 && line.indentation >= indentation);
        key_of(line.text).filter(|_| can_go_on)
    }

    /// The line above an indented line, if it is the only one that is indented less: a key with a text, between lines that are
    /// indented equally.
    fn dedented_line(&self, start: usize, own: usize) -> Option<Line<'s>> {
        let mut above = self.lines_above(start);
        let (line, before) = (above.next()?, above.next()?);
        let has_text = key_of(line.text).is_some() && !line.text.ends_with(':');
        (has_text && line.indentation < own && before.indentation == own).then_some(line)
    }

    /// A bracket or brace that closes at the end of a line and was not opened.
    pub(super) fn bracket_behind(&self) -> Option<Diagnosis> {
        let rest = self.to_line_end(self.at);
        let (start, _) = line_around(self.source, self.at);
        let opening = match rest.chars().next_back()? {
            '}' => '{',
            ']' => '[',
            _ => return None,
        };
        let is_open = self.slice(start, self.at + rest.len()).contains(opening);
        (!is_open).then(|| self.character(Cause::Bracket, self.at + rest.len() - 1))
    }

    /// A line without a colon, where a key was expected.
    pub(super) fn not_a_key(&self, byte: usize) -> Diagnosis {
        let (start, _) = line_around(self.source, byte);
        let indentation = self.first_of_line(byte) - start;
        let text = self.to_line_end(byte);
        let mut words = text.split_whitespace();
        let (first, second) = (words.next().unwrap_or_default(), words.next());
        let is_key = |word: &str| {
            word.chars().all(|c| c.is_lowercase() || "_-".contains(c)) && word.len() > 2
        };
        if let Some((key, value)) = first.split_once(':')
            && is_key(key)
            && !value.is_empty()
        {
            return self.rest_of_line(Cause::SpaceMissing, byte);
        }
        let above = self.lines_above(start).next();
        if bullet(text).is_some()
            && above
                .as_ref()
                .is_some_and(|above| starts_with_dash(above.text))
        {
            return self.rest_of_line(Cause::Dash, byte);
        }
        let is_value = above
            .is_some_and(|above| above.text.ends_with(':') && above.indentation >= indentation);
        let is_assigned =
            second.is_some_and(|word| word == "=") || first.ends_with([';', '=', '：']);
        let is_key_line = match second {
            None => !is_value && !first.ends_with('.'),
            Some(second) => {
                is_key(first) && (words.next().is_none() || second.starts_with(char::is_uppercase))
            }
        };
        if is_assigned || is_key_line {
            return self.rest_of_line(Cause::ColonMissing, byte);
        }
        self.rest_of_line(Cause::LooseText, byte)
            .with_key(self.key_above(byte))
    }

    /// A dash where no list can be.
    pub(super) fn dash(&self, byte: usize) -> Diagnosis {
        let (start, _) = line_around(self.source, byte);
        let above = self.lines_above(start).next();
        let is_alone = self.first_of_line(byte) == byte;
        let value = |text: &'s str| {
            let key = key_of(text)?;
            let value = text.get(value_start(text)..)?;
            let has_text = !value.is_empty() && !text.ends_with(':') && !opens_block_text(text);
            has_text.then_some(key)
        };
        let above = above.filter(|above| !starts_with_dash(above.text));
        match above.and_then(|above| value(above.text)) {
            Some(key) if is_alone => self.character(Cause::ListInText, byte).with("onder", key),
            _ => self.character(Cause::Dash, byte),
        }
    }

    /// A colon at the end of a text that a list follows: `probleem: Oorzaken zijn:`.
    pub(super) fn colon_before_list(&self) -> Option<Diagnosis> {
        let (start, end) = line_around(self.source, self.at);
        if self.at + 1 != end {
            return None;
        }
        let key = key_of(self.slice(start, end).trim_start())?;
        let below = self.source.get(end..)?.trim_start();
        let dash = self.source.len() - below.len();
        starts_with_dash(self.to_line_end(dash))
            .then(|| self.character(Cause::ListInText, dash).with("onder", key))
    }
}
