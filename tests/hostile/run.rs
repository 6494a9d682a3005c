//! Runs the program on a hostile file, with limits on time and memory.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Far more than any file may cost: the limits only keep a test from hanging or exhausting the machine.
const SECONDS: u32 = 120;
const KILOBYTES: u32 = 512 << 10;

/// The command that runs the program in a folder, with the limits.
pub fn program(folder: &Path) -> Command {
    let binary = std::env::var_os("PLANMAKER_BINARY")
        .unwrap_or_else(|| env!("CARGO_BIN_EXE_planmaker").into());
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!(
            "ulimit -v {KILOBYTES}; exec timeout -s KILL {SECONDS} \"$0\" \"$@\""
        ))
        .arg(binary)
        .current_dir(folder)
        .env("PLANMAKER_LANG", "nl")
        // Each thread reserves memory that it does not use, which counts towards the limit.
        .env("RAYON_NUM_THREADS", "2")
        .env("MALLOC_ARENA_MAX", "1")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null());
    command
}

/// The result of a run.
pub struct Ran {
    pub name: String,
    pub status: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Ran {
    /// Runs the program and asserts what must hold for any file: it ends by itself with a known status, a message, no panic
    /// and no control characters.
    pub fn of(name: &str, folder: &Path, arguments: &[&str]) -> Self {
        let output = program(folder).args(arguments).output().unwrap();
        Self::from(&format!("{name}: {}", arguments.join(" ")), &output)
    }

    pub fn from(name: &str, output: &Output) -> Self {
        let text = |bytes: &[u8]| {
            String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| panic!("{name}: not UTF-8"))
        };
        let ran = Self {
            name: name.to_owned(),
            status: output.status.code(),
            stdout: text(&output.stdout),
            stderr: text(&output.stderr),
        };
        let start: String = ran.stderr.chars().take(500).collect();
        assert!(
            matches!(ran.status, Some(0..=2)),
            "{name}: {} {start}",
            output.status
        );
        assert!(!ran.stderr.contains("panicked"), "{name}: {start}");
        for (stream, text) in [("stdout", &ran.stdout), ("stderr", &ran.stderr)] {
            let control = text.chars().find(|c| is_control(*c));
            assert_eq!(control, None, "{name}: on {stream}");
        }
        assert!(
            ran.status == Some(0) || !ran.stdout.is_empty() || !ran.stderr.is_empty(),
            "{name}: failed without a message"
        );
        ran
    }

    pub fn expect(&self, status: i32, texts: &[&str]) -> &Self {
        let Self {
            name,
            stdout,
            stderr,
            ..
        } = self;
        let (out, err): (String, String) = (
            stdout.chars().take(2_000).collect(),
            stderr.chars().take(2_000).collect(),
        );
        assert_eq!(self.status, Some(status), "{name}\n{out}\n{err}");
        for text in texts {
            assert!(
                stdout.contains(text) || stderr.contains(text),
                "{name}: no {text:?} in\n{out}\n{err}"
            );
        }
        self
    }
}

/// Whether a terminal acts on a character instead of showing it: a control character, or one that reorders text.
fn is_control(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// An empty folder for one test.
pub fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("hostile")
        .join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

pub fn write(path: &Path, bytes: &[u8]) {
    std::fs::File::create(path)
        .and_then(|mut file| file.write_all(bytes))
        .unwrap();
}
