//! The values of a plan file without their places, to compare what an edited file says with what it should say.

use indexmap::IndexMap;

use super::Content;
use crate::document::{Node, Value};
use crate::value::path::{Path, Step};

/// A value of a plan file. Empty lists and mappings are nothing, and white space around a text does not count, as in a plan.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    Nothing,
    Unread,
    Text(String),
    List(Vec<Tree>),
    Mapping(IndexMap<String, Tree>),
}

impl Tree {
    pub(super) fn of(node: &Node) -> Self {
        match &node.value {
            Value::Empty => Self::Nothing,
            Value::Unread => Self::Unread,
            Value::Scalar { text, .. } => Self::Text(text.trim().to_owned()),
            Value::List(items) => Self::List(items.iter().map(Self::of).collect()).tidy(),
            Value::Mapping(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, entry)| (key.clone(), Self::of(&entry.value)));
                Self::Mapping(entries.collect()).tidy()
            }
        }
    }

    pub(super) fn of_content(content: &Content) -> Self {
        match content {
            Content::Nothing => Self::Nothing,
            Content::Text(text) => Self::Text(text.trim().to_owned()),
            Content::List(items) => Self::List(items.iter().map(Self::of_content).collect()).tidy(),
            Content::Mapping(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|(key, value)| (key.clone(), Self::of_content(value)));
                Self::Mapping(entries.collect()).tidy()
            }
        }
    }

    /// Whether a node has this value.
    pub(super) fn says(&self, node: &Node) -> bool {
        match (self, &node.value) {
            (Self::Nothing, Value::List(items)) => items.is_empty(),
            (Self::Nothing, Value::Mapping(entries)) => entries.is_empty(),
            (Self::Nothing, Value::Empty) | (Self::Unread, Value::Unread) => true,
            (Self::Text(own), Value::Scalar { text, .. }) => own == text.trim(),
            (Self::List(own), Value::List(items)) => {
                let mut pairs = own.iter().zip(items);
                own.len() == items.len() && pairs.all(|(own, item)| own.says(item))
            }
            (Self::Mapping(own), Value::Mapping(entries)) => {
                let says = |(key, own): (&String, &Self)| {
                    entries.get(key).is_some_and(|entry| own.says(&entry.value))
                };
                own.len() == entries.len() && own.iter().all(says)
            }
            _ => false,
        }
    }

    fn tidy(self) -> Self {
        match &self {
            Self::List(items) if items.is_empty() => Self::Nothing,
            Self::Mapping(entries) if entries.is_empty() => Self::Nothing,
            _ => self,
        }
    }

    pub(super) fn get(&self, path: &Path) -> Option<&Self> {
        path.steps()
            .try_fold(self, |tree, step| match (tree, step) {
                (Self::List(items), Step::Index(index)) => items.get(*index),
                (Self::Mapping(entries), Step::Key(key)) => entries.get(key),
                _ => None,
            })
    }

    fn get_mut(&mut self, path: &Path) -> Option<&mut Self> {
        path.steps()
            .try_fold(self, |tree, step| match (tree, step) {
                (Self::List(items), Step::Index(index)) => items.get_mut(*index),
                (Self::Mapping(entries), Step::Key(key)) => entries.get_mut(key),
                _ => None,
            })
    }

    pub(super) fn set(&mut self, path: &Path, value: Self) {
        if let Some(tree) = self.get_mut(path) {
            *tree = value;
        }
    }

    /// Adds a part to the list or mapping at a path, which may be nothing yet.
    pub(super) fn insert(&mut self, path: &Path, index: usize, key: Option<&str>, value: Self) {
        let Some(tree) = self.get_mut(path) else {
            return;
        };
        match (&mut *tree, key) {
            (Self::List(items), None) => items.insert(index.min(items.len()), value),
            (Self::Mapping(entries), Some(key)) => {
                entries.shift_insert(index.min(entries.len()), key.to_owned(), value);
            }
            (_, None) => *tree = Self::List(vec![value]),
            (_, Some(key)) => *tree = Self::Mapping(IndexMap::from([(key.to_owned(), value)])),
        }
    }

    /// Removes a part from the list or mapping at a path.
    pub(super) fn cut(&mut self, path: &Path, index: usize) {
        let Some(tree) = self.get_mut(path) else {
            return;
        };
        match tree {
            Self::List(items) if index < items.len() => drop(items.remove(index)),
            Self::Mapping(entries) => drop(entries.shift_remove_index(index)),
            _ => {}
        }
        *tree = std::mem::replace(tree, Self::Nothing).tidy();
    }

    /// Moves a part of the list or mapping at a path.
    pub(super) fn shift(&mut self, path: &Path, from: usize, to: usize) {
        match self.get_mut(path) {
            Some(Self::List(items)) if from < items.len() && to < items.len() => {
                let item = items.remove(from);
                items.insert(to, item);
            }
            Some(Self::Mapping(entries)) if from < entries.len() && to < entries.len() => {
                entries.move_index(from, to);
            }
            _ => {}
        }
    }

    /// Gives the last key of a path another name.
    pub(super) fn rename(&mut self, path: &Path, name: &str) {
        let mut parent = path.clone();
        parent.pop();
        let Some(Step::Key(key)) = path.steps().next_back() else {
            return;
        };
        if let Some(Self::Mapping(entries)) = self.get_mut(&parent)
            && let Some((index, _, value)) = entries.shift_remove_full(key)
        {
            entries.shift_insert(index, name.to_owned(), value);
        }
    }

    /// The number of parts of a list or mapping.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::List(items) => items.len(),
            Self::Mapping(entries) => entries.len(),
            _ => 0,
        }
    }
}
