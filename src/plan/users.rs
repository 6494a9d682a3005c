//! Section 4, the users of the intervention ("Gebruikers", handreiking 4): which change is asked of which group.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Entries, Entry, GroupRef, PartRef, Prose, choice};

/// The user groups by the id of their stakeholder group.
pub type Users = Entries<GroupRef, User>;

/// A group that must work in another way for the implementation to succeed ("gebruikersgroep").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct User {
    /// The changes that are asked of it.
    #[serde(rename = "veranderingen")]
    pub changes: Answer<Vec<Answer<Change>>>,
}

impl Entry for User {}

/// One change that is asked of a user group: from "ist" to "soll".
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Change {
    /// What it is a change of.
    pub aspect: Answer<Aspect>,
    /// The component of the intervention that it concerns.
    #[serde(rename = "onderdeel")]
    pub part: Answer<PartRef>,
    /// How it is today ("ist").
    #[serde(rename = "ist")]
    pub current: Answer<Prose>,
    /// How it is when the implementation has succeeded ("soll").
    #[serde(rename = "soll")]
    pub desired: Answer<Prose>,
}

choice! {
    /// What a change is a change of.
    pub enum Aspect ("aspect") {
        /// What people do.
        Behaviour = "gedrag",
        /// What people can do.
        Skills = "vaardigheden",
        /// What people know.
        Knowledge = "kennis",
        /// What people think and feel.
        Attitude = "houding",
    }
}

impl User {
    /// The changes that could be read, each with its index in the list.
    pub fn changes(&self) -> impl Iterator<Item = (usize, &Change)> {
        let all = self.changes.given().into_iter().flatten().enumerate();
        all.filter_map(|(index, change)| Some((index, change.given()?)))
    }

    /// Whether each change could be read, so that what none of them says is really unsaid.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let mut all = self.changes.given().into_iter().flatten();
        !matches!(self.changes, Answer::Unreadable)
            && all.all(|change| !matches!(change, Answer::Unreadable))
    }
}
