//! Turns the words (`src/words/LANGUAGE/**/*.yaml`) into sorted tables and embeds the templates, so that the program
//! starts without reading anything.

// A build that cannot go on stops, and says why.
#![allow(clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_yaml::Value;

fn main() {
    println!("cargo::rerun-if-changed=src/words");
    let out = std::env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let mut code = String::new();
    for language in ["nl", "en"] {
        let mut table = BTreeMap::new();
        collect(&Path::new("src/words").join(language), &mut table);
        writeln!(
            code,
            "static {}: &[(&str, &str)] = &{:?};",
            language.to_uppercase(),
            Vec::from_iter(table)
        )
        .expect("a string takes all");
    }
    fs::write(Path::new(&out).join("words.rs"), code).expect("OUT_DIR can be written");
    fs::write(Path::new(&out).join("examples.rs"), examples()).expect("OUT_DIR can be written");
    fs::write(Path::new(&out).join("templates.rs"), templates()).expect("OUT_DIR can be written");
}

/// The templates by name, sorted, as they stand in their files: which of them are needed, and so compiled, a document says.
fn templates() -> String {
    println!("cargo::rerun-if-changed=templates");
    let mut all = BTreeMap::new();
    sources(Path::new("templates"), "", &mut all);
    format!(
        "static TEMPLATES: &[(&str, &str)] = &{:?};",
        Vec::from_iter(all)
    )
}

/// Adds every template of a folder under its name: its path from the folder of all templates.
fn sources(folder: &Path, before: &str, all: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder of templates") {
        let path = entry.expect("an entry").path();
        let file = path.file_name().expect("a name").to_string_lossy();
        let name = format!("{before}{file}");
        if path.is_dir() {
            sources(&path, &format!("{name}/"), all);
        } else if !file.starts_with('.') {
            all.insert(name, fs::read_to_string(&path).expect("a template"));
        }
    }
}

/// The smallest plans of the rules (`src/rules/examples/RULE.yaml`) and their twins, which `explain` shows.
fn examples() -> String {
    println!("cargo::rerun-if-changed=src/rules/examples");
    let mut all = BTreeMap::new();
    for entry in fs::read_dir("src/rules/examples").expect("a folder of cases") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).unwrap_or_default();
        if let Some((broken, mended)) = text.split_once("\n---\n") {
            let shown = |plan: &str| {
                plan.lines()
                    .filter(|line| !line.starts_with('#'))
                    .fold(String::new(), |all, line| all + line + "\n")
            };
            all.insert(name, (shown(broken), shown(mended)));
        }
    }
    let rows: Vec<_> = all
        .iter()
        .map(|(name, (broken, mended))| (name, broken, mended))
        .collect();
    format!("static EXAMPLES: &[(&str, &str, &str)] = &{rows:?};")
}

/// Adds every text of every file in a folder under its dotted key.
fn collect(folder: &Path, table: &mut BTreeMap<String, String>) {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .expect("a folder of words")
        .map(|e| e.expect("an entry").path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, table);
            continue;
        }
        let text = fs::read_to_string(&path).expect("a file of words");
        let words = serde_yaml::from_str(&text)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        flatten("", &words, table, &path);
    }
}

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
        .unwrap_or_else(|| panic!("{}: {key} is no text", path.display()));
    let before = table.insert(key.to_owned(), text.trim().to_owned());
    assert!(
        before.is_none(),
        "{}: {key} stands there twice",
        path.display()
    );
}
