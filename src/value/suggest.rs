//! "Did you mean": the known word that lies nearest to one that is not known.

/// How alike two words must be, from 0 to 1 (Jaro-Winkler), for one to be meant by the other.
const ALIKE: f64 = 0.8;

/// No key or id is longer, in bytes: comparing two texts takes time by the product of their lengths.
const LONGEST: usize = 100;

/// The candidate that the writer most likely meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    let word = word.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| {
            (
                strsim::jaro_winkler(&word, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(alike, _)| *alike >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate)
}

/// How alike two words must be for one to be nothing but a misspelling of the other. Words that are too short to be that
/// alike ("plen" and "plan") may differ in one letter.
const SAME: f64 = 0.9;

/// The candidate of which a word can only be a misspelling.
pub fn misspelt<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest(word, candidates).filter(|meant| {
        let word = word.to_lowercase();
        strsim::jaro_winkler(&word, meant) >= SAME
            || (meant.len() > 2 && strsim::osa_distance(&word, meant) == 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        let keys = [
            "betrokken_groepen",
            "gebruikers",
            "borging",
            "invloed",
            "belang",
        ];
        assert_eq!(nearest("betroken_groepen", keys), Some("betrokken_groepen"));
        assert_eq!(nearest("Invloed", keys), Some("invloed"));
        assert_eq!(nearest("planning", keys), None);
        assert_eq!(nearest("", keys), None);
    }

    #[test]
    fn a_misspelling_is_more_than_something_alike() {
        assert_eq!(misspelt("eigenar", ["eigenaar"]), Some("eigenaar"));
        assert_eq!(misspelt("monitorring", ["monitoring"]), Some("monitoring"));
        assert_eq!(misspelt("plen", ["plan"]), Some("plan"));
        assert_eq!(misspelt("aa", ["a"]), None);
        assert_eq!(misspelt("start_datum", ["start"]), None);
        assert_eq!(misspelt("naamgeving", ["naam"]), None);
    }
}
