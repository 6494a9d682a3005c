//! What is wrong with a plan, without words and without places.
//!
//! A finding names its rule, the path it is about and the arguments that its message needs.
//! [`Report`](crate::report) joins words and places to it.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::value::path::{Path, Place};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a thought ("tip").
    Tip,
    /// Most likely an omission ("waarschuwing").
    Warning,
    /// The plan cannot do its work like this ("fout").
    Error,
}

impl Severity {
    /// Its name in texts and data.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Tip => "tip",
            Self::Warning => "waarschuwing",
            Self::Error => "fout",
        }
    }
}

/// Which part of what stands at the path the finding points at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Focus {
    /// The value if it is a single one; of a mapping or list the key that it stands behind.
    #[default]
    Value,
    /// The key.
    Key,
    /// A word or phrase in the value, and which of its occurrences, counted from 0.
    Word(String, usize),
    /// A fixed place, for what no path leads to: the second of two equal keys, a syntax error.
    At(Place),
}

/// One fact in a message. Numbers and dates stay numbers and dates: the words decide how they are written.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A name or a piece of the plan's text.
    Text(String),
    /// A text that is shown to its end, however long: a name in a document.
    Whole(String),
    /// Names or texts in a row.
    List(Vec<String>),
    /// How many.
    Count(usize),
    /// Hours.
    Hours(Decimal),
    /// Euros.
    Money(Decimal),
    /// A day.
    Date(Date),
    /// A choice of the model, such as `("fase", "inzicht")`: the words have its label.
    Choice(&'static str, String),
    /// Choices of one kind in a row.
    Choices(&'static str, Vec<String>),
    /// A key of the plan file, such as `borging`: the words have its label.
    Field(&'static str),
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<String>> for Argument {
    fn from(list: Vec<String>) -> Self {
        Self::List(list)
    }
}

impl From<usize> for Argument {
    fn from(count: usize) -> Self {
        Self::Count(count)
    }
}

impl From<Date> for Argument {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

/// One rule of the rule book. Plain data: the function that checks it, if it has one, is in `rules`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The rule's name, in kebab case: its id, forever.
    pub name: &'static str,
    /// The severity of its findings, unless a finding says otherwise.
    pub severity: Severity,
    /// The names of the arguments that its findings may carry.
    pub arguments: &'static [&'static str],
}

impl Rule {
    /// A rule of that name and severity, whose findings may carry these arguments.
    #[must_use]
    pub const fn new(
        name: &'static str,
        severity: Severity,
        arguments: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            severity,
            arguments,
        }
    }
}

/// A single problem in a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule that it breaks.
    pub rule: &'static Rule,
    /// How much it weighs.
    pub severity: Severity,
    /// What it is about.
    pub path: Path,
    /// Where on that path.
    pub focus: Focus,
    /// The facts of its message, by the name that the words use.
    pub arguments: Vec<(&'static str, Argument)>,
}

impl Finding {
    const fn new(rule: &'static Rule, path: Path) -> Self {
        Self {
            rule,
            severity: rule.severity,
            path,
            focus: Focus::Value,
            arguments: Vec::new(),
        }
    }

    /// Points at a part of what stands at the path.
    pub fn focus(&mut self, focus: Focus) -> &mut Self {
        self.focus = focus;
        self
    }

    /// Adds a fact to the message.
    pub fn with(&mut self, name: &'static str, argument: impl Into<Argument>) -> &mut Self {
        debug_assert!(
            self.rule.arguments.contains(&name),
            "{} does not declare the argument {name}",
            self.rule.name
        );
        self.arguments.push((name, argument.into()));
        self
    }

    /// Gives the finding another severity than its rule's usual one.
    pub const fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// The argument of that name.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments
            .iter()
            .find_map(|(known, argument)| (*known == name).then_some(argument))
    }
}

/// The findings of one plan, in the order in which they were made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    list: Vec<Finding>,
    dropped: usize,
}

impl Findings {
    /// How many findings of one plan are kept: past that a list helps nobody, and a hostile file must not fill memory.
    pub const LIMIT: usize = 1_000;

    /// Adds a finding of `rule`, with the rule's own severity; the returned one takes focus and arguments.
    /// Past [`Self::LIMIT`] findings are only counted.
    pub fn add(&mut self, rule: &'static Rule, path: Path) -> &mut Finding {
        if self.full() {
            self.dropped += 1;
            self.list.pop();
        }
        let last = self.list.len();
        self.list.push(Finding::new(rule, path));
        &mut self.list[last]
    }

    /// Adds a finding that explains all others: it is kept, whatever comes before or after it.
    pub fn add_first(&mut self, rule: &'static Rule, path: Path) -> &mut Finding {
        if self.full() {
            self.dropped += 1;
            self.list.pop();
        }
        self.list.insert(0, Finding::new(rule, path));
        &mut self.list[0]
    }

    /// Adds the findings of another list, as if they had been added here one by one.
    pub fn append(&mut self, others: Self) {
        for finding in others.list {
            if self.full() {
                self.dropped += 1;
                self.list.pop();
            }
            self.list.push(finding);
        }
        self.dropped += others.dropped;
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether there is no room for more.
    #[must_use]
    pub fn full(&self) -> bool {
        self.list.len() >= Self::LIMIT
    }

    /// Takes out the findings that meet a condition.
    pub fn take_out(&mut self, condition: impl Fn(&Finding) -> bool) -> Vec<Finding> {
        self.list
            .extract_if(.., |finding| condition(finding))
            .collect()
    }

    /// The findings that were kept.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.list.iter()
    }

    /// How many came after the list was full.
    #[must_use]
    pub const fn dropped(&self) -> usize {
        self.dropped
    }
}

impl<'f> IntoIterator for &'f Findings {
    type Item = &'f Finding;
    type IntoIter = std::slice::Iter<'f, Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A finding that an exception silences.
#[derive(Debug, Clone, PartialEq)]
pub struct Silenced {
    /// The finding.
    pub finding: Finding,
    /// The reason that the exception gives.
    pub reason: String,
}
