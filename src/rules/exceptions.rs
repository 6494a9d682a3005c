//! Exceptions to the rules ("uitzonderingen"): the rules of that annex, and the silencing of findings.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, IndexSet};

use crate::finding::{
    Argument, Count, Finding, Findings, Focus, Rule, Severity, SilencedFindings, piece,
};
use crate::plan::Plan;
use crate::plan::exceptions::Exception;
use crate::plan::sustainment::Sustainment;
use crate::rules::check::{Book, Check, RuleContext};
use crate::value::path;
use crate::value::path::{Path, Step};
use crate::value::{Answer, Entries, shortened};

/// The rules of this annex.
pub const RULES: &[Check] = &[Check::elsewhere(FAULTY)];

/// An exception needs a reason, an existing rule and a finding to silence: otherwise it only hides future findings.
const FAULTY: Rule = Rule::new(
    "uitzondering-zonder-reden",
    Severity::Error,
    &["regel", "gebrek", "bij", "passend", "bedoeld"],
);

/// The maximum length of a reason in bytes. A report repeats it for each finding that the exception silences.
const MAX_REASON: usize = 1024;

/// The maximum number of unknown rules to propose a known one for: each takes a look at every rule.
const MAX_PROPOSALS: usize = 1_000;

/// The exceptions of a plan that can silence findings.
#[derive(Debug)]
pub struct InForce<'p> {
    book: &'static Book,
    names: Names<'p>,
    exceptions: Vec<Silencer<'p>>,
    silenced: SilencedFindings,
}

#[derive(Debug)]
struct Silencer<'p> {
    rule: &'static Rule,
    reason: &'p str,
    /// The ids and paths to silence the rule at, and whether each silenced a finding. Empty means everywhere.
    places: IndexMap<&'p str, bool>,
    is_used: bool,
}

impl<'p> InForce<'p> {
    /// Returns the exceptions that can silence findings, and what is wrong with the others.
    pub fn of(ctx: &RuleContext<'p>, book: &'static Book) -> (Self, Findings) {
        let mut exceptions = Vec::new();
        let mut faults = Findings::default();
        let mut proposals = 0..MAX_PROPOSALS;
        let given = ctx.plan.exceptions.given().into_iter();
        for (name, exception) in given.flat_map(Entries::iter) {
            let name = name.as_str();
            let rule = book.named(name);
            if rule.is_none() {
                let meant = proposals.next().and_then(|_| book.nearest(name));
                let finding = fault(&mut faults, name, "regel").focus(Focus::Key);
                if let Some(meant) = meant {
                    finding.with("bedoeld", meant);
                }
            }
            if exception.reason.is_missing() {
                fault(&mut faults, name, "reden");
            }
            if let (Some(rule), Some(reason)) = (rule, exception.reason.given()) {
                if book.is_about_the_file(rule.name) {
                    fault(&mut faults, name, "bestand").severity(Severity::Warning);
                } else if let Some(places) = places(exception) {
                    exceptions.push(Silencer {
                        rule,
                        reason: reason.as_str(),
                        places,
                        is_used: false,
                    });
                }
            }
        }
        let has_places = exceptions.iter().any(|it| !it.places.is_empty());
        let in_force = Self {
            book,
            names: if has_places {
                Names::of(ctx.plan)
            } else {
                Names::default()
            },
            exceptions,
            silenced: SilencedFindings::default(),
        };
        (in_force, faults)
    }

    /// Whether there is an exception to the rule.
    pub fn are_to(&self, rule: &Rule) -> bool {
        self.exceptions.iter().any(|it| it.rule == rule)
    }

    /// Returns what is left of a finding: nothing if an exception silences it, or the finding without the names that an
    /// exception takes out of it.
    pub fn silence(&mut self, mut finding: Finding) -> Option<Finding> {
        let names = &self.names;
        let mut exceptions = self.exceptions.iter_mut();
        let Some(exception) = exceptions.find(|it| it.rule == finding.rule) else {
            return Some(finding);
        };
        let (silenced, left) = if exception.covers(&finding, names) {
            (finding, None)
        } else if let Some(part) = exception.take_part(&mut finding, names) {
            (part, Some(finding))
        } else {
            return Some(finding);
        };
        exception.is_used = true;
        if !exception.places.is_empty() {
            for place in path_names(&silenced.path).chain(names.in_arguments(&silenced)) {
                if let Some(is_used) = exception.places.get_mut(place.as_str()) {
                    *is_used = true;
                }
            }
        }
        self.silenced
            .add(silenced, || shortened(exception.reason, MAX_REASON).into());
        left
    }

    /// Reports each exception, and each of its places, that silenced nothing.
    ///
    /// Does so only if the file itself has no errors: an exception may be for a part that is missing or unreadable.
    pub fn report_idle(&self, ctx: &RuleContext<'_>, findings: &mut Findings) {
        let is_file_error = |count: Count<'_>| {
            count.severity == Severity::Error
                && *count.rule != FAULTY
                && self.book.is_about_the_file(count.rule.name)
        };
        if findings.counts().iter().any(is_file_error) {
            return;
        }
        for exception in &self.exceptions {
            let rule = exception.rule.name;
            if ctx.today.is_none() && needs_today(rule) {
                continue;
            }
            if exception.places.is_empty() && !exception.is_used {
                fault(findings, rule, "niets").severity(Severity::Warning);
            }
            let idle = exception.places.values().any(|is_used| !is_used);
            let fitting = if idle {
                self.names.of_findings(rule, findings)
            } else {
                Vec::new()
            };
            let places = exception.places.iter().enumerate();
            for (nr, (place, _)) in places.filter(|(_, (_, is_used))| !**is_used) {
                let finding = fault(findings, rule, "niets")
                    .severity(Severity::Warning)
                    .with("bij", *place);
                finding.path = path!["uitzonderingen", rule, "bij", nr];
                if !fitting.is_empty() {
                    finding.with("passend", fitting.clone());
                }
            }
        }
    }

    /// Returns the silenced findings.
    pub fn into_silenced(self) -> SilencedFindings {
        self.silenced
    }
}

/// Whether the rule reports nothing unless [`RuleContext::today`] is given.
fn needs_today(rule: &str) -> bool {
    rule.ends_with("-achterstallig")
}

impl Silencer<'_> {
    /// Whether the exception is to the whole finding: it is everywhere, at the finding's path, or at all that the finding
    /// names. A path through one of several things that the finding names does not count: only that one is taken out.
    fn covers(&self, finding: &Finding, names: &Names<'_>) -> bool {
        if self.places.is_empty() {
            return true;
        }
        let arguments = || finding.arguments.iter().map(|(_, argument)| argument);
        let is_one_of_several = |id: &str| {
            let mut several = arguments().flat_map(Argument::several);
            several.any(|name| name == id || names.ids(name).any(|known| known == id))
        };
        let is_at_path = path_names(&finding.path)
            .any(|name| self.places.contains_key(name.as_str()) && !is_one_of_several(&name));
        is_at_path
            || arguments().any(|argument| {
                let mut shown = argument.names().peekable();
                shown.peek().is_some() && shown.all(|name| self.is_at(name, names))
            })
    }

    /// Takes the names that the exception is at out of a finding that names others too. Returns the finding about them.
    fn take_part(&self, finding: &mut Finding, names: &Names<'_>) -> Option<Finding> {
        let mut part: Option<Finding> = None;
        for nr in 0..finding.arguments.len() {
            let several = finding.arguments[nr].1.several().iter().cloned();
            let (taken, left): (Vec<String>, Vec<String>) =
                several.partition(|name| self.is_at(name, names));
            if taken.is_empty() {
                continue;
            }
            let part = part.get_or_insert_with(|| finding.clone());
            part.arguments[nr].1.set_several(taken);
            finding.arguments[nr].1.set_several(left);
        }
        part
    }

    /// Whether one of the places is the thing or choice that a finding shows by this name.
    fn is_at(&self, name: &str, names: &Names<'_>) -> bool {
        let mut ids = names.ids(name);
        self.places.contains_key(name) || ids.any(|id| self.places.contains_key(id))
    }
}

/// The ids of things by their names, which are what findings show.
#[derive(Debug, Default)]
struct Names<'p> {
    ids: HashMap<String, Vec<&'p str>>,
    known: HashSet<&'p str>,
}

impl<'p> Names<'p> {
    /// The maximum number of things with one name that are told apart, so that a hostile plan costs no time.
    const NAMESAKES: usize = 8;

    /// The maximum number of ids to propose.
    const PROPOSALS: usize = 8;

    fn of(plan: &'p Plan) -> Self {
        let points = plan.sustainment.given().into_iter();
        let points = points.flat_map(Sustainment::points);
        let points = points.map(|(key, _)| (key, Cow::Borrowed(key)));
        let mut names = Self::default();
        for (id, name) in plan.names().into_iter().chain(points) {
            // Findings show names as long as this.
            let ids = names.ids.entry(piece(&name).into_owned()).or_default();
            if ids.len() < Self::NAMESAKES && !ids.contains(&id) {
                ids.push(id);
            }
            names.known.insert(id);
        }
        names
    }

    /// The ids of the things with this name.
    fn ids(&self, name: &str) -> impl Iterator<Item = &'p str> {
        self.ids.get(name).into_iter().flatten().copied()
    }

    /// Everything by which an exception can refer to the arguments of a finding.
    fn in_arguments(&self, finding: &Finding) -> Vec<String> {
        let arguments = finding.arguments.iter();
        let shown = arguments.flat_map(|(_, argument)| argument.names());
        shown
            .flat_map(|name| {
                self.ids(name)
                    .chain([name])
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
            .collect()
    }

    /// The places that an exception to the rule could be at: the ids of what its findings name, else their paths.
    fn of_findings(&self, rule: &str, findings: &Findings) -> Vec<String> {
        let mut places = IndexSet::new();
        for finding in findings.iter().filter(|finding| finding.rule.name == rule) {
            let named = path_names(&finding.path).chain(self.in_arguments(finding));
            let ids: Vec<String> = named
                .filter(|name| self.known.contains(name.as_str()))
                .collect();
            let is_named = !ids.is_empty();
            places.extend(ids);
            if !is_named && finding.path != Path::root() {
                places.insert(finding.path.to_string());
            }
            if places.len() >= Self::PROPOSALS {
                break;
            }
        }
        places.into_iter().take(Self::PROPOSALS).collect()
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
fn path_names(path: &Path) -> impl Iterator<Item = String> {
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
    use crate::checked::Checked;
    use crate::finding::Argument;
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

    /// The findings of the rules in a plan with an exception to a rule at some places, with the lists in their arguments.
    fn excepted(plan: &str, rule: &str, places: &str) -> Vec<(String, Vec<String>)> {
        let plan = format!("{plan}\nuitzonderingen: {{{rule}: {{bij: {places}, reden: x}}}}");
        let checked = Checked::read(plan);
        let found = checked.findings.iter().filter(|it| it.rule.name == rule);
        found
            .map(|finding| {
                let arguments = finding.arguments.iter();
                let names = arguments.flat_map(|(_, argument)| argument.names());
                (finding.path.to_string(), names.map(str::to_owned).collect())
            })
            .collect()
    }

    #[test]
    fn exception_can_be_at_what_a_finding_names() {
        let rates = "betrokken_groepen: {bewoners: {naam: De bewoners}, team: }\n\
            planning_en_budget: {activiteiten: {a: {inzet: {bewoners: {personen: 1, uren: 2}, team: {personen: 1, uren: 2}}}}}";
        let left = excepted(rates, "uurtarief-ontbreekt", "bewoners");
        let names: Vec<_> = left.iter().flat_map(|(_, names)| names).collect();
        assert_eq!(names, ["Team"]);

        let points = excepted("borging: {eigen_punten: }", "borging-niet-beoordeeld", "x");
        let left = excepted(
            "borging: {eigen_punten: }",
            "borging-niet-beoordeeld",
            "doorontwikkeling",
        );
        let names: Vec<_> = left.iter().flat_map(|(_, names)| names).collect();
        assert_eq!(left.len() + 1, points.len());
        assert!(!names.contains(&&"doorontwikkeling".to_owned()));
    }

    #[test]
    fn exception_takes_names_out_of_a_finding_about_several() {
        let rule = "meer-trekkers";
        let plan =
            "implementatieteam: {a: {naam: Anna, trekker: ja}, b: {trekker: ja}, c: {trekker: ja}}";
        let names = |places| {
            let left = excepted(plan, rule, places);
            left.into_iter()
                .flat_map(|(_, names)| names)
                .collect::<Vec<_>>()
        };
        assert_eq!(names("x"), ["Anna", "B", "C"]);
        assert_eq!(names("a"), ["B", "C"]);
        assert_eq!(names("[a, c]"), ["B"]);
        assert_eq!(names("[a, b, c]"), [""; 0]);
        let checked = Checked::read(format!(
            "{plan}\nuitzonderingen: {{{rule}: {{bij: a, reden: x}}}}"
        ));
        let silenced = checked
            .silenced
            .iter()
            .next()
            .map(|it| it.finding.arguments.clone());
        assert_eq!(
            silenced,
            Some(vec![("rollen", Argument::from(vec!["Anna".to_owned()]))])
        );
    }

    #[test]
    fn exception_that_matches_nothing_names_what_would_match() {
        let whole = include_str!("../../examples/minimaal.yaml");
        let plan = whole.replace(
            "  trekker: {",
            "  x: {persoon: X, trekker: ja}\n  trekker: {",
        );
        assert_ne!(plan, whole);
        let plan =
            format!("{plan}\nuitzonderingen: {{meer-trekkers: {{bij: managers, reden: x}}}}\n");
        let checked = Checked::read(plan);
        let mut idle = checked.findings.iter().filter(|it| it.rule.name == RULE);
        let fitting = idle.next().and_then(|it| it.argument("passend").cloned());
        assert_eq!(
            fitting,
            Some(Argument::from(vec!["x".to_owned(), "trekker".to_owned()]))
        );
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
                ("activiteit-achterstallig: {reden: x}", &[]),
                ("actie-achterstallig: {reden: x}", &[]),
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
