//! Modules depend one way: each may use those above it in the list, never those below.

#![allow(clippy::unwrap_used, reason = "tests may panic")]

use std::fs;
use std::path::{Path, PathBuf};

/// The modules of the library in dependency order.
const MODULES: [&str; 22] = [
    "value", "finding", "document", "plan", "reading", "facts", "rules", "checked", "words",
    "advice", "schema", "explain", "scaffold", "editing", "report", "view", "render", "office",
    "sheets", "calendar", "form", "lint",
];

/// Every Rust file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The module of a file: `rules` for `src/rules/plan.rs` and for `src/rules.rs`.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix("src").unwrap();
    let first = inside.iter().next().unwrap().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file that is built into the product: without comments and unit tests.
fn product_code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The modules that some code names as `crate::MODULE`, in braces or not.
fn used_modules(code: &str) -> Vec<String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut used = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let rest = &code[at + start.len()..];
        let names: Vec<&str> = match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap().split(',').collect(),
            None => vec![rest],
        };
        for name in names {
            let name = name.trim().split(|c| !is_name(c)).next().unwrap();
            used.push(name.to_owned());
        }
    }
    used
}

#[test]
fn modules_use_only_earlier_modules() {
    let position = |module: &str| MODULES.iter().position(|known| *known == module);
    let mut wrong = Vec::new();
    for file in files(Path::new("src")) {
        let module = module_of(&file);
        let is_test = file.ends_with("tests.rs") || file.ends_with("testing.rs");
        if is_test || ["lib", "main", "cli"].contains(&module.as_str()) {
            continue;
        }
        let Some(own) = position(&module) else {
            wrong.push(format!("{}: add it to the list here", file.display()));
            continue;
        };
        for used in used_modules(&product_code(&file)) {
            if position(&used).is_none_or(|used| used > own) {
                wrong.push(format!("{} uses {used}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_command_line_uses_the_operating_system() {
    let mut wrong = Vec::new();
    for file in files(Path::new("src")) {
        if ["main", "cli"].contains(&module_of(&file).as_str()) {
            continue;
        }
        let code = product_code(&file);
        for outside in [
            "std::fs",
            "std::thread",
            "std::net",
            "std::process",
            "std::env",
            "SystemTime",
        ] {
            if code.contains(outside) {
                wrong.push(format!("{} uses {outside}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn imports_are_found() {
    let code =
        "use crate::value::path;\nuse crate::{facts, plan::Plan};\nlet x = crate::words::get();";
    assert_eq!(used_modules(code), ["value", "facts", "plan", "words"]);
}
