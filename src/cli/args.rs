//! The commands and their options (clap), with their help in the language of the messages.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::LazyLock;

use clap::builder::Styles;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{
    ArgAction, Args as ClapArgs, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum,
};
use clap_complete::Shell;
use jiff::civil::Date;
use planmaker::{
    Argument, Choice, Language, Severity, StakeholderRole, Words, key::storing,
    key::storing::gebruik, nearest,
};

use super::error::instead_of;
use super::new::NewArgs;
use super::render::RenderArgs;
use super::schema::SchemaArgs;
use super::templates::TemplatesArgs;
use super::{Status, day, language};

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

/// The names of an option in Dutch and English.
fn option_names(id: &str) -> Option<[&'static str; 2]> {
    let name = |language| Words::of(language).find(&format!("cli.opties.{id}"));
    Some([name(Language::Dutch)?, name(Language::English)?])
}

/// The long names of options on this command line.
static GIVEN_NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let given = std::env::args_os().filter_map(|arg| {
        let name = arg.to_str()?.strip_prefix("--")?;
        name.split('=').next().map(str::to_owned)
    });
    given.collect()
});

/// An option for messages, with its dashes.
pub fn shown_option(id: &str, words: Words) -> String {
    format!("--{}", shown_name(id, words))
}

/// The name of an option: as the user wrote it on this command line, else in the language of the messages.
fn shown_name(id: &str, words: Words) -> &'static str {
    let Some(names) = option_names(id) else {
        return "";
    };
    let is_given = |name: &&str| GIVEN_NAMES.iter().any(|given| given == name);
    let [dutch, english] = names;
    let own = match words.language() {
        Language::Dutch => dutch,
        Language::English => english,
    };
    names.into_iter().find(is_given).unwrap_or(own)
}

/// Returns the command line with its help in one language.
pub fn command(words: Words) -> clap::Command {
    let help = clap::Command::new("help").arg(clap::Arg::new("command").value_name("OPDRACHT"));
    localised(Args::command().subcommand(help), words)
        .mut_subcommands(|command| localised(command, words))
}

fn localised(command: clap::Command, words: Words) -> clap::Command {
    let name = command.get_name().to_owned();
    let find = |key: &str| words.find(&format!("cli.{key}"));
    let text = |key: &str| find(key).unwrap_or_default();
    let of_command = |what: &str| text(&format!("{name}.{what}"));
    let localised_arg = |arg| localised_arg(arg, &name, words);
    let flag = |id: &'static str, short, action, order| {
        let flag = clap::Arg::new(id).short(short).action(action);
        localised_arg(flag.long(id)).display_order(order)
    };
    let is_whole = name == "planmaker";
    let about = of_command("doet");
    let command = command
        .mut_args(&localised_arg)
        .about(about)
        .override_usage(of_command("gebruik"))
        .styles(Styles::plain())
        .help_template(format!(
            "{{about}}\n\n{}: {{usage}}\n\n{{all-args}}{{after-help}}\n",
            text("kop.gebruik")
        ))
        .after_help(after_help(&name, words))
        .subcommand_help_heading(text("kop.opdrachten"))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(flag("help", 'h', ArgAction::Help, LAST - 1));
    if is_whole {
        command
            .mut_arg("lang", |lang| lang.display_order(LAST - 2))
            .arg(flag("version", 'V', ArgAction::Version, LAST))
    } else {
        command
    }
}

fn localised_arg(arg: clap::Arg, command: &str, words: Words) -> clap::Arg {
    let find = |key: &str| words.find(&format!("cli.{key}"));
    let id = arg.get_id();
    let help = find(&format!("{command}.{id}")).or_else(|| find(&format!("planmaker.{id}")));
    let (arg, heading) = if arg.is_positional() {
        (arg, "kop.argumenten")
    } else {
        (named_in_both_languages(arg, words), "kop.opties")
    };
    let arg = arg.help_heading(find(heading).unwrap_or_default());
    if !arg.get_action().takes_values() {
        return arg.help(help.unwrap_or_default());
    }
    let value = arg.get_value_names().and_then(|names| names.first());
    let value = value.and_then(|value| find(&format!("waarden.{}", value.to_lowercase())));
    // Clap itself would name defaults in English; choices are in the help.
    let default = arg.get_default_values().first();
    let default = default.and_then(|default| default.to_str()).map(|default| {
        let default = Argument::Whole(default.to_owned());
        words.text("cli.standaard", &[("waarde", default)])
    });
    let help: Vec<String> = help.map(str::to_owned).into_iter().chain(default).collect();
    let arg = arg
        .help(help.join(" "))
        .hide_possible_values(true)
        .hide_default_value(true);
    match value {
        Some(value) => arg.value_name(value),
        None => arg,
    }
}

/// The place of the last option in help. Those of all commands follow a command's own, in the same order everywhere.
const LAST: usize = 999;

/// Takes an option by its Dutch and its English name, and shows one of them.
fn named_in_both_languages(arg: clap::Arg, words: Words) -> clap::Arg {
    let id = arg.get_id().to_string();
    let shown = shown_name(&id, words);
    let others = option_names(&id).into_iter().flatten();
    let others: Vec<&str> = others.filter(|name| *name != shown).collect();
    if shown.is_empty() {
        arg
    } else {
        arg.long(shown).aliases(others)
    }
}

/// The end of a command's help: examples, exit statuses, and where the manual is.
fn after_help(command: &str, words: Words) -> String {
    let find = |key: &str| words.find(&format!("cli.{key}"));
    let of_command = |key: &str| find(&format!("{command}.{key}"));
    let part = |heading: &str, lines: &str| {
        let heading = find(&format!("kop.{heading}")).unwrap_or_default();
        let lines: Vec<String> = lines.lines().map(|line| format!("  {line}")).collect();
        format!("{heading}:\n{}", lines.join("\n"))
    };
    let examples = of_command("voorbeelden").map(|lines| part("voorbeelden", lines));
    let statuses = of_command("uitkomst").or_else(|| find("uitkomst"));
    let statuses = statuses.map(|lines| part("uitkomst", lines));
    let manual = of_command("handleiding").or_else(|| find("handleiding"));
    let manual = manual.map(str::to_owned);
    let parts = [examples, statuses, manual].into_iter().flatten();
    parts.collect::<Vec<_>>().join("\n\n")
}

/// Returns an error if an argument that is not an option begins with a word processor's dash or quotes, unless it is a file.
fn reject_mistyped_options(
    matches: &clap::ArgMatches,
    command: Option<&clap::Command>,
) -> Result<(), clap::Error> {
    let (Some((_, matches)), Some(command)) = (matches.subcommand(), command) else {
        return Ok(());
    };
    let positionals = command.get_positionals();
    let values = positionals.filter_map(|arg| matches.get_raw(arg.get_id().as_str()));
    let mut words = values.flatten().filter_map(|value| value.to_str());
    let mistyped = words.find(|word| is_mistyped_option(word) && !Path::new(word).exists());
    mistyped.map_or(Ok(()), |word| Err(unknown_option(word, command)))
}

/// The error as one about a mistyped option, if clap rejected that as something else.
fn mistyped_option(
    error: &clap::Error,
    given: &[OsString],
    command: &clap::Command,
) -> Option<clap::Error> {
    let kinds = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand];
    let rejected = kinds.into_iter().find_map(|kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.as_str()),
        _ => None,
    })?;
    // Of `-–strict`, clap rejects the first two characters.
    let mut given = given.iter().skip(1).filter_map(|word| word.to_str());
    let word = given.find(|word| word.starts_with(rejected) && is_mistyped_option(word))?;
    Some(unknown_option(word, command))
}

/// Whether a word looks like an option with the dashes or quotes of a word processor, such as `–strict` or `‘--strict’`.
fn is_mistyped_option(word: &str) -> bool {
    let bare = word.trim_matches(is_quote);
    let name = bare.trim_start_matches(is_dash);
    let dashes = bare.strip_suffix(name).unwrap_or_default();
    let is_odd = bare.len() < word.len() || dashes.contains(|dash| dash != '-');
    is_odd && !dashes.is_empty() && name.starts_with(char::is_alphabetic)
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

fn is_quote(c: char) -> bool {
    matches!(c, '\u{2018}'..='\u{201f}' | '«' | '»')
}

/// The error for an unknown option, with the option of the command that was probably meant.
fn unknown_option(word: &str, command: &clap::Command) -> clap::Error {
    let name = word.trim_matches(is_quote).trim_start_matches(is_dash);
    let name = name.split('=').next().unwrap_or_default();
    let mut short = command.get_arguments().filter_map(clap::Arg::get_short);
    let short = short.find(|short| name == short.to_string());
    let meant = short.map(|short| format!("-{short}")).or_else(|| {
        let options = command.get_arguments().map(|arg| {
            let aliases = arg.get_all_aliases().unwrap_or_default();
            arg.get_long().into_iter().chain(aliases)
        });
        nearest(name, options.flatten()).map(|name| format!("--{name}"))
    });
    let mut error = clap::Error::new(ErrorKind::UnknownArgument);
    let word = ContextValue::String(word.to_owned());
    error.insert(ContextKind::InvalidArg, word);
    if let Some(meant) = meant {
        error.insert(ContextKind::SuggestedArg, ContextValue::String(meant));
    }
    error
}

/// The first known command on a command line.
fn command_named<'c>(given: &[OsString], command: &'c clap::Command) -> Option<&'c str> {
    let words = given.iter().skip(1).filter_map(|word| word.to_str());
    let mut commands = words.filter_map(|word| command.find_subcommand(word));
    commands.next().map(clap::Command::get_name)
}

/// Prints help, the version or a usage error.
fn report(error: &clap::Error, command: Option<&str>, words: Words) -> ExitCode {
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
    let mut arguments = context(error, words);
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
        ErrorKind::UnknownArgument
            if !argument.starts_with('-') && !is_mistyped_option(argument) =>
        {
            gebruik::TE_VEEL
        }
        ErrorKind::InvalidValue if no_value => gebruik::WAARDE_ONTBREEKT,
        ErrorKind::UnknownArgument => gebruik::ONBEKENDE_OPTIE,
        ErrorKind::InvalidSubcommand => gebruik::ONBEKENDE_OPDRACHT,
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => gebruik::VERKEERDE_WAARDE,
        ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            gebruik::WAARDE_ONTBREEKT
        }
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => gebruik::ONTBREEKT,
        ErrorKind::ArgumentConflict
            if error.get(ContextKind::PriorArg) == error.get(ContextKind::InvalidArg) =>
        {
            gebruik::TWEE_KEER
        }
        ErrorKind::ArgumentConflict => gebruik::GAAT_NIET_SAMEN,
        ErrorKind::InvalidUtf8 => gebruik::GEEN_TEKST,
        _ => gebruik::ANDERS,
    }
}

/// The instructions for a value that one of our own parsers rejected.
fn how_to_write(error: &clap::Error, words: Words) -> Option<(&'static str, Argument)> {
    if let Some(instead) = instead_of_format(error, words) {
        return Some(("hoe", instead));
    }
    let key = std::error::Error::source(error)?.to_string();
    let how = words.find(&key)?;
    let roles = StakeholderRole::NAMES.iter().map(ToString::to_string);
    let roles = Argument::Choices(StakeholderRole::KIND, roles.collect());
    let how = words.fill(how, &[("rollen", roles)]);
    Some(("hoe", Argument::Whole(how)))
}

fn instead_of_format(error: &clap::Error, words: Words) -> Option<Argument> {
    let text = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.as_str()),
        _ => None,
    };
    let is_format = text(ContextKind::InvalidArg)?.starts_with(&shown_option("to", words));
    instead_of(text(ContextKind::InvalidValue)?, words).filter(|_| is_format)
}

/// The details of a usage error, as arguments of our own text.
fn context(error: &clap::Error, words: Words) -> Vec<(&'static str, Argument)> {
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
            // An option is named without its value.
            ContextValue::String(text) if text.starts_with("--") => {
                Argument::from(text.split(" <").next()?)
            }
            ContextValue::String(text) => Argument::from(text.as_str()),
            // The last suggestion is the closest.
            ContextValue::Strings(texts) if name == "bedoeld" => {
                Argument::from(texts.last()?.as_str())
            }
            ContextValue::Strings(texts) => {
                let shown = texts.iter().map(|text| {
                    let own = words.find(&format!("cli.keuzes.{text}"));
                    own.unwrap_or(text).to_owned()
                });
                Argument::List(shown.collect())
            }
            _ => return None,
        };
        Some((name, argument))
    });
    arguments.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The commands with all their options, with help in one language.
    fn commands(language: Language) -> Vec<clap::Command> {
        let mut whole = command(Words::of(language));
        whole.build();
        whole.clone().debug_assert();
        let commands: Vec<_> = whole.get_subcommands().cloned().collect();
        [whole].into_iter().chain(commands).collect()
    }

    #[test]
    fn help_is_complete_in_both_languages() {
        let [dutch, english] = [Language::Dutch, Language::English].map(commands);
        for (dutch, english) in dutch.iter().zip(&english) {
            for (one, other) in dutch.get_arguments().zip(english.get_arguments()) {
                let place = format!("{} {}", dutch.get_name(), one.get_id());
                for arg in [one, other] {
                    let help = arg.get_help().unwrap_or_default().to_string();
                    assert!(!help.is_empty(), "{place} has no help");
                }
                if one.is_positional() {
                    continue;
                }
                let names = option_names(one.get_id().as_str());
                let names = names.unwrap_or_else(|| panic!("{place} has no name under cli.opties"));
                assert_eq!(
                    [one.get_long(), other.get_long()],
                    names.map(Some),
                    "{place}"
                );
                for (arg, name) in [(one, names[1]), (other, names[0])] {
                    let aliases = arg.get_all_aliases().unwrap_or_default();
                    let is_taken = arg.get_long() == Some(name) || aliases.contains(&name);
                    assert!(is_taken, "{place} does not take --{name}");
                }
            }
            for command in [dutch, english] {
                let help = command.clone().render_help().to_string();
                let name = command.get_name();
                let examples = help.matches(&format!("\n  planmaker {name}")).count();
                assert!(name == "planmaker" || examples == 2, "{help}");
            }
        }
    }

    #[test]
    fn values_are_named_in_the_language_of_the_help() {
        let value = |language| {
            let check = commands(language).remove(2);
            let mut values = check.get_arguments().filter_map(|arg| {
                let is_date = arg.get_id() == "op";
                let name = arg.get_value_names()?.first()?.to_string();
                is_date.then_some(name)
            });
            values.next()
        };
        assert_eq!(value(Language::Dutch).as_deref(), Some("DATUM"));
        assert_eq!(value(Language::English).as_deref(), Some("DATE"));
    }

    /// Options that commands share are in the same order in all of them.
    #[test]
    fn options_have_the_same_order_everywhere() {
        let mut pairs = std::collections::BTreeSet::new();
        for command in commands(Language::Dutch) {
            let options = command.get_arguments().filter(|arg| !arg.is_positional());
            let mut options: Vec<&clap::Arg> = options.collect();
            options.sort_by_key(|option| option.get_display_order());
            for (nr, first) in options.iter().enumerate() {
                for second in &options[nr + 1..] {
                    let (first, second) = (first.get_id().to_string(), second.get_id().to_string());
                    let reversed = (second.clone(), first.clone());
                    assert!(!pairs.contains(&reversed), "{reversed:?}");
                    pairs.insert((first, second));
                }
            }
        }
    }

    #[test]
    fn options_from_a_word_processor_are_recognised() {
        for word in [
            "–strict",
            "—strict",
            "-–strict",
            "‘--strict’",
            "“–strict”",
            "−o",
        ] {
            assert!(is_mistyped_option(word), "{word}");
        }
        for word in [
            "--strict",
            "-o",
            "-",
            "–",
            "plan.yaml",
            "‘plan’",
            "– plan",
            "–5",
        ] {
            assert!(!is_mistyped_option(word), "{word}");
        }
    }
}
