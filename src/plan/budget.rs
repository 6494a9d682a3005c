//! Section 12, planning and budget ("Planning en budget", handreiking 12): activities, hours and euros.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    ActivityRef, Amounts, Answer, Count, Entries, Entry, GroupOrRoleRef, GroupRef, Id, Moment,
    Money, Number, OneOrMany, Prose, StrategyRef, Text, YesNo, choice, named,
};

/// The activities, the time and money they require, and the time and money available.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Budget {
    #[serde(rename = "activiteiten")]
    pub activities: Answer<Entries<Id, Activity>>,
    /// Euros per hour, by group or role.
    #[serde(rename = "uurtarieven")]
    pub rates: Answer<Amounts<GroupOrRoleRef, Money>>,
    #[serde(rename = "beschikbaar")]
    pub availability: Answer<Entries<GroupOrRoleRef, Availability>>,
    #[serde(rename = "overige_kosten")]
    pub other_costs: Answer<Entries<Id, OtherCost>>,
    #[serde(rename = "budget")]
    pub funds: Answer<Funds>,
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
    /// The activities that must end before this one starts.
    #[serde(rename = "na")]
    pub after: Answer<OneOrMany<ActivityRef>>,
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

named!(Activity, OtherCost);
