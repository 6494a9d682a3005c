//! `planmaker new`: writes a plan to fill in, with the author's first answers, or the worked example.

mod choice;
mod echo;
mod prompt;
mod questions;

use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use planmaker::scaffold::{self, Answers, Form, Group};
use planmaker::{Words, blank_form, key, schema};

use super::error::Error;
use super::writing::{self, Existing};
use super::{Status, day, print, print_bytes};

/// The options of `new`. Questions that an option answers are skipped.
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is an independent flag")]
pub struct NewArgs {
    #[arg(value_name = "BESTAND")]
    pub file: Option<PathBuf>,
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
    #[arg(long, value_enum, value_name = "VORM", conflicts_with = "example")]
    pub to: Option<To>,
    #[arg(long, conflicts_with = "example")]
    pub all: bool,
    #[arg(long = "quickscan", conflicts_with = "example")]
    pub quick_scan: bool,
    #[arg(long)]
    pub example: bool,
    #[arg(long)]
    pub no_input: bool,
    #[arg(long)]
    pub no_schema: bool,
    #[arg(long)]
    pub force: bool,
}

/// The form of a new plan. Doc comments on the variants would be in completions, in English.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum To {
    Yaml,
    // A form to fill in.
    Docx,
}

impl NewArgs {
    /// Whether to write a form to fill in: by `--to`, else by the name of the file.
    fn is_form(&self) -> bool {
        let extension = self.file.as_ref().and_then(|file| file.extension());
        let is_named = extension.is_some_and(|it| it.eq_ignore_ascii_case("docx"));
        self.to
            .map_or(is_named && !self.example, |to| to == To::Docx)
    }

    /// The file to write.
    pub fn path(&self) -> PathBuf {
        let default = if self.is_form() {
            "plan.docx"
        } else {
            "plan.yaml"
        };
        self.file.clone().unwrap_or_else(|| default.into())
    }

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

/// Asks the open questions, writes the plan and the schema for editors, and prints the next steps.
pub fn run(args: &NewArgs, words: Words) -> Result<Status, Error> {
    let existing = if args.force {
        Existing::Force
    } else {
        Existing::Keep
    };
    let path = args.path();
    if args.is_form() {
        return write_form(args, &path, existing, words);
    }
    let file = Some(path.as_path()).filter(|path| *path != Path::new("-"));
    let (plan, done) = if args.example {
        let plan = scaffold::example(words.language(), !args.no_schema);
        (plan, key::nieuw::KLAAR_VOORBEELD)
    } else {
        let mut answers = args.answers();
        if !args.no_input && questions::can_be_asked() {
            // Fail before the questions if the file cannot be written.
            file.map_or(Ok(()), |path| writing::ready(path, existing))?;
            match questions::ask(args, &super::shown_path(&path), words) {
                Ok(Some(all)) => answers = all,
                Ok(None) | Err(_) => return Ok(stopped(words)),
            }
        }
        let form = Form {
            every_key: args.all,
            quick_scan: args.quick_scan,
            modeline: !args.no_schema,
        };
        (scaffold::plan(words, &answers, form), key::nieuw::KLAAR)
    };
    let Some(file) = file else {
        print(|out| out.write_all(plan.as_bytes()))?;
        return Ok(Status::Clean);
    };
    writing::write(file, plan.into_bytes(), existing)?;
    let done = words
        .get(done)
        .replace("{pad}", &super::shown_path(file))
        .replace("{argument}", &super::shown_argument(file));
    print(|out| writeln!(out, "{done}"))?;
    if !args.no_schema {
        write_schema(&file.with_file_name(scaffold::SCHEMA_FILE), words)?;
    }
    Ok(Status::Clean)
}

/// Writes a form to fill in, with the answers that options give.
fn write_form(
    args: &NewArgs,
    path: &Path,
    existing: Existing,
    words: Words,
) -> Result<Status, Error> {
    let form = Form {
        every_key: args.all,
        quick_scan: args.quick_scan,
        modeline: false,
    };
    let document = blank_form(words, &args.answers(), form)?;
    if path == Path::new("-") {
        if io::stdout().is_terminal() {
            return Err(Error::BinaryToTerminal("docx"));
        }
        print_bytes(&document)?;
        return Ok(Status::Clean);
    }
    writing::write(path, document, existing)?;
    print(|out| {
        writeln!(
            out,
            "{}",
            about(path, words.get(key::nieuw::KLAAR_FORMULIER))
        )
    })?;
    Ok(Status::Clean)
}

/// Writes the schema next to the plan. A file of somebody else with that name stays as it is.
fn write_schema(path: &Path, words: Words) -> Result<(), Error> {
    let schema = super::schema::text(words);
    let (existing, told) = match fs::read_to_string(path) {
        Ok(there) if there == schema => return Ok(()),
        Ok(there) if schema::is_plan_schema(&there) => (Existing::Replace, None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            (Existing::Keep, Some(key::nieuw::SCHEMA))
        }
        _ => {
            let told = words.get(key::nieuw::ANDER_SCHEMA);
            let _ = writeln!(io::stderr(), "{}", about(path, told));
            return Ok(());
        }
    };
    writing::write(path, schema.into_bytes(), existing)?;
    let Some(told) = told else {
        return Ok(());
    };
    print(|out| writeln!(out, "{}", about(path, words.get(told))))
}

fn about(path: &Path, text: &str) -> String {
    text.replace("{pad}", &super::shown_path(path))
}

/// Reports that nothing was written: the author stopped, or the terminal was closed.
fn stopped(words: Words) -> Status {
    let _ = writeln!(io::stderr(), "{}", words.get(key::nieuw::GESTOPT));
    Status::Failed
}
