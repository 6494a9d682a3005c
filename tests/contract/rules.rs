//! Every rule has a stable name, its texts in both languages, and an example: a smallest failing plan with a good twin.
//!
//! An example is `EXAMPLES/LANGUAGE/RULE.yaml`: the plan, a line `---`, and the twin, which is one edit away. Its first lines may be
//!
//! ```text
//! # pad: monitoring.x          the path of the finding; one line per finding
//! # ook: rule-a, rule-b        other errors and warnings that the smallest plan cannot avoid
//! # op: 2027-05-01             the date of the check
//! ```
//!
//! An empty `# pad:` is the root of the plan. `(1201 × woord)` repeats a word that many times. A plan without `versie:`
//! starts with [`COVER`], and with [`TERM`] unless it has its own under `plan:`. `onderdeel-ontbreekt` is expected
//! everywhere, because a smallest plan lacks most sections.
//!
//! Examples are written in blocks, as people write plans: only a short `inzet` may have braces.

use std::collections::BTreeSet;
use std::fs;

use jiff::civil::Date;
use planmaker::{BOOK, Checked, Document, Finding, Severity};
use snapbox::{assert_data_eq, file};

use super::{BOTH, assert_none, folder};

const EXAMPLES: &str = "src/rules/examples";
const LANGUAGES: [&str; 2] = ["nl", "en"];

const COVER: &str = "versie: 1
plan:
  titel: Plan
  interventie: Methode
  organisaties: Gemeente
";

const TERM: &str = "  start: 2027-01-04
  einde: na 2 jaar
";

/// Plans name rules in their exceptions, so a renamed rule has to show in a review.
#[test]
fn rule_names_are_unique_and_known() {
    let names: Vec<String> = BOOK
        .rules()
        .map(|rule| format!("{} {:?}", rule.name, rule.severity))
        .collect();
    let unique: BTreeSet<&String> = names.iter().collect();
    assert_eq!(unique.len(), names.len());
    assert_data_eq!(names.join("\n") + "\n", file!["rules.txt"]);
}

/// Readers of documents get these texts, and a sentence of more than twenty words is hard to read.
#[test]
fn what_documents_say_has_short_sentences() {
    const PARTS: [&str; 5] = ["document.", "figuur.", "weergave.", "blad.", "formulier."];
    let mut problems = Vec::new();
    for words in BOTH {
        let is_shown = |key: &str| {
            PARTS.iter().any(|part| key.starts_with(part))
                || key.starts_with("regels.") && key.ends_with(".waarom")
        };
        for (key, text) in words.all().filter(|(key, _)| is_shown(key)) {
            let ends = |c: char| matches!(c, '.' | '!' | '?' | ':' | ';');
            let sentences = text.split_inclusive(|c: char| c.is_whitespace());
            let mut length = 0;
            for word in sentences.map(str::trim_end).filter(|word| !word.is_empty()) {
                length += 1;
                if length > 20 {
                    problems.push(format!("{:?} {key}: {text}", words.language()));
                    break;
                }
                if word.trim_end_matches([')', '’', ']', '"']).ends_with(ends) {
                    length = 0;
                }
            }
        }
    }
    assert_none(problems);
}

#[test]
fn every_rule_has_its_texts_and_every_text_a_rule() {
    let mut problems = Vec::new();
    for words in BOTH {
        let folder = folder(words);
        for rule in BOOK.rules() {
            for text in ["kop", "titel", "waarom", "oplossing", "bron"] {
                let key = format!("regels.{}.{text}", rule.name);
                if words.find(&key).is_none_or(str::is_empty) {
                    problems.push(format!("{folder}/rules/: {key} is missing"));
                }
            }
        }
        for (key, _) in words.all() {
            let name = key
                .strip_prefix("regels.")
                .and_then(|rest| rest.split_once('.'))
                .map(|(name, _)| name);
            if name.is_some_and(|name| BOOK.named(name).is_none()) {
                problems.push(format!("{folder}/rules/: {key} belongs to no rule"));
            }
        }
    }
    assert_none(problems);
}

struct Example {
    paths: Vec<String>,
    also: Vec<String>,
    today: Option<Date>,
    failing: String,
    good: String,
}

impl Example {
    /// Parses an example; without a twin there is none.
    fn parse(text: &str) -> Option<Self> {
        let (failing, good) = text.split_once("\n---\n")?;
        let values = |key: &str| -> Vec<&str> {
            let prefix = format!("# {key}:");
            let lines = failing.lines();
            lines
                .filter_map(|line| line.strip_prefix(&prefix).map(str::trim))
                .collect()
        };
        let also = values("ook");
        Some(Self {
            paths: values("pad").into_iter().map(str::to_owned).collect(),
            also: also
                .iter()
                .flat_map(|list| list.split(", ").map(str::to_owned))
                .collect(),
            today: values("op").first().map(|day| day.parse().unwrap()),
            failing: complete(failing),
            good: complete(good),
        })
    }
}

/// The plan with a cover, and with repeated words written out.
fn complete(plan: &str) -> String {
    let has = |key: &str| plan.lines().any(|line| line.starts_with(key));
    let plan = match (has("versie:"), has("plan:")) {
        (true, _) => plan.to_owned(),
        (false, true) => plan.replacen("plan:\n", COVER, 1),
        (false, false) => format!("{COVER}{TERM}{plan}"),
    };
    let expanded = || {
        let (before, after) = plan.split_once(" × ")?;
        let (before, times) = before.rsplit_once('(')?;
        let (word, after) = after.split_once(')')?;
        let words = vec![word; times.parse().ok()?].join(" ");
        Some(format!("{before}{words}{after}"))
    };
    expanded().unwrap_or(plan)
}

fn check(plan: &str, today: Option<Date>) -> Vec<Finding> {
    let checked = Checked::new(Document::read(plan.as_bytes()), today);
    checked.findings.iter().cloned().collect()
}

/// The variable `RULE` limits this test to one rule.
#[test]
fn every_rule_fires_on_its_example_and_not_on_the_good_twin() {
    let only = std::env::var("RULE").ok();
    let mut problems = Vec::new();
    let rules = BOOK
        .rules()
        .filter(|rule| only.as_ref().is_none_or(|only| rule.name == only));
    for (rule, language) in rules.flat_map(|rule| LANGUAGES.map(|language| (rule, language))) {
        let file = format!("{EXAMPLES}/{language}/{}.yaml", rule.name);
        let Ok(text) = fs::read_to_string(&file) else {
            problems.push(format!("{file}: the example is missing"));
            continue;
        };
        let Some(example) = Example::parse(&text) else {
            problems.push(format!("{file}: no line --- with a good twin below it"));
            continue;
        };
        let found = check(&example.failing, example.today);
        let paths: Vec<String> = found
            .iter()
            .filter(|finding| finding.rule.name == rule.name)
            .map(|finding| finding.path.to_string())
            .collect();
        if paths.is_empty() || (!example.paths.is_empty() && paths != example.paths) {
            problems.push(format!(
                "{file}: expected findings at {:?}, found them at {paths:?}",
                example.paths
            ));
        }
        for finding in found {
            let is_expected = finding.rule.name == rule.name
                || finding.rule.name == "onderdeel-ontbreekt"
                || example.also.iter().any(|also| also == finding.rule.name);
            if finding.severity > Severity::Tip && !is_expected {
                problems.push(format!(
                    "{file}: also breaks {} at {}",
                    finding.rule.name, finding.path
                ));
            }
        }
        for finding in check(&example.good, example.today) {
            if finding.rule.name == rule.name {
                problems.push(format!(
                    "{file}: the twin breaks the rule too, at {}",
                    finding.path
                ));
            }
        }
    }
    assert_none(problems);
}

#[test]
fn examples_are_in_blocks_and_fit_a_terminal() {
    /// The widest line that `explain` can indent.
    const WIDTH: usize = 76;
    let mut problems = Vec::new();
    for (file, text) in examples() {
        for (nr, line) in (1..).zip(text.lines()) {
            let is_shown = !line.starts_with('#');
            let braces = line.matches('{').count();
            let may_have = usize::from(line.trim_start().starts_with("inzet: {"));
            if is_shown && braces > may_have {
                problems.push(format!("{file}:{nr}: {line}"));
            }
            // A list in lists is the example of a file that is too deep.
            if is_shown && line.chars().count() > WIDTH && !line.contains("[[") {
                problems.push(format!("{file}:{nr}: over {WIDTH} characters: {line}"));
            }
        }
    }
    assert_none(problems);
}

/// The examples are translations of each other, with findings at the same keys; ids are translated.
#[test]
fn examples_have_findings_at_the_same_keys_in_both_languages() {
    let fields = planmaker::schema::fields();
    let keys: BTreeSet<&str> = fields
        .iter()
        .flat_map(|field| field.split(['.', '[']))
        .collect();
    let mut problems = Vec::new();
    for rule in BOOK.rules() {
        let [dutch, english] = LANGUAGES.map(|language| -> Vec<String> {
            let file = format!("{EXAMPLES}/{language}/{}.yaml", rule.name);
            let text = fs::read_to_string(file).unwrap_or_default();
            let paths = text.lines().filter_map(|line| line.strip_prefix("# pad:"));
            let masked = |step| if keys.contains(step) { step } else { "*" };
            paths
                .map(|path| {
                    path.trim()
                        .split('.')
                        .map(masked)
                        .collect::<Vec<_>>()
                        .join(".")
                })
                .collect()
        });
        if dutch.is_empty() || dutch != english {
            problems.push(format!(
                "{EXAMPLES}/*/{}.yaml: {dutch:?}, {english:?}",
                rule.name
            ));
        }
    }
    assert_none(problems);
}

/// The file name and the text of every example.
fn examples() -> impl Iterator<Item = (String, String)> {
    let entries = |language| fs::read_dir(format!("{EXAMPLES}/{language}")).unwrap();
    LANGUAGES.into_iter().flat_map(entries).map(|entry| {
        let path = entry.unwrap().path();
        (
            path.display().to_string(),
            fs::read_to_string(path).unwrap(),
        )
    })
}

#[test]
fn every_example_belongs_to_a_rule() {
    let entries = |language| fs::read_dir(format!("{EXAMPLES}/{language}")).unwrap();
    for entry in LANGUAGES.into_iter().flat_map(entries) {
        let path = entry.unwrap().path();
        let is_example = path.extension() == Some("yaml".as_ref());
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(
            is_example && BOOK.named(name).is_some(),
            "{}: no rule has that name",
            path.display()
        );
    }
}

/// Exceptions in plans may still name a retired rule, so no other rule may get its name.
#[test]
fn retired_rule_names_are_not_used_again() {
    const RETIRED: [&str; 1] = ["id-dubbel"];
    let used: Vec<&str> = RETIRED
        .into_iter()
        .filter(|name| BOOK.named(name).is_some())
        .collect();
    assert!(used.is_empty(), "{used:?}");
}
