//! Annex: progress ("voortgang"), filled while the implementation runs (plan-do-check-act).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Day, IndicatorRef, Prose, Text};

/// The measurements so far.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Progress {
    #[serde(rename = "metingen")]
    pub measurements: Answer<Vec<Answer<Measurement>>>,
}

/// One measurement of an indicator ("meting").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Measurement {
    pub indicator: Answer<IndicatorRef>,
    #[serde(rename = "datum")]
    pub date: Answer<Day>,
    #[serde(rename = "waarde")]
    pub value: Answer<Text>,
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// The adjustment that followed ("bijsturing").
    #[serde(rename = "bijsturing")]
    pub adjustment: Answer<Prose>,
}
