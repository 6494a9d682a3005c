//! Locations in a plan: by keys ([`Path`]) and in the text ([`Place`]).
//!
//! A path does not change with the layout of the file. [`Document`](crate::document::Document) maps it to a place.

use std::cmp::Ordering;
use std::sync::Arc;
use std::{fmt, iter};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Step {
    /// A key of a mapping.
    Key(String),
    /// An index of a list, from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<&String> for Step {
    fn from(key: &String) -> Self {
        Self::Key(key.clone())
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

/// The steps from the root of a plan to one of its values, written `gebruikers.managers.veranderingen[0].soll`. The root
/// itself is the empty path.
///
/// Paths share their parents, so that a path can be kept for each text and reference of a plan: it is as small as a pointer
/// and cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Path(Option<Arc<Link>>);

#[derive(Debug, PartialEq, Eq, Hash)]
struct Link {
    parent: Path,
    step: Step,
}

impl Path {
    /// The empty path.
    #[must_use]
    pub const fn root() -> Self {
        Self(None)
    }

    /// This path with one more step.
    #[must_use]
    pub fn join(&self, step: impl Into<Step>) -> Self {
        let (parent, step) = (self.clone(), step.into());
        Self(Some(Arc::new(Link { parent, step })))
    }

    /// Adds a step.
    pub fn push(&mut self, step: impl Into<Step>) {
        *self = self.join(step);
    }

    /// Removes the last step.
    pub fn pop(&mut self) {
        if let Some(link) = &self.0 {
            *self = link.parent.clone();
        }
    }

    /// The first step, from the root; none for the root itself.
    #[must_use]
    pub fn first(&self) -> Option<&Step> {
        self.backward().last()
    }

    /// The steps from the root down.
    #[must_use]
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        let steps: Vec<_> = self.backward().collect();
        steps.into_iter().rev()
    }

    /// The steps from the last one up.
    fn backward(&self) -> impl Iterator<Item = &Step> {
        let links = iter::successors(self.0.as_ref(), |link| link.parent.0.as_ref());
        links.map(|link| &link.step)
    }

    /// Whether the keys of this path match a pattern such as `monitoring.*.doel`, in which `*` matches any key. Indices do
    /// not count, so that a pattern for a list matches its items too.
    #[must_use]
    pub fn matches(&self, pattern: &str) -> bool {
        let mut expected = pattern.split('.');
        let mut keys = self.steps().filter_map(|step| match step {
            Step::Key(key) => Some(key),
            Step::Index(_) => None,
        });
        keys.all(|key| {
            expected
                .next()
                .is_some_and(|name| name == "*" || name == key)
        }) && expected.next().is_none()
    }
}

impl<S: Into<Step>> FromIterator<S> for Path {
    fn from_iter<I: IntoIterator<Item = S>>(steps: I) -> Self {
        let mut path = Self::root();
        for step in steps {
            path.push(step);
        }
        path
    }
}

/// Writes a path as the list of its steps.
impl Serialize for Path {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.steps())
    }
}

/// Reads a path from the list of its steps.
impl<'de> Deserialize<'de> for Path {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let steps = Vec::<Step>::deserialize(deserializer)?;
        Ok(steps.into_iter().collect())
    }
}

/// Orders paths by their steps, from the root down.
impl Ord for Path {
    fn cmp(&self, other: &Self) -> Ordering {
        self.steps().cmp(other.steps())
    }
}

impl PartialOrd for Path {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nr, step) in self.steps().enumerate() {
            match step {
                Step::Key(key) if nr == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// A path whose last key is borrowed. Reading makes one for every value, and few are ever written out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PathRef<'k> {
    parent: Path,
    last: Option<StepRef<'k>>,
}

/// A step whose key is borrowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepRef<'k> {
    /// A key of a mapping.
    Key(&'k str),
    /// An index in a list, from 0.
    Index(usize),
}

impl<'k> PathRef<'k> {
    /// The path of a part of the value at `parent`.
    pub const fn new(parent: Path, last: StepRef<'k>) -> Self {
        Self {
            parent,
            last: Some(last),
        }
    }

    /// The path with a key of its own.
    #[must_use]
    pub fn to_path(&self) -> Path {
        match self.last {
            None => self.parent.clone(),
            Some(StepRef::Key(key)) => self.parent.join(key),
            Some(StepRef::Index(index)) => self.parent.join(index),
        }
    }

    /// Whether this is the path of a root key, or below it.
    pub fn is_below(&self, key: &str) -> bool {
        match (self.parent.first(), self.last) {
            (Some(first), _) => matches!(first, Step::Key(first) if first == key),
            (None, last) => last == Some(StepRef::Key(key)),
        }
    }
}

/// Builds a [`Path`] from its steps: `path!["gebruikers", group, "veranderingen", 0]`.
macro_rules! path_of {
    ($($step:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut path = $crate::value::path::Path::root();
        $(path.push($step);)*
        path
    }};
}
// `path` itself would be ambiguous with the built-in attribute.
pub(crate) use path_of as path;

/// A position in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The byte offset in the text, from 0.
    pub byte: usize,
}

/// A range of text from `start` up to but not including `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The position of the first character.
    pub start: Position,
    /// The position after the last character.
    pub end: Position,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_as_users_read_it() {
        assert_eq!(
            path!["gebruikers", "managers", "veranderingen", 0, "soll"].to_string(),
            "gebruikers.managers.veranderingen[0].soll"
        );
        assert_eq!(Path::root().to_string(), "");
    }

    #[test]
    fn a_path_is_extended_and_shortened_without_changing_its_clones() {
        let parent = path!["monitoring", "gesprekken"];
        let mut path = parent.join("doel");
        assert_eq!(
            (path.clone(), parent.steps().count()),
            (path!["monitoring", "gesprekken", "doel"], 2)
        );
        path.pop();
        assert_eq!(path, parent);
        let mut root = Path::root();
        root.pop();
        assert_eq!(root, Path::root());
        assert_eq!(parent.steps().cloned().collect::<Path>(), parent);
    }

    #[test]
    fn paths_are_ordered_by_their_steps() {
        let mut paths = [
            path!["b"],
            path!["a", 1],
            path!["a", "z", "c"],
            path!["a", "z"],
            Path::root(),
        ];
        paths.sort();
        let written = paths.map(|path| path.to_string());
        assert_eq!(written, ["", "a.z", "a.z.c", "a[1]", "b"]);
    }

    #[test]
    fn a_pattern_matches_keys_and_skips_indices() {
        let path = path!["monitoring", "gesprekken", "doel", 1];
        for pattern in ["monitoring.*.doel", "monitoring.gesprekken.doel", "*.*.*"] {
            assert!(path.matches(pattern), "{pattern}");
        }
        for pattern in ["monitoring", "monitoring.*", "monitoring.*.*.*", "*.x.doel"] {
            assert!(!path.matches(pattern), "{pattern}");
        }
        assert!(!Path::root().matches("monitoring"));
    }
}
