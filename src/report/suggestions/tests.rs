use serde_json::Value;

use super::{SuggestionFormat, write_suggestions};
use crate::advice::Suggestions;
use crate::checked::Checked;
use crate::plan::Language;
use crate::rules::BOOK;
use crate::words::Words;

const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

/// Plans with open barriers and phases, each with its strategies at the end.
const PLANS: [&str; 3] = [
    include_str!("../../../tests/plans/beginner.yaml"),
    include_str!("../../../tests/plans/newcomer-en.yaml"),
    "betrokken_groepen:
  'null': {rol: uitvoerder, naam: \"a\\e[31m ##[error] \\n::error\"}
gebruikers: {'null': {}}
contextanalyse:
  factoren:
    '12': {naam: \"geen tijd\\u009b31m ##[error]\", richting: belemmerend, invloed: 3}
    \"a: b\\u202e#\": {richting: belemmerend, invloed: 3, niveau: organisatie}
implementatiestrategieen:
  strategieen:
      mail-of-memo: {}
",
];

fn written(plan: &str, format: &SuggestionFormat, words: Words) -> String {
    let mut out = Vec::new();
    write_suggestions(&Checked::read(plan), format, words, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A plan with suggestions below its first strategy.
fn with_pasted(plan: &str, pasted: &str) -> String {
    let start = plan.find("  strategieen:\n").unwrap() + "  strategieen:\n".len();
    format!("{}{pasted}{}", &plan[..start], &plan[start..])
}

#[test]
fn suggestions_can_be_pasted_into_the_plan() {
    for (plan, words) in PLANS
        .into_iter()
        .flat_map(|plan| BOTH.map(|words| (plan, words)))
    {
        let before = Checked::read(plan);
        assert!(!Suggestions::of(&before).is_empty());
        let pasted = written(plan, &SuggestionFormat::Yaml, words);
        let pasted = with_pasted(plan, &pasted);
        let after = Checked::read(&pasted);
        let about_file = |checked: &Checked| {
            let findings = checked.findings.iter();
            let findings = findings.filter(|it| BOOK.is_about_the_file(it.rule.name));
            findings
                .map(|it| it.rule.name.to_owned() + &it.path.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(about_file(&after), about_file(&before), "{pasted}");
        let open = Suggestions::of(&after);
        assert!(open.is_empty(), "{:?}", open.needs);
        let ids = |checked: &Checked| checked.plan().strategies().ids().count();
        assert!(ids(&after) > ids(&before) && after.plan().strategies().is_whole());
    }
}

#[test]
fn lines_of_text_fit_a_terminal_that_they_cannot_control() {
    let command = "planmaker suggest plan.yaml --format yaml".to_owned();
    let text = SuggestionFormat::Text { command };
    let file = "plan.yaml".to_owned();
    let formats = [
        text,
        SuggestionFormat::Json { file },
        SuggestionFormat::Yaml,
    ];
    for (plan, words) in PLANS
        .into_iter()
        .flat_map(|plan| BOTH.map(|words| (plan, words)))
    {
        for format in &formats {
            let written = written(plan, format, words);
            let is_control = |c: char| c != '\n' && crate::value::is_terminal_control(c);
            assert!(!written.contains(is_control), "{written:?}");
            assert!(
                !written.contains("##[") && !written.contains("⁇"),
                "{written}"
            );
            assert!(
                written
                    .lines()
                    .all(|line| !line.trim_start().starts_with("::"))
            );
            if let SuggestionFormat::Text { .. } = format {
                let long = written.lines().find(|line| line.chars().count() > 80);
                assert_eq!(long, None);
            }
        }
    }
}

#[test]
fn json_has_the_needs_with_their_strategies() {
    let format = SuggestionFormat::Json {
        file: "plan.yaml".to_owned(),
    };
    let json: Value = serde_json::from_str(&written(PLANS[0], &format, BOTH[0])).unwrap();
    assert_eq!(
        (&json["version"], &json["file"]),
        (&1.into(), &"plan.yaml".into())
    );
    let needs = json["suggestions"].as_array().unwrap();
    let types: Vec<&Value> = needs.iter().map(|need| &need["for"]["type"]).collect();
    assert!(types.contains(&&"barrier".into()) && types.contains(&&"phase".into()));
    for strategy in needs
        .iter()
        .flat_map(|need| need["strategies"].as_array().unwrap())
    {
        for key in ["id", "name", "gloss", "why", "source"] {
            assert!(
                strategy[key].as_str().is_some_and(|text| !text.is_empty()),
                "{key}"
            );
        }
        assert!(strategy["soort"].is_array() && strategy["fasen"].is_array());
    }
}

#[test]
fn nothing_to_suggest_is_said() {
    let command = String::new();
    let format = SuggestionFormat::Text { command };
    let good = include_str!("../../../tests/plans/goed.yaml");
    for words in BOTH {
        let [nothing, bare] = [good, "versie: 1\n"].map(|plan| written(plan, &format, words));
        assert!(nothing.lines().count() <= 3 && bare.lines().count() <= 4 && nothing != bare);
    }
}
