//! The planning by group: the activities of each user group, decisions, goals, actions and materials, as rows with a place in time.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use jiff::civil::Date;
use minijinja::Value;
use serde::Serialize;

use super::scale::Scale;
use crate::facts::{Facts, Milestone, MilestoneKind, Scheduled};
use crate::plan::Plan;
use crate::plan::budget::{ActivityStatus, Effort};
use crate::value::{Answer, Entries, Moment, Number, Rhythm, RhythmPart};
use crate::words::{FieldText, Words, key};

/// The most measurements of one rhythm: every day of the longest scale.
const MOST_TIMES: usize = 4000;

/// The most rhythms per goal: more make no visible difference.
const MOST_RHYTHMS: usize = 40;

/// Measurements closer to each other than this look like one, in percent.
const BETWEEN_MARKS: f64 = 3.0;

/// The data of the figure.
#[derive(Debug)]
pub struct Timeline {
    tasks: Vec<Task>,
    /// The positions in `tasks` by group, of each activity that may take its time.
    by_group: IndexMap<String, Vec<usize>>,
    /// The names and sizes of the groups that have a band, in the order of the plan.
    groups: IndexMap<String, Group>,
    goals: Vec<Goal>,
    milestones: Vec<Due>,
    /// The first and last day of the plan.
    run: [Option<Date>; 2],
    evaluated: Option<Date>,
    words: Words,
}

#[derive(Debug)]
struct Group {
    name: String,
    size: Option<u32>,
    /// Whether something should be asked of it, so that a band without rows is worth a word.
    is_expected: bool,
}

#[derive(Debug)]
struct Task {
    id: String,
    name: String,
    days: [Option<Date>; 2],
    /// The days as the plan says them.
    said: [Option<String>; 2],
    status: Option<ActivityStatus>,
    /// What it asks of groups and roles.
    shares: IndexMap<String, Share>,
    /// Whether a group takes part.
    has_group: bool,
}

/// The hours of one person of a group or role; none if they are not known.
#[derive(Debug, Clone, Serialize)]
struct Share {
    #[serde(rename = "partij")]
    party: String,
    #[serde(rename = "uren")]
    hours: Option<Number>,
}

#[derive(Debug)]
struct Goal {
    id: String,
    name: String,
    group: Option<String>,
    term: Option<Date>,
    rhythms: Vec<RhythmPart>,
}

/// A day by which something has to be there or is decided.
#[derive(Debug)]
struct Due {
    kind: MilestoneKind,
    id: String,
    name: String,
    day: Date,
    is_open: bool,
}

/// A band of rows.
#[derive(Debug, Serialize)]
struct Band {
    #[serde(rename = "groep")]
    group: Option<String>,
    #[serde(rename = "naam")]
    name: String,
    #[serde(rename = "omvang")]
    size: Option<u32>,
    #[serde(rename = "rijen")]
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy, Serialize)]
enum RowKind {
    #[serde(rename = "activiteit")]
    Activity,
    #[serde(rename = "besluit")]
    Decision,
    #[serde(rename = "actie")]
    Action,
    #[serde(rename = "doel")]
    Goal,
    #[serde(rename = "evaluatie")]
    Evaluation,
}

#[derive(Debug, Serialize)]
struct Row {
    #[serde(rename = "soort")]
    kind: RowKind,
    id: String,
    #[serde(rename = "naam")]
    name: String,
    start: Option<Date>,
    #[serde(rename = "einde")]
    end: Option<Date>,
    /// The days of an activity as the plan says them, where one is not known.
    #[serde(rename = "gezegd")]
    said: [Option<String>; 2],
    #[serde(rename = "verkeerd_om")]
    is_reversed: bool,
    status: Option<ActivityStatus>,
    /// Whether an action is done or a decision taken.
    #[serde(rename = "klaar")]
    is_done: bool,
    /// The hours per person of the group, or of each role in the work of the team.
    #[serde(rename = "inzet")]
    shares: Vec<Share>,
    #[serde(rename = "balk")]
    bar: Option<Bar>,
    #[serde(rename = "punten")]
    points: Vec<Point>,
}

/// The place of a bar, in percent.
#[derive(Debug, Clone, Copy, Serialize)]
struct Bar {
    #[serde(rename = "van")]
    from: f64,
    #[serde(rename = "tot")]
    to: f64,
}

#[derive(Debug, Clone, Copy, Serialize)]
struct Point {
    #[serde(rename = "soort")]
    kind: PointKind,
    #[serde(rename = "dag")]
    day: Date,
    #[serde(rename = "plek")]
    at: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
enum PointKind {
    #[serde(rename = "besluit")]
    Decision,
    #[serde(rename = "actie")]
    Action,
    #[serde(rename = "meting")]
    Measurement,
    #[serde(rename = "termijn")]
    Term,
    #[serde(rename = "evaluatie")]
    Evaluation,
}

impl Timeline {
    pub fn of(plan: &Plan, facts: &Facts<'_>, words: Words) -> Self {
        let tasks = facts.activities.iter();
        let tasks: Vec<Task> = tasks.map(|(id, found)| Task::of(plan, id, found)).collect();
        let mut by_group: IndexMap<String, Vec<usize>> = IndexMap::new();
        for (nr, task) in tasks.iter().enumerate() {
            for party in task.shares.keys().filter(|it| !plan.roles().contains(it)) {
                by_group.entry(party.clone()).or_default().push(nr);
            }
        }
        let evaluation = plan.evaluation.given();
        let goals = facts.terms.keys();
        Self {
            groups: groups(plan, facts, by_group.keys()),
            by_group,
            tasks,
            goals: goals.map(|id| Goal::of(plan, facts, id)).collect(),
            milestones: facts.milestones.iter().filter_map(Due::of).collect(),
            run: [facts.start, facts.end],
            evaluated: evaluation.and_then(|evaluation| evaluation.when.given()?.date(facts.start)),
            words,
        }
    }

    /// The figure, of the whole plan or of one group: the activities that take its time and its own goals. None if nothing in it has
    /// a day.
    pub fn chart(&self, group: Option<&str>) -> Option<Value> {
        let goals = self.goals.iter();
        let goals: Vec<&Goal> = goals
            .filter(|goal| group.is_none() || goal.group.as_deref() == group)
            .filter(|goal| goal.term.is_some() || self.first_measured(goal).is_some())
            .collect();
        let numbers = group.map(|group| self.by_group.get(group).map_or(&[][..], |it| it));
        let tasks: Vec<&Task> = match numbers {
            Some(numbers) => numbers.iter().map(|nr| &self.tasks[*nr]).collect(),
            None => self.tasks.iter().collect(),
        };
        let evaluated = self.evaluated.filter(|_| group.is_none());
        let mut days: Vec<Date> = tasks
            .iter()
            .flat_map(|task| task.ordered())
            .flatten()
            .collect();
        for goal in &goals {
            days.extend([goal.term, self.first_measured(goal)].into_iter().flatten());
        }
        if days.is_empty() {
            return None;
        }
        days.extend(self.run.into_iter().chain([evaluated]).flatten());
        let scale = Scale::over(days, self.run[0], self.words)?;
        let mut bands = Vec::new();
        if let Some(group) = group {
            let title = self.words.get(key::figuur::planning::ACTIVITEITEN);
            bands.push(self.band_of(group, title.to_owned(), None, &scale));
        } else {
            bands.push(self.band_of_milestones(true, &scale));
        }
        bands.push(self.band_of_goals(&goals, evaluated, &scale));
        if group.is_none() {
            let of_groups = self.groups.iter().filter_map(|(id, group)| {
                let band = self.band_of(id, group.name.clone(), group.size, &scale);
                (group.is_expected || !band.rows.is_empty()).then_some(band)
            });
            bands.extend(of_groups);
            bands.push(self.band_of_team(&scale));
            bands.push(self.band_of_milestones(false, &scale));
        }
        bands.retain(|band| band.group.is_some() || !band.rows.is_empty());
        let rows = || bands.iter().flat_map(|band| &band.rows);
        let kinds: BTreeSet<PointKind> = rows()
            .flat_map(|row| &row.points)
            .map(|it| it.kind)
            .collect();
        let any = |status| tasks.iter().any(|task| task.status == Some(status));
        let mut statuses = vec![ActivityStatus::Ongoing, ActivityStatus::Done];
        statuses.retain(|status| any(*status));
        if !statuses.is_empty() {
            statuses.insert(0, ActivityStatus::Planned);
        }
        Some(record!({
            schaal: scale,
            banden: bands,
            activiteiten: tasks.len(),
            statussen: statuses,
            tekens: kinds,
        }))
    }

    /// The band of a group.
    fn band_of(&self, group: &str, name: String, size: Option<u32>, scale: &Scale) -> Band {
        let numbers = self.by_group.get(group).map_or(&[][..], |it| it);
        let rows = numbers.iter().map(|nr| {
            let task = &self.tasks[*nr];
            task.row(task.shares.get(group).into_iter(), scale)
        });
        Band {
            group: Some(group.to_owned()),
            name,
            size,
            rows: in_order(rows.collect()),
        }
    }

    /// The activities in which no group takes part.
    fn band_of_team(&self, scale: &Scale) -> Band {
        let tasks = self.tasks.iter().filter(|task| !task.has_group);
        let rows = tasks.map(|task| task.row(task.shares.values(), scale));
        self.band(key::figuur::planning::TEAM, in_order(rows.collect()))
    }

    fn band_of_milestones(&self, decisions: bool, scale: &Scale) -> Band {
        let of_kind = |due: &&Due| (due.kind == MilestoneKind::Decision) == decisions;
        let rows = self.milestones.iter().filter(of_kind).map(|due| {
            let (kind, point) = if decisions {
                (RowKind::Decision, PointKind::Decision)
            } else {
                (RowKind::Action, PointKind::Action)
            };
            let mut row = Row::new(kind, &due.id, due.name.clone());
            if due.kind == MilestoneKind::Sustainment {
                let label = self.words.find(&format!("velden.borging.{}.label", due.id));
                row.name = label.map_or(row.name, str::to_owned);
            }
            row.is_done = !due.is_open;
            row.end = Some(due.day);
            row.mark(point, due.day, scale);
            row
        });
        let title = if decisions {
            key::figuur::planning::BESLUITEN
        } else {
            key::figuur::planning::ACTIES
        };
        self.band(title, in_order(rows.collect()))
    }

    fn band_of_goals(&self, goals: &[&Goal], evaluated: Option<Date>, scale: &Scale) -> Band {
        let rows = goals.iter().map(|goal| {
            let mut row = Row::new(RowKind::Goal, &goal.id, goal.name.clone());
            row.end = goal.term;
            for day in self.measured(goal, scale.last) {
                row.mark(PointKind::Measurement, day, scale);
            }
            if let Some(term) = goal.term {
                row.mark(PointKind::Term, term, scale);
            }
            row
        });
        let mut rows: Vec<Row> = rows.collect();
        if let Some(day) = evaluated {
            let name = self.words.field("evaluatie", FieldText::Label);
            let mut row = Row::new(RowKind::Evaluation, "evaluatie", name.to_owned());
            row.end = Some(day);
            row.mark(PointKind::Evaluation, day, scale);
            rows.push(row);
        }
        self.band(key::figuur::planning::DOELEN, rows)
    }

    fn band(&self, title: &str, rows: Vec<Row>) -> Band {
        Band {
            group: None,
            name: self.words.get(title).to_owned(),
            size: None,
            rows,
        }
    }

    /// The days on which a goal is measured, up to and including `last`.
    fn measured(&self, goal: &Goal, last: Date) -> Vec<Date> {
        let [start, end] = self.run;
        let mut days: Vec<Date> = goal
            .rhythms
            .iter()
            .flat_map(|part| {
                let days = part.dates(start, end).take(MOST_TIMES);
                days.take_while(|day| *day <= last)
            })
            .collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    fn first_measured(&self, goal: &Goal) -> Option<Date> {
        let [start, end] = self.run;
        let rhythms = goal.rhythms.iter();
        rhythms
            .filter_map(|part| part.dates(start, end).next())
            .min()
    }
}

/// The groups that have a band: those of section 3, and others that activities name.
fn groups<'g>(
    plan: &Plan,
    facts: &Facts<'_>,
    named: impl Iterator<Item = &'g String>,
) -> IndexMap<String, Group> {
    let stakeholders = plan.groups();
    let ids = stakeholders.ids().map(str::to_owned);
    ids.chain(named.cloned())
        .map(|id| {
            let group = stakeholders.get(&id);
            let size = group.and_then(|group| Some(group.size.given()?.value()));
            let user = facts.users.get(id.as_str());
            let group = Group {
                name: stakeholders.name(&id).into_owned(),
                size,
                is_expected: user.is_some_and(|user| user.role.is_some() && !user.is_beneficiary()),
            };
            (id, group)
        })
        .collect()
}

/// Rows by their days; those without a day come last.
fn in_order(mut rows: Vec<Row>) -> Vec<Row> {
    let day = |row: &Row| row.start.or(row.end).unwrap_or(Date::MAX);
    rows.sort_by_key(|row| (day(row), row.end));
    rows
}

impl Task {
    fn of(plan: &Plan, id: &str, scheduled: &Scheduled<'_>) -> Self {
        let activity = scheduled.activity;
        let efforts = activity.effort.given().into_iter().flat_map(Entries::iter);
        let share = |(party, effort): (&_, &Effort)| {
            let party: &crate::value::GroupOrRoleRef = party;
            let hours = effort.hours.given().copied();
            let is_asked = effort.may_need_time() || effort.lacks_hours();
            is_asked.then(|| {
                (
                    party.as_str().to_owned(),
                    Share {
                        party: party.as_str().to_owned(),
                        hours,
                    },
                )
            })
        };
        let shares: IndexMap<String, Share> = efforts.filter_map(share).collect();
        let said = |moment: &Answer<Moment>, day: Option<Date>| match day {
            Some(_) => None,
            None => moment.given().map(ToString::to_string),
        };
        Self {
            id: id.to_owned(),
            name: plan.activities().name(id).into_owned(),
            days: [scheduled.start, scheduled.end],
            said: [
                said(&activity.start, scheduled.start),
                said(&activity.end, scheduled.end),
            ],
            status: activity.status.given().copied(),
            has_group: shares.keys().any(|party| !plan.roles().contains(party)),
            shares,
        }
    }

    /// The first and last day, if both are known and in order.
    fn ordered(&self) -> [Option<Date>; 2] {
        match self.days {
            [Some(start), Some(end)] if start <= end => self.days,
            _ => [None; 2],
        }
    }

    fn row<'s>(&self, shares: impl Iterator<Item = &'s Share>, scale: &Scale) -> Row {
        let mut row = Row::new(RowKind::Activity, &self.id, self.name.clone());
        [row.start, row.end] = self.days;
        row.said.clone_from(&self.said);
        row.status = self.status;
        row.shares = shares.cloned().collect();
        if let [Some(start), Some(end)] = self.ordered() {
            let is_seen = start <= scale.last && end >= scale.first;
            row.bar = is_seen.then(|| Bar {
                from: scale.at(start),
                to: scale.after(end),
            });
        } else if let [Some(_), Some(_)] = self.days {
            row.is_reversed = true;
        }
        row
    }
}

impl Row {
    fn new(kind: RowKind, id: &str, name: String) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            name,
            start: None,
            end: None,
            said: [None, None],
            is_reversed: false,
            status: None,
            is_done: false,
            shares: Vec::new(),
            bar: None,
            points: Vec::new(),
        }
    }

    /// A mark on a day, unless the scale does not show it or it would cover the one before.
    fn mark(&mut self, kind: PointKind, day: Date, scale: &Scale) {
        let at = scale.at(day);
        let is_free = |last: &Point| last.kind != kind || at - last.at >= BETWEEN_MARKS;
        if scale.shows(day) && self.points.last().is_none_or(is_free) {
            self.points.push(Point { kind, day, at });
        }
    }
}

impl Due {
    fn of(milestone: &Milestone<'_>) -> Option<Self> {
        Some(Self {
            kind: milestone.kind,
            id: milestone.id.to_owned(),
            name: milestone.name.clone().into_owned(),
            day: milestone.day?,
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
        }
    }
}
