//! The axis of time that figures share: which days it runs over, and what is marked along it.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde::Serialize;

use super::label;
use super::length::Length;
use crate::words::Words;

/// More days than these make no drawing that anybody reads: ten years. Days further off are slips of the pen, or another plan.
const MOST_DAYS: i32 = 3660;

/// An axis of days, from left to right.
#[derive(Debug, Clone, Serialize)]
pub struct Axis {
    /// Its first day.
    #[serde(rename = "van")]
    pub first: Date,
    /// Its last day.
    #[serde(rename = "tot_en_met")]
    pub last: Date,
    /// Where it begins.
    #[serde(rename = "links")]
    pub left: Length,
    /// How long it is.
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
    /// Where it begins.
    pub x: Length,
    /// How long it is.
    #[serde(rename = "breedte")]
    pub width: Length,
    /// The middle of it.
    #[serde(rename = "midden")]
    pub middle: Length,
    /// What it is called, if there is room to say so.
    #[serde(rename = "tekst")]
    pub text: String,
}

impl Axis {
    /// The axis that shows these days, or as many of them as go together on one: around the start of the plan, if that is
    /// known and anything else is near it.
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
        let first = step.or_week(head).start(first);
        let last = step.or_week(head).end(last);
        let mut axis = Self {
            first,
            last,
            left,
            width,
            heads: Vec::new(),
            steps: Vec::new(),
        };
        axis.steps = axis.ticks(step, &step.names(false), words);
        axis.heads = head.map_or_else(Vec::new, |head| axis.ticks(head, &head.names(true), words));
        Some(axis)
    }

    /// Where a day begins.
    pub fn x(&self, day: Date) -> Length {
        self.left
            + self.width.share(
                i64::from(days_between(self.first, day)),
                i64::from(self.days()),
            )
    }

    /// Where a day ends.
    pub fn x_after(&self, day: Date) -> Length {
        self.left
            + self.width.share(
                i64::from(days_between(self.first, day)) + 1,
                i64::from(self.days()),
            )
    }

    /// The middle of a day.
    pub fn x_middle(&self, day: Date) -> Length {
        (self.x(day) + self.x_after(day)).half()
    }

    /// Whether it shows a day.
    pub fn shows(&self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// Where it ends.
    pub fn right(&self) -> Length {
        self.left + self.width
    }

    fn days(&self) -> i32 {
        days_between(self.first, self.last) + 1
    }

    /// The steps of one kind, with the longest of their names that fits them all.
    fn ticks(&self, step: Step, names: &[Name], words: Words) -> Vec<Tick> {
        let mut starts = Vec::new();
        let mut start = step.start(self.first);
        while start <= self.last {
            starts.push((start, step.end(start)));
            let Ok(next) = step.end(start).tomorrow() else {
                break;
            };
            start = next;
        }
        let place = |(start, end): &(Date, Date)| {
            let x = self.x((*start).max(self.first));
            (x, self.x_after((*end).min(self.last)) - x)
        };
        let is_whole = |(start, end): &(Date, Date)| self.shows(*start) && self.shows(*end);
        let fits = |name: &Name| {
            starts
                .iter()
                .filter(|days| is_whole(days))
                .all(|days| label::fits(&name.of(days.0, words), place(days).1))
        };
        let name = names.iter().find(|name| fits(name)).or(names.last());
        let tick = |days: &(Date, Date)| {
            let (x, width) = place(days);
            let text = name.map(|name| name.of(days.0, words)).unwrap_or_default();
            let text = if label::fits(&text, width) {
                text
            } else {
                String::new()
            };
            Tick {
                x,
                width,
                middle: x + width.half(),
                text,
            }
        };
        starts.iter().map(tick).collect()
    }
}

/// The first and last of the days that an axis can show: all, or the most that lie within its longest run, the earliest of
/// these.
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

/// A length of time that an axis is divided in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Step {
    /// The small and the large steps of an axis of so many days.
    const fn pair(days: i32) -> (Self, Option<Self>) {
        match days {
            ..=28 => (Self::Day, Some(Self::Week)),
            29..=182 => (Self::Week, Some(Self::Month)),
            183..=915 => (Self::Month, Some(Self::Year)),
            916..=2200 => (Self::Quarter, Some(Self::Year)),
            _ => (Self::Year, None),
        }
    }

    /// An axis of days begins and ends with its weeks.
    fn or_week(self, head: Option<Self>) -> Self {
        if self == Self::Day {
            head.unwrap_or(self)
        } else {
            self
        }
    }

    /// The first day of the step that a day is in.
    fn start(self, day: Date) -> Date {
        let month = |month: i8| Date::new(day.year(), month, 1).unwrap_or(day);
        match self {
            Self::Day => day,
            Self::Week => {
                day.saturating_sub(Span::new().days(day.weekday().to_monday_zero_offset()))
            }
            Self::Month => month(day.month()),
            Self::Quarter => month((day.month() - 1) / 3 * 3 + 1),
            Self::Year => month(1),
        }
    }

    /// The last day of that step.
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

    /// What steps can be called, the longest name first.
    fn names(self, is_head: bool) -> Vec<Name> {
        match (self, is_head) {
            (Self::Day, _) | (Self::Week, false) => vec![Name::Day],
            (Self::Week, true) => vec![Name::DayMonthYear, Name::DayMonth],
            (Self::Month, true) => vec![Name::MonthYear, Name::ShortMonthYear, Name::ShortMonth],
            (Self::Month, false) => vec![Name::ShortMonth, Name::Initial],
            (Self::Quarter, _) => vec![Name::Quarter],
            (Self::Year, _) => vec![Name::Year],
        }
    }
}

/// What a step is called.
#[derive(Debug, Clone, Copy)]
enum Name {
    Day,
    DayMonthYear,
    DayMonth,
    MonthYear,
    ShortMonthYear,
    ShortMonth,
    Initial,
    Quarter,
    Year,
}

impl Name {
    fn of(self, start: Date, words: Words) -> String {
        let month = || words.get(&format!("maanden.{}", start.month()));
        let short = || words.get(&format!("figuur.maand_kort.{}", start.month()));
        match self {
            Self::Day => start.day().to_string(),
            Self::DayMonthYear => words.date(start),
            Self::DayMonth => format!("{} {}", start.day(), short()),
            Self::MonthYear => format!("{} {}", month(), start.year()),
            Self::ShortMonthYear => format!("{} {}", short(), start.year()),
            Self::ShortMonth => short().to_owned(),
            Self::Initial => month().chars().take(1).collect::<String>().to_uppercase(),
            Self::Quarter => {
                let quarter = usize::try_from((start.month() - 1) / 3 + 1).unwrap_or_default();
                words.text("figuur.kwartaal", &[("aantal", quarter.into())])
            }
            Self::Year => start.year().to_string(),
        }
    }
}

fn days_between(first: Date, last: Date) -> i32 {
    (last - first).get_days()
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
    fn steps_follow_from_how_long_it_is() {
        let weeks = axis(&[date(2027, 1, 6), date(2027, 1, 21)]);
        assert_eq!(
            (weeks.first, weeks.last),
            (date(2027, 1, 4), date(2027, 1, 24))
        );
        assert_eq!(
            texts(&weeks.heads),
            ["4 januari 2027", "11 januari 2027", "18 januari 2027"]
        );
        assert_eq!(weeks.steps.len(), 21);

        let months = axis(&[date(2027, 2, 1), date(2027, 4, 20)]);
        assert_eq!(
            texts(&months.heads),
            ["februari 2027", "maart 2027", "april 2027"]
        );
        assert_eq!(texts(&months.steps)[..5], ["1", "8", "15", "22", "1"]);

        let year = axis(&[date(2027, 2, 10), date(2028, 1, 20)]);
        assert_eq!(texts(&year.heads), ["2027", "2028"]);
        assert_eq!(texts(&year.steps)[..3], ["feb", "mrt", "apr"]);

        let years = axis(&[date(2026, 9, 1), date(2031, 8, 31)]);
        assert_eq!(
            texts(&years.heads),
            ["2026", "2027", "2028", "2029", "2030", "2031"]
        );
        assert_eq!(texts(&years.steps)[..3], ["K3", "K4", "K1"]);
    }

    #[test]
    fn a_day_stands_where_it_belongs() {
        let axis = axis(&[date(2027, 1, 4), date(2027, 1, 13)]);
        assert_eq!(axis.last, date(2027, 1, 17));
        assert_eq!(axis.x(axis.first), Length::px(100));
        assert_eq!(axis.x_after(axis.last), axis.right());
        assert_eq!(axis.x(date(2027, 1, 11)), Length::px(350));
        assert_eq!(axis.x_middle(date(2027, 1, 11)).to_string(), "367.8");
    }

    #[test]
    fn the_start_of_the_plan_says_which_days_are_meant() {
        let words = Words::of(Language::Dutch);
        let place = (Length::px(100), Length::px(500));
        let over = |days: &[Date], start| {
            let axis = Axis::over(days.to_vec(), Some(start), place, words).expect("days");
            (axis.first.year(), axis.last.year())
        };
        let far = [date(1900, 1, 1), date(1900, 2, 1), date(1900, 3, 1)];
        let near = [date(2027, 5, 1)];
        assert_eq!(
            over(&[&far[..], &near].concat(), date(2027, 1, 4)),
            (2027, 2027)
        );
        assert_eq!(
            over(&[&far[..], &near].concat(), date(2000, 1, 1)),
            (1900, 1900)
        );
    }

    #[test]
    fn days_that_lie_far_off_are_left_out() {
        let days = [
            Date::MIN,
            date(1900, 1, 1),
            date(2027, 1, 1),
            date(2027, 6, 1),
            date(2028, 1, 1),
            Date::MAX,
        ];
        let found = axis(&days);
        assert_eq!(
            (found.first, found.last),
            (date(2027, 1, 1), date(2028, 1, 31))
        );
        assert!(!found.shows(date(1900, 1, 1)));
        for extreme in [Date::MIN, Date::MAX] {
            let lonely = axis(&[extreme]);
            assert!(lonely.shows(extreme) && lonely.steps.len() <= 14);
        }
        let words = Words::of(Language::Dutch);
        assert!(Axis::over(Vec::new(), None, (Length::ZERO, Length::ZERO), words).is_none());
    }
}
