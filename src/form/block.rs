//! The questions of a screen, as templates see them.

use std::borrow::Cow;

use serde::Serialize;

use super::points::{Point, Tally};
use crate::value::path::Path;

/// A question, or a group of questions.
#[allow(
    clippy::struct_excessive_bools,
    reason = "templates ask each of them on its own"
)]
#[derive(Debug, Clone, Default, Hash, Serialize)]
pub(super) struct Block {
    /// The id of its control.
    pub id: String,
    /// Its path as JSON.
    pub path: String,
    #[serde(skip)]
    pub place: Path,
    /// The macro that shows it.
    pub shape: &'static str,
    /// The level of its heading, for groups and cards.
    pub level: u8,
    pub question: Cow<'static, str>,
    pub label: Cow<'static, str>,
    pub help: &'static str,
    /// The answer that holds if none is given.
    pub placeholder: String,
    /// The text of the answer.
    pub value: String,
    pub is_answered: bool,
    /// The answer as it was read, if that is not what was typed.
    pub read: Option<String>,
    /// The answer as documents show it, if that looks otherwise.
    pub shown: Option<String>,
    /// Whether a calendar helps.
    pub is_date: bool,
    /// Whether several options can be chosen.
    pub is_many: bool,
    pub options: Vec<Choice>,
    /// Whether there are more options than these, or these are all although they are many.
    pub has_more: bool,
    pub shows_all: bool,
    /// Lines, cards, or what is in a group.
    pub blocks: Vec<Block>,
    /// The name of a card or row.
    pub name: String,
    /// The facts about a card, in a few words each.
    pub facts: Vec<String>,
    /// The way to add things.
    pub adding: Option<Adding>,
    /// Whether it is a whole part of the plan.
    pub is_part: bool,
    /// The position in a list, and whether it is the last one.
    pub at: usize,
    pub is_last: bool,
    /// Whether it is a thing with an id, which can have another name.
    pub has_id: bool,
    /// The id of a thing.
    pub key: String,
    /// The question about a card.
    pub asked: Option<Asked>,
    /// The findings about it, and the numbers of all findings in it.
    pub points: Vec<Point>,
    pub tally: Tally,
    /// The conclusion from the answers.
    pub outcome: Option<String>,
    /// The card as a template wrote it, if that was done before.
    pub ready: Option<String>,
}

/// An option of a choice or picker.
#[derive(Debug, Clone, Default, Hash, Serialize)]
pub(super) struct Choice {
    pub value: String,
    pub label: String,
    /// What it means, or what helps to choose it.
    pub note: String,
    pub is_chosen: bool,
    /// Whether the plan does not have it.
    pub is_unknown: bool,
}

/// How a thing is added to a list, or chosen that does not exist yet.
#[derive(Debug, Clone, Default, Hash, Serialize)]
pub(super) struct Adding {
    /// The label of what is added.
    pub label: String,
    /// The path of the list that it is added to, as JSON.
    pub path: String,
    /// Whether it is an item of a list, which needs no name.
    pub is_item: bool,
    /// Whether it needs a name.
    pub by_name: bool,
    /// The things that can be added, if they exist elsewhere.
    pub options: Vec<Choice>,
}

/// A question about a card.
#[derive(Debug, Clone, Default, Hash, Serialize)]
pub(super) struct Asked {
    /// `remove` or `rename`.
    pub about: &'static str,
    /// The number of references to it.
    pub references: usize,
    /// Where those are.
    pub places: Vec<String>,
}

impl Block {
    /// Visits this block and all in it.
    pub fn each(&mut self, visit: &mut impl FnMut(&mut Self)) {
        visit(self);
        for block in &mut self.blocks {
            block.each(visit);
        }
    }
}
