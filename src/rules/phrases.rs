//! Matching of word lists in texts.
//!
//! A list is a file in `lists/`, for Dutch and English together, with one word or phrase per line. A line that starts with
//! `#` is a comment; elsewhere `#` matches any number. A `*` at the start or end of a word matches any letters. A line that
//! starts with `!` is an exception: with `tijd` and `!op tijd`, "weinig tijd" is found and "op tijd komen" is not. In an
//! exception, `…` matches up to eight words of the same sentence: `!keurt … goed`.

use std::ops::Range;

/// A list of words and phrases.
#[derive(Debug)]
pub(crate) struct Phrases {
    wanted: Vec<Phrase>,
    /// Each exception as its parts between gaps.
    unwanted: Vec<Vec<Phrase>>,
}

/// The maximum number of words in a gap of an exception.
const MAX_GAP: usize = 8;

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
    /// Parses a list.
    pub(crate) fn read(list: &str) -> Self {
        Self::of(list.lines())
    }

    /// Parses the lines of a list.
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
                Some(line) => phrases.unwanted.push(line.split('…').map(phrase).collect()),
                None => phrases.wanted.push(phrase(line)),
            }
        }
        phrases
    }

    /// The first match in a text, in lower case.
    pub(crate) fn find(&self, text: &str) -> Option<String> {
        let first = self.all(text).into_iter().next()?;
        let words = words(text.get(first)?).into_iter().map(|(_, word)| word);
        Some(words.collect::<Vec<_>>().join(" "))
    }

    /// All matches in a text, in order. If several phrases match at the same word, the longest wins.
    pub(crate) fn all(&self, text: &str) -> Vec<Range<usize>> {
        let mut words = words(text);
        if self.wanted_in(&words).is_empty() {
            return Vec::new();
        }
        for exception in &self.unwanted {
            for at in 0..words.len() {
                for place in places(exception, text, &words, at).unwrap_or_default() {
                    for (_, word) in &mut words[place] {
                        word.clear();
                    }
                }
            }
        }
        self.wanted_in(&words)
    }

    fn wanted_in(&self, words: &[FoundWord]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut rest = words;
        while let Some(((first, _), after)) = rest.split_first() {
            let matching = self.wanted.iter().filter(|phrase| {
                rest.get(..phrase.len())
                    .is_some_and(|here| matches(phrase, here))
            });
            let longest = matching.map(Vec::len).max().unwrap_or(0);
            let (matched, behind) = rest.split_at(longest);
            if let Some((last, _)) = matched.last() {
                found.push(first.start..last.end);
                rest = behind;
            } else {
                rest = after;
            }
        }
        found
    }
}

/// The indices of the words that match the parts of an exception, if the first part matches at `at` and the others follow it.
fn places(
    exception: &[Phrase],
    text: &str,
    words: &[FoundWord],
    at: usize,
) -> Option<Vec<Range<usize>>> {
    let mut places: Vec<Range<usize>> = Vec::new();
    for part in exception {
        let candidates = places
            .last()
            .map_or(at..=at, |before| before.end..=before.end + MAX_GAP);
        let is_here = |start: &usize| {
            words
                .get(*start..start + part.len())
                .is_some_and(|here| matches(part, here))
        };
        let start = candidates.into_iter().find(is_here)?;
        if let Some(before) = places.last() {
            let gap = words.get(before.end - 1)?.0.end..words.get(start)?.0.start;
            if text.get(gap)?.contains(['.', ';', '!', '?', '\n']) {
                return None;
            }
        }
        places.push(start..start + part.len());
    }
    Some(places)
}

fn phrase(line: &str) -> Phrase {
    let word = |word: &str| Word {
        letters: word.trim_matches('*').to_lowercase(),
        open_start: word.starts_with('*'),
        open_end: word.ends_with('*'),
    };
    line.split_whitespace().map(word).collect()
}

fn matches(phrase: &Phrase, words: &[FoundWord]) -> bool {
    phrase
        .iter()
        .zip(words)
        .all(|(wanted, (_, word))| wanted.matches(word))
}

impl Word {
    fn matches(&self, word: &str) -> bool {
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

/// A word of a text in lower case, with its byte range.
type FoundWord = (Range<usize>, String);

/// The words of a text: runs of letters and digits, and the percent sign.
fn words(text: &str) -> Vec<FoundWord> {
    let mut words: Vec<FoundWord> = Vec::new();
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
    fn whole_words_match_in_any_case() {
        let list = Phrases::read("# tijd\ntijd\nte weinig uren\n\n!op tijd\n");
        for text in [
            "Tijd",
            "te weinig (tijd)",
            "**tijd**-gebrek",
            "Niet op tijd, want geen tijd",
        ] {
            assert_eq!(list.find(text).as_deref(), Some("tijd"), "{text}");
        }
        let found = list.find("Er zijn te weinig  uren.");
        assert_eq!(found.as_deref(), Some("te weinig uren"));
        #[rustfmt::skip]
        let others = ["", "altijd", "tijdelijk", "wedstrijd", "Komt niet op tijd", "te weinig"];
        for text in others {
            assert_eq!(list.find(text), None, "{text}");
        }
    }

    #[test]
    fn a_star_matches_any_letters() {
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
    fn all_matches_are_found_and_the_longest_phrase_wins() {
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

    #[test]
    fn exception_may_have_a_gap_within_a_sentence() {
        let list = Phrases::read("goed\nop de hoogte\n!keurt … goed\n!brengt … op de hoogte\n");
        for text in [
            "Keurt de aanvraag binnen vijf dagen goed.",
            "keurt goed",
            "Brengt de verwijzer (huisarts) op de hoogte",
        ] {
            assert_eq!(list.find(text), None, "{text}");
        }
        for text in [
            "Keurt de aanvraag. Dat gaat goed.",
            "keurt een twee drie vier vijf zes zeven acht negen goed",
            "Gaat goed en keurt af",
            "Keurt goed wat goed is",
        ] {
            assert_eq!(list.find(text).as_deref(), Some("goed"), "{text}");
        }
    }
}
