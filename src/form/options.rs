//! What can be chosen: the words of a choice, and the things of the plan.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::block::Choice;
use super::field;
use super::figures;
use crate::checked::Checked;
use crate::document::{Document, Node, Value};
use crate::plan::catalogue::{self, KINDS};
use crate::schema::{Choices, Field};
use crate::value::choice::spelled;
use crate::value::path::{Path, Step};
use crate::value::{Choice as _, Moment, RefKind, Scalar, SourceRef, YesNo, plain_words};
use crate::words::Words;

/// The most facts about a thing that are shown beside its name.
const MOST_FACTS: usize = 4;

/// The things of a plan, to choose from.
pub(super) struct Things<'c> {
    checked: &'c Checked,
    words: Words,
    /// The names of things by id, for each of [`KINDS`]. Most screens need few kinds.
    names: [OnceCell<IndexMap<&'c str, Cow<'c, str>>>; KINDS.len()],
    /// The notes beside things, which many questions show.
    notes: RefCell<HashMap<Path, String>>,
}

impl<'c> Things<'c> {
    pub fn of(checked: &'c Checked, words: Words) -> Self {
        Self {
            checked,
            words,
            names: std::array::from_fn(|_| OnceCell::new()),
            notes: RefCell::default(),
        }
    }

    fn names_of(&self, nr: usize) -> &IndexMap<&'c str, Cow<'c, str>> {
        self.names[nr].get_or_init(|| KINDS[nr].names(self.checked.plan()).into_iter().collect())
    }

    /// The name of the thing at a path, if the model has things with names there.
    pub fn name_at(&self, path: &Path) -> Option<String> {
        let steps: Vec<&Step> = path.steps().collect();
        let (last, parents) = steps.split_last()?;
        let Step::Key(id) = last else { return None };
        let is_parent = |kind: &catalogue::Kind| {
            let keys = kind.path.iter();
            parents.len() == kind.path.len()
                && parents
                    .iter()
                    .zip(keys)
                    .all(|(step, key)| matches!(step, Step::Key(it) if it == key))
        };
        let nr = KINDS.iter().position(is_parent)?;
        let names = self.names_of(nr);
        Some(
            names
                .get(id.as_str())
                .map_or_else(|| plain_words(id), ToString::to_string),
        )
    }

    /// The name of a thing that a reference leads to.
    pub fn name(&self, kind: RefKind, id: &str) -> Option<String> {
        let word = (kind == RefKind::Source)
            .then(|| SourceRef::word(id))
            .flatten();
        if let Some(word) = word {
            return Some(self.words.choice("bron", word));
        }
        let kinds = (0..KINDS.len()).filter(|nr| catalogue::leads_to(kind, KINDS[*nr].reference));
        let names = kinds.filter_map(|nr| self.names_of(nr).get(id).map(ToString::to_string));
        names.into_iter().next()
    }

    /// The word of a choice as the form says it.
    pub fn word(&self, choices: &Choices, text: &str) -> String {
        let word = spelled(&choices.kind, text).unwrap_or(text);
        self.words.choice(&choices.kind, word)
    }

    /// The things that a reference can lead to, of which some are chosen, and whether those are not all: if they are more than
    /// `most`, only the chosen ones. Chosen ones that do not exist come last.
    pub fn options(&self, kind: RefKind, chosen: &[String], most: usize) -> (Vec<Choice>, bool) {
        let words = field::has_words(kind).iter().map(|word| Choice {
            value: (*word).to_owned(),
            label: self.words.choice("bron", word),
            is_chosen: chosen.iter().any(|it| SourceRef::word(it) == Some(*word)),
            ..Choice::default()
        });
        let mut options: Vec<Choice> = words.collect();
        let kinds =
            || (0..KINDS.len()).filter(|nr| catalogue::leads_to(kind, KINDS[*nr].reference));
        let has_more = kinds().map(|nr| self.names_of(nr).len()).sum::<usize>() > most;
        // A group and a role with one id are one party.
        let mut known: HashSet<&str> = HashSet::new();
        for nr in kinds() {
            let names = self.names_of(nr);
            let things: Vec<(&str, &Cow<'_, str>)> = if has_more {
                let chosen = chosen.iter();
                let chosen = chosen.filter_map(|id| names.get_key_value(id.as_str()));
                chosen.map(|(id, name)| (*id, name)).collect()
            } else {
                names.iter().map(|(id, name)| (*id, name)).collect()
            };
            let parent: Path = KINDS[nr].path.iter().copied().collect();
            let new = things.into_iter().filter(|(id, _)| known.insert(id));
            options.extend(new.map(|(id, name)| Choice {
                value: id.to_owned(),
                label: name.to_string(),
                note: self.note(parent.join(id)),
                is_chosen: chosen.iter().any(|it| it == id),
                is_unknown: false,
            }));
        }
        for id in chosen {
            let is_known = |option: &Choice| {
                option.value == *id || SourceRef::word(id) == Some(option.value.as_str())
            };
            if !options.iter().any(is_known) {
                options.push(Choice {
                    value: id.clone(),
                    label: id.clone(),
                    is_chosen: true,
                    is_unknown: true,
                    ..Choice::default()
                });
            }
        }
        (options, has_more)
    }

    fn note(&self, path: Path) -> String {
        if let Some(note) = self.notes.borrow().get(&path) {
            return note.clone();
        }
        let note = self.facts(&path).join(", ");
        self.notes.borrow_mut().insert(path, note.clone());
        note
    }

    /// What is known of the thing at a path, in a few words each: its choices, numbers, days and what it refers to.
    pub fn facts(&self, path: &Path) -> Vec<String> {
        let Some(thing) = field::at(path) else {
            return Vec::new();
        };
        // Two answers of one kind say nothing without their questions.
        let kind = |field: &Field| field.choices.as_ref().map(|choices| choices.kind.clone());
        let is_twin = |field: &&Field| {
            let twins = thing.fields.iter().filter(|it| kind(it) == kind(field));
            let kind = kind(field).filter(|kind| kind != YesNo::KIND);
            kind.is_some() && twins.count() > 1
        };
        let fields = thing.fields.iter().filter(|field| !is_twin(field));
        let facts = fields.filter_map(|field| self.fact(field, path));
        let quadrant = figures::known_quadrant(self.checked, path, self.words);
        facts.chain(quadrant).take(MOST_FACTS).collect()
    }

    fn fact(&self, field: &Field, thing: &Path) -> Option<String> {
        let key = field.key();
        let texts = texts(&self.checked.document, &thing.join(key));
        let text = texts.first()?;
        if let Some(choices) = &field.choices {
            if choices.kind == YesNo::KIND {
                let is_yes = YesNo::parse(text) == Some(YesNo::Yes);
                let label = self
                    .words
                    .field(&field.pattern, crate::words::FieldText::Label);
                return is_yes.then(|| label.to_lowercase());
            }
            let labels = texts.iter().map(|text| self.word(choices, text));
            return Some(labels.collect::<Vec<_>>().join(", "));
        }
        match field::Shape::of(field) {
            field::Shape::Picker { kind, .. } if kind != RefKind::Source => {
                let names = texts.iter().filter_map(|id| self.name(kind, id));
                let names: Vec<String> = names.collect();
                (!names.is_empty()).then(|| match names.len() {
                    1 | 2 => names.join(", "),
                    more => format!("{} (+{})", names[0], more - 1),
                })
            }
            _ if field::is_date(field.kind) => Some(match Moment::parse(text) {
                Ok(Moment::On(day)) => self.words.short_date(day),
                _ => text.clone(),
            }),
            _ => None,
        }
    }
}

/// The texts at a path: one, or those of a list.
pub(super) fn texts(document: &Document, path: &Path) -> Vec<String> {
    let Some(node) = document.get(path) else {
        return Vec::new();
    };
    let nodes = match &node.value {
        Value::List(items) => items,
        _ => std::slice::from_ref(node),
    };
    let texts = nodes.iter().filter_map(Node::text);
    let texts = texts.filter(|text| !text.trim().is_empty());
    texts.map(str::to_owned).collect()
}

/// What a word of a choice means, where the words say so.
fn note(kind: &str, word: &str, words: Words) -> String {
    let of = |side: &str| words.find(&format!("keuzes.{kind}_{side}.{word}"));
    of("keuze")
        .or_else(|| of("uitleg"))
        .unwrap_or_default()
        .to_owned()
}

/// The words of a choice, of which some are chosen. What was written that is no choice comes last.
pub(super) fn of_words(choices: &Choices, written: &[String], words: Words) -> Vec<Choice> {
    let kind = choices.kind.as_str();
    // The schema lists numbers and yes or no in more than one way.
    let mut options: Vec<Choice> = Vec::new();
    for word in &choices.words {
        options.push(Choice {
            value: word.clone(),
            label: words.choice(kind, word),
            note: note(kind, word, words),
            is_chosen: written.iter().any(|it| spelled(kind, it) == Some(word)),
            is_unknown: false,
        });
    }
    for text in written {
        if spelled(kind, text).is_none() {
            options.push(Choice {
                value: text.clone(),
                label: text.clone(),
                is_chosen: true,
                is_unknown: true,
                ..Choice::default()
            });
        }
    }
    options
}
