//! Suggestions as JSON. The format is versioned and documented in the manual.

use std::io;

use serde_json::{Value, json};

use super::{escaped, reasons};
use crate::advice::{Fit, Need, Suggestion, Suggestions, constructs_of};
use crate::value::Choice;
use crate::words::Words;

/// The version of the format, incremented when a field is removed or changes its meaning.
const VERSION: u32 = 1;

pub(super) fn json(suggestions: &Suggestions<'_>, file: &str, words: Words) -> io::Result<String> {
    let needs = suggestions.needs.iter();
    let needs: Vec<Value> = needs.map(|it| suggestion(it, words)).collect();
    let whole = json!({ "version": VERSION, "file": file, "suggestions": needs });
    Ok(escaped(&serde_json::to_string_pretty(&whole)?) + "\n")
}

fn suggestion(suggestion: &Suggestion<'_>, words: Words) -> Value {
    let fits = suggestion.strategies.iter();
    json!({
        "for": need(&suggestion.need),
        "strategies": fits.map(|fit| strategy(fit, words)).collect::<Vec<_>>(),
    })
}

fn need(need: &Need<'_>) -> Value {
    match need {
        Need::Barrier {
            id,
            name,
            level,
            kinds,
            has_words,
        } => json!({
            "type": "barrier",
            "id": id,
            "name": name,
            "level": level.map(Choice::name),
            "kinds": kinds.iter().map(|kind| &kind.id).collect::<Vec<_>>(),
            "cfir": constructs_of(kinds),
            "problem": if *has_words { "words-only" } else { "no-strategy" },
        }),
        Need::Phase { group, name, phase } => json!({
            "type": "phase",
            "id": group,
            "name": name,
            "phase": phase.name(),
        }),
    }
}

fn strategy(fit: &Fit, words: Words) -> Value {
    let strategy = fit.strategy;
    let text = strategy.text(words.language());
    json!({
        "id": strategy.id,
        "name": text.name,
        "gloss": text.gloss,
        "why": reasons(fit, words).join("; "),
        "source": strategy.sources(words),
        "soort": names(&strategy.kinds),
        "fasen": names(&strategy.phases),
        "inferred": strategy.own.iter().map(|it| it.name()).collect::<Vec<_>>(),
    })
}

fn names<C: Choice>(choices: &[C]) -> Vec<&'static str> {
    choices.iter().map(|choice| choice.name()).collect()
}
