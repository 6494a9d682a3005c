//! The red thread as a picture: boxes for barriers, strategies, activities, their owners, indicators, goals and evaluation
//! questions, and the lines between them. What is missing is a box too, so that a hole is seen where the thread breaks.
//!
//! Every line is a reference in the plan. A plan that does not fit on one sheet has sheets per group, and what belongs to no
//! group comes last; on each, a strategy or activity stands once.

mod graph;
mod place;

use std::collections::HashSet;

use serde::Serialize;

use crate::facts::{BarrierThread, GoalThread, RedThread};
use crate::plan::Plan;
use graph::Graph;
use place::{Head, Knot, Strand};

/// How tall a sheet may be, in pixels, before what is on it is spread over more: what still prints legibly on wide A4.
const TALLEST: i32 = 580;

/// Around the line that divides a sheet.
const ROOM: i32 = 36;

/// How tall a sheet is at most where smaller ones would mostly say the same again: what still prints legibly on upright A4.
const TALLEST_UPRIGHT: i32 = 1_250;

/// Plans with more barriers, strategies, activities and goals than this are not drawn.
const MOST_THINGS: usize = 300;

/// Nor are plans in which these point at more than this.
const MOST_LINKS: usize = 1_000;

/// Nor are pictures with more boxes than this: on every sheet a strategy stands anew.
const MOST_KNOTS: usize = 500;

/// The picture.
#[derive(Debug, Clone, Serialize)]
pub struct ThreadPicture {
    /// How wide its sheets are.
    #[serde(rename = "breedte")]
    width: i32,
    /// Its sheets; none when there is nothing to draw, or too much.
    #[serde(rename = "vellen")]
    sheets: Vec<Sheet>,
    /// Whether there is too much to draw.
    #[serde(rename = "te_groot")]
    is_too_large: bool,
    /// How many things are missing in the thread.
    #[serde(rename = "gaten")]
    holes: usize,
}

/// One drawing.
#[derive(Debug, Clone, Serialize)]
struct Sheet {
    /// What is on it.
    #[serde(rename = "inhoud")]
    about: About,
    /// The id of the group that it is about.
    #[serde(rename = "groep")]
    group: Option<String>,
    /// Whether it goes on where the one before stopped.
    #[serde(rename = "vervolg")]
    continues: bool,
    #[serde(rename = "hoogte")]
    height: i32,
    /// Whether it is too tall for wide paper.
    #[serde(rename = "staand")]
    is_upright: bool,
    /// What the columns are.
    #[serde(rename = "koppen")]
    heads: Vec<Head>,
    /// Where the goals begin, below what leads to them.
    #[serde(rename = "scheiding")]
    divide: Option<i32>,
    /// The boxes.
    #[serde(rename = "knopen")]
    knots: Vec<Knot>,
    /// The lines between them.
    #[serde(rename = "draden")]
    strands: Vec<Strand>,
}

/// What a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
enum About {
    /// The whole thread.
    #[serde(rename = "alles")]
    Everything,
    /// What was found in one group, and its goals.
    #[serde(rename = "groep")]
    Group,
    /// Barriers and goals of which the group is not known.
    #[serde(rename = "zonder-groep")]
    NoGroup,
    /// Strategies that are aimed at no barrier, activities that carry out no strategy.
    #[serde(rename = "los")]
    Loose,
}

/// Something from which a thread is followed.
#[derive(Debug, Clone, Copy)]
enum Seed<'t> {
    Barrier(&'t BarrierThread<'t>),
    Strategy(&'t str),
    Activity(&'t str),
    Goal(&'t GoalThread<'t>),
}

/// What belongs together on sheets of its own.
struct Chapter<'t> {
    about: About,
    group: Option<&'t str>,
    seeds: Vec<Seed<'t>>,
}

impl ThreadPicture {
    /// Draws a thread.
    pub fn of(plan: &Plan, thread: &RedThread<'_>) -> Self {
        let sheets = if things(thread) > MOST_THINGS || links(thread) > MOST_LINKS {
            None
        } else {
            sheets(plan, thread)
        };
        Self {
            width: place::WIDTH,
            is_too_large: sheets.is_none(),
            sheets: sheets.unwrap_or_default(),
            holes: holes(thread),
        }
    }
}

fn things(thread: &RedThread<'_>) -> usize {
    thread.barriers.len() + thread.strategies.len() + thread.activities.len() + thread.goals.len()
}

fn links(thread: &RedThread<'_>) -> usize {
    let barriers = thread
        .barriers
        .iter()
        .map(|barrier| barrier.strategies.len());
    let strategies = thread
        .strategies
        .values()
        .map(|found| found.activities.len());
    let activities = thread.activities.values().map(|found| found.owners.len());
    let goals = thread
        .goals
        .iter()
        .map(|goal| goal.indicators.len() + goal.questions.len());
    barriers
        .chain(strategies)
        .chain(activities)
        .chain(goals)
        .sum()
}

fn holes(thread: &RedThread<'_>) -> usize {
    let barriers = thread.barriers.iter().map(|barrier| barrier.holes.len());
    let strategies = thread.strategies.values().map(|found| found.holes.len());
    let activities = thread.activities.values().map(|found| found.holes.len());
    let goals = thread.goals.iter().map(|goal| goal.holes.len());
    barriers
        .chain(strategies)
        .chain(activities)
        .chain(goals)
        .sum()
}

/// The sheets of a thread; nothing when they would be more than a reader can take in.
fn sheets(plan: &Plan, thread: &RedThread<'_>) -> Option<Vec<Sheet>> {
    let chapters = chapters(plan, thread);
    let everything = Chapter {
        about: About::Everything,
        group: None,
        seeds: chapters
            .iter()
            .flat_map(|chapter| chapter.seeds.iter().copied())
            .collect(),
    };
    if everything.seeds.is_empty() {
        return Some(Vec::new());
    }
    if everything.height(plan, thread, &everything.seeds) <= TALLEST {
        let whole = everything.sheet(plan, thread, &everything.seeds, false);
        return Some(vec![whole]);
    }
    let mut sheets = Vec::new();
    let mut knots = 0;
    for chapter in &chapters {
        for sheet in chapter.sheets(plan, thread) {
            knots += sheet.knots.len();
            if sheet.height > TALLEST_UPRIGHT || knots > MOST_KNOTS {
                return None;
            }
            sheets.push(sheet);
        }
    }
    Some(sheets)
}

/// What there is to draw: by group in the order of the plan, then what has none.
fn chapters<'t>(plan: &'t Plan, thread: &'t RedThread<'t>) -> Vec<Chapter<'t>> {
    let named = plan.groups();
    let known = named.ids().map(Some);
    let others = thread
        .barriers
        .iter()
        .map(|barrier| barrier.group)
        .chain(thread.goals.iter().map(|goal| goal.group))
        .filter(|group| group.is_some_and(|id| !named.contains(id)));
    let mut seen = HashSet::new();
    let groups = known.chain(others).chain([None]);
    let mut chapters: Vec<Chapter<'t>> = groups
        .filter(|group| seen.insert(*group))
        .map(|group| of_group(thread, group))
        .collect();
    chapters.push(loose(thread));
    chapters.retain(|chapter| !chapter.seeds.is_empty());
    chapters
}

fn of_group<'t>(thread: &'t RedThread<'t>, group: Option<&'t str>) -> Chapter<'t> {
    let barriers = thread
        .barriers
        .iter()
        .filter(|barrier| barrier.group == group);
    let goals = thread.goals.iter().filter(|goal| goal.group == group);
    Chapter {
        about: if group.is_some() {
            About::Group
        } else {
            About::NoGroup
        },
        group,
        seeds: barriers
            .map(Seed::Barrier)
            .chain(goals.map(Seed::Goal))
            .collect(),
    }
}

/// What no barrier leads to.
fn loose<'t>(thread: &'t RedThread<'t>) -> Chapter<'t> {
    let reached: HashSet<&str> = thread
        .barriers
        .iter()
        .flat_map(|barrier| barrier.strategies.iter().copied())
        .collect();
    let carried_out: HashSet<&str> = thread
        .strategies
        .values()
        .flat_map(|strategy| strategy.activities.iter().copied())
        .collect();
    let strategies = thread
        .strategies
        .keys()
        .filter(|id| !reached.contains(*id))
        .map(|id| Seed::Strategy(id));
    let activities = thread
        .activities
        .keys()
        .filter(|id| !carried_out.contains(*id))
        .map(|id| Seed::Activity(id));
    Chapter {
        about: About::Loose,
        group: None,
        seeds: strategies.chain(activities).collect(),
    }
}

impl Chapter<'_> {
    /// On as many sheets as it takes; on taller ones where those would hold the same things again and again.
    fn sheets(&self, plan: &Plan, thread: &RedThread<'_>) -> Vec<Sheet> {
        let knots = |sheets: &[Sheet]| sheets.iter().map(|sheet| sheet.knots.len()).sum::<usize>();
        let wide = self.spread(plan, thread, TALLEST);
        let upright = self.spread(plan, thread, TALLEST_UPRIGHT);
        if knots(&wide) * 3 > knots(&upright) * 4 {
            upright
        } else {
            wide
        }
    }

    /// As many seeds on each sheet as it can hold, one at least.
    fn spread(&self, plan: &Plan, thread: &RedThread<'_>, tallest: i32) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> = Vec::new();
        let mut rest = self.seeds.as_slice();
        while !rest.is_empty() {
            let mut count = 1;
            while let Some(more) = rest.get(..=count)
                && self.height(plan, thread, more) <= tallest
            {
                count += 1;
            }
            let (drawn, left) = rest.split_at(count);
            sheets.push(self.sheet(plan, thread, drawn, !sheets.is_empty()));
            rest = left;
        }
        sheets
    }

    /// What those seeds lead to: the answers to barriers, and the goals.
    fn graphs(&self, plan: &Plan, thread: &RedThread<'_>, seeds: &[Seed<'_>]) -> (Graph, Graph) {
        let names_groups = self.about == About::Everything;
        graph::of(plan, thread, seeds, names_groups)
    }

    /// How tall a sheet with those seeds is.
    fn height(&self, plan: &Plan, thread: &RedThread<'_>, seeds: &[Seed<'_>]) -> i32 {
        let (answers, goals) = self.graphs(plan, thread, seeds);
        place::height(&answers) + between(&answers, &goals) + place::height(&goals)
    }

    fn sheet(
        &self,
        plan: &Plan,
        thread: &RedThread<'_>,
        seeds: &[Seed<'_>],
        continues: bool,
    ) -> Sheet {
        let (answers, goals) = self.graphs(plan, thread, seeds);
        let between = between(&answers, &goals);
        let mut sheet = Sheet {
            about: self.about,
            group: self.group.map(str::to_owned),
            continues,
            height: 0,
            is_upright: false,
            heads: Vec::new(),
            divide: None,
            knots: Vec::new(),
            strands: Vec::new(),
        };
        sheet.add(&answers);
        sheet.divide = (between > 0).then_some(sheet.height + between / 2);
        sheet.height += between;
        sheet.add(&goals);
        sheet.is_upright = sheet.height > TALLEST;
        sheet
    }
}

/// The room between what is above and what is below the line that divides a sheet.
fn between(answers: &Graph, goals: &Graph) -> i32 {
    if answers.is_empty() || goals.is_empty() {
        0
    } else {
        ROOM
    }
}

impl Sheet {
    /// Draws more below what is there.
    fn add(&mut self, graph: &Graph) {
        if graph.is_empty() {
            return;
        }
        let drawn = place::draw(graph, self.height, self.knots.len());
        self.heads.extend(drawn.heads);
        self.knots.extend(drawn.knots);
        self.strands.extend(drawn.strands);
        self.height += drawn.height;
    }
}
