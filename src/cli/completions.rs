//! `planmaker completions`: prints a shell's completion script.

use clap_complete::generate;
use planmaker::Words;

use super::args::{self, CompletionsArgs};
use super::error::Error;
use super::{Status, print};

/// Prints the script, with help in the language of messages.
pub fn run(args: &CompletionsArgs, words: Words) -> Result<Status, Error> {
    let mut script = Vec::new();
    generate(
        args.shell,
        &mut args::command(words),
        "planmaker",
        &mut script,
    );
    print(|out| out.write_all(&script))?;
    Ok(Status::Clean)
}
