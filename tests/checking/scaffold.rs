//! The plan that `planmaker new` writes: it has every key, each question once and the author's answers, and it is valid.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use planmaker::scaffold::{self, Answers, Form, Group, one_line};
use planmaker::schema;
use planmaker::{BOOK, Checked, Choice, Language, Severity, Words};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_yaml::Value;

const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

/// The plan to fill in, with what is needed and with every key, in both languages.
fn skeletons() -> [String; 4] {
    let [dutch, english] = BOTH;
    [
        scaffold::skeleton(dutch),
        scaffold::skeleton(english),
        scaffold::full_skeleton(dutch),
        scaffold::full_skeleton(english),
    ]
}

/// Whether a line is a key, after the `# ` of a line that is commented out.
fn is_key(line: &str) -> bool {
    let line = line.trim_start();
    let line = line.strip_prefix("- ").unwrap_or(line);
    let (key, rest) = line.split_once(':').unwrap_or((" ", ""));
    let is_word = key
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c));
    is_word && (rest.is_empty() || rest.starts_with(' '))
}

/// Uncomments the keys that are commented out, as a user would: by removing a mark from all lines of their blocks.
fn switched_on_by(mark: &str, skeleton: &str) -> String {
    let (heading, plan) = skeleton.split_once("\nversie:").unwrap();
    let lines = plan.lines().map(|line| match line.split_once("# ") {
        Some((margin, behind))
            if margin.trim().is_empty() && (is_key(behind) || behind.starts_with("  ")) =>
        {
            format!("{}\n", line.replacen(mark, "", 1))
        }
        _ => format!("{line}\n"),
    });
    format!("{heading}\nversie:{}", lines.collect::<String>())
}

fn switched_on(skeleton: &str) -> String {
    switched_on_by("# ", skeleton)
}

/// The patterns of all keys of a plan.
fn keys(plan: &str) -> BTreeSet<String> {
    fn look(value: &Value, pattern: &str, known: &BTreeSet<String>, found: &mut BTreeSet<String>) {
        match value {
            Value::Mapping(mapping) => {
                for (key, value) in mapping {
                    let own = schema::pattern_of(pattern, key.as_str().unwrap());
                    let pattern = if known.contains(&own) {
                        own
                    } else {
                        schema::pattern_of(pattern, "*")
                    };
                    look(value, &pattern, known, found);
                    found.insert(pattern);
                }
            }
            Value::Sequence(items) => items
                .iter()
                .for_each(|item| look(item, &format!("{pattern}[]"), known, found)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    look(
        &serde_yaml::from_str(plan).unwrap(),
        "",
        &schema::fields().into_iter().collect(),
        &mut found,
    );
    found
}

/// The findings of a plan that are about the file itself.
fn file_findings(plan: &str) -> Vec<String> {
    let checked = Checked::read(plan);
    let findings = checked.findings.iter();
    let wrong = findings.filter(|finding| BOOK.is_about_the_file(finding.rule.name));
    wrong
        .map(|finding| format!("{} at {}", finding.rule.name, finding.path))
        .collect()
}

#[test]
fn the_file_is_valid() {
    for skeleton in skeletons() {
        assert_eq!(file_findings(&skeleton), [""; 0]);
        // The test detects a mistake.
        assert!(!file_findings(&skeleton.replace("  titel:", "  titl:")).is_empty());
    }
}

#[test]
fn commented_out_keys_can_be_uncommented() {
    for skeleton in skeletons() {
        // Editors remove the space, people may forget it.
        for mark in ["# ", "#"] {
            let plan = switched_on_by(mark, &skeleton);
            assert!(plan.lines().count() == skeleton.lines().count() && plan != skeleton);
            // Nothing refers to the examples, and the example exception has no reason yet.
            let idle = ["niet-gebruikt", "uitzondering-zonder-reden"];
            let mut wrong = file_findings(&plan);
            wrong.retain(|finding| !idle.iter().any(|idle| finding.starts_with(idle)));
            assert_eq!(wrong, [""; 0], "{plan}");
        }
    }
}

/// A new mapping by id must get an example id in `src/scaffold/content.rs`.
#[test]
fn the_full_plan_has_every_key_of_the_model() {
    let fields: BTreeSet<String> = schema::fields().into_iter().collect();
    for words in BOTH {
        let keys = keys(&switched_on(&scaffold::full_skeleton(words)));
        let missing: Vec<&String> = fields.difference(&keys).collect();
        assert!(missing.is_empty(), "not in the new plan: {missing:?}");
    }
}

/// Removes every occurrence of a field.
fn remove(field: &str, value: &mut Value, pattern: &str, known: &BTreeSet<String>) {
    match value {
        Value::Mapping(mapping) => {
            let of = |key: &Value| {
                let own = schema::pattern_of(pattern, key.as_str().unwrap());
                let is_known = known.contains(&own);
                if is_known {
                    own
                } else {
                    schema::pattern_of(pattern, "*")
                }
            };
            mapping.retain(|key, _| of(key) != field);
            for (key, value) in mapping {
                remove(field, value, &of(key), known);
            }
        }
        Value::Sequence(items) => {
            for item in items {
                remove(field, item, &format!("{pattern}[]"), known);
            }
        }
        _ => {}
    }
}

/// The errors and warnings, with their places.
fn serious(plan: &str) -> BTreeSet<String> {
    let checked = Checked::read(plan);
    let findings = checked.findings.iter();
    findings
        .filter(|found| found.severity > Severity::Tip)
        .map(|found| format!("{} at {}", found.rule.name, found.path))
        .collect()
}

/// The fields without which the worked example has more errors or warnings.
fn required() -> BTreeSet<String> {
    let known: BTreeSet<String> = schema::fields().into_iter().collect();
    let example: Value = serde_yaml::from_str(scaffold::EXAMPLE).unwrap();
    let before = serious(scaffold::EXAMPLE);
    let is_required = |field: &&String| {
        let mut plan = example.clone();
        remove(field, &mut plan, "", &known);
        !serious(&serde_yaml::to_string(&plan).unwrap()).is_subset(&before)
    };
    known.iter().filter(is_required).cloned().collect()
}

#[test]
fn a_new_plan_asks_what_errors_and_warnings_require() {
    let required = required();
    assert!(required.len() > 60, "{required:?}");
    let asked = keys(&switched_on(&scaffold::skeleton(BOTH[0])));
    // What the example refers to, excuses or explains; a plan without these is whole as well.
    let only_after_others = [
        "beschrijving_interventie.materialen",
        "beschrijving_interventie.onderdelen",
        "borging.*.niet_nodig",
        "contextanalyse.niet_uitgevraagd",
        "communicatieplan.*.strategieen",
        "implementatiestrategieen.fasen",
        "literatuur",
        "monitoring.*.effect",
        "planning_en_budget.beslismomenten",
        "planning_en_budget.etappes",
        "risicos",
        "uitzonderingen",
        "voortgang",
    ];
    let is_first = |key: &String| !only_after_others.iter().any(|one| key.starts_with(one));
    let missing: Vec<&String> = required
        .difference(&asked)
        .filter(|key| is_first(key))
        .collect();
    assert_eq!(missing, [""; 0]);
    let needed_by_others = [
        // One of two is enough.
        "planning_en_budget.activiteiten.*.inzet.*.personen",
        "planning_en_budget.activiteiten.*.kosten",
        // A name for what the other keys are about.
        "contextanalyse.factoren.*.naam",
        "evaluatie.vragen.*.vraag",
        "implementatiedoelen.*.naam",
        "monitoring.*.indicator",
        "beschrijving_interventie.beschrijving",
        // The keys of these mappings are ids.
        "implementatiestrategieen.strategieen.*.inzet.*",
        "planning_en_budget.uurtarieven.*",
    ];
    let idle: Vec<&String> = asked
        .difference(&required)
        .filter(|key| !needed_by_others.contains(&key.as_str()))
        .collect();
    assert_eq!(idle, [""; 0]);
}

/// The plan has only things that every plan has, by their roles.
#[test]
fn a_new_plan_names_no_invented_things() {
    for (words, names) in [
        (BOTH[0], ["uitvoerders", "trekker"]),
        (BOTH[1], ["practitioners", "lead"]),
    ] {
        let plan: Value = serde_yaml::from_str(&scaffold::skeleton(words)).unwrap();
        let ids = |path: &[&str]| {
            let value = path.iter().fold(&plan, |value, key| &value[*key]);
            let ids = value
                .as_mapping()
                .into_iter()
                .flat_map(|things| things.keys());
            ids.map(|id| id.as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(ids(&["betrokken_groepen"]), names[..1]);
        assert_eq!(ids(&["gebruikers"]), names[..1]);
        assert_eq!(ids(&["implementatieteam"]), names[1..]);
        assert!(
            ids(&["implementatiedoelen"])
                .iter()
                .all(|id| id.ends_with(names[0]))
        );
        assert!(ids(&["monitoring"]).iter().all(|id| id.ends_with(names[0])));
        for things in [
            ["beschrijving_interventie", "werkzame_bestanddelen"],
            ["beschrijving_interventie", "effecten"],
            ["randvoorwaarden", "voorwaarden"],
            ["contextanalyse", "factoren"],
            ["implementatiestrategieen", "strategieen"],
            ["evaluatie", "vragen"],
            ["planning_en_budget", "activiteiten"],
        ] {
            assert_eq!(ids(&things), [""; 0], "{things:?}");
        }
    }
}

#[test]
fn it_is_laid_out_well() {
    for skeleton in skeletons() {
        assert!(skeleton.starts_with("# "));
        check_layout(&skeleton);
    }
    let form = Form {
        modeline: true,
        ..Form::default()
    };
    let plan = scaffold::plan(BOTH[0], &Answers::default(), form);
    let modeline = "# yaml-language-server: $schema=planmaker.schema.json\n";
    assert_eq!(plan, format!("{modeline}{}", scaffold::skeleton(BOTH[0])));
}

fn check_layout(plan: &str) {
    for line in plan.lines() {
        assert!(line.chars().count() <= 100, "too wide: {line}");
        assert_eq!(line, line.trim_end());
    }
    assert!(!plan.contains("\n\n\n"));
    assert!(plan.ends_with('\n'));
}

#[test]
fn it_is_short_with_three_groups() {
    for groups in [
        &[][..],
        &[
            "A:uitvoerder:veel:veel",
            "B:leidinggevende:veel:veel",
            "C:profijtgroep:veel:weinig",
        ],
        &[
            "A:uitvoerder:veel:veel",
            "B:uitvoerder:veel:veel",
            "C:uitvoerder:veel:veel",
        ],
        &[
            "A:uitvoerder:veel:veel",
            "B:leidinggevende:veel:veel",
            "C:doorverwijzer:veel:veel",
        ],
        &["Consulenten schuldhulp", "Teamleiders", "Bewoners"],
        // Users that need a message besides.
        &[
            "Consulenten wijkteam:uitvoerder:weinig:weinig",
            "Medewerkers schuldhulp:uitvoerder:weinig:veel",
            "Sociaal raadslieden:uitvoerder:veel:weinig",
        ],
        &[
            "Consulenten wijkteam:uitvoerder:weinig",
            "Medewerkers schuldhulp:uitvoerder",
            "Sociaal raadslieden:beslisser:veel:weinig",
        ],
    ] {
        for words in BOTH {
            let answers = Answers {
                groups: groups
                    .iter()
                    .map(|group| Group::parse(group).unwrap())
                    .collect(),
                ..Answers::default()
            };
            let form = Form {
                modeline: true,
                ..Form::default()
            };
            let plan = scaffold::plan(words, &answers, form);
            let count = plan.lines().count();
            assert!(count <= 350, "{count} lines with {groups:?}");
        }
    }
}

/// Blocks of the new plans, each with the index of its plan in `skeletons`.
const BLOCKS: [(usize, &str); 6] = [
    (
        0,
        "
plan:
  # Hoe heet je plan? Eén regel, zoals hij op het voorblad komt.
  titel:
  # Welke interventie of werkwijze voer je in? De naam op één regel, zoals Psycho-educatie.
  interventie:
",
    ),
    (
        0,
        "
# 3. Betrokken groepen -----------------------------------------------------------------------------
# Welke groepen hebben belang bij de implementatie of invloed erop?
# Kan ook: toelichting, bron, voordeel, nadeel, omvang.
betrokken_groepen:
  uitvoerders:
",
    ),
    (
        0,
        "
    veranderingen:
      # Hoe doet de groep het nu? Beschrijf wat je vandaag ziet, zonder oordeel.
      - ist:
        # Hoe doet de groep het straks? Beschrijf wat je dan ziet.
        soll:
",
    ),
    (
        0,
        "
  # Wat kan de interventie teweegbrengen? Ook wat je liever niet ziet. Haal hieronder ‘# ’ weg.
  effecten:
    # naam-van-effect:
    #   # Wil je dit effect, of juist niet? gewenst of ongewenst.
    #   soort:

",
    ),
    (
        1,
        "
  practitioners:
    # Which role does this group have? Choose practitioner, manager, target population, referrer,
    # support staff, partner organisation, decision-maker, funder, developer or wider community.
    rol: practitioner
",
    ),
    (
        2,
        "
  # Welke kosten horen niet bij één activiteit?
  # Geef elke kostenpost een id, zoals licentie, met een bedrag. Haal hieronder ‘# ’ weg.
  overige_kosten:
    # # Waar gaat dit geld naartoe? Eén post per id, zoals een licentie, drukwerk of zaalhuur.
    # naam-van-kostenpost:
    #   # Hoe heet deze kostenpost?
",
    ),
];

#[test]
fn comments_are_indented_like_their_key() {
    let plans = skeletons();
    for (nr, block) in BLOCKS {
        let plan = &plans[nr];
        assert!(plan.contains(block), "not in the new plan: {block}{plan}");
    }
}

#[test]
fn the_english_plan_is_in_english_except_keys() {
    let [dutch, english, full_dutch, full_english] = skeletons();
    for (dutch, english) in [(&dutch, &english), (&full_dutch, &full_english)] {
        assert!(english.contains("\n  taal: en\n"));
        assert!(
            english.contains("\n    trekker: yes\n") && english.contains(" rol: practitioner\n")
        );
        let mut keys = [dutch, english].map(|plan| keys(&switched_on(plan)));
        keys[0].insert("plan.taal".to_owned());
        assert_eq!(keys[0], keys[1]);
        let values = english
            .lines()
            .filter_map(|line| Some(line.trim().split_once(": ")?.1));
        for value in values {
            assert!(!["ja", "nee", "veel", "uitvoerder", "toepassing"].contains(&value));
        }
    }
}

#[test]
fn the_example_is_in_the_language() {
    for (language, line) in [
        (Language::Dutch, "\n  taal: nl\n"),
        (Language::English, "\n  taal: en\n"),
    ] {
        let plan = scaffold::example(language, true);
        assert_eq!(file_findings(&plan), [""; 0]);
        assert!(plan.contains(line));
        assert!(plan.starts_with("# yaml-language-server: "));
        assert!(plan.ends_with(&scaffold::example(language, false)));
    }
}

/// The answers to the questions of `new` in a plan, as planmaker parses it.
fn answers_in(plan: &str) -> Answers {
    let checked = Checked::read(plan);
    let plan = checked.plan();
    let header = plan.header.given().unwrap();
    let groups = plan.groups();
    Answers {
        title: header.title.given().map(ToString::to_string),
        intervention: header.intervention.given().map(ToString::to_string),
        organisations: header.organisations.given().map_or(Vec::new(), |names| {
            names.as_slice().iter().map(ToString::to_string).collect()
        }),
        start: header.start.given().map(|day| day.date()),
        groups: groups
            .iter()
            .map(|(id, group)| Group {
                name: groups.name(id).into_owned(),
                role: group.role.given().copied(),
                interest: group.interest.given().copied(),
                influence: group.influence.given().copied(),
            })
            .collect(),
    }
}

/// The schema's errors about a plan.
fn complaints(plan: &str) -> Vec<String> {
    static SCHEMA: LazyLock<jsonschema::Validator> =
        LazyLock::new(|| jsonschema::validator_for(&schema::plan_schema(BOTH[0])).unwrap());
    let plan = serde_yaml::from_str(plan).unwrap_or_else(|error| panic!("{error}\n{plan}"));
    let errors = SCHEMA.iter_errors(&plan);
    errors.map(|error| error.to_string()).collect()
}

/// Checks that a plan with answers is valid and contains them.
fn check_answers(answers: &Answers, words: Words) {
    let plan = scaffold::plan(words, answers, Form::default());
    // The answer ‘nog invullen’ is reported as a placeholder.
    let mut wrong = file_findings(&plan);
    wrong.retain(|finding| !finding.starts_with("nog-in-te-vullen at "));
    assert_eq!(wrong, [""; 0], "{answers:?}\n{plan}");
    assert_eq!(complaints(&plan), [""; 0], "{answers:?}\n{plan}");

    let filled = |text: &String| Some(one_line(text)).filter(|line| !line.is_empty());
    let mut expected = Answers {
        title: answers.title.as_ref().and_then(filled),
        intervention: answers.intervention.as_ref().and_then(filled),
        organisations: answers.organisations.iter().filter_map(filled).collect(),
        start: answers.start,
        groups: answers.groups.clone(),
    };
    expected.groups.retain_mut(|group| {
        group.name = one_line(&group.name);
        !group.name.is_empty()
    });
    let mut found = answers_in(&plan);
    // A group of users is added before the others if there is none.
    let unnamed = found.groups.len() - expected.groups.len();
    assert!(unnamed < 2 && (unnamed == 1 || !expected.groups.is_empty()));
    found.groups.drain(..unnamed);
    assert_eq!(found, expected, "{plan}");
}

/// Texts with a special meaning in YAML, templates or terminals.
const HOSTILE: &[&str] = &[
    "Ja: \"nee\" # x",
    "- streepje",
    "@home",
    "{ a: b }",
    "[x, y]",
    "🎉 feest",
    "'",
    "\"",
    "\\",
    "%TAG",
    "&a *b !c",
    "| >",
    "? x",
    "null",
    "~",
    "ja",
    "2027",
    "1e3",
    "0x1f",
    "2026-09-01",
    "a:",
    "titel: x",
    "#",
    "---",
    "...",
    "<<",
    "{{ taal }}",
    "{% for x in y %}",
    "{# x #}",
    "a\nb: c",
    "tab\there",
    "\u{0}\u{1b}[31m",
    "\u{feff}bom",
    "a\u{2028}b",
    "\u{fffe}",
    "<b>x</b>",
    "[@x]",
    "nog invullen",
    "  ",
    "=",
    "`x`",
    "é\u{301}",
    "\u{202e}om",
    "$schema=x",
];

#[test]
fn hostile_answers_are_quoted() {
    for (text, words) in HOSTILE.iter().zip(BOTH.into_iter().cycle()) {
        let text = (*text).to_owned();
        let group = |name: &str| Group {
            name: name.to_owned(),
            ..Group::default()
        };
        let answers = Answers {
            title: Some(text.clone()),
            intervention: Some(text.clone()),
            organisations: vec![text.clone(), format!("{text}, {text}"), text.clone()],
            start: None,
            groups: vec![group(&text), group(&format!("x {text}")), group(&text)],
        };
        check_answers(&answers, words);
    }
}

#[test]
fn a_plan_without_answers_is_the_skeleton() {
    for words in BOTH {
        let nothing = Answers {
            title: Some(" ".to_owned()),
            groups: vec![Group::default()],
            ..Answers::default()
        };
        assert_eq!(
            scaffold::plan(words, &nothing, Form::default()),
            scaffold::skeleton(words)
        );
    }
}

#[test]
fn a_plan_with_groups_is_laid_out_well() {
    let names = [
        "Consulenten schuldhulp",
        "Teamleiders",
        "Wijkteams",
        "Vrijwilligers van de formulierenbrigade",
    ];
    let groups = names.map(|name| Group::parse(&format!("{name}:uitvoerder:veel:veel")).unwrap());
    let answers = Answers {
        groups: groups.into(),
        ..Answers::default()
    };
    let plan = scaffold::plan(BOTH[0], &answers, Form::default());
    check_layout(&plan);
    for thing in ["doel", "belemmering", "toepassing"] {
        assert!(
            plan.contains(&format!("\n  {thing}-vrijwilligers-formulierenbrigade:\n"))
                || plan.contains(&format!(
                    "\n    {thing}-vrijwilligers-formulierenbrigade:\n"
                ))
        );
    }
    let question = "Hoe betrek je de groep?";
    assert_eq!(plan.matches(question).count(), 1);
}

/// One of the choices, or none.
fn choice<T: Choice + std::fmt::Debug>() -> impl Strategy<Value = Option<T>> {
    (0..=T::ALL.len()).prop_map(|at| T::ALL.get(at).copied())
}

/// Ordinary and arbitrary texts.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z éë’-]{0,30}",
        r#"[ \n\r\ta-c:\-\[\]{},"'#|>&*!%@?~\\é🎉\u{a0}\u{feff}0]{0,60}"#,
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(12), max_shrink_iters: 100, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_answers_can_be_parsed_back(
        (title, intervention) in (prop::option::of(text()), prop::option::of(text())),
        organisations in prop::collection::vec(text(), 0..4),
        start in prop::option::of((1900..=2199_i16, 1..=12_i8, 1..=28_i8)),
        groups in prop::collection::vec((text(), choice(), choice(), choice()), 0..6),
        english in any::<bool>(),
    ) {
        let groups = groups.into_iter().map(|(name, role, interest, influence)| Group { name, role, interest, influence });
        let answers = Answers {
            title,
            intervention,
            organisations,
            start: start.map(|(year, month, day)| jiff::civil::date(year, month, day)),
            groups: groups.collect(),
        };
        check_answers(&answers, BOTH[usize::from(english)]);
    }
}
