//! A new plan: every key of the plan file, below the question that it answers.
//!
//! `templates/plan.yaml.j2` lays the keys out with ids to start from, or with the groups that the writer named; the questions
//! and their help come from the words. Asking the writer and writing to a file are the business of the command.

mod answers;
mod groups;

pub use answers::{Answers, Group, day, one_line};

use std::collections::{BTreeMap, BTreeSet};

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, UndefinedBehavior, context};
use textwrap::{Options, WordSplitter};

use crate::finding::Argument;
use crate::plan::Plan;
use crate::schema::pattern_of;
use crate::value::Choice;
use crate::words::Words;

/// The worked example, in Dutch.
pub const EXAMPLE: &str = include_str!("../examples/psycho-educatie.yaml");

/// The columns that a comment may take.
const WIDTH: usize = 100;

/// Tells editors where the schema is: beside the plan, so that it works without a network.
const MODELINE: &str = "# yaml-language-server: $schema=planmaker.schema.json\n";

/// A plan that has every key and hardly an answer, with questions and help as comments.
///
/// # Errors
///
/// When the template is wrong.
pub fn skeleton(words: Words) -> Result<String, minijinja::Error> {
    plan(words, &Answers::default())
}

/// The skeleton with what its writer knows already: the answers behind their keys, and the groups in every section that asks
/// something of each group.
///
/// # Errors
///
/// When the template is wrong.
pub fn plan(words: Words, answers: &Answers) -> Result<String, minijinja::Error> {
    let ids: BTreeMap<&str, &str> = words
        .all()
        .filter_map(|(key, id)| Some((key.strip_prefix("nieuw.id.")?, id)))
        .collect();
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .build()?,
    );
    environment.add_filter("answer", answer);
    environment.add_filter("one_or_many", one_or_many);
    let organisations: Vec<String> = answers
        .organisations
        .iter()
        .map(|name| one_line(name))
        .filter(|name| !name.is_empty())
        .collect();
    let keys = environment.render_str(
        include_str!("../templates/plan.yaml.j2"),
        context! {
            id => ids,
            taal => words.language().name(),
            titel => &answers.title,
            interventie => &answers.intervention,
            organisaties => organisations,
            start => answers.start.map(|day| day.to_string()),
            ..groups::layout(&answers.groups, words)
        },
    )?;
    let mut guide = Guide::new(words);
    for line in keys.lines() {
        guide.add(line);
    }
    Ok(guide.text)
}

/// What stands behind a key: nothing, or a text in quotation marks if YAML would take it for something else.
fn answer(text: Option<&str>) -> Result<String, minijinja::Error> {
    let line = text.map(one_line).unwrap_or_default();
    if line.is_empty() {
        return Ok(line);
    }
    let yaml = serde_yaml::to_string(&line).map_err(|error| {
        minijinja::Error::new(minijinja::ErrorKind::BadSerialization, error.to_string())
    })?;
    Ok(format!(" {}", yaml.trim_end()))
}

/// What stands behind a key in that column: nothing, an id, or a list of ids, with a line for each when there are too many.
fn one_or_many(ids: Vec<String>, column: usize) -> String {
    /// What the longest key with a list of ids takes.
    const KEY: usize = "vertegenwoordigt: []".len();

    let row = ids.join(", ");
    match ids.len() {
        0 => String::new(),
        1 => format!(" {row}"),
        _ if column + KEY + row.len() <= WIDTH => format!(" [{row}]"),
        _ => ids.into_iter().fold(String::new(), |items, id| {
            format!("{items}\n{:column$}  - {id}", "")
        }),
    }
}

/// Writes lines of YAML, and above each key the question that it answers, the first time that it is asked.
struct Guide {
    words: Words,
    text: String,
    asked: BTreeSet<String>,
    /// What the current line lies in: columns and patterns of keys and of items.
    parents: Vec<(usize, String)>,
    /// The column of the previous key.
    previous: usize,
}

impl Guide {
    fn new(words: Words) -> Self {
        let id = |name| (name, Argument::from(words.get(&format!("nieuw.id.{name}"))));
        let heading = words.text("nieuw.kop", &[id("onderdeel"), id("strategie")]);
        let mut guide = Self {
            words,
            text: MODELINE.to_owned(),
            asked: BTreeSet::new(),
            parents: Vec::new(),
            previous: 0,
        };
        for line in heading.lines() {
            guide.push(format!("# {line}").trim_end());
        }
        guide.push("");
        guide
    }

    /// Adds a line, with the question above it if it has a key that asks one.
    fn add(&mut self, line: &str) {
        if let Some(key) = KeyLine::read(line) {
            let pattern = self.enter(&key);
            let question = self.words.find(&format!("velden.{pattern}.vraag"));
            let help = self.words.find(&format!("velden.{pattern}.hulp"));
            if let (Some(question), Some(help)) = (question, help)
                && self.asked.insert(pattern.clone())
            {
                let opens_block = key.column > self.previous;
                if !opens_block && !key.is_deep_in_comment {
                    self.push_blank();
                }
                self.head(&pattern);
                self.ask(&key.margin, question, help);
            }
            self.previous = key.column;
        }
        if line.is_empty() {
            self.push_blank();
        } else {
            self.push(line);
        }
    }

    /// Finds the pattern of the key and remembers that what comes deeper lies in it.
    fn enter(&mut self, key: &KeyLine<'_>) -> String {
        let outermost = key.item.unwrap_or(key.column);
        while self
            .parents
            .last()
            .is_some_and(|(column, _)| *column >= outermost)
        {
            self.parents.pop();
        }
        if let Some(column) = key.item {
            let list = self.parents.last().map_or("", |(_, pattern)| pattern);
            let item = format!("{list}[]");
            self.parents.push((column, item));
        }
        let parent = self.parents.last().map_or("", |(_, pattern)| pattern);
        let own = pattern_of(parent, key.name);
        let is_field = self.words.find(&format!("velden.{own}.vraag")).is_some();
        let pattern = if is_field {
            own
        } else {
            pattern_of(parent, "*")
        };
        self.parents.push((key.column, pattern.clone()));
        pattern
    }

    /// Above a section or annex: its title.
    fn head(&mut self, pattern: &str) {
        if pattern.contains('.') || ["versie", "plan"].contains(&pattern) {
            return;
        }
        let label = self
            .words
            .get(&format!("velden.{pattern}.label"))
            .to_owned();
        let section = Plan::SECTIONS
            .iter()
            .position(|section| *section == pattern);
        let title = match section {
            Some(index) => format!("{}. {label}", index + 1),
            None => self
                .words
                .text("nieuw.bijlage", &[("titel", Argument::from(label))]),
        };
        self.push(&format!("# {:-<1$}", format!("{title} "), WIDTH - 2));
    }

    /// The question and its help: on one line if they fit, else each on its own.
    fn ask(&mut self, margin: &str, question: &str, help: &str) {
        let width = WIDTH.saturating_sub(margin.len() + 2);
        let both = format!("{question} {help}");
        if both.chars().count() <= width {
            self.push(&format!("{margin}# {both}"));
            return;
        }
        let options = Options::new(width)
            .word_splitter(WordSplitter::NoHyphenation)
            .break_words(false);
        for text in [question, help] {
            for line in textwrap::wrap(text, &options) {
                self.push(&format!("{margin}# {line}"));
            }
        }
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn push_blank(&mut self) {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }
}

/// A line of YAML with a key, commented out or not.
struct KeyLine<'l> {
    name: &'l str,
    /// Where the key begins, the `# ` before it left out.
    column: usize,
    /// Where the dash stands, if the key opens an item of a list.
    item: Option<usize>,
    /// What stands before a comment on the key.
    margin: String,
    /// Whether it lies in something that is commented out.
    is_deep_in_comment: bool,
}

impl<'l> KeyLine<'l> {
    fn read(line: &'l str) -> Option<Self> {
        let (outer, line) = indented(line);
        let (deeper, line) = line.strip_prefix("# ").map_or((0, line), indented);
        let margin = match deeper {
            0 => " ".repeat(outer),
            _ => format!("{:outer$}# {:deeper$}", "", ""),
        };
        let column = outer + deeper;
        let (item, line) = line
            .strip_prefix("- ")
            .map_or((None, line), |key| (Some(column), key));
        // A colon in an answer makes no key.
        let (name, _) = line
            .split_once(':')
            .filter(|(_, rest)| rest.is_empty() || rest.starts_with(' '))
            .filter(|(name, _)| !name.starts_with(['\'', '"']))?;
        Some(Self {
            name,
            column: if item.is_some() { column + 2 } else { column },
            item,
            margin,
            is_deep_in_comment: deeper > 0,
        })
    }
}

/// How far a line is indented, and the rest of it.
fn indented(line: &str) -> (usize, &str) {
    let rest = line.trim_start();
    (line.len() - rest.len(), rest)
}
