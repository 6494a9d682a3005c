//! Section 11, evaluation ("Evaluatie", handreiking 11), with its questions.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Amounts, Answer, Entries, Entry, FactorRef, FirstText as _, GoalRef, GroupRef, Id, Moment,
    OneOrMany, Prose, Text, choice,
};

/// The evaluation of the implementation.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Evaluation {
    /// The kind of evaluation, usually a process evaluation.
    #[serde(rename = "vorm")]
    pub form: Answer<Text>,
    #[serde(rename = "vragen")]
    pub questions: Answer<Entries<Id, Question>>,
    #[serde(rename = "wanneer")]
    pub when: Answer<Moment>,
    /// The first day of data collection.
    #[serde(rename = "dataverzameling_vanaf")]
    pub data_from: Answer<Moment>,
    #[serde(rename = "uitvoerder")]
    pub evaluator: Answer<Text>,
    /// The use of the results, and by whom.
    #[serde(rename = "gebruik")]
    pub use_of_results: Answer<Prose>,
    /// How and when each group hears of the results ("terugkoppeling").
    #[serde(rename = "terugkoppeling")]
    pub feedback: Answer<Amounts<GroupRef, Prose>>,
}

/// An evaluation question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Question {
    #[serde(rename = "vraag")]
    pub text: Answer<Prose>,
    #[serde(rename = "soort")]
    pub kind: Answer<QuestionKind>,
    /// The goals that the question covers.
    #[serde(rename = "doelen")]
    pub goals: Answer<OneOrMany<GoalRef>>,
    /// The barriers that the question covers.
    #[serde(rename = "belemmeringen")]
    pub barriers: Answer<OneOrMany<FactorRef>>,
    /// The data to collect for an answer.
    pub data: Answer<Prose>,
}

impl Entry for Question {
    fn says(&self) -> Option<&str> {
        self.text.first_text()
    }
}

choice! {
    /// The subject of an evaluation question.
    pub enum QuestionKind ("soort_vraag") {
        /// Whether the user groups are reached.
        Reach = "bereik",
        /// Whether the strategies are carried out as planned.
        Delivery = "uitvoering",
        /// Whether the goals are reached.
        Attainment = "doelbereik",
        Barriers = "belemmeringen",
        Satisfaction = "tevredenheid",
        /// Whether the organisations and their staff take the intervention up.
        Adoption = "adoptie",
        /// Whether it stays in use.
        Sustainment = "behoud",
        Costs = "kosten",
        Other = "anders",
    }
}
