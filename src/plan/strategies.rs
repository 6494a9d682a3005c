//! Section 7, implementation strategies ("Implementatiestrategieën", handreiking 7), which remove barriers and take user
//! groups from phase to phase.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::value::{
    Amounts, Answer, Entries, Entry, FactorRef, GroupOrRoleRef, GroupRef, Id, OneOrMany, Prose,
    SourceRef, Text, choice, named,
};

/// The strategies, and the phases that each user group goes through.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Strategies {
    /// The phases of user groups; a group that is not listed goes through all five.
    #[serde(rename = "fasen")]
    pub phases: Answer<Entries<GroupRef, Route>>,
    #[serde(rename = "strategieen")]
    pub strategies: Answer<Entries<Id, Strategy>>,
}

/// The phases of a user group that does not go through all five.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Route {
    #[serde(rename = "doorloopt")]
    pub phases: Answer<OneOrMany<Phase>>,
    /// The reason for not going through all five.
    #[serde(rename = "omdat")]
    pub because: Answer<Prose>,
}

impl Entry for Route {}

/// A strategy that makes a change easier for a user group ("implementatiestrategie").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Strategy {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    #[serde(rename = "beschrijving")]
    pub description: Answer<Prose>,
    #[serde(rename = "soort")]
    pub kinds: Answer<OneOrMany<StrategyKind>>,
    /// The barriers at which it is aimed (table 7.1).
    #[serde(rename = "belemmeringen")]
    pub barriers: Answer<OneOrMany<FactorRef>>,
    /// The groups and phases for which it is used (table 7.2).
    #[serde(rename = "inzet")]
    pub used_for: Answer<Amounts<GroupRef, PhaseUse>>,
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<GroupOrRoleRef>>,
    /// The reason that it should work here.
    #[serde(rename = "onderbouwing")]
    pub rationale: Answer<Prose>,
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

choice! {
    /// A kind of strategy.
    pub enum StrategyKind ("soort_strategie") {
        /// Announces the intervention.
        Informing = "informerend",
        /// Teaches knowledge and skills.
        Educating = "educatief",
        Motivating = "motiverend",
        Organising = "organisatorisch",
        /// Helps people while they apply the intervention.
        Facilitating = "faciliterend",
        /// Makes the intervention part of the organisation.
        Anchoring = "verankerend",
        /// Adapts the intervention, with its developer, but keeps the active ingredients.
        Adapting = "aanpassend",
    }
}

choice! {
    /// The phases of implementation, in order (Wensing and Grol; Toolkit: weten, begrijpen, willen, doen, blijven doen).
    pub enum Phase ("fase") {
        /// The group knows about the intervention.
        Orientation = "orientatie",
        /// The group understands what will change.
        Insight = "inzicht",
        /// The group wants the change.
        Acceptance = "acceptatie",
        /// The group applies the intervention and solves bottlenecks.
        Change = "verandering",
        /// The intervention is part of the organisation.
        Retention = "behoud",
    }
}

impl StrategyKind {
    /// Whether it tells people something and changes nothing else.
    pub const fn is_words_only(self) -> bool {
        matches!(self, Self::Informing | Self::Educating | Self::Motivating)
    }
}

/// The phases in which a strategy is used for one group, with the text of their cells in table 7.2 where given.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PhaseUse {
    phases: IndexMap<Phase, Answer<Prose>>,
    is_whole: bool,
}

impl PhaseUse {
    /// The kind that is expected instead of two texts for one phase.
    pub const TWICE: &'static str = "fase_dubbel";

    /// The phases and their texts.
    pub fn iter(&self) -> impl Iterator<Item = (Phase, Option<&Prose>)> {
        self.phases
            .iter()
            .map(|(phase, words)| (*phase, words.given()))
    }

    /// Whether every phase could be read.
    pub const fn is_whole(&self) -> bool {
        self.is_whole
    }

    pub fn contains(&self, phase: Phase) -> bool {
        self.phases.contains_key(&phase)
    }
}

impl<'de> Deserialize<'de> for PhaseUse {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PhaseUseVisitor)
    }
}

struct PhaseUseVisitor;

impl PhaseUseVisitor {
    fn of(phases: &OneOrMany<Phase>) -> PhaseUse {
        let cells = phases
            .as_slice()
            .iter()
            .map(|phase| (*phase, Answer::Missing))
            .collect();
        PhaseUse {
            phases: cells,
            is_whole: phases.is_whole(),
        }
    }
}

impl<'de> Visitor<'de> for PhaseUseVisitor {
    type Value = PhaseUse;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("inzet_per_fase")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<PhaseUse, D::Error> {
        Phase::deserialize(deserializer).map(|phase| Self::of(&vec![phase].into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<PhaseUse, E> {
        self.visit_newtype_struct(serde::de::value::StrDeserializer::new(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<PhaseUse, A::Error> {
        let phases = OneOrMany::deserialize(serde::de::value::SeqAccessDeserializer::new(seq))?;
        Ok(Self::of(&phases))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<PhaseUse, A::Error> {
        let mut phases = IndexMap::new();
        let mut is_whole = true;
        while let Some(phase) = map.next_key::<Answer<Phase>>()? {
            match phase.given() {
                Some(phase) if phases.contains_key(phase) => {
                    return Err(A::Error::custom(PhaseUse::TWICE));
                }
                Some(phase) => _ = phases.insert(*phase, map.next_value()?),
                None => {
                    // Not read as a text, because documents show every text that was read.
                    map.next_value::<Answer<IgnoredAny>>()?;
                    is_whole = false;
                }
            }
        }
        Ok(PhaseUse { phases, is_whole })
    }
}

impl Serialize for PhaseUse {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.phases.serialize(serializer)
    }
}

impl JsonSchema for PhaseUse {
    fn schema_name() -> Cow<'static, str> {
        "inzet_per_fase".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let phases = generator.subschema_for::<OneOrMany<Phase>>();
        let phase = generator.subschema_for::<Phase>();
        let words = generator.subschema_for::<Answer<Prose>>();
        json_schema!({ "anyOf": [
            phases,
            { "type": "object", "propertyNames": phase, "additionalProperties": words },
        ] })
    }
}

named!(Strategy: description);
