//! Rules of the annex exceptions ("uitzonderingen"): rules that do not apply here, each with a reason.

use indexmap::IndexMap;

use crate::finding::{Argument, Finding, Findings, Focus, Rule, Severity, Silenced};
use crate::plan::exceptions::Exception;
use crate::rules::check::{Book, Check, RuleContext};
use crate::value::path;
use crate::value::path::{Path, Step};
use crate::value::{Answer, Entries};

/// The rules of this annex.
pub const RULES: &[Check] = &[Check::elsewhere(FAULTY)];

/// An exception says why, of a rule that there is, where that rule has something to say: else it only hides what is to come.
const FAULTY: Rule = Rule::new(
    "uitzondering-zonder-reden",
    Severity::Error,
    &["regel", "gebrek", "bij", "bedoeld"],
);

/// How much of a reason stands with each finding that it silences, in bytes: one text may silence a thousand.
const LONGEST_REASON: usize = 4 * 1024;

/// A reason, or the beginning of one that is longer than anybody reads.
fn beginning(reason: &str) -> String {
    if reason.len() <= LONGEST_REASON {
        return reason.to_owned();
    }
    let ends = reason.char_indices().map(|(end, _)| end);
    let cut = ends.take_while(|end| *end <= LONGEST_REASON).last();
    format!("{}…", &reason[..cut.unwrap_or_default()])
}

/// The exceptions that can silence, at work.
#[derive(Debug)]
pub struct InForce<'p> {
    book: &'static Book,
    exceptions: Vec<Silencer<'p>>,
    silenced: Vec<Silenced>,
}

/// One exception at work.
#[derive(Debug)]
struct Silencer<'p> {
    rule: &'p str,
    reason: &'p str,
    /// The ids and paths that it names, and whether each silenced anything; none for everywhere.
    places: IndexMap<&'p str, bool>,
    is_used: bool,
}

impl<'p> InForce<'p> {
    /// The exceptions of a plan that can silence; what is wrong with the others is added to the findings.
    pub fn of(ctx: &RuleContext<'p>, book: &'static Book, findings: &mut Findings) -> Self {
        let mut exceptions = Vec::new();
        for (name, exception) in ctx
            .plan
            .exceptions
            .given()
            .into_iter()
            .flat_map(Entries::iter)
        {
            let name = name.as_str();
            let rule = book.named(name);
            if rule.is_none() {
                // A look at every rule is too much for a finding that will not be kept.
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

    /// Takes the findings out that an exception silences.
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
                    reason: beginning(exception.reason),
                });
            }
        }
    }

    /// Adds a finding for each exception, and each place of one, that silenced nothing.
    ///
    /// Only if the file itself is in order: an exception may be about what is not there yet or could not be read.
    pub fn report_idle(&self, ctx: &RuleContext<'_>, findings: &mut Findings) {
        let is_open = |finding: &Finding| {
            finding.severity == Severity::Error
                && *finding.rule != FAULTY
                && self.book.is_about_the_file(finding.rule.name)
        };
        if findings.dropped() > 0 || findings.iter().any(is_open) {
            return;
        }
        let knows_day = ctx.today.is_some();
        for exception in self
            .exceptions
            .iter()
            .filter(|exception| knows_day || !needs_day(exception.rule))
        {
            if !exception.is_used {
                fault(findings, exception.rule, "niets").severity(Severity::Warning);
                continue;
            }
            let idle = exception
                .places
                .iter()
                .enumerate()
                .filter(|(_, (_, is_used))| !**is_used);
            for (nr, (place, _)) in idle {
                let finding = fault(findings, exception.rule, "niets")
                    .severity(Severity::Warning)
                    .with("bij", *place);
                finding.path = path!["uitzonderingen", exception.rule, "bij", nr];
            }
        }
    }

    /// What was silenced.
    #[must_use]
    pub fn into_silenced(self) -> Vec<Silenced> {
        self.silenced
    }
}

/// Whether the rule says nothing without a day for which is checked what is due.
fn needs_day(rule: &str) -> bool {
    rule == "meting-achterstallig"
}

impl Silencer<'_> {
    fn covers(&self, path: &Path) -> bool {
        self.places.is_empty() || names(path).any(|name| self.places.contains_key(name.as_str()))
    }
}

/// Where an exception silences; `None` when that could not be read.
fn places(exception: &Exception) -> Option<IndexMap<&str, bool>> {
    match &exception.at {
        Answer::Unreadable => None,
        at => Some(
            at.all()
                .iter()
                .map(|place| (place.as_str(), false))
                .collect(),
        ),
    }
}

/// What an exception may call a path: each of its keys, and each path that it lies in.
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
    use std::slice;

    use crate::rules::testing::{findings, paths};

    const RULE: &str = "uitzondering-zonder-reden";

    /// Two preconditions that are not judged, with these exceptions.
    fn unjudged(exceptions: &str) -> Vec<(String, String)> {
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
        let (a, b) = (
            at(rule, "randvoorwaarden.voorwaarden.a"),
            at(rule, "randvoorwaarden.voorwaarden.b"),
        );
        assert_eq!(unjudged("{randvoorwaarde-niet-beoordeeld: {reden: x}}"), []);
        assert_eq!(
            unjudged("{randvoorwaarde-niet-beoordeeld: {bij: a, reden: x}}"),
            slice::from_ref(&b)
        );
        assert_eq!(
            unjudged(
                "{randvoorwaarde-niet-beoordeeld: {bij: randvoorwaarden.voorwaarden.b, reden: x}}"
            ),
            slice::from_ref(&a)
        );
        assert_eq!(
            unjudged("{randvoorwaarde-niet-beoordeeld: {bij: [a, randvoorwaarden], reden: x}}"),
            []
        );
        assert_eq!(
            unjudged("{randvoorwaarde-niet-beoordeeld: {bij: randvoorwaarden.voor, reden: x}}"),
            [a.clone(), b.clone()]
        );
        assert_eq!(
            unjudged("{randvoorwaarde-niet-beoordeeld: {bij: a}}"),
            [
                a,
                b,
                at(RULE, "uitzonderingen.randvoorwaarde-niet-beoordeeld")
            ]
        );
    }

    #[test]
    fn exception_needs_a_reason_and_a_silenceable_rule() {
        assert_eq!(
            paths(RULE, "uitzonderingen: {kern-onbekend: }"),
            ["uitzonderingen.kern-onbekend"]
        );
        assert_eq!(
            paths(RULE, "uitzonderingen: {kern-onbekent: {reden: x}}"),
            ["uitzonderingen.kern-onbekent"]
        );
        assert_eq!(
            paths(RULE, "uitzonderingen: {niet-gebruikt: {reden: x}}"),
            ["uitzonderingen.niet-gebruikt"]
        );
        assert_eq!(
            paths(RULE, "uitzonderingen: {kern-onbekend: {reden: [x, y]}}"),
            [""; 0]
        );
    }

    #[test]
    fn idle_exception_is_reported_only_for_a_complete_plan() {
        let whole = include_str!("../../examples/minimaal.yaml");
        let with =
            |exceptions: &str| paths(RULE, &format!("{whole}\nuitzonderingen: {exceptions}\n"));
        assert_eq!(
            with("{kern-onbekend: {reden: x}}"),
            ["uitzonderingen.kern-onbekend"]
        );
        assert_eq!(
            with("{strategieen-ontwikkelaars-ontbreken: {reden: x}}"),
            [""; 0]
        );
        assert_eq!(
            with("{strategieen-ontwikkelaars-ontbreken: {bij: [randvoorwaarden, x], reden: x}}"),
            ["uitzonderingen.strategieen-ontwikkelaars-ontbreken.bij[1]"]
        );
        assert_eq!(with("{meting-achterstallig: {reden: x}}"), [""; 0]);
        assert_eq!(
            paths(RULE, "uitzonderingen: {kern-onbekend: {reden: x}}"),
            [""; 0]
        );
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
        let found = plan("");
        assert!(
            found.contains(&adopted) && found.contains(&no_effect),
            "{found:?}"
        );
        let found = plan("{vastgesteld-met-fouten: {reden: x}}");
        assert!(
            !found.contains(&adopted) && found.contains(&no_effect),
            "{found:?}"
        );
        let found = plan("{effecten-ontbreken: {reden: x}}");
        assert!(
            !found.contains(&adopted) && !found.contains(&no_effect),
            "{found:?}"
        );
    }
}
