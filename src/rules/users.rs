//! Rules of section 4, users.

use std::borrow::Cow;

use crate::facts::{Quadrant, UserGroup};
use crate::finding::Finding;
use crate::plan::Plan;
use crate::plan::stakeholders::{Stakeholder, StakeholderRole};
use crate::plan::strategies::Phase;
use crate::plan::users::{Aspect, Change, User};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::{choice, letters};
use crate::value::path;
use crate::value::{Answer, Choice as _, Prose};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::warning("gebruiker-niet-sleutelgroep", &["groep", "kwadrant", "omgang"], user_is_no_key_group)
        .resting_on(&["implementatiestrategieen.fasen.*"]),
    Check::warning("sleutelgroep-geen-gebruiker", &["groep", "rol"], key_group_is_no_user).resting_on(&["gebruikers.*"]),
    Check::error("uitvoerders-geen-gebruiker", &["groepen"], implementers_are_no_users).resting_on(&["gebruikers.*"]),
    Check::error("ist-ontbreekt", &["nummer", "groep"], current_state_missing),
    Check::error("soll-ontbreekt", &["nummer", "groep", "zonder"], desired_state_missing),
    Check::warning("ist-is-soll", &["nummer", "groep"], nothing_changes),
    Check::tip("aspect-ontbreekt", &["nummer", "groep"], aspect_missing),
    Check::tip("gedrag-ontbreekt", &["groep"], no_change_of_behaviour).resting_on(&["implementatiestrategieen.fasen.*"]),
];

/// The users are among the groups with much interest and much influence. A user group elsewhere is underestimated, or does
/// not really have to change (handreiking 4). Beneficiaries may be users in any quadrant, and so may groups that go through a
/// part of the phases only.
fn user_is_no_key_group(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let goes_through_all = |user: &&UserGroup<'_>| match &user.phases {
        Some(phases) => phases.len() == Phase::ALL.len(),
        None => ctx.plan.strategies.is_missing(),
    };
    for user in ctx.facts.professionals().filter(goes_through_all) {
        let quadrant = ctx.facts.quadrants.get(user.id);
        if let Some(quadrant) = quadrant.filter(|quadrant| **quadrant != Quadrant::Collaborate) {
            sink.report_user(user)
                .with("kwadrant", quadrant.name())
                .with("omgang", choice(*quadrant));
        }
    }
}

/// Key groups that work with the intervention probably have to change too: besides implementers also managers, supporters,
/// referrers and partners (handreiking 4).
fn key_group_is_no_user(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    use StakeholderRole::{Implementer, Manager, Partner, Referrer, Supporter};
    let no_implementer_is_user = forgotten_implementers(ctx).is_some();
    let must_change = |group: &Stakeholder| {
        let roles = [Implementer, Manager, Supporter, Referrer, Partner];
        // `uitvoerders-geen-gebruiker` reports these.
        let is_reported = no_implementer_is_user && group.role.is(&Implementer);
        group.role.is_given_and(|role| roles.contains(role)) && !is_reported
    };
    let is_key = |id: &str| ctx.facts.quadrants.get(id) == Some(&Quadrant::Collaborate);
    if ctx.plan.users.given().is_none() {
        return;
    }
    for (id, group) in ctx.plan.groups().iter() {
        if is_key(id)
            && must_change(group)
            && !ctx.plan.users().contains(id)
            && let Some(role) = group.role.given()
        {
            sink.report(path!["betrokken_groepen", id])
                .with("groep", ctx.plan.groups().name(id))
                .with("rol", choice(*role));
        }
    }
}

/// Implementers are users: their work changes first (handreiking 4).
fn implementers_are_no_users(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if let Some(names) = forgotten_implementers(ctx) {
        sink.report(path!["gebruikers"]).with("groepen", names);
    }
}

/// The names of the groups of implementers, if there are any and none is a user.
fn forgotten_implementers<'p>(ctx: &RuleContext<'p>) -> Option<Vec<Cow<'p, str>>> {
    ctx.plan.users.given()?;
    let is_implementer = |group: &Stakeholder| group.role.is(&StakeholderRole::Implementer);
    let groups = ctx.plan.groups();
    let implementers = groups.iter().filter(|(_, group)| is_implementer(group));
    let ids: Vec<&str> = implementers.map(|(id, _)| id).collect();
    let are_forgotten = !ids.iter().any(|id| ctx.plan.users().contains(id));
    let names = ids.iter().map(|id| groups.name(id));
    (are_forgotten && !ids.is_empty()).then(|| names.collect())
}

/// Each change describes the current state: its distance to the desired state shows what is required (handreiking 4).
fn current_state_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    change_without(ctx, sink, |change| change.current.is_missing());
}

/// Each change describes the desired state, and each user group has at least one change (handreiking 4). A list of empty
/// items has none.
fn desired_state_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    change_without(ctx, sink, |change| change.desired.is_missing());
    let has_no_changes = |answers: &User| answers.is_whole() && answers.changes().next().is_none();
    for user in ctx.facts.users.values() {
        if ctx.plan.users().get(user.id).is_some_and(has_no_changes) {
            sink.report(path!["gebruikers", user.id])
                .with("zonder", user.name.as_str());
        }
    }
}

/// A change whose desired state equals the current state requires nothing (handreiking 4).
fn nothing_changes(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (group, index, change) in changes(ctx.plan) {
        let letters = |answer: &Answer<Prose>| {
            let letters = answer.given().map(|text| letters(text.as_str()));
            letters.filter(|letters| !letters.is_empty())
        };
        let (current, desired) = (letters(&change.current), letters(&change.desired));
        if current.is_some() && current == desired {
            report_change(ctx, sink, group, index).path.push("soll");
        }
    }
}

/// Each change has an aspect (behaviour, skills, knowledge or attitude): each needs its own approach (handreiking 4).
fn aspect_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    change_without(ctx, sink, |change| change.aspect.is_missing());
}

/// A group that goes through the phase of change must behave differently in the end. Other knowledge or another attitude
/// does not show that the implementation has succeeded (handreiking 4 and 5).
fn no_change_of_behaviour(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let users = ctx.facts.professionals();
    for user in users.filter(|user| user.goes_through(Phase::Change)) {
        let Some(answers) = ctx.plan.users().get(user.id) else {
            continue;
        };
        let mut aspects = answers.changes().map(|(_, change)| change.aspect.given());
        let is_other =
            |aspect: Option<&Aspect>| aspect.is_some_and(|aspect| *aspect != Aspect::Behaviour);
        if answers.is_whole() && answers.changes().next().is_some() && aspects.all(is_other) {
            sink.report_user(user);
        }
    }
}

/// Every readable change, with its group and its index in the list.
fn changes(plan: &Plan) -> impl Iterator<Item = (&str, usize, &Change)> {
    let users = plan.users().iter();
    users.flat_map(|(group, user)| {
        user.changes()
            .map(move |(index, change)| (group, index, change))
    })
}

fn change_without(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>, lacks: fn(&Change) -> bool) {
    for (group, index, _) in changes(ctx.plan).filter(|(.., change)| lacks(change)) {
        report_change(ctx, sink, group, index);
    }
}

fn report_change<'f>(
    ctx: &RuleContext<'_>,
    sink: &'f mut FindingSink<'_>,
    group: &str,
    index: usize,
) -> &'f mut Finding {
    sink.report(path!["gebruikers", group, "veranderingen", index])
        .with("groep", ctx.plan.groups().name(group))
        .with("nummer", index + 1)
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::{NOWHERE, assert_paths, paths};

    #[test]
    fn users_must_be_in_quadrant_a_unless_beneficiaries() {
        assert_paths(
            "gebruiker-niet-sleutelgroep",
            |group| format!("betrokken_groepen: {{g: {{{group}}}}}\ngebruikers: {{g: , h: }}\n"),
            &[
                (
                    "rol: ondersteuner, belang: veel, invloed: weinig",
                    &["gebruikers.g"],
                ),
                ("rol: ondersteuner, belang: veel, invloed: veel", &[]),
                ("rol: profijtgroep, belang: veel, invloed: weinig", &[]),
                ("belang: veel, invloed: weinig", &[]),
                ("rol: ondersteuner, belang: veel", &[]),
                ("rol: ondersteuner, belang: veel, invloed: soms", &[]),
            ],
        );
    }

    #[test]
    fn users_that_go_through_fewer_phases_may_be_in_any_quadrant() {
        assert_paths(
            "gebruiker-niet-sleutelgroep",
            |strategies| {
                format!(
                    "betrokken_groepen: {{g: {{rol: ondersteuner, belang: veel, invloed: weinig}}}}\ngebruikers: {{g: }}\n{strategies}"
                )
            },
            &[
                ("", &["gebruikers.g"]),
                (
                    "implementatiestrategieen: {strategieen: {s: }}",
                    &["gebruikers.g"],
                ),
                (
                    "implementatiestrategieen: {fasen: {h: {doorloopt: inzicht}}}",
                    &[],
                ),
                (
                    "implementatiestrategieen: {fasen: {g: {omdat: x}}}",
                    &["gebruikers.g"],
                ),
                (
                    "implementatiestrategieen: {fasen: {g: {doorloopt: [orientatie, inzicht]}}}",
                    &[],
                ),
                (
                    "implementatiestrategieen: {fasen: {g: {doorloopt: [orientatie, inzigt]}}}",
                    &[],
                ),
                (
                    "implementatiestrategieen: {fasen: later, strategieen: {s: }}",
                    &[],
                ),
                ("implementatiestrategieen: later", &[]),
            ],
        );
    }

    #[test]
    fn key_groups_that_apply_the_intervention_must_be_users() {
        let rule = "sleutelgroep-geen-gebruiker";
        let a = "belang: veel, invloed: veel";
        let plan = |role: &str| {
            format!(
                "betrokken_groepen: {{g: {{rol: {role}, {a}}}, u: {{rol: uitvoerder, {a}}}}}\ngebruikers: {{u: }}\n"
            )
        };
        for role in [
            "uitvoerder",
            "leidinggevende",
            "ondersteuner",
            "doorverwijzer",
            "ketenpartner",
        ] {
            assert_eq!(paths(rule, &plan(role)), ["betrokken_groepen.g"], "{role}");
        }
        for role in [
            "profijtgroep",
            "beslisser",
            "financier",
            "ontwikkelaar",
            "omgeving",
        ] {
            assert_eq!(paths(rule, &plan(role)), NOWHERE, "{role}");
        }
        let without_users = plan("leidinggevende").replace("gebruikers", "#");
        assert_eq!(paths(rule, &without_users), NOWHERE);
        let without_quadrant = plan("leidinggevende, omvang: 4").replace(a, "belang: veel");
        assert_eq!(paths(rule, &without_quadrant), NOWHERE);
    }

    #[test]
    fn missing_implementers_are_one_finding() {
        let plan = "
betrokken_groepen:
  a: {rol: uitvoerder, belang: veel, invloed: veel}
  b: {rol: uitvoerder, belang: weinig, invloed: veel}
  c: {rol: leidinggevende, belang: veel, invloed: veel}
gebruikers: {c: }
";
        let (implementers, key_group) =
            ("uitvoerders-geen-gebruiker", "sleutelgroep-geen-gebruiker");
        assert_eq!(paths(implementers, plan), ["gebruikers"]);
        assert_eq!(paths(key_group, plan), NOWHERE);
        let one = plan.replace("{c: }", "{b: , c: }");
        assert_eq!(paths(implementers, &one), NOWHERE);
        assert_eq!(paths(key_group, &one), ["betrokken_groepen.a"]);
        let no_role = plan.replace("rol: uitvoerder, ", "");
        assert_eq!(paths(implementers, &no_role), NOWHERE);
    }

    #[test]
    fn changes_need_current_and_desired_state() {
        let plan = "
betrokken_groepen: {a: , b: , c: , d: , g: , h: {rol: profijtgroep}}
gebruikers:
  a:
    veranderingen:
      -
      - {ist: nu}
      - {soll: straks}
      - {ist: [nu], soll: {a: b}}
      - van nu naar straks
  b:
  c: {veranderingen: []}
  d: {veranderingen: veel}
  e:
  f: {veranderingen: [{soll: straks}]}
  g: {veranderingen: ['', {}]}
  h:
";
        let ist = [
            "gebruikers.a.veranderingen[2]",
            "gebruikers.f.veranderingen[0]",
        ];
        assert_eq!(paths("ist-ontbreekt", plan), ist);
        let soll = [
            "gebruikers.a.veranderingen[1]",
            "gebruikers.b",
            "gebruikers.c",
            "gebruikers.g",
            "gebruikers.h",
        ];
        assert_eq!(paths("soll-ontbreekt", plan), soll);
        // Without section 3 no group is unknown.
        let alone = plan.replace("betrokken_groepen", "#");
        assert!(paths("soll-ontbreekt", &alone).contains(&"gebruikers.e".to_owned()));
    }

    #[test]
    fn case_spacing_and_punctuation_do_not_count_as_change() {
        let rule = "ist-is-soll";
        let plan = |ist: &str, soll: &str| {
            format!("gebruikers: {{g: {{veranderingen: [{{ist: {ist:?}, soll: {soll:?}}}]}}}}\n")
        };
        let desired: &[&str] = &["gebruikers.g.veranderingen[0].soll"];
        for (ist, soll, expected) in [
            ("Zij bellen.", "zij  **bellen**", desired),
            ("Eén gesprek", "eén gesprek!", desired),
            ("Zij bellen.", "Zij bellen niet.", &[]),
            ("?", "!", &[]),
            ("", "", &[]),
        ] {
            assert_eq!(paths(rule, &plan(ist, soll)), expected, "{ist}");
        }
    }

    #[test]
    fn groups_that_must_change_need_a_behaviour_change() {
        let rule = "gedrag-ontbreekt";
        let plan = |role: &str, changes: &str, phases: &str| {
            format!(
                "betrokken_groepen: {{g: {{rol: {role}}}}}
gebruikers: {{g: {{veranderingen: [{changes}]}}}}
implementatiestrategieen: {{fasen: {{{phases}}}, strategieen: {{s: }}}}
"
            )
        };
        let kennis = "{aspect: kennis}";
        for (changes, phases, expected) in [
            (kennis, "", &["gebruikers.g"][..]),
            ("", "", &[]),
            ("{aspect: kennis}, {aspect: gedrag}", "", &[]),
            ("{aspect: kennis}, {ist: nu}", "", &[]),
            ("{aspect: kennis}, {aspect: weten}", "", &[]),
            ("{aspect: kennis}, iets", "", &[]),
            (kennis, "g: {doorloopt: [orientatie, inzicht]}", &[]),
            (kennis, "g: {doorloopt: [verandring]}", &[]),
        ] {
            let plan = plan("ondersteuner", changes, phases);
            assert_eq!(paths(rule, &plan), expected, "{changes} {phases}");
        }
        assert_eq!(paths(rule, &plan("profijtgroep", kennis, "")), NOWHERE);
        let without = plan("ondersteuner", kennis, "").replace("implementatiestrategieen", "#");
        assert_eq!(paths(rule, &without), NOWHERE);
    }
}
