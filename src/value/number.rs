//! Amounts, numbers and counts.

use std::borrow::Cow;
use std::fmt;

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Serialize, Serializer};

use super::Scalar;
use super::scalar::{HYPHEN, any_case, scalar, serialize_as_text, unquoted};

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
        match Written::of(Amount::of(text).number)? {
            Written::Twice { whole, decimal } => Some((whole, decimal)),
            Written::Once(_) => None,
        }
    }
}

impl From<Decimal> for Money {
    fn from(euros: Decimal) -> Self {
        Self(euros)
    }
}

/// An amount as it was written, in plain characters.
struct Amount<'t> {
    number: Cow<'t, str>,
    /// Whether a euro sign or the word stands beside it, or a dash for its cents: a point is then one between thousands.
    is_euros: bool,
    has_dash: bool,
}

impl<'t> Amount<'t> {
    fn of(text: &'t str) -> Self {
        if is_digits(text) {
            return Self {
                number: Cow::Borrowed(text),
                is_euros: false,
                has_dash: false,
            };
        }
        let plain = unquoted(text).to_lowercase();
        let mut number = plain.as_str();
        for strip in [str::strip_prefix, str::strip_suffix] {
            if let Some(rest) = EUROS.iter().find_map(|euro| strip(number, euro)) {
                number = rest.trim();
            }
        }
        let is_euros = number.len() < plain.len();
        let whole = number.trim_end_matches(['-', '=']);
        let whole = Some(whole)
            .filter(|whole| whole.len() < number.len())
            .and_then(|whole| whole.strip_suffix([',', '.']));
        Self {
            number: whole.unwrap_or(number).to_owned().into(),
            is_euros,
            has_dash: whole.is_some(),
        }
    }
}

/// The kind of an amount with two euro signs, such as `€€50`: one of them may stand for a digit.
pub(crate) const TWO_EUROS: &str = "bedrag_met_twee_eurotekens";

/// The signs and words for euros, the longest first.
const EUROS: [&str; 4] = ["euro's", "euro", "eur", "€"];

/// A number in digits with separators.
enum Written {
    /// It has one meaning.
    Once(Decimal),
    /// A point or comma before three digits separates thousands or decimals.
    Twice { whole: Decimal, decimal: Decimal },
}

impl Written {
    fn of(text: impl AsRef<str>) -> Option<Self> {
        let text = text.as_ref();
        let mut separators = text.matches(|c: char| !c.is_ascii_digit());
        let Some(last) = separators.next_back() else {
            return plain_number(text).map(Self::Once);
        };
        let (whole, decimals) = text.rsplit_once(last)?;
        let Some(first) = separators.next() else {
            let decimal = plain_number(&format!("{whole}.{decimals}"));
            return match last {
                " " => grouped(text, " ").map(Self::Once),
                "." | "," => match grouped(text, last) {
                    Some(whole) => decimal.map(|decimal| Self::Twice { whole, decimal }),
                    None => decimal.map(Self::Once),
                },
                _ => None,
            };
        };
        if first == last {
            return grouped(text, first).map(Self::Once);
        }
        if !matches!(first, "." | "," | " ") || !matches!(last, "." | ",") {
            return None;
        }
        let whole = grouped(whole, first)?;
        plain_number(&format!("{whole}.{decimals}")).map(Self::Once)
    }
}

/// Parses digits in groups of three: `4.500`, `1.250.000`.
fn grouped(text: &str, separator: &str) -> Option<Decimal> {
    let mut groups = text.split(separator);
    let first = groups.next().unwrap_or_default();
    let is_grouped = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && is_digits(first)
        && groups.all(|group| group.len() == 3 && is_digits(group));
    if is_grouped {
        plain_number(&text.replace(separator, ""))
    } else {
        None
    }
}

/// Whether a text consists of ASCII digits.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Parses digits, with a point and decimals behind it or without.
fn plain_number(text: &str) -> Option<Decimal> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = is_digits(whole) && is_digits(decimals) && text.len() <= MAX_DIGITS;
    if is_number { text.parse().ok() } else { None }
}

/// The maximum length of a number: a longer one would be rounded.
const MAX_DIGITS: usize = 28;

impl Scalar for Money {
    const KIND: &'static str = "bedrag";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let Amount {
            number,
            is_euros,
            has_dash,
        } = Amount::of(text.trim());
        if number.contains('€') {
            return Err(TWO_EUROS);
        }
        let is_point = number.contains('.');
        let amount = match Written::of(number).ok_or(Self::KIND)? {
            Written::Once(amount) => amount,
            Written::Twice { whole, .. } if has_dash || (is_euros && is_point) => whole,
            Written::Twice { .. } => return Err(Self::AMBIGUOUS),
        };
        if amount.scale() > 2 || (has_dash && amount.scale() > 0) {
            Err(Self::KIND)
        } else if amount >= Decimal::from(Self::LIMIT) {
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

/// A number that may have decimals ("getal"), such as hours per person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Number(Decimal);

impl From<Decimal> for Number {
    fn from(number: Decimal) -> Self {
        Self(number)
    }
}

impl Number {
    /// The kind of an ambiguous number, such as `1.200`.
    pub const AMBIGUOUS: &'static str = "getal_dubbelzinnig";

    /// Numbers are below this, so that no sum or product in a plan can overflow.
    const LIMIT: i64 = 1_000_000;

    pub const fn value(self) -> Decimal {
        self.0
    }

    /// The two readings of an ambiguous number: whole, and with decimals.
    pub fn both_readings(text: &str) -> Option<(Decimal, Decimal)> {
        match Written::of(without_hours(text))? {
            Written::Twice { whole, decimal } => Some((whole, decimal)),
            Written::Once(_) => None,
        }
    }
}

/// The text of a number without the word for hours: all numbers in a plan are hours.
fn without_hours(text: &str) -> Cow<'_, str> {
    if is_digits(text) {
        return Cow::Borrowed(text);
    }
    let plain = unquoted(text).to_lowercase();
    let number = HOURS.iter().find_map(|hours| plain.strip_suffix(hours));
    number.unwrap_or(&plain).trim().to_owned().into()
}

const HOURS: [&str; 4] = ["uur", "uren", "hours", "hour"];

impl Scalar for Number {
    const KIND: &'static str = "getal";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let number = match Written::of(without_hours(text.trim())).ok_or(Self::KIND)? {
            Written::Once(number) => number,
            Written::Twice { .. } => return Err(Self::AMBIGUOUS),
        };
        if number.scale() > 6 {
            Err(Self::KIND)
        } else if number >= Decimal::from(Self::LIMIT) {
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
        let plain = unquoted(text);
        let text = plain.trim();
        // A whole number has no decimals, so a separator before three digits is one between thousands.
        let number = match Written::of(text).ok_or(Self::KIND)? {
            Written::Once(number) | Written::Twice { whole: number, .. } => number,
        };
        if number.scale() > 0 {
            let is_whole = number.fract().is_zero();
            return Err(if is_whole {
                Self::WITH_POINT
            } else {
                Self::KIND
            });
        }
        match number.to_u32() {
            Some(number) if number <= Self::LIMIT => Ok(Self(number)),
            _ => Err(Self::KIND),
        }
    }
}

/// The version of the file format ("versie").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FormatVersion(Count);

impl FormatVersion {
    pub const fn value(self) -> u32 {
        self.0.value()
    }
}

impl Scalar for FormatVersion {
    const KIND: &'static str = "formaatversie";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let number = Count::parse(text);
        number.map(Self).map_err(|kind| match kind {
            Count::WITH_POINT => kind,
            _ => Self::KIND,
        })
    }
}

/// Digits with separators between thousands, as a regular expression. There are at most so many groups.
fn thousands(separator: &str, groups: &str) -> String {
    format!("[1-9][0-9]{{0,2}}({separator}[0-9]{{3}}){groups}")
}

fn money_pattern() -> String {
    let dash = format!(",({HYPHEN}{{1,2}}|=)");
    let cents = "[0-9]{1,2}";
    let euro = format!("(€|{}('s|’s|{})?)", any_case("eur"), any_case("o"));
    let point = r"\.";
    let amount = [
        format!("[0-9]{{1,9}}([.,]{cents}|{dash})?"),
        format!("{}(,{cents}|{dash})", thousands(point, "{1,2}")),
        format!(r"{}(\.{cents}|{dash})", thousands(",", "{1,2}")),
        thousands(point, "{2}"),
        thousands(",", "{2}"),
        format!("{}([.,]{cents}|{dash})?", thousands(r"\s", "{1,2}")),
    ]
    .join("|");
    let euros = format!("{amount}|{}", thousands(point, ""));
    format!(r"^({amount}|{euro}\s*({euros})|({euro}\s*)?({euros})\s*{euro})$")
}

fn number_pattern() -> String {
    let decimals = "[0-9]{1,6}";
    let number = [
        "[0-9]{1,6}([.,]([0-9]{1,2}|[0-9]{4,6}))?".to_owned(),
        "(0[0-9]{0,5}|[0-9]{4,6})[.,][0-9]{3}".to_owned(),
        format!("{},{decimals}", thousands(r"\.", "")),
        format!(r"{}\.{decimals}", thousands(",", "")),
        format!(r"{}([.,]{decimals})?", thousands(r"\s", "")),
    ]
    .join("|");
    let hours = HOURS.map(any_case).join("|");
    format!(r"^({number})(\s*({hours}))?$")
}

fn count_pattern() -> String {
    let grouped = [r"\.", ",", r"\s"]
        .map(|separator| format!("{}|1({separator}000){{2}}", thousands(separator, "")));
    format!("^(0*[0-9]{{1,6}}|1000000|{})$", grouped.join("|"))
}

serialize_as_text!(Money);
scalar! {
    Money => {
        "type": ["number", "string"],
        "minimum": 0,
        "exclusiveMaximum": Self::LIMIT,
        "pattern": money_pattern(),
    }
    Number => {
        "type": ["number", "string"],
        "minimum": 0,
        "exclusiveMaximum": Self::LIMIT,
        "pattern": number_pattern(),
    }
    Count => {
        "type": ["integer", "string"],
        "minimum": 0,
        "maximum": Self::LIMIT,
        "pattern": count_pattern(),
    }
    FormatVersion => {
        "type": ["integer", "string"],
        "minimum": 0,
        "maximum": Count::LIMIT,
        "pattern": count_pattern(),
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
            ("1,250,000", "1250000.00"),
            ("0.05", "0.05"),
            ("4500 euro", "4500.00"),
            ("EUR 4500", "4500.00"),
            ("€ 4.500", "4500.00"),
            ("4.500 euro", "4500.00"),
            ("€\u{a0}3500,–", "3500.00"),
            ("€ 3500,—", "3500.00"),
            ("3500,=", "3500.00"),
            ("€4,500.50", "4500.50"),
            ("4 500,25", "4500.25"),
        ] {
            assert_eq!(euros(text), Ok(amount.to_owned()), "{text}");
        }
    }

    #[test]
    fn ambiguous_amounts_are_rejected_with_both_readings() {
        for text in ["4.500", "4,500", "€ 4,500"] {
            assert_eq!(euros(text), Err(Money::AMBIGUOUS), "{text}");
            let readings = (Decimal::from(4500), Decimal::new(45, 1));
            assert_eq!(Money::both_readings(text), Some(readings), "{text}");
        }
    }

    #[test]
    fn invalid_amounts_are_rejected() {
        #[rustfmt::skip]
        let texts = ["", "veel", "-5", "4500.505", "1.2.3", "1e5", "4,500.505", ".", "€", "ca. 3500", "12,50,-", "0.500"];
        for text in texts {
            assert_eq!(euros(text), Err(Money::KIND), "{text}");
        }
        assert_eq!(euros("1000000000"), Err("bedrag_te_groot"));
        for text in ["€€50", "€ €50", "50 €€"] {
            assert_eq!(euros(text), Err(TWO_EUROS), "{text}");
        }
    }

    #[test]
    fn numbers_have_a_comma_or_a_point() {
        for (text, number) in [
            ("1,5", "1.5"),
            ("1.5", "1.5"),
            ("8.0", "8"),
            ("0.875", "0.875"),
            ("0,875", "0.875"),
            ("1234,567", "1234.567"),
            ("1.200,5", "1200.5"),
            ("1,200.5", "1200.5"),
            ("1 200", "1200"),
            ("1,5 uur", "1.5"),
        ] {
            let written = Number::parse(text).map(|number| number.to_string());
            assert_eq!(written, Ok(number.to_owned()));
        }
        for text in ["1.200", "1,200"] {
            assert_eq!(Number::parse(text), Err(Number::AMBIGUOUS));
            let readings = (Decimal::from(1200), Decimal::new(12, 1));
            assert_eq!(Number::both_readings(text), Some(readings));
        }
        for text in ["", "-1", "anderhalf", "1.", ".5", "1e3"] {
            assert_eq!(Number::parse(text), Err("getal"), "{text}");
        }
    }

    #[test]
    fn counts_are_whole() {
        for (text, count) in [
            ("12", 12),
            ("41.000", 41_000),
            ("41,000", 41_000),
            ("41\u{a0}000", 41_000),
            ("1.000.000", 1_000_000),
        ] {
            assert_eq!(Count::parse(text).map(Count::value), Ok(count), "{text}");
        }
        assert_eq!(Count::parse("1.0"), Err(Count::WITH_POINT));
        for text in [
            "",
            "1,5",
            "1.50",
            "-1",
            "+1",
            "twaalf",
            "99999999999",
            "1.0000",
        ] {
            assert!(Count::parse(text).is_err(), "{text}");
        }
    }
}
