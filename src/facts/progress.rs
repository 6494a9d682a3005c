//! The progress of goals: the last measurement of each, and whether it is on course to reach its norm.

use indexmap::IndexMap;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::links::pointing_at;
use super::{GoalTerm, Links};
use crate::plan::Plan;
use crate::plan::goals::Goal;
use crate::plan::monitoring::IndicatorKind;
use crate::plan::progress::Measurement;
use crate::value::norm::{Norm, Quantity};
use crate::value::{Text, choice, days_between};

choice! {
    /// Whether a goal is on course ("koers").
    pub enum Course ("koers") {
        /// The last value is on the right side of the norm.
        Reached = "gehaald",
        /// The last value is on or past the straight line from the baseline to the norm.
        OnTrack = "op-koers",
        Behind = "achter",
        /// Not reached, and there is no line to compare with.
        NotReached = "nog-niet-gehaald",
        NotMeasured = "nog-niet-gemeten",
    }
}

/// The progress of a goal. Values are in the author's words, and only their beginning is read as a number.
#[derive(Debug, Serialize)]
pub struct GoalProgress<'p> {
    #[serde(rename = "nulmeting")]
    pub baseline: Option<&'p str>,
    /// The value of the measurement that counts: of the goal's indicators of adoption, the last by date with a number in the
    /// norm's unit. Without a numeric norm, the last with a value.
    #[serde(rename = "waarde")]
    pub value: Option<&'p str>,
    /// The day of that measurement.
    #[serde(rename = "datum")]
    pub date: Option<Date>,
    #[serde(rename = "norm")]
    pub target: Option<&'p str>,
    /// The last day of the goal's term.
    #[serde(rename = "termijn")]
    pub term: Option<Date>,
    /// Whether the goal is on course.
    ///
    /// Without a measurement, it is not measured yet. It is reached if the last value is on the right side of the norm.
    /// Otherwise, it is on course if that value is on or past the straight line from the baseline, at the start of the plan, to
    /// the norm, at the term, on the day of the measurement; else it is behind. If the baseline, the start or the term is
    /// unknown, it is not reached yet. `None` if it was measured but the norm is not a number.
    #[serde(rename = "koers")]
    pub course: Option<Course>,
}

/// The progress of the goals with an indicator, up to and including a day if one is given.
pub(super) fn progress<'p>(
    plan: &'p Plan,
    links: &Links<'p>,
    terms: &IndexMap<&'p str, GoalTerm>,
    start: Option<Date>,
    up_to: Option<Date>,
) -> IndexMap<&'p str, GoalProgress<'p>> {
    let measured = measured(plan, up_to);
    let goals = plan.goals().iter();
    goals
        .filter(|(id, _)| !pointing_at(&links.indicators_of_goal, id).is_empty())
        .map(|(id, goal)| {
            let measured = measured.get(id).map_or(&[][..], Vec::as_slice);
            let term = terms.get(id).and_then(|term| term.ends);
            (id, of_goal(goal, measured, start, term))
        })
        .collect()
}

/// A measurement of a goal.
#[derive(Clone, Copy)]
struct Measured<'p> {
    date: Date,
    value: &'p str,
}

/// The measurements of each goal, by indicators of adoption: fidelity may be measured in other units than the norm's.
fn measured(plan: &Plan, up_to: Option<Date>) -> IndexMap<&str, Vec<Measured<'_>>> {
    let progress = plan.progress.given();
    let list = progress.and_then(|progress| progress.measurements.given());
    let mut measured: IndexMap<&str, Vec<Measured<'_>>> = IndexMap::new();
    for measurement in list.into_iter().flatten() {
        if let Some((goal, of_goal)) = measurement.given().and_then(|it| of_adoption(plan, it))
            && up_to.is_none_or(|day| of_goal.date <= day)
        {
            measured.entry(goal).or_default().push(of_goal);
        }
    }
    measured
}

/// The goal that a measurement is about, with its date and value.
fn of_adoption<'p>(
    plan: &'p Plan,
    measurement: &'p Measurement,
) -> Option<(&'p str, Measured<'p>)> {
    let indicator = plan
        .indicators()
        .get(measurement.indicator.given()?.as_str())?;
    if !indicator.kind.is(&IndicatorKind::Adoption) {
        return None;
    }
    let measured = Measured {
        date: measurement.date.given()?.date(),
        value: measurement.value.given()?.as_str(),
    };
    Some((indicator.goal.given()?.as_str(), measured))
}

fn of_goal<'p>(
    goal: &'p Goal,
    measured: &[Measured<'p>],
    start: Option<Date>,
    term: Option<Date>,
) -> GoalProgress<'p> {
    let target = goal.target.given().map(Text::as_str);
    let norm = target.and_then(Norm::of);
    let norm = norm.as_ref().and_then(Norm::number);
    let counts = |it: &&Measured<'_>| {
        norm.is_none_or(|norm| Quantity::of(it.value).is_some_and(|it| it.compares_with(norm)))
    };
    let last = measured
        .iter()
        .filter(counts)
        .max_by_key(|it| it.date)
        .copied();
    let course = match (last, norm) {
        (None, _) => Some(Course::NotMeasured),
        (Some(_), None) => None,
        (Some(last), Some(norm)) => course(goal, norm, last, start, term),
    };
    GoalProgress {
        baseline: goal.baseline.given().map(Text::as_str),
        value: last.map(|last| last.value),
        date: last.map(|last| last.date),
        target,
        term,
        course,
    }
}

fn course(
    goal: &Goal,
    norm: &Quantity,
    last: Measured<'_>,
    start: Option<Date>,
    term: Option<Date>,
) -> Option<Course> {
    if goal.is_met_by(last.value)? {
        return Some(Course::Reached);
    }
    let days = start.zip(term).filter(|(start, term)| start < term);
    let baseline = goal.baseline.given().map(Text::as_str);
    let (Some((start, term)), Some(baseline)) = (days, baseline) else {
        return Some(Course::NotReached);
    };
    let from = Quantity::of(baseline).filter(|from| from.compares_with(norm));
    let Some(from) = from else {
        return Some(Course::NotReached);
    };
    // Worse than a baseline that was good enough already.
    if goal.is_met_by(baseline)? {
        return Some(Course::Behind);
    }
    let line = Line {
        from: from.number,
        to: norm.number,
        days: days_between(start, term),
    };
    let value = Quantity::of(last.value)?.number;
    let is_on_course = line.is_reached(value, days_between(start, last.date))?;
    Some(if is_on_course {
        Course::OnTrack
    } else {
        Course::Behind
    })
}

/// The straight line from one number to another, over a number of days.
struct Line {
    from: Decimal,
    to: Decimal,
    days: i32,
}

impl Line {
    /// Whether a value is on or past the line after some days, in the direction of the line; `None` on overflow.
    fn is_reached(&self, value: Decimal, days: i32) -> Option<bool> {
        let (gained, needed) = if self.to < self.from {
            (
                self.from.checked_sub(value)?,
                self.from.checked_sub(self.to)?,
            )
        } else {
            (
                value.checked_sub(self.from)?,
                self.to.checked_sub(self.from)?,
            )
        };
        // Multiplied rather than divided, to stay exact. Before the start, the baseline will do.
        let gained = gained.checked_mul(Decimal::from(self.days))?;
        let needed = needed.checked_mul(Decimal::from(days.max(0)))?;
        Some(gained >= needed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Document;
    use crate::facts::Facts;
    use crate::reading;

    /// The course of a goal in a plan of a hundred days, from 1 January 2027.
    fn course(goal: &str, measurements: &str) -> Option<&'static str> {
        let text = format!(
            "plan: {{start: 2027-01-01}}
implementatiedoelen: {{a: {{termijn: 2027-04-11, {goal}}}}}
monitoring: {{i: {{doel: a, soort: toepassing}}, k: {{doel: a, soort: kwaliteit}}}}
voortgang: {{metingen: [{measurements}]}}"
        );
        with_facts(&text, |facts| {
            facts.progress["a"].course.map(crate::value::Choice::name)
        })
    }

    fn with_facts<T>(text: &str, look: impl FnOnce(&Facts<'_>) -> T) -> T {
        let document = Document::read(text.as_bytes());
        let (plan, _) = reading::read(&document);
        look(&Facts::of(&plan))
    }

    fn on(day: &str, value: &str) -> String {
        format!("{{indicator: i, datum: {day}, waarde: {value}}}")
    }

    const HALFWAY: &str = "2027-02-20";

    #[test]
    fn goal_is_reached_on_the_right_side_of_the_norm() {
        for (goal, value, expected) in [
            ("norm: 80% van de gesprekken", "80%", "gehaald"),
            ("norm: 80% van de gesprekken", "79.9%", "nog-niet-gehaald"),
            ("norm: hoogstens 5 klachten", "5 klachten", "gehaald"),
            (
                "norm: 5 klachten, richting: omlaag",
                "4 klachten",
                "gehaald",
            ),
            (
                "norm: 5 klachten, richting: omlaag",
                "6 klachten",
                "nog-niet-gehaald",
            ),
        ] {
            let found = course(goal, &on(HALFWAY, value));
            assert_eq!(found, Some(expected), "{goal} {value}");
        }
    }

    #[test]
    fn goal_is_on_course_on_or_past_the_line_from_baseline_to_norm() {
        let up = "norm: 80%, nulmeting: 20%";
        let down = "norm: 10 klachten, nulmeting: 30 klachten, richting: omlaag";
        for (goal, day, value, expected) in [
            (up, HALFWAY, "50%", "op-koers"),
            (up, HALFWAY, "49.9%", "achter"),
            (up, "2027-01-01", "20%", "op-koers"),
            (up, "2026-12-01", "20%", "op-koers"),
            (up, "2027-04-11", "79%", "achter"),
            (up, "2027-05-11", "79%", "achter"),
            (down, HALFWAY, "20 klachten", "op-koers"),
            (down, HALFWAY, "21 klachten", "achter"),
            // The baseline was good enough already.
            ("norm: 80%, nulmeting: 90%", HALFWAY, "75%", "achter"),
            ("norm: 80%, nulmeting: 80%", HALFWAY, "75%", "achter"),
        ] {
            let found = course(goal, &on(day, value));
            assert_eq!(found, Some(expected), "{goal} {day} {value}");
        }
    }

    #[test]
    fn without_a_line_a_goal_is_reached_or_not() {
        for goal in [
            "norm: 80%",
            "norm: 80%, nulmeting: onbekend",
            "norm: 80%, nulmeting: 12 gesprekken",
            "norm: 20 gesprekken per maand, nulmeting: 4 gesprekken per week",
        ] {
            let unit = if goal.contains('%') {
                "50%"
            } else {
                "5 gesprekken per maand"
            };
            let found = course(goal, &on(HALFWAY, unit));
            assert_eq!(found, Some("nog-niet-gehaald"), "{goal}");
        }
        let endless = "plan: {start: 2027-01-01}
implementatiedoelen: {a: {norm: 80%, nulmeting: 20%}}
monitoring: {i: {doel: a, soort: toepassing}}
voortgang: {metingen: [{indicator: i, datum: 2027-02-20, waarde: 50%}]}";
        let found = with_facts(endless, |facts| facts.progress["a"].course);
        assert_eq!(found, Some(Course::NotReached));
    }

    #[test]
    fn last_measurement_of_adoption_in_the_unit_of_the_norm_counts() {
        let goal = "norm: 80%, nulmeting: 20%";
        let (early, late) = (on("2027-01-21", "10%"), on(HALFWAY, "60%"));
        for (measurements, expected) in [
            (String::new(), "nog-niet-gemeten"),
            (format!("{late}, {early}"), "op-koers"),
            (
                format!("{late}, {}", on("2027-03-01", "4 gesprekken")),
                "op-koers",
            ),
            (format!("{late}, {}", on("2027-03-01", "veel")), "op-koers"),
            (format!("{late}, {}", on("2027-03-01", "")), "op-koers"),
            (format!("{late}, {}", on("later", "1%")), "op-koers"),
            (format!("{late}, {}", on(HALFWAY, "1%")), "achter"),
            (
                late.replace("indicator: i", "indicator: k"),
                "nog-niet-gemeten",
            ),
            (
                late.replace("indicator: i", "indicator: x"),
                "nog-niet-gemeten",
            ),
            ("tekst".to_owned(), "nog-niet-gemeten"),
        ] {
            assert_eq!(
                course(goal, &measurements),
                Some(expected),
                "{measurements}"
            );
        }
    }

    #[test]
    fn course_is_unknown_without_a_numeric_norm() {
        for goal in ["norm: ja/nee", "norm: veel", "nulmeting: 20%"] {
            assert_eq!(course(goal, &on(HALFWAY, "50%")), None, "{goal}");
            assert_eq!(course(goal, ""), Some("nog-niet-gemeten"), "{goal}");
        }
        let unreadable = "norm: 80%, richting: opzij";
        assert_eq!(course(unreadable, &on(HALFWAY, "50%")), None);
    }

    #[test]
    fn huge_numbers_do_not_overflow() {
        let huge = "9".repeat(28);
        let goal = format!("norm: {huge} uur, nulmeting: -{huge} uur");
        assert_eq!(course(&goal, &on(HALFWAY, "5 uur")), None);
    }

    #[test]
    fn progress_has_goals_with_an_indicator_in_the_words_of_the_author() {
        let text = "plan: {start: 2027-01-01}
implementatiedoelen: {a: {norm: minstens 80% van de gesprekken, nulmeting: 20 %, termijn: 1 jaar}, b: {norm: 5}}
monitoring: {i: {doel: a, soort: toepassing}}
voortgang: {metingen: [{indicator: i, datum: 2027-02-20, waarde: ongeveer, toelichting: x}, {indicator: i, datum: 2027-02-19, waarde: 30% (9 van 30)}]}";
        let found = with_facts(text, |facts| serde_json::to_value(&facts.progress).unwrap());
        assert_eq!(
            found,
            serde_json::json!({"a": {
                "nulmeting": "20 %",
                "waarde": "30% (9 van 30)",
                "datum": "2027-02-19",
                "norm": "minstens 80% van de gesprekken",
                "termijn": "2028-01-01",
                "koers": "op-koers",
            }})
        );
    }
}
