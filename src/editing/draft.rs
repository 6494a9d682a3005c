//! A plan file while it is being changed: its text, its values, and the values that it should have.

use std::borrow::Cow;
use std::ops::Range;

use super::lines;
use super::parts::Part;
use super::tree::Tree;
use super::values::{Style, Writer, indentation_step};
use super::{Changed, Edit, EditError, Splice};
use crate::document::{Document, TOO_LARGE, prevents_reading};
use crate::finding::Focus;
use crate::value::path::Path;

/// A piece of the text.
enum Piece {
    /// These bytes of the original.
    Kept(Range<usize>),
    New(String),
}

impl Piece {
    fn len(&self) -> usize {
        match self {
            Self::Kept(range) => range.len(),
            Self::New(text) => text.len(),
        }
    }

    /// Splits the piece; `at` is a character boundary inside it.
    fn split(self, at: usize) -> [Self; 2] {
        match self {
            Self::Kept(range) => {
                let middle = range.start + at;
                [
                    Self::Kept(range.start..middle),
                    Self::Kept(middle..range.end),
                ]
            }
            Self::New(mut text) => {
                let rest = text.split_off(at);
                [Self::New(text), Self::New(rest)]
            }
        }
    }
}

pub(super) struct Draft<'o> {
    original: &'o str,
    /// The flaws of the original.
    before: Flaws,
    pieces: Vec<Piece>,
    pub(super) text: String,
    pub(super) document: Cow<'o, Document>,
    pub(super) tree: Tree,
    pub(super) writer: Writer,
    /// The first byte that could not be read.
    unread_from: Option<usize>,
}

/// The problems that a change must not add to.
struct Flaws {
    problems: usize,
    losses: usize,
    stops: usize,
}

impl Flaws {
    fn of(document: &Document) -> Self {
        Self {
            problems: document.problems().iter().count(),
            losses: document.losses().len(),
            stops: document.stops().len(),
        }
    }

    const fn exceed(&self, other: &Self) -> bool {
        self.problems > other.problems || self.losses > other.losses || self.stops > other.stops
    }
}

impl<'o> Draft<'o> {
    /// A draft of a text that has no byte order mark, with the document that was read from it.
    pub(super) fn new(
        original: &'o str,
        document: &'o Document,
        style: Style,
    ) -> Result<Self, EditError> {
        if document.source().len() != original.len() {
            return Err(EditError::unread(&Path::root()));
        }
        let writer = Writer {
            style,
            line_end: lines::line_end(original),
            step: indentation_step(document, original),
        };
        Ok(Self {
            original,
            before: Flaws::of(document),
            pieces: vec![Piece::Kept(0..original.len())],
            text: original.to_owned(),
            tree: Tree::of(document.root()),
            unread_from: unread_from(document, original),
            document: Cow::Borrowed(document),
            writer,
        })
    }

    /// The part of the text at a path.
    pub(super) fn part(&self, path: &Path) -> Result<Part<'_>, EditError> {
        Part::at(&self.document, &self.text, path)
    }

    /// Whether all of the list or mapping at a path was read, so that what it does not have is not in the rest of the file.
    pub(super) fn is_whole(&self, path: &Path) -> bool {
        let Some(unread) = self.unread_from else {
            return true;
        };
        let mut outer = path.clone();
        while outer != Path::root() {
            let inner = outer.steps().next_back().cloned();
            outer.pop();
            let Some((parent, step)) = self.part(&outer).ok().zip(inner) else {
                return false;
            };
            let index = super::parts::index_of(parent.node, &step);
            let parts = parent.parts(&self.text);
            let next = index.and_then(|index| parts.get(index + 1));
            if next.is_some_and(|next| next.start < unread) {
                return true;
            }
        }
        false
    }

    /// Replaces parts of the text, which do not overlap, and reads it again. `path` is where an error is reported.
    pub(super) fn splice(
        &mut self,
        mut changes: Vec<(Range<usize>, String)>,
        path: &Path,
    ) -> Result<(), EditError> {
        if changes.is_empty() {
            return Ok(());
        }
        changes.sort_by_key(|(range, _)| (range.start, range.end));
        for (range, text) in changes.into_iter().rev() {
            if self.unread_from.is_some_and(|unread| range.end > unread) {
                return Err(EditError::unread(path));
            }
            if self.text.get(range.clone()).is_none() {
                return Err(EditError::entangled(path));
            }
            if let Some(unread) = &mut self.unread_from {
                *unread = *unread + text.len() - range.len();
            }
            self.text.replace_range(range.clone(), &text);
            self.replace_pieces(range, text);
        }
        if self.text.len() > Document::MAX_BYTES {
            return Err(EditError::TooLarge);
        }
        self.document = Cow::Owned(Document::read(self.text.as_bytes()));
        Ok(())
    }

    fn replace_pieces(&mut self, range: Range<usize>, text: String) {
        let start = self.boundary(range.start);
        let end = self.boundary(range.end);
        self.pieces.splice(start..end, [Piece::New(text)]);
    }

    /// The index of the piece that begins at a byte. Splits the one around it.
    fn boundary(&mut self, at: usize) -> usize {
        let mut begin = 0;
        for index in 0..self.pieces.len() {
            let length = self.pieces[index].len();
            if begin >= at {
                return index;
            }
            if at < begin + length {
                let halves = self.pieces.remove(index).split(at - begin);
                self.pieces.splice(index..index, halves);
                return index + 1;
            }
            begin += length;
        }
        self.pieces.len()
    }

    /// Refuses a text that does not say exactly what it should, or has a new problem.
    pub(super) fn check(&self) -> Result<(), EditError> {
        let after = Flaws::of(&self.document);
        if after.exceed(&self.before) {
            let problems = self.document.problems();
            let is_too_large = problems.iter().any(|problem| *problem.rule == TOO_LARGE);
            return Err(if is_too_large && after.problems > self.before.problems {
                EditError::TooLarge
            } else {
                EditError::entangled(&Path::root())
            });
        }
        if self.tree.says(self.document.root()) {
            Ok(())
        } else {
            Err(EditError::entangled(&Path::root()))
        }
    }

    /// The plan with this text; its file began like `file`.
    pub(super) fn into_changed(self, file: &str) -> Changed {
        let mark = file.strip_suffix(self.original).unwrap_or_default();
        Changed {
            text: format!("{mark}{}", self.text),
            document: self.document.into_owned(),
        }
    }

    /// The splices. `offset` is the length of what precedes the original in the file.
    pub(super) fn edit(&self, offset: usize) -> Edit {
        let mut edit = Edit::default();
        let (mut kept_to, mut added) = (0, String::new());
        // How much further in the new text a byte is than in the original.
        let mut shift = 0_usize;
        let end = Piece::Kept(self.original.len()..self.original.len());
        for piece in self.pieces.iter().chain([&end]) {
            let Piece::Kept(kept) = piece else {
                if let Piece::New(text) = piece {
                    added.push_str(text);
                }
                continue;
            };
            let removed = lines::slice(self.original, kept_to..kept.start);
            if let Some((range, text)) = smallest(kept_to, removed, &added) {
                let old = lines::slice(self.original, range.clone()).to_owned();
                // Wrapping, because the shift can be negative.
                let start = (range.start + offset).wrapping_add(shift);
                edit.undo.push(Splice {
                    range: start..start + text.len(),
                    replacement: old,
                });
                shift = shift.wrapping_add(text.len()).wrapping_sub(range.len());
                edit.splices.push(Splice {
                    range: range.start + offset..range.end + offset,
                    replacement: text,
                });
            }
            added.clear();
            kept_to = kept.end;
        }
        edit
    }
}

/// A splice without what it replaces by the same text at its beginning and end; `None` if nothing is left.
pub(crate) fn smallest(at: usize, removed: &str, added: &str) -> Option<(Range<usize>, String)> {
    let same = |(one, other): &(char, char)| one == other;
    let length = |(one, _): (char, char)| one.len_utf8();
    let pairs = removed.chars().zip(added.chars());
    let prefix: usize = pairs.take_while(same).map(length).sum();
    let (removed, added) = (removed.get(prefix..)?, added.get(prefix..)?);
    let pairs = removed.chars().rev().zip(added.chars().rev());
    let suffix: usize = pairs.take_while(same).map(length).sum();
    let removed = removed.len() - suffix;
    let added = added.get(..added.len() - suffix)?;
    let start = at + prefix;
    (removed > 0 || !added.is_empty()).then(|| (start..start + removed, added.to_owned()))
}

/// The first byte of what kept a document from being read to its end.
fn unread_from(document: &Document, text: &str) -> Option<usize> {
    let is_blank = lines::skip_blank(text, 0) == text.len();
    if document.stops().is_empty() || is_blank {
        return None;
    }
    let problems = document.problems().iter();
    let starts = problems.filter_map(|problem| match problem.focus {
        Focus::At(place) if prevents_reading(problem.rule) => Some(place.start.byte),
        _ => None,
    });
    Some(starts.min().unwrap_or(0))
}
