//! The parts of a plan in which the author has not answered anything yet.

use crate::document::{Document, Entry, Node, Value};
use crate::plan::Plan;
use crate::value::path::Path;

/// Keys whose values `new` writes itself, to lay out groups and goals in the sections. They are no answers of the author.
const LAID_OUT: [&str; 19] = [
    "afzender",
    "ambassadeur",
    "aspect",
    "belemmeringen",
    "doel",
    "doelen",
    "eigenaar",
    "groep",
    "leidt_tot",
    "onderdeel",
    "richting",
    "rol",
    "soort",
    "status",
    "strategieen",
    "taal",
    "trekker",
    "vertegenwoordigt",
    "vorm",
];

/// The number of blank sections up to which each of their findings is worth reading.
const FEW: usize = 3;

/// The parts without an answer of the author, if the plan looks as `new` leaves it: with every section, and many of them
/// blank.
pub(super) fn blank_parts(document: &Document) -> Vec<&'static str> {
    let Value::Mapping(parts) = &document.root().value else {
        return Vec::new();
    };
    let has_all_sections = Plan::SECTIONS.iter().all(|key| parts.contains_key(*key));
    let has_blank = |key: &&&str| parts.get(**key).is_some_and(|part| is_blank(&part.value));
    let blank: Vec<&'static str> = Plan::KEYS.iter().filter(has_blank).copied().collect();
    let is_section = |key: &&&str| Plan::SECTIONS.contains(*key);
    if has_all_sections && blank.iter().filter(is_section).count() > FEW {
        blank
    } else {
        Vec::new()
    }
}

/// The parts with the answers that `new` asks for, if they have no others and all other sections are blank.
pub(super) fn begun_parts(document: &Document, blank: &[&str]) -> Vec<&'static str> {
    const GROUPS: &str = "betrokken_groepen";
    const ASKED: [&str; 4] = ["naam", "rol", "belang", "invloed"];

    let parts = ["plan", GROUPS].into_iter();
    let begun: Vec<&'static str> = parts.filter(|part| !blank.contains(part)).collect();
    let rest = Plan::SECTIONS.iter().filter(|section| **section != GROUPS);
    let is_rest_blank = rest.into_iter().all(|section| blank.contains(section));
    let is_asked =
        |(key, entry): (&String, &Entry)| ASKED.contains(&key.as_str()) || entry.value.is_empty();
    let has_only_asked = || {
        let groups = document.get(&Path::root().join(GROUPS));
        groups.is_none_or(|groups| match &groups.value {
            Value::Mapping(groups) => groups.values().all(|group| match &group.value.value {
                Value::Mapping(group) => group.iter().all(is_asked),
                _ => group.value.is_empty(),
            }),
            _ => groups.is_empty(),
        })
    };
    if is_rest_blank && has_only_asked() {
        begun
    } else {
        Vec::new()
    }
}

/// Whether a value has no answer of the author.
fn is_blank(node: &Node) -> bool {
    match &node.value {
        Value::Mapping(entries) => entries.iter().all(|(key, entry)| {
            // A role of the team can have such a name too.
            let is_thing = matches!(entry.value.value, Value::Mapping(_));
            !is_thing && LAID_OUT.contains(&key.as_str()) || is_blank(&entry.value)
        }),
        Value::List(items) => items.iter().all(is_blank),
        _ => node.is_empty(),
    }
}
