//! The time axis: the days it covers, and the steps marked along it.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::label;
use super::length::Length;
use crate::value::{days_between, monday};
use crate::words::{Words, key};

/// The longest axis that is still readable: ten years. Days further off are typos, or belong to another plan.
const MOST_DAYS: i32 = 3660;

/// An axis of days, from left to right.
#[derive(Debug, Clone, Serialize)]
pub struct Axis {
    #[serde(rename = "van")]
    pub first: Date,
    #[serde(rename = "tot_en_met")]
    pub last: Date,
    #[serde(rename = "links")]
    pub left: Length,
    #[serde(rename = "breedte")]
    pub width: Length,
    /// The large steps, such as years.
    #[serde(rename = "koppen")]
    pub heads: Vec<Tick>,
    /// The small steps, such as months.
    #[serde(rename = "stappen")]
    pub steps: Vec<Tick>,
}

/// A step along the axis.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    pub x: Length,
    #[serde(rename = "breedte")]
    pub width: Length,
    #[serde(rename = "midden")]
    pub middle: Length,
    /// The step's name, empty if it does not fit.
    #[serde(rename = "tekst")]
    pub text: String,
}

impl Axis {
    /// An axis that covers these days, or as many as fit in its longest run: preferably those around the start of the plan.
    pub fn over(
        mut days: Vec<Date>,
        start: Option<Date>,
        (left, width): (Length, Length),
        words: Words,
    ) -> Option<Self> {
        days.extend(start);
        days.sort_unstable();
        let (first, last) = window(&days, start)?;
        let (step, head) = Step::pair(days_between(first, last) + 1);
        // An axis of days covers whole weeks.
        let edge = if step == Step::Day { Step::Week } else { step };
        let mut axis = Self {
            first: edge.start(first),
            last: edge.end(last),
            left,
            width,
            heads: Vec::new(),
            steps: Vec::new(),
        };
        axis.steps = axis.ticks(step, false, words);
        axis.heads = head.map_or_else(Vec::new, |head| axis.ticks(head, true, words));
        Some(axis)
    }

    /// The left edge of a day.
    pub fn x(&self, day: Date) -> Length {
        self.x_of_day(days_between(self.first, day))
    }

    /// The right edge of a day.
    pub fn x_after(&self, day: Date) -> Length {
        self.x_of_day(days_between(self.first, day) + 1)
    }

    pub fn x_middle(&self, day: Date) -> Length {
        (self.x(day) + self.x_after(day)).half()
    }

    pub fn shows(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    pub fn right(&self) -> Length {
        self.left + self.width
    }

    fn x_of_day(&self, nr: i32) -> Length {
        let days = days_between(self.first, self.last) + 1;
        self.left + self.width.share(nr.into(), days.into())
    }

    /// The steps of one size, all with the same form of name: the longest that fits every whole step.
    fn ticks(&self, step: Step, is_head: bool, words: Words) -> Vec<Tick> {
        let mut ticks = Vec::new();
        let mut start = step.start(self.first);
        while start <= self.last {
            let end = step.end(start);
            let x = self.x(start.max(self.first));
            let width = self.x_after(end.min(self.last)) - x;
            let tick = Tick {
                x,
                width,
                middle: x + width.half(),
                text: String::new(),
            };
            let is_whole = self.shows(start) && self.shows(end);
            ticks.push((tick, is_whole, step.names(is_head, start, words)));
            let Ok(next) = end.tomorrow() else {
                break;
            };
            start = next;
        }
        let forms = ticks.first().map_or(0, |(_, _, names)| names.len());
        let fits_all = |form: &usize| {
            let mut whole = ticks.iter().filter(|(_, is_whole, _)| *is_whole);
            whole.all(|(tick, _, names)| label::fits(&names[*form], tick.width))
        };
        let form = (0..forms).find(fits_all).unwrap_or(forms.saturating_sub(1));
        let named = ticks.into_iter().map(|(mut tick, _, mut names)| {
            let name = names.swap_remove(form);
            if label::fits(&name, tick.width) {
                tick.text = name;
            }
            tick
        });
        named.collect()
    }
}

/// The first and last of the days that an axis covers: all of them, or the earliest longest run within the limit. A run that
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

/// The unit that an axis is divided in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Step {
    /// The small and the large steps for an axis of that many days.
    const fn pair(days: i32) -> (Self, Option<Self>) {
        match days {
            ..=28 => (Self::Day, Some(Self::Week)),
            29..=182 => (Self::Week, Some(Self::Month)),
            183..=915 => (Self::Month, Some(Self::Year)),
            916..=2200 => (Self::Quarter, Some(Self::Year)),
            _ => (Self::Year, None),
        }
    }

    /// The first day of the step that contains a day.
    fn start(self, day: Date) -> Date {
        let month = |month: i8| Date::new(day.year(), month, 1).unwrap_or(day);
        match self {
            Self::Day => day,
            Self::Week => monday(day),
            Self::Month => month(day.month()),
            Self::Quarter => month((day.month() - 1) / 3 * 3 + 1),
            Self::Year => month(1),
        }
    }

    /// The last day of the step that contains a day.
    fn end(self, day: Date) -> Date {
        let start = self.start(day);
        let length = match self {
            Self::Day => return day,
            Self::Week => return start.saturating_add(6.days()),
            Self::Month => 1.month(),
            Self::Quarter => 3.months(),
            Self::Year => 1.year(),
        };
        start
            .checked_add(length)
            .and_then(Date::yesterday)
            .unwrap_or(Date::MAX)
    }

    /// The forms of the step's name, longest first; as many for every step of a size.
    fn names(self, is_head: bool, start: Date, words: Words) -> Vec<String> {
        let (day, year) = (start.day(), start.year());
        let month = words.month(start.month());
        let short = words.get(&format!("figuur.maand_kort.{}", start.month()));
        match (self, is_head) {
            (Self::Day, _) | (Self::Week, false) => vec![day.to_string()],
            (Self::Week, true) => vec![words.date(start), format!("{day} {short}")],
            (Self::Month, true) => vec![
                format!("{month} {year}"),
                format!("{short} {year}"),
                short.to_owned(),
            ],
            (Self::Month, false) => {
                let initial = month.chars().take(1).collect::<String>();
                vec![short.to_owned(), initial.to_uppercase()]
            }
            (Self::Quarter, _) => {
                let quarter = usize::try_from((start.month() - 1) / 3 + 1).unwrap_or_default();
                vec![words.text(key::figuur::KWARTAAL, &[("aantal", quarter.into())])]
            }
            (Self::Year, _) => vec![year.to_string()],
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::plan::Language;

    fn axis(days: &[Date]) -> Axis {
        let words = Words::of(Language::Dutch);
        let place = (Length::px(100), Length::px(500));
        Axis::over(days.to_vec(), None, place, words).expect("days")
    }

    fn texts(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|tick| tick.text.as_str()).collect()
    }

    #[test]
    fn step_sizes_follow_from_the_number_of_days() {
        let weeks = axis(&[date(2027, 1, 6), date(2027, 1, 21)]);
        assert_eq!(weeks.first, date(2027, 1, 4));
        assert_eq!(weeks.last, date(2027, 1, 24));
        let mondays = ["4 januari 2027", "11 januari 2027", "18 januari 2027"];
        assert_eq!(texts(&weeks.heads), mondays);
        assert_eq!(weeks.steps.len(), 21);

        let months = axis(&[date(2027, 2, 1), date(2027, 4, 20)]);
        let names = ["februari 2027", "maart 2027", "april 2027"];
        assert_eq!(texts(&months.heads), names);
        assert_eq!(texts(&months.steps)[..5], ["1", "8", "15", "22", "1"]);

        let year = axis(&[date(2027, 2, 10), date(2028, 1, 20)]);
        assert_eq!(texts(&year.heads), ["2027", "2028"]);
        assert_eq!(texts(&year.steps)[..3], ["feb", "mrt", "apr"]);

        let years = axis(&[date(2026, 9, 1), date(2031, 8, 31)]);
        let names = ["2026", "2027", "2028", "2029", "2030", "2031"];
        assert_eq!(texts(&years.heads), names);
        assert_eq!(texts(&years.steps)[..3], ["K3", "K4", "K1"]);
    }

    #[test]
    fn days_have_exact_positions() {
        let axis = axis(&[date(2027, 1, 4), date(2027, 1, 13)]);
        assert_eq!(axis.last, date(2027, 1, 17));
        assert_eq!(axis.x(axis.first), Length::px(100));
        assert_eq!(axis.x_after(axis.last), axis.right());
        assert_eq!(axis.x(date(2027, 1, 11)), Length::px(350));
        assert_eq!(axis.x_middle(date(2027, 1, 11)).to_string(), "367.8");
    }

    #[test]
    fn prefers_the_days_around_the_start_of_the_plan() {
        let words = Words::of(Language::Dutch);
        let place = (Length::px(100), Length::px(500));
        let over = |days: &[Date], start| {
            let axis = Axis::over(days.to_vec(), Some(start), place, words).expect("days");
            (axis.first.year(), axis.last.year())
        };
        let far = [date(1900, 1, 1), date(1900, 2, 1), date(1900, 3, 1)];
        let days = [&far[..], &[date(2027, 5, 1)]].concat();
        assert_eq!(over(&days, date(2027, 1, 4)), (2027, 2027));
        assert_eq!(over(&days, date(2000, 1, 1)), (1900, 1900));
    }

    #[test]
    fn leaves_out_distant_days() {
        let days = [
            Date::MIN,
            date(1900, 1, 1),
            date(2027, 1, 1),
            date(2027, 6, 1),
            date(2028, 1, 1),
            Date::MAX,
        ];
        let found = axis(&days);
        assert_eq!(found.first, date(2027, 1, 1));
        assert_eq!(found.last, date(2028, 1, 31));
        assert!(!found.shows(date(1900, 1, 1)));
        for extreme in [Date::MIN, Date::MAX] {
            let lonely = axis(&[extreme]);
            assert!(lonely.shows(extreme) && lonely.steps.len() <= 14);
        }
        let words = Words::of(Language::Dutch);
        assert!(Axis::over(Vec::new(), None, (Length::ZERO, Length::ZERO), words).is_none());
    }
}
