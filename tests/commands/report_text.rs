//! The text report: what it folds, shows in full, and says last.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashSet;
use std::fs;

use crate::folders::folder;
use crate::formats::{json, planmaker, rules, run};

/// The text of the report about a plan.
fn text(plan: &str, options: &[&str]) -> String {
    let mut args = vec!["check", plan];
    args.extend(options);
    String::from_utf8(run(&args).stdout).unwrap()
}

/// The text of the report about the plan in a folder, without its path, which could take more lines.
fn text_in(folder: &str) -> String {
    let mut check = planmaker(&["check", "plan.yaml"]);
    let output = check.current_dir(folder).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn tips_are_one_line_per_section_unless_asked_for() {
    let plan = "tests/plans/beginner.yaml";
    let short = text(plan, &[]);
    assert!(short.contains("tip: 5 Implementatiedoelen: "), "{short}");
    assert!(!short.contains("tip["), "{short}");
    assert!(short.contains("check --tips"), "{short}");
    for options in [&["--tips"][..], &["--only", "vaag-woord"]] {
        let full = text(plan, options);
        assert!(full.contains("tip[vaag-woord]"), "{full}");
        assert!(!full.contains("tip: "), "{full}");
    }
}

#[test]
fn wrong_values_are_folded_by_cause() {
    let values = [
        "Ja",
        "sterk",
        "ja",
        "sterk",
        "sterk",
        "binnen 6 maanden",
        "fors",
        "fors",
    ];
    let factors = values
        .iter()
        .enumerate()
        .map(|(nr, value)| format!("    f{nr}: {{richting: belemmerend, invloed: {value}}}\n"));
    let plan = format!(
        "versie: 1\nplan: {{titel: x}}\ncontextanalyse:\n  factoren:\n{}    g: {{groep: wie, niveau: erg}}\n",
        factors.collect::<String>()
    );
    let path = folder("causes", &[("a.yaml", plan.into_bytes())]);
    let shown = text(&format!("{path}/a.yaml"), &["--only", "waarde-ongeldig"]);
    let found = rules(&json(&[
        "check",
        &format!("{path}/a.yaml"),
        "--only",
        "waarde-ongeldig",
        "--format",
        "json",
    ]));
    assert_eq!(found.len(), 9, "{shown}");
    let heads: Vec<&str> = shown
        .lines()
        .filter(|line| line.starts_with("fout["))
        .collect();
    // Three one by one, then one line for each value that is wrong in the same way.
    assert_eq!(heads.len(), 7, "{shown}");
    assert!(shown.contains("nog 2 keer ‘sterk’"), "{shown}");
    assert!(shown.contains("nog 2 keer ‘fors’"), "{shown}");
    // The level has other choices than the weight, so it shows its own fix.
    assert_eq!(shown.matches("oplossing: ").count(), 2, "{shown}");
}

#[test]
fn each_fix_is_shown_once_and_the_last_lines_say_where_to_begin() {
    let shown = text("tests/plans/beginner.yaml", &[]);
    let fixes: Vec<String> = shown
        .split("oplossing: ")
        .skip(1)
        .map(|fix| {
            fix.split("\n\n")
                .next()
                .unwrap()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    let unique: HashSet<&String> = fixes.iter().collect();
    assert_eq!(unique.len(), fixes.len(), "{fixes:#?}");
    for rule in rules(&json(&[
        "check",
        "tests/plans/beginner.yaml",
        "--format",
        "json",
        "--min-severity",
        "waarschuwing",
    ])) {
        assert!(shown.contains(&format!("[{rule}]")), "{rule}: {shown}");
    }
    let last: Vec<&str> = shown.trim_end().lines().rev().take(5).collect();
    let last = last.join("\n");
    assert!(
        last.contains("Begin bij tests/plans/beginner.yaml:"),
        "{last}"
    );
    assert!(
        last.contains("planmaker explain startdatum-ontbreekt"),
        "{last}"
    );
    assert!(!text("examples/minimaal.yaml", &["--min-severity", "fout"]).contains("Begin bij"));
}

#[test]
fn report_about_a_blank_plan_is_an_invitation() {
    let path = folder("blank", &[]);
    let file = format!("{path}/plan.yaml");
    assert!(run(&["new", "--no-input", &file]).status.success());
    let shown = text_in(&path);
    assert!(shown.lines().count() <= 60, "{shown}");
    assert!(shown.contains("Begin bij"), "{shown}");
    assert!(shown.contains("nog niets ingevuld"), "{shown}");
}

/// Of a group that `new` asked for, the other answers are yet to come. A wrong answer is shown all the same.
#[test]
fn report_about_a_plan_with_groups_only_is_an_invitation() {
    for role in ["uitvoerder", "ontwikkelaar"] {
        let path = folder("groups-only", &[]);
        let file = format!("{path}/plan.yaml");
        let names = [
            "Consulenten",
            "Sociaal raadslieden",
            "Medewerkers schuldhulp",
        ];
        let groups = names.map(|name| format!("--groep={name}:{role}:weinig"));
        let mut args = vec!["new", "--no-input", "--titel", "Stress", &file];
        args.extend(groups.iter().map(String::as_str));
        assert!(run(&args).status.success());
        let shown = text_in(&path);
        assert!(shown.lines().count() <= 60, "{shown}");
        assert!(
            shown.contains("3 Betrokken groepen is nog niet af"),
            "{shown}"
        );
        assert!(shown.contains("Ga verder met wat je al weet"), "{shown}");
        let plan = fs::read_to_string(&file).unwrap();
        let wrong = plan.replacen("belang: weinig", "belang: xyz", 1);
        let wrong = folder("groups-wrong", &[("plan.yaml", wrong.into())]);
        let shown = text(&format!("{wrong}/plan.yaml"), &[]);
        assert!(shown.contains("fout[waarde-ongeldig]"), "{shown}");
        // Also in a part where nothing else is answered.
        let wrong = plan.replacen("vertegenwoordigt:", "vertegenwoordigt: nobody", 1);
        let wrong = folder("team-wrong", &[("plan.yaml", wrong.into())]);
        let shown = text(&format!("{wrong}/plan.yaml"), &[]);
        assert!(shown.contains("fout[verwijzing-onbekend]"), "{shown}");
        let person = plan.replacen("persoon:", "persoon: Jan de Vries", 1);
        let person = folder("team-begun", &[("plan.yaml", person.into())]);
        let shown = text(&format!("{person}/plan.yaml"), &[]);
        assert!(!shown.contains("8 Implementatieteam is nog"), "{shown}");
        let begun = plan.replacen("betrekken:", "betrekken: In een werkgroep.", 1);
        let begun = folder("groups-begun", &[("plan.yaml", begun.into())]);
        let shown = text(&format!("{begun}/plan.yaml"), &[]);
        assert!(
            shown.contains("waarschuwing[betrekken-ontbreekt]"),
            "{shown}"
        );
    }
}

#[test]
fn answers_behind_a_hash_are_named() {
    let plan =
        "versie: 1\nbeschrijving_interventie:\n  effecten:\n    # rust:\n    #   soort: gewenst\n";
    let path = folder("behind-a-hash", &[("plan.yaml", plan.into())]);
    let file = format!("{path}/plan.yaml");
    let one_line = |shown: String| shown.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = one_line(text(&file, &[]));
    assert!(shown.contains(&format!("‘soort’ ({file}:5)")), "{shown}");
    let fresh = folder("nothing-behind-a-hash", &[]);
    let fresh = format!("{fresh}/plan.yaml");
    assert!(
        run(&["new", "--no-input", "--groep", "A", &fresh])
            .status
            .success()
    );
    let shown = one_line(text(&fresh, &[]));
    assert!(!shown.contains("achter een #"), "{shown}");
}
