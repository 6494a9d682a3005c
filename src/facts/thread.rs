//! The red thread ("rode draad"): from each barrier to the strategies, activities, owners, hours and euros that answer it,
//! and from each goal to what will show that it is reached; with the holes in it.

use serde::Serialize;

use super::links::pointing_at;
use super::{Facts, Scheduled};
use crate::plan::Plan;
use crate::section::context::{FactorDirection, Weight};
use crate::value::{Money, Number, YesNo, choice};

choice! {
    /// A place where the thread breaks.
    pub enum Hole ("gat") {
        /// A barrier that counts has no strategy.
        NoStrategy = "geen-strategie",
        /// A strategy has no activity.
        NoActivity = "geen-activiteit",
        /// An activity has no owner.
        NoOwner = "geen-eigenaar",
        /// An activity asks no hours and no money.
        NoEffort = "geen-inzet",
        /// A barrier or goal has no evaluation question.
        NoQuestion = "geen-evaluatievraag",
        /// A goal has no indicator.
        NoIndicator = "geen-indicator",
        /// A goal is first measured when its term is over.
        TooLate = "meting-te-laat",
    }
}

/// The whole thread.
#[derive(Debug, Serialize)]
pub struct RedThread<'p> {
    /// From each barrier, focus barriers first.
    #[serde(rename = "belemmeringen")]
    pub barriers: Vec<BarrierThread<'p>>,
    /// From each goal.
    #[serde(rename = "doelen")]
    pub goals: Vec<GoalThread<'p>>,
}

/// The thread from one barrier.
#[derive(Debug, Serialize)]
pub struct BarrierThread<'p> {
    /// Its id.
    pub id: &'p str,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// The id of the group that it was found in.
    #[serde(rename = "groep")]
    pub group: Option<&'p str>,
    /// How much it weighs.
    #[serde(rename = "invloed")]
    pub weight: Option<Weight>,
    /// Whether it can be changed.
    #[serde(rename = "veranderbaar")]
    pub changeable: Option<YesNo>,
    /// Whether it is a focus barrier.
    #[serde(rename = "speerpunt")]
    pub is_focus: bool,
    /// The strategies that are aimed at it.
    #[serde(rename = "strategieen")]
    pub strategies: Vec<StrategyThread<'p>>,
    /// The ids of the evaluation questions that cover it.
    #[serde(rename = "vragen")]
    pub questions: Vec<&'p str>,
    /// What is missing.
    #[serde(rename = "gaten")]
    pub holes: Vec<Hole>,
}

/// The thread from one strategy.
#[derive(Debug, Serialize)]
pub struct StrategyThread<'p> {
    /// Its id.
    pub id: &'p str,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// The activities that carry it out.
    #[serde(rename = "activiteiten")]
    pub activities: Vec<ActivityThread<'p>>,
    /// What is missing.
    #[serde(rename = "gaten")]
    pub holes: Vec<Hole>,
}

/// The thread from one activity.
#[derive(Debug, Serialize)]
pub struct ActivityThread<'p> {
    /// Its id.
    pub id: &'p str,
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: &'p str,
    /// The ids of the roles that own it.
    #[serde(rename = "eigenaar")]
    pub owners: Vec<&'p str>,
    /// Hours of everybody together.
    #[serde(rename = "uren")]
    pub hours: Number,
    /// Euros altogether.
    #[serde(rename = "kosten")]
    pub cost: Money,
    /// What is missing.
    #[serde(rename = "gaten")]
    pub holes: Vec<Hole>,
}

/// The thread from one goal.
#[derive(Debug, Serialize)]
pub struct GoalThread<'p> {
    /// Its id.
    pub id: &'p str,
    /// What it is called.
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
    /// What is missing.
    #[serde(rename = "gaten")]
    pub holes: Vec<Hole>,
}

impl<'p> RedThread<'p> {
    /// Follows the thread through a plan.
    #[must_use]
    pub fn of(plan: &'p Plan, facts: &Facts<'p>) -> Self {
        let is_barrier = |id: &&str| {
            plan.factors()
                .get(id)
                .is_some_and(|factor| factor.direction.is(&FactorDirection::Barrier))
        };
        let focus = facts.focus_barriers.iter().copied();
        let others = plan
            .factors()
            .iter()
            .map(|(id, _)| id)
            .filter(is_barrier)
            .filter(|id| !facts.focus_barriers.contains(id));
        Self {
            barriers: focus
                .chain(others)
                .map(|id| barrier(plan, facts, id))
                .collect(),
            goals: plan
                .goals()
                .iter()
                .map(|(id, _)| goal(plan, facts, id))
                .collect(),
        }
    }
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
        name: plan.factors().name(id),
        group: factor
            .and_then(|factor| factor.group.given())
            .map(AsRef::as_ref),
        weight: factor.and_then(|factor| factor.weight.given().copied()),
        changeable: factor.and_then(|factor| factor.changeable.given().copied()),
        is_focus,
        strategies: strategies
            .iter()
            .map(|id| strategy(plan, facts, id))
            .collect(),
        questions,
        holes: found(holes),
    }
}

fn strategy<'p>(plan: &'p Plan, facts: &Facts<'p>, id: &'p str) -> StrategyThread<'p> {
    let activities = pointing_at(&facts.links.activities_of_strategy, id);
    let scheduled = activities
        .iter()
        .filter_map(|id| Some((*id, facts.activities.get(id)?)));
    StrategyThread {
        id,
        name: plan.strategies().name(id),
        activities: scheduled
            .map(|(id, scheduled)| activity(facts, id, scheduled))
            .collect(),
        holes: found([(activities.is_empty(), Hole::NoActivity)]),
    }
}

fn activity<'p>(facts: &Facts<'p>, id: &'p str, scheduled: &Scheduled<'p>) -> ActivityThread<'p> {
    let cost = facts.costs.activities.get(id).copied().unwrap_or_default();
    let owners: Vec<&str> = scheduled
        .activity
        .owners
        .all()
        .iter()
        .map(AsRef::as_ref)
        .collect();
    let no_effort =
        scheduled.activity.effort.is_missing() && scheduled.activity.expenses.is_missing();
    ActivityThread {
        id,
        name: scheduled.name,
        hours: cost.hours,
        cost: cost.total,
        holes: found([
            (owners.is_empty(), Hole::NoOwner),
            (no_effort, Hole::NoEffort),
        ]),
        owners,
    }
}

fn goal<'p>(plan: &'p Plan, facts: &Facts<'p>, id: &'p str) -> GoalThread<'p> {
    let indicators = pointing_at(&facts.links.indicators_of_goal, id).to_vec();
    let questions = pointing_at(&facts.links.questions_of_goal, id).to_vec();
    let term = facts.terms.get(id);
    let too_late = term.is_some_and(|term| {
        term.first_measured
            .zip(term.ends)
            .is_some_and(|(first, ends)| first > ends)
    });
    GoalThread {
        id,
        name: plan.goals().name(id),
        group: plan
            .goals()
            .get(id)
            .and_then(|goal| goal.group.given())
            .map(AsRef::as_ref),
        holes: found([
            (indicators.is_empty(), Hole::NoIndicator),
            (too_late, Hole::TooLate),
            (questions.is_empty(), Hole::NoQuestion),
        ]),
        indicators,
        questions,
    }
}

fn found<const N: usize>(holes: [(bool, Hole); N]) -> Vec<Hole> {
    holes
        .into_iter()
        .filter_map(|(is_there, hole)| is_there.then_some(hole))
        .collect()
}
