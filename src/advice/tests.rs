use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_yaml::Value;

use super::catalogue::CATALOGUE;
use super::topics::{CFIR, TOPICS};
use super::{Need, Suggestion, Suggestions, examples, overviews};
use crate::checked::Checked;
use crate::plan::Language;
use crate::plan::context::Level;
use crate::plan::strategies::{Phase, StrategyKind};
use crate::value::{Choice, Id, fold};
use crate::words::Words;

const BOTH: [Language; 2] = [Language::Dutch, Language::English];

/// The number of items in a list of a file.
fn length(file: &str, key: Option<&str>) -> usize {
    let file: Value = serde_yaml::from_str(file).unwrap();
    let list = key.map_or(Some(&file), |key| file.get(key));
    list.and_then(Value::as_sequence).unwrap().len()
}

#[test]
fn every_file_is_read_in_full() {
    let own = length(include_str!("strategies.yaml"), None);
    let eric = length(include_str!("eric.yaml"), Some("strategieen"));
    assert_eq!(CATALOGUE.strategies.len(), own + eric);
    assert_eq!(
        CATALOGUE.kinds.len(),
        length(include_str!("kinds.yaml"), None)
    );
    assert_eq!(TOPICS.len(), length(include_str!("topics.yaml"), None));
    assert_eq!(CFIR.len(), length(include_str!("cfir.yaml"), None));
}

#[test]
fn eric_has_73_strategies_in_nine_clusters() {
    let general = CATALOGUE.strategies.iter().filter(|it| it.is_general());
    let sources: Vec<String> = general
        .clone()
        .map(|it| it.sources(Words::of(Language::Dutch)))
        .collect();
    let numbered = sources.iter().zip(1..);
    for (source, number) in numbered {
        assert!(source.starts_with(&format!("ERIC {number} (")), "{source}");
    }
    assert_eq!(sources.len(), 73);
    let clusters: Vec<usize> = CATALOGUE
        .clusters
        .keys()
        .map(|id| general.clone().filter(|it| it.is_in_cluster(id)).count())
        .collect();
    assert_eq!(clusters, [10, 4, 4, 17, 11, 5, 5, 9, 8]);
}

#[test]
fn cfir_has_48_constructs() {
    assert_eq!(CFIR.len(), 48);
    let parts: usize = CFIR.iter().map(|construct| construct.parts.len()).sum();
    assert_eq!(parts, 19);
}

#[test]
fn every_strategy_has_texts_sources_and_mappings() {
    let mut ids = HashSet::new();
    let kinds: HashSet<&str> = CATALOGUE.kinds.iter().map(|kind| &kind.id[..]).collect();
    for strategy in &CATALOGUE.strategies {
        let id = &strategy.id;
        assert!(Id::is_well_formed(id) && ids.insert(id), "{id}");
        for language in BOTH {
            let text = strategy.text(language);
            assert!(!text.name.is_empty() && text.gloss.ends_with('.'), "{id}");
            assert!(!Id::well_formed(&text.name).is_empty(), "{id}");
            assert!(!strategy.sources(Words::of(language)).contains(['⁇', '…']));
        }
        assert!(!strategy.sources.is_empty(), "{id}");
        assert!(
            !strategy.kinds.is_empty() && !strategy.levels.is_empty(),
            "{id}"
        );
        assert!(!strategy.phases.is_empty(), "{id}");
        assert!(
            strategy
                .against
                .iter()
                .all(|kind| kinds.contains(&kind[..])),
            "{id}"
        );
    }
}

#[test]
fn names_of_strategies_are_unique() {
    for language in BOTH {
        let names = CATALOGUE.strategies.iter();
        let names = names.map(|strategy| fold(&strategy.text(language).name));
        let mut seen = HashSet::new();
        let twice: Vec<String> = names.filter(|name| !seen.insert(name.clone())).collect();
        assert_eq!(twice, [""; 0]);
    }
}

/// Every kind of barrier, level, phase and kind of strategy has advice, so that nothing in the files is left unused.
#[test]
fn there_is_advice_for_everything() {
    let all = || CATALOGUE.strategies.iter().filter(|it| !it.is_general());
    for kind in &CATALOGUE.kinds {
        assert!(all().any(|it| it.against.contains(&kind.id)), "{}", kind.id);
        assert!(CFIR.iter().any(|it| it.kinds.contains(&kind.id)) || kind.id == "personeel");
    }
    for level in Level::ALL {
        assert!(all().any(|it| it.levels.contains(level)));
        assert!(CFIR.iter().any(|it| it.level == *level));
        assert!(TOPICS.iter().any(|it| it.level == Some(*level)));
    }
    for phase in Phase::ALL {
        assert!(all().filter(|it| it.phases.contains(phase)).count() >= 5);
    }
    for kind in StrategyKind::ALL {
        assert!(all().any(|it| it.kinds.contains(kind)));
    }
}

#[test]
fn every_topic_is_at_keys_that_exist() {
    let keys: HashSet<String> = crate::schema::fields().into_iter().collect();
    for topic in TOPICS.iter() {
        for key in &topic.keys {
            assert!(keys.contains(key), "{key}");
            for language in BOTH {
                assert!(!overviews(key, Words::of(language)).is_empty());
            }
        }
        assert!(topic.points.len() >= 3);
    }
    let pilot = TOPICS.iter().find(|it| it.keys[0] == "evaluatie.vragen");
    assert_eq!(pilot.unwrap().points.len(), 8);
}

/// The fixes of rules name strategies of the advice, at their level or in their phase.
#[test]
fn examples_in_fixes_are_strategies() {
    for words in BOTH.map(Words::of) {
        let strategy = |name: &str| {
            let mut all = CATALOGUE.strategies.iter();
            let found = all.find(|it| fold(&it.text(words.language()).name) == fold(name));
            found.unwrap_or_else(|| panic!("no strategy: {name}"))
        };
        for level in Level::ALL {
            for name in words.choice("niveau_strategie", level.name()).split(", ") {
                assert!(strategy(name).levels.contains(level), "{name}");
            }
        }
        for phase in Phase::ALL {
            for name in words.choice("fase_voorbeeld", phase.name()).split(", ") {
                assert!(strategy(name).phases.contains(phase), "{name}");
            }
        }
    }
}

#[test]
fn a_new_plan_gets_a_few_examples() {
    for words in BOTH.map(Words::of) {
        for key in [
            "contextanalyse.factoren",
            "implementatiestrategieen.strategieen",
        ] {
            let examples = examples(key, words).unwrap();
            assert_eq!(examples.matches("; ").count(), 2, "{examples}");
        }
        assert_eq!(examples("plan.titel", words), None);
    }
}

/// A plan with three barriers and one user group.
const PLAN: &str = "
versie: 1
betrokken_groepen:
  wijkwerkers: {rol: uitvoerder}
  bewoners: {rol: profijtgroep}
gebruikers:
  wijkwerkers: {}
  bewoners: {}
contextanalyse:
  factoren:
    geen-tijd: {richting: belemmerend, invloed: 3, niveau: organisatie, groep: wijkwerkers}
    weerstand: {richting: belemmerend, invloed: 2, niveau: gebruiker}
    de-wet: {richting: belemmerend, invloed: 3, veranderbaar: nee}
    iets-anders: {richting: belemmerend, invloed: 2, niveau: interventie}
implementatiestrategieen:
  fasen:
    wijkwerkers: {doorloopt: [orientatie, inzicht]}
  strategieen:
    memo: {soort: informerend, belemmeringen: [geen-tijd, weerstand], inzet: {wijkwerkers: orientatie}}
";

/// The needs of a plan with the number of strategies for each.
fn needs(plan: &str) -> Vec<(String, usize)> {
    let checked = Checked::read(plan);
    let suggestions = Suggestions::of(&checked);
    let need = |it: &Suggestion<'_>| {
        let need = match &it.need {
            Need::Barrier { id, has_words, .. } => format!("{id} {has_words}"),
            Need::Phase { group, phase, .. } => format!("{group} {}", phase.name()),
        };
        (need, it.strategies.len())
    };
    suggestions.needs.iter().map(need).collect()
}

#[test]
fn open_barriers_and_empty_phases_get_up_to_five_strategies() {
    let expected = [
        ("geen-tijd true", 5),
        ("iets-anders false", 5),
        ("wijkwerkers inzicht", 5),
    ];
    let expected = expected.map(|(need, count)| (need.to_owned(), count));
    assert_eq!(needs(PLAN), expected);
}

#[test]
fn what_only_informs_is_no_answer_to_lack_of_time() {
    let checked = Checked::read(PLAN);
    let suggestions = Suggestions::of(&checked);
    for fit in &suggestions.needs[0].strategies {
        assert!(fit.strategy.kinds.iter().any(|kind| !kind.is_words_only()));
        assert!(fit.strategy.against.contains(&"tijd".to_owned()));
    }
}

#[test]
fn a_strategy_that_the_plan_has_is_not_suggested_again() {
    let with =
        |name: &str| PLAN.replace("    memo:", &format!("    x: {{naam: {name}}}\n    memo:"));
    let plans = [
        PLAN.to_owned(),
        with("Caseload verlagen"),
        with("lower caseload"),
    ];
    let has = plans.map(|plan| {
        let checked = Checked::read(&plan);
        let suggestions = Suggestions::of(&checked);
        let mut fits = suggestions.needs.iter().flat_map(|it| &it.strategies);
        fits.any(|fit| fit.strategy.id == "caseload-verlagen")
    });
    assert_eq!(has, [true, false, false]);
}

#[test]
fn what_cannot_be_read_is_no_need() {
    let unreadable = PLAN.replace(
        "belemmeringen: [geen-tijd, weerstand]",
        "belemmeringen: {a: b}",
    );
    assert_eq!(needs(&unreadable), [("wijkwerkers inzicht".to_owned(), 5)]);
    let unreadable = PLAN.replace("inzet: {wijkwerkers: orientatie}", "inzet: [x]");
    let barriers: BTreeSet<String> = needs(&unreadable)
        .into_iter()
        .map(|(need, _)| need)
        .collect();
    assert_eq!(
        barriers,
        ["geen-tijd true", "iets-anders false"]
            .map(str::to_owned)
            .into()
    );
    for plan in [
        "",
        "[]",
        "implementatiestrategieen: 3",
        "contextanalyse: {factoren: []}",
    ] {
        assert_eq!(needs(plan), []);
    }
}

#[test]
fn without_strategies_every_phase_is_a_need() {
    let end = PLAN.find("implementatiestrategieen").unwrap();
    let needs: BTreeMap<String, usize> = needs(&PLAN[..end]).into_iter().collect();
    assert_eq!(needs.len(), 3 + Phase::ALL.len());
    assert!(needs.values().all(|count| *count == 5), "{needs:?}");
}
