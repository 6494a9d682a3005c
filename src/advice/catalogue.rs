//! The strategies and the kinds of barrier, read from the embedded files.

use std::sync::LazyLock;

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::sources::Source;
use crate::plan::Language;
use crate::plan::context::Level;
use crate::plan::strategies::{Phase, StrategyKind};
use crate::rules::Phrases;
use crate::words::Words;

/// Everything that suggestions are made from.
pub(super) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::embedded);

#[derive(Debug)]
pub(super) struct Catalogue {
    pub kinds: Vec<BarrierKind>,
    /// Those of the guide, the Toolkit and the tips, and then those of ERIC.
    pub strategies: Vec<Strategy>,
    /// The clusters of ERIC by id.
    pub clusters: IndexMap<String, Pair>,
}

/// A text in both languages.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pair {
    nl: String,
    en: String,
}

/// A strategy that a plan can use.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Strategy {
    /// The id of the strategy, for programs.
    pub id: String,
    cluster: Option<String>,
    nl: Named,
    en: Named,
    /// The sources of the strategy.
    #[serde(rename = "bron")]
    pub sources: Vec<Source>,
    #[serde(rename = "soort")]
    pub kinds: Vec<StrategyKind>,
    /// The levels of the barriers that it suits.
    #[serde(rename = "niveaus")]
    pub levels: Vec<Level>,
    /// The ids of the kinds of barrier that it takes away.
    #[serde(default, rename = "tegen")]
    pub against: Vec<String>,
    #[serde(rename = "fasen")]
    pub phases: Vec<Phase>,
    /// The mappings above that are our own inference.
    #[serde(rename = "eigen")]
    pub own: Vec<Mapping>,
}

/// A name and a sentence about it, in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Named {
    /// A short name.
    #[serde(rename = "naam")]
    pub name: String,
    /// The advice, in one sentence or two.
    #[serde(rename = "uitleg")]
    pub gloss: String,
}

/// A property of a strategy that the source gives, or that we inferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(crate) enum Mapping {
    #[serde(rename = "soort")]
    Kinds,
    #[serde(rename = "niveaus")]
    Levels,
    #[serde(rename = "tegen")]
    Against,
    #[serde(rename = "fasen")]
    Phases,
}

impl Mapping {
    /// The name of the mapping in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kinds => "soort",
            Self::Levels => "niveaus",
            Self::Against => "tegen",
            Self::Phases => "fasen",
        }
    }
}

/// A kind of barrier, such as lack of time.
#[derive(Debug)]
pub(crate) struct BarrierKind {
    /// The id of the kind, for programs.
    pub id: String,
    name: Pair,
    words: Phrases,
}

/// A kind of barrier as it is in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct BarrierKindRow {
    id: String,
    nl: String,
    en: String,
    #[serde(rename = "woorden")]
    words: Vec<String>,
}

/// The file with the strategies of ERIC.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct EricFile {
    clusters: IndexMap<String, Pair>,
    #[serde(rename = "strategieen")]
    strategies: Vec<Strategy>,
}

/// Reads an embedded file. That each can be read is tested; one that cannot would only leave advice out.
pub(super) fn embedded<T: DeserializeOwned + Default>(file: &str) -> T {
    serde_yaml::from_str(file).unwrap_or_default()
}

impl Catalogue {
    fn embedded() -> Self {
        let kinds: Vec<BarrierKindRow> = embedded(include_str!("kinds.yaml"));
        let mut strategies: Vec<Strategy> = embedded(include_str!("strategies.yaml"));
        let eric: EricFile = embedded(include_str!("eric.yaml"));
        strategies.extend(eric.strategies);
        Self {
            kinds: kinds.into_iter().map(BarrierKind::from).collect(),
            strategies,
            clusters: eric.clusters,
        }
    }
}

impl From<BarrierKindRow> for BarrierKind {
    fn from(row: BarrierKindRow) -> Self {
        Self {
            id: row.id,
            name: Pair {
                nl: row.nl,
                en: row.en,
            },
            words: Phrases::of(row.words.iter().map(String::as_str)),
        }
    }
}

impl Pair {
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Dutch => &self.nl,
            Language::English => &self.en,
        }
    }
}

impl BarrierKind {
    /// The id of the kind for lack of time, which a rule recognises too.
    pub(super) const TIME: &'static str = "tijd";

    /// Returns the name of the kind, for the middle of a sentence.
    pub fn name(&self, language: Language) -> &str {
        self.name.text(language)
    }

    /// Whether a text has a word for this kind.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.words.find(text).is_some()
    }
}

impl Strategy {
    /// Returns the name and the explanation in a language.
    pub const fn text(&self, language: Language) -> &Named {
        match language {
            Language::Dutch => &self.nl,
            Language::English => &self.en,
        }
    }

    /// The sources in words, with the cluster of a strategy of ERIC.
    pub fn sources(&self, words: Words) -> String {
        let cluster = self.cluster.as_ref();
        let cluster = cluster.and_then(|cluster| CATALOGUE.clusters.get(cluster));
        let cluster = cluster.map(|cluster| cluster.text(words.language()));
        Source::list(&self.sources, cluster, words)
    }

    pub(super) fn is_in_cluster(&self, cluster: &str) -> bool {
        self.cluster.as_deref() == Some(cluster)
    }

    /// Whether it is one of the general strategies of ERIC, instead of one for plans such as these.
    pub(super) fn is_general(&self) -> bool {
        self.cluster.is_some()
    }
}
