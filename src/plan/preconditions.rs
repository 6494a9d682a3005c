//! Section 2, preconditions ("Randvoorwaarden", handreiking 2) for the success of the intervention.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, Entries, GroupOrRoleRef, Id, Moment, OneOrMany, Prose, SourceRef, Text, YesNo, choice,
    named,
};

/// The preconditions, and the strategies of the developers of the intervention.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Preconditions {
    #[serde(rename = "voorwaarden")]
    pub conditions: Answer<Entries<Id, Precondition>>,
    /// The implementation strategies that the developers used.
    #[serde(rename = "strategieen_ontwikkelaars")]
    pub developer_strategies: Answer<OneOrMany<Prose>>,
}

/// A condition that must be met ("randvoorwaarde").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Precondition {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
    #[serde(rename = "geregeld")]
    pub arranged: Answer<Arranged>,
    /// The remaining work.
    #[serde(rename = "actie")]
    pub action: Answer<Prose>,
    /// Whether the action has no end, so that it has no deadline ("doorlopend").
    #[serde(rename = "doorlopend")]
    pub is_ongoing: Answer<YesNo>,
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<GroupOrRoleRef>>,
    /// The deadline of the action.
    #[serde(rename = "gereed")]
    pub due: Answer<Moment>,
}

choice! {
    /// Whether a precondition is arranged.
    pub enum Arranged ("geregeld") {
        Yes = "ja" | "true",
        No = "nee" | "false",
        Partly = "deels",
    }
}

named!(Precondition: explanation);
