//! Days, periods, moments and rhythms.

mod date;
mod pattern;

use std::borrow::Cow;
use std::fmt;

use jiff::Span;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer};
use serde::{Serialize, Serializer};

use super::number::is_digits;
use super::scalar::{scalar, serialize_as_text, unquoted};
use super::{OneOrMany, Scalar, one_line};
use date::parse_date;
pub(crate) use date::{NO_SUCH_DAY, UNLIKELY_YEAR, WITHOUT_DAY};

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

    /// The unit's names: the singular and plural that a plan is written with, then the others that are read.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Day => &["dag", "dagen", "day", "days"],
            Self::Week => &["week", "weken", "wk", "weeks"],
            Self::Month => &["maand", "maanden", "mnd", "month", "months"],
            Self::Quarter => &["kwartaal", "kwartalen", "quarter", "quarters"],
            Self::Year => &["jaar", "jaren", "jr", "year", "years", "yr", "yrs"],
        }
    }

    /// The most digits that an amount may have. No implementation lasts for centuries, and every day that is computed has to be in
    /// the calendar.
    const fn digits(self) -> usize {
        match self {
            Self::Day | Self::Week => 4,
            Self::Month | Self::Quarter => 3,
            Self::Year => 2,
        }
    }

    fn parse(word: &str) -> Option<Self> {
        let word = word.strip_suffix('.').unwrap_or(word);
        Self::ALL
            .into_iter()
            .find(|unit| unit.names().contains(&word))
    }

    /// The unit's name after an amount; years are written `2 jaar`.
    fn written(self, amount: u16) -> &'static str {
        let index = usize::from(amount != 1 && self != Self::Year);
        self.names().get(index).copied().unwrap_or_default()
    }
}

/// A length of time ("duur"), such as `6 weken`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    amount: u16,
    unit: Unit,
}

impl Period {
    const fn half_years(number: u16) -> Self {
        Self {
            amount: 6 * number,
            unit: Unit::Month,
        }
    }

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

/// A text in plain characters and lower case, with single spaces.
fn simple(text: &str) -> String {
    let text = unquoted(text).to_lowercase();
    // An accent may be a character of its own.
    let text = text.replace('é', "e").replace('\u{301}', "");
    let mut text = one_line(&text)
        .replace("one and a half", "1.5")
        .replace('½', ".5")
        .replace("tot en met", "tot");
    let deadline = DEADLINE.iter().find_map(|word| {
        let rest = text.strip_prefix(word)?;
        rest.starts_with(' ').then(|| rest.trim_start().to_owned())
    });
    if let Some(rest) = deadline {
        text = rest;
    }
    // A comma between the parts of a rhythm is not followed by a half year.
    for (at, _) in text.clone().match_indices(",5 ") {
        if text[..at].ends_with(|before: char| before.is_ascii_digit()) {
            text.replace_range(at..=at, ".");
        }
    }
    text
}

/// The text without the day that documents add to a period or rhythm: `na 9 maanden (1 juni 2027)`.
fn without_day(text: &str) -> &str {
    let day = |text: &str| {
        let day = FIRST_ON.iter().find_map(|on| text.strip_prefix(on));
        parse_date(day.unwrap_or(text), Day::KIND).is_ok()
    };
    text.strip_suffix(')')
        .and_then(|text| text.split_once(" ("))
        .filter(|(_, added)| day(added))
        .map_or(text, |(text, _)| text)
}

/// The words that documents put before the first day of a rhythm.
const FIRST_ON: [&str; 2] = ["voor het eerst op ", "first on "];

/// The words before a moment that say that it is the last one possible, or that it is a day.
const DEADLINE: [&str; 4] = ["uiterlijk", "op", "by", "on"];

/// The words before a period that is counted from the start of the plan.
const FROM_START: [&str; 4] = ["na", "binnen", "after", "within"];

/// Number words up to twelve, in Dutch and English.
const NUMBERS: [[&str; 2]; 12] = [
    ["een", "one"],
    ["twee", "two"],
    ["drie", "three"],
    ["vier", "four"],
    ["vijf", "five"],
    ["zes", "six"],
    ["zeven", "seven"],
    ["acht", "eight"],
    ["negen", "nine"],
    ["tien", "ten"],
    ["elf", "eleven"],
    ["twaalf", "twelve"],
];

/// Parses a period in a [`simple`] text, without a word before it.
fn parse_period(text: &str) -> Option<Period> {
    let (amount, unit) = match text.split_once(|c: char| !c.is_ascii_digit()) {
        // `6mnd` needs no space.
        Some((digits, _)) if !digits.is_empty() && !text[digits.len()..].starts_with('.') => {
            (digits, text[digits.len()..].trim_start())
        }
        _ => text.rsplit_once(' ').unwrap_or(("een", text)),
    };
    if amount == "een" && unit == "halfjaar" {
        return Some(Period::half_years(1));
    }
    let unit = Unit::parse(unit)?;
    let half_years = match amount {
        "half" | "halve" | "een half" | "half a" => Some(1),
        "anderhalf" | "anderhalve" => Some(3),
        _ => amount
            .strip_suffix(".5")
            .filter(|years| is_digits(years) && years.len() <= Unit::Year.digits())
            .and_then(|years| years.parse::<u16>().ok())
            .map(|years| 2 * years + 1),
    };
    if let Some(half_years) = half_years {
        return (unit == Unit::Year).then(|| Period::half_years(half_years));
    }
    let number = || {
        let index = NUMBERS.iter().position(|names| names.contains(&amount))?;
        u16::try_from(index + 1).ok()
    };
    let amount = if is_digits(amount) && amount.len() <= unit.digits() {
        amount.parse().ok()?
    } else if matches!(amount, "a" | "an") {
        1
    } else {
        number()?
    };
    Some(Period { amount, unit })
}

/// The kind of a period that is longer than any plan.
pub(crate) const TOO_LONG: &str = "duur_te_lang";

/// The kind that is expected instead of a text that is no value of this kind.
fn too_long_or(kind: &'static str, text: &str) -> &'static str {
    if is_too_long(text) { TOO_LONG } else { kind }
}

/// Whether a [`simple`] text is a period that is too long.
fn is_too_long(text: &str) -> bool {
    let is_before = |word: &str| FROM_START.contains(&word) || EVERY.contains(&word);
    let bare = text
        .split_once(' ')
        .filter(|(word, _)| is_before(word))
        .map_or(text, |(_, bare)| bare);
    let unit = bare.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = bare.len() - unit.len();
    Unit::parse(unit.trim_start()).is_some_and(|unit| digits > unit.digits())
}

/// Parses a period from the start of the plan in a [`simple`] text, with or without a word before it.
fn parse_from_start(text: &str) -> Option<Period> {
    let text = without_day(text);
    let bare = text
        .split_once(' ')
        .filter(|(word, _)| FROM_START.contains(word))
        .map_or(text, |(_, bare)| bare);
    // A unit alone is no period: `maand`.
    bare.contains(|c: char| c == ' ' || c.is_ascii_digit())
        .then(|| parse_period(bare))?
}

impl Scalar for Period {
    const KIND: &'static str = "duur";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let text = simple(text);
        parse_from_start(&text).ok_or_else(|| too_long_or(Self::KIND, &text))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit.written(self.amount))
    }
}

/// A day ("datum"), such as `2026-09-01` or `1 september 2026`.
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
        parse_date(&simple(text), Self::KIND).map(Self)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A point in time ("tijdstip"): a day, or a period from the start of the plan, such as `na 3 maanden`.
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

    /// The day, if it is after this last day of the plan. A period that is as long as the plan does not overrun it: two
    /// years from 1 April last until 31 March.
    pub fn overrun(self, start: Option<Date>, end: Date) -> Option<Date> {
        let day = self.date(start)?;
        let last = match self {
            Self::On(_) => day,
            Self::After(_) => day.yesterday().ok()?,
        };
        (last > end).then_some(day)
    }

    /// Whether the day depends on the start of the plan.
    pub const fn counts_from_start(self) -> bool {
        matches!(self, Self::After(_))
    }

    fn parse_simple(text: &str, kind: &'static str) -> Result<Self, &'static str> {
        match parse_from_start(text) {
            Some(period) => Ok(Self::After(period)),
            None => parse_date(text, too_long_or(kind, text)).map(Self::On),
        }
    }
}

impl Scalar for Moment {
    const KIND: &'static str = "tijdstip";

    fn parse(text: &str) -> Result<Self, &'static str> {
        Self::parse_simple(&simple(text), Self::KIND)
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

/// The term of a goal ("termijn"): a day, or a period from the start of the plan, as it is written without
/// `na`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The last day.
    pub end: Moment,
}

impl Scalar for Term {
    const KIND: &'static str = "termijn";

    fn parse(text: &str) -> Result<Self, &'static str> {
        let end = Moment::parse_simple(&simple(text), Self::KIND)?;
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
        parse_part(&simple(text))
    }
}

/// The words before the period of a repetition.
const EVERY: [&str; 6] = ["elke", "elk", "iedere", "ieder", "every", "each"];

/// The words before the end of a repetition.
const UNTIL: [&str; 3] = ["tot", "until", "till"];

/// Words for a repetition, with its period.
const ADVERBS: [(&str, u16, Unit); 12] = [
    ("dagelijks", 1, Unit::Day),
    ("wekelijks", 1, Unit::Week),
    ("maandelijks", 1, Unit::Month),
    ("per kwartaal", 1, Unit::Quarter),
    ("halfjaarlijks", 6, Unit::Month),
    ("jaarlijks", 1, Unit::Year),
    ("daily", 1, Unit::Day),
    ("weekly", 1, Unit::Week),
    ("monthly", 1, Unit::Month),
    ("quarterly", 1, Unit::Quarter),
    ("yearly", 1, Unit::Year),
    ("annually", 1, Unit::Year),
];

/// Parses a part of a rhythm in a [`simple`] text.
fn parse_part(text: &str) -> Result<RhythmPart, &'static str> {
    let once = Moment::parse_simple(text, RhythmPart::KIND);
    if let Ok(moment) = once {
        return Ok(RhythmPart::Once(moment));
    }
    let text = without_day(text);
    let (every, until) = UNTIL
        .iter()
        .find_map(|until| text.split_once(&format!(" {until} ")))
        .map_or((text, None), |(every, until)| (every, Some(until)));
    let adverb = ADVERBS.iter().find(|(adverb, ..)| *adverb == every);
    let period = match adverb {
        Some(&(_, amount, unit)) => Some(Period { amount, unit }),
        None => every
            .split_once(' ')
            .filter(|(word, _)| EVERY.contains(word))
            .and_then(|(_, period)| parse_period(period)),
    };
    let until = until
        .map(|until| parse_from_start(until).ok_or_else(|| too_long_or(RhythmPart::KIND, until)));
    match period.filter(|period| period.amount > 0) {
        Some(period) => Ok(RhythmPart::Every {
            period,
            until: until.transpose()?,
        }),
        None => once
            .map(RhythmPart::Once)
            .map_err(|kind| too_long_or(kind, every)),
    }
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rhythm {
    parts: Vec<RhythmPart>,
    /// The items of the author's list, each with one or more of the parts.
    rows: OneOrMany<RhythmRow>,
}

impl Rhythm {
    /// The parts, in the author's order.
    pub fn parts(&self) -> &[RhythmPart] {
        &self.parts
    }

    /// Whether every part could be read.
    pub const fn is_whole(&self) -> bool {
        self.rows.is_whole()
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
            rows,
        })
    }
}

/// Writes the parts, but keeps the items of a list together, so that each has the index of its path.
impl Serialize for Rhythm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.rows.is_list() {
            self.rows.serialize(serializer)
        } else {
            self.parts.serialize(serializer)
        }
    }
}

/// One text of a rhythm: a part, or parts with commas, semicolons or `en` between them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct RhythmRow(Vec<RhythmPart>);

impl fmt::Display for RhythmRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&parts.join(", "))
    }
}

impl Scalar for RhythmRow {
    const KIND: &'static str = RhythmPart::KIND;

    fn parse(text: &str) -> Result<Self, &'static str> {
        let text = simple(text);
        if let Ok(part) = parse_part(&text) {
            return Ok(Self(vec![part]));
        }
        text.replace(" en ", ",")
            .replace(" and ", ",")
            .split([',', ';'])
            .map(|part| parse_part(part.trim()))
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

serialize_as_text!(Period, Day, Moment, Term, RhythmPart, RhythmRow);
scalar! {
    Period => { "type": "string", "pattern": format!("^{}$", pattern::from_start()) }
    Day => { "type": "string", "pattern": format!("^{}$", pattern::day()) }
    Moment => { "type": "string", "pattern": format!("^{}$", pattern::moment()) }
    Term => { "type": "string", "pattern": format!("^{}$", pattern::moment()) }
    RhythmRow => { "type": "string", "pattern": format!("^{}$", pattern::rhythm()) }
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
            ("zes weken", "6 weken"),
            ("twaalf maanden", "12 maanden"),
            ("één jaar", "1 jaar"),
            ("6 mnd.", "6 maanden"),
            ("6mnd", "6 maanden"),
            ("2 jr", "2 jaar"),
            ("binnen 6 maanden", "6 maanden"),
            ("na\u{a0}9\u{a0}maanden", "9 maanden"),
            ("Binnen 6 maanden (1\u{a0}maart\u{a0}2027)", "6 maanden"),
            ("half jaar", "6 maanden"),
            ("een half jaar", "6 maanden"),
            ("een halfjaar", "6 maanden"),
            ("anderhalf jaar", "18 maanden"),
            ("1,5 jaar", "18 maanden"),
            ("2.5 jaar", "30 maanden"),
            ("12 months", "12 maanden"),
            ("after nine months", "9 maanden"),
            ("half a year", "6 maanden"),
            ("one and a half years", "18 maanden"),
            ("a year", "1 jaar"),
            ("e\u{301}e\u{301}n jaar", "1 jaar"),
            ("1½ jaar", "18 maanden"),
            ("uiterlijk na 6 maanden", "6 maanden"),
        ] {
            let period = Period::parse(text).map(|period| period.to_string());
            assert_eq!(period, Ok(written.to_owned()));
        }
        #[rustfmt::skip]
        let invalid = [
            "", "weken", "-1 week", "+1 week", "1,5 maand", "6 weken later", "na", "maand",
            "anderhalve maand", "6 weken (ongeveer)", "dertien weken", "over 6 weken",
        ];
        for text in invalid {
            assert_eq!(Period::parse(text), Err("duur"), "{text}");
        }
        for text in [
            "99999 dagen",
            "na 10000 weken",
            "1000 maanden",
            "1000 kwartalen",
            "100jaar",
        ] {
            assert_eq!(Period::parse(text), Err(TOO_LONG), "{text}");
            assert_eq!(Moment::parse(text), Err(TOO_LONG), "{text}");
        }
        assert_eq!(RhythmPart::parse("elke 100 jaar"), Err(TOO_LONG));
        assert_eq!(RhythmPart::parse("elke 1 dag tot 100 jaar"), Err(TOO_LONG));
    }

    #[test]
    fn the_longest_periods_end_in_the_calendar() {
        let last = Day::parse("31-12-2199").unwrap().date();
        for text in [
            "9999 dagen",
            "9999 weken",
            "999 maanden",
            "999 kwartalen",
            "99 jaar",
            "99,5 jaar",
        ] {
            assert!(
                Period::parse(text).unwrap().after(last, 1).is_some(),
                "{text}"
            );
        }
    }

    #[test]
    fn months_clamp_to_their_last_day() {
        for (period, day, times, after) in [
            ("1 maand", date(2027, 1, 31), 1, Some(date(2027, 2, 28))),
            ("1 maand", date(2028, 1, 31), 1, Some(date(2028, 2, 29))),
            ("1 maand", date(2028, 1, 31), 2, Some(date(2028, 3, 31))),
            ("1 jaar", date(2028, 2, 29), 1, Some(date(2029, 2, 28))),
            ("99 jaren", date(9999, 2, 28), 1, None),
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
            ("1 jaar", start, Some(date(2027, 9, 1))),
            ("Na 9 maanden (1 juni 2027)", start, Some(date(2027, 6, 1))),
            ("1-9-2026", None, start),
            ("01-09-2026", None, start),
            ("2026-9-1", None, start),
            ("2026‑09–01", None, start),
            ("1.9.2026", None, start),
            ("1\u{a0}september\u{a0}2026", None, start),
            ("1 Sep. 2026", None, start),
            ("1 sept 2026", None, start),
            ("1-sep-2026", None, start),
            ("3 mrt 2027", None, Some(date(2027, 3, 3))),
            ("3 May 2027", None, Some(date(2027, 5, 3))),
            ("Uiterlijk 3 mei 2027", None, Some(date(2027, 5, 3))),
            ("op 3 mei 2027", None, Some(date(2027, 5, 3))),
            ("by 3 May 2027", None, Some(date(2027, 5, 3))),
            ("1st September 2026", None, start),
            ("September 1, 2026", None, start),
            ("Sep 1st 2026", None, start),
        ] {
            assert_eq!(Moment::parse(text).unwrap().date(start), day, "{text}");
        }
        #[rustfmt::skip]
        let invalid = [
            "", "na", "20260901", "-1-9-2026", "1-9-2026-", "1-9-26", "1/9/2026", "begin 2027", "maandag 1 september 2026", "0 september",
        ];
        for text in invalid {
            assert_eq!(Moment::parse(text), Err("tijdstip"), "{text}");
        }
        for text in [
            "31-2-2026",
            "2026-02-30",
            "31 april 2027",
            "1-13-2026",
            "0-1-2026",
        ] {
            assert_eq!(Moment::parse(text), Err(NO_SUCH_DAY), "{text}");
        }
        for text in [
            "0000-01-01",
            "1-1-0001",
            "31-12-1899",
            "1 jan 2200",
            "9999-12-31",
        ] {
            assert_eq!(Moment::parse(text), Err(UNLIKELY_YEAR), "{text}");
        }
        for text in ["september 2027", "9-2027", "2027-09", "2027", "sep 2027"] {
            assert_eq!(Moment::parse(text), Err(WITHOUT_DAY), "{text}");
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
        assert_eq!(parts("na 1 maand en elke 1,5 jaar; 1-9-2027"), Ok(3));
        assert_eq!(parts("after 1 month and every quarter"), Ok(2));
        assert_eq!(parts("na 1 maand,"), Err("ritme"));
    }

    #[test]
    fn a_repetition_can_be_written_in_many_ways() {
        for (text, written) in [
            ("elke maand", "elke 1 maand"),
            ("elk kwartaal", "elke 1 kwartaal"),
            ("Iedere 2 weken", "elke 2 weken"),
            (
                "elke drie maanden tot één jaar",
                "elke 3 maanden tot 1 jaar",
            ),
            (
                "elke 3 maanden tot en met anderhalf jaar",
                "elke 3 maanden tot 18 maanden",
            ),
            (
                "elke 3 maanden tot 1 jaar (voor het eerst op 1 december 2026)",
                "elke 3 maanden tot 1 jaar",
            ),
            ("jaarlijks", "elke 1 jaar"),
            ("per kwartaal tot 2 jaar", "elke 1 kwartaal tot 2 jaar"),
            ("every 3 months until 1 year", "elke 3 maanden tot 1 jaar"),
            ("every half year", "elke 6 maanden"),
            ("Monthly", "elke 1 maand"),
        ] {
            let part = RhythmPart::parse(text).map(|part| part.to_string());
            assert_eq!(part, Ok(written.to_owned()), "{text}");
        }
        for text in [
            "om de week",
            "twee keer per jaar",
            "elke 3 maanden tot 2027-01-31",
            "elke",
            "elke keer",
        ] {
            assert_eq!(RhythmPart::parse(text), Err("ritme"), "{text}");
        }
        assert_eq!(RhythmPart::parse("31 juni 2027"), Err(NO_SUCH_DAY));
    }
}
