//! Where things stand that were noted, in a few bytes each: ways share the steps that they have in common.

use std::iter;

use crate::value::path::{Path, Step};

/// The way to something that was noted while a plan was read; [`Reading::path`](super::Reading::path) writes it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Way(usize);

impl Way {
    /// The way to the plan as a whole.
    pub(super) const TOP: Self = Self(0);
}

/// One step down into a document, in its own words.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stride<'d> {
    Key(&'d str),
    Index(usize),
}

impl From<Stride<'_>> for Step {
    fn from(stride: Stride<'_>) -> Self {
        match stride {
            Stride::Key(key) => key.into(),
            Stride::Index(index) => index.into(),
        }
    }
}

/// The last step of every way, and the way before it.
#[derive(Debug, Default)]
pub(super) struct Ways<'d>(Vec<(Way, Stride<'d>)>);

impl<'d> Ways<'d> {
    /// The way that goes one step further.
    pub(super) fn step(&mut self, from: Way, stride: Stride<'d>) -> Way {
        self.0.push((from, stride));
        Way(self.0.len())
    }

    pub(super) fn path(&self, way: Way) -> Path {
        let strides: Vec<_> = self.backward(way).collect();
        strides.into_iter().rev().collect()
    }

    /// The key with which a way begins.
    pub(super) fn top(&self, way: Way) -> Option<&'d str> {
        match self.backward(way).last() {
            Some(Stride::Key(key)) => Some(key),
            _ => None,
        }
    }

    /// The steps of a way, the last first.
    fn backward(&self, way: Way) -> impl Iterator<Item = Stride<'d>> {
        let mut next = way;
        iter::from_fn(move || {
            let (before, stride) = *next.0.checked_sub(1).and_then(|nr| self.0.get(nr))?;
            next = before;
            Some(stride)
        })
    }
}
