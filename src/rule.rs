//! What a rule is, and the book of all of them.
//!
//! A rule is a name, a severity and a pure function from a plan and its facts to findings. It knows no places in the
//! text and no language. Each section's rules stand in that section's file; this is the one list of those lists.

use jiff::civil::Date;

use crate::annex::exceptions::{InForce, Silenced};
use crate::facts::Facts;
use crate::finding::{Finding, Findings, Severity};
use crate::path::Path;
use crate::plan::Plan;
use crate::reading::Reading;
use crate::{annex, coherence, document, section, shape};

/// One rule of the rule book.
#[derive(Debug)]
pub struct Rule {
    /// Its Dutch kebab-case name: its id, forever.
    pub name: &'static str,
    /// How much its findings weigh, unless a finding says otherwise.
    pub severity: Severity,
    /// How it is checked; `None` for a rule that is seen while the file is read.
    check: Option<Check>,
    /// The references by which it concludes that something is absent ([`Rule::resting_on`]).
    rests_on: &'static [&'static str],
}

/// Looks for what is wrong with a plan by one rule.
pub type Check = fn(&Whole<'_>, &mut Found<'_>);

impl Rule {
    /// A rule of severity "fout".
    #[must_use]
    pub const fn error(name: &'static str, check: Check) -> Self {
        Self {
            name,
            severity: Severity::Error,
            check: Some(check),
            rests_on: &[],
        }
    }

    /// A rule of severity "waarschuwing".
    #[must_use]
    pub const fn warning(name: &'static str, check: Check) -> Self {
        Self {
            name,
            severity: Severity::Warning,
            check: Some(check),
            rests_on: &[],
        }
    }

    /// A rule of severity "tip".
    #[must_use]
    pub const fn tip(name: &'static str, check: Check) -> Self {
        Self {
            name,
            severity: Severity::Tip,
            check: Some(check),
            rests_on: &[],
        }
    }

    /// A rule that is seen while the file is read, or when all other findings are known.
    #[must_use]
    pub const fn seen_elsewhere(name: &'static str, severity: Severity) -> Self {
        Self {
            name,
            severity,
            check: None,
            rests_on: &[],
        }
    }

    /// The same rule, which is silent while a reference at one of these places leads nowhere: nobody knows what that one was
    /// meant to point at, and it has its own finding. `*` stands for any id.
    #[must_use]
    pub const fn resting_on(self, places: &'static [&'static str]) -> Self {
        Self {
            rests_on: places,
            ..self
        }
    }

    /// Whether a reference that it rests on is among those that lead nowhere.
    fn is_adrift(&self, astray: &[Path]) -> bool {
        let is_astray = |place: &&str| astray.iter().any(|path| path.stands_at(place));
        self.rests_on.iter().any(is_astray)
    }
}

/// All that a rule may look at.
#[derive(Debug)]
pub struct Whole<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// What follows from it.
    pub facts: &'p Facts<'p>,
    /// What was noted while it was read: references, texts, ids.
    pub reading: &'p Reading<'p>,
    /// The day for which is checked what is due, if one was given.
    pub today: Option<Date>,
}

/// Where one rule leaves its findings.
#[derive(Debug)]
pub struct Found<'f> {
    rule: &'static Rule,
    findings: &'f mut Findings,
}

impl Found<'_> {
    /// A finding about what stands at `path`; it takes focus and arguments.
    pub fn at(&mut self, path: Path) -> &mut Finding {
        self.findings.add(self.rule, path)
    }
}

/// The rules of one part of the plan.
#[derive(Debug)]
pub struct Chapter {
    /// The key of the part: `bestand`, `plan`, a section's own key, or `bijlagen`.
    pub key: &'static str,
    /// Its rules.
    pub rules: &'static [&'static [Rule]],
}

/// The rule book, in the order of the plan.
pub static BOOK: [Chapter; 15] = [
    Chapter {
        key: "bestand",
        rules: &[document::RULES, shape::RULES, annex::exceptions::RULES],
    },
    Chapter {
        key: "plan",
        rules: &[coherence::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[0],
        rules: &[section::intervention::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[1],
        rules: &[section::preconditions::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[2],
        rules: &[section::stakeholders::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[3],
        rules: &[section::users::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[4],
        rules: &[section::goals::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[5],
        rules: &[section::context::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[6],
        rules: &[section::strategies::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[7],
        rules: &[section::team::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[8],
        rules: &[section::sustainment::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[9],
        rules: &[section::monitoring::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[10],
        rules: &[section::evaluation::RULES],
    },
    Chapter {
        key: Plan::SECTIONS[11],
        rules: &[section::budget::RULES],
    },
    Chapter {
        key: "bijlagen",
        rules: &[annex::communication::RULES, annex::progress::RULES],
    },
];

impl Chapter {
    /// Its rules, in order.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        self.rules.iter().copied().flatten()
    }
}

/// All rules, in the order of the book.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    BOOK.iter().flat_map(Chapter::rules)
}

/// The rule of that name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.name == name)
}

/// Whether that is a rule about the file itself: nothing can silence it.
#[must_use]
pub fn is_about_the_file(name: &str) -> bool {
    BOOK[0].rules().any(|rule| rule.name == name)
}

/// Checks a plan by every rule of the book, and sets apart what its exceptions silence.
pub fn check(whole: &Whole<'_>, findings: &mut Findings) -> Vec<Silenced> {
    let astray = shape::astray(whole);
    for rule in all().filter(|rule| !rule.is_adrift(&astray)) {
        if let Some(check) = rule.check {
            check(whole, &mut Found { rule, findings });
        }
    }
    let mut exceptions = InForce::of(whole, findings);
    exceptions.silence(findings);
    coherence::adopted_with_errors(whole, findings);
    exceptions.silence(findings);
    exceptions.report_idle(whole, findings);
    exceptions.into_silenced()
}
