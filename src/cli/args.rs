//! The commands and their options (clap), with their help in the language of the messages.

mod help;
#[cfg(test)]
mod man;
mod usage;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args as ClapArgs, FromArgMatches, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use jiff::civil::Date;
use planmaker::{Language, Severity, Words};

use super::new::NewArgs;
use super::render::RenderArgs;
use super::schema::SchemaArgs;
use super::suggest::SuggestArgs;
use super::templates::TemplatesArgs;
use super::{day, language};
use help::option_names;
pub use help::{command, shown_option};
use usage::{mistyped_option, reject_mistyped_options, report};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "planmaker",
    version,
    disable_help_subcommand = true,
    max_term_width = 80
)]
pub struct Args {
    #[arg(
        long,
        global = true,
        value_enum,
        ignore_case = true,
        value_name = "nl|en",
        hide_possible_values = true
    )]
    pub lang: Option<Lang>,
    #[command(subcommand)]
    pub command: Command,
}

/// The commands. Their help is in the words, under `cli.COMMAND`.
#[derive(Debug, Subcommand)]
pub enum Command {
    New(NewArgs),
    Check(CheckArgs),
    Render(RenderArgs),
    Suggest(SuggestArgs),
    Explain(ExplainArgs),
    Schema(SchemaArgs),
    Templates(TemplatesArgs),
    Completions(CompletionsArgs),
}

/// The options of `check`.
#[derive(Debug, ClapArgs)]
#[allow(clippy::struct_excessive_bools, reason = "each is an independent flag")]
pub struct CheckArgs {
    #[arg(default_value = "plan.yaml", value_name = "PAD")]
    pub paths: Vec<PathBuf>,
    #[arg(short, long, value_enum, value_name = "VORM", default_value_t = Format::Text)]
    pub format: Format,
    #[arg(long)]
    pub strict: bool,
    #[arg(long, value_enum, value_name = "ERNST")]
    pub min_severity: Option<Least>,
    #[arg(long, value_delimiter = ',', value_name = "REGEL")]
    pub only: Vec<String>,
    #[arg(long, value_delimiter = ',', value_name = "REGEL")]
    pub skip: Vec<String>,
    #[arg(long, value_name = "DATUM", value_parser = day)]
    pub op: Option<Date>,
    #[arg(long)]
    pub tips: bool,
    #[arg(long)]
    pub show_exceptions: bool,
    #[arg(long)]
    pub plain: bool,
    #[arg(long, value_enum, value_name = "WANNEER", default_value_t = Color::Auto)]
    pub color: Color,
}

/// The options of `explain`.
#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    #[arg(value_name = "REGEL")]
    pub rule: Option<String>,
    #[arg(short, long, value_enum, value_name = "VORM", default_value_t = ExplainFormat::Text)]
    pub format: ExplainFormat,
}

/// The options of `completions`.
#[derive(Debug, ClapArgs)]
pub struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// The language of the messages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Lang {
    Nl,
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Nl => Self::Dutch,
            Lang::En => Self::English,
        }
    }
}

/// The formats of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Sarif,
    Github,
}

/// The formats of an explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExplainFormat {
    Text,
    Md,
}

/// The severities, in both languages.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Least {
    Tip,
    #[value(alias = "warning")]
    Waarschuwing,
    #[value(alias = "error")]
    Fout,
}

impl From<Least> for Severity {
    fn from(least: Least) -> Self {
        match least {
            Least::Tip => Self::Tip,
            Least::Waarschuwing => Self::Warning,
            Least::Fout => Self::Error,
        }
    }
}

/// The use of colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Applies the choice to standard output, which otherwise follows `NO_COLOR` and the terminal. Returns whether colour is
    /// allowed.
    pub fn colours(self) -> bool {
        match self {
            Self::Auto => {}
            Self::Always => anstream::ColorChoice::Always.write_global(),
            Self::Never => anstream::ColorChoice::Never.write_global(),
        }
        self != Self::Never
    }
}

/// Parses the command line, with the words of the language that it or the environment selects. Help, version and usage errors
/// are printed here; the error is the exit status.
pub fn parse() -> Result<(Args, Words), ExitCode> {
    let given: Vec<OsString> = std::env::args_os().collect();
    let words = words_named(&given).unwrap_or_else(language::words);
    let mut command = command(words);
    let given = without_help_command(given, &command);
    let parsed = command.try_get_matches_from_mut(&given);
    let name = command_named(&given, &command);
    let named = name.and_then(|name| command.find_subcommand(name));
    parsed
        .and_then(|matches| {
            reject_mistyped_options(&matches, named)?;
            Args::from_arg_matches(&matches)
        })
        .map(|args| {
            let lang = args.lang.map(|lang| Words::of(lang.into()));
            (args, lang.unwrap_or(words))
        })
        .map_err(|error| {
            let error = mistyped_option(&error, &given, named.unwrap_or(&command)).unwrap_or(error);
            report(&error, name, words)
        })
}

/// The words of the language in `--lang`. Looked up before parsing, because help and usage errors need it.
fn words_named(given: &[OsString]) -> Option<Words> {
    let names = option_names("lang")?.map(|name| format!("--{name}"));
    let given: Vec<&str> = given
        .iter()
        .filter_map(|arg| arg.to_str())
        .take_while(|arg| *arg != "--")
        .collect();
    let separate = given
        .windows(2)
        .find_map(|pair| names.iter().any(|name| name == pair[0]).then_some(pair[1]));
    let attached = || {
        given.iter().find_map(|arg| {
            let (name, lang) = arg.split_once('=')?;
            names.iter().any(|known| known == name).then_some(lang)
        })
    };
    let lang = Lang::from_str(separate.or_else(attached)?, true).ok()?;
    Some(Words::of(lang.into()))
}

/// `planmaker help check` as `planmaker check --help`.
fn without_help_command(mut given: Vec<OsString>, command: &clap::Command) -> Vec<OsString> {
    if command_named(&given, command) == Some("help") {
        let help = given.iter().skip(1).position(|arg| arg == "help");
        given.remove(1 + help.unwrap_or_default());
        given.push("--help".into());
    }
    given
}

/// The first known command on a command line.
fn command_named<'c>(given: &[OsString], command: &'c clap::Command) -> Option<&'c str> {
    let words = given.iter().skip(1).filter_map(|word| word.to_str());
    let mut commands = words.filter_map(|word| command.find_subcommand(word));
    commands.next().map(clap::Command::get_name)
}
