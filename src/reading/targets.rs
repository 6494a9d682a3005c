//! Which ids a document has, before any of it is read, so that a misspelt reference can be read as the one it means.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::document::{Document, Entry, Value};
use crate::plan::catalogue::KINDS;
use crate::value::path::Path;
use crate::value::suggest::misspelt;
use crate::value::{Id, RefKind, SourceRef};

/// How many misspelt references are looked into, and among how many ids: each look costs time by their number.
const MOST_LOOKS: usize = 100;
const MOST_IDS: usize = 1_000;

type Things = IndexMap<String, Entry>;

/// The mappings that references lead to, as they stand in the document.
pub(super) struct Targets<'d> {
    mappings: Vec<(RefKind, &'d Things)>,
    /// The ids that are not well-formed, by what they should be.
    malformed: HashMap<(RefKind, String), &'d str>,
    looks: usize,
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
        let mappings = KINDS
            .iter()
            .filter_map(|kind| Some((kind.reference?, mapping(kind.path)?)));
        let mappings: Vec<(RefKind, &Things)> = mappings.collect();
        let mut malformed = HashMap::new();
        for (kind, things) in &mappings {
            let ids = things.keys().take(MOST_IDS).map(String::as_str);
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
            looks: 0,
        }
    }

    /// The id as it is declared, if a reference writes it well-formed and its declaration does not.
    pub(super) fn declared(&self, kind: RefKind, id: &str) -> Option<&'d str> {
        if self.malformed.is_empty() {
            return None;
        }
        let kinds = match kind {
            RefKind::GroupOrRole => [RefKind::Group, RefKind::Role],
            kind => [kind, kind],
        };
        let exists = self
            .mappings
            .iter()
            .any(|(kind, things)| kinds.contains(kind) && things.contains_key(id));
        let declared = kinds.map(|kind| self.malformed.get(&(kind, id.to_owned())).copied());
        declared.into_iter().flatten().next().filter(|_| !exists)
    }

    /// The id that a reference means, if it does not exist and can only be the misspelling of one that does.
    pub(super) fn meant(&mut self, kind: RefKind, id: &str) -> Option<&'d str> {
        // What may be one of two kinds is not misspelt as far as can be known, while the things of either are not there.
        let has = |kind| self.mappings.iter().any(|(target, _)| *target == kind);
        if kind == RefKind::GroupOrRole && !(has(RefKind::Group) && has(RefKind::Role)) {
            return None;
        }
        let serves = |target: RefKind| match kind {
            RefKind::GroupOrRole => matches!(target, RefKind::Group | RefKind::Role),
            kind => target == kind,
        };
        let mappings = || {
            self.mappings
                .iter()
                .filter(|(target, _)| serves(*target))
                .map(|(_, things)| *things)
        };
        // Ids with commas between them are a list without brackets.
        if id.contains(',') {
            return None;
        }
        let exists = mappings().any(|things| things.contains_key(id))
            || (kind == RefKind::Source && SourceRef::WORDS.contains(&id));
        if exists || self.looks >= MOST_LOOKS {
            return None;
        }
        let ids = mappings()
            .flat_map(|things| things.keys().take(MOST_IDS))
            .map(String::as_str);
        let meant = misspelt(id, ids);
        self.looks += 1;
        meant
    }
}
