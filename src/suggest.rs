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

/// How alike two words must be for one to be nothing but a misspelling of the other.
const SAME: f64 = 0.9;

/// Whether a word can only be a slip of the pen for another.
pub fn is_misspelling(word: &str, of: &str) -> bool {
    strsim::jaro_winkler(&word.to_lowercase(), of) >= SAME
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
        assert!(is_misspelling("eigenar", "eigenaar"));
        assert!(is_misspelling("monitorring", "monitoring"));
        assert!(!is_misspelling("start_datum", "start"));
        assert!(!is_misspelling("naamgeving", "naam"));
    }
}
