//! The rule book: what a good plan has, and the functions that check it.
//!
//! A rule is a pure function from a plan and its facts to findings. It depends neither on positions in the text nor on a
//! language. Each section and annex has its own file of rules; `book` lists them all.

mod book;
mod budget;
mod check;
mod communication;
mod context;
mod evaluation;
mod exceptions;
mod file;
mod goals;
mod intervention;
mod monitoring;
mod phrases;
mod plan;
mod preconditions;
mod progress;
mod quickscan;
mod risks;
mod stakeholders;
mod strategies;
mod support;
mod sustainment;
mod team;
#[cfg(test)]
mod testing;
mod users;

use std::mem;

use jiff::civil::Date;

pub use book::BOOK;
pub use check::Chapter;
pub(crate) use phrases::Phrases;
pub(crate) use strategies::{
    bare_phases, is_met_with_words_only, known_focus_barriers, known_users,
};
pub(crate) use support::is_about_workload;

use crate::document::Document;
use crate::facts::{Facts, PlanWithFacts};
use crate::finding::{Findings, SilencedFindings};
use crate::reading::{self, Renamed, UNKNOWN_KEY};
use check::RuleContext;
use exceptions::InForce;

/// A plan with what is wrong with it.
pub(crate) struct Outcome {
    pub plan: PlanWithFacts,
    /// The problems of the document, of reading and of the rules, in that order.
    pub findings: Findings,
    /// The findings that the plan's exceptions silence.
    pub silenced: SilencedFindings,
    /// The keys that were read as another one.
    pub renamed: Vec<Renamed>,
}

/// Reads the plan in a document and checks it against all rules. `today` is the date to compare due dates with.
pub(crate) fn check(document: &Document, today: Option<Date>) -> Outcome {
    let (plan, mut reading) = reading::read(document);
    let plan = PlanWithFacts::new(plan, |plan| Facts::of(plan));
    let mut findings = document.problems().clone();
    findings.append(mem::take(&mut reading.problems));
    if !reading.strays.is_empty() {
        findings.remove(|finding| {
            *finding.rule == UNKNOWN_KEY && reading.strays.contains(&finding.path)
        });
    }
    let ctx = RuleContext {
        document,
        plan: plan.borrow_owner(),
        facts: plan.borrow_dependent(),
        reading: &reading,
        today,
    };
    let silenced = run(&ctx, &mut findings);
    Outcome {
        plan,
        findings,
        silenced,
        renamed: reading.renamed,
    }
}

/// Adds the findings of all rules, except those that the plan's exceptions silence. Returns these.
fn run(ctx: &RuleContext<'_>, findings: &mut Findings) -> SilencedFindings {
    let (mut exceptions, faults) = InForce::of(ctx, &BOOK);
    BOOK.check(ctx, &file::unresolved(ctx), &mut exceptions, findings);
    findings.append(faults);
    plan::adopted_with_errors(ctx, &mut exceptions, findings);
    exceptions.report_idle(ctx, findings);
    exceptions.into_silenced()
}
