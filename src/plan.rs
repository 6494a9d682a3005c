//! The types of a plan: the cover, the twelve sections and the annexes, in the handreiking's order.
//!
//! They have no rules. [`reading`](crate::reading) reads them from a file; [`facts`](crate::facts) derives data from them.

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
pub mod quickscan;
pub mod risks;
pub mod stakeholders;
pub mod strategies;
pub mod sustainment;
pub mod team;
pub mod users;

use std::borrow::Cow;

use indexmap::IndexSet;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::budget::{Activity, Budget, Decision, Stage};
use crate::plan::communication::{Communication, Message};
use crate::plan::context::{Context, Factor};
use crate::plan::evaluation::{Evaluation, Question};
use crate::plan::exceptions::Exceptions;
use crate::plan::goals::{Goal, Goals};
use crate::plan::intervention::{ActiveIngredient, Effect, Intervention, Material, Part};
use crate::plan::literature::{Literature, Work};
use crate::plan::monitoring::{Indicator, Monitoring};
use crate::plan::preconditions::{Precondition, Preconditions};
use crate::plan::progress::Progress;
use crate::plan::quickscan::QuickScan;
use crate::plan::risks::{Risk, Risks};
use crate::plan::stakeholders::{Stakeholder, Stakeholders};
use crate::plan::strategies::{Route, Strategies, Strategy};
use crate::plan::sustainment::{OwnPoint, Sustainment};
use crate::plan::team::{Role, Team};
use crate::plan::users::{User, Users};
use crate::value::{Answer, FormatVersion, GroupRef, Id, Things};
pub use header::{Header, Language, PlanStatus};

/// Declares the parts of a plan, with their keys at the root of the file.
macro_rules! plan {
    (
        cover: $cover:ident: $cover_type:ty = $cover_key:literal;
        sections: $($section:ident: $section_type:ty = $section_key:literal),+;
        annexes: $($annex:ident: $annex_type:ty = $annex_key:literal),+;
    ) => {
        /// An implementation plan: the whole file.
        #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
        #[serde(default)]
        pub struct Plan {
            /// The version of the file format.
            #[serde(rename = "versie")]
            pub version: Answer<FormatVersion>,
            /// The cover.
            #[serde(rename = $cover_key)]
            pub $cover: Answer<$cover_type>,
            $(
                #[doc = concat!("The section `", $section_key, "`.")]
                #[serde(rename = $section_key)]
                pub $section: Answer<$section_type>,
            )+
            $(
                #[doc = concat!("The annex `", $annex_key, "`.")]
                #[serde(rename = $annex_key)]
                pub $annex: Answer<$annex_type>,
            )+
        }

        impl Plan {
            /// The keys of the twelve sections, in order.
            pub const SECTIONS: [&'static str; 12] = [$($section_key),+];

            /// Every key at the root of the file.
            pub const KEYS: &'static [&'static str] =
                &["versie", $cover_key, $($section_key,)+ $($annex_key),+];

            /// The number of the section with that key, from 1.
            pub fn section_number(key: &str) -> Option<usize> {
                let index = Self::SECTIONS.iter().position(|section| *section == key);
                index.map(|index| index + 1)
            }

            /// The number and key of every missing section.
            pub fn missing_sections(&self) -> impl Iterator<Item = (usize, &'static str)> {
                let is_missing = [$(self.$section.is_missing()),+];
                let sections = (1..).zip(Self::SECTIONS).zip(is_missing);
                sections.filter_map(|(section, is_missing)| is_missing.then_some(section))
            }

            /// Marks parts as unreadable rather than missing if parsing stopped early: the part in which it stopped, and
            /// every part that it did not reach.
            pub(crate) fn forget_unread(&mut self, stopped_in: Option<&str>) {
                forget(&mut self.$cover, stopped_in == Some($cover_key));
                $(forget(&mut self.$section, stopped_in == Some($section_key));)+
                $(forget(&mut self.$annex, stopped_in == Some($annex_key));)+
            }

            /// Marks a section or annex as unreadable rather than missing: it stands in the wrong place.
            pub(crate) fn forget_misplaced(&mut self, key: &str) {
                match key {
                    $($section_key => forget(&mut self.$section, false),)+
                    $($annex_key => forget(&mut self.$annex, false),)+
                    _ => {}
                }
            }
        }
    };
}

plan! {
    cover:
        header: Header = "plan";
    sections:
        intervention: Intervention = "beschrijving_interventie",
        preconditions: Preconditions = "randvoorwaarden",
        stakeholders: Stakeholders = "betrokken_groepen",
        users: Users = "gebruikers",
        goals: Goals = "implementatiedoelen",
        context: Context = "contextanalyse",
        strategies: Strategies = "implementatiestrategieen",
        team: Team = "implementatieteam",
        sustainment: Sustainment = "borging",
        monitoring: Monitoring = "monitoring",
        evaluation: Evaluation = "evaluatie",
        budget: Budget = "planning_en_budget";
    annexes:
        communication: Communication = "communicatieplan",
        risks: Risks = "risicos",
        quick_scan: QuickScan = "quickscan",
        progress: Progress = "voortgang",
        literature: Literature = "literatuur",
        exceptions: Exceptions = "uitzonderingen";
}

fn forget<T>(part: &mut Answer<T>, stopped_here: bool) {
    if part.is_missing() || stopped_here {
        *part = Answer::Unreadable;
    }
}

impl Plan {
    /// The version of the file format that this program reads.
    pub const VERSION: u32 = 1;

    /// The ids of the stakeholder groups and the user groups.
    #[must_use]
    pub fn group_ids(&self) -> IndexSet<&str> {
        self.groups().ids().chain(self.users().ids()).collect()
    }

    /// The name of a party: a group or a role.
    pub(crate) fn party_name(&self, id: &str) -> Cow<'_, str> {
        if self.groups().contains(id) {
            self.groups().name(id)
        } else {
            self.roles().name(id)
        }
    }
}

/// Declares a method for each mapping of things by id, which is a section itself or a field of one.
macro_rules! things {
    ($($(#[$meta:meta])* $name:ident: $id:ty => $thing:ty = $section:ident $(.$field:ident)?;)+) => {
        impl Plan {$(
            $(#[$meta])*
            pub fn $name(&self) -> Things<'_, $id, $thing> {
                self.$section.given()$(.and_then(|section| section.$field.given()))?.into()
            }
        )+

            /// The id and name of every thing. The default name is the id in plain words.
            pub(crate) fn names(&self) -> Vec<(&str, Cow<'_, str>)> {
                let mut names = Vec::new();
                $(names.extend(catalogue::named(self.$name()));)+
                names
            }
        }
    };
}

things! {
    /// The components of the intervention.
    parts: Id => Part = intervention.parts;
    /// The active ingredients of the intervention.
    active_ingredients: Id => ActiveIngredient = intervention.active_ingredients;
    /// The effects of the intervention.
    effects: Id => Effect = intervention.effects;
    /// The materials.
    materials: Id => Material = intervention.materials;
    /// The preconditions.
    conditions: Id => Precondition = preconditions.conditions;
    /// The stakeholder groups.
    groups: Id => Stakeholder = stakeholders;
    /// The user groups.
    users: GroupRef => User = users;
    /// The implementation goals.
    goals: Id => Goal = goals;
    /// The barriers and facilitators.
    factors: Id => Factor = context.factors;
    /// The phases of the groups that do not go through all five.
    routes: GroupRef => Route = strategies.phases;
    /// The implementation strategies.
    strategies: Id => Strategy = strategies.strategies;
    /// The roles in the implementation team.
    roles: Id => Role = team;
    /// The points of sustainment besides the checklist.
    own_points: Id => OwnPoint = sustainment.own_points;
    /// The indicators.
    indicators: Id => Indicator = monitoring;
    /// The evaluation questions.
    questions: Id => Question = evaluation.questions;
    /// The activities, including cancelled ones.
    activities: Id => Activity = budget.activities;
    /// The stages of the implementation.
    stages: Id => Stage = budget.stages;
    /// The decisions on how to go on.
    decisions: Id => Decision = budget.decisions;
    /// The messages of the communication plan.
    messages: Id => Message = communication;
    /// The risks.
    risks: Id => Risk = risks;
    /// The publications.
    works: Id => Work = literature;
}
