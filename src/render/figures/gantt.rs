//! The planning as a Gantt chart: activities, what they wait for, actions, decisions, the terms of goals and the days on which
//! these are measured.

mod arrows;
mod rows;
mod sheets;

use std::collections::HashMap;

use indexmap::IndexMap;
use jiff::civil::Date;
use minijinja::Value;
use serde::Serialize;

use self::rows::Row;
use self::sheets::{Band, Section};
use super::axis::Axis;
use super::length::Length;
use super::{WIDTH, limit};
use crate::facts::{Facts, Milestone, MilestoneKind, Scheduled};
use crate::plan::Plan;
use crate::plan::budget::ActivityStatus;
use crate::value::{Entries, Rhythm, RhythmPart};
use crate::words::{FieldText, Words, key};

/// The left edge of the axis. Before it are the names.
const LEFT: Length = Length::px(240);

/// The width of the axis.
const RUN: Length = Length::px(512);

/// The maximum numbers of activities, goals and milestones in a readable figure.
const MOST_ACTIVITIES: usize = 150;
const MOST_GOALS: usize = 50;
const MOST_MILESTONES: usize = 50;

/// The maximum number of measurements of one rhythm: every day of the longest axis.
const MOST_TIMES: usize = 4000;

/// The maximum number of rhythms per goal: more make no visible difference.
const MOST_RHYTHMS: usize = 40;

/// The data of the figure.
#[derive(Debug)]
pub struct Timeline {
    tasks: Vec<Task>,
    goals: Vec<Goal>,
    milestones: Vec<Due>,
    /// The positions of the tasks and goals of each group.
    by_group: HashMap<String, [Vec<usize>; 2]>,
    groups: IndexMap<String, String>,
    /// The first and last day of the plan.
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
    /// The groups whose time it takes.
    groups: Vec<String>,
    start: Option<Date>,
    end: Option<Date>,
    status: Option<ActivityStatus>,
    after: Vec<String>,
}

/// A goal, with its term and measurements.
#[derive(Debug)]
struct Goal {
    id: String,
    name: String,
    group: Option<String>,
    term: Option<Date>,
    rhythms: Vec<RhythmPart>,
    /// The first and last day of the plan, between which rhythms run.
    run: [Option<Date>; 2],
}

/// A day by which something has to be there or is decided.
#[derive(Debug)]
struct Due {
    id: String,
    name: String,
    day: Date,
    is_decision: bool,
    is_open: bool,
}

/// One drawing, which fits on a sheet of paper.
#[derive(Debug, Serialize)]
struct Sheet {
    #[serde(rename = "hoogte")]
    height: Length,
    #[serde(rename = "banden")]
    bands: Vec<Band>,
    #[serde(rename = "pijlen")]
    arrows: Vec<Value>,
    /// The ends of the terms of goals: lines from top to bottom.
    #[serde(rename = "termijnen")]
    terms: Vec<Length>,
}

impl Sheet {
    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.bands.iter().flat_map(|band| &band.rows)
    }
}

impl Timeline {
    pub fn of(plan: &Plan, facts: &Facts<'_>, words: Words) -> Self {
        let tasks = facts.activities.iter();
        let groups = plan.groups().ids();
        let evaluation = plan.evaluation.given();
        let tasks: Vec<Task> = tasks.map(|(id, found)| Task::of(plan, id, found)).collect();
        let goals = facts.terms.keys();
        let goals: Vec<Goal> = goals.map(|id| Goal::of(plan, facts, id)).collect();
        Self {
            by_group: by_group(&tasks, &goals),
            tasks,
            goals,
            milestones: facts.milestones.iter().filter_map(Due::of).collect(),
            groups: groups
                .map(|id| (id.to_owned(), plan.groups().name(id).into_owned()))
                .collect(),
            run: [facts.start, facts.end],
            evaluated: evaluation.and_then(|evaluation| evaluation.when.given()?.date(facts.start)),
            words,
        }
    }

    /// The figure, of the whole plan or of one group: the activities that take its time and its own goals. None if nothing in it has
    /// a day.
    pub fn chart(&self, group: Option<&str>) -> Option<Value> {
        let (tasks, mut goals) = self.of_group(group);
        let (dated, undated): (Vec<&Task>, Vec<&Task>) =
            tasks.into_iter().partition(|task| task.days().is_some());
        goals.retain(|goal| goal.term.is_some() || goal.first_measured().is_some());
        if dated.is_empty() && goals.is_empty() {
            return None;
        }
        // Milestones and the evaluation are about the whole plan, not about a group.
        let milestones = self.milestones.iter().filter(|_| group.is_none());
        let mut milestones: Vec<&Due> = milestones.collect();
        milestones.sort_by_key(|due| due.day);
        let evaluated = self.evaluated.filter(|_| group.is_none());
        let days = self.days(&dated, &goals, evaluated);
        let axis = Axis::over(days, self.run[0], (LEFT, RUN), self.words)?;
        let (dated, tasks_left_out) = limit(&dated, MOST_ACTIVITIES);
        let (goals, goals_left_out) = limit(&goals, MOST_GOALS);
        let (milestones, milestones_left_out) = limit(&milestones, MOST_MILESTONES);
        let mut sections = self.sections(dated, goals, &axis, group);
        if !milestones.is_empty() {
            let before_goals = sections.len() - usize::from(!goals.is_empty());
            sections.insert(before_goals, self.section_of_milestones(milestones, &axis));
        }
        if let Some(day) = evaluated {
            let title = self.words.field("evaluatie", FieldText::Label);
            let row = Row::of_evaluation(title, day, &axis);
            match sections.last_mut().filter(|_| !goals.is_empty()) {
                Some(of_goals) => of_goals.rows.push(row),
                None => sections.push(Section {
                    title: title.to_owned(),
                    rows: vec![row],
                }),
            }
        }
        let mut sheets = sheets::lay_out(sections);
        let arrows_left_out = arrows::draw(&mut sheets, dated, &axis, self.words);
        let terms = terms(goals, &axis);
        for sheet in &mut sheets {
            sheet.terms.clone_from(&terms);
        }
        let mut statuses = vec![ActivityStatus::Ongoing, ActivityStatus::Done];
        statuses.retain(|status| dated.iter().any(|task| task.status == Some(*status)));
        let undated = undated.into_iter().map(
            |task| record!({id: task.id, naam: task.name, start: task.start, einde: task.end}),
        );
        Some(record!({
            breedte: WIDTH,
            as: axis,
            vellen: sheets,
            activiteiten: dated.len(),
            doelen: goals.len(),
            acties: milestones.iter().any(|due| !due.is_decision),
            besluiten: milestones.iter().any(|due| due.is_decision),
            evaluatie: evaluated.is_some(),
            statussen: statuses,
            zonder_dagen: undated.collect::<Vec<_>>(),
            weggelaten: tasks_left_out + goals_left_out + milestones_left_out,
            pijlen_weggelaten: arrows_left_out,
            metingen_weggelaten: sheets.iter().flat_map(Sheet::rows).any(|row| row.hides_marks),
        }))
    }

    fn section_of_milestones(&self, milestones: &[&Due], axis: &Axis) -> Section {
        let rows = milestones.iter().map(|due| Row::of_milestone(due, axis));
        Section {
            title: self.words.get(key::figuur::planning::MIJLPALEN).to_owned(),
            rows: rows.collect(),
        }
    }

    /// The tasks and goals of one group, or of the whole plan.
    fn of_group(&self, group: Option<&str>) -> (Vec<&Task>, Vec<&Goal>) {
        let Some(group) = group else {
            return (self.tasks.iter().collect(), self.goals.iter().collect());
        };
        let Some([tasks, goals]) = self.by_group.get(group) else {
            return Default::default();
        };
        (
            tasks.iter().map(|nr| &self.tasks[*nr]).collect(),
            goals.iter().map(|nr| &self.goals[*nr]).collect(),
        )
    }

    /// The days that the axis should cover.
    fn days(&self, tasks: &[&Task], goals: &[&Goal], evaluated: Option<Date>) -> Vec<Date> {
        let tasks = tasks.iter().filter_map(|task| task.days());
        let tasks = tasks.flat_map(|(start, end)| [start, end]);
        let goals = goals
            .iter()
            .flat_map(|goal| [goal.term, goal.first_measured()]);
        let others = goals.chain(self.run).chain([evaluated]).flatten();
        tasks.chain(others).collect()
    }

    /// The sections: activities of several groups, of each group, and of no group (the team's own work), then the goals.
    fn sections(
        &self,
        tasks: &[&Task],
        goals: &[&Goal],
        axis: &Axis,
        group: Option<&str>,
    ) -> Vec<Section> {
        let mut tasks = tasks.to_vec();
        tasks.sort_by_key(|task| task.days());
        let title = |key: &str| self.words.get(key).to_owned();
        let mut sections = Vec::new();
        let mut add = |title: String, belongs: &dyn Fn(&[String]) -> bool| {
            let tasks = tasks.iter().filter(|task| belongs(&task.groups));
            let rows = tasks.map(|task| Row::of_task(task, axis)).collect();
            sections.push(Section { title, rows });
        };
        if group.is_some() {
            add(title(key::figuur::planning::ACTIVITEITEN), &|_| true);
        } else {
            add(title(key::figuur::planning::MEER_GROEPEN), &|groups| {
                groups.len() > 1
            });
            for (id, name) in &self.groups {
                add(name.clone(), &|groups| groups == [id.as_str()]);
            }
            add(
                title(key::figuur::planning::ANDERE),
                &|groups| matches!(groups, [id] if !self.groups.contains_key(id)),
            );
            add(title(key::figuur::planning::TEAM), &<[String]>::is_empty);
        }
        let goals = goals.iter().map(|goal| Row::of_goal(goal, axis));
        sections.push(Section {
            title: title(key::figuur::planning::DOELEN),
            rows: goals.collect(),
        });
        sections.retain(|section| !section.rows.is_empty());
        sections
    }
}

/// The positions of the tasks and goals of each group.
fn by_group(tasks: &[Task], goals: &[Goal]) -> HashMap<String, [Vec<usize>; 2]> {
    let mut by_group: HashMap<String, [Vec<usize>; 2]> = HashMap::new();
    for (nr, task) in tasks.iter().enumerate() {
        for group in &task.groups {
            by_group.entry(group.clone()).or_default()[0].push(nr);
        }
    }
    for (nr, goal) in goals.iter().enumerate() {
        if let Some(group) = &goal.group {
            by_group.entry(group.clone()).or_default()[1].push(nr);
        }
    }
    by_group
}

/// The positions of the ends of terms, without duplicates.
fn terms(goals: &[&Goal], axis: &Axis) -> Vec<Length> {
    let terms = goals.iter().filter_map(|goal| goal.term);
    let shown = terms.filter(|term| axis.shows(*term));
    let mut places: Vec<Length> = shown.map(|term| axis.x_middle(term)).collect();
    places.sort_unstable();
    places.dedup();
    places
}

impl Task {
    fn of(plan: &Plan, id: &str, scheduled: &Scheduled<'_>) -> Self {
        let activity = scheduled.activity;
        let efforts = activity.effort.given().into_iter().flat_map(Entries::iter);
        let groups = efforts
            .filter(|(_, effort)| effort.may_need_time())
            .map(|(party, _)| party.as_str())
            .filter(|party| !plan.roles().contains(party));
        let after = activity.after.all().iter();
        Self {
            id: id.to_owned(),
            name: plan.activities().name(id).into_owned(),
            groups: groups.map(str::to_owned).collect(),
            start: scheduled.start,
            end: scheduled.end,
            status: activity.status.given().copied(),
            after: after.map(|id| id.as_ref().to_owned()).collect(),
        }
    }

    fn days(&self) -> Option<(Date, Date)> {
        self.start.zip(self.end).filter(|(start, end)| start <= end)
    }
}

impl Due {
    fn of(milestone: &Milestone<'_>) -> Option<Self> {
        Some(Self {
            id: milestone.id.to_owned(),
            name: milestone.name.clone().into_owned(),
            day: milestone.day?,
            is_decision: milestone.kind == MilestoneKind::Decision,
            is_open: milestone.is_open,
        })
    }
}

impl Goal {
    fn of(plan: &Plan, facts: &Facts<'_>, id: &str) -> Self {
        let goal = plan.goals().get(id);
        let indicators = facts.links.indicators_of_goal.get(id);
        let rhythms = indicators
            .into_iter()
            .flatten()
            .filter_map(|indicator| plan.indicators().get(indicator)?.when.given())
            .flat_map(Rhythm::parts);
        Self {
            id: id.to_owned(),
            name: plan.goals().name(id).into_owned(),
            group: goal.and_then(|goal| Some(goal.group.given()?.as_ref().to_owned())),
            term: facts.terms.get(id).and_then(|term| term.ends),
            rhythms: rhythms.copied().take(MOST_RHYTHMS).collect(),
            run: [facts.start, facts.end],
        }
    }

    /// The days on which it is measured, up to and including `last`.
    fn measured(&self, last: Date) -> Vec<Date> {
        let [start, end] = self.run;
        let rhythms = self.rhythms.iter();
        let mut days: Vec<Date> = rhythms
            .flat_map(|part| {
                part.dates(start, end)
                    .take(MOST_TIMES)
                    .take_while(|day| *day <= last)
            })
            .collect();
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
