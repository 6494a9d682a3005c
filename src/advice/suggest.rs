//! Suggestions of strategies for what a plan leaves open.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::catalogue::{BarrierKind, CATALOGUE, Mapping, Strategy};
use crate::checked::Checked;
use crate::facts::{Facts, UserGroup};
use crate::plan::context::{Factor, Level};
use crate::plan::strategies::Phase;
use crate::plan::{Language, Plan};
use crate::rules::{
    bare_phases, is_about_workload, is_met_with_words_only, known_focus_barriers, known_users,
};
use crate::value::{Choice, fold};

/// The suggestions for a plan: priority barriers first, and then phases by group.
#[derive(Debug)]
pub(crate) struct Suggestions<'p> {
    pub needs: Vec<Suggestion<'p>>,
    /// Whether the plan has no priority barriers and no user groups yet.
    pub is_bare: bool,
}

/// A need of the plan, with strategies that suit it.
#[derive(Debug)]
pub(crate) struct Suggestion<'p> {
    pub need: Need<'p>,
    /// At most [`MOST`], the best first.
    pub strategies: Vec<Fit>,
}

/// The maximum number of strategies for one need.
const MOST: usize = 5;

/// The maximum number of those of the same kind, if there are others.
const MOST_OF_A_KIND: usize = 3;

/// Something that a plan has no strategy for.
#[derive(Debug)]
pub(crate) enum Need<'p> {
    /// A priority barrier.
    Barrier {
        id: &'p str,
        name: String,
        level: Option<Level>,
        kinds: Vec<&'static BarrierKind>,
        /// Whether it has strategies, which only inform, educate or motivate.
        has_words: bool,
    },
    /// A phase that a user group goes through.
    Phase {
        group: &'p str,
        name: String,
        phase: Phase,
    },
}

/// A strategy with the reasons why it suits a need.
#[derive(Debug)]
pub(crate) struct Fit {
    pub strategy: &'static Strategy,
    pub reasons: Vec<Reason>,
}

/// A reason why a strategy suits a need.
#[derive(Debug, Clone)]
pub(crate) enum Reason {
    /// It takes away this kind of barrier.
    Against(&'static BarrierKind),
    /// It suits barriers at this level.
    Level(Level),
    /// It suits this phase.
    Phase(Phase),
    /// It also takes away the barrier of the group with this name.
    Also(String),
}

impl Reason {
    /// The mapping that the reason rests on.
    pub const fn mapping(&self) -> Mapping {
        match self {
            Self::Against(_) | Self::Also(_) => Mapping::Against,
            Self::Level(_) => Mapping::Levels,
            Self::Phase(_) => Mapping::Phases,
        }
    }
}

impl Fit {
    /// Whether the first reason is our own inference.
    fn is_inferred(&self) -> bool {
        let mut reasons = self.reasons.iter().take(1);
        reasons.any(|reason| self.strategy.own.contains(&reason.mapping()))
    }
}

impl<'p> Suggestions<'p> {
    /// Returns the suggestions for a plan. What could not be read is no need.
    pub fn of(checked: &'p Checked) -> Self {
        let (plan, facts) = (checked.plan(), checked.facts());
        let advisor = Advisor::of(plan, facts);
        let barriers = known_focus_barriers(plan, facts);
        let barriers = barriers.filter_map(|(id, factor)| advisor.for_barrier(id, factor));
        let phases = known_users(plan, facts).flat_map(|user| advisor.for_phases(user));
        Self {
            needs: barriers.chain(phases).collect(),
            is_bare: facts.focus_barriers.is_empty() && facts.professionals().next().is_none(),
        }
    }

    /// Whether there is nothing to suggest.
    pub const fn is_empty(&self) -> bool {
        self.needs.is_empty()
    }
}

/// A plan to give advice on.
struct Advisor<'p> {
    plan: &'p Plan,
    facts: &'p Facts<'p>,
    /// The names of the strategies that the plan has, and their ids.
    known: HashSet<String>,
}

impl<'p> Advisor<'p> {
    fn of(plan: &'p Plan, facts: &'p Facts<'p>) -> Self {
        let strategies = plan.strategies();
        let names = strategies
            .ids()
            .flat_map(|id| [fold(id), fold(&strategies.name(id))]);
        Self {
            plan,
            facts,
            known: names.collect(),
        }
    }

    fn for_barrier(&self, id: &'p str, factor: &Factor) -> Option<Suggestion<'p>> {
        let has_words = is_met_with_words_only(self.plan, self.facts, id, factor);
        let is_answered = self.facts.links.strategies_of_barrier.contains_key(id);
        if is_answered && !has_words {
            return None;
        }
        let level = factor.level.given().copied();
        let kinds = self.kinds_of(id);
        let takes_more = |strategy: &&Strategy| !has_words || !strategy.is_words_only();
        let fits = self.candidates().filter(takes_more);
        let fits = fits.filter_map(|strategy| fit_for_barrier(strategy, &kinds, level));
        let strategies = best(fits.collect(), |fit| {
            let against = fit.strategy.matching(&kinds).count();
            let suits_level = level.is_some_and(|level| fit.strategy.levels.contains(&level));
            let is_general = fit.strategy.is_general();
            (
                Reverse(against),
                is_general,
                !suits_level,
                fit.is_inferred(),
            )
        });
        let need = Need::Barrier {
            id,
            name: self.plan.factors().name(id).into_owned(),
            level,
            kinds,
            has_words,
        };
        Some(Suggestion { need, strategies })
    }

    fn for_phases(&self, user: &'p UserGroup<'p>) -> Vec<Suggestion<'p>> {
        let barriers = self.barriers_of(user.id);
        // Without the section, the facts do not know the phases; the group goes through all of them.
        let phases = if self.plan.strategies.is_missing() {
            Phase::ALL.to_vec()
        } else {
            bare_phases(user)
        };
        phases
            .into_iter()
            .map(|phase| self.for_phase(user, phase, &barriers))
            .collect()
    }

    fn for_phase(
        &self,
        user: &'p UserGroup<'p>,
        phase: Phase,
        barriers: &[(String, Vec<&'static BarrierKind>)],
    ) -> Suggestion<'p> {
        let suits = |strategy: &&Strategy| strategy.phases.contains(&phase);
        let fits = self.candidates().filter(suits).map(|strategy| {
            let also = barriers
                .iter()
                .filter(|(_, kinds)| strategy.matching(kinds).next().is_some());
            let also = also.map(|(name, _)| Reason::Also(name.clone())).take(1);
            let reasons = std::iter::once(Reason::Phase(phase)).chain(also).collect();
            Fit { strategy, reasons }
        });
        let strategies = best(fits.collect(), |fit| {
            let is_general = fit.strategy.is_general();
            (is_general, Reverse(fit.reasons.len()), fit.is_inferred())
        });
        let need = Need::Phase {
            group: user.id,
            name: user.name.clone(),
            phase,
        };
        Suggestion { need, strategies }
    }

    /// The names of the priority barriers of a group, with their kinds.
    fn barriers_of(&self, group: &str) -> Vec<(String, Vec<&'static BarrierKind>)> {
        let barriers = known_focus_barriers(self.plan, self.facts);
        let own = barriers.filter(|(_, factor)| {
            let of_factor = factor.group.given().map(AsRef::as_ref);
            of_factor == Some(group)
        });
        let factors = self.plan.factors();
        own.map(|(id, _)| (factors.name(id).into_owned(), self.kinds_of(id)))
            .collect()
    }

    /// The kinds of a barrier, by the words in its name and id.
    fn kinds_of(&self, id: &str) -> Vec<&'static BarrierKind> {
        let name = self.plan.factors().name(id);
        let is_time = is_about_workload(self.plan, id);
        let kinds = CATALOGUE.kinds.iter().filter(|kind| {
            kind.is_in(&name) || kind.is_in(id) || is_time && kind.id == BarrierKind::TIME
        });
        kinds.collect()
    }

    /// The strategies that the plan does not have yet.
    fn candidates(&self) -> impl Iterator<Item = &'static Strategy> {
        let all = CATALOGUE.strategies.iter();
        all.filter(|strategy| {
            let names = [Language::Dutch, Language::English].map(|it| &strategy.text(it).name);
            let is_known = |name: &str| self.known.contains(&fold(name));
            !is_known(&strategy.id) && !names.into_iter().any(|name| is_known(name))
        })
    }
}

/// A strategy with its reasons, if it suits a barrier: by the kind of barrier, or by its level if the kind is unknown.
fn fit_for_barrier(
    strategy: &'static Strategy,
    kinds: &[&'static BarrierKind],
    level: Option<Level>,
) -> Option<Fit> {
    let mut reasons: Vec<Reason> = strategy.matching(kinds).map(Reason::Against).collect();
    let level = level.filter(|level| strategy.levels.contains(level));
    if reasons.is_empty() && (!kinds.is_empty() || level.is_none()) && !strategy.suits_all() {
        return None;
    }
    reasons.extend(level.map(Reason::Level));
    Some(Fit { strategy, reasons })
}

/// The best strategies, by a key that is lowest for the best. Those of one kind leave space for others.
fn best<K: Ord>(mut fits: Vec<Fit>, key: impl Fn(&Fit) -> K) -> Vec<Fit> {
    fits.sort_by_key(key);
    let (mut first, mut later) = (Vec::new(), Vec::new());
    for fit in fits {
        let kind = fit.strategy.kinds.first();
        let alike = first
            .iter()
            .filter(|chosen: &&Fit| chosen.strategy.kinds.first() == kind);
        if alike.count() < MOST_OF_A_KIND {
            first.push(fit);
        } else {
            later.push(fit);
        }
    }
    first.append(&mut later);
    first.truncate(MOST);
    first
}

impl Strategy {
    /// The kinds of barrier that it takes away, out of some.
    fn matching<'k>(
        &self,
        kinds: &'k [&'static BarrierKind],
    ) -> impl Iterator<Item = &'static BarrierKind> + use<'_, 'k> {
        let kinds = kinds.iter().copied();
        kinds.filter(|kind| self.against.contains(&kind.id))
    }

    /// Whether it suits every barrier a little.
    fn suits_all(&self) -> bool {
        self.against.is_empty() && self.levels.len() == 5
    }

    /// Whether it only informs, educates or motivates.
    fn is_words_only(&self) -> bool {
        self.kinds.iter().all(|kind| kind.is_words_only())
    }
}
