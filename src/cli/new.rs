//! `planmaker new`: writes a plan to fill in, with the author's first answers, or the worked example.

mod echo;
mod questions;

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;
use planmaker::scaffold::{self, Answers, Group};
use planmaker::{Words, key};

use super::error::Error;
use super::writing::{self, Existing};
use super::{Status, day, print};

/// The options of `new`. Questions that an option answers are skipped.
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
    /// The answers given by options.
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

/// Parses a group. The error is the key of the text with instructions.
fn group(text: &str) -> Result<Group, &'static str> {
    Group::parse(text).ok_or(key::storing::gebruik::hoe::GROEP)
}

/// Asks the open questions, writes the plan, and prints the next steps.
pub fn run(args: &NewArgs, words: Words) -> Result<Status, Error> {
    let existing = if args.force {
        Existing::Replace
    } else {
        Existing::Keep
    };
    let file = Some(args.file.as_path()).filter(|path| *path != Path::new("-"));
    let (plan, done) = if args.example {
        (Cow::from(scaffold::EXAMPLE), key::nieuw::KLAAR_VOORBEELD)
    } else {
        let mut answers = args.answers();
        if !args.no_input && questions::can_be_asked() {
            // Fail before the questions if the file cannot be written.
            file.map_or(Ok(()), |path| writing::ready(path, existing))?;
            match questions::ask(args, words) {
                Ok(all) => answers = all,
                Err(_) => return Ok(stopped(words)),
            }
        }
        (
            Cow::from(scaffold::plan(words, &answers)),
            key::nieuw::KLAAR,
        )
    };
    let Some(file) = file else {
        print(|out| out.write_all(plan.as_bytes()))?;
        return Ok(Status::Clean);
    };
    writing::write(file, plan.as_bytes(), existing)?;
    let done = words
        .get(done)
        .replace("{pad}", &super::shown_path(file))
        .replace("{argument}", &super::shown_argument(file));
    print(|out| writeln!(out, "{done}"))?;
    Ok(Status::Clean)
}

/// Reports that nothing was written: the author stopped, or the terminal was closed.
fn stopped(words: Words) -> Status {
    let _ = writeln!(io::stderr(), "{}", words.get(key::nieuw::GESTOPT));
    Status::Failed
}
