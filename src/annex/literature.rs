//! Annex: literature ("literatuur"): what `[@id]` cites.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Entries, Entry, Id, Prose, Text};

/// The literature by id.
pub type Literature = Entries<Id, Work>;

/// A publication.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Work {
    /// What a citation shows: "Tonnon e.a., 2019".
    #[serde(rename = "kort")]
    pub short: Answer<Text>,
    /// The full reference.
    #[serde(rename = "tekst")]
    pub reference: Answer<Prose>,
    /// Where it can be found.
    pub url: Answer<Text>,
}

impl Entry for Work {}
