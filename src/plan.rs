//! A plan as a whole: the cover, the twelve sections in order, the annexes.
//!
//! The types only say what a plan *is*. How one is read from a file is the business of [`reading`](crate::reading), what
//! follows from one of [`facts`](crate::facts).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::annex::communication::Communication;
use crate::annex::exceptions::Exceptions;
use crate::annex::literature::Literature;
use crate::annex::progress::Progress;
use crate::section::budget::Budget;
use crate::section::context::Context;
use crate::section::evaluation::Evaluation;
use crate::section::goals::Goals;
use crate::section::intervention::Intervention;
use crate::section::monitoring::Monitoring;
use crate::section::preconditions::Preconditions;
use crate::section::stakeholders::Stakeholders;
use crate::section::strategies::Strategies;
use crate::section::sustainment::Sustainment;
use crate::section::team::Team;
use crate::section::users::Users;
use crate::value::{Answer, Count, Day, Moment, OneOrMany, Prose, Text, YesNo, choice};

/// An implementation plan: the whole file.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Plan {
    /// The version of the file format.
    #[serde(rename = "versie")]
    pub version: Answer<Count>,
    /// The cover.
    #[serde(rename = "plan")]
    pub header: Answer<Header>,
    /// Section 1.
    #[serde(rename = "beschrijving_interventie")]
    pub intervention: Answer<Intervention>,
    /// Section 2.
    #[serde(rename = "randvoorwaarden")]
    pub preconditions: Answer<Preconditions>,
    /// Section 3.
    #[serde(rename = "betrokken_groepen")]
    pub stakeholders: Answer<Stakeholders>,
    /// Section 4.
    #[serde(rename = "gebruikers")]
    pub users: Answer<Users>,
    /// Section 5.
    #[serde(rename = "implementatiedoelen")]
    pub goals: Answer<Goals>,
    /// Section 6.
    #[serde(rename = "contextanalyse")]
    pub context: Answer<Context>,
    /// Section 7.
    #[serde(rename = "implementatiestrategieen")]
    pub strategies: Answer<Strategies>,
    /// Section 8.
    #[serde(rename = "implementatieteam")]
    pub team: Answer<Team>,
    /// Section 9.
    #[serde(rename = "borging")]
    pub sustainment: Answer<Sustainment>,
    /// Section 10.
    pub monitoring: Answer<Monitoring>,
    /// Section 11.
    #[serde(rename = "evaluatie")]
    pub evaluation: Answer<Evaluation>,
    /// Section 12.
    #[serde(rename = "planning_en_budget")]
    pub budget: Answer<Budget>,
    /// Annex.
    #[serde(rename = "communicatieplan")]
    pub communication: Answer<Communication>,
    /// Annex.
    #[serde(rename = "voortgang")]
    pub progress: Answer<Progress>,
    /// Annex.
    #[serde(rename = "literatuur")]
    pub literature: Answer<Literature>,
    /// Annex.
    #[serde(rename = "uitzonderingen")]
    pub exceptions: Answer<Exceptions>,
}

impl Plan {
    /// The twelve sections, in order: the one list of them.
    pub const SECTIONS: [&'static str; 12] = [
        "beschrijving_interventie",
        "randvoorwaarden",
        "betrokken_groepen",
        "gebruikers",
        "implementatiedoelen",
        "contextanalyse",
        "implementatiestrategieen",
        "implementatieteam",
        "borging",
        "monitoring",
        "evaluatie",
        "planning_en_budget",
    ];

    /// The version of the file format that this program knows.
    pub const VERSION: u32 = 1;
}

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

impl Plan {
    /// Marks what was not read, because the file could not be read to its end, as unreadable rather than missing:
    /// the section in which reading stopped, and each that had not been met yet.
    pub(crate) fn forget_unread(&mut self, stopped_in: Option<&str>) {
        let _ = stopped_in;
    }
}
