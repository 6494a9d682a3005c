//! Section 3, stakeholders ("Betrokken groepen", handreiking 3): who is involved, with how much interest and influence.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Count, Entries, Id, OneOrMany, Prose, SourceRef, Text, choice, named};

/// The stakeholder groups by id.
pub type Stakeholders = Entries<Id, Stakeholder>;

/// A group that is involved in the implementation ("betrokken groep").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Stakeholder {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// What it does in the implementation.
    #[serde(rename = "rol")]
    pub role: Answer<StakeholderRole>,
    /// How much interest it has in success.
    #[serde(rename = "belang")]
    pub interest: Answer<Degree>,
    /// How much influence it has on success.
    #[serde(rename = "invloed")]
    pub influence: Answer<Degree>,
    /// Why this much.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// What that rests on.
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
    /// How the group is involved.
    #[serde(rename = "betrekken")]
    pub involvement: Answer<Prose>,
    /// How many people it has.
    #[serde(rename = "omvang")]
    pub size: Answer<Count>,
}

choice! {
    /// What a group does in the implementation.
    pub enum StakeholderRole ("rol") {
        /// Applies the intervention.
        Implementer = "uitvoerder",
        /// Leads those who apply it.
        Manager = "leidinggevende",
        /// Is whom the intervention is for.
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
        /// Made the intervention.
        Developer = "ontwikkelaar",
        /// Notices it from nearby.
        Environment = "omgeving",
    }
}

choice! {
    /// How much interest or influence a group has ("mate").
    pub enum Degree ("mate") {
        /// Much.
        High = "veel",
        /// Little.
        Low = "weinig",
    }
}

named!(Stakeholder);
