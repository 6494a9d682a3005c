//! The command line of planmaker: parse, dispatch, exit status.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    if let Some(status) = cli::contained::child() {
        return status;
    }
    cli::interrupt::undo_when_panicking();
    if cli::own_window::is_own() {
        return in_own_window();
    }
    run()
}

fn run() -> ExitCode {
    match cli::args::parse() {
        Ok((args, words)) => cli::run(&args, words),
        Err(status) => status,
    }
}

/// Runs in a window that would close before the user has read what is in it.
fn in_own_window() -> ExitCode {
    let words = cli::language::words();
    let status = if cli::own_window::is_without_command() {
        cli::own_window::explain(words)
    } else {
        run()
    };
    cli::own_window::wait_for_enter(words);
    status
}
