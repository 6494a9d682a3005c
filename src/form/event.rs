//! What a page reports: what was typed, clicked and opened.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::plan::Language;
use crate::value::path::Path;

/// Something that happened on the page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Event {
    /// The page was opened, or its start screen.
    Start {
        /// The language of the page: that of the browser, or the one that was chosen before.
        #[serde(default)]
        language: Option<Language>,
        /// The day of today.
        #[serde(default)]
        today: Option<Date>,
        /// The plans that the browser keeps.
        #[serde(default)]
        drafts: Vec<Draft>,
    },
    /// The questions of a new plan are asked for.
    NewForm {},
    /// The questions of a new plan were answered.
    New {
        /// The answers by the name of the question.
        #[serde(default)]
        answers: IndexMap<String, Given>,
    },
    /// The worked example is asked for.
    Example {},
    /// A plan was opened.
    Open {
        /// Its text.
        text: String,
        /// The parts that were visited before.
        #[serde(default)]
        visited: BTreeSet<String>,
        /// The undo list of before.
        #[serde(default)]
        undo: Option<Value>,
        /// The name of its file.
        #[serde(default)]
        name: Option<String>,
    },
    /// A question was answered.
    Edit {
        /// The path of the answer.
        path: Path,
        /// The answer; none if it was cleared.
        #[serde(default)]
        value: Given,
        /// Whether it is part of the same answer as the edit before, for undo.
        #[serde(default)]
        again: bool,
    },
    /// A button was pressed that changes the plan, or asks about it.
    Change(Press),
    /// Another question has the focus.
    Panel {
        /// Its path.
        path: Path,
    },
    /// Another screen is asked for.
    Show {
        /// The screen.
        screen: Screen,
        /// The key of the part of the plan.
        #[serde(default)]
        key: Option<String>,
        /// The path to go to.
        #[serde(default)]
        path: Option<Path>,
    },
    /// The next open point is asked for.
    Next {
        /// The path of the question that has the focus.
        #[serde(default)]
        path: Option<Path>,
    },
    /// The last change is taken back.
    Undo {},
    /// The last change that was taken back is made again.
    Redo {},
    /// The text of the plan was changed by hand.
    Text {
        /// All of the text.
        text: String,
    },
    /// A document is asked for.
    Document {
        /// The view.
        view: String,
        /// The group that it is for.
        #[serde(default)]
        group: Option<String>,
        /// The format.
        form: String,
    },
    /// The differences between two texts of a plan are asked for. What is shown stays.
    Compare {
        /// The text that the browser keeps.
        here: String,
        /// The text of the file.
        there: String,
    },
    /// Another language is asked for.
    Language {
        /// The language.
        language: Language,
    },
}

/// A button that was pressed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Press {
    /// The kind of change.
    pub kind: Kind,
    /// The path that it is about.
    #[serde(default)]
    pub path: Path,
    /// A text that goes with it, such as an id or a new answer.
    #[serde(default)]
    pub value: Given,
    /// The rule that it is about.
    #[serde(default)]
    pub rule: Option<String>,
    /// The new position.
    #[serde(default)]
    pub to: Option<usize>,
    /// The path of the picker in which what is added is chosen as well.
    #[serde(default)]
    pub choose: Option<Path>,
    /// More answers of the thing that is added or linked, by their keys.
    #[serde(default)]
    pub with: IndexMap<String, Given>,
    /// The answers of the form that was submitted.
    #[serde(default)]
    pub answers: IndexMap<String, Given>,
}

impl Press {
    /// The text that goes with it, from a form or from the button itself.
    pub(super) fn text(&self) -> &str {
        let answer = self.answers.values().next();
        answer.unwrap_or(&self.value).text().trim()
    }
}

/// An answer as it was typed or chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(untagged)]
pub enum Given {
    /// No answer.
    #[default]
    Nothing,
    /// A text or a choice.
    Text(String),
    /// Several choices.
    Many(Vec<String>),
}

impl Given {
    /// The text; of several choices the first.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Nothing => "",
            Self::Text(text) => text,
            Self::Many(texts) => texts.first().map_or("", String::as_str),
        }
    }

    /// The texts.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        match self {
            Self::Nothing => &[],
            Self::Text(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Adds a row, card or thing.
    Add,
    /// Makes a thing that is there refer to others.
    Link,
    /// Shows everything that can be chosen.
    Choose,
    /// Asks whether to remove a thing that is named elsewhere, else removes it.
    Ask,
    /// Removes a row, card or thing.
    Remove,
    /// Moves it to another position.
    Move,
    /// Asks for another name.
    AskName,
    /// Gives a thing another name and id.
    Rename,
    /// Takes over a suggestion.
    Adopt,
    /// Solves a finding.
    Fix,
    /// Asks for the reason of an exception.
    AskReason,
    /// Adds an exception to a rule.
    Exception,
    /// Stops asking.
    Cancel,
}

/// A screen of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    /// The start.
    #[default]
    Start,
    /// The questions of a new plan.
    New,
    /// The whole plan and all that is open in it.
    Plan,
    /// A part of the plan.
    Section,
    /// The documents.
    Documents,
    /// The text of the plan.
    Text,
}

/// A plan that the browser keeps.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Draft {
    /// The name under which the browser keeps it.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When it was last changed, in words.
    pub when: String,
    /// How many changes are not in its file.
    pub changes: usize,
}
