//! What a rule is made of: its check, what the check looks at, where it leaves its findings, and the book that lists them.

use jiff::civil::Date;

use crate::facts::Facts;
use crate::finding::{Finding, Findings, Rule, Severity};
use crate::plan::Plan;
use crate::reading::Reading;
use crate::value::path::Path;
use crate::value::suggest::nearest;

/// A rule, and how it is checked.
#[derive(Debug)]
pub struct Check {
    /// The rule.
    pub rule: Rule,
    /// Absent for a rule that is checked while the file is read, or once all other findings are known.
    run: Option<CheckFn>,
    resting_on: &'static [&'static str],
}

/// Reports every place where a plan breaks one rule.
type CheckFn = fn(&RuleContext<'_>, &mut FindingSink<'_>);

impl Check {
    /// A rule of severity "fout". `arguments` are the names that its texts may refer to.
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

    /// A rule with its check.
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

    /// The same rule, silent while a reference at one of these field patterns leads nowhere: its target is unknown, so nothing
    /// can be concluded from its absence, and the reference has its own finding. `*` is any id.
    #[must_use]
    pub const fn resting_on(self, patterns: &'static [&'static str]) -> Self {
        Self {
            resting_on: patterns,
            ..self
        }
    }

    /// The field patterns that its conclusions rest on.
    #[cfg(test)]
    pub const fn patterns(&self) -> &'static [&'static str] {
        self.resting_on
    }

    fn rests_on_any(&self, astray: &[Path]) -> bool {
        let is_astray = |pattern: &&str| astray.iter().any(|path| path.stands_at(pattern));
        self.resting_on.iter().any(is_astray)
    }
}

/// Everything that a rule may look at.
#[derive(Debug)]
pub struct RuleContext<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The facts derived from it.
    pub facts: &'p Facts<'p>,
    /// The references, texts and ids noted while it was read.
    pub reading: &'p Reading<'p>,
    /// The day on which things count as due, if one was given.
    pub today: Option<Date>,
}

/// Collects the findings of one rule.
#[derive(Debug)]
pub struct FindingSink<'f> {
    rule: &'static Rule,
    findings: &'f mut Findings,
}

impl FindingSink<'_> {
    /// Reports a finding at `path`. The returned finding takes focus and arguments.
    pub fn report(&mut self, path: Path) -> &mut Finding {
        self.findings.add(self.rule, path)
    }
}

/// The rules of one part of the plan.
#[derive(Debug)]
pub struct Chapter {
    /// The part's key: `bestand`, `plan`, a section's own key, or `bijlagen`.
    pub key: &'static str,
    /// Its rules, file by file.
    pub(super) checks: &'static [&'static [Check]],
}

impl Chapter {
    /// Its rules, in order.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.checks().map(|check| &check.rule)
    }

    fn checks(&self) -> impl Iterator<Item = &'static Check> {
        self.checks.iter().copied().flatten()
    }
}

/// The rule book: all rules, in the order of the plan.
#[derive(Debug)]
pub struct Book {
    /// The chapters, in the order of the plan. The first is about the file itself.
    pub chapters: &'static [Chapter],
}

impl Book {
    /// All rules, in order.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.chapters.iter().flat_map(Chapter::rules)
    }

    /// The rule of that name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&'static Rule> {
        self.rules().find(|rule| rule.name == name)
    }

    /// The name of the rule that was most likely meant by an unknown name.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Option<&'static str> {
        nearest(name, self.rules().map(|rule| rule.name))
    }

    /// Whether a rule is about the file itself, so that no exception can silence it.
    #[must_use]
    pub fn is_about_the_file(&self, name: &str) -> bool {
        let mut chapters = self.chapters.iter();
        chapters
            .next()
            .is_some_and(|file| file.rules().any(|rule| rule.name == name))
    }

    /// Runs every check whose conclusions do not rest on a reference that leads nowhere (`astray`).
    pub(super) fn check(&self, ctx: &RuleContext<'_>, astray: &[Path], findings: &mut Findings) {
        let checks = self.chapters.iter().flat_map(Chapter::checks);
        for check in checks.filter(|check| !check.rests_on_any(astray)) {
            if let Some(run) = check.run {
                let rule = &check.rule;
                run(ctx, &mut FindingSink { rule, findings });
            }
        }
    }
}
