//! The cover of a plan ("plan").

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Day, Moment, OneOrMany, Prose, Text, YesNo, choice};

/// What stands on the cover ("plan").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Header {
    /// The title.
    #[serde(rename = "titel")]
    pub title: Answer<Text>,
    /// The name of the intervention.
    #[serde(rename = "interventie")]
    pub intervention: Answer<Text>,
    /// Who implements.
    #[serde(rename = "organisaties")]
    pub organisations: Answer<OneOrMany<Text>>,
    /// Who wrote the plan.
    #[serde(rename = "auteurs")]
    pub authors: Answer<OneOrMany<Text>>,
    /// The day of this version.
    #[serde(rename = "datum")]
    pub date: Answer<Day>,
    /// Draft or adopted.
    pub status: Answer<PlanStatus>,
    /// The language of the rendered document's own words; Dutch if not said.
    #[serde(rename = "taal")]
    pub language: Answer<Language>,
    /// Day 0 of the implementation: `na 3 maanden` counts from here.
    pub start: Answer<Day>,
    /// Its last day.
    #[serde(rename = "einde")]
    pub end: Answer<Moment>,
    /// Developed here, so nothing is known yet about its preconditions.
    #[serde(rename = "nieuwe_interventie")]
    pub new_intervention: Answer<YesNo>,
    /// Why now, and what was tried before.
    #[serde(rename = "aanleiding")]
    pub occasion: Answer<Prose>,
    /// The plan in short.
    #[serde(rename = "samenvatting")]
    pub summary: Answer<Prose>,
    /// How the plan came about.
    #[serde(rename = "verantwoording")]
    pub account: Answer<Prose>,
}

choice! {
    /// Whether the plan is a draft or adopted.
    pub enum PlanStatus ("status_plan") {
        /// A draft.
        Draft = "concept",
        /// Adopted.
        Adopted = "vastgesteld",
    }
}

choice! {
    /// The language of a document's own words.
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
