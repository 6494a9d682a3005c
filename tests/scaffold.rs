//! What `planmaker new` writes: every key, each question once, and nothing wrong with the file itself.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]

use std::collections::BTreeSet;

use planmaker::document::Document;
use planmaker::finding::Findings;
use planmaker::plan::Language;
use planmaker::words::Words;
use planmaker::{check, rule, scaffold, schema};
use serde_yaml::Value;

const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

fn skeletons() -> [String; 2] {
    BOTH.map(|words| scaffold::skeleton(words).unwrap())
}

/// The plan with all that is switched off switched on: as a user does it, by taking `# ` from lines with a key.
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
fn wrong_with_the_file(plan: &str) -> Vec<String> {
    let mut findings = Findings::default();
    let document = Document::read(plan.as_bytes(), &mut findings);
    check::check(&document, None, &mut findings);
    let about_the_file: BTreeSet<&str> = rule::BOOK[0].rules().map(|rule| rule.name).collect();
    let wrong = findings
        .iter()
        .filter(|finding| about_the_file.contains(finding.rule));
    wrong
        .map(|finding| format!("{} at {}", finding.rule, finding.path))
        .collect()
}

#[test]
fn nothing_is_wrong_with_the_file_itself() {
    for skeleton in skeletons() {
        assert_eq!(wrong_with_the_file(&skeleton), [""; 0]);
        // A plan with a mistake is seen to have one.
        assert!(!wrong_with_the_file(&skeleton.replace("  titel:", "  titl:")).is_empty());
    }
}

#[test]
fn what_is_switched_off_can_be_switched_on() {
    for skeleton in skeletons() {
        let plan = switched_on(&skeleton);
        for key in ["voortgang:", "  overige_kosten:", "  niet_uitgevraagd:"] {
            assert!(
                !skeleton.contains(&format!("\n{key}")) && plan.contains(&format!("\n{key}")),
                "{key}"
            );
        }
        // An example of a publication is cited nowhere, and an example of an exception has no reason yet.
        let idle = ["niet-gebruikt at literatuur", "uitzondering-zonder-reden"];
        let mut wrong = wrong_with_the_file(&plan);
        wrong.retain(|finding| !idle.iter().any(|idle| finding.starts_with(idle)));
        assert_eq!(wrong, [""; 0]);
    }
}

/// A new field must get its line in `templates/plan.yaml.j2`.
#[test]
fn every_key_of_the_model_stands_in_it() {
    let fields: BTreeSet<String> = schema::fields().into_iter().collect();
    for skeleton in skeletons() {
        let keys = keys(&switched_on(&skeleton));
        let missing: Vec<&String> = fields.difference(&keys).collect();
        assert!(
            missing.is_empty(),
            "missing in templates/plan.yaml.j2: {missing:?}"
        );
    }
}

#[test]
fn every_question_stands_there_once_with_its_help() {
    for (words, skeleton) in BOTH.into_iter().zip(skeletons()) {
        // Comments as running text, so that it does not matter where a line ends.
        let comments: Vec<&str> = skeleton
            .lines()
            .flat_map(|line| line.split_whitespace().filter(|word| *word != "#"))
            .collect();
        let text = comments.join(" ");
        for field in schema::fields() {
            let says = |what: &str| words.get(&format!("velden.{field}.{what}"));
            let both = format!("{} {}", says("vraag"), says("hulp"));
            assert!(text.contains(&both), "{field}: {both}");
        }
        let question = words.get("velden.betrokken_groepen.*.belang.vraag");
        assert_eq!(text.matches(question).count(), 1);
    }
}

#[test]
fn it_reads_pleasantly() {
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
fn comments_stand_where_their_key_stands() {
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
fn the_english_plan_is_in_english_but_for_keys_and_choices() {
    let [dutch, english] = skeletons();
    assert!(dutch.contains("\n  taal: nl\n") && english.contains("\n  taal: en\n"));
    assert!(english.contains("\n  practitioners:\n") && !english.contains("\n  uitvoerders:\n"));
    assert_eq!(keys(&switched_on(&dutch)), keys(&switched_on(&english)));
}
