//! Rules about the plan as a whole: the cover, and what belongs to no one section.

use crate::facts::Quadrant;
use crate::finding::{Argument, Findings, Rule, Severity};
use crate::plan::budget::{Activity, ActivityStatus};
use crate::plan::sustainment::Sustainment;
use crate::plan::{Header, Plan, PlanStatus};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::value::path;
use crate::value::path::Path;
use crate::value::{Answer, Moment, OneOrMany, Rhythm, RhythmPart, SourceRef, Term};

/// The rules of the plan as a ctx.
pub const RULES: &[Check] = &[
    Check::error("startdatum-ontbreekt", &[], start_missing),
    Check::warning("titel-ontbreekt", &[], title_missing),
    Check::warning("interventie-ontbreekt", &[], intervention_missing),
    Check::warning("organisatie-ontbreekt", &[], organisation_missing),
    Check::tip(
        "steunt-op-aannames",
        &["soort", "naam"],
        rests_on_assumption,
    ),
    Check::elsewhere(ADOPTED_WITH_ERRORS),
];

/// Who adopts a plan says that it can do its work; a fout says that it cannot (our own).
const ADOPTED_WITH_ERRORS: Rule =
    Rule::new("vastgesteld-met-fouten", Severity::Warning, &["fouten"]);

/// A term of "3 maanden" is a day only if one knows from which day to count (handreiking 12).
fn start_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if counts_from_start(ctx.plan) {
        missing_in_header(ctx.plan, sink, |header| header.start.is_missing());
    }
}

/// A plan has a title that its readers know it by (handreiking).
fn title_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    missing_in_header(ctx.plan, sink, |header| header.title.is_missing());
}

/// A plan says which intervention it brings in (handreiking).
fn intervention_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    missing_in_header(ctx.plan, sink, |header| header.intervention.is_missing());
}

/// A plan says in which organisation (handreiking).
fn organisation_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    missing_in_header(ctx.plan, sink, |header| header.organisations.is_missing());
}

/// What the plan is built on should rest on more than an assumption: the focus barriers, the groups to work with most
/// closely, and what makes the intervention work. The handreiking's example marks what rests on no data.
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
    let close = facts
        .quadrants
        .iter()
        .filter(|(_, quadrant)| **quadrant == Quadrant::Collaborate);
    let groups = close.filter_map(|(id, _)| {
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
    for (kind, name, _, path) in barriers
        .chain(groups)
        .chain(ingredients)
        .filter(|(_, _, sources, _)| is_assumption(sources))
    {
        sink.report(path)
            .with(
                "soort",
                Argument::Choice("steunt_op_aanname", kind.to_owned()),
            )
            .with("naam", name);
    }
}

fn is_assumption(sources: &Answer<OneOrMany<SourceRef>>) -> bool {
    let all = sources.all();
    sources.is_whole() && !all.is_empty() && all.iter().all(SourceRef::is_assumption)
}

/// `vastgesteld-met-fouten`: an adopted plan that cannot do its work. Seen when all other findings are known.
pub fn adopted_with_errors(ctx: &RuleContext<'_>, findings: &mut Findings) {
    let errors = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .count();
    if errors > 0
        && ctx
            .plan
            .header
            .is_given_and(|header| header.status.is(&PlanStatus::Adopted))
    {
        findings
            .add(&ADOPTED_WITH_ERRORS, path!["plan", "status"])
            .with("fouten", errors);
    }
}

/// What the cover lacks stands at the cover, and at the top of the plan if there is no cover.
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

/// Whether any day in the plan depends on `plan.start`.
fn counts_from_start(plan: &Plan) -> bool {
    moments(plan)
        .filter_map(Answer::given)
        .any(|moment| moment.counts_from_start())
        || plan
            .goals()
            .iter()
            .filter_map(|(_, goal)| goal.term.given())
            .any(|term: &Term| term.counts_from_start())
        || rhythm_parts(plan).any(|part| part.counts_from_start())
}

fn moments(plan: &Plan) -> impl Iterator<Item = &Answer<Moment>> {
    let end = plan.header.given().map(|header| &header.end);
    let conditions = plan
        .conditions()
        .iter()
        .map(|(_, condition)| &condition.due);
    let points = plan
        .sustainment
        .given()
        .into_iter()
        .flat_map(Sustainment::points);
    let points = points.filter_map(|(_, point)| Some(&point.given()?.due));
    let own_points = plan.own_points().iter().map(|(_, point)| &point.due);
    let evaluation = plan
        .evaluation
        .given()
        .into_iter()
        .flat_map(|evaluation| [&evaluation.when, &evaluation.data_from]);
    let activities = plan
        .activities()
        .iter()
        .filter(|(_, activity)| !is_cancelled(activity));
    let activities = activities.flat_map(|(_, activity)| [&activity.start, &activity.end]);
    end.into_iter()
        .chain(conditions)
        .chain(points)
        .chain(own_points)
        .chain(evaluation)
        .chain(activities)
}

fn rhythm_parts(plan: &Plan) -> impl Iterator<Item = &RhythmPart> {
    let indicators = plan
        .indicators()
        .iter()
        .map(|(_, indicator)| &indicator.when);
    let messages = plan.messages().iter().map(|(_, message)| &message.when);
    indicators
        .chain(messages)
        .filter_map(Answer::given)
        .flat_map(Rhythm::parts)
}

fn is_cancelled(activity: &Activity) -> bool {
    activity.status.is(&ActivityStatus::Cancelled)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{findings, paths};

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
        let at = |plan: &str| paths("steunt-op-aannames", plan);
        let factor = |bron: &str, more: &str| {
            at(&format!(
                "contextanalyse: {{factoren: {{a: {{richting: belemmerend, bron: {bron}, {more}}}}}}}"
            ))
        };
        assert_eq!(
            factor("aanname", "invloed: 2, veranderbaar: ja"),
            ["contextanalyse.factoren.a.bron"]
        );
        assert_eq!(
            factor("[aanname]", "invloed: 3"),
            ["contextanalyse.factoren.a.bron"]
        );
        assert_eq!(factor("[aanname, interviews]", "invloed: 3"), [""; 0]);
        assert_eq!(factor("[interviews: 3, aanname]", "invloed: 3"), [""; 0]);
        assert_eq!(factor("aanname", "invloed: 1"), [""; 0]);
        assert_eq!(factor("aanname", "invloed: 3, veranderbaar: nee"), [""; 0]);
        let groups = "a: {belang: veel, invloed: veel, bron: aanname}, b: {belang: veel, invloed: weinig, bron: aanname}";
        assert_eq!(
            at(&format!("betrokken_groepen: {{{groups}}}")),
            ["betrokken_groepen.a.bron"]
        );
    }
}
