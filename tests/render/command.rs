//! `planmaker render`: the files it writes, and those it leaves alone.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const PLAN: &str = "versie: 1\nplan: {titel: Mijn plan}\n";

pub fn planmaker(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planmaker"));
    command
        .current_dir(folder)
        .env("PLANMAKER_LANG", "nl")
        .args(args)
        .output()
        .unwrap()
}

pub fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.yaml"), PLAN).unwrap();
    folder
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// The exit status, and all output.
pub fn outcome(output: &Output) -> (Option<i32>, String) {
    let text =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8(bytes.clone()).unwrap());
    (output.status.code(), text.concat())
}

#[test]
fn document_is_written_next_to_the_plan() {
    let folder = folder();
    let (status, text) = outcome(&planmaker(folder.path(), &["render"]));
    assert_eq!(status, Some(0));
    let (first, last) = text.trim_end().split_once('\n').unwrap();
    assert_eq!(first, "Geschreven: plan.html");
    assert!(
        last.contains(" fouten, ") && last.ends_with(" waarschuwingen: planmaker check plan.yaml"),
        "{last}"
    );
    assert!(
        fs::read_to_string(folder.path().join("plan.html"))
            .unwrap()
            .contains("Mijn plan")
    );
    assert_eq!(names(folder.path()), ["plan.html", "plan.yaml"]);
}

#[test]
fn several_formats_are_written_under_other_names_than_plans() {
    let folder = folder();
    fs::create_dir(folder.path().join("uit")).unwrap();
    let output = planmaker(
        folder.path(),
        &[
            "render", "--to", "md,json", "--to", "yaml", "--to", "md", "-o", "uit",
        ],
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        names(&folder.path().join("uit")),
        ["plan.json", "plan.md", "plan.weergave.yaml"]
    );
    let read = |name: &str| fs::read_to_string(folder.path().join("uit").join(name)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&read("plan.json")).unwrap();
    let yaml: serde_json::Value = serde_yaml::from_str(&read("plan.weergave.yaml")).unwrap();
    assert_eq!(json, yaml);
    assert_eq!(json["plan"]["plan"]["titel"], "Mijn plan");
}

#[test]
fn standard_input_and_output_are_supported() {
    let folder = folder();
    let output = planmaker(folder.path(), &["render", "--to", "md", "-o", "-"]);
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .starts_with("# Mijn plan\n")
    );
    let mut command = Command::new(env!("CARGO_BIN_EXE_planmaker"));
    command
        .args(["render", "-", "--to", "md"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(PLAN.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(
        String::from_utf8(output.stdout)
            .unwrap()
            .starts_with("# Mijn plan\n")
    );
    assert_eq!(names(folder.path()), ["plan.yaml"]);
}

#[test]
fn failures_leave_all_files_unchanged() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("plan.html"), "oud").unwrap();
    fs::write(at("kapot.yaml"), "plan: {titel: a\n").unwrap();
    fs::create_dir_all(at("eigen/partials")).unwrap();
    fs::write(at("eigen/partials/literatuur.j2"), "{{ nergens }}").unwrap();
    let before = names(folder.path());
    for (args, status) in [
        (vec!["render", "--templates", "eigen", "--to", "md,html"], 2),
        (vec!["render", "--strict"], 1),
        (vec!["render", "kapot.yaml"], 1),
        (vec!["render", "nergens.yaml"], 2),
        (vec!["render", "--to", "html,md", "-o", "plan.html"], 2),
        (vec!["render", "--to", "html,md", "-o", "-"], 2),
        (vec!["render", "-o", "plan.yaml"], 2),
        (vec!["render", "-o", "nergens/plan.html"], 2),
        (vec!["render", "--templates", "nergens"], 2),
        (vec!["render", "--to", "pdf"], 2),
    ] {
        let output = planmaker(folder.path(), &args);
        assert_eq!(
            output.status.code(),
            Some(status),
            "{args:?} {:?}",
            outcome(&output)
        );
        assert!(!output.stderr.is_empty(), "{args:?}");
        assert_eq!(
            fs::read_to_string(at("plan.html")).unwrap(),
            "oud",
            "{args:?}"
        );
        assert_eq!(
            fs::read_to_string(at("plan.yaml")).unwrap(),
            PLAN,
            "{args:?}"
        );
        assert_eq!(names(folder.path()), before, "{args:?}");
    }
}

#[test]
fn strict_renders_a_plan_without_errors_and_warnings() {
    let folder = folder();
    let goed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/plans/goed.yaml");
    fs::copy(goed, folder.path().join("goed.yaml")).unwrap();
    let output = planmaker(folder.path(), &["render", "goed.yaml", "--strict"]);
    assert_eq!(
        outcome(&output),
        (Some(0), "Geschreven: goed.html\n".to_owned())
    );
}

#[test]
fn unreadable_plan_is_reported_as_by_check() {
    let folder = folder();
    fs::write(folder.path().join("leeg.yaml"), "").unwrap();
    let (status, message) = outcome(&planmaker(folder.path(), &["render", "leeg.yaml"]));
    assert_eq!(status, Some(1));
    assert!(
        message.contains("leeg.yaml:1:1: Dit kan planmaker niet lezen: het bestand is leeg."),
        "{message}"
    );
}

#[test]
fn unknown_group_is_reported_in_full_sentences() {
    let folder = folder();
    let (_, message) = outcome(&planmaker(
        folder.path(),
        &["render", "--groep", "onbekend"],
    ));
    assert!(
        message.contains("gebruikersgroep ‘onbekend’. Onderdeel 4"),
        "{message}"
    );
}

#[test]
fn name_of_the_output_file_means_a_known_format() {
    let folder = folder();
    for (args, said) in [
        (vec!["-o", "plan.docx"], "in je tekstverwerker openen"),
        (vec!["-o", "plan.PDF"], "in je browser afdrukken"),
        (vec!["-o", "plan.txt"], "‘plan.txt’"),
        (vec!["-o", "uit"], "een map met / erachter"),
        (vec!["-o", "uit", "--to", "html"], "‘uit’"),
        (vec!["-o", "plan.md", "--to", "html"], "en --to vraagt html"),
        (vec!["--to", "docx"], "in je tekstverwerker openen"),
    ] {
        let (status, text) = outcome(&planmaker(
            folder.path(),
            &[&["render"], &args[..]].concat(),
        ));
        assert_eq!(status, Some(2), "{args:?}: {text}");
        assert!(text.contains(said), "{args:?}: {text}");
    }
    assert_eq!(names(folder.path()), ["plan.yaml"]);
    planmaker(folder.path(), &["render", "-o", "PLAN.MD"]);
    let text = fs::read_to_string(folder.path().join("PLAN.MD")).unwrap();
    assert!(text.starts_with("# Mijn plan\n"), "{text}");
}

#[test]
fn folder_is_made_when_documents_go_there() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    planmaker(
        folder.path(),
        &["render", "--to", "html,md", "-o", "uit/hier/"],
    );
    assert_eq!(names(&at("uit/hier")), ["plan.html", "plan.md"]);
    planmaker(folder.path(), &["render", "--strict", "-o", "niet/"]);
    assert!(!at("niet").exists());
}

/// The document of a run in a shell, with all that it prints to standard error.
#[cfg(unix)]
fn in_shell(folder: &Path, script: &str) -> (String, String) {
    let output = Command::new("bash")
        .args(["-c", script, env!("CARGO_BIN_EXE_planmaker")])
        .current_dir(folder)
        .env("PLANMAKER_LANG", "nl")
        .output()
        .unwrap();
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (out, err)
}

#[cfg(unix)]
#[test]
fn open_files_and_pipes_are_written_to() {
    let folder = folder();
    let whole = |text: &str| text.starts_with("# Mijn plan\n") && text.ends_with('\n');
    for script in [
        "\"$0\" render --to md -o /dev/stdout",
        "\"$0\" render --to md -o /dev/stdout > uit; cat uit",
        "\"$0\" render --to md -o /dev/fd/3 3>&1 >/dev/null",
        "\"$0\" render --to md -o >(cat > uit) >/dev/null; sleep 1; cat uit",
        "mkfifo pijp; cat pijp & \"$0\" render --to md -o pijp >/dev/null; wait",
    ] {
        let (document, errors) = in_shell(folder.path(), script);
        assert!(whole(&document), "{script}: {document} {errors}");
        assert!(!document.contains("Geschreven"), "{script}: {document}");
    }
    // What the open file has already is kept, and a reader may stop early.
    let (document, _) = in_shell(
        folder.path(),
        "echo eerst > uit; \"$0\" render --to md -o /dev/fd/3 3>>uit >/dev/null; cat uit",
    );
    assert!(document.starts_with("eerst\n# Mijn plan\n"), "{document}");
    let (status, errors) = in_shell(
        folder.path(),
        "\"$0\" render -o >(true) >/dev/null; echo $?",
    );
    assert_eq!(status, "0\n", "{errors}");
}
