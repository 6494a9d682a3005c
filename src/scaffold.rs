//! A new plan with every key of the plan file, each below the question that it answers.
//!
//! Keys come from the model, questions from the words, ids and known values from `content`. Asking the author and writing
//! the file are up to the command.

mod answers;
mod content;
mod groups;

pub use answers::{Answers, Group, day, one_line};

use std::collections::BTreeSet;

use textwrap::{Options, WordSplitter};

use crate::finding::Argument;
use crate::plan::Plan;
use crate::schema::{self, Field, Kind};
use crate::words::{FieldText, Words, key};
use content::{Content, Item, SWITCHED_OFF, Value};

/// The worked example, in Dutch.
pub const EXAMPLE: &str = include_str!("../examples/psycho-educatie.yaml");

/// The maximum width of a comment, in columns.
const WIDTH: usize = 100;

/// Points editors to the schema. It is next to the plan, so that it works without a network.
const MODELINE: &str = "# yaml-language-server: $schema=planmaker.schema.json";

/// Returns a plan with every key and hardly any value, with questions and help as comments.
#[must_use]
pub fn skeleton(words: Words) -> String {
    plan(words, &Answers::default())
}

/// Returns the skeleton with the author's answers filled in, and the author's groups in every section that needs them.
#[must_use]
pub fn plan(words: Words, answers: &Answers) -> String {
    let mut writer = Writer {
        words,
        content: Content::new(words, answers),
        asked: BTreeSet::new(),
        text: String::new(),
    };
    writer.heading();
    writer.mapping(&schema::tree(), "", "", &Item::default());
    writer.text
}

/// Writes fields as YAML, with the question above the first occurrence of a field.
struct Writer<'a> {
    words: Words,
    content: Content<'a>,
    /// The patterns of the fields whose question is already there.
    asked: BTreeSet<String>,
    text: String,
}

impl Writer<'_> {
    fn heading(&mut self) {
        let id = |name, key| (name, Argument::from(self.words.get(key)));
        let arguments = [
            id("onderdeel", key::nieuw::id::ONDERDEEL),
            id("strategie", key::nieuw::id::STRATEGIE),
        ];
        let heading = self.words.text(key::nieuw::KOP, &arguments);
        self.line(MODELINE);
        for line in heading.lines() {
            self.line(format!("# {line}").trim_end());
        }
        self.line("");
    }

    /// Writes the keys of a mapping. The dash is `- ` for an item of a list.
    fn mapping(&mut self, fields: &[Field], margin: &str, dash: &str, item: &Item) {
        let inner = format!("{margin}{:1$}", "", dash.len());
        let mut above = margin;
        let mut before = format!("{margin}{dash}");
        for (nr, field) in fields.iter().enumerate() {
            let own = item.values.iter().find(|(key, _)| *key == field.key());
            let common = || self.content.value(&field.pattern);
            let value = own.map_or_else(common, |(_, value)| value.clone());
            if matches!(value, Value::Absent) {
                continue;
            }
            self.question(field, above, nr == 0);
            let mut margin = inner.clone();
            if SWITCHED_OFF.contains(&field.pattern.as_str()) {
                margin += "# ";
                before += "# ";
            }
            self.key(&before, field.key(), &value);
            self.inside(field, &(margin + "  "));
            above = &inner;
            before.clone_from(&inner);
        }
    }

    /// Writes what is inside a field.
    fn inside(&mut self, field: &Field, margin: &str) {
        match field.kind {
            Kind::ById => {
                let thing = field.fields.first();
                for (nr, item) in self.content.items(&field.pattern).iter().enumerate() {
                    if let Some(thing) = thing {
                        if nr > 0 && lines(thing) > 3 {
                            self.blank();
                        }
                        self.question(thing, margin, nr == 0);
                    }
                    self.key(margin, &item.id, &"".into());
                    let fields = thing.map_or(&[][..], |thing| &thing.fields);
                    self.mapping(fields, &format!("{margin}  "), "", item);
                }
            }
            Kind::List => self.mapping(&field.fields, margin, "- ", &Item::default()),
            _ => self.mapping(&field.fields, margin, "", &Item::default()),
        }
    }

    fn key(&mut self, before: &str, key: &str, value: &Value) {
        /// The width of the longest key with a list of ids.
        const KEY: usize = "vertegenwoordigt: []".len();

        let value = match value {
            Value::Absent => String::new(),
            Value::Text(text) => text.clone(),
            Value::Ids(items) | Value::Lines(items) if items.len() < 2 => items.concat(),
            Value::Ids(ids) if before.len() + KEY + ids.join(", ").len() <= WIDTH => {
                format!("[{}]", ids.join(", "))
            }
            Value::Ids(items) | Value::Lines(items) => {
                let bullet = format!("\n{before}  - ");
                format!("{bullet}{}", items.join(&bullet))
            }
        };
        let space = if value.is_empty() || value.starts_with('\n') {
            ""
        } else {
            " "
        };
        self.line(&format!("{before}{key}:{space}{value}"));
    }

    /// Writes the question of a field with its help, the first time that the field occurs.
    fn question(&mut self, field: &Field, margin: &str, is_first_in_block: bool) {
        if !self.asked.insert(field.pattern.clone()) {
            return;
        }
        let is_commented_out = margin.contains('#');
        if !is_first_in_block && !is_commented_out {
            self.blank();
        }
        self.section_title(&field.pattern);
        let [question, help] = [FieldText::Question, FieldText::Help]
            .map(|text| self.words.field(&field.pattern, text));
        let width = WIDTH.saturating_sub(margin.len() + 2);
        let both = format!("{question} {help}");
        if both.chars().count() <= width {
            self.line(&format!("{margin}# {both}"));
            return;
        }
        let options = Options::new(width)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        for text in [question, help] {
            for line in textwrap::wrap(text, &options) {
                self.line(&format!("{margin}# {line}"));
            }
        }
    }

    /// Writes the title above a section or annex.
    fn section_title(&mut self, pattern: &str) {
        if pattern.contains('.') || ["versie", "plan"].contains(&pattern) {
            return;
        }
        let label = self.words.field(pattern, FieldText::Label);
        let section = Plan::SECTIONS
            .iter()
            .position(|section| *section == pattern);
        let title = if let Some(index) = section {
            format!("{}. {label}", index + 1)
        } else {
            let title = [("titel", Argument::from(label))];
            self.words.text(key::nieuw::BIJLAGE, &title)
        };
        self.line(&format!("# {:-<1$}", format!("{title} "), WIDTH - 2));
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Writes a blank line, unless there is one.
    fn blank(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.line("");
        }
    }
}

/// The number of lines that a field takes, without comments.
fn lines(field: &Field) -> usize {
    1 + field.fields.iter().map(lines).sum::<usize>()
}
