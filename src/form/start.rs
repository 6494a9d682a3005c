//! A new plan from the answers to its first questions.

use indexmap::IndexMap;
use serde::Serialize;

use super::block::Choice;
use super::changes::{add_thing, one_or_many};
use super::event::Given;
use super::field::{self, Shape};
use super::options;
use crate::document::Document;
use crate::editing::{Change, EditError, apply_all};
use crate::plan::{Language, Plan};
use crate::scaffold::one_line;
use crate::value::path::Path;
use crate::words::{FieldText, Words};

/// The first questions of a plan, besides that of the groups.
const ASKED: [&str; 4] = [
    "plan.titel",
    "plan.interventie",
    "plan.organisaties",
    "plan.start",
];

/// The groups involved, and what is asked of each.
const GROUPS: &str = "betrokken_groepen";
const OF_GROUPS: [&str; 3] = ["rol", "belang", "invloed"];

/// The groups that can be named at once. More can follow in the plan.
const ROWS: usize = 6;

/// A question of a new plan.
#[derive(Debug, Serialize)]
pub(super) struct Asked {
    pub name: &'static str,
    pub question: &'static str,
    pub help: &'static str,
    /// Whether there can be several answers, one per line.
    pub is_many: bool,
    pub is_date: bool,
}

/// The questions of a new plan.
#[derive(Debug, Serialize)]
pub(super) struct NewPlan {
    pub questions: Vec<Asked>,
    /// What is asked of each group, with what can be chosen.
    pub of_groups: Vec<(String, &'static str, Vec<Choice>)>,
    pub rows: Vec<usize>,
}

/// The questions of a new plan in a language.
pub(super) fn questions(words: Words) -> NewPlan {
    let asked = |name: &'static str| {
        let field = field::at(&path_of(name));
        Asked {
            name,
            question: words.field(name, FieldText::Question),
            help: field::help(name, words),
            is_many: field.is_some_and(|field| Shape::of(field) == Shape::Rows),
            is_date: field.is_some_and(|field| field::is_date(field.kind)),
        }
    };
    let of_groups = OF_GROUPS.iter().filter_map(|key| {
        let field = field::at(&path_of(GROUPS).join("x").join(*key))?;
        let choices = options::of_words(field.choices.as_ref()?, &[], words);
        let label = words.field(&field.pattern, FieldText::Label);
        Some(((*key).to_owned(), label, choices))
    });
    NewPlan {
        questions: ASKED.map(asked).into(),
        of_groups: of_groups.collect(),
        rows: (1..=ROWS).collect(),
    }
}

fn path_of(pattern: &str) -> Path {
    pattern.split('.').collect()
}

/// The text of a new plan with those answers. It has no questions as comments, because the page asks them.
pub(super) fn plan(words: Words, answers: &IndexMap<String, Given>) -> Result<String, EditError> {
    let answer = |name: &str| answers.get(name).map_or("", Given::text);
    let mut changes = Vec::new();
    for name in ASKED {
        let lines = answer(name).lines().map(one_line);
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        if !lines.is_empty() {
            changes.push(Change::Set {
                path: path_of(name),
                value: one_or_many(&lines),
            });
        }
    }
    if words.language() == Language::English {
        let path = path_of("plan.taal");
        let value = words.language().tag().into();
        changes.push(Change::Set { path, value });
    }
    let text = format!("versie: {}\n", Plan::VERSION);
    let mut plan = apply_all(&text, &Document::read(text.as_bytes()), &changes)?;
    let groups = path_of(GROUPS);
    for nr in 1..=ROWS {
        let name = answer(&format!("groep-{nr}"));
        if name.trim().is_empty() {
            continue;
        }
        let (added, group) = add_thing(&plan.text, &plan.document, &groups, name, words)?;
        let answers = OF_GROUPS.iter().filter_map(|key| {
            let value = answer(&format!("{key}-{nr}"));
            (!value.is_empty()).then(|| Change::Set {
                path: group.join(*key),
                value: value.into(),
            })
        });
        plan = apply_all(&added.text, &added.document, &answers.collect::<Vec<_>>())?;
    }
    Ok(plan.text)
}
