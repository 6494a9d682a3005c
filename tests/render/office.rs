//! `planmaker render --to xlsx` and `--to ics`: names, combinations of options, and where the bytes go.

use std::fs;

use crate::command::{folder, names, outcome, planmaker, with_input};

const PLAN: &str = "versie: 1
plan: {titel: Mijn plan}
betrokken_groepen: {team: {rol: uitvoerder}, raad: {rol: beslisser}}
gebruikers: {team: {}}
implementatieteam: {trekker: {}}
planning_en_budget: {activiteiten: {a: {start: 2026-10-05, eigenaar: trekker}, b: {start: 2026-10-06, eigenaar: raad}}}
";

fn with_plan() -> tempfile::TempDir {
    let folder = folder();
    fs::write(folder.path().join("plan.yaml"), PLAN).unwrap();
    folder
}

#[test]
fn formats_are_written_beside_each_other_and_by_name() {
    let folder = with_plan();
    let output = planmaker(
        folder.path(),
        &["render", "--to", "xlsx,ics,html", "-o", "uit/"],
    );
    assert_eq!(output.status.code(), Some(0), "{:?}", outcome(&output));
    assert_eq!(
        names(&folder.path().join("uit")),
        ["plan.html", "plan.ics", "plan.xlsx"]
    );
    for (name, start) in [
        ("agenda.ics", &b"BEGIN:VCALENDAR"[..]),
        ("Tabel.XLSX", &b"PK\x03\x04"[..]),
    ] {
        let output = planmaker(folder.path(), &["render", "-o", name]);
        assert_eq!(output.status.code(), Some(0), "{:?}", outcome(&output));
        assert!(
            fs::read(folder.path().join(name))
                .unwrap()
                .starts_with(start),
            "{name}"
        );
    }
}

#[test]
fn workbook_goes_to_a_pipe_byte_for_byte() {
    let folder = with_plan();
    planmaker(folder.path(), &["render", "--to", "xlsx"]);
    let file = fs::read(folder.path().join("plan.xlsx")).unwrap();
    let output = planmaker(folder.path(), &["render", "--to", "xlsx", "-o", "-"]);
    assert!(
        output.stdout == file,
        "{} and {} bytes",
        output.stdout.len(),
        file.len()
    );
    let output = with_input(&["render", "-", "--to", "xlsx"], PLAN);
    assert!(output.stdout == file);
}

#[test]
fn calendar_of_a_group_or_role_has_its_own_file() {
    let folder = with_plan();
    for (id, activity) in [("trekker", "activiteit-a@"), ("raad", "activiteit-b@")] {
        let output = planmaker(folder.path(), &["render", "--to", "ics", "--groep", id]);
        assert_eq!(output.status.code(), Some(0), "{:?}", outcome(&output));
        let file = folder.path().join(format!("plan-groep-{id}.ics"));
        let text = fs::read_to_string(file).unwrap();
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 1, "{text}");
        assert!(text.contains(activity), "{text}");
    }
    let output = planmaker(
        folder.path(),
        &[
            "render",
            "--to",
            "ics,xlsx,html",
            "--groep",
            "team",
            "-o",
            "uit/",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{:?}", outcome(&output));
    assert_eq!(
        names(&folder.path().join("uit")),
        ["plan-groep-team.html", "plan-groep-team.ics", "plan.xlsx"]
    );
}

#[test]
fn options_without_effect_are_reported() {
    let folder = with_plan();
    for (args, said) in [
        (
            &["--to", "ics", "--groep", "trekkr"][..],
            "Bedoelde je ‘trekker’?",
        ),
        (
            &["--to", "ics,html", "--groep", "trekker"],
            "gebruikersgroep ‘trekker’",
        ),
        (
            &["--to", "xlsx", "--groep", "team"],
            "het hoort bij ‘--to ics’",
        ),
        (
            &["--to", "xlsx", "--view", "samenvatting"],
            "het hoort bij ‘--to html’",
        ),
        (
            &["-o", "a.ics", "--view", "groep"],
            "het hoort bij ‘--naar html’",
        ),
        (&["--to", "xlsx,ics", "-o", "plan.ics"], "plan.ics"),
        (&["--to", "xlsx", "-o", "plan.ics"], "en --to vraagt xlsx"),
    ] {
        let (status, text) = outcome(&planmaker(folder.path(), &[&["render"], args].concat()));
        assert_eq!(status, Some(2), "{args:?}: {text}");
        assert!(text.contains(said), "{args:?}: {text}");
    }
    assert_eq!(names(folder.path()), ["plan.yaml"]);
    let output = planmaker(
        folder.path(),
        &["render", "--to", "xlsx,ics", "--view", "plan"],
    );
    assert_eq!(output.status.code(), Some(0), "{:?}", outcome(&output));
    let output = planmaker(
        folder.path(),
        &["render", "--to", "md,xlsx", "--view", "samenvatting"],
    );
    assert_eq!(output.status.code(), Some(0), "{:?}", outcome(&output));
}

#[test]
fn an_empty_calendar_is_written_and_reported() {
    let folder = folder();
    let (status, text) = outcome(&planmaker(folder.path(), &["render", "--to", "ics"]));
    assert_eq!(status, Some(0));
    assert!(text.contains("Let op: de agenda is leeg"), "{text}");
    let text = fs::read_to_string(folder.path().join("plan.ics")).unwrap();
    assert!(text.ends_with("END:VCALENDAR\r\n"), "{text}");
    let with_plan = with_plan();
    let (_, text) = outcome(&planmaker(with_plan.path(), &["render", "--to", "ics"]));
    assert!(!text.contains("leeg"), "{text}");
}

#[cfg(unix)]
#[test]
fn workbook_does_not_go_to_a_terminal() {
    use std::fs::File;
    use std::process::Command;

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let folder = with_plan();
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let screen = File::options()
        .write(true)
        .open(name.to_str().unwrap())
        .unwrap();
    for target in ["-", name.to_str().unwrap()] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_planmaker"));
        command
            .current_dir(folder.path())
            .env("PLANMAKER_LANG", "nl")
            .args(["render", "--to", "xlsx", "-o", target])
            .stdout(screen.try_clone().unwrap())
            .stderr(std::process::Stdio::piped());
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains("‘-o plan.xlsx’"), "{said}");
    }
}
