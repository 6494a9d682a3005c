//! Rules of section 3, stakeholders.

use std::collections::HashSet;

use crate::facts::Quadrant;
use crate::facts::links::pointing_at;
use crate::plan::stakeholders::{Stakeholder, StakeholderRole};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::{choice, missing};
use crate::value::path;
use crate::value::{Answer, Choice as _};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("geen-sleutelgroep", &[], no_key_group),
    Check::error("belang-of-invloed-ontbreekt", &["groep", "sleutels"], interest_or_influence_missing),
    Check::warning("rol-ontbreekt", &["groep"], role_missing),
    Check::warning("profijtgroep-niet-betrokken", &[], beneficiaries_not_involved),
    Check::warning("leidinggevenden-niet-betrokken", &[], managers_not_involved),
    Check::tip("doorverwijzers-vergeten", &[], links_in_the_chain_forgotten),
    Check::tip("beslisser-ontbreekt", &[], decision_makers_not_involved),
    Check::warning("betrekken-ontbreekt", &["groep"], involvement_missing),
    Check::warning("groep-zonder-communicatie", &["groep", "kwadrant", "omgang"], group_never_reached)
        .resting_on(&["communicatieplan.*.groep"]),
    Check::tip("geen-onderscheid-tussen-groepen", &["aantal", "kwadrant", "omgang"], groups_not_told_apart),
];

/// Whether every group has a known interest and influence, so that an empty quadrant is really empty.
fn all_quadrants_are_known(ctx: &RuleContext<'_>) -> bool {
    ctx.facts.quadrants.len() == ctx.plan.groups().ids().count()
}

/// At least one group has much interest and much influence: the users of the intervention, who are worked with closely
/// (handreiking 3).
fn no_key_group(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let mut quadrants = ctx.facts.quadrants.values();
    let has_none = quadrants.all(|quadrant| *quadrant != Quadrant::Collaborate);
    if ctx.plan.stakeholders.given().is_some() && all_quadrants_are_known(ctx) && has_none {
        sink.report(path!["betrokken_groepen"]);
    }
}

/// Each group needs an interest and an influence: they determine how to involve it (handreiking 3).
fn interest_or_influence_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, group) in ctx.plan.groups().iter() {
        if let Some(missing) = missing(&[
            ("belang", group.interest.is_missing()),
            ("invloed", group.influence.is_missing()),
        ]) {
            sink.report(path!["betrokken_groepen", id])
                .with("groep", ctx.plan.groups().name(id))
                .with("sleutels", missing);
        }
    }
}

/// Each group needs a role in the implementation (handreiking 3).
fn role_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    group_without(ctx, sink, |group| group.role.is_missing());
}

/// The plan says how each group is involved (handreiking 3).
fn involvement_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    group_without(ctx, sink, |group| group.involvement.is_missing());
}

fn group_without(
    ctx: &RuleContext<'_>,
    sink: &mut FindingSink<'_>,
    lacks: fn(&Stakeholder) -> bool,
) {
    sink.report_each(
        ctx.plan.groups(),
        &path!["betrokken_groepen"],
        "groep",
        lacks,
    );
}

/// Beneficiaries take part in the implementation (handreiking 3, Toolkit 0.1).
fn beneficiaries_not_involved(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    role_absent(ctx, sink, &[StakeholderRole::Beneficiary]);
}

/// The users' managers take part: they provide time and priority (handreiking 4).
fn managers_not_involved(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    role_absent(ctx, sink, &[StakeholderRole::Manager]);
}

/// Referrers, supporters and partners are easily overlooked, and may turn out to be a crucial link (handreiking,
/// introduction on pitfalls).
fn links_in_the_chain_forgotten(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    use StakeholderRole::{Partner, Referrer, Supporter};
    role_absent(ctx, sink, &[Referrer, Supporter, Partner]);
}

/// Decision makers and funders must be involved in time (handreiking 3, Toolkit 1.1).
fn decision_makers_not_involved(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    use StakeholderRole::{DecisionMaker, Funder};
    role_absent(ctx, sink, &[DecisionMaker, Funder]);
}

/// Reports that no group has one of these roles. A group without a known role may have one.
fn role_absent(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>, roles: &[StakeholderRole]) {
    let groups = ctx.plan.groups();
    let is_other = |group: &Stakeholder| group.role.is_given_and(|role| !roles.contains(role));
    let nobody = groups.is_whole() && groups.iter().all(|(_, group)| is_other(group));
    if ctx.plan.stakeholders.given().is_some() && nobody {
        sink.report(path!["betrokken_groepen"]);
    }
}

/// Groups outside quadrant A need the communication plan: nobody works with them closely enough to keep them informed
/// otherwise (handreiking 3, Toolkit 1.1).
fn group_never_reached(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let messages = ctx.plan.messages();
    let is_clear = match ctx.plan.communication {
        Answer::Missing => true,
        Answer::Unreadable => false,
        Answer::Given(_) => {
            let mut all = messages.iter();
            messages.is_whole() && all.all(|(_, message)| message.groups.is_whole())
        }
    };
    if !is_clear {
        return;
    }
    for (id, quadrant) in &ctx.facts.quadrants {
        let is_outside = *quadrant != Quadrant::Collaborate;
        if is_outside && pointing_at(&ctx.facts.links.messages_of_group, id).is_empty() {
            sink.report(path!["betrokken_groepen", *id])
                .with("groep", ctx.plan.groups().name(id))
                .with("kwadrant", quadrant.name())
                .with("omgang", choice(*quadrant));
        }
    }
}

/// Groups differ in interest and influence. A plan with four or more groups, all in one quadrant, has not looked at that
/// (handreiking 3).
fn groups_not_told_apart(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let quadrants: HashSet<Quadrant> = ctx.facts.quadrants.values().copied().collect();
    let count = ctx.facts.quadrants.len();
    if count >= 4
        && all_quadrants_are_known(ctx)
        && quadrants.len() == 1
        && let Some(quadrant) = quadrants.iter().next()
    {
        sink.report(path!["betrokken_groepen"])
            .with("aantal", count)
            .with("kwadrant", quadrant.name())
            .with("omgang", choice(*quadrant));
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{NOWHERE, assert_paths, paths};

    const A: &str = "belang: veel, invloed: veel";

    fn groups(rows: &[&str]) -> String {
        let rows = rows.iter().enumerate();
        let rows = rows.map(|(nr, row)| format!("\n  g{nr}: {{{row}}}"));
        format!("betrokken_groepen:{}\n", rows.collect::<String>())
    }

    #[test]
    fn group_in_unknown_quadrant_may_be_the_key_group() {
        let rule = "geen-sleutelgroep";
        let b = "belang: veel, invloed: weinig";
        assert_eq!(paths(rule, &groups(&[b])), ["betrokken_groepen"]);
        for other in ["belang: veel", "belang: veel, invloed: heel veel", "", A] {
            assert_eq!(paths(rule, &groups(&[b, other])), NOWHERE, "{other}");
        }
        assert_eq!(paths(rule, "gebruikers: {g: }"), NOWHERE);
    }

    #[test]
    fn unreadable_answers_are_not_missing() {
        let plan = groups(&["rol: baas, belang: een beetje, betrekken: [a]"]);
        assert_eq!(paths("rol-ontbreekt", &plan), NOWHERE);
        assert_eq!(paths("betrekken-ontbreekt", &plan), NOWHERE);
        let rule = "belang-of-invloed-ontbreekt";
        assert_eq!(paths(rule, &plan), ["betrokken_groepen.g0"]);
        let plan = groups(&["belang: een beetje, invloed: veel"]);
        assert_eq!(paths(rule, &plan), NOWHERE);
    }

    #[test]
    fn group_with_unknown_role_may_have_any_role() {
        for rule in [
            "profijtgroep-niet-betrokken",
            "leidinggevenden-niet-betrokken",
            "beslisser-ontbreekt",
        ] {
            let alone = groups(&["rol: uitvoerder"]);
            assert_eq!(paths(rule, &alone), ["betrokken_groepen"], "{rule}");
            for other in ["rol: baas", "belang: veel"] {
                let plan = groups(&["rol: uitvoerder", other]);
                assert_eq!(paths(rule, &plan), NOWHERE, "{rule}");
            }
        }
        for (rule, role) in [
            ("doorverwijzers-vergeten", "rol: doorverwijzer"),
            ("doorverwijzers-vergeten", "rol: ondersteuner"),
            ("doorverwijzers-vergeten", "rol: ketenpartner"),
            ("beslisser-ontbreekt", "rol: financier"),
        ] {
            assert_eq!(paths(rule, &groups(&[role])), NOWHERE);
        }
    }

    #[test]
    fn groups_outside_quadrant_a_need_communication() {
        let rule = "groep-zonder-communicatie";
        let plan = groups(&[
            A,
            "belang: weinig, invloed: veel",
            "belang: weinig, invloed: weinig",
            "belang: weinig",
        ]);
        let (g1, g2) = ("betrokken_groepen.g1", "betrokken_groepen.g2");
        assert_eq!(paths(rule, &plan), [g1, g2]);
        assert_paths(
            rule,
            |messages| format!("{plan}communicatieplan: {messages}"),
            &[
                ("{m: {groep: g1}}", &[g2]),
                ("{m: {groep: [g1, g2]}}", &[]),
                ("{m: {groep: [g1, [g2]]}}", &[]),
                ("{m: {groep: g1}, n: nieuwsbrief}", &[]),
                ("nieuwsbrief", &[]),
            ],
        );
    }

    #[test]
    fn three_groups_may_share_a_quadrant() {
        let rule = "geen-onderscheid-tussen-groepen";
        assert_eq!(paths(rule, &groups(&[A; 3])), NOWHERE);
        assert_eq!(paths(rule, &groups(&[A; 4])), ["betrokken_groepen"]);
        assert_eq!(paths(rule, &groups(&[A, A, A, A, "belang: veel"])), NOWHERE);
        let other = groups(&[A, A, A, "belang: weinig, invloed: veel"]);
        assert_eq!(paths(rule, &other), NOWHERE);
    }
}
