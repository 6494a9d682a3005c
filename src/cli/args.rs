//! The commands and their options (clap), with their help in the language of the messages.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::Styles;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{
    ArgAction, Args as ClapArgs, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
};
use jiff::civil::Date;
use planmaker::finding::{Argument, Severity};
use planmaker::plan::Language;
use planmaker::plan::stakeholders::StakeholderRole;
use planmaker::scaffold;
use planmaker::value::Choice;
use planmaker::words::Words;

use super::Status;
use super::completions::CompletionsArgs;
use super::new::NewArgs;
use super::render::RenderArgs;
use super::schema::SchemaArgs;
use super::templates::TemplatesArgs;

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

/// The commands. Their help stands in the words, under `cli.COMMAND`.
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

/// The forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    Sarif,
    Github,
}

/// The forms of an explanation.
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

/// When there is colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Makes standard output follow the choice, `NO_COLOR` and what the terminal can do; says whether it has colour.
    pub fn colours(self) -> bool {
        match self {
            Self::Auto => {}
            Self::Always => anstream::ColorChoice::Always.write_global(),
            Self::Never => anstream::ColorChoice::Never.write_global(),
        }
        self != Self::Never
    }
}

/// Reads the command line. Help, version and mistakes are told here, and end the program with the returned status.
pub fn parse(words: Words) -> Result<Args, ExitCode> {
    let given: Vec<OsString> = std::env::args_os().collect();
    let words = words_named(&given).unwrap_or(words);
    let parsed = command(words).try_get_matches_from(&given);
    parsed
        .and_then(|matches| Args::from_arg_matches(&matches))
        .map_err(|error| tell(&error, command_named(&given), words))
}

/// The language that `--lang` names, looked up early so that help and mistakes speak it too.
fn words_named(given: &[OsString]) -> Option<Words> {
    let given: Vec<&str> = given.iter().filter_map(|arg| arg.to_str()).collect();
    let behind = given
        .windows(2)
        .find_map(|pair| (pair[0] == "--lang").then_some(pair[1]));
    let attached = given.iter().find_map(|arg| arg.strip_prefix("--lang="));
    let lang = Lang::from_str(behind.or(attached)?, true).ok()?;
    Some(Words::of(lang.into()))
}

/// The commands with their help in one language.
pub fn command(words: Words) -> clap::Command {
    let names: Vec<String> = Args::command()
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect();
    let command = localised(Args::command(), "planmaker", words);
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(&name, |sub| localised(sub, &name, words))
    })
}

fn localised(command: clap::Command, name: &str, words: Words) -> clap::Command {
    let text = |key: &str| words.find(&format!("cli.{key}")).unwrap_or_default();
    let of_command = |what: &str| text(&format!("{name}.{what}"));
    let ids: Vec<String> = command
        .get_arguments()
        .map(|arg| arg.get_id().to_string())
        .collect();
    let command = ids.iter().fold(command, |command, id| {
        command.mut_arg(id, |arg| {
            let heading = if arg.is_positional() {
                "kop.argumenten"
            } else {
                "kop.opties"
            };
            let help = Some(of_command(id))
                .filter(|help| !help.is_empty())
                .unwrap_or_else(|| text(&format!("planmaker.{id}")));
            // The help itself names choices and defaults: clap would say them in English.
            let arg = arg.help(help).help_heading(text(heading));
            if arg.get_action().takes_values() {
                arg.hide_possible_values(true).hide_default_value(true)
            } else {
                arg
            }
        })
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

/// The command that a command line gives, if it is one.
fn command_named(given: &[OsString]) -> Option<String> {
    let known = Args::command();
    let words = given.iter().skip(1).filter_map(|word| word.to_str());
    let mut commands = words.filter(|word| known.find_subcommand(word).is_some());
    commands.next().map(str::to_owned)
}

/// Shows help or version, or says what is the matter with the command line.
fn tell(error: &clap::Error, command: Option<String>, words: Words) -> ExitCode {
    if !error.use_stderr() {
        // Help and version are answers, not mistakes. A reader that went away needs no answer.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return Status::Failed.into();
    }
    let mut arguments = context(error);
    arguments.extend(how_to_write(error, words));
    let text = words.text(&format!("storing.gebruik.{}", mistake(error)), &arguments);
    let help = match command {
        Some(command) => {
            let command = [("opdracht", Argument::from(command))];
            words.text("storing.gebruik.hulp_bij", &command)
        }
        None => words.get("storing.gebruik.hulp").to_owned(),
    };
    let lines = format!(
        "{}: {}\n{help}\n",
        words.get("storing.fout"),
        super::shown(&text),
    );
    let _ = std::io::Write::write_all(&mut std::io::stderr(), lines.as_bytes());
    Status::Failed.into()
}

fn mistake(error: &clap::Error) -> &'static str {
    let no_value = matches!(error.get(ContextKind::InvalidValue), Some(ContextValue::String(value)) if value.is_empty());
    let argument = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(argument)) => argument.as_str(),
        _ => "",
    };
    match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => "te_veel",
        ErrorKind::InvalidValue if no_value => "waarde_ontbreekt",
        ErrorKind::UnknownArgument => "onbekende_optie",
        ErrorKind::InvalidSubcommand => "onbekende_opdracht",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "verkeerde_waarde",
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            "waarde_ontbreekt"
        }
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => "ontbreekt",
        ErrorKind::ArgumentConflict => "gaat_niet_samen",
        _ => "anders",
    }
}

/// Reads a day. The error names the words that say how to write one (`storing.gebruik.hoe`).
pub fn day(text: &str) -> Result<Date, &'static str> {
    scaffold::day(text).ok_or("datum")
}

/// How to write what could not be read, where our own reader says what it should be.
fn how_to_write(error: &clap::Error, words: Words) -> Option<(&'static str, Argument)> {
    let what = std::error::Error::source(error)?;
    let how = words.find(&format!("storing.gebruik.hoe.{what}"))?;
    let roles = StakeholderRole::NAMES.iter().map(ToString::to_string);
    let how = words.fill(how, &[("rollen", Argument::List(roles.collect()))]);
    Some(("hoe", Argument::Whole(how)))
}

/// What clap knows of a mistake, as arguments of our own text.
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
            // The last is the likeliest.
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
