//! The command line of planmaker: parse, dispatch, exit status.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(status) = cli::contained::child() {
        return status;
    }
    cli::interrupt::undo_when_panicking();
    match cli::args::parse() {
        Ok((args, words)) => cli::run(&args, words),
        Err(status) => status,
    }
}
