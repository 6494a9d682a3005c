//! The default language of messages, for when there is no `--lang`: `PLANMAKER_LANG`, else the locale if that is Dutch or
//! English, else Dutch.

use std::env;

use planmaker::{Language, Words};

/// Returns the words of the language that the environment selects.
pub fn words() -> Words {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"];
    // The first one that is set wins, as POSIX prescribes.
    let locale = locale
        .iter()
        .filter_map(|name| env::var(name).ok())
        .find(|value| !value.is_empty());
    let own = env::var("PLANMAKER_LANG").ok();
    let language = own
        .as_deref()
        .and_then(of_tag)
        .or_else(|| locale.as_deref().and_then(of_tag));
    Words::of(language.unwrap_or(Language::Dutch))
}

/// The language of a tag such as `en`, `nl_NL.UTF-8` or `en-GB`.
fn of_tag(tag: &str) -> Option<Language> {
    let language = tag.split(['_', '-', '.', '@']).next().unwrap_or_default();
    match language.to_lowercase().as_str() {
        "nl" => Some(Language::Dutch),
        "en" => Some(Language::English),
        _ => None,
    }
}
