//! The rule book: what a good plan has, and the functions that check it.
//!
//! A rule is a pure function from a plan and its facts to findings. It knows no places in the text and no language. Each
//! section's and annex's rules are in a file of their own; `book` is the one list of all of them.

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
mod sustainment;
mod team;
#[cfg(test)]
mod testing;
mod users;

mod book;

pub use book::BOOK;
pub use check::{Book, Chapter, RuleContext};

use crate::finding::{Findings, Silenced};
use exceptions::InForce;

/// Checks a plan by every rule of the book. Adds to `findings`, and takes out and returns those that its exceptions silence.
pub(crate) fn run(ctx: &RuleContext<'_>, findings: &mut Findings) -> Vec<Silenced> {
    BOOK.check(ctx, &file::astray(ctx), findings);
    let mut exceptions = InForce::of(ctx, &BOOK, findings);
    exceptions.silence(findings);
    plan::adopted_with_errors(ctx, findings);
    exceptions.silence(findings);
    exceptions.report_idle(ctx, findings);
    exceptions.into_silenced()
}
