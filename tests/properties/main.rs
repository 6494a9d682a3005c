//! Properties that hold for any input: random bytes, YAML-like text and edited plans.
//!
//! These tests take a few seconds. The fuzz targets in `fuzz/` search the same inputs for longer, with the same properties.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod edits;
mod laws;

use std::fs;

use laws::Documents;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rayon::prelude::*;

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
            laws::holds_of_reading(&file);
            laws::holds_of_checking(&file);
            laws::holds_of_rendering(&file, Documents::All);
        }
    }
    for text in files("tests/properties/texts") {
        laws::holds_of_prose(&String::from_utf8(text).unwrap());
    }
    for case in files("src/rules/examples") {
        laws::holds_of_reading(&case);
        for plan in String::from_utf8(case).unwrap().split("\n---\n") {
            laws::holds_of_checking(plan.as_bytes());
        }
    }
}

/// Replays the fuzzing corpus without libFuzzer: after a change, or in a debugger.
#[test]
#[ignore = "the fuzzing corpus is not in the repository"]
fn properties_hold_for_the_fuzzing_corpus() {
    let holds = |target: &str, property: fn(&[u8])| {
        let corpus = files(&format!("fuzz/corpus/{target}"));
        corpus.par_iter().for_each(|bytes| property(bytes));
    };
    holds("document", laws::holds_of_reading);
    holds("check", laws::holds_of_checking);
    holds("render", |bytes| {
        laws::holds_of_rendering(bytes, Documents::OneByLength);
    });
    holds("prose", |bytes| {
        laws::holds_of_prose(&String::from_utf8_lossy(bytes));
    });
    holds("worked_example", laws::holds_of_edits);
    holds("theme", laws::holds_of_theme);
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
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_000) })]

    #[test]
    fn any_bytes_can_be_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        laws::holds_of_reading(&bytes);
    }

    #[test]
    fn yaml_like_text_can_be_read(text in r#"[ \n\r\ta-c:\-\[\]{},"'#|>&*!%@?~\\é🎉\u{a0}\u{feff}0]{0,120}"#) {
        laws::holds_of_reading(text.as_bytes());
    }

    #[test]
    fn lines_of_yaml_can_be_read(lines in prop::collection::vec(
        "( {0,6})(- |\\? |)(a|b|'c'|\"d\"|)(:|)( |\t|)(\\[|\\{|\\||>|'|\"|x|x y|&x|\\*x|!x|# x|)(\\]|\\}|,|)", 0..12,
    )) {
        laws::holds_of_reading(lines.join("\n").as_bytes());
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
        laws::holds_of_reading(&bytes);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, max_shrink_iters: 100, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn edited_plans_can_be_checked(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        laws::holds_of_checking(edits::plan(&bytes).as_bytes());
    }

    #[test]
    fn edited_plans_can_be_rendered(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
        laws::holds_of_rendering(edits::plan(&bytes).as_bytes(), Documents::OneByLength);
    }
}

proptest! {
    // A fixed seed, so that a change cannot fail on an old mistake: finding those is the task of fuzzing.
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(12), ..ProptestConfig::with_cases(128) })]

    #[test]
    fn any_text_stays_in_its_place(pieces in prop::collection::vec(prop::sample::select(&edits::PIECES[..]), 1..16)) {
        laws::holds_of_prose(&pieces.concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(32) })]

    #[test]
    fn a_house_style_only_sets_values(
        value in r#"[a-c0-9"'(){};:\\,/*@#<>!%.é \n-]{0,12}(url\(|rgb\(|var\(--a|)[a-c0-9"'(){};:\\,/*@#<>!%.é \n-]{0,12}"#,
        rest in "[)};\"']{0,4}",
    ) {
        let css = format!(
            ":root {{ --utrecht-document-font-size: 1rem; --a: {value}; --utrecht-link-color: {value}{rest} }}"
        );
        laws::holds_of_theme(css.as_bytes());
    }
}
