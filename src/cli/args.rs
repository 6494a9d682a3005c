//! The commands and their options (clap), with their help in the language of the messages.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::Styles;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{
    ArgAction, Args as ClapArgs, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
};
use clap_complete::Shell;
use jiff::civil::Date;
use planmaker::{
    Argument, Choice, Language, Severity, StakeholderRole, Words, key::storing,
    key::storing::gebruik,
};

use super::new::NewArgs;
use super::render::RenderArgs;
use super::schema::SchemaArgs;
use super::templates::TemplatesArgs;
use super::{Status, day};

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
    Explain(ExplainArgs),
    Schema(SchemaArgs),
    Templates(TemplatesArgs),
    Completions(CompletionsArgs),
}

/// The options of `check`.
#[derive(Debug, ClapArgs)]
pub struct CheckArgs {
    #[arg(default_value = "plan.yaml", value_name = "PAD")]
    pub paths: Vec<PathBuf>,
    #[arg(long, value_enum, value_name = "VORM", default_value_t = Format::Text)]
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
    #[arg(long, value_enum, value_name = "VORM", default_value_t = ExplainFormat::Text)]
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

/// Parses the command line. Help, version and usage errors are printed here; the error is the exit status.
pub fn parse(words: Words) -> Result<Args, ExitCode> {
    let given: Vec<OsString> = std::env::args_os().collect();
    let words = words_named(&given).unwrap_or(words);
    let parsed = command(words).try_get_matches_from(&given);
    parsed
        .and_then(|matches| Args::from_arg_matches(&matches))
        .map_err(|error| report(&error, command_named(&given), words))
}

/// The words of the language in `--lang`. Looked up before parsing, because help and usage errors need it.
fn words_named(given: &[OsString]) -> Option<Words> {
    let given: Vec<&str> = given.iter().filter_map(|arg| arg.to_str()).collect();
    let separate = given
        .windows(2)
        .find_map(|pair| (pair[0] == "--lang").then_some(pair[1]));
    let attached = given.iter().find_map(|arg| arg.strip_prefix("--lang="));
    let lang = Lang::from_str(separate.or(attached)?, true).ok()?;
    Some(Words::of(lang.into()))
}

/// Returns the command line with its help in one language.
pub fn command(words: Words) -> clap::Command {
    localised(Args::command(), words).mut_subcommands(|command| localised(command, words))
}

fn localised(command: clap::Command, words: Words) -> clap::Command {
    let name = command.get_name().to_owned();
    let find = |key: &str| words.find(&format!("cli.{key}"));
    let text = |key: &str| find(key).unwrap_or_default();
    let of_command = |what: &str| text(&format!("{name}.{what}"));
    let command = command.mut_args(|arg| {
        let id = arg.get_id();
        let help =
            find(&format!("{name}.{id}")).unwrap_or_else(|| text(&format!("planmaker.{id}")));
        let heading = if arg.is_positional() {
            "kop.argumenten"
        } else {
            "kop.opties"
        };
        let arg = arg.help(help).help_heading(text(heading));
        // The help itself names choices and defaults: clap would do so in English.
        if arg.get_action().takes_values() {
            arg.hide_possible_values(true).hide_default_value(true)
        } else {
            arg
        }
    });
    let flag = |id: &'static str, short, help, action| {
        clap::Arg::new(id)
            .long(id)
            .short(short)
            .help(text(help))
            .action(action)
            .help_heading(text("kop.opties"))
    };
    let command = command
        .about(of_command("doet"))
        .override_usage(of_command("gebruik"))
        .styles(Styles::plain())
        .help_template(format!(
            "{{about}}\n\n{}: {{usage}}\n\n{{all-args}}\n",
            text("kop.gebruik")
        ))
        .subcommand_help_heading(text("kop.opdrachten"))
        .disable_help_flag(true)
        .arg(flag("help", 'h', "hulp", ArgAction::Help));
    if name == "planmaker" {
        command
            .disable_version_flag(true)
            .arg(flag("version", 'V', "versie", ArgAction::Version))
    } else {
        command
    }
}

/// The first known command on a command line.
fn command_named(given: &[OsString]) -> Option<String> {
    let known = Args::command();
    let words = given.iter().skip(1).filter_map(|word| word.to_str());
    let mut commands = words.filter(|word| known.find_subcommand(word).is_some());
    commands.next().map(str::to_owned)
}

/// Prints help, the version or a usage error.
fn report(error: &clap::Error, command: Option<String>, words: Words) -> ExitCode {
    let is_usage_error = error.use_stderr();
    if !is_usage_error || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // A closed pipe is no reason to fail.
        let _ = error.print();
        return if is_usage_error {
            Status::Failed.into()
        } else {
            ExitCode::SUCCESS
        };
    }
    let mut arguments = context(error);
    arguments.extend(how_to_write(error, words));
    let text = words.text(mistake(error), &arguments);
    let help = match command {
        Some(command) => {
            let command = [("opdracht", Argument::from(command))];
            words.text(gebruik::HULP_BIJ, &command)
        }
        None => words.get(gebruik::HULP).to_owned(),
    };
    let lines = format!(
        "{}: {}\n{help}\n",
        words.get(storing::FOUT),
        super::shown(&text),
    );
    let _ = std::io::Write::write_all(&mut std::io::stderr(), lines.as_bytes());
    Status::Failed.into()
}

/// The key of the text about a usage error.
fn mistake(error: &clap::Error) -> &'static str {
    let no_value = matches!(error.get(ContextKind::InvalidValue), Some(ContextValue::String(value)) if value.is_empty());
    let argument = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(argument)) => argument.as_str(),
        _ => "",
    };
    match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => gebruik::TE_VEEL,
        ErrorKind::InvalidValue if no_value => gebruik::WAARDE_ONTBREEKT,
        ErrorKind::UnknownArgument => gebruik::ONBEKENDE_OPTIE,
        ErrorKind::InvalidSubcommand => gebruik::ONBEKENDE_OPDRACHT,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => gebruik::VERKEERDE_WAARDE,
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            gebruik::WAARDE_ONTBREEKT
        }
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => gebruik::ONTBREEKT,
        ErrorKind::ArgumentConflict => gebruik::GAAT_NIET_SAMEN,
        _ => gebruik::ANDERS,
    }
}

/// The instructions for a value that one of our own parsers rejected.
fn how_to_write(error: &clap::Error, words: Words) -> Option<(&'static str, Argument)> {
    let key = std::error::Error::source(error)?.to_string();
    let how = words.find(&key)?;
    let roles = StakeholderRole::NAMES.iter().map(ToString::to_string);
    let how = words.fill(how, &[("rollen", Argument::List(roles.collect()))]);
    Some(("hoe", Argument::Whole(how)))
}

/// The details of a usage error, as arguments of our own text.
fn context(error: &clap::Error) -> Vec<(&'static str, Argument)> {
    let arguments = error.context().filter_map(|(kind, value)| {
        let name = match kind {
            ContextKind::InvalidArg | ContextKind::InvalidSubcommand => "optie",
            ContextKind::InvalidValue | ContextKind::PriorArg => "waarde",
            ContextKind::ValidValue => "keuzes",
            ContextKind::SuggestedArg
            | ContextKind::SuggestedSubcommand
            | ContextKind::SuggestedValue => "bedoeld",
            _ => return None,
        };
        let argument = match value {
            ContextValue::String(text) => Argument::from(text.as_str()),
            // The last suggestion is the closest.
            ContextValue::Strings(texts) if name == "bedoeld" => {
                Argument::from(texts.last()?.as_str())
            }
            ContextValue::Strings(texts) => Argument::List(texts.clone()),
            _ => return None,
        };
        Some((name, argument))
    });
    arguments.collect()
}
