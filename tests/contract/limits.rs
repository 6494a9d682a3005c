//! Each limit in `docs/limits.md` has a constant in the code and a test that shows it.

use std::fs;
use std::path::Path;

use super::assert_none;

const FILE: &str = "docs/limits.md";

#[test]
fn every_limit_has_its_constant_and_its_test() {
    let page = fs::read_to_string(FILE).unwrap();
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with('|') && line.contains("`src/"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() > 30, "{}", rows.len());
    let tests = ["src", "tests"]
        .map(|folder| code(Path::new(folder)))
        .concat();
    let mut problems = Vec::new();
    for row in rows {
        let [.., constant, test, _] = row.as_slice() else {
            problems.push(format!("{FILE}: {row:?} is no limit"));
            continue;
        };
        let mut constant = constant.split('`').skip(1).step_by(2);
        let (file, name) = (constant.next().unwrap(), constant.next().unwrap());
        let source = fs::read_to_string(file).unwrap_or_default();
        if !source.contains(&format!("const {name}:")) {
            problems.push(format!("{FILE}: {file} has no constant {name}"));
        }
        let test = test.trim_matches('`');
        if !tests.contains(&format!("fn {test}()")) {
            problems.push(format!("{FILE}: there is no test {test}"));
        }
    }
    assert_none(problems);
}

/// All code in a folder.
fn code(folder: &Path) -> String {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let texts = entries.map(|path| match path.extension() {
        _ if path.is_dir() => code(&path),
        Some(extension) if extension == "rs" => fs::read_to_string(&path).unwrap(),
        _ => String::new(),
    });
    texts.collect()
}
