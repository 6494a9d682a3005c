//! Reading and checking of a plan in one step.

use std::cmp::Reverse;
use std::fmt;

use jiff::civil::Date;

use crate::document::{self, Document};
use crate::facts::{Facts, PlanWithFacts};
use crate::finding::{Finding, Findings, SilencedFindings};
use crate::plan::Plan;
use crate::rules::{self, Outcome};

/// A plan that was read and checked against all rules.
pub struct Checked {
    /// The text that was read, with the place of every key and value.
    pub document: Document,
    plan: PlanWithFacts,
    /// The problems, in the order in which they were found.
    pub findings: Findings,
    /// The findings that exceptions in the plan silence.
    pub silenced: SilencedFindings,
}

impl Checked {
    /// Reads and checks the plan in a document. Deadlines are compared with `today`; without it, nothing is due.
    #[must_use]
    pub fn new(mut document: Document, today: Option<Date>) -> Self {
        let Outcome {
            plan,
            findings,
            silenced,
            renamed,
        } = rules::check(&document, today);
        for key in renamed {
            document.rename(&key.path, key.read_as);
        }
        Self {
            document,
            plan,
            findings,
            silenced,
        }
    }

    /// Reads and checks the text of a plan, without a date of today.
    #[must_use]
    pub fn read(text: impl AsRef<[u8]>) -> Self {
        Self::new(Document::read(text.as_ref()), None)
    }

    /// The plan, as far as it could be read.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        self.plan.borrow_owner()
    }

    /// The facts derived from the plan.
    #[must_use]
    pub fn facts(&self) -> &Facts<'_> {
        self.plan.borrow_dependent()
    }

    /// Whether the file was parsed to its end. If not, absent values may be in the rest of the file.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.document.stops().is_empty()
    }

    /// The heaviest findings in file order, at most [`Findings::LIMIT`].
    #[must_use]
    pub fn findings_in_file_order(&self) -> Vec<&Finding> {
        let mut findings = heaviest(self.findings.iter());
        findings.sort_by_cached_key(|it| self.document.place(&it.path, &it.focus).start);
        findings
    }
}

/// The heaviest findings, at most [`Findings::LIMIT`].
pub(crate) fn heaviest<'f>(findings: impl Iterator<Item = &'f Finding>) -> Vec<&'f Finding> {
    let mut findings: Vec<&Finding> = findings.collect();
    if findings.len() > Findings::LIMIT {
        // What keeps a file from being read explains the others. The sort is stable.
        findings.sort_by_key(|it| Reverse((document::prevents_reading(it.rule), it.severity)));
        findings.truncate(Findings::LIMIT);
    }
    findings
}

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked")
            .field("plan", self.plan())
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}
