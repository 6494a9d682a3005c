//! Keeps a terminal quiet while questions are asked.
//!
//! inquire reads key by key, and in between the terminal would show by itself what is typed or pasted: amid the question, which
//! is then drawn in the wrong place. Ctrl-C is left to inquire too: before it reads, it would be lost. Windows draws nothing by
//! itself.

use std::io;

/// As long as this is there, the terminal shows no keys by itself.
pub struct Silence {
    #[cfg(unix)]
    before: rustix::termios::Termios,
}

#[cfg(unix)]
impl Silence {
    pub fn begin() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

        let before = tcgetattr(io::stdin())?;
        let mut quiet = before.clone();
        quiet
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        tcsetattr(io::stdin(), OptionalActions::Now, &quiet)?;
        Ok(Self { before })
    }
}

#[cfg(unix)]
impl Drop for Silence {
    fn drop(&mut self) {
        use rustix::termios::{OptionalActions, tcsetattr};

        // A terminal that went away has nothing to be put back.
        let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.before);
    }
}

#[cfg(not(unix))]
impl Silence {
    #[allow(clippy::unnecessary_wraps, reason = "on other systems it can fail")]
    pub fn begin() -> io::Result<Self> {
        Ok(Self {})
    }
}
