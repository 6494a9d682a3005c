//! Cycles in a dependency graph.

use std::collections::{HashMap, HashSet, VecDeque};

use indexmap::IndexMap;

/// The predecessors of each node, in the author's order.
pub(super) type Predecessors<'p> = IndexMap<&'p str, Vec<&'p str>>;

/// Nodes that all depend on each other, so that none can come first.
#[derive(Debug, PartialEq)]
pub(super) struct Cycle<'p> {
    /// A shortest path around the cycle, starting at the node that comes first in the plan.
    pub(super) path: Vec<&'p str>,
    /// All nodes of the strongly connected component, which may hold more than one cycle.
    pub(super) members: HashSet<&'p str>,
}

/// All cycles, in the author's order: the strongly connected components, by Kosaraju's algorithm in linear time. Iterative,
/// so that a long cycle cannot overflow the stack.
pub(super) fn cycles<'p>(after: &Predecessors<'p>) -> Vec<Cycle<'p>> {
    let mut before: Predecessors<'_> = after.keys().map(|id| (*id, Vec::new())).collect();
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
    let mut cycles: Vec<Cycle<'_>> = components
        .filter_map(|members| cycle(members, after))
        .collect();
    cycles.sort_by_key(|cycle| {
        cycle
            .path
            .first()
            .and_then(|first| after.get_index_of(first))
    });
    cycles
}

/// The nodes reachable from each root, except those reachable from an earlier root, in depth-first postorder.
fn reached<'p>(
    roots: impl Iterator<Item = &'p str>,
    links: &Predecessors<'p>,
) -> Vec<Vec<&'p str>> {
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

/// The cycle of these members, if they form one: the shortest path from the first back to itself.
fn cycle<'p>(members: HashSet<&'p str>, after: &Predecessors<'p>) -> Option<Cycle<'p>> {
    let ids = members.iter().copied();
    let first = ids.min_by_key(|id| after.get_index_of(id))?;
    let mut came_from: HashMap<&str, &str> = HashMap::new();
    let mut queue = VecDeque::from([first]);
    while let Some(id) = queue.pop_front() {
        let next = after.get(id).into_iter().flatten();
        for to in next.filter(|to| members.contains(*to)) {
            if *to == first {
                let mut path: Vec<&str> =
                    std::iter::successors(Some(id), |id| came_from.get(id).copied()).collect();
                path.reverse();
                return Some(Cycle { path, members });
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

    fn paths(links: &[(&'static str, &[&'static str])]) -> Vec<Vec<&'static str>> {
        let after = links
            .iter()
            .map(|(id, after)| (*id, after.to_vec()))
            .collect();
        cycles(&after).into_iter().map(|cycle| cycle.path).collect()
    }

    #[test]
    fn chain_is_not_a_cycle() {
        let chain = [("a", &[][..]), ("b", &["a"]), ("c", &["a", "b"])];
        assert!(paths(&chain).is_empty());
    }

    #[test]
    fn cycle_starts_at_its_first_item() {
        let links: [(_, &[_]); 4] = [("d", &["c"]), ("a", &["c"]), ("b", &["a"]), ("c", &["b"])];
        assert_eq!(paths(&links), [["a", "c", "b"]]);
        assert_eq!(paths(&[("a", &["a"])]), [["a"]]);
    }

    #[test]
    fn overlapping_cycles_are_one_cycle() {
        let after: Predecessors<'_> = [("a", vec!["b", "c"]), ("b", vec!["a"]), ("c", vec!["a"])]
            .into_iter()
            .collect();
        let cycles = cycles(&after);
        assert_eq!(cycles.len(), 1);
        assert_eq!(cycles[0].path, ["a", "b"]);
        assert_eq!(cycles[0].members.len(), 3);
    }

    #[test]
    fn long_cycle_does_not_overflow_the_stack() {
        let names: Vec<String> = (0..50_000).map(|nr| nr.to_string()).collect();
        let next = names.iter().cycle().skip(1);
        let after: Predecessors<'_> = names
            .iter()
            .zip(next)
            .map(|(id, next)| (id.as_str(), vec![next.as_str()]))
            .collect();
        let cycles = cycles(&after);
        assert_eq!(cycles[0].path.len(), names.len());
    }
}
