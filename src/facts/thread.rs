//! The red thread ("rode draad"): from each barrier to its strategies, their activities, and the owners, hours and euros of
//! those; from each goal to its indicators and evaluation questions; and the holes in the thread.

mod matrix;

use std::collections::HashMap;

use indexmap::IndexMap;
use serde::Serialize;

use super::links::pointing_at;
use super::{Facts, Scheduled};
use crate::plan::Plan;
use crate::plan::budget::{Activity, Effort};
use crate::plan::context::Weight;
use crate::plan::goals::Goal;
use crate::value::norm::Norm;
use crate::value::{Answer, Entries, Money, Number, Text, YesNo, choice};
use matrix::Matrix;

choice! {
    /// A missing link in the thread.
    pub enum Hole ("gat") {
        /// A focus barrier has no strategy.
        NoStrategy = "geen-strategie",
        /// No activity and no message carries out a strategy.
        NoActivity = "geen-activiteit",
        /// An activity has no owner.
        NoOwner = "geen-eigenaar",
        /// An activity has no hours and no expenses.
        NoEffort = "geen-inzet",
        /// A focus barrier or goal has no evaluation question.
        NoQuestion = "geen-evaluatievraag",
        /// A goal has no indicator.
        NoIndicator = "geen-indicator",
        /// A goal is first measured after its term.
        TooLate = "meting-te-laat",
        /// A goal has no norm by which one sees that it is reached.
        NoNorm = "geen-norm",
        /// A group that has to change its way of working was not asked what hinders or helps.
        NoBarriers = "geen-belemmeringen",
        /// A group that has to change its way of working has no goal.
        NoGoal = "geen-doel",
    }
}

/// The maximum number of names in the written-out thread: about forty pages. Plans in which everything refers to everything
/// would have millions.
const MAX_NAMES: usize = 5_000;

/// The whole thread. It has every strategy and activity once; each link is an id to look up.
#[derive(Debug, Serialize)]
pub struct RedThread<'p> {
    /// The barriers, focus barriers first.
    #[serde(rename = "belemmeringen")]
    pub barriers: Vec<BarrierThread<'p>>,
    #[serde(rename = "strategieen")]
    pub strategies: IndexMap<&'p str, StrategyThread<'p>>,
    /// The activities that are not cancelled.
    #[serde(rename = "activiteiten")]
    pub activities: IndexMap<&'p str, ActivityThread<'p>>,
    #[serde(rename = "doelen")]
    pub goals: Vec<GoalThread<'p>>,
    /// The active ingredients: the thread begins at what works (handreiking, introduction).
    #[serde(rename = "bestanddelen")]
    pub ingredients: Vec<IngredientThread<'p>>,
    /// The ids of the goals about each component that has some.
    #[serde(rename = "doelen_per_onderdeel")]
    pub goals_of_part: IndexMap<&'p str, Vec<&'p str>>,
    /// The thread by group.
    #[serde(flatten)]
    pub matrix: Matrix<'p>,
    /// The number of lines from a barrier through a strategy to an activity, including lines that break off.
    #[serde(rename = "regels")]
    pub lines: usize,
    /// Whether those lines have too many names to write out.
    #[serde(rename = "te_lang")]
    pub is_too_long: bool,
}

/// A barrier in the thread.
#[derive(Debug, Serialize)]
pub struct BarrierThread<'p> {
    pub id: &'p str,
    #[serde(rename = "naam")]
    pub name: String,
    /// The id of the group concerned.
    #[serde(rename = "groep")]
    pub group: Option<&'p str>,
    #[serde(rename = "invloed")]
    pub weight: Option<Weight>,
    #[serde(rename = "veranderbaar")]
    pub changeable: Option<YesNo>,
    #[serde(rename = "speerpunt")]
    pub is_focus: bool,
    /// The ids of the strategies that are aimed at it.
    #[serde(rename = "strategieen")]
    pub strategies: Vec<&'p str>,
    /// The ids of the evaluation questions that cover it.
    #[serde(rename = "vragen")]
    pub questions: Vec<&'p str>,
    #[serde(rename = "gaten")]
    pub holes: Vec<Hole>,
}

/// A strategy in the thread.
#[derive(Debug, Serialize)]
pub struct StrategyThread<'p> {
    #[serde(rename = "naam")]
    pub name: String,
    /// The ids of the activities that carry it out, without cancelled ones.
    #[serde(rename = "activiteiten")]
    pub activities: Vec<&'p str>,
    /// The ids of the messages of the communication plan that carry it out.
    #[serde(rename = "boodschappen")]
    pub messages: Vec<&'p str>,
    #[serde(rename = "gaten")]
    pub holes: Vec<Hole>,
}

/// An activity in the thread.
#[derive(Debug, Serialize)]
pub struct ActivityThread<'p> {
    #[serde(rename = "naam")]
    pub name: &'p str,
    /// The ids of the roles that own it.
    #[serde(rename = "eigenaar")]
    pub owners: Vec<&'p str>,
    /// Hours of all people together.
    #[serde(rename = "uren")]
    pub hours: Number,
    /// Euros.
    #[serde(rename = "kosten")]
    pub cost: Money,
    /// Whether the rates of all hours are known.
    #[serde(rename = "volledig")]
    pub is_complete: bool,
    /// Whether the hours of all who take part are known.
    #[serde(rename = "uren_bekend")]
    pub hours_are_known: bool,
    #[serde(rename = "gaten")]
    pub holes: Vec<Hole>,
}

/// A goal in the thread.
#[derive(Debug, Serialize)]
pub struct GoalThread<'p> {
    pub id: &'p str,
    #[serde(rename = "naam")]
    pub name: String,
    /// The id of its group.
    #[serde(rename = "groep")]
    pub group: Option<&'p str>,
    /// The ids of its indicators.
    #[serde(rename = "indicatoren")]
    pub indicators: Vec<&'p str>,
    /// The ids of the evaluation questions that cover it.
    #[serde(rename = "vragen")]
    pub questions: Vec<&'p str>,
    #[serde(rename = "gaten")]
    pub holes: Vec<Hole>,
}

/// An active ingredient in the thread.
#[derive(Debug, Serialize)]
pub struct IngredientThread<'p> {
    pub id: &'p str,
    #[serde(rename = "naam")]
    pub name: String,
    /// The ids of the components that contain it.
    #[serde(rename = "onderdelen")]
    pub parts: Vec<&'p str>,
}

impl<'p> RedThread<'p> {
    /// Derives the thread from a plan and its facts.
    pub fn of(plan: &'p Plan, facts: &Facts<'p>) -> Self {
        let focus = &facts.focus_barriers;
        let barriers = plan.factors().iter().filter(|(_, it)| it.is_barrier());
        let others = barriers.map(|(id, _)| id).filter(|id| !focus.contains(id));
        let barriers = focus.iter().copied().chain(others);
        let strategies = plan.strategies().iter();
        let activities = facts.activities.iter();
        let goals = plan.goals().iter();
        let mut thread = Self {
            barriers: barriers.map(|id| barrier(plan, facts, id)).collect(),
            strategies: strategies
                .map(|(id, _)| (id, strategy(plan, facts, id)))
                .collect(),
            activities: activities
                .map(|(id, scheduled)| (*id, activity(facts, id, scheduled)))
                .collect(),
            goals: goals.map(|(id, it)| goal(plan, facts, id, it)).collect(),
            ingredients: ingredients(plan),
            goals_of_part: goals_of_part(plan),
            matrix: Matrix::default(),
            lines: 0,
            is_too_long: false,
        };
        thread.matrix = Matrix::of(plan, facts, &thread);
        let length = thread.length();
        thread.lines = length.lines;
        thread.is_too_long = length.names > MAX_NAMES;
        thread
    }

    /// Computes the size without writing the lines out. A line has the names of its barrier, strategy and activity, the
    /// activity's owners, and the evaluation questions about the barrier.
    fn length(&self) -> Length {
        let owners = |id: &&str| self.activities.get(id).map_or(0, |it| it.owners.len());
        let strategy_length = |strategy: &StrategyThread<'_>| Length {
            lines: strategy.activities.len().max(1),
            names: strategy.activities.iter().map(owners).sum(),
        };
        let strategies = self.strategies.iter();
        let by_strategy: HashMap<&str, Length> = strategies
            .map(|(id, strategy)| (*id, strategy_length(strategy)))
            .collect();
        let mut total = Length::default();
        for barrier in &self.barriers {
            let strategies = barrier.strategies.iter();
            let lengths: Vec<&Length> = strategies.filter_map(|id| by_strategy.get(id)).collect();
            let lines = lengths.iter().map(|it| it.lines).sum::<usize>().max(1);
            total.lines += lines;
            total.names += lengths.iter().map(|it| it.names).sum::<usize>();
            total.names += lines * (3 + barrier.questions.len());
        }
        total
    }
}

/// The size of the thread with every line from a barrier to an activity written out.
#[derive(Debug, Default, Clone, Copy)]
struct Length {
    lines: usize,
    names: usize,
}

fn ingredients(plan: &Plan) -> Vec<IngredientThread<'_>> {
    let ingredients = plan.active_ingredients();
    let all = ingredients.iter();
    all.map(|(id, ingredient)| IngredientThread {
        id,
        name: ingredients.name(id).into_owned(),
        parts: ingredient.parts.all().iter().map(AsRef::as_ref).collect(),
    })
    .collect()
}

fn goals_of_part(plan: &Plan) -> IndexMap<&str, Vec<&str>> {
    let mut goals_of_part: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for (id, goal) in plan.goals().iter() {
        for part in goal.parts.all() {
            goals_of_part.entry(part.as_ref()).or_default().push(id);
        }
    }
    goals_of_part
}

fn barrier<'p>(plan: &'p Plan, facts: &Facts<'p>, id: &'p str) -> BarrierThread<'p> {
    let factor = plan.factors().get(id);
    let is_focus = facts.focus_barriers.contains(id);
    let strategies = pointing_at(&facts.links.strategies_of_barrier, id);
    let questions = pointing_at(&facts.links.questions_of_barrier, id).to_vec();
    let holes = [
        (is_focus && strategies.is_empty(), Hole::NoStrategy),
        (is_focus && questions.is_empty(), Hole::NoQuestion),
    ];
    BarrierThread {
        id,
        name: plan.factors().name(id).into_owned(),
        group: factor.and_then(|it| it.group.given()).map(AsRef::as_ref),
        weight: factor.and_then(|it| it.weight.given().copied()),
        changeable: factor.and_then(|it| it.changeable.given().copied()),
        is_focus,
        strategies: strategies.to_vec(),
        questions,
        holes: found(holes),
    }
}

fn strategy<'p>(plan: &'p Plan, facts: &Facts<'p>, id: &'p str) -> StrategyThread<'p> {
    let activities = pointing_at(&facts.links.activities_of_strategy, id).to_vec();
    let messages = pointing_at(&facts.links.messages_of_strategy, id).to_vec();
    let is_idle = activities.is_empty() && messages.is_empty();
    StrategyThread {
        name: plan.strategies().name(id).into_owned(),
        holes: found([(is_idle, Hole::NoActivity)]),
        activities,
        messages,
    }
}

fn activity<'p>(facts: &Facts<'p>, id: &'p str, scheduled: &Scheduled<'p>) -> ActivityThread<'p> {
    let cost = facts.costs.activities.get(id).copied().unwrap_or_default();
    let activity = scheduled.activity;
    let owners = activity.owners.all().iter();
    let owners: Vec<&str> = owners.map(AsRef::as_ref).collect();
    ActivityThread {
        name: scheduled.name,
        hours: cost.hours,
        hours_are_known: hours_are_known(activity),
        cost: cost.total,
        is_complete: cost.is_complete,
        holes: found([
            (owners.is_empty(), Hole::NoOwner),
            (activity.takes_nothing(), Hole::NoEffort),
        ]),
        owners,
    }
}

/// Whether an activity says of all who take part how many there are, and for how many hours.
fn hours_are_known(activity: &Activity) -> bool {
    let is_known = |effort: &Effort| {
        let is_zero = effort.hours.is_given_and(|hours| hours.value().is_zero());
        effort.hours.given().is_some() && (is_zero || effort.people.given().is_some())
    };
    let efforts = activity.effort.given().into_iter().flat_map(Entries::ids);
    let effort = |id| activity.effort.given()?.get(id);
    efforts
        .map(|id| effort(id.as_str()))
        .all(|effort| effort.is_some_and(is_known))
        && !matches!(activity.effort, Answer::Unreadable)
}

fn goal<'p>(plan: &'p Plan, facts: &Facts<'p>, id: &'p str, goal: &'p Goal) -> GoalThread<'p> {
    let indicators = pointing_at(&facts.links.indicators_of_goal, id).to_vec();
    let questions = pointing_at(&facts.links.questions_of_goal, id).to_vec();
    let term = facts.terms.get(id);
    let days = term.and_then(|term| term.first_measured.zip(term.ends));
    let too_late = days.is_some_and(|(first_measured, ends)| first_measured > ends);
    GoalThread {
        id,
        name: plan.goals().name(id).into_owned(),
        group: goal.group.given().map(AsRef::as_ref),
        holes: found([
            (indicators.is_empty(), Hole::NoIndicator),
            (too_late, Hole::TooLate),
            (questions.is_empty(), Hole::NoQuestion),
            (has_no_norm(goal), Hole::NoNorm),
        ]),
        indicators,
        questions,
    }
}

/// Whether a goal has no norm, or one that is neither a number nor yes or no.
fn has_no_norm(goal: &Goal) -> bool {
    let says_nothing = |norm: &Text| Norm::of(norm.as_str()).is_none();
    goal.target.is_missing() || goal.target.is_given_and(says_nothing)
}

/// The holes whose condition holds.
fn found<const N: usize>(holes: [(bool, Hole); N]) -> Vec<Hole> {
    let found = holes.into_iter().filter(|(is_found, _)| *is_found);
    found.map(|(_, hole)| hole).collect()
}
