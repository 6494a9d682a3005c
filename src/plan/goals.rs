//! Section 5, implementation goals ("Implementatiedoelen", handreiking 5): what success looks like in each user group.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, Entries, GroupRef, Id, OneOrMany, PartRef, Prose, Term, Text, choice, named,
};

/// The implementation goals by id.
pub type Goals = Entries<Id, Goal>;

/// What the implementation wants to reach in one user group ("implementatiedoel").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Goal {
    /// The user group.
    #[serde(rename = "groep")]
    pub group: Answer<GroupRef>,
    /// The goal in one line.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// The components of the intervention that it concerns.
    #[serde(rename = "onderdeel")]
    pub parts: Answer<OneOrMany<PartRef>>,
    /// What one then sees the group do (specific).
    #[serde(rename = "resultaten")]
    pub results: Answer<OneOrMany<Prose>>,
    /// How much or how many (measurable): begins with a number, or is `ja/nee`.
    #[serde(rename = "norm")]
    pub target: Answer<Text>,
    /// Where the group stands now, in the same unit.
    #[serde(rename = "nulmeting")]
    pub baseline: Answer<Text>,
    /// Whether more is better; if not said, it is.
    #[serde(rename = "richting")]
    pub direction: Answer<Direction>,
    /// Whom it was discussed with (acceptable).
    #[serde(rename = "afgestemd_met")]
    pub agreed_with: Answer<OneOrMany<Text>>,
    /// Why it is within reach (realistic).
    #[serde(rename = "haalbaar_omdat")]
    pub feasible_because: Answer<Prose>,
    /// By when (time-bound).
    #[serde(rename = "termijn")]
    pub term: Answer<Term>,
    /// The link to the intervention goal.
    #[serde(rename = "draagt_bij_aan")]
    pub contributes_to: Answer<Prose>,
}

choice! {
    /// Whether more is better or less is.
    pub enum Direction ("richting_doel") {
        /// More is better.
        Up = "omhoog",
        /// Less is better.
        Down = "omlaag",
    }
}

named!(Goal);
