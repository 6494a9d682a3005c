//! The road map: the stages as bands on one strip, and the moments that matter most.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::Date;
use minijinja::Value;
use serde::Serialize;

use super::scale::Scale;
use crate::facts::{Facts, GoalTerm};
use crate::finding::Argument;
use crate::plan::Plan;
use crate::words::{Words, key};

/// The most moments whose numbers a reader finds back at a glance.
const MOST_MOMENTS: usize = 7;

/// The most bands on a readable strip.
const MOST_STAGES: usize = 12;

/// The decisions that weigh as much as the start of the plan. More would leave no room for anything else.
const FIRST_DECISIONS: usize = 3;

/// The days with terms that come before the evaluation.
const FIRST_TERMS: usize = 2;

/// Pins closer to each other than this overlap, in percent.
const BETWEEN_PINS: f64 = 4.0;

/// The characters of a name that fit on the whole strip, on paper and on the narrowest screen that shows it.
const CHARACTERS: f64 = 80.0;

/// The date of the plan counts if it is no further from the first and last day than this.
const NEAR_DAYS: i32 = 366;

/// The kind of a moment: how its pin looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
enum Kind {
    #[serde(rename = "start")]
    Start,
    #[serde(rename = "besluit")]
    Decision,
    #[serde(rename = "meting")]
    Measurement,
    #[serde(rename = "termijn")]
    Term,
    #[serde(rename = "evaluatie")]
    Evaluation,
    #[serde(rename = "einde")]
    End,
}

/// Something on a day. A lower weight comes first.
struct Moment {
    day: Date,
    kind: Kind,
    weight: usize,
    text: String,
}

/// The moments of a day that share a pin: decisions have one above the strip, all others below.
struct Pin {
    day: Date,
    kind: Kind,
    weight: usize,
    texts: Vec<String>,
}

struct Band {
    id: String,
    name: String,
    first: Date,
    last: Date,
}

/// The road map; none if no day of it is known.
pub fn road(plan: &Plan, facts: &Facts<'_>, words: Words) -> Option<Value> {
    let bands = bands(plan, facts);
    let pins = pins(moments(plan, facts, words));
    let mut days: Vec<Date> = pins.iter().map(|pin| pin.day).collect();
    days.extend(bands.iter().flat_map(|band| [band.first, band.last]));
    let today = plan.header.given().and_then(|header| header.date.given());
    let today = today.map(|day| day.date()).filter(|today| {
        let near = |day: &Date| (*day - *today).get_days().abs() <= NEAR_DAYS;
        days.iter().any(near)
    });
    days.extend(today);
    let scale = Scale::over(days, facts.start, words)?;
    let all = pins.len() + bands.len();
    let bands = bands
        .into_iter()
        .filter(|band| scale.shows(band.first) && scale.shows(band.last));
    let bands: Vec<Band> = bands.take(MOST_STAGES).collect();
    let mut pins: Vec<Pin> = pins.into_iter().filter(|it| scale.shows(it.day)).collect();
    pins.sort_by_key(|pin| (pin.weight, pin.day));
    pins.truncate(MOST_MOMENTS);
    pins.sort_by_key(|pin| (pin.day, pin.kind != Kind::Decision));
    let left_out = all - pins.len() - bands.len();
    let fits = |band: &Band| {
        let width = scale.after(band.last) - scale.at(band.first);
        let characters = u32::try_from(band.name.chars().count() + 2).unwrap_or(u32::MAX);
        f64::from(characters) <= width * CHARACTERS / 100.0
    };
    let (moments, rows) = placed_pins(&pins, &scale);
    let (stages, stage_rows) = placed_bands(&bands, &scale);
    Some(record!({
        schaal: scale,
        etappes: stages,
        etappe_rijen: stage_rows,
        namen_passen: bands.iter().all(fits),
        momenten: moments,
        rijen_boven: rows[0],
        rijen_onder: rows[1],
        vandaag: today.filter(|day| scale.shows(*day)).map(|day| record!({dag: day, plek: scale.at(day)})),
        meer: left_out,
    }))
}

/// The stages whose days are known, by their first day.
fn bands(plan: &Plan, facts: &Facts<'_>) -> Vec<Band> {
    let stages = facts.stages.iter().filter_map(|(id, days)| {
        let (first, last) = days.start.zip(days.end).filter(|_| !days.is_reversed())?;
        Some(Band {
            id: (*id).to_owned(),
            name: plan.stages().name(id).into_owned(),
            first,
            last,
        })
    });
    let mut bands: Vec<Band> = stages.collect();
    bands.sort_by_key(|band| band.first);
    bands
}

fn moments(plan: &Plan, facts: &Facts<'_>, words: Words) -> Vec<Moment> {
    let mut all = Vec::new();
    let mut add = |day: Option<Date>, kind: Kind, weight: usize, text: String| {
        all.extend(day.map(|day| Moment {
            day,
            kind,
            weight,
            text,
        }));
    };
    let text = |key: &str| words.get(key).to_owned();
    add(facts.start, Kind::Start, 0, text(key::figuur::weg::START));
    let decisions = plan.decisions();
    let mut dated: Vec<_> = decisions
        .iter()
        .filter_map(|(id, decision)| {
            let day = (*facts.decisions.get(id)?)?;
            Some((!decision.is_open(), day, id))
        })
        .collect();
    dated.sort();
    for (nr, (_, day, id)) in dated.into_iter().enumerate() {
        let name = Argument::Whole(decisions.name(id).into_owned());
        let text = words.text(key::figuur::weg::BESLUIT, &[("naam", name)]);
        let weight = if nr < FIRST_DECISIONS { 1 } else { 6 };
        add(Some(day), Kind::Decision, weight, text);
    }
    let by_day = |day| goals_by_day(facts, day);
    let of_goals = |one: &str, many: &str, goals: &[&str]| match goals {
        [goal] => {
            let name = Argument::Whole(plan.goals().name(goal).into_owned());
            words.text(one, &[("doel", name)])
        }
        goals => words.text(many, &[("aantal", Argument::Count(goals.len()))]),
    };
    if let Some((day, goals)) = by_day(|term| term.first_measured).into_iter().next() {
        let (one, many) = (key::figuur::weg::METING, key::figuur::weg::METINGEN);
        let text = of_goals(one, many, &goals);
        add(Some(day), Kind::Measurement, 2, text);
    }
    let mut terms: Vec<_> = by_day(|term| term.ends).into_iter().collect();
    terms.sort_by_key(|(day, goals)| (Reverse(goals.len()), *day));
    for (nr, (day, goals)) in terms.into_iter().enumerate() {
        let (one, many) = (key::figuur::weg::TERMIJN, key::figuur::weg::TERMIJNEN);
        let weight = if nr < FIRST_TERMS { 3 } else { 7 };
        let text = of_goals(one, many, &goals);
        add(Some(day), Kind::Term, weight, text);
    }
    let evaluation = plan.evaluation.given();
    let evaluated = evaluation.and_then(|it| it.when.given()?.date(facts.start));
    let evaluation = text(key::figuur::weg::EVALUATIE);
    add(evaluated, Kind::Evaluation, 4, evaluation);
    add(facts.end, Kind::End, 5, text(key::figuur::weg::EINDE));
    all
}

/// The goals by a day of theirs.
fn goals_by_day<'p>(
    facts: &Facts<'p>,
    day: fn(&GoalTerm) -> Option<Date>,
) -> BTreeMap<Date, Vec<&'p str>> {
    let mut goals: BTreeMap<Date, Vec<&str>> = BTreeMap::new();
    for (id, term) in &facts.terms {
        if let Some(day) = day(term) {
            goals.entry(day).or_default().push(id);
        }
    }
    goals
}

/// The moments by day and side, each day's weightiest kind first.
fn pins(mut moments: Vec<Moment>) -> Vec<Pin> {
    moments.sort_by_key(|moment| {
        let is_below = moment.kind != Kind::Decision;
        (moment.day, is_below, moment.weight)
    });
    let mut pins: Vec<Pin> = Vec::new();
    for moment in moments {
        let is_below = moment.kind != Kind::Decision;
        match pins.last_mut() {
            Some(pin) if pin.day == moment.day && (pin.kind != Kind::Decision) == is_below => {
                pin.texts.push(moment.text);
            }
            _ => pins.push(Pin {
                day: moment.day,
                kind: moment.kind,
                weight: moment.weight,
                texts: vec![moment.text],
            }),
        }
    }
    pins
}

/// The pins with their places, and the number of rows above and below the strip.
fn placed_pins(pins: &[Pin], scale: &Scale) -> (Vec<Value>, [usize; 2]) {
    let mut ends: [Vec<f64>; 2] = Default::default();
    let placed = pins.iter().enumerate().map(|(nr, pin)| {
        let at = scale.at(pin.day);
        let is_below = pin.kind != Kind::Decision;
        let row = free_row(&mut ends[usize::from(is_below)], at, at + BETWEEN_PINS);
        record!({
            nummer: nr + 1,
            soort: pin.kind,
            boven: !is_below,
            dag: pin.day,
            teksten: pin.texts,
            plek: at,
            rij: row,
        })
    });
    let placed = placed.collect();
    (placed, ends.map(|ends| ends.len()))
}

/// The bands with their places, and the number of rows: those that overlap are below each other.
fn placed_bands(bands: &[Band], scale: &Scale) -> (Vec<Value>, usize) {
    let mut ends = Vec::new();
    let letters = ('A'..='Z').cycle();
    let placed = bands.iter().zip(letters).map(|(band, letter)| {
        let (from, to) = (scale.at(band.first), scale.after(band.last));
        let row = free_row(&mut ends, from, to);
        record!({
            id: band.id,
            letter: letter,
            naam: band.name,
            start: band.first,
            einde: band.last,
            van: from,
            tot: to,
            rij: row,
        })
    });
    let placed = placed.collect();
    (placed, ends.len())
}

/// The first row that is free from a place on. It is taken up to another.
fn free_row(ends: &mut Vec<f64>, from: f64, to: f64) -> usize {
    let free = ends.iter().position(|end| *end <= from);
    let row = free.unwrap_or(ends.len());
    match ends.get_mut(row) {
        Some(end) => *end = to,
        None => ends.push(to),
    }
    row
}
