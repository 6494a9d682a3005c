//! The types behind rules: the check, its context, the sink for its findings, and the book that lists all rules.

use jiff::civil::Date;

use crate::document::Document;
use crate::facts::{Facts, UserGroup};
use crate::finding::{Finding, Findings, Rule, Severity};
use crate::plan::Plan;
use crate::reading::Reading;
use crate::rules::exceptions::InForce;
use crate::value::path;
use crate::value::path::Path;
use crate::value::suggest::nearest;
use crate::value::{Entry, Id, Things};

/// A rule with the function that checks it.
#[derive(Debug)]
pub struct Check {
    pub rule: Rule,
    /// `None` for a rule that is checked while the file is read, or after all other rules.
    run: Option<CheckFn>,
    resting_on: &'static [&'static str],
}

/// Reports every path at which a plan breaks the rule.
type CheckFn = fn(&RuleContext<'_>, &mut FindingSink<'_>);

impl Check {
    /// A rule of severity "fout", whose texts may refer to `arguments`.
    pub const fn error(
        name: &'static str,
        arguments: &'static [&'static str],
        run: CheckFn,
    ) -> Self {
        Self::of(Rule::new(name, Severity::Error, arguments), run)
    }

    /// A rule of severity "waarschuwing".
    pub const fn warning(
        name: &'static str,
        arguments: &'static [&'static str],
        run: CheckFn,
    ) -> Self {
        Self::of(Rule::new(name, Severity::Warning, arguments), run)
    }

    /// A rule of severity "tip".
    pub const fn tip(name: &'static str, arguments: &'static [&'static str], run: CheckFn) -> Self {
        Self::of(Rule::new(name, Severity::Tip, arguments), run)
    }

    /// A rule that `run` checks.
    pub const fn of(rule: Rule, run: CheckFn) -> Self {
        Self {
            rule,
            run: Some(run),
            resting_on: &[],
        }
    }

    /// A rule that is checked elsewhere.
    pub const fn elsewhere(rule: Rule) -> Self {
        Self {
            rule,
            run: None,
            resting_on: &[],
        }
    }

    /// Skips the rule while a reference at one of these field patterns does not resolve. Such a reference may have meant
    /// any target, so the rule cannot conclude that a target is missing; the reference has its own finding. `*` is any id.
    pub const fn resting_on(self, patterns: &'static [&'static str]) -> Self {
        Self {
            resting_on: patterns,
            ..self
        }
    }

    /// The field patterns given to [`resting_on`](Self::resting_on).
    #[cfg(test)]
    pub const fn patterns(&self) -> &'static [&'static str] {
        self.resting_on
    }

    fn rests_on_any(&self, unresolved: &[Path]) -> bool {
        let is_unresolved = |pattern: &&str| unresolved.iter().any(|path| path.matches(pattern));
        self.resting_on.iter().any(is_unresolved)
    }
}

/// The input of a rule.
#[derive(Debug)]
pub struct RuleContext<'p> {
    pub document: &'p Document,
    pub plan: &'p Plan,
    /// The facts derived from the plan.
    pub facts: &'p Facts<'p>,
    /// The references, texts and ids recorded while the plan was read.
    pub reading: &'p Reading<'p>,
    /// The day to compare due dates with, if one was given.
    pub today: Option<Date>,
}

/// Collects the findings of one rule that no exception silences.
pub struct FindingSink<'f> {
    rule: &'static Rule,
    findings: &'f mut Findings,
    /// Returns what an exception to the rule leaves of a finding; `None` if there is no exception to the rule.
    silence: Option<&'f mut Silence<'f>>,
    /// The last finding, if there is an exception to the rule. It can be silenced when it is complete.
    last: Option<Finding>,
}

type Silence<'f> = dyn FnMut(Finding) -> Option<Finding> + 'f;

impl FindingSink<'_> {
    /// Collects the findings that `report` reports.
    pub(super) fn collect(
        rule: &'static Rule,
        exceptions: &mut InForce<'_>,
        findings: &mut Findings,
        report: impl FnOnce(&mut FindingSink<'_>),
    ) {
        let has_exception = exceptions.are_to(rule);
        let mut silence = |finding| exceptions.silence(finding);
        let mut sink = FindingSink {
            rule,
            findings,
            silence: has_exception.then_some(&mut silence),
            last: None,
        };
        report(&mut sink);
        sink.finish();
    }

    /// Reports a finding at `path`. Focus and arguments can be added to the returned finding.
    pub fn report(&mut self, path: Path) -> &mut Finding {
        if self.silence.is_none() {
            return self.findings.add(self.rule, path);
        }
        self.finish();
        self.last.insert(Finding::new(self.rule, path))
    }

    fn finish(&mut self) {
        if let Some((silence, last)) = self.silence.as_mut().zip(self.last.take())
            && let Some(left) = silence(last)
        {
            self.findings.push(left);
        }
    }

    /// Reports a finding about a user group, with its name as the argument `groep`.
    pub fn report_user(&mut self, user: &UserGroup<'_>) -> &mut Finding {
        self.report(path!["gebruikers", user.id])
            .with("groep", user.name.as_str())
    }

    /// Reports each of the `things` in the mapping at `parent` that lacks something, with its name as `argument`.
    pub fn report_each<T: Entry>(
        &mut self,
        things: Things<'_, Id, T>,
        parent: &Path,
        argument: &'static str,
        lacks: impl Fn(&T) -> bool,
    ) {
        for (id, _) in things.iter().filter(|(_, thing)| lacks(thing)) {
            self.report(parent.join(id)).with(argument, things.name(id));
        }
    }
}

/// The rules of one part of the plan.
#[derive(Debug)]
pub struct Chapter {
    /// The part's key: `bestand`, `plan`, a section's own key, or `bijlagen`.
    pub key: &'static str,
    /// The rules, file by file.
    checks: &'static [&'static [Check]],
}

impl Chapter {
    pub(super) const fn new(key: &'static str, checks: &'static [&'static [Check]]) -> Self {
        Self { key, checks }
    }

    /// The rules, in order.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.checks().map(|check| &check.rule)
    }

    pub(super) fn checks(&self) -> impl Iterator<Item = &'static Check> {
        self.checks.iter().copied().flatten()
    }
}

/// The rule book: all rules, in the order of the plan.
#[derive(Debug)]
pub struct Book {
    /// The chapters, in the order of the plan. The first covers the file itself.
    pub chapters: &'static [Chapter],
}

impl Book {
    /// All rules, in order.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.chapters.iter().flat_map(Chapter::rules)
    }

    /// The rule of that name.
    pub fn named(&self, name: &str) -> Option<&'static Rule> {
        self.rules().find(|rule| rule.name == name)
    }

    /// The rule name closest to an unknown name, if one is close enough.
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        nearest(name, self.rules().map(|rule| rule.name))
    }

    /// Whether the rule is about the file itself. No exception can silence such a rule.
    pub fn is_about_the_file(&self, name: &str) -> bool {
        let mut chapters = self.chapters.iter();
        chapters
            .next()
            .is_some_and(|file| file.rules().any(|rule| rule.name == name))
    }

    /// Runs all checks, except those that rest on one of the `unresolved` references. Adds the findings that no exception
    /// silences.
    pub(super) fn check(
        &self,
        ctx: &RuleContext<'_>,
        unresolved: &[Path],
        exceptions: &mut InForce<'_>,
        findings: &mut Findings,
    ) {
        let checks = self.chapters.iter().flat_map(Chapter::checks);
        for check in checks.filter(|check| !check.rests_on_any(unresolved)) {
            if let Some(run) = check.run {
                FindingSink::collect(&check.rule, exceptions, findings, |sink| run(ctx, sink));
            }
        }
    }
}
