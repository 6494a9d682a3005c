//! Rules of section 3.

use std::collections::HashSet;

use crate::facts::Quadrant;
use crate::facts::links::pointing_at;
use crate::finding::Argument;
use crate::plan::Plan;
use crate::plan::stakeholders::{Stakeholder, StakeholderRole};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::value::path;
use crate::value::{Answer, Choice as _};

/// The rules of this section.
pub const RULES: &[Check] = &[
    Check::error("geen-sleutelgroep", &[], no_key_group),
    Check::error(
        "belang-of-invloed-ontbreekt",
        &["groep", "sleutels"],
        interest_or_influence_missing,
    ),
    Check::warning("rol-ontbreekt", &["groep"], role_missing),
    Check::warning(
        "profijtgroep-niet-betrokken",
        &[],
        beneficiaries_not_involved,
    ),
    Check::warning("leidinggevenden-niet-betrokken", &[], managers_not_involved),
    Check::tip("doorverwijzers-vergeten", &[], links_in_the_chain_forgotten),
    Check::tip("beslisser-ontbreekt", &[], decision_makers_not_involved),
    Check::warning("betrekken-ontbreekt", &["groep"], involvement_missing),
    Check::warning(
        "groep-zonder-communicatie",
        &["groep", "kwadrant"],
        group_never_reached,
    )
    .resting_on(&["communicatieplan.*.groep"]),
    Check::tip(
        "geen-onderscheid-tussen-groepen",
        &["aantal", "kwadrant", "omgang"],
        groups_not_told_apart,
    ),
];

/// The group of that id is not one of section 3, although that is there: the id has had its finding.
pub(super) fn is_unknown_group(plan: &Plan, id: &str) -> bool {
    plan.stakeholders.given().is_some() && !plan.groups().contains(id)
}

/// Whether interest and influence are known of each group, so that what is in no quadrant is really not there.
fn all_quadrants_are_known(ctx: &RuleContext<'_>) -> bool {
    ctx.facts.quadrants.len() == ctx.plan.groups().ids().count()
}

/// At least one group has much interest and much influence: those who will use the intervention, with whom one works
/// closely together (handreiking 3).
fn no_key_group(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let mut quadrants = ctx.facts.quadrants.values();
    let has_none = quadrants.all(|quadrant| *quadrant != Quadrant::Collaborate);
    if ctx.plan.stakeholders.given().is_some() && all_quadrants_are_known(ctx) && has_none {
        sink.report(path!["betrokken_groepen"]);
    }
}

/// Of each group is said how much interest and influence it has: how to involve it follows from that (handreiking 3).
fn interest_or_influence_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (id, group) in ctx.plan.groups().iter() {
        let answers = [("belang", &group.interest), ("invloed", &group.influence)];
        let missing = answers.iter().filter(|(_, answer)| answer.is_missing());
        let keys: Vec<String> = missing.map(|(key, _)| (*key).to_owned()).collect();
        if !keys.is_empty() {
            let finding = sink.report(path!["betrokken_groepen", id]);
            finding
                .with("groep", ctx.plan.groups().name(id))
                .with("sleutels", keys);
        }
    }
}

/// Of each group is said what it does in the implementation (handreiking 3).
fn role_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    group_without(ctx, sink, |group| group.role.is_missing());
}

/// Of each group is said how it is involved (handreiking 3).
fn involvement_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    group_without(ctx, sink, |group| group.involvement.is_missing());
}

fn group_without(
    ctx: &RuleContext<'_>,
    sink: &mut FindingSink<'_>,
    lacks: fn(&Stakeholder) -> bool,
) {
    for (id, _) in ctx.plan.groups().iter().filter(|(_, group)| lacks(group)) {
        sink.report(path!["betrokken_groepen", id])
            .with("groep", ctx.plan.groups().name(id));
    }
}

/// Whom the intervention is for takes part in its implementation (handreiking 3, Toolkit 0.1).
fn beneficiaries_not_involved(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    nobody_is(ctx, sink, &[StakeholderRole::Beneficiary]);
}

/// Those who lead the users take part: they see to time and priority (handreiking 4).
fn managers_not_involved(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    nobody_is(ctx, sink, &[StakeholderRole::Manager]);
}

/// The groups that refer, support or work with the same people are easily overlooked, and then turn out to be a crucial
/// link (handreiking, introduction on pitfalls).
fn links_in_the_chain_forgotten(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    use StakeholderRole::{Partner, Referrer, Supporter};
    nobody_is(ctx, sink, &[Referrer, Supporter, Partner]);
}

/// Somebody decides on the implementation or pays for it, and must be involved in time (handreiking 3, Toolkit 1.1).
fn decision_makers_not_involved(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    nobody_is(
        ctx,
        sink,
        &[StakeholderRole::DecisionMaker, StakeholderRole::Funder],
    );
}

/// No group has one of these roles. A group of which the role is not known could have it.
fn nobody_is(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>, roles: &[StakeholderRole]) {
    let groups = ctx.plan.groups();
    let is_other = |group: &Stakeholder| group.role.is_given_and(|role| !roles.contains(role));
    let nobody = groups.is_whole() && groups.iter().all(|(_, group)| is_other(group));
    if ctx.plan.stakeholders.given().is_some() && nobody {
        sink.report(path!["betrokken_groepen"]);
    }
}

/// The communication plan says when the groups outside quadrant A hear something: nobody works with them closely enough
/// for them to hear it otherwise (handreiking 3, Toolkit 1.1).
fn group_never_reached(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let messages = ctx.plan.messages();
    let is_clear = match ctx.plan.communication {
        Answer::Missing => true,
        Answer::Unreadable => false,
        Answer::Given(_) => {
            messages.is_whole()
                && messages
                    .iter()
                    .all(|(_, message)| message.groups.is_whole())
        }
    };
    let outside = ctx
        .facts
        .quadrants
        .iter()
        .filter(|(_, quadrant)| **quadrant != Quadrant::Collaborate);
    for (id, quadrant) in outside.filter(|_| is_clear) {
        if pointing_at(&ctx.facts.links.messages_of_group, id).is_empty() {
            let finding = sink.report(path!["betrokken_groepen", *id]);
            finding
                .with("groep", ctx.plan.groups().name(id))
                .with("kwadrant", quadrant.name());
        }
    }
}

/// Groups differ in interest and influence; a plan that treats four or more alike has not looked at that (handreiking 3).
fn groups_not_told_apart(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let quadrants: HashSet<Quadrant> = ctx.facts.quadrants.values().copied().collect();
    let count = ctx.facts.quadrants.len();
    if count >= 4
        && all_quadrants_are_known(ctx)
        && quadrants.len() == 1
        && let Some(quadrant) = quadrants.iter().next()
    {
        let label = Argument::Choice(Quadrant::KIND, quadrant.name().to_owned());
        let finding = sink.report(path!["betrokken_groepen"]);
        finding
            .with("aantal", count)
            .with("kwadrant", quadrant.name())
            .with("omgang", label);
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::paths;

    const A: &str = "belang: veel, invloed: veel";
    const NOWHERE: [&str; 0] = [];

    fn groups(rows: &[&str]) -> String {
        let rows = rows
            .iter()
            .enumerate()
            .map(|(nr, row)| format!("\n  g{nr}: {{{row}}}"));
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
        assert_eq!(
            paths("belang-of-invloed-ontbreekt", &plan),
            ["betrokken_groepen.g0"]
        );
        let plan = groups(&["belang: een beetje, invloed: veel"]);
        assert_eq!(paths("belang-of-invloed-ontbreekt", &plan), NOWHERE);
    }

    #[test]
    fn group_with_unknown_role_may_have_any_role() {
        for rule in [
            "profijtgroep-niet-betrokken",
            "leidinggevenden-niet-betrokken",
            "beslisser-ontbreekt",
        ] {
            assert_eq!(
                paths(rule, &groups(&["rol: uitvoerder"])),
                ["betrokken_groepen"],
                "{rule}"
            );
            for other in ["rol: baas", "belang: veel"] {
                assert_eq!(
                    paths(rule, &groups(&["rol: uitvoerder", other])),
                    NOWHERE,
                    "{rule}"
                );
            }
        }
        for role in ["doorverwijzer", "ondersteuner", "ketenpartner"] {
            assert_eq!(
                paths(
                    "doorverwijzers-vergeten",
                    &groups(&[&format!("rol: {role}")])
                ),
                NOWHERE
            );
        }
        assert_eq!(
            paths("beslisser-ontbreekt", &groups(&["rol: financier"])),
            NOWHERE
        );
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
        assert_eq!(
            paths(rule, &plan),
            ["betrokken_groepen.g1", "betrokken_groepen.g2"]
        );
        for (messages, left) in [
            ("{m: {groep: g1}}", vec!["betrokken_groepen.g2"]),
            ("{m: {groep: [g1, g2]}}", vec![]),
            ("{m: {groep: [g1, [g2]]}}", vec![]),
            ("{m: {groep: g1}, n: nieuwsbrief}", vec![]),
            ("nieuwsbrief", vec![]),
        ] {
            assert_eq!(
                paths(rule, &format!("{plan}communicatieplan: {messages}")),
                left,
                "{messages}"
            );
        }
    }

    #[test]
    fn three_groups_may_share_a_quadrant() {
        let rule = "geen-onderscheid-tussen-groepen";
        assert_eq!(paths(rule, &groups(&[A; 3])), NOWHERE);
        assert_eq!(paths(rule, &groups(&[A; 4])), ["betrokken_groepen"]);
        assert_eq!(paths(rule, &groups(&[A, A, A, A, "belang: veel"])), NOWHERE);
        assert_eq!(
            paths(rule, &groups(&[A, A, A, "belang: weinig, invloed: veel"])),
            NOWHERE
        );
    }
}
