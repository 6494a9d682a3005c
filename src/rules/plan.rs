//! Rules about the plan as a whole: the cover, and rules that belong to no single section.

use std::borrow::Cow;

use crate::facts::Quadrant;
use crate::finding::{Findings, Rule, Severity};
use crate::plan::sustainment::Sustainment;
use crate::plan::{Header, Plan, PlanStatus};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::exceptions::InForce;
use crate::value::path;
use crate::value::path::Path;
use crate::value::{
    Answer, Entry, Id, Moment, OneOrMany, Rhythm, RhythmPart, SourceRef, Term, Things,
};

/// The rules of the plan as a whole.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("startdatum-ontbreekt", &[], start_missing),
    Check::warning("titel-ontbreekt", &[], title_missing),
    Check::warning("interventie-ontbreekt", &[], intervention_missing),
    Check::warning("organisatie-ontbreekt", &[], organisation_missing),
    Check::tip("opdrachtgever-ontbreekt", &[], commissioner_missing),
    Check::tip("steunt-op-aannames", &["speerpunten", "groepen", "bestanddelen"], rests_on_assumptions),
    Check::tip("einde-ontbreekt", &[], end_missing),
    Check::elsewhere(ADOPTED_WITH_ERRORS),
];

/// An adopted plan is supposed to work, and a "fout" means that it cannot (our own).
const ADOPTED_WITH_ERRORS: Rule =
    Rule::new("vastgesteld-met-fouten", Severity::Warning, &["fouten"]);

/// A term such as "3 maanden" has a date only if the plan has a start (handreiking 12).
fn start_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if counts_from_start(ctx.plan) {
        missing_in_header(ctx.plan, sink, |header| header.start.is_missing());
    }
}

/// A plan needs a title (handreiking).
fn title_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    missing_in_header(ctx.plan, sink, |header| header.title.is_missing());
}

/// A plan names the intervention that it implements (handreiking).
fn intervention_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    missing_in_header(ctx.plan, sink, |header| header.intervention.is_missing());
}

/// A plan names its organisations (handreiking).
fn organisation_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    missing_in_header(ctx.plan, sink, |header| header.organisations.is_missing());
}

/// Somebody must commission the plan and decide on it (Toolkit 5.1).
fn commissioner_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    missing_in_header(ctx.plan, sink, |header| header.commissioners.is_missing());
}

/// The foundations of a plan should rest on more than assumptions: the focus barriers, the groups in quadrant A and the active
/// ingredients. The handreiking's example marks statements without data. Things without any source count as well, so that
/// honesty never costs more than silence.
fn rests_on_assumptions(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let (plan, facts) = (ctx.plan, ctx.facts);
    let quadrants = facts.quadrants.iter();
    let key_groups = quadrants.filter(|(_, quadrant)| **quadrant == Quadrant::Collaborate);
    let (groups, factors) = (plan.groups(), plan.factors());
    let ingredients = plan.active_ingredients();
    let barriers = facts.focus_barriers.iter().copied();
    for (path, argument, names) in [
        (
            path!["beschrijving_interventie", "werkzame_bestanddelen"],
            "bestanddelen",
            unsupported(ingredients, ingredients.ids(), |it| &it.sources),
        ),
        (
            path!["betrokken_groepen"],
            "groepen",
            unsupported(groups, key_groups.map(|(id, _)| *id), |it| &it.sources),
        ),
        (
            path!["contextanalyse", "factoren"],
            "speerpunten",
            unsupported(factors, barriers, |it| &it.sources),
        ),
    ] {
        if !names.is_empty() {
            sink.report(path).with(argument, names);
        }
    }
}

/// The names of the things that rest on an assumption alone, or on nothing.
fn unsupported<'p, T: Entry>(
    things: Things<'p, Id, T>,
    ids: impl Iterator<Item = &'p str>,
    sources: impl Fn(&T) -> &Answer<OneOrMany<SourceRef>>,
) -> Vec<Cow<'p, str>> {
    let is_unsupported = |id: &&str| {
        things.get(id).map(&sources).is_some_and(|sources| {
            let mut all = sources.all().iter();
            sources.is_whole() && all.all(SourceRef::is_assumption)
        })
    };
    let ids = ids.filter(is_unsupported);
    ids.map(|id| things.name(id)).collect()
}

/// A plan with a start needs an end (handreiking 12): until when is everybody at work on it, and which date is too late?
fn end_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let has_no_end = |header: &Header| !header.start.is_missing() && header.end.is_missing();
    if ctx.plan.header.is_given_and(has_no_end) {
        sink.report(path!["plan"]);
    }
}

/// Reports `vastgesteld-met-fouten`. Runs after all other rules, because it counts their errors.
pub fn adopted_with_errors(
    ctx: &RuleContext<'_>,
    exceptions: &mut InForce<'_>,
    findings: &mut Findings,
) {
    let errors = findings.counts().of(Severity::Error);
    let header = ctx.plan.header.given();
    if errors > 0 && header.is_some_and(|header| header.status.is(&PlanStatus::Adopted)) {
        FindingSink::collect(&ADOPTED_WITH_ERRORS, exceptions, findings, |sink| {
            sink.report(path!["plan", "status"]).with("fouten", errors);
        });
    }
}

/// Reports an answer missing from the cover, at the root if the plan has no cover at all.
fn missing_in_header(
    plan: &Plan,
    sink: &mut FindingSink<'_>,
    is_missing: impl Fn(&Header) -> bool,
) {
    match &plan.header {
        Answer::Given(header) if is_missing(header) => sink.report(path!["plan"]),
        Answer::Missing => sink.report(Path::root()),
        _ => return,
    };
}

/// Whether any date in the plan is relative to `plan.start`.
fn counts_from_start(plan: &Plan) -> bool {
    let goals = plan.goals().iter();
    let mut terms = goals.filter_map(|(_, goal)| goal.term.given());
    let mut moments = moments(plan).filter_map(Answer::given);
    moments.any(|moment| moment.counts_from_start())
        || terms.any(|term: &Term| term.end.counts_from_start())
        || rhythm_parts(plan).any(|part| part.counts_from_start())
}

fn moments(plan: &Plan) -> impl Iterator<Item = &Answer<Moment>> {
    let end = plan.header.given().map(|header| &header.end);
    let materials = plan.materials().iter().map(|(_, material)| &material.due);
    let conditions = plan.conditions().iter();
    let conditions = conditions.map(|(_, condition)| &condition.due);
    let points = plan.sustainment.given().into_iter();
    let points = points
        .flat_map(Sustainment::points)
        .filter_map(|(_, point)| Some(&point.given()?.due));
    let own_points = plan.own_points().iter().map(|(_, point)| &point.due);
    let evaluation = plan.evaluation.given().into_iter();
    let evaluation = evaluation.flat_map(|evaluation| [&evaluation.when, &evaluation.data_from]);
    let activities = plan.activities().iter();
    let activities = activities
        .filter(|(_, activity)| !activity.is_cancelled())
        .flat_map(|(_, activity)| [&activity.start, &activity.end]);
    let stages = plan.stages().iter();
    let stages = stages.flat_map(|(_, stage)| [&stage.start, &stage.end]);
    let decisions = plan.decisions().iter().map(|(_, decision)| &decision.when);
    end.into_iter()
        .chain(materials)
        .chain(conditions)
        .chain(points)
        .chain(own_points)
        .chain(evaluation)
        .chain(activities)
        .chain(stages)
        .chain(decisions)
}

fn rhythm_parts(plan: &Plan) -> impl Iterator<Item = &RhythmPart> {
    let indicators = plan.indicators().iter();
    let indicators = indicators.map(|(_, indicator)| &indicator.when);
    let messages = plan.messages().iter().map(|(_, message)| &message.when);
    indicators
        .chain(messages)
        .filter_map(Answer::given)
        .flat_map(Rhythm::parts)
}

#[cfg(test)]
mod tests {
    use crate::finding::Argument;
    use crate::rules::testing::{NOWHERE, assert_paths, check, findings, paths};

    #[test]
    fn plan_needs_a_commissioner() {
        let at = |plan: &str| paths("opdrachtgever-ontbreekt", &format!("versie: 1\n{plan}"));
        assert_eq!(at("plan: {titel: x}"), ["plan"]);
        assert_eq!(at("plan: {titel: x, opdrachtgever: }"), ["plan"]);
        assert_eq!(at("plan: {titel: x, opdrachtgever: directie}"), NOWHERE);
        assert_eq!(at("plan: {titel: x, opdrachtgever: {a: b}}"), NOWHERE);
        assert_eq!(at("betrokken_groepen: {a: }"), [""]);
        assert_eq!(at("plan: later"), NOWHERE);
    }

    #[test]
    fn start_is_required_if_a_moment_is_relative_to_it() {
        let at = |plan: &str| paths("startdatum-ontbreekt", &format!("versie: 1\n{plan}"));
        for plan in [
            "plan: {titel: x, einde: na 2 jaar}",
            "plan: {titel: x}\nimplementatiedoelen: {a: {termijn: 3 maanden}}",
            "plan: {titel: x}\nmonitoring: {a: {wanneer: [2027-01-04, elke 3 maanden]}}",
            "plan: {titel: x}\ncommunicatieplan: {a: {wanneer: na 1 week}}",
            "plan: {titel: x}\nborging: {doorontwikkeling: {gereed: na 1 week}}",
            "plan: {titel: x}\nevaluatie: {dataverzameling_vanaf: na 1 week}",
            "plan: {titel: x}\nbeschrijving_interventie: {materialen: {a: {gereed: na 1 week}}}",
            "plan: {titel: x}\nplanning_en_budget: {etappes: {a: {einde: na 1 week}}}",
            "plan: {titel: x}\nplanning_en_budget: {beslismomenten: {a: {wanneer: na 1 week}}}",
        ] {
            assert_eq!(at(plan), ["plan"], "{plan}");
        }
        for plan in [
            "plan: {titel: x, einde: 2028-01-01}",
            "plan: {titel: x, start: morgen, einde: na 2 jaar}",
            "plan: {titel: x}\nimplementatiedoelen: {a: {termijn: 2027-01-01}}",
            "plan: {titel: x}\nplanning_en_budget: {activiteiten: {a: {start: na 1 week, status: vervallen}}}",
            "plan: x\nimplementatiedoelen: {a: {termijn: 3 maanden}}",
        ] {
            assert_eq!(at(plan), [""; 0], "{plan}");
        }
        assert_eq!(at("implementatiedoelen: {a: {termijn: 3 maanden}}"), [""]);
    }

    #[test]
    fn missing_header_answers_are_reported_at_the_root() {
        let found = findings("versie: 1\nliteratuur: {a: {kort: A, 2020}}");
        for rule in [
            "titel-ontbreekt",
            "interventie-ontbreekt",
            "organisatie-ontbreekt",
        ] {
            assert!(
                found.contains(&(rule.to_owned(), String::new())),
                "{found:?}"
            );
        }
        assert_eq!(
            paths("titel-ontbreekt", "versie: 1\nplan: {titel: ' '}"),
            ["plan"]
        );
    }

    #[test]
    fn end_is_asked_for_once_the_plan_has_a_start() {
        assert_paths(
            "einde-ontbreekt",
            |dates| format!("versie: 1\nplan: {{titel: x, {dates}}}"),
            &[
                ("start: 2027-01-04", &["plan"]),
                ("start: 2027-01-04, einde: ' '", &["plan"]),
                ("start: morgen", &["plan"]),
                ("start: 2027-01-04, einde: na 2 jaar", &[]),
                ("start: 2027-01-04, einde: later", &[]),
                ("", &[]),
            ],
        );
        assert_eq!(paths("einde-ontbreekt", "versie: 1"), [""; 0]);
    }

    #[test]
    fn foundations_rest_on_more_than_assumptions() {
        let rule = "steunt-op-aannames";
        let factors: &[&str] = &["contextanalyse.factoren"];
        assert_paths(
            rule,
            |factor| {
                format!("contextanalyse: {{factoren: {{a: {{richting: belemmerend, {factor}}}}}}}")
            },
            &[
                ("bron: aanname, invloed: 2, veranderbaar: ja", factors),
                ("bron: [aanname], invloed: 3", factors),
                ("invloed: 3", factors),
                ("bron: ' ', invloed: 3", factors),
                ("bron: [aanname, interviews], invloed: 3", &[]),
                ("bron: [interviews: 3, aanname], invloed: 3", &[]),
                ("bron: onderzoek-2020, invloed: 3", &[]),
                ("bron: aanname, invloed: 1", &[]),
                ("bron: aanname, invloed: 3, veranderbaar: nee", &[]),
                ("bron: aanname", &[]),
            ],
        );
        let groups = "a: {belang: veel, invloed: veel, bron: aanname}, b: {belang: veel, invloed: weinig, bron: aanname}";
        assert_eq!(
            paths(rule, &format!("betrokken_groepen: {{{groups}}}")),
            ["betrokken_groepen"]
        );
    }

    #[test]
    fn each_section_has_one_finding_that_names_what_rests_on_assumptions() {
        let plan = "
beschrijving_interventie: {werkzame_bestanddelen: {uitleg: , oefenen: {bron: aanname}, spelen: {bron: interviews}}}
betrokken_groepen: {a: {belang: veel, invloed: veel}, b: {belang: veel, invloed: weinig}, c: {belang: veel}}
contextanalyse: {factoren: {f: {richting: belemmerend, invloed: 2}, g: {richting: belemmerend, invloed: 3}}}
";
        let findings = check(plan);
        let named: Vec<_> = findings
            .iter()
            .filter(|finding| finding.rule.name == "steunt-op-aannames")
            .map(|finding| {
                let names = finding.arguments.iter().map(|(_, names)| names.clone());
                (finding.path.to_string(), names.collect::<Vec<_>>())
            })
            .collect();
        let list = |names: &[&str]| {
            vec![Argument::List(
                names.iter().map(ToString::to_string).collect(),
            )]
        };
        assert_eq!(
            named,
            [
                (
                    "beschrijving_interventie.werkzame_bestanddelen".to_owned(),
                    list(&["Uitleg", "Oefenen"])
                ),
                ("betrokken_groepen".to_owned(), list(&["A"])),
                ("contextanalyse.factoren".to_owned(), list(&["G", "F"])),
            ]
        );
    }
}
