//! Rules of section 8, the implementation team.

use std::collections::HashSet;

use crate::facts::links::pointing_at;
use crate::finding::Severity;
use crate::plan::team::{Expertise, Role};
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::rules::support::choices;
use crate::value::path;
use crate::value::{Answer, Choice as _, Id, Things, YesNo};

/// The rules of this section.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::error("trekker-ontbreekt", &[], nobody_leads),
    Check::warning("meer-trekkers", &["rollen"], more_than_one_leads),
    Check::warning("gebruiker-niet-vertegenwoordigd", &["groep"], user_group_not_represented)
        .resting_on(&["implementatieteam.*.vertegenwoordigt"]),
    Check::tip("ambassadeur-ontbreekt", &[], no_ambassador),
    Check::tip("expertise-ontbreekt", &["expertise"], missing_expertise),
    Check::warning("rol-zonder-persoon", &["rol", "aantal"], role_without_person),
    Check::tip("eigenaar-overbelast", &["rol", "aantal", "alles"], overloaded_owner),
];

/// One person is responsible for the implementation (Drie tips, tip 1; handreiking 8).
fn nobody_leads(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if no_role_has(ctx, |role| &role.leads) {
        sink.report(path!["implementatieteam"]);
    }
}

/// One person is responsible, not two who wait for each other (Drie tips, tip 1).
fn more_than_one_leads(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let roles = ctx.plan.roles();
    let leads = roles.iter().filter(|(_, role)| role.leads.is(&YesNo::Yes));
    let names: Vec<_> = leads.map(|(id, _)| roles.name(id)).collect();
    if names.len() > 1 {
        sink.report(path!["implementatieteam"])
            .with("rollen", names);
    }
}

/// Each user group needs a representative in the team (handreiking 8).
fn user_group_not_represented(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let roles = ctx.plan.roles();
    if roles.is_empty() || !is_known(roles, |role| role.represents.is_whole()) {
        return;
    }
    for user in ctx.facts.professionals() {
        if pointing_at(&ctx.facts.links.roles_of_group, user.id).is_empty() {
            sink.report_user(user);
        }
    }
}

/// An enthusiastic colleague who knows the work convinces others (Drie tips, tip 2).
fn no_ambassador(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    if no_role_has(ctx, |role| &role.ambassador) {
        sink.report(path!["implementatieteam"]);
    }
}

/// Whether there is a team in which every role answers a question with no or not at all.
fn no_role_has(ctx: &RuleContext<'_>, question: impl Fn(&Role) -> &Answer<YesNo>) -> bool {
    let roles = ctx.plan.roles();
    let is_no = |role: &Role| question(role).is_missing() || question(role).is(&YesNo::No);
    !roles.is_empty() && is_known(roles, is_no)
}

/// Whether every role is readable and meets a condition.
fn is_known(roles: Things<'_, Id, Role>, condition: impl Fn(&Role) -> bool) -> bool {
    roles.is_whole() && roles.iter().all(|(_, role)| condition(role))
}

/// A team needs five kinds of expertise (Toolkit, on putting a team together). Knowledge of change is a bonus.
fn missing_expertise(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let roles = ctx.plan.roles();
    if roles.is_empty() || !is_known(roles, |role| role.expertise.is_whole()) {
        return;
    }
    let present: Vec<Expertise> = roles
        .iter()
        .flat_map(|(_, role)| role.expertise.all())
        .filter_map(Expertise::in_text)
        .collect();
    let needed = Expertise::ALL.iter().filter(|it| **it != Expertise::Change);
    if let Some(missing) = choices(needed.filter(|expertise| !present.contains(expertise))) {
        sink.report(path!["implementatieteam"])
            .with("expertise", missing);
    }
}

/// Everything that a vacant role owns has to wait.
fn role_without_person(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let roles = ctx.plan.roles().iter();
    for (id, _) in roles.filter(|(_, role)| role.person.is_missing()) {
        let finding = sink.report(path!["implementatieteam", id]);
        finding.with("rol", ctx.plan.roles().name(id));
        match ctx.facts.owned.get(id).map_or(0, Vec::len) {
            0 => finding.severity(Severity::Tip),
            waiting => finding.with("aantal", waiting),
        };
    }
}

/// A plan in which one role does most of the work stalls when that person is ill or busy.
fn overloaded_owner(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    const MANY: usize = 8;
    let all = ctx.facts.owned.values().flatten();
    let all: HashSet<_> = all.map(|owned| &owned.path).collect();
    for id in ctx.plan.roles().ids() {
        let own = ctx.facts.owned.get(id).into_iter().flatten();
        let own: HashSet<_> = own.map(|owned| &owned.path).collect();
        if own.len() >= MANY && own.len() * 2 > all.len() {
            sink.report(path!["implementatieteam", id])
                .with("rol", ctx.plan.roles().name(id))
                .with("aantal", own.len())
                .with("alles", all.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::Severity;
    use crate::rules::testing::{assert_paths, paths, severities};

    fn team(rule: &str, roles: &str) -> Vec<String> {
        paths(rule, &format!("implementatieteam: {{{roles}}}"))
    }

    #[test]
    fn exactly_one_role_is_project_lead() {
        let missing = |roles: &str| !team("trekker-ontbreekt", roles).is_empty();
        assert!(missing("a: , b: {trekker: nee}"));
        assert!(!missing("a: , b: {trekker: ja}"));
        for unreadable in ["a: {trekker: misschien}, b: ", "a: tekst, b: "] {
            assert!(!missing(unreadable), "{unreadable}");
        }
        assert_eq!(paths("trekker-ontbreekt", "implementatieteam: {}"), [""; 0]);
        let three = "a: {trekker: ja}, b: , c: {trekker: ja}, d: {trekker: ja}";
        let more = "meer-trekkers";
        assert_eq!(team(more, three), ["implementatieteam"]);
        assert_eq!(team(more, "a: {trekker: ja}, b: {trekker: nee}"), [""; 0]);
    }

    #[test]
    fn groups_other_than_beneficiaries_need_a_representative() {
        let (practitioners, managers) = ("gebruikers.wijkwerkers", "gebruikers.managers");
        assert_paths(
            "gebruiker-niet-vertegenwoordigd",
            |roles| {
                format!(
                    "betrokken_groepen:
  wijkwerkers: {{rol: uitvoerder}}
  managers: {{rol: leidinggevende}}
  bewoners: {{rol: profijtgroep}}
gebruikers: {{wijkwerkers: , managers: , bewoners: , onbekend: }}
implementatieteam: {{{roles}}}"
                )
            },
            &[
                ("a: ", &[practitioners, managers]),
                ("a: {vertegenwoordigt: wijkwerkers}", &[managers]),
                ("a: {vertegenwoordigt: [managers, wijkwerkers]}", &[]),
                ("a: {vertegenwoordigt: [wijkwerkers, [managers]]}", &[]),
                ("", &[]),
                // A role with the id of a group stands for it.
                ("a: {vertegenwoordigt: managers}, wijkwerkers: ", &[]),
            ],
        );
    }

    #[test]
    fn expertise_is_recognised_in_any_spelling() {
        let complete = "a: {expertise: [Leiderschap, inhoud, praktijkervaring, beleid]}, \
                        b: {expertise: [communicatie, coördinatie]}";
        for (roles, expected) in [
            (complete, &[][..]),
            ("a: {expertise: inhoud}", &["implementatieteam"]),
            (
                "a: {expertise: [leiderschap, inhoud, praktijkervaring, communicatie, coordinatie]}",
                &[],
            ),
            // A bonus, which stands for none of the five.
            (
                "a: {expertise: [leiderschap, inhoud, praktijkervaring, communicatie, veranderkunde]}",
                &["implementatieteam"],
            ),
            ("a: {expertise: [inhoud, [x]]}", &[]),
        ] {
            assert_eq!(team("expertise-ontbreekt", roles), expected, "{roles}");
        }
    }

    #[test]
    fn vacant_role_is_a_warning_only_if_it_has_work() {
        let found = |roles: &str, owned: &str| {
            let plan = format!("implementatieteam: {{{roles}}}\n{owned}");
            severities("rol-zonder-persoon", &plan)
        };
        for owned in [
            "monitoring: {x: {eigenaar: a}}",
            "beschrijving_interventie: {materialen: {x: {eigenaar: [a, c]}}}",
            "risicos: {x: {eigenaar: a}}",
        ] {
            let found = |roles| found(roles, owned);
            assert_eq!(found("a: , b: {persoon: Noor}"), [Severity::Warning]);
            assert_eq!(found("a: {persoon: Noor}, b: "), [Severity::Tip]);
            assert_eq!(found("a: {persoon: [Noor]}"), []);
        }
        // Deciding is not owning, and a group has no person.
        let decision = "planning_en_budget: {beslismomenten: {x: {beslisser: a}}}";
        assert_eq!(found("a: ", decision), [Severity::Tip]);
        let group = "betrokken_groepen: {artsen: }\nmonitoring: {x: {eigenaar: artsen}}";
        assert_eq!(found("a: {persoon: Noor}", group), []);
    }

    #[test]
    fn owner_is_overloaded_from_eight_items_and_half_of_all() {
        let found = |own: usize, others: usize, both: usize| {
            let owner = |nr: usize| match nr {
                _ if nr < own => "a",
                _ if nr < own + others => "b",
                _ => "[a, b]",
            };
            let strategies: Vec<String> = (0..own + others + both)
                .map(|nr| format!("s{nr}: {{eigenaar: {}}}", owner(nr)))
                .collect();
            let plan = format!(
                "implementatieteam: {{a: , b: }}
implementatiestrategieen: {{strategieen: {{{}}}}}",
                strategies.join(", ")
            );
            paths("eigenaar-overbelast", &plan)
        };
        let [a, b] = ["implementatieteam.a", "implementatieteam.b"];
        assert_eq!(found(8, 7, 0), [a]);
        assert_eq!(found(8, 8, 0), [""; 0]);
        assert_eq!(found(7, 0, 0), [""; 0]);
        assert_eq!(found(7, 2, 1), [a]);
        assert_eq!(found(1, 1, 8), [a, b]);
    }

    #[test]
    fn what_groups_own_counts_as_owned_by_others() {
        let found = |group: &str, of_group: usize| {
            let risks = (0..8).map(|nr| format!("r{nr}: {{eigenaar: a}}"));
            let of_group = (0..of_group).map(|nr| format!("g{nr}: {{eigenaar: {group}}}"));
            let risks: Vec<String> = risks.chain(of_group).collect();
            let plan = format!(
                "betrokken_groepen: {{artsen: , a: }}
implementatieteam: {{a: }}
risicos: {{{}}}",
                risks.join(", ")
            );
            paths("eigenaar-overbelast", &plan)
        };
        let at = ["implementatieteam.a"];
        assert_eq!(found("artsen", 7), at);
        assert_eq!(found("artsen", 8), [""; 0]);
        // A group and role with one id are one party.
        assert_eq!(found("a", 8), at);
    }
}
