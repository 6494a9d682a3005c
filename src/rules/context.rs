//! Rules of section 6, the context analysis.

use std::collections::HashSet;

use crate::facts::Quadrant;
use crate::facts::links::pointing_at;
use crate::finding::Severity;
use crate::plan::context::{Context, Factor, FactorDirection, Level, Weight};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::{choices, is_unknown_group};
use crate::value::path;
use crate::value::{Amounts, Answer, Choice as _, YesNo};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::warning("gebruiker-zonder-contextanalyse", &["groep", "groepen"], group_not_analysed)
        .resting_on(&["contextanalyse.factoren.*.groep", "contextanalyse.niet_uitgevraagd.*"]),
    Check::error("factoren-ontbreken", &[], factors_missing).resting_on(&["contextanalyse.niet_uitgevraagd.*"]),
    Check::warning("niet-uitgevraagd-zonder-reden", &["groep"], not_asked_without_reason),
    Check::tip("werkwijze-ontbreekt", &[], methods_missing),
    Check::error("richting-ontbreekt", &["factor"], direction_missing),
    Check::error("invloed-ontbreekt", &["factor", "veranderbaar"], weight_missing),
    Check::error("veranderbaar-ontbreekt", &["factor"], changeable_missing),
    Check::tip("geen-bevorderende-factoren", &[], no_facilitators),
    Check::tip("niveau-ontbreekt", &["factor"], level_missing),
    Check::tip("niveau-niet-bekeken", &["niveaus"], levels_not_considered),
    Check::tip("geen-prioriteit", &["aantal", "invloed"], barriers_not_prioritised),
    Check::tip("te-veel-speerpunten", &["aantal"], too_many_focus_barriers),
    Check::warning("alles-onveranderbaar", &["aantal"], nothing_can_be_changed),
    Check::tip("onveranderbaar-zonder-toelichting", &["factor"], unchangeable_not_explained),
];

/// Barriers and facilitators differ per group, because each has its own tasks. So each user group is consulted, or the plan says
/// why not (handreiking 6a). The other groups with much interest have useful insights too (handreiking 3).
fn group_not_analysed(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(context) = ctx.plan.context.given() else {
        return;
    };
    let factors = ctx.plan.factors();
    let names_its_group = |factor: &Factor| !matches!(factor.group, Answer::Unreadable);
    let is_clear = !factors.is_empty()
        && !matches!(context.not_asked, Answer::Unreadable)
        && factors.is_whole()
        && factors.iter().all(|(_, factor)| names_its_group(factor));
    if !is_clear {
        return;
    }
    let is_overlooked = |id: &str| {
        let not_asked = &context.not_asked;
        let was_not_asked = not_asked.is_given_and(|groups| groups.contains(id));
        !was_not_asked && pointing_at(&ctx.facts.links.factors_of_group, id).is_empty()
    };
    for user in ctx.facts.professionals() {
        if is_overlooked(user.id) {
            sink.report_user(user);
        }
    }
    let (groups, users) = (ctx.plan.groups(), ctx.plan.users());
    // An unknown user group may have meant any of the others.
    if users.is_empty() || !users.ids().all(|id| groups.contains(id)) {
        return;
    }
    let has_much_interest =
        |quadrant: &Quadrant| matches!(quadrant, Quadrant::Collaborate | Quadrant::Consult);
    let quadrants = ctx.facts.quadrants.iter();
    let others = quadrants.filter(|(id, quadrant)| {
        has_much_interest(quadrant) && !users.contains(id) && is_overlooked(id)
    });
    let names: Vec<_> = others.map(|(id, _)| groups.name(id)).collect();
    if !names.is_empty() {
        sink.report(path!["betrokken_groepen"])
            .severity(Severity::Tip)
            .with("groepen", names);
    }
}

/// A context analysis is about what hinders and helps (handreiking 6). Without any factor there is nothing to aim strategies at,
/// unless the plan says of each user group why it was not asked yet.
fn factors_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let context = ctx.plan.context.given();
    let Some(context) = context.filter(|context| context.factors.is_missing()) else {
        return;
    };
    let is_explained = |id: &str| match &context.not_asked {
        Answer::Given(groups) => {
            let mut groups = groups.iter();
            groups.any(|(group, reason)| group.as_ref() == id && !reason.is_missing())
        }
        Answer::Missing => false,
        Answer::Unreadable => true,
    };
    let mut users = ctx
        .facts
        .users
        .values()
        .filter(|user| !user.is_beneficiary())
        .peekable();
    let may_wait = users.peek().is_some() && users.all(|user| is_explained(user.id));
    let finding = sink.report(path!["contextanalyse"]);
    if may_wait {
        finding.severity(Severity::Warning);
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
    let has_no_methods =
        |context: &Context| !context.factors.is_missing() && context.methods.is_missing();
    if ctx.plan.context.is_given_and(has_no_methods) {
        sink.report(path!["contextanalyse"]);
    }
}

/// Each factor is a barrier, which needs a strategy, or a facilitator, which a strategy can use (handreiking 6).
fn direction_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    factor_without(ctx, sink, |factor| factor.direction.is_missing());
}

/// Each barrier needs a weight: the heaviest come first (handreiking 6b). The finding also says so if the plan does not say
/// either whether the barrier can be changed.
fn weight_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let factors = ctx.plan.factors();
    for (id, factor) in factors.iter() {
        if factor.is_barrier() && factor.weight.is_missing() {
            let finding = sink.report(path!["contextanalyse", "factoren", id]);
            finding.with("factor", factors.name(id));
            if factor.changeable.is_missing() {
                finding.with("veranderbaar", "veranderbaar");
            }
        }
    }
}

/// The plan says of each barrier whether it can be changed: the plan is about those that can (handreiking 6c).
fn changeable_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    factor_without(ctx, sink, |factor| {
        factor.is_barrier() && !factor.weight.is_missing() && factor.changeable.is_missing()
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

/// Factors are spread over five levels. If two of them have no factors, nobody has looked there (handreiking 6).
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
    if unseen.len() >= 2
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

/// A plan works on barriers that can be changed. If none can, either the plan or the analysis has nothing to offer
/// (handreiking 6c).
fn nothing_can_be_changed(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let factors = ctx.plan.factors();
    let is_facilitator = |factor: &Factor| factor.direction.is(&FactorDirection::Facilitator);
    let is_fixed = |factor: &Factor| factor.changeable.is(&YesNo::No);
    let count = factors.iter().filter(|(_, factor)| factor.is_barrier());
    let count = count.count();
    let mut all = factors.iter();
    let none_can = all.all(|(_, factor)| is_facilitator(factor) || is_fixed(factor));
    if count > 0 && factors.is_whole() && none_can {
        sink.report(path!["contextanalyse", "factoren"])
            .with("aantal", count);
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Display;

    use crate::finding::Severity;
    use crate::rules::testing::{NOWHERE, assert_paths, check, findings, paths, severities};

    const FACTORS: [&str; 1] = ["contextanalyse.factoren"];
    const WITHOUT_FACTORS: &str = "contextanalyse: {werkwijze: interviews}";

    fn factors(rows: &[impl Display]) -> String {
        let rows = rows.iter().enumerate();
        let rows = rows.map(|(nr, row)| format!("\n    f{nr}: {{{row}}}"));
        format!("contextanalyse:\n  factoren:{}\n", rows.collect::<String>())
    }

    const GROUPS: &str = "betrokken_groepen: {p: {rol: uitvoerder}, q: {rol: leidinggevende}, k: {rol: profijtgroep}, x: }
gebruikers: {p: , q: , k: , x: , y: }
";

    #[test]
    fn user_groups_need_factors_or_a_reason_for_having_none() {
        let plan = |context: &str| format!("{GROUPS}contextanalyse: {context}");
        let rule = "gebruiker-zonder-contextanalyse";
        let q: &[&str] = &["gebruikers.q"];
        #[rustfmt::skip]
        let cases: &[(&str, &[&str])] = &[
            ("{factoren: {f: {groep: p}}}", q),
            ("{factoren: {f: , g: {groep: p}}, niet_uitgevraagd: {k: Nog niet}}", q),
            ("{factoren: {f: }, niet_uitgevraagd: {p: Nog niet}}", q),
            ("{factoren: {f: }}", &["gebruikers.p", "gebruikers.q"]),
            ("{werkwijze: interviews}", &[]),
            ("{niet_uitgevraagd: {p: Nog niet}}", &[]),
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
    fn other_groups_with_much_interest_are_one_tip() {
        let rule = "gebruiker-zonder-contextanalyse";
        let plan = "
betrokken_groepen:
  p: {rol: uitvoerder, belang: veel, invloed: veel}
  a: {rol: beslisser, belang: veel, invloed: veel}
  b: {rol: profijtgroep, belang: veel, invloed: weinig}
  c: {rol: financier, belang: weinig, invloed: veel}
  d: {rol: omgeving, belang: weinig, invloed: weinig}
  e: {rol: ketenpartner, belang: veel}
gebruikers: {p: }
contextanalyse: {factoren: {f: {groep: p}}}
";
        let groups = ["betrokken_groepen"];
        assert_eq!(paths(rule, plan), groups);
        assert_eq!(severities(rule, plan), [Severity::Tip]);
        let both = plan.replace("groep: p", "");
        assert_eq!(paths(rule, &both), ["gebruikers.p", "betrokken_groepen"]);
        assert_eq!(severities(rule, &both), [Severity::Warning, Severity::Tip]);
        for (from, to, expected) in [
            (
                "{f: {groep: p}}",
                "{f: {groep: p}, g: {groep: a}}",
                &groups[..],
            ),
            (
                "{f: {groep: p}}",
                "{f: {groep: p}, g: {groep: a}, h: {groep: b}}",
                &[],
            ),
            (
                "{f: {groep: p}}",
                "{f: {groep: p}}, niet_uitgevraagd: {a: Later, b: Later}",
                &[],
            ),
            ("gebruikers: {p: }", "gebruikers: {p: , bb: }", &[]),
            ("gebruikers: {p: }", "", &[]),
            ("gebruikers: {p: }", "gebruikers: later", &[]),
            (
                "gebruikers: {p: }",
                "gebruikers: {p: , b: , a: {veranderingen: later}}",
                &["gebruikers.a"],
            ),
        ] {
            let plan = plan.replace(from, to);
            assert_eq!(paths(rule, &plan), expected, "{to}");
        }
    }

    #[test]
    fn context_analysis_without_factors_is_one_finding() {
        use Severity::{Error, Warning};

        let plan = |context: &str| format!("{GROUPS}contextanalyse: {context}");
        let reasons = "p: Later, q: Later, x: Later";
        for (context, expected) in [
            ("{werkwijze: interviews}", &[Error][..]),
            ("{toelichting: klaar, factoren: {}}", &[Error]),
            ("{niet_uitgevraagd: {p: Later}}", &[Error]),
            ("{niet_uitgevraagd: {p: Later, q: , x: Later}}", &[Error]),
            (&format!("{{niet_uitgevraagd: {{{reasons}}}}}"), &[Warning]),
            ("{niet_uitgevraagd: later}", &[Warning]),
            (
                &format!("{{niet_uitgevraagd: {{{reasons}, z: Later}}}}"),
                &[],
            ),
            ("{factoren: {f: }}", &[]),
            ("{factoren: later}", &[]),
            ("later", &[]),
            ("", &[]),
        ] {
            let plan = plan(context);
            assert_eq!(
                severities("factoren-ontbreken", &plan),
                expected,
                "{context}"
            );
            if !expected.is_empty() {
                let found = findings(&plan).into_iter();
                let ours = found.filter(|(_, path)| path.starts_with("contextanalyse"));
                let rules = ours.map(|(rule, _)| rule);
                let rules: Vec<String> = rules
                    .filter(|rule| {
                        rule != "niet-uitgevraagd-zonder-reden" && rule != "waarde-ongeldig"
                    })
                    .collect();
                assert_eq!(rules, ["factoren-ontbreken"], "{context}");
            }
        }
        let nobody = "contextanalyse: {werkwijze: interviews}";
        assert_eq!(severities("factoren-ontbreken", nobody), [Error]);
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
            "richting: belemmerend, invloed: 1",
            "richting: belemmerend, invloed: 4",
            "richting: belemmerend, veranderbaar: nee",
        ]);
        let of = |numbers: &[u8]| {
            let paths = numbers
                .iter()
                .map(|nr| format!("contextanalyse.factoren.f{nr}"));
            paths.collect::<Vec<_>>()
        };
        assert_eq!(paths("richting-ontbreekt", &plan), of(&[2]));
        assert_eq!(paths("invloed-ontbreekt", &plan), of(&[0, 7]));
        assert_eq!(paths("veranderbaar-ontbreekt", &plan), of(&[5, 6]));
    }

    #[test]
    fn one_finding_says_that_both_influence_and_changeability_are_missing() {
        let plan = factors(&[
            "richting: belemmerend",
            "richting: belemmerend, veranderbaar: nee",
        ]);
        let findings = check(&plan);
        let found = findings
            .iter()
            .filter(|it| it.rule.name == "invloed-ontbreekt");
        let says_both: Vec<bool> = found
            .map(|it| it.argument("veranderbaar").is_some())
            .collect();
        assert_eq!(says_both, [true, false]);
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
    fn one_level_without_factors_is_allowed() {
        assert_paths(
            "niveau-niet-bekeken",
            |fourth| {
                factors(&[
                    "niveau: gebruiker",
                    "niveau: organisatie",
                    "niveau: interventie",
                    fourth,
                ])
            },
            &[
                ("niveau: gebruiker", &FACTORS),
                ("niveau: profijtgroep", &[]),
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
    fn some_barrier_must_be_changeable() {
        let fixed = "richting: belemmerend, invloed: 3, veranderbaar: nee";
        let helps = "richting: bevorderend";
        for (rows, expected) in [
            (&[fixed, helps][..], &FACTORS[..]),
            (&[fixed, "veranderbaar: nee"], &FACTORS),
            (&[fixed, "richting: belemmerend, veranderbaar: ja"], &[]),
            (&[fixed, "richting: belemmerend, invloed: 1"], &[]),
            (
                &[fixed, "richting: belemmerend, veranderbaar: misschien"],
                &[],
            ),
            (&[fixed, "veranderbaar: ja"], &[]),
            (&[fixed, ""], &[]),
            (&[helps, helps], &[]),
        ] {
            let found = paths("alles-onveranderbaar", &factors(rows));
            assert_eq!(found, expected, "{rows:?}");
        }
        let unreadable = factors(&[fixed]) + "    g: later\n";
        assert_eq!(paths("alles-onveranderbaar", &unreadable), NOWHERE);
        assert_eq!(paths("alles-onveranderbaar", WITHOUT_FACTORS), NOWHERE);
    }

    #[test]
    fn barriers_are_in_focus_until_they_are_said_to_be_unchangeable() {
        let plan = |changeable: &str| {
            factors(&[format!("richting: belemmerend, invloed: 3{changeable}")])
                + "implementatiestrategieen: {strategieen: {s: }}"
        };
        let barrier: &[&str] = &["contextanalyse.factoren.f0"];
        assert_paths(
            "belemmering-zonder-strategie",
            plan,
            &[
                (", veranderbaar: ja", barrier),
                ("", barrier),
                (", veranderbaar: nee", &[]),
                (", veranderbaar: misschien", &[]),
            ],
        );
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
