//! Annex: literature ("literatuur"), and the citations `[@id]` in texts.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Entries, Entry, Id, Prose, Text, first_words, plain_words};

/// The literature by id.
pub type Literature = Entries<Id, Work>;

/// A publication.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Work {
    /// The text of a citation: "Tonnon e.a., 2019".
    #[serde(rename = "kort")]
    pub short: Answer<Text>,
    /// The full reference.
    #[serde(rename = "tekst")]
    pub reference: Answer<Prose>,
    pub url: Answer<Text>,
}

impl Entry for Work {}

impl Work {
    /// The text of a citation: `kort`, else the authors and the year in the reference, else its first words.
    pub fn citation(&self, id: &str) -> String {
        if let Some(short) = self.short.given() {
            return short.as_str().to_owned();
        }
        let reference = self
            .reference
            .given()
            .map(Prose::as_str)
            .unwrap_or_default();
        authors_and_year(reference)
            .or_else(|| first_words(reference))
            .unwrap_or_else(|| plain_words(id))
    }
}

/// "Montero-Odasso e.a., 2022", from a reference that begins with its authors and then has a year.
fn authors_and_year(reference: &str) -> Option<String> {
    let is_year = |word: &&str| {
        word.len() == 4
            && word.bytes().all(|byte| byte.is_ascii_digit())
            && (word.starts_with("19") || word.starts_with("20"))
    };
    let year = reference
        .split(|c: char| !c.is_ascii_alphanumeric())
        .find(is_year)?;
    let (before, _) = reference.split_once(year)?;
    let authors = before.trim_end_matches(|c: char| !c.is_alphabetic());
    // One author is written as "Name, A.", more with signs or words between them.
    let (first, others) = authors
        .split_once([',', '&', ';', '.'])
        .unwrap_or((authors, ""));
    let (first, second) = first
        .split_once(" en ")
        .or_else(|| first.split_once(" and "))
        .unwrap_or((first, ""));
    let is_name = !first.trim().is_empty() && first.split_whitespace().count() <= 4;
    let has_others = !second.is_empty()
        || others
            .split(|c: char| !c.is_alphabetic())
            .any(|word| word.chars().count() > 2);
    let others = if has_others { " e.a." } else { "" };
    is_name.then(|| format!("{}{others}, {year}", first.trim()))
}

/// A citation in a text: `[@a]`, or `[@a; @b]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation<'t> {
    /// The bytes of the citation, including its brackets.
    pub range: Range<usize>,
    /// The cited ids, in order. They may not exist.
    pub ids: Vec<&'t str>,
}

/// The citations in a text, in order. There are none in code, and `[@a](…)` and `\[@a]` are not citations.
pub fn citations(prose: &str) -> impl Iterator<Item = Citation<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let found = prose.get(at..)?.find(['\\', '`', '~', '['])?;
            let start = at + found;
            let rest = prose.get(start..)?;
            if let Some(citation) = citation(rest, start) {
                at = citation.range.end;
                return Some(citation);
            }
            at = start + uncited(prose.get(..start)?, rest);
        }
    })
}

/// The citation at the start of `rest`.
fn citation(rest: &str, start: usize) -> Option<Citation<'_>> {
    let inside = rest
        .strip_prefix('[')
        .filter(|inside| inside.starts_with('@'))?;
    let (inside, after) = inside.split_at(inside.find(['[', ']', '`'])?);
    let after = after.strip_prefix(']')?;
    if after.starts_with('(') || inside.lines().any(|line| line.trim().is_empty()) {
        return None;
    }
    let ids: Vec<&str> = inside
        .split(';')
        .map(|id| id.trim().trim_start_matches('@').trim_start())
        .filter(|id| !id.is_empty())
        .collect();
    let range = start..start + inside.len() + 2;
    (!ids.is_empty()).then_some(Citation { range, ids })
}

/// The number of bytes at the start of `rest` to skip: a character, with the text that it escapes or the code that it opens.
fn uncited(before: &str, rest: &str) -> usize {
    let mut characters = rest.chars();
    match characters.next() {
        Some('\\') => 1 + characters.next().map_or(0, char::len_utf8),
        Some(mark @ ('`' | '~')) => {
            let fence = rest.len() - rest.trim_start_matches(mark).len();
            let code = match mark {
                _ if fence >= 3 && opens_line(before) && !has_more_backticks(rest, fence) => {
                    Some(fenced(rest, mark, fence))
                }
                '`' => code_span(rest, fence),
                _ => None,
            };
            code.unwrap_or(fence)
        }
        Some(other) => other.len_utf8(),
        None => 0,
    }
}

fn opens_line(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '\t', '>']);
    before.is_empty() || before.ends_with('\n')
}

/// Whether the line of the fence has another backtick, so that it is not a fence.
fn has_more_backticks(rest: &str, fence: usize) -> bool {
    rest.lines()
        .next()
        .and_then(|line| line.get(fence..))
        .is_some_and(|line| line.contains('`'))
}

/// The length of a code block: to its closing fence, or else to the end.
fn fenced(rest: &str, mark: char, fence: usize) -> usize {
    let closes = |line: &str| {
        let line = line.trim_matches([' ', '\t', '>', '\n', '\r']);
        line.len() >= fence && line.chars().all(|character| character == mark)
    };
    let mut length = 0;
    for (nr, line) in rest.split_inclusive('\n').enumerate() {
        length += line.len();
        if nr > 0 && closes(line) {
            break;
        }
    }
    length
}

/// The length of a code span: to as many backticks as it opens with, in the same paragraph.
fn code_span(rest: &str, fence: usize) -> Option<usize> {
    /// A limit on the opening backticks, so that each character is read at most this many times.
    const MAX_BACKTICKS: usize = 10;

    let (mut run, mut blank) = (0, false);
    let inside = rest
        .bytes()
        .enumerate()
        .skip(fence)
        .chain([(rest.len(), b'\n')]);
    for (at, byte) in inside.take_while(|_| fence <= MAX_BACKTICKS) {
        match byte {
            b'`' => run += 1,
            _ if run == fence => return Some(at),
            b'\n' if blank => return None,
            _ => run = 0,
        }
        blank = matches!(byte, b'\n') || (blank && byte.is_ascii_whitespace());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cited(prose: &str) -> Vec<(&str, Vec<&str>)> {
        citations(prose)
            .map(|citation| (&prose[citation.range], citation.ids))
            .collect()
    }

    #[test]
    fn citation_has_one_or_more_ids() {
        let one = ("[@jungmann-2019]", vec!["jungmann-2019"]);
        assert_eq!(cited("Dat bleek al [@jungmann-2019]."), [one]);
        let first = ("[@a; @b]", vec!["a", "b"]);
        let second = ("[@c;\n  @d]", vec!["c", "d"]);
        assert_eq!(cited("[@a; @b]\n[@c;\n  @d]"), [first, second]);
        let in_link = ("[@a]", vec!["a"]);
        assert_eq!(cited("[zie [@a]](https://example.nl)"), [in_link]);
        assert_eq!(cited("[@a, p. 12]"), [("[@a, p. 12]", vec!["a, p. 12"])]);
    }

    #[test]
    fn similar_syntax_is_not_a_citation() {
        for prose in [
            "[@a](https://example.nl)",
            "\\[@a]",
            "a@b.nl [a]",
            "[@a",
            "[@a [b]",
            "[@; ]",
            "[@a\n\nb]",
            "",
        ] {
            assert_eq!(cited(prose), [], "{prose}");
        }
    }

    #[test]
    fn citations_in_code_are_ignored() {
        for prose in [
            "`[@a]`",
            "`` ` [@a] ``",
            "```\n[@a]\n```",
            "- x\n\n  ~~~\n  [@a]\n  ~~~",
            "```\n[@a]",
        ] {
            assert_eq!(cited(prose), [], "{prose}");
        }
        for prose in [
            "` [@a]",
            "`x` [@a] `y`",
            "`x\n\n[@a] `",
            "```\nx\n```\n[@a]",
            "`` [@a] `",
            "~[@a]~",
            "```x``` [@a]",
        ] {
            assert_eq!(cited(prose), [("[@a]", vec!["a"])], "{prose}");
        }
    }
}
