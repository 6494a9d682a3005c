//! Where something stands in a plan: by keys ([`Path`]) and on the page ([`Place`]).
//!
//! A path says *what* a finding is about and never changes with layout; only
//! [`Document`](crate::document::Document) turns it into a place.

use std::fmt;

/// One step down into a plan.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Into a mapping, by key.
    Key(String),
    /// Into a list, counted from 0.
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

/// The way from the top of a plan to one of its values, written `gebruikers.managers.veranderingen[0].soll`.
///
/// The top of the plan itself is the empty path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

impl Path {
    /// The top of the plan.
    #[must_use]
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// This path, one step further.
    #[must_use]
    pub fn join(&self, step: impl Into<Step>) -> Self {
        let mut longer = self.clone();
        longer.push(step);
        longer
    }

    /// Takes one step further.
    pub fn push(&mut self, step: impl Into<Step>) {
        self.0.push(step.into());
    }

    /// Takes one step back.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// What this path lies in; `None` for the top.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, before) = self.0.split_last()?;
        Some(Self(before.to_vec()))
    }

    /// The steps from the top down.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether this is a place written like `monitoring.*.doel`, or an item of a list there; `*` stands for any key.
    #[must_use]
    pub fn stands_at(&self, place: &str) -> bool {
        let keys = self.0.iter().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        let mut expected = place.split('.');
        keys.map(Some)
            .chain([None])
            .all(|key| match (key, expected.next()) {
                (Some(key), Some(wanted)) => wanted == "*" || wanted == key,
                (key, wanted) => key == wanted,
            })
    }

    /// Whether this path is `outer` or lies in it.
    #[must_use]
    pub fn lies_in(&self, outer: &Self) -> bool {
        self.0.starts_with(&outer.0)
    }
}

impl<S: Into<Step>> FromIterator<S> for Path {
    fn from_iter<I: IntoIterator<Item = S>>(steps: I) -> Self {
        Self(steps.into_iter().map(Into::into).collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (nr, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if nr == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, ".{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
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

/// A point in a text: line and column from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The character in the line, from 1.
    pub column: usize,
    /// The byte in the text, from 0.
    pub byte: usize,
}

/// A stretch of text, from its first character up to but not including `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The first character.
    pub start: Position,
    /// The character after the last.
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
    fn a_path_lies_in_its_parents_only() {
        let goal = path!["implementatiedoelen", "x"];
        assert!(goal.join("norm").lies_in(&goal));
        assert!(!path!["implementatiedoelen", "xy"].lies_in(&goal));
        assert_eq!(goal.parent(), Some(path!["implementatiedoelen"]));
        assert_eq!(Path::root().parent(), None);
    }
}
