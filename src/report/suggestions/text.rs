//! Suggestions for people, at 80 columns.

use super::{need, reasons};
use crate::advice::{Fit, Suggestion, Suggestions};
use crate::finding::Argument;
use crate::plan::strategies::StrategyKind;
use crate::value::{Choice, wrap};
use crate::words::{Words, key};

/// The columns before the texts below the name of a strategy.
const INDENT: &str = "     ";

pub(super) fn text(suggestions: &Suggestions<'_>, command: &str, words: Words) -> String {
    if suggestions.is_empty() {
        let text = if suggestions.is_bare {
            key::advies::LEEG
        } else {
            key::advies::NIETS
        };
        return wrap(words.get(text), 0, "") + "\n";
    }
    let needs = suggestions.needs.iter().map(|it| of_need(it, words));
    let command = Argument::Whole(command.to_owned());
    let end = words.text(key::advies::SLOT, &[("opdracht", command)]);
    needs.collect::<String>() + &wrap(&end, 0, "") + "\n"
}

fn of_need(suggestion: &Suggestion<'_>, words: Words) -> String {
    let heading = wrap(&need(&suggestion.need, words), 0, "");
    let fits = suggestion.strategies.iter().enumerate();
    let fits = fits.map(|(index, fit)| strategy(index + 1, fit, words));
    format!("{heading}\n\n{}", fits.collect::<String>())
}

fn strategy(number: usize, fit: &Fit, words: Words) -> String {
    let text = fit.strategy.text(words.language());
    let kinds = fit.strategy.kinds.iter();
    let kinds = kinds.map(|kind| words.choice(StrategyKind::KIND, kind.name()));
    let name = format!("{number:>3}. {} ({})", text.name, words.list(kinds));
    let [why_label, source_label] = [key::advies::WAAROM, key::advies::BRON];
    let reasons = format!(
        "{}: {}.",
        words.get(why_label),
        reasons(fit, words).join("; ")
    );
    let sources = fit.strategy.sources(words);
    let sources = format!("{}: {sources}.", words.get(source_label));
    let lines = [text.gloss.clone(), reasons, sources];
    let lines = lines.map(|line| wrap(&format!("{INDENT}{line}"), 0, INDENT) + "\n");
    format!("{}\n{}\n", wrap(&name, 0, INDENT), lines.concat())
}
