//! A plan as a whole: the cover, the twelve sections in order, the annexes.
//!
//! The types only say what a plan *is*. How one is read from a file is the business of [`reading`](crate::reading), what
//! follows from one of [`facts`](crate::facts).

pub mod budget;
pub mod communication;
pub mod context;
pub mod evaluation;
pub mod exceptions;
pub mod goals;
pub mod intervention;
pub mod literature;
pub mod monitoring;
pub mod preconditions;
pub mod progress;
pub mod stakeholders;
pub mod strategies;
pub mod sustainment;
pub mod team;
pub mod users;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::budget::{Activity, Budget};
use crate::plan::communication::{Communication, Message};
use crate::plan::context::{Context, Factor};
use crate::plan::evaluation::{Evaluation, Question};
use crate::plan::exceptions::Exceptions;
use crate::plan::goals::{Goal, Goals};
use crate::plan::intervention::{ActiveIngredient, Effect, Intervention, Part};
use crate::plan::literature::{Literature, Work};
use crate::plan::monitoring::{Indicator, Monitoring};
use crate::plan::preconditions::{Precondition, Preconditions};
use crate::plan::progress::Progress;
use crate::plan::stakeholders::{Stakeholder, Stakeholders};
use crate::plan::strategies::{Route, Strategies, Strategy};
use crate::plan::sustainment::{OwnPoint, Sustainment};
use crate::plan::team::{Role, Team};
use crate::plan::users::{User, Users};
use crate::value::{
    Answer, Count, Day, GroupRef, Id, Moment, OneOrMany, Prose, Text, Things, YesNo, choice,
};

/// Of each named part of the file: unreadable, if reading stopped in it or before it.
macro_rules! forget_unread {
    ($plan:ident, $stopped_in:ident; $($field:ident: $key:literal),+ $(,)?) => {$(
        if $plan.$field.is_missing() || $stopped_in == Some($key) {
            $plan.$field = Answer::Unreadable;
        }
    )+};
}

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

    /// The sections that are not there, each with its number.
    pub fn missing_sections(&self) -> impl Iterator<Item = (usize, &'static str)> {
        let is_missing = [
            self.intervention.is_missing(),
            self.preconditions.is_missing(),
            self.stakeholders.is_missing(),
            self.users.is_missing(),
            self.goals.is_missing(),
            self.context.is_missing(),
            self.strategies.is_missing(),
            self.team.is_missing(),
            self.sustainment.is_missing(),
            self.monitoring.is_missing(),
            self.evaluation.is_missing(),
            self.budget.is_missing(),
        ];
        (1..)
            .zip(Self::SECTIONS)
            .zip(is_missing)
            .filter_map(|(section, is_missing)| is_missing.then_some(section))
    }
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
    /// Marks what was not read, because the file could not be read to its end, as unreadable rather than missing: the part
    /// of the file in which reading stopped, and each that had not been met yet.
    pub(crate) fn forget_unread(&mut self, stopped_in: Option<&str>) {
        forget_unread!(
            self, stopped_in;
            header: "plan", intervention: "beschrijving_interventie", preconditions: "randvoorwaarden",
            stakeholders: "betrokken_groepen", users: "gebruikers", goals: "implementatiedoelen",
            context: "contextanalyse", strategies: "implementatiestrategieen", team: "implementatieteam",
            sustainment: "borging", monitoring: "monitoring", evaluation: "evaluatie", budget: "planning_en_budget",
            communication: "communicatieplan", progress: "voortgang", literature: "literatuur",
            exceptions: "uitzonderingen",
        );
    }
}

/// The things of each mapping, wherever in the plan it stands.
impl Plan {
    /// The components of the intervention.
    #[must_use]
    pub fn parts(&self) -> Things<'_, Id, Part> {
        self.intervention
            .given()
            .and_then(|section| section.parts.given())
            .into()
    }

    /// What makes the intervention work.
    #[must_use]
    pub fn active_ingredients(&self) -> Things<'_, Id, ActiveIngredient> {
        self.intervention
            .given()
            .and_then(|section| section.active_ingredients.given())
            .into()
    }

    /// What the intervention can bring about.
    #[must_use]
    pub fn effects(&self) -> Things<'_, Id, Effect> {
        self.intervention
            .given()
            .and_then(|section| section.effects.given())
            .into()
    }

    /// The preconditions.
    #[must_use]
    pub fn conditions(&self) -> Things<'_, Id, Precondition> {
        self.preconditions
            .given()
            .and_then(|section| section.conditions.given())
            .into()
    }

    /// The stakeholder groups.
    #[must_use]
    pub fn groups(&self) -> Things<'_, Id, Stakeholder> {
        self.stakeholders.given().into()
    }

    /// The user groups.
    #[must_use]
    pub fn users(&self) -> Things<'_, GroupRef, User> {
        self.users.given().into()
    }

    /// The implementation goals.
    #[must_use]
    pub fn goals(&self) -> Things<'_, Id, Goal> {
        self.goals.given().into()
    }

    /// The barriers and facilitators.
    #[must_use]
    pub fn factors(&self) -> Things<'_, Id, Factor> {
        self.context
            .given()
            .and_then(|section| section.factors.given())
            .into()
    }

    /// The phases of the groups that do not go through all five.
    #[must_use]
    pub fn routes(&self) -> Things<'_, GroupRef, Route> {
        self.strategies
            .given()
            .and_then(|section| section.phases.given())
            .into()
    }

    /// The implementation strategies.
    #[must_use]
    pub fn strategies(&self) -> Things<'_, Id, Strategy> {
        self.strategies
            .given()
            .and_then(|section| section.strategies.given())
            .into()
    }

    /// The roles in the implementation team.
    #[must_use]
    pub fn roles(&self) -> Things<'_, Id, Role> {
        self.team.given().into()
    }

    /// The points of sustainment that the checklist does not have.
    #[must_use]
    pub fn own_points(&self) -> Things<'_, Id, OwnPoint> {
        self.sustainment
            .given()
            .and_then(|section| section.own_points.given())
            .into()
    }

    /// The indicators.
    #[must_use]
    pub fn indicators(&self) -> Things<'_, Id, Indicator> {
        self.monitoring.given().into()
    }

    /// The evaluation questions.
    #[must_use]
    pub fn questions(&self) -> Things<'_, Id, Question> {
        self.evaluation
            .given()
            .and_then(|section| section.questions.given())
            .into()
    }

    /// The activities, cancelled ones included.
    #[must_use]
    pub fn activities(&self) -> Things<'_, Id, Activity> {
        self.budget
            .given()
            .and_then(|section| section.activities.given())
            .into()
    }

    /// The messages of the communication plan.
    #[must_use]
    pub fn messages(&self) -> Things<'_, Id, Message> {
        self.communication.given().into()
    }

    /// The literature.
    #[must_use]
    pub fn works(&self) -> Things<'_, Id, Work> {
        self.literature.given().into()
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
