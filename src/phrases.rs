//! Closed lists of words and phrases, and whether a text uses one of them.
//!
//! A list is a file in `lists/`, Dutch and English together, with one word or phrase on a line. `#` starts a comment. A `*` at
//! the start or the end of a word stands for any letters there. A line that starts with `!` names a phrase in which the
//! words do not count: of `tijd` and `!op tijd`, "weinig tijd" is found and "op tijd komen" is not.

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
        let mut words = words(text);
        for phrase in &self.unwanted {
            for at in 0..words.len() {
                if let Some(here) = words.get_mut(at..at + phrase.len())
                    && stands_here(phrase, here)
                {
                    here.iter_mut().for_each(String::clear);
                }
            }
        }
        (0..words.len()).find_map(|at| {
            let here = |phrase: &&Phrase| {
                words
                    .get(at..at + phrase.len())
                    .is_some_and(|here| stands_here(phrase, here))
            };
            let phrase = self.wanted.iter().find(here)?;
            Some(words.get(at..at + phrase.len())?.join(" "))
        })
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

fn stands_here(phrase: &Phrase, words: &[String]) -> bool {
    phrase
        .iter()
        .zip(words)
        .all(|(wanted, word)| wanted.is(word))
}

impl Word {
    fn is(&self, word: &str) -> bool {
        match (self.open_start, self.open_end) {
            (false, false) => word == self.letters,
            (false, true) => word.starts_with(&self.letters),
            (true, false) => word.ends_with(&self.letters),
            (true, true) => word.contains(&self.letters),
        }
    }
}

/// The words of a text in lower case: runs of letters and digits, and the percent sign.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            if let Some(word) = words.last_mut() {
                word.extend(letter.to_lowercase());
            }
        } else if letter == '%' {
            words.extend(["%".to_owned(), String::new()]);
        } else {
            words.push(String::new());
        }
    }
    words.retain(|word| !word.is_empty());
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
}
