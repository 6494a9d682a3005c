//! A plan in, findings out: what the tests of the rules share.

use jiff::civil::Date;

use crate::check;
use crate::document::Document;
use crate::finding::{Findings, Severity};

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
    let mut findings = Findings::default();
    let document = Document::read(plan.as_bytes(), &mut findings);
    check::check(&document, today, &mut findings);
    let seen = findings
        .iter()
        .filter(|finding| finding.rule != "onderdeel-ontbreekt");
    seen.map(|finding| (finding.rule.to_owned(), finding.path.to_string()))
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
    let mut findings = Findings::default();
    let document = Document::read(format!("{COVER}{plan}").as_bytes(), &mut findings);
    check::check(&document, None, &mut findings);
    let of_rule = findings.iter().filter(|finding| finding.rule == rule);
    of_rule.map(|finding| finding.severity).collect()
}
