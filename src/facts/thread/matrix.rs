//! The thread as a matrix: for each group its barriers and phases, the strategies for these with their activities, and the goals
//! that they serve. A strategy serves the goals of the groups whose barriers it is aimed at, and of those it is used for.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use super::{Hole, MAX_NAMES, RedThread, found};
use crate::facts::Facts;
use crate::facts::links::pointing_at;
use crate::plan::Plan;
use crate::plan::budget::ActivityStatus;
use crate::plan::context::Factor;
use crate::plan::strategies::{Phase, PhaseUse};
use crate::value::{Amounts, Answer, Choice as _, Money, Number};

/// The thread of all groups.
#[derive(Debug, Default, Serialize)]
pub struct Matrix<'p> {
    /// The groups that have something in the thread, in the order of the plan; last what belongs to no group.
    #[serde(rename = "groepen")]
    pub groups: Vec<GroupThread<'p>>,
    /// The number of holes in the thread.
    #[serde(rename = "aantal_gaten")]
    pub hole_count: usize,
    /// Whether it has activities and their owners only once, because there would be too many names to read.
    #[serde(rename = "bekort")]
    pub is_shortened: bool,
}

/// The thread of one group, or of what belongs to no group.
#[derive(Debug, Default, Serialize)]
pub struct GroupThread<'p> {
    /// The id of the group.
    #[serde(rename = "groep")]
    pub group: Option<&'p str>,
    /// Strategies for barriers first, heaviest first, then those for phases, in order.
    #[serde(rename = "strategieen")]
    pub strategies: Vec<StrategyRow<'p>>,
    /// The phases that the group goes through without any strategy.
    #[serde(rename = "lege_fasen")]
    pub bare_phases: Vec<Phase>,
    /// The ids of its goals.
    #[serde(rename = "doelen")]
    pub goals: Vec<&'p str>,
    /// The ids of the evaluation questions about its goals and barriers.
    #[serde(rename = "vragen")]
    pub questions: Vec<&'p str>,
    /// The holes of the group itself.
    #[serde(rename = "gaten")]
    pub holes: Vec<Hole>,
    /// The number of holes here, without those that an earlier group has. All phases without a strategy are one hole.
    #[serde(rename = "aantal_gaten")]
    pub hole_count: usize,
}

/// A strategy for a group, a barrier without any strategy, or the activities without any strategy.
#[derive(Debug, Default, Serialize)]
pub struct StrategyRow<'p> {
    /// The barriers of the group at which the strategy is aimed.
    #[serde(rename = "belemmeringen")]
    pub barriers: Vec<Shown<'p>>,
    /// The ids of the other factors of the group that the strategy names: those that help, or may do either.
    #[serde(rename = "gebruikt")]
    pub used_factors: Vec<&'p str>,
    /// The phases of the group for which the strategy is used, in order.
    #[serde(rename = "fasen")]
    pub phases: Vec<Phase>,
    /// The id of the strategy.
    #[serde(rename = "strategie")]
    pub strategy: Option<&'p str>,
    /// Whether an earlier row has the strategy too.
    #[serde(rename = "eerder")]
    pub is_repeated: bool,
    /// The activities that carry it out, unless an earlier row of a shortened thread has them.
    #[serde(rename = "activiteiten")]
    pub activities: Vec<Shown<'p>>,
    /// The ids of the messages that carry it out, unless an earlier row of a shortened thread has them.
    #[serde(rename = "boodschappen")]
    pub messages: Vec<&'p str>,
    /// The ids of the owners of those activities; without activities, the senders of the messages.
    #[serde(rename = "eigenaar")]
    pub owners: IndexSet<&'p str>,
    /// The first day of any of the activities.
    pub start: Option<Date>,
    /// The last day of any of the activities.
    #[serde(rename = "einde")]
    pub end: Option<Date>,
    /// Whether the first and last day of all activities are known.
    #[serde(rename = "dagen_bekend")]
    pub days_are_known: bool,
    /// Hours of all people together, without activities that an earlier row has.
    #[serde(rename = "uren")]
    pub hours: Number,
    /// Whether those hours are known of all who take part.
    #[serde(rename = "uren_bekend")]
    pub hours_are_known: bool,
    /// Euros for anything but hours, without activities that an earlier row has; `None` if the plan has no amount.
    #[serde(rename = "uitgaven")]
    pub expenses: Option<Money>,
    /// The status of the activities together: done if all are, under way if any has begun.
    pub status: Option<ActivityStatus>,
}

/// A thing in a row.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Shown<'p> {
    pub id: &'p str,
    /// Whether an earlier row has it too.
    #[serde(rename = "eerder")]
    pub is_repeated: bool,
}

/// The strategies that are used for a group, with their phases, in the order of the plan.
type Uses<'p> = IndexMap<&'p str, IndexSet<Phase>>;

impl<'p> Matrix<'p> {
    /// Arranges the parts of the thread by group.
    pub(super) fn of(plan: &'p Plan, facts: &Facts<'p>, thread: &RedThread<'p>) -> Self {
        let mut matrix = Self {
            groups: groups(plan, facts, thread),
            ..Self::default()
        };
        let length = |row: &StrategyRow<'_>| {
            let activities = row.strategy.map_or(&[][..], |id| activities(facts, id));
            let owners = activities.iter().filter_map(|id| thread.activities.get(id));
            activities.len() + owners.map(|it| it.owners.len()).sum::<usize>()
        };
        let rows = matrix.groups.iter().flat_map(|group| &group.strategies);
        matrix.is_shortened = rows.map(length).sum::<usize>() > MAX_NAMES;
        let mut seen = Seen::default();
        let counts = HoleCounts::of(thread);
        for group in &mut matrix.groups {
            for row in &mut group.strategies {
                seen.write_out(row, facts, matrix.is_shortened);
                row.add_up(plan, facts, thread);
            }
            group.questions = questions(group, facts);
            group.hole_count = counts.of_group(group, thread);
            matrix.hole_count += group.hole_count;
        }
        matrix
    }
}

impl<'p> StrategyRow<'p> {
    /// Adds who carries the strategy out, when, for how many hours and euros, and how far it is.
    fn add_up(&mut self, plan: &'p Plan, facts: &Facts<'p>, thread: &RedThread<'p>) {
        self.days_are_known = true;
        self.hours_are_known = true;
        let (mut hours, mut expenses) = (Decimal::ZERO, None);
        let (mut all_done, mut any_begun) = (true, false);
        for shown in &self.activities {
            let (Some(scheduled), Some(activity)) = (
                facts.activities.get(shown.id),
                thread.activities.get(shown.id),
            ) else {
                continue;
            };
            self.owners.extend(&activity.owners);
            self.start = self.start.into_iter().chain(scheduled.start).min();
            self.end = self.end.max(scheduled.end);
            self.days_are_known &= scheduled.start.is_some() && scheduled.end.is_some();
            let status = scheduled.activity.status.given();
            all_done &= status == Some(&ActivityStatus::Done);
            any_begun |= matches!(status, Some(ActivityStatus::Done | ActivityStatus::Ongoing));
            if !shown.is_repeated {
                hours += activity.hours.value();
                self.hours_are_known &= activity.hours_are_known;
                if let Some(amount) = scheduled.activity.expenses.given() {
                    expenses = Some(expenses.unwrap_or(Decimal::ZERO) + amount.euros());
                }
            }
        }
        self.hours = Number::from(hours);
        self.expenses = expenses.map(Money::from);
        if self.activities.is_empty() {
            let messages = self.messages.iter();
            let messages = messages.filter_map(|id| plan.messages().get(id));
            let senders = messages.flat_map(|message| message.senders.all());
            self.owners.extend(senders.map(AsRef::as_ref));
        } else {
            self.status = Some(match (all_done, any_begun) {
                (true, _) => ActivityStatus::Done,
                (false, true) => ActivityStatus::Ongoing,
                (false, false) => ActivityStatus::Planned,
            });
        }
    }
}

/// What earlier rows have.
#[derive(Default)]
struct Seen<'p> {
    barriers: HashSet<&'p str>,
    strategies: HashSet<&'p str>,
    activities: HashSet<&'p str>,
}

impl<'p> Seen<'p> {
    /// Adds the activities and messages of a row, and marks what an earlier one has too.
    fn write_out(&mut self, row: &mut StrategyRow<'p>, facts: &Facts<'p>, is_shortened: bool) {
        for barrier in &mut row.barriers {
            barrier.is_repeated = !self.barriers.insert(barrier.id);
        }
        if let Some(id) = row.strategy {
            row.is_repeated = !self.strategies.insert(id);
            if !(is_shortened && row.is_repeated) {
                row.activities = shown(activities(facts, id));
                row.messages = pointing_at(&facts.links.messages_of_strategy, id).to_vec();
            }
        }
        for activity in &mut row.activities {
            activity.is_repeated = !self.activities.insert(activity.id);
        }
    }
}

fn activities<'f, 'p>(facts: &'f Facts<'p>, strategy: &str) -> &'f [&'p str] {
    pointing_at(&facts.links.activities_of_strategy, strategy)
}

fn shown<'p>(ids: &[&'p str]) -> Vec<Shown<'p>> {
    let shown = |id: &&'p str| Shown {
        id,
        is_repeated: false,
    };
    ids.iter().map(shown).collect()
}

/// The groups with their rows and goals.
fn groups<'p>(plan: &'p Plan, facts: &Facts<'p>, thread: &RedThread<'p>) -> Vec<GroupThread<'p>> {
    let mut uses = uses(plan);
    let mut barriers: HashMap<Option<&str>, Vec<usize>> = HashMap::new();
    for (nr, barrier) in thread.barriers.iter().enumerate() {
        barriers.entry(barrier.group).or_default().push(nr);
    }
    let mut goals: HashMap<Option<&str>, Vec<&'p str>> = HashMap::new();
    for goal in &thread.goals {
        goals.entry(goal.group).or_default().push(goal.id);
    }
    let mut used_factors = used_factors(plan);
    let known = Known::of(plan);
    let mut ids: IndexSet<Option<&'p str>> = plan.groups().ids().map(Some).collect();
    ids.extend(facts.users.keys().copied().map(Some));
    ids.extend(thread.barriers.iter().map(|barrier| barrier.group));
    ids.extend(used_factors.iter().map(|(group, _)| *group));
    ids.extend(uses.keys().copied().map(Some));
    ids.extend(thread.goals.iter().map(|goal| goal.group));
    ids.shift_remove(&None);
    ids.insert(None);
    let mut placed: HashSet<&'p str> = HashSet::new();
    let mut groups = Vec::new();
    for id in ids {
        let mut rows = Rows::default();
        for nr in barriers.remove(&id).unwrap_or_default() {
            if let Some(barrier) = thread.barriers.get(nr) {
                rows.add_barrier(barrier.id, &barrier.strategies, barrier.is_focus);
            }
        }
        for (strategy, factor) in used_factors.swap_remove(&id).unwrap_or_default() {
            rows.of(strategy).used_factors.push(factor);
        }
        if let Some(group) = id {
            rows.add_uses(uses.swap_remove(group).unwrap_or_default());
        }
        placed.extend(rows.strategies.keys());
        if id.is_none() {
            rows.add_loose(plan, facts, &placed);
        }
        let mut group = GroupThread {
            group: id,
            goals: goals.remove(&id).unwrap_or_default(),
            ..rows.finish()
        };
        if let Some(id) = id {
            group.add_holes(facts, id, known);
        }
        let is_empty = group.strategies.is_empty()
            && group.bare_phases.is_empty()
            && group.goals.is_empty()
            && group.holes.is_empty();
        if !is_empty {
            groups.push(group);
        }
    }
    groups
}

/// The strategies that are used for each group.
fn uses(plan: &Plan) -> IndexMap<&str, Uses<'_>> {
    let mut uses: IndexMap<&str, Uses<'_>> = IndexMap::new();
    for (id, strategy) in plan.strategies().iter() {
        let used_for = strategy.used_for.given();
        for (group, phases) in used_for.into_iter().flat_map(Amounts::iter) {
            let of_group = uses.entry(group.as_ref()).or_default();
            let phases = phases.given().into_iter().flat_map(PhaseUse::iter);
            let of_strategy = of_group.entry(id).or_default();
            of_strategy.extend(phases.map(|(phase, _)| phase));
        }
    }
    uses
}

/// The strategies that name a factor that is no barrier, or is not in the plan, with the factor, by the group of the factor.
fn used_factors(plan: &Plan) -> IndexMap<Option<&str>, Vec<(&str, &str)>> {
    let mut used: IndexMap<Option<&str>, Vec<(&str, &str)>> = IndexMap::new();
    for (id, strategy) in plan.strategies().iter() {
        for factor in strategy.barriers.all() {
            let factor: &str = factor.as_ref();
            let known = plan.factors().get(factor);
            if !known.is_some_and(Factor::is_barrier) {
                let group = known.and_then(|it| it.group.given()).map(AsRef::as_ref);
                used.entry(group).or_default().push((id, factor));
            }
        }
    }
    used
}

/// The rows of a group while they are collected.
#[derive(Default)]
struct Rows<'p> {
    /// Barriers that no strategy answers, and the places of strategies, in order.
    order: Vec<Place<'p>>,
    strategies: IndexMap<&'p str, StrategyRow<'p>>,
    /// Barriers that are no focus and have no strategy. They share a row.
    unanswered: Vec<&'p str>,
    /// Activities without a strategy.
    loose: Vec<&'p str>,
}

/// A place among the rows.
enum Place<'p> {
    Barrier(&'p str),
    Strategy(&'p str),
}

impl<'p> Rows<'p> {
    /// The row of a strategy.
    fn of(&mut self, strategy: &'p str) -> &mut StrategyRow<'p> {
        let order = &mut self.order;
        self.strategies.entry(strategy).or_insert_with(|| {
            order.push(Place::Strategy(strategy));
            StrategyRow {
                strategy: Some(strategy),
                ..StrategyRow::default()
            }
        })
    }

    fn add_barrier(&mut self, id: &'p str, strategies: &[&'p str], is_focus: bool) {
        for strategy in strategies {
            self.of(strategy).barriers.extend(shown(&[id]));
        }
        if strategies.is_empty() && is_focus {
            self.order.push(Place::Barrier(id));
        } else if strategies.is_empty() {
            self.unanswered.push(id);
        }
    }

    /// Adds the strategies that are used for the group, by their first phase.
    fn add_uses(&mut self, uses: Uses<'p>) {
        let mut uses: Vec<(&str, Vec<Phase>)> = uses
            .into_iter()
            .map(|(id, phases)| {
                let mut phases: Vec<Phase> = phases.into_iter().collect();
                phases.sort_by_key(|phase| order(*phase));
                (id, phases)
            })
            .collect();
        uses.sort_by_key(|(_, phases)| phases.first().map_or(usize::MAX, |phase| order(*phase)));
        for (id, phases) in uses {
            self.of(id).phases = phases;
        }
    }

    /// Adds what no group has: strategies, activities without any, and what carries out a strategy that is not in the plan.
    fn add_loose(&mut self, plan: &'p Plan, facts: &Facts<'p>, placed: &HashSet<&'p str>) {
        let of_messages = plan.messages().iter().map(|(_, it)| it.strategies.all());
        let of_activities = facts.activities.values();
        let of_activities = of_activities.map(|it| it.activity.strategies.all());
        let named = of_activities.chain(of_messages).flatten();
        let strategies = plan.strategies().ids().chain(named.map(AsRef::as_ref));
        for id in strategies.filter(|id| !placed.contains(id)) {
            self.of(id);
        }
        let activities = facts.activities.iter();
        let loose = activities.filter(|(_, it)| it.activity.strategies.all().is_empty());
        self.loose.extend(loose.map(|(id, _)| *id));
    }

    fn finish(mut self) -> GroupThread<'p> {
        let strategies = &mut self.strategies;
        let mut rows: Vec<StrategyRow<'_>> = self
            .order
            .iter()
            .filter_map(|place| match place {
                Place::Barrier(id) => Some(StrategyRow {
                    barriers: shown(&[id]),
                    ..StrategyRow::default()
                }),
                Place::Strategy(id) => strategies.get_mut(id).map(std::mem::take),
            })
            .collect();
        if !self.unanswered.is_empty() {
            let answered = rows.iter().take_while(|row| !row.barriers.is_empty());
            let unanswered = StrategyRow {
                barriers: shown(&self.unanswered),
                ..StrategyRow::default()
            };
            rows.insert(answered.count(), unanswered);
        }
        if !self.loose.is_empty() {
            rows.push(StrategyRow {
                activities: shown(&self.loose),
                ..StrategyRow::default()
            });
        }
        GroupThread {
            strategies: rows,
            ..GroupThread::default()
        }
    }
}

/// The place of a phase among all phases.
fn order(phase: Phase) -> usize {
    let position = Phase::ALL.iter().position(|known| *known == phase);
    position.unwrap_or(usize::MAX)
}

impl GroupThread<'_> {
    /// Adds what a group lacks, if it is one that has to change its way of working.
    fn add_holes(&mut self, facts: &Facts<'_>, id: &str, known: Known) {
        let user = facts.users.get(id);
        let Some(user) = user.filter(|it| it.role.is_some() && !it.is_beneficiary()) else {
            return;
        };
        let factors = pointing_at(&facts.links.factors_of_group, id);
        self.holes = found([
            (known.factors && factors.is_empty(), Hole::NoBarriers),
            (known.goals && self.goals.is_empty(), Hole::NoGoal),
        ]);
        let is_bare = |phase: &Phase| user.strategies_for(*phase).next().is_none();
        let phases = user.phases.iter().flatten();
        self.bare_phases = phases.copied().filter(is_bare).collect();
    }
}

/// Whether all factors and goals could be read, with the groups that they are about.
#[derive(Clone, Copy)]
struct Known {
    factors: bool,
    goals: bool,
}

impl Known {
    fn of(plan: &Plan) -> Self {
        let context = plan.context.given();
        let factors = context.is_none_or(|it| !matches!(it.factors, Answer::Unreadable))
            && !matches!(plan.context, Answer::Unreadable)
            && plan.factors().is_whole();
        let goals = !matches!(plan.goals, Answer::Unreadable) && plan.goals().is_whole();
        let names_group = |group: &Answer<_>| !matches!(group, Answer::Unreadable);
        Self {
            factors: factors && plan.factors().iter().all(|(_, it)| names_group(&it.group)),
            goals: goals && plan.goals().iter().all(|(_, it)| names_group(&it.group)),
        }
    }
}

/// The questions about the goals and barriers of a group.
fn questions<'p>(group: &GroupThread<'p>, facts: &Facts<'p>) -> Vec<&'p str> {
    let of_goal = |id: &&str| pointing_at(&facts.links.questions_of_goal, id);
    let of_barrier =
        |barrier: &Shown<'_>| pointing_at(&facts.links.questions_of_barrier, barrier.id);
    let barriers = group.strategies.iter().flat_map(|row| first(&row.barriers));
    let of_goals = group.goals.iter().flat_map(of_goal);
    let all: IndexSet<&str> = of_goals
        .chain(barriers.flat_map(of_barrier))
        .copied()
        .collect();
    all.into_iter().collect()
}

/// The number of holes of each barrier and goal.
struct HoleCounts<'p> {
    barriers: HashMap<&'p str, usize>,
    goals: HashMap<&'p str, usize>,
}

impl<'p> HoleCounts<'p> {
    fn of(thread: &RedThread<'p>) -> Self {
        let barriers = thread.barriers.iter();
        let goals = thread.goals.iter();
        Self {
            barriers: barriers.map(|it| (it.id, it.holes.len())).collect(),
            goals: goals.map(|it| (it.id, it.holes.len())).collect(),
        }
    }

    /// The number of holes of a group that no earlier group has.
    fn of_group(&self, group: &GroupThread<'_>, thread: &RedThread<'_>) -> usize {
        let of_row = |row: &StrategyRow<'_>| {
            let strategy = row.strategy.filter(|_| !row.is_repeated);
            let strategy = strategy.and_then(|id| thread.strategies.get(id));
            let activities =
                first(&row.activities).filter_map(|shown| thread.activities.get(shown.id));
            first(&row.barriers)
                .filter_map(|shown| self.barriers.get(shown.id))
                .sum::<usize>()
                + strategy.map_or(0, |it| it.holes.len())
                + activities.map(|it| it.holes.len()).sum::<usize>()
        };
        let goals = group.goals.iter().filter_map(|id| self.goals.get(id));
        group.strategies.iter().map(of_row).sum::<usize>()
            + goals.sum::<usize>()
            + usize::from(!group.bare_phases.is_empty())
            + group.holes.len()
    }
}

/// The things that no earlier row has.
fn first<'s, 'p>(things: &'s [Shown<'p>]) -> impl Iterator<Item = &'s Shown<'p>> {
    things.iter().filter(|it| !it.is_repeated)
}
