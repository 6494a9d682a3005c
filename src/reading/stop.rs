//! Which part of a plan reading stopped in.

use std::iter;

use crate::document::Stop;
use crate::suggest::misspelt;

/// What may stand at the top of the file.
const KEYS: [&str; 18] = [
    "versie",
    "plan",
    "beschrijving_interventie",
    "randvoorwaarden",
    "betrokken_groepen",
    "gebruikers",
    "implementatiedoelen",
    "contextanalyse",
    "implementatiestrategieen",
    "implementatieteam",
    "borging",
    "monitoring",
    "evaluatie",
    "planning_en_budget",
    "communicatieplan",
    "voortgang",
    "literatuur",
    "uitzonderingen",
];

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
    let exact = KEYS.into_iter().find(|known| *known == key);
    exact.or_else(|| misspelt(key, KEYS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Plan;

    #[test]
    fn the_keys_at_the_top_are_those_of_a_plan() {
        let plan = serde_json::to_value(Plan::default()).unwrap();
        let keys: Vec<&str> = plan
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        let mut known = KEYS;
        known.sort_unstable();
        let mut keys_of_plan = keys;
        keys_of_plan.sort_unstable();
        assert_eq!(known.as_slice(), keys_of_plan);
    }
}
