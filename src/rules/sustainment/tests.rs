//! Edge cases of the rules for section 9, sustainment.

use crate::rules::testing::{assert_paths, paths};

fn found(rule: &str, sustainment: &str) -> Vec<String> {
    paths(rule, &format!("borging: {{{sustainment}}}"))
}

#[test]
fn unassessed_points_are_reported_at_their_own_path() {
    let found = |points: &str| found("borging-niet-beoordeeld", points);
    let paths = found(
        "nieuwe_medewerkers: {toelichting: Zij volgen de training.}, doorontwikkeling: {geborgd: nee}",
    );
    let count = |path: &str| paths.iter().filter(|found| *found == path).count();
    assert_eq!(count("borging"), 8);
    assert_eq!(count("borging.nieuwe_medewerkers"), 1);
    assert_eq!(paths.len(), 9);
    // An unreadable answer has its own finding, and custom points are optional.
    let unreadable = "nieuwe_medewerkers: {geborgd: misschien}, doorontwikkeling: tekst";
    assert_eq!(found(unreadable).len(), 8);
    let custom = "eigen_punten: {vrijwilligers: {naam: Vrijwilligers}}";
    assert_eq!(found(custom).len(), 10);
    assert_eq!(found("").len(), 0);
}

#[test]
fn custom_points_follow_the_same_rules() {
    let path: &[&str] = &["borging.eigen_punten.x"];
    let not_needed = "geborgd: nee, niet_nodig: Het is klein.";
    for (rule, point, expected) in [
        ("borging-zonder-actie", "geborgd: nee", path),
        ("borging-zonder-actie", not_needed, &[]),
        ("geborgd-zonder-toelichting", "geborgd: ja", path),
        ("geborgd-zonder-toelichting", "geborgd: nee", &[]),
        ("borging-zonder-eigenaar", "actie: Regel het.", path),
        ("borging-zonder-eigenaar", "geborgd: nee", &[]),
    ] {
        let found = found(rule, &format!("eigen_punten: {{x: {{{point}}}}}"));
        assert_eq!(found, expected, "{rule}: {point}");
    }
}

#[test]
fn actions_need_an_owner_and_a_date() {
    let path: &[&str] = &["borging.doorontwikkeling"];
    assert_paths(
        "borging-zonder-eigenaar",
        |answers| format!("borging: {{doorontwikkeling: {{actie: Regel het., {answers}}}}}"),
        &[
            ("geborgd: nee", path),
            ("eigenaar: trekker", path),
            ("gereed: na 1 jaar", path),
            ("eigenaar: trekker, gereed: na 1 jaar", &[]),
            ("eigenaar: trekker, gereed: ooit", &[]),
            ("eigenaar: trekker, doorlopend: ja", &[]),
            ("eigenaar: trekker, doorlopend: soms", &[]),
            ("eigenaar: trekker, doorlopend: nee", path),
            ("doorlopend: ja", path),
        ],
    );
}

#[test]
fn time_and_workload_barriers_are_recognised_by_name() {
    let found = |factor: &str| {
        let plan = format!(
            "contextanalyse: {{factoren: {{{factor}}}}}
borging: {{uitvoerbaar_bij_werkdruk: {{geborgd: ja}}}}"
        );
        !paths("borging-spreekt-belemmering-tegen", &plan).is_empty()
    };
    let heavy = "richting: belemmerend, invloed: 3";
    for name in [
        "Onvoldoende tijd",
        "Tijdgebrek bij iedereen",
        "De werkdruk is hoog",
        "Hoge caseload",
        "Lack of time",
    ] {
        assert!(found(&format!("x: {{naam: {name}, {heavy}}}")), "{name}");
    }
    assert!(found(&format!("te-weinig-tijd: {{{heavy}}}")));
    assert!(found(&format!(
        "te-weinig-tijd: {{naam: Het past niet, {heavy}, veranderbaar: nee}}"
    )));
    for name in [
        "Altijd iets anders",
        "Tijdelijk personeel",
        "Wedstrijd tussen teams",
        "Klanten komen niet op tijd",
    ] {
        assert!(!found(&format!("x: {{naam: {name}, {heavy}}}")), "{name}");
    }
    for other in [
        "richting: belemmerend, invloed: 2",
        "richting: bevorderend, invloed: 3",
        "richting: belemmerend",
    ] {
        assert!(!found(&format!("te-weinig-tijd: {{{other}}}")), "{other}");
    }
}

#[test]
fn time_barriers_are_one_finding() {
    let plan = "contextanalyse:
  factoren:
    tijd: {richting: belemmerend, invloed: 3}
    werkdruk: {richting: belemmerend, invloed: 3}
borging: {uitvoerbaar_bij_werkdruk: {geborgd: ja}}";
    let rule = "borging-spreekt-belemmering-tegen";
    assert_eq!(
        paths(rule, plan),
        ["borging.uitvoerbaar_bij_werkdruk.geborgd"]
    );
    let plan = plan.replace("geborgd: ja", "geborgd: nee");
    assert_eq!(paths(rule, &plan), [""; 0]);
}

#[test]
fn structural_funding_contradicts_a_one_time_budget() {
    let found = |point: &str, budget: &str| {
        let plan = format!(
            "borging: {{structurele_financiering: {{geborgd: {point}}}}}
planning_en_budget: {{budget: {{{budget}}}}}"
        );
        paths("borging-tegenstrijdig", &plan)
    };
    let path: &[&str] = &["borging.structurele_financiering.geborgd"];
    for (point, budget, expected) in [
        ("ja", "structureel: nee", path),
        ("nee", "structureel: nee", &[]),
        ("ja", "structureel: ja", &[]),
        ("ja", "bedrag: 100", &[]),
    ] {
        assert_eq!(found(point, budget), expected);
    }
}

#[test]
fn point_that_a_goal_depends_on_cannot_be_unnecessary() {
    let found = |goal: &str, point: &str| {
        let plan = format!(
            "implementatiedoelen: {{x: {{{goal}}}, y: {{resultaten: Niets}}}}
borging: {{{point}: {{geborgd: nee, niet_nodig: Het is klein.}}}}"
        );
        paths("borging-tegenstrijdig", &plan)
    };
    let (yearly, steering) = ("opbrengsten_in_jaarrapportage", "sturing_en_rapportage");
    for goal in [
        "resultaten: Het staat in het jaarverslag.",
        "resultaten: [a, 'In de **jaarlijkse rapportage**'], norm: ja/nee",
        "norm: 1 Jaarrapportage",
    ] {
        let path = "borging.opbrengsten_in_jaarrapportage.niet_nodig";
        assert_eq!(found(goal, yearly), [path], "{goal}");
        assert_eq!(found(goal, steering), [""; 0], "{goal}");
    }
    for goal in [
        "resultaten: De sturing gaat over kwaliteit.",
        "resultaten: Het staat in de managementrapportages.",
    ] {
        let path = "borging.sturing_en_rapportage.niet_nodig";
        assert_eq!(found(goal, steering), [path], "{goal}");
    }
    for goal in [
        "resultaten: De trekker zorgt voor bijsturing.",
        "naam: Jaarverslag",
        "resultaten: Wij bijsturen en aansturen.",
    ] {
        assert_eq!(found(goal, steering), [""; 0], "{goal}");
        assert_eq!(found(goal, yearly), [""; 0], "{goal}");
    }
    let other = found("resultaten: Het jaarverslag.", "doorontwikkeling");
    assert_eq!(other, [""; 0]);
}

#[test]
fn some_activity_must_serve_retention() {
    let found = |before: &str, strategies: &str, activity: &str| {
        let plan = format!(
            "{before}
implementatiestrategieen: {{strategieen: {strategies}}}
borging: {{doorontwikkeling: {{geborgd: ja}}}}
planning_en_budget: {{activiteiten: {{x: {{{activity}}}}}}}"
        );
        paths("behoud-zonder-activiteit", &plan)
    };
    let strategies =
        "{a: {inzet: {managers: inzicht}}, b: {inzet: {managers: [verandering, behoud]}}}";
    let training = "{a: {inzet: {managers: inzicht}}}";
    let unreadable = "{a: {inzet: {managers: [inzicht, x]}}}";
    // Without a strategy for retention, `fase-zonder-strategie` reports it for groups that go through that phase.
    let users = "betrokken_groepen: {managers: {rol: leidinggevende}}\ngebruikers: {managers: }";
    let section: &[&str] = &["borging"];
    for (before, strategies, activity, expected) in [
        ("", strategies, "strategieen: a", section),
        ("", strategies, "strategieen: b, status: vervallen", section),
        ("", strategies, "strategieen: [a, b]", &[]),
        ("", strategies, "strategieen: [a, [b]]", &[]),
        ("", unreadable, "strategieen: a", &[]),
        ("", "", "strategieen: a", &[]),
        ("", training, "strategieen: a", section),
        (users, training, "strategieen: a", &[]),
    ] {
        let found = found(before, strategies, activity);
        assert_eq!(found, expected, "{strategies} {activity}");
    }
    let no_sustainment =
        "implementatiestrategieen: {strategieen: {a: }}\nplanning_en_budget: {activiteiten: {x: }}";
    assert_eq!(paths("behoud-zonder-activiteit", no_sustainment), [""; 0]);
}
