//! Section 10, monitoring ("Monitoring", handreiking 10): how one sees whether the implementation is on course.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, Entries, Entry, GoalRef, Id, OneOrMany, Prose, Rhythm, RoleRef, YesNo, choice,
};

/// The indicators by id.
pub type Monitoring = Entries<Id, Indicator>;

/// What shows whether a goal comes nearer ("indicator").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Indicator {
    /// The goal that it measures.
    #[serde(rename = "doel")]
    pub goal: Answer<GoalRef>,
    /// Whether it is done, or done well.
    #[serde(rename = "soort")]
    pub kind: Answer<IndicatorKind>,
    /// How you know that the change is there.
    #[serde(rename = "indicator")]
    pub description: Answer<Prose>,
    /// What you collect.
    pub data: Answer<Prose>,
    /// Whether that is collected anyway.
    #[serde(rename = "bestaande_data")]
    pub existing_data: Answer<YesNo>,
    /// When it is measured.
    #[serde(rename = "wanneer")]
    pub when: Answer<Rhythm>,
    /// How and when results are given back and used.
    #[serde(rename = "bijsturen")]
    pub adjustment: Answer<Prose>,
    /// Who sees to it.
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<RoleRef>>,
}

impl Entry for Indicator {}

choice! {
    /// What an indicator looks at: is it done (adoption), is it done well (fidelity).
    pub enum IndicatorKind ("soort_indicator") {
        /// Is it done.
        Adoption = "toepassing",
        /// Is it done well.
        Fidelity = "kwaliteit",
    }
}
