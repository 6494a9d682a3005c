//! Annex: progress ("voortgang"), filled while the implementation runs (plan-do-check-act).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::plan::strategies::Phase;
use crate::value::{
    Answer, Day, GroupOrRoleRef, GroupRef, IndicatorRef, OneOrMany, Prose, Text, ThingRef, YesNo,
};

/// The measurements, the phases that groups have reached, and the adaptations so far.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Progress {
    #[serde(rename = "metingen")]
    pub measurements: Answer<Vec<Answer<Measurement>>>,
    #[serde(rename = "fasen")]
    pub phases: Answer<Vec<Answer<ReachedPhase>>>,
    #[serde(rename = "aanpassingen")]
    pub adaptations: Answer<Vec<Answer<Adaptation>>>,
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

/// A phase that a group has reached.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ReachedPhase {
    #[serde(rename = "groep")]
    pub group: Answer<GroupRef>,
    #[serde(rename = "datum")]
    pub date: Answer<Day>,
    #[serde(rename = "fase")]
    pub phase: Answer<Phase>,
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
}

/// A change to the plan or the intervention during the implementation ("aanpassing").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Adaptation {
    #[serde(rename = "datum")]
    pub date: Answer<Day>,
    /// The thing that was adapted.
    #[serde(rename = "wat")]
    pub subject: Answer<ThingRef>,
    #[serde(rename = "omschrijving")]
    pub description: Answer<Prose>,
    #[serde(rename = "reden")]
    pub reason: Answer<Prose>,
    /// Whether it touches the core of the intervention.
    #[serde(rename = "raakt_kern")]
    pub touches_core: Answer<YesNo>,
    #[serde(rename = "besloten_door")]
    pub decided_by: Answer<OneOrMany<GroupOrRoleRef>>,
}
