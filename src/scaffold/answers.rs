//! An author's answers for a new plan, and parsing of what was typed.

use jiff::civil::Date;

use crate::plan::Language;
use crate::plan::stakeholders::{Degree, StakeholderRole};
use crate::value::{Choice, Day, Scalar};
use crate::words::Words;

/// An author's answers about a plan. The new plan has a question for each missing one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answers {
    /// The title of the plan.
    pub title: Option<String>,
    /// The intervention that the plan is about.
    pub intervention: Option<String>,
    /// The organisations that implement it.
    pub organisations: Vec<String>,
    /// The first day of the implementation.
    pub start: Option<Date>,
    /// The groups involved.
    pub groups: Vec<Group>,
}

/// A group involved in the implementation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its role in the implementation.
    pub role: Option<StakeholderRole>,
    /// Its interest in a successful implementation.
    pub interest: Option<Degree>,
    /// Its influence on a successful implementation.
    pub influence: Option<Degree>,
}

impl Group {
    /// Parses `name:role:interest:influence`, of which only the name is required.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let group = Self {
            name: one_line(parts.next()?),
            role: choice(parts.next())?,
            interest: choice(parts.next())?,
            influence: choice(parts.next())?,
        };
        let is_whole = parts.next().is_none() && !group.name.is_empty();
        is_whole.then_some(group)
    }
}

/// Parses an optional choice. The outer option is `None` for a word that is not a choice.
#[allow(
    clippy::option_option,
    reason = "no word is not the same as a wrong word"
)]
fn choice<T: Choice>(word: Option<&str>) -> Option<Option<T>> {
    match word.unwrap_or_default().trim().to_lowercase().as_str() {
        "" => Some(None),
        word => T::parse(word).map(Some),
    }
}

/// Puts a text on one line, without the characters that a plan file cannot contain.
#[must_use]
pub fn one_line(text: &str) -> String {
    let is_none = |c: char| c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    let text = text.replace(is_none, " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Parses a day as people write it: `2026-09-01`, `1-9-2026`, `1 september 2026`. Slashes are rejected, because the order of
/// day and month differs between countries.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let text = text.trim().to_lowercase();
    if let Ok(day) = Day::parse(&text) {
        return Some(day.date());
    }
    let parts: Vec<&str> = if text.contains('-') {
        text.split('-').map(str::trim).collect()
    } else {
        text.split_whitespace().collect()
    };
    let [day, month, year] = parts.as_slice() else {
        return None;
    };
    let month = number(month, 2).or_else(|| month_named(month).map(i16::from))?;
    // A year of two digits is more likely a typo.
    let year = number(year, 4).filter(|year| *year >= 1000)?;
    let day = i8::try_from(number(day, 2)?).ok()?;
    Date::new(year, i8::try_from(month).ok()?, day).ok()
}

/// Parses a number of at most so many digits.
fn number(text: &str, digits: usize) -> Option<i16> {
    let is_number = text.len() <= digits && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

/// The number of a month, by its name in any language.
fn month_named(name: &str) -> Option<i8> {
    let languages = [Language::Dutch, Language::English].map(Words::of);
    (1..=12).find(|month| {
        let mut names = languages.iter().map(|words| words.month(*month));
        names.any(|known| known.to_lowercase() == name)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn parses_days_as_people_write_them() {
        for text in [
            "2026-09-01",
            "1-9-2026",
            " 01-09-2026 ",
            "1 september 2026",
            "1 September  2026",
            "1 - 9 - 2026",
            "2026-9-1",
            "1 sept 2026",
        ] {
            assert_eq!(day(text), Some(date(2026, 9, 1)), "{text}");
        }
        assert_eq!(day("3 mei 2027"), day("3 May 2027"));
        for text in [
            "",
            "morgen",
            "31-2-2026",
            "1-9-26",
            "1/9/2026",
            "9-2026",
            "-1-9-2026",
            "1-13-2026",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn parses_groups() {
        use Degree::{High, Low};
        use StakeholderRole::Implementer;

        let group = |name: &str, role, interest, influence| {
            Some(Group {
                name: name.to_owned(),
                role,
                interest,
                influence,
            })
        };
        let team = group("Team Zuid", Some(Implementer), Some(High), Some(Low));
        for (text, expected) in [
            ("Consulenten", group("Consulenten", None, None, None)),
            (" Team  Zuid : Uitvoerder:veel :weinig", team),
            (
                "Bewoners:::weinig",
                group("Bewoners", None, None, Some(Low)),
            ),
        ] {
            assert_eq!(Group::parse(text), expected);
        }
        for text in [
            "",
            ":uitvoerder",
            "a:baas",
            "a:uitvoerder:heel veel",
            "a:uitvoerder:veel:veel:veel",
        ] {
            assert_eq!(Group::parse(text), None, "{text}");
        }
    }

    #[test]
    fn puts_text_on_one_line() {
        let text = " a\tb\r\n\u{1b}[1m c\u{2028}d\u{85}\u{feff}";
        assert_eq!(one_line(text), "a b [1m c d");
    }
}
