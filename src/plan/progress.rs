//! Annex: progress ("voortgang"), filled while the implementation runs (plan-do-check-act).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Day, IndicatorRef, Prose, Text};

/// What was measured so far.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Progress {
    /// The measurements.
    #[serde(rename = "metingen")]
    pub measurements: Answer<Vec<Answer<Measurement>>>,
}

/// One measurement of an indicator ("meting").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Measurement {
    /// The indicator.
    pub indicator: Answer<IndicatorRef>,
    /// The day of the measurement.
    #[serde(rename = "datum")]
    pub date: Answer<Day>,
    /// What was found.
    #[serde(rename = "waarde")]
    pub value: Answer<Text>,
    /// More about it.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// What was adjusted because of it.
    #[serde(rename = "bijsturing")]
    pub adjustment: Answer<Prose>,
}
