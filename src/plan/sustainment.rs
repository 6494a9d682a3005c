//! Section 9, sustainment ("Borging", handreiking 9): what keeps the intervention going when the project is over.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Entries, Id, Moment, OneOrMany, Prose, RoleRef, Text, YesNo, named};

/// The ten fixed points of the handreiking's checklist, and points of one's own.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Sustainment {
    /// Those who apply the intervention can do so when it is busy too.
    #[serde(rename = "uitvoerbaar_bij_werkdruk")]
    pub feasible_under_workload: Answer<Point>,
    /// The quality of how it is applied is looked at as a matter of routine.
    #[serde(rename = "kwaliteit_in_kaart")]
    pub fidelity_monitored: Answer<Point>,
    /// The materials are kept up to date.
    #[serde(rename = "materialen_onderhouden")]
    pub materials_maintained: Answer<Point>,
    /// Those who apply it are supported.
    #[serde(rename = "ondersteuning_uitvoerders")]
    pub implementers_supported: Answer<Point>,
    /// The intervention is developed further from time to time.
    #[serde(rename = "doorontwikkeling")]
    pub development: Answer<Point>,
    /// New colleagues are told about it and trained in it.
    #[serde(rename = "nieuwe_medewerkers")]
    pub newcomers: Answer<Point>,
    /// There is money for it in the long run.
    #[serde(rename = "structurele_financiering")]
    pub structural_funding: Answer<Point>,
    /// It is part of how management steers and reports.
    #[serde(rename = "sturing_en_rapportage")]
    pub steering_and_reports: Answer<Point>,
    /// What it brings is part of the yearly reports.
    #[serde(rename = "opbrengsten_in_jaarrapportage")]
    pub annual_report: Answer<Point>,
    /// Somebody remains its owner.
    #[serde(rename = "blijvende_eigenaar")]
    pub lasting_owner: Answer<Point>,
    /// Points that the checklist does not have.
    #[serde(rename = "eigen_punten")]
    pub own_points: Answer<Entries<Id, OwnPoint>>,
}

/// What was found on one point of the checklist.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Point {
    /// Whether it is seen to.
    #[serde(rename = "geborgd")]
    pub embedded: Answer<YesNo>,
    /// What makes it so.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// What is still to be done.
    #[serde(rename = "actie")]
    pub action: Answer<Prose>,
    /// Why it need not be seen to.
    #[serde(rename = "niet_nodig")]
    pub not_needed: Answer<Prose>,
    /// Who sees to it.
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<RoleRef>>,
    /// When that is done.
    #[serde(rename = "gereed")]
    pub due: Answer<Moment>,
}

/// A point that the checklist does not have.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct OwnPoint {
    /// What it is called.
    #[serde(rename = "naam")]
    pub name: Answer<Text>,
    /// Whether it is seen to.
    #[serde(rename = "geborgd")]
    pub embedded: Answer<YesNo>,
    /// What makes it so.
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
    /// What is still to be done.
    #[serde(rename = "actie")]
    pub action: Answer<Prose>,
    /// Why it need not be seen to.
    #[serde(rename = "niet_nodig")]
    pub not_needed: Answer<Prose>,
    /// Who sees to it.
    #[serde(rename = "eigenaar")]
    pub owners: Answer<OneOrMany<RoleRef>>,
    /// When that is done.
    #[serde(rename = "gereed")]
    pub due: Answer<Moment>,
}

impl Sustainment {
    /// The ten fixed points by their key, in the checklist's order.
    #[must_use]
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

named!(OwnPoint);
