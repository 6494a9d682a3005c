//! The differences between two texts of a plan, as questions with two answers.

use indexmap::IndexMap;
use serde::Serialize;

use super::field::{self, Shape};
use super::options::Things;
use super::parts;
use crate::checked::Checked;
use crate::document::{Node, Value};
use crate::finding::Argument;
use crate::plan::Plan;
use crate::value::choice::spelled;
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
    let [here, there] = plans.each_ref().map(|plan| Side {
        checked: plan,
        answers: answers(plan.document.root()),
        things: Things::of(plan, words),
    });
    let all = here.answers.keys().chain(there.answers.keys());
    let differs = |path: &&Path| here.answers.get(*path) != there.answers.get(*path);
    let mut paths: Vec<&Path> = all.filter(differs).collect();
    paths.sort_by_key(|path| position(path));
    // Equal paths have one position, but those of one part keep the order of the files.
    let mut seen = std::collections::HashSet::new();
    paths.retain(|path| seen.insert(*path));
    let rows = paths.iter().take(MOST).map(|path| Difference {
        question: question(path, [&here, &there], words),
        here: here.shown(path, words),
        there: there.shown(path, words),
    });
    Differences {
        rows: rows.collect(),
        more: paths.len().saturating_sub(MOST),
        is_partial: !(here.checked.is_whole() && there.checked.is_whole()),
    }
}

/// One of the texts.
struct Side<'c> {
    checked: &'c Checked,
    answers: IndexMap<Path, Vec<String>>,
    things: Things<'c>,
}

impl Side<'_> {
    /// The answer to a question as the form says it.
    fn shown(&self, path: &Path, words: Words) -> Vec<String> {
        let field = field::at(path);
        let shown = |text: &String| match field.map(|field| (Shape::of(field), &field.choices)) {
            Some((Shape::Picker { kind, .. }, _)) => {
                let name = self.things.name(kind, text);
                name.unwrap_or_else(|| plain_words(text))
            }
            Some((_, Some(choices))) => {
                let word = spelled(&choices.kind, text).unwrap_or(text);
                words.choice(&choices.kind, word)
            }
            _ => text.clone(),
        };
        let texts = self.answers.get(path);
        texts.map_or_else(Vec::new, |texts| texts.iter().map(shown).collect())
    }
}

/// The place of a path among the parts of a plan.
fn position(path: &Path) -> Option<usize> {
    let Some(Step::Key(part)) = path.first() else {
        return None;
    };
    Plan::KEYS.iter().position(|key| key == part)
}

/// The answers in a document: texts, and lists of texts.
fn answers(root: &Node) -> IndexMap<Path, Vec<String>> {
    let mut answers = IndexMap::new();
    collect(root, &mut Path::root(), &mut answers);
    answers
}

fn collect(node: &Node, path: &mut Path, answers: &mut IndexMap<Path, Vec<String>>) {
    match &node.value {
        Value::Scalar { text, .. } => {
            answers.insert(path.clone(), vec![text.trim().to_owned()]);
        }
        Value::List(items) => {
            let texts: Vec<&str> = items.iter().filter_map(Node::text).collect();
            if texts.len() == items.len() {
                let texts = texts.into_iter().map(|text| text.trim().to_owned());
                answers.insert(path.clone(), texts.collect());
                return;
            }
            for (nr, item) in items.iter().enumerate() {
                path.push(nr);
                collect(item, path, answers);
                path.pop();
            }
        }
        Value::Mapping(entries) => {
            for (key, entry) in entries.iter() {
                path.push(key);
                collect(&entry.value, path, answers);
                path.pop();
            }
        }
        Value::Empty | Value::Unread => {}
    }
}

/// The question at a path: its part, the things that it is about, and its label.
fn question(path: &Path, sides: [&Side<'_>; 2], words: Words) -> String {
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
