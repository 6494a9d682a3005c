//! Section 4, the users of the intervention ("Gebruikers", handreiking 4), with the changes required of each group.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, Entries, Entry, GroupRef, OneOrMany, PartRef, Prose, SourceRef, choice,
};

/// The user groups by the id of their stakeholder group.
pub type Users = Entries<GroupRef, User>;

/// A group that must change its way of working for the implementation to succeed ("gebruikersgroep").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct User {
    #[serde(rename = "veranderingen")]
    pub changes: Answer<Vec<Answer<Change>>>,
}

impl Entry for User {}

/// A change that is required of a user group, from "ist" to "soll".
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Change {
    pub aspect: Answer<Aspect>,
    /// The component of the intervention concerned.
    #[serde(rename = "onderdeel")]
    pub part: Answer<PartRef>,
    /// The current situation ("ist").
    #[serde(rename = "ist")]
    pub current: Answer<Prose>,
    /// The situation after a successful implementation ("soll").
    #[serde(rename = "soll")]
    pub desired: Answer<Prose>,
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

choice! {
    /// The aspect of a group that changes.
    pub enum Aspect ("aspect") {
        Behaviour = "gedrag",
        Skills = "vaardigheden",
        Knowledge = "kennis",
        Attitude = "houding",
    }
}

impl User {
    /// The changes that could be read, each with its index in the list.
    pub fn changes(&self) -> impl Iterator<Item = (usize, &Change)> {
        let all = self.changes.given().into_iter().flatten().enumerate();
        all.filter_map(|(index, change)| Some((index, change.given()?)))
    }

    /// Whether every change could be read, so that an answer that none of them has is really missing.
    pub fn is_whole(&self) -> bool {
        let mut all = self.changes.given().into_iter().flatten();
        !matches!(self.changes, Answer::Unreadable)
            && all.all(|change| !matches!(change, Answer::Unreadable))
    }
}
