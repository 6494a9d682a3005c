//! The one list of all rules, in the order of the plan.

use super::check::{Book, Chapter};
use super::{
    budget, communication, context, evaluation, exceptions, file, goals, intervention, monitoring,
    plan, preconditions, progress, quickscan, risks, stakeholders, strategies, sustainment, team,
    users,
};
use crate::plan::Plan;

/// The rule book.
pub static BOOK: Book = Book {
    chapters: &[
        Chapter::new("bestand", &[file::RULES, exceptions::RULES]),
        Chapter::new("plan", &[plan::RULES]),
        Chapter::new(Plan::SECTIONS[0], &[intervention::RULES]),
        Chapter::new(Plan::SECTIONS[1], &[preconditions::RULES]),
        Chapter::new(Plan::SECTIONS[2], &[stakeholders::RULES]),
        Chapter::new(Plan::SECTIONS[3], &[users::RULES]),
        Chapter::new(Plan::SECTIONS[4], &[goals::RULES]),
        Chapter::new(Plan::SECTIONS[5], &[context::RULES]),
        Chapter::new(Plan::SECTIONS[6], &[strategies::RULES]),
        Chapter::new(Plan::SECTIONS[7], &[team::RULES]),
        Chapter::new(Plan::SECTIONS[8], &[sustainment::RULES]),
        Chapter::new(Plan::SECTIONS[9], &[monitoring::RULES]),
        Chapter::new(Plan::SECTIONS[10], &[evaluation::RULES]),
        Chapter::new(Plan::SECTIONS[11], &[budget::RULES]),
        Chapter::new(
            "bijlagen",
            &[
                communication::RULES,
                risks::RULES,
                quickscan::RULES,
                progress::RULES,
            ],
        ),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::check::Check;
    use crate::schema;

    #[test]
    fn rules_rest_on_fields_of_the_plan() {
        let fields: Vec<String> = schema::fields()
            .into_iter()
            .map(|field| field.replace("[]", ""))
            .collect();
        let checks = BOOK.chapters.iter().flat_map(Chapter::checks);
        let patterns: Vec<&str> = checks.flat_map(Check::patterns).copied().collect();
        assert!(!patterns.is_empty());
        for pattern in patterns {
            // A single value by id, such as a rate, is not a field itself.
            let field = pattern.strip_suffix(".*").unwrap_or(pattern);
            assert!(fields.iter().any(|known| known == field), "{pattern}");
        }
    }
}
