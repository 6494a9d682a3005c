//! `planmaker completions`: prints a shell's completion script.

use crate::cli::error::Error;
use clap::Args;
use clap_complete::{Shell, generate};
use planmaker::Words;

use super::{Status, args, print};

/// The options of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

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
