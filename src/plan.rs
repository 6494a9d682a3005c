//! A plan as a whole: the cover, the twelve sections in order, the annexes.
//!
//! The types only say what a plan *is*. How one is read from a file is the business of [`reading`](crate::reading), what
//! follows from one of [`facts`](crate::facts).

pub mod budget;
pub mod catalogue;
pub mod communication;
pub mod context;
pub mod evaluation;
pub mod exceptions;
pub mod goals;
pub mod header;
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
use crate::value::{Answer, Count, GroupRef, Id, Things};
pub use header::{Header, Language, PlanStatus};

/// Declares, once, the keys at the top of the file and the fields that hold what is written there.
macro_rules! parts {
    (
        cover $cover:ident: $cover_key:literal;
        sections $($section:ident: $section_key:literal),+;
        annexes $($annex:ident: $annex_key:literal),+ $(,)?
    ) => {
        impl Plan {
            /// The keys of the twelve sections, in order.
            pub const SECTIONS: [&'static str; 12] = [$($section_key),+];

            /// Every key at the top of the file.
            pub const KEYS: &'static [&'static str] =
                &["versie", $cover_key, $($section_key,)+ $($annex_key),+];

            /// The sections that are not there, each with its number.
            pub fn missing_sections(&self) -> impl Iterator<Item = (usize, &'static str)> {
                let is_missing = [$(self.$section.is_missing()),+];
                (1..)
                    .zip(Self::SECTIONS)
                    .zip(is_missing)
                    .filter_map(|(section, is_missing)| is_missing.then_some(section))
            }

            /// Marks what was not read because reading stopped early as unreadable rather than missing: the part of the file
            /// in which reading stopped, and each part that had not been reached.
            pub(crate) fn forget_unread(&mut self, stopped_in: Option<&str>) {
                forget(&mut self.$cover, stopped_in == Some($cover_key));
                $(forget(&mut self.$section, stopped_in == Some($section_key));)+
                $(forget(&mut self.$annex, stopped_in == Some($annex_key));)+
            }
        }
    };
}

parts! {
    cover header: "plan";
    sections
        intervention: "beschrijving_interventie",
        preconditions: "randvoorwaarden",
        stakeholders: "betrokken_groepen",
        users: "gebruikers",
        goals: "implementatiedoelen",
        context: "contextanalyse",
        strategies: "implementatiestrategieen",
        team: "implementatieteam",
        sustainment: "borging",
        monitoring: "monitoring",
        evaluation: "evaluatie",
        budget: "planning_en_budget";
    annexes
        communication: "communicatieplan",
        progress: "voortgang",
        literature: "literatuur",
        exceptions: "uitzonderingen",
}

fn forget<T>(part: &mut Answer<T>, stopped_here: bool) {
    if part.is_missing() || stopped_here {
        *part = Answer::Unreadable;
    }
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
    /// The version of the file format that this program knows.
    pub const VERSION: u32 = 1;
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
