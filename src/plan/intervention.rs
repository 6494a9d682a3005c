//! Section 1, the intervention ("Beschrijving interventie", handreiking 1), with its components and effects.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, EffectRef, Entries, Id, OneOrMany, PartRef, Prose, SourceRef, Text, YesNo, choice,
    named,
};

/// The intervention to implement.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Intervention {
    /// The origin, activities and intensity.
    #[serde(rename = "beschrijving")]
    pub description: Answer<Prose>,
    /// The problem that it addresses, with known causes.
    #[serde(rename = "probleem")]
    pub problem: Answer<Prose>,
    /// The people who benefit from the intervention ("profijtgroep").
    #[serde(rename = "profijtgroep")]
    pub beneficiaries: Answer<Prose>,
    /// The intended change for the beneficiaries ("interventiedoel").
    #[serde(rename = "doel")]
    pub goal: Answer<Prose>,
    #[serde(rename = "onderdelen")]
    pub parts: Answer<Entries<Id, Part>>,
    #[serde(rename = "werkzame_bestanddelen")]
    pub active_ingredients: Answer<Entries<Id, ActiveIngredient>>,
    #[serde(rename = "effecten")]
    pub effects: Answer<Entries<Id, Effect>>,
}

/// A component of the intervention ("onderdeel").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Part {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    #[serde(rename = "beschrijving")]
    pub description: Answer<Prose>,
    /// Whether the component may be adapted to the context; if not, it belongs to the core.
    #[serde(rename = "aanpasbaar")]
    pub adaptable: Answer<YesNo>,
    /// Whether this plan focuses on the component.
    pub focus: Answer<YesNo>,
}

/// An ingredient that makes the intervention effective ("werkzaam bestanddeel").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ActiveIngredient {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    #[serde(rename = "werking")]
    pub mechanism: Answer<Prose>,
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
    /// The component that contains it.
    #[serde(rename = "onderdeel")]
    pub part: Answer<PartRef>,
    #[serde(rename = "leidt_tot")]
    pub leads_to: Answer<OneOrMany<EffectRef>>,
}

/// A possible effect of the intervention.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Effect {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    #[serde(rename = "beschrijving")]
    pub description: Answer<Prose>,
    #[serde(rename = "soort")]
    pub kind: Answer<EffectKind>,
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

choice! {
    pub enum EffectKind ("soort_effect") {
        Desired = "gewenst",
        Undesired = "ongewenst",
    }
}

named!(Part, ActiveIngredient, Effect);
