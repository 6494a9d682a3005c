//! Findings: problems in a plan, without texts and places.
//!
//! A finding has a rule, a path and the arguments of its message. [`report`](crate::report) adds the texts and the places.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::value::Odd;
use crate::value::path::{Path, Place};

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A suggestion ("tip").
    Tip,
    /// A likely omission ("waarschuwing").
    Warning,
    /// A problem that makes the plan unusable as it is ("fout").
    Error,
}

impl Severity {
    /// The name in word keys and in data.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Tip => "tip",
            Self::Warning => "waarschuwing",
            Self::Error => "fout",
        }
    }
}

/// The part of the value at a path that a finding points at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Focus {
    /// The value; its key if it is a mapping or list.
    #[default]
    Value,
    /// The key.
    Key,
    /// A phrase in the value, and the index of its occurrence, from 0.
    Word(String, usize),
    /// A fixed place, for problems without a path: the second of two equal keys, a syntax error.
    At(Place),
}

/// An argument of a message. Numbers and dates are formatted by `words`, per language.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// A name or a piece of the plan's text, shortened if it is long.
    Text(String),
    /// A text that is never shortened.
    Whole(String),
    /// Several names or pieces of text.
    List(Vec<String>),
    /// A number of things.
    Count(usize),
    /// A number of hours.
    Hours(Decimal),
    /// A number, with all of its decimals and without separators between thousands.
    Number(Decimal),
    /// Euros.
    Money(Decimal),
    /// A day.
    Date(Date),
    /// A kind and a choice, such as `("fase", "inzicht")`, shown by its label.
    Choice(&'static str, String),
    /// Choices of one kind.
    Choices(&'static str, Vec<String>),
    /// A key of the plan file, such as `borging`, shown by its label.
    Field(&'static str),
}

impl Argument {
    /// The names in the argument: things by their shown names, choices and fields by their keys.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let one = match self {
            Self::Text(name) | Self::Choice(_, name) => Some(name.as_str()),
            Self::Field(pattern) => pattern.rsplit('.').next(),
            _ => None,
        };
        one.into_iter()
            .chain(self.several().iter().map(String::as_str))
    }

    /// The names in a list; none for other arguments.
    pub(crate) fn several(&self) -> &[String] {
        match self {
            Self::List(names) | Self::Choices(_, names) => names,
            _ => &[],
        }
    }

    /// Replaces the names in a list.
    pub(crate) fn set_several(&mut self, several: Vec<String>) {
        if let Self::List(names) | Self::Choices(_, names) = self {
            *names = several;
        }
    }
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

/// The name of an invisible character or a look-alike.
impl From<Odd> for Argument {
    fn from(odd: Odd) -> Self {
        Self::Choice("teken", odd.name())
    }
}

/// A rule of the rule book. Its function, if it has one, is in `rules`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// The name in kebab case, which never changes.
    pub name: &'static str,
    /// The default severity of its findings.
    pub severity: Severity,
    /// The names of the arguments that its findings may have.
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

/// A problem in a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule that the plan breaks.
    pub rule: &'static Rule,
    /// The finding's severity: usually that of its rule.
    pub severity: Severity,
    /// The path of the value or key concerned; it may not exist.
    pub path: Path,
    /// The part of that value to point at.
    pub focus: Focus,
    /// The arguments of the message, by the names of their placeholders.
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

    /// Sets the part of the value to point at.
    pub fn focus(&mut self, focus: Focus) -> &mut Self {
        self.focus = focus;
        self
    }

    /// Adds an argument to the message.
    pub fn with(&mut self, name: &'static str, argument: impl Into<Argument>) -> &mut Self {
        debug_assert!(
            self.rule.arguments.contains(&name),
            "{} does not declare the argument {name}",
            self.rule.name
        );
        self.arguments.push((name, argument.into()));
        self
    }

    /// Overrides the severity of the rule.
    pub const fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// The argument with this name.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&Argument> {
        let mut arguments = self.arguments.iter();
        arguments.find_map(|(known, argument)| (*known == name).then_some(argument))
    }
}

/// The findings of one plan, in the order in which they were added.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    list: Vec<Finding>,
    dropped: usize,
}

impl Findings {
    /// The maximum number of findings to keep, so that a hostile file cannot fill memory.
    pub const LIMIT: usize = 1_000;

    /// Adds a finding and returns it, to set its focus and arguments. If the list is full, the last finding is dropped.
    pub fn add(&mut self, rule: &'static Rule, path: Path) -> &mut Finding {
        self.insert(self.list.len(), Finding::new(rule, path))
    }

    /// Adds a finding at the start of the list, where it is never dropped, because it explains the others.
    pub fn add_first(&mut self, rule: &'static Rule, path: Path) -> &mut Finding {
        self.insert(0, Finding::new(rule, path))
    }

    /// Drops the last finding if the list is full, then inserts this one.
    fn insert(&mut self, index: usize, finding: Finding) -> &mut Finding {
        if self.full() {
            self.dropped += 1;
            self.list.pop();
        }
        let index = index.min(self.list.len());
        self.list.insert(index, finding);
        &mut self.list[index]
    }

    /// Adds the findings of another list, as if they had been added one by one.
    pub fn append(&mut self, others: Self) {
        for finding in others.list {
            self.insert(self.list.len(), finding);
        }
        self.dropped += others.dropped;
    }

    /// Whether there are no findings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether the list has reached [`Self::LIMIT`].
    #[must_use]
    pub fn full(&self) -> bool {
        self.list.len() >= Self::LIMIT
    }

    /// Removes and returns the findings that meet a condition.
    pub fn take_out(&mut self, condition: impl Fn(&Finding) -> bool) -> Vec<Finding> {
        let taken = self.list.extract_if(.., |finding| condition(finding));
        taken.collect()
    }

    /// The findings, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.list.iter()
    }

    /// Returns what `take` takes out of each finding.
    pub(crate) fn take_parts(
        &mut self,
        take: impl FnMut(&mut Finding) -> Option<Finding>,
    ) -> Vec<Finding> {
        self.list.iter_mut().filter_map(take).collect()
    }

    /// The number of findings that were dropped because the list was full.
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
    /// The silenced finding.
    pub finding: Finding,
    /// The reason from the exception.
    pub reason: String,
}
