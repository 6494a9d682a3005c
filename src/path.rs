//! Locations in a plan: by keys ([`Path`]) and in the text ([`Place`]).
//!
//! A path does not change with the layout of the file. [`Document`](crate::document::Document) maps it to a place.

use std::fmt;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

impl Path {
    /// The empty path.
    #[must_use]
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// This path with one more step.
    #[must_use]
    pub fn join(&self, step: impl Into<Step>) -> Self {
        let mut longer = self.clone();
        longer.push(step);
        longer
    }

    /// Adds a step.
    pub fn push(&mut self, step: impl Into<Step>) {
        self.0.push(step.into());
    }

    /// Removes the last step.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// The steps from the root down.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether the keys of this path match a pattern such as `monitoring.*.doel`, in which `*` matches any key. Indices do
    /// not count, so that a pattern for a list matches its items too.
    #[must_use]
    pub fn stands_at(&self, pattern: &str) -> bool {
        let mut expected = pattern.split('.');
        let mut keys = self.0.iter().filter_map(|step| match step {
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
#[macro_export]
macro_rules! path {
    ($($step:expr),* $(,)?) => {{
        #[allow(unused_mut)]
        let mut path = $crate::path::Path::root();
        $(path.push($step);)*
        path
    }};
}

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
    pub start: Position,
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
    fn a_pattern_matches_keys_and_skips_indices() {
        let path = path!["monitoring", "gesprekken", "doel", 1];
        for pattern in ["monitoring.*.doel", "monitoring.gesprekken.doel", "*.*.*"] {
            assert!(path.stands_at(pattern), "{pattern}");
        }
        for pattern in ["monitoring", "monitoring.*", "monitoring.*.*.*", "*.x.doel"] {
            assert!(!path.stands_at(pattern), "{pattern}");
        }
        assert!(!Path::root().stands_at("monitoring"));
    }
}
