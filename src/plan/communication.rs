//! Annex: the communication plan ("communicatieplan", Toolkit 1.1): who hears what, when, from whom.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Entries, Entry, GroupRef, Id, OneOrMany, Prose, Rhythm, RoleRef, Text};

/// The messages by id.
pub type Communication = Entries<Id, Message>;

/// Something that groups are told.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Message {
    /// The groups that are told.
    #[serde(rename = "groep")]
    pub groups: Answer<OneOrMany<GroupRef>>,
    /// What they are told.
    #[serde(rename = "boodschap")]
    pub message: Answer<Prose>,
    /// How they are told.
    #[serde(rename = "kanaal")]
    pub channel: Answer<Text>,
    /// When they are told.
    #[serde(rename = "wanneer")]
    pub when: Answer<Rhythm>,
    /// Who tells them.
    #[serde(rename = "afzender")]
    pub senders: Answer<OneOrMany<RoleRef>>,
}

impl Entry for Message {}
