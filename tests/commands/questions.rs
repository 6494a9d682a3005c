//! The questions of `planmaker new`, answered on a pseudo-terminal.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{LocalModes, Winsize, tcgetattr, tcsetwinsize};
use tempfile::TempDir;

/// The maximum wait for output, generous for busy machines.
const PATIENCE: Duration = Duration::from_secs(60);

const ENTER: &str = "\r";
const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";
const ESCAPE: &str = "\x1b";
const CTRL_C: &str = "\x03";
const CTRL_D: &str = "\x04";
const CTRL_U: &str = "\x15";

/// `planmaker new` on a terminal, in a folder of its own.
struct Session {
    folder: TempDir,
    program: Child,
    keys: File,
    shown: Receiver<Vec<u8>>,
    /// All output so far.
    bytes: Vec<u8>,
    /// The end of the last expected text in [`Session::all`].
    seen: usize,
}

impl Session {
    fn start(options: &[&str]) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), options, None)
    }

    fn start_in(folder: TempDir, options: &[&str], stdout: Option<File>) -> Self {
        Self::start_on([80, 24], folder, options, stdout)
    }

    /// Starts on a terminal of so many columns and rows.
    fn start_on(
        [columns, rows]: [u16; 2],
        folder: TempDir,
        options: &[&str],
        stdout: Option<File>,
    ) -> Self {
        let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&terminal).unwrap();
        unlockpt(&terminal).unwrap();
        let size = Winsize {
            ws_row: rows,
            ws_col: columns,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&terminal, size).unwrap();
        let name = ptsname(&terminal, Vec::new()).unwrap();
        let path = Path::new(OsStr::from_bytes(name.to_bytes()));
        let screen = OpenOptions::new()
            .read(true)
            .write(true)
            .open(path)
            .unwrap();
        let program = Command::new(env!("CARGO_BIN_EXE_planmaker"))
            .arg("new")
            .args(options)
            .current_dir(folder.path())
            .envs([
                ("PLANMAKER_LANG", "nl"),
                ("TERM", "xterm"),
                ("NO_COLOR", "1"),
            ])
            .stdin(screen.try_clone().unwrap())
            .stdout(stdout.map_or_else(|| Stdio::from(screen.try_clone().unwrap()), Stdio::from))
            .stderr(screen)
            .spawn()
            .unwrap();
        let keys = File::from(terminal);
        let mut output = keys.try_clone().unwrap();
        let (send, shown) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // Reading fails once the terminal is closed.
            while let Ok(count @ 1..) = output.read(&mut bytes) {
                if send.send(bytes[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            folder,
            program,
            keys,
            shown,
            bytes: Vec::new(),
            seen: 0,
        }
    }

    /// Waits until the program shows a text after the last expected one.
    fn expect(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let all = self.all();
            if let Some(at) = all[self.seen..].find(text) {
                self.seen += at + text.len();
                return;
            }
            let left = end.saturating_duration_since(Instant::now());
            let Ok(more) = self.shown.recv_timeout(left) else {
                panic!("{text:?} is not shown:\n{all}");
            };
            self.bytes.extend(more);
        }
    }

    /// All output so far, without escape sequences.
    fn all(&self) -> String {
        let text = String::from_utf8_lossy(&self.bytes);
        let mut parts = text.split("\x1b[");
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |all, part| {
            let end = part.find(|c: char| c.is_ascii_alphabetic());
            all + end.map_or("", |end| &part[end + 1..])
        })
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits for a question, types an answer and presses Enter.
    fn answer(&mut self, question: &str, answer: &str) {
        self.expect(&format!("? {question}"));
        self.press(answer);
        self.press(ENTER);
    }

    /// Waits until the program ends. Returns its exit status and the files in its folder.
    fn end(&mut self) -> (Option<i32>, Vec<String>) {
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.program.try_wait().unwrap() {
                break status;
            }
            assert!(Instant::now() < end, "still running:\n{}", self.all());
            thread::sleep(Duration::from_millis(20));
        };
        let files = fs::read_dir(self.folder.path()).unwrap();
        let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        (status.code(), names)
    }

    fn plan(&self) -> String {
        fs::read_to_string(self.folder.path().join("plan.yaml")).unwrap()
    }

    fn shows_keys(&self) -> bool {
        let modes = tcgetattr(&self.keys).unwrap().local_modes;
        modes.contains(LocalModes::ECHO | LocalModes::ICANON)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // After a failed test the program would wait for keys forever.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// The files that `new` writes.
const WRITTEN: [&str; 2] = ["plan.yaml", "planmaker.schema.json"];

#[test]
fn answers_end_up_in_the_plan() {
    let mut session = Session::start(&[]);
    session.expect("met Esc stop je");
    session.answer("Hoe heet je plan?", "Ja: \"nee\" # één");
    session.answer("Welke interventie of werkwijze voer je in?", "");
    session.expect("(later)");
    session.answer("Welke organisatie voert de interventie in?", "Gemeente A");
    session.answer("Welke organisatie nog meer?", "- B, C");
    session.answer("Welke organisatie nog meer?", "");
    session.answer("Op welke dag begint de implementatie?", "31-2-2026");
    session.expect("Die dag bestaat niet.");
    // A wrong answer is replaced.
    session.press("1 sep 2026\r");
    session.expect("1 september 2026");
    session.answer(
        "Welke groep is bij de implementatie betrokken?",
        "Consulenten",
    );
    session.answer("Welke rol heeft deze groep?", "baas");
    session.expect("‘baas’ staat er niet bij.");
    session.press("on\r");
    session.expect("‘on’ past bij meer keuzes: ondersteuner, ontwikkelaar.");
    session.press("1\r");
    session.expect("uitvoerder");
    session.answer("Hoeveel heeft deze groep te winnen", DOWN);
    session.answer("Hoeveel invloed heeft deze groep", "w");
    session.answer("Welke groep nog meer?", "consulenten");
    session.expect("‘consulenten’ heb je al genoemd.");
    session.press("Bewoners\r");
    session.answer("Welke rol heeft deze groep?", "");
    session.answer("Hoeveel heeft deze groep te winnen", "");
    session.answer("Hoeveel invloed heeft deze groep", "");
    session.answer("Welke groep nog meer?", "");
    for line in [
        "1 Titel: Ja: \"nee\" # één",
        "2 Interventie: (later)",
        "3 Implementerende organisaties: Gemeente A; - B, C",
        "4 Start van de implementatie: 1 september 2026",
        "5 Consulenten: uitvoerder, belang veel, invloed weinig",
        "6 Bewoners: (later), belang (later), invloed (later)",
    ] {
        session.expect(line);
    }
    session.answer("Klopt het?", "");
    session.expect("‘plan.yaml’ is gemaakt.");
    session.expect("‘planmaker.schema.json’ staat ernaast");
    assert_eq!(session.end(), (Some(0), WRITTEN.map(str::to_owned).into()));
    assert!(session.shows_keys());

    let plan = session.plan();
    for lines in [
        "\n  titel: 'Ja: \"nee\" # één'\n",
        "\n  interventie:\n",
        "\n  organisaties:\n    - Gemeente A\n    - '- B, C'\n",
        "\n  start: 2026-09-01\n",
        "\n    rol: uitvoerder\n",
        "\n    belang: veel\n",
        "\n    invloed: weinig\n",
        "\n  bewoners:\n    rol:\n    belang:\n",
        "\n  doel-consulenten:\n",
    ] {
        assert!(plan.contains(lines), "{lines}{plan}");
    }
}

#[test]
fn answers_can_be_changed() {
    let options = "--interventie x --organisatie y --start 1-9-2026";
    let mut session = Session::start(&options.split(' ').collect::<Vec<_>>());
    session.answer("Hoe heet je plan?", "Fout");
    session.answer("Welke groep is bij", "Consulenten");
    // Back from a choice, and from the first group to the title, with what was typed.
    session.expect("? Welke rol heeft deze groep?");
    session.press(UP);
    session.expect("? Welke groep is bij");
    session.press(UP);
    session.expect("? Hoe heet je plan?");
    session.press(UP);
    session.expect("Dit is de eerste vraag.");
    session.expect("? Hoe heet je plan?");
    session.press(CTRL_U);
    session.press("Goed\r");
    session.expect("? Welke groep is bij");
    session.press(" bijstand\r");
    session.answer("Welke rol heeft deze groep? (Consulenten bijstand)", "2");
    session.answer("Hoeveel heeft deze groep te winnen", "2");
    session.answer("Hoeveel invloed heeft deze groep", "veel");
    session.answer("Welke groep nog meer?", "");
    // Changes in the summary: the organisation, and a group more, which is taken out again.
    session.answer("Klopt het?", "9");
    session.expect("‘9’ is geen nummer uit de lijst. Typ een nummer van 1 tot en met 6");
    session.answer("Klopt het?", "3");
    session.expect("? Welke organisatie voert");
    session.press(CTRL_U);
    session.press("Gemeente Z\r");
    session.answer("Welke organisatie nog meer?", "");
    session.answer("Klopt het?", "6");
    session.answer("Welke groep nog meer?", "Wethouder");
    session.expect("? Welke rol");
    session.press(UP);
    session.expect("? Welke groep nog meer?");
    session.press(CTRL_U);
    session.press(ENTER);
    session.expect("4 Start van de implementatie: 1 september 2026");
    session.expect("5 Consulenten bijstand: leidinggevende, belang weinig, invloed veel");
    session.expect("6 Nog een groep toevoegen");
    session.answer("Klopt het?", "");
    assert_eq!(session.end().0, Some(0));
    let plan = session.plan();
    assert!(plan.contains("\n  titel: Goed\n") && plan.contains("\n  organisaties: Gemeente Z\n"));
    assert!(plan.contains("\n  consulenten-bijstand:\n") && !plan.contains("wethouder"));
}

#[test]
fn a_small_terminal_shows_everything() {
    let folder = tempfile::tempdir().unwrap();
    let mut session = Session::start_on([30, 8], folder, &["--lang", "en"], None);
    let title = "A title that does not fit on one line of this terminal";
    session.answer("What is your plan called?", title);
    for question in ["Which intervention", "Which organisation", "On which day"] {
        session.answer(question, "");
    }
    session.answer("Which group is involved", "Case managers");
    session.answer("What role", "practitioner");
    session.answer("How much", "high");
    session.answer("How much influence", "low");
    session.answer("Which other group?", "");
    session.answer("Is it right?", "");
    session.expect("‘plan.yaml’ was written");
    assert_eq!(session.end().0, Some(0));
    let all = session.all();
    let (asked, _) = all.split_once("‘plan.yaml’ was written").unwrap();
    for line in asked.lines() {
        // A line that is being typed is drawn again and again.
        let drawn = line.rsplit('\r').find(|drawn| !drawn.is_empty());
        let width = drawn.map_or(0, |line| line.chars().count());
        assert!(width < 30 || line.contains("> "), "{line}");
    }
    assert!(session.plan().contains(&format!("\n  titel: {title}\n")));
}

#[test]
fn stopping_writes_nothing() {
    for key in [ESCAPE, CTRL_C, CTRL_D] {
        for answers in [0, 1, 6] {
            let mut session = Session::start(&["--lang", "en"]);
            let questions = [
                "What is your plan called?",
                "Which intervention",
                "Which organisation implements",
                "On which day",
                "Which group is involved",
                "What role",
            ];
            for question in &questions[..answers.min(4)] {
                session.answer(question, "");
            }
            if answers > 4 {
                session.answer(questions[4], "Case managers");
            }
            session.expect(questions[answers.min(5)]);
            session.expect("> ");
            session.press(key);
            if answers > 4 {
                // Answers would be lost.
                session.answer("Stop?", "no");
                session.expect(questions[5]);
                session.expect("> ");
                session.press(key);
                session.answer("Stop?", "y");
            }
            session.expect("Stopped: nothing was written.");
            assert_eq!(session.end(), (Some(2), Vec::new()));
            assert!(session.shows_keys());
        }
    }
}

#[test]
fn terminal_is_restored_when_a_signal_ends_the_questions() {
    use std::os::unix::process::ExitStatusExt;

    for (signal, number) in [("HUP", 1), ("INT", 2), ("TERM", 15)] {
        let mut session = Session::start(&[]);
        session.answer("Hoe heet je plan?", "Mijn plan");
        session.expect("? Welke interventie");
        assert!(!session.shows_keys());
        let id = session.program.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.unwrap().success());
        assert_eq!(session.end(), (None, Vec::new()));
        assert_eq!(session.program.wait().unwrap().signal(), Some(number));
        assert!(session.shows_keys(), "{signal}");
    }
}

#[test]
fn leaving_twice_stops() {
    let mut session = Session::start(&[]);
    session.answer("Hoe heet je plan?", "Mijn plan");
    session.expect("? Welke interventie");
    session.press(CTRL_C);
    session.expect("? Stoppen?");
    session.press(CTRL_C);
    session.expect("Gestopt: er is niets geschreven.");
    assert_eq!(session.end(), (Some(2), Vec::new()));
}

#[test]
fn asks_nothing_if_the_file_cannot_be_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.yaml"), "mine").unwrap();
    let mut session = Session::start_in(folder, &[], None);
    session.expect("‘plan.yaml’ bestaat al");
    assert_eq!(session.end().0, Some(2));
    assert!(!session.all().contains('?'), "{}", session.all());
    let mut session = Session::start(&["nergens/plan.yaml"]);
    session.expect("de map bestaat niet");
    assert_eq!(session.end(), (Some(2), Vec::new()));
}

#[test]
fn questions_answered_by_options_are_skipped() {
    let options = "--titel x --organisatie y --groep z --start 1-9-2026";
    let mut session = Session::start(&options.split(' ').collect::<Vec<_>>());
    session.answer("Welke interventie", "w");
    session.answer("Klopt het?", "");
    session.expect("is gemaakt");
    assert_eq!(session.end().0, Some(0));
    for asked in [
        "Hoe heet",
        "Welke organisatie",
        "Op welke dag",
        "Welke groep",
    ] {
        assert!(!session.all().contains(asked), "{}", session.all());
    }

    let mut session = Session::start(&["--no-input"]);
    session.expect("is gemaakt");
    assert_eq!(session.end().0, Some(0));
    assert!(!session.all().contains("Enter"), "{}", session.all());
}

#[test]
fn questions_are_not_written_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let plan = File::create(folder.path().join("out.yaml")).unwrap();
    let options = [
        "-",
        "--interventie=",
        "--organisatie",
        "y",
        "--groep",
        "z",
        "--start",
        "1-9-2026",
    ];
    let mut session = Session::start_in(folder, &options, Some(plan));
    session.answer("Hoe heet je plan?", "Mijn plan");
    session.answer("Klopt het?", "");
    assert_eq!(session.end(), (Some(0), vec!["out.yaml".to_owned()]));
    let plan = fs::read_to_string(session.folder.path().join("out.yaml")).unwrap();
    assert!(plan.starts_with("# yaml-language-server") && plan.contains("\n  titel: Mijn plan\n"));
}
