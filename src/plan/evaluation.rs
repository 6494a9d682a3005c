//! Section 11, evaluation ("Evaluatie", handreiking 11): whether the implementation reached its goals.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::value::{
    Answer, Entries, Entry, FactorRef, GoalRef, Id, Moment, OneOrMany, Prose, Text, choice,
};

/// How the implementation is evaluated.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Evaluation {
    /// The kind of evaluation, usually a process evaluation.
    #[serde(rename = "vorm")]
    pub form: Answer<Text>,
    /// The evaluation questions.
    #[serde(rename = "vragen")]
    pub questions: Answer<Entries<Id, Question>>,
    /// When it takes place.
    #[serde(rename = "wanneer")]
    pub when: Answer<Moment>,
    /// From when data are collected for it.
    #[serde(rename = "dataverzameling_vanaf")]
    pub data_from: Answer<Moment>,
    /// Who does it.
    #[serde(rename = "uitvoerder")]
    pub evaluator: Answer<Text>,
    /// Who does what with the outcome.
    #[serde(rename = "gebruik")]
    pub use_of_results: Answer<Prose>,
}

/// An evaluation question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Question {
    /// The question.
    #[serde(rename = "vraag")]
    pub question: Answer<Prose>,
    /// What it is about.
    #[serde(rename = "soort")]
    pub kind: Answer<QuestionKind>,
    /// The goals that it covers.
    #[serde(rename = "doelen")]
    pub goals: Answer<OneOrMany<GoalRef>>,
    /// The barriers that it covers.
    #[serde(rename = "belemmeringen")]
    pub barriers: Answer<OneOrMany<FactorRef>>,
    /// What is collected to answer it.
    pub data: Answer<Prose>,
}

impl Entry for Question {}

choice! {
    /// What an evaluation question is about.
    pub enum QuestionKind ("soort_vraag") {
        /// Who is reached.
        Reach = "bereik",
        /// Whether it is done as planned.
        Delivery = "uitvoering",
        /// Whether goals are reached.
        Attainment = "doelbereik",
        /// What stood in the way.
        Barriers = "belemmeringen",
        /// How satisfied people are.
        Satisfaction = "tevredenheid",
        /// Something else.
        Other = "anders",
    }
}
