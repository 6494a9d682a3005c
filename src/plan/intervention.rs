//! Section 1, the intervention ("Beschrijving interventie", handreiking 1), with its components and effects.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, EffectRef, Entries, GroupOrRoleRef, GroupRef, Id, Moment, OneOrMany, PartRef, Prose,
    SourceRef, Text, YesNo, choice, named,
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
    /// The materials for those who work with the intervention (Toolkit 2.1).
    #[serde(rename = "materialen")]
    pub materials: Answer<Entries<Id, Material>>,
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
    /// What is adapted here, with whom and why ("aanpassing", Toolkit 3.2).
    #[serde(rename = "aanpassing")]
    pub adaptation: Answer<Prose>,
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
    /// The components that contain it.
    #[serde(rename = "onderdeel")]
    pub parts: Answer<OneOrMany<PartRef>>,
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

/// A material for those who work with the intervention, such as a manual or a conversation card ("materiaal").
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Material {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// The groups that work with it.
    #[serde(rename = "voor")]
    pub groups: Answer<OneOrMany<GroupRef>>,
    /// The components that it is for.
    #[serde(rename = "onderdeel")]
    pub parts: Answer<OneOrMany<PartRef>>,
    pub status: Answer<MaterialStatus>,
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<GroupOrRoleRef>>,
    /// The day on which it has to be there.
    #[serde(rename = "gereed")]
    pub due: Answer<Moment>,
    pub url: Answer<Text>,
}

choice! {
    pub enum MaterialStatus ("status_materiaal") {
        Needed = "nodig",
        InProgress = "in-de-maak",
        Ready = "klaar",
    }
}

choice! {
    pub enum EffectKind ("soort_effect") {
        Desired = "gewenst",
        Undesired = "ongewenst",
    }
}

named!(Part: description, ActiveIngredient: mechanism, Effect: description, Material);
