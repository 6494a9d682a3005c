//! Tests of the rules for the file itself.

use super::references::place_of;
use super::texts::{MAX_PLACEHOLDER, PLACEHOLDERS, first_tag, is_placeholder};
use super::*;
use crate::document::{Cause, Limit, UNCUT};
use crate::plan::Language;
use crate::reading::WITH_COLON;
use crate::rules::testing::{findings, paths};
use crate::value::{
    ActivityRef, Count, Day, EffectRef, FactorRef, GoalRef, GroupOrRoleRef, GroupRef, Id,
    IndicatorRef, Moment, Money, Number, PartRef, Period, RefKind, RhythmPart, RoleRef, Scalar,
    SourceRef, StrategyRef, Term,
};
use crate::words::Words;

#[test]
fn reference_must_resolve_to_its_kind() {
    let at = |plan: &str| paths("verwijzing-onbekend", plan);
    let group = "betrokken_groepen: {artsen: }";
    let team = "implementatieteam: {trekker: {vertegenwoordigt: [artsen, arsen]}}";
    assert_eq!(
        at(&format!("{group}\n{team}")),
        ["implementatieteam.trekker.vertegenwoordigt[1]"]
    );
    assert_eq!(
        at(&format!("{group}\ngebruikers: {{arsen: }}")),
        ["gebruikers.arsen"]
    );
    let rates = "planning_en_budget: {uurtarieven: {artsen: 60, trekker: 70, x: 80}}";
    assert_eq!(
        at(&format!("{group}\n{team}\n{rates}"))[1..],
        ["planning_en_budget.uurtarieven.x"]
    );
    let owner = "monitoring: {a: {eigenaar: artsen}}";
    assert_eq!(
        at(&format!(
            "{group}\n{owner}\nimplementatieteam: {{trekker: }}"
        )),
        ["monitoring.a.eigenaar"]
    );
    let measured = "monitoring: {a: }\nvoortgang: {metingen: [{indicator: a}, {indicator: b}]}";
    assert_eq!(at(measured), ["voortgang.metingen[1].indicator"]);
}

#[test]
fn reference_into_a_missing_section_is_not_reported() {
    let at = |plan: &str| paths("verwijzing-onbekend", plan);
    for plan in [
        "gebruikers: {artsen: {veranderingen: [{onderdeel: x}]}}",
        "betrokken_groepen: {artsen: }\nplanning_en_budget: {uurtarieven: {trekker: 70}}",
        "betrokken_groepen: geen\ngebruikers: {artsen: }",
        "beschrijving_interventie: {werkzame_bestanddelen: {a: {leidt_tot: b}}}",
        "contextanalyse: {factoren: x}\nimplementatiestrategieen: {strategieen: {a: {belemmeringen: b}}}",
        "randvoorwaarden: {voorwaarden: {a: {bron: interviews}}}",
    ] {
        assert_eq!(at(plan), [""; 0], "{plan}");
    }
    let factors = "contextanalyse: {werkwijze: brainstorm}\nimplementatiestrategieen: {strategieen: {a: {belemmeringen: b}}}";
    assert_eq!(
        at(factors),
        ["implementatiestrategieen.strategieen.a.belemmeringen"]
    );
    assert_eq!(
        at("randvoorwaarden: {voorwaarden: {a: {bron: x}}}"),
        ["randvoorwaarden.voorwaarden.a.bron"]
    );
}

#[test]
fn well_formed_id_is_suggested() {
    for (id, proposal) in [
        ("Basis training", "basis-training"),
        ("stress_bespreken", "stress-bespreken"),
        ("financiële-zorg", "financiele-zorg"),
        ("  Één & ander! ", "een-ander"),
        ("foto's", "fotos"),
        ("???", ""),
    ] {
        assert_eq!(crate::value::Id::well_formed(id), proposal, "{id}");
        assert!(proposal.is_empty() || Id::is_well_formed(proposal));
    }
}

#[test]
fn only_the_known_version_is_accepted() {
    let at = |version: &str| {
        paths(
            "versie-onbekend",
            &format!("versie: {version}\nplan: {{titel: x}}"),
        )
    };
    assert_eq!(at("1"), [""; 0]);
    assert_eq!(at("2"), ["versie"]);
    assert_eq!(at(""), [""]);
    assert_eq!(at("een"), [""; 0]);
}

#[test]
fn placeholder_is_the_whole_text() {
    assert!(
        PLACEHOLDERS
            .iter()
            .all(|letters| letters.len() <= MAX_PLACEHOLDER)
    );
    for text in [
        "TODO",
        "t.b.d.",
        "???",
        "…",
        "...",
        "n.t.b.",
        "Nader te bepalen!",
        "**nog invullen**",
        "[ xxx ]",
        "TODO: uitzoeken",
        "?",
    ] {
        assert!(is_placeholder(text), "{text}");
    }
    for text in [
        "",
        "-",
        "n.v.t.",
        "Nog niet bekend",
        "TODO: Karin bellen",
        "Wij checken dit elk kwartaal",
        "ja/nee",
        "3",
    ] {
        assert!(!is_placeholder(text), "{text}");
    }
    assert_eq!(
        paths(
            "nog-in-te-vullen",
            "literatuur: {a: {kort: TBD, tekst: '...'}}"
        ),
        ["literatuur.a.kort", "literatuur.a.tekst"]
    );
}

#[test]
fn html_is_detected_as_markdown_does() {
    for (prose, tag) in [
        ("een<br>twee", "<br>"),
        ("<div class=\"x\">\nhoi\n</div>", "<div class=\"x\">"),
        ("| a |\n|---|\n| <b>x</b> |", "<b>"),
        ("vul <naam> in", "<naam>"),
    ] {
        assert_eq!(first_tag(prose).as_deref(), Some(tag), "{prose}");
    }
    for prose in [
        "1 < 2 en 3 > 2",
        "`<br>`",
        "```\n<br>\n```",
        "<https://example.nl>",
        "<a@example.nl>",
        "\\<br>",
        "<3",
    ] {
        assert_eq!(first_tag(prose), None, "{prose}");
    }
    assert_eq!(
        paths(
            "html-in-tekst",
            "literatuur: {a: {kort: x<br>y, tekst: x<br>y<br>z}}"
        ),
        ["literatuur.a.tekst"]
    );
}

#[test]
fn citation_must_resolve_to_literature() {
    let cited = |literature: &str| {
        paths(
            "bron-onbekend",
            &format!(
                "randvoorwaarden: {{voorwaarden: {{a: {{actie: '[@x; @y] `[@z]` [@y]'}}}}}}\n{literature}"
            ),
        )
    };
    let path = "randvoorwaarden.voorwaarden.a.actie";
    assert_eq!(cited("literatuur: {x: , y: }"), [""; 0]);
    assert_eq!(cited("literatuur: {x: }"), [path]);
    assert_eq!(cited(""), [path, path]);
    assert_eq!(cited("literatuur: nog niet"), [""; 0]);
}

#[test]
fn unused_ids_are_reported_only_if_all_referring_parts_are_present() {
    let unused = |plan: &str| paths("niet-gebruikt", plan);
    let whole = include_str!("../../../examples/minimaal.yaml");
    let more = "literatuur: {gelezen: {kort: A}, genoemd: {kort: B}, vergeten: {kort: C}}";
    let whole = format!(
        "{}\n{more}\n",
        whole.replace(
            "  interventie: Het",
            "  aanleiding: Zie [@genoemd].\n  interventie: Het"
        )
    )
    .replace("{geregeld: ja}", "{geregeld: ja, bron: gelezen}");
    assert_eq!(
        unused(&whole),
        ["betrokken_groepen.bewoners", "literatuur.vergeten"]
    );
    let no_borging = whole.replace("blijvende_eigenaar: {geborgd", "#");
    assert_eq!(unused(&no_borging), ["betrokken_groepen.bewoners"]);
    assert_eq!(
        unused(&whole.replace("monitoring:", "monitorring:")),
        [""; 0]
    );
    assert_eq!(
        unused(&whole.replace("[@genoemd]", "[@genoemt]")),
        ["betrokken_groepen.bewoners"]
    );
    assert_eq!(
        unused(&whole.replace("groep: wijkwerkers", "groep: wijkwerker")),
        ["literatuur.vergeten"]
    );
    let effects = "effecten: {a: {soort: gewenst}, b: }";
    let section = |more: &str| format!("beschrijving_interventie: {{{effects}, {more}}}");
    assert_eq!(
        unused(&section("werkzame_bestanddelen: {x: {leidt_tot: a}}")),
        ["beschrijving_interventie.effecten.b"]
    );
    assert_eq!(unused(&section("doel: x")), [""; 0]);
}

#[test]
fn ids_are_unique_across_kinds_and_the_example_has_all_sections() {
    let plan = "betrokken_groepen: {a: , b: }\nimplementatieteam: {b: , c: }";
    assert_eq!(paths("id-dubbel", plan), ["implementatieteam.b"]);
    assert_eq!(
        paths(
            "id-vorm",
            "literatuur: {A b: }\nborging: {eigen_punten: {Nazorg: }}"
        ),
        ["literatuur.A b", "borging.eigen_punten.Nazorg"]
    );
    assert!(
        findings(include_str!("../../../examples/psycho-educatie.yaml"))
            .iter()
            .all(|(rule, _)| !rule.starts_with("onderdeel"))
    );
}

#[test]
fn every_value_kind_cause_and_place_has_words() {
    let kinds = [
        "lijst",
        "sleutels",
        "een_of_meer",
        "keuze",
        "antwoord",
        "inzet_per_fase",
        "tekst",
        "proza",
        "id",
        "getal_te_groot",
        "bedrag_te_groot",
        Money::AMBIGUOUS,
        Money::KIND,
        Number::KIND,
        Count::KIND,
        Count::WITH_POINT,
        WITH_COLON,
        AFTER_START,
        UNCUT,
        Period::KIND,
        Day::KIND,
        Moment::KIND,
        Term::KIND,
        RhythmPart::KIND,
        PartRef::KIND,
        EffectRef::KIND,
        GroupRef::KIND,
        RoleRef::KIND,
        GroupOrRoleRef::KIND,
        GoalRef::KIND,
        FactorRef::KIND,
        StrategyRef::KIND,
        ActivityRef::KIND,
        IndicatorRef::KIND,
        SourceRef::KIND,
    ];
    let mut keys: Vec<String> = kinds.iter().map(|kind| format!("soorten.{kind}")).collect();
    for (kind, codes) in [("oorzaak_yaml", Cause::CODES), ("grens", Limit::CODES)] {
        for code in codes {
            keys.extend([format!("{kind}.{code}"), format!("{kind}_oplossing.{code}")]);
        }
    }
    for kind in kinds.iter().filter_map(|kind| RefKind::of(kind)) {
        let Argument::Choice(kind, mapping) = place_of(kind) else {
            panic!("{kind:?}")
        };
        keys.push(format!("{kind}.{mapping}"));
    }
    for language in [Language::Dutch, Language::English] {
        let words = Words::of(language);
        for key in &keys {
            assert!(words.find(&format!("keuzes.{key}")).is_some(), "{key}");
        }
    }
}

/// The rule and path of each finding after one edit to a flawless plan.
fn after(old: &str, new: &str) -> Vec<(String, String)> {
    const WHOLE: &str = include_str!("../../../tests/plans/goed.yaml");
    assert!(WHOLE.contains(old), "{old}");
    findings(&WHOLE.replacen(old, new, 1))
}

/// The only finding after one edit.
fn one(old: &str, new: &str) -> (String, String) {
    let found = after(old, new);
    assert_eq!(found.len(), 1, "{new}: {found:?}");
    found.into_iter().next().unwrap()
}

#[test]
fn underindented_line_does_not_hide_later_lines_from_rules() {
    for line in ["rol: uitvoerder", "\u{a0}\u{a0}\u{a0}\u{a0}rol: uitvoerder"] {
        let found = after(
            "    rol: uitvoerder\n    belang",
            &format!("{line}\n    belang"),
        );
        let rules: Vec<&str> = found.iter().map(|(rule, _)| rule.as_str()).collect();
        assert!(
            rules.iter().all(|rule| *rule == "yaml-ongeldig"),
            "{rules:?}"
        );
    }
    let found = after(
        "  wijkverpleegkundigen:\n    naam",
        "wijkverpleegkundigen:\n    naam",
    );
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn unambiguous_mistake_is_one_finding() {
    let unknown = |path: &str| ("verwijzing-onbekend".to_owned(), path.to_owned());
    let barriers = "[gesprek-is-lastig, test-lijkt-dubbel]";
    assert_eq!(
        one(barriers, "gesprek-is-lastig, test-lijkt-dubbel"),
        unknown("implementatiestrategieen.strategieen.training.belemmeringen")
    );
    assert_eq!(
        one("bron: [interviews, aanname]", "bron: interviews, aanname"),
        unknown("betrokken_groepen.teamleiders.bron")
    );
    let text = "      - De verpleegkundige vult";
    let (rule, path) = one(text, "      - Stap 1: De verpleegkundige vult");
    assert_eq!(
        (rule.as_str(), path.as_str()),
        (
            "waarde-ongeldig",
            "implementatiedoelen.valrisico-bespreken.resultaten[0]"
        )
    );
    let hours = "{personen: 10, uren: 1.5}";
    assert_eq!(one(hours, "{personen:10, uren: 1.5}").0, "sleutel-onbekend");
    assert_eq!(one(hours, "{personen: 10, uren:1.5}").0, "sleutel-onbekend");
    assert_eq!(one(hours, "{personen: 10, uren: 1,5}").0, "waarde-ongeldig");
    let run = "  start: 2027-01-04\n  einde: na 18 maanden";
    assert_eq!(
        one(run, "  start: 2028-07-04\n  einde: 2027-01-04"),
        ("waarde-ongeldig".to_owned(), "plan.einde".to_owned())
    );
    assert_eq!(one("versie: 1", "versie: 1.0").0, "waarde-ongeldig");
    assert_eq!(one("  titel: Val", "  titel Val").0, "yaml-ongeldig");
}

#[test]
fn finding_suggests_the_intended_value() {
    let meant = |old: &str, new: &str, name: &str| {
        let whole = include_str!("../../../tests/plans/goed.yaml").replacen(old, new, 1);
        let findings = crate::rules::testing::check(&whole);
        let argument = findings.iter().find_map(|finding| finding.argument(name));
        argument.map(|argument| Words::of(Language::Dutch).argument(argument))
    };
    let hours = "{personen: 10, uren: 1.5}";
    for (old, new, name, said) in [
        (
            "[volle-routes, gesprek-is-lastig, test-lijkt-dubbel]",
            "volle-routes, gesprek-is-lastig",
            "bedoeld",
            "[volle-routes, gesprek-is-lastig]",
        ),
        (
            "[inzicht, acceptatie]",
            "inzicht, acceptatie",
            "bedoeld",
            "[inzicht, acceptatie]",
        ),
        (
            "{personen: 10, uren: 1.5}",
            "{personen:10, uren: 1.5}",
            "met_spatie",
            "personen: 10",
        ),
        (
            "        huisartsen: [inzicht, acceptatie]",
            "        {huisartsen: inzicht, acceptatie}",
            "fase",
            "acceptatie",
        ),
        (
            "versie: 1",
            "versie: 1.0",
            "verwacht",
            "een heel getal zonder punt of komma, zoals ‘1’",
        ),
    ] {
        assert_eq!(meant(old, new, name).as_deref(), Some(said), "{new}");
    }
    assert!(
        meant(hours, "{personen: 10, uren: 1,5}", "verwacht")
            .is_some_and(|said| said.contains("punt"))
    );
}

#[test]
fn reference_resolves_to_a_malformed_id() {
    let (rule, path) = one("  huisartsen:\n    rol", "  Huisartsen:\n    rol");
    assert_eq!(
        (rule.as_str(), path.as_str()),
        ("id-vorm", "betrokken_groepen.Huisartsen")
    );
}
