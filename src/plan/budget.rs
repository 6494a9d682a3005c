//! Section 12, planning and budget ("Planning en budget", handreiking 12): activities, hours and euros.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    ActivityRef, Amounts, Answer, Count, Entries, Entry, GroupOrRoleRef, GroupRef, Id, Moment,
    Money, Number, OneOrMany, Prose, RoleRef, StrategyRef, Text, YesNo, choice, named,
};

/// The activities, and what they ask in hours and euros.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Budget {
    /// The activities.
    #[serde(rename = "activiteiten")]
    pub activities: Answer<Entries<Id, Activity>>,
    /// Euros per hour, per group or role.
    #[serde(rename = "uurtarieven")]
    pub rates: Answer<Amounts<GroupOrRoleRef, Money>>,
    /// How much time people have.
    #[serde(rename = "beschikbaar")]
    pub availability: Answer<Entries<GroupOrRoleRef, Availability>>,
    /// Costs that belong to no activity.
    #[serde(rename = "overige_kosten")]
    pub other_costs: Answer<Entries<Id, OtherCost>>,
    /// The money that there is.
    #[serde(rename = "budget")]
    pub funds: Answer<Funds>,
    /// Groups with whom the hours were checked.
    #[serde(rename = "afgestemd_met")]
    pub agreed_with: Answer<OneOrMany<GroupRef>>,
}

/// Something that is done to carry out strategies ("activiteit").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Activity {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// The strategies that it carries out.
    #[serde(rename = "strategieen")]
    pub strategies: Answer<OneOrMany<StrategyRef>>,
    /// Its first day.
    pub start: Answer<Moment>,
    /// Its last day.
    #[serde(rename = "einde")]
    pub end: Answer<Moment>,
    /// Who sees to it.
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<RoleRef>>,
    /// The hours that it asks, per group or role.
    #[serde(rename = "inzet")]
    pub effort: Answer<Entries<GroupOrRoleRef, Effort>>,
    /// Euros out of pocket.
    #[serde(rename = "kosten")]
    pub expenses: Answer<Money>,
    /// The activities that it starts after.
    #[serde(rename = "na")]
    pub after: Answer<OneOrMany<ActivityRef>>,
    /// How far it is.
    pub status: Answer<ActivityStatus>,
}

impl Activity {
    /// Whether it is cancelled, so that it does not count.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.status.is(&ActivityStatus::Cancelled)
    }
}

/// The hours that an activity asks of a group or role ("inzet").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Effort {
    /// How many people.
    #[serde(rename = "personen")]
    pub people: Answer<Count>,
    /// Hours per person, for the whole activity.
    #[serde(rename = "uren")]
    pub hours: Answer<Number>,
}

impl Entry for Effort {}

impl Effort {
    /// Whether it asks time of anybody.
    #[must_use]
    pub fn asks_time(&self) -> bool {
        let nobody = self.people.is_given_and(|people| people.value() == 0);
        let no_hours =
            self.hours.is_missing() || self.hours.is_given_and(|hours| hours.value().is_zero());
        !nobody && !no_hours
    }
}

/// How much time people have for this implementation ("beschikbaar").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Availability {
    /// Hours per person per week.
    #[serde(rename = "uren_per_week")]
    pub hours_per_week: Answer<Number>,
}

impl Entry for Availability {}

/// A cost that belongs to no activity.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OtherCost {
    /// What it is for.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// Euros.
    #[serde(rename = "bedrag")]
    pub amount: Answer<Money>,
    /// More about it.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
}

/// The money that there is for the implementation ("budget").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Funds {
    /// Euros.
    #[serde(rename = "bedrag")]
    pub amount: Answer<Money>,
    /// Where it comes from.
    #[serde(rename = "dekking")]
    pub source: Answer<Text>,
    /// Whether it comes back every year.
    #[serde(rename = "structureel")]
    pub structural: Answer<YesNo>,
}

choice! {
    /// How far an activity is.
    pub enum ActivityStatus ("status_activiteit") {
        /// To be done.
        Planned = "gepland",
        /// Being done.
        Ongoing = "bezig",
        /// Done.
        Done = "klaar",
        /// Not done after all: counts for nothing.
        Cancelled = "vervallen",
    }
}

named!(Activity, OtherCost);
