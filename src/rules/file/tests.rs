//! Tests of the rules for the file itself.

use super::losses::unknown_list;
use super::references::place_of;
use super::shown::hidden_parts;
use super::texts::{MAX_PLACEHOLDER, PLACEHOLDERS, first_tag, is_placeholder};
use super::*;
use crate::document::{Cause, Limit, UNCUT, UNCUT_TEXT};
use crate::plan::Language;
use crate::plan::strategies::PhaseUse;
use crate::reading::{IDS_FOR_DASHES, LIST_OF_KEYS, NO_DASHES, REASONS, WITH_COLON};
use crate::rules::testing::{assert_paths, check, findings, paths};
use crate::value::{
    Count, Day, EffectRef, FactorRef, FormatVersion, GoalRef, GroupOrRoleRef, GroupRef, Id,
    IndicatorRef, Moment, Money, Number, PartRef, Period, PredecessorRef, RefKind, RhythmPart,
    RoleRef, Scalar, SourceRef, StageRef, StrategyRef, Term, ThingRef,
};
use crate::words::Words;

#[test]
fn reference_must_resolve_to_its_kind() {
    let group = "betrokken_groepen: {artsen: }";
    let team = "implementatieteam: {trekker: {vertegenwoordigt: [artsen, arsen]}}";
    let rates = "planning_en_budget: {uurtarieven: {artsen: 60, trekker: 70, x: 80}}";
    let represented = "implementatieteam.trekker.vertegenwoordigt[1]";
    assert_paths(
        "verwijzing-onbekend",
        |plan| format!("{group}\n{plan}"),
        &[
            (team, &[represented]),
            ("gebruikers: {arsen: }", &["gebruikers.arsen"]),
            (
                &format!("{team}\n{rates}"),
                &[represented, "planning_en_budget.uurtarieven.x"],
            ),
            (
                "communicatieplan: {a: {afzender: artsen}}\nimplementatieteam: {trekker: }",
                &["communicatieplan.a.afzender"],
            ),
            (
                "monitoring: {a: }\nvoortgang: {metingen: [{indicator: a}, {indicator: b}]}",
                &["voortgang.metingen[1].indicator"],
            ),
        ],
    );
}

#[test]
fn reference_into_a_missing_section_is_not_reported() {
    let rule = "verwijzing-onbekend";
    for plan in [
        "gebruikers: {artsen: {veranderingen: [{onderdeel: x}]}}",
        "betrokken_groepen: {artsen: }\nplanning_en_budget: {uurtarieven: {trekker: 70}}",
        "betrokken_groepen: geen\ngebruikers: {artsen: }",
        "beschrijving_interventie: {werkzame_bestanddelen: {a: {leidt_tot: b}}}",
        "contextanalyse: {factoren: x}\nimplementatiestrategieen: {strategieen: {a: {belemmeringen: b}}}",
        "randvoorwaarden: {voorwaarden: {a: {bron: interviews}}}",
        // An empty list that a plan cannot do without has its own rule.
        "contextanalyse: {werkwijze: brainstorm}\nimplementatiestrategieen: {strategieen: {a: {belemmeringen: b}}}",
        "implementatiestrategieen: {fasen: }\nplanning_en_budget: {activiteiten: {a: {strategieen: b}}}",
    ] {
        assert_eq!(paths(rule, plan), [""; 0], "{plan}");
    }
    let parts = "beschrijving_interventie: {doel: x}\ngebruikers: {artsen: {veranderingen: [{onderdeel: x}]}}";
    let part = "gebruikers.artsen.veranderingen[0].onderdeel";
    assert_eq!(paths(rule, parts), [part]);
    let source = "randvoorwaarden: {voorwaarden: {a: {bron: x}}}";
    assert_eq!(paths(rule, source), ["randvoorwaarden.voorwaarden.a.bron"]);
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
    assert_paths(
        "versie-onbekend",
        |version| format!("versie: {version}\nplan: {{titel: x}}"),
        &[("1", &[]), ("2", &["versie"]), ("", &[""]), ("een", &[])],
    );
}

#[test]
fn placeholder_is_the_whole_text() {
    let mut placeholders = PLACEHOLDERS.iter();
    assert!(placeholders.all(|letters| letters.len() <= MAX_PLACEHOLDER));
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
        "checken",
        "Komt nog",
        "p.m.",
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
    let both = "literatuur: {a: {kort: TBD, tekst: '...'}}";
    let paths = paths("nog-in-te-vullen", both);
    assert_eq!(paths, ["literatuur.a.kort", "literatuur.a.tekst"]);
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
    let both = "literatuur: {a: {kort: x<br>y, tekst: x<br>y<br>z}}";
    assert_eq!(paths("html-in-tekst", both), ["literatuur.a.tekst"]);
}

#[test]
fn comment_in_a_text_is_reported_at_texts_only() {
    assert_paths(
        "tekst-afgekapt",
        |field| format!("randvoorwaarden:\n  voorwaarden:\n    a:\n      {field}\n"),
        &[
            ("actie: Plan #2", &["randvoorwaarden.voorwaarden.a.actie"]),
            ("actie: #1 doen", &["randvoorwaarden.voorwaarden.a.actie"]),
            ("naam: C # en F#", &["randvoorwaarden.voorwaarden.a.naam"]),
            ("actie: Plan  # noot", &[]),
            ("actie: # wie?", &[]),
            ("geregeld: ja # zegt Karin", &[]),
            ("gereed: 2027-03-01 # of eerder", &[]),
            ("bron: interviews #2", &[]),
        ],
    );
    let list = "plan:\n  organisaties:\n    - Zaal #1\n    - B\nversie: 1";
    assert_eq!(paths("tekst-afgekapt", list), ["plan.organisaties[0]"]);
    let twice = "versie: 1\nplan:\n  titel: Een\n    twee # drie\n    vier\n";
    assert_eq!(paths("tekst-afgekapt", twice), [""; 0]);
    let report = findings(
        "versie: 1\nplan:\n  titel: #1 in zorg\n  interventie: x\n  organisaties: y\n  opdrachtgever: z",
    );
    let rules: Vec<_> = report.iter().map(|(rule, _)| rule.as_str()).collect();
    assert_eq!(rules, ["tekst-afgekapt"]);
}

#[test]
fn list_that_runs_together_is_reported() {
    for (text, line) in [
        ("Nodig:\n· x\n· y", "· x"),
        ("Nodig:\n• x", "• x"),
        ("-Kennen\n-Kunnen", "-Kennen"),
        ("– x\n– y", "– x"),
        ("o x\no y", "o x"),
        ("Zo:\na) x\nb) y", "a) x"),
        ("1.Kennen\n2.Kunnen", "1.Kennen"),
        ("  \u{F0B7} x\n  \u{F0B7} y", "\u{F0B7} x"),
        ("- goed\n\nEn\n• x\n• y", "• x"),
        ("Zo:\n*Kennen\n*Kunnen", "*Kennen"),
        ("Zo:\n(a) x\n(b) y", "(a) x"),
        ("Zo:\n(1) x\n(2) y", "(1) x"),
        ("-> x\n=> y", "-> x"),
        ("§ Kennen\n§ Kunnen", "§ Kennen"),
    ] {
        assert_eq!(unknown_list(text), Some(line), "{text}");
    }
    for text in [
        "- x\n- y",
        "De arts\n– die er net is – zegt",
        "• x\n\n• y",
        "• x  \n• y\\\n• z",
        "```\n• x\n• y\n```",
        "-5 graden\n-6 graden",
        "op tijd\nof niet",
        "1. x\n2. y",
        "1.5 uur\n2.5 uur",
        "• x",
        "*Goed* is\n*beter* dan",
        "§ 3 en\n§ 4",
        "(zie ook\n(de bijlage))",
    ] {
        assert_eq!(unknown_list(text), None, "{text}");
    }
    let plan = |value: &str| format!("beschrijving_interventie:\n  probleem: {value}\n");
    let at = "beschrijving_interventie.probleem";
    for value in ["|\n    Nodig\n    · x\n    · y", "Nodig\n    - x\n    - y"] {
        assert_eq!(
            paths("opsomming-niet-herkend", &plan(value)),
            [at],
            "{value}"
        );
    }
    let list = "versie: 1\nplan:\n  organisaties:\n    - De Linde\n     - De Eik\n";
    assert_eq!(
        paths("opsomming-niet-herkend", list),
        ["plan.organisaties[0]"]
    );
    let ids = "betrokken_groepen:\n  a:\n    bron: x\n      - y\n      - z\n";
    assert_eq!(paths("opsomming-niet-herkend", ids), [""; 0]);
}

#[test]
fn text_that_no_document_shows_is_reported() {
    for (prose, expected) in [
        ("| a | b |\n|---|---|\n| 1 | 2 | 3 |", &[("cel", "3")][..]),
        ("![x](y.png)", &[("afbeelding", "y.png")]),
        (
            "![x](https://x.nl/y.png)",
            &[("afbeelding", "https://x.nl/y.png")],
        ),
        (
            "zie [x](y.pdf) en [z](#z)",
            &[("koppeling", "y.pdf"), ("koppeling", "#z")],
        ),
        ("zo[^1]\n\n[^1]: Een noot", &[("voetnoot", "[^1]")]),
        ("zo[^1]\n\n[^1]: https://x.nl", &[("voetnoot", "[^1]")]),
        (
            "zo\n\n[Bron]: https://x.nl",
            &[("verwijzing", "[Bron]: https://x.nl")],
        ),
        ("![x](y) [x](y)", &[("afbeelding", "y"), ("koppeling", "y")]),
        (
            "![x](y) ![x](z)",
            &[("afbeelding", "y"), ("afbeelding", "z")],
        ),
        ("[x](https://x.nl 'zie')", &[("bijschrift", "zie")]),
    ] {
        let found = hidden_parts(prose);
        let found: Vec<_> = found
            .iter()
            .map(|(kind, part)| (*kind, part.as_str()))
            .collect();
        assert_eq!(found, expected, "{prose}");
    }
    for prose in [
        "| a | b |\n|---|---|\n| 1 \\| x | 2 |",
        "| a | b |\n|---|---|\n| 1 |",
        "[x](https://x.nl), [y](www.y.nl), [z](mailto:z@z.nl)",
        "[x][y]\n\n[y]: https://x.nl",
        "zie [@tonnon-2021; @y] en [naam]",
        "`![x](y)` en `[^1]`",
        "a | b",
        "[@x]: zegt",
    ] {
        assert_eq!(hidden_parts(prose), [], "{prose}");
    }
    let plan = "literatuur: {a: {kort: '[x](y)', tekst: '[x](y)'}}";
    assert_eq!(paths("tekst-niet-getoond", plan), ["literatuur.a.tekst"]);
}

#[test]
fn missing_section_is_at_its_key_if_that_is_empty() {
    let plan = "versie: 1\nborging:\nmonitoring: {}\n";
    let found = crate::rules::testing::check(plan);
    let found = found
        .iter()
        .filter(|finding| finding.rule.name == "onderdeel-ontbreekt");
    let mut found: Vec<_> = found.map(|finding| finding.path.to_string()).collect();
    found.sort();
    found.dedup();
    assert_eq!(found, ["", "borging", "monitoring"]);
}

#[test]
fn words_with_a_mark_between_them_are_offered_as_a_list() {
    let whole = include_str!("../../../tests/plans/goed.yaml");
    for mark in [", ", "; ", "/", " & ", " + ", " en ", " and "] {
        for (key, first, last) in [
            ("soort: ", "educatief", "motiverend"),
            ("doorloopt: ", "orientatie", "inzicht"),
            ("eigenaar: ", "trekker", "teamleider"),
        ] {
            let line = whole
                .lines()
                .find(|line| line.contains(&format!("{key}[{first}, {last}")));
            let written = format!("{key}{first}{mark}{last}");
            let plan = whole.replacen(line.unwrap().trim(), &written, 1);
            let found = crate::rules::testing::check(&plan);
            let meant = found.iter().find_map(|finding| finding.argument("bedoeld"));
            let list = Argument::from(format!("[{first}, {last}]"));
            assert_eq!(meant, Some(&list), "{written}");
        }
    }
}

#[test]
fn section_that_is_indented_too_far_is_one_finding() {
    let whole = include_str!("../../../tests/plans/goed.yaml");
    let section = "\nrandvoorwaarden:";
    let start = whole.find(section).unwrap() + 1;
    let end = start + whole[start..].find("\n\n").unwrap() + 1;
    let key = whole.replace(section, "\n  randvoorwaarden:");
    let all = whole[start..end].replace('\n', "\n  ");
    let all = format!("{}  {all}{}", &whole[..start], &whole[end..]);
    for plan in [key, all] {
        let path = "beschrijving_interventie.randvoorwaarden";
        assert_eq!(
            findings(&plan),
            [("sleutel-onbekend".to_owned(), path.to_owned())]
        );
    }
}

#[test]
fn mistakes_in_several_sections_are_reported_together() {
    let whole = include_str!("../../../tests/plans/goed.yaml");
    let broken = whole
        .replace("  doel: Over twee jaar", "  doel: @Over twee jaar")
        .replace("\nborging:\n", "\nborging\n")
        .replace("  vorm: procesevaluatie", "  vorm:procesevaluatie");
    assert_ne!(broken, whole);
    let found = findings(&broken);
    assert!(
        found.iter().all(|(rule, _)| rule == "yaml-ongeldig"),
        "{found:?}"
    );
    assert!(found.len() > 1, "{found:?}");
}

#[test]
fn citation_must_resolve_to_literature() {
    let citing = "randvoorwaarden: {voorwaarden: {a: {actie: '[@x; @y] `[@z]` [@y]'}}}";
    let path = "randvoorwaarden.voorwaarden.a.actie";
    assert_paths(
        "bron-onbekend",
        |literature| format!("{citing}\n{literature}"),
        &[
            ("literatuur: {x: , y: }", &[]),
            ("literatuur: {x: }", &[path]),
            ("", &[path, path]),
            ("literatuur: nog niet", &[]),
        ],
    );
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
    let (group, work) = ("betrokken_groepen.bewoners", "literatuur.vergeten");
    assert_eq!(unused(&whole), [group, work]);
    for (old, new, expected) in [
        ("blijvende_eigenaar: {geborgd", "#", &[group][..]),
        ("monitoring:", "monitorring:", &[]),
        ("[@genoemd]", "[@genoemt]", &[group]),
        ("groep: wijkwerkers", "groep: wijkwerker", &[work]),
    ] {
        assert_eq!(unused(&whole.replace(old, new)), expected, "{new}");
    }
    let effects = "effecten: {a: {soort: gewenst}, b: }";
    let section = |more: &str| format!("beschrijving_interventie: {{{effects}, {more}}}");
    let ingredients = section("werkzame_bestanddelen: {x: {leidt_tot: a}}");
    assert_eq!(
        unused(&ingredients),
        ["beschrijving_interventie.effecten.b"]
    );
    assert_eq!(unused(&section("doel: x")), [""; 0]);
    // `bestanddeel-zonder-effect` already says that nothing leads to any effect.
    let unlinked = format!(
        "beschrijving_interventie: {{{}, werkzame_bestanddelen: {{x: }}}}",
        "effecten: {a: {soort: gewenst}, b: {soort: ongewenst}}"
    );
    assert_eq!(unused(&unlinked), ["beschrijving_interventie.effecten.b"]);
    let effects = "effecten: {a: {soort: gewenst}, b: {soort: ongewenst, beschrijving: x}, c: {soort: ongewenst}}";
    let described = format!(
        "beschrijving_interventie: {{{effects}, werkzame_bestanddelen: {{x: {{leidt_tot: a}}}}}}"
    );
    assert_eq!(unused(&described), ["beschrijving_interventie.effecten.c"]);
}

#[test]
fn ids_have_a_form_and_the_example_has_all_sections() {
    let malformed = "literatuur: {A b: }\nborging: {eigen_punten: {Nazorg: }}";
    let expected = ["literatuur.A b", "borging.eigen_punten.Nazorg"];
    assert_eq!(paths("id-vorm", malformed), expected);
    let example = findings(include_str!("../../../examples/psycho-educatie.yaml"));
    let mut rules = example.iter().map(|(rule, _)| rule);
    assert!(rules.all(|rule| !rule.starts_with("onderdeel")));
}

#[test]
fn groups_can_own_things_and_share_an_id_with_a_role() {
    let plan = "betrokken_groepen: {managers: , zorg: }
implementatieteam: {managers: , trekker: }
randvoorwaarden: {voorwaarden: {a: {eigenaar: zorg}}}
implementatiestrategieen: {strategieen: {a: {eigenaar: [managers, zorg]}}}
borging: {doorontwikkeling: {eigenaar: zorg}, eigen_punten: {a: {eigenaar: zorg}}}
monitoring: {a: {eigenaar: zorg}}
planning_en_budget: {activiteiten: {a: {eigenaar: [zorg, niemand]}}}
communicatieplan: {a: {afzender: zorg}}";
    assert_eq!(
        paths("verwijzing-onbekend", plan),
        [
            "planning_en_budget.activiteiten.a.eigenaar[1]",
            "communicatieplan.a.afzender"
        ]
    );
    assert!(findings(plan).iter().all(|(rule, _)| rule != "id-dubbel"));
}

#[test]
fn a_list_instead_of_keys_says_what_replaces_its_dashes() {
    let expected = |plan: &str| {
        let findings = check(&format!("versie: 1\n{plan}"));
        let mut invalid = findings
            .iter()
            .filter(|it| it.rule.name == "waarde-ongeldig");
        let finding = invalid.next().unwrap();
        let Some(Argument::Choice(_, kind)) = finding.argument("verwacht") else {
            panic!("{finding:?}")
        };
        kind.clone()
    };
    assert_eq!(
        expected("contextanalyse: {factoren: [{naam: Tijd}]}"),
        IDS_FOR_DASHES
    );
    assert_eq!(
        expected("planning_en_budget: {budget: [{bedrag: 1}]}"),
        NO_DASHES
    );
    assert_eq!(
        expected("gebruikers: {a: {veranderingen: {ist: x}}}"),
        LIST_OF_KEYS
    );
    assert_eq!(expected("gebruikers: {a: {veranderingen: x}}"), "lijst");
}

/// The kinds of value that a message may expect, besides those with a reason.
const VALUE_KINDS: [&str; 41] = [
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
    Number::AMBIGUOUS,
    Money::KIND,
    Number::KIND,
    Count::KIND,
    Count::WITH_POINT,
    FormatVersion::KIND,
    PhaseUse::TWICE,
    WITH_COLON,
    AFTER_START,
    UNCUT,
    UNCUT_TEXT,
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
    PredecessorRef::KIND,
    StageRef::KIND,
    ThingRef::KIND,
    IndicatorRef::KIND,
    SourceRef::KIND,
];

#[test]
fn every_value_kind_cause_and_place_has_words() {
    let mut keys: Vec<String> = VALUE_KINDS
        .iter()
        .chain(&REASONS)
        .map(|kind| format!("soorten.{kind}"))
        .collect();
    keys.extend(REASONS.map(|kind| format!("redenen.{kind}")));
    for (kind, codes) in [("oorzaak_yaml", Cause::CODES), ("grens", Limit::CODES)] {
        for code in codes {
            keys.extend([format!("{kind}.{code}"), format!("{kind}_oplossing.{code}")]);
        }
    }
    for kind in VALUE_KINDS.iter().filter_map(|kind| RefKind::of(kind)) {
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
        let indented = "    rol: uitvoerder\n    belang";
        let found = after(indented, &format!("{line}\n    belang"));
        let mut rules = found.iter().map(|(rule, _)| rule);
        assert!(rules.all(|rule| rule == "yaml-ongeldig"), "{found:?}");
    }
    let key = "wijkverpleegkundigen:\n    naam";
    one(&format!("  {key}"), key);
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
