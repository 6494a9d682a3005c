//! Signals that end the program: nothing is left behind, files are old or new, and the exit status is that of the signal.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::panic)]
#![cfg(unix)]

use std::fs;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::nothing_lost::{names, program, run};

const SIGNALS: [(&str, i32); 4] = [("HUP", 1), ("INT", 2), ("QUIT", 3), ("TERM", 15)];

/// The maximum wait, generous for busy machines.
const PATIENCE: Duration = Duration::from_secs(60);

/// Creates a folder with a plan that has so many user groups.
fn folder(groups: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.yaml"), plan(groups)).unwrap();
    folder
}

pub fn plan(groups: usize) -> String {
    let start = "versie: 1\nplan: {titel: T, start: 2027-01-04, einde: na 1 jaar}\n";
    let mut plan = format!("{start}groepen:\n");
    for nr in 0..groups {
        plan += &format!("  g{nr}: {{naam: Groep {nr}, rol: uitvoerder}}\n");
    }
    plan += "gebruikers:\n";
    for nr in 0..groups {
        plan += &format!("  g{nr}: {{soll: Iets anders}}\n");
    }
    plan
}

fn start(folder: &Path, arguments: &[&str]) -> Child {
    let mut command = program(folder, arguments);
    // A core dump is not the program's output.
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

fn send(signal: &str, child: &Child) {
    let sent = Command::new("kill")
        .args(["-s", signal, &child.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

fn staging(folder: &Path) -> Option<String> {
    let mut names = names(folder).into_iter();
    names.find(|name| name.starts_with(".planmaker-"))
}

/// Waits until the program is writing in a folder.
fn wait_for_writing(folder: &Path, child: &mut Child) {
    let end = Instant::now() + PATIENCE;
    while staging(folder).is_none() {
        assert!(child.try_wait().unwrap().is_none(), "it ended too early");
        assert!(Instant::now() < end, "it writes nothing");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn interrupted_render_leaves_nothing_behind() {
    let folder = folder(150);
    let path = folder.path();
    fs::write(path.join("plan-groep-g3.html"), "old").unwrap();
    let before = names(path);
    for (signal, number) in SIGNALS {
        for output in [&[][..], &["-o", "uit/hier/"]] {
            let arguments = [&["render", "--view", "groep", "--to", "html,md"], output].concat();
            let mut child = start(path, &arguments);
            let staged_in = if output.is_empty() { "." } else { "uit/hier" };
            let end = Instant::now() + PATIENCE;
            while !path.join(staged_in).exists() {
                assert!(Instant::now() < end, "no folder is made");
                thread::sleep(Duration::from_millis(1));
            }
            wait_for_writing(&path.join(staged_in), &mut child);
            send(signal, &child);
            let status = child.wait().unwrap();
            assert_eq!(status.signal(), Some(number), "{signal}");
            let left: Vec<String> = names(path);
            assert_eq!(left, before, "{signal}");
            let old = fs::read_to_string(path.join("plan-groep-g3.html")).unwrap();
            assert_eq!(old, "old", "{signal}");
        }
    }
}

/// At any moment of a run, also just before and after files are moved to their places.
#[test]
fn interrupted_run_writes_all_or_nothing() {
    let folder = folder(3);
    let path = folder.path();
    for (arguments, made) in [
        (&["render", "--view", "groep", "-o", "uit/"][..], "uit"),
        (&["templates", "uit"], "uit"),
        (&["schema", "-o", "schema.json"], "schema.json"),
        (&["new", "nieuw.yaml", "--no-schema"], "nieuw.yaml"),
    ] {
        let begin = Instant::now();
        assert!(run(path, arguments).status.success(), "{arguments:?}");
        let took = begin.elapsed();
        let complete = contents(&path.join(made));
        remove(&path.join(made));
        for nr in 0..24_u32 {
            let (signal, number) = SIGNALS[nr as usize % SIGNALS.len()];
            let mut child = start(path, arguments);
            // Spread irregularly over the duration of a run.
            thread::sleep(took * ((nr * 7_919) % 1_200) / 1_000);
            send(signal, &child);
            let status = child.wait().unwrap();
            let is_told = status.success() || status.signal() == Some(number);
            assert!(is_told, "{arguments:?} {signal}: {status}");
            let left = contents(&path.join(made));
            assert!(
                left.is_empty() || left == complete,
                "{arguments:?} {signal}"
            );
            remove(&path.join(made));
            assert_eq!(names(path), ["plan.yaml"], "{arguments:?} {signal}");
        }
    }
}

/// The names and contents of the files at a path.
fn contents(path: &Path) -> Vec<(String, Vec<u8>)> {
    if let Ok(content) = fs::read(path) {
        return vec![(String::new(), content)];
    }
    let Ok(entries) = fs::read_dir(path) else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry.unwrap();
        // An empty folder is something too.
        all.push((entry.file_name().into_string().unwrap(), Vec::new()));
        all.extend(contents(&entry.path()));
    }
    all.sort();
    all
}

fn remove(path: &Path) {
    let _ = fs::remove_file(path);
    let _ = fs::remove_dir_all(path);
}

#[test]
fn interrupted_watch_leaves_nothing_behind() {
    let folder = folder(1);
    let path = folder.path();
    for (signal, number) in SIGNALS {
        let mut child = start(path, &["render", "--watch"]);
        let end = Instant::now() + PATIENCE;
        while !path.join("plan.html").exists() {
            assert!(Instant::now() < end, "nothing is written");
            thread::sleep(Duration::from_millis(5));
        }
        send(signal, &child);
        assert_eq!(child.wait().unwrap().signal(), Some(number), "{signal}");
        assert_eq!(names(path), ["plan.html", "plan.yaml"]);
        remove(&path.join("plan.html"));
    }
}

/// What a killed run leaves is one hidden folder, which is not taken for a plan and which the next run removes.
#[test]
fn next_run_removes_what_a_killed_run_left() {
    let folder = folder(150);
    let path = folder.path();
    let arguments = ["render", "--view", "groep", "--to", "html,md"];
    let mut child = start(path, &arguments);
    wait_for_writing(path, &mut child);
    // A run at the same time leaves alone what is still used.
    let ended = run(path, &["render"]);
    assert!(ended.status.success());
    assert!(staging(path).is_some() && child.try_wait().unwrap().is_none());
    child.kill().unwrap();
    child.wait().unwrap();
    let left = staging(path).unwrap();
    assert_eq!(names(path), [left.as_str(), "plan.html", "plan.yaml"]);
    assert!(run(path, &["render"]).status.success());
    assert_eq!(names(path), ["plan.html", "plan.yaml"]);
}

/// As by `nohup`, or for a job in the background of a script.
#[cfg(target_os = "linux")]
#[test]
fn ignored_signal_stays_ignored() {
    let folder = folder(150);
    let path = folder.path();
    let script = "trap '' HUP INT; exec \"$0\" render --view groep --to html,md";
    let mut child = Command::new("sh")
        .args(["-c", script, env!("CARGO_BIN_EXE_planmaker")])
        .current_dir(path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap();
    wait_for_writing(path, &mut child);
    send("HUP", &child);
    send("INT", &child);
    assert!(child.wait().unwrap().success());
    assert_eq!(names(path).len(), 301);
}

#[test]
fn folder_that_vanishes_is_reported() {
    let folder = folder(150);
    let path = folder.path();
    let arguments = ["render", "--view", "groep", "--to", "html,md", "-o", "uit/"];
    let mut command = program(path, &arguments);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let end = Instant::now() + PATIENCE;
    while !path.join("uit").exists() {
        assert!(Instant::now() < end, "no folder is made");
        thread::sleep(Duration::from_millis(1));
    }
    wait_for_writing(&path.join("uit"), &mut child);
    fs::rename(path.join("uit"), path.join("weg")).unwrap();
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{stderr}");
    assert!(stderr.contains("‘uit/plan-groep-g"), "{stderr}");
    assert!(stderr.contains("de map bestaat niet"), "{stderr}");
    assert!(!path.join("uit").exists());
}
