//! What is connected to what: columns of nodes, with links from one column to the next. Where they stand is not decided here.

use indexmap::IndexMap;
use serde::Serialize;

use super::Seed;
use crate::facts::{BarrierThread, GoalThread, Hole, RedThread};
use crate::plan::Plan;

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A barrier.
    #[serde(rename = "belemmering")]
    Barrier,
    /// A strategy.
    #[serde(rename = "strategie")]
    Strategy,
    /// An activity.
    #[serde(rename = "activiteit")]
    Activity,
    /// A role, as the owner of activities.
    #[serde(rename = "eigenaar")]
    Owner,
    /// An indicator.
    #[serde(rename = "indicator")]
    Indicator,
    /// A goal.
    #[serde(rename = "doel")]
    Goal,
    /// An evaluation question.
    #[serde(rename = "evaluatievraag")]
    Question,
}

/// A thing of the plan, or the place where one is missing.
#[derive(Debug, Clone)]
pub struct Node {
    pub kind: Kind,
    /// Its id; of what is missing, the id of what misses it.
    pub id: String,
    pub name: String,
    /// The id of its group, where that is not plain from the sheet.
    pub group: Option<String>,
    pub is_focus: bool,
    /// What is missing in it.
    pub holes: Vec<Hole>,
    /// What is missing here.
    pub stands_for: Option<Hole>,
}

/// From a node in a column to a node in the next.
#[derive(Debug, Clone, Copy)]
pub struct Link {
    pub column: usize,
    pub from: usize,
    pub to: usize,
}

/// Columns of nodes and the links between them.
#[derive(Debug)]
pub struct Graph {
    pub kinds: &'static [Kind],
    columns: Vec<IndexMap<(String, bool), Node>>,
    pub links: Vec<Link>,
}

impl Graph {
    fn new(kinds: &'static [Kind]) -> Self {
        Self {
            kinds,
            columns: vec![IndexMap::new(); kinds.len()],
            links: Vec::new(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.columns.iter().all(IndexMap::is_empty)
    }

    /// The nodes of each column.
    pub fn columns(&self) -> impl Iterator<Item = Vec<&Node>> {
        self.columns.iter().map(|column| column.values().collect())
    }

    /// Where the node stands in its column; it stands there once.
    fn add(&mut self, column: usize, node: Node) -> usize {
        let key = (node.id.clone(), node.stands_for.is_some());
        self.columns.get_mut(column).map_or(0, |nodes| {
            let (at, _) = nodes.insert_full(key, node);
            at
        })
    }

    fn link(&mut self, column: usize, from: usize, to: usize) {
        let is_known = self
            .links
            .iter()
            .any(|link| (link.column, link.from, link.to) == (column, from, to));
        if !is_known {
            self.links.push(Link { column, from, to });
        }
    }
}

/// From barriers to who does something about them.
const ANSWERS: [Kind; 4] = [Kind::Barrier, Kind::Strategy, Kind::Activity, Kind::Owner];

/// What shows that a goal is reached, and what asks whether it is.
const GOALS: [Kind; 3] = [Kind::Indicator, Kind::Goal, Kind::Question];

/// What those seeds lead to: the answers to barriers, and the goals with what shows them.
pub fn of(
    plan: &Plan,
    thread: &RedThread<'_>,
    seeds: &[Seed<'_>],
    names_groups: bool,
) -> (Graph, Graph) {
    let mut followed = Follow {
        plan,
        thread,
        names_groups,
        answers: Graph::new(&ANSWERS),
        goals: Graph::new(&GOALS),
    };
    for seed in seeds {
        match seed {
            Seed::Barrier(barrier) => followed.barrier(barrier),
            Seed::Strategy(id) => drop(followed.strategy(id)),
            Seed::Activity(id) => drop(followed.activity(id)),
            Seed::Goal(goal) => followed.goal(goal),
        }
    }
    (followed.answers, followed.goals)
}

struct Follow<'f> {
    plan: &'f Plan,
    thread: &'f RedThread<'f>,
    names_groups: bool,
    answers: Graph,
    goals: Graph,
}

impl Follow<'_> {
    fn barrier(&mut self, barrier: &BarrierThread<'_>) {
        let node = Node {
            group: self.group(barrier.group),
            is_focus: barrier.is_focus,
            holes: within(&barrier.holes, &[Hole::NoQuestion]),
            ..node(Kind::Barrier, barrier.id, barrier.name.clone())
        };
        let from = self.answers.add(0, node);
        if barrier.holes.contains(&Hole::NoStrategy) {
            let to = self
                .answers
                .add(1, missing(Kind::Strategy, barrier.id, Hole::NoStrategy));
            self.answers.link(0, from, to);
        }
        for id in &barrier.strategies {
            let to = self.strategy(id);
            self.answers.link(0, from, to);
        }
    }

    /// Where the strategy stands in its column.
    fn strategy(&mut self, id: &str) -> usize {
        let name = self.plan.strategies().name(id);
        let from = self.answers.add(1, node(Kind::Strategy, id, name));
        let Some(strategy) = self.thread.strategies.get(id) else {
            return from;
        };
        if strategy.holes.contains(&Hole::NoActivity) {
            let to = self
                .answers
                .add(2, missing(Kind::Activity, id, Hole::NoActivity));
            self.answers.link(1, from, to);
        }
        for id in &strategy.activities {
            let to = self.activity(id);
            self.answers.link(1, from, to);
        }
        from
    }

    fn activity(&mut self, id: &str) -> usize {
        let Some(activity) = self.thread.activities.get(id) else {
            let name = self.plan.activities().name(id);
            return self.answers.add(2, node(Kind::Activity, id, name));
        };
        let node_of_activity = Node {
            holes: within(&activity.holes, &[Hole::NoEffort]),
            ..node(Kind::Activity, id, activity.name.to_owned())
        };
        let from = self.answers.add(2, node_of_activity);
        if activity.holes.contains(&Hole::NoOwner) {
            let to = self.answers.add(3, missing(Kind::Owner, id, Hole::NoOwner));
            self.answers.link(2, from, to);
        }
        for id in &activity.owners {
            let name = self.plan.roles().name(id);
            let to = self.answers.add(3, node(Kind::Owner, id, name));
            self.answers.link(2, from, to);
        }
        from
    }

    fn goal(&mut self, goal: &GoalThread<'_>) {
        let node_of_goal = Node {
            group: self.group(goal.group),
            holes: within(&goal.holes, &[Hole::TooLate]),
            ..node(Kind::Goal, goal.id, goal.name.clone())
        };
        let at = self.goals.add(1, node_of_goal);
        if goal.holes.contains(&Hole::NoIndicator) {
            let from = self
                .goals
                .add(0, missing(Kind::Indicator, goal.id, Hole::NoIndicator));
            self.goals.link(0, from, at);
        }
        for id in &goal.indicators {
            let name = self.plan.indicators().name(id);
            let from = self.goals.add(0, node(Kind::Indicator, id, name));
            self.goals.link(0, from, at);
        }
        if goal.holes.contains(&Hole::NoQuestion) {
            let to = self
                .goals
                .add(2, missing(Kind::Question, goal.id, Hole::NoQuestion));
            self.goals.link(1, at, to);
        }
        for id in &goal.questions {
            let name = self.plan.questions().name(id);
            let to = self.goals.add(2, node(Kind::Question, id, name));
            self.goals.link(1, at, to);
        }
    }

    fn group(&self, id: Option<&str>) -> Option<String> {
        id.filter(|_| self.names_groups)
            .map(|id| self.plan.groups().name(id))
    }
}

fn node(kind: Kind, id: &str, name: String) -> Node {
    Node {
        kind,
        id: id.to_owned(),
        name,
        group: None,
        is_focus: false,
        holes: Vec::new(),
        stands_for: None,
    }
}

fn missing(kind: Kind, of: &str, hole: Hole) -> Node {
    Node {
        stands_for: Some(hole),
        ..node(kind, of, String::new())
    }
}

fn within(holes: &[Hole], shown: &[Hole]) -> Vec<Hole> {
    holes
        .iter()
        .copied()
        .filter(|hole| shown.contains(hole))
        .collect()
}
