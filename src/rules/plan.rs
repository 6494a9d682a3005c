//! Rules about the plan as a whole: the cover, and rules that belong to no single section.

use crate::facts::Quadrant;
use crate::finding::{Argument, Findings, Rule, Severity};
use crate::plan::sustainment::Sustainment;
use crate::plan::{Header, Plan, PlanStatus};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::value::path;
use crate::value::path::Path;
use crate::value::{Answer, Moment, OneOrMany, Rhythm, RhythmPart, SourceRef, Term};

/// The rules of the plan as a whole.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("startdatum-ontbreekt", &[], start_missing),
    Check::warning("titel-ontbreekt", &[], title_missing),
    Check::warning("interventie-ontbreekt", &[], intervention_missing),
    Check::warning("organisatie-ontbreekt", &[], organisation_missing),
    Check::tip("steunt-op-aannames", &["soort", "naam"], rests_on_assumption),
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

/// The foundations of a plan should rest on more than assumptions: the focus barriers, the groups in quadrant A and the active
/// ingredients. The handreiking's example marks statements without data.
fn rests_on_assumption(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let (plan, facts) = (ctx.plan, ctx.facts);
    let barriers = facts.focus_barriers.iter().filter_map(|id| {
        let sources = &plan.factors().get(id)?.sources;
        Some((
            "speerpunt",
            plan.factors().name(id),
            sources,
            path!["contextanalyse", "factoren", *id, "bron"],
        ))
    });
    let quadrants = facts.quadrants.iter();
    let key_groups = quadrants.filter(|(_, quadrant)| **quadrant == Quadrant::Collaborate);
    let groups = key_groups.filter_map(|(id, _)| {
        let sources = &plan.groups().get(id)?.sources;
        Some((
            "groep",
            plan.groups().name(id),
            sources,
            path!["betrokken_groepen", *id, "bron"],
        ))
    });
    let ingredients = plan.active_ingredients().iter().map(|(id, ingredient)| {
        let path = path![
            "beschrijving_interventie",
            "werkzame_bestanddelen",
            id,
            "bron"
        ];
        (
            "bestanddeel",
            plan.active_ingredients().name(id),
            &ingredient.sources,
            path,
        )
    });
    let all = barriers.chain(groups).chain(ingredients);
    for (kind, name, _, path) in all.filter(|(_, _, sources, _)| is_assumption(sources)) {
        let kind = Argument::Choice("steunt_op_aanname", kind.to_owned());
        sink.report(path).with("soort", kind).with("naam", name);
    }
}

fn is_assumption(sources: &Answer<OneOrMany<SourceRef>>) -> bool {
    let all = sources.all();
    sources.is_whole() && !all.is_empty() && all.iter().all(SourceRef::is_assumption)
}

/// Reports `vastgesteld-met-fouten`. Runs after all other rules, because it counts their errors.
pub fn adopted_with_errors(ctx: &RuleContext<'_>, findings: &mut Findings) {
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    let header = ctx.plan.header.given();
    if errors > 0 && header.is_some_and(|header| header.status.is(&PlanStatus::Adopted)) {
        findings
            .add(&ADOPTED_WITH_ERRORS, path!["plan", "status"])
            .with("fouten", errors);
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
    end.into_iter()
        .chain(conditions)
        .chain(points)
        .chain(own_points)
        .chain(evaluation)
        .chain(activities)
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
    use crate::rules::testing::{assert_paths, findings, paths};

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
    fn assumption_is_reported_if_it_is_the_only_source_of_something_important() {
        let rule = "steunt-op-aannames";
        let source: &[&str] = &["contextanalyse.factoren.a.bron"];
        assert_paths(
            rule,
            |factor| {
                format!("contextanalyse: {{factoren: {{a: {{richting: belemmerend, {factor}}}}}}}")
            },
            &[
                ("bron: aanname, invloed: 2, veranderbaar: ja", source),
                ("bron: [aanname], invloed: 3", source),
                ("bron: [aanname, interviews], invloed: 3", &[]),
                ("bron: [interviews: 3, aanname], invloed: 3", &[]),
                ("bron: aanname, invloed: 1", &[]),
                ("bron: aanname, invloed: 3, veranderbaar: nee", &[]),
            ],
        );
        let groups = "a: {belang: veel, invloed: veel, bron: aanname}, b: {belang: veel, invloed: weinig, bron: aanname}";
        assert_eq!(
            paths(rule, &format!("betrokken_groepen: {{{groups}}}")),
            ["betrokken_groepen.a.bron"]
        );
    }
}
