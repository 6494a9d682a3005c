//! The edges of the rules of section 7.

use crate::checked::Checked;
use crate::finding::Severity;
use crate::plan::Language;
use crate::rules::testing::{paths, severities};
use crate::words::Words;

/// A practitioner, a manager and a client, all of them users; only the client is exempt.
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
fn a_heavy_barrier_without_strategy_is_an_error_and_a_moderate_one_a_warning() {
    let found = |factor: &str| {
        let plan = barrier(factor, "{praatplaat: {eigenaar: trekker}}");
        severities("belemmering-zonder-strategie", &plan)
    };
    for (factor, expected) in [
        (
            "richting: belemmerend, invloed: 3, veranderbaar: ja",
            vec![Severity::Error],
        ),
        (
            "richting: belemmerend, invloed: 2, veranderbaar: ja",
            vec![Severity::Warning],
        ),
        ("richting: belemmerend, invloed: 3", vec![Severity::Error]),
        (
            "richting: belemmerend, invloed: 1, veranderbaar: ja",
            vec![],
        ),
        (
            "richting: belemmerend, invloed: 3, veranderbaar: nee",
            vec![],
        ),
        (
            "richting: bevorderend, invloed: 3, veranderbaar: ja",
            vec![],
        ),
        (
            "richting: belemmerend, invloed: 9, veranderbaar: ja",
            vec![],
        ),
    ] {
        assert_eq!(found(factor), expected, "{factor}");
    }
}

#[test]
fn a_barrier_without_strategy_is_known_when_the_strategies_are() {
    let found = |strategies: &str| {
        let plan = barrier("richting: belemmerend, invloed: 3", strategies);
        !paths("belemmering-zonder-strategie", &plan).is_empty()
    };
    assert!(found(""));
    assert!(found("{a: }"));
    assert!(!found("{a: {belemmeringen: tijd}}"));
    assert!(!found("{a: , b: {belemmeringen: [geld, tijd]}}"));
    for unreadable in [
        "tekst",
        "{a: tekst}",
        "{a: {belemmeringen: {tijd: ja}}}",
        "{a: {belemmeringen: [geld, [tijd]]}}",
    ] {
        assert!(!found(unreadable), "{unreadable}");
    }
    let no_section = "contextanalyse: {factoren: {tijd: {richting: belemmerend, invloed: 3}}}";
    assert_eq!(paths("belemmering-zonder-strategie", no_section), [""; 0]);
}

#[test]
fn only_a_strategy_for_nothing_but_the_unchangeable_softens() {
    let found = |barriers: &str| {
        let plan = format!(
            "contextanalyse:
  factoren:
    taal: {{richting: belemmerend, veranderbaar: nee}}
    wet: {{richting: belemmerend, veranderbaar: nee}}
    tijd: {{richting: belemmerend, veranderbaar: ja}}
    geld: {{richting: belemmerend}}
    zin: {{richting: bevorderend, veranderbaar: nee}}
implementatiestrategieen: {{strategieen: {{a: {{belemmeringen: {barriers}}}}}}}"
        );
        paths("strategie-op-onveranderbaar", &plan)
    };
    let path = ["implementatiestrategieen.strategieen.a.belemmeringen"];
    assert_eq!(found("taal"), path);
    assert_eq!(found("[taal, wet]"), path);
    for other in [
        "[taal, tijd]",
        "[taal, geld]",
        "zin",
        "[taal, onbekend]",
        "[]",
        "[taal, [wet]]",
    ] {
        assert_eq!(found(other), [""; 0], "{other}");
    }
}

#[test]
fn each_phase_of_each_professional_group_asks_for_a_strategy() {
    let found = |plan: &str| with_users("fase-zonder-strategie", plan).len();
    let strategies = |used_for: &str| {
        format!("implementatiestrategieen: {{strategieen: {{a: {{inzet: {{{used_for}}}}}}}}}")
    };
    assert_eq!(found(&strategies("bewoners: orientatie")), 10);
    assert_eq!(
        found(&strategies(
            "wijkwerkers: {inzicht: Een training}, managers: [orientatie, behoud]"
        )),
        7
    );
    assert_eq!(found(&strategies("wijkwerkers: , managers: orientatie")), 9);
    // What could not be read may be what is missing.
    assert_eq!(
        found(&strategies(
            "wijkwerkers: [orientatie, inzict], managers: orientatie"
        )),
        4
    );
    assert_eq!(found(&strategies("wijkwerkers: {inzict: Een training}")), 5);
    assert_eq!(
        found("implementatiestrategieen: {strategieen: {a: {inzet: orientatie}}}"),
        0
    );
    assert_eq!(
        found(
            "implementatiestrategieen: {strategieen: {a: tekst, b: {inzet: {managers: inzicht}}}}"
        ),
        0
    );
    // Without any strategy the barriers speak.
    assert_eq!(
        found("implementatiestrategieen: {fasen: {managers: {doorloopt: inzicht}}}"),
        0
    );
    assert_eq!(found(""), 0);
}

#[test]
fn a_group_goes_through_the_phases_that_the_plan_says() {
    let found = |rule: &str, phases: &str| {
        let plan = format!(
            "implementatiestrategieen:
  fasen: {phases}
  strategieen: {{a: {{inzet: {{managers: [orientatie, inzicht, acceptatie, verandering, behoud]}}}}}}"
        );
        with_users(rule, &plan)
    };
    let skipping = "{wijkwerkers: {doorloopt: [orientatie, inzicht]}}";
    assert_eq!(
        found("fase-zonder-strategie", skipping),
        ["gebruikers.wijkwerkers"; 2]
    );
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
        assert_eq!(found("fasen-zonder-reden", silent), [""; 0], "{silent}");
        assert_eq!(
            found("uitvoerder-slaat-fase-over", silent),
            [""; 0],
            "{silent}"
        );
    }
}

#[test]
fn a_phase_is_judged_by_kind_when_all_its_strategies_have_one() {
    let found = |strategies: &str| {
        let plan = format!(
            "implementatiestrategieen:
  fasen: {{wijkwerkers: {{doorloopt: acceptatie}}, managers: {{doorloopt: inzicht}}}}
  strategieen: {strategies}"
        );
        with_users("soort-past-niet-bij-fase", &plan)
    };
    let group = ["gebruikers.wijkwerkers"];
    assert_eq!(
        found("{a: {soort: informerend, inzet: {wijkwerkers: acceptatie}}}"),
        group
    );
    assert_eq!(
        found("{a: {soort: [informerend, aanpassend], inzet: {wijkwerkers: acceptatie}}}"),
        group
    );
    for fine in [
        "{a: {soort: motiverend, inzet: {wijkwerkers: acceptatie}}}",
        "{a: {soort: [informerend, organisatorisch], inzet: {wijkwerkers: acceptatie}}}",
        "{a: {soort: educatief, inzet: {managers: inzicht}}}",
        // Not a phase that the group goes through.
        "{a: {soort: informerend, inzet: {wijkwerkers: behoud}}}",
        // One of them may fit.
        "{a: {soort: informerend, inzet: {wijkwerkers: acceptatie}}, b: {inzet: {wijkwerkers: acceptatie}}}",
        "{a: {soort: [informerend, x], inzet: {wijkwerkers: acceptatie}}}",
        "{a: {soort: informerend, inzet: {wijkwerkers: acceptatie}}, b: {soort: motiverend, inzet: {wijkwerkers: [x, acceptatie]}}}",
    ] {
        assert_eq!(found(fine), [""; 0], "{fine}");
    }
}

#[test]
fn acceptance_takes_more_than_one_strategy() {
    let found = |strategies: &str| {
        let plan = format!("implementatiestrategieen: {{strategieen: {strategies}}}");
        with_users("acceptatie-eenzijdig", &plan)
    };
    assert_eq!(
        found("{a: {inzet: {managers: [acceptatie, acceptatie]}}}"),
        ["gebruikers.managers"]
    );
    assert_eq!(
        found("{a: {inzet: {managers: acceptatie}}, b: {inzet: {managers: acceptatie}}}"),
        [""; 0]
    );
    assert_eq!(
        found("{a: {inzet: {managers: inzicht, bewoners: acceptatie}}}"),
        [""; 0]
    );
}

#[test]
fn training_is_followed_by_support_for_who_must_do_it() {
    let found = |phases: &str, strategies: &str| {
        let plan =
            format!("implementatiestrategieen: {{fasen: {phases}, strategieen: {strategies}}}");
        with_users("training-zonder-vervolg", &plan)
    };
    let training = "a: {soort: educatief, inzet: {managers: inzicht}}";
    assert_eq!(
        found("{}", &format!("{{{training}}}")),
        ["gebruikers.managers"]
    );
    assert_eq!(
        found(
            "{managers: {doorloopt: inzicht}}",
            &format!("{{{training}}}")
        ),
        [""; 0]
    );
    let help = "b: {soort: [faciliterend, verankerend], inzet: {managers: behoud}}";
    assert_eq!(found("{}", &format!("{{{training}, {help}}}")), [""; 0]);
    let unknown = "b: {inzet: {managers: verandering}}";
    assert_eq!(found("{}", &format!("{{{training}, {unknown}}}")), [""; 0]);
}

#[test]
fn a_cancelled_activity_carries_nothing_out() {
    let found = |activities: &str| {
        let plan = format!(
            "implementatiestrategieen: {{strategieen: {{a: , b: }}}}
planning_en_budget: {{activiteiten: {activities}}}"
        );
        paths("strategie-zonder-activiteit", &plan)
    };
    let both = ["a", "b"].map(|id| format!("implementatiestrategieen.strategieen.{id}"));
    assert_eq!(found("{x: {strategieen: [a, b]}}"), [""; 0]);
    assert_eq!(
        found("{x: {strategieen: a}, y: {strategieen: b, status: klaar}}"),
        [""; 0]
    );
    assert_eq!(
        found("{x: {strategieen: a}, y: {strategieen: b, status: vervallen}}"),
        both[1..]
    );
    assert_eq!(found("{x: }"), both);
    for silent in [
        "{}",
        "",
        "tekst",
        "{x: tekst}",
        "{x: {strategieen: {a: }}}",
        "{x: {strategieen: [a, {b: }]}}",
    ] {
        assert_eq!(found(silent), [""; 0], "{silent}");
    }
    assert_eq!(
        paths(
            "strategie-zonder-activiteit",
            "implementatiestrategieen: {strategieen: {a: }}"
        ),
        [""; 0]
    );
}

#[test]
fn an_empty_strategy_lacks_everything_and_an_unreadable_one_nothing() {
    for rule in [
        "strategie-zonder-aanleiding",
        "soort-ontbreekt",
        "strategie-zonder-eigenaar",
    ] {
        let at_a = ["implementatiestrategieen.strategieen.a"];
        assert_eq!(
            paths(rule, "implementatiestrategieen: {strategieen: {a: }}"),
            at_a
        );
        assert_eq!(
            paths(rule, "implementatiestrategieen: {strategieen: {a: tekst}}"),
            [""; 0]
        );
        let unreadable = "{soort: x, inzet: x, eigenaar: {x: y}}";
        let plan = format!("implementatiestrategieen: {{strategieen: {{a: {unreadable}}}}}");
        assert_eq!(paths(rule, &plan), [""; 0]);
    }
}

#[test]
fn what_to_write_is_dutch_in_any_language() {
    let plan = format!(
        "versie: 1
{USERS}implementatiestrategieen:
  fasen: {{wijkwerkers: {{doorloopt: orientatie}}}}
  strategieen: {{a: {{soort: educatief, inzet: {{wijkwerkers: orientatie}}}}}}"
    );
    let findings = Checked::read(plan).findings;
    let finding = findings
        .iter()
        .find(|finding| finding.rule.name == "soort-past-niet-bij-fase")
        .unwrap();
    let english = Words::of(Language::English);
    let fix = english.text(
        "regels.soort-past-niet-bij-fase.oplossing",
        &finding.arguments,
    );
    assert!(fix.contains("(‘soort’: informerend)"), "{fix}");
    let title = english.text("regels.soort-past-niet-bij-fase.titel", &finding.arguments);
    assert!(title.ends_with("the phase orientation"), "{title}");
}
