//! The default language of messages, for when there is no `--lang`: `PLANMAKER_LANG`, else the system's, else Dutch.

use std::env;
use std::io::{self, Write};

use planmaker::{Argument, Language, Words, key};

/// Returns the words of the language that the environment selects. Warns of a `PLANMAKER_LANG` that is not a known language.
pub fn words() -> Words {
    let own = env::var_os("PLANMAKER_LANG").unwrap_or_default();
    let own = own.to_string_lossy();
    let known = match language(&own).as_str() {
        "nl" => Some(Language::Dutch),
        "en" => Some(Language::English),
        _ => None,
    };
    let words = Words::of(known.unwrap_or_else(of_system));
    if known.is_none() && !own.is_empty() {
        let own = Argument::from(own.as_ref());
        let warning = words.text(key::storing::TAAL_ONBEKEND, &[("taal", own)]);
        // There is nowhere to report that standard error is closed.
        let _ = writeln!(io::stderr(), "{}", super::shown(&warning));
    }
    words
}

/// Dutch if the system is Dutch or names no language, else English.
fn of_system() -> Language {
    let mut locales = sys_locale::get_locales();
    match locales.find(|locale| !locale.is_empty()) {
        Some(locale) if language(&locale) != "nl" => Language::English,
        _ => Language::Dutch,
    }
}

/// The language of a tag such as `en`, `nl_NL.UTF-8` or `en-GB`.
fn language(tag: &str) -> String {
    let language = tag.split(['_', '-', '.', '@']).next();
    language.unwrap_or_default().to_lowercase()
}
