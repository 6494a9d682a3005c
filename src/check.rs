//! The whole way from a document to findings, in one call.

use jiff::civil::Date;

use crate::annex::exceptions::Silenced;
use crate::document::Document;
use crate::facts::Facts;
use crate::finding::Findings;
use crate::reading;
use crate::rule::{self, Whole};

/// Reads the plan in a document and checks it by every rule. Returns the findings that an exception silences.
///
/// `today` is the day for which is checked what is due; without it nothing is.
pub fn check(document: &Document, today: Option<Date>, findings: &mut Findings) -> Vec<Silenced> {
    let (plan, reading) = reading::read(document, findings);
    let facts = Facts::of(&plan);
    rule::check(
        &Whole {
            plan: &plan,
            facts: &facts,
            reading: &reading,
            today,
        },
        findings,
    )
}
