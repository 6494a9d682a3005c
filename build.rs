//! Embeds the words, templates and examples of rules, so that the program starts without reading files.

// A failing build should panic with its reason.
#![allow(clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_yaml::Value;

/// Prefixes of keys that only templates use, or that code builds at run time. These keys get no constants.
const WITHOUT_CONSTANTS: [&str; 14] = [
    "bladzijde.",
    "cli.",
    "keuzes.",
    "maanden.",
    "regels.",
    "sjablonen.bestanden.",
    "sjablonen.filters.",
    "sjablonen.functies.",
    "sjablonen.macros.",
    "sjablonen.namen.",
    "sjablonen.soort.",
    "storing.oorzaak.",
    "velden.",
    "weergave.",
];

#[path = "src/value/fold.rs"]
mod fold;

fn main() {
    println!("cargo::rerun-if-changed=src/value/fold.rs");
    let words = ["nl", "en"].map(words);
    let [dutch, english] = [&words[0], &words[1]].map(|words| embedded(words));
    let code = format!("static NL: {TABLE} = &{dutch:?};\nstatic EN: {TABLE} = &{english:?};");
    write("words.rs", &code);
    let keys: Vec<(&str, &str)> = words[0]
        .iter()
        .map(|(key, _)| (key.as_str(), key.as_str()))
        .filter(|(key, _)| {
            let has_none = WITHOUT_CONSTANTS
                .iter()
                .any(|prefix| key.starts_with(prefix));
            !has_none && key.split('.').all(is_identifier)
        })
        .collect();
    write("keys.rs", &constants(&keys));
    write(
        "spellings.rs",
        &format!("const SPELLINGS: &[Spelling] = &{:?};", spellings()),
    );
    write(
        "labels.rs",
        &format!("const LABELS: &[(&str, &str)] = &{:?};", labels(&words)),
    );
    let (form, documents): (Vec<_>, Vec<_>) = templates()
        .into_iter()
        .partition(|(name, _)| name.starts_with("form/"));
    write(
        "templates.rs",
        &format!("static TEMPLATES: {TABLE} = &{documents:?};"),
    );
    write(
        "form.rs",
        &format!("static TEMPLATES: {TABLE} = &{form:?};"),
    );
    let (dutch, english) = (examples("nl"), examples("en"));
    write(
        "examples.rs",
        &format!(
            "const DUTCH: &[Example] = &[{dutch}];\nconst ENGLISH: &[Example] = &[{english}];"
        ),
    );
}

/// Prefixes of keys that the page in the browser goes without: it has no commands and no templates of users, and a limited size.
const NOT_IN_PAGE: [&str; 2] = ["cli.", "sjablonen."];

/// The words that the program has.
fn embedded(words: &[(String, String)]) -> Vec<&(String, String)> {
    let family = std::env::var("CARGO_CFG_TARGET_FAMILY").unwrap_or_default();
    let is_left_out =
        |key: &str| family == "wasm" && NOT_IN_PAGE.iter().any(|prefix| key.starts_with(prefix));
    words.iter().filter(|(key, _)| !is_left_out(key)).collect()
}

/// The type of a table of texts by name.
const TABLE: &str = "&[(&str, &str)]";

fn write(name: &str, code: &str) {
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join(name), code).expect("OUT_DIR is writable");
}

/// The words of one language, from `src/words/LANGUAGE/**/*.yaml`, sorted by dotted key.
fn words(language: &str) -> Vec<(String, String)> {
    let mut table = BTreeMap::new();
    for path in files(&Path::new("src/words").join(language)) {
        add_words(&path, &mut table);
    }
    Vec::from_iter(table)
}

/// Adds the words of one file.
fn add_words(path: &Path, table: &mut BTreeMap<String, String>) {
    let words = serde_yaml::from_str(&read(path))
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    flatten("", &words, table, path);
}

/// Adds every text under its dotted key.
fn flatten(key: &str, value: &Value, table: &mut BTreeMap<String, String>, path: &Path) {
    if let Value::Mapping(mapping) = value {
        for (name, value) in mapping {
            let name = name
                .as_str()
                .unwrap_or_else(|| panic!("{}: quote the key under {key}", path.display()));
            let key = if key.is_empty() {
                name.to_owned()
            } else {
                format!("{key}.{name}")
            };
            flatten(&key, value, table, path);
        }
        return;
    }
    let text = value
        .as_str()
        .unwrap_or_else(|| panic!("{}: {key} is not a text", path.display()));
    let before = table.insert(key.to_owned(), text.trim().to_owned());
    assert!(before.is_none(), "{}: duplicate key {key}", path.display());
}

/// The spellings of the choices in a plan, from `src/words/LANGUAGE/choices.yaml`: the word itself, its labels and its synonyms
/// (`keuzes.KIND_ook`). Each has its kind, the folded spelling, the choice that it means, and the spelling as it is.
fn spellings() -> Vec<(String, String, String, String)> {
    let mut all: BTreeMap<(String, String), (String, String)> = BTreeMap::new();
    for language in ["nl", "en"] {
        let mut choices = BTreeMap::new();
        let path = Path::new("src/words").join(language).join("choices.yaml");
        add_words(&path, &mut choices);
        for (key, text) in &choices {
            let (kind, choice) = key
                .strip_prefix("keuzes.")
                .and_then(|key| key.split_once('.'))
                .unwrap_or_else(|| panic!("{}: {key} is not a choice", path.display()));
            let (kind, words) = match kind.strip_suffix("_ook") {
                Some(kind) => (kind, text.split(", ").collect()),
                None => (kind, vec![choice, text]),
            };
            for word in words {
                let spelling = (kind.to_owned(), fold::fold(word));
                let (known, _) = all
                    .entry(spelling)
                    .or_insert_with(|| (choice.to_owned(), word.to_owned()));
                assert_eq!(known, choice, "{kind}: {word}");
            }
        }
    }
    all.into_iter()
        .map(|((kind, folded), (choice, word))| (kind, folded, choice, word))
        .collect()
}

/// The key of each field with its label and the other words for it (`velden.FIELD.ook`), in both languages, in lower case.
fn labels(languages: &[Vec<(String, String)>]) -> Vec<(String, String)> {
    let mut labels = BTreeSet::new();
    for (key, text) in languages.iter().flatten() {
        let Some((field, kind)) = key
            .strip_prefix("velden.")
            .and_then(|key| key.rsplit_once('.'))
        else {
            continue;
        };
        let words = match kind {
            "label" => vec![text.as_str()],
            "ook" => text.split(", ").collect(),
            _ => continue,
        };
        let key = field.rsplit('.').next().unwrap_or(field);
        if key != "*" {
            labels.extend(
                words
                    .iter()
                    .map(|word| (key.to_owned(), word.to_lowercase())),
            );
        }
    }
    Vec::from_iter(labels)
}

fn is_identifier(segment: &str) -> bool {
    let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    segment.starts_with(|c: char| c.is_ascii_lowercase()) && segment.chars().all(is_word)
}

/// A constant for each key, in nested modules: `a.b.c` becomes `a::b::C`. Each row is a key and the part of it below the
/// current module; rows are sorted.
fn constants(rows: &[(&str, &str)]) -> String {
    let head = |rest: &str| rest.split('.').next().unwrap_or_default().to_owned();
    let mut code = String::new();
    for group in rows.chunk_by(|a, b| head(a.1) == head(b.1)) {
        let (key, rest) = group[0];
        let Some((module, _)) = rest.split_once('.') else {
            code += &format!("pub const {}: &str = {key:?};\n", rest.to_uppercase());
            continue;
        };
        let below: Vec<_> = group
            .iter()
            .map(|(key, rest)| (*key, &rest[module.len() + 1..]))
            .collect();
        code += &format!("pub mod {module} {{\n{}}}\n", constants(&below));
    }
    code
}

/// The templates by name, which is their path in `templates/`.
fn templates() -> Vec<(String, String)> {
    let folder = Path::new("templates");
    let mut templates: Vec<_> = files(folder)
        .into_iter()
        .filter_map(|path| {
            let name = path.strip_prefix(folder).ok()?.to_str()?;
            Some((name.replace('\\', "/"), read(&path)))
        })
        .collect();
    templates.sort();
    templates
}

/// The example of each rule in one language, from `src/rules/examples/LANGUAGE/RULE.yaml`: a plan that breaks the rule and a
/// twin that does not.
fn examples(language: &str) -> String {
    /// The plan without the comments for `tests/contract/rules.rs`.
    fn shown(plan: &str) -> String {
        plan.lines()
            .filter(|line| !line.starts_with('#'))
            .fold(String::new(), |all, line| all + line + "\n")
    }
    let mut examples: Vec<_> = files(&Path::new("src/rules/examples").join(language))
        .iter()
        .map(|path| {
            let text = read(path);
            let (broken, mended) = text
                .split_once("\n---\n")
                .unwrap_or_else(|| panic!("{}: no twin", path.display()));
            let paths = broken
                .lines()
                .filter_map(|line| line.strip_prefix("# pad: "));
            let mut paths: Vec<String> = paths.map(str::to_owned).collect();
            // The example of a file that is no YAML has only the paths of its findings.
            if let (Ok(broken), Ok(mended)) =
                (serde_yaml::from_str(broken), serde_yaml::from_str(mended))
            {
                changes(&broken, &mended, "", &mut paths);
            }
            format!(
                "Example {{ rule: {:?}, paths: {:?}, broken: {:?}, mended: {:?} }}",
                path.file_stem().unwrap_or_default().to_string_lossy(),
                paths.join("\n"),
                shown(broken),
                shown(mended)
            )
        })
        .collect();
    examples.sort();
    examples.join(",\n")
}

/// Adds the path of each value that two plans do not share.
fn changes(old: &Value, new: &Value, path: &str, paths: &mut Vec<String>) {
    match (old, new) {
        (Value::Mapping(old), Value::Mapping(new)) => {
            for key in old
                .keys()
                .chain(new.keys().filter(|key| !old.contains_key(key)))
            {
                let name = key.as_str().unwrap_or_default();
                let below = if path.is_empty() {
                    name.to_owned()
                } else {
                    format!("{path}.{name}")
                };
                match (old.get(key), new.get(key)) {
                    (Some(old), Some(new)) => changes(old, new, &below, paths),
                    _ => paths.push(below),
                }
            }
        }
        (Value::Sequence(old), Value::Sequence(new)) if old.len() == new.len() => {
            for (old, new) in old.iter().zip(new) {
                changes(old, new, path, paths);
            }
        }
        _ if old == new => {}
        _ => paths.push(path.to_owned()),
    }
}

/// All files in a folder and its subfolders, except hidden ones. A change in any of them runs this build script again.
fn files(folder: &Path) -> Vec<PathBuf> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    paths
        .filter(|path| !is_hidden(path))
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().starts_with('.')
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
