//! Exceptions to the rules ("uitzonderingen"): the rules of that annex, and the silencing of findings.

use indexmap::IndexMap;

use crate::finding::{Argument, Finding, Findings, Focus, Rule, Severity, Silenced};
use crate::plan::exceptions::Exception;
use crate::rules::check::{Book, Check, RuleContext};
use crate::value::path;
use crate::value::path::{Path, Step};
use crate::value::{Answer, Entries};

/// The rules of this annex.
pub const RULES: &[Check] = &[Check::elsewhere(FAULTY)];

/// An exception needs a reason, an existing rule and a finding to silence: otherwise it only hides future findings.
const FAULTY: Rule = Rule::new(
    "uitzondering-zonder-reden",
    Severity::Error,
    &["regel", "gebrek", "bij", "bedoeld"],
);

/// The maximum length of a reason in bytes. Each silenced finding has a copy, and one exception may silence a thousand.
const MAX_REASON: usize = 4 * 1024;

fn truncated(reason: &str) -> String {
    if reason.len() <= MAX_REASON {
        return reason.to_owned();
    }
    let beginning = (0..=MAX_REASON).rev().find_map(|end| reason.get(..end));
    format!("{}…", beginning.unwrap_or_default())
}

/// The exceptions of a plan that can silence findings.
#[derive(Debug)]
pub struct InForce<'p> {
    book: &'static Book,
    exceptions: Vec<Silencer<'p>>,
    silenced: Vec<Silenced>,
}

#[derive(Debug)]
struct Silencer<'p> {
    rule: &'p str,
    reason: &'p str,
    /// The ids and paths to silence the rule at, and whether each silenced a finding. Empty means everywhere.
    places: IndexMap<&'p str, bool>,
    is_used: bool,
}

impl<'p> InForce<'p> {
    /// Returns the exceptions that can silence findings, and reports the others.
    pub fn of(ctx: &RuleContext<'p>, book: &'static Book, findings: &mut Findings) -> Self {
        let mut exceptions = Vec::new();
        let given = ctx.plan.exceptions.given().into_iter();
        for (name, exception) in given.flat_map(Entries::iter) {
            let name = name.as_str();
            let rule = book.named(name);
            if rule.is_none() {
                // Finding the nearest rule is too slow to do for findings that will be dropped.
                let is_kept = !findings.full();
                let finding = fault(findings, name, "regel").focus(Focus::Key);
                if let Some(meant) = is_kept.then(|| book.nearest(name)).flatten() {
                    finding.with("bedoeld", meant);
                }
            }
            if exception.reason.is_missing() {
                fault(findings, name, "reden");
            }
            if let (Some(rule), Some(reason)) = (rule, exception.reason.given()) {
                if book.is_about_the_file(rule.name) {
                    fault(findings, name, "bestand").severity(Severity::Warning);
                } else if let Some(places) = places(exception) {
                    exceptions.push(Silencer {
                        rule: name,
                        reason: reason.as_str(),
                        places,
                        is_used: false,
                    });
                }
            }
        }
        Self {
            book,
            exceptions,
            silenced: Vec::new(),
        }
    }

    /// Removes the findings that an exception silences.
    pub fn silence(&mut self, findings: &mut Findings) {
        for exception in &mut self.exceptions {
            let silenced = findings.take_out(|finding| {
                finding.rule.name == exception.rule && exception.covers(&finding.path)
            });
            for finding in silenced {
                exception.is_used = true;
                for place in names(&finding.path) {
                    if let Some(is_used) = exception.places.get_mut(place.as_str()) {
                        *is_used = true;
                    }
                }
                self.silenced.push(Silenced {
                    finding,
                    reason: truncated(exception.reason),
                });
            }
        }
    }

    /// Reports each exception, and each of its places, that silenced nothing.
    ///
    /// Does so only if the file itself has no errors: an exception may be for a part that is missing or unreadable.
    pub fn report_idle(&self, ctx: &RuleContext<'_>, findings: &mut Findings) {
        let is_file_error = |finding: &Finding| {
            finding.severity == Severity::Error
                && *finding.rule != FAULTY
                && self.book.is_about_the_file(finding.rule.name)
        };
        if findings.dropped() > 0 || findings.iter().any(is_file_error) {
            return;
        }
        for exception in &self.exceptions {
            if ctx.today.is_none() && needs_today(exception.rule) {
                continue;
            }
            if !exception.is_used {
                fault(findings, exception.rule, "niets").severity(Severity::Warning);
                continue;
            }
            let places = exception.places.iter().enumerate();
            for (nr, (place, _)) in places.filter(|(_, (_, is_used))| !**is_used) {
                let finding = fault(findings, exception.rule, "niets")
                    .severity(Severity::Warning)
                    .with("bij", *place);
                finding.path = path!["uitzonderingen", exception.rule, "bij", nr];
            }
        }
    }

    /// Returns the silenced findings.
    pub fn into_silenced(self) -> Vec<Silenced> {
        self.silenced
    }
}

/// Whether the rule reports nothing unless [`RuleContext::today`] is given.
fn needs_today(rule: &str) -> bool {
    rule == "meting-achterstallig"
}

impl Silencer<'_> {
    fn covers(&self, path: &Path) -> bool {
        self.places.is_empty() || names(path).any(|name| self.places.contains_key(name.as_str()))
    }
}

/// The places at which an exception silences its rule; `None` if they could not be read.
fn places(exception: &Exception) -> Option<IndexMap<&str, bool>> {
    match &exception.at {
        Answer::Unreadable => None,
        at => {
            let places = at.all().iter();
            Some(places.map(|place| (place.as_str(), false)).collect())
        }
    }
}

/// The names by which an exception can refer to a path: its keys, the path itself and the paths that contain it.
fn names(path: &Path) -> impl Iterator<Item = String> {
    let keys = path.steps().filter_map(|step| match step {
        Step::Key(key) => Some(key.clone()),
        Step::Index(_) => None,
    });
    let mut outer = Path::root();
    let paths = path.steps().map(move |step| {
        outer.push(step.clone());
        outer.to_string()
    });
    keys.chain(paths)
}

fn fault<'f>(findings: &'f mut Findings, name: &str, flaw: &str) -> &'f mut Finding {
    let finding = findings.add(&FAULTY, path!["uitzonderingen", name]);
    finding.with("regel", name).with(
        "gebrek",
        Argument::Choice("gebrek_uitzondering", flaw.to_owned()),
    )
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{assert_paths, findings, paths};

    const RULE: &str = "uitzondering-zonder-reden";

    /// The findings in a plan with two preconditions that are not assessed, and these exceptions.
    fn unassessed(exceptions: &str) -> Vec<(String, String)> {
        let plan = format!(
            "randvoorwaarden: {{strategieen_ontwikkelaars: x, voorwaarden: {{a: , b: }}}}\nuitzonderingen: {exceptions}"
        );
        findings(&plan)
    }

    fn at(rule: &str, path: &str) -> (String, String) {
        (rule.to_owned(), path.to_owned())
    }

    #[test]
    fn exception_silences_everywhere_or_at_ids_and_paths() {
        let rule = "randvoorwaarde-niet-beoordeeld";
        let a = at(rule, "randvoorwaarden.voorwaarden.a");
        let b = at(rule, "randvoorwaarden.voorwaarden.b");
        let faulty = at(RULE, "uitzonderingen.randvoorwaarde-niet-beoordeeld");
        for (exception, expected) in [
            ("reden: x", vec![]),
            ("bij: a, reden: x", vec![&b]),
            ("bij: randvoorwaarden.voorwaarden.b, reden: x", vec![&a]),
            ("bij: [a, randvoorwaarden], reden: x", vec![]),
            ("bij: randvoorwaarden.voor, reden: x", vec![&a, &b]),
            ("bij: a", vec![&a, &b, &faulty]),
        ] {
            let found = unassessed(&format!("{{{rule}: {{{exception}}}}}"));
            assert_eq!(found.iter().collect::<Vec<_>>(), expected, "{exception}");
        }
    }

    #[test]
    fn exception_needs_a_reason_and_a_silenceable_rule() {
        assert_paths(
            RULE,
            |exceptions| format!("uitzonderingen: {exceptions}"),
            &[
                ("{kern-onbekend: }", &["uitzonderingen.kern-onbekend"]),
                (
                    "{kern-onbekent: {reden: x}}",
                    &["uitzonderingen.kern-onbekent"],
                ),
                (
                    "{niet-gebruikt: {reden: x}}",
                    &["uitzonderingen.niet-gebruikt"],
                ),
                ("{kern-onbekend: {reden: [x, y]}}", &[]),
            ],
        );
    }

    #[test]
    fn idle_exception_is_reported_only_for_a_complete_plan() {
        let whole = include_str!("../../examples/minimaal.yaml");
        assert_paths(
            RULE,
            |exception| format!("{whole}\nuitzonderingen: {{{exception}}}\n"),
            &[
                (
                    "kern-onbekend: {reden: x}",
                    &["uitzonderingen.kern-onbekend"],
                ),
                ("strategieen-ontwikkelaars-ontbreken: {reden: x}", &[]),
                (
                    "strategieen-ontwikkelaars-ontbreken: {bij: [randvoorwaarden, x], reden: x}",
                    &["uitzonderingen.strategieen-ontwikkelaars-ontbreken.bij[1]"],
                ),
                ("meting-achterstallig: {reden: x}", &[]),
            ],
        );
        let incomplete = "uitzonderingen: {kern-onbekend: {reden: x}}";
        assert_eq!(paths(RULE, incomplete), [""; 0]);
    }

    #[test]
    fn errors_in_an_adopted_plan_can_be_silenced() {
        let plan = |exceptions: &str| {
            let plan = include_str!("../../examples/minimaal.yaml")
                .replace("plan:\n", "plan:\n  status: vastgesteld\n");
            let plan = plan.replace("soort: gewenst", "soort: ongewenst");
            findings(&format!("{plan}\nuitzonderingen: {exceptions}\n"))
        };
        let adopted = at("vastgesteld-met-fouten", "plan.status");
        let no_effect = at("effecten-ontbreken", "beschrijving_interventie.effecten");
        for (exceptions, expected) in [
            ("", [true, true]),
            ("{vastgesteld-met-fouten: {reden: x}}", [false, true]),
            ("{effecten-ontbreken: {reden: x}}", [false, false]),
        ] {
            let found = plan(exceptions);
            let is_found = [&adopted, &no_effect].map(|finding| found.contains(finding));
            assert_eq!(is_found, expected, "{found:?}");
        }
    }
}
