//! Section 12, planning and budget ("Planning en budget", handreiking 12): activities, hours and euros.

mod activities;
mod hours;
mod money;
mod order;
mod phases;
mod rings;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::path;
use crate::path::Path;
use crate::plan::Plan;
use crate::rule::Rule;
use crate::section::stakeholders::StakeholderRole;
use crate::value::{
    ActivityRef, Amounts, Answer, Count, Entries, Entry, GroupOrRoleRef, GroupRef, Id, Moment,
    Money, Number, OneOrMany, Prose, RoleRef, StrategyRef, Text, YesNo, choice, named,
};

/// The rules of this section.
pub const RULES: &[Rule] = &[
    Rule::error("activiteiten-ontbreken", activities::none),
    Rule::warning("gebruiker-zonder-activiteit", hours::user_without_activity)
        .resting_on(&["planning_en_budget.activiteiten.*.inzet.*"]),
    Rule::warning("activiteit-zonder-uren", activities::without_effort),
    Rule::warning("activiteit-zonder-datum", activities::without_days),
    Rule::error("einde-voor-start", activities::ends_before_start),
    Rule::warning("activiteit-buiten-looptijd", activities::outside_runtime),
    Rule::error("activiteit-voor-voorganger", order::before_predecessor),
    Rule::warning("activiteit-zonder-eigenaar", activities::without_owner),
    Rule::warning("uurtarief-ontbreekt", money::hours_without_rate)
        .resting_on(&["planning_en_budget.uurtarieven.*"]),
    Rule::warning("budget-ontbreekt", money::costs_without_funds),
    Rule::error("budget-overschreden", money::costs_over_funds),
    Rule::warning("dekking-ontbreekt", money::funds_without_source),
    Rule::warning("te-veel-uren", hours::overload),
    Rule::tip("beschikbare-uren-onbekend", hours::availability_unknown)
        .resting_on(&["planning_en_budget.beschikbaar.*"]),
    Rule::tip("uren-niet-afgestemd", hours::not_agreed)
        .resting_on(&["planning_en_budget.afgestemd_met"]),
    Rule::tip("fase-te-laat", phases::out_of_order),
    Rule::tip("actie-buiten-planning", activities::action_after_end),
];

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

/// Where an activity stands.
fn activity_path(id: &str) -> Path {
    path!["planning_en_budget", "activiteiten", id]
}

/// Whether an id is a group or a role, or may be one of a section that is not there.
fn is_party(plan: &Plan, id: &str) -> bool {
    let exists = plan.groups().contains(id) || plan.roles().contains(id);
    exists || plan.stakeholders.given().is_none() || plan.team.given().is_none()
}

/// Whether an id is the group that the intervention is for: it gives its time freely.
fn is_beneficiary(plan: &Plan, id: &str) -> bool {
    plan.groups()
        .get(id)
        .is_some_and(|group| group.role.is(&StakeholderRole::Beneficiary))
}

/// What a group or role is called.
fn party_name(plan: &Plan, id: &str) -> String {
    if plan.groups().contains(id) {
        plan.groups().name(id)
    } else {
        plan.roles().name(id)
    }
}
