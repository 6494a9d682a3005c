//! Amounts, numbers and counts.

use std::fmt;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};

use super::Scalar;
use super::scalar::{scalar, serialize_as_text};

/// An amount in euros ("bedrag"), exact to the cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(Decimal);

impl Money {
    /// The kind of an ambiguous amount, such as `4.500`.
    pub const AMBIGUOUS: &'static str = "bedrag_dubbelzinnig";

    /// Amounts are below a billion euros, so that no sum or product in a plan can overflow.
    const LIMIT: i64 = 1_000_000_000;

    pub const fn euros(self) -> Decimal {
        self.0
    }

    /// The two readings of an ambiguous amount: whole euros, and euros with cents.
    pub fn both_readings(text: &str) -> Option<(Decimal, Decimal)> {
        let text = without_euro_sign(text);
        let whole = text.replace(['.', ','], "").parse().ok()?;
        let cents = text.replace(',', ".").parse().ok()?;
        Some((whole, cents))
    }
}

impl From<Decimal> for Money {
    fn from(euros: Decimal) -> Self {
        Self(euros)
    }
}

fn without_euro_sign(text: &str) -> &str {
    text.trim().trim_start_matches('€').trim_start()
}

/// Whether the text is digits in groups of three: `4.500`, `1.250.000`.
fn is_grouped(text: &str, separator: char) -> bool {
    let mut groups = text.split(separator);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && is_digits(first)
        && groups.all(|group| group.len() == 3 && is_digits(group))
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Parses digits, with a point and at most `places` decimals behind it.
fn parse_decimal(text: &str, places: usize) -> Option<Decimal> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = is_digits(whole) && is_digits(decimals) && decimals.len() <= places;
    if is_number { text.parse().ok() } else { None }
}

impl Scalar for Money {
    const KIND: &'static str = "bedrag";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let text = without_euro_sign(text);
        // `€ 4.500,-` has its cents, so its dot can only separate thousands.
        let text = &text
            .strip_suffix(",-")
            .map_or_else(|| text.to_owned(), |whole| format!("{whole},00"));
        let separators: Vec<char> = text.chars().filter(|c| matches!(c, '.' | ',')).collect();
        let plain = match separators.as_slice() {
            [one] if is_grouped(text, *one) => return Err(Self::AMBIGUOUS),
            [] | ['.'] => text.to_owned(),
            [','] => text.replace(',', "."),
            [dots @ .., ','] if dots.iter().all(|c| *c == '.') => {
                let (euros, cents) = text.rsplit_once(',').ok_or(Self::KIND)?;
                if !is_grouped(euros, '.') {
                    return Err(Self::KIND);
                }
                format!("{}.{cents}", euros.replace('.', ""))
            }
            dots if dots.iter().all(|c| *c == '.') && is_grouped(text, '.') => {
                text.replace('.', "")
            }
            _ => return Err(Self::KIND),
        };
        let amount = parse_decimal(&plain, 2).ok_or(Self::KIND)?;
        if amount >= Decimal::from(Self::LIMIT) {
            Err("bedrag_te_groot")
        } else {
            Ok(Self(amount))
        }
    }
}

impl fmt::Display for Money {
    /// Writes the form that other programs read: `4500.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rounded = RoundingStrategy::MidpointAwayFromZero;
        write!(f, "{:.2}", self.0.round_dp_with_strategy(2, rounded))
    }
}

/// An amount without dots between its thousands.
const PLAIN: &str = "[0-9]{1,9}([.,][0-9]{1,2}|,-)?";
/// An amount with dots between its thousands: one with cents, or with two dots, so that it is not ambiguous.
const GROUPED: &str = r"[1-9][0-9]{0,2}((\.[0-9]{3}){1,2}(,[0-9]{1,2}|,-)|(\.[0-9]{3}){2})";

/// A number that may have decimals ("getal"), such as hours per person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Number(Decimal);

impl From<Decimal> for Number {
    fn from(number: Decimal) -> Self {
        Self(number)
    }
}

impl Number {
    /// Numbers are below this, so that no sum or product in a plan can overflow.
    const LIMIT: i64 = 1_000_000;

    pub const fn value(self) -> Decimal {
        self.0
    }
}

impl Scalar for Number {
    const KIND: &'static str = "getal";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let number = parse_decimal(&text.trim().replace(',', "."), 6).ok_or(Self::KIND)?;
        if number >= Decimal::from(Self::LIMIT) {
            Err("getal_te_groot")
        } else {
            Ok(Self(number))
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl Serialize for Number {
    /// Writes a number, for the arithmetic of templates and other programs.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0.to_f64().unwrap_or_default())
    }
}

/// A whole number ("geheel getal"), such as the number of people in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Count(u32);

impl Count {
    /// The kind of a whole number that is written as `1.0`.
    pub const WITH_POINT: &'static str = "geheel_getal_met_punt";

    /// Counts are at most this, so that no sum or product in a plan can overflow.
    const LIMIT: u32 = 1_000_000;

    pub const fn value(self) -> u32 {
        self.0
    }
}

impl Scalar for Count {
    const KIND: &'static str = "geheel_getal";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if let Some((whole, decimals)) = text.split_once(['.', ','])
            && is_digits(whole)
            && is_digits(decimals)
            && decimals.bytes().all(|digit| digit == b'0')
        {
            return Err(Self::WITH_POINT);
        }
        match text.parse() {
            Ok(number) if is_digits(text) && number <= Self::LIMIT => Ok(Self(number)),
            _ => Err(Self::KIND),
        }
    }
}

serialize_as_text!(Money);
scalar! {
    Money => {
        "type": ["number", "string"],
        "minimum": 0,
        "exclusiveMaximum": Self::LIMIT,
        "pattern": format!("^(€ *)?({PLAIN}|{GROUPED})$"),
    }
    Number => {
        "type": ["number", "string"],
        "minimum": 0,
        "exclusiveMaximum": Self::LIMIT,
        "pattern": "^[0-9]{1,6}([.,][0-9]{1,6})?$",
    }
    Count => {
        "type": ["integer", "string"],
        "minimum": 0,
        "maximum": Self::LIMIT,
        "pattern": "^(0*[0-9]{1,6}|1000000)$",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(text: &str) -> Result<String, &'static str> {
        Money::parse(text).map(|money| money.to_string())
    }

    #[test]
    fn amounts_are_read_as_written_in_the_netherlands() {
        for (text, amount) in [
            ("4500", "4500.00"),
            ("4500.50", "4500.50"),
            ("4500,5", "4500.50"),
            ("€ 4.500,50", "4500.50"),
            ("€4500", "4500.00"),
            ("€ 4.500,-", "4500.00"),
            ("1.250.000", "1250000.00"),
            ("0.05", "0.05"),
        ] {
            assert_eq!(euros(text), Ok(amount.to_owned()), "{text}");
        }
    }

    #[test]
    fn ambiguous_amounts_are_rejected_with_both_readings() {
        for text in ["4.500", "4,500", "€ 4.500"] {
            assert_eq!(euros(text), Err(Money::AMBIGUOUS), "{text}");
            let readings = (Decimal::from(4500), Decimal::new(45, 1));
            assert_eq!(Money::both_readings(text), Some(readings), "{text}");
        }
    }

    #[test]
    fn invalid_amounts_are_rejected() {
        #[rustfmt::skip]
        let texts = ["", "veel", "-5", "4500.505", "1.2.3", "4500 euro", "1e5", "4,500.50", "."];
        for text in texts {
            assert_eq!(euros(text), Err(Money::KIND), "{text}");
        }
        assert_eq!(euros("1000000000"), Err("bedrag_te_groot"));
    }

    #[test]
    fn numbers_have_a_comma_or_a_point() {
        for (text, number) in [("1,5", "1.5"), ("1.5", "1.5"), ("8.0", "8")] {
            let written = Number::parse(text).map(|number| number.to_string());
            assert_eq!(written, Ok(number.to_owned()));
        }
        assert_eq!(Number::parse("1,5"), Number::parse("1.5"));
        for text in ["", "-1", "anderhalf", "1.", ".5", "1e3"] {
            assert_eq!(Number::parse(text), Err("getal"), "{text}");
        }
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(Count::parse("12").map(Count::value), Ok(12));
        for text in ["", "1,5", "-1", "+1", "twaalf", "99999999999"] {
            assert!(Count::parse(text).is_err(), "{text}");
        }
    }
}
