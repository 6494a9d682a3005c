//! The red thread ("rode draad"): from each barrier to the strategies, activities, owners, hours and euros that answer it,
//! and from each goal to what will show that it is reached; with the holes in it.

use indexmap::IndexMap;
use serde::Serialize;

use super::links::pointing_at;
use super::{Facts, Scheduled};
use crate::plan::Plan;
use crate::plan::context::{FactorDirection, Weight};
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

/// How many names a document still writes out to follow the thread: some forty pages. A plan in which everything answers
/// everything has millions, and says nothing with any of them.
const MOST_NAMES: usize = 5_000;

/// The whole thread. Every strategy and activity stands in it once, however many point at it: who follows the thread looks up
/// by id what comes next.
#[derive(Debug, Serialize)]
pub struct RedThread<'p> {
    /// From each barrier, focus barriers first.
    #[serde(rename = "belemmeringen")]
    pub barriers: Vec<BarrierThread<'p>>,
    /// From each strategy.
    #[serde(rename = "strategieen")]
    pub strategies: IndexMap<&'p str, StrategyThread<'p>>,
    /// From each activity that is not cancelled.
    #[serde(rename = "activiteiten")]
    pub activities: IndexMap<&'p str, ActivityThread<'p>>,
    /// From each goal.
    #[serde(rename = "doelen")]
    pub goals: Vec<GoalThread<'p>>,
    /// How many lines there are from a barrier, by a strategy, to an activity; one that breaks off is a line too.
    #[serde(rename = "regels")]
    pub lines: usize,
    /// Whether a document is better off without all of them: they name more than anyone reads.
    #[serde(rename = "te_lang")]
    pub is_too_long: bool,
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
    /// The ids of the strategies that are aimed at it.
    #[serde(rename = "strategieen")]
    pub strategies: Vec<&'p str>,
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
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: String,
    /// The ids of the activities, not cancelled, that carry it out.
    #[serde(rename = "activiteiten")]
    pub activities: Vec<&'p str>,
    /// What is missing.
    #[serde(rename = "gaten")]
    pub holes: Vec<Hole>,
}

/// The thread from one activity.
#[derive(Debug, Serialize)]
pub struct ActivityThread<'p> {
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
    /// Whether the rates of all its hours are known.
    #[serde(rename = "volledig")]
    pub is_complete: bool,
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
        let barriers: Vec<_> = focus
            .chain(others)
            .map(|id| barrier(plan, facts, id))
            .collect();
        let strategies: IndexMap<_, _> = plan
            .strategies()
            .iter()
            .map(|(id, _)| (id, strategy(plan, facts, id)))
            .collect();
        let activities: IndexMap<_, _> = facts
            .activities
            .iter()
            .map(|(id, scheduled)| (*id, activity(facts, id, scheduled)))
            .collect();
        let length = length(&barriers, &strategies, &activities);
        Self {
            barriers,
            strategies,
            activities,
            goals: plan
                .goals()
                .iter()
                .map(|(id, _)| goal(plan, facts, id))
                .collect(),
            lines: length.lines,
            is_too_long: length.names > MOST_NAMES,
        }
    }
}

/// How much a thread is when every line from a barrier to an activity is written out.
#[derive(Debug, Default, Clone, Copy)]
struct Length {
    lines: usize,
    names: usize,
}

/// Counts without writing out. A line names its barrier, its strategy, its activity, who owns that, and the questions that
/// cover the barrier.
fn length(
    barriers: &[BarrierThread<'_>],
    strategies: &IndexMap<&str, StrategyThread<'_>>,
    activities: &IndexMap<&str, ActivityThread<'_>>,
) -> Length {
    let owners = |id: &&str| activities.get(id).map_or(0, |found| found.owners.len());
    let of_strategies: IndexMap<&str, Length> = strategies
        .iter()
        .map(|(id, strategy)| {
            let lines = strategy.activities.len().max(1);
            let names = strategy.activities.iter().map(owners).sum();
            (*id, Length { lines, names })
        })
        .collect();
    let mut whole = Length::default();
    for barrier in barriers {
        let lengths = || {
            barrier
                .strategies
                .iter()
                .filter_map(|id| of_strategies.get(id))
        };
        let lines = lengths().map(|length| length.lines).sum::<usize>().max(1);
        whole.lines += lines;
        whole.names += lengths().map(|length| length.names).sum::<usize>();
        whole.names += lines * (3 + barrier.questions.len());
    }
    whole
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
        strategies: strategies.to_vec(),
        questions,
        holes: found(holes),
    }
}

fn strategy<'p>(plan: &'p Plan, facts: &Facts<'p>, id: &'p str) -> StrategyThread<'p> {
    let activities = pointing_at(&facts.links.activities_of_strategy, id).to_vec();
    StrategyThread {
        name: plan.strategies().name(id),
        holes: found([(activities.is_empty(), Hole::NoActivity)]),
        activities,
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
        name: scheduled.name,
        hours: cost.hours,
        cost: cost.total,
        is_complete: cost.is_complete,
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
