//! Section 12, planning and budget ("Planning en budget", handreiking 12): activities, hours and euros.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Amounts, Answer, Count, Day, Entries, Entry, GroupOrRoleRef, GroupRef, Id, Moment, Money,
    Number, OneOrMany, PredecessorRef, Prose, StageRef, StrategyRef, Text, YesNo, choice, named,
};

/// The activities, the time and money they require, and the time and money available.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Budget {
    #[serde(rename = "activiteiten")]
    pub activities: Answer<Entries<Id, Activity>>,
    /// The pilot, and how the implementation spreads after it (Toolkit 0.2).
    #[serde(rename = "etappes")]
    pub stages: Answer<Entries<Id, Stage>>,
    /// The moments at which somebody decides on how to go on (Toolkit 0.2).
    #[serde(rename = "beslismomenten")]
    pub decisions: Answer<Entries<Id, Decision>>,
    /// Euros per hour, by group or role.
    #[serde(rename = "uurtarieven")]
    pub rates: Answer<Amounts<GroupOrRoleRef, Money>>,
    #[serde(rename = "beschikbaar")]
    pub availability: Answer<Entries<GroupOrRoleRef, Availability>>,
    #[serde(rename = "overige_kosten")]
    pub other_costs: Answer<Entries<Id, OtherCost>>,
    #[serde(rename = "budget")]
    pub funds: Answer<Funds>,
    /// What the implementation brings in, and for whom ("baten").
    #[serde(rename = "baten")]
    pub returns: Answer<Prose>,
    /// The groups with whom the hours were discussed.
    #[serde(rename = "afgestemd_met")]
    pub agreed_with: Answer<OneOrMany<GroupRef>>,
}

/// An activity that carries out strategies ("activiteit").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Activity {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    #[serde(rename = "strategieen")]
    pub strategies: Answer<OneOrMany<StrategyRef>>,
    /// The first day.
    pub start: Answer<Moment>,
    /// The last day.
    #[serde(rename = "einde")]
    pub end: Answer<Moment>,
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<GroupOrRoleRef>>,
    #[serde(rename = "inzet")]
    pub effort: Answer<Entries<GroupOrRoleRef, Effort>>,
    /// Euros, besides the cost of hours.
    #[serde(rename = "kosten")]
    pub expenses: Answer<Money>,
    /// The activities that must end, and the decisions that must be taken, before this one starts.
    #[serde(rename = "na")]
    pub after: Answer<OneOrMany<PredecessorRef>>,
    /// The stage that it belongs to.
    #[serde(rename = "etappe")]
    pub stage: Answer<StageRef>,
    pub status: Answer<ActivityStatus>,
}

impl Activity {
    /// Whether it is cancelled, so that it does not count.
    pub fn is_cancelled(&self) -> bool {
        self.status.is(&ActivityStatus::Cancelled)
    }

    /// Whether it names no hours of anybody and no expenses. Unreadable answers may be any number.
    pub fn takes_nothing(&self) -> bool {
        let no_hours = |effort: &Effort| effort.hours.is_missing();
        let takes_no_time = self.effort.given().map_or(self.effort.is_missing(), |all| {
            all.ids()
                .all(|id| all.get(id.as_str()).is_some_and(no_hours))
        });
        takes_no_time && self.expenses.is_missing()
    }
}

/// The time that an activity requires from a group or role ("inzet").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Effort {
    #[serde(rename = "personen")]
    pub people: Answer<Count>,
    /// Hours per person for the whole activity.
    #[serde(rename = "uren")]
    pub hours: Answer<Number>,
}

impl Entry for Effort {}

impl Effort {
    /// Whether the group or role may have to spend time. Unreadable numbers may be any number.
    pub fn may_need_time(&self) -> bool {
        let nobody = self.people.is_given_and(|people| people.value() == 0);
        let no_hours =
            self.hours.is_missing() || self.hours.is_given_and(|hours| hours.value().is_zero());
        !nobody && !no_hours
    }

    /// Whether people take part of whom the hours are not known.
    pub fn lacks_hours(&self) -> bool {
        let nobody = self.people.is_given_and(|people| people.value() == 0);
        self.hours.given().is_none() && !nobody
    }

    /// The hours of all people together, if they are known.
    pub fn total(&self) -> Option<Number> {
        let people = self
            .people
            .given()
            .map(|people| Decimal::from(people.value()));
        let hours = self.hours.given().map(|hours| hours.value());
        let total = match (people, hours) {
            (Some(people), Some(hours)) => people * hours,
            (Some(zero), None) | (None, Some(zero)) if zero.is_zero() => zero,
            _ => return None,
        };
        Some(Number::from(total))
    }
}

/// A stage of the implementation: a pilot, an extension, or all places ("etappe").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Stage {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    #[serde(rename = "soort")]
    pub kind: Answer<StageKind>,
    /// The places, such as teams or sites.
    #[serde(rename = "waar")]
    pub places: Answer<OneOrMany<Text>>,
    /// The number of people of each group that take part.
    #[serde(rename = "groepen")]
    pub groups: Answer<Amounts<GroupRef, Count>>,
    /// The first day.
    pub start: Answer<Moment>,
    /// The last day.
    #[serde(rename = "einde")]
    pub end: Answer<Moment>,
    /// What must show before the implementation goes on ("toets").
    #[serde(rename = "toets")]
    pub criterion: Answer<Prose>,
}

/// A moment at which somebody decides on how the implementation goes on ("beslismoment").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Decision {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    #[serde(rename = "wanneer")]
    pub when: Answer<Moment>,
    #[serde(rename = "beslisser")]
    pub deciders: Answer<OneOrMany<GroupOrRoleRef>>,
    #[serde(rename = "criteria")]
    pub criteria: Answer<OneOrMany<Prose>>,
    /// What happens if the answer is no.
    #[serde(rename = "bij_nee")]
    pub otherwise: Answer<Prose>,
    /// The decision that was taken.
    #[serde(rename = "besluit")]
    pub outcome: Answer<Outcome>,
    #[serde(rename = "besloten_op")]
    pub decided_on: Answer<Day>,
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
}

impl Decision {
    /// Whether no decision has been taken yet.
    pub fn is_open(&self) -> bool {
        self.outcome.is_missing() || self.outcome.is(&Outcome::Postponed)
    }
}

/// The time that a group or role has for this implementation ("beschikbaar").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Availability {
    /// Hours per person per week.
    #[serde(rename = "uren_per_week")]
    pub hours_per_week: Answer<Number>,
}

impl Entry for Availability {}

/// A cost outside activities.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OtherCost {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// Euros.
    #[serde(rename = "bedrag")]
    pub amount: Answer<Money>,
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
}

/// The money available for the implementation ("budget").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Funds {
    /// Euros.
    #[serde(rename = "bedrag")]
    pub amount: Answer<Money>,
    /// The source of the money ("dekking").
    #[serde(rename = "dekking")]
    pub source: Answer<Text>,
    /// Whether the money is available every year.
    #[serde(rename = "structureel")]
    pub structural: Answer<YesNo>,
}

choice! {
    pub enum ActivityStatus ("status_activiteit") {
        Planned = "gepland",
        Ongoing = "bezig",
        Done = "klaar",
        /// Not included in dates, hours and costs.
        Cancelled = "vervallen",
    }
}

choice! {
    pub enum StageKind ("soort_etappe") {
        Pilot = "proef",
        Extension = "uitbreiding",
        Everywhere = "overal",
    }
}

choice! {
    pub enum Outcome ("besluit") {
        Yes = "ja" | "true",
        No = "nee" | "false",
        Postponed = "uitgesteld",
    }
}

named!(Activity, OtherCost: explanation, Stage, Decision: explanation);
