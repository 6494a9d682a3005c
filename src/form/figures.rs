//! What follows from the answers, shown above the questions of a part: groups by interest and influence, the red thread, totals.

use serde::Serialize;

use super::field::{self, Shape};
use super::id;
use crate::checked::Checked;
use crate::facts::Quadrant;
use crate::facts::links::pointing_at;
use crate::finding::Argument;
use crate::plan::catalogue::KINDS;
use crate::plan::context::Weight;
use crate::value::path::{Path, Step};
use crate::value::{Choice, Money, RefKind};
use crate::words::{Words, key};

/// The most strands of the red thread that are shown.
const MOST_STRANDS: usize = 60;

/// The most things that can be chosen to mend a strand: each of those strands has them all.
const MOST_CHOICES: usize = 40;

/// The figures of a part of the plan; most parts have none.
#[derive(Debug, Default, Serialize)]
pub(super) struct Figures {
    pub matrix: Option<Matrix>,
    pub thread: Option<Thread>,
    pub totals: Vec<Total>,
}

/// The groups by interest and influence.
#[derive(Debug, Serialize)]
pub(super) struct Matrix {
    /// The rows from much influence to little, each from little interest to much.
    pub rows: Vec<Vec<Cell>>,
    /// The groups of which either is not known.
    pub without: Vec<String>,
}

/// A quadrant with its groups.
#[derive(Debug, Serialize)]
pub(super) struct Cell {
    pub letter: &'static str,
    pub name: String,
    pub groups: Vec<String>,
}

/// The red thread from barriers through strategies to activities.
#[derive(Debug, Serialize)]
pub(super) struct Thread {
    pub strands: Vec<[Bead; 3]>,
    pub barriers: usize,
    pub strategies: usize,
    pub activities: usize,
}

/// A barrier, strategy or activity in the thread, or the place where it is missing.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Bead {
    /// `there`, `broken` or `none`.
    pub state: &'static str,
    pub name: String,
    pub note: String,
    /// The key of its part and its path as JSON.
    pub part: &'static str,
    pub path: String,
    /// How what is missing is added.
    pub adding: Option<Adding>,
}

/// How the next bead of a broken thread is added.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Adding {
    pub id: String,
    /// The path of the things, as JSON.
    pub path: String,
    /// The key at which it refers to the bead before it, and the id of that.
    pub key: &'static str,
    pub value: String,
    /// The ids and names of the things that are there, which can be chosen instead, unless they are many.
    pub choices: Choices,
}

/// The ids and names of things.
type Choices = Vec<(String, String)>;

/// An amount.
#[derive(Debug, Serialize)]
pub(super) struct Total {
    pub label: &'static str,
    pub amount: String,
}

/// The figures of a part.
pub(super) fn of(checked: &Checked, part: &str, words: Words) -> Figures {
    let has = |kind: RefKind| {
        let kind = KINDS.iter().find(|it| it.reference == kind);
        kind.is_some_and(|kind| kind.path[0] == part)
    };
    Figures {
        matrix: has(RefKind::Group).then(|| matrix(checked, words)),
        thread: has(RefKind::Strategy).then(|| thread(checked, words)),
        totals: if has(RefKind::Activity) {
            totals(checked, words)
        } else {
            Vec::new()
        },
    }
}

fn matrix(checked: &Checked, words: Words) -> Matrix {
    let (groups, quadrants) = (checked.plan().groups(), &checked.facts().quadrants);
    let name = |id: &str| groups.name(id).into_owned();
    let cell = |quadrant: Quadrant| {
        let own = quadrants.iter().filter(|(_, it)| **it == quadrant);
        Cell {
            letter: quadrant.name(),
            name: words.choice(Quadrant::KIND, quadrant.name()),
            groups: own.map(|(id, _)| name(id)).collect(),
        }
    };
    let rows = [
        [Quadrant::Involve, Quadrant::Collaborate],
        [Quadrant::Inform, Quadrant::Consult],
    ];
    let without = groups.ids().filter(|id| !quadrants.contains_key(id));
    Matrix {
        rows: rows.map(|row| row.map(cell).into()).into(),
        without: without.map(name).collect(),
    }
}

/// The quadrant of a group in words, or that it has none yet; `None` for other things.
pub(super) fn quadrant(checked: &Checked, path: &Path, words: Words) -> Option<String> {
    let mut parent = path.clone();
    parent.pop();
    let kind = KINDS.iter().find(|kind| kind.reference == RefKind::Group)?;
    let is_group = parent == kind.path.iter().copied().collect();
    let without = || words.get(key::scherm::NOG_GEEN_PLEK).to_owned();
    is_group.then(|| known_quadrant(checked, path, words).unwrap_or_else(without))
}

/// The quadrant of a group in words, if it is known.
pub(super) fn known_quadrant(checked: &Checked, path: &Path, words: Words) -> Option<String> {
    let mut steps = path.steps();
    let (Some(Step::Key(part)), Some(Step::Key(id)), None) =
        (steps.next(), steps.next(), steps.next())
    else {
        return None;
    };
    let kind = KINDS.iter().find(|kind| kind.reference == RefKind::Group)?;
    let quadrant = checked.facts().quadrants.get(id.as_str());
    let quadrant = quadrant.filter(|_| kind.path == [part])?;
    let name = words.choice(Quadrant::KIND, quadrant.name());
    Some(format!("{} {name}", quadrant.name()))
}

fn thread(checked: &Checked, words: Words) -> Thread {
    let (plan, facts) = (checked.plan(), checked.facts());
    let (factors, strategies) = (plan.factors(), plan.strategies());
    // Once for all strands, because finding them takes the whole plan.
    let choices = [RefKind::Strategy, RefKind::Activity].map(|kind| choices(checked, kind));
    let mut strands = Vec::new();
    for barrier in &facts.focus_barriers {
        let mut first = bead(RefKind::Factor, barrier, factors.name(barrier).into_owned());
        let factor = factors.get(barrier);
        if let Some(weight) = factor.and_then(|factor| factor.weight.given()) {
            let weight = words.choice(Weight::KIND, weight.name());
            first.note = words.text(key::scherm::WEEGT, &[("wat", Argument::Whole(weight))]);
        }
        let own = pointing_at(&facts.links.strategies_of_barrier, barrier);
        if own.is_empty() {
            let second = missing(RefKind::Strategy, RefKind::Factor, barrier, &choices[0]);
            let third = Bead {
                state: "none",
                ..Bead::default()
            };
            strands.push([first.clone(), second, third]);
        }
        for strategy in own {
            let name = strategies.name(strategy).into_owned();
            let second = bead(RefKind::Strategy, strategy, name);
            strands.push([
                first.clone(),
                second,
                done_by(checked, strategy, &choices[1], words),
            ]);
        }
    }
    strands.truncate(MOST_STRANDS);
    Thread {
        strands,
        barriers: facts.focus_barriers.len(),
        strategies: strategies.ids().count(),
        activities: plan.activities().ids().count(),
    }
}

/// The activity or message that carries out a strategy, or the place where it is missing.
fn done_by(checked: &Checked, strategy: &str, choices: &Choices, words: Words) -> Bead {
    let (plan, links) = (checked.plan(), &checked.facts().links);
    let activities = pointing_at(&links.activities_of_strategy, strategy);
    let messages = pointing_at(&links.messages_of_strategy, strategy);
    if let Some((first, others)) = activities.split_first() {
        let name = plan.activities().name(first).into_owned();
        let mut bead = bead(RefKind::Activity, first, name);
        if !others.is_empty() {
            let count = [("aantal", Argument::Count(others.len()))];
            bead.note = words.text(key::scherm::EN_MEER, &count);
        }
        return bead;
    }
    match messages.first() {
        Some(message) => {
            let name = plan.messages().name(message).into_owned();
            bead(RefKind::Message, message, name)
        }
        None => missing(RefKind::Activity, RefKind::Strategy, strategy, choices),
    }
}

fn path_of(kind: RefKind) -> (&'static str, Path) {
    let kind = KINDS.iter().find(|it| it.reference == kind);
    let keys = kind.map_or(&[][..], |kind| kind.path);
    (
        keys.first().copied().unwrap_or_default(),
        keys.iter().copied().collect(),
    )
}

fn bead(kind: RefKind, thing: &str, name: String) -> Bead {
    let (part, path) = path_of(kind);
    Bead {
        state: "there",
        name,
        part,
        path: id::json(&path.join(thing)),
        ..Bead::default()
    }
}

/// The place of a missing thing that would refer to another one.
fn missing(kind: RefKind, to: RefKind, before: &str, choices: &Choices) -> Bead {
    let (part, path) = path_of(kind);
    let thing = field::at(&path.join(before));
    let mut fields = thing.into_iter().flat_map(|thing| &thing.fields);
    let picker =
        fields.find(|field| matches!(Shape::of(field), Shape::Picker { kind, .. } if kind == to));
    Bead {
        state: "broken",
        part,
        adding: picker.map(|picker| Adding {
            id: format!("t-{}", id::of(&path.join(before))),
            path: id::json(&path),
            key: picker.key(),
            value: before.to_owned(),
            choices: choices.clone(),
        }),
        ..Bead::default()
    }
}

/// The ids and names of the things of a kind, unless they are many.
fn choices(checked: &Checked, kind: RefKind) -> Choices {
    let kind = KINDS.iter().find(|it| it.reference == kind);
    let names = kind.map(|kind| kind.names(checked.plan()));
    let names = names.filter(|names| names.len() <= MOST_CHOICES);
    let names = names.into_iter().flatten();
    names
        .map(|(id, name)| (id.to_owned(), name.into_owned()))
        .collect()
}

fn totals(checked: &Checked, words: Words) -> Vec<Total> {
    let costs = &checked.facts().costs;
    let mut totals = Vec::new();
    let mut add = |label, amount| {
        totals.push(Total {
            label: words.get(label),
            amount,
        });
    };
    add(key::scherm::totaal::UREN, words.number(costs.hours));
    add(key::scherm::totaal::LOON, words.money(costs.labour));
    add(
        key::scherm::totaal::ANDERS,
        words.money(Money::from(costs.expenses.euros() + costs.other.euros())),
    );
    add(key::scherm::totaal::SAMEN, words.money(costs.total));
    if let Some(budget) = costs.budget {
        add(key::scherm::totaal::BUDGET, words.money(budget));
    }
    totals
}
