//! `render --watch`: every way of saving gives a new document, and everything else gives none.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::command::{folder, outcome, planmaker};

const GOOD: &str = include_str!("../plans/goed.yaml");

/// The time after which a test fails, far more than needed.
const DEADLINE: Duration = Duration::from_secs(60);

/// A running `render --watch`.
struct Watched {
    child: Child,
    log: tempfile::TempDir,
}

impl Watched {
    /// Starts in a folder and waits for the first document.
    fn start(folder: &Path, args: &[&str]) -> Self {
        let log = tempfile::tempdir().unwrap();
        let output = |name| File::create(log.path().join(name)).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_planmaker"))
            .current_dir(folder)
            .env("PLANMAKER_LANG", "nl")
            .args(["render", "--watch"])
            .args(args)
            .stdout(output("stdout"))
            .stderr(output("stderr"))
            .spawn()
            .unwrap();
        let watched = Self { child, log };
        watched.wait_for(|| watched.stdout().contains("Bij elke keer"));
        watched
    }

    fn stdout(&self) -> String {
        fs::read_to_string(self.log.path().join("stdout")).unwrap()
    }

    fn stderr(&self) -> String {
        fs::read_to_string(self.log.path().join("stderr")).unwrap()
    }

    /// The number of documents written so far.
    fn written(&self) -> usize {
        self.stdout().matches("Geschreven: ").count()
    }

    fn wait_for(&self, condition: impl Fn() -> bool) {
        let start = Instant::now();
        while !condition() {
            let (stdout, stderr) = (self.stdout(), self.stderr());
            let is_late = start.elapsed() > DEADLINE;
            assert!(!is_late, "nothing happened since\n{stdout}{stderr}");
            thread::sleep(Duration::from_millis(10));
        }
    }

    fn wait_for_text(&self, file: &Path, text: &str) {
        self.wait_for(|| fs::read_to_string(file).is_ok_and(|found| found.contains(text)));
    }

    /// Waits until the findings were compared after a save, and returns the output.
    fn wait_for_report(&self, nr: usize) -> String {
        self.wait_for(|| self.stdout().matches("Nog ").count() >= nr);
        self.stdout()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A plan with a title. All titles of one length give plans of one length.
fn plan(title: &str) -> String {
    format!("versie: 1\nplan: {{titel: {title}}}\n")
}

/// A way to save a text in the plan with this path.
type Save = fn(&Path, &str);

/// A file next to the plan.
fn sibling(plan: &Path, name: &str) -> PathBuf {
    plan.with_file_name(name)
}

/// Renames a file. On Windows, editors try again while another program reads the file that it replaces.
fn rename(from: &Path, to: &Path) {
    let tries = if cfg!(windows) { 500 } else { 1 };
    let is_renamed = |_| {
        let renamed = fs::rename(from, to);
        thread::sleep(Duration::from_millis(u64::from(renamed.is_err())));
        renamed.is_ok()
    };
    assert!((0..tries).any(is_renamed), "{}", to.display());
}

/// Writes a file next to the plan and renames it to the plan.
fn rename_over(plan: &Path, name: &str, text: &str) {
    fs::write(sibling(plan, name), text).unwrap();
    rename(&sibling(plan, name), plan);
}

#[cfg(unix)]
fn copy_time(from: &Path, to: &Path) {
    let time = fs::metadata(from).unwrap().modified().unwrap();
    let file = File::options().write(true).open(to).unwrap();
    file.set_modified(time).unwrap();
}

fn in_place(plan: &Path, text: &str) {
    fs::write(plan, text).unwrap();
}

fn in_pieces(plan: &Path, text: &str) {
    let mut file = File::create(plan).unwrap();
    for piece in text.as_bytes().chunks(10) {
        thread::sleep(Duration::from_millis(20));
        file.write_all(piece).unwrap();
    }
}

fn in_place_with_backup(plan: &Path, text: &str) {
    fs::copy(plan, sibling(plan, "plan.yaml~")).unwrap();
    in_place(plan, text);
}

fn vim(plan: &Path, text: &str) {
    fs::write(sibling(plan, "4913"), "").unwrap();
    fs::remove_file(sibling(plan, "4913")).unwrap();
    rename(plan, &sibling(plan, "plan.yaml~"));
    thread::sleep(Duration::from_millis(50));
    in_place(plan, text);
    fs::remove_file(sibling(plan, "plan.yaml~")).unwrap();
}

#[cfg(unix)]
fn emacs(plan: &Path, text: &str) {
    let lock = sibling(plan, ".#plan.yaml");
    std::os::unix::fs::symlink("iemand@computer.123", &lock).unwrap();
    fs::write(sibling(plan, "#plan.yaml#"), text).unwrap();
    fs::rename(plan, sibling(plan, "plan.yaml~")).unwrap();
    in_place(plan, text);
    fs::remove_file(sibling(plan, "#plan.yaml#")).unwrap();
    fs::remove_file(lock).unwrap();
}

fn gedit(plan: &Path, text: &str) {
    rename_over(plan, ".goutputstream-ABC123", text);
}

fn libreoffice(plan: &Path, text: &str) {
    let lock = sibling(plan, ".~lock.plan.yaml#");
    fs::write(&lock, "iemand").unwrap();
    rename_over(plan, "lu12345.tmp", text);
    fs::remove_file(lock).unwrap();
}

fn sed(plan: &Path, text: &str) {
    rename_over(plan, "sedAbCdEf", text);
}

/// Files that are synchronised have the time of their original, which may be older. On Windows, the same length and time are no change.
#[cfg(unix)]
fn syncthing(plan: &Path, text: &str) {
    let temporary = sibling(plan, ".syncthing.plan.yaml.tmp");
    fs::write(&temporary, text).unwrap();
    copy_time(plan, &temporary);
    rename(&temporary, plan);
}

fn onedrive(plan: &Path, text: &str) {
    fs::write(sibling(plan, "~plan.tmp"), text).unwrap();
    fs::remove_file(plan).unwrap();
    thread::sleep(Duration::from_millis(300));
    rename(&sibling(plan, "~plan.tmp"), plan);
}

#[cfg(unix)]
fn rsync_in_place(plan: &Path, text: &str) {
    let before = sibling(plan, "before");
    fs::write(&before, "").unwrap();
    copy_time(plan, &before);
    in_place(plan, text);
    copy_time(&before, plan);
    fs::remove_file(before).unwrap();
}

/// Wine removes the new file as well if the watch has the old one open.
#[cfg(unix)]
fn git_checkout(plan: &Path, text: &str) {
    fs::remove_file(plan).unwrap();
    in_place(plan, text);
}

/// Windows does not let a folder be removed or renamed while a program works in it.
#[cfg(unix)]
fn folder_replaced(plan: &Path, text: &str) {
    let folder = plan.parent().unwrap();
    let (old, new) = (folder.with_file_name("old"), folder.with_file_name("new"));
    fs::create_dir(&new).unwrap();
    in_place(&new.join("plan.yaml"), text);
    fs::rename(folder, &old).unwrap();
    thread::sleep(Duration::from_millis(300));
    fs::rename(new, folder).unwrap();
    fs::remove_dir_all(old).unwrap();
}

#[cfg(unix)]
fn folder_recreated(plan: &Path, text: &str) {
    let folder = plan.parent().unwrap();
    fs::remove_dir_all(folder).unwrap();
    thread::sleep(Duration::from_millis(300));
    fs::create_dir(folder).unwrap();
    in_place(plan, text);
}

#[cfg(unix)]
fn parent_recreated(plan: &Path, text: &str) {
    let folder = plan.parent().unwrap();
    fs::remove_dir_all(folder.parent().unwrap()).unwrap();
    fs::create_dir_all(folder).unwrap();
    in_place(plan, text);
}

/// The plan is a link to a file in another folder, which is saved there.
#[cfg(unix)]
fn link_to_saved_file(plan: &Path, text: &str) {
    if let Ok(target) = plan.read_link() {
        rename_over(&target, "nieuw", text);
    } else {
        link_replaced(plan, text);
    }
}

#[cfg(unix)]
fn link_replaced(plan: &Path, text: &str) {
    let folder = plan.parent().unwrap().parent().unwrap();
    let target = (0..).map(|nr| folder.join(format!("{nr}.yaml")));
    let target = target.into_iter().find(|target| !target.exists()).unwrap();
    fs::write(&target, text).unwrap();
    fs::remove_file(plan).unwrap();
    std::os::unix::fs::symlink(target, plan).unwrap();
}

/// The folder of the plan becomes a link, and then a link to another folder.
#[cfg(unix)]
fn folder_link_replaced(plan: &Path, text: &str) {
    let folder = plan.parent().unwrap();
    let targets = (0..).map(|nr| folder.with_file_name(format!("release-{nr}")));
    let target = targets.into_iter().find(|target| !target.exists()).unwrap();
    fs::create_dir(&target).unwrap();
    in_place(&target.join("plan.yaml"), text);
    if folder.is_symlink() {
        fs::remove_file(folder).unwrap();
    } else {
        fs::rename(folder, folder.with_file_name("old")).unwrap();
    }
    std::os::unix::fs::symlink(target, folder).unwrap();
}

const WAYS: &[(&str, Save)] = &[
    ("in place", in_place),
    ("in pieces", in_pieces),
    ("in place, with a backup, as nano", in_place_with_backup),
    ("vim", vim),
    ("gedit", gedit),
    ("LibreOffice", libreoffice),
    ("sed", sed),
    #[cfg(unix)]
    ("Syncthing", syncthing),
    ("OneDrive", onedrive),
    #[cfg(unix)]
    ("git checkout", git_checkout),
    #[cfg(unix)]
    ("folder replaced", folder_replaced),
    #[cfg(unix)]
    ("folder recreated", folder_recreated),
    #[cfg(unix)]
    ("parent recreated", parent_recreated),
    #[cfg(unix)]
    ("rsync --inplace --times", rsync_in_place),
    #[cfg(unix)]
    ("emacs", emacs),
    #[cfg(unix)]
    ("link to a saved file", link_to_saved_file),
    #[cfg(unix)]
    ("link replaced", link_replaced),
    #[cfg(unix)]
    ("link to folder replaced", folder_link_replaced),
];

#[test]
fn office_files_are_made_again_on_every_save() {
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    let dated = |day: &str| {
        format!(
            "{}planning_en_budget: {{activiteiten: {{a: {{start: {day}}}}}}}\n",
            plan("A")
        )
    };
    fs::write(at("plan.yaml"), dated("2026-10-05")).unwrap();
    let watched = Watched::start(folder.path(), &["--to", "xlsx,ics"]);
    watched.wait_for_text(&at("plan.ics"), "20261005");
    let before = fs::read(at("plan.xlsx")).unwrap();
    fs::write(at("plan.yaml"), dated("2026-10-06")).unwrap();
    watched.wait_for_text(&at("plan.ics"), "20261006");
    watched.wait_for(|| fs::read(at("plan.xlsx")).is_ok_and(|after| after != before));
}

#[test]
fn every_way_of_saving_gives_a_document() {
    // The working folder is that of the plan, or one that is never replaced.
    let places = [
        ("ouder/plannen", "plan.yaml"),
        ("", "ouder/plannen/plan.yaml"),
    ];
    // Most of the time they wait.
    thread::scope(|scope| {
        for (name, save) in WAYS {
            for (home, path) in places {
                let case = format!("{name}, in ‘{home}’");
                let thread = thread::Builder::new().name(case);
                let check = move || every_save_gives_a_document(*save, home, path);
                thread.spawn_scoped(scope, check).unwrap();
            }
        }
    });
}

fn every_save_gives_a_document(save: Save, home: &str, path: &str) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("ouder/plannen");
    fs::create_dir_all(&folder).unwrap();
    let plan_file = folder.join("plan.yaml");
    in_place(&plan_file, &plan("Eerste"));
    let watched = Watched::start(&root.path().join(home), &[path, "--to", "md"]);
    for title in ["Tweede", "Derde0", "Vierde"] {
        save(&plan_file, &plan(title));
        watched.wait_for_text(&folder.join("plan.md"), title);
    }
    assert_eq!(watched.stderr(), "");
}

#[test]
fn changes_in_findings_are_reported() {
    let folder = folder();
    let plan = folder.path().join("plan.yaml");
    fs::write(&plan, GOOD).unwrap();
    let watched = Watched::start(folder.path(), &["--to", "md"]);
    let output = watched.stdout();
    assert!(output.starts_with("Geschreven: plan.md\n"), "{output}");

    fs::write(&plan, GOOD.replacen("    persoon: ", "    # persoon: ", 1)).unwrap();
    let output = watched.wait_for_report(1);
    assert!(
        output.contains("nieuw (") && output.contains("rol-zonder-persoon"),
        "{output}"
    );

    fs::write(&plan, GOOD.replace("Stevig Staan", "Vaste Voet")).unwrap();
    let output = watched.wait_for_report(2);
    let last = output.rsplit("Nog ").nth(1).unwrap();
    assert!(
        last.contains("opgelost: ") && last.contains("rol-zonder-persoon"),
        "{output}"
    );
    let document = fs::read_to_string(folder.path().join("plan.md")).unwrap();
    assert!(document.contains("Vaste Voet"));
}

#[test]
fn nothing_is_reported_as_solved_while_the_plan_is_unreadable() {
    let folder = folder();
    let plan = folder.path().join("plan.yaml");
    fs::write(&plan, GOOD.replacen("    persoon: ", "    # persoon: ", 1)).unwrap();
    let watched = Watched::start(folder.path(), &["--to", "md"]);
    fs::write(&plan, "plan: {titel: \"niet af\n").unwrap();
    watched.wait_for(|| watched.stderr().contains("Niet geschreven. plan.yaml:1"));
    fs::write(&plan, GOOD).unwrap();
    let output = watched.wait_for_report(1);
    let solved = output.matches("opgelost: ").count();
    assert!(
        solved == 1 && output.contains("rol-zonder-persoon") && !output.contains("nieuw ("),
        "{output}"
    );
}

#[test]
fn files_that_change_continually_do_not_delay_the_document() {
    let folder = folder();
    let (plan_file, document) = (
        folder.path().join("plan.yaml"),
        folder.path().join("plan.md"),
    );
    let watched = Watched::start(folder.path(), &["--to", "md"]);
    let is_done = AtomicBool::new(false);
    let titles = thread::scope(|scope| {
        scope.spawn(|| {
            let mut nr = 0;
            while !is_done.load(Ordering::Relaxed) {
                nr += 1;
                fs::write(folder.path().join("logboek"), format!("{nr}")).unwrap();
                rename_over(&plan_file, "nieuw", &plan(&format!("Nummer {nr}")));
                thread::sleep(Duration::from_millis(1));
            }
        });
        let mut titles = BTreeSet::new();
        let start = Instant::now();
        while titles.len() < 4 && start.elapsed() < DEADLINE {
            titles.insert(fs::read_to_string(&document).unwrap());
            thread::sleep(Duration::from_millis(10));
        }
        is_done.store(true, Ordering::Relaxed);
        titles
    });
    assert_eq!(titles.len(), 4, "{}", watched.stderr());
    in_place(&plan_file, &plan("Laatste"));
    watched.wait_for_text(&document, "Laatste");
}

#[test]
fn theme_and_templates_with_any_name_are_watched() {
    let root = folder();
    let place = |name: &str| root.path().join(name);
    fs::create_dir_all(place("sjablonen/partials")).unwrap();
    let tokens = |height: &str| format!(":root {{ --utrecht-document-line-height: {height}; }}");
    fs::write(place("huisstijl"), tokens("1.625")).unwrap();
    let logo = |size: &str| format!("<svg viewBox='0 0 {size} 1'/>");
    fs::write(place("logo"), logo("2")).unwrap();
    let args = [
        "--theme",
        "huisstijl",
        "--templates",
        "sjablonen",
        "--logo",
        "logo",
    ];
    let watched = Watched::start(root.path(), &args);
    let page = place("plan.html");
    let is_shown = |text: &str| fs::read_to_string(&page).is_ok_and(|page| page.contains(text));
    assert!(is_shown("1.625"));

    fs::write(place("huisstijl"), tokens("1.875")).unwrap();
    watched.wait_for_text(&page, "1.875");
    let picture = || {
        let page = fs::read_to_string(&page).unwrap_or_default();
        let (_, picture) = page.split_once("base64,").unwrap_or_default();
        picture.split('"').next().unwrap_or_default().to_owned()
    };
    let first = picture();
    fs::write(place("logo"), logo("30")).unwrap();
    watched.wait_for(|| !picture().is_empty() && picture() != first);

    let cover = place("sjablonen/partials/voorblad.j2");
    fs::write(place("sjablonen/adres.txt"), "Dorpsstraat 1").unwrap();
    fs::write(&cover, "Kaft. {% include 'adres.txt' %}").unwrap();
    watched.wait_for(|| is_shown("Kaft. Dorpsstraat 1"));
    fs::write(place("sjablonen/adres.txt"), "Dorpsstraat 2").unwrap();
    watched.wait_for(|| is_shown("Kaft. Dorpsstraat 2"));
    fs::remove_file(&cover).unwrap();
    watched.wait_for(|| !is_shown("Kaft."));

    // The folder may be replaced.
    fs::rename(place("sjablonen"), place("oud")).unwrap();
    fs::create_dir_all(place("sjablonen/partials")).unwrap();
    fs::write(&cover, "Nieuwe kaft.").unwrap();
    watched.wait_for(|| is_shown("Nieuwe kaft."));
}

#[test]
fn a_change_of_nothing_but_metadata_or_documents_gives_no_document() {
    let root = folder();
    let plan_file = root.path().join("plan.yaml");
    let templates = root.path().join("sjablonen");
    fs::create_dir(&templates).unwrap();
    // The name of the plan, and an extension of templates.
    let args = [
        "--templates",
        "sjablonen",
        "--to",
        "md,yaml",
        "-o",
        "sjablonen",
    ];
    let watched = Watched::start(root.path(), &args);
    let data = templates.join("plan.weergave.yaml");
    for (nr, title) in ["Eerste", "Tweede", "Derde0"].into_iter().enumerate() {
        in_place(&plan_file, &plan(title));
        watched.wait_for_text(&data, title);
        let expected = 2 * (nr + 2);
        watched.wait_for(|| watched.written() >= expected);
        assert_eq!(watched.written(), expected, "{}", watched.stdout());
        // Neither of these is a save.
        in_place(&plan_file, &plan(title));
        fs::remove_file(&data).unwrap();
        fs::write(&data, "iets anders").unwrap();
        fs::write(templates.join("plan.j2~"), title).unwrap();
        fs::write(templates.join(".plan.j2.swp"), title).unwrap();
        #[cfg(unix)]
        fs::set_permissions(
            &plan_file,
            std::os::unix::fs::PermissionsExt::from_mode(0o600),
        )
        .unwrap();
        // Long enough for a few looks, so that the next count shows it if it were one.
        thread::sleep(Duration::from_secs(1));
    }
}

#[test]
fn a_plan_that_is_gone_is_reported_once_and_may_return() {
    let folder = folder();
    let plan_file = folder.path().join("plan.yaml");
    let watched = Watched::start(folder.path(), &["--to", "md"]);
    fs::remove_file(&plan_file).unwrap();
    watched.wait_for(|| watched.stderr().contains("‘plan.yaml’ bestaat niet"));
    in_place(&plan_file, &plan("Terug"));
    watched.wait_for_text(&folder.path().join("plan.md"), "Terug");
    assert_eq!(watched.stderr().lines().count(), 1, "{}", watched.stderr());
}

#[test]
fn a_plan_and_its_folder_may_be_created_later() {
    let root = tempfile::tempdir().unwrap();
    let watched = Watched::start(root.path(), &["later/plan.yaml", "--to", "md"]);
    assert!(watched.stderr().contains("‘later/plan.yaml’ bestaat niet"));
    fs::create_dir(root.path().join("later")).unwrap();
    in_place(&root.path().join("later/plan.yaml"), &plan("Later"));
    watched.wait_for_text(&root.path().join("later/plan.md"), "Later");
}

#[cfg(unix)]
#[test]
fn pipes_and_folders_instead_of_a_file_are_reported() {
    let make_pipe = |path: &Path| {
        let status = Command::new("mkfifo").arg(path).status().unwrap();
        assert!(status.success());
    };
    let expected = "is geen gewoon bestand, en daarom niet te volgen. \
        Zet er een bestand neer, of laat --watch weg.\n";

    let folder = folder();
    let plan_file = folder.path().join("plan.yaml");
    let watched = Watched::start(folder.path(), &["--to", "md"]);
    fs::remove_file(&plan_file).unwrap();
    make_pipe(&plan_file);
    let error = format!("fout: ‘plan.yaml’ {expected}");
    watched.wait_for(|| watched.stderr() == error);
    fs::remove_file(&plan_file).unwrap();
    in_place(&plan_file, &plan("Na de pijp"));
    watched.wait_for_text(&folder.path().join("plan.md"), "Na de pijp");
    fs::remove_file(&plan_file).unwrap();
    fs::create_dir(&plan_file).unwrap();
    watched.wait_for(|| watched.stderr() == error.repeat(2));
    fs::remove_dir(&plan_file).unwrap();
    rename_over(&plan_file, "nieuw", &plan("Na de map"));
    watched.wait_for_text(&folder.path().join("plan.md"), "Na de map");

    // At the start, it is a mistake.
    make_pipe(&folder.path().join("pijp"));
    for args in [
        ["pijp", "--theme", "plan.yaml"],
        ["plan.yaml", "--theme", "pijp"],
        ["plan.yaml", "--logo", "pijp"],
    ] {
        let args: Vec<&str> = ["render", "--watch"].into_iter().chain(args).collect();
        let expected = format!("fout: ‘pijp’ {expected}");
        assert_eq!(
            outcome(&planmaker(folder.path(), &args)),
            (Some(2), expected)
        );
    }
}
