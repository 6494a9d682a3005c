//! The commands as people run them: sessions in `tests/cmd/` and in the README, read and run by the same program.
//!
//! `TRYCMD=overwrite cargo test --test cmd` writes the expected output anew. Read the difference.

// A test may stop at the first surprise.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

fn cases() -> trycmd::TestCases {
    let cases = trycmd::TestCases::new();
    cases
        .env("LANG", "nl_NL.UTF-8")
        .env("NO_COLOR", "1")
        .env("PLANMAKER_LANG", "");
    cases
}

#[test]
fn commands_say_what_their_sessions_show() {
    cases().case("tests/cmd/*.md");
}

/// The README's sessions run in a folder of their own, with a copy of the examples in it.
#[test]
fn the_readme_shows_what_the_commands_say() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("readme");
    let _ = fs::remove_dir_all(&folder);
    for place in ["README.in/examples", "README.out"] {
        fs::create_dir_all(folder.join(place)).unwrap();
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
