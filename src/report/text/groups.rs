//! The findings that a report for people shows together.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::finding::Severity;
use crate::report::{FileReport, Item, SECTION_MISSING};
use crate::words::Words;

/// The number of findings of one rule and severity that are shown one by one; the others share a line per cause.
const REPEATS: usize = 3;

/// The number of findings in one part of the plan that are shown with their source line: about a screen.
const IN_FULL: usize = 5;

/// Findings that are shown together.
pub(super) enum Group<'r> {
    /// One finding.
    One {
        item: &'r Item,
        /// Whether there is space to show it with its source line.
        in_full: bool,
    },
    /// Further findings of a rule that have one cause.
    Repeats(Vec<&'r Item>),
    /// All findings of a part of the plan in which nothing is answered yet.
    Blank(Vec<&'r Item>),
}

/// The findings in file order, with those that are shown together at the place of the first of them. The severity counts,
/// so that no fout is hidden behind warnings.
pub(super) fn groups<'r>(file: &'r FileReport, items: &[&'r Item], words: Words) -> Vec<Group<'r>> {
    let mut seen: HashMap<(&str, Severity), usize> = HashMap::new();
    let mut shared: HashMap<(Option<&str>, Vec<String>), usize> = HashMap::new();
    let mut groups = Vec::new();
    for (item, in_full) in items.iter().copied().zip(in_full(items)) {
        let rule = item.finding.rule.name;
        let count = seen.entry((rule, item.finding.severity)).or_default();
        let (key, group): (_, fn(Vec<&'r Item>) -> Group<'r>) = if file.is_to_be_filled_in(item) {
            ((Some(item.part()), Vec::new()), Group::Blank)
        } else if *count < REPEATS {
            *count += 1;
            groups.push(Group::One { item, in_full });
            continue;
        } else {
            ((None, cause(item, words)), Group::Repeats)
        };
        let nr = *shared.entry(key).or_insert_with(|| {
            groups.push(group(Vec::new()));
            groups.len() - 1
        });
        if let Group::Repeats(items) | Group::Blank(items) = &mut groups[nr] {
            items.push(item);
        }
    }
    groups
}

/// The properties that repeats share on one line: rule, severity and fix, and the same wrong value or missing keys.
fn cause(item: &Item, words: Words) -> Vec<String> {
    let (rule, severity, fix) = fix(item);
    let mut cause = [rule, severity.key(), fix].map(str::to_owned).to_vec();
    cause.extend(same_in_all(item, words));
    cause
}

/// The arguments that say what is wrong, rather than which thing it is wrong with.
pub(super) fn same_in_all(item: &Item, words: Words) -> Option<String> {
    let arguments = item.finding.arguments.iter();
    let mut causes = arguments.filter(|(name, _)| CAUSES.contains(name));
    causes.next().map(|(_, argument)| words.argument(argument))
}

/// Selects the findings to show in full: the most severe ones of each part of the plan, in file order.
fn in_full(items: &[&Item]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|nr| Reverse(items[*nr].finding.severity));
    let mut shown: HashMap<&str, usize> = HashMap::new();
    let mut in_full = vec![false; items.len()];
    for nr in order {
        let of_part = shown.entry(items[nr].part()).or_default();
        in_full[nr] = *of_part < IN_FULL;
        *of_part += 1;
    }
    in_full
}

/// The arguments that say what is wrong: the wrong value, or the missing keys.
const CAUSES: [&str; 7] = [
    "waarde",
    "id",
    "tekst",
    "ontbreekt",
    "sleutels",
    "oorzaak",
    "woorden",
];

/// The rule, severity and fix of a finding. Missing sections have one fix, whatever their keys.
pub(super) fn fix(item: &Item) -> (&'static str, Severity, &str) {
    let finding = &item.finding;
    let fix = match finding.rule.name {
        SECTION_MISSING => "",
        _ => &item.fix,
    };
    (finding.rule.name, finding.severity, fix)
}
