//! The JSON Schema: it is valid, rejects unknown keys, describes every key, and agrees with the parser about values.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::fs;
use std::sync::LazyLock;

use planmaker::scaffold;
use planmaker::schema;
use planmaker::{Document, Language, Words, read_plan};
use proptest::test_runner::{Config as ProptestConfig, RngSeed};
use serde_json::Value;

const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

fn json(yaml: &str) -> Value {
    serde_yaml::from_str(yaml).unwrap_or_else(|error| panic!("{error}\n{yaml}"))
}

/// The schema's errors about a plan.
fn complaints(yaml: &str) -> Vec<String> {
    static SCHEMA: LazyLock<jsonschema::Validator> =
        LazyLock::new(|| jsonschema::validator_for(&schema::plan_schema(BOTH[0])).unwrap());
    SCHEMA
        .iter_errors(&json(yaml))
        .map(|error| error.to_string())
        .collect()
}

/// Whether the parser accepts every key, value and id of a plan.
fn can_be_read(yaml: &str) -> bool {
    let document = Document::read(yaml.as_bytes());
    let (_, reading) = read_plan(&document);
    !reading.has_gaps && reading.malformed_ids.is_empty()
}

#[test]
fn the_schema_is_valid_and_deterministic() {
    for words in BOTH {
        let schema = schema::plan_schema(words);
        assert!(jsonschema::draft202012::meta::is_valid(&schema));
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        assert_eq!(schema.to_string(), schema::plan_schema(words).to_string());
    }
}

#[test]
fn every_key_is_described_and_others_are_rejected() {
    fn look(node: &Value, at: &str) {
        if let Value::Object(object) = node {
            assert!(!object.contains_key("default"), "{at}");
            if let Some(Value::Object(properties)) = object.get("properties") {
                assert_eq!(
                    node["additionalProperties"],
                    Value::Bool(false),
                    "{at} is open to other keys"
                );
                for (key, field) in properties {
                    let text = field["description"].as_str().unwrap_or_default();
                    assert!(
                        text.contains('?') && text.contains('\n'),
                        "{at}.{key} is described as {text:?}"
                    );
                }
            }
            object
                .iter()
                .for_each(|(key, node)| look(node, &format!("{at}.{key}")));
        }
    }
    look(&schema::plan_schema(BOTH[0]), "");
    let [dutch, english] =
        BOTH.map(|words| schema::plan_schema(words)["$defs"]["Goal"]["properties"]["norm"].clone());
    assert_ne!(dutch, english);
}

/// Editors put `||` between the titles of alternatives, and offer each type, such as `null`, as a value.
#[test]
fn editors_get_one_alternative_and_no_types_to_offer() {
    fn look(node: &Value, at: &str) {
        let Value::Object(object) = node else { return };
        let alternatives = object.get("anyOf").and_then(Value::as_array);
        assert!(alternatives.is_none_or(|all| all.len() == 1), "{at}");
        for keyword in ["oneOf", "enum"] {
            assert!(!object.contains_key(keyword), "{at}.{keyword}");
        }
        let is_condition = ["if", "else"].contains(&at.rsplit('.').next().unwrap_or_default());
        assert!(
            is_condition || at.is_empty() || !object.contains_key("type"),
            "{at}"
        );
        for (key, node) in object {
            match node {
                Value::Array(items) => items.iter().for_each(|item| look(item, at)),
                node => look(node, &format!("{at}.{key}")),
            }
        }
    }
    let mut schema = schema::plan_schema(BOTH[0]);
    let offered = |schema: &Value, kind: &str| -> Vec<String> {
        let snippets = schema["$defs"][kind]["defaultSnippets"].as_array().unwrap();
        let bodies = snippets.iter().filter_map(|one| one["body"].as_str());
        bodies.take(2).map(str::to_owned).collect()
    };
    assert_eq!(offered(&schema, "rol"), ["uitvoerder", "leidinggevende"]);
    let english = schema::plan_schema(BOTH[1]);
    assert_eq!(offered(&english, "rol"), ["practitioner", "manager"]);
    assert_eq!(offered(&english, "fase"), ["orientation", "insight"]);
    assert_eq!(offered(&english, "taal"), ["nl", "en"]);
    // The properties of a type may be called "type" or "enum".
    for definition in schema["$defs"].as_object_mut().unwrap().values_mut() {
        look(definition, ".definition");
    }
}

/// Editors use `patternErrorMessage`, which is not in the standard.
#[test]
fn every_pattern_has_an_error_message() {
    for words in BOTH {
        let schema = schema::plan_schema(words);
        let explained: Vec<&str> = schema["$defs"]
            .as_object()
            .unwrap()
            .iter()
            .filter(|(_, value)| value.get("pattern").is_some())
            .map(|(kind, value)| {
                let meaning = value["patternErrorMessage"].as_str().unwrap();
                assert!(
                    meaning.contains(' ') && !meaning.contains("soorten"),
                    "{kind}: {meaning}"
                );
                kind.as_str()
            })
            .collect();
        for kind in [
            "bedrag",
            "datum",
            "geheel_getal",
            "getal",
            "ritme",
            "termijn",
            "tijdstip",
            "rol",
        ] {
            assert!(explained.contains(&kind), "{kind}");
        }
    }
}

#[test]
fn patterns_contain_the_keys_above_a_field() {
    let fields = schema::fields();
    for pattern in [
        "plan.titel",
        "betrokken_groepen.*",
        "betrokken_groepen.*.belang",
        "gebruikers.*.veranderingen[].aspect",
        "borging.uitvoerbaar_bij_werkdruk",
        "borging.eigen_punten.*",
        "borging.*.geborgd",
        "planning_en_budget.activiteiten.*.inzet.*.uren",
        "planning_en_budget.uurtarieven",
    ] {
        assert_eq!(
            fields.iter().filter(|field| *field == pattern).count(),
            1,
            "{pattern}"
        );
    }
    // A single value by id is not a field.
    assert!(!fields.contains(&"planning_en_budget.uurtarieven.*".to_owned()));
    assert!(fields.windows(2).all(|pair| pair[0] != pair[1]));
}

#[test]
fn the_schema_accepts_every_example_and_a_new_plan() {
    for entry in fs::read_dir("examples").unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(
            complaints(&fs::read_to_string(&path).unwrap()),
            [""; 0],
            "{}",
            path.display()
        );
    }
    for words in BOTH {
        assert_eq!(complaints(&scaffold::skeleton(words)), [""; 0]);
    }
}

#[test]
fn schema_and_parser_reject_mistakes() {
    for plan in [
        "versie: 2",
        "onbekend: 1",
        "plan: {auteur: Piet}",
        "plan: tekst",
        "betrokken_groepen: [team]",
        "betrokken_groepen: {Team Zuid: {rol: uitvoerder}}",
        "betrokken_groepen: {team: {rol: baas}}",
        "betrokken_groepen: {team: {belang: erg}}",
        "gebruikers: {team: {veranderingen: {ist: nu}}}",
        "gebruikers: {team: {veranderingen: [{nu: a}]}}",
        "borging: {geborgd: ja}",
        "borging: {doorontwikkeling: {geborgd: deels}}",
        "implementatiestrategieen: {strategieen: {x: {inzet: {team: proberen}}}}",
        "implementatiestrategieen: {strategieen: {x: {inzet: {team: {proberen: tekst}}}}}",
        "implementatiestrategieen: {strategieen: {x: {inzet: inzicht}}}",
        "voortgang: {metingen: [{datum: gisteren}]}",
    ] {
        assert!(!complaints(plan).is_empty(), "the schema accepts: {plan}");
        // Only the rule `versie-onbekend` knows which versions there are.
        assert!(
            !can_be_read(plan) || plan.starts_with("versie"),
            "the parser accepts: {plan}"
        );
    }
}

#[test]
fn schema_and_parser_accept_empty_values() {
    for plan in [
        "plan:",
        "plan: {titel: , auteurs: , start: , einde: , status: , nieuwe_interventie: }",
        "betrokken_groepen: {team: , wijk‑team: }",
        "betrokken_groepen: {team: {rol: , omvang: , bron: [~, interviews]}}",
        "gebruikers: {team: {veranderingen: [~, {ist: nu}]}}",
        "borging: {doorontwikkeling: }",
        "implementatiestrategieen: {strategieen: {x: {inzet: {team: }, soort: }}}",
        "planning_en_budget: {uurtarieven: {team: }, budget: }",
        "uitzonderingen: {kwaliteit-niet-gemeten: }",
    ] {
        assert_eq!(complaints(plan), [""; 0], "{plan}");
        assert!(can_be_read(plan), "{plan}");
    }
}

/// The schema accepts a value if and only if the parser does, for every kind of value.
#[test]
fn schema_and_parser_agree_about_values() {
    let mut wrong = Vec::new();
    for (field, good, bad) in VALUES {
        let keys: Vec<&str> = field.split_whitespace().collect();
        let above = keys
            .iter()
            .enumerate()
            .map(|(depth, key)| format!("\n{:1$}{key}:", "", 2 * depth));
        let above: String = above.collect();
        for (value, is_good) in good
            .iter()
            .map(|value| (value, true))
            .chain(bad.iter().map(|value| (value, false)))
        {
            let plan = format!("{above} {value}");
            let (schema, parser) = (complaints(&plan).is_empty(), can_be_read(&plan));
            if (schema, parser) != (is_good, is_good) {
                wrong.push(format!(
                    "{field}: {value}: schema {schema}, parser {parser}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

proptest::proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(12), ..ProptestConfig::default() })]

    #[test]
    fn schema_and_parser_agree_about_amounts(amount in "€? ?[0-9]{1,4}([.,][0-9]{1,4}){0,3}(,-)?") {
        let plan = format!("planning_en_budget: {{budget: {{bedrag: '{}'}}}}", amount.trim());
        assert_eq!(complaints(&plan).is_empty(), can_be_read(&plan), "{plan}");
    }

    #[test]
    fn schema_and_parser_agree_about_numbers(number in "[0-9]{1,5}([.,][0-9]{1,4}){0,3}( uur)?") {
        for key in ["personen", "uren"] {
            let plan = format!("planning_en_budget: {{activiteiten: {{x: {{inzet: {{y: {{{key}: '{number}'}}}}}}}}}}");
            assert_eq!(complaints(&plan).is_empty(), can_be_read(&plan), "{plan}");
        }
    }

    #[test]
    fn schema_and_parser_agree_about_rhythms(
        rhythm in "(na |binnen |elke |every )?([0-9]{1,5}|een half|anderhalf|twee|a|1,5) ?(dag|dagen|week|weken|wek|mnd\\.|maanden|kwartaal|jaar|years|uur)( (tot|until) ([0-9] jaar|na 2 months|2027))?(, elk jaar)?"
    ) {
        let plan = format!("monitoring: {{x: {{wanneer: '{rhythm}'}}}}");
        assert_eq!(complaints(&plan).is_empty(), can_be_read(&plan), "{plan}");
    }
}

/// A field, valid values and invalid values.
type Case = (
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const VALUES: &[Case] = &[
    (
        "plan titel",
        &["Plan", "5", "true", "2026-09-01", "'# 1'"],
        &["[a, b]", "{a: b}"],
    ),
    (
        "plan organisaties",
        &["Gemeente", "[A, B]", "7"],
        &["{a: b}", "[[a]]"],
    ),
    (
        "plan start",
        &[
            "2026-09-01",
            "1-9-2026",
            "01-09-2026",
            "2026-9-1",
            "2026‑09‑01",
            "1 september 2026",
            "1st September 2026",
            "'September 1, 2026'",
            "September 1 2026",
            "1\u{a0}Sep.\u{a0}2026",
            "1.9.2026",
        ],
        &[
            "2026-13-01",
            "morgen",
            "20260901",
            "na 1 week",
            "september 2026",
            "1-9-26",
            "1/9/2026",
        ],
    ),
    (
        "plan einde",
        &[
            "2027-08-31",
            "na 1 jaar",
            "Na 3 Maanden",
            "1 jaar",
            "na drie weken",
            "na\u{a0}9\u{a0}maanden",
            "after 9 months",
            "binnen een half jaar",
            "na 9 maanden (1 juni 2027)",
        ],
        &["na 3", "ongeveer 3 maanden", "n.t.b."],
    ),
    (
        "plan nieuwe_interventie",
        &["ja", "nee", "true", "false", "Ja", "NEE", "yes", "No"],
        &["misschien", "1", "J"],
    ),
    (
        "plan taal",
        &["nl", "en", "NL", "Nederlands", "english"],
        &["fr"],
    ),
    (
        "randvoorwaarden voorwaarden x geregeld",
        &["ja", "deels", "false", "Partly", "gedeeltelijk"],
        &["half"],
    ),
    (
        "betrokken_groepen x omvang",
        &[
            "12",
            "'12'",
            "0",
            "'41.000'",
            "'41,000'",
            "41\u{a0}000",
            "'1.000.000'",
        ],
        &[
            "1.5",
            "twaalf",
            "-1",
            "1000001",
            "'1000001'",
            "'1.0'",
            "'2.000.000'",
            "ca. 40",
        ],
    ),
    (
        "betrokken_groepen x bron",
        &["interviews", "[midi, aanname]", "2026"],
        &["{a: b}"],
    ),
    (
        "implementatiedoelen x termijn",
        &[
            "12 maanden",
            "1 week",
            "2 jaren",
            "2027-01-01",
            "twaalf maanden",
            "één jaar",
            "na 1 jaar",
            "binnen 6 mnd.",
            "6weken",
            "anderhalf jaar",
            "1,5 jaar",
            "een halfjaar",
            "12 months",
            "half a year",
            "31 december 2027",
        ],
        &[
            "dertien maanden",
            "maand",
            "zo snel mogelijk",
            "1,5 maand",
            "p.m.",
        ],
    ),
    (
        "contextanalyse werkwijze",
        &[
            "interviews",
            "[interviews, literatuur]",
            "Interviews",
            "[survey, Literature]",
        ],
        &["gesprek", "[interviews, gesprek]"],
    ),
    (
        "contextanalyse factoren x invloed",
        &["1", "3", "'2'", "zeer", "Moderate"],
        &["0", "4", "hoog", "[1]"],
    ),
    (
        "implementatiestrategieen strategieen x inzet team",
        &[
            "inzicht",
            "[inzicht, behoud]",
            "{inzicht: Eigen tekst}",
            "Oriëntatie",
            "Blijven doen",
            "Maintenance",
        ],
        &["proberen", "5"],
    ),
    (
        "monitoring x wanneer",
        &[
            "elke 3 maanden",
            "elke 3 maanden tot 1 jaar",
            "[na 1 maand, elke 3 maanden]",
            "na 1 maand, elke 3 maanden",
            "na 1 maand en elk kwartaal",
            "2027-01-31",
            "elke maand",
            "jaarlijks",
            "every 3 months until 1 year",
            "elke 3 maanden tot 1 jaar (voor het eerst op 1 december 2026)",
        ],
        &[
            "elke 0 weken",
            "om de week",
            "na 1 maand;",
            "[na 1 maand, ooit]",
            "elke 3 maanden tot 2027-01-31",
        ],
    ),
    (
        "planning_en_budget activiteiten x kosten",
        &[
            "4500",
            "4500.50",
            "4500,5",
            "€ 4.500,50",
            "€4500",
            "4500,-",
            "€ 4.500,-",
            "€ 3500,–",
            "€ 4.500",
            "4500 euro",
            "4.500 Euro",
            "EUR 4500",
            "€4,500.50",
            "1.250.000",
            "'0.05'",
        ],
        &[
            "veel",
            "€€50",
            "'4.500'",
            "4,500",
            "€ 4,500",
            "-5",
            "ca. 3500",
            "p.m.",
            "4500,505",
            "1000000000",
            "01.250.000",
        ],
    ),
    (
        "planning_en_budget activiteiten x inzet team uren",
        &[
            "8", "1.5", "1,5", "1,5 uur", "'0.875'", "0,875", "1.200,5", "1234,567",
        ],
        &["veel", "-1", "1000000", "'1.200'", "1,200", "1,5 dag"],
    ),
    (
        "planning_en_budget activiteiten x na",
        &["eerst", "[a, b]", "2026"],
        &["{a: b}"],
    ),
];
