//! Values are read as people write them, and whatever is not read gets the reason.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use planmaker::{Checked, Language, OwnTemplates, Plan, View, Words, read_plan, render};
use serde_json::Value;

const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

fn plan(text: &str) -> Plan {
    read_plan(&Checked::read(text).document).0
}

fn json(text: &str) -> Value {
    serde_json::to_value(plan(text)).unwrap()
}

/// The rules and messages of all findings about the file itself, on one line each.
fn messages(text: &str, words: Words) -> Vec<String> {
    let checked = Checked::read(text);
    let file = [
        "waarde-ongeldig",
        "sleutel-onbekend",
        "verwijzing-onbekend",
        "id-vorm",
        "bron-onbekend",
    ];
    let found = checked
        .findings
        .iter()
        .filter(|finding| file.contains(&finding.rule.name));
    found
        .map(|finding| {
            let title = words
                .find(&format!("regels.{}.titel", finding.rule.name))
                .unwrap();
            let fix = words
                .find(&format!("regels.{}.oplossing", finding.rule.name))
                .unwrap();
            let texts = [title, fix].map(|text| words.fill(text, &finding.arguments));
            format!(
                "{}: {}",
                words.severity(finding.severity),
                texts.join(" | ")
            )
        })
        .collect()
}

#[test]
fn choices_are_suggested_by_their_english_words_too() {
    let role = messages("betrokken_groepen: {x: {rol: pratitioner}}", BOTH[1]);
    assert!(
        role[0].contains("did you mean ‘uitvoerder’ (practitioner)?"),
        "{role:?}"
    );
    assert!(
        role[0].contains("uitvoerder (practitioner), leidinggevende (manager)"),
        "{role:?}"
    );
}

#[test]
fn findings_below_a_renamed_key_stand_at_their_line() {
    let text = "versie: 1\ngoals:\n  x:\n    norme: zoveel mogelijk\n";
    let checked = Checked::read(text);
    let finding = checked
        .findings
        .iter()
        .find(|it| it.rule.name == "doel-niet-meetbaar")
        .unwrap();
    assert_eq!(finding.path.to_string(), "implementatiedoelen.x.norm");
    assert_eq!(
        checked
            .document
            .place(&finding.path, &finding.focus)
            .start
            .line,
        4
    );
}

/// The plan with a value at the only `@@`.
fn with(plan: &str, value: &str) -> String {
    plan.replacen("@@", value, 1)
}

const DAY: &str = "plan:\n  start: @@";
const TERM: &str = "implementatiedoelen:\n  x:\n    termijn: @@";
const RHYTHM: &str = "monitoring:\n  x:\n    wanneer: @@";
const MONEY: &str = "planning_en_budget:\n  budget:\n    bedrag: @@";
const HOURS: &str = "planning_en_budget:\n  beschikbaar:\n    x:\n      uren_per_week: @@";
const COUNT: &str = "betrokken_groepen:\n  x:\n    omvang: @@";

/// A field, a value that is refused there, and what its message says in Dutch and English.
const REFUSED: [(&str, &str, &str, &str); 11] = [
    (
        DAY,
        "31-2-2026",
        "want die dag bestaat niet",
        "because that day does not exist",
    ),
    (
        DAY,
        "september 2026",
        "want de dag ontbreekt",
        "because the day is missing",
    ),
    (
        DAY,
        "n.t.b.",
        "laat de sleutel dus leeg",
        "so leave the key empty",
    ),
    (
        MONEY,
        "ca. 3500",
        "zonder ‘ca.’",
        "without ‘about’ or ‘ca.’",
    ),
    (
        MONEY,
        "p.m.",
        "laat de sleutel dus leeg",
        "so leave the key empty",
    ),
    (
        MONEY,
        "4.500",
        "kan € 4.500,00 zijn, maar ook € 4,50",
        "can be €4,500.00, but also €4.50",
    ),
    (
        HOURS,
        "1.200",
        "kan 1200 zijn, maar ook 1,200",
        "can be 1200, but also 1.200",
    ),
    (
        HOURS,
        "'1,234'",
        "kan 1234 zijn, maar ook 1,234",
        "can be 1234, but also 1.234",
    ),
    (
        TERM,
        "ongeveer 3 maanden",
        "zonder ‘ca.’",
        "without ‘about’",
    ),
    (
        COUNT,
        "'?'",
        "laat de sleutel dus leeg",
        "so leave the key empty",
    ),
    (
        RHYTHM,
        "31 juni 2027",
        "want die dag bestaat niet",
        "that day does not exist",
    ),
];

#[test]
fn a_refused_value_gets_the_reason() {
    for (field, value, dutch, english) in REFUSED {
        for (words, expected) in BOTH.into_iter().zip([dutch, english]) {
            let messages = messages(&with(field, value), words);
            assert_eq!(messages.len(), 1, "{value}: {messages:?}");
            assert!(messages[0].contains(expected), "{}", messages[0]);
        }
    }
}

#[test]
fn a_norm_with_two_readings_is_refused_with_both() {
    let goal = "implementatiedoelen:\n  x:\n    norm: @@";
    let found = messages(&with(goal, "at least 1,500 cases"), BOTH[1]);
    assert!(
        found[0].contains("can be 1500, but also 1.500"),
        "{found:?}"
    );
    for norm in [
        "1.500 gesprekken",
        "12,5%",
        "0,875 fte",
        "at least 50%",
        "zoveel mogelijk",
    ] {
        assert_eq!(messages(&with(goal, norm), BOTH[0]), [""; 0], "{norm}");
    }
}

#[test]
fn hidden_characters_are_named_and_read_as_meant() {
    for (text, path, value, named) in [
        (
            "plan: {ti\u{200b}tel: Plan}",
            "/plan/titel",
            "Plan",
            "een nul-breedte spatie",
        ),
        (
            "plan: {tіtel: Plan}",
            "/plan/titel",
            "Plan",
            "een Cyrillische і",
        ),
        (
            "plan: {status: cοncept}",
            "/plan/status",
            "concept",
            "een Griekse ο",
        ),
        (
            "betrokken_groepen: {artsen: }\nimplementatiedoelen: {x: {groep: аrtsen}}",
            "/implementatiedoelen/x/groep",
            "artsen",
            "een Cyrillische а",
        ),
    ] {
        assert_eq!(json(text).pointer(path), Some(&value.into()), "{text}");
        let messages = messages(text, BOTH[0]);
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(messages[0].starts_with("waarschuwing"), "{}", messages[0]);
        assert!(messages[0].contains(named), "{}", messages[0]);
    }
    // Two keys that look the same cannot both be read.
    let both = messages("plan: {titel: A, tіtel: B}", BOTH[0]);
    assert!(
        both[0].starts_with("fout") && both[0].contains("een Cyrillische і"),
        "{both:?}"
    );
    let id = messages("literatuur: {ta\u{ad}ken: }", BOTH[0]);
    assert!(
        id[0].contains("een zacht koppelteken") && id[0].contains("‘taken’"),
        "{id:?}"
    );
    let citation = "literatuur: {a-1: }\nplan: {aanleiding: '[@a‑1]'}";
    assert!(messages(citation, BOTH[0])[0].contains("een hard koppelteken"));
}

#[test]
fn other_spaces_hyphens_and_quotes_are_as_good_as_plain_ones() {
    for text in [
        "betrokken_groepen: {arts‑hulp: }\nimplementatiedoelen: {x: {groep: arts-hulp}}",
        "betrokken_groepen: {arts-hulp: }\nimplementatiedoelen: {x: {groep: arts–hulp}}",
        "betrokken_groepen: {arts–hulp: }\nimplementatiedoelen: {x: {groep: arts‑hulp}}",
        "plan: {“titel”: Plan}",
        "plan: {status: “concept”}",
        "contextanalyse: {factoren: {x: {niveau: maatschappelijke\u{a0}context}}}",
    ] {
        assert_eq!(messages(text, BOTH[0]), [""; 0], "{text}");
    }
}

#[test]
fn sources_are_read_in_any_case_and_in_english() {
    for (written, word) in [
        ("Interviews", "interviews"),
        ("assumption", "aanname"),
        ("Praktijk-kennis", "praktijkkennis"),
        ("survey", "vragenlijst"),
    ] {
        let text = format!("betrokken_groepen: {{x: {{bron: {written}}}}}");
        assert_eq!(messages(&text, BOTH[0]), [""; 0]);
        assert_eq!(json(&text)["betrokken_groepen"]["x"]["bron"][0], word);
    }
    // A publication with that id comes first.
    let work = "betrokken_groepen: {x: {bron: survey}}\nliteratuur: {survey: }";
    assert_eq!(json(work)["betrokken_groepen"]["x"]["bron"][0], "survey");
}

#[test]
fn literature_as_a_source_asks_which() {
    let text =
        "betrokken_groepen: {x: {bron: literatuur}}\nliteratuur: {tonnon-2021: , zonmw-2020: }";
    let found = messages(text, BOTH[0]);
    assert!(
        found[0].contains("nog niet gezegd welke publicatie"),
        "{found:?}"
    );
    assert!(found[0].contains("tonnon-2021 en zonmw-2020"), "{found:?}");
}

#[test]
fn keys_are_suggested_for_other_words() {
    for (below, words) in [
        (
            "",
            "stakeholders: betrokken_groepen, groups: betrokken_groepen, adopters: gebruikers, users: gebruikers, \
            barriers: contextanalyse, schedule: planning_en_budget, budget: planning_en_budget, sustainability: borging, \
            references: literatuur, planning: planning_en_budget, outcomes: -",
        ),
        (
            "plan",
            "organizations: organisaties, end_date: einde, background: aanleiding",
        ),
        (
            "beschrijving_interventie",
            "outcomes: effecten, effects: effecten, target_group: profijtgroep",
        ),
        (
            "betrokken_groepen.x",
            "involvement: betrekken, power: invloed, name: naam",
        ),
        (
            "contextanalyse",
            "barriers: factoren, determinants: factoren",
        ),
        (
            "randvoorwaarden.voorwaarden.x",
            "due_date: gereed, in_place: geregeld",
        ),
        ("evaluatie", "evaluator: uitvoerder"),
    ] {
        for (word, key) in words
            .split(", ")
            .filter_map(|pair| pair.trim().split_once(": "))
        {
            let steps: Vec<&str> = below.split_terminator('.').collect();
            let open = steps.join(": {");
            let (open, close) = if steps.is_empty() {
                (open, String::new())
            } else {
                (open + ": {", "}".repeat(steps.len()))
            };
            let found = messages(&format!("{open}{word}: x{close}"), BOTH[1]).join("\n");
            let meant = found.contains(&format!("did you mean ‘{key}’?"));
            assert_eq!(meant, key != "-", "{below}.{word}: {found}");
        }
    }
}

#[test]
fn keys_are_recognised_by_their_labels() {
    for (text, key) in [
        ("goals: {x: }", "implementatiedoelen"),
        ("Title: x", "titel"),
        ("Context analysis: {factoren: }", "contextanalyse"),
        ("Betrokken groepen: {x: }", "betrokken_groepen"),
        (
            "implementatiestrategieën: {x: }",
            "implementatiestrategieen",
        ),
    ] {
        let text = if key == "titel" {
            format!("plan: {{{text}}}")
        } else {
            text.to_owned()
        };
        for words in BOTH {
            let found = messages(&text, words);
            assert!(found[0].contains(&format!("‘{key}’")), "{found:?}");
        }
    }
    assert_eq!(json("plan: {title: Plan}")["plan"]["titel"], "Plan");
    assert!(json("goals: {x: {groep: g}}")["implementatiedoelen"]["x"].is_object());
}

#[test]
fn an_answer_that_shows_nothing_is_missing() {
    for empty in [
        "", "''", "' '", "\u{a0}", "\u{200b}", "[]", "{}", "~", "['', ~]", "[' ']",
    ] {
        let text = format!(
            "plan: {{titel: {empty}, start: {empty}}}\nbetrokken_groepen: {{x: {{rol: {empty}, bron: {empty}}}}}"
        );
        assert_eq!(messages(&text, BOTH[0]), [""; 0], "{empty:?}");
        let json = json(&text);
        for path in [
            "/plan/titel",
            "/plan/start",
            "/betrokken_groepen/x/rol",
            "/betrokken_groepen/x/bron",
        ] {
            assert_eq!(json.pointer(path), Some(&Value::Null), "{empty:?} {path}");
        }
    }
}

/// What a template with the filters of documents prints, a line per value.
fn printed(plan: &str, template: &'static str) -> Vec<String> {
    let templates =
        OwnTemplates::new(move |name| Ok((name == "plan.j2").then(|| template.to_owned())));
    let request = planmaker::Request {
        templates: Some(&templates),
        ..planmaker::Format::Markdown.into()
    };
    let document = render(&View::of(&Checked::read(plan)), request).unwrap();
    let lines = document
        .lines()
        .map(|line| line.trim_end().replace("\\-", "-"));
    lines.filter(|line| !line.is_empty()).collect()
}

/// Rhythms that documents print.
const RHYTHMS: [&str; 8] = [
    "2027-03-01",
    "na 9 maanden",
    "na 1 jaar",
    "elke 3 maanden",
    "elke 1 maand",
    "elke 1 kwartaal tot 18 maanden",
    "elke 2 weken tot 1 jaar",
    "[na 1 maand, elke 6 weken tot 1 jaar, 2027-12-31]",
];

#[test]
fn what_documents_print_can_be_typed_back() {
    let terms = [
        "6 maanden",
        "1 jaar",
        "12 weken",
        "2 kwartalen",
        "2027-12-31",
    ];
    let amounts = ["4500", "0.05", "1234567.5", "250"];
    for (language, start) in [
        ("nl", ""),
        ("en", ""),
        ("nl", ", start: 2026-09-01"),
        ("en", ", start: 2026-09-01"),
    ] {
        let header = format!("versie: 1\nplan: {{taal: {language}{start}}}\n");
        let check = |field: &str, value: &str, template: &'static str| {
            let plan = format!("{header}{}", with(field, value));
            let printed = printed(&plan, template);
            assert_eq!(printed.len(), 1, "{value}: {printed:?}");
            let again = format!("{header}{}", with(field, &format!("'{}'", printed[0])));
            assert_eq!(
                json(&again),
                json(&plan),
                "{language}: {value} is printed as {}",
                printed[0]
            );
        };
        for rhythm in RHYTHMS {
            check(RHYTHM, rhythm, "{{ plan.monitoring.x.wanneer | moment }}");
        }
        for term in terms {
            check(
                TERM,
                term,
                "{{ plan.implementatiedoelen.x.termijn | moment }}",
            );
        }
        for amount in amounts {
            check(
                MONEY,
                amount,
                "{{ plan.planning_en_budget.budget.bedrag | bedrag }}",
            );
        }
        for count in ["7", "1234", "41000", "1000000"] {
            check(
                COUNT,
                count,
                "{{ plan.betrokken_groepen.x.omvang | getal }}",
            );
        }
        for hours in ["7", "7.5", "0.25"] {
            check(
                HOURS,
                hours,
                "{{ plan.planning_en_budget.beschikbaar.x.uren_per_week | getal }}",
            );
        }
    }
}

/// Where each kind of choice can be written.
const CHOICES: [(&str, &str); 22] = [
    ("status_plan", "plan: {status: @@}"),
    ("taal", "plan: {taal: @@}"),
    ("ja_nee", "plan: {nieuwe_interventie: @@}"),
    (
        "geregeld",
        "randvoorwaarden: {voorwaarden: {x: {geregeld: @@}}}",
    ),
    ("rol", "betrokken_groepen: {x: {rol: @@}}"),
    ("mate", "betrokken_groepen: {x: {belang: @@}}"),
    ("aspect", "gebruikers: {x: {veranderingen: [{aspect: @@}]}}"),
    ("richting_doel", "implementatiedoelen: {x: {richting: @@}}"),
    ("niveau", "contextanalyse: {factoren: {x: {niveau: @@}}}"),
    (
        "richting_factor",
        "contextanalyse: {factoren: {x: {richting: @@}}}",
    ),
    ("gewicht", "contextanalyse: {factoren: {x: {invloed: @@}}}"),
    ("werkwijze", "contextanalyse: {werkwijze: @@}"),
    (
        "soort_strategie",
        "implementatiestrategieen: {strategieen: {x: {soort: @@}}}",
    ),
    (
        "fase",
        "implementatiestrategieen: {fasen: {x: {doorloopt: @@}}}",
    ),
    ("deelname", "implementatieteam: {x: {inzet: @@}}"),
    (
        "soort_effect",
        "beschrijving_interventie: {effecten: {x: {soort: @@}}}",
    ),
    ("soort_indicator", "monitoring: {x: {soort: @@}}"),
    ("soort_vraag", "evaluatie: {vragen: {x: {soort: @@}}}"),
    (
        "status_activiteit",
        "planning_en_budget: {activiteiten: {x: {status: @@}}}",
    ),
    ("bron", "betrokken_groepen: {x: {bron: @@}}"),
    (
        "fase",
        "implementatiestrategieen: {strategieen: {x: {inzet: {y: @@}}}}",
    ),
    (
        "fase",
        "implementatiestrategieen: {strategieen: {x: {inzet: {y: {@@: Tekst}}}}}",
    ),
];

#[test]
fn choices_are_read_by_their_labels_and_synonyms_in_any_spelling() {
    let mut tried = 0;
    for (kind, field) in CHOICES {
        for words in BOTH {
            for (key, text) in words.all() {
                let Some((of, choice)) = key
                    .strip_prefix("keuzes.")
                    .and_then(|key| key.split_once('.'))
                else {
                    continue;
                };
                let spellings: Vec<&str> = if of == kind {
                    vec![text, choice]
                } else if of.strip_suffix("_ook") == Some(kind) {
                    text.split(", ").collect()
                } else {
                    continue;
                };
                let expected = json(&with(field, &format!("'{choice}'")));
                for spelling in spellings {
                    let upper = spelling.to_uppercase();
                    for written in [spelling, &upper, &spelling.replace([' ', '-'], "_")] {
                        let text = with(field, &format!("'{written}'"));
                        assert_eq!(json(&text), expected, "{text}");
                        assert_eq!(messages(&text, words), [""; 0], "{text}");
                        tried += 1;
                    }
                }
            }
        }
    }
    assert!(tried > 500, "{tried}");
}
