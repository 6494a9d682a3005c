//! The ids that a document declares, collected before reading, so that misspelled references can be resolved.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::document::{Document, Entry, Value};
use crate::plan::catalogue::{KINDS, leads_to};
use crate::value::path::Path;
use crate::value::suggest::misspelled;
use crate::value::{Id, RefKind, SourceRef, plain};

/// Limits for resolving misspelled references: each lookup is linear in the number of ids.
const MAX_LOOKUPS: usize = 100;
const MAX_IDS: usize = 1_000;

type Things = IndexMap<String, Entry>;

/// The mappings that references lead to.
pub(super) struct Targets<'d> {
    mappings: Vec<(RefKind, &'d Things)>,
    /// The ids that are not well-formed, by kind and well-formed id.
    malformed: HashMap<(RefKind, String), &'d str>,
    lookups: usize,
}

impl<'d> Targets<'d> {
    pub(super) fn of(document: &'d Document) -> Self {
        let mapping = |keys: &[&str]| {
            let path = keys.iter().fold(Path::root(), |path, key| path.join(*key));
            match &document.get(&path)?.value {
                Value::Mapping(things) => Some(&**things),
                _ => None,
            }
        };
        let mappings: Vec<(RefKind, &Things)> = KINDS
            .iter()
            .filter_map(|kind| Some((kind.reference, mapping(kind.path)?)))
            .collect();
        let mut malformed = HashMap::new();
        for (kind, things) in &mappings {
            let ids = things.keys().take(MAX_IDS).map(String::as_str);
            for id in ids.filter(|id| !Id::is_well_formed(id)) {
                let formed = Id::well_formed(id);
                if !things.contains_key(&formed) {
                    malformed.entry((*kind, formed)).or_insert(id);
                }
            }
        }
        Self {
            mappings,
            malformed,
            lookups: 0,
        }
    }

    /// The declared id that a reference is but for its form: of the two, one is well-formed, or has characters that look like
    /// those of the other. For a source, also the word that the reference is another spelling of.
    pub(super) fn declared(&self, kind: RefKind, id: &str) -> Option<&'d str> {
        let is_plain = id.is_ascii();
        if is_plain && self.malformed.is_empty() && kind != RefKind::Source {
            return None;
        }
        if self.exists(kind, id) {
            return None;
        }
        let plain = plain(id);
        let formed = plain.trim_matches(['"', '\'', ' ']);
        let mut malformed = self.mappings(kind).filter_map(|(kind, _)| {
            let id = self.malformed.get(&(kind, formed.to_owned()))?;
            Some(*id)
        });
        let mut twins = self.mappings(kind).filter_map(|(_, things)| {
            let (id, _) = things.get_key_value(formed).filter(|_| !is_plain)?;
            Some(id.as_str())
        });
        let word = || SourceRef::word(id).filter(|_| kind == RefKind::Source);
        malformed.next().or_else(|| twins.next()).or_else(word)
    }

    /// The id that a reference must mean, if it does not exist and is a misspelling of one that does.
    pub(super) fn meant(&mut self, kind: RefKind, id: &str) -> Option<&'d str> {
        // A reference that may lead to either of two mappings is only certain to be misspelled if both are there.
        if kind == RefKind::GroupOrRole && self.mappings(kind).count() < 2 {
            return None;
        }
        // An id with commas is a list without brackets.
        let is_list = id.contains(',');
        let is_source = kind == RefKind::Source && SourceRef::WORDS.contains(&id);
        if is_list || is_source || self.exists(kind, id) || self.lookups >= MAX_LOOKUPS {
            return None;
        }
        self.lookups += 1;
        let mappings = self.mappings(kind);
        let ids = mappings.flat_map(|(_, things)| things.keys().take(MAX_IDS));
        misspelled(id, ids.map(String::as_str))
    }

    fn exists(&self, kind: RefKind, id: &str) -> bool {
        self.mappings(kind)
            .any(|(_, things)| things.contains_key(id))
    }

    /// The mappings that a reference may lead to.
    fn mappings(&self, reference: RefKind) -> impl Iterator<Item = (RefKind, &'d Things)> {
        let mappings = self.mappings.iter().copied();
        mappings.filter(move |(kind, _)| leads_to(reference, *kind))
    }
}
