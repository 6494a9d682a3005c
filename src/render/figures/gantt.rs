//! The planning as bars in time: activities, what they wait for, the terms of goals and the days on which these are measured.

mod arrows;
mod rows;
mod sheets;

use indexmap::IndexMap;
use jiff::civil::Date;
use serde::Serialize;

use self::arrows::Arrow;
use self::rows::Row;
use self::sheets::{Band, Section};
use super::axis::Axis;
use super::length::Length;
use crate::facts::{Facts, Scheduled};
use crate::plan::Plan;
use crate::plan::budget::ActivityStatus;
use crate::value::{Entries, Rhythm, RhythmPart};
use crate::words::Words;

/// How wide the drawing is.
const WIDTH: Length = Length::px(760);

/// Where time begins: before it stand the names.
const LEFT: Length = Length::px(240);

/// How long the axis is.
const RUN: Length = Length::px(512);

/// More activities than these make no drawing that anybody reads; and so it is with goals.
const MOST_ACTIVITIES: usize = 150;
const MOST_GOALS: usize = 50;

/// How often one indicator is measured at most in a drawing: every day of the longest axis.
const MOST_TIMES: usize = 4000;

/// More rhythms than these for one goal make no difference that can be seen.
const MOST_RHYTHMS: usize = 40;

/// What the planning is drawn from.
#[derive(Debug)]
pub struct Timeline {
    tasks: Vec<Task>,
    goals: Vec<Goal>,
    groups: IndexMap<String, String>,
    run: [Option<Date>; 2],
    /// The day of the evaluation.
    evaluated: Option<Date>,
    words: Words,
}

/// An activity.
#[derive(Debug)]
struct Task {
    id: String,
    name: String,
    /// The groups that it asks time of.
    groups: Vec<String>,
    start: Option<Date>,
    end: Option<Date>,
    status: Option<ActivityStatus>,
    after: Vec<String>,
}

impl Task {
    fn days(&self) -> Option<(Date, Date)> {
        self.start.zip(self.end).filter(|(start, end)| start <= end)
    }
}

/// A goal, with when it must be reached and when it is measured.
#[derive(Debug)]
struct Goal {
    id: String,
    name: String,
    group: Option<String>,
    term: Option<Date>,
    rhythms: Vec<RhythmPart>,
    /// The first and the last day of the plan, which rhythms count from and stop at.
    run: [Option<Date>; 2],
}

impl Goal {
    /// The days on which it is measured, up to that day.
    fn measured(&self, last: Date) -> Vec<Date> {
        let [start, end] = self.run;
        let rhythms = self.rhythms.iter();
        let days = rhythms.flat_map(|part| {
            part.dates(start, end)
                .take(MOST_TIMES)
                .take_while(|day| *day <= last)
        });
        let mut days: Vec<Date> = days.collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    fn first_measured(&self) -> Option<Date> {
        let [start, end] = self.run;
        let rhythms = self.rhythms.iter();
        rhythms
            .filter_map(|part| part.dates(start, end).next())
            .min()
    }
}

/// The planning with a place for everything in it.
#[derive(Debug, Serialize)]
pub struct Chart {
    /// How wide it is.
    #[serde(rename = "breedte")]
    width: Length,
    /// The axis of time.
    #[serde(rename = "as")]
    axis: Axis,
    /// The drawings, one below the other; a short planning is one.
    #[serde(rename = "vellen")]
    sheets: Vec<Sheet>,
    /// How many activities are drawn.
    #[serde(rename = "activiteiten")]
    activities: usize,
    /// How many goals are drawn.
    #[serde(rename = "doelen")]
    goals: usize,
    /// Whether the evaluation is drawn.
    #[serde(rename = "evaluatie")]
    is_evaluated: bool,
    /// How far activities are, as far as that is drawn.
    #[serde(rename = "statussen")]
    statuses: Vec<ActivityStatus>,
    /// The activities that cannot be drawn, because their days are not known or end before they begin.
    #[serde(rename = "zonder_dagen")]
    undated: Vec<Undated>,
    /// How many activities and goals are left out because there are too many.
    #[serde(rename = "weggelaten")]
    left_out: usize,
    /// How many arrows are left out because there are too many.
    #[serde(rename = "pijlen_weggelaten")]
    arrows_left_out: usize,
    /// Whether a goal is measured so often that not every time is drawn.
    #[serde(rename = "metingen_weggelaten")]
    has_hidden_marks: bool,
}

/// One drawing: it fits on a sheet of paper.
#[derive(Debug, Serialize)]
pub struct Sheet {
    #[serde(rename = "hoogte")]
    height: Length,
    #[serde(rename = "banden")]
    bands: Vec<Band>,
    #[serde(rename = "pijlen")]
    arrows: Vec<Arrow>,
    /// Where the term of a goal ends: lines from top to bottom.
    #[serde(rename = "termijnen")]
    terms: Vec<Length>,
}

impl Sheet {
    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.bands.iter().flat_map(|band| &band.rows)
    }

    /// Says beside the bar of an activity what cannot be drawn.
    fn note(&mut self, id: &str, text: &str, axis: &Axis) {
        let rows = self.bands.iter_mut().flat_map(|band| &mut band.rows);
        for row in rows.filter(|row| row.id == id && row.bar.is_some()) {
            row.note(text, axis);
        }
    }
}

/// An activity that cannot be drawn.
#[derive(Debug, Serialize)]
pub struct Undated {
    id: String,
    #[serde(rename = "naam")]
    name: String,
    start: Option<Date>,
    #[serde(rename = "einde")]
    end: Option<Date>,
}

impl Timeline {
    /// Takes from a plan what its planning is drawn from.
    pub fn of(plan: &Plan, facts: &Facts<'_>, words: Words) -> Self {
        let groups = plan
            .groups()
            .ids()
            .map(|id| (id.to_owned(), plan.groups().name(id)));
        Self {
            tasks: facts
                .activities
                .iter()
                .map(|(id, scheduled)| task(plan, id, scheduled))
                .collect(),
            goals: facts.terms.keys().map(|id| goal(plan, facts, id)).collect(),
            groups: groups.collect(),
            run: [facts.start, facts.end],
            evaluated: plan
                .evaluation
                .given()
                .and_then(|evaluation| evaluation.when.given()?.date(facts.start)),
            words,
        }
    }

    /// Gives everything a place; of one group only what asks time of it and the goals in it. Nothing without days.
    pub fn chart(&self, group: Option<&str>) -> Option<Chart> {
        let tasks: Vec<&Task> = self
            .tasks
            .iter()
            .filter(|task| group.is_none_or(|group| task.groups.iter().any(|id| id == group)))
            .collect();
        let goals: Vec<&Goal> = self
            .goals
            .iter()
            .filter(|goal| group.is_none_or(|group| goal.group.as_deref() == Some(group)))
            .filter(|goal| goal.term.is_some() || goal.first_measured().is_some())
            .collect();
        let (dated, undated): (Vec<&Task>, Vec<&Task>) =
            tasks.into_iter().partition(|task| task.days().is_some());
        if dated.is_empty() && goals.is_empty() {
            return None;
        }
        // The evaluation is of the whole plan.
        let evaluated = self.evaluated.filter(|_| group.is_none());
        let axis = Axis::over(
            self.days(&dated, &goals, evaluated),
            self.run[0],
            (LEFT, RUN),
            self.words,
        )?;
        let left_out =
            dated.len().saturating_sub(MOST_ACTIVITIES) + goals.len().saturating_sub(MOST_GOALS);
        let dated = dated.get(..MOST_ACTIVITIES).unwrap_or(&dated);
        let goals = goals.get(..MOST_GOALS).unwrap_or(&goals);
        let mut sections = self.sections(dated, goals, &axis, group);
        if let Some(day) = evaluated {
            let name = self.words.get("velden.evaluatie.label");
            let row = Row::of_evaluation(name, day, &axis);
            match sections.last_mut().filter(|_| !goals.is_empty()) {
                Some(of_goals) => of_goals.push(row),
                None => sections.push(Section::new(name.to_owned(), vec![row])),
            }
        }
        let mut sheets = sheets::lay_out(sections);
        let arrows_left_out = arrows::draw(&mut sheets, dated, &axis, self.words);
        let terms = terms(goals, &axis);
        for sheet in &mut sheets {
            sheet.terms.clone_from(&terms);
        }
        let has_hidden_marks = sheets.iter().flat_map(Sheet::rows).any(Row::hides_marks);
        Some(Chart {
            width: WIDTH,
            axis,
            activities: dated.len(),
            goals: goals.len(),
            is_evaluated: evaluated.is_some(),
            statuses: [ActivityStatus::Ongoing, ActivityStatus::Done]
                .into_iter()
                .filter(|status| dated.iter().any(|task| task.status == Some(*status)))
                .collect(),
            undated: undated.into_iter().map(Undated::of).collect(),
            has_hidden_marks,
            sheets,
            left_out,
            arrows_left_out,
        })
    }

    /// The days that the axis must show.
    fn days(&self, tasks: &[&Task], goals: &[&Goal], evaluated: Option<Date>) -> Vec<Date> {
        let tasks = tasks.iter().filter_map(|task| task.days());
        let tasks = tasks.flat_map(|(start, end)| [start, end]);
        let terms = goals.iter().filter_map(|goal| goal.term);
        let measured = goals.iter().filter_map(|goal| goal.first_measured());
        let run = self.run.iter().flatten().copied();
        tasks
            .chain(terms)
            .chain(measured)
            .chain(run)
            .chain(evaluated)
            .collect()
    }

    /// The rows under the names of the groups: first what asks time of several, then what asks it of one, then what asks it of
    /// none (the team's own work), then the goals.
    fn sections(
        &self,
        tasks: &[&Task],
        goals: &[&Goal],
        axis: &Axis,
        group: Option<&str>,
    ) -> Vec<Section> {
        let mut tasks = tasks.to_vec();
        tasks.sort_by_key(|task| task.days());
        let rows = |belongs: &dyn Fn(&Task) -> bool| -> Vec<Row> {
            let tasks = tasks.iter().filter(|task| belongs(task));
            tasks.map(|task| Row::of_task(task, axis)).collect()
        };
        let title = |key: &str| self.words.get(&format!("figuur.planning.{key}")).to_owned();
        let mut sections = Vec::new();
        if group.is_some() {
            sections.push(Section::new(title("activiteiten"), rows(&|_| true)));
        } else {
            let of_several = rows(&|task| task.groups.len() > 1);
            sections.push(Section::new(title("meer_groepen"), of_several));
            for (id, name) in &self.groups {
                let of_one = rows(&|task| task.groups.as_slice() == [id.as_str()]);
                sections.push(Section::new(name.clone(), of_one));
            }
            let known = |id: &String| self.groups.contains_key(id);
            let of_another = rows(&|task| task.groups.len() == 1 && !task.groups.iter().all(known));
            sections.push(Section::new(title("andere"), of_another));
            sections.push(Section::new(
                title("team"),
                rows(&|task| task.groups.is_empty()),
            ));
        }
        let goals = goals.iter().map(|goal| Row::of_goal(goal, axis));
        sections.push(Section::new(title("doelen"), goals.collect()));
        sections.retain(Section::has_rows);
        sections
    }
}

impl Undated {
    fn of(task: &Task) -> Self {
        Self {
            id: task.id.clone(),
            name: task.name.clone(),
            start: task.start,
            end: task.end,
        }
    }
}

/// The ends of terms, each place once.
fn terms(goals: &[&Goal], axis: &Axis) -> Vec<Length> {
    let terms = goals.iter().filter_map(|goal| goal.term);
    let mut places: Vec<Length> = terms
        .filter(|term| axis.shows(*term))
        .map(|term| axis.x_middle(term))
        .collect();
    places.sort_unstable();
    places.dedup();
    places
}

fn task(plan: &Plan, id: &str, scheduled: &Scheduled<'_>) -> Task {
    let activity = scheduled.activity;
    let effort = activity
        .effort
        .given()
        .into_iter()
        .flat_map(Entries::iter)
        .filter(|(_, effort)| effort.asks_time());
    let groups = effort
        .map(|(party, _)| party.as_str())
        .filter(|party| !plan.roles().contains(party));
    Task {
        id: id.to_owned(),
        name: plan.activities().name(id),
        groups: groups.map(str::to_owned).collect(),
        start: scheduled.start,
        end: scheduled.end,
        status: activity.status.given().copied(),
        after: activity
            .after
            .all()
            .iter()
            .map(|id| id.as_ref().to_owned())
            .collect(),
    }
}

fn goal(plan: &Plan, facts: &Facts<'_>, id: &str) -> Goal {
    let indicators = facts.links.indicators_of_goal.get(id);
    let rhythms = indicators
        .into_iter()
        .flatten()
        .filter_map(|indicator| plan.indicators().get(indicator)?.when.given());
    Goal {
        id: id.to_owned(),
        name: plan.goals().name(id),
        group: plan
            .goals()
            .get(id)
            .and_then(|goal| goal.group.given())
            .map(|group| group.as_ref().to_owned()),
        term: facts.terms.get(id).and_then(|term| term.ends),
        rhythms: rhythms
            .flat_map(Rhythm::parts)
            .copied()
            .take(MOST_RHYTHMS)
            .collect(),
        run: [facts.start, facts.end],
    }
}
