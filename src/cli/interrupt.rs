//! Signals (Ctrl-C, a request to stop, a closed terminal) and panics, which end the program early.
//!
//! Unfinished work is undone first. After a signal the program then ends by that same signal, so that a shell or a script sees why it
//! ended; signals are not caught before there is something to undo. On Windows the events of the console take their place: Ctrl-C,
//! Ctrl-Break and a closed window.

use std::fs;
use std::panic;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

/// The work that a signal undoes.
#[derive(Debug)]
pub struct Unfinished {
    /// Folders with incomplete output.
    pub staging: Vec<PathBuf>,
    /// Folders that were made for output, outermost first. They stay once there is something in them.
    pub folders: Vec<PathBuf>,
    /// The process of a browser that prints, which is the first of its group.
    pub browser: Option<u32>,
    /// The settings of the terminal before the questions of `new`.
    #[cfg(unix)]
    pub terminal: Option<rustix::termios::Termios>,
}

static UNFINISHED: Mutex<Unfinished> = Mutex::new(Unfinished {
    staging: Vec::new(),
    folders: Vec::new(),
    browser: None,
    #[cfg(unix)]
    terminal: None,
});

/// Locks the list of unfinished work. A signal waits until the lock is released, so that the list and the files agree.
pub fn unfinished() -> MutexGuard<'static, Unfinished> {
    static CATCH: Once = Once::new();
    #[cfg(unix)]
    CATCH.call_once(signals::catch);
    #[cfg(windows)]
    CATCH.call_once(console_events::catch);
    #[cfg(not(any(unix, windows)))]
    CATCH.call_once(|| ());
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Lets a panic undo the unfinished work. Released programs abort then, which is smaller than unwinding.
pub fn undo_when_panicking() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |why| {
        report(why);
        // A panic while the list is locked leaves what is on it.
        if let Ok(mut unfinished) = UNFINISHED.try_lock() {
            unfinished.undo();
        }
    }));
}

impl Unfinished {
    /// Undoes all of it.
    fn undo(&mut self) {
        self.end_browser();
        let (staging, folders) = (self.staging.clone(), self.folders.clone());
        self.remove(&staging, &folders);
        #[cfg(unix)]
        self.restore_terminal();
    }

    /// Removes these folders, as far as they were made by this run, and forgets them.
    pub fn remove(&mut self, staging: &[PathBuf], folders: &[PathBuf]) {
        // Nothing depends on whether the remains can be removed.
        for path in staging {
            let _ = fs::remove_dir_all(path);
        }
        for path in folders.iter().rev() {
            let _ = fs::remove_dir(path);
        }
        self.staging.retain(|path| !staging.contains(path));
        self.folders.retain(|path| !folders.contains(path));
    }

    /// Ends the browser and all that it started.
    pub fn end_browser(&mut self) {
        #[cfg(unix)]
        {
            use rustix::process::{Pid, Signal, kill_process_group};

            let group = self.browser.and_then(|id| id.try_into().ok());
            if let Some(group) = group.and_then(Pid::from_raw) {
                let _ = kill_process_group(group, Signal::KILL);
            }
        }
        self.browser = None;
    }

    /// Restores the terminal. A closed terminal has nothing to restore.
    #[cfg(unix)]
    pub fn restore_terminal(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};

        if let Some(before) = self.terminal.take() {
            let _ = tcsetattr(std::io::stdin(), OptionalActions::Now, &before);
        }
    }
}

#[cfg(unix)]
mod signals {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;
    use std::sync::mpsc::{Sender, channel};
    use std::{fs, thread};

    use signal_hook::consts::signal::{
        SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ,
    };
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// Those by which a person or the system ends a program, except `SIGKILL`, which cannot be caught.
    const ENDING: [i32; 9] = [
        SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU,
    ];

    /// Starts to catch signals. Without a thread for them, they end the program as they otherwise would.
    pub fn catch() {
        // A write beyond the limit on file size becomes an error, which can be reported.
        let _ = signal_hook::flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)));
        let (ready, started) = channel();
        let thread = thread::Builder::new()
            .name("signals".to_owned())
            .spawn(move || wait(&ready));
        if thread.is_ok() {
            let _ = started.recv();
        }
    }

    fn wait(ready: &Sender<()>) {
        let ignored = ignored();
        let ending = ENDING.iter().filter(|signal| !is_in(ignored, **signal));
        let Ok(mut signals) = Signals::new(ending) else {
            return;
        };
        let _ = ready.send(());
        if let Some(signal) = signals.forever().next() {
            // The lock is kept until the end, so that nothing new is begun.
            let mut unfinished = super::unfinished();
            unfinished.undo();
            let _ = emulate_default_handler(signal);
        }
    }

    /// The signals that this program was started to ignore, as by `nohup`: the lowest bit is signal 1. Only Linux tells.
    fn ignored() -> u64 {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let mut lines = status.lines();
        let ignored = lines.find_map(|line| line.strip_prefix("SigIgn:"));
        ignored.map_or(0, |mask| u64::from_str_radix(mask.trim(), 16).unwrap_or(0))
    }

    const fn is_in(mask: u64, signal: i32) -> bool {
        mask >> (signal - 1) & 1 == 1
    }
}

#[cfg(windows)]
mod console_events {
    use std::process::exit;

    /// The exit status of a program that Ctrl-C ends (`STATUS_CONTROL_C_EXIT`).
    const INTERRUPTED: i32 = 0xC000_013A_u32.cast_signed();

    /// Starts to catch events. Without a thread for them, they end the program as they otherwise would.
    pub fn catch() {
        let _ = ctrlc::set_handler(|| {
            // The lock is kept until the end, so that nothing new is begun.
            let mut unfinished = super::unfinished();
            unfinished.undo();
            #[allow(clippy::exit, reason = "the event asks for the end of the program")]
            exit(INTERRUPTED);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undoing_removes_what_was_begun_and_keeps_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let [staging, made, kept] =
            ["staging", "made", "kept"].map(|name| folder.path().join(name));
        for path in [&staging, &made, &kept] {
            fs::create_dir(path).unwrap();
        }
        fs::write(staging.join("half"), "a").unwrap();
        fs::write(kept.join("whole"), "b").unwrap();
        let mut unfinished = Unfinished {
            staging: vec![staging.clone()],
            folders: vec![made.clone(), kept.clone()],
            browser: None,
            #[cfg(unix)]
            terminal: None,
        };
        unfinished.undo();
        assert!(!staging.exists() && !made.exists());
        assert!(kept.join("whole").exists());
        assert!(unfinished.staging.is_empty() && unfinished.folders.is_empty());
    }
}
