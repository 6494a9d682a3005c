//! The one way from the text of a plan to everything that is known of it.

use std::{fmt, mem};

use jiff::civil::Date;
use self_cell::self_cell;

use crate::document::Document;
use crate::facts::Facts;
use crate::finding::{Finding, Findings, Silenced};
use crate::plan::Plan;
use crate::reading;
use crate::rules::{self, RuleContext};

/// A plan that was read and checked by every rule.
pub struct Checked {
    /// The text that was read.
    pub document: Document,
    plan: PlanWithFacts,
    /// What is wrong with the plan, in the order in which it was found.
    pub findings: Findings,
    /// The findings that the plan's own exceptions silence.
    pub silenced: Vec<Silenced>,
}

self_cell!(
    /// A plan and the facts derived from it, which borrow from it.
    struct PlanWithFacts {
        owner: Plan,
        #[covariant]
        dependent: Facts,
    }
);

impl Checked {
    /// Reads the plan in a document and checks it. `today` is the day on which things count as due; without it nothing is.
    #[must_use]
    pub fn new(document: Document, today: Option<Date>) -> Self {
        let (plan, mut reading) = reading::read(&document);
        let plan = PlanWithFacts::new(plan, |plan| Facts::of(plan));
        let mut findings = document.problems().clone();
        findings.append(mem::take(&mut reading.problems));
        let silenced = rules::run(
            &RuleContext {
                plan: plan.borrow_owner(),
                facts: plan.borrow_dependent(),
                reading: &reading,
                today,
            },
            &mut findings,
        );
        Self {
            document,
            plan,
            findings,
            silenced,
        }
    }

    /// Reads and checks the text of a plan, without a day on which things count as due.
    #[must_use]
    pub fn read(text: impl AsRef<[u8]>) -> Self {
        Self::new(Document::read(text.as_ref()), None)
    }

    /// Everything of the plan that could be read.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        self.plan.borrow_owner()
    }

    /// The facts derived from the plan.
    #[must_use]
    pub fn facts(&self) -> &Facts<'_> {
        self.plan.borrow_dependent()
    }

    /// Whether the file was read to its end. If not, what seems absent may be in the part that was not read.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.document.stop().is_none()
    }

    /// The findings in file order.
    #[must_use]
    pub fn findings_in_file_order(&self) -> Vec<&Finding> {
        let mut findings: Vec<&Finding> = self.findings.iter().collect();
        findings.sort_by_cached_key(|finding| {
            let place = self.document.place(&finding.path, &finding.focus);
            place.start
        });
        findings
    }
}

impl fmt::Debug for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Checked")
            .field("plan", self.plan())
            .field("findings", &self.findings)
            .finish_non_exhaustive()
    }
}
