//! Days, periods, moments and rhythms.

use std::borrow::Cow;
use std::fmt;

use jiff::Span;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};

use super::scalar::scalar_serde;
use super::{OneOrMany, Scalar};

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// "dag"
    Day,
    /// "week"
    Week,
    /// "maand"
    Month,
    /// "kwartaal": three months
    Quarter,
    /// "jaar"
    Year,
}

impl Unit {
    /// Every unit with its singular and plural.
    const NAMES: [(Self, &'static str, &'static str); 5] = [
        (Self::Day, "dag", "dagen"),
        (Self::Week, "week", "weken"),
        (Self::Month, "maand", "maanden"),
        (Self::Quarter, "kwartaal", "kwartalen"),
        (Self::Year, "jaar", "jaren"),
    ];

    fn parse(word: &str) -> Option<Self> {
        Self::NAMES
            .iter()
            .find(|(_, one, many)| *one == word || *many == word)
            .map(|(unit, ..)| *unit)
    }

    /// How the unit is written behind that many; a year is written `2 jaar`.
    fn written(self, amount: u16) -> &'static str {
        Self::NAMES
            .iter()
            .find(|(unit, ..)| *unit == self)
            .map_or("", |(_, one, many)| {
                if amount == 1 || self == Self::Year {
                    one
                } else {
                    many
                }
            })
    }
}

/// A length of time ("duur"), such as `6 weken`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    amount: u16,
    unit: Unit,
}

impl Period {
    /// How many of the unit.
    #[must_use]
    pub const fn amount(self) -> u16 {
        self.amount
    }

    /// The day that lies this long, `times` over, after `day`. Months clamp to their last day: 31 January and a month
    /// is 28 or 29 February. `None` past the end of the calendar.
    #[must_use]
    pub fn after(self, day: Date, times: u32) -> Option<Date> {
        let amount = i64::from(self.amount) * i64::from(times);
        let span = match self.unit {
            Unit::Day => Span::new().try_days(amount),
            Unit::Week => Span::new().try_weeks(amount),
            Unit::Month => Span::new().try_months(amount),
            Unit::Quarter => Span::new().try_months(amount * 3),
            Unit::Year => Span::new().try_years(amount),
        };
        day.checked_add(span.ok()?).ok()
    }
}

impl Scalar for Period {
    const KIND: &'static str = "duur";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let lower = text.to_lowercase();
        let mut words = lower.split_whitespace();
        let (Some(amount), Some(unit), None) = (words.next(), words.next(), words.next()) else {
            return Err(Self::KIND);
        };
        let amount = amount
            .parse()
            .ok()
            .filter(|_| amount.bytes().all(|b| b.is_ascii_digit()) && amount.len() <= 4);
        match (amount, Unit::parse(unit)) {
            (Some(amount), Some(unit)) => Ok(Self { amount, unit }),
            _ => Err(Self::KIND),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit.written(self.amount))
    }
}

/// Reads a day, written `2026-09-01`.
fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let is_iso = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| {
            if at == 4 || at == 7 {
                b == b'-'
            } else {
                b.is_ascii_digit()
            }
        });
    if is_iso { text.parse().ok() } else { None }
}

impl Scalar for Day {
    const KIND: &'static str = "datum";

    fn parse(text: &str) -> Result<Self, &'static str> {
        parse_date(text).map(Self).ok_or(Self::KIND)
    }
}

/// A day ("datum"), written `2026-09-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    /// The day in the calendar.
    #[must_use]
    pub const fn date(self) -> Date {
        self.0
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A point in time ("tijdstip"): a day, or `na 3 maanden`, counted from the start of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// A day.
    On(Date),
    /// So long after `plan.start`.
    After(Period),
}

impl Moment {
    /// The day itself. `None` when it counts from a start that is not known.
    #[must_use]
    pub fn date(self, start: Option<Date>) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::After(period) => period.after(start?, 1),
        }
    }

    /// Whether the day depends on the start of the plan.
    #[must_use]
    pub const fn counts_from_start(self) -> bool {
        matches!(self, Self::After(_))
    }
}

impl Scalar for Moment {
    const KIND: &'static str = "tijdstip";

    fn parse(text: &str) -> Result<Self, &'static str> {
        if let Some(date) = parse_date(text) {
            return Ok(Self::On(date));
        }
        let lower = text.trim().to_lowercase();
        let period = lower.strip_prefix("na ").ok_or(Self::KIND)?;
        Period::parse(period)
            .map(Self::After)
            .map_err(|_| Self::KIND)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => date.fmt(f),
            Self::After(period) => write!(f, "na {period}"),
        }
    }
}

/// The term of a goal ("termijn"): a day, or a length of time that counts from the start of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// A day.
    On(Date),
    /// Within so long after `plan.start`.
    Within(Period),
}

impl Term {
    /// The last day of the term. `None` when it counts from a start that is not known.
    #[must_use]
    pub fn date(self, start: Option<Date>) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::Within(period) => period.after(start?, 1),
        }
    }

    /// Whether the day depends on the start of the plan.
    #[must_use]
    pub const fn counts_from_start(self) -> bool {
        matches!(self, Self::Within(_))
    }
}

impl Scalar for Term {
    const KIND: &'static str = "termijn";

    fn parse(text: &str) -> Result<Self, &'static str> {
        match parse_date(text) {
            Some(date) => Ok(Self::On(date)),
            None => Period::parse(text)
                .map(Self::Within)
                .map_err(|_| Self::KIND),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => date.fmt(f),
            Self::Within(period) => period.fmt(f),
        }
    }
}

/// One part of a rhythm: once, or again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RhythmPart {
    /// Once.
    Once(Moment),
    /// Every so often, first so long after `plan.start`, until `plan.einde` or until so long after the start.
    Every {
        /// How often.
        period: Period,
        /// Until when, that day included.
        until: Option<Period>,
    },
}

impl RhythmPart {
    /// Whether its days depend on the start of the plan.
    #[must_use]
    pub const fn counts_from_start(self) -> bool {
        match self {
            Self::Once(moment) => moment.counts_from_start(),
            Self::Every { .. } => true,
        }
    }

    /// Its days in order. A rhythm without an end of its own stops at `end`; without that either it has its first day only.
    pub fn dates(self, start: Option<Date>, end: Option<Date>) -> impl Iterator<Item = Date> {
        let (once, every) = match self {
            Self::Once(moment) => (moment.date(start), None),
            Self::Every { period, until } => (None, start.map(|start| (start, period, until))),
        };
        let repeated = every.into_iter().flat_map(move |(start, period, until)| {
            let last = until
                .and_then(|until| until.after(start, 1))
                .into_iter()
                .chain(end)
                .min();
            (1..)
                .map_while(move |times| period.after(start, times))
                .enumerate()
                .take_while(move |(nr, day)| last.map_or(*nr == 0, |last| *day <= last))
                .map(|(_, day)| day)
        });
        once.into_iter().chain(repeated)
    }
}

impl Scalar for RhythmPart {
    const KIND: &'static str = "ritme";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let lower = text.trim().to_lowercase();
        let Some(every) = lower.strip_prefix("elke ") else {
            return Moment::parse(&lower)
                .map(Self::Once)
                .map_err(|_| Self::KIND);
        };
        let (period, until) = match every.split_once(" tot ") {
            Some((period, until)) => (period, Some(until)),
            None => (every, None),
        };
        let period = Period::parse(period).map_err(|_| Self::KIND)?;
        let until = until
            .map(Period::parse)
            .transpose()
            .map_err(|_| Self::KIND)?;
        if period.amount == 0 {
            Err(Self::KIND)
        } else {
            Ok(Self::Every { period, until })
        }
    }
}

impl fmt::Display for RhythmPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once(moment) => moment.fmt(f),
            Self::Every {
                period,
                until: None,
            } => write!(f, "elke {period}"),
            Self::Every {
                period,
                until: Some(until),
            } => write!(f, "elke {period} tot {until}"),
        }
    }
}

/// When something happens ("ritme"): a moment, again and again, or a list of these. `na 1 maand, elke 3 maanden` is a
/// list of two as well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    parts: Vec<RhythmPart>,
    is_whole: bool,
}

impl Rhythm {
    /// The parts, in the author's order.
    #[must_use]
    pub fn parts(&self) -> &[RhythmPart] {
        &self.parts
    }

    /// Whether each part could be read.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Its first day.
    #[must_use]
    pub fn first(&self, start: Option<Date>, end: Option<Date>) -> Option<Date> {
        self.parts()
            .iter()
            .filter_map(|part| part.dates(start, end).next())
            .min()
    }
}

impl<'de> Deserialize<'de> for Rhythm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = OneOrMany::<RhythmRow>::deserialize(deserializer)?;
        let parts = rows.as_slice().iter().flat_map(|row| row.0.iter().copied());
        Ok(Self {
            parts: parts.collect(),
            is_whole: rows.is_whole(),
        })
    }
}

impl Serialize for Rhythm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.parts.serialize(serializer)
    }
}

/// One text of a rhythm: a part, or parts with commas between them.
struct RhythmRow(Vec<RhythmPart>);

impl Scalar for RhythmRow {
    const KIND: &'static str = RhythmPart::KIND;

    fn parse(text: &str) -> Result<Self, &'static str> {
        text.split(',')
            .map(RhythmPart::parse)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl<'de> Deserialize<'de> for RhythmRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::scalar::deserialize(deserializer)
    }
}

scalar_serde!(Period, Day, Moment, Term, RhythmPart);

/// The schema of a kind that is a text of a certain form.
macro_rules! text_schema {
    ($($kind:ty, $pattern:expr;)+) => {$(
        impl JsonSchema for $kind {
            fn schema_name() -> Cow<'static, str> {
                <$kind as Scalar>::KIND.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern })
            }
        }
    )+};
}

const DATE: &str = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
const UNIT: &str = "([dD]ag(en)?|[wW]e(ek|ken)|[mM]aand(en)?|[kK]warta(al|len)|[jJ]a(ar|ren))";

fn period() -> String {
    format!("[0-9]{{1,4}} +{UNIT}")
}

fn moment() -> String {
    format!("{DATE}|[nN]a +{}", period())
}

fn every() -> String {
    // Nothing comes back every 0 days.
    format!("[eE]lke +(?!0+ ){0}( +tot +{0})?", period())
}

text_schema! {
    Period, format!("^{}$", period());
    Day, format!("^{DATE}$");
    Moment, format!("^({})$", moment());
    Term, format!("^({DATE}|{})$", period());
    RhythmPart, format!("^({part})( *, *({part}))*$", part = format!("{}|{}", moment(), every()));
}

impl JsonSchema for Rhythm {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ritmes".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        OneOrMany::<RhythmPart>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn dates(rhythm: &str, end: Option<Date>) -> Vec<Date> {
        RhythmPart::parse(rhythm)
            .unwrap()
            .dates(Some(date(2027, 1, 31)), end)
            .collect()
    }

    #[test]
    fn a_period_has_a_number_and_a_unit() {
        for (text, written) in [
            ("6 weken", "6 weken"),
            ("1 weken", "1 week"),
            ("2 jaren", "2 jaar"),
            (" 3  Maanden ", "3 maanden"),
        ] {
            assert_eq!(
                Period::parse(text).map(|period| period.to_string()),
                Ok(written.to_owned())
            );
        }
        for text in [
            "",
            "weken",
            "zes weken",
            "-1 week",
            "+1 week",
            "1,5 jaar",
            "6 weken later",
            "6weken",
            "99999 dagen",
        ] {
            assert_eq!(Period::parse(text), Err("duur"), "{text}");
        }
    }

    #[test]
    fn a_month_after_the_last_of_january_is_the_last_of_february() {
        let month = Period::parse("1 maand").unwrap();
        assert_eq!(month.after(date(2027, 1, 31), 1), Some(date(2027, 2, 28)));
        assert_eq!(month.after(date(2028, 1, 31), 1), Some(date(2028, 2, 29)));
        assert_eq!(month.after(date(2028, 1, 31), 2), Some(date(2028, 3, 31)));
        assert_eq!(
            Period::parse("1 jaar").unwrap().after(date(2028, 2, 29), 1),
            Some(date(2029, 2, 28))
        );
        assert_eq!(
            Period::parse("9999 jaren")
                .unwrap()
                .after(date(2028, 2, 29), 1),
            None
        );
    }

    #[test]
    fn a_moment_is_a_day_or_counts_from_the_start() {
        let start = Some(date(2026, 9, 1));
        assert_eq!(
            Moment::parse("2026-12-24").unwrap().date(None),
            Some(date(2026, 12, 24))
        );
        assert_eq!(
            Moment::parse("na 2 kwartalen").unwrap().date(start),
            Some(date(2027, 3, 1))
        );
        assert_eq!(Moment::parse("na 3 maanden").unwrap().date(None), None);
        for text in [
            "3 maanden",
            "2026-02-30",
            "1-9-2026",
            "2026-9-1",
            "na",
            "20260901",
        ] {
            assert_eq!(Moment::parse(text), Err("tijdstip"), "{text}");
        }
    }

    #[test]
    fn a_rhythm_first_falls_one_period_after_the_start_and_stops_in_time() {
        assert_eq!(
            dates("elke 1 maand tot 3 maanden", None),
            [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]
        );
        assert_eq!(
            dates("elke 2 weken", Some(date(2027, 2, 28))),
            [date(2027, 2, 14), date(2027, 2, 28)]
        );
        assert_eq!(dates("elke 1 jaar", Some(date(2027, 12, 31))), []);
        assert_eq!(dates("elke 1 jaar", None), [date(2028, 1, 31)]);
        assert_eq!(dates("na 1 week", None), [date(2027, 2, 7)]);
        assert_eq!(RhythmPart::parse("elke 0 dagen"), Err("ritme"));
    }

    #[test]
    fn a_rhythm_may_be_a_row_of_parts() {
        let parts = |text| RhythmRow::parse(text).map(|row| row.0.len());
        assert_eq!(parts("na 1 maand, elke 3 maanden"), Ok(2));
        assert_eq!(parts("2027-03-01"), Ok(1));
        assert_eq!(parts("na 1 maand,"), Err("ritme"));
    }
}
