//! Changes to a plan as the smallest splices of its text.
//!
//! Comments, order, quotes and layout of everything else stay as they are, byte for byte. A change is written, read back and
//! compared with what the file should say; if that differs, it is refused and nothing changes. What the answers mean is not
//! judged here: that is for [`Checked`](crate::Checked).
//!
//! ```
//! use planmaker::Path;
//! use planmaker::editing::{Change, Edit, apply};
//!
//! let plan = "plan:\n  titel: Een begin  # werktitel\n";
//! let path = ["plan", "titel"].into_iter().collect::<Path>();
//! let value = "Een plan".into();
//! let edit = apply(plan, &Change::Set { path, value })?;
//! let changed = Edit::splice(plan, &edit.splices);
//! assert_eq!(changed.as_deref(), Some("plan:\n  titel: Een plan  # werktitel\n"));
//! # Ok::<(), planmaker::editing::EditError>(())
//! ```

mod add;
mod clear;
mod draft;
mod lines;
mod model;
mod moving;
mod parts;
mod remove;
mod rename;
mod set;
#[cfg(test)]
mod tests;
mod tree;
mod values;
mod write;

use std::ops::Range;

use thiserror::Error;

use crate::document::{Document, Value};
use crate::reading;
use crate::value::Id;
use crate::value::path::{Path, Step};
use draft::Draft;
pub(crate) use draft::smallest;
use values::Style;

/// A change to a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Gives an answer. Missing parents are added where the model has them. A blank text is the same as [`Change::Clear`].
    Set {
        /// The path of the answer, which may not exist yet.
        path: Path,
        /// The answer.
        value: Content,
    },
    /// Removes an answer and its key, and parents that are left empty, unless they have comments or an id.
    Clear {
        /// The path of the answer.
        path: Path,
    },
    /// Adds a thing to a mapping of things by id, or an item to a list.
    Add {
        /// The path of the mapping or list, which may not exist yet.
        to: Path,
        /// The id of the thing; `None` for an item of a list.
        id: Option<String>,
        /// The position among those that are there, from 0; `None` for the last.
        at: Option<usize>,
        /// The thing or item, which may be [`Content::Nothing`].
        value: Content,
    },
    /// Removes a thing from its mapping, or an item from its list. References to it stay.
    Remove {
        /// The path of the thing or item.
        path: Path,
    },
    /// Moves a thing or item to another position among its siblings.
    Move {
        /// The path of the thing or item.
        path: Path,
        /// Its new position, from 0.
        to: usize,
    },
    /// Gives a thing another id, also where the plan refers to it.
    Rename {
        /// The path of the thing.
        path: Path,
        /// The new id.
        id: String,
    },
}

/// A value to write into a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// No value yet, such as that of a new thing.
    Nothing,
    /// A text, choice, number or date. White space around it does not count.
    Text(String),
    /// A list.
    List(Vec<Content>),
    /// Keys with values.
    Mapping(Vec<(String, Content)>),
}

impl From<&str> for Content {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl FromIterator<String> for Content {
    fn from_iter<I: IntoIterator<Item = String>>(texts: I) -> Self {
        Self::List(texts.into_iter().map(Self::Text).collect())
    }
}

/// A replacement of some bytes of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// The bytes that are replaced.
    pub range: Range<usize>,
    /// The text in their place.
    pub replacement: String,
}

/// A change as splices of the text of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edit {
    /// The splices of the text, in order and without overlap. Their ranges are in the text before the change.
    pub splices: Vec<Splice>,
    /// The splices of the changed text that give the text before the change.
    pub undo: Vec<Splice>,
}

impl Edit {
    /// The text of a plan with these splices; `None` if they are not splices of this text.
    #[must_use]
    pub fn splice(text: &str, splices: &[Splice]) -> Option<String> {
        let (mut new, mut at) = (String::with_capacity(text.len()), 0);
        for Splice { range, replacement } in splices {
            text.get(range.clone())?;
            new.push_str(text.get(at..range.start)?);
            new.push_str(replacement);
            at = range.end;
        }
        new.push_str(text.get(at..)?);
        Some(new)
    }
}

/// The reason that a change cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum EditError {
    /// Nothing exists at the path, and the model has no such key.
    #[error("{}: no such place in the plan", shown(path))]
    NoSuchPath {
        /// The path.
        path: Path,
    },
    /// The change needs keys there, but the plan or the model has something else.
    #[error("{}: not a mapping", shown(path))]
    NotAMapping {
        /// The path.
        path: Path,
    },
    /// The change needs a list there, but the plan or the model has something else.
    #[error("{}: not a list", shown(path))]
    NotAList {
        /// The path.
        path: Path,
    },
    /// The change needs a single value there, but the model has keys or things.
    #[error(
        "{}: a mapping, which cannot be replaced by a text or list",
        shown(path)
    )]
    NotAText {
        /// The path.
        path: Path,
    },
    /// Only things and items of lists can be removed, moved or renamed.
    #[error("{}: neither a thing with an id nor an item of a list", shown(path))]
    NotAThing {
        /// The path.
        path: Path,
    },
    /// Another thing has the id.
    #[error("{}: the id is taken", shown(path))]
    IdTaken {
        /// The path that the thing would have, or that of the thing that has the id.
        path: Path,
    },
    /// An id consists of lower-case letters, digits and hyphens.
    #[error("\"{id}\" is not an id: it needs lower-case letters, digits and hyphens")]
    MalformedId {
        /// The id.
        id: String,
    },
    /// The place is in a part of the file that could not be read, or behind one.
    #[error("{}: in or behind a part of the file that cannot be read", shown(path))]
    Unread {
        /// The path; empty if nothing of the file could be read.
        path: Path,
    },
    /// A plan cannot contain the character.
    #[error("a text with the character U+{:04X}, which a plan cannot contain", u32::from(*.character))]
    Character {
        /// The character.
        character: char,
    },
    /// The file, or the value, would be too large to be read.
    #[error("too large: the plan could not be read any more")]
    TooLarge,
    /// The change cannot be written without changing something else.
    #[error(
        "{}: the file is written in a way in which this cannot change by itself",
        shown(path)
    )]
    Entangled {
        /// The path.
        path: Path,
    },
}

/// A path, also if it is that of the whole plan.
fn shown(path: &Path) -> String {
    if *path == Path::root() {
        "the whole plan".to_owned()
    } else {
        path.to_string()
    }
}

impl EditError {
    fn no_such_path(path: &Path) -> Self {
        Self::NoSuchPath { path: path.clone() }
    }

    fn unread(path: &Path) -> Self {
        Self::Unread { path: path.clone() }
    }

    fn entangled(path: &Path) -> Self {
        Self::Entangled { path: path.clone() }
    }
}

/// Works out the splices that make a change to the text of a plan.
pub fn apply(text: &str, change: &Change) -> Result<Edit, EditError> {
    let mut document = Document::read(text.as_bytes());
    if document.get(change.path()).is_none() {
        // A key on the way may be misspelled.
        for key in reading::read(&document).1.renamed {
            document.rename(&key.path, key.read_as);
        }
    }
    let changes = std::slice::from_ref(change);
    let draft = changed(text, &document, changes)?;
    Ok(draft.edit(text.len() - without_mark(text).len()))
}

/// A plan after changes, with the document that was read from its text.
#[derive(Debug)]
pub(crate) struct Changed {
    pub text: String,
    pub document: Document,
}

/// Makes changes one after another in a text with a document that was read and checked.
pub(crate) fn apply_all(
    text: &str,
    document: &Document,
    changes: &[Change],
) -> Result<Changed, EditError> {
    Ok(changed(text, document, changes)?.into_changed(text))
}

/// Removes the thing or item at a path from such a text, with everything that names it.
pub(crate) fn remove_with_references(
    text: &str,
    document: &Document,
    path: &Path,
) -> Result<Changed, EditError> {
    let remove = |draft: &mut Draft<'_>| remove::with_references(draft, path);
    Ok(attempt(text, document, path, remove)?.into_changed(text))
}

fn changed<'t>(
    text: &'t str,
    document: &'t Document,
    changes: &[Change],
) -> Result<Draft<'t>, EditError> {
    let changes = changes.iter().map(tidy).collect::<Result<Vec<_>, _>>()?;
    let first = changes.first().map(Change::path).cloned();
    let make_all = |draft: &mut Draft<'_>| {
        let mut changes = changes.iter();
        changes.try_for_each(|change| make(draft, &written(document, change.path()), change))
    };
    attempt(text, document, &first.unwrap_or_default(), make_all)
}

/// Changes a text in the plainest style, or else in the one that can be written everywhere. `asked` is where an error is
/// reported.
fn attempt<'t>(
    text: &'t str,
    document: &'t Document,
    asked: &Path,
    make: impl Fn(&mut Draft<'t>) -> Result<(), EditError>,
) -> Result<Draft<'t>, EditError> {
    if text.len() > Document::MAX_BYTES {
        return Err(EditError::TooLarge);
    }
    let attempt = |style| {
        let mut draft = Draft::new(without_mark(text), document, style)?;
        make(&mut draft)?;
        draft.check()?;
        Ok(draft)
    };
    let result = match attempt(Style::Plainest) {
        Err(EditError::Entangled { .. }) => attempt(Style::Quoted),
        result => result,
    };
    result.map_err(|error| match error {
        EditError::Unread { .. } => EditError::unread(asked),
        EditError::Entangled { .. } => EditError::entangled(asked),
        other => other,
    })
}

/// The text without a byte order mark.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn make(draft: &mut Draft<'_>, path: &Path, change: &Change) -> Result<(), EditError> {
    let asked = change.path();
    match change {
        Change::Set { value, .. } => set::set(draft, asked, path, value),
        Change::Clear { .. } => clear::clear(draft, asked, path),
        Change::Add { id, at, value, .. } => {
            add::add(draft, asked, path, id.as_deref(), *at, value)
        }
        Change::Remove { .. } => remove::remove(draft, asked, path),
        Change::Move { to, .. } => moving::move_to(draft, asked, path, *to),
        Change::Rename { id, .. } => rename::rename(draft, asked, path, id),
    }
}

impl Change {
    /// The path at which the change is made.
    #[must_use]
    pub const fn path(&self) -> &Path {
        match self {
            Self::Set { path, .. }
            | Self::Clear { path }
            | Self::Add { to: path, .. }
            | Self::Remove { path }
            | Self::Move { path, .. }
            | Self::Rename { path, .. } => path,
        }
    }
}

/// The paths of the values that name the thing at a path, and of the keys that do; none if another thing has the same id, so
/// that they still lead somewhere without this one.
pub(crate) fn references(document: &Document, path: &Path) -> Vec<Path> {
    rename::references(document, path)
}

/// The path with the keys as they are written in the file, which may be misspelled.
fn written(document: &Document, asked: &Path) -> Path {
    let mut path = Path::root();
    for step in asked.steps() {
        let is_read_as = |other: &&String| {
            let other = path.join(*other);
            matches!(step, Step::Key(key) if document.read_as(&other) == Some(key))
        };
        let entries = match document.get(&path).map(|node| &node.value) {
            Some(Value::Mapping(entries)) => Some(entries),
            _ => None,
        };
        let misspelled = entries.and_then(|entries| match step {
            Step::Key(key) if !entries.contains_key(key) => entries.keys().find(is_read_as),
            _ => None,
        });
        let step = misspelled.map_or_else(|| step.clone(), Step::from);
        path.push(step);
    }
    path
}

/// The most levels of a value, and the most steps of a path. A plan needs fewer than 8.
const MAX_DEPTH: usize = 16;

/// The change with plain line ends; refuses what a plan cannot contain.
fn tidy(change: &Change) -> Result<Change, EditError> {
    if change.path().steps().count() > MAX_DEPTH {
        return Err(EditError::TooLarge);
    }
    let mut change = change.clone();
    match &mut change {
        Change::Set { value, .. } | Change::Add { value, .. } => tidy_content(value, 0)?,
        _ => {}
    }
    Ok(change)
}

fn tidy_content(content: &mut Content, depth: usize) -> Result<(), EditError> {
    if depth > MAX_DEPTH {
        return Err(EditError::TooLarge);
    }
    match content {
        Content::Nothing => {}
        Content::Text(text) => {
            if text.len() > Document::MAX_BYTES {
                return Err(EditError::TooLarge);
            }
            if text.contains('\r') {
                *text = text.replace("\r\n", "\n").replace('\r', "\n");
            }
            let is_wrong = |c: &char| {
                c.is_control() && !matches!(c, '\n' | '\t')
                    || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
            };
            if let Some(character) = text.chars().find(is_wrong) {
                return Err(EditError::Character { character });
            }
        }
        Content::List(items) => {
            for item in items {
                tidy_content(item, depth + 1)?;
            }
        }
        Content::Mapping(entries) => {
            for (_, value) in entries {
                tidy_content(value, depth + 1)?;
            }
        }
    }
    Ok(())
}

/// Refuses an id that is not well-formed.
fn check_id(id: &str) -> Result<(), EditError> {
    if Id::is_well_formed(id) && id.len() <= MAX_ID {
        Ok(())
    } else {
        let id = id.to_owned();
        Err(EditError::MalformedId { id })
    }
}

/// The longest id, in bytes: longer keys cannot be read.
const MAX_ID: usize = 200;
