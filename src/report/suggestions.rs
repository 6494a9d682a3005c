//! Suggestions of strategies, as text, as JSON and as YAML for the plan.

mod json;
mod text;
mod yaml;

use std::io::{self, Write};

use super::lines::{Format, Harmless};
use crate::advice::{Fit, Need, Reason, Suggestions};
use crate::checked::Checked;
use crate::finding::Argument;
use crate::value::{Choice, is_terminal_control};
use crate::words::{Words, key};

/// The format of suggestions.
#[derive(Debug, Clone)]
pub enum SuggestionFormat {
    /// For people, with the command that writes them for the plan.
    Text {
        /// The command, with its arguments.
        command: String,
    },
    /// JSON, versioned.
    Json {
        /// The name of the plan's file.
        file: String,
    },
    /// Strategies to paste into the plan, in the plan's own language if it names one.
    Yaml,
}

/// Writes the suggestions for a plan.
///
/// # Errors
///
/// If the output cannot be written.
pub fn write_suggestions(
    checked: &Checked,
    format: &SuggestionFormat,
    words: Words,
    out: &mut dyn Write,
) -> io::Result<()> {
    let suggestions = Suggestions::of(checked);
    let (text, kind) = match format {
        SuggestionFormat::Text { command } => {
            (text::text(&suggestions, command, words), Format::Text)
        }
        SuggestionFormat::Json { file } => (json::json(&suggestions, file, words)?, Format::Json),
        SuggestionFormat::Yaml => (yaml::yaml(&suggestions, checked, words), Format::Json),
    };
    let mut out = Harmless::new(out, kind);
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// A text on one line without characters that a terminal may act on.
fn printable(text: &str) -> String {
    text.replace(is_terminal_control, "�")
}

/// JSON in which no character is one that a terminal may act on. Line breaks in JSON are outside of texts.
fn escaped(json: &str) -> String {
    json.chars().fold(String::new(), |all, c| {
        if c != '\n' && is_terminal_control(c) {
            all + &format!("\\u{:04x}", u32::from(c))
        } else {
            all + c.encode_utf8(&mut [0; 4])
        }
    })
}

/// An argument that is a choice of the plan.
fn choice<C: Choice>(choice: C) -> Argument {
    Argument::Choice(C::KIND, choice.name().to_owned())
}

/// The need in words.
fn need(need: &Need<'_>, words: Words) -> String {
    match need {
        Need::Barrier {
            name,
            level,
            has_words,
            ..
        } => {
            let text = if *has_words {
                key::advies::ALLEEN_WOORDEN
            } else {
                key::advies::BELEMMERING
            };
            let level = level.map(|level| ("niveau", choice(level)));
            let name = ("naam", Argument::from(printable(name)));
            words.text(text, &[name].into_iter().chain(level).collect::<Vec<_>>())
        }
        Need::Phase { name, phase, .. } => {
            let name = ("naam", Argument::from(printable(name)));
            words.text(key::advies::FASE, &[name, ("fase", choice(*phase))])
        }
    }
}

/// The reasons why a strategy suits, in words.
fn reasons(fit: &Fit, words: Words) -> Vec<String> {
    if fit.reasons.is_empty() {
        return vec![words.get(key::advies::ALTIJD).to_owned()];
    }
    let in_words = |reason: &Reason| {
        let text = self::reason(reason, words);
        if !fit.strategy.own.contains(&reason.mapping()) {
            return text;
        }
        words.text(key::advies::AFGELEID, &[("reden", Argument::Whole(text))])
    };
    fit.reasons.iter().map(in_words).collect()
}

fn reason(reason: &Reason, words: Words) -> String {
    match reason {
        Reason::Against(kind) => {
            let kind = Argument::Whole(kind.name(words.language()).to_owned());
            words.text(key::advies::TEGEN, &[("wat", kind)])
        }
        Reason::Level(level) => words.text(key::advies::NIVEAU, &[("niveau", choice(*level))]),
        Reason::Phase(phase) => words.text(key::advies::BIJ_FASE, &[("fase", choice(*phase))]),
        Reason::Also(name) => {
            let name = Argument::from(printable(name));
            words.text(key::advies::OOK, &[("naam", name)])
        }
    }
}

#[cfg(test)]
mod tests;
