//! Section 10, monitoring ("Monitoring", handreiking 10), with the indicators of goals.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, EffectRef, Entries, Entry, FirstText as _, GoalRef, GroupOrRoleRef, Id, OneOrMany,
    Prose, Rhythm, SourceRef, YesNo, choice,
};

/// The indicators by id.
pub type Monitoring = Entries<Id, Indicator>;

/// A measure of progress towards a goal ("indicator").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Indicator {
    #[serde(rename = "doel")]
    pub goal: Answer<GoalRef>,
    /// The unwanted effects that it watches, with or instead of a goal.
    #[serde(rename = "effect")]
    pub effects: Answer<OneOrMany<EffectRef>>,
    #[serde(rename = "soort")]
    pub kind: Answer<IndicatorKind>,
    /// The sign that the change has happened.
    #[serde(rename = "indicator")]
    pub description: Answer<Prose>,
    /// The data to collect.
    pub data: Answer<Prose>,
    /// Whether these data are already collected.
    #[serde(rename = "bestaande_data")]
    pub existing_data: Answer<YesNo>,
    #[serde(rename = "wanneer")]
    pub when: Answer<Rhythm>,
    /// The way in which results are reported and used ("bijsturen").
    #[serde(rename = "bijsturen")]
    pub adjustment: Answer<Prose>,
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<GroupOrRoleRef>>,
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

impl Entry for Indicator {
    fn says(&self) -> Option<&str> {
        self.description.first_text()
    }
}

choice! {
    /// The aspect of implementation that an indicator measures.
    pub enum IndicatorKind ("soort_indicator") {
        /// Whether the intervention is applied ("toepassing").
        Adoption = "toepassing",
        /// Whether it is applied as intended ("kwaliteit").
        Fidelity = "kwaliteit",
    }
}
