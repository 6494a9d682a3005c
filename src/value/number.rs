//! Amounts, numbers and counts.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};

use super::Scalar;
use super::scalar::scalar_serde;

/// An amount in euros ("bedrag"), exact to the cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Money(Decimal);

impl Money {
    /// The kind of an amount that could mean two, such as `4.500`.
    pub const AMBIGUOUS: &'static str = "bedrag_dubbelzinnig";

    /// Amounts stay below this, so that no sum or product of a plan can overflow: a billion euros.
    const LIMIT: i64 = 1_000_000_000;

    /// The amount in euros.
    #[must_use]
    pub const fn euros(self) -> Decimal {
        self.0
    }

    /// The two amounts that an ambiguous text could mean: whole euros, and euros with cents.
    #[must_use]
    pub fn both_readings(text: &str) -> Option<(Decimal, Decimal)> {
        let text = without_euro_sign(text);
        let whole = Decimal::from_str(&text.replace(['.', ','], "")).ok()?;
        let cents = Decimal::from_str(&text.replace(',', ".")).ok()?;
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

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

impl Scalar for Money {
    const KIND: &'static str = "bedrag";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let text = without_euro_sign(text);
        // `€ 4.500,-` has its cents, so the dot can only be between thousands.
        let text = &text
            .strip_suffix(",-")
            .map_or_else(|| text.to_owned(), |whole| format!("{whole},00"));
        let separators: Vec<char> = text.chars().filter(|c| matches!(c, '.' | ',')).collect();
        let plain = match separators.as_slice() {
            [one] if is_grouped(text, *one) && text.contains(*one) => return Err(Self::AMBIGUOUS),
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
        let (euros, cents) = plain.split_once('.').unwrap_or((&plain, "0"));
        if !is_digits(euros) || !is_digits(cents) || cents.len() > 2 {
            return Err(Self::KIND);
        }
        let amount = Decimal::from_str(&plain).map_err(|_| Self::KIND)?;
        if amount >= Decimal::from(Self::LIMIT) {
            Err("bedrag_te_groot")
        } else {
            Ok(Self(amount))
        }
    }
}

impl fmt::Display for Money {
    /// As other programs read it: `4500.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.2}",
            self.0
                .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero)
        )
    }
}

scalar_serde!(Money);

/// An amount without dots between its thousands.
const PLAIN: &str = "[0-9]{1,9}([.,][0-9]{1,2}|,-)?";
/// An amount with dots between its thousands: with cents, or with so many dots that they can be nothing else.
const GROUPED: &str = r"[1-9][0-9]{0,2}((\.[0-9]{3}){1,2}(,[0-9]{1,2}|,-)|(\.[0-9]{3}){2})";

impl JsonSchema for Money {
    fn schema_name() -> Cow<'static, str> {
        Self::KIND.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["number", "string"],
            "minimum": 0,
            "exclusiveMaximum": Self::LIMIT,
            "pattern": format!("^(€ *)?({PLAIN}|{GROUPED})$"),
        })
    }
}

/// A number that may have decimals ("getal"), such as hours per person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Number(Decimal);

impl From<Decimal> for Number {
    fn from(number: Decimal) -> Self {
        Self(number)
    }
}

impl Number {
    /// Numbers stay below this, so that no sum or product of a plan can overflow.
    const LIMIT: i64 = 1_000_000;

    /// The number.
    #[must_use]
    pub const fn value(self) -> Decimal {
        self.0
    }
}

impl Scalar for Number {
    const KIND: &'static str = "getal";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let text = text.trim().replace(',', ".");
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, "0"));
        if !is_digits(whole) || !is_digits(decimals) || decimals.len() > 6 {
            return Err(Self::KIND);
        }
        let number = Decimal::from_str(&text).map_err(|_| Self::KIND)?;
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
    /// As a number: the templates and other programs reckon with it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.0.to_f64().unwrap_or_default())
    }
}

impl<'de> serde::Deserialize<'de> for Number {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::scalar::deserialize(deserializer)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        Self::KIND.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["number", "string"],
            "minimum": 0,
            "exclusiveMaximum": Self::LIMIT,
            "pattern": "^[0-9]{1,6}([.,][0-9]{1,6})?$",
        })
    }
}

/// A whole number ("geheel getal"), such as how many people a group has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Count(u32);

impl Count {
    /// The kind of a whole number that is written as `1.0`.
    pub const WITH_POINT: &'static str = "geheel_getal_met_punt";

    /// Counts stay at or below this, so that no sum or product of a plan can overflow.
    const LIMIT: u32 = 1_000_000;

    /// The number.
    #[must_use]
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
            && !decimals.is_empty()
            && decimals.bytes().all(|digit| digit == b'0')
        {
            return Err(Self::WITH_POINT);
        }
        let number = if is_digits(text) {
            text.parse().ok()
        } else {
            None
        };
        number
            .filter(|number| *number <= Self::LIMIT)
            .map(Self)
            .ok_or(Self::KIND)
    }
}

impl<'de> serde::Deserialize<'de> for Count {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::scalar::deserialize(deserializer)
    }
}

impl JsonSchema for Count {
    fn schema_name() -> Cow<'static, str> {
        Self::KIND.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["integer", "string"],
            "minimum": 0,
            "maximum": Self::LIMIT,
            "pattern": "^(0*[0-9]{1,6}|1000000)$",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(text: &str) -> Result<String, &'static str> {
        Money::parse(text).map(|money| money.to_string())
    }

    #[test]
    fn an_amount_is_read_as_it_is_written_in_the_netherlands() {
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
    fn an_amount_that_could_mean_two_is_refused_with_both() {
        for text in ["4.500", "4,500", "€ 4.500"] {
            assert_eq!(euros(text), Err(Money::AMBIGUOUS), "{text}");
            let (whole, cents) = Money::both_readings(text).unwrap();
            assert_eq!(
                (whole, cents),
                (Decimal::from(4500), Decimal::new(45, 1)),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in [
            "",
            "veel",
            "-5",
            "4500.505",
            "1.2.3",
            "4500 euro",
            "1e5",
            "4,500.50",
            ".",
        ] {
            assert_eq!(euros(text), Err(Money::KIND), "{text}");
        }
        assert_eq!(euros("1000000000"), Err("bedrag_te_groot"));
    }

    #[test]
    fn a_number_has_a_comma_or_a_point() {
        assert_eq!(Number::parse("1,5"), Number::parse("1.5"));
        assert_eq!(
            Number::parse("1.5").map(|number| number.to_string()),
            Ok("1.5".to_owned())
        );
        assert_eq!(
            Number::parse("8.0").map(|number| number.to_string()),
            Ok("8".to_owned())
        );
        for text in ["", "-1", "anderhalf", "1.", ".5", "1e3"] {
            assert_eq!(Number::parse(text), Err("getal"), "{text}");
        }
    }

    #[test]
    fn a_count_is_whole() {
        assert_eq!(Count::parse("12").map(Count::value), Ok(12));
        for text in ["", "1,5", "-1", "+1", "twaalf", "99999999999"] {
            assert!(Count::parse(text).is_err(), "{text}");
        }
    }
}
