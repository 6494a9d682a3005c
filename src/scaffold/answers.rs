//! An author's answers for a new plan, and parsing of what was typed.

use jiff::civil::Date;

use crate::plan::stakeholders::{Degree, StakeholderRole};
use crate::value::{Choice, Day, Scalar};

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
    match word.unwrap_or_default().trim() {
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

/// Parses a day as a plan file does. The error is the kind of value that it is not.
pub fn day(text: &str) -> Result<Date, &'static str> {
    Day::parse(text.trim()).map(Day::date)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn parses_days_as_the_plan_does() {
        for text in [
            "2026-09-01",
            " 1-9-2026 ",
            "1 september 2026",
            "1 September  2026",
            "1 sep 2026",
        ] {
            assert_eq!(day(text), Ok(date(2026, 9, 1)), "{text}");
        }
        for (text, kind) in [
            ("", "datum"),
            ("morgen", "datum"),
            ("1/9/2026", "datum"),
            ("31-2-2026", "dag_bestaat_niet"),
            ("september 2026", "datum_zonder_dag"),
        ] {
            assert_eq!(day(text), Err(kind), "{text}");
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
