//! The nodes of the red thread, and the part of them that is reached from some of them: columns, with links from each to the next.

use indexmap::IndexMap;
use serde::Serialize;

use crate::facts::{Hole, RedThread};
use crate::plan::Plan;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Kind {
    #[serde(rename = "belemmering")]
    Barrier,
    #[serde(rename = "strategie")]
    Strategy,
    #[serde(rename = "activiteit")]
    Activity,
    /// A role, as the owner of activities.
    #[serde(rename = "eigenaar")]
    Owner,
    #[serde(rename = "indicator")]
    Indicator,
    #[serde(rename = "doel")]
    Goal,
    /// An evaluation question.
    #[serde(rename = "evaluatievraag")]
    Question,
}

/// The columns from barriers to the owners of the activities against them.
const ANSWERS: [Kind; 4] = [Kind::Barrier, Kind::Strategy, Kind::Activity, Kind::Owner];

/// The columns of the goals, with their indicators and evaluation questions.
const GOALS: [Kind; 3] = [Kind::Indicator, Kind::Goal, Kind::Question];

impl Kind {
    fn name(self, plan: &Plan, id: &str) -> String {
        let name = match self {
            Self::Barrier => plan.factors().name(id),
            Self::Strategy => plan.strategies().name(id),
            Self::Activity => plan.activities().name(id),
            Self::Owner => plan.party_name(id),
            Self::Indicator => plan.indicators().name(id),
            Self::Goal => plan.goals().name(id),
            Self::Question => plan.questions().name(id),
        };
        name.into_owned()
    }

    /// The hole in the thread when one of this kind is missing.
    const fn missing(self) -> Option<Hole> {
        match self {
            Self::Strategy => Some(Hole::NoStrategy),
            Self::Activity => Some(Hole::NoActivity),
            Self::Owner => Some(Hole::NoOwner),
            Self::Indicator => Some(Hole::NoIndicator),
            Self::Question => Some(Hole::NoQuestion),
            Self::Barrier | Self::Goal => None,
        }
    }
}

/// A thing of the plan, or the place where one is missing.
#[derive(Debug)]
pub struct Node {
    pub kind: Kind,
    /// The id; for a missing thing, the id of the thing that lacks it.
    pub id: String,
    pub name: String,
    group: Option<String>,
    pub is_focus: bool,
    /// The holes shown inside its box.
    pub holes: Vec<Hole>,
    /// The hole that it represents.
    pub missing: Option<Hole>,
    /// The nodes that it leads to, and of a goal its indicators.
    links: Vec<usize>,
}

impl Node {
    fn of(kind: Kind, id: &str, name: String) -> Self {
        Self {
            kind,
            id: id.to_owned(),
            name,
            group: None,
            is_focus: false,
            holes: Vec::new(),
            missing: None,
            links: Vec::new(),
        }
    }
}

/// All nodes of a plan, without duplicates.
#[derive(Debug, Default)]
pub struct Nodes(IndexMap<(Kind, String, bool), Node>);

impl Nodes {
    pub fn of(plan: &Plan, thread: &RedThread<'_>) -> Self {
        let mut nodes = Self::default();
        let group = |id: Option<&str>| id.map(|id| plan.groups().name(id).into_owned());
        // A node is added before anything that links to it, so that the first one added is complete.
        for (id, activity) in &thread.activities {
            let from = nodes.add(Node {
                holes: only(Hole::NoEffort, &activity.holes),
                ..Node::of(Kind::Activity, id, activity.name.to_owned())
            });
            nodes.link(plan, from, Kind::Owner, &activity.owners, &activity.holes);
        }
        for (id, strategy) in &thread.strategies {
            let (holes, activities) = (&strategy.holes, &strategy.activities);
            let name = Kind::Strategy.name(plan, id);
            let from = nodes.add(Node::of(Kind::Strategy, id, name));
            nodes.link(plan, from, Kind::Activity, activities, holes);
        }
        for barrier in &thread.barriers {
            let (holes, strategies) = (&barrier.holes, &barrier.strategies);
            let from = nodes.add(Node {
                group: group(barrier.group),
                is_focus: barrier.is_focus,
                holes: only(Hole::NoQuestion, holes),
                ..Node::of(Kind::Barrier, barrier.id, barrier.name.clone())
            });
            nodes.link(plan, from, Kind::Strategy, strategies, holes);
        }
        for goal in &thread.goals {
            let from = nodes.add(Node {
                group: group(goal.group),
                holes: only(Hole::TooLate, &goal.holes),
                ..Node::of(Kind::Goal, goal.id, goal.name.clone())
            });
            nodes.link(plan, from, Kind::Indicator, &goal.indicators, &goal.holes);
            nodes.link(plan, from, Kind::Question, &goal.questions, &goal.holes);
        }
        nodes
    }

    pub fn find(&self, kind: Kind, id: &str) -> Option<usize> {
        self.0.get_index_of(&(kind, id.to_owned(), false))
    }

    fn add(&mut self, node: Node) -> usize {
        let key = (node.kind, node.id.clone(), node.missing.is_some());
        let entry = self.0.entry(key);
        let nr = entry.index();
        entry.or_insert(node);
        nr
    }

    /// Links a node to things of one kind, or to the place where they are missing.
    fn link(&mut self, plan: &Plan, from: usize, kind: Kind, ids: &[&str], holes: &[Hole]) {
        let mut links = Vec::new();
        if let Some((_, node)) = self.0.get_index(from)
            && let Some(hole) = kind.missing().filter(|hole| holes.contains(hole))
        {
            let missing = Node {
                missing: Some(hole),
                ..Node::of(kind, &node.id, String::new())
            };
            links.push(self.add(missing));
        }
        for id in ids {
            links.push(self.add(Node::of(kind, id, kind.name(plan, id))));
        }
        if let Some((_, node)) = self.0.get_index_mut(from) {
            node.links.extend(links);
        }
    }

    /// The graphs of the answers to barriers, and of the goals, that are reached from these nodes.
    pub fn reached_from(&self, seeds: &[usize], has_groups: bool) -> [Graph<'_>; 2] {
        let mut answers = Graph::new(&ANSWERS, has_groups);
        let mut goals = Graph::new(&GOALS, has_groups);
        for seed in seeds {
            // A graph takes only nodes of its own kinds.
            answers.follow(self, *seed);
            goals.follow(self, *seed);
        }
        [answers, goals]
    }
}

fn only(shown: Hole, holes: &[Hole]) -> Vec<Hole> {
    let holes = holes.iter().copied();
    holes.filter(|hole| *hole == shown).collect()
}

/// A link from a node in a column to one in the next.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub column: usize,
    pub from: usize,
    pub to: usize,
}

/// Columns of nodes and the links between them.
#[derive(Debug)]
pub struct Graph<'n> {
    pub kinds: &'static [Kind],
    columns: Vec<IndexMap<usize, &'n Node>>,
    pub links: Vec<Link>,
    /// Whether boxes name their groups, which other sheets have as a title.
    has_groups: bool,
}

impl<'n> Graph<'n> {
    fn new(kinds: &'static [Kind], has_groups: bool) -> Self {
        Self {
            kinds,
            columns: vec![IndexMap::new(); kinds.len()],
            links: Vec::new(),
            has_groups,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.columns.iter().all(IndexMap::is_empty)
    }

    pub fn columns(&self) -> impl Iterator<Item = impl ExactSizeIterator<Item = &'n Node>> {
        self.columns.iter().map(|column| column.values().copied())
    }

    pub fn group(&self, node: &'n Node) -> Option<&'n str> {
        node.group.as_deref().filter(|_| self.has_groups)
    }

    /// Adds a node and everything that it leads to. Returns its column and its position in that.
    fn follow(&mut self, nodes: &'n Nodes, nr: usize) -> Option<(usize, usize)> {
        let (_, node) = nodes.0.get_index(nr)?;
        let column = self.kinds.iter().position(|kind| *kind == node.kind)?;
        let (here, known) = self.columns.get_mut(column)?.insert_full(nr, node);
        if known.is_some() {
            return Some((column, here));
        }
        for to in &node.links {
            let (next, there) = self.follow(nodes, *to)?;
            let (column, from, to) = if next > column {
                (column, here, there)
            } else {
                (next, there, here)
            };
            self.links.push(Link { column, from, to });
        }
        Some((column, here))
    }
}
