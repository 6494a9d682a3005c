//! Recognising plans, also broken ones, among the YAML files in a folder.

use std::cell::LazyCell;
use std::path::Path;

use planmaker::report::SkipReason;
use planmaker::{Argument, Document, Node, NodeValue, Plan, schema};

/// The reason why a file in a folder is not checked; `None` if it is a plan, or plainly meant as one.
pub fn why_skipped(path: &Path, bytes: &[u8], document: &Document) -> Option<SkipReason> {
    let root = document.root();
    if has(root, "plan") && has(root, "feiten") {
        return Some(SkipReason::Rendered);
    }
    if is_meant(root) {
        return None;
    }
    let is_read = !is_blank(root);
    let is_whole = document.stops().is_empty();
    if !(is_read && is_whole) && (looks_meant(bytes) || !is_read && says_plan(path)) {
        return None;
    }
    Some(if is_read && is_whole || is_other_yaml(document) {
        SkipReason::NoPlan
    } else {
        SkipReason::Unreadable
    })
}

/// Whether a file that was not read to its end may be YAML all the same: a list, a text, nothing, several documents, or too
/// much for a plan.
fn is_other_yaml(document: &Document) -> bool {
    const OTHER_YAML: [&str; 3] = ["leeg", "geen-mapping", "tweede-document"];

    document.problems().iter().any(|problem| {
        let cause = problem.argument("oorzaak");
        let is_no_mapping = matches!(
            cause,
            Some(Argument::Choice(_, code)) if OTHER_YAML.contains(&code.as_str())
        );
        is_no_mapping || problem.rule.name == "bestand-te-groot"
    })
}

fn is_blank(root: &Node) -> bool {
    matches!(&root.value, NodeValue::Mapping(entries) if entries.is_empty())
}

/// Whether a mapping has a key, in any case.
fn has(node: &Node, name: &str) -> bool {
    match &node.value {
        NodeValue::Mapping(entries) => entries.keys().any(|key| key.to_lowercase() == name),
        _ => false,
    }
}

/// Whether a mapping at the root of a file has the plan's cover or one of its sections. English files have keys such as
/// `plan` and `monitoring` too: those count only beside `versie`, or with fields of a plan in them.
fn is_meant(root: &Node) -> bool {
    let NodeValue::Mapping(entries) = &root.value else {
        return false;
    };
    let has_version = has(root, "versie");
    let fields = LazyCell::new(schema::fields);
    entries.iter().any(|(key, entry)| {
        let key = key.to_lowercase();
        let can_be_part = match &entry.value.value {
            NodeValue::Mapping(_) | NodeValue::Empty | NodeValue::Unread => true,
            NodeValue::Scalar { .. } | NodeValue::List(_) => has_version,
        };
        let is_cover_or_section = key == "plan" || Plan::SECTIONS.contains(&key.as_str());
        is_cover_or_section
            && can_be_part
            && (has_version || is_unmistakable(&key) || has_field(&key, &entry.value, &fields))
    })
}

/// Whether a key of a plan is no English word.
fn is_unmistakable(key: &str) -> bool {
    Plan::SECTIONS.contains(&key) && key != "monitoring"
}

/// Whether a part of the plan has one of its fields, either directly or in a thing by id.
fn has_field(key: &str, part: &Node, fields: &[String]) -> bool {
    let is_field = |path: String| fields.contains(&path);
    let NodeValue::Mapping(entries) = &part.value else {
        return false;
    };
    entries.iter().any(|(name, entry)| {
        // Other files have these in a `plan` too.
        let is_common = ["start", "status"].contains(&name.as_str());
        let has_inner = || match &entry.value.value {
            NodeValue::Mapping(inner) => inner
                .keys()
                .any(|field| field != "data" && is_field(format!("{key}.*.{field}"))),
            _ => false,
        };
        !is_common && (is_field(format!("{key}.{name}")) || has_inner())
    })
}

/// Whether the text of an unreadable file has a line that begins a part of a plan. Without the zero bytes, UTF-16 reads as
/// ASCII; a list before everything, conflict markers and the signs of a quoted mail do not matter.
fn looks_meant(bytes: &[u8]) -> bool {
    let bytes: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.split(['\n', '\r']).map(|line| {
        let line = line.trim_start_matches(|c: char| !c.is_ascii());
        line.strip_prefix("- ")
            .or_else(|| line.strip_prefix("> "))
            .or_else(|| line.strip_prefix("  "))
            .unwrap_or(line)
    });
    let mut has_cover = false;
    for line in lines {
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let key = key.to_lowercase();
        let begins = value.trim().is_empty() || value.trim_start().starts_with(['#', '{']);
        let has_title = ["titel", "interventie"].contains(&key.trim_start());
        if begins && is_unmistakable(&key) || has_cover && has_title {
            return true;
        }
        has_cover |= begins && key == "plan";
    }
    false
}

/// Whether a word in the name of a file is "plan" or ends with it, such as "implementatieplan-2027".
fn says_plan(path: &Path) -> bool {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = name.to_lowercase();
    let mut words = name.split(|c: char| !c.is_alphabetic());
    words.any(|word| word.ends_with("plan"))
}
