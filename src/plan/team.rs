//! Section 8, the implementation team ("Implementatieteam", handreiking 8): who leads, who helps, who represents whom.

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
    /// What the role is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// Who has it; absent means not appointed yet.
    #[serde(rename = "persoon")]
    pub person: Answer<Text>,
    /// What the role does.
    #[serde(rename = "taken")]
    pub tasks: Answer<OneOrMany<Prose>>,
    /// What it brings: one of [`Expertise`], or free text.
    pub expertise: Answer<OneOrMany<Text>>,
    /// All the time or now and then.
    #[serde(rename = "inzet")]
    pub participation: Answer<Participation>,
    /// Whether it leads the implementation ("trekker").
    #[serde(rename = "trekker")]
    pub leads: Answer<YesNo>,
    /// Whether it is an ambassador ("ambassadeur").
    #[serde(rename = "ambassadeur")]
    pub ambassador: Answer<YesNo>,
    /// The groups that it represents.
    #[serde(rename = "vertegenwoordigt")]
    pub represents: Answer<OneOrMany<GroupRef>>,
}

choice! {
    /// The expertise that a team needs.
    pub enum Expertise ("expertise") {
        /// Leadership.
        Leadership = "leiderschap",
        /// The intervention itself.
        Content = "inhoud",
        /// Experience in practice.
        Practice = "praktijkervaring",
        /// Communication.
        Communication = "communicatie",
        /// Coordination.
        Coordination = "coordinatie",
    }
}

choice! {
    /// How a role takes part.
    pub enum Participation ("deelname") {
        /// All the time.
        Structural = "structureel",
        /// Now and then.
        Occasional = "puntsgewijs",
    }
}

named!(Role);

impl Expertise {
    /// The expertise that a text names, also with a capital or as `coördinatie`.
    #[must_use]
    pub fn in_text(text: &Text) -> Option<Self> {
        Self::parse(&text.as_str().to_lowercase().replace('ö', "o"))
    }
}
