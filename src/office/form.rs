//! A form with the questions of a new plan, for a meeting: lines to write on, boxes to tick, and tables for things.

use super::content::{BOLD, Block, Cell, Contents, Inline, Item, Kind, List, Look, Row, Table};
use crate::plan::Plan;
use crate::scaffold::{Answers, Asked, Form, asked, one_line};
use crate::schema::Kind as FieldKind;
use crate::words::{FieldText, Words, key};

/// The rows of a table for things that have no names yet.
const ROWS: usize = 5;

/// The rows below those with names.
const MORE_ROWS: usize = 2;

/// The lines for an answer.
const LINES: usize = 3;

/// The most columns of a table that can be written in.
const MOST_COLUMNS: usize = 9;

/// The contents of the form.
pub(super) fn contents(words: Words, answers: &Answers, form: Form) -> Contents {
    let title = answers.title.as_deref().map(one_line);
    let title = title.unwrap_or_else(|| words.get(key::document::IMPLEMENTATIEPLAN).to_owned());
    let cover = vec![
        Block::Paragraph(Kind::Kicker, text(words.get(key::formulier::BOVEN))),
        heading(0, &title),
        Block::Paragraph(Kind::Text, text(words.get(key::formulier::UITLEG))),
    ];
    let mut writer = Writer {
        words,
        blocks: Vec::new(),
    };
    for field in asked(words, answers, form) {
        writer.part(&field);
    }
    Contents {
        is_wide: true,
        cover,
        body: writer.blocks,
        ..Contents::default()
    }
}

struct Writer {
    words: Words,
    blocks: Vec<Block>,
}

impl Writer {
    /// A section or annex.
    fn part(&mut self, field: &Asked) {
        let label = self.words.field(&field.pattern, FieldText::Label);
        let mut sections = Plan::SECTIONS.iter();
        let nr = sections.position(|section| *section == field.pattern);
        let title = nr.map_or_else(|| label.to_owned(), |nr| format!("{} {label}", nr + 1));
        self.blocks.push(heading(1, &title));
        let question = self.words.field(&field.pattern, FieldText::Question);
        self.blocks
            .push(Block::Paragraph(Kind::Question, text(question)));
        let help = self.help(field);
        if !help.is_empty() {
            self.blocks.push(paragraph(&help));
        }
        self.inside(field, label, 2);
    }

    /// What is inside a field.
    fn inside(&mut self, field: &Asked, label: &str, level: u8) {
        let thing = field.fields.first();
        match field.kind {
            FieldKind::ById => self.things(field, label, thing.map_or(&[], |thing| &thing.fields)),
            FieldKind::List if !field.fields.is_empty() => self.things(field, label, &field.fields),
            _ => {
                let points = checklist(field);
                self.checklist(&points, label);
                let is_point =
                    |inside: &Asked| points.iter().any(|it| it.pattern == inside.pattern);
                for inside in field.fields.iter().filter(|inside| !is_point(inside)) {
                    self.field(inside, level);
                }
            }
        }
    }

    fn field(&mut self, field: &Asked, level: u8) {
        let label = self.words.field(&field.pattern, FieldText::Label);
        self.blocks.push(heading(level, label));
        let about = Block::Paragraph(Kind::Question, text(&self.question(field)));
        self.blocks.push(about);
        if !field.fields.is_empty() || field.kind == FieldKind::ById {
            self.inside(field, label, level + 1);
        } else if !field.answer.is_empty() {
            self.blocks.push(paragraph(&field.answer));
        } else if field.choices.is_empty() {
            self.blocks.push(Block::Lines(LINES));
        } else {
            let items = field.choices.iter().map(|choice| Item {
                id: None,
                blocks: vec![paragraph(choice)],
            });
            self.blocks.push(Block::List {
                kind: List::Boxes,
                id: None,
                items: items.collect(),
            });
        }
    }

    /// The question of a field and how to answer it.
    fn question(&self, field: &Asked) -> String {
        let question = self.words.field(&field.pattern, FieldText::Question);
        format!("{question} {}", self.help(field))
            .trim_end()
            .to_owned()
    }

    /// How to answer a question, without what only holds in a plan file: ids, and how to write lists.
    fn help(&self, field: &Asked) -> String {
        let own = format!("velden.{}.hulp_formulier", field.pattern);
        if let Some(help) = self.words.find(&own) {
            return help.to_owned();
        }
        let help = self.words.field(&field.pattern, FieldText::Help);
        let is_of_file = |sentence: &&str| {
            let mut words = sentence.split(|c: char| !c.is_alphanumeric() && c != '_');
            sentence.contains('[') || words.any(|word| word == "id" || word.contains('_'))
        };
        let sentences = help.split_inclusive(". ").filter(|it| !is_of_file(it));
        sentences.collect::<String>().trim_end().to_owned()
    }

    /// A table with a row for each thing, below what its columns ask.
    fn things(&mut self, field: &Asked, label: &str, fields: &[Asked]) {
        let is_by_id = field.kind == FieldKind::ById;
        let mut columns = Vec::new();
        columns_of(fields, &mut columns);
        // The name of a thing stands before it.
        columns.retain(|column| !is_by_id || column.key() != "naam");
        columns.truncate(MOST_COLUMNS);
        let first = is_by_id.then(|| {
            let label = format!("velden.{}.*.label", field.pattern);
            let label = self.words.find(&label);
            label.unwrap_or_else(|| self.words.get(key::document::kop::GROEP_OF_ROL))
        });
        self.about(&columns);
        let mut heads: Vec<&str> = first.into_iter().collect();
        let labels = columns.iter();
        heads.extend(labels.map(|column| self.words.field(&column.pattern, FieldText::Label)));
        // Things that are one value.
        if heads.len() == 1 && is_by_id && fields.is_empty() {
            heads.push(label);
        }
        let blank = if field.names.is_empty() {
            ROWS
        } else {
            MORE_ROWS
        };
        let names = field.names.iter().map(String::as_str);
        let names: Vec<&str> = names.chain(std::iter::repeat_n("", blank)).collect();
        self.table(label, &heads, &names);
    }

    /// A table with a row for each point, which all have the same questions.
    fn checklist(&mut self, points: &[&Asked], label: &str) {
        let Some(first) = points.first() else {
            return;
        };
        let mut columns = Vec::new();
        columns_of(&first.fields, &mut columns);
        self.about(&columns);
        let labels = columns.iter();
        let labels = labels.map(|column| self.words.field(&column.pattern, FieldText::Label));
        let heads: Vec<&str> = std::iter::once(label).chain(labels).collect();
        let points = points.iter();
        let points = points.map(|point| self.words.field(&point.pattern, FieldText::Question));
        self.table(label, &heads, &points.collect::<Vec<_>>());
    }

    /// What each column asks.
    fn about(&mut self, columns: &[&Asked]) {
        let items = columns.iter().map(|column| {
            let label = self.words.field(&column.pattern, FieldText::Label);
            let mut line = vec![Inline::Text(format!("{label}: "), BOLD)];
            let mut question = self.question(column);
            if !column.choices.is_empty() {
                let choices = column.choices.join(", ");
                let choose = self
                    .words
                    .get(key::formulier::KIES)
                    .replace("{keuzes}", &choices);
                question = format!("{question} {choose}");
            }
            line.extend(text(&question));
            Item {
                id: None,
                blocks: vec![Block::Paragraph(Kind::Text, line)],
            }
        });
        let items: Vec<Item> = items.collect();
        if !items.is_empty() {
            self.blocks.push(Block::List {
                kind: List::Bullets,
                id: None,
                items,
            });
        }
    }

    fn table(&mut self, caption: &str, heads: &[&str], first: &[&str]) {
        let cell = |text: &str, is_head: bool| Cell {
            is_head,
            width: 1,
            blocks: if text.is_empty() {
                Vec::new()
            } else {
                vec![paragraph(text)]
            },
            ..Cell::default()
        };
        let row = |cells: Vec<Cell>| Row {
            cells,
            ..Row::default()
        };
        let head = row(heads.iter().map(|head| cell(head, true)).collect());
        let rows = first.iter().map(|name| {
            let others = heads.iter().skip(1).map(|_| cell("", false));
            Row {
                is_blank: true,
                ..row(std::iter::once(cell(name, true)).chain(others).collect())
            }
        });
        self.blocks.push(Block::Table(Table {
            caption: text(caption),
            is_silent: false,
            columns: heads.len(),
            heads: 1,
            rows: std::iter::once(head).chain(rows).collect(),
        }));
    }
}

/// The fields without others inside, in order. Each pattern stands once.
fn columns_of<'f>(fields: &'f [Asked], columns: &mut Vec<&'f Asked>) {
    for field in fields {
        if field.fields.is_empty() {
            if columns.iter().all(|column| column.pattern != field.pattern) {
                columns.push(field);
            }
        } else {
            columns_of(&field.fields, columns);
        }
    }
}

/// The points in a field that all have the same questions, if it has them.
fn checklist(field: &Asked) -> Vec<&Asked> {
    let is_point = |point: &&Asked| point.kind == FieldKind::Keys && !point.fields.is_empty();
    let points: Vec<&Asked> = field.fields.iter().filter(is_point).collect();
    let patterns = |point: &Asked| -> Vec<String> {
        let fields = point.fields.iter();
        fields.map(|field| field.pattern.clone()).collect()
    };
    let first = points.first().map(|point| patterns(point));
    let is_like_first = |point: &&Asked| Some(patterns(point)) == first;
    if points.len() > 1 && points.iter().all(is_like_first) {
        points
    } else {
        Vec::new()
    }
}

fn text(text: &str) -> Vec<Inline> {
    vec![Inline::Text(text.to_owned(), Look::default())]
}

fn paragraph(line: &str) -> Block {
    Block::Paragraph(Kind::Text, text(line))
}

fn heading(level: u8, title: &str) -> Block {
    Block::Heading {
        level,
        id: None,
        text: text(title),
    }
}
