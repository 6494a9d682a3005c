//! The command line of planmaker: parse, dispatch, exit status.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    let words = cli::language::words();
    match cli::args::parse(words) {
        Ok(args) => cli::run(&args),
        Err(status) => status,
    }
}
