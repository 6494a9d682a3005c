//! No failure during a write loses work: either the old file or the complete new file remains.

// Tests may panic, and print when they are skipped.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Instant;

const PLAN: &str = "versie: 1\nplan: {titel: Een plan, start: 2027-01-04, einde: na 1 jaar}\n";

pub fn program(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planmaker"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("PLANMAKER_LANG", "nl")
        .stdin(Stdio::null());
    command
}

pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    program(folder, arguments).output().unwrap()
}

/// The exit status and standard error.
fn outcome(output: &Output) -> (Option<i32>, String) {
    (
        output.status.code(),
        String::from_utf8(output.stderr.clone()).unwrap(),
    )
}

/// Creates a folder with a plan.
fn folder() -> tempfile::TempDir {
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

/// The complete document.
fn complete(folder: &Path) -> Vec<u8> {
    let output = run(folder, &["render", "-o", "-"]);
    assert!(output.status.success(), "{output:?}");
    assert!(output.stdout.ends_with(b"</html>\n"));
    output.stdout
}

#[test]
fn killed_run_leaves_old_or_new_file_complete() {
    let folder = folder();
    let (folder, file) = (folder.path(), folder.path().join("plan.html"));
    let new = complete(folder);
    let old = vec![b'x'; 300_000];
    let start = Instant::now();
    assert_eq!(complete(folder), new);
    let took = start.elapsed();
    let mut replaced = 0;
    for nr in 0..60 {
        fs::write(&file, &old).unwrap();
        let mut child = program(folder, &["render"])
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // Spread irregularly over the duration of a run.
        thread::sleep(took * ((nr * 7_919) % 1_300) / 1_000);
        child.kill().unwrap();
        child.wait().unwrap();
        let left = fs::read(&file).unwrap();
        assert!(left == old || left == new, "{} bytes", left.len());
        replaced += usize::from(left == new);
    }
    // A killed run leaves at most one hidden folder, and each run removes that of the run before.
    let left = names(folder);
    let (hidden, shown): (Vec<_>, Vec<_>) = left.iter().partition(|it| it.starts_with('.'));
    assert_eq!(shown, ["plan.html", "plan.yaml"]);
    assert!(hidden.len() <= 1, "{hidden:?}");
    let is_staging = |name: &String| name.starts_with(".planmaker-") && !name.contains("yaml");
    assert!(hidden.iter().all(|name| is_staging(name)), "{hidden:?}");
    let checked = run(folder, &["check", "--format", "json", "."]).stdout;
    let report: serde_json::Value = serde_json::from_slice(&checked).unwrap();
    assert_eq!(report["files"].as_array().unwrap().len(), 1);
    assert_eq!(report["summary"]["skipped"], 0);
    // A run that is not killed replaces the file.
    assert!(run(folder, &["render"]).status.success());
    assert_eq!(names(folder), ["plan.html", "plan.yaml"]);
    assert_eq!(
        fs::read(&file).unwrap(),
        new,
        "after {replaced} replacements"
    );
}

#[test]
fn concurrent_runs_leave_one_complete_file() {
    let folder = folder();
    let new = complete(folder.path());
    for _ in 0..5 {
        let runs: Vec<_> = (0..4)
            .map(|_| {
                program(folder.path(), &["render"])
                    .stdout(Stdio::null())
                    .spawn()
                    .unwrap()
            })
            .collect();
        for mut run in runs {
            assert!(run.wait().unwrap().success());
        }
        assert_eq!(fs::read(folder.path().join("plan.html")).unwrap(), new);
    }
    assert_eq!(names(folder.path()), ["plan.html", "plan.yaml"]);
}

#[test]
fn read_only_folder_is_reported_and_unchanged() {
    let folder = folder();
    let closed = folder.path().join("dicht");
    fs::create_dir(&closed).unwrap();
    fs::write(closed.join("plan.html"), "old").unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(closed.join("probe"), "").is_ok() {
        let _ = fs::remove_file(closed.join("probe"));
        eprintln!("skipped: this user (root) may write anywhere");
        return;
    }
    let (status, stderr) = outcome(&run(folder.path(), &["render", "-o", "dicht/plan.html"]));
    assert_eq!(status, Some(2));
    assert!(stderr.contains("dicht/plan.html"), "{stderr}");
    assert_eq!(fs::read(closed.join("plan.html")).unwrap(), b"old");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
}

/// Paths that even root cannot write.
#[test]
fn unwritable_path_is_reported() {
    let folder = folder();
    for target in [
        "/proc/plan.html",
        "/sys/plan.html",
        "plan.yaml/plan.html",
        "weg/plan.html",
    ] {
        let (status, stderr) = outcome(&run(folder.path(), &["render", "-o", target]));
        assert_eq!(status, Some(2), "{target}: {stderr}");
        assert!(stderr.contains(target), "{stderr}");
    }
    assert_eq!(
        fs::read_to_string(folder.path().join("plan.yaml")).unwrap(),
        PLAN
    );
    assert_eq!(names(folder.path()), ["plan.yaml"]);
}

/// A 64 KiB disk, unmounted on drop.
#[cfg(target_os = "linux")]
struct SmallDisk(PathBuf);

#[cfg(target_os = "linux")]
impl SmallDisk {
    /// Returns `None` if this user may not mount a disk.
    fn at(path: PathBuf) -> Option<Self> {
        fs::create_dir(&path).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=64k", "none"])
            .arg(&path)
            .stderr(Stdio::null())
            .status();
        mounted
            .is_ok_and(|status| status.success())
            .then_some(Self(path))
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk_keeps_the_old_document() {
    let folder = folder();
    let Some(disk) = SmallDisk::at(folder.path().join("schijf")) else {
        eprintln!("skipped: this user may not mount a disk");
        return;
    };
    fs::write(disk.0.join("plan.html"), "old").unwrap();
    // Makes a page of more than 64 KiB.
    let long = "lang ".repeat(20_000);
    let plan = format!("versie: 1\nplan: {{titel: T, samenvatting: {long}}}\n");
    fs::write(folder.path().join("plan.yaml"), plan).unwrap();
    let (status, stderr) = outcome(&run(folder.path(), &["render", "-o", "schijf/plan.html"]));
    assert_eq!(status, Some(2), "{stderr}");
    assert!(
        stderr.contains("schijf/plan.html") && stderr.contains("vol"),
        "{stderr}"
    );
    assert_eq!(fs::read(disk.0.join("plan.html")).unwrap(), b"old");
    assert_eq!(names(&disk.0), ["plan.html"]);
}

/// Uses copies of the devices, so that a bug cannot destroy the `/dev/full` of the machine.
#[cfg(target_os = "linux")]
#[test]
fn device_is_written_and_stays_a_device() {
    use std::os::unix::fs::FileTypeExt;

    let folder = folder();
    for (name, minor, status) in [("niets", "3", 0), ("vol", "7", 2)] {
        let device = folder.path().join(name);
        let made = Command::new("mknod")
            .arg(&device)
            .args(["c", "1", minor])
            .stderr(Stdio::null())
            .status();
        let is_usable = made.is_ok_and(|status| status.success())
            && fs::OpenOptions::new().write(true).open(&device).is_ok();
        if !is_usable {
            eprintln!("skipped: this user may not make devices here");
            return;
        }
        symlink(name, folder.path().join(format!("naar-{name}"))).unwrap();
        for target in [name.to_owned(), format!("naar-{name}")] {
            let (ended, stderr) = outcome(&run(folder.path(), &["render", "-o", &target]));
            assert_eq!(ended, Some(status), "{target}: {stderr}");
            assert!(status == 0 || stderr.contains("is vol"), "{stderr}");
            let kind = fs::symlink_metadata(&device).unwrap().file_type();
            assert!(kind.is_char_device(), "{target}");
        }
        assert!(folder.path().join(format!("naar-{name}")).is_symlink());
    }
    assert_eq!(
        names(folder.path()),
        ["naar-niets", "naar-vol", "niets", "plan.yaml", "vol"]
    );
}

#[test]
fn missing_plan_keeps_the_old_document() {
    let folder = folder();
    fs::write(folder.path().join("plan.html"), "old").unwrap();
    fs::remove_file(folder.path().join("plan.yaml")).unwrap();
    let (status, stderr) = outcome(&run(folder.path(), &["render"]));
    assert_eq!(status, Some(2), "{stderr}");
    assert!(stderr.contains("plan.yaml"), "{stderr}");
    assert_eq!(names(folder.path()), ["plan.html"]);
    assert_eq!(fs::read(folder.path().join("plan.html")).unwrap(), b"old");
}

#[cfg(target_os = "linux")]
#[test]
fn unwritable_standard_output_is_reported() {
    let folder = folder();
    for arguments in [
        &["render", "-o", "-"][..],
        &["check"],
        &["check", "--format", "json"],
        &["explain"],
        &["schema"],
    ] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = program(folder.path(), arguments)
            .stdout(full)
            .output()
            .unwrap();
        let (status, stderr) = outcome(&output);
        assert_eq!(status, Some(2), "{arguments:?}: {stderr}");
        assert!(stderr.contains("vol"), "{arguments:?}: {stderr}");
    }
    // Without standard error, only the status reports the failure.
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let status = program(folder.path(), &["check", "weg.yaml"])
        .stderr(full)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(2));
}

/// Runs with a limit on the size of files, in blocks. It stops a write halfway, like a full disk.
fn run_limited(folder: &Path, blocks: u32, arguments: &[&str]) -> Output {
    let limited = format!("ulimit -f {blocks}; exec \"$0\" \"$@\"");
    Command::new("sh")
        .args(["-c", &limited, env!("CARGO_BIN_EXE_planmaker")])
        .args(arguments)
        .current_dir(folder)
        .env("PLANMAKER_LANG", "nl")
        .output()
        .unwrap()
}

#[test]
fn incomplete_file_does_not_replace_the_old_one() {
    let folder = folder();
    let file = folder.path().join("plan.html");
    fs::write(&file, "old").unwrap();
    let output = run_limited(folder.path(), 4, &["render"]);
    let (status, stderr) = outcome(&output);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(stderr.contains("plan.html"), "{stderr}");
    assert_eq!(fs::read(&file).unwrap(), b"old");
    assert_eq!(names(folder.path()), ["plan.html", "plan.yaml"]);
}

/// None of several documents replaces its file if there is no room for one of them.
#[test]
fn several_documents_are_written_together() {
    let folder = folder();
    for name in ["plan.md", "plan.html"] {
        fs::write(folder.path().join(name), "old").unwrap();
    }
    // The Markdown fits, the page does not.
    let output = run_limited(folder.path(), 20, &["render", "--to", "md,html"]);
    let (status, stderr) = outcome(&output);
    assert_eq!(status, Some(2), "{stderr}");
    assert!(
        stderr.contains("‘plan.html’") && stderr.contains("te groot"),
        "{stderr}"
    );
    assert!(output.stdout.is_empty());
    for name in ["plan.md", "plan.html"] {
        assert_eq!(
            fs::read(folder.path().join(name)).unwrap(),
            b"old",
            "{name}"
        );
    }
    assert_eq!(names(folder.path()), ["plan.html", "plan.md", "plan.yaml"]);
}

#[test]
fn read_only_document_is_kept() {
    let folder = folder();
    let file = folder.path().join("plan.html");
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    symlink("plan.html", folder.path().join("link.html")).unwrap();
    for arguments in [
        &["render"][..],
        &["render", "-o", "link.html"],
        &["render", "-o", "./"],
    ] {
        let (status, stderr) = outcome(&run(folder.path(), arguments));
        assert_eq!(status, Some(2), "{arguments:?}");
        assert!(stderr.contains("beveiligd tegen schrijven"), "{stderr}");
        assert_eq!(fs::read(&file).unwrap(), b"old", "{arguments:?}");
    }
    assert_eq!(
        names(folder.path()),
        ["link.html", "plan.html", "plan.yaml"]
    );
    // `--force` is consent.
    let plan = folder.path().join("plan.yaml");
    fs::set_permissions(&plan, fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(outcome(&run(folder.path(), &["new"])).0, Some(2));
    assert_eq!(fs::read_to_string(&plan).unwrap(), PLAN);
    assert_eq!(outcome(&run(folder.path(), &["new", "--force"])).0, Some(0));
    assert_ne!(fs::read_to_string(&plan).unwrap(), PLAN);
    let mode = fs::metadata(&plan).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o444);
}

/// Whether this user can run a command as user 4321; only root can.
fn may_change_user() -> bool {
    let changed = Command::new("setpriv")
        .args(["--reuid=4321", "--regid=4321", "--clear-groups", "true"])
        .stderr(Stdio::null())
        .status();
    changed.is_ok_and(|status| status.success())
}

#[test]
fn owner_and_group_are_kept() {
    use std::os::unix::fs::{MetadataExt, chown};

    if !may_change_user() {
        eprintln!("skipped: this user may not become another");
        return;
    }
    let folder = folder();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    let file = folder.path().join("plan.html");
    let owner_group_mode = || {
        let found = fs::metadata(&file).unwrap();
        (found.uid(), found.gid(), found.mode() & 0o7777)
    };
    let prepare = |owner, group, mode| {
        fs::write(&file, "old").unwrap();
        chown(&file, Some(owner), Some(group)).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    };
    let as_other = || {
        let output = Command::new("setpriv")
            .args(["--reuid=4321", "--regid=4321", "--groups=4322"])
            .args([env!("CARGO_BIN_EXE_planmaker"), "render"])
            .current_dir(folder.path())
            .env("PLANMAKER_LANG", "nl")
            .output()
            .unwrap();
        outcome(&output)
    };
    prepare(1234, 2345, 0o640);
    assert!(run(folder.path(), &["render"]).status.success());
    assert_eq!(owner_group_mode(), (1234, 2345, 0o640));
    // In a folder that is shared by a group, the file becomes that of who writes it, and the group keeps its access.
    prepare(1234, 4322, 0o664);
    assert_eq!(as_other(), (Some(0), String::new()));
    assert_eq!(owner_group_mode(), (4321, 4322, 0o664));
    // A group that the writer is not in cannot be kept; another gets no more than everybody.
    prepare(1234, 2345, 0o666);
    assert_eq!(as_other().0, Some(0));
    assert_eq!(owner_group_mode(), (4321, 4321, 0o666));
    prepare(4321, 2345, 0o660);
    assert_eq!(as_other().0, Some(0));
    assert_eq!(owner_group_mode(), (4321, 4321, 0o600));
    // A file that others may not write is not replaced, though the folder would allow it.
    prepare(1234, 2345, 0o644);
    let (status, stderr) = as_other();
    assert_eq!(status, Some(2), "{stderr}");
    assert!(stderr.contains("je hebt er geen toegang toe"), "{stderr}");
    assert_eq!(fs::read(&file).unwrap(), b"old");
    assert_eq!(owner_group_mode(), (1234, 2345, 0o644));
    assert_eq!(names(folder.path()), ["plan.html", "plan.yaml"]);
}

/// An access control list is kept; a hard link is not, so that its other name keeps the old content.
#[cfg(target_os = "linux")]
#[test]
fn access_list_is_kept_and_hard_link_is_not() {
    let folder = folder();
    let python = |code: &str| {
        let output = Command::new("python3")
            .args(["-c", code])
            .current_dir(folder.path())
            .output();
        output.map(|it| (it.status.success(), it.stdout))
    };
    fs::write(folder.path().join("plan.html"), "old").unwrap();
    fs::hard_link(
        folder.path().join("plan.html"),
        folder.path().join("hard.html"),
    )
    .unwrap();
    // The owner may write, user 4321 may read, nobody else may do anything.
    let list = "import os, struct
entries = [(1, 6, 0xffffffff), (2, 4, 4321), (4, 0, 0xffffffff), (16, 4, 0xffffffff), (32, 0, 0xffffffff)]
value = struct.pack('<I', 2) + b''.join(struct.pack('<HHI', *entry) for entry in entries)
name = 'system.posix_acl_access'
";
    let made = python(&format!("{list}os.setxattr('plan.html', name, value)"));
    if !made.is_ok_and(|(is_made, _)| is_made) {
        eprintln!("skipped: no Python, or no access control lists here");
        return;
    }
    assert!(run(folder.path(), &["render"]).status.success());
    let (_, kept) = python(&format!(
        "{list}print(os.getxattr('plan.html', name) == value)"
    ))
    .unwrap();
    assert_eq!(kept, b"True\n");
    assert_eq!(fs::read(folder.path().join("hard.html")).unwrap(), b"old");
    assert_eq!(
        fs::read(folder.path().join("plan.html")).unwrap(),
        complete(folder.path())
    );
}

/// After a power failure the file is the old or the new one: its content is on disk before its name, and then the name is.
#[cfg(target_os = "linux")]
#[test]
fn file_and_folder_reach_the_disk() {
    let folder = folder();
    let trace = folder.path().join("trace");
    let traced = Command::new("strace")
        .args([
            "-f",
            "-y",
            "-e",
            "trace=fsync,rename,renameat,renameat2",
            "-o",
        ])
        .arg(&trace)
        .args([env!("CARGO_BIN_EXE_planmaker"), "render"])
        .current_dir(folder.path())
        .output();
    if !traced.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: strace is not here or may not trace");
        return;
    }
    let trace = fs::read_to_string(trace).unwrap();
    let mut calls = trace.lines().filter(|line| line.contains(" = 0"));
    let mut next = |call: &str| calls.next().is_some_and(|line| line.contains(call));
    assert!(
        next("fsync(") && next("rename") && next("fsync("),
        "{trace}"
    );
    assert!(
        trace.contains(".tmp/0>") && trace.contains("\"plan.html\""),
        "{trace}"
    );
}

#[test]
fn link_that_leads_to_itself_is_reported_and_kept() {
    let folder = folder();
    symlink("b.html", folder.path().join("a.html")).unwrap();
    symlink("a.html", folder.path().join("b.html")).unwrap();
    let (status, stderr) = outcome(&run(folder.path(), &["render", "-o", "a.html"]));
    assert_eq!(status, Some(2), "{stderr}");
    assert!(
        stderr.contains("‘a.html’") && stderr.contains("bij zichzelf"),
        "{stderr}"
    );
    assert!(folder.path().join("a.html").is_symlink());
    assert_eq!(names(folder.path()), ["a.html", "b.html", "plan.yaml"]);
}

#[test]
fn file_in_place_of_a_folder_is_reported_and_kept() {
    let folder = folder();
    fs::write(folder.path().join("uit"), "old").unwrap();
    for arguments in [
        &["render", "-o", "uit/"][..],
        &["render", "-o", "uit/diep/"],
        &["templates", "uit"],
        &["schema", "-o", "uit/"],
        &["new", "uit/plan.yaml"],
    ] {
        let (status, stderr) = outcome(&run(folder.path(), arguments));
        assert_eq!(status, Some(2), "{arguments:?}: {stderr}");
        assert!(stderr.contains("‘uit"), "{arguments:?}: {stderr}");
        assert_eq!(fs::read(folder.path().join("uit")).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["plan.yaml", "uit"], "{arguments:?}");
    }
}

/// A disk is neither a file nor a stream: writing to it would destroy what is on it.
#[cfg(target_os = "linux")]
#[test]
fn disk_is_not_written() {
    let folder = folder();
    // A device number without a device, so that a bug cannot destroy a disk of the machine.
    let made = Command::new("mknod")
        .arg(folder.path().join("schijf.html"))
        .args(["b", "240", "99"])
        .stderr(Stdio::null())
        .status();
    if !made.is_ok_and(|status| status.success()) {
        eprintln!("skipped: this user may not make devices here");
        return;
    }
    let (status, stderr) = outcome(&run(folder.path(), &["render", "-o", "schijf.html"]));
    assert_eq!(status, Some(2), "{stderr}");
    assert!(stderr.contains("dat kan op deze plek niet"), "{stderr}");
    assert_eq!(names(folder.path()), ["plan.yaml", "schijf.html"]);
}

#[test]
fn closed_pipe_is_no_error() {
    let folder = folder();
    for arguments in [
        &["check"][..],
        &["check", "--format", "json"],
        &["explain"],
        &["schema"],
        &["render", "-o", "-"],
    ] {
        let mut child = program(folder.path(), arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::with_capacity(16, child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let (status, stderr) = outcome(&child.wait_with_output().unwrap());
        let open_points = stderr.ends_with(": planmaker check plan.yaml\n");
        assert_eq!(open_points, arguments[0] == "render", "{stderr}");
        assert!(stderr.lines().count() <= 1, "{stderr}");
        assert_eq!(
            status,
            Some(i32::from(arguments[0] == "check")),
            "{arguments:?}"
        );
        assert!(!line.is_empty());
    }
}

#[test]
fn links_and_permissions_are_kept() {
    let folder = folder();
    let at = |name: &str| -> PathBuf { folder.path().join(name) };
    fs::create_dir(at("elders")).unwrap();
    fs::write(at("elders/echt.html"), "old").unwrap();
    fs::set_permissions(at("elders/echt.html"), fs::Permissions::from_mode(0o604)).unwrap();
    symlink("elders/echt.html", at("tussen.html")).unwrap();
    symlink("tussen.html", at("plan.html")).unwrap();
    assert!(run(folder.path(), &["render"]).status.success());
    assert!(at("plan.html").is_symlink() && at("tussen.html").is_symlink());
    assert_eq!(
        fs::read(at("elders/echt.html")).unwrap(),
        complete(folder.path())
    );
    assert_eq!(
        fs::metadata(at("elders/echt.html"))
            .unwrap()
            .permissions()
            .mode()
            & 0o777,
        0o604
    );
}

#[test]
fn dangling_link_is_kept_and_its_target_created() {
    let folder = folder();
    fs::create_dir(folder.path().join("elders")).unwrap();
    symlink("elders/nieuw.html", folder.path().join("plan.html")).unwrap();
    let (status, stderr) = outcome(&run(folder.path(), &["render"]));
    assert_eq!(status, Some(0), "{stderr}");
    assert!(folder.path().join("plan.html").is_symlink());
    assert!(folder.path().join("elders/nieuw.html").is_file());
}

#[test]
fn folder_with_the_name_of_the_document_is_reported() {
    let folder = folder();
    fs::create_dir(folder.path().join("plan.html")).unwrap();
    let (status, stderr) = outcome(&run(folder.path(), &["render"]));
    assert_eq!(status, Some(2));
    assert!(
        stderr.contains("plan.html") && stderr.contains("map"),
        "{stderr}"
    );
    assert!(folder.path().join("plan.html").is_dir());
}

#[test]
fn plan_is_never_overwritten() {
    let folder = folder();
    let plan = folder.path().join("plan.yaml");
    symlink("plan.yaml", folder.path().join("link.html")).unwrap();
    fs::hard_link(&plan, folder.path().join("hard.html")).unwrap();
    for arguments in [
        &["render", "-o", "plan.yaml"][..],
        &["render", "-o", "link.html"],
        &["render", "-o", "./../x/../plan.yaml"],
        &["new"],
        &["new", "link.html"],
    ] {
        assert_eq!(
            outcome(&run(folder.path(), arguments)).0,
            Some(2),
            "{arguments:?}"
        );
        assert_eq!(fs::read_to_string(&plan).unwrap(), PLAN, "{arguments:?}");
    }
    // A hard link is replaced by a new file, and the plan stays.
    let _ = run(folder.path(), &["render", "-o", "hard.html"]);
    assert_eq!(fs::read_to_string(&plan).unwrap(), PLAN);
}
