//! The answers in a plan, as the form says them.

use indexmap::IndexMap;

use super::field::{self, Shape};
use super::options::Things;
use crate::checked::Checked;
use crate::document::{Node, Value};
use crate::value::path::Path;
use crate::value::plain_words;
use crate::words::Words;

/// The answers of a plan.
pub(super) struct Answers<'c> {
    pub checked: &'c Checked,
    pub things: Things<'c>,
    /// The texts, and lists of texts, by their paths.
    pub texts: IndexMap<Path, Vec<String>>,
}

impl<'c> Answers<'c> {
    pub fn of(checked: &'c Checked, words: Words) -> Self {
        let mut texts = IndexMap::new();
        collect(checked.document.root(), &mut Path::root(), &mut texts);
        Self {
            checked,
            things: Things::of(checked, words),
            texts,
        }
    }

    /// The answer to a question, with names instead of ids.
    pub fn shown(&self, path: &Path) -> Vec<String> {
        let field = field::at(path);
        let shown = |text: &String| match field.map(|field| (Shape::of(field), &field.choices)) {
            Some((Shape::Picker { kind, .. }, _)) => {
                let name = self.things.name(kind, text);
                name.unwrap_or_else(|| plain_words(text))
            }
            Some((_, Some(choices))) => self.things.word(choices, text),
            _ => text.clone(),
        };
        let texts = self.texts.get(path);
        texts.map_or_else(Vec::new, |texts| texts.iter().map(shown).collect())
    }
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
