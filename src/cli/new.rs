//! `planmaker new`: writes a plan to fill in, with what its writer knows already, or the worked example.

mod echo;
mod questions;

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use clap::Args;
use jiff::civil::Date;
use planmaker::scaffold::{self, Answers, Group};
use planmaker::words::Words;

use super::args::day;
use super::writing::{self, Existing};
use super::{Status, print};

/// The options of `new`. What an option answers is not asked.
#[derive(Debug, Args)]
pub struct NewArgs {
    #[arg(default_value = "plan.yaml", value_name = "BESTAND")]
    pub file: PathBuf,
    #[arg(long = "titel", value_name = "TEKST", conflicts_with = "example")]
    pub title: Option<String>,
    #[arg(long = "interventie", value_name = "TEKST", conflicts_with = "example")]
    pub intervention: Option<String>,
    #[arg(long = "organisatie", value_name = "NAAM", conflicts_with = "example")]
    pub organisations: Vec<String>,
    #[arg(long, value_name = "DATUM", value_parser = day, conflicts_with = "example")]
    pub start: Option<Date>,
    #[arg(long = "groep", value_name = "GROEP", value_parser = group, conflicts_with = "example")]
    pub groups: Vec<Group>,
    #[arg(long)]
    pub no_input: bool,
    #[arg(long)]
    pub example: bool,
    #[arg(long)]
    pub force: bool,
}

impl NewArgs {
    /// What the options answer.
    fn answers(&self) -> Answers {
        Answers {
            title: self.title.clone(),
            intervention: self.intervention.clone(),
            organisations: self.organisations.clone(),
            start: self.start,
            groups: self.groups.clone(),
        }
    }
}

/// Reads a group. The error names the words that say how to write one (`storing.gebruik.hoe`).
fn group(text: &str) -> Result<Group, &'static str> {
    Group::parse(text).ok_or("groep")
}

/// Asks what is not known yet, writes the plan, and says what to do next.
pub fn run(args: &NewArgs, words: Words) -> Result<Status, Error> {
    let existing = if args.force {
        Existing::Replace
    } else {
        Existing::Keep
    };
    let file = Some(args.file.as_path()).filter(|path| *path != Path::new("-"));
    let (plan, done) = if args.example {
        (Cow::from(scaffold::EXAMPLE), "nieuw.klaar_voorbeeld")
    } else {
        let mut answers = args.answers();
        if !args.no_input && questions::can_be_asked() {
            // Nobody should answer questions for a file that cannot be made.
            file.map_or(Ok(()), |path| writing::ready(path, existing))?;
            match questions::ask(args, words) {
                Ok(all) => answers = all,
                Err(_) => return Ok(stopped(words)),
            }
        }
        let plan = scaffold::plan(words, &answers).map_err(|error| Error::Unwritable {
            path: args.file.clone(),
            source: io::Error::other(error),
        })?;
        (Cow::from(plan), "nieuw.klaar")
    };
    let Some(file) = file else {
        print(|out| out.write_all(plan.as_bytes()))?;
        return Ok(Status::Clean);
    };
    writing::write(file, plan.as_bytes(), existing)?;
    // The path is part of a command to copy, so it is not shortened as texts in messages are.
    let path = super::shown(&file.display().to_string());
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

/// Says that nothing was written: the writer stopped, or the terminal went away.
fn stopped(words: Words) -> Status {
    let _ = writeln!(io::stderr(), "{}", words.get("nieuw.gestopt"));
    Status::Failed
}
