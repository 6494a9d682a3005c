//! Annex: literature ("literatuur"): what `[@id]` cites, and where a text does so.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Entries, Entry, Id, Prose, Text};

/// The literature by id.
pub type Literature = Entries<Id, Work>;

/// A publication.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Work {
    /// What a citation shows: "Tonnon e.a., 2019".
    #[serde(rename = "kort")]
    pub short: Answer<Text>,
    /// The full reference.
    #[serde(rename = "tekst")]
    pub reference: Answer<Prose>,
    /// Where it can be found.
    pub url: Answer<Text>,
}

impl Entry for Work {}

/// A place in a text that cites literature: `[@a]`, or `[@a; @b]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation<'t> {
    /// Where it stands in the text, in bytes, brackets included.
    pub range: Range<usize>,
    /// The ids that it cites, in order; whether there is such literature is another matter.
    pub ids: Vec<&'t str>,
}

/// The citations in a text, in order. What stands in code is none, nor is the text of a link or what stands behind a `\`.
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

/// The citation that `rest` begins with.
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

/// How many bytes of `rest` to pass over: a character and what it keeps from being a citation.
fn uncited(before: &str, rest: &str) -> usize {
    let mut characters = rest.chars();
    match characters.next() {
        Some('\\') => 1 + characters.next().map_or(0, char::len_utf8),
        Some(mark @ ('`' | '~')) => {
            let fence = rest.len() - rest.trim_start_matches(mark).len();
            let code = match mark {
                _ if fence >= 3 && opens_line(before) && !names_code(rest, fence) => {
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

/// Whether a backtick stands behind the fence on its line: then it is no fence.
fn names_code(rest: &str, fence: usize) -> bool {
    rest.lines()
        .next()
        .and_then(|line| line.get(fence..))
        .is_some_and(|line| line.contains('`'))
}

/// The length of a block of code: to its closing fence, or else to the end.
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

/// The length of a span of code: to as many backticks as it opens with, in the same paragraph.
fn code_span(rest: &str, fence: usize) -> Option<usize> {
    /// More backticks in a row open no code, so that no text costs more than this many looks at each character.
    const MOST: usize = 10;

    let (mut run, mut blank) = (0, false);
    let inside = rest
        .bytes()
        .enumerate()
        .skip(fence)
        .chain([(rest.len(), b'\n')]);
    for (at, byte) in inside.take_while(|_| fence <= MOST) {
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
        assert_eq!(
            cited("Dat bleek al [@jungmann-2019]."),
            [("[@jungmann-2019]", vec!["jungmann-2019"])]
        );
        assert_eq!(
            cited("[@a; @b]\n[@c;\n  @d]"),
            [
                ("[@a; @b]", vec!["a", "b"]),
                ("[@c;\n  @d]", vec!["c", "d"])
            ]
        );
        assert_eq!(
            cited("[zie [@a]](https://example.nl)"),
            [("[@a]", vec!["a"])]
        );
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
