//! Turning off the terminal's echo during the questions.
//!
//! The prompt reads key by key. In between, the terminal would echo what is typed or pasted, in the wrong place. Ctrl-C is left
//! to the prompt as well, because the terminal's signal would end the program. Windows does not echo.

use std::io;

#[cfg(unix)]
use crate::cli::interrupt;

/// Turns off echo until it is dropped, or until a signal ends the program.
pub struct Silence;

#[cfg(unix)]
impl Silence {
    pub fn begin() -> io::Result<Self> {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};

        let mut unfinished = interrupt::unfinished();
        let before = tcgetattr(io::stdin())?;
        let mut quiet = before.clone();
        unfinished.terminal = Some(before);
        quiet
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG);
        tcsetattr(io::stdin(), OptionalActions::Now, &quiet)?;
        Ok(Self)
    }
}

#[cfg(unix)]
impl Drop for Silence {
    fn drop(&mut self) {
        interrupt::unfinished().restore_terminal();
    }
}

#[cfg(not(unix))]
impl Silence {
    #[allow(clippy::unnecessary_wraps, reason = "on other systems it can fail")]
    pub fn begin() -> io::Result<Self> {
        Ok(Self)
    }
}
