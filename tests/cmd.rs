//! Sessions of commands, in `tests/cmd/` and in the README, run as tests.
//!
//! `TRYCMD=overwrite cargo test --test cmd` updates the expected output. Review the difference.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    cases.env("NO_COLOR", "1").env("PLANMAKER_LANG", "nl");
    cases
}

#[test]
fn sessions_match() {
    cases().case("tests/cmd/*.md");
}

/// Runs the README's sessions in a separate folder with a copy of the examples.
#[test]
fn sessions_in_the_readme_match() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("readme");
    let _ = fs::remove_dir_all(&folder);
    for folder_name in ["README.in/examples", "README.out"] {
        fs::create_dir_all(folder.join(folder_name)).unwrap();
    }
    copy(Path::new("examples"), &folder.join("README.in/examples"));
    let readme = folder.join("README.md");
    fs::copy("README.md", &readme).unwrap();
    cases().case(&readme).run();
    if std::env::var("TRYCMD").is_ok_and(|mode| mode == "overwrite") {
        fs::copy(&readme, "README.md").unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}
