//! Closed lists of words and phrases, and whether a text uses one of them.
//!
//! A list is a file in `lists/`, Dutch and English together, with one word or phrase on a line. `#` starts a comment. A `*` at
//! the start or the end of a word stands for any letters there. A line that starts with `!` names a phrase in which the
//! words do not count: of `tijd` and `!op tijd`, "weinig tijd" is found and "op tijd komen" is not. Inside a line, `#` is any
//! number.

use std::ops::Range;

/// A list of words and phrases.
#[derive(Debug)]
pub(crate) struct Phrases {
    wanted: Vec<Phrase>,
    unwanted: Vec<Phrase>,
}

/// One line of a list.
type Phrase = Vec<Word>;

/// One word of a line.
#[derive(Debug)]
struct Word {
    letters: String,
    open_start: bool,
    open_end: bool,
}

impl Phrases {
    /// Reads a list.
    #[must_use]
    pub(crate) fn read(list: &str) -> Self {
        Self::of(list.lines())
    }

    /// The list of those lines.
    #[must_use]
    pub(crate) fn of<'l>(lines: impl IntoIterator<Item = &'l str>) -> Self {
        let mut phrases = Self {
            wanted: Vec::new(),
            unwanted: Vec::new(),
        };
        for line in lines
            .into_iter()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            match line.strip_prefix('!') {
                Some(line) => phrases.unwanted.push(phrase(line)),
                None => phrases.wanted.push(phrase(line)),
            }
        }
        phrases
    }

    /// The first words of a text that stand in the list, in lower case.
    #[must_use]
    pub(crate) fn find(&self, text: &str) -> Option<String> {
        let first = self.all(text).into_iter().next()?;
        let words = words(text.get(first)?);
        Some(
            words
                .into_iter()
                .map(|(_, word)| word)
                .collect::<Vec<_>>()
                .join(" "),
        )
    }

    /// Where words of the list stand in a text, in order; of phrases that start at one word the longest.
    #[must_use]
    pub(crate) fn all(&self, text: &str) -> Vec<Range<usize>> {
        let mut words = words(text);
        for phrase in &self.unwanted {
            for at in 0..words.len() {
                if let Some(here) = words.get_mut(at..at + phrase.len())
                    && stands_here(phrase, here)
                {
                    for (_, word) in here {
                        word.clear();
                    }
                }
            }
        }
        let mut found = Vec::new();
        let mut rest = words.as_slice();
        while let Some(((first, _), after)) = rest.split_first() {
            let fitting = self.wanted.iter().filter(|phrase| {
                rest.get(..phrase.len())
                    .is_some_and(|here| stands_here(phrase, here))
            });
            let longest = fitting.map(Vec::len).max().unwrap_or(0);
            if let Some(((last, _), behind)) =
                rest.split_at(longest).0.last().zip(rest.get(longest..))
            {
                found.push(first.start..last.end);
                rest = behind;
            } else {
                rest = after;
            }
        }
        found
    }
}

fn phrase(line: &str) -> Phrase {
    let word = |word: &str| Word {
        letters: word.trim_matches('*').to_lowercase(),
        open_start: word.starts_with('*'),
        open_end: word.ends_with('*'),
    };
    line.split_whitespace().map(word).collect()
}

fn stands_here(phrase: &Phrase, words: &[(Range<usize>, String)]) -> bool {
    phrase
        .iter()
        .zip(words)
        .all(|(wanted, (_, word))| wanted.is(word))
}

impl Word {
    fn is(&self, word: &str) -> bool {
        if self.letters == "#" {
            return word.starts_with(|letter: char| letter.is_ascii_digit());
        }
        match (self.open_start, self.open_end) {
            (false, false) => word == self.letters,
            (false, true) => word.starts_with(&self.letters),
            (true, false) => word.ends_with(&self.letters),
            (true, true) => word.contains(&self.letters),
        }
    }
}

/// The words of a text, with where they stand, in lower case: runs of letters and digits, and the percent sign.
fn words(text: &str) -> Vec<(Range<usize>, String)> {
    let mut words: Vec<(Range<usize>, String)> = Vec::new();
    let mut in_word = false;
    for (at, letter) in text.char_indices() {
        let is_part = letter.is_alphanumeric();
        if is_part || letter == '%' {
            if !(is_part && in_word) {
                words.push((at..at, String::new()));
            }
            if let Some((range, word)) = words.last_mut() {
                word.extend(letter.to_lowercase());
                range.end = at + letter.len_utf8();
            }
        }
        in_word = is_part;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_whole_and_in_any_case() {
        let list = Phrases::read("# tijd\ntijd\nte weinig uren\n\n!op tijd\n");
        for text in [
            "Tijd",
            "te weinig (tijd)",
            "**tijd**-gebrek",
            "Niet op tijd, want geen tijd",
        ] {
            assert_eq!(list.find(text).as_deref(), Some("tijd"), "{text}");
        }
        assert_eq!(
            list.find("Er zijn te weinig  uren.").as_deref(),
            Some("te weinig uren")
        );
        for text in [
            "",
            "altijd",
            "tijdelijk",
            "wedstrijd",
            "Komt niet op tijd",
            "te weinig",
        ] {
            assert_eq!(list.find(text), None, "{text}");
        }
    }

    #[test]
    fn a_star_stands_for_any_letters() {
        let list = Phrases::read("*lijst\ntelling*\n*registr*\n%");
        for (text, found) in [
            ("Op de presentielijst", "presentielijst"),
            ("tellingen", "tellingen"),
            ("wat is geregistreerd", "geregistreerd"),
            ("bij 80% van", "%"),
        ] {
            assert_eq!(list.find(text).as_deref(), Some(found), "{text}");
        }
        for text in ["lijstje", "instelling", "vertellen"] {
            assert_eq!(list.find(text), None, "{text}");
        }
    }

    #[test]
    fn every_place_is_found_and_of_two_phrases_the_longest() {
        let list = Phrases::read("meer\nmeer of minder\nwaar nodig\n!meer dan #\n!niet meer\n");
        let all = |text| {
            let places = list.all(text).into_iter();
            places.map(|place| &text[place]).collect::<Vec<_>>()
        };
        assert_eq!(
            all("Méér? Meer, meer of\n minder."),
            ["Meer", "meer of\n minder"]
        );
        assert_eq!(all("Waar\tnodig meer dan vroeger"), ["Waar\tnodig", "meer"]);
        assert_eq!(all("niet meer, meer dan 3 en meermaals"), [""; 0]);
    }
}
