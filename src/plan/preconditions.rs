//! Section 2, preconditions ("Randvoorwaarden", handreiking 2): what must be arranged for the intervention to succeed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, Entries, Id, Moment, OneOrMany, Prose, RoleRef, SourceRef, Text, choice, named,
};

/// What must be arranged, and what the developers of the intervention did to help its implementation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Preconditions {
    /// The preconditions.
    #[serde(rename = "voorwaarden")]
    pub conditions: Answer<Entries<Id, Precondition>>,
    /// Strategies that the developers of the intervention used.
    #[serde(rename = "strategieen_ontwikkelaars")]
    pub developer_strategies: Answer<OneOrMany<Prose>>,
}

/// One thing that must be arranged ("randvoorwaarde").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Precondition {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// What it comes down to.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// What that rests on.
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
    /// Whether it is arranged.
    #[serde(rename = "geregeld")]
    pub arranged: Answer<Arranged>,
    /// What is still to be done.
    #[serde(rename = "actie")]
    pub action: Answer<Prose>,
    /// Who sees to it.
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<RoleRef>>,
    /// When that is done.
    #[serde(rename = "gereed")]
    pub due: Answer<Moment>,
}

choice! {
    /// Whether a precondition is arranged.
    pub enum Arranged ("geregeld") {
        /// It is.
        Yes = "ja" | "true",
        /// It is not.
        No = "nee" | "false",
        /// In part.
        Partly = "deels",
    }
}

named!(Precondition);
