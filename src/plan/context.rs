//! Section 6, the context analysis ("Contextanalyse", handreiking 6): what stands in the way and what helps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Amounts, Answer, Entries, GroupRef, Id, OneOrMany, PartRef, Prose, SourceRef, Text, YesNo,
    choice, named,
};

/// What stands in the way of the implementation and what helps it along.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Context {
    /// How the factors were collected.
    #[serde(rename = "werkwijze")]
    pub methods: Answer<OneOrMany<Method>>,
    /// More about that.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// User groups that were not asked, and why.
    #[serde(rename = "niet_uitgevraagd")]
    pub not_asked: Answer<Amounts<GroupRef, Prose>>,
    /// The barriers and facilitators.
    #[serde(rename = "factoren")]
    pub factors: Answer<Entries<Id, Factor>>,
}

/// A barrier or a facilitator ("belemmerende of bevorderende factor").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Factor {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// The group that it was found in.
    #[serde(rename = "groep")]
    pub group: Answer<GroupRef>,
    /// Where it lies.
    #[serde(rename = "niveau")]
    pub level: Answer<Level>,
    /// The component of the intervention that it concerns.
    #[serde(rename = "onderdeel")]
    pub part: Answer<PartRef>,
    /// Whether it hinders or helps.
    #[serde(rename = "richting")]
    pub direction: Answer<FactorDirection>,
    /// How much it does so.
    #[serde(rename = "invloed")]
    pub weight: Answer<Weight>,
    /// Whether the organisation can change it.
    #[serde(rename = "veranderbaar")]
    pub changeable: Answer<YesNo>,
    /// More about it.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// What that rests on.
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

choice! {
    /// How the factors were collected.
    pub enum Method ("werkwijze") {
        /// A brainstorm with users.
        Brainstorm = "brainstorm",
        /// Interviews.
        Interviews = "interviews",
        /// A questionnaire.
        Survey = "vragenlijst",
        /// From literature.
        Literature = "literatuur",
        /// From an evaluation.
        Evaluation = "evaluatie",
        /// By observing.
        Observation = "observatie",
    }
}

choice! {
    /// Where a factor lies.
    pub enum Level ("niveau") {
        /// With the users.
        User = "gebruiker",
        /// With the beneficiaries.
        Beneficiary = "profijtgroep",
        /// In the organisation.
        Organisation = "organisatie",
        /// In the intervention itself.
        Intervention = "interventie",
        /// In society: law, policy.
        Society = "maatschappelijk",
    }
}

choice! {
    /// Whether a factor hinders or helps.
    pub enum FactorDirection ("richting_factor") {
        /// It hinders.
        Barrier = "belemmerend",
        /// It helps.
        Facilitator = "bevorderend",
    }
}

choice! {
    /// How much a factor weighs.
    pub enum Weight ("gewicht") {
        /// A little.
        Light = "1",
        /// Fairly.
        Moderate = "2",
        /// Very much.
        Heavy = "3",
    }
}

named!(Factor);

impl Factor {
    /// Whether it hinders.
    #[must_use]
    pub fn is_barrier(&self) -> bool {
        self.direction.is(&FactorDirection::Barrier)
    }
}
