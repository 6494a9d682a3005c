//! Dates as people write them.

use std::ops::RangeInclusive;

use jiff::civil::Date;

use crate::value::number::is_digits;

/// The kind of a date that the calendar does not have.
pub(crate) const NO_SUCH_DAY: &str = "dag_bestaat_niet";

/// The kind of a date without its day, such as `september 2027`.
pub(crate) const WITHOUT_DAY: &str = "datum_zonder_dag";

/// The kind of a date in a year in which nothing is planned. Dates are compared with each other and laid out on a line, so one typo
/// in a year would put all others out of sight.
pub(crate) const UNLIKELY_YEAR: &str = "jaar_onwaarschijnlijk";

/// The years that a date may be in, and their regular expression.
const YEARS: RangeInclusive<i16> = 1900..=2199;
pub(super) const YEARS_PATTERN: &str = "(19|2[01])[0-9]{2}";

/// Parses a date in a text of plain characters, in lower case. The error is `kind` if the text does not have the form of one.
pub(super) fn parse_date(text: &str, kind: &'static str) -> Result<Date, &'static str> {
    let [year, month, day] = date_parts(text).ok_or_else(|| {
        let is_month = text
            .rsplit_once([' ', '-'])
            .is_some_and(|(month, year)| year_of(year).is_some() && month_of(month).is_some());
        let is_iso_month = text
            .split_once('-')
            .is_some_and(|(year, month)| year_of(year).is_some() && month_of(month).is_some());
        let is_year = year_of(text).is_some_and(|year| YEARS.contains(&year));
        if is_month || is_iso_month || is_year {
            WITHOUT_DAY
        } else {
            kind
        }
    })?;
    if !YEARS.contains(&year) {
        return Err(UNLIKELY_YEAR);
    }
    let parts = i8::try_from(month).ok().zip(i8::try_from(day).ok());
    parts
        .and_then(|(month, day)| Date::new(year, month, day).ok())
        .ok_or(NO_SUCH_DAY)
}

/// The year, month and day of a text that has the form of a date: `2026-9-1`, `1-9-2026`, `1.9.2026`, `1 sep 2026`,
/// `september 1, 2026`.
/// Slashes are rejected, because the order of day and month differs between countries.
fn date_parts(text: &str) -> Option<[i16; 3]> {
    let separator = ['-', '.', ' ']
        .into_iter()
        .find(|separator| text.split(*separator).count() == 3)?;
    let mut parts = text.split(separator).map(str::trim);
    let (mut first, mut month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if separator == ' ' && month_named(first).is_some() {
        (first, month) = (month.strip_suffix(',').unwrap_or(month), first);
    }
    let (year, day) = match year_of(first) {
        Some(year) if separator == '-' => (year, last),
        _ => (year_of(last)?, first),
    };
    let month = if separator == ' ' {
        month_named(month)?
    } else {
        small(month).or_else(|| month_named(month))?
    };
    let ends: &[&str] = if separator == ' ' {
        &[".", "st", "nd", "rd", "th"]
    } else {
        &["."]
    };
    let end = ends.iter().find_map(|end| day.strip_suffix(end));
    Some([year, month, small(end.unwrap_or(day))?])
}

/// A year of four digits. One of two digits is more likely a typo.
fn year_of(text: &str) -> Option<i16> {
    let is_year = text.len() == 4 && is_digits(text);
    text.parse().ok().filter(|_| is_year)
}

/// A number of at most two digits.
fn small(text: &str) -> Option<i16> {
    let is_number = text.len() <= 2 && is_digits(text);
    text.parse().ok().filter(|_| is_number)
}

/// The number of a month.
fn month_of(text: &str) -> Option<i16> {
    small(text).or_else(|| month_named(text))
}

/// The number of a month by its name in Dutch or English, which may be cut to three letters.
fn month_named(name: &str) -> Option<i16> {
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_named = |names: &[&str; 3]| {
        names.contains(&name) || (name.len() == 3 && names.iter().any(|one| one.starts_with(name)))
    };
    let index = MONTHS.iter().position(is_named)?;
    i16::try_from(index + 1).ok()
}

/// The Dutch and English name of each month, and another short form.
pub(super) const MONTHS: [[&str; 3]; 12] = [
    ["januari", "january", ""],
    ["februari", "february", ""],
    ["maart", "march", "mrt"],
    ["april", "april", ""],
    ["mei", "may", ""],
    ["juni", "june", ""],
    ["juli", "july", ""],
    ["augustus", "august", ""],
    ["september", "september", "sept"],
    ["oktober", "october", ""],
    ["november", "november", ""],
    ["december", "december", ""],
];
