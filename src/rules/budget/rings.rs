//! Rings in what comes after what: things of which each must wait for the next.

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;

/// From each thing to the things that it comes after, in the author's order.
pub(super) type After<'p> = IndexMap<&'p str, Vec<&'p str>>;

/// Things that all come after each other, so that none can be first.
#[derive(Debug, PartialEq)]
pub(super) struct Ring<'p> {
    /// A way round, from the thing that stands first in the plan.
    pub(super) round: Vec<&'p str>,
    /// All things that are caught in it: more than one way round may lead through the first.
    pub(super) members: HashSet<&'p str>,
}

/// All rings, in the author's order. The work grows with the number of things and links (Kosaraju's strongly connected
/// components), and however deep the rings, nothing recurses.
pub(super) fn rings<'p>(after: &After<'p>) -> Vec<Ring<'p>> {
    let mut before: After<'_> = after.keys().map(|id| (*id, Vec::new())).collect();
    for (id, earlier) in after {
        for one in earlier {
            before.entry(*one).or_default().push(*id);
        }
    }
    let finished = reached(after.keys().copied(), after).into_iter().flatten();
    let mut finished: Vec<&str> = finished.collect();
    finished.reverse();
    let components = reached(finished.into_iter(), &before)
        .into_iter()
        .map(|members| members.into_iter().collect());
    let mut rings: Vec<Ring<'_>> = components
        .filter_map(|members| ring(members, after))
        .collect();
    rings.sort_by_key(|ring| {
        ring.round
            .first()
            .and_then(|first| after.get_index_of(first))
    });
    rings
}

/// For each root in order: what it leads to and no earlier root did, each thing behind all that it leads to itself.
fn reached<'p>(roots: impl Iterator<Item = &'p str>, links: &After<'p>) -> Vec<Vec<&'p str>> {
    let next = |id: &str| links.get(id).map_or(&[][..], Vec::as_slice).iter();
    let mut seen = HashSet::new();
    let mut all = Vec::new();
    for root in roots {
        let mut finished = Vec::new();
        let mut trail = Vec::new();
        if seen.insert(root) {
            trail.push((root, next(root)));
        }
        while let Some((id, rest)) = trail.last_mut() {
            if let Some(to) = rest.next() {
                if seen.insert(*to) {
                    trail.push((*to, next(to)));
                }
            } else {
                finished.push(*id);
                trail.pop();
            }
        }
        all.push(finished);
    }
    all
}

/// The ring of these members, if they are one: the shortest way from the first back to itself.
fn ring<'p>(members: HashSet<&'p str>, after: &After<'p>) -> Option<Ring<'p>> {
    let first = members
        .iter()
        .copied()
        .min_by_key(|id| after.get_index_of(id))?;
    let mut came_from: HashMap<&str, &str> = HashMap::new();
    let mut queue = VecDeque::from([first]);
    while let Some(id) = queue.pop_front() {
        for to in after
            .get(id)
            .into_iter()
            .flatten()
            .filter(|to| members.contains(*to))
        {
            if *to == first {
                let mut round: Vec<&str> =
                    std::iter::successors(Some(id), |id| came_from.get(id).copied()).collect();
                round.reverse();
                return Some(Ring { round, members });
            }
            if !came_from.contains_key(to) {
                came_from.insert(to, id);
                queue.push_back(to);
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounds(links: &[(&'static str, &[&'static str])]) -> Vec<Vec<&'static str>> {
        let after = links
            .iter()
            .map(|(id, after)| (*id, after.to_vec()))
            .collect();
        rings(&after).into_iter().map(|ring| ring.round).collect()
    }

    #[test]
    fn chain_is_not_a_cycle() {
        assert_eq!(
            rounds(&[("a", &[]), ("b", &["a"]), ("c", &["a", "b"])]),
            Vec::<Vec<&str>>::new()
        );
    }

    #[test]
    fn cycle_starts_at_its_first_item() {
        assert_eq!(
            rounds(&[("d", &["c"]), ("a", &["c"]), ("b", &["a"]), ("c", &["b"])]),
            [["a", "c", "b"]]
        );
        assert_eq!(rounds(&[("a", &["a"])]), [["a"]]);
    }

    #[test]
    fn overlapping_cycles_are_one_cycle() {
        let after: After<'_> = [("a", vec!["b", "c"]), ("b", vec!["a"]), ("c", vec!["a"])]
            .into_iter()
            .collect();
        let rings = rings(&after);
        assert_eq!(rings.len(), 1);
        assert_eq!(rings[0].round, ["a", "b"]);
        assert_eq!(rings[0].members.len(), 3);
    }

    #[test]
    fn long_cycle_does_not_overflow_the_stack() {
        let names: Vec<String> = (0..50_000).map(|nr| nr.to_string()).collect();
        let next = names.iter().cycle().skip(1);
        let after: After<'_> = names
            .iter()
            .zip(next)
            .map(|(id, next)| (id.as_str(), vec![next.as_str()]))
            .collect();
        assert_eq!(
            rings(&after).first().map(|ring| ring.round.len()),
            Some(names.len())
        );
    }
}
