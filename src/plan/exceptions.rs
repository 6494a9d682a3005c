//! Annex: exceptions ("uitzonderingen"): rules that do not apply here, each with a reason.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Entries, Entry, OneOrMany, Text};

/// The exceptions by the name of the rule.
pub type Exceptions = Entries<Text, Exception>;

/// A rule that is silenced, somewhere or everywhere.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Exception {
    /// The ids or paths for which the rule is silenced; everywhere if missing.
    #[serde(rename = "bij")]
    pub at: Answer<OneOrMany<Text>>,
    #[serde(rename = "reden")]
    pub reason: Answer<Text>,
}

impl Entry for Exception {}
