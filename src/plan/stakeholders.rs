//! Section 3, stakeholders ("Betrokken groepen", handreiking 3), with their interest and influence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Count, Entries, Id, OneOrMany, Prose, SourceRef, Text, choice, named};

/// The stakeholder groups by id.
pub type Stakeholders = Entries<Id, Stakeholder>;

/// A group that is involved in the implementation ("betrokken groep").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Stakeholder {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    #[serde(rename = "rol")]
    pub role: Answer<StakeholderRole>,
    /// The interest in the success of the implementation.
    #[serde(rename = "belang")]
    pub interest: Answer<Degree>,
    /// The influence on the success of the implementation.
    #[serde(rename = "invloed")]
    pub influence: Answer<Degree>,
    /// The reason for this interest and influence.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
    #[serde(rename = "betrekken")]
    pub involvement: Answer<Prose>,
    /// What the group gains ("voordeel").
    #[serde(rename = "voordeel")]
    pub benefit: Answer<Prose>,
    /// What it costs the group, and what the group may fear ("nadeel").
    #[serde(rename = "nadeel")]
    pub drawback: Answer<Prose>,
    /// The number of people.
    #[serde(rename = "omvang")]
    pub size: Answer<Count>,
}

choice! {
    /// The role of a group in the implementation.
    pub enum StakeholderRole ("rol") {
        /// Applies the intervention.
        Implementer = "uitvoerder",
        /// Leads those who apply it.
        Manager = "leidinggevende",
        /// Benefits from the intervention.
        Beneficiary = "profijtgroep",
        /// Refers beneficiaries to it.
        Referrer = "doorverwijzer",
        /// Supports those who apply it.
        Supporter = "ondersteuner",
        /// Works with the same beneficiaries elsewhere.
        Partner = "ketenpartner",
        /// Decides about it.
        DecisionMaker = "beslisser",
        /// Pays for it.
        Funder = "financier",
        /// Developed the intervention.
        Developer = "ontwikkelaar",
        /// Is part of the wider community.
        Environment = "omgeving",
    }
}

choice! {
    /// A degree of interest or influence ("mate").
    pub enum Degree ("mate") {
        /// Much.
        High = "veel",
        /// Little.
        Low = "weinig",
    }
}

named!(Stakeholder);
