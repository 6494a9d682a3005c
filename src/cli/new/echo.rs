//! Turning off the terminal's echo during the questions.
//!
//! The prompt reads key by key. In between, the terminal would echo what is typed or pasted, in the wrong place. Ctrl-C is left
//! to the prompt as well, because the terminal's signal would end the program. Windows does not echo.

use std::io;

/// Turns off echo until it is dropped.
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

        // A closed terminal has nothing to restore.
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
