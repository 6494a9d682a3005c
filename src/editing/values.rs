//! Writing of values in the plainest style that reads back as the same text.

use super::Content;
use super::lines;
use super::tree::Tree;
use crate::document::{Document, Value};

/// The style of written texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotes where that is possible, and several lines as a block.
    Plainest,
    /// Always on one line and in quotes.
    Quoted,
}

/// The surroundings of a written text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// Behind a colon.
    Value,
    /// Behind a dash.
    Item,
    /// Between brackets or braces.
    Flow,
    /// Before a colon.
    Key,
    /// Before a colon, between braces.
    FlowKey,
}

/// A value as it is written behind a colon or dash.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Written {
    /// What stands on the line of the colon or dash.
    pub(super) head: String,
    /// The lines below it. Each begins with a line end.
    pub(super) body: String,
}

/// Writes values into a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writer {
    pub(super) style: Style,
    pub(super) line_end: &'static str,
    /// The number of spaces by which a value is indented further than its key.
    pub(super) step: usize,
}

impl Writer {
    /// Writes a value for a key at a column.
    pub(super) fn value(&self, content: &Content, column: usize) -> Written {
        match content {
            Content::Nothing => Written::default(),
            Content::Text(text) => self.text(text, column, self.step, Context::Value),
            Content::List(items) if self.fits_one_line(items) => head(self.flow(content)),
            Content::List(items) => Written {
                head: String::new(),
                body: self.items(items, column + self.step),
            },
            Content::Mapping(entries) if entries.is_empty() => head("{}".to_owned()),
            Content::Mapping(entries) => {
                let entries = entries.iter();
                let lines = entries.map(|(key, value)| self.entry(key, value, column + self.step));
                let lines = lines.map(|line| self.line(column + self.step, &line));
                Written {
                    head: String::new(),
                    body: lines.collect(),
                }
            }
        }
    }

    /// Writes a value for a dash at a column.
    pub(super) fn item(&self, content: &Content, column: usize) -> Written {
        match content {
            Content::Text(text) => self.text(text, column, 2, Context::Item),
            Content::Mapping(entries) if !entries.is_empty() => {
                let entries = entries.iter();
                let lines: Vec<_> = entries
                    .map(|(key, value)| self.entry(key, value, column + 2))
                    .collect();
                let between = self.line(column + 2, "");
                head(lines.join(&between))
            }
            Content::List(items) if !self.fits_one_line(items) => Written {
                head: String::new(),
                body: self.items(items, column + 2),
            },
            other => self.value(other, column),
        }
    }

    fn items(&self, items: &[Content], column: usize) -> String {
        let items = items.iter().map(|item| {
            let Written { head, body } = self.item(item, column);
            self.line(column, &format!("-{}{body}", spaced(&head)))
        });
        items.collect()
    }

    fn line(&self, column: usize, text: &str) -> String {
        format!("{}{}{text}", self.line_end, " ".repeat(column))
    }

    /// Writes a key at a column, with its value.
    pub(super) fn entry(&self, key: &str, content: &Content, column: usize) -> String {
        let Written { head, body } = self.value(content, column);
        let key = self.one_line(key, Context::Key);
        format!("{key}:{}{body}", spaced(&head))
    }

    /// Writes a value on one line, to stand between brackets or braces.
    pub(super) fn flow(&self, content: &Content) -> String {
        match content {
            Content::Nothing => String::new(),
            Content::Text(text) => self.one_line(text, Context::Flow),
            Content::List(items) => {
                let items: Vec<String> = items.iter().map(|item| self.flow(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Content::Mapping(entries) => {
                let entries = entries.iter();
                let entries: Vec<_> = entries
                    .map(|(key, value)| self.flow_entry(key, value))
                    .collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    pub(super) fn flow_entry(&self, key: &str, content: &Content) -> String {
        let key = self.one_line(key, Context::FlowKey);
        format!("{key}:{}", spaced(&self.flow(content)))
    }

    /// Whether a list is written as `[a, b]`: words, such as ids and choices.
    fn fits_one_line(&self, items: &[Content]) -> bool {
        let is_word = |item: &Content| match item {
            Content::Text(text) => !text.contains(char::is_whitespace) && text.len() <= 60,
            _ => false,
        };
        items.iter().all(is_word) && self.style == Style::Plainest || items.is_empty()
    }

    fn text(&self, text: &str, column: usize, step: usize, context: Context) -> Written {
        if self.style == Style::Plainest
            && let Some(block) = self.block(text, column, step)
        {
            return block;
        }
        head(self.one_line(text, context))
    }

    /// Writes several lines as a block with `|`, if they can be.
    fn block(&self, text: &str, column: usize, step: usize) -> Option<Written> {
        let text = text.trim_end();
        let is_plain = |c: char| !matches!(c, '\r' | '\u{2028}' | '\u{2029}');
        if !text.contains('\n') || !text.chars().all(is_plain) || step > 9 {
            return None;
        }
        // Without a number, the first line with text would set the indentation.
        let first = text.lines().find(|line| !line.is_empty())?;
        let head = if first.starts_with([' ', '\t']) {
            format!("|{step}")
        } else {
            "|".to_owned()
        };
        let line = |line: &str| match line {
            "" => self.line_end.to_owned(),
            line => self.line(column + step, line),
        };
        let body = text.split('\n').map(line).collect();
        Some(Written { head, body })
    }

    /// Writes a text on one line, in quotes if it needs them.
    pub(super) fn one_line(&self, text: &str, context: Context) -> String {
        let text = if text.contains('\n') {
            text.trim_end()
        } else {
            text
        };
        if self.style == Style::Plainest && is_plain(text, context) {
            text.to_owned()
        } else {
            quoted(text)
        }
    }
}

fn head(head: String) -> Written {
    Written {
        head,
        body: String::new(),
    }
}

pub(super) fn spaced(text: &str) -> String {
    if text.is_empty() {
        String::new()
    } else {
        format!(" {text}")
    }
}

/// Whether a text without quotes is read back as the same text, without a problem.
fn is_plain(text: &str, context: Context) -> bool {
    // Older parsers of YAML end a line at the last two.
    if text.is_empty() || text.contains(['\n', '\r', '\u{2028}', '\u{2029}']) {
        return false;
    }
    let (file, count) = match context {
        Context::Value => (format!("k: {text}\nz: z\n"), 2),
        Context::Item => (format!("k:\n- {text}\n- z\n"), 1),
        Context::Flow => (format!("k: [{text}, z, {{a: {text}, z: z}}]\n"), 1),
        Context::Key => (format!("{text}: z\n"), 1),
        Context::FlowKey => (format!("{{{text}: z}}\n"), 1),
    };
    let document = Document::read(file.as_bytes());
    let is_sound = document.problems().is_empty()
        && document.stops().is_empty()
        && document.losses().is_empty();
    let Value::Mapping(entries) = &document.root().value else {
        return false;
    };
    if !is_sound || entries.len() != count {
        return false;
    }
    let Some((key, entry)) = entries.first() else {
        return false;
    };
    let same = |value: &Value| matches!(value, Value::Scalar { text: read, .. } if read == text);
    match (context, &entry.value.value) {
        (Context::Key | Context::FlowKey, _) => key == text,
        (Context::Value, value) => same(value),
        (Context::Item, Value::List(items)) => {
            items.len() == 2 && items.first().is_some_and(|item| same(&item.value))
        }
        (_, Value::List(items)) => {
            let expected = [
                Tree::Text(text.trim().to_owned()),
                Tree::Text("z".to_owned()),
            ];
            let inner = ["a", "z"].into_iter().map(str::to_owned);
            let inner = Tree::Mapping(inner.zip(expected.clone()).collect());
            let read: Vec<Tree> = items.iter().map(Tree::of).collect();
            read == [&expected[..], &[inner]].concat()
                && items.first().is_some_and(|item| same(&item.value))
        }
        _ => false,
    }
}

/// A text between quotes.
fn quoted(text: &str) -> String {
    let needs_escape = |c: char| {
        c.is_control()
            || matches!(
                c,
                '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            )
    };
    if text.contains(needs_escape) {
        // JSON is YAML too.
        let json = serde_json::Value::from(text).to_string();
        return json
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029");
    }
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// The number of spaces by which the first mapping in a document is indented.
pub(super) fn indentation_step(document: &Document, text: &str) -> usize {
    let Value::Mapping(entries) = &document.root().value else {
        return 2;
    };
    let step = entries.values().find_map(|entry| {
        let Value::Mapping(inner) = &entry.value.value else {
            return None;
        };
        let (_, first) = inner.first()?;
        let line = lines::start(text, first.key.start());
        let lead = lines::slice(text, line..first.key.start());
        let outer = lines::start(text, entry.key.start());
        let own = entry.key.start() - outer;
        let is_plain = lead.chars().all(|c| c == ' ');
        let step = lead.len().checked_sub(own)?;
        (is_plain && (1..=8).contains(&step)).then_some(step)
    });
    step.unwrap_or(2)
}
