//! Any file ends with a known exit status and a message: no panic, no hang, no control characters on the terminal.
//!
//! The limits on time and memory are generous, because tests run unoptimised and in parallel. To measure a release build, see
//! `write_corpus`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

#[path = "hostile/corpus.rs"]
mod corpus;
#[path = "hostile/run.rs"]
mod run;
#[path = "hostile/texts.rs"]
mod texts;

use corpus::Case;
use run::{Ran, folder, write};

/// Checks and renders each file of a kind.
fn survives(kind: &str, cases: Vec<Case>) {
    let folder = folder(kind);
    for (nr, case) in cases.into_iter().enumerate() {
        let file = format!("{}.yaml", case.name);
        write(&folder.join(&file), &case.bytes);
        let text = Ran::of(&case.name, &folder, &["check", "--tips", &file]);
        for rule in &case.rules {
            assert!(
                text.stdout.contains(&format!("[{rule}]")),
                "{}: no {rule} in\n{}",
                case.name,
                text.stdout.chars().take(2_000).collect::<String>()
            );
        }
        if case.rules.contains(&"bestand-te-groot") {
            assert_eq!(text.status, Some(1), "{}", case.name);
        }
        // One other format per case, in turn, because all of them would take too long.
        let format = ["json", "sarif", "github"][nr % 3];
        Ran::of(&case.name, &folder, &["check", "--format", format, &file]);
        let rendered = Ran::of(
            &case.name,
            &folder,
            &["render", "--to", "html,md,json,yaml", &file],
        );
        let made = ["html", "md", "json", "weergave.yaml"]
            .map(|form| folder.join(format!("{}.{form}", case.name)));
        // All of them or none: one failing document stops the others from being written.
        let count = made.iter().filter(|path| path.exists()).count();
        assert_eq!(
            count,
            if rendered.status == Some(0) { 4 } else { 0 },
            "{}: {}",
            rendered.name,
            rendered.stderr
        );
        for path in made.iter().filter(|path| path.exists()) {
            let text = std::fs::read_to_string(path).unwrap();
            assert!(
                !text.contains(['\u{1b}', '\u{7}', '\u{9b}', '\0']),
                "{}",
                path.display()
            );
            std::fs::remove_file(path).unwrap();
        }
        std::fs::remove_file(folder.join(&file)).unwrap();
    }
}

macro_rules! kinds {
    ($($kind:ident),+) => {
        $(#[test] fn $kind() { survives(stringify!($kind), corpus::$kind()) })+

        fn all() -> Vec<Case> {
            [$(corpus::$kind()),+].into_iter().flatten().collect()
        }
    };
}

kinds! { bombs, nesting, sizes, findings, bytes, shapes, amounts, activities, prose }

/// Writes all files to the folder in `PLANMAKER_CORPUS`, to measure a release build on: `cargo test --test hostile -- --ignored`.
#[test]
#[ignore = "only writes files"]
fn write_corpus() {
    let folder = std::path::PathBuf::from(std::env::var_os("PLANMAKER_CORPUS").unwrap());
    std::fs::create_dir_all(&folder).unwrap();
    for case in all() {
        write(&folder.join(format!("{}.yaml", case.name)), &case.bytes);
    }
}

/// Paths that are no regular, readable file.
#[cfg(unix)]
mod special_files {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::path::Path;
    use std::process::Command;

    use super::*;

    #[test]
    fn devices_are_read_up_to_the_limit() {
        let folder = folder("special-devices");
        Ran::of("zero", &folder, &["check", "/dev/zero"])
            .expect(1, &["bestand-te-groot", "2.097.152"]);
        Ran::of("null", &folder, &["check", "/dev/null"]).expect(1, &["yaml-ongeldig"]);
        Ran::of("zero", &folder, &["render", "-o", "x.html", "/dev/zero"])
            .expect(1, &["planmaker check"]);
        assert!(!folder.join("x.html").exists());
    }

    fn make_pipe(at: &Path) {
        let made = Command::new("mkfifo").arg(at).status().unwrap();
        assert!(made.success());
    }

    #[test]
    fn a_pipe_is_read_to_its_end() {
        let folder = folder("special-pipe");
        let pipe = folder.join("plan.yaml");
        make_pipe(&pipe);
        let plan = std::fs::read("examples/psycho-educatie.yaml").unwrap();
        let writer = std::thread::spawn({
            let pipe = pipe.clone();
            move || write(&pipe, &plan)
        });
        Ran::of("pipe", &folder, &["check", "plan.yaml"]).expect(0, &["Beschrijving interventie"]);
        writer.join().unwrap();
    }

    #[test]
    fn a_pipe_in_a_folder_is_skipped() {
        let folder = folder("special-pipe-in-folder");
        let pipe = folder.join("x.yaml");
        make_pipe(&pipe);
        let plan = std::fs::read("examples/psycho-educatie.yaml").unwrap();
        write(&folder.join("plan.yaml"), &plan);
        Ran::of("pipe in folder", &folder, &["check", "."])
            .expect(0, &["Beschrijving interventie"]);
    }

    #[test]
    fn an_empty_folder_and_a_missing_file_are_reported() {
        let folder = folder("special-folder");
        std::fs::create_dir(folder.join("leeg.yaml")).unwrap();
        Ran::of("folder", &folder, &["check", "leeg.yaml"]).expect(2, &["leeg.yaml"]);
        Ran::of("folder", &folder, &["render", "leeg.yaml"]).expect(2, &["leeg.yaml"]);
        Ran::of("nothing", &folder, &["check", "weg.yaml"]).expect(2, &["weg.yaml"]);
    }

    #[test]
    fn link_loops_are_reported_and_end() {
        let folder = folder("special-links");
        symlink("b.yaml", folder.join("a.yaml")).unwrap();
        symlink("a.yaml", folder.join("b.yaml")).unwrap();
        symlink(".", folder.join("zelf")).unwrap();
        Ran::of("loop", &folder, &["check", "a.yaml"]).expect(2, &["a.yaml"]);
        Ran::of("loop", &folder, &["render", "a.yaml"]).expect(2, &["a.yaml"]);
        write(&folder.join("plan.yaml"), b"versie: 1\nplan: {titel: T}\n");
        Ran::of("folder", &folder, &["check", "."]).expect(2, &["plan.yaml", "a.yaml"]);
    }

    #[test]
    fn an_unreadable_file_is_reported() {
        let folder = folder("special-unreadable");
        let file = folder.join("geheim.yaml");
        write(&file, b"versie: 1\n");
        std::fs::set_permissions(&file, PermissionsExt::from_mode(0o000)).unwrap();
        if std::fs::read(&file).is_ok() {
            eprintln!("skipped: this user (root) may read everything");
            return;
        }
        Ran::of("unreadable", &folder, &["check", "geheim.yaml"]).expect(2, &["geheim.yaml"]);
    }

    /// A line break in a file name must not start a new line of output: GitHub would run it as a workflow command.
    fn assert_no_injected_line(ran: &Ran) {
        let mut lines = ran.stdout.lines().chain(ran.stderr.lines());
        assert!(
            !lines.any(|line| line.starts_with("::error::b")),
            "{}",
            ran.name
        );
    }

    #[test]
    fn control_characters_in_file_names_are_escaped() {
        let folder = folder("special-names");
        write(&folder.join("plan.yaml"), b"versie: 1\nplan: {titel: T}\n");
        let names: [&[u8]; 4] = [
            b"\x1b]0;x\x07\x1b[31m.yaml",
            "\u{9b}31m\u{202e}lmay.yaml".as_bytes(),
            b"a\n::error::b.yaml",
            b"\xff\xfe.yaml",
        ];
        for name in names {
            let name = std::ffi::OsStr::from_bytes(name);
            write(&folder.join(name), b"versie: 1\nplan: {titel: T}\n");
            for arguments in [
                &["check"][..],
                &["check", "--plain"],
                &["check", "--format", "json"],
                &["check", "--format", "sarif"],
                &["check", "--format", "github"],
                &["render", "--to", "html,md"],
                &["new"],
            ] {
                let output = run::program(&folder)
                    .args(arguments)
                    .arg(name)
                    .output()
                    .unwrap();
                let ran = Ran::from(&format!("{arguments:?} {name:?}"), &output);
                assert_no_injected_line(&ran);
            }
            let missing = format!("weg{}", name.to_string_lossy());
            Ran::of("missing", &folder, &["check", &missing]).expect(2, &["weg"]);
            Ran::of("rule", &folder, &["explain", &missing]).expect(2, &["weg"]);
            Ran::of("option", &folder, &["check", "--format", &missing]).expect(2, &["weg"]);
            Ran::of("command", &folder, &[&missing]).expect(2, &["weg"]);
            for arguments in [
                &["check", &missing][..],
                &["render", &missing],
                &["render", "-o", "./", "--templates", &missing, "plan.yaml"],
                &["new", &format!("nieuw{}", name.to_string_lossy())],
            ] {
                assert_no_injected_line(&Ran::of("missing", &folder, arguments));
            }
        }
        Ran::of("folder", &folder, &["check", "."]).expect(1, &["klaar"]);
    }
}

#[test]
fn exceeded_limits_are_reported_with_their_number() {
    let folder = folder("limits");
    let cases: Vec<Case> = [corpus::bombs(), corpus::nesting(), corpus::sizes()]
        .into_iter()
        .flatten()
        .collect();
    for (name, limit) in [
        ("deep-lists", "32"),
        ("deep-blocks", "64"),
        ("bomb-many-aliases", "16"),
        ("large-file", "2.097.152"),
        ("many-keys", "50.000"),
    ] {
        let case = cases.iter().find(|case| case.name == name).unwrap();
        write(&folder.join("plan.yaml"), &case.bytes);
        Ran::of(name, &folder, &["check", "plan.yaml"]).expect(1, &["bestand-te-groot", limit]);
    }
}
