//! Rules of section 6, the context analysis.

use std::collections::HashSet;

use crate::facts::links::pointing_at;
use crate::plan::context::{Factor, Level, Weight};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::{choices, is_unknown_group};
use crate::value::path;
use crate::value::{Amounts, Answer, Choice as _, YesNo};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::warning("gebruiker-zonder-contextanalyse", &["groep"], user_not_analysed)
        .resting_on(&["contextanalyse.factoren.*.groep", "contextanalyse.niet_uitgevraagd.*"]),
    Check::warning("niet-uitgevraagd-zonder-reden", &["groep"], not_asked_without_reason),
    Check::tip("werkwijze-ontbreekt", &[], methods_missing),
    Check::error("richting-ontbreekt", &["factor"], direction_missing),
    Check::error("invloed-ontbreekt", &["factor"], weight_missing),
    Check::error("veranderbaar-ontbreekt", &["factor"], changeable_missing),
    Check::tip("geen-bevorderende-factoren", &[], no_facilitators),
    Check::tip("niveau-ontbreekt", &["factor"], level_missing),
    Check::tip("niveau-niet-bekeken", &["niveaus"], levels_not_considered),
    Check::tip("geen-prioriteit", &["aantal", "invloed"], barriers_not_prioritised),
    Check::tip("te-veel-speerpunten", &["aantal"], too_many_focus_barriers),
    Check::tip("onveranderbaar-zonder-toelichting", &["factor"], unchangeable_not_explained),
];

/// Barriers and facilitators differ per user group, because each has its own tasks. So each group is consulted, or the plan
/// says why not (handreiking 6a).
fn user_not_analysed(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(context) = ctx.plan.context.given() else {
        return;
    };
    let factors = ctx.plan.factors();
    let names_its_group = |factor: &Factor| !matches!(factor.group, Answer::Unreadable);
    let is_clear = !matches!(context.factors, Answer::Unreadable)
        && !matches!(context.not_asked, Answer::Unreadable)
        && factors.is_whole()
        && factors.iter().all(|(_, factor)| names_its_group(factor));
    for user in ctx.facts.professionals().filter(|_| is_clear) {
        let was_not_asked = context
            .not_asked
            .is_given_and(|groups| groups.contains(user.id));
        if !was_not_asked && pointing_at(&ctx.facts.links.factors_of_group, user.id).is_empty() {
            sink.report_user(user);
        }
    }
}

/// A group that was not consulted should know why (handreiking 6a).
fn not_asked_without_reason(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let context = ctx.plan.context.given();
    let groups = context.and_then(|context| context.not_asked.given());
    for (group, reason) in groups.into_iter().flat_map(Amounts::iter) {
        let id: &str = group.as_ref();
        if reason.is_missing() && !is_unknown_group(ctx.plan, id) {
            sink.report(path!["contextanalyse", "niet_uitgevraagd", id])
                .with("groep", ctx.plan.groups().name(id));
        }
    }
}

/// The methods show how far the factors can be trusted (handreiking 6a).
fn methods_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let context = ctx.plan.context.given();
    if context.is_some_and(|context| context.methods.is_missing()) {
        sink.report(path!["contextanalyse"]);
    }
}

/// Each factor is a barrier, which needs a strategy, or a facilitator, which a strategy can use (handreiking 6).
fn direction_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    factor_without(ctx, sink, |factor| factor.direction.is_missing());
}

/// Each barrier needs a weight: the heaviest come first (handreiking 6b).
fn weight_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    factor_without(ctx, sink, |factor| {
        factor.is_barrier() && factor.weight.is_missing()
    });
}

/// The plan says of each barrier whether it can be changed: the plan is about those that can (handreiking 6c).
fn changeable_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    factor_without(ctx, sink, |factor| {
        factor.is_barrier() && factor.changeable.is_missing()
    });
}

/// Each factor names its level, so that none of the five levels is overlooked (handreiking 6).
fn level_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    factor_without(ctx, sink, |factor| factor.level.is_missing());
}

/// The heaviest unchangeable barriers stay in the way: the plan explains how to cope with them (handreiking 6c).
fn unchangeable_not_explained(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    factor_without(ctx, sink, |factor| {
        factor.is_barrier()
            && factor.weight.is(&Weight::Heavy)
            && factor.changeable.is(&YesNo::No)
            && factor.explanation.is_missing()
    });
}

fn factor_without(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>, lacks: fn(&Factor) -> bool) {
    let parent = path!["contextanalyse", "factoren"];
    sink.report_each(ctx.plan.factors(), &parent, "factor", lacks);
}

/// There are always facilitators, and using them costs nothing (handreiking 6).
fn no_facilitators(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let factors = ctx.plan.factors();
    let all_are_barriers =
        factors.is_whole() && factors.iter().all(|(_, factor)| factor.is_barrier());
    if !factors.is_empty() && all_are_barriers {
        sink.report(path!["contextanalyse", "factoren"]);
    }
}

/// Factors are spread over five levels. If three of them have no factors, nobody has looked there (handreiking 6).
fn levels_not_considered(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let factors = ctx.plan.factors();
    let levels: Option<HashSet<Level>> = factors
        .iter()
        .map(|(_, factor)| factor.level.given().copied())
        .collect();
    let Some(levels) = levels.filter(|_| factors.is_whole() && !factors.is_empty()) else {
        return;
    };
    let unseen = Level::ALL.iter().filter(|level| !levels.contains(level));
    let unseen: Vec<&Level> = unseen.collect();
    if unseen.len() >= 3
        && let Some(names) = choices(unseen.into_iter())
    {
        sink.report(path!["contextanalyse", "factoren"])
            .with("niveaus", names);
    }
}

/// Four or more barriers of equal weight have not been prioritised, which leaves the plan without focus (handreiking 6b).
fn barriers_not_prioritised(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let factors = ctx.plan.factors();
    let directions_are_known = factors.is_whole()
        && factors
            .iter()
            .all(|(_, factor)| factor.direction.given().is_some());
    let barriers = factors.iter().filter(|(_, factor)| factor.is_barrier());
    let weights: Option<Vec<Weight>> = barriers
        .map(|(_, factor)| factor.weight.given().copied())
        .collect();
    let Some(weights) = weights.filter(|_| directions_are_known) else {
        return;
    };
    if let Some(first) = weights.first()
        && weights.len() >= 4
        && weights.iter().all(|weight| weight == first)
    {
        sink.report(path!["contextanalyse", "factoren"])
            .with("aantal", weights.len())
            .with("invloed", first.name());
    }
}

/// A plan about everything is about nothing: nobody can tackle more than seven barriers at a time (handreiking 6b).
fn too_many_focus_barriers(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let count = ctx.facts.focus_barriers.len();
    if count > 7 {
        sink.report(path!["contextanalyse", "factoren"])
            .with("aantal", count);
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Display;

    use crate::rules::testing::{NOWHERE, assert_paths, paths};

    const FACTORS: [&str; 1] = ["contextanalyse.factoren"];
    const WITHOUT_FACTORS: &str = "contextanalyse: {werkwijze: interviews}";

    fn factors(rows: &[impl Display]) -> String {
        let rows = rows.iter().enumerate();
        let rows = rows.map(|(nr, row)| format!("\n    f{nr}: {{{row}}}"));
        format!("contextanalyse:\n  factoren:{}\n", rows.collect::<String>())
    }

    #[test]
    fn user_groups_need_factors_or_a_reason_for_having_none() {
        let plan = |context: &str| {
            format!(
                "betrokken_groepen: {{p: {{rol: uitvoerder}}, q: {{rol: leidinggevende}}, k: {{rol: profijtgroep}}, x: }}
gebruikers: {{p: , q: , k: , x: , y: }}
contextanalyse: {context}"
            )
        };
        let rule = "gebruiker-zonder-contextanalyse";
        let q: &[&str] = &["gebruikers.q"];
        #[rustfmt::skip]
        let cases: &[(&str, &[&str])] = &[
            ("{factoren: {f: {groep: p}}}", q),
            ("{factoren: {f: , g: {groep: p}}, niet_uitgevraagd: {k: Nog niet}}", q),
            ("{niet_uitgevraagd: {p: Nog niet}}", q),
            ("{werkwijze: interviews}", &["gebruikers.p", "gebruikers.q"]),
            ("", &[]),
            ("later", &[]),
            ("{factoren: later}", &[]),
            ("{factoren: {f: {groep: [p, q]}}}", &[]),
            ("{factoren: {f: {groep: p}, g: later}}", &[]),
            ("{factoren: {f: {groep: p}}, niet_uitgevraagd: [q]}", &[]),
            ("{factoren: {f: {groep: p}}, niet_uitgevraagd: {q: }}", &[]),
        ];
        assert_paths(rule, plan, cases);
        let no_section = plan("").replace("contextanalyse: ", "");
        assert_eq!(paths(rule, &no_section), NOWHERE);
    }

    #[test]
    fn groups_left_out_of_the_context_analysis_need_a_reason() {
        let rule = "niet-uitgevraagd-zonder-reden";
        let context =
            "contextanalyse: {niet_uitgevraagd: {p: , q: ' ', r: Nog niet, s: [a], t: }}\n";
        let of = |ids: [&str; 3]| ids.map(|id| format!("contextanalyse.niet_uitgevraagd.{id}"));
        assert_eq!(paths(rule, context), of(["p", "q", "t"]));
        let with_groups = format!("betrokken_groepen: {{p: , q: , r: , s: }}\n{context}");
        assert_eq!(paths(rule, &with_groups), of(["p", "q", "t"])[..2]);
    }

    #[test]
    fn only_barriers_need_influence_and_changeability() {
        let plan = factors(&[
            "richting: belemmerend",
            "richting: bevorderend",
            "",
            "richting: remmend",
            "richting: belemmerend, invloed: 4, veranderbaar: misschien",
        ]);
        for (rule, path) in [
            ("richting-ontbreekt", "contextanalyse.factoren.f2"),
            ("invloed-ontbreekt", "contextanalyse.factoren.f0"),
            ("veranderbaar-ontbreekt", "contextanalyse.factoren.f0"),
        ] {
            assert_eq!(paths(rule, &plan), [path]);
        }
    }

    #[test]
    fn factor_with_unknown_direction_may_be_a_facilitator() {
        let rule = "geen-bevorderende-factoren";
        let barrier = "richting: belemmerend";
        assert_eq!(paths(rule, &factors(&[barrier, barrier])), FACTORS);
        for other in ["richting: bevorderend", "richting: remmend", "invloed: 2"] {
            assert_eq!(paths(rule, &factors(&[barrier, other])), NOWHERE, "{other}");
        }
        assert_eq!(paths(rule, WITHOUT_FACTORS), NOWHERE);
    }

    #[test]
    fn two_levels_without_factors_are_allowed() {
        assert_paths(
            "niveau-niet-bekeken",
            |third| factors(&["niveau: gebruiker", "niveau: organisatie", third]),
            &[
                ("niveau: gebruiker", &FACTORS),
                ("niveau: interventie", &[]),
                ("", &[]),
                ("niveau: team", &[]),
            ],
        );
        assert_eq!(paths("niveau-niet-bekeken", WITHOUT_FACTORS), NOWHERE);
    }

    #[test]
    fn four_barriers_need_different_influence() {
        let rule = "geen-prioriteit";
        let of = |weights: &[&str]| {
            let rows = weights.iter();
            let rows = rows.map(|weight| format!("richting: belemmerend, invloed: {weight}"));
            factors(&rows.collect::<Vec<_>>())
        };
        assert_eq!(paths(rule, &of(&["2"; 4])), FACTORS);
        for weights in [
            &["2", "2", "2"][..],
            &["2", "2", "2", "3"],
            &["2", "2", "2", "2", ""],
        ] {
            assert_eq!(paths(rule, &of(weights)), NOWHERE, "{weights:?}");
        }
        let helps = of(&["2"; 3]) + "    g: {richting: bevorderend, invloed: 2}\n";
        assert_eq!(paths(rule, &helps), NOWHERE);
        let unknown = of(&["2"; 4]) + "    g: {invloed: 3}\n";
        assert_eq!(paths(rule, &unknown), NOWHERE);
    }

    #[test]
    fn seven_focus_barriers_are_allowed() {
        let rule = "te-veel-speerpunten";
        let focus = "richting: belemmerend, invloed: 2, veranderbaar: ja";
        assert_eq!(paths(rule, &factors(&[focus; 7])), NOWHERE);
        assert_eq!(paths(rule, &factors(&[focus; 8])), FACTORS);
        let fixed = factors(&[focus; 7])
            + "    g: {richting: belemmerend, invloed: 3, veranderbaar: nee}\n";
        assert_eq!(paths(rule, &fixed), NOWHERE);
    }

    #[test]
    fn only_heavy_unchangeable_barriers_need_an_explanation() {
        let plan = factors(&[
            "richting: belemmerend, invloed: 3, veranderbaar: nee",
            "richting: belemmerend, invloed: 2, veranderbaar: nee",
            "richting: belemmerend, invloed: 3, veranderbaar: ja",
            "richting: belemmerend, invloed: 3",
            "richting: bevorderend, invloed: 3, veranderbaar: nee",
            "richting: belemmerend, invloed: 3, veranderbaar: nee, toelichting: Wij spreken af wat kan.",
        ]);
        assert_eq!(
            paths("onveranderbaar-zonder-toelichting", &plan),
            ["contextanalyse.factoren.f0"]
        );
    }
}
