//! What the templates of the screens get.

use serde::Serialize;

use super::block::Block;
use super::event::{Draft, Screen};
use super::figures::Figures;
use super::parts::Part;
use super::points::{Point, Tally};

/// The bar on top.
#[derive(Debug, Serialize)]
pub(super) struct Bar<'s> {
    pub screen: Screen,
    pub title: &'s str,
    pub about: String,
    pub has_plan: bool,
    pub can_undo: bool,
    pub can_redo: bool,
}

/// The list of sections.
#[derive(Debug, Serialize)]
pub(super) struct Sections<'s> {
    pub has_plan: bool,
    pub parts: &'s [Part],
    pub ready: usize,
    pub current: Option<&'s Part>,
    pub screen: Screen,
}

/// The start screen.
#[derive(Debug, Serialize)]
pub(super) struct Start<'s> {
    /// The title of the plan that is open.
    pub title_open: Option<&'s str>,
    pub drafts: &'s [Draft],
}

/// A section.
#[derive(Debug, Serialize)]
pub(super) struct Section<'s> {
    pub part: &'s Part,
    pub questions: &'s Block,
    pub figures: Figures,
    pub summary: Vec<Line>,
    /// The number of lines that are not solved, and whether one of them is a `fout`.
    pub open_count: usize,
    pub has_error: bool,
    pub previous: Option<&'s Part>,
    pub next: Option<&'s Part>,
    /// The ids of the sources that prose can cite, and the texts of citations.
    pub sources: Vec<(String, String)>,
    /// What was just removed.
    pub notice: Option<&'s str>,
}

/// A line of the summary of a section.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Line {
    pub id: String,
    pub state: &'static str,
    pub title: String,
    /// The path of its question as JSON.
    pub path: String,
    pub is_solved: bool,
}

/// The whole plan.
#[derive(Debug, Serialize)]
pub(super) struct Overview<'s> {
    pub title: &'s str,
    pub parts: &'s [Part],
    pub ready: usize,
    pub tally: Tally,
    pub points: &'s [Point],
    pub first: Option<&'s Point>,
}
