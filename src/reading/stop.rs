//! The part of a plan in which parsing stopped.

use crate::document::Stop;
use crate::plan::Plan;
use crate::value::suggest::misspelled;

/// The part of the plan in which parsing stopped, if any. An unknown top-level key counts as a line of the part before it
/// that is not indented enough, so the rest of that part was not read.
pub fn part_at(stop: &Stop) -> Option<&str> {
    let section = stop.section()?;
    known(section).or_else(|| stop.before().rev().find_map(known))
}

/// The top-level key at which parsing stopped, if it is unknown and so counts as a line of the part before it.
pub(super) fn stray(stop: &Stop) -> Option<&str> {
    stop.section().filter(|section| known(section).is_none())
}

/// The part with this key, which may be misspelled.
fn known(key: &str) -> Option<&'static str> {
    let keys = || Plan::KEYS.iter().copied();
    let exact = keys().find(|known| *known == key);
    exact.or_else(|| misspelled(key, keys()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn keys_are_those_of_the_plan() {
        let plan = serde_json::to_value(Plan::default()).unwrap();
        let serialized = plan.as_object().unwrap().keys().map(String::as_str);
        let listed: BTreeSet<_> = Plan::KEYS.iter().copied().collect();
        assert_eq!(listed, serialized.collect());
    }
}
