//! Shared by the tests of the rules: from the text of a plan to its findings.

use jiff::civil::Date;

use crate::document::Document;
use crate::finding::{Findings, Severity};
use crate::rules;

/// A cover without findings.
const COVER: &str = "versie: 1
plan: {titel: Plan, interventie: Methode, organisaties: Gemeente, start: 2027-01-04, einde: na 2 jaar}
";

/// The findings of a plan without a date of today.
pub(crate) fn check(plan: &str) -> Findings {
    rules::check(&Document::read(plan.as_bytes()), None).findings
}

/// The rule and path of each finding in a plan, except missing sections. A plan without `versie:` gets a cover, and needs no
/// commissioner, who would have to be one of its groups or roles.
pub(crate) fn findings(plan: &str) -> Vec<(String, String)> {
    findings_on(plan, None)
}

/// Like [`findings`], with the date to compare due dates with.
pub(crate) fn findings_on(plan: &str, today: Option<Date>) -> Vec<(String, String)> {
    let has_cover = plan.contains("versie:");
    let plan = if has_cover {
        plan.to_owned()
    } else {
        format!("{COVER}{plan}")
    };
    let outcome = rules::check(&Document::read(plan.as_bytes()), today);
    let findings = outcome.findings.iter();
    findings
        .map(|finding| (finding.rule.name.to_owned(), finding.path.to_string()))
        .filter(|(rule, _)| rule != "onderdeel-ontbreekt")
        .filter(|(rule, _)| has_cover || rule != "opdrachtgever-ontbreekt")
        .collect()
}

/// The paths at which a plan breaks a rule.
pub(crate) fn paths(rule: &str, plan: &str) -> Vec<String> {
    findings(plan)
        .into_iter()
        .filter(|(found, _)| found == rule)
        .map(|(_, path)| path)
        .collect()
}

/// The paths of a rule that a plan does not break.
pub(crate) const NOWHERE: [&str; 0] = [];

/// Asserts at which paths plans break a rule. Each case is the part of the plan that varies, with those paths.
#[track_caller]
pub(crate) fn assert_paths(rule: &str, plan: impl Fn(&str) -> String, cases: &[(&str, &[&str])]) {
    for (part, expected) in cases {
        assert_eq!(paths(rule, &plan(part)), *expected, "{rule}: {part}");
    }
}

/// The severity of each finding of a rule, in a plan without a cover of its own.
pub(crate) fn severities(rule: &str, plan: &str) -> Vec<Severity> {
    let findings = check(&format!("{COVER}{plan}"));
    findings
        .iter()
        .filter(|finding| finding.rule.name == rule)
        .map(|finding| finding.severity)
        .collect()
}
