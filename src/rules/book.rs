//! The one list of all rules, in the order of the plan.

use super::check::{Book, Chapter};
use super::{
    budget, communication, context, evaluation, exceptions, file, goals, intervention, monitoring,
    plan, preconditions, progress, stakeholders, strategies, sustainment, team, users,
};
use crate::plan::Plan;

/// The rule book.
pub static BOOK: Book = Book {
    chapters: &[
        Chapter {
            key: "bestand",
            checks: &[file::RULES, exceptions::RULES],
        },
        Chapter {
            key: "plan",
            checks: &[plan::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[0],
            checks: &[intervention::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[1],
            checks: &[preconditions::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[2],
            checks: &[stakeholders::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[3],
            checks: &[users::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[4],
            checks: &[goals::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[5],
            checks: &[context::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[6],
            checks: &[strategies::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[7],
            checks: &[team::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[8],
            checks: &[sustainment::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[9],
            checks: &[monitoring::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[10],
            checks: &[evaluation::RULES],
        },
        Chapter {
            key: Plan::SECTIONS[11],
            checks: &[budget::RULES],
        },
        Chapter {
            key: "bijlagen",
            checks: &[communication::RULES, progress::RULES],
        },
    ],
};
