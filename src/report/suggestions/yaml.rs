//! Suggestions as strategies to paste into the plan.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};

use super::{escaped, printable, reasons};
use crate::advice::{Fit, Need, Strategy, Suggestions};
use crate::checked::Checked;
use crate::finding::Focus;
use crate::plan::Language;
use crate::plan::strategies::Phase;
use crate::value::path;
use crate::value::{Choice, Id, is_terminal_control};
use crate::words::{Words, key};

/// The maximum width of a comment, in columns.
const WIDTH: usize = 100;

/// The margin of a strategy in the plans that planmaker writes.
const MARGIN: usize = 4;

/// The largest margin that is taken over from a plan.
const MOST_MARGIN: usize = 24;

/// A strategy with all needs that it was suggested for.
struct Entry<'s, 'p> {
    strategy: &'static Strategy,
    fits: Vec<&'s Fit>,
    barriers: Vec<&'p str>,
    used_for: IndexMap<&'p str, Vec<Phase>>,
}

impl Entry<'_, '_> {
    fn of(strategy: &'static Strategy) -> Self {
        Self {
            strategy,
            fits: Vec::new(),
            barriers: Vec::new(),
            used_for: IndexMap::new(),
        }
    }
}

/// The suggested strategies, each once.
pub(super) fn yaml(suggestions: &Suggestions<'_>, checked: &Checked, words: Words) -> String {
    let header = checked.plan().header.given();
    let language = header.and_then(|header| header.language.given().copied());
    let writer = Writer {
        words: language.map_or(words, Words::of),
        margin: " ".repeat(margin(checked)),
    };
    if suggestions.is_empty() {
        let text = if suggestions.is_bare {
            key::advies::LEEG
        } else {
            key::advies::NIETS
        };
        return writer.comment(writer.words.get(text));
    }
    let mut taken: HashSet<String> = checked
        .plan()
        .strategies()
        .ids()
        .map(str::to_owned)
        .collect();
    let entries = entries(suggestions);
    let entries = entries
        .values()
        .map(|entry| writer.entry(entry, &mut taken));
    let entries = entries.collect::<Vec<_>>().join("\n");
    writer.comment(writer.words.get(key::advies::PLAKKEN)) + "\n" + &entries
}

/// Collects the needs of each strategy, in the order in which they are suggested.
fn entries<'s, 'p>(suggestions: &'s Suggestions<'p>) -> IndexMap<&'s str, Entry<'s, 'p>> {
    let mut entries: IndexMap<&str, Entry<'_, '_>> = IndexMap::new();
    for suggestion in &suggestions.needs {
        for fit in &suggestion.strategies {
            let entry = entries.entry(fit.strategy.id.as_str());
            let entry = entry.or_insert_with(|| Entry::of(fit.strategy));
            entry.fits.push(fit);
            match &suggestion.need {
                Need::Barrier { id, .. } => entry.barriers.push(id),
                Need::Phase { group, phase, .. } => {
                    entry.used_for.entry(group).or_default().push(*phase);
                }
            }
        }
    }
    entries
}

/// The margin of the strategies that the plan has, so that others can be pasted below them.
fn margin(checked: &Checked) -> usize {
    let first = checked.plan().strategies().ids().next().and_then(|id| {
        let path = path!["implementatiestrategieen", "strategieen", id];
        let place = checked.document.place(&path, &Focus::Key);
        let line = checked
            .document
            .source()
            .lines()
            .nth(place.start.line - 1)?;
        let margin = line.len() - line.trim_start_matches(' ').len();
        (margin + 1 == place.start.column && margin <= MOST_MARGIN).then_some(margin)
    });
    first.unwrap_or(MARGIN)
}

struct Writer {
    words: Words,
    margin: String,
}

impl Writer {
    /// A comment on as many lines as it needs.
    fn comment(&self, text: &str) -> String {
        let margin = format!("{}# ", self.margin);
        let options = textwrap::Options::new(WIDTH)
            .initial_indent(&margin)
            .subsequent_indent(&margin)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .break_words(false);
        textwrap::fill(&printable(text), options) + "\n"
    }

    /// A strategy as an entry of the plan, below comments that say why it suits and where it comes from.
    fn entry(&self, entry: &Entry<'_, '_>, taken: &mut HashSet<String>) -> String {
        let text = entry.strategy.text(self.words.language());
        let id = free(&self.id(&entry.strategy.id, &text.name), taken);
        let mut lines = vec![
            format!("{id}:"),
            format!("  naam: {}", scalar(&text.name)),
            format!("  beschrijving: {}", scalar(&text.gloss)),
            format!("  soort: {}", list(&entry.strategy.kinds)),
        ];
        if !entry.barriers.is_empty() {
            let barriers: Vec<String> = entry.barriers.iter().map(|id| scalar(id)).collect();
            lines.push(format!("  belemmeringen: [{}]", barriers.join(", ")));
        }
        if !entry.used_for.is_empty() {
            lines.push("  inzet:".to_owned());
        }
        for (group, phases) in &entry.used_for {
            lines.push(format!("    {}: {}", scalar(group), list(phases)));
        }
        let lines = lines.iter().map(|line| format!("{}{line}\n", self.margin));
        self.comments(entry) + &lines.collect::<String>()
    }

    fn comments(&self, entry: &Entry<'_, '_>) -> String {
        let reasons = entry.fits.iter().flat_map(|fit| reasons(fit, self.words));
        let reasons: IndexSet<String> = reasons.collect();
        let reasons = Vec::from_iter(reasons).join("; ");
        let sources = entry.strategy.sources(self.words);
        let comment = |label, text| self.comment(&format!("{}: {text}.", self.words.get(label)));
        comment(key::advies::WAAROM, reasons) + &comment(key::advies::BRON, sources)
    }

    /// The id of a strategy in the plan: that of the advice, or a form of the name where that would be in another language or
    /// a number.
    fn id(&self, id: &str, name: &str) -> String {
        if self.words.language() == Language::Dutch && !id.contains(|c: char| c.is_ascii_digit()) {
            id.to_owned()
        } else {
            Id::well_formed(name)
        }
    }
}

/// An id that the plan does not have, with a number behind it if needed.
fn free(id: &str, taken: &mut HashSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let mut ids = std::iter::once(id.to_owned()).chain(numbered);
    let free = ids.find(|id| taken.insert(id.clone()));
    free.unwrap_or_default()
}

/// One choice, or a list on one line.
fn list<C: Choice>(choices: &[C]) -> String {
    let names: Vec<&str> = choices.iter().map(|choice| choice.name()).collect();
    match names[..] {
        [only] => only.to_owned(),
        _ => format!("[{}]", names.join(", ")),
    }
}

/// A text as a YAML scalar on one line, quoted if it needs to be.
fn scalar(text: &str) -> String {
    let plain = serde_yaml::to_string(text).unwrap_or_default();
    let is_plain = plain.trim_end() == text && !text.contains([',', '[', ']', '{', '}', ':', '#']);
    if is_plain && !text.contains(is_terminal_control) {
        return text.to_owned();
    }
    // JSON is YAML too.
    escaped(&serde_json::Value::from(text).to_string())
}
