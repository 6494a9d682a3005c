//! Comparison of words without regard to case, accents and separators. build.rs uses this file too.

/// A word in lower case, without accents and separators.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for character in word.chars().flat_map(char::to_lowercase) {
        match unaccented(character) {
            Some(letters) => folded.push_str(letters),
            None if is_separator(character) => {}
            None => folded.push(character),
        }
    }
    folded
}

/// Whether words differ no more by a character than by a space: a separator or a loose accent.
fn is_separator(character: char) -> bool {
    character.is_whitespace()
        || matches!(
            character,
            '-' | '_' | '/' | '.' | '\'' | '\u{300}'..='\u{36f}'
        )
}

/// The plain letters for a lower-case letter with an accent, and for a ligature.
pub const fn unaccented(letter: char) -> Option<&'static str> {
    Some(match letter {
        'à'..='å' => "a",
        'æ' => "ae",
        'ç' => "c",
        'è'..='ë' => "e",
        'ì'..='ï' => "i",
        'ñ' => "n",
        'ò'..='ö' | 'ø' => "o",
        'ù'..='ü' => "u",
        'ý' | 'ÿ' => "y",
        'ß' => "ss",
        'œ' => "oe",
        'ĳ' => "ij",
        _ => return None,
    })
}
