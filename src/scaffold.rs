//! A new plan to fill in: keys of the plan file, each below the question that it answers.
//!
//! Keys come from the model, questions from the words, ids and known values from `content`. Asking the author and writing
//! the file are up to the command.

mod answers;
mod blank;
mod content;
mod groups;

pub use answers::{Answers, Group, day, one_line};
pub(crate) use blank::{Asked, asked};
pub(crate) use groups::id_of;

use std::collections::BTreeSet;

use textwrap::{Options, WordSplitter};

use crate::advice;
use crate::finding::Argument;
use crate::plan::{Language, Plan};
use crate::schema::{self, Field, Kind};
use crate::words::{FieldText, Words, key};
use content::{ASKED_NEARBY, Content, Item, ONCE, Value};

/// The worked example, in Dutch.
pub const EXAMPLE: &str = include_str!("../examples/psycho-educatie.yaml");

/// An example plan in English.
const ENGLISH_EXAMPLE: &str = include_str!("../examples/carer-conversations.yaml");

/// The file name of the schema that editors find next to a plan.
pub const SCHEMA_FILE: &str = "planmaker.schema.json";

/// The maximum width of a comment, in columns.
const WIDTH: usize = 100;

/// A space at which a comment is not wrapped.
const KEPT_TOGETHER: char = '\u{a0}';

/// The form of a new plan.
#[derive(Debug, Clone, Copy, Default)]
pub struct Form {
    /// Whether it has every key, instead of those that a first good plan needs.
    pub every_key: bool,
    /// Whether it asks the questions of the quick scan.
    pub quick_scan: bool,
    /// Whether it points editors to the schema next to it.
    pub modeline: bool,
}

/// Returns a plan to fill in with what a first good plan needs.
#[must_use]
pub fn skeleton(words: Words) -> String {
    plan(words, &Answers::default(), Form::default())
}

/// Returns a plan to fill in with every key.
#[must_use]
pub fn full_skeleton(words: Words) -> String {
    let form = Form {
        every_key: true,
        ..Form::default()
    };
    plan(words, &Answers::default(), form)
}

/// Returns the plan to fill in with the author's answers, and the author's groups in every section that asks per group.
#[must_use]
pub fn plan(words: Words, answers: &Answers, form: Form) -> String {
    let mut writer = Writer {
        words,
        content: Content::new(words, answers, form),
        asked: BTreeSet::new(),
        text: String::new(),
    };
    if form.modeline {
        writer.line(&modeline());
    }
    let tree = schema::tree();
    writer.heading();
    writer.mapping(&tree, "", "", &Item::default());
    writer.other_annexes(&tree);
    writer.text
}

/// Returns an example plan in a language, for editors that find the schema next to it or not.
#[must_use]
pub fn example(language: Language, modeline: bool) -> String {
    let plan = match language {
        Language::Dutch => EXAMPLE,
        Language::English => ENGLISH_EXAMPLE,
    };
    if modeline {
        format!("{}\n{plan}", self::modeline())
    } else {
        plan.to_owned()
    }
}

/// The line that points editors to the schema. It is next to the plan, so that it works without a network.
fn modeline() -> String {
    format!("# yaml-language-server: $schema={SCHEMA_FILE}")
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
        for line in self.words.get(key::nieuw::KOP).lines() {
            self.line(format!("# {line}").trim_end());
        }
        self.line("");
    }

    /// Writes the keys of a mapping. The dash is `- ` for an item of a list.
    fn mapping(&mut self, fields: &[Field], margin: &str, dash: &str, item: &Item) {
        let inner = format!("{margin}{:1$}", "", dash.len());
        let mut above = margin;
        let mut before = format!("{margin}{dash}");
        let mut is_first = true;
        for field in fields {
            let own = item.values.iter().find(|(key, _)| *key == field.key());
            let common = || self.content.value(&field.pattern);
            let value = own.map_or_else(common, |(_, value)| value.clone());
            if matches!(value, Value::Absent) || !self.is_wanted(field) {
                continue;
            }
            self.question(field, above, is_first);
            is_first = false;
            self.key(&before, field.key(), &value);
            self.inside(field, &(inner.clone() + "  "));
            above = &inner;
            before.clone_from(&inner);
        }
    }

    /// Whether the plan has a field here.
    fn is_wanted(&self, field: &Field) -> bool {
        let pattern = field.pattern.as_str();
        let is_repeated = !self.content.every_key && self.asked.contains(pattern);
        self.content.asks(field) && !(is_repeated && ONCE.contains(&pattern))
    }

    /// Writes what is inside a field. An example is commented out, so that the plan says nothing that the author did not.
    fn inside(&mut self, field: &Field, margin: &str) {
        let is_example = !margin.contains('#') && self.content.is_example(&field.pattern);
        let margin = &if is_example {
            format!("{margin}# ")
        } else {
            margin.to_owned()
        };
        match field.kind {
            Kind::ById => {
                let thing = field.fields.first();
                for (nr, item) in self.content.items(&field.pattern).iter().enumerate() {
                    if self.content.every_key
                        && let Some(thing) = thing
                    {
                        if nr > 0 && lines(thing) > 3 {
                            self.blank(margin);
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
        let value = match value {
            Value::Absent => String::new(),
            Value::Text(text) => text.clone(),
            Value::Ids(items) | Value::Lines(items) if items.len() < 2 => items.concat(),
            Value::Ids(ids)
                if before.len() + key.len() + ": []".len() + ids.join(", ").len() <= WIDTH =>
            {
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
        let is_spacious = self.content.every_key || margin.is_empty();
        if !is_first_in_block && is_spacious {
            self.blank(margin);
        }
        self.section_title(&field.pattern);
        let is_example = !margin.contains('#') && self.content.is_example(&field.pattern);
        let ready = is_example.then(|| self.words.get(key::nieuw::UITGEZET));
        if field.pattern.contains('.') {
            self.explanation(field, ready, margin);
        } else {
            let others = self.other_keys(field);
            self.explanation(field, others.as_deref(), margin);
            if let Some(ready) = ready {
                self.comment(margin, ready);
            }
        }
    }

    /// Writes the question of a field and how to answer it, with a last remark.
    fn explanation(&mut self, field: &Field, last: Option<&str>, margin: &str) {
        let pattern = field.pattern.as_str();
        if !self.content.every_key && ASKED_NEARBY.contains(&pattern) {
            return;
        }
        let short = self.words.find(&format!("velden.{pattern}.kort"));
        let mut sentences = match short {
            Some(short) if !self.content.every_key => vec![short],
            _ => [FieldText::Question, FieldText::Help]
                .map(|text| self.words.field(pattern, text))
                .to_vec(),
        };
        let examples = self.examples(field);
        sentences.extend(examples.as_deref());
        sentences.extend(last);
        let mut line = String::new();
        for sentence in sentences {
            let longer = format!("{line} {sentence}");
            if longer.trim_start().chars().count() <= WIDTH.saturating_sub(margin.len() + 2) {
                line = longer;
            } else {
                self.comment(margin, line.trim_start());
                line = sentence.to_owned();
            }
        }
        self.comment(margin, line.trim_start());
    }

    /// A few examples of answers, if the advice has them.
    fn examples(&self, field: &Field) -> Option<String> {
        let examples = advice::examples(&field.pattern, self.words)?;
        let examples = ("voorbeelden", Argument::Whole(examples));
        Some(self.words.text(key::nieuw::VOORBEELDEN, &[examples]))
    }

    /// The sentence with the keys that the plan leaves out of a section, if any.
    fn other_keys(&self, section: &Field) -> Option<String> {
        let mut others = Vec::new();
        self.collect_others(section, section, &mut others);
        // A line that begins with a key would look like a key that is commented out.
        let keys = others.join(&format!(";{KEPT_TOGETHER}"));
        let keys = ("sleutels", Argument::Whole(keys));
        (!others.is_empty()).then(|| self.words.text(key::nieuw::KAN_OOK, &[keys]))
    }

    /// Collects the keys that are left out, with the name of what they are in unless that is the section itself.
    fn collect_others(&self, field: &Field, section: &Field, others: &mut Vec<String>) {
        let (asked, left_out): (Vec<&Field>, Vec<_>) = field
            .fields
            .iter()
            .partition(|field| self.content.asks(field));
        let keys: Vec<&str> = left_out.iter().map(|field| field.key()).collect();
        let inside = field.pattern.trim_end_matches([']', '[', '*', '.']);
        // The points of the checklist have the same keys.
        let is_checklist = section.pattern == "borging";
        let name = match inside.rsplit('.').next() {
            Some(key) if inside != section.pattern && !is_checklist => format!("{key}: "),
            _ => String::new(),
        };
        if !keys.is_empty() {
            others.push(format!("{name}{}", keys.join(", ")));
        }
        for field in asked
            .into_iter()
            .take(if is_checklist { 1 } else { usize::MAX })
        {
            self.collect_others(field, section, others);
        }
    }

    /// Names the annexes that the plan leaves out.
    fn other_annexes(&mut self, tree: &[Field]) {
        let others: Vec<&str> = tree
            .iter()
            .filter(|field| !self.content.asks(field))
            .map(Field::key)
            .collect();
        if !others.is_empty() {
            self.line("");
            let others = ("sleutels", Argument::Whole(others.join(", ")));
            let line = self.words.text(key::nieuw::BIJLAGEN_OOK, &[others]);
            self.comment("", &line);
        }
    }

    /// Writes a comment, on more lines if needed.
    fn comment(&mut self, margin: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        let options = Options::new(WIDTH.saturating_sub(margin.len() + 2))
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        for line in textwrap::wrap(text, &options) {
            let line = line.replace(KEPT_TOGETHER, " ");
            self.line(&format!("{margin}# {line}"));
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

    /// Writes a blank line, unless there is one. Lines that are commented out stay together.
    fn blank(&mut self, margin: &str) {
        if !margin.contains('#') && !self.text.ends_with("\n\n") {
            self.line("");
        }
    }
}

/// The number of lines that a field takes, without comments.
fn lines(field: &Field) -> usize {
    1 + field.fields.iter().map(lines).sum::<usize>()
}
