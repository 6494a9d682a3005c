//! Findings: problems in a plan, without texts and places.
//!
//! A finding has a rule, a path and the arguments of its message. [`report`](crate::report) adds the texts and the places.

use std::borrow::Cow;
use std::sync::Arc;

use indexmap::IndexMap;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::value::path::{Path, Place, Step};
use crate::value::{Odd, shortened};

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
    /// A name or a piece of the plan's text, of at most [`Argument::LONGEST`] bytes. Messages shorten it further.
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
    /// The maximum length of a name or a piece of the plan's text, in bytes. What is longer is cut, because many findings can
    /// name the same thing.
    pub const LONGEST: usize = 200;

    /// The maximum number of names of a list that reports show.
    pub const MOST_NAMES: usize = 30;

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

/// The text, or its beginning if it is longer than [`Argument::LONGEST`].
pub(crate) fn piece(text: &str) -> Cow<'_, str> {
    shortened(text, Argument::LONGEST)
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(piece(text).into_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        if text.len() <= Self::LONGEST {
            Self::Text(text)
        } else {
            Self::from(text.as_str())
        }
    }
}

impl From<Cow<'_, str>> for Argument {
    fn from(text: Cow<'_, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::from(text),
            Cow::Owned(text) => Self::from(text),
        }
    }
}

impl<T: AsRef<str>> From<Vec<T>> for Argument {
    fn from(list: Vec<T>) -> Self {
        let pieces = list.iter().map(|text| piece(text.as_ref()).into_owned());
        Self::List(pieces.collect())
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
    pub(crate) const fn new(rule: &'static Rule, path: Path) -> Self {
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

    /// The place of a finding that has one of its own.
    pub(crate) const fn fixed_place(&self) -> Option<Place> {
        match self.focus {
            Focus::At(place) => Some(place),
            _ => None,
        }
    }

    /// The top-level key of the part of the plan that the finding is about: that of its path, or the one that is missing.
    #[must_use]
    pub fn part(&self) -> &str {
        match (self.path.first(), self.argument("sleutel")) {
            (Some(Step::Key(key)), _) | (_, Some(Argument::Text(key))) => key,
            _ => "plan",
        }
    }

    /// The argument with this name.
    #[must_use]
    pub fn argument(&self, name: &str) -> Option<&Argument> {
        let mut arguments = self.arguments.iter();
        arguments.find_map(|(known, argument)| (*known == name).then_some(argument))
    }
}

/// The number of findings of a plan by rule, severity and part of the plan. Counts also those that are not kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Counts(IndexMap<(&'static str, Severity), CountsOfRule>);

#[derive(Debug, Clone, PartialEq)]
struct CountsOfRule {
    rule: &'static Rule,
    total: usize,
    /// The number of findings by [part](Finding::part).
    parts: IndexMap<Box<str>, usize>,
}

/// The number of findings of one rule and severity in one part of the plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Count<'c> {
    /// The rule of the findings.
    pub rule: &'static Rule,
    /// The severity of the findings.
    pub severity: Severity,
    /// The top-level key of the part.
    pub part: &'c str,
    /// The number of findings; at least 1.
    pub number: usize,
}

impl Counts {
    /// Counts a finding. Returns how many of its rule and severity there are now, and how many of those in its part.
    fn add(&mut self, finding: &Finding) -> (usize, usize) {
        let of_rule = self.of_rule(finding.rule, finding.severity);
        of_rule.total += 1;
        let part = finding.part();
        let of_part = match of_rule.parts.get_mut(part) {
            Some(of_part) => of_part,
            None => of_rule.parts.entry(part.into()).or_default(),
        };
        *of_part += 1;
        (of_rule.total, *of_part)
    }

    fn append(&mut self, others: &Self) {
        for ((_, severity), added) in &others.0 {
            let of_rule = self.of_rule(added.rule, *severity);
            of_rule.total += added.total;
            for (part, number) in &added.parts {
                *of_rule.parts.entry(part.clone()).or_default() += number;
            }
        }
    }

    fn of_rule(&mut self, rule: &'static Rule, severity: Severity) -> &mut CountsOfRule {
        let counts = self.0.entry((rule.name, severity));
        counts.or_insert_with(|| CountsOfRule {
            rule,
            total: 0,
            parts: IndexMap::new(),
        })
    }

    fn subtract(&mut self, finding: &Finding) {
        let key = (finding.rule.name, finding.severity);
        if let Some(of_rule) = self.0.get_mut(&key)
            && let Some(of_part) = of_rule.parts.get_mut(finding.part())
        {
            of_rule.total -= 1;
            *of_part -= 1;
        }
    }

    /// The numbers, in no order that matters.
    pub fn iter(&self) -> impl Iterator<Item = Count<'_>> {
        self.0.iter().flat_map(|((_, severity), of_rule)| {
            let parts = of_rule.parts.iter().filter(|(_, number)| **number > 0);
            parts.map(|(part, number)| Count {
                rule: of_rule.rule,
                severity: *severity,
                part,
                number: *number,
            })
        })
    }

    /// The number of all findings.
    #[must_use]
    pub fn total(&self) -> usize {
        self.0.values().map(|of_rule| of_rule.total).sum()
    }

    /// The number of findings of a severity.
    #[must_use]
    pub fn of(&self, severity: Severity) -> usize {
        let counts = self.0.iter().filter(|((_, of), _)| *of == severity);
        counts.map(|(_, of_rule)| of_rule.total).sum()
    }
}

/// The findings of one plan, in the order in which they were added.
///
/// All are counted. Of each rule, severity and part of the plan the first [`LIMIT`](Self::LIMIT) are kept, so that a hostile
/// file cannot fill memory and no finding takes the place of one that a report selects instead.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    list: Vec<Finding>,
    /// The number of findings in the list that are counted: all but the last, which may still be changed.
    counted: usize,
    counts: Counts,
}

impl Findings {
    /// The maximum number of findings that a report lists, and that are kept of one rule, severity and part of the plan.
    pub const LIMIT: usize = 1_000;

    /// The number of findings up to which [`Self::LIMIT`] is per part of the plan; beyond it is per rule and severity, because
    /// a hostile file can have very many parts.
    const MOST: usize = 20_000;

    /// Adds a finding and returns it, to set its focus and arguments.
    pub fn add(&mut self, rule: &'static Rule, path: Path) -> &mut Finding {
        self.push(Finding::new(rule, path))
    }

    /// Adds a finding that is complete but for its focus and arguments.
    pub(crate) fn push(&mut self, finding: Finding) -> &mut Finding {
        self.count();
        let index = self.list.len();
        self.list.push(finding);
        &mut self.list[index]
    }

    /// Adds a finding at the start of the list, because it explains the others.
    pub fn add_first(&mut self, rule: &'static Rule, path: Path) -> &mut Finding {
        self.count();
        self.list.insert(0, Finding::new(rule, path));
        // Its severity and part do not change, and it is rare.
        self.counts.add(&self.list[0]);
        self.counted += 1;
        &mut self.list[0]
    }

    /// Counts the last finding, and drops it if there are many like it.
    fn count(&mut self) {
        let Some(last) = self.list.get(self.counted) else {
            return;
        };
        let (of_rule, of_part) = self.counts.add(last);
        if of_rule <= Self::LIMIT || of_part <= Self::LIMIT && self.counted < Self::MOST {
            self.counted += 1;
        } else {
            self.list.pop();
        }
    }

    /// Adds the findings of another list, with those that it counted but did not keep.
    pub fn append(&mut self, mut others: Self) {
        others.count();
        self.count();
        self.counts.append(&others.counts);
        self.list.append(&mut others.list);
        self.counted = self.list.len();
    }

    /// Whether there are no findings.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Removes the findings that meet a condition.
    pub fn remove(&mut self, condition: impl Fn(&Finding) -> bool) {
        self.count();
        for removed in self.list.extract_if(.., |finding| condition(finding)) {
            self.counts.subtract(&removed);
        }
        self.counted = self.list.len();
    }

    /// Removes the findings of a rule, also those that are not kept.
    pub fn remove_rule(&mut self, rule: &Rule) {
        self.remove(|finding| finding.rule == rule);
        self.counts.0.retain(|_, of_rule| of_rule.rule != rule);
    }

    /// The findings that are kept, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.list.iter()
    }

    /// The numbers of all findings, kept or not.
    #[must_use]
    pub fn counts(&self) -> Cow<'_, Counts> {
        match self.list.get(self.counted) {
            None => Cow::Borrowed(&self.counts),
            Some(last) => {
                let mut counts = self.counts.clone();
                counts.add(last);
                Cow::Owned(counts)
            }
        }
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
    /// The reason from the exception, shared by all that it silences.
    pub reason: Arc<str>,
}

/// The findings that exceptions silence, in the order in which they were found. All are counted, and the first
/// [`Findings::LIMIT`] of each rule are kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SilencedFindings {
    list: Vec<Silenced>,
    counts: Counts,
}

impl SilencedFindings {
    /// Adds a finding, with the reason of the exception to its rule.
    pub(crate) fn add(&mut self, finding: Finding, reason: impl FnOnce() -> Arc<str>) {
        let (of_rule, _) = self.counts.add(&finding);
        if of_rule > Findings::LIMIT {
            return;
        }
        let last = self.list.last();
        let same = last.filter(|last| last.finding.rule == finding.rule);
        let reason = same.map_or_else(reason, |same| Arc::clone(&same.reason));
        self.list.push(Silenced { finding, reason });
    }

    /// The findings that are kept.
    pub fn iter(&self) -> std::slice::Iter<'_, Silenced> {
        self.list.iter()
    }

    /// The numbers of all findings, kept or not.
    #[must_use]
    pub const fn counts(&self) -> &Counts {
        &self.counts
    }
}

impl<'f> IntoIterator for &'f SilencedFindings {
    type Item = &'f Silenced;
    type IntoIter = std::slice::Iter<'f, Silenced>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
