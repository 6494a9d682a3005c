//! Section 8, the implementation team ("Implementatieteam", handreiking 8), with its roles.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, Choice, Entries, GroupRef, Id, OneOrMany, Prose, Text, YesNo, choice, named,
};

/// The roles in the implementation team by id.
pub type Team = Entries<Id, Role>;

/// A role in the implementation team ("teamrol").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Role {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// The person in the role; not appointed yet if missing.
    #[serde(rename = "persoon")]
    pub person: Answer<Text>,
    /// How to reach the role, as readers of the documents may see it.
    pub contact: Answer<Text>,
    #[serde(rename = "taken")]
    pub tasks: Answer<OneOrMany<Prose>>,
    /// One of [`Expertise`], or free text.
    pub expertise: Answer<OneOrMany<Text>>,
    #[serde(rename = "inzet")]
    pub participation: Answer<Participation>,
    /// Whether the role leads the implementation ("trekker").
    #[serde(rename = "trekker")]
    pub leads: Answer<YesNo>,
    /// Whether the role is an ambassador for the intervention.
    #[serde(rename = "ambassadeur")]
    pub ambassador: Answer<YesNo>,
    #[serde(rename = "vertegenwoordigt")]
    pub represents: Answer<OneOrMany<GroupRef>>,
}

choice! {
    /// The kinds of expertise that a team needs.
    pub enum Expertise ("expertise") {
        Leadership = "leiderschap",
        /// Knowledge of the intervention.
        Content = "inhoud",
        Practice = "praktijkervaring",
        Communication = "communicatie",
        Coordination = "coordinatie",
        /// Knowledge of how people and organisations change.
        Change = "veranderkunde",
    }
}

choice! {
    /// The participation of a role in the team.
    pub enum Participation ("deelname") {
        /// Throughout the implementation.
        Structural = "structureel",
        Occasional = "puntsgewijs",
    }
}

named!(Role);

impl Expertise {
    /// Parses a text, ignoring case; `coördinatie` is accepted too.
    pub fn in_text(text: &Text) -> Option<Self> {
        Self::parse(&text.as_str().to_lowercase().replace('ö', "o"))
    }
}
