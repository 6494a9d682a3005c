//! The names of documents, as files that every system can have in one folder.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};

use indexmap::IndexSet;
use planmaker::{Language, Layout};

use super::To;
use crate::cli::device::is_device;

/// The maximum length of a file name in bytes, which is that of most file systems.
const MAX_NAME: usize = 255;

/// Returns a name for each document: `plan.html` for the plan in `plan.yaml`, `plan-samenvatting.html` for its summary.
///
/// A name that is too long, or that differs from another only in case, gets a hash of what it stands for. Other characters cannot
/// make two names equal on any system: a layout's part is ASCII, and the plan's part is the same in all.
pub fn of(
    stem: &OsStr,
    documents: &IndexSet<(To, Layout<'_>)>,
    language: Language,
) -> Vec<OsString> {
    let names: Vec<OsString> = documents
        .iter()
        .map(|(to, layout)| whole(stem, *to, *layout, language))
        .collect();
    let mut uses: HashMap<String, usize> = HashMap::new();
    for name in &names {
        *uses.entry(folded(name)).or_default() += 1;
    }
    let pairs = documents.iter().zip(names);
    pairs
        .map(|((to, layout), name)| {
            if name.len() > MAX_NAME || uses[&folded(&name)] > 1 {
                shortened(&name, stem, *to, *layout)
            } else {
                name
            }
        })
        .collect()
}

/// The full name.
fn whole(stem: &OsStr, to: To, layout: Layout<'_>, language: Language) -> OsString {
    let mut name = stem.to_owned();
    if let Some(layout) = layout.name(language) {
        name.push("-");
        name.push(layout);
    }
    name.push(extension(to));
    if is_device(&name) {
        let mut other = OsString::from("_");
        other.push(name);
        return other;
    }
    name
}

/// The extension of a format. YAML data gets a name that differs from the plan's.
const fn extension(to: To) -> &'static str {
    match to {
        To::Html => ".html",
        To::Md => ".md",
        To::Json => ".json",
        To::Yaml => ".weergave.yaml",
        To::Docx => ".docx",
        To::Odt => ".odt",
        To::Pdf => ".pdf",
        To::Xlsx => ".xlsx",
        To::Ics => ".ics",
    }
}

fn shortened(name: &OsStr, stem: &OsStr, to: To, layout: Layout<'_>) -> OsString {
    let id = match layout {
        Layout::Group(id) | Layout::Interview(id) => id,
        _ => "",
    };
    let hash = hash(&[
        name.as_encoded_bytes(),
        stem.as_encoded_bytes(),
        id.as_bytes(),
    ]);
    let ending = format!("-{hash:016x}{}", extension(to));
    let name = name.to_string_lossy();
    let name = name.strip_suffix(extension(to)).unwrap_or(&name);
    let mut kept = name.len().min(MAX_NAME - ending.len());
    while !name.is_char_boundary(kept) {
        kept -= 1;
    }
    format!("{}{ending}", &name[..kept]).into()
}

fn folded(name: &OsStr) -> String {
    name.to_string_lossy().to_lowercase()
}

/// A hash that is the same in every version: 64-bit FNV-1a, with a byte that is in no text after each part.
fn hash(parts: &[&[u8]]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.iter().chain(&[0xFF]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    fn names(stem: &str, ids: &[&str]) -> Vec<String> {
        let layouts = ids.iter().map(|id| Layout::Group(id));
        let layouts = layouts.chain([Layout::Plan, Layout::Summary]);
        let documents = layouts.flat_map(|it| [(To::Html, it), (To::Yaml, it)]);
        of(stem.as_ref(), &documents.collect(), Language::Dutch)
            .into_iter()
            .map(|name| name.into_string().unwrap())
            .collect()
    }

    #[test]
    fn names_are_short_and_differ_on_every_system() {
        let long = [
            "x".repeat(300),
            "X".repeat(300),
            "x".repeat(301),
            "ë".repeat(80),
        ];
        let mut ids: Vec<&str> = long.iter().map(String::as_str).collect();
        ids.extend([
            "team", "Team", "TEAM", "é", "e\u{301}", "éa", "\u{e9a}", "../x", "", "-",
        ]);
        for stem in ["plan", "nul", "é", &"é".repeat(125), &"p".repeat(250)] {
            let names = names(stem, &ids);
            let different: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
            assert_eq!(different.len(), names.len(), "{names:?}");
            for name in &names {
                assert!(name.len() <= MAX_NAME && !name.contains('/'), "{name}");
                let extension = name.split_once('.').map(|(_, extension)| extension);
                assert!(
                    matches!(extension, Some("html" | "weergave.yaml")),
                    "{name}"
                );
                assert!(!is_device(name.as_ref()), "{name}");
            }
        }
    }

    /// Other programs may refer to the documents.
    #[test]
    fn a_name_is_the_same_whatever_else_the_plan_names() {
        let one = names("plan", &["team", "uitvoerders"]);
        assert_eq!(one[0], "plan-groep-team.html");
        let two = names("plan", &["uitvoerders", "Team", "team"]);
        assert_eq!(two[0], "plan-groep-uitvoerders.html");
        let other_order = names("plan", &["team", "Team"]);
        assert_eq!(two[4], other_order[0]);
        assert_eq!(other_order[0], "plan-groep-team-79d8778e7d7661fc.html");
    }

    #[test]
    fn devices_of_windows_are_not_named() {
        for (stem, name) in [
            ("nul", "_nul.html"),
            ("Con", "_Con.html"),
            ("com1.2027", "_com1.2027.html"),
            ("com1.2027", "_com1.2027-samenvatting.html"),
            ("console", "console.html"),
            ("com10", "com10.html"),
        ] {
            assert!(names(stem, &[]).contains(&name.to_owned()), "{stem}");
        }
    }
}
