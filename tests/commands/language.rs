//! The language of messages, and the names of options in both languages.

// Tests may panic.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::{Command, Output};

use crate::folders::folder;

/// Runs the program with only these variables of those that select a language.
fn run(variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planmaker"));
    for name in [
        "PLANMAKER_LANG",
        "LANGUAGE",
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
    ] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    command.args(arguments).output().unwrap()
}

/// Standard error of a run that fails.
fn failing(variables: &[(&str, &str)], arguments: &[&str]) -> String {
    let output = run(variables, arguments);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    String::from_utf8(output.stderr).unwrap()
}

const DUTCH: &str = "fout: ‘nergens.yaml’ bestaat niet.";
const ENGLISH: &str = "error: ‘nergens.yaml’ does not exist.";

/// Windows and macOS do not keep the locale in variables.
#[cfg(target_os = "linux")]
#[test]
fn messages_follow_the_locale() {
    #[rustfmt::skip]
    let cases: [(&[(&str, &str)], &str); 12] = [
        (&[], DUTCH),
        (&[("LANG", "")], DUTCH),
        (&[("LANG", "nl_NL.UTF-8")], DUTCH),
        (&[("LANG", "nl_BE")], DUTCH),
        (&[("LANG", "C")], ENGLISH),
        (&[("LANG", "C.UTF-8")], ENGLISH),
        (&[("LANG", "POSIX")], ENGLISH),
        (&[("LANG", "en_GB.UTF-8")], ENGLISH),
        (&[("LANG", "de_DE.UTF-8")], ENGLISH),
        (&[("LANG", "nl_NL.UTF-8"), ("LC_ALL", "C")], ENGLISH),
        (&[("LANG", "C"), ("PLANMAKER_LANG", "nl")], DUTCH),
        (&[("LANG", "nl_NL.UTF-8"), ("PLANMAKER_LANG", "en")], ENGLISH),
    ];
    for (variables, message) in cases {
        let stderr = failing(variables, &["check", "nergens.yaml"]);
        assert!(stderr.starts_with(message), "{variables:?}: {stderr}");
    }
}

#[test]
fn option_goes_before_variables() {
    for arguments in [["--lang", "en"], ["--taal", "en"]] {
        let arguments = ["check", "nergens.yaml", arguments[0], arguments[1]];
        let stderr = failing(&[("PLANMAKER_LANG", "nl")], &arguments);
        assert!(stderr.starts_with(ENGLISH), "{stderr}");
    }
}

#[test]
fn unknown_language_is_reported_in_one_line() {
    let arguments = ["check", "nergens.yaml"];
    let stderr = failing(&[("PLANMAKER_LANG", "fr"), ("LC_ALL", "nl_NL")], &arguments);
    let (warning, rest) = stderr.split_once('\n').unwrap();
    assert!(warning.contains("PLANMAKER_LANG is ‘fr’"), "{stderr}");
    assert!(!rest.contains("PLANMAKER_LANG"), "{stderr}");
    let arguments = ["check", "nergens.yaml", "--lang", "nl"];
    let stderr = failing(&[("PLANMAKER_LANG", "fr")], &arguments);
    assert!(stderr.starts_with(DUTCH), "{stderr}");
}

#[test]
fn options_have_names_in_both_languages() {
    let plan = "examples/minimaal.yaml";
    let pairs: [[&[&str]; 2]; 4] = [
        [
            &["check", plan, "--strict", "--only", "uurtarief-ontbreekt"],
            &["check", plan, "--streng", "--alleen", "uurtarief-ontbreekt"],
        ],
        [
            &["check", plan, "-f", "json", "--today", "2027-01-31"],
            &["check", plan, "--vorm", "json", "--op", "2027-01-31"],
        ],
        [
            &["render", plan, "-o", "-", "--to", "md", "--view", "summary"],
            &[
                "render",
                plan,
                "-o",
                "-",
                "--naar",
                "md",
                "--weergave",
                "samenvatting",
            ],
        ],
        [
            &["new", "-", "--title", "Een", "--group", "Wij"],
            &["new", "-", "--titel", "Een", "--groep", "Wij"],
        ],
    ];
    for language in ["nl", "en"] {
        for [english, dutch] in pairs {
            let [english, dutch] =
                [english, dutch].map(|arguments| run(&[("PLANMAKER_LANG", language)], arguments));
            assert!(!english.stdout.is_empty(), "{english:?}");
            assert_eq!(english, dutch);
        }
    }
}

/// The standard output of a run.
fn shown(arguments: &[&str]) -> String {
    String::from_utf8(run(&[], arguments).stdout).unwrap()
}

#[test]
fn english_words_lead_to_keys_and_choices() {
    let plan = "versie: 1
goals:
  x:
    target: 50%
    deadline: 12 months
    zzz: 1
adopters: {}
users: {}
beschrijving_interventie:
  effecten:
    x: {soort: unintendet}
borging: {uitvoerbaar_bij_werkdruk: {geborgd: yes}}
";
    let path = folder("english", &[("a.yaml", plan.into())]);
    let path = format!("{path}/a.yaml");
    let english = shown(&["check", &path, "--lang", "en"]);
    let english = english.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "no key ‘goals’ here; did you mean ‘implementatiedoelen’?",
        "7:1 (gebruikers?), 8:1 (gebruikers?)",
        "norm (target), nulmeting (baseline)",
        "did you mean ‘ongewenst’ (unintended)?",
        "‘kwaliteit_in_kaart’ (the quality of delivery is reviewed regularly)",
    ] {
        assert!(english.contains(part), "{part}: {english}");
    }
    let dutch = shown(&["check", &path, "--lang", "nl"]);
    let dutch = dutch.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["norm, nulmeting", "‘ongewenst’?", "‘kwaliteit_in_kaart’ "] {
        assert!(dutch.contains(part), "{part}: {dutch}");
    }
    let unknown = failing(&[], &["check", &path, "--lang", "en", "--only", "goals"]);
    assert!(unknown.contains("‘implementatiedoelen’?"), "{unknown}");
    let role = failing(&[], &["new", "-", "--group", "A:nurse", "--lang", "en"]);
    assert!(role.contains("uitvoerder (practitioner)"), "{role}");
}

#[test]
fn documents_are_named_in_their_own_language() {
    for (language, expected) in [
        ("en", ["a-golden-thread.md", "a-group-x.md", "a-summary.md"]),
        (
            "nl",
            ["a-groep-x.md", "a-rode-draad.md", "a-samenvatting.md"],
        ),
    ] {
        let plan =
            format!("versie: 1\nplan: {{titel: T, taal: {language}}}\ngebruikers: {{x: }}\n");
        let path = folder(&format!("named-{language}"), &[("a.yaml", plan.into())]);
        let view = "summary,group,golden-thread";
        shown(&[
            "render",
            &format!("{path}/a.yaml"),
            "--to",
            "md",
            "--view",
            view,
        ]);
        let entries = fs::read_dir(&path).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter(|name| name != "a.yaml")
            .collect();
        names.sort();
        assert_eq!(names, expected);
    }
}
