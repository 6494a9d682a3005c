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
mod stakeholders;
mod strategies;
mod support;
mod sustainment;
mod team;
#[cfg(test)]
mod testing;
mod users;

pub use book::BOOK;
pub use check::{Chapter, RuleContext};

use crate::finding::{Findings, Silenced};
use exceptions::InForce;

/// Checks a plan against all rules and adds to `findings`. Removes and returns the findings that the plan's exceptions silence.
pub(crate) fn run(ctx: &RuleContext<'_>, findings: &mut Findings) -> Vec<Silenced> {
    BOOK.check(ctx, &file::unresolved(ctx), findings);
    let mut exceptions = InForce::of(ctx, &BOOK, findings);
    exceptions.silence(findings);
    plan::adopted_with_errors(ctx, findings);
    exceptions.silence(findings);
    exceptions.report_idle(ctx, findings);
    exceptions.into_silenced()
}
