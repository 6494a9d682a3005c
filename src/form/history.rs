//! The changes that can be taken back.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::editing::{Edit, Splice, smallest};
use crate::value::path::Path;

/// The most changes that can be taken back.
const MOST: usize = 200;

/// The most bytes of changes that the browser keeps.
const MOST_KEPT: usize = 64 * 1024;

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Done {
    /// The path of the question.
    pub path: Path,
    /// The splice of the text before it, and that of the text after it.
    redo: Piece,
    undo: Piece,
    /// Whether the next edit of the same question belongs to it.
    #[serde(skip)]
    is_open: bool,
}

/// A replacement of some bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Piece(usize, usize, String);

/// The changes that were made, and those that were taken back.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    done: Vec<Done>,
    undone: Vec<Done>,
}

impl History {
    /// Reads the list that a browser kept.
    pub fn read(kept: Option<Value>) -> Self {
        let done = kept.and_then(|kept| serde_json::from_value(kept).ok());
        Self {
            done: done.unwrap_or_default(),
            undone: Vec::new(),
        }
    }

    /// The list for the browser to keep: the last changes that are not too large.
    pub fn kept(&self) -> Value {
        let mut size = 0;
        let recent = self.done.iter().rev().take_while(|done| {
            size += done.size();
            size <= MOST_KEPT
        });
        let mut recent: Vec<&Done> = recent.collect();
        recent.reverse();
        serde_json::to_value(recent).unwrap_or_default()
    }

    /// Adds a change from one text to another. An edit is part of the change before it if that was one of the same question.
    pub fn add(&mut self, path: &Path, before: &str, after: &str, is_edit: bool) {
        self.undone.clear();
        let same = |last: &Done| last.is_open && is_edit && last.path == *path;
        let open = self.done.pop_if(|last| same(last));
        let origin = open.and_then(|last| spliced(before, &last.undo));
        let before = origin.as_deref().unwrap_or(before);
        let Some((old, added)) = smallest(0, before, after) else {
            return;
        };
        let removed = before[old.clone()].to_owned();
        self.done.push(Done {
            path: path.clone(),
            undo: Piece(old.start, old.start + added.len(), removed),
            redo: Piece(old.start, old.end, added),
            is_open: is_edit,
        });
        if self.done.len() > MOST {
            self.done.remove(0);
        }
    }

    /// Ends the change of one question.
    pub fn close(&mut self) {
        if let Some(last) = self.done.last_mut() {
            last.is_open = false;
        }
    }

    /// The text before the last change, and the path of that change.
    pub fn undo(&mut self, text: &str) -> Option<(String, Path)> {
        let last = self.done.pop()?;
        let before = spliced(text, &last.undo)?;
        let path = last.path.clone();
        self.undone.push(last);
        self.close();
        Some((before, path))
    }

    /// The text after the change that was taken back last, and the path of that change.
    pub fn redo(&mut self, text: &str) -> Option<(String, Path)> {
        let mut next = self.undone.pop()?;
        let after = spliced(text, &next.redo)?;
        let path = next.path.clone();
        next.is_open = false;
        self.done.push(next);
        Some((after, path))
    }

    pub const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }
}

impl Done {
    fn size(&self) -> usize {
        let pieces = [&self.redo, &self.undo];
        pieces.map(|piece| piece.2.len() + 32).iter().sum()
    }
}

fn spliced(text: &str, piece: &Piece) -> Option<String> {
    let splice = Splice {
        range: piece.0..piece.1,
        replacement: piece.2.clone(),
    };
    Edit::splice(text, &[splice])
}
