//! The arguments of each rule are the placeholders of its texts, in both languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use planmaker::{BOOK, Checked, Document, Finding, Language, Words};

const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

/// The texts of a rule.
const TEXTS: [&str; 6] = ["kop", "titel", "plek", "waarom", "oplossing", "bron"];

/// Arguments that no text shows, for programs that read `--format json`.
const FOR_PROGRAMS: [(&str, &str); 9] = [
    ("borging-tegenstrijdig", "punt"),
    ("doel-is-interventiedoel", "groep"),
    ("fase-te-laat", "begint"),
    ("kern-onbekend", "onderdelen"),
    ("meting-na-termijn", "indicator"),
    ("meting-te-laat-om-bij-te-sturen", "indicator"),
    ("meting-te-laat-om-bij-te-sturen", "termijn"),
    ("strategie-op-onveranderbaar", "belemmeringen"),
    ("yaml-ongeldig", "aantal"),
];

/// The names of the placeholders in a text, such as `doel` in `{doel}` and `{doel:is|zijn}`.
fn placeholders(text: &str) -> BTreeSet<&str> {
    let after_braces = text.split('{').skip(1);
    after_braces
        .filter_map(|placeholder| placeholder.split(['}', ':', '/']).next())
        .collect()
}

/// A text without its optional parts, `[[…]]`.
fn required(text: &str) -> String {
    let mut parts = text.split("[[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once("]]").map_or("", |(_, rest)| rest)
    })
}

#[test]
fn rules_declare_the_arguments_that_their_texts_show() {
    let mut wrong = Vec::new();
    for words in BOTH {
        for rule in BOOK.rules() {
            let texts = TEXTS
                .iter()
                .filter_map(|text| words.find(&format!("regels.{}.{text}", rule.name)));
            let shown: BTreeSet<&str> = texts.flat_map(placeholders).collect();
            let declared: BTreeSet<&str> = rule.arguments.iter().copied().collect();
            let for_programs = FOR_PROGRAMS.iter().filter(|(name, _)| *name == rule.name);
            let expected: BTreeSet<&str> = shown
                .iter()
                .copied()
                .chain(for_programs.map(|(_, argument)| *argument))
                .collect();
            if declared != expected {
                wrong.push(format!(
                    "{} ({}): src/rules declares {declared:?}, its texts in src/words show {expected:?}",
                    rule.name,
                    words.language().tag(),
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Findings of every rule, in every plan of the repository.
fn findings() -> Vec<Finding> {
    let mut texts = vec![include_str!("arguments.yaml").to_owned()];
    for folder in [
        "examples",
        "tests/plans",
        "src/rules/examples/nl",
        "src/rules/examples/en",
    ] {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            texts.push(fs::read_to_string(entry.unwrap().path()).unwrap_or_default());
        }
    }
    // The rule on long descriptions needs one, which its example only describes.
    let long = "woord ".repeat(1_201);
    texts.push(format!(
        "beschrijving_interventie: {{beschrijving: {long}}}"
    ));
    texts.push(format!(
        "{}\nuitzonderingen: {{strategieen-ontwikkelaars-ontbreken: {{bij: x, reden: x}}}}",
        include_str!("../../examples/minimaal.yaml")
    ));
    texts.push("a: \u{1}\n".to_owned());
    let plans = texts.iter().flat_map(|text| text.split("\n---\n"));
    let mut findings = Vec::new();
    for plan in plans {
        let checked = Checked::new(Document::read(plan.as_bytes()), "2028-01-01".parse().ok());
        findings.extend(checked.findings.iter().cloned());
    }
    findings
}

#[test]
fn findings_have_the_arguments_that_their_texts_need() {
    let mut wrong = BTreeSet::new();
    for finding in findings() {
        for words in BOTH {
            for text in ["titel", "plek", "oplossing"] {
                let key = format!("regels.{}.{text}", finding.rule.name);
                let required = required(words.find(&key).unwrap_or_default());
                for placeholder in placeholders(&required) {
                    if finding.argument(placeholder).is_none() {
                        wrong.insert(format!("{key} needs {placeholder}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_argument_occurs_in_some_plan() {
    let given: BTreeSet<(&str, &str)> = findings()
        .iter()
        .flat_map(|finding| {
            finding
                .arguments
                .iter()
                .map(|(name, _)| (finding.rule.name, *name))
        })
        .collect();
    let declared = BOOK
        .rules()
        .flat_map(|rule| rule.arguments.iter().map(|name| (rule.name, *name)));
    let never: Vec<_> = declared
        .filter(|argument| !given.contains(argument))
        .collect();
    assert!(
        never.is_empty(),
        "add a plan to tests/contract/arguments.yaml that shows {never:?}"
    );
}
