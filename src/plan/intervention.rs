//! Section 1, the intervention ("Beschrijving interventie", handreiking 1): what it is, for whom, what makes it work.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, EffectRef, Entries, Id, OneOrMany, PartRef, Prose, SourceRef, Text, YesNo, choice,
    named,
};

/// The intervention that is brought into the organisation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Intervention {
    /// What the intervention is: origin, activities, intensity.
    #[serde(rename = "beschrijving")]
    pub description: Answer<Prose>,
    /// Which problem it is for, and what is known of its causes.
    #[serde(rename = "probleem")]
    pub problem: Answer<Prose>,
    /// Whom the intervention is for ("profijtgroep").
    #[serde(rename = "profijtgroep")]
    pub beneficiaries: Answer<Prose>,
    /// The intervention goal: what changes for the beneficiaries.
    #[serde(rename = "doel")]
    pub goal: Answer<Prose>,
    /// Its components ("onderdelen").
    #[serde(rename = "onderdelen")]
    pub parts: Answer<Entries<Id, Part>>,
    /// What makes it work ("werkzame bestanddelen").
    #[serde(rename = "werkzame_bestanddelen")]
    pub active_ingredients: Answer<Entries<Id, ActiveIngredient>>,
    /// What it can bring about.
    #[serde(rename = "effecten")]
    pub effects: Answer<Entries<Id, Effect>>,
}

/// A component of the intervention ("onderdeel").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Part {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// What it is.
    #[serde(rename = "beschrijving")]
    pub description: Answer<Prose>,
    /// Whether it may be adapted to the context, or belongs to the core.
    #[serde(rename = "aanpasbaar")]
    pub adaptable: Answer<YesNo>,
    /// Whether this plan focuses on it.
    pub focus: Answer<YesNo>,
}

/// What makes the intervention work ("werkzaam bestanddeel").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ActiveIngredient {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// How it works.
    #[serde(rename = "werking")]
    pub mechanism: Answer<Prose>,
    /// What that rests on.
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
    /// The component that it is in.
    #[serde(rename = "onderdeel")]
    pub part: Answer<PartRef>,
    /// The effects that it leads to.
    #[serde(rename = "leidt_tot")]
    pub leads_to: Answer<OneOrMany<EffectRef>>,
}

/// Something that the intervention can bring about.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Effect {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// What it is.
    #[serde(rename = "beschrijving")]
    pub description: Answer<Prose>,
    /// Whether it is wanted.
    #[serde(rename = "soort")]
    pub kind: Answer<EffectKind>,
    /// What that rests on.
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

choice! {
    /// Whether an effect is wanted.
    pub enum EffectKind ("soort_effect") {
        /// Wanted.
        Desired = "gewenst",
        /// Not wanted.
        Undesired = "ongewenst",
    }
}

named!(Part, ActiveIngredient, Effect);
