//! Section 5, implementation goals ("Implementatiedoelen", handreiking 5), in SMART terms for each user group.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::norm::{Norm, Quantity};
use crate::value::{
    Answer, Entries, GroupRef, Id, OneOrMany, PartRef, Prose, SourceRef, Term, Text, choice, named,
};

/// The implementation goals by id.
pub type Goals = Entries<Id, Goal>;

/// A goal of the implementation for one user group ("implementatiedoel").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Goal {
    #[serde(rename = "groep")]
    pub group: Answer<GroupRef>,
    /// The goal in one line.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// The components of the intervention concerned.
    #[serde(rename = "onderdeel")]
    pub parts: Answer<OneOrMany<PartRef>>,
    /// The observable results in the group (specific).
    #[serde(rename = "resultaten")]
    pub results: Answer<OneOrMany<Prose>>,
    /// The target (measurable): starts with a number, or is `ja/nee`.
    #[serde(rename = "norm")]
    pub target: Answer<Text>,
    /// The current value, in the unit of the target.
    #[serde(rename = "nulmeting")]
    pub baseline: Answer<Text>,
    /// The direction of improvement; up if missing.
    #[serde(rename = "richting")]
    pub direction: Answer<Direction>,
    /// The people with whom the goal was discussed (acceptable).
    #[serde(rename = "afgestemd_met")]
    pub agreed_with: Answer<OneOrMany<Text>>,
    /// The reason that the goal is feasible (realistic).
    #[serde(rename = "haalbaar_omdat")]
    pub feasible_because: Answer<Prose>,
    /// The deadline (time-bound).
    #[serde(rename = "termijn")]
    pub term: Answer<Term>,
    /// The contribution to the intervention goal.
    #[serde(rename = "draagt_bij_aan")]
    pub contributes_to: Answer<Prose>,
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

impl Goal {
    /// Whether a value, such as the baseline, meets the norm; `None` unless both are comparable numbers.
    pub fn is_met_by(&self, value: &str) -> Option<bool> {
        let norm = Norm::of(self.target.given()?.as_str())?;
        let (target, value) = (norm.number()?, Quantity::of(value)?);
        if !value.compares_with(target) {
            return None;
        }
        match self.direction {
            Answer::Missing if target.is_maximum => Some(value.number <= target.number),
            Answer::Missing | Answer::Given(Direction::Up) => Some(value.number >= target.number),
            Answer::Given(Direction::Down) => Some(value.number <= target.number),
            Answer::Unreadable => None,
        }
    }
}

choice! {
    /// The direction in which a measured value improves.
    pub enum Direction ("richting_doel") {
        Up = "omhoog",
        Down = "omlaag",
    }
}

named!(Goal: results);
