//! `planmaker suggest`: suggests strategies for what a plan leaves open.

use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use planmaker::report::{SuggestionFormat, write_suggestions};
use planmaker::{Checked, Words, key};

use super::error::Error;
use super::render::unreadable;
use super::{Status, args::shown_option, print, shown_argument, shown_path, source};

/// The options of `suggest`.
#[derive(Debug, Args)]
pub struct SuggestArgs {
    #[arg(default_value = "plan.yaml", value_name = "PLAN")]
    pub plan: PathBuf,
    #[arg(short, long, value_enum, value_name = "VORM", default_value_t = Format::Text)]
    pub format: Format,
}

/// The formats of suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Yaml,
}

/// Writes the suggestions, unless the plan cannot be read to its end: the answers may be in the rest.
pub fn run(args: &SuggestArgs, words: Words) -> Result<Status, Error> {
    let checked = Checked::read(source::read(&args.plan)?);
    if !checked.is_whole() {
        let reason = unreadable(key::advies::ONLEESBAAR, &args.plan, &checked, words);
        // There is nowhere to report that standard error is closed.
        let _ = writeln!(io::stderr(), "{reason}");
        return Ok(Status::Findings);
    }
    let format = match args.format {
        Format::Text => SuggestionFormat::Text {
            command: command(args, words),
        },
        Format::Json => SuggestionFormat::Json {
            file: shown_path(&args.plan),
        },
        Format::Yaml => SuggestionFormat::Yaml,
    };
    print(|out| write_suggestions(&checked, &format, words, out))?;
    Ok(Status::Clean)
}

/// The command that writes the suggestions for the plan.
fn command(args: &SuggestArgs, words: Words) -> String {
    let plan = shown_argument(&args.plan);
    let option = shown_option("format", words);
    format!("‘planmaker suggest {plan} {option} yaml’")
}
