//! Printing a page as PDF with a browser of the machine.
//!
//! The browser gets a profile of its own, which is gone afterwards, and no network. Nothing of it outlives this run: neither
//! processes nor files.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use planmaker::key::storing;

use crate::cli::error::Error;
use crate::cli::interrupt;

/// Limit on the time that a browser gets.
const LONGEST: Duration = Duration::from_secs(60);

/// Held by the browser that prints.
static TURN: Mutex<()> = Mutex::new(());

/// The time between two looks whether the browser is done.
const PAUSE: Duration = Duration::from_millis(40);

/// The number of tries to remove files that a browser that ends may still write.
const TRIES: usize = 50;

/// The programs to look for, the most usual first.
const PROGRAMS: [&str; 6] = [
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
    "chromium",
    "chromium-browser",
];

/// The places of browsers in the folders of programs on Windows and macOS.
const PLACES: [&str; 6] = [
    "Microsoft/Edge/Application/msedge.exe",
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "Chromium.app/Contents/MacOS/Chromium",
];

/// Options of the browser: it prints and does nothing else.
const OPTIONS: [&str; 20] = [
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-default-apps",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-breakpad",
    "--disable-crash-reporter",
    "--no-pings",
    "--password-store=basic",
    "--use-mock-keychain",
    // No network: nothing has an address, and nobody answers at this one.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=http://127.0.0.1:9",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
];

/// A browser that prints.
#[derive(Debug)]
pub struct Browser(PathBuf);

impl Browser {
    /// The browser that is named, else one in the usual places.
    pub fn find(named: Option<&Path>) -> Result<Self, Error> {
        if let Some(named) = named {
            let is_bare = named.components().count() == 1;
            let found = Some(named.to_owned()).filter(|path| path.is_file());
            let found = found.or_else(|| in_path(named).filter(|_| is_bare));
            return found
                .map(Self)
                .ok_or_else(|| Error::NoSuchBrowser(named.to_owned()));
        }
        let mut found = PROGRAMS.iter().filter_map(|name| in_path(Path::new(name)));
        let found = found.next().or_else(in_usual_places);
        found.map(Self).ok_or(Error::NoBrowser)
    }

    /// Prints a page.
    pub fn print(&self, page: &str) -> Result<Vec<u8>, Error> {
        self.print_within(&with_plain_titles(page), LONGEST)
    }

    fn print_within(&self, page: &str, longest: Duration) -> Result<Vec<u8>, Error> {
        // One browser at a time: each takes all cores.
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = |why| Error::NotPrinted {
            browser: self.0.clone(),
            why,
        };
        let work = Work::start(&self.0, page).map_err(|source| Error::Unwritable {
            path: self.0.clone(),
            source,
        });
        let mut work = work?;
        match work.wait(longest) {
            Some(true) => work
                .document()
                .ok_or_else(|| failed(storing::browser::STUK)),
            Some(false) => Err(failed(storing::browser::STUK)),
            None => Err(failed(storing::browser::TE_LANG)),
        }
    }
}

/// The page without soft hyphens in its titles, because the bookmarks of the document would show them.
fn with_plain_titles(page: &str) -> String {
    let mut parts = page.split("<h");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push_str("<h");
        let title = part.split_once("</h");
        let title = title.filter(|_| part.starts_with(['1', '2', '3']));
        if let Some((title, after)) = title {
            plain.push_str(&title.replace('\u{ad}', ""));
            plain.push_str("</h");
            plain.push_str(after);
        } else {
            plain.push_str(part);
        }
    }
    plain
}

/// A program by its name, in the folders that the system looks in.
fn in_path(name: &Path) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    let mut found = std::env::split_paths(&folders).map(|folder| folder.join(name));
    found.find(|path| path.is_file())
}

fn in_usual_places() -> Option<PathBuf> {
    let variables = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"];
    let folders = variables.into_iter().filter_map(std::env::var_os);
    let home = std::env::var_os("HOME").map(|home| Path::new(&home).join("Applications"));
    let folders = folders.map(PathBuf::from);
    let folders = folders.chain([PathBuf::from("/Applications")]).chain(home);
    let mut places = folders.flat_map(|folder| PLACES.map(|place| folder.join(place)));
    places.find(|path| path.is_file())
}

/// A browser at work. Dropping it ends the browser and removes its files.
#[derive(Debug)]
struct Work {
    folder: PathBuf,
    browser: Child,
}

impl Work {
    fn start(program: &Path, page: &str) -> io::Result<Self> {
        // A signal waits until all that it has to undo is known.
        let mut unfinished = interrupt::unfinished();
        let folder = tempfile::Builder::new()
            .prefix("planmaker-")
            .tempdir_in(folder_for(program))?
            .keep();
        unfinished.staging.push(folder.clone());
        let begun = begin(program, &folder, page);
        match begun {
            Ok(browser) => {
                unfinished.browser = Some(browser.id());
                Ok(Self { folder, browser })
            }
            Err(error) => {
                unfinished.remove(&[folder], &[]);
                Err(error)
            }
        }
    }

    /// Waits until the browser is done. Returns whether it says that all went well; `None` if it takes too long.
    fn wait(&mut self, longest: Duration) -> Option<bool> {
        let end = Instant::now() + longest;
        loop {
            match self.browser.try_wait() {
                Ok(Some(status)) => return Some(status.success()),
                Ok(None) if Instant::now() >= end => return None,
                Ok(None) => sleep(PAUSE),
                Err(_) => return Some(false),
            }
        }
    }

    /// The document, if it is whole.
    fn document(&self) -> Option<Vec<u8>> {
        let document = fs::read(self.folder.join("print.pdf")).ok()?;
        let end = document.len().saturating_sub(1024);
        let mark = b"%%EOF";
        let has_end = document[end..].windows(mark.len()).any(|it| it == mark);
        (document.starts_with(b"%PDF-") && has_end).then_some(document)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        let _ = self.browser.kill();
        let mut unfinished = interrupt::unfinished();
        unfinished.end_browser();
        let _ = self.browser.wait();
        for _ in 0..TRIES {
            if !self.folder.exists() || fs::remove_dir_all(&self.folder).is_ok() {
                break;
            }
            sleep(PAUSE);
        }
        unfinished.remove(std::slice::from_ref(&self.folder), &[]);
    }
}

/// A folder in which the browser may read and write: that of Ubuntu's snap may not in the system's own.
fn folder_for(program: &Path) -> PathBuf {
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let of_snap = home.map(|home| home.join("snap/chromium/common"));
    let is_snap = program.starts_with("/snap") || program.ends_with("chromium-browser");
    of_snap
        .filter(|folder| is_snap && folder.is_dir())
        .unwrap_or_else(std::env::temp_dir)
}

fn begin(program: &Path, folder: &Path, page: &str) -> io::Result<Child> {
    let file = folder.join("page.html");
    fs::write(&file, page)?;
    let with_path = |option: &str, name: &str| {
        let mut argument = OsString::from(option);
        argument.push(folder.join(name));
        argument
    };
    let mut command = Command::new(program);
    command
        .args(OPTIONS)
        .arg(with_path("--user-data-dir=", "profile"))
        .arg(with_path("--print-to-pdf=", "print.pdf"))
        .arg(address(&file))
        .env("TMPDIR", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        // A group of its own, so that its children end with it.
        command.process_group(0);
        // A browser does not start in its sandbox for the owner of a system. The page has no scripts.
        if rustix::process::geteuid().is_root() {
            command.arg("--no-sandbox");
        }
    }
    command.spawn()
}

/// The address of a file.
fn address(file: &Path) -> String {
    let path = file.display().to_string().replace('\\', "/");
    let mut address = String::from("file://");
    if !path.starts_with('/') {
        address.push('/');
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.:".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A browser that does what a script says. The last argument but one or two is where the document must come.
    fn browser(folder: &Path, script: &str) -> Browser {
        let path = folder.join("browser");
        let find = "for a in \"$@\"; do case $a in --print-to-pdf=*) pdf=${a#*=};; esac; done";
        fs::write(&path, format!("#!/bin/sh\n{find}\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Browser(path)
    }

    #[test]
    fn only_a_whole_document_counts() {
        let folder = tempfile::tempdir().unwrap();
        let printed = |script| browser(folder.path(), script).print("<p>");
        let whole = "printf '%%PDF-1.7 a %%%%EOF' >\"$pdf\"";
        assert_eq!(printed(whole).unwrap(), b"%PDF-1.7 a %%EOF");
        for script in [
            "printf '%%PDF-1.7 a' >\"$pdf\"",
            "printf 'a %%%%EOF' >\"$pdf\"",
            "exit 0",
            "printf '%%PDF-1.7 a %%%%EOF' >\"$pdf\"; exit 1",
            "kill -SEGV $$",
        ] {
            let error = printed(script).unwrap_err();
            let is_broken = |why| why == storing::browser::STUK;
            assert!(
                matches!(error, Error::NotPrinted { why, .. } if is_broken(why)),
                "{script}"
            );
        }
    }

    #[test]
    fn a_browser_that_hangs_is_ended_with_its_children_and_files() {
        let folder = tempfile::tempdir().unwrap();
        let said = folder.path().join("said");
        let script = format!(
            "sleep 600 & echo \"$! $pdf\" >{}; trap '' TERM HUP INT; while :; do sleep 1; done",
            said.display()
        );
        let browser = browser(folder.path(), &script);
        let error = browser.print_within("<p>", Duration::from_millis(500));
        assert!(matches!(
            error,
            Err(Error::NotPrinted {
                why: storing::browser::TE_LANG,
                ..
            })
        ));
        let said = fs::read_to_string(said).unwrap();
        let (child, pdf) = said.trim().split_once(' ').unwrap();
        assert!(!Path::new(pdf).parent().unwrap().exists());
        let state = || fs::read_to_string(format!("/proc/{child}/stat")).unwrap_or_default();
        let is_gone = (0..50).any(|_| {
            sleep(PAUSE);
            !state().contains(") S ")
        });
        assert!(is_gone, "{}", state());
    }

    #[test]
    fn titles_lose_their_soft_hyphens() {
        assert_eq!(
            with_plain_titles("<h1>a\u{ad}b</h1><hr>c\u{ad}d<h3 id=x>e\u{ad}f</h3>"),
            "<h1>ab</h1><hr>c\u{ad}d<h3 id=x>ef</h3>"
        );
    }

    #[test]
    fn addresses_have_no_other_signs() {
        assert_eq!(
            address(Path::new("/tmp/é #?%/a.html")),
            "file:///tmp/%C3%A9%20%23%3F%25/a.html"
        );
        assert_eq!(
            address(Path::new("C:\\Users\\a b\\p.html")),
            "file:///C:/Users/a%20b/p.html"
        );
    }
}
