//! Every key of the plan is explained, from its words and from the examples of rules.

use planmaker::explain::{Style, about};
use planmaker::{Words, schema};

use super::{BOTH, assert_none};

/// The paths of all keys, without ids and indices.
fn keys() -> Vec<String> {
    let fields = schema::fields().into_iter();
    let keys = fields.filter(|field| !field.ends_with('*'));
    // The points of sustainment share the keys below them, and so do the questions of the quick scan.
    let keys = keys.map(|field| field.replace("borging.*.", "borging.eigen_punten."));
    let keys = keys.map(|field| field.replace("quickscan.*.", "quickscan.commitment."));
    keys.map(|field| field.replace(".*", "").replace("[]", ""))
        .collect()
}

fn explained(name: &str, words: Words, style: Style) -> String {
    about(name, words, style).unwrap_or_else(|_| panic!("{name} has no explanation"))
}

#[test]
fn every_key_is_explained_in_both_languages() {
    let mut problems = Vec::new();
    for (key, words) in keys().iter().flat_map(|key| BOTH.map(|words| (key, words))) {
        let text = explained(key, words, Style::Text);
        if text.contains('⁇') || text.contains('…') {
            problems.push(format!("{key}: a text is missing: {text}"));
        }
        if let Some(line) = text.lines().find(|line| line.chars().count() > 80) {
            problems.push(format!("{key}: over 80 columns: {line}"));
        }
    }
    assert_none(problems);
}

/// The rules of a key follow from the findings of their examples and from what the twins change.
#[test]
fn a_key_lists_the_rules_that_look_at_it() {
    for (key, rules) in [
        (
            "implementatiedoelen.termijn",
            &["doel-niet-tijdgebonden", "doel-na-einde"][..],
        ),
        (
            "monitoring",
            &["doel-zonder-indicator", "meting-na-termijn"],
        ),
        (
            "contextanalyse.niet_uitgevraagd",
            &["niet-uitgevraagd-zonder-reden"],
        ),
        ("borging.doorontwikkeling", &["borging-zonder-actie"]),
        (
            "planning_en_budget",
            &["actie-buiten-planning", "te-veel-uren"],
        ),
    ] {
        for words in BOTH {
            let text = explained(key, words, Style::Text);
            let listed: Vec<&str> = text
                .lines()
                .filter_map(|line| line.split_whitespace().next())
                .collect();
            for rule in rules {
                assert!(listed.contains(rule), "{key} does not list {rule}:\n{text}");
            }
        }
    }
}

#[test]
fn a_key_is_found_by_its_path_its_last_part_its_label_and_its_section() {
    for (name, path) in [
        ("gebruikers.veranderingen", "gebruikers.veranderingen"),
        ("gebruikers.*.veranderingen[]", "gebruikers.veranderingen"),
        (
            "gebruikers.managers.veranderingen[0].soll",
            "gebruikers.veranderingen.soll",
        ),
        ("gebruikers.managers", "gebruikers"),
        (
            "borging.eigen_punten.sleutels.actie",
            "borging.eigen_punten.actie",
        ),
        ("veranderingen", "gebruikers.veranderingen"),
        ("factoren.invloed", "contextanalyse.factoren.invloed"),
        ("Termijn", "implementatiedoelen.termijn"),
        ("veranderingen.ist", "gebruikers.veranderingen.ist"),
        ("Implementation goals", "implementatiedoelen"),
        ("Implementatiestrategieën", "implementatiestrategieen"),
        ("Planning en budget", "planning_en_budget"),
        ("team", "implementatieteam"),
        ("4", "gebruikers"),
        ("12", "planning_en_budget"),
    ] {
        for words in BOTH {
            let text = explained(name, words, Style::Text);
            assert_eq!(text.lines().next(), Some(path), "{name}");
        }
    }
}

#[test]
fn an_explanation_in_markdown_has_the_example_as_code() {
    let text = explained("termijn", BOTH[0], Style::Markdown);
    for part in [
        "### `implementatiedoelen.termijn`\n\n**5 Implementatiedoelen › Termijn**\n",
        "```yaml\nimplementatiedoelen:\n",
        "\n    termijn: 6 maanden\n```\n",
        "\n- `doel-niet-tijdgebonden`: Elk doel is tijdgebonden\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn an_unknown_name_gets_the_most_similar_rule_or_key() {
    for (name, meant) in [
        ("doel-zonder-indicatr", Some("doel-zonder-indicator")),
        ("gebruikrs.veranderingen", Some("gebruikers.veranderingen")),
        ("nulmetng", Some("nulmeting")),
        ("13", None),
        ("0", None),
        ("", None),
        (".", None),
        ("*", None),
        ("qqqq", None),
    ] {
        let unknown = about(name, BOTH[0], Style::Text);
        assert_eq!(unknown, Err(meant.map(str::to_owned)), "{name}");
    }
}
