//! Annex: the risks ("risicos"), with a measure against each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, Choice, Entries, GroupOrRoleRef, Id, OneOrMany, Prose, Text, choice, named,
};

/// The risks by id.
pub type Risks = Entries<Id, Risk>;

/// Something that may go wrong ("risico").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Risk {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    #[serde(rename = "gevolg")]
    pub consequence: Answer<Prose>,
    /// The likelihood.
    #[serde(rename = "kans")]
    pub likelihood: Answer<RiskDegree>,
    /// The severity of the consequence.
    #[serde(rename = "ernst")]
    pub impact: Answer<RiskDegree>,
    /// The sign by which one sees it coming.
    #[serde(rename = "signaal")]
    pub signal: Answer<Prose>,
    #[serde(rename = "maatregel")]
    pub measure: Answer<Prose>,
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<GroupOrRoleRef>>,
}

choice! {
    /// How likely or how severe.
    pub enum RiskDegree ("mate_risico") {
        Low = "1",
        Moderate = "2",
        High = "3",
    }
}

impl Risk {
    /// Likelihood times severity, from 1 to 9; `None` if one of them is not known.
    pub fn weight(&self) -> Option<usize> {
        let (likelihood, impact) = (self.likelihood.given()?, self.impact.given()?);
        let number = |degree: RiskDegree| {
            1 + RiskDegree::ALL
                .iter()
                .position(|it| *it == degree)
                .unwrap_or_default()
        };
        Some(number(*likelihood) * number(*impact))
    }
}

named!(Risk: consequence);
