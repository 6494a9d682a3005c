//! Section 6, the context analysis ("Contextanalyse", handreiking 6), with barriers and facilitators.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Amounts, Answer, Entries, GroupRef, Id, OneOrMany, PartRef, Prose, SourceRef, Text, YesNo,
    choice, named,
};

/// The barriers and facilitators of the implementation, and how they were found.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Context {
    /// The methods of collecting the factors.
    #[serde(rename = "werkwijze")]
    pub methods: Answer<OneOrMany<Method>>,
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// The user groups that were not consulted, with the reason.
    #[serde(rename = "niet_uitgevraagd")]
    pub not_asked: Answer<Amounts<GroupRef, Prose>>,
    #[serde(rename = "factoren")]
    pub factors: Answer<Entries<Id, Factor>>,
}

/// A barrier or a facilitator ("belemmerende of bevorderende factor").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Factor {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// The group concerned.
    #[serde(rename = "groep")]
    pub group: Answer<GroupRef>,
    #[serde(rename = "niveau")]
    pub level: Answer<Level>,
    /// The component of the intervention concerned.
    #[serde(rename = "onderdeel")]
    pub part: Answer<PartRef>,
    #[serde(rename = "richting")]
    pub direction: Answer<FactorDirection>,
    /// The weight of its influence on the implementation.
    #[serde(rename = "invloed")]
    pub weight: Answer<Weight>,
    /// Whether the organisation can change it ("veranderbaar").
    #[serde(rename = "veranderbaar")]
    pub changeable: Answer<YesNo>,
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

choice! {
    /// A method of collecting factors.
    pub enum Method ("werkwijze") {
        Brainstorm = "brainstorm",
        Interviews = "interviews",
        Survey = "vragenlijst",
        Literature = "literatuur",
        Evaluation = "evaluatie",
        Observation = "observatie",
    }
}

choice! {
    /// The level at which a factor acts ("niveau").
    pub enum Level ("niveau") {
        User = "gebruiker",
        Beneficiary = "profijtgroep",
        Organisation = "organisatie",
        Intervention = "interventie",
        /// Laws and policies.
        Society = "maatschappelijk",
    }
}

choice! {
    /// Whether a factor hinders or helps.
    pub enum FactorDirection ("richting_factor") {
        Barrier = "belemmerend",
        Facilitator = "bevorderend",
    }
}

choice! {
    /// The weight of a factor, from 1 to 3.
    pub enum Weight ("gewicht") {
        Light = "1",
        Moderate = "2",
        Heavy = "3",
    }
}

named!(Factor: explanation);

impl Factor {
    pub fn is_barrier(&self) -> bool {
        self.direction.is(&FactorDirection::Barrier)
    }
}
