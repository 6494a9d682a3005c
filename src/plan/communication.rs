//! Annex: the communication plan ("communicatieplan", Toolkit 1.1), with messages to groups.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, Entries, Entry, FirstText as _, GroupRef, Id, OneOrMany, Prose, Rhythm, RoleRef,
    StrategyRef, Text,
};

/// The messages by id.
pub type Communication = Entries<Id, Message>;

/// A message to one or more groups.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Message {
    #[serde(rename = "groep")]
    pub groups: Answer<OneOrMany<GroupRef>>,
    #[serde(rename = "boodschap")]
    pub text: Answer<Prose>,
    #[serde(rename = "kanaal")]
    pub channel: Answer<Text>,
    #[serde(rename = "wanneer")]
    pub when: Answer<Rhythm>,
    #[serde(rename = "afzender")]
    pub senders: Answer<OneOrMany<RoleRef>>,
    /// The strategies that the message carries out.
    #[serde(rename = "strategieen")]
    pub strategies: Answer<OneOrMany<StrategyRef>>,
}

impl Entry for Message {
    fn says(&self) -> Option<&str> {
        self.text.first_text()
    }
}
