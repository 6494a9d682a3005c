//! Rules about the plan as a whole: the cover, and what belongs to no one section.

use crate::finding::Findings;
use crate::rule::{Rule, Whole};

/// The rules of the plan as a whole.
pub const RULES: &[Rule] = &[];

/// `vastgesteld-met-fouten`: an adopted plan that cannot do its work. Seen when all other findings are known.
pub fn adopted_with_errors(whole: &Whole<'_>, findings: &mut Findings) {
    let _ = (whole, findings);
}
