//! Norms and quantities: the number and unit that a norm, a baseline ("nulmeting") or a measured value begins with.
//!
//! `80% van de trajecten` is 80 percent, `20 gesprekken per maand` is 20 conversations. Only the beginning is read.

mod bounds;
mod stem;

use std::str::FromStr;

use rust_decimal::Decimal;

use super::{Number, plain};
use bounds::past_bound;
use stem::stem;

/// A norm for a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Norm {
    /// An outcome of yes or no: `ja/nee`.
    YesNo,
    /// A number to reach.
    Number(Quantity),
}

impl Norm {
    /// Reads a norm; `None` if it neither begins with a number nor is `ja/nee`.
    pub fn of(text: &str) -> Option<Self> {
        let bare: String = text.split_whitespace().collect::<String>().to_lowercase();
        if YES_OR_NO.contains(&bare.as_str()) {
            Some(Self::YesNo)
        } else {
            Quantity::of(text).map(Self::Number)
        }
    }

    /// The number to reach, if any.
    pub const fn number(&self) -> Option<&Quantity> {
        match self {
            Self::Number(quantity) => Some(quantity),
            Self::YesNo => None,
        }
    }

    /// Whether a measured value is in the norm's unit; `None` if the value is neither a number nor yes or no.
    pub fn fits(&self, value: &str) -> Option<bool> {
        let quantity = Quantity::of(value);
        let value = value.trim().to_lowercase();
        let is_answer = YES_OR_NO
            .iter()
            .any(|both| *both == value || both.split('/').any(|answer| answer == value));
        match (self, quantity) {
            (Self::Number(target), Some(measured)) => Some(target.has_unit_of(&measured)),
            (Self::YesNo, Some(_)) => Some(false),
            (_, None) => is_answer.then_some(*self == Self::YesNo),
        }
    }
}

/// The norm of a goal that is reached or not.
const YES_OR_NO: [&str; 2] = ["ja/nee", "yes/no"];

/// A number with its unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The number; of `3 tot 5` the first.
    pub number: Decimal,
    /// The unit; `None` if no word follows.
    pub unit: Option<Unit>,
    /// The stem of the word behind a unit in words: of `5 nieuwe gesprekken` that of "gesprekken".
    next: Option<String>,
    /// The stem of the word behind `per`: of `20 gesprekken per maand` that of "maand".
    per: Option<String>,
    /// Whether the number is a maximum: `hoogstens 10%`.
    pub is_maximum: bool,
}

/// The unit of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unit {
    /// `%` or `procent`.
    Percent,
    /// `€` or `euro`.
    Euro,
    /// Another word, by its stem, so that singular and plural are one.
    Word(String),
}

impl Quantity {
    /// Reads the number that a text begins with, after words such as `minstens`.
    pub fn of(text: &str) -> Option<Self> {
        let text = plain(text);
        let (is_maximum, text) = past_bound(&text);
        let amount = text.strip_prefix('€').map_or(text, str::trim_start);
        let (number, rest) = number(amount)?;
        let rest = past_range(rest);
        let (unit, rest) = if amount.len() < text.len() {
            (Some(Unit::Euro), rest)
        } else {
            Unit::before(rest)
        };
        let next = match unit {
            Some(Unit::Word(_)) => words(rest).nth(1).filter(|word| !is_link(word)).map(stem),
            _ => None,
        };
        let per = words(rest)
            .skip_while(|word| !word.eq_ignore_ascii_case("per"))
            .nth(1)
            .map(stem);
        Some(Self {
            number,
            unit,
            next,
            per,
            is_maximum,
        })
    }

    /// The two readings of a number with a comma before three digits, such as `1,500 gesprekken`: thousands and decimals.
    pub fn both_readings(text: &str) -> Option<(Decimal, Decimal)> {
        let text = plain(text);
        let (_, text) = past_bound(&text);
        let text = text.strip_prefix('€').map_or(text, str::trim_start);
        let end = text.find(|c: char| !c.is_ascii_digit() && c != ',')?;
        let number = text.get(..end)?;
        let is_twofold = number.contains(',') && text.get(end..)?.starts_with(|c: char| c != '.');
        is_twofold.then(|| Number::both_readings(number))?
    }

    /// Whether both have the same unit: `%`, or the word after the number, with or without an adjective. Zero fits every
    /// unit, and a bare number fits every unit in words: "2 per maand" is in the unit of "10 gesprekken per maand".
    pub fn has_unit_of(&self, other: &Self) -> bool {
        if self.number.is_zero() || other.number.is_zero() {
            return true;
        }
        match (&self.unit, &other.unit) {
            (Some(Unit::Word(one)), Some(Unit::Word(two))) => {
                one == two
                    || self.next.as_ref() == Some(two)
                    || other.next.as_ref() == Some(one)
                    || (self.next.is_some() && self.next == other.next)
            }
            (Some(Unit::Word(_)), None) | (None, Some(Unit::Word(_))) => true,
            (one, two) => one == two,
        }
    }

    /// Whether the numbers are comparable: in the same unit, and not one per week and the other per month.
    pub fn compares_with(&self, other: &Self) -> bool {
        let one_period = self.per.is_none() || other.per.is_none() || self.per == other.per;
        one_period && self.has_unit_of(other)
    }
}

impl Unit {
    /// The unit that a text begins with, and the text behind it; the whole text for a unit in words.
    fn before(text: &str) -> (Option<Self>, &str) {
        let start = text.trim_start();
        let sign = ["%", "per cent", "percent", "procent", "pct"]
            .iter()
            .find_map(|sign| {
                let rest = start.get(sign.len()..)?;
                let is_sign = start.get(..sign.len())?.eq_ignore_ascii_case(sign);
                let is_word = sign.ends_with('%') || !rest.starts_with(char::is_alphabetic);
                (is_sign && is_word).then_some(rest)
            });
        if let Some(rest) = sign {
            return (Some(Self::Percent), rest);
        }
        let unit = words(text)
            .next()
            .filter(|word| !word.eq_ignore_ascii_case("per"))
            .map(stem)
            .map(|stem| match stem.as_str() {
                "euro" | "eur" => Self::Euro,
                _ => Self::Word(stem),
            });
        (unit, text)
    }
}

/// The number that a text begins with, and what follows it.
///
/// A comma is a decimal separator, and so is a point unless three digits follow: `1.500 gesprekken` are 1500 conversations.
fn number(text: &str) -> Option<(Decimal, &str)> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let mut length = digits(unsigned);
    if length == 0 {
        return None;
    }
    let mut plain = unsigned.get(..length)?.to_owned();
    let mut has_decimals = false;
    while let Some(rest) = unsigned.get(length..)
        && let Some(after) = rest.strip_prefix(['.', ','])
    {
        let more = digits(after);
        let groups = rest.starts_with('.') && more == 3 && !plain.starts_with('0');
        if more == 0 || has_decimals {
            break;
        }
        if !groups {
            plain.push('.');
            has_decimals = true;
        }
        plain.push_str(after.get(..more)?);
        length += 1 + more;
    }
    let number = Decimal::from_str(&plain).ok()?;
    let number = if unsigned.len() < text.len() {
        -number
    } else {
        number
    };
    Some((number, unsigned.get(length..)?))
}

/// The text after the whole range, if the number was the first of one: after `3 tot 5` in `3 tot 5 gesprekken`.
fn past_range(text: &str) -> &str {
    let start = text.trim_start();
    let after = ["-", "/", "tot ", "to ", "à ", "a ", "of ", "or "]
        .iter()
        .find_map(|sign| start.strip_prefix(sign));
    after
        .and_then(|after| number(after.trim_start()))
        .map_or(text, |(_, rest)| rest)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// The words of a text, of letters only.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic() && c != '\'')
        .filter(|word| word.contains(char::is_alphabetic))
}

/// Whether a word links the unit to what follows, so that it is no noun behind an adjective.
fn is_link(word: &str) -> bool {
    const LINKS: [&str; 16] = [
        "per", "van", "in", "op", "bij", "met", "voor", "door", "aan", "binnen", "of", "with",
        "for", "by", "at", "within",
    ];
    LINKS.iter().any(|link| link.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(String, Option<Unit>)> {
        Quantity::of(text).map(|quantity| (quantity.number.to_string(), quantity.unit))
    }

    fn word(stem: &str) -> Unit {
        Unit::Word(stem.to_owned())
    }

    #[test]
    fn quantity_is_a_leading_number_with_a_unit() {
        for (text, number, unit) in [
            ("80% van de trajecten", "80", Some(Unit::Percent)),
            (" 80 % van de trajecten", "80", Some(Unit::Percent)),
            ("80 procent", "80", Some(Unit::Percent)),
            ("28 percent", "28", Some(Unit::Percent)),
            ("50 per cent of the cases", "50", Some(Unit::Percent)),
            ("5 percentielen", "5", Some(word("percentiel"))),
            ("minstens 80%", "80", Some(Unit::Percent)),
            ("Ten minste 60\u{a0}%", "60", Some(Unit::Percent)),
            ("≥50%", "50", Some(Unit::Percent)),
            ("> 80%", "80", Some(Unit::Percent)),
            ("at least 50%", "50", Some(Unit::Percent)),
            ("minimum of 50%", "50", Some(Unit::Percent)),
            ("no more than 3 cases", "3", Some(word("cas"))),
            ("hoogstens € 500", "500", Some(Unit::Euro)),
            ("ongeveer 30%", "30", Some(Unit::Percent)),
            ("5–10 gesprekken", "5", Some(word("gesprek"))),
            ("12,5%", "12.5", Some(Unit::Percent)),
            ("20 gesprekken per maand", "20", Some(word("gesprek"))),
            ("1,5 uur", "1.5", Some(word("ur"))),
            ("1.5 uur", "1.5", Some(word("ur"))),
            ("1.500 gesprekken", "1500", Some(word("gesprek"))),
            ("1.250.000 euro", "1250000", Some(Unit::Euro)),
            ("€ 1.250,50 per jaar", "1250.50", Some(Unit::Euro)),
            ("0.125 fte", "0.125", Some(word("ft"))),
            ("3 tot 5 gesprekken", "3", Some(word("gesprek"))),
            ("3-5 gesprekken", "3", Some(word("gesprek"))),
            ("2x per maand", "2", Some(word("x"))),
            ("-5 punten", "-5", Some(word("punt"))),
            ("20", "20", None),
            ("20.", "20", None),
        ] {
            assert_eq!(read(text), Some((number.to_owned(), unit)), "{text}");
        }
    }

    #[test]
    fn text_without_a_leading_number_is_no_quantity() {
        for text in [
            "",
            "minstens",
            "minstensheid 3",
            "overal 3",
            "zoveel mogelijk",
            "tachtig procent",
            "ja",
            "%",
            "€",
            "-",
            ",5",
        ] {
            assert_eq!(Norm::of(text), None, "{text}");
        }
    }

    #[test]
    fn norm_can_be_yes_or_no() {
        for text in ["ja/nee", "Ja / Nee", " JA/NEE ", "yes/no"] {
            assert_eq!(Norm::of(text), Some(Norm::YesNo), "{text}");
        }
        for text in ["nee", "ja of nee", "ja/nee/deels"] {
            assert_eq!(Norm::of(text), None, "{text}");
        }
    }

    #[test]
    fn a_maximum_is_told_by_its_words() {
        for (text, is_maximum) in [
            ("hoogstens 10%", true),
            ("Niet meer dan 3 klachten", true),
            ("≤ 5", true),
            ("minstens 10%", false),
            ("meer dan 10%", false),
            ("10%", false),
        ] {
            let read = Quantity::of(text).map(|quantity| quantity.is_maximum);
            assert_eq!(read, Some(is_maximum), "{text}");
        }
    }

    #[test]
    fn a_comma_before_three_digits_has_two_readings() {
        let readings = Some((Decimal::from(1500), Decimal::new(15, 1)));
        for text in ["1,500 gesprekken", "at least 1,500 cases"] {
            assert_eq!(Quantity::both_readings(text), readings, "{text}");
        }
        for text in [
            "1.500 gesprekken",
            "0,875 fte",
            "12,50%",
            "1,500.25",
            "3, 500",
            "1500",
        ] {
            assert_eq!(Quantity::both_readings(text), None, "{text}");
        }
    }

    #[test]
    fn singular_and_plural_are_the_same_unit() {
        for (one, many) in [
            ("gesprek", "gesprekken"),
            ("traject", "Trajecten"),
            ("huis", "huizen"),
            ("brief", "brieven"),
            ("week", "weken"),
            ("uur", "uren"),
            ("jaar", "jaren"),
            ("afspraak", "afspraken"),
            ("persoon", "personen"),
            ("medewerker", "medewerkers"),
            ("collega", "collega's"),
            ("collega", "collega’s"),
            ("cursus", "cursussen"),
            ("proces", "processen"),
            ("les", "lessen"),
            ("mens", "mensen"),
            ("gemeente", "gemeenten"),
            ("oudere", "ouderen"),
            ("sessie", "sessies"),
            ("categorie", "categorieën"),
            ("kind", "kinderen"),
            ("teamlid", "teamleden"),
            ("dag", "dagen"),
            ("keten", "ketens"),
            ("jongen", "jongens"),
            ("reden", "redenen"),
            ("month", "months"),
            ("case", "cases"),
        ] {
            assert_eq!(stem(one), stem(many), "{one}");
        }
    }

    #[test]
    fn different_words_are_different_units() {
        for (one, other) in [
            ("week", "maand"),
            ("gesprek", "traject"),
            ("dag", "dossier"),
            ("uur", "minuut"),
            ("man", "mens"),
        ] {
            assert_ne!(stem(one), stem(other), "{one}");
        }
    }

    #[test]
    fn value_unit_is_compared_with_the_norm() {
        for (norm, value, fits) in [
            ("80% van de trajecten", "10%", Some(true)),
            (
                "80% van de trajecten",
                "10 procent van de dossiers",
                Some(true),
            ),
            ("80% van de trajecten", "3 gesprekken", Some(false)),
            ("80% van de trajecten", "10", Some(false)),
            ("80% van de trajecten", "0", Some(true)),
            ("80% van de trajecten", "0 trajecten", Some(true)),
            ("binnen 5 werkdagen", "12 werkdagen", Some(true)),
            (
                "bij 80% van de trajecten",
                "in 20% van de trajecten",
                Some(true),
            ),
            ("gemiddeld een 7", "6,2", Some(true)),
            ("80% van de trajecten", "nee", Some(false)),
            ("80% van de trajecten", "onbekend", None),
            ("20 gesprekken per maand", "1 gesprek", Some(true)),
            ("20 gesprekken per maand", "5 nieuwe gesprekken", Some(true)),
            ("20 nieuwe gesprekken", "5 gesprekken", Some(true)),
            ("20 nieuwe gesprekken", "5 oude gesprekken", Some(true)),
            ("20 gesprekken per maand", "2 per maand", Some(true)),
            ("20 gesprekken", "5", Some(true)),
            (
                "20 gesprekken per maand",
                "5 trajecten per maand",
                Some(false),
            ),
            ("20 gesprekken in Elst", "5 trajecten in Elst", Some(false)),
            ("80%", "2 per maand", Some(false)),
            ("€ 500 per maand", "20 gesprekken", Some(false)),
            ("20", "10", Some(true)),
            ("€ 500", "300 euro", Some(true)),
            ("ja/nee", "Nee", Some(true)),
            ("ja/nee", "20%", Some(false)),
            ("ja/nee", "nog niet", None),
            ("yes/no", "No", Some(true)),
            ("at least 50%", "28 percent", Some(true)),
            ("50 per cent", "28 percent", Some(true)),
        ] {
            assert_eq!(Norm::of(norm).unwrap().fits(value), fits, "{norm}: {value}");
        }
    }

    #[test]
    fn per_week_and_per_month_are_not_comparable() {
        let compare = |one: &str, other: &str| {
            Quantity::of(one)
                .unwrap()
                .compares_with(&Quantity::of(other).unwrap())
        };
        assert!(compare("20 gesprekken per maand", "8 gesprekken per maand"));
        assert!(compare("20 gesprekken per maand", "8 gesprekken"));
        assert!(!compare("20 gesprekken per maand", "8 gesprekken per week"));
        assert!(!compare("20 gesprekken", "8%"));
    }
}
