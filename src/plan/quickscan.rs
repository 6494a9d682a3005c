//! Annex: the quick scan ("quickscan", Toolkit 2), seventeen questions on the organisation, the intervention, its developer and
//! its users.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{Answer, Prose, choice};

/// Declares the questions, group by group.
macro_rules! questions {
    ($($group:ident: $($field:ident = $key:literal),+;)+) => {
        /// The answers to the seventeen questions.
        #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
        #[serde(default)]
        pub struct QuickScan {
            $($(
                #[doc = concat!("The question `", $key, "`.")]
                #[serde(rename = $key)]
                pub $field: Answer<ScanAnswer>,
            )+)+
        }

        impl QuickScan {
            /// The questions, in order.
            pub fn questions(&self) -> Vec<ScanQuestion<'_>> {
                vec![$($(ScanQuestion {
                    group: ScanGroup::$group,
                    field: concat!("quickscan.", $key),
                    answer: &self.$field,
                },)+)+]
            }
        }
    };
}

questions! {
    Context:
        fits_vision = "past_bij_visie",
        commitment = "commitment",
        preconditions_present = "randvoorwaarden_aanwezig",
        calm_organisation = "rust_in_de_organisatie",
        fits_policy_and_law = "past_bij_beleid_en_wet";
    Intervention:
        users_helped_develop = "gebruikers_ontwikkelden_mee",
        clear_benefit = "duidelijk_voordeel",
        easy_to_apply = "eenvoudig_toe_te_passen",
        can_be_tried = "uit_te_proberen",
        fits_practice = "past_bij_werkwijze",
        can_be_adapted = "aan_te_passen";
    Developer:
        reliable = "betrouwbaar",
        influential = "invloedrijk";
    Users:
        known = "bekend",
        motivated = "gemotiveerd",
        knowledge_and_skills = "kennis_en_vaardigheden",
        expects_result = "verwacht_resultaat";
}

/// A question of the quick scan with its answer.
#[derive(Debug)]
pub struct ScanQuestion<'p> {
    pub group: ScanGroup,
    /// The path of the answer.
    pub field: &'static str,
    pub answer: &'p Answer<ScanAnswer>,
}

impl ScanQuestion<'_> {
    pub fn key(&self) -> &'static str {
        self.field.rsplit('.').next().unwrap_or_default()
    }
}

/// The answer to a question of the quick scan.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct ScanAnswer {
    #[serde(rename = "antwoord")]
    pub answer: Answer<ScanVerdict>,
    #[serde(rename = "toelichting")]
    pub explanation: Answer<Prose>,
}

choice! {
    pub enum ScanVerdict ("antwoord_quickscan") {
        Yes = "ja" | "true",
        Partly = "deels",
        No = "nee" | "false",
        Unknown = "onbekend",
    }
}

choice! {
    /// The groups of questions.
    pub enum ScanGroup ("groep_quickscan") {
        /// The organisation and its context.
        Context = "organisatie",
        Intervention = "interventie",
        Developer = "ontwikkelaar",
        Users = "gebruikers",
    }
}
