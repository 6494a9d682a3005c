//! Help and usage errors that stop the parsing of a command line.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use planmaker::{
    Argument, Choice, StakeholderRole, Words, key::storing, key::storing::gebruik, nearest,
};

use super::help::shown_option;
use crate::cli::error::instead_of;
use crate::cli::{Status, shown};

/// Prints help, the version or a usage error.
pub(super) fn report(error: &clap::Error, command: Option<&str>, words: Words) -> ExitCode {
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
    let lines = format!("{}: {}\n{help}\n", words.get(storing::FOUT), shown(&text));
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

/// Returns an error if an argument that is not an option begins with a word processor's dash or quotes, unless it is a file.
pub(super) fn reject_mistyped_options(
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
pub(super) fn mistyped_option(
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

#[cfg(test)]
mod tests {
    use super::*;

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
