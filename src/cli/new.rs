//! `planmaker new`: writes a plan to fill in, or the worked example.

use std::borrow::Cow;
use std::io;
use std::path::PathBuf;

use clap::Args;
use planmaker::error::Error;
use planmaker::scaffold;
use planmaker::words::Words;

use super::writing::{self, Existing};
use super::{Status, print};

/// The options of `new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    #[arg(default_value = "plan.yaml", value_name = "BESTAND")]
    pub file: PathBuf,
    #[arg(long)]
    pub example: bool,
    #[arg(long)]
    pub force: bool,
    /// There are no questions yet; scripts can say already that they want none.
    #[arg(long)]
    pub no_input: bool,
}

/// Writes the plan and says what to do next.
pub fn run(args: &NewArgs, words: Words) -> Result<Status, Error> {
    let (plan, done) = if args.example {
        (Cow::from(scaffold::EXAMPLE), "nieuw.klaar_voorbeeld")
    } else {
        let skeleton = scaffold::skeleton(words).map_err(|error| Error::Unwritable {
            path: args.file.clone(),
            source: io::Error::other(error),
        })?;
        (Cow::from(skeleton), "nieuw.klaar")
    };
    let existing = if args.force {
        Existing::Replace
    } else {
        Existing::Keep
    };
    writing::write(&args.file, plan.as_bytes(), existing)?;
    // The path is part of a command to copy, so it is not shortened as texts in messages are.
    let path = super::shown(&args.file.display().to_string());
    let argument = if path.contains(' ') {
        format!("\"{path}\"")
    } else {
        path.clone()
    };
    let done = words
        .get(done)
        .replace("{pad}", &path)
        .replace("{argument}", &argument);
    print(|out| writeln!(out, "{done}"))?;
    Ok(Status::Clean)
}
