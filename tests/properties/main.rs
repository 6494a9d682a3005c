//! Properties that hold for any input: random bytes, YAML-like text and edited plans.
//!
//! These tests take a few seconds. The fuzz targets in `fuzz/` search the same inputs for longer, with the same properties.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod checks;
mod edits;

use std::fs;
use std::sync::LazyLock;

use checks::Documents;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rayon::prelude::*;

/// A fixed seed, so that a change cannot fail on an old mistake: finding those is the task of fuzzing.
fn cases(number: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(12),
        ..ProptestConfig::with_cases(number)
    }
}

/// The same for tests of which one case takes long.
fn few_shrinks(number: u32) -> ProptestConfig {
    ProptestConfig {
        max_shrink_iters: 100,
        ..cases(number)
    }
}

fn files(folder: &str) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap();
    entries
        .map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .collect()
}

#[test]
fn properties_hold_for_every_file_in_the_repository() {
    for folder in ["examples", "tests/plans", "tests/properties/cases"] {
        for file in files(folder) {
            checks::check_reading(&file);
            checks::check_findings(&file);
            checks::check_documents(&file, Documents::All);
        }
    }
    for text in files("tests/properties/texts") {
        checks::check_prose(&String::from_utf8(text).unwrap());
    }
    for template in files("tests/properties/own_templates") {
        checks::check_template(&String::from_utf8(template).unwrap());
    }
    for template in planmaker::templates().into_values() {
        checks::check_template(&template);
    }
    let languages = ["nl", "en"].map(|language| files(&format!("src/rules/examples/{language}")));
    for case in languages.into_iter().flatten() {
        checks::check_reading(&case);
        for plan in String::from_utf8(case).unwrap().split("\n---\n") {
            checks::check_findings(plan.as_bytes());
        }
    }
}

#[test]
fn every_text_of_every_plan_is_shown() {
    let mut count = 0;
    for folder in ["examples", "tests/plans", "tests/properties/cases"] {
        for file in files(folder) {
            count += checks::check_shown(&file);
        }
    }
    assert!(count > 1_000, "{count}");
}

/// Replays the fuzzing corpus without libFuzzer: after a change, or in a debugger.
#[test]
#[ignore = "the fuzzing corpus is not in the repository"]
fn properties_hold_for_the_fuzzing_corpus() {
    let holds = |target: &str, property: fn(&[u8])| {
        let corpus = files(&format!("fuzz/corpus/{target}"));
        corpus.par_iter().for_each(|bytes| property(bytes));
    };
    holds("document", checks::check_reading);
    holds("check", checks::check_findings);
    holds("render", |bytes| {
        checks::check_documents(bytes, Documents::OneByLength);
        checks::check_shown(bytes);
    });
    holds("prose", |bytes| {
        checks::check_prose(&String::from_utf8_lossy(bytes));
    });
    holds("worked_example", checks::check_edits);
    holds("editing", checks::check_editing);
    holds("theme", checks::check_theme);
    holds("template", |bytes| {
        checks::check_template(&String::from_utf8_lossy(bytes));
    });
}

#[test]
fn no_edits_yield_the_original_plan() {
    let read = |text: &str| {
        let document = planmaker::Document::read(text.as_bytes());
        let (plan, reading) = planmaker::read_plan(&document);
        assert!(!reading.has_gaps);
        plan
    };
    let example = read(planmaker::scaffold::EXAMPLE);
    assert!(read(&edits::plan(&[])) == example);
}

const PLAN: &str = "\
versie: 1\r\nplan:\r  titel: \"Caf\\u00e9 \\\n    x\" # y\n  bron: [é, {a: b}, 'c''d']\n  tekst: |-\n    🎉 een\n\n      twee
groepen:\n  - naam: >\n      gevouwen\n    rol: &x y\n  - *x\n-\n? a\n: b\nleeg:\n\u{85}\u{2028}k: v\n";

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        checks::check_reading(&bytes);
    }

    #[test]
    fn yaml_like_text_can_be_read(text in r#"[ \n\r\ta-c:\-\[\]{},"'#|>&*!%@?~\\é🎉\u{a0}\u{feff}0]{0,120}"#) {
        checks::check_reading(text.as_bytes());
    }

    #[test]
    fn lines_of_yaml_can_be_read(lines in prop::collection::vec(
        "( {0,6})(- |\\? |• |)(a|b|'c'|\"d\"|A b|<<<<<<<|=======|```|)(:|)( |\t|\u{a0}|)(\\[|\\{|\\||>|'|\"|x|x y|x, Y z|“x|&x|\\*x|!x|#x|x #1|# x|)(\\]|\\}|,|)", 0..12,
    )) {
        checks::check_reading(lines.join("\n").as_bytes());
    }

    #[test]
    fn mutated_plans_can_be_read(edits in prop::collection::vec((0..PLAN.len(), 0..4_u8, any::<u8>(), 0..20_usize), 1..6)) {
        let mut bytes = PLAN.as_bytes().to_vec();
        for (at, kind, byte, length) in edits {
            let at = at.min(bytes.len());
            let end = (at + length).min(bytes.len());
            match kind {
                0 => drop(bytes.drain(at..end)),
                1 => bytes.insert(at, byte),
                2 => bytes.insert(at, b"\n\t :-[]{}'\"#&*"[usize::from(byte) % 14]),
                _ => bytes.extend(bytes[at..end].to_vec()),
            }
        }
        checks::check_reading(&bytes);
    }
}

proptest! {
    #![proptest_config(few_shrinks(24))]

    #[test]
    fn edited_plans_can_be_changed(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        checks::check_editing(&bytes);
    }

    #[test]
    fn files_in_the_repository_can_be_changed(nr in any::<u8>(), bytes in prop::collection::vec(any::<u8>(), 12..24)) {
        let file = &EDITABLE[usize::from(nr) % EDITABLE.len()];
        checks::check_change(file, &mut edits::Choices::new(&bytes));
    }
}

/// The files of the repository that are text.
static EDITABLE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folders = ["examples", "tests/plans", "tests/properties/cases"];
    let files = folders.into_iter().flat_map(files);
    files
        .filter_map(|file| String::from_utf8(file).ok())
        .collect()
});

proptest! {
    #![proptest_config(few_shrinks(32))]

    #[test]
    fn edited_plans_can_be_checked(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        checks::check_findings(edits::plan(&bytes).as_bytes());
    }

    #[test]
    fn edited_plans_can_be_rendered(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        checks::check_documents(edits::plan(&bytes).as_bytes(), Documents::OneByLength);
    }
}

proptest! {
    #![proptest_config(few_shrinks(16))]

    #[test]
    fn every_text_of_edited_plans_is_shown(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        checks::check_shown(edits::plan(&bytes).as_bytes());
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn all_of_many_findings_count(bytes in prop::collection::vec(any::<u8>(), 0..24)) {
        checks::check_many(&bytes);
    }

    #[test]
    fn any_text_stays_in_its_place(pieces in prop::collection::vec(prop::sample::select(&edits::PIECES[..]), 1..16)) {
        checks::check_prose(&pieces.concat());
    }
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn a_house_style_only_sets_values(
        value in r#"[a-c0-9"'(){};:\\,/*@#<>!%.é \n-]{0,12}(url\(|rgb\(|var\(--a|)[a-c0-9"'(){};:\\,/*@#<>!%.é \n-]{0,12}"#,
        rest in "[)};\"']{0,4}",
    ) {
        let css = format!(
            ":root {{ --utrecht-document-font-size: 1rem; --a: {value}; --utrecht-link-color: {value}{rest} }}"
        );
        checks::check_theme(css.as_bytes());
    }
}
