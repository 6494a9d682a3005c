//! The plan that `planmaker new` writes: it has every key, each question once and the author's answers, and it is valid.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use planmaker::scaffold::{self, Answers, Group, one_line};
use planmaker::schema;
use planmaker::{BOOK, Checked, Choice, Language, Words};
use proptest::prelude::*;
use serde_yaml::Value;

const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

fn skeletons() -> [String; 2] {
    BOTH.map(scaffold::skeleton)
}

/// Uncomments the commented-out keys, as a user would: by removing `# ` from lines with a key.
fn switched_on(skeleton: &str) -> String {
    let (heading, plan) = skeleton.split_once("\nversie:").unwrap();
    let is_key = |line: &str| {
        let line = line.trim_start();
        let (key, rest) = line
            .strip_prefix("- ")
            .unwrap_or(line)
            .split_once(':')
            .unwrap_or((" ", ""));
        let is_word = key
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c));
        is_word && (rest.is_empty() || rest.starts_with(' '))
    };
    let lines = plan.lines().map(|line| match line.split_once("# ") {
        Some((margin, key)) if margin.trim().is_empty() && is_key(key) => {
            format!("{margin}{key}\n")
        }
        _ => format!("{line}\n"),
    });
    format!("{heading}\nversie:{}", lines.collect::<String>())
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
        let plan = switched_on(&skeleton);
        for key in ["voortgang:", "  overige_kosten:", "  niet_uitgevraagd:"] {
            assert!(
                !skeleton.contains(&format!("\n{key}")) && plan.contains(&format!("\n{key}")),
                "{key}"
            );
        }
        // The example publication is not cited, and the example exception has no reason yet.
        let idle = ["niet-gebruikt at literatuur", "uitzondering-zonder-reden"];
        let mut wrong = file_findings(&plan);
        wrong.retain(|finding| !idle.iter().any(|idle| finding.starts_with(idle)));
        assert_eq!(wrong, [""; 0]);
    }
}

/// A new mapping by id must get an example id in `src/scaffold/content.rs`.
#[test]
fn it_has_every_key_of_the_model() {
    let fields: BTreeSet<String> = schema::fields().into_iter().collect();
    for skeleton in skeletons() {
        let keys = keys(&switched_on(&skeleton));
        let missing: Vec<&String> = fields.difference(&keys).collect();
        assert!(missing.is_empty(), "not in the new plan: {missing:?}");
    }
}

#[test]
fn it_is_laid_out_well() {
    for skeleton in skeletons() {
        assert!(skeleton.starts_with("# yaml-language-server: $schema="));
        for line in skeleton.lines() {
            assert!(line.chars().count() <= 100, "too wide: {line}");
            assert_eq!(line, line.trim_end());
        }
        assert!(!skeleton.contains("\n\n\n"));
        assert!(skeleton.ends_with(":\n"));
        assert!(
            skeleton.lines().count() < 1_100,
            "{} lines",
            skeleton.lines().count()
        );
    }
}

#[test]
fn comments_are_indented_like_their_key() {
    let [dutch, _] = skeletons();
    for block in [
        "
plan:
  # Hoe heet je plan? Eén regel, zoals hij op het voorblad komt.
  titel:

  # Welke interventie of werkwijze voer je in? De naam op één regel, zoals Psycho-educatie.
  interventie:
",
        "
# 3. Betrokken groepen -----------------------------------------------------------------------------
",
        "
    veranderingen:
      # Gaat het om wat mensen doen, kunnen, weten of vinden?
      # Kies gedrag, vaardigheden, kennis of houding.
      - aspect: gedrag

        # Bij welk onderdeel",
        "
  leidinggevenden:
    naam:
    rol: leidinggevende
    belang:
",
        "
  # Welke kosten horen niet bij één activiteit?
  # Geef elke kostenpost een id, zoals licentie, met een bedrag.
  # overige_kosten:
  #   # Waar gaat dit geld naartoe? Eén post per id, zoals een licentie, drukwerk of zaalhuur.
  #   eerste-kostenpost:
  #     # Hoe heet deze kostenpost?
",
    ] {
        assert!(dutch.contains(block), "not in the new plan: {block}");
    }
}

#[test]
fn the_english_plan_is_in_english_except_keys_and_choices() {
    let [dutch, english] = skeletons();
    assert!(dutch.contains("\n  taal: nl\n") && english.contains("\n  taal: en\n"));
    assert!(english.contains("\n  practitioners:\n") && !english.contains("\n  uitvoerders:\n"));
    assert_eq!(keys(&switched_on(&dutch)), keys(&switched_on(&english)));
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
                name: groups.name(id).clone(),
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
    let plan = scaffold::plan(words, answers);
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
    // Unnamed groups are added before the others, or alone.
    let unnamed = found.groups.len() - expected.groups.len();
    assert!(
        unnamed
            == if expected.groups.is_empty() {
                3
            } else {
                unnamed.min(1)
            }
    );
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
        assert_eq!(scaffold::plan(words, &nothing), scaffold::skeleton(words));
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
    let plan = scaffold::plan(BOTH[0], &answers);
    for line in plan.lines() {
        assert!(line.chars().count() <= 100, "too wide: {line}");
        assert_eq!(line, line.trim_end());
    }
    assert!(!plan.contains("\n\n\n"));
    let question = BOTH[0].get("velden.plan.auteurs.vraag");
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
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 100, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn any_answers_can_be_parsed_back(
        (title, intervention) in (prop::option::of(text()), prop::option::of(text())),
        organisations in prop::collection::vec(text(), 0..4),
        start in prop::option::of((1000..=9999_i16, 1..=12_i8, 1..=28_i8)),
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
