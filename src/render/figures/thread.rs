//! The red thread as a graph: boxes for barriers, strategies, activities, their owners, indicators, goals and evaluation questions,
//! and lines for the references between them. Missing things are boxes too, so that a gap shows where the thread breaks.
//!
//! A plan that does not fit on one sheet has sheets per group, followed by one for the things that belong to no group. On each
//! sheet a strategy or activity has one box.

mod graph;
mod place;

use std::collections::HashSet;

use indexmap::IndexSet;
use minijinja::Value;
use serde::Serialize;

use crate::facts::RedThread;
use crate::plan::Plan;
use graph::{Graph, Kind, Nodes};

/// The tallest sheet that is legible in print on landscape A4, in pixels.
const TALLEST: i32 = 580;

/// The tallest sheet that is legible in print on upright A4. It is used where wide sheets would mostly repeat each other.
const TALLEST_UPRIGHT: i32 = 1_250;

/// The height around the line that divides a sheet.
const DIVIDE: i32 = 36;

/// Limits on a plan that is drawn: its barriers, strategies, activities and goals, and the references of these.
const MOST_THINGS: usize = 300;
const MOST_LINKS: usize = 1_000;

/// The most boxes on all sheets together, where a strategy may have several.
const MOST_BOXES: usize = 500;

/// The data of the figure.
#[derive(Debug)]
pub struct ThreadPicture {
    nodes: Nodes,
    /// The sheets to draw; `None` if the plan is too large.
    chapters: Option<Vec<Chapter>>,
    holes: usize,
}

/// One drawing, which fits on a sheet of paper.
#[derive(Debug, Serialize)]
struct Sheet {
    #[serde(rename = "inhoud")]
    about: About,
    /// The id of the group that it is about.
    #[serde(rename = "groep")]
    group: Option<String>,
    #[serde(rename = "vervolg")]
    continues: bool,
    #[serde(rename = "hoogte")]
    height: i32,
    /// Whether it is too tall for landscape paper.
    #[serde(rename = "staand")]
    is_upright: bool,
    /// The headings of the columns.
    #[serde(rename = "koppen")]
    heads: Vec<Value>,
    /// The line between the barriers' answers and the goals.
    #[serde(rename = "scheiding")]
    divide: Option<i32>,
    #[serde(rename = "knopen")]
    boxes: Vec<Value>,
    #[serde(rename = "draden")]
    lines: Vec<Value>,
}

/// The content of a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
enum About {
    #[serde(rename = "alles")]
    Everything,
    /// The barriers and goals of one group.
    #[serde(rename = "groep")]
    Group,
    /// The barriers and goals of no known group.
    #[serde(rename = "zonder-groep")]
    NoGroup,
    /// The strategies without a barrier, and the activities without a strategy.
    #[serde(rename = "los")]
    Loose,
}

/// Nodes, with everything they lead to, that get sheets of their own.
#[derive(Debug)]
struct Chapter {
    about: About,
    group: Option<String>,
    seeds: Vec<usize>,
}

impl ThreadPicture {
    pub fn of(plan: &Plan, thread: &RedThread<'_>) -> Self {
        let barriers = thread.barriers.iter();
        let barriers = barriers.map(|barrier| (barrier.strategies.len(), &barrier.holes));
        let strategies = thread.strategies.values();
        let strategies = strategies.map(|strategy| (strategy.activities.len(), &strategy.holes));
        let activities = thread.activities.values();
        let activities = activities.map(|activity| (activity.owners.len(), &activity.holes));
        let goals = thread.goals.iter();
        let goals = goals.map(|goal| (goal.indicators.len() + goal.questions.len(), &goal.holes));
        let (mut things, mut links, mut holes) = (0, 0, 0);
        for (to, missing) in barriers.chain(strategies).chain(activities).chain(goals) {
            things += 1;
            links += to;
            holes += missing.len();
        }
        let mut nodes = Nodes::default();
        let chapters = (things <= MOST_THINGS && links <= MOST_LINKS).then(|| {
            nodes = Nodes::of(plan, thread);
            chapters(plan, thread, &nodes)
        });
        Self {
            nodes,
            chapters,
            holes,
        }
    }

    /// The figure. It has no sheets when there is nothing to draw, or too much.
    pub fn picture(&self) -> Value {
        let chapters = self.chapters.as_deref();
        let sheets = chapters.and_then(|chapters| self.sheets(chapters));
        record!({
            breedte: place::WIDTH,
            vellen: sheets.as_deref().unwrap_or_default(),
            te_groot: sheets.is_none(),
            gaten: self.holes,
        })
    }

    /// The sheets; `None` if they would be unreadable.
    fn sheets(&self, chapters: &[Chapter]) -> Option<Vec<Sheet>> {
        let seeds = chapters.iter().flat_map(|chapter| &chapter.seeds);
        let everything = Chapter {
            about: About::Everything,
            group: None,
            seeds: seeds.copied().collect(),
        };
        if everything.seeds.is_empty() {
            return Some(Vec::new());
        }
        if everything.height(&self.nodes, &everything.seeds) <= TALLEST {
            let whole = everything.sheet(&self.nodes, &everything.seeds, false);
            return Some(vec![whole]);
        }
        let mut sheets = Vec::new();
        let mut boxes = 0;
        for chapter in chapters {
            for sheet in chapter.sheets(&self.nodes) {
                boxes += sheet.boxes.len();
                if sheet.height > TALLEST_UPRIGHT || boxes > MOST_BOXES {
                    return None;
                }
                sheets.push(sheet);
            }
        }
        Some(sheets)
    }
}

/// The chapters: the groups in the order of the plan, then things without a group, then things that no barrier leads to.
fn chapters(plan: &Plan, thread: &RedThread<'_>, nodes: &Nodes) -> Vec<Chapter> {
    let find = |kind, id: &str| nodes.find(kind, id);
    let mut groups: IndexSet<Option<&str>> = plan.groups().ids().map(Some).collect();
    groups.extend(thread.barriers.iter().map(|barrier| barrier.group));
    groups.extend(thread.goals.iter().map(|goal| goal.group));
    groups.shift_remove(&None);
    groups.insert(None);
    let of_group = |group: Option<&str>| {
        let barriers = thread.barriers.iter();
        let barriers = barriers.filter(|barrier| barrier.group == group);
        let goals = thread.goals.iter().filter(|goal| goal.group == group);
        Chapter {
            about: group.map_or(About::NoGroup, |_| About::Group),
            group: group.map(str::to_owned),
            seeds: barriers
                .filter_map(|barrier| find(Kind::Barrier, barrier.id))
                .chain(goals.filter_map(|goal| find(Kind::Goal, goal.id)))
                .collect(),
        }
    };
    let mut chapters: Vec<Chapter> = groups.into_iter().map(of_group).collect();
    let answers = thread
        .barriers
        .iter()
        .flat_map(|barrier| &barrier.strategies);
    let answers: HashSet<&str> = answers.copied().collect();
    let carried_out = thread.strategies.values();
    let carried_out: HashSet<&str> = carried_out
        .flat_map(|strategy| strategy.activities.iter().copied())
        .collect();
    let strategies = thread.strategies.keys();
    let activities = thread.activities.keys();
    chapters.push(Chapter {
        about: About::Loose,
        group: None,
        seeds: strategies
            .filter(|id| !answers.contains(*id))
            .filter_map(|id| find(Kind::Strategy, id))
            .chain(
                activities
                    .filter(|id| !carried_out.contains(*id))
                    .filter_map(|id| find(Kind::Activity, id)),
            )
            .collect(),
    });
    chapters.retain(|chapter| !chapter.seeds.is_empty());
    chapters
}

impl Chapter {
    /// Divides the chapter into sheets: landscape, or upright if landscape sheets would repeat much.
    fn sheets(&self, nodes: &Nodes) -> Vec<Sheet> {
        let boxes = |sheets: &[Sheet]| sheets.iter().map(|sheet| sheet.boxes.len()).sum::<usize>();
        let wide = self.spread(nodes, TALLEST);
        let upright = self.spread(nodes, TALLEST_UPRIGHT);
        if boxes(&wide) * 3 > boxes(&upright) * 4 {
            upright
        } else {
            wide
        }
    }

    /// Puts as many seeds on each sheet as fit, and at least one.
    fn spread(&self, nodes: &Nodes, tallest: i32) -> Vec<Sheet> {
        let mut sheets: Vec<Sheet> = Vec::new();
        let mut rest = self.seeds.as_slice();
        while !rest.is_empty() {
            let mut count = 1;
            while let Some(more) = rest.get(..=count)
                && self.height(nodes, more) <= tallest
            {
                count += 1;
            }
            let (drawn, left) = rest.split_at(count);
            sheets.push(self.sheet(nodes, drawn, !sheets.is_empty()));
            rest = left;
        }
        sheets
    }

    /// The graphs of the answers to barriers, and of the goals, with the height between them.
    fn graphs<'n>(&self, nodes: &'n Nodes, seeds: &[usize]) -> ([Graph<'n>; 2], i32) {
        let has_groups = self.about == About::Everything;
        let graphs = nodes.reached_from(seeds, has_groups);
        let is_divided = graphs.iter().all(|graph| !graph.is_empty());
        (graphs, if is_divided { DIVIDE } else { 0 })
    }

    /// The height of a sheet with those seeds.
    fn height(&self, nodes: &Nodes, seeds: &[usize]) -> i32 {
        let (graphs, between) = self.graphs(nodes, seeds);
        graphs.iter().map(place::height).sum::<i32>() + between
    }

    fn sheet(&self, nodes: &Nodes, seeds: &[usize], continues: bool) -> Sheet {
        let ([answers, goals], between) = self.graphs(nodes, seeds);
        let mut sheet = Sheet {
            about: self.about,
            group: self.group.clone(),
            continues,
            height: 0,
            is_upright: false,
            heads: Vec::new(),
            divide: None,
            boxes: Vec::new(),
            lines: Vec::new(),
        };
        place::draw(&answers, &mut sheet);
        sheet.divide = (between > 0).then_some(sheet.height + between / 2);
        sheet.height += between;
        place::draw(&goals, &mut sheet);
        sheet.is_upright = sheet.height > TALLEST;
        sheet
    }
}
