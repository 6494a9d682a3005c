//! Which part of a plan reading stopped in.

use std::iter;

use crate::document::Stop;
use crate::plan::Plan;
use crate::value::suggest::misspelt;

/// The part of the plan in which reading stopped, if it stopped in one. A key at the top that no plan has is a line of the
/// part before it that is not indented enough: what comes behind it belongs to that part, and was not read.
#[must_use]
pub fn part_at(stop: &Stop) -> Option<&str> {
    let section = stop.section()?;
    iter::once(section)
        .chain(stop.before().rev())
        .find_map(known)
}

/// The key at the top at which reading stopped, if it is a line of another part that is not indented enough.
pub(super) fn stray(stop: &Stop) -> Option<&str> {
    stop.section().filter(|section| known(section).is_none())
}

/// The part that a key stands for, misspelt or not.
fn known(key: &str) -> Option<&'static str> {
    let mut keys = Plan::KEYS.iter().copied();
    let exact = keys.clone().find(|known| *known == key);
    exact.or_else(|| misspelt(key, &mut keys))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_keys_at_the_top_are_those_of_a_plan() {
        let plan = serde_json::to_value(Plan::default()).unwrap();
        let of_plan = plan.as_object().unwrap().keys().map(String::as_str);
        assert_eq!(
            Plan::KEYS.iter().copied().collect::<BTreeSet<_>>(),
            of_plan.collect()
        );
    }
}
