//! What a rule is.

use crate::finding::Severity;

/// One rule of the rule book.
#[derive(Debug)]
pub struct Rule {
    /// Its Dutch kebab-case name: its id, forever.
    pub name: &'static str,
    /// How much its findings weigh, unless a finding says otherwise.
    pub severity: Severity,
}

impl Rule {
    /// A rule that is seen while the file is read.
    #[must_use]
    pub const fn shape(name: &'static str, severity: Severity) -> Self {
        Self { name, severity }
    }
}
