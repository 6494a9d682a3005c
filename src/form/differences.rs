//! The differences between two texts of a plan, as questions with two answers.

use indexmap::IndexSet;
use serde::Serialize;

use super::answers::Answers;
use super::field;
use super::parts;
use crate::checked::Checked;
use crate::finding::Argument;
use crate::plan::Plan;
use crate::value::path::{Path, Step};
use crate::value::plain_words;
use crate::words::{FieldText, Words, key};

/// The most questions that are listed.
const MOST: usize = 100;

/// The questions that two texts of a plan answer differently.
#[derive(Debug, Serialize)]
pub(super) struct Differences {
    pub rows: Vec<Difference>,
    /// The number of questions that are not listed.
    pub more: usize,
    /// Whether one of the texts could not be read to its end.
    pub is_partial: bool,
}

/// A question with the answers in each of the texts.
#[derive(Debug, Serialize)]
pub(super) struct Difference {
    pub question: String,
    pub here: Vec<String>,
    pub there: Vec<String>,
}

/// Compares two texts.
pub(super) fn between(here: &str, there: &str, words: Words) -> Differences {
    let plans = [here, there].map(Checked::read);
    let [here, there] = plans.each_ref().map(|plan| Answers::of(plan, words));
    let all = here.texts.keys().chain(there.texts.keys());
    let differs = |path: &&Path| here.texts.get(*path) != there.texts.get(*path);
    let mut paths: IndexSet<&Path> = all.filter(differs).collect();
    paths.sort_by_cached_key(|path| position(path));
    let rows = paths.iter().take(MOST).map(|path| Difference {
        question: question(path, [&here, &there], words),
        here: here.shown(path),
        there: there.shown(path),
    });
    Differences {
        rows: rows.collect(),
        more: paths.len().saturating_sub(MOST),
        is_partial: !(here.checked.is_whole() && there.checked.is_whole()),
    }
}

/// The place of a path among the parts of a plan.
fn position(path: &Path) -> Option<usize> {
    let Some(Step::Key(part)) = path.first() else {
        return None;
    };
    Plan::KEYS.iter().position(|key| key == part)
}

/// The question at a path: its part, the things that it is about, and its label.
fn question(path: &Path, sides: [&Answers<'_>; 2], words: Words) -> String {
    let mut names = Vec::new();
    let mut at = Path::root();
    for step in path.steps() {
        at.push(step.clone());
        let name = || {
            sides.iter().find_map(|side| {
                side.checked.document.get(&at)?;
                side.things.name_at(&at)
            })
        };
        names.push(match step {
            Step::Key(key) if at.steps().count() == 1 && position(&at).is_some() => {
                parts::label(key, words)
            }
            Step::Key(key) => name()
                .or_else(|| {
                    field::at(&at)
                        .filter(|_| field::is_answer(&at))
                        .map(|field| words.field(&field.pattern, FieldText::Label).to_owned())
                })
                .unwrap_or_else(|| plain_words(key)),
            Step::Index(index) => words.text(
                key::scherm::REGEL,
                &[("nummer", Argument::Count(index + 1))],
            ),
        });
    }
    names.join(" › ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Language;

    const HERE: &str = "\
plan:
  titel: Een plan
betrokken_groepen:
  ouders: {naam: Ouders, rol: profijtgroep}
implementatiedoelen:
  bereik: {groep: ouders}
";

    fn rows(here: &str, there: &str) -> Vec<String> {
        let found = between(here, there, Words::of(Language::Dutch));
        let row = |row: &Difference| {
            let [here, there] = [&row.here, &row.there].map(|texts| texts.join("; "));
            format!("{}: {here} | {there}", row.question)
        };
        found.rows.iter().map(row).collect()
    }

    #[test]
    fn differences_are_questions_with_two_answers() {
        assert!(rows(HERE, &format!("# Ander commentaar\n{HERE}")).is_empty());
        let there = HERE.replace("titel: Een plan", "titel: \"Een beter plan\"");
        let there = there
            .replace("rol: profijtgroep", "rol: uitvoerder")
            .replace("{groep: ouders}", "{}");
        let expected = [
            "Voorblad › Titel: Een plan | Een beter plan",
            "3. Betrokken groepen › Ouders › Rol: profijtgroep | uitvoerder",
            "5. Implementatiedoelen › Bereik › Gebruikersgroep: Ouders | ",
        ];
        assert_eq!(rows(HERE, &there), expected);
    }
}
