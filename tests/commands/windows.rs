//! Paths and files as only Windows has them. `tests/windows/` has what needs a console.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs::{self, File, Permissions};
use std::os::windows::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const PLAN: &str = include_str!("../plans/goed.yaml");

/// A folder with a plan.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.yaml"), PLAN).unwrap();
    folder
}

/// Runs a command in a folder. Returns its exit status and all output.
fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_planmaker"))
        .current_dir(folder)
        .env("PLANMAKER_LANG", "nl")
        .args(args)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), text.concat())
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn set_read_only(path: &Path, is_read_only: bool) {
    let mut permissions: Permissions = path.metadata().unwrap().permissions();
    permissions.set_readonly(is_read_only);
    fs::set_permissions(path, permissions).unwrap();
}

#[test]
fn paths_have_backslashes_drives_spaces_and_any_letter() {
    let folder = folder();
    let inner = folder.path().join("Mijn plannen (ë, €)");
    fs::create_dir(&inner).unwrap();
    fs::copy(folder.path().join("plan.yaml"), inner.join("Café.yaml")).unwrap();
    let relative = r"Mijn plannen (ë, €)\Café.yaml";
    let absolute = inner.join("Café.yaml");
    for plan in [relative, &format!(r".\{relative}"), text(&absolute)] {
        let (status, shown) = run(folder.path(), &["check", plan]);
        assert_eq!(status, Some(0), "{shown}");
        let (status, shown) = run(folder.path(), &["render", plan]);
        assert_eq!(status, Some(0), "{shown}");
        let made = plan.replace(".yaml", ".html");
        assert!(shown.contains(&format!("Geschreven: {made}")), "{shown}");
        assert!(inner.join("Café.html").exists());
        fs::remove_file(inner.join("Café.html")).unwrap();
        for output in [r"uit\", r"nieuw\dieper\", "met/streep/"] {
            let (status, shown) = run(folder.path(), &["render", plan, "-o", output]);
            assert_eq!(status, Some(0), "{shown}");
            assert!(folder.path().join(output).join("Café.html").exists());
        }
    }
}

#[test]
fn a_share_on_the_network_is_like_any_folder() {
    let folder = folder();
    let path = folder.path().canonicalize().unwrap();
    let path = text(&path).strip_prefix(r"\\?\C:").unwrap();
    let share = format!(r"\\localhost\C${path}");
    let plan = format!(r"{share}\plan.yaml");
    let (status, shown) = run(Path::new(r"C:\"), &["render", &plan]);
    assert_eq!(status, Some(0), "{shown}");
    assert!(folder.path().join("plan.html").exists());
    fs::write(folder.path().join("plan.yaml"), "versie: 1\nplan: {}\n").unwrap();
    let (_, shown) = run(Path::new(r"C:\"), &["check", &share]);
    assert!(shown.contains("//localhost/C$/"), "{shown}");
    // Not a path with dots and slashes as people type it, but as programs do.
    let verbatim = format!(r"\\?\C:{path}\plan.yaml");
    let (status, shown) = run(folder.path(), &["check", &verbatim]);
    assert_eq!(status, Some(1), "{shown}");
}

#[test]
fn reports_name_files_as_other_programs_expect() {
    let folder = folder();
    fs::create_dir(folder.path().join("sub")).unwrap();
    fs::write(
        folder.path().join(r"sub\plan.yaml"),
        "versie: 1\nplan: {}\n",
    )
    .unwrap();
    let uri = |plan: &str| -> String {
        let (_, report) = run(folder.path(), &["check", plan, "--vorm", "sarif"]);
        let report: Value = serde_json::from_str(&report).unwrap();
        let result = &report["runs"][0]["results"][0];
        let place = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        place.as_str().unwrap().to_owned()
    };
    assert_eq!(uri(r"sub\plan.yaml"), "sub/plan.yaml");
    assert_eq!(uri(r".\sub\plan.yaml"), "sub/plan.yaml");
    let absolute = folder.path().join(r"sub\plan.yaml");
    assert!(uri(text(&absolute)).starts_with("file:///C:/"));
    let (_, report) = run(folder.path(), &["check", r"sub\plan.yaml"]);
    assert!(report.contains(" sub/plan.yaml:"), "{report}");
}

#[test]
fn files_with_the_name_of_a_device_are_refused() {
    let folder = folder();
    for args in [
        &["new", "CON.yaml", "--geen-vragen"][..],
        &["new", r"sub\nul.yaml", "--geen-vragen"],
        &["new", "Aux.docx"],
        &["render", "con.yaml"],
        &["check", "COM1.yaml"],
        &["render", "plan.yaml", "-o", "nul.html"],
        &["render", "plan.yaml", "--huisstijl", "prn.css"],
        &["schema", "-o", "LPT1.json"],
        &["schema", "-o", "NUL"],
    ] {
        let (status, shown) = run(folder.path(), args);
        assert_eq!(status, Some(2), "{args:?}: {shown}");
        assert!(
            shown.contains("de naam van een apparaat"),
            "{args:?}: {shown}"
        );
    }
    assert_eq!(names(folder.path()), ["plan.yaml"]);
}

#[test]
fn documents_of_groups_with_the_name_of_a_device_are_files() {
    let folder = tempfile::tempdir().unwrap();
    let plan = "versie: 1\nplan: {titel: T}\nbetrokken_groepen:\n  nul: {naam: A, rol: gebruiker}\n  con: {naam: B, rol: gebruiker}\ngebruikers: {nul: {}, con: {}}\n";
    fs::write(folder.path().join("prn-plan.yaml"), plan).unwrap();
    let args = ["render", "prn-plan.yaml", "--weergave", "groep,gesprek"];
    let (status, shown) = run(folder.path(), &args);
    assert_eq!(status, Some(0), "{shown}");
    for name in ["groep-nul", "groep-con", "gesprek-nul", "gesprek-con"] {
        let made = names(folder.path());
        assert!(made.contains(&format!("prn-plan-{name}.html")), "{made:?}");
    }
}

#[test]
fn names_that_windows_has_no_files_for_are_said() {
    let folder = folder();
    for name in [
        "plan: versie 2.yaml",
        "plan?.yaml",
        "a|b.yaml",
        "\"x\".yaml",
    ] {
        let (status, shown) = run(folder.path(), &["new", name, "--geen-vragen"]);
        assert_eq!(status, Some(2), "{name}: {shown}");
        assert!(shown.contains("niet te schrijven"), "{name}: {shown}");
    }
    assert_eq!(names(folder.path()), ["plan.yaml"]);
}

#[test]
fn line_ends_of_windows_make_no_difference() {
    let (unix, windows) = (folder(), folder());
    let broken = PLAN.replace("versie: 1", "versie: 1\nvreemd: sleutel");
    for text in [PLAN, &broken] {
        fs::write(unix.path().join("plan.yaml"), text).unwrap();
        let text = text.replace('\n', "\r\n");
        fs::write(windows.path().join("plan.yaml"), text).unwrap();
        let runs = [&unix, &windows].map(|it| run(it.path(), &["check", "plan.yaml"]));
        assert_eq!(runs[0], runs[1]);
        let runs = [&unix, &windows].map(|it| {
            let shown = run(it.path(), &["render", "plan.yaml", "--naar", "html,md"]);
            let made = ["plan.html", "plan.md"].map(|name| fs::read(it.path().join(name)).unwrap());
            (shown, made)
        });
        assert!(runs[0] == runs[1]);
    }
}

#[test]
fn read_only_files_are_kept_unless_forced() {
    let folder = folder();
    let (page, plan) = (
        folder.path().join("plan.html"),
        folder.path().join("plan.yaml"),
    );
    fs::write(&page, "old").unwrap();
    set_read_only(&page, true);
    set_read_only(&plan, true);
    let (status, shown) = run(folder.path(), &["render", "plan.yaml"]);
    assert_eq!(status, Some(2), "{shown}");
    assert!(shown.contains("beveiligd tegen schrijven"), "{shown}");
    assert_eq!(fs::read(&page).unwrap(), b"old");
    let force = [
        "new",
        "plan.yaml",
        "--geen-vragen",
        "--geen-schema",
        "--overschrijf",
    ];
    let (status, shown) = run(folder.path(), &force);
    assert_eq!(status, Some(0), "{shown}");
    assert_ne!(fs::read(&plan).unwrap(), PLAN.as_bytes());
    assert!(plan.metadata().unwrap().permissions().readonly());
    assert_eq!(names(folder.path()), ["plan.html", "plan.yaml"]);
    set_read_only(&page, false);
    set_read_only(&plan, false);
}

/// Opens a file as Word does with a document: others may read it, and not write or delete it.
fn open_elsewhere(path: &Path, shared: u32) -> File {
    let mut options = File::options();
    options.read(true).share_mode(shared).open(path).unwrap()
}

#[test]
fn files_that_another_program_has_open_are_said_and_kept() {
    let folder = folder();
    let page = folder.path().join("plan.html");
    fs::write(&page, "old").unwrap();
    let opened = open_elsewhere(&page, 0x1);
    let (status, shown) = run(folder.path(), &["render", "plan.yaml"]);
    assert_eq!(status, Some(2), "{shown}");
    assert!(
        shown.contains("een ander programma gebruikt het"),
        "{shown}"
    );
    drop(opened);
    assert_eq!(fs::read(&page).unwrap(), b"old");
    let opened = open_elsewhere(&folder.path().join("plan.yaml"), 0);
    let (status, shown) = run(folder.path(), &["check", "plan.yaml"]);
    assert_eq!(status, Some(2), "{shown}");
    assert!(
        shown.contains("een ander programma gebruikt het"),
        "{shown}"
    );
    drop(opened);
    assert_eq!(names(folder.path()), ["plan.html", "plan.yaml"]);
    let (status, shown) = run(folder.path(), &["render", "plan.yaml"]);
    assert_eq!(status, Some(0), "{shown}");
}

#[test]
fn paths_may_be_longer_than_260_characters() {
    let folder = folder();
    let part = "een-map-met-een-lange-naam-van-veertig-tekens";
    let deep: PathBuf = std::iter::repeat_n(part, 8).collect();
    let output = format!(r"{}\", deep.display());
    let (status, shown) = run(folder.path(), &["render", "plan.yaml", "-o", &output]);
    assert_eq!(status, Some(0), "{shown}");
    let page = folder.path().canonicalize().unwrap().join(&deep);
    assert_eq!(names(&page), ["plan.html"]);
    fs::copy(folder.path().join("plan.yaml"), page.join("plan.yaml")).unwrap();
    let plan = folder.path().join(&deep).join("plan.yaml");
    let (status, shown) = run(folder.path(), &["check", text(&plan)]);
    assert_eq!(status, Some(0), "{shown}");
    let (status, shown) = run(folder.path(), &["check", "."]);
    assert_eq!(status, Some(0), "{shown}");
}

#[test]
fn what_a_killed_run_left_is_removed_by_the_next() {
    let folder = folder();
    let stale = folder.path().join(".planmaker-aB3dE9.tmp");
    fs::create_dir(&stale).unwrap();
    fs::write(stale.join("0"), "half").unwrap();
    let (status, shown) = run(folder.path(), &["render", "plan.yaml"]);
    assert_eq!(status, Some(0), "{shown}");
    assert_eq!(names(folder.path()), ["plan.html", "plan.yaml"]);
}

/// PowerShell 5 writes UTF-16 with `>`.
#[test]
fn a_plan_in_utf_16_gets_advice() {
    let folder = folder();
    let text = format!("\u{feff}{}", PLAN.replace('\n', "\r\n"));
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(folder.path().join("plan.yaml"), bytes).unwrap();
    let (status, shown) = run(folder.path(), &["check", "plan.yaml"]);
    assert_eq!(status, Some(1), "{shown}");
    assert!(shown.contains("Kladblok"), "{shown}");
}
