//! Edge cases of the rules for section 7, implementation strategies.

use crate::finding::Severity;
use crate::plan::Language;
use crate::rules::testing::{assert_paths, check, paths, severities};
use crate::words::Words;

/// Practitioners, managers and clients, all of them users; only the clients are exempt.
const USERS: &str = "
betrokken_groepen:
  wijkwerkers: {rol: uitvoerder}
  managers: {rol: leidinggevende}
  bewoners: {rol: profijtgroep}
gebruikers: {wijkwerkers: , managers: , bewoners: }
";

fn with_users(rule: &str, plan: &str) -> Vec<String> {
    paths(rule, &format!("{USERS}{plan}"))
}

/// A plan with one barrier and one strategy.
fn barrier(factor: &str, strategies: &str) -> String {
    format!(
        "contextanalyse: {{factoren: {{tijd: {{{factor}}}}}}}
implementatiestrategieen: {{strategieen: {strategies}}}"
    )
}

#[test]
fn severity_of_an_unanswered_barrier_follows_its_influence() {
    let found = |factor: &str| {
        let plan = barrier(factor, "{praatplaat: {eigenaar: trekker}}");
        severities("belemmering-zonder-strategie", &plan)
    };
    for (factor, expected) in [
        (
            "richting: belemmerend, invloed: 3, veranderbaar: ja",
            &[Severity::Error][..],
        ),
        (
            "richting: belemmerend, invloed: 2, veranderbaar: ja",
            &[Severity::Warning],
        ),
        ("richting: belemmerend, invloed: 3", &[Severity::Error]),
        ("richting: belemmerend, invloed: 1, veranderbaar: ja", &[]),
        ("richting: belemmerend, invloed: 3, veranderbaar: nee", &[]),
        ("richting: bevorderend, invloed: 3, veranderbaar: ja", &[]),
        ("richting: belemmerend, invloed: 9, veranderbaar: ja", &[]),
    ] {
        assert_eq!(found(factor), expected, "{factor}");
    }
}

#[test]
fn unanswered_barrier_is_reported_only_if_all_strategies_are_readable() {
    let found = |strategies: &str| {
        let plan = barrier("richting: belemmerend, invloed: 3", strategies);
        !paths("belemmering-zonder-strategie", &plan).is_empty()
    };
    assert!(found("{a: }"));
    assert!(!found("{a: {belemmeringen: tijd}}"));
    assert!(!found("{a: , b: {belemmeringen: [geld, tijd]}}"));
    for silent in [
        // `strategieen-ontbreken` reports this.
        "",
        "tekst",
        "{a: tekst}",
        "{a: {belemmeringen: {tijd: ja}}}",
        "{a: {belemmeringen: [geld, [tijd]]}}",
    ] {
        assert!(!found(silent), "{silent}");
    }
    let no_section = "contextanalyse: {factoren: {tijd: {richting: belemmerend, invloed: 3}}}";
    assert_eq!(paths("belemmering-zonder-strategie", no_section), [""; 0]);
}

#[test]
fn strategy_is_reported_if_all_its_barriers_are_unchangeable() {
    let path: &[&str] = &["implementatiestrategieen.strategieen.a.belemmeringen"];
    assert_paths(
        "strategie-op-onveranderbaar",
        |barriers| {
            format!(
                "contextanalyse:
  factoren:
    taal: {{richting: belemmerend, veranderbaar: nee}}
    wet: {{richting: belemmerend, veranderbaar: nee}}
    tijd: {{richting: belemmerend, veranderbaar: ja}}
    geld: {{richting: belemmerend}}
    zin: {{richting: bevorderend, veranderbaar: nee}}
implementatiestrategieen: {{strategieen: {{a: {{belemmeringen: {barriers}}}}}}}"
            )
        },
        &[
            ("taal", path),
            ("[taal, wet]", path),
            ("[taal, tijd]", &[]),
            ("[taal, geld]", &[]),
            ("zin", &[]),
            ("[taal, onbekend]", &[]),
            ("[]", &[]),
            ("[taal, [wet]]", &[]),
        ],
    );
}

#[test]
fn groups_other_than_beneficiaries_need_a_strategy_per_phase() {
    let found = |section: &str| {
        let plan = format!("{USERS}implementatiestrategieen: {{{section}}}");
        paths("fase-zonder-strategie", &plan).len()
    };
    for (used_for, expected) in [
        // A group without any strategy is one finding.
        ("bewoners: orientatie", 2),
        (
            "wijkwerkers: {inzicht: Een training}, managers: [orientatie, behoud]",
            7,
        ),
        ("wijkwerkers: , managers: orientatie", 5),
        // An unreadable phase may be the missing one.
        ("wijkwerkers: [orientatie, inzict], managers: orientatie", 4),
        ("wijkwerkers: {inzict: Een training}", 1),
    ] {
        let section = format!("strategieen: {{a: {{inzet: {{{used_for}}}}}}}");
        assert_eq!(found(&section), expected, "{used_for}");
    }
    for silent in [
        "strategieen: {a: {inzet: orientatie}}",
        "strategieen: {a: tekst, b: {inzet: {managers: inzicht}}}",
        // `strategieen-ontbreken` reports this.
        "fasen: {managers: {doorloopt: inzicht}}",
    ] {
        assert_eq!(found(silent), 0, "{silent}");
    }
    assert_eq!(paths("fase-zonder-strategie", USERS), [""; 0]);
}

#[test]
fn plan_can_limit_the_phases_of_a_group() {
    let found = |rule: &str, phases: &str| {
        let plan = format!(
            "implementatiestrategieen:
  fasen: {phases}
  strategieen: {{a: {{inzet: {{managers: [orientatie, inzicht, acceptatie, verandering, behoud]}}}}}}"
        );
        with_users(rule, &plan)
    };
    let skipping = "{wijkwerkers: {doorloopt: [orientatie, inzicht]}}";
    let once = ["gebruikers.wijkwerkers"];
    assert_eq!(found("fase-zonder-strategie", skipping), once);
    let path = ["implementatiestrategieen.fasen.wijkwerkers"];
    assert_eq!(found("fasen-zonder-reden", skipping), path);
    assert_eq!(found("uitvoerder-slaat-fase-over", skipping), path);
    let managers = "{managers: {doorloopt: [orientatie, inzicht], omdat: Zij steunen.}}";
    assert_eq!(found("fasen-zonder-reden", managers), [""; 0]);
    assert_eq!(found("uitvoerder-slaat-fase-over", managers), [""; 0]);
    for silent in [
        "{wijkwerkers: {doorloopt: [behoud, orientatie, inzicht, acceptatie, verandering]}}",
        "{wijkwerkers: {omdat: Wij doen alles.}}",
        "{wijkwerkers: {doorloopt: [orientatie, inzict]}}",
        "{wijkwerkers: {doorloopt: fase}}",
        "{wijkwerkers: alles}",
        "alles",
        "{bewoners: {doorloopt: orientatie}}",
        "{onbekend: {doorloopt: orientatie}}",
    ] {
        for rule in ["fasen-zonder-reden", "uitvoerder-slaat-fase-over"] {
            assert_eq!(found(rule, silent), [""; 0], "{silent}");
        }
    }
}

#[test]
fn kinds_are_checked_if_all_strategies_of_a_phase_have_one() {
    let plan = |strategies: &str| {
        format!(
            "{USERS}implementatiestrategieen:
  fasen: {{wijkwerkers: {{doorloopt: acceptatie}}, managers: {{doorloopt: inzicht}}}}
  strategieen: {{{strategies}}}"
        )
    };
    let group: &[&str] = &["gebruikers.wijkwerkers"];
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        ("a: {soort: informerend, inzet: {wijkwerkers: acceptatie}}", group),
        ("a: {soort: [informerend, faciliterend], inzet: {wijkwerkers: acceptatie}}", group),
        ("a: {soort: [informerend, aanpassend], inzet: {wijkwerkers: acceptatie}}", &[]),
        ("a: {soort: motiverend, inzet: {wijkwerkers: acceptatie}}", &[]),
        ("a: {soort: [informerend, organisatorisch], inzet: {wijkwerkers: acceptatie}}", &[]),
        ("a: {soort: educatief, inzet: {managers: inzicht}}", &[]),
        ("a: {soort: informerend, inzet: {managers: inzicht}}", &[]),
        ("a: {soort: motiverend, inzet: {managers: inzicht}}", &["gebruikers.managers"]),
        // The group does not go through this phase.
        ("a: {soort: informerend, inzet: {wijkwerkers: behoud}}", &[]),
        // An unknown kind may fit.
        ("a: {soort: informerend, inzet: {wijkwerkers: acceptatie}}, b: {inzet: {wijkwerkers: acceptatie}}", &[]),
        ("a: {soort: [informerend, x], inzet: {wijkwerkers: acceptatie}}", &[]),
        ("a: {soort: informerend, inzet: {wijkwerkers: acceptatie}}, b: {soort: motiverend, inzet: {wijkwerkers: [x, acceptatie]}}", &[]),
    ];
    assert_paths("soort-past-niet-bij-fase", plan, cases);
}

#[test]
fn each_phase_has_its_fitting_kinds() {
    let kinds = [
        "informerend",
        "educatief",
        "motiverend",
        "organisatorisch",
        "faciliterend",
        "verankerend",
        "aanpassend",
    ];
    for (phase, fitting) in [
        ("orientatie", &["informerend"][..]),
        ("inzicht", &["informerend", "educatief"]),
        (
            "acceptatie",
            &["motiverend", "organisatorisch", "aanpassend"],
        ),
        (
            "verandering",
            &[
                "motiverend",
                "organisatorisch",
                "faciliterend",
                "aanpassend",
            ],
        ),
        ("behoud", &["motiverend", "organisatorisch", "verankerend"]),
    ] {
        let fits = |kind: &&str| {
            let plan = format!(
                "implementatiestrategieen:
  fasen: {{managers: {{doorloopt: {phase}}}}}
  strategieen: {{a: {{soort: {kind}, inzet: {{managers: {phase}}}}}}}"
            );
            with_users("soort-past-niet-bij-fase", &plan).is_empty()
        };
        let found: Vec<&str> = kinds.into_iter().filter(fits).collect();
        assert_eq!(found, fitting, "{phase}");
    }
}

#[test]
fn section_without_strategies_is_one_finding() {
    let plan = format!(
        "{USERS}contextanalyse: {{factoren: {{tijd: {{richting: belemmerend, invloed: 3, niveau: organisatie}}}}}}
borging: {{doorontwikkeling: {{geborgd: ja, toelichting: Ja.}}}}
planning_en_budget: {{activiteiten: {{a: {{kosten: 5}}}}}}
implementatiestrategieen: "
    );
    for section in [
        "{strategieen: }",
        "{fasen: {wijkwerkers: {doorloopt: inzicht}}}",
    ] {
        let found = crate::rules::testing::findings(&format!("{plan}{section}"));
        let about = |rule: &str| {
            ["strateg", "fase", "belemmering-", "behoud", "soort"]
                .iter()
                .any(|word| rule.contains(word))
        };
        let rules: Vec<&str> = found
            .iter()
            .filter(|(rule, _)| about(rule))
            .map(|(rule, path)| {
                assert_eq!(path, "implementatiestrategieen");
                rule.as_str()
            })
            .collect();
        assert_eq!(rules, ["strategieen-ontbreken"], "{section}");
    }
    for silent in [
        "",
        "tekst",
        "{strategieen: tekst}",
        "{strategieen: {a: tekst}}",
    ] {
        let found = paths("strategieen-ontbreken", &format!("{plan}{silent}"));
        assert_eq!(found, [""; 0], "{silent}");
    }
}

/// A plan with this many focus barriers, `b0` and further, and these strategies.
fn barriers(count: usize, strategies: &str) -> String {
    let factor = |nr| format!("b{nr}: {{richting: belemmerend, invloed: 2}}");
    let factors: Vec<String> = (0..count).map(factor).collect();
    format!(
        "contextanalyse: {{factoren: {{{}}}}}
implementatiestrategieen: {{strategieen: {{{strategies}}}}}",
        factors.join(", ")
    )
}

#[test]
fn strategy_is_overtaxed_if_it_alone_answers_half_of_six_barriers() {
    let a: &[&str] = &["implementatiestrategieen.strategieen.a.belemmeringen"];
    for (count, strategies, expected) in [
        (6, "a: {belemmeringen: [b0, b1, b2]}", a),
        (6, "a: {belemmeringen: [b0, b1]}", &[]),
        (7, "a: {belemmeringen: [b0, b1, b2]}", &[]),
        (5, "a: {belemmeringen: [b0, b1, b2, b3, b4]}", &[]),
        // Another strategy for one of the three.
        (
            6,
            "a: {belemmeringen: [b0, b1, b2]}, b: {belemmeringen: b2}",
            &[],
        ),
        (
            6,
            "a: {belemmeringen: [b0, b1, b2]}, b: {belemmeringen: [b2, [x]]}",
            &[],
        ),
        (
            6,
            "a: {belemmeringen: [b0, b1, b2]}, b: {belemmeringen: onbekend}",
            &[],
        ),
    ] {
        let found = paths("strategie-overvraagd", &barriers(count, strategies));
        assert_eq!(found, expected, "{count} {strategies}");
    }
}

#[test]
fn strategies_without_a_description_are_one_finding() {
    let all: &[&str] = &["implementatiestrategieen.strategieen"];
    assert_paths(
        "strategie-zonder-beschrijving",
        |strategies| format!("implementatiestrategieen: {{strategieen: {{{strategies}}}}}"),
        &[
            (
                "a: , b: {beschrijving: ' '}, c: {beschrijving: Oefenen.}",
                all,
            ),
            ("a: {beschrijving: Oefenen.}", &[]),
            ("a: tekst, b: {beschrijving: [x]}", &[]),
        ],
    );
}

#[test]
fn barrier_in_the_organisation_takes_more_than_words() {
    let found = |factor: &str, strategies: &str| {
        let plan = barrier(
            &format!("richting: belemmerend, invloed: 2, {factor}"),
            strategies,
        );
        !paths("strategie-past-niet-bij-belemmering", &plan).is_empty()
    };
    let (level, other) = ("naam: Kennis, niveau: organisatie", "niveau: gebruiker");
    let telling = "{a: {soort: [informerend, educatief], belemmeringen: tijd}, b: {soort: motiverend, belemmeringen: tijd}}";
    assert!(found(level, telling));
    // The id names time, and so may the name.
    assert!(found(other, telling));
    assert!(found(
        "naam: De caseload is hoog, niveau: gebruiker",
        telling
    ));
    for strategies in [
        "{a: {soort: [informerend, organisatorisch], belemmeringen: tijd}}",
        "{a: {soort: informerend, belemmeringen: tijd}, b: {soort: aanpassend, belemmeringen: tijd}}",
        // An unknown kind may fit.
        "{a: {soort: informerend, belemmeringen: tijd}, b: {belemmeringen: tijd}}",
        "{a: {soort: [informerend, x], belemmeringen: tijd}}",
        // `belemmering-zonder-strategie` reports this.
        "{a: {soort: informerend}}",
    ] {
        assert!(!found(level, strategies), "{strategies}");
    }
    assert!(!found("veranderbaar: nee, niveau: organisatie", telling));
    let elsewhere = barrier(
        "richting: belemmerend, invloed: 2, niveau: gebruiker",
        telling,
    )
    .replace("tijd", "kennis");
    assert_eq!(
        paths("strategie-past-niet-bij-belemmering", &elsewhere),
        [""; 0]
    );
}

#[test]
fn strategy_must_reach_the_group_of_its_barrier() {
    let plan = |group: &str, strategies: &str| {
        format!(
            "{USERS}{}",
            barrier(
                &format!("richting: belemmerend, invloed: 3, groep: {group}"),
                strategies
            )
        )
    };
    let found = |group: &str, strategies: &str| {
        !paths("belemmering-andere-groep", &plan(group, strategies)).is_empty()
    };
    let for_managers = "{a: {belemmeringen: tijd, inzet: {managers: inzicht}}}";
    assert!(found("wijkwerkers", for_managers));
    for (group, strategies) in [
        ("managers", for_managers),
        // Beneficiaries are reached by the intervention itself.
        ("bewoners", for_managers),
        ("onbekend", for_managers),
        ("", for_managers),
        (
            "wijkwerkers",
            "{a: {belemmeringen: tijd, inzet: {managers: inzicht}}, b: {belemmeringen: tijd, inzet: {wijkwerkers: inzicht}}}",
        ),
        (
            "wijkwerkers",
            "{a: {belemmeringen: tijd, inzet: {managers: inzicht}}, b: {belemmeringen: tijd}}",
        ),
        (
            "wijkwerkers",
            "{a: {belemmeringen: tijd, inzet: {managers: inzicht, onbekend: inzicht}}}",
        ),
        ("wijkwerkers", "{a: {belemmeringen: tijd, inzet: tekst}}"),
        ("wijkwerkers", "{a: {inzet: {managers: inzicht}}}"),
    ] {
        assert!(!found(group, strategies), "{group} {strategies}");
    }
}

#[test]
fn acceptance_needs_more_than_one_strategy() {
    let plan = |strategies: &str| {
        format!("{USERS}implementatiestrategieen: {{strategieen: {{{strategies}}}}}")
    };
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        ("a: {inzet: {managers: [acceptatie, acceptatie]}}", &["gebruikers.managers"]),
        ("a: {inzet: {managers: acceptatie}}, b: {inzet: {managers: acceptatie}}", &[]),
        ("a: {inzet: {managers: inzicht, bewoners: acceptatie}}", &[]),
    ];
    assert_paths("acceptatie-eenzijdig", plan, cases);
}

#[test]
fn training_needs_support_for_groups_that_must_change() {
    let training = "a: {soort: educatief, inzet: {managers: inzicht}}";
    let help = "b: {soort: [faciliterend, verankerend], inzet: {managers: behoud}}";
    let unknown = "b: {inzet: {managers: verandering}}";
    let managers: &[&str] = &["gebruikers.managers"];
    for (phases, other, expected) in [
        ("", "", managers),
        ("managers: {doorloopt: inzicht}", "", &[]),
        ("", help, &[]),
        ("", unknown, &[]),
    ] {
        let plan = format!(
            "{USERS}implementatiestrategieen: {{fasen: {{{phases}}}, strategieen: {{{training}, {other}}}}}"
        );
        assert_eq!(
            paths("training-zonder-vervolg", &plan),
            expected,
            "{phases} {other}"
        );
    }
}

#[test]
fn cancelled_activity_does_not_carry_out_a_strategy() {
    let (a, b) = (
        "implementatiestrategieen.strategieen.a",
        "implementatiestrategieen.strategieen.b",
    );
    assert_paths(
        "strategie-zonder-activiteit",
        |activities| {
            format!(
                "implementatiestrategieen: {{strategieen: {{a: , b: }}}}
planning_en_budget: {{activiteiten: {activities}}}"
            )
        },
        &[
            ("{x: {strategieen: [a, b]}}", &[]),
            (
                "{x: {strategieen: a}, y: {strategieen: b, status: klaar}}",
                &[],
            ),
            (
                "{x: {strategieen: a}, y: {strategieen: b, status: vervallen}}",
                &[b],
            ),
            ("{x: }", &[a, b]),
            ("{}", &[]),
            ("", &[]),
            ("tekst", &[]),
            ("{x: tekst}", &[]),
            ("{x: {strategieen: {a: }}}", &[]),
            ("{x: {strategieen: [a, {b: }]}}", &[]),
        ],
    );
    let no_planning = "implementatiestrategieen: {strategieen: {a: }}";
    assert_eq!(paths("strategie-zonder-activiteit", no_planning), [""; 0]);
}

#[test]
fn strategy_may_be_carried_out_by_a_message() {
    let b: &[&str] = &["implementatiestrategieen.strategieen.b"];
    assert_paths(
        "strategie-zonder-activiteit",
        |messages| {
            format!(
                "implementatiestrategieen: {{strategieen: {{a: , b: }}}}
planning_en_budget: {{activiteiten: {{x: {{strategieen: a}}}}}}
communicatieplan: {messages}"
            )
        },
        &[
            ("", b),
            ("{m: }", b),
            ("{m: {strategieen: a}}", b),
            ("{m: {strategieen: [a, b]}}", &[]),
            ("{m: {strategieen: c}}", &[]),
            ("{m: {strategieen: [[b]]}}", &[]),
            ("{m: later}", &[]),
            ("later", &[]),
        ],
    );
}

#[test]
fn empty_strategy_lacks_everything_but_unreadable_one_nothing() {
    for rule in [
        "strategie-zonder-aanleiding",
        "soort-ontbreekt",
        "strategie-zonder-eigenaar",
    ] {
        let at_a = ["implementatiestrategieen.strategieen.a"];
        assert_paths(
            rule,
            |a| format!("implementatiestrategieen: {{strategieen: {{a: {a}}}}}"),
            &[
                ("", &at_a),
                ("tekst", &[]),
                ("{soort: x, inzet: x, eigenaar: {x: y}}", &[]),
            ],
        );
    }
}

#[test]
fn values_to_write_are_dutch_in_english_messages() {
    let plan = format!(
        "versie: 1
{USERS}implementatiestrategieen:
  fasen: {{wijkwerkers: {{doorloopt: orientatie}}}}
  strategieen: {{a: {{soort: educatief, inzet: {{wijkwerkers: orientatie}}}}}}"
    );
    let findings = check(&plan);
    let finding = findings
        .iter()
        .find(|finding| finding.rule.name == "soort-past-niet-bij-fase")
        .unwrap();
    let english = Words::of(Language::English);
    let fix = english.text(
        "regels.soort-past-niet-bij-fase.oplossing",
        &finding.arguments,
    );
    assert!(fix.contains("informerend (informing)"), "{fix}");
    let title = english.text("regels.soort-past-niet-bij-fase.titel", &finding.arguments);
    assert!(title.ends_with("the phase orientation"), "{title}");
}
