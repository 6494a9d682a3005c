//! Section 9, sustainment ("Borging", handreiking 9): keeping the intervention in use after the project.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, Entries, GroupOrRoleRef, Id, Moment, OneOrMany, Prose, SourceRef, Text, YesNo, named,
};

/// The ten points of the handreiking's checklist, and the plan's own points.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sustainment {
    /// Implementers can apply the intervention even when they are busy.
    #[serde(rename = "uitvoerbaar_bij_werkdruk")]
    pub feasible_under_workload: Answer<Point>,
    /// The quality of application is assessed routinely.
    #[serde(rename = "kwaliteit_in_kaart")]
    pub fidelity_monitored: Answer<Point>,
    #[serde(rename = "materialen_onderhouden")]
    pub materials_maintained: Answer<Point>,
    #[serde(rename = "ondersteuning_uitvoerders")]
    pub implementers_supported: Answer<Point>,
    /// The intervention is developed further.
    #[serde(rename = "doorontwikkeling")]
    pub development: Answer<Point>,
    /// New colleagues are informed and trained.
    #[serde(rename = "nieuwe_medewerkers")]
    pub newcomers: Answer<Point>,
    #[serde(rename = "structurele_financiering")]
    pub structural_funding: Answer<Point>,
    /// The intervention is part of management control and reports.
    #[serde(rename = "sturing_en_rapportage")]
    pub steering_and_reports: Answer<Point>,
    /// Annual reports include the results.
    #[serde(rename = "opbrengsten_in_jaarrapportage")]
    pub annual_report: Answer<Point>,
    /// The intervention keeps an owner.
    #[serde(rename = "blijvende_eigenaar")]
    pub lasting_owner: Answer<Point>,
    /// Points besides the checklist.
    #[serde(rename = "eigen_punten")]
    pub own_points: Answer<Entries<Id, OwnPoint>>,
}

/// The assessment of a point of the checklist.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Point {
    /// Whether the point is arranged ("geborgd").
    #[serde(rename = "geborgd")]
    pub embedded: Answer<YesNo>,
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// The remaining work.
    #[serde(rename = "actie")]
    pub action: Answer<Prose>,
    /// Whether the action has no end, so that it has no deadline ("doorlopend").
    #[serde(rename = "doorlopend")]
    pub is_ongoing: Answer<YesNo>,
    /// The reason that the point need not be arranged.
    #[serde(rename = "niet_nodig")]
    pub not_needed: Answer<Prose>,
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<GroupOrRoleRef>>,
    /// The deadline of the action.
    #[serde(rename = "gereed")]
    pub due: Answer<Moment>,
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

/// A point besides the checklist.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OwnPoint {
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// Whether the point is arranged ("geborgd").
    #[serde(rename = "geborgd")]
    pub embedded: Answer<YesNo>,
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// The remaining work.
    #[serde(rename = "actie")]
    pub action: Answer<Prose>,
    /// Whether the action has no end, so that it has no deadline ("doorlopend").
    #[serde(rename = "doorlopend")]
    pub is_ongoing: Answer<YesNo>,
    /// The reason that the point need not be arranged.
    #[serde(rename = "niet_nodig")]
    pub not_needed: Answer<Prose>,
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<GroupOrRoleRef>>,
    /// The deadline of the action.
    #[serde(rename = "gereed")]
    pub due: Answer<Moment>,
    #[serde(rename = "bron")]
    pub sources: Answer<OneOrMany<SourceRef>>,
}

impl Sustainment {
    /// The ten points of the checklist with their keys, in order.
    pub fn points(&self) -> [(&'static str, &Answer<Point>); 10] {
        [
            ("uitvoerbaar_bij_werkdruk", &self.feasible_under_workload),
            ("kwaliteit_in_kaart", &self.fidelity_monitored),
            ("materialen_onderhouden", &self.materials_maintained),
            ("ondersteuning_uitvoerders", &self.implementers_supported),
            ("doorontwikkeling", &self.development),
            ("nieuwe_medewerkers", &self.newcomers),
            ("structurele_financiering", &self.structural_funding),
            ("sturing_en_rapportage", &self.steering_and_reports),
            ("opbrengsten_in_jaarrapportage", &self.annual_report),
            ("blijvende_eigenaar", &self.lasting_owner),
        ]
    }
}

/// The answers that a point of the checklist and a point of the plan's own have in common.
#[derive(Debug, Clone, Copy)]
pub struct PointAnswers<'p> {
    pub embedded: &'p Answer<YesNo>,
    pub explanation: &'p Answer<Prose>,
    pub action: &'p Answer<Prose>,
    pub is_ongoing: &'p Answer<YesNo>,
    pub not_needed: &'p Answer<Prose>,
    pub owners: &'p Answer<OneOrMany<GroupOrRoleRef>>,
    pub due: &'p Answer<Moment>,
}

macro_rules! point_answers {
    ($($point:ty),+) => {$(
        impl $point {
            /// The answers that every point has.
            pub const fn answers(&self) -> PointAnswers<'_> {
                PointAnswers {
                    embedded: &self.embedded,
                    explanation: &self.explanation,
                    action: &self.action,
                    is_ongoing: &self.is_ongoing,
                    not_needed: &self.not_needed,
                    owners: &self.owners,
                    due: &self.due,
                }
            }
        }
    )+};
}

point_answers!(Point, OwnPoint);

named!(OwnPoint: explanation);
