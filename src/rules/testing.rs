//! A plan in, findings out: what the tests of the rules share.

use jiff::civil::Date;

use crate::checked::Checked;
use crate::document::Document;
use crate::finding::Severity;

/// A cover that gives no finding of its own.
const COVER: &str = "versie: 1
plan: {titel: Plan, interventie: Methode, organisaties: Gemeente, start: 2027-01-04, einde: na 2 jaar}
";

/// The rule and path of each finding of a plan, but for missing sections. A plan without `versie:` gets a cover.
pub(crate) fn findings(plan: &str) -> Vec<(String, String)> {
    findings_on(plan, None)
}

/// The same, with the day for which is checked what is due.
pub(crate) fn findings_on(plan: &str, today: Option<Date>) -> Vec<(String, String)> {
    let plan = if plan.contains("versie:") {
        plan.to_owned()
    } else {
        format!("{COVER}{plan}")
    };
    let checked = Checked::new(Document::read(plan.as_bytes()), today);
    let findings = checked.findings.iter();
    findings
        .map(|finding| (finding.rule.name.to_owned(), finding.path.to_string()))
        .filter(|(rule, _)| rule != "onderdeel-ontbreekt")
        .collect()
}

/// The paths at which a plan breaks one rule.
pub(crate) fn paths(rule: &str, plan: &str) -> Vec<String> {
    findings(plan)
        .into_iter()
        .filter(|(found, _)| found == rule)
        .map(|(_, path)| path)
        .collect()
}

/// How much each finding of one rule weighs in a plan without a cover of its own.
pub(crate) fn severities(rule: &str, plan: &str) -> Vec<Severity> {
    let checked = Checked::read(format!("{COVER}{plan}"));
    let findings = checked.findings.iter();
    findings
        .filter(|finding| finding.rule.name == rule)
        .map(|finding| finding.severity)
        .collect()
}
