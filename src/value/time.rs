//! Days, periods, moments and rhythms.

use std::borrow::Cow;
use std::fmt;

use jiff::Span;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::{Deserialize, Deserializer};

use super::number::is_digits;
use super::scalar::{scalar, serialize_as_text};
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
    const ALL: [Self; 5] = [
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
    ];

    /// The unit's singular and plural.
    const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Day => ["dag", "dagen"],
            Self::Week => ["week", "weken"],
            Self::Month => ["maand", "maanden"],
            Self::Quarter => ["kwartaal", "kwartalen"],
            Self::Year => ["jaar", "jaren"],
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|unit| unit.names().contains(&word))
    }

    /// The unit's name after an amount; years are written `2 jaar`.
    fn written(self, amount: u16) -> &'static str {
        let [one, many] = self.names();
        if amount == 1 || self == Self::Year {
            one
        } else {
            many
        }
    }
}

/// A length of time ("duur"), such as `6 weken`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    amount: u16,
    unit: Unit,
}

impl Period {
    pub const fn amount(self) -> u16 {
        self.amount
    }

    /// The day that is `times` this period after `day`. Months clamp to their last day: a month after 31 January is 28 or
    /// 29 February. `None` past the end of the calendar.
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
        let is_amount = is_digits(amount) && amount.len() <= 4;
        match (amount.parse(), Unit::parse(unit)) {
            (Ok(amount), Some(unit)) if is_amount => Ok(Self { amount, unit }),
            _ => Err(Self::KIND),
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit.written(self.amount))
    }
}

/// Parses `2026-09-01`, the only form of a date in a plan.
fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let is_iso = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    if is_iso { text.parse().ok() } else { None }
}

/// A day ("datum"), written `2026-09-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(Date);

impl Day {
    pub const fn date(self) -> Date {
        self.0
    }
}

impl Scalar for Day {
    const KIND: &'static str = "datum";

    fn parse(text: &str) -> Result<Self, &'static str> {
        parse_date(text).map(Self).ok_or(Self::KIND)
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
    On(Date),
    /// A period after `plan.start`.
    After(Period),
}

impl Moment {
    /// The day; `None` if it counts from an unknown start.
    pub fn date(self, start: Option<Date>) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::After(period) => period.after(start?, 1),
        }
    }

    /// Whether the day depends on the start of the plan.
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
        let period = lower.strip_prefix("na ").map(Period::parse);
        period
            .and_then(Result::ok)
            .map(Self::After)
            .ok_or(Self::KIND)
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

/// The term of a goal ("termijn"): a day, or a period from the start of the plan, written without `na`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The last day.
    pub end: Moment,
}

impl Scalar for Term {
    const KIND: &'static str = "termijn";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let end = match parse_date(text) {
            Some(date) => Moment::On(date),
            None => Moment::After(Period::parse(text).map_err(|_| Self::KIND)?),
        };
        Ok(Self { end })
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.end {
            Moment::On(date) => date.fmt(f),
            Moment::After(period) => period.fmt(f),
        }
    }
}

/// One part of a rhythm: a moment, or a repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RhythmPart {
    Once(Moment),
    /// Repeated, first one period after `plan.start`, until `plan.einde` or until a period after the start.
    Every {
        period: Period,
        /// The period from the start up to and including the last possible day.
        until: Option<Period>,
    },
}

impl RhythmPart {
    /// Whether the days depend on the start of the plan.
    pub const fn counts_from_start(self) -> bool {
        match self {
            Self::Once(moment) => moment.counts_from_start(),
            Self::Every { .. } => true,
        }
    }

    /// The days in order. A repetition stops at its own end or at `end`; without either it has its first day only.
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
        parse_rhythm(&text.trim().to_lowercase()).ok_or(Self::KIND)
    }
}

fn parse_rhythm(text: &str) -> Option<RhythmPart> {
    let Some(every) = text.strip_prefix("elke ") else {
        return Moment::parse(text).ok().map(RhythmPart::Once);
    };
    let (period, until) = match every.split_once(" tot ") {
        Some((period, until)) => (period, Some(Period::parse(until).ok()?)),
        None => (every, None),
    };
    let period = Period::parse(period).ok()?;
    (period.amount > 0).then_some(RhythmPart::Every { period, until })
}

impl fmt::Display for RhythmPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once(moment) => moment.fmt(f),
            Self::Every { period, until } => {
                write!(f, "elke {period}")?;
                until.map_or(Ok(()), |until| write!(f, " tot {until}"))
            }
        }
    }
}

/// The number of days from one day to another, which does not count itself.
pub fn days_between(first: Date, last: Date) -> i32 {
    (last - first).get_days()
}

/// The Monday of the week of a day.
pub fn monday(day: Date) -> Date {
    day.saturating_sub(Span::new().days(day.weekday().to_monday_zero_offset()))
}

/// The time or times at which something happens ("ritme"): a moment, a repetition, or a list of these.
/// `na 1 maand, elke 3 maanden` is a list of two as well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Rhythm {
    parts: Vec<RhythmPart>,
    #[serde(skip)]
    is_whole: bool,
}

impl Rhythm {
    /// The parts, in the author's order.
    pub fn parts(&self) -> &[RhythmPart] {
        &self.parts
    }

    /// Whether every part could be read.
    pub const fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// The first day of all parts.
    pub fn first(&self, start: Option<Date>, end: Option<Date>) -> Option<Date> {
        self.parts
            .iter()
            .filter_map(|part| part.dates(start, end).next())
            .min()
    }
}

impl<'de> Deserialize<'de> for Rhythm {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let rows = OneOrMany::<RhythmRow>::deserialize(deserializer)?;
        Ok(Self {
            parts: rows
                .as_slice()
                .iter()
                .flat_map(|row| &row.0)
                .copied()
                .collect(),
            is_whole: rows.is_whole(),
        })
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

const DATE: &str = "[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
const UNIT: &str = "([dD]ag(en)?|[wW]e(ek|ken)|[mM]aand(en)?|[kK]warta(al|len)|[jJ]a(ar|ren))";

fn period() -> String {
    format!("[0-9]{{1,4}} +{UNIT}")
}

fn moment() -> String {
    format!("{DATE}|[nN]a +{}", period())
}

fn rhythm_part() -> String {
    // A period of 0 is not a repetition.
    format!("{0}|[eE]lke +(?!0+ ){1}( +tot +{1})?", moment(), period())
}

serialize_as_text!(Period, Day, Moment, Term, RhythmPart);
scalar! {
    Period => { "type": "string", "pattern": format!("^{}$", period()) }
    Day => { "type": "string", "pattern": format!("^{DATE}$") }
    Moment => { "type": "string", "pattern": format!("^({})$", moment()) }
    Term => { "type": "string", "pattern": format!("^({DATE}|{})$", period()) }
    RhythmRow => { "type": "string", "pattern": format!("^({0})( *, *({0}))*$", rhythm_part()) }
}

impl JsonSchema for Rhythm {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "ritmes".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        OneOrMany::<RhythmRow>::json_schema(generator)
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
            let period = Period::parse(text).map(|period| period.to_string());
            assert_eq!(period, Ok(written.to_owned()));
        }
        #[rustfmt::skip]
        let invalid = [
            "", "weken", "zes weken", "-1 week", "+1 week", "1,5 jaar", "6 weken later", "6weken", "99999 dagen",
        ];
        for text in invalid {
            assert_eq!(Period::parse(text), Err("duur"), "{text}");
        }
    }

    #[test]
    fn months_clamp_to_their_last_day() {
        for (period, day, times, after) in [
            ("1 maand", date(2027, 1, 31), 1, Some(date(2027, 2, 28))),
            ("1 maand", date(2028, 1, 31), 1, Some(date(2028, 2, 29))),
            ("1 maand", date(2028, 1, 31), 2, Some(date(2028, 3, 31))),
            ("1 jaar", date(2028, 2, 29), 1, Some(date(2029, 2, 28))),
            ("9999 jaren", date(2028, 2, 29), 1, None),
        ] {
            assert_eq!(Period::parse(period).unwrap().after(day, times), after);
        }
    }

    #[test]
    fn a_moment_is_a_day_or_counts_from_the_start() {
        let start = Some(date(2026, 9, 1));
        for (text, start, day) in [
            ("2026-12-24", None, Some(date(2026, 12, 24))),
            ("na 2 kwartalen", start, Some(date(2027, 3, 1))),
            ("na 3 maanden", None, None),
        ] {
            assert_eq!(Moment::parse(text).unwrap().date(start), day, "{text}");
        }
        #[rustfmt::skip]
        let invalid = ["3 maanden", "2026-02-30", "1-9-2026", "2026-9-1", "na", "20260901"];
        for text in invalid {
            assert_eq!(Moment::parse(text), Err("tijdstip"), "{text}");
        }
    }

    #[test]
    fn a_repetition_starts_after_one_period_and_stops_at_its_end() {
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
    fn a_rhythm_may_have_parts_with_commas_between_them() {
        let parts = |text| RhythmRow::parse(text).map(|row| row.0.len());
        assert_eq!(parts("na 1 maand, elke 3 maanden"), Ok(2));
        assert_eq!(parts("2027-03-01"), Ok(1));
        assert_eq!(parts("na 1 maand,"), Err("ritme"));
    }
}
