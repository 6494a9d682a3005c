//! Rules about the stages, from pilot to everywhere, and the decisions between them.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::plan::budget::{Activity, Decision, Stage, StageKind};
use crate::plan::stakeholders::StakeholderRole;
use crate::rules::check::{FindingSink, RuleContext};
use crate::rules::support::missing;
use crate::value::path;
use crate::value::path::Path;
use crate::value::{Amounts, Answer};

/// The size from which a group should not begin all at once.
const LARGE_GROUP: u32 = 20;

/// The number of implementers from which they can learn from each other.
const SMALL_PILOT: u32 = 3;

/// A pilot shows on a small scale what works, before many people depend on it (Toolkit 0.2).
pub(super) fn no_pilot(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(budget) = ctx.plan.budget.given() else {
        return;
    };
    match &budget.stages {
        Answer::Given(_) => {
            let stages = ctx.plan.stages();
            let may_be_pilot = |stage: &Stage| {
                stage.kind.is(&StageKind::Pilot) || matches!(stage.kind, Answer::Unreadable)
            };
            if stages.is_whole() && !stages.iter().any(|(_, stage)| may_be_pilot(stage)) {
                sink.report(path!["planning_en_budget", "etappes"]);
            }
        }
        Answer::Missing => {
            let groups = ctx.plan.groups();
            let is_large = |id: &str| {
                let group = groups.get(id);
                group.is_some_and(|it| it.size.is_given_and(|size| size.value() >= LARGE_GROUP))
            };
            let users = ctx.facts.professionals();
            let large = users.filter(|user| is_large(user.id));
            let names: Vec<_> = large.map(|user| user.name.clone()).collect();
            if !names.is_empty() {
                sink.report(path!["planning_en_budget"])
                    .with("groepen", names);
            }
        }
        Answer::Unreadable => {}
    }
}

/// One or two implementers cannot support each other, and show little about the rest (leerkring).
pub(super) fn pilot_too_small(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let (stages, groups) = (ctx.plan.stages(), ctx.plan.groups());
    let is_implementer = |id: &str| {
        let group = groups.get(id);
        group.is_some_and(|group| group.role.is(&StakeholderRole::Implementer))
    };
    for (id, stage) in stages.iter().filter(|(_, stage)| is_pilot(stage)) {
        for (group, people) in stage.groups.given().into_iter().flat_map(Amounts::iter) {
            let Some(people) = people.given().filter(|people| people.value() < SMALL_PILOT) else {
                continue;
            };
            if is_implementer(group.as_ref()) {
                sink.report(stage_path(id).join("groepen").join(group.as_str()))
                    .with("etappe", stages.name(id))
                    .with("groep", groups.name(group.as_ref()))
                    .with("aantal", people.value() as usize);
            }
        }
    }
}

fn is_pilot(stage: &Stage) -> bool {
    stage.kind.is(&StageKind::Pilot)
}

/// Between a pilot and what follows it, somebody decides whether and how to go on: otherwise the pilot was for nothing
/// (Toolkit 0.2). Of several pilots, the last to end before the stage counts.
pub(super) fn extension_without_decision(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(decided) = decision_days(ctx) else {
        return;
    };
    let stages = ctx.plan.stages();
    let days = |id: &str| {
        let days = ctx.facts.stages.get(id)?;
        (!days.is_reversed()).then_some(*days)
    };
    let pilots = stages.iter().filter(|(_, stage)| is_pilot(stage));
    let mut pilots: Vec<(Date, &str)> = pilots
        .filter_map(|(id, _)| Some((days(id)?.end?, id)))
        .collect();
    pilots.sort_by_key(|(end, _)| *end);
    let follows = |stage: &Stage| {
        stage.kind.is(&StageKind::Extension) || stage.kind.is(&StageKind::Everywhere)
    };
    for (id, _) in stages.iter().filter(|(_, stage)| follows(stage)) {
        let Some(start) = days(id).and_then(|days| days.start) else {
            continue;
        };
        let ended = pilots.partition_point(|(end, _)| *end <= start);
        let Some((end, pilot)) = ended.checked_sub(1).and_then(|last| pilots.get(last)) else {
            continue;
        };
        let next = decided.partition_point(|day| day < end);
        if decided.get(next).is_none_or(|day| *day > start) {
            sink.report(stage_path(id))
                .with("etappe", stages.name(id))
                .with("begint", start)
                .with("proef", stages.name(pilot))
                .with("eindigt", *end);
        }
    }
}

/// The days of all decisions, in order; `None` if a day is unknown: it may be any.
fn decision_days(ctx: &RuleContext<'_>) -> Option<Vec<Date>> {
    let budget = ctx.plan.budget.given()?;
    if budget.decisions == Answer::Unreadable || !ctx.plan.decisions().is_whole() {
        return None;
    }
    let days = ctx.facts.decisions.values().copied();
    let mut days: Vec<Date> = days.collect::<Option<_>>()?;
    days.sort_unstable();
    Some(days)
}

/// A decision is taken only if it is clear when, by whom and on what grounds.
pub(super) fn incomplete_decision(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let decisions = ctx.plan.decisions();
    let missing = |decision: &Decision| {
        missing(&[
            ("wanneer", decision.when.is_missing()),
            ("beslisser", decision.deciders.is_missing()),
            ("criteria", decision.criteria.is_missing()),
        ])
    };
    for (id, decision) in decisions.iter() {
        if let Some(missing) = missing(decision) {
            sink.report(path!["planning_en_budget", "beslismomenten", id])
                .with("beslismoment", decisions.name(id))
                .with("ontbreekt", missing);
        }
    }
}

/// In a stage without activities, nothing happens. Without any activities, `activiteiten-ontbreken` reports it.
pub(super) fn stage_without_activity(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let (stages, activities) = (ctx.plan.stages(), ctx.plan.activities());
    let is_readable = |activity: &Activity| !matches!(activity.stage, Answer::Unreadable);
    if activities.is_empty()
        || !activities.is_whole()
        || !activities.iter().all(|(_, activity)| is_readable(activity))
    {
        return;
    }
    let scheduled = ctx.facts.activities.values();
    let named = scheduled.filter_map(|scheduled| scheduled.activity.stage.given());
    let named: HashSet<&str> = named.map(AsRef::as_ref).collect();
    for (id, _) in stages.iter().filter(|(id, _)| !named.contains(id)) {
        sink.report(stage_path(id)).with("etappe", stages.name(id));
    }
}

fn stage_path(id: &str) -> Path {
    path!["planning_en_budget", "etappes", id]
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{NOWHERE, assert_paths, paths};

    const GROUPS: &str = "betrokken_groepen:
  artsen: {rol: uitvoerder, omvang: 20}
  teamleiders: {rol: leidinggevende, omvang: 19}
  patienten: {rol: profijtgroep, omvang: 4000}
gebruikers: {artsen: , teamleiders: , patienten: }
";

    #[test]
    fn stages_or_a_large_group_of_users_need_a_pilot() {
        let (section, stages): (&[&str], &[&str]) =
            (&["planning_en_budget"], &["planning_en_budget.etappes"]);
        assert_paths(
            "proef-ontbreekt",
            |budget| format!("{GROUPS}planning_en_budget: {{{budget}}}"),
            &[
                ("baten: Rust.", section),
                ("etappes: {}, baten: Rust.", section),
                ("etappes: {a: }", stages),
                (
                    "etappes: {a: {soort: overal}, b: {soort: uitbreiding}}",
                    stages,
                ),
                ("etappes: {a: {soort: overal}, b: {soort: proef}}", &[]),
                ("etappes: {a: {soort: klein}}", &[]),
                ("etappes: {a: klein}", &[]),
                ("etappes: klein", &[]),
            ],
        );
        let small = GROUPS.replace("omvang: 20", "omvang: 19");
        let plan = format!("{small}planning_en_budget: {{baten: Rust.}}");
        assert_eq!(paths("proef-ontbreekt", &plan), NOWHERE);
        assert_eq!(paths("proef-ontbreekt", GROUPS), NOWHERE);
    }

    #[test]
    fn pilot_needs_three_implementers() {
        let few: &[&str] = &["planning_en_budget.etappes.p.groepen.artsen"];
        assert_paths(
            "proef-te-klein",
            |stage| format!("{GROUPS}planning_en_budget: {{etappes: {{p: {{{stage}}}}}}}"),
            &[
                ("soort: proef, groepen: {artsen: 2}", few),
                ("soort: proef, groepen: {artsen: 3}", &[]),
                ("soort: proef, groepen: {artsen: veel}", &[]),
                ("soort: proef, groepen: {artsen: }", &[]),
                ("soort: proef, groepen: {teamleiders: 1, patienten: 2}", &[]),
                ("soort: proef, groepen: {onbekend: 1}", &[]),
                ("soort: proef", &[]),
                ("soort: uitbreiding, groepen: {artsen: 2}", &[]),
                ("groepen: {artsen: 2}", &[]),
            ],
        );
    }

    #[test]
    fn extension_needs_a_decision_after_the_pilot() {
        let at: &[&str] = &["planning_en_budget.etappes.breed"];
        let pilot = "p: {soort: proef, start: 2027-02-01, einde: 2027-05-31}";
        let wide = "breed: {soort: uitbreiding, start: 2027-07-01, einde: 2027-12-31}";
        let plan = |pilots: &str, wide: &str, decisions: &str| {
            format!(
                "planning_en_budget: {{etappes: {{{pilots}, {wide}}}, beslismomenten: {{{decisions}}}}}"
            )
        };
        let rule = "uitbreiding-zonder-besluit";
        let with_decisions = |decisions: &str| plan(pilot, wide, decisions);
        assert_paths(
            rule,
            with_decisions,
            &[
                ("", at),
                ("a: {wanneer: 2027-05-30}", at),
                ("a: {wanneer: 2027-05-31}", &[]),
                ("a: {wanneer: 2027-07-01}", &[]),
                ("a: {wanneer: 2027-07-02}", at),
                ("a: {wanneer: 2027-04-01}, b: {wanneer: 2027-06-01}", &[]),
                // The day may be between the two.
                ("a: {wanneer: 2027-04-01}, b: ", &[]),
                ("a: {wanneer: snel}", &[]),
                ("a: snel", &[]),
            ],
        );
        let second = format!("{pilot}, q: {{soort: proef, einde: 2027-06-30}}");
        let between = "a: {wanneer: 2027-06-15}";
        assert_eq!(paths(rule, &plan(&second, wide, between)), at);
        for (pilots, wide) in [
            (pilot, wide.replace("2027-07-01", "2027-05-30")),
            (pilot, wide.replace("2027-07-01", "")),
            (pilot, wide.replace("uitbreiding", "proef")),
            (pilot, wide.replace("uitbreiding", "x")),
            (pilot, wide.replace("2027-12-31", "2027-06-01")),
            ("p: {soort: proef}", wide.to_owned()),
        ] {
            assert_eq!(paths(rule, &plan(pilots, &wide, "")), NOWHERE, "{wide}");
        }
        let everywhere = wide
            .replace("uitbreiding", "overal")
            .replace("07-01", "05-31");
        assert_eq!(paths(rule, &plan(pilot, &everywhere, "")), at);
        let unreadable = plan(pilot, wide, "").replace("{}", "later");
        assert_eq!(paths(rule, &unreadable), NOWHERE);
    }

    #[test]
    fn incomplete_decision_is_one_finding() {
        let at: &[&str] = &["planning_en_budget.beslismomenten.door"];
        assert_paths(
            "beslismoment-onvolledig",
            |decision| format!("planning_en_budget: {{beslismomenten: {{door: {decision}}}}}"),
            &[
                ("", at),
                ("{wanneer: na 6 maanden, beslisser: bestuur}", at),
                ("{wanneer: na 6 maanden, criteria: De norm is gehaald.}", at),
                ("{beslisser: bestuur, criteria: x}", at),
                (
                    "{wanneer: na 6 maanden, beslisser: bestuur, criteria: x}",
                    &[],
                ),
                ("{wanneer: snel, beslisser: bestuur, criteria: x}", &[]),
            ],
        );
    }

    #[test]
    fn stage_needs_an_activity_that_is_not_cancelled() {
        let at: &[&str] = &["planning_en_budget.etappes.p"];
        assert_paths(
            "etappe-zonder-activiteit",
            |activities| {
                format!("planning_en_budget: {{etappes: {{p: }}, activiteiten: {activities}}}")
            },
            &[
                ("{a: }", at),
                ("{a: {etappe: p, status: vervallen}}", at),
                ("{a: {etappe: p}}", &[]),
                ("{a: {etappe: q}}", &[]),
                ("{a: {etappe: [p]}}", &[]),
                ("{a: later}", &[]),
                ("later", &[]),
                ("", &[]),
            ],
        );
    }
}
