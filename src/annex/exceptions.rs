//! Annex: exceptions ("uitzonderingen"): rules that do not apply here, each with a reason.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Findings};
use crate::rule::{Rule, Whole};
use crate::value::{Answer, Entries, Entry, OneOrMany, Text};

/// The rules of this annex.
pub const RULES: &[Rule] = &[];

/// The exceptions by the name of the rule.
pub type Exceptions = Entries<Text, Exception>;

/// A rule that is silenced, somewhere or everywhere.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Exception {
    /// The ids or paths where it is silenced; everywhere if none is named.
    #[serde(rename = "bij")]
    pub at: Answer<OneOrMany<Text>>,
    /// Why.
    #[serde(rename = "reden")]
    pub reason: Answer<Text>,
}

impl Entry for Exception {}

/// A finding that an exception silences.
#[derive(Debug, Clone, PartialEq)]
pub struct Silenced {
    /// The finding.
    pub finding: Finding,
    /// The reason that the exception gives.
    pub reason: String,
}

/// Takes the findings out that an exception silences, and adds what is wrong with the exceptions themselves.
pub fn apply(whole: &Whole<'_>, findings: &mut Findings) -> Vec<Silenced> {
    let _ = (whole, findings);
    Vec::new()
}
