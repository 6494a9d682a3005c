//! "Did you mean": suggestions for misspelled words.

/// The minimum similarity of a word and its suggestion, from 0 to 1 (Jaro-Winkler).
const SIMILAR: f64 = 0.8;

/// The maximum length of a word, in bytes: comparing takes time proportional to the product of both lengths.
const MAX_LENGTH: usize = 100;

/// The most similar candidate, if any is similar enough.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > MAX_LENGTH {
        return None;
    }
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= MAX_LENGTH)
        .map(|candidate| {
            let similarity = strsim::jaro_winkler(&word, &candidate.to_lowercase());
            (similarity, candidate)
        })
        .filter(|(similarity, _)| *similarity >= SIMILAR)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// The minimum similarity of a word and the candidate that it misspells. Words that are too short to reach it ("plen" and
/// "plan") may differ in one letter.
const MISSPELLED: f64 = 0.9;

/// The candidate that the word misspells, if there is no other reading of it.
pub fn misspelled<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    nearest(word, candidates).filter(|meant| {
        let word = word.to_lowercase();
        strsim::jaro_winkler(&word, meant) >= MISSPELLED
            || (meant.len() > 2 && strsim::osa_distance(&word, meant) == 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_similar_word_is_suggested() {
        #[rustfmt::skip]
        let keys = ["betrokken_groepen", "gebruikers", "borging", "invloed", "belang"];
        assert_eq!(nearest("betroken_groepen", keys), Some("betrokken_groepen"));
        assert_eq!(nearest("Invloed", keys), Some("invloed"));
        assert_eq!(nearest("planning", keys), None);
        assert_eq!(nearest("", keys), None);
    }

    #[test]
    fn a_misspelling_is_closer_than_a_suggestion() {
        assert_eq!(misspelled("eigenar", ["eigenaar"]), Some("eigenaar"));
        assert_eq!(
            misspelled("monitorring", ["monitoring"]),
            Some("monitoring")
        );
        assert_eq!(misspelled("plen", ["plan"]), Some("plan"));
        assert_eq!(misspelled("aa", ["a"]), None);
        assert_eq!(misspelled("start_datum", ["start"]), None);
        assert_eq!(misspelled("naamgeving", ["naam"]), None);
    }
}
