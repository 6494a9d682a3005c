//! The cover of a plan ("plan").

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Day, GroupOrRoleRef, Moment, OneOrMany, Prose, Text, YesNo, choice};

/// The data on the cover ("plan").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Header {
    #[serde(rename = "titel")]
    pub title: Answer<Text>,
    /// The name of the intervention.
    #[serde(rename = "interventie")]
    pub intervention: Answer<Text>,
    /// The organisations that implement the intervention.
    #[serde(rename = "organisaties")]
    pub organisations: Answer<OneOrMany<Text>>,
    #[serde(rename = "auteurs")]
    pub authors: Answer<OneOrMany<Text>>,
    /// The day of this version.
    #[serde(rename = "datum")]
    pub date: Answer<Day>,
    /// The version of the text, such as "1.2".
    #[serde(rename = "versie")]
    pub version: Answer<Text>,
    pub status: Answer<PlanStatus>,
    /// Who commissions the plan and decides on it ("opdrachtgever", Toolkit 5.1).
    #[serde(rename = "opdrachtgever")]
    pub commissioners: Answer<OneOrMany<GroupOrRoleRef>>,
    /// The language of headings and labels in documents; Dutch if missing.
    #[serde(rename = "taal")]
    pub language: Answer<Language>,
    /// Day 0 of the implementation: `na 3 maanden` counts from here.
    pub start: Answer<Day>,
    /// The last day of the implementation.
    #[serde(rename = "einde")]
    pub end: Answer<Moment>,
    /// Whether the intervention is newly developed, so that its preconditions are not known yet.
    #[serde(rename = "nieuwe_interventie")]
    pub new_intervention: Answer<YesNo>,
    /// The reason for the plan, and earlier attempts ("aanleiding").
    #[serde(rename = "aanleiding")]
    pub occasion: Answer<Prose>,
    /// What does not belong to the plan ("afbakening").
    #[serde(rename = "afbakening")]
    pub scope: Answer<Prose>,
    #[serde(rename = "samenvatting")]
    pub summary: Answer<Prose>,
    /// The way in which the plan was made ("verantwoording").
    #[serde(rename = "verantwoording")]
    pub account: Answer<Prose>,
}

choice! {
    pub enum PlanStatus ("status_plan") {
        Draft = "concept",
        Adopted = "vastgesteld",
    }
}

choice! {
    /// The language of headings, labels and messages.
    pub enum Language ("taal") {
        /// Dutch.
        Dutch = "nl",
        /// English.
        English = "en",
    }
}

impl Language {
    /// The language's tag (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
        }
    }
}
