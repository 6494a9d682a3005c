//! The help of commands and the names of options, in one language.

use std::sync::LazyLock;

use clap::builder::Styles;
use clap::{ArgAction, CommandFactory};
use planmaker::{Argument, Language, Words};

use super::Args;

/// The names of an option in Dutch and English.
pub(super) fn option_names(id: &str) -> Option<[&'static str; 2]> {
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
    let name = option_names(id).map_or("", |names| shown_name(names, words));
    format!("--{name}")
}

/// The name of an option to show: as the user wrote it on this command line, else in the language of the messages.
fn shown_name(names: [&'static str; 2], words: Words) -> &'static str {
    let is_given = |name: &&str| GIVEN_NAMES.iter().any(|given| given == name);
    let [dutch, english] = names;
    let own = match words.language() {
        Language::Dutch => dutch,
        Language::English => english,
    };
    names.into_iter().find(is_given).unwrap_or(own)
}

/// Returns the command line with its help in one language. Only the command that is used gets its own help.
pub fn command(words: Words) -> clap::Command {
    let help = clap::Command::new("help").arg(clap::Arg::new("command").value_name("OPDRACHT"));
    let in_full: fn(clap::Command) -> clap::Command = match words.language() {
        Language::Dutch => |command| localised(command, Words::of(Language::Dutch)),
        Language::English => |command| localised(command, Words::of(Language::English)),
    };
    localised(Args::command().subcommand(help), words).mut_subcommands(|command| {
        let about = words.find(&format!("cli.{}.doet", command.get_name()));
        command.about(about.unwrap_or_default()).defer(in_full)
    })
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
    let Some(names) = option_names(arg.get_id().as_str()) else {
        return arg;
    };
    let shown = shown_name(names, words);
    let others = names.into_iter().filter(|name| *name != shown);
    arg.long(shown).aliases(others)
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
}
