//! Annex: the communication plan ("communicatieplan", Toolkit 1.1): who hears what, when, from whom.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::path;
use crate::rule::{Found, Rule, Whole};
use crate::value::{Answer, Entries, Entry, GroupRef, Id, OneOrMany, Prose, Rhythm, RoleRef, Text};

/// The rules of this annex.
pub const RULES: &[Rule] = &[Rule::warning("communicatie-onvolledig", incomplete_message)];

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

/// `communicatie-onvolledig`: a message reaches a group when it is clear what is told, how, when and by whom (Toolkit 1.1).
fn incomplete_message(whole: &Whole<'_>, found: &mut Found<'_>) {
    let messages = whole.plan.messages();
    for (id, message) in messages.iter() {
        let answers = [
            ("boodschap", message.message.is_missing()),
            ("kanaal", message.channel.is_missing()),
            ("wanneer", message.when.is_missing()),
            ("afzender", message.senders.is_missing()),
        ];
        let missing: Vec<String> = answers
            .into_iter()
            .filter(|(_, is_missing)| *is_missing)
            .map(|(key, _)| key.to_owned())
            .collect();
        if !missing.is_empty() {
            found
                .at(path!["communicatieplan", id])
                .with("bericht", messages.name(id))
                .with("ontbreekt", missing);
        }
    }
}
