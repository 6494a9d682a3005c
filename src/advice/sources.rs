//! The sources of advice.

use indexmap::IndexMap;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::finding::Argument;
use crate::words::Words;
use crate::words::key::advies::werk;

/// A source: a work, and the place in it if it has numbered ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Source {
    /// The key of the text that names the work.
    work: &'static str,
    /// The number of the section, table or strategy; empty for a short work.
    place: String,
}

/// The code of each work in the files, with the key of its text.
const WORKS: [(&str, &str); 7] = [
    ("H", werk::HANDREIKING),
    ("T", werk::TOOLKIT),
    ("D", werk::TIPS),
    ("L", werk::LEERKRING),
    ("ERIC", werk::ERIC),
    ("CFIR", werk::CFIR),
    ("eigen", werk::EIGEN),
];

impl<'de> Deserialize<'de> for Source {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let source = String::deserialize(deserializer)?;
        let (code, place) = source.split_once(' ').unwrap_or((&source, ""));
        let known = WORKS.iter().find(|(known, _)| *known == code);
        let (_, work) = known.ok_or_else(|| D::Error::custom(code))?;
        Ok(Self {
            work,
            place: place.to_owned(),
        })
    }
}

impl Source {
    /// Whether it is the guide.
    pub fn is_guide(&self) -> bool {
        self.work == werk::HANDREIKING
    }

    /// Sources in words, each work once, with the cluster of a strategy of ERIC.
    pub fn list(sources: &[Self], cluster: Option<&str>, words: Words) -> String {
        let mut places: IndexMap<&str, Vec<String>> = IndexMap::new();
        for source in sources {
            let places = places.entry(source.work).or_default();
            places.extend((!source.place.is_empty()).then(|| source.place.clone()));
        }
        words.list(places.into_iter().map(|(work, places)| {
            let place = (!places.is_empty()).then(|| ("plek", words.list(places)));
            let cluster = cluster.map(|cluster| ("groep", cluster.to_owned()));
            let arguments = place.into_iter().chain(cluster);
            let arguments = arguments.map(|(name, text)| (name, Argument::Whole(text)));
            words.text(work, &arguments.collect::<Vec<_>>())
        }))
    }
}
