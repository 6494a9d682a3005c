//! `planmaker render`: the files it writes, and those it leaves alone.

use std::fmt::Display;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

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

/// Runs planmaker with a text on standard input.
pub fn with_input(args: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_planmaker"))
        .env("PLANMAKER_LANG", "nl")
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
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
        (vec!["render", "--to", "rtf"], 2),
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
        (vec!["-o", "plan.doc"], "Word opent docx"),
        (vec!["-o", "plan.XLS"], "een rekenblad is xlsx"),
        (vec!["-o", "plan.txt"], "‘plan.txt’"),
        (vec!["-o", "uit"], "een map met / erachter"),
        (vec!["-o", "uit", "--to", "html"], "‘uit’"),
        (vec!["-o", "plan.md", "--to", "html"], "en --to vraagt html"),
        (vec!["--to", "doc"], "Word opent docx"),
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
        // A link to standard output is not a link to the file that it goes to.
        "ln -s /dev/stdout naar.md; \"$0\" render --to md -o naar.md > doel; cat doel",
        // A plan that is already open has no place beside it.
        "\"$0\" render --to md /dev/stdin -o - < plan.yaml",
        "cat plan.yaml | \"$0\" render --to md /dev/fd/0 -o -",
        "\"$0\" render --to md <(cat plan.yaml) -o -",
        "\"$0\" render --to md <(cat plan.yaml) -o in/ >/dev/null; cat in/plan.md",
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
    let (document, _) = in_shell(
        folder.path(),
        "echo eerst > uit; \"$0\" render --to md -o /dev/stdout >> uit 2>/dev/null; cat uit",
    );
    assert!(document.starts_with("eerst\n# Mijn plan\n"), "{document}");
    let (status, errors) = in_shell(
        folder.path(),
        "\"$0\" render -o >(true) >/dev/null; echo $?",
    );
    assert_eq!(status, "0\n", "{errors}");
}

#[cfg(target_os = "linux")]
#[test]
fn open_file_that_cannot_be_written_is_reported() {
    let folder = folder();
    for (arguments, said) in [
        (
            "-o /dev/fd/9",
            "‘/dev/fd/9’ is niet te schrijven, want het staat niet open.",
        ),
        (
            "-o /dev/fd/3 3>/dev/full",
            "‘/dev/fd/3’ is niet te schrijven: de schijf is vol.",
        ),
        (
            "-o /dev/stdout >/dev/full",
            "De uitvoer is niet te schrijven: de schijf is vol.",
        ),
        ("--open -o /dev/stderr", "‘--open’ heeft een bestand nodig"),
        (
            "/dev/stdin < plan.yaml",
            "Naast ‘/dev/stdin’ is geen plek voor een document. Zeg met -o waar het komt",
        ),
        (
            "--watch /dev/stdin -o plan.html",
            "‘--watch’ heeft een bestand nodig",
        ),
    ] {
        let script = format!("\"$0\" render {arguments}; echo $?");
        let (status, errors) = in_shell(folder.path(), &script);
        assert!(errors.contains(said), "{arguments}: {errors}");
        assert!(
            status.ends_with("2\n") || status.is_empty(),
            "{arguments}: {status}"
        );
    }
    assert_eq!(names(folder.path()), ["plan.yaml"]);
}

/// A plan with these groups.
fn plan_with(groups: &[impl Display]) -> String {
    let list = |value: &str| -> String {
        let lines = groups.iter().map(|id| format!("  ? '{id}'\n  : {value}\n"));
        lines.collect()
    };
    let named = list("{naam: Een groep, rol: uitvoerder}");
    let users = list("{soll: Iets anders}");
    format!("{PLAN}groepen:\n{named}gebruikers:\n{users}")
}

#[test]
fn no_name_of_a_group_stops_the_documents_of_others() {
    let folder = folder();
    let long = ["a".repeat(300), "a".repeat(299) + "b", "é".repeat(90)];
    let mut groups: Vec<&str> = long.iter().map(String::as_str).collect();
    groups.extend(["team", "Team", "é", "e\u{301}", "../buiten", "CON"]);
    let stem = "é".repeat(120);
    for name in ["plan".to_owned(), stem] {
        fs::write(
            folder.path().join(format!("{name}.yaml")),
            plan_with(&groups),
        )
        .unwrap();
        let plan = format!("{name}.yaml");
        let arguments = [
            "render",
            "--view",
            "groep,samenvatting",
            &plan,
            "-o",
            "uit/",
        ];
        let (status, text) = outcome(&planmaker(folder.path(), &arguments));
        assert_eq!(status, Some(0), "{text}");
        let written = names(&folder.path().join("uit"));
        assert_eq!(written.len(), groups.len() + 1, "{written:?}");
        let different: std::collections::HashSet<String> =
            written.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(different.len(), written.len(), "{written:?}");
        // The names stay the same.
        planmaker(folder.path(), &arguments);
        assert_eq!(names(&folder.path().join("uit")), written);
        fs::remove_dir_all(folder.path().join("uit")).unwrap();
    }
}

/// Documents are not kept in memory together.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_documents() {
    let folder = folder();
    let ids: Vec<String> = (0..40).map(|nr| format!("g{nr}")).collect();
    // Forty documents of 400 kB each.
    let title = "lange titel ".repeat(1_000);
    let plan = plan_with(&ids).replace("Mijn plan", title.trim_end());
    fs::write(folder.path().join("plan.yaml"), plan).unwrap();
    fs::create_dir(folder.path().join("eigen")).unwrap();
    let template = "{{ plan.plan.titel }}\n".repeat(35);
    fs::write(folder.path().join("eigen/groep.j2"), template).unwrap();
    let highest = |arguments: &[&str]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_planmaker"))
            .args(["render", "--templates", "eigen", "--to", "md", "-o", "uit/"])
            .args(arguments)
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let status = format!("/proc/{}/status", child.id());
        let mut highest = 0;
        while child.try_wait().unwrap().is_none() {
            let text = fs::read_to_string(&status).unwrap_or_default();
            let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
            let kib = line.and_then(|it| it.trim().strip_suffix(" kB")?.parse().ok());
            highest = highest.max(kib.unwrap_or(0));
            thread::sleep(Duration::from_millis(2));
        }
        assert!(child.wait().unwrap().success());
        highest
    };
    let one = highest(&["--groep", "g0"]);
    let all = highest(&["--view", "groep"]);
    assert_eq!(names(&folder.path().join("uit")).len(), ids.len());
    // Forty documents of 400 kB each.
    assert!(
        all < one + (8 << 10),
        "{one} KiB for one, {all} KiB for all"
    );
}

/// The names that `--open` hands to the system, in this folder.
#[cfg(target_os = "linux")]
fn opened(folder: &Path, arguments: &[&str], count: usize) -> (Vec<String>, String) {
    use std::os::unix::fs::PermissionsExt;

    let bin = folder.join("bin");
    fs::create_dir_all(&bin).unwrap();
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" >> '{}/opened'\n",
        bin.display()
    );
    for program in ["xdg-open", "wslview"] {
        fs::write(bin.join(program), &script).unwrap();
        fs::set_permissions(bin.join(program), fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new(env!("CARGO_BIN_EXE_planmaker"))
        .args(["render", "--open"])
        .args(arguments)
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", bin.display()))
        .env("PLANMAKER_LANG", "nl")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    // The programs start on their own, in any order.
    let end = Instant::now() + Duration::from_secs(60);
    loop {
        let names = fs::read_to_string(bin.join("opened")).unwrap_or_default();
        let mut names: Vec<String> = names.lines().map(str::to_owned).collect();
        if names.len() == count {
            names.sort();
            fs::remove_file(bin.join("opened")).unwrap();
            return (names, outcome(&output).1);
        }
        assert!(Instant::now() < end, "{names:?}");
        thread::sleep(Duration::from_millis(5));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn opened_document_cannot_be_read_as_an_option_or_address() {
    let folder = folder();
    for name in ["-x", "mailto:x", "http:", "--help"] {
        fs::write(folder.path().join(format!("{name}.yaml")), PLAN).unwrap();
        let (names, _) = opened(folder.path(), &["--", &format!("{name}.yaml")], 1);
        let real = folder.path().canonicalize().unwrap();
        let expected = real.join(format!("{name}.html"));
        assert_eq!(names, [expected.to_str().unwrap()]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn only_the_first_of_many_documents_are_opened() {
    let folder = folder();
    let ids: Vec<String> = (0..12).map(|nr| format!("g{nr}")).collect();
    fs::write(folder.path().join("plan.yaml"), plan_with(&ids)).unwrap();
    let (names, text) = opened(folder.path(), &["--view", "groep"], 10);
    assert!(names[0].ends_with("/plan-groep-g0.html") && names[9].ends_with("-g9.html"));
    assert!(
        text.contains("Van de 12 documenten gaan er 10 open."),
        "{text}"
    );
}
