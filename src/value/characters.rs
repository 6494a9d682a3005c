//! Characters that are invisible or look like another one, with the plain characters that they are taken for.
//!
//! The list is closed. Tables of confusable characters (Unicode TR 39) also equate `1` with `l` and `rn` with `m`, which are
//! different in a plan, and have no names for what they equate.

use std::borrow::Cow;

/// A character that is invisible or looks like another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Odd {
    pub character: char,
    /// The character that it is taken for; `None` if it is invisible.
    pub plain: Option<char>,
}

impl Odd {
    /// The character with its plain equivalent; `None` if it is plain itself.
    #[must_use]
    pub fn of(character: char) -> Option<Self> {
        if character.is_ascii() {
            return None;
        }
        let plain = if is_invisible(character) {
            None
        } else {
            Some(look_alike(character)?)
        };
        Some(Self { character, plain })
    }

    /// Whether it hides in a word: it is invisible, or stands for a letter, digit or sign. Other spaces, hyphens and quotation
    /// marks are as good as the plain ones.
    #[must_use]
    pub const fn hides(self) -> bool {
        !matches!(self.plain, Some(' ' | '-' | '\'' | '"'))
    }

    /// The first character that hides in a text.
    #[must_use]
    pub fn hidden_in(text: &str) -> Option<Self> {
        if text.is_ascii() {
            return None;
        }
        text.chars().filter_map(Self::of).find(|odd| odd.hides())
    }

    /// The first such character in a text.
    #[must_use]
    pub fn first_in(text: &str) -> Option<Self> {
        if text.is_ascii() {
            return None;
        }
        text.chars().find_map(Self::of)
    }

    /// The key of its name in the words (`keuzes.teken`). One that has no name there is shown by this key.
    #[must_use]
    pub fn name(self) -> String {
        match self.character {
            FIRST_WIDE..=LAST_WIDE => "breed".to_owned(),
            character => format!("U+{:04X}", u32::from(character)),
        }
    }
}

/// The text with plain characters only.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if Odd::first_in(text).is_none() {
        return Cow::Borrowed(text);
    }
    text.chars()
        .filter_map(|character| Odd::of(character).map_or(Some(character), |odd| odd.plain))
        .collect::<String>()
        .into()
}

/// Whether a text shows nothing: white space and invisible characters only.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_whitespace() || is_invisible(character))
}

/// Letters, digits and signs of double width: the ASCII characters from `!` on.
const FIRST_WIDE: char = '\u{ff01}';
const LAST_WIDE: char = '\u{ff5e}';

const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}'
            | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e01ef}'
    )
}

fn look_alike(character: char) -> Option<char> {
    Some(match character {
        _ if character.is_whitespace() => ' ',
        '\u{2010}'..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => '-',
        '‘' | '’' | '‚' | '‛' | '′' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '″' | '«' | '»' => '"',
        FIRST_WIDE..=LAST_WIDE => {
            char::from_u32(u32::from(character) - u32::from(FIRST_WIDE) + u32::from('!'))?
        }
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'ɡ' => 'g',
        'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' | 'ϳ' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ԝ' => 'w',
        'х' => 'x',
        'у' => 'y',
        'А' | 'Α' => 'A',
        'В' | 'Β' => 'B',
        'С' | 'Ϲ' => 'C',
        'Е' | 'Ε' => 'E',
        'Н' | 'Η' => 'H',
        'І' | 'Ι' => 'I',
        'Ј' => 'J',
        'К' | 'Κ' => 'K',
        'М' | 'Μ' => 'M',
        'Ν' => 'N',
        'О' | 'Ο' => 'O',
        'Р' | 'Ρ' => 'P',
        'Ѕ' => 'S',
        'Т' | 'Τ' => 'T',
        'Х' | 'Χ' => 'X',
        'У' | 'Υ' => 'Y',
        'Ζ' => 'Z',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_have_a_plain_equivalent() {
        for (text, expected) in [
            ("start", "start"),
            ("oriëntatie", "oriëntatie"),
            ("ѕtаrt", "start"),
            ("st\u{200b}art\u{feff}", "start"),
            ("na\u{a0}9\u{202f}maanden", "na 9 maanden"),
            ("2027‑01–01", "2027-01-01"),
            ("“ja”", "\"ja\""),
            ("ｈｏｏｇ１", "hoog1"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
        assert_eq!(Odd::first_in("één"), None);
        assert_eq!(Odd::first_in("’s"), Odd::of('’'));
    }

    #[test]
    fn a_blank_text_shows_nothing() {
        assert!(["", " \t\n", "\u{a0}\u{200b}"].into_iter().all(is_blank));
        assert!(!is_blank(" - "));
    }
}
