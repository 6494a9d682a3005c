//! Edge cases of the rules for section 10, monitoring.

use crate::rules::testing::{assert_paths, findings, paths};

/// The paths at which a goal and its indicators break a rule. The plan starts on 4 January 2027.
fn measured(rule: &str, goal: &str, indicators: &str) -> Vec<String> {
    paths(
        rule,
        &format!(
            "implementatiedoelen: {{x: {{{goal}}}}}
monitoring: {{{indicators}}}"
        ),
    )
}

#[test]
fn goals_need_an_indicator_unless_for_beneficiaries() {
    assert_paths(
        "doel-zonder-indicator",
        |indicators| {
            format!(
                "betrokken_groepen: {{wijkwerkers: {{rol: uitvoerder}}, bewoners: {{rol: profijtgroep}}}}
implementatiedoelen: {{x: {{groep: wijkwerkers}}, y: , z: {{groep: bewoners}}}}
monitoring: {indicators}"
            )
        },
        &[
            ("{a: {doel: x}}", &["implementatiedoelen.y"]),
            ("{a: }", &["implementatiedoelen.x", "implementatiedoelen.y"]),
            ("{a: {doel: x}, b: {doel: y}}", &[]),
            ("", &[]),
            ("tekst", &[]),
            ("{a: {doel: [x, y]}}", &[]),
            ("{a: {doel: x}, b: tekst}", &[]),
        ],
    );
}

#[test]
fn incomplete_indicator_is_one_finding() {
    let a: &[&str] = &["monitoring.a"];
    assert_paths(
        "indicator-onvolledig",
        |indicator| format!("monitoring: {{a: {indicator}}}"),
        &[
            ("", a),
            ("{data: Lijst., wanneer: na 1 maand}", a),
            (
                "{doel: x, data: Lijst., wanneer: na 1 maand, bijsturen: Overleg.}",
                a,
            ),
            (
                "{indicator: Het gebeurt., data: Lijst., wanneer: na 1 maand, bijsturen: Overleg.}",
                a,
            ),
            (
                "{doel: x, indicator: Het gebeurt., data: Lijst., wanneer: na 1 maand, bijsturen: Overleg.}",
                &[],
            ),
            (
                "{doel: x, indicator: Het gebeurt., data: Lijst., wanneer: binnenkort, bijsturen: Overleg.}",
                &[],
            ),
            (
                "{effect: x, indicator: Het gebeurt., data: Lijst., wanneer: na 1 maand, bijsturen: Overleg.}",
                &[],
            ),
            ("tekst", &[]),
        ],
    );
}

#[test]
fn groups_that_change_need_adoption_and_fidelity_indicators() {
    let plan = |indicators: &str| {
        format!(
            "betrokken_groepen: {{wijkwerkers: {{rol: uitvoerder}}, managers: {{rol: leidinggevende}}}}
gebruikers: {{wijkwerkers: , managers: }}
implementatiedoelen: {{x: {{groep: wijkwerkers}}, y: {{groep: wijkwerkers}}, z: {{groep: managers}}}}
monitoring: {{{indicators}}}"
        )
    };
    let group: &[&str] = &["gebruikers.wijkwerkers"];
    let adoption = "a: {doel: x, soort: toepassing}";
    let fidelity = "a: {doel: y, soort: kwaliteit}";
    #[rustfmt::skip]
    let cases: &[(&str, &[&str])] = &[
        (adoption, group),
        (fidelity, &[]),
        // An indicator without a kind counts for neither.
        ("a: {doel: x, soort: toepassing}, b: {doel: y}", group),
        ("a: {doel: x}", group),
        ("a: {doel: x, soort: toepassing}, b: {doel: y, soort: kwaliteit}", &[]),
        ("a: {doel: x, soort: toepassing}, b: {doel: y, soort: x}", &[]),
        ("a: {doel: x, soort: toepassing}, b: {doel: [x, y], soort: kwaliteit}", &[]),
        // Without section 7, only implementers are known to change.
        ("a: {doel: z, soort: toepassing}", &[]),
    ];
    assert_paths("kwaliteit-niet-gemeten", plan, cases);
    let cases: &[(&str, &[&str])] = &[(adoption, &[]), (fidelity, group), ("a: {doel: x}", group)];
    assert_paths("toepassing-niet-gemeten", plan, cases);
    let managers = plan("a: {doel: z, soort: toepassing}")
        + "\nimplementatiestrategieen: {strategieen: {s: }}";
    assert_eq!(
        paths("kwaliteit-niet-gemeten", &managers),
        ["gebruikers.managers"]
    );
    // Only who goes through the phase of change works in another way.
    for (route, expected) in [
        ("[orientatie, verandering]", group),
        ("[orientatie, inzicht]", &[]),
        ("[orientatie, x]", &[]),
    ] {
        let section =
            format!("implementatiestrategieen: {{fasen: {{wijkwerkers: {{doorloopt: {route}}}}}}}");
        let found = paths(
            "kwaliteit-niet-gemeten",
            &format!("{}\n{section}", plan(adoption)),
        );
        assert_eq!(found, expected, "{route}");
    }
}

#[test]
fn goals_with_a_term_outside_the_plan_have_one_finding() {
    let plan = |term: &str| {
        format!(
            "implementatiedoelen:
  x: {{norm: 80%, termijn: {term}}}
  y: {{norm: 80%, termijn: 1 jaar}}
monitoring: {{a: {{doel: y, data: Indrukken., wanneer: na 1 jaar}}}}
evaluatie: {{wanneer: na 1 jaar, vragen: {{v: {{vraag: Hoe ging het?, doelen: y}}}}}}"
        )
    };
    let rules = |term: &str| {
        let found = findings(&plan(term)).into_iter();
        let about_x = found.filter(|(_, path)| path.starts_with("implementatiedoelen.x"));
        let rules = about_x.map(|(rule, _)| rule);
        let about = [
            "doel-zonder-indicator",
            "doel-niet-geevalueerd",
            "norm-niet-af-te-lezen",
            "doel-na-einde",
        ];
        rules
            .filter(|rule| about.contains(&rule.as_str()))
            .collect::<Vec<_>>()
    };
    for outside in ["2026-12-01", "3 jaar"] {
        assert_eq!(rules(outside), ["doel-na-einde"], "{outside}");
        assert_eq!(paths("evaluatie-voor-termijn", &plan(outside)), [""; 0]);
    }
    assert_eq!(
        rules("1 jaar"),
        ["doel-zonder-indicator", "doel-niet-geevalueerd"]
    );
}

#[test]
fn first_measurement_must_precede_the_last_day_of_the_term() {
    let found = |term: &str, indicators: &str| {
        let of = |rule: &str| measured(rule, &format!("termijn: {term}"), indicators);
        (
            of("meting-na-termijn"),
            of("meting-te-laat-om-bij-te-sturen"),
        )
    };
    let first = |moment: &str| format!("a: {{doel: x, wanneer: {moment}}}");
    let later = "a: {doel: x, wanneer: na 9 maanden}, b: {doel: x, wanneer: na 8 maanden}, c: {doel: x, wanneer: na 8 maanden}";
    let unknown =
        |other: &str| format!("a: {{doel: x, wanneer: na 1 jaar}}, b: {{doel: x, {other}}}");
    for (term, indicators, too_late, on_the_last_day) in [
        ("3 maanden", first("2027-04-03"), "", ""),
        ("3 maanden", first("2027-04-04"), "", "a"),
        ("3 maanden", first("na 3 maanden"), "", "a"),
        ("3 maanden", first("2027-04-05"), "a", ""),
        ("2027-06-30", first("elke 6 maanden"), "a", ""),
        ("1 jaar", first("[na 2 jaar, na 1 maand]"), "", ""),
        // Also after the end of the plan, which lasts two years.
        ("1 jaar", first("elke 3 jaren"), "a", ""),
        // The earliest indicator is the one to move, and the first of them on a tie.
        ("6 maanden", later.to_owned(), "b", ""),
        ("8 maanden", later.to_owned(), "", "b"),
        ("9 maanden", later.to_owned(), "", ""),
        // An unknown moment may be the earliest.
        ("6 maanden", unknown(""), "", ""),
        ("6 maanden", unknown("wanneer: ooit"), "", ""),
        ("6 maanden", unknown("wanneer: [ooit, na 2 jaar]"), "", ""),
        ("ooit", first("na 1 jaar"), "", ""),
        ("", first("na 1 jaar"), "", ""),
    ] {
        let at = |id: &str| match id {
            "" => vec![],
            id => vec![format!("monitoring.{id}.wanneer")],
        };
        assert_eq!(
            found(term, &indicators),
            (at(too_late), at(on_the_last_day)),
            "{term}: {indicators}"
        );
    }
}

#[test]
fn only_dates_can_be_too_late_without_a_start() {
    let found = |indicator: &str| {
        let plan = format!(
            "versie: 1
plan: {{titel: Plan}}
implementatiedoelen: {{x: {{termijn: 2027-06-30}}}}
monitoring: {{a: {{doel: x, wanneer: {indicator}}}}}"
        );
        paths("meting-na-termijn", &plan)
    };
    assert_eq!(found("na 1 jaar"), [""; 0]);
    assert_eq!(found("2027-07-01"), ["monitoring.a.wanneer"]);
}

#[test]
fn numeric_norm_needs_a_counting_indicator() {
    let found = |norm: &str, indicators: &str| {
        !measured(
            "norm-niet-af-te-lezen",
            &format!("norm: {norm}"),
            indicators,
        )
        .is_empty()
    };
    let talk = "a: {doel: x, indicator: Wijkwerkers vertellen erover., data: Wat zij zeggen.}";
    for norm in [
        "80% van de gesprekken",
        "20 gesprekken per maand",
        "'7,5 uur'",
    ] {
        assert!(found(norm, talk), "{norm}");
    }
    for norm in ["ja/nee", "€ 500", "zoveel mogelijk", ""] {
        assert!(!found(norm, talk), "{norm}");
    }
    for counting in [
        "a: {doel: x, data: Het aantal gesprekken.}",
        "a: {doel: x, data: De agenda., indicator: In 80% van de gesprekken komt het voor.}",
        "a: {doel: x, data: De presentielijsten.}",
        "a: {doel: x, data: Wat zij zeggen.}, b: {doel: x, data: De cliëntregistratie.}",
    ] {
        assert!(!found("80% van de gesprekken", counting), "{counting}");
    }
    for other in [
        "a: {doel: x, data: De instelling vertelt en bestelt.}",
        "a: {doel: x, data: Een voorstelling.}",
    ] {
        assert!(found("80% van de gesprekken", other), "{other}");
    }
    // Other rules report missing answers and indicators.
    for silent in [
        "a: {doel: x}",
        "a: {doel: x, data: Wat zij zeggen.}, b: {doel: x}",
        "a: {doel: y, data: Wat zij zeggen.}",
    ] {
        assert!(!found("80% van de gesprekken", silent), "{silent}");
    }
}

#[test]
fn only_adoption_should_use_existing_data() {
    let path: &[&str] = &["monitoring.a.bestaande_data"];
    assert_paths(
        "extra-administratie",
        |indicator| format!("monitoring: {{a: {{{indicator}}}}}"),
        &[
            ("soort: toepassing, bestaande_data: nee", path),
            ("soort: kwaliteit, bestaande_data: nee", &[]),
            ("soort: toepassing, bestaande_data: ja", &[]),
            ("soort: toepassing", &[]),
            ("bestaande_data: nee", &[]),
        ],
    );
}
