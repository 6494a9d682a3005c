//! Overviews for keys of a plan: examples, criteria and questions, the strategies by phase and by kind, and the constructs of
//! CFIR.

use std::sync::LazyLock;

use indexmap::IndexMap;
use serde::Deserialize;

use super::catalogue::{BarrierKind, CATALOGUE, Mapping, Strategy, embedded};
use super::sources::Source;
use crate::plan::Language;
use crate::plan::context::Level;
use crate::plan::strategies::{Phase, StrategyKind};
use crate::value::Choice;
use crate::words::Words;
use crate::words::key::advies::overzicht;

/// Something to show at a key.
pub(crate) struct Overview {
    pub title: String,
    pub points: Vec<String>,
    /// The points without their sources.
    pub names: Vec<String>,
    /// Whether each point, or each part of a row, can be an answer at the key.
    pub is_answers: bool,
    /// Labels with a text for each.
    pub rows: Vec<(String, String)>,
}

/// Examples, criteria or questions for keys of the plan.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Topic {
    /// The patterns of the keys.
    #[serde(rename = "sleutels")]
    pub keys: Vec<String>,
    /// The level of examples of barriers.
    #[serde(rename = "niveau")]
    pub level: Option<Level>,
    /// Whether the points can be answers at the keys.
    #[serde(default, rename = "antwoorden")]
    is_answers: bool,
    nl: String,
    en: String,
    #[serde(rename = "punten")]
    pub points: Vec<Point>,
}

/// One example, criterion or question.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Point {
    pub nl: String,
    pub en: String,
    #[serde(rename = "bron")]
    source: Source,
}

/// A construct of CFIR 2.0.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Construct {
    pub nl: String,
    pub en: String,
    #[serde(rename = "niveau")]
    pub level: Level,
    /// The ids of the kinds of barrier that it is about.
    #[serde(rename = "tegen")]
    pub kinds: Vec<String>,
    /// The glosses of its subconstructs by their name.
    #[serde(default, rename = "onderdelen")]
    pub parts: IndexMap<String, String>,
}

pub(super) static TOPICS: LazyLock<Vec<Topic>> =
    LazyLock::new(|| embedded(include_str!("topics.yaml")));

pub(super) static CFIR: LazyLock<Vec<Construct>> =
    LazyLock::new(|| embedded(include_str!("cfir.yaml")));

/// The text of a language.
fn of<'t>(words: Words, nl: &'t str, en: &'t str) -> &'t str {
    match words.language() {
        Language::Dutch => nl,
        Language::English => en,
    }
}

/// The advice to show at the key with a pattern such as `contextanalyse.factoren.*.niveau`.
pub(crate) fn overviews(pattern: &str, words: Words) -> Vec<Overview> {
    let topics = TOPICS.iter();
    let topics = topics.filter(|topic| topic.keys.iter().any(|key| key == pattern));
    let topics = topics.map(|topic| topic.overview(words));
    topics.chain(tables(pattern, words)).collect()
}

/// The topics of an interview for the context analysis: the Toolkit's questions, and the examples of barriers by level and of what
/// helps. The guide's own questions are not among them, because an interview is built on those.
pub(crate) fn interview_topics(words: Words) -> Vec<Overview> {
    let is_for_interviews = |topic: &&Topic| {
        let keys = topic.keys.iter();
        keys.map(String::as_str).any(|key| {
            [
                "contextanalyse.factoren",
                "contextanalyse.factoren.*.richting",
            ]
            .contains(&key)
        })
    };
    let topics = TOPICS.iter().filter(is_for_interviews);
    let points = |topic: &Topic| -> Vec<String> {
        let is_asked_anyway = |point: &&Point| topic.level.is_none() && point.source.is_guide();
        let points = topic.points.iter().filter(|point| !is_asked_anyway(point));
        points.map(|point| capitalised(point.text(words))).collect()
    };
    topics
        .map(|topic| Overview {
            title: of(words, &topic.nl, &topic.en).to_owned(),
            points: points(topic),
            names: Vec::new(),
            is_answers: false,
            rows: Vec::new(),
        })
        .collect()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// The overviews of strategies and of CFIR at a key.
fn tables(pattern: &str, words: Words) -> Vec<Overview> {
    match pattern {
        "contextanalyse.factoren.*.niveau" => vec![constructs(words)],
        "implementatiestrategieen.strategieen" | "implementatiestrategieen.strategieen.*.inzet" => {
            let mut overview = by_phase(words);
            overview.is_answers = pattern.ends_with("strategieen");
            vec![overview]
        }
        "implementatiestrategieen.strategieen.*.soort" => vec![by_kind(words)],
        "implementatiestrategieen.strategieen.*.belemmeringen" => vec![by_barrier(words)],
        "implementatiestrategieen.strategieen.*.bron" => vec![by_cluster(words)],
        _ => Vec::new(),
    }
}

/// A few examples at a key of a new plan. They fit on one line, because a new plan is short.
pub(crate) fn examples(pattern: &str, words: Words) -> Option<String> {
    let examples: Vec<&str> = match pattern {
        "contextanalyse.factoren" => {
            let levels = [Level::User, Level::Organisation, Level::Society].into_iter();
            let topics =
                levels.filter_map(|level| TOPICS.iter().find(|it| it.level == Some(level)));
            let first = topics.filter_map(|topic| topic.points.first());
            first.map(|point| point.text(words)).collect()
        }
        "implementatiestrategieen.strategieen" => {
            let phases = [Phase::Insight, Phase::Acceptance, Phase::Change].into_iter();
            let first = phases.filter_map(|phase| own().find(|it| is_from_source(it, phase)));
            let names = first.map(|strategy| &strategy.text(words.language()).name[..]);
            names.collect()
        }
        _ => return None,
    };
    Some(examples.join("; ").to_lowercase())
}

impl Overview {
    fn of(title: &str, rows: impl Iterator<Item = (String, String)>) -> Self {
        Self {
            title: title.to_owned(),
            points: Vec::new(),
            names: Vec::new(),
            is_answers: false,
            rows: rows.collect(),
        }
    }
}

impl Topic {
    fn overview(&self, words: Words) -> Overview {
        let point = |point: &Point| {
            let source = Source::list(std::slice::from_ref(&point.source), None, words);
            format!("{} ({source})", point.text(words))
        };
        Overview {
            title: of(words, &self.nl, &self.en).to_owned(),
            points: self.points.iter().map(point).collect(),
            names: self
                .points
                .iter()
                .map(|point| capitalised(point.text(words)))
                .collect(),
            is_answers: self.is_answers || self.level.is_some(),
            rows: Vec::new(),
        }
    }
}

impl Point {
    pub fn text(&self, words: Words) -> &str {
        of(words, &self.nl, &self.en)
    }
}

/// The strategies of the guide, the Toolkit and the tips.
fn own() -> impl Iterator<Item = &'static Strategy> {
    CATALOGUE.strategies.iter().filter(|it| !it.is_general())
}

/// The names of strategies with a property, on one line.
fn names<'s>(
    strategies: impl Iterator<Item = &'s Strategy>,
    words: Words,
    condition: impl Fn(&Strategy) -> bool,
) -> String {
    let names = strategies.filter(|strategy| condition(strategy));
    let names = names.map(|strategy| strategy.text(words.language()).name.as_str());
    names.collect::<Vec<_>>().join("; ")
}

/// The strategies for each choice of a kind, as far as their sources say so.
fn by_choice<C: Choice>(title: &str, words: Words, has: impl Fn(&Strategy, C) -> bool) -> Overview {
    let rows = C::ALL.iter().map(|choice| {
        let label = words.choice(C::KIND, choice.name()).to_lowercase();
        (label, names(own(), words, |it| has(it, *choice)))
    });
    Overview::of(words.get(title), rows)
}

fn by_phase(words: Words) -> Overview {
    by_choice(overzicht::PER_FASE, words, |it, phase: Phase| {
        is_from_source(it, phase)
    })
}

/// Whether the source of a strategy says that it suits a phase.
fn is_from_source(strategy: &Strategy, phase: Phase) -> bool {
    !strategy.own.contains(&Mapping::Phases) && strategy.phases.contains(&phase)
}

fn by_kind(words: Words) -> Overview {
    by_choice(overzicht::PER_SOORT, words, |it, kind: StrategyKind| {
        !it.own.contains(&Mapping::Kinds) && it.kinds.contains(&kind)
    })
}

fn by_barrier(words: Words) -> Overview {
    let rows = CATALOGUE.kinds.iter().map(|kind| {
        let strategies = names(own(), words, |it| it.against.contains(&kind.id));
        (kind.name(words.language()).to_owned(), strategies)
    });
    Overview::of(words.get(overzicht::PER_BELEMMERING), rows)
}

fn by_cluster(words: Words) -> Overview {
    let rows = CATALOGUE.clusters.iter().map(|(id, cluster)| {
        let all = CATALOGUE.strategies.iter();
        let strategies = names(all, words, |it| it.is_in_cluster(id));
        (cluster.text(words.language()).to_owned(), strategies)
    });
    Overview::of(words.get(overzicht::ERIC), rows)
}

/// The constructs of CFIR 2.0 by level.
fn constructs(words: Words) -> Overview {
    let rows = Level::ALL.iter().map(|level| {
        let constructs = CFIR.iter().filter(|construct| construct.level == *level);
        let names: Vec<String> = constructs.map(|it| it.text(words)).collect();
        (words.choice(Level::KIND, level.name()), names.join("; "))
    });
    Overview::of(words.get(overzicht::CFIR), rows)
}

/// The names of the constructs of CFIR 2.0 that some kinds of barrier are about.
pub(crate) fn constructs_of(kinds: &[&BarrierKind]) -> Vec<&'static str> {
    let is_about = |construct: &&Construct| kinds.iter().any(|it| construct.kinds.contains(&it.id));
    let constructs = CFIR.iter().filter(is_about);
    constructs.map(|construct| construct.en.as_str()).collect()
}

impl Construct {
    /// The name with those of its parts; in Dutch the gloss, with the name in English to look it up by.
    fn text(&self, words: Words) -> String {
        let is_dutch = words.language() == Language::Dutch;
        let parts = self.parts.iter();
        let parts = parts.map(|(en, nl)| of(words, nl, en));
        let parts: Vec<&str> = parts.collect();
        match (is_dutch, parts.is_empty()) {
            (true, true) => format!("{} ({})", self.nl, self.en),
            (true, false) => format!("{} ({}: {})", self.nl, self.en, parts.join(", ")),
            (false, true) => self.en.clone(),
            (false, false) => format!("{} ({})", self.en, parts.join(", ")),
        }
    }
}
