//! The scale of time: whole months from left to right, on which a day has a place in percent.

use jiff::civil::Date;
use serde::Serialize;

use crate::value::days_between;
use crate::words::Words;

/// The longest scale that is still readable: ten years. Days further off are typos, or belong to another plan.
const MOST_DAYS: i32 = 3660;

/// The most marks with a name of which none runs into the next.
const MOST_MARKS: i32 = 6;

/// A name after this would run over the end, in percent.
const LAST_NAME: f64 = 88.0;

/// A scale of days.
#[derive(Debug, Clone, Serialize)]
pub struct Scale {
    #[serde(rename = "van")]
    pub first: Date,
    #[serde(rename = "tot_en_met")]
    pub last: Date,
    #[serde(rename = "streepjes")]
    marks: Vec<Mark>,
}

/// The begin of a month, a quarter or a year.
#[derive(Debug, Clone, Serialize)]
struct Mark {
    #[serde(rename = "plek")]
    at: f64,
    /// The month in short, or the year in January; empty where the scale ends too soon for it.
    #[serde(rename = "tekst")]
    text: String,
}

impl Scale {
    /// A scale over these days, or over as many as fit on the longest scale: preferably those around the start of the plan.
    pub fn over(mut days: Vec<Date>, start: Option<Date>, words: Words) -> Option<Self> {
        days.extend(start);
        days.sort_unstable();
        let (first, last) = window(&days, start)?;
        let mut scale = Self {
            first: first.first_of_month(),
            last: last.last_of_month(),
            marks: Vec::new(),
        };
        scale.marks = scale.marks(words);
        Some(scale)
    }

    /// The place of the begin of a day, in percent to two decimals.
    pub fn at(&self, day: Date) -> f64 {
        self.place(days_between(self.first, day))
    }

    /// The place of the end of a day.
    pub fn after(&self, day: Date) -> f64 {
        self.place(days_between(self.first, day) + 1)
    }

    pub fn shows(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    fn place(&self, day: i32) -> f64 {
        let days = days_between(self.first, self.last) + 1;
        let hundredths = (i64::from(day) * 20_000 / i64::from(days) + 1).div_euclid(2);
        f64::from(i32::try_from(hundredths.clamp(0, 10_000)).unwrap_or_default()) / 100.0
    }

    fn marks(&self, words: Words) -> Vec<Mark> {
        let (first, last) = (month_number(self.first), month_number(self.last));
        let mut steps = [1, 3, 6, 12].into_iter();
        let step = steps.find(|step| (last - first) / step < MOST_MARKS);
        let months = (first..=last).filter(|month| month % step.unwrap_or(24) == 0);
        let days = months.filter_map(|month| {
            let (year, month) = (i16::try_from(month / 12), i8::try_from(month % 12 + 1));
            Date::new(year.ok()?, month.ok()?, 1).ok()
        });
        let mark = |day: Date| Mark {
            at: self.at(day),
            text: match day.month() {
                _ if self.at(day) > LAST_NAME => String::new(),
                1 => day.year().to_string(),
                month => words.short_month(month).to_owned(),
            },
        };
        days.map(mark).collect()
    }
}

/// A month as a number, so that months can be counted.
pub fn month_number(day: Date) -> i32 {
    i32::from(day.year()) * 12 + i32::from(day.month()) - 1
}

/// The first and last of the days that a scale covers: all of them, or the earliest longest run within the limit. A run that
/// contains the start of the plan and another day wins.
fn window(sorted: &[Date], start: Option<Date>) -> Option<(Date, Date)> {
    let mut best = None;
    let mut most = 0;
    let mut end = 0;
    for (begin, first) in sorted.iter().enumerate() {
        let within = |day: &Date| days_between(*first, *day) < MOST_DAYS;
        while sorted.get(end).is_some_and(within) {
            end += 1;
        }
        let last = *sorted.get(end - 1)?;
        let days = end - begin;
        let has_start = start.is_some_and(|start| *first <= start && start <= last);
        let weight = if has_start && days > 1 {
            days + sorted.len()
        } else {
            days
        };
        if weight > most {
            most = weight;
            best = Some((*first, last));
        }
    }
    best
}
