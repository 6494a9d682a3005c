//! What a plan says is in its document, or the document says that it could not be shown.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use planmaker::{Checked, Data, Findings, Format, View, render, render_data};
use rayon::prelude::*;
use serde_json::Value;

fn document(plan: &str, format: Format) -> String {
    let checked = Checked::read(format!("versie: 1\n{plan}"));
    render(&View::of(&checked), format).unwrap()
}

fn data(plan: &str) -> Value {
    let checked = Checked::read(format!("versie: 1\n{plan}"));
    let json = render_data(&View::of(&checked), Data::Json).unwrap();
    serde_json::from_slice(&json).unwrap()
}

/// The lines of the section or chapter with that heading.
fn section<'d>(markdown: &'d str, heading: &str) -> &'d str {
    let start = markdown.find(&format!("\n## {heading}\n")).unwrap();
    let rest = &markdown[start + 1..];
    rest.find("\n## ").map_or(rest, |end| &rest[..end])
}

#[test]
fn indicators_of_an_unreadable_or_unknown_goal_are_shown() {
    let plan = "implementatiedoelen:\n  d: [x]\n  e: {naam: Het andere doel}\nmonitoring:
  a: {doel: d, data: Lijst A}\n  b: {doel: weg, data: Lijst B}\n  c: {data: Lijst C}\n  e: {doel: e, data: Lijst E}\n";
    let markdown = document(plan, Format::Markdown);
    let monitoring = section(&markdown, "10. Monitoring");
    for (title, list) in [
        ("Onbekend doel: D", "Lijst A"),
        ("Onbekend doel: Weg", "Lijst B"),
        ("Indicatoren zonder doel", "Lijst C"),
        ("Doel 1: Het andere doel", "Lijst E"),
    ] {
        let (_, rows) = monitoring.split_once(&format!("| **{title}** |")).unwrap();
        let rows = rows.split_once("| **").map_or(rows, |(rows, _)| rows);
        assert!(rows.contains(list), "{title}: {rows}");
    }
    assert!(markdown.contains("4 indicatoren."));
}

#[test]
fn unread_values_are_announced_in_their_section_and_named_in_the_annex() {
    let plan = "plan: {taal: nl}\nimplementatiedoelen:\n  d: [x]\n  e: {naam: Doel, norrm: 80%, bijzonder: 5}\nevaluatie: niets\nborging: {}\n";
    let markdown = document(plan, Format::Markdown);
    let goals = section(&markdown, "5. Implementatiedoelen");
    assert!(
        goals.contains("**Let op: hier staan in het plan 2 dingen die planmaker niet kan lezen"),
        "{goals}"
    );
    assert!(goals.contains("80%"), "a misspelled key is read: {goals}");
    let evaluation = section(&markdown, "11. Evaluatie");
    assert!(
        evaluation.contains("hier staat in het plan 1 ding dat planmaker niet kan lezen"),
        "{evaluation}"
    );
    assert!(!evaluation.contains("nog niet ingevuld"), "{evaluation}");
    assert!(section(&markdown, "9. Borging").contains("nog niet ingevuld"));
    let annex = section(&markdown, "Bijlage: openstaande punten");
    for (finding, part) in [
        (
            "past hier niet, want het is een lijst (D)",
            "Implementatiedoelen",
        ),
        (
            "De sleutel ‘bijzonder’ bestaat hier niet (E: Bijzonder)",
            "Implementatiedoelen",
        ),
        ("past hier niet: ‘niets’", "Evaluatie"),
    ] {
        let is_named = |line: &str| line.contains(finding) && line.contains(part);
        assert!(annex.lines().any(is_named), "{finding} in {annex}");
    }
    assert!(!annex.contains("(E: Norrm)"), "{annex}");
    assert!(!annex.contains("implementatiedoelen.e"), "{annex}");
    let page = document(plan, Format::Html);
    assert!(page.contains("<mark>Let op: hier staan in het plan 2 dingen"));
}

#[test]
fn open_points_of_unknown_and_misspelled_parts_are_in_the_annex() {
    let plan = "plan: {titel: T}\ngoals: {d: {termijn: 31-2-2027}}\nvreemd: [x]\n";
    let markdown = document(plan, Format::Markdown);
    let annex = section(&markdown, "Bijlage: openstaande punten");
    let names = |finding: &str, part: &str| {
        annex
            .lines()
            .any(|line| line.contains(finding) && line.contains(part))
    };
    assert!(names("(D: Termijn)", "Implementatiedoelen"), "{annex}");
    assert!(names("‘vreemd’", "Het bestand als geheel"), "{annex}");
    let goals = section(&markdown, "5. Implementatiedoelen");
    assert!(
        goals.contains("1 ding dat planmaker niet kan lezen"),
        "{goals}"
    );
    let unknown = Checked::read("versie: een\nplan: {titel: T}\n");
    let markdown = render(&View::of(&unknown), Format::Markdown).unwrap();
    assert!(
        markdown.contains("Deze waarde past hier niet: ‘een’"),
        "{markdown}"
    );
}

/// Two ids or phases that mean the same do not replace each other.
#[test]
fn keys_with_the_same_meaning_are_all_shown_or_reported() {
    let plan = "plan: {titel: T}\nbetrokken_groepen: {consulenten: {naam: C}}
implementatiestrategieen:\n  strategieen:
    s: {inzet: {consulentn: {inzicht: Eerste tekst}, consulenen: {inzicht: Tweede tekst}}}
    t: {inzet: {consulenten: {inzicht: Derde tekst, Insight: Vierde tekst}}}\n";
    let markdown = document(plan, Format::Markdown);
    assert!(
        markdown.contains("Eerste tekst") && markdown.contains("Tweede tekst"),
        "{markdown}"
    );
    let annex = section(&markdown, "Bijlage: openstaande punten");
    let twice = annex
        .lines()
        .find(|line| line.contains("(Strategieën: T: Inzet per groep en fase: Consulenten)"));
    assert!(twice.is_some(), "{annex}");
}

/// Values that can be read but cannot be right are shown.
#[test]
fn values_that_were_read_are_not_called_unread() {
    let data = data(
        "plan: {start: 2027-01-04, einde: 2026-01-04, titel: [x]}\nimplementatiedoelen: {d: {norm: '1,200 x'}, e: {naam: [x]}}\n",
    );
    let read = |path: &str| {
        let mut findings = data["bevindingen"].as_array().unwrap().iter();
        let finding = findings
            .find(|finding| finding["regel"] == "waarde-ongeldig" && finding["pad"] == path);
        finding.unwrap()["gelezen"].as_bool().unwrap()
    };
    assert!(read("plan.einde") && read("implementatiedoelen.d.norm"));
    assert!(!read("plan.titel") && !read("implementatiedoelen.e.naam"));
}

#[test]
fn items_keep_their_index_in_the_data() {
    let data = data(
        "plan: {organisaties: [~, A, '', [x], B], auteurs: C}
contextanalyse: {werkwijze: [x, interviews, ~]}
monitoring: {m: {wanneer: ['', 'na 1 maand, elke 3 maanden', 2027-09-01]}}
voortgang: {metingen: [~, {indicator: m}]}
",
    );
    let plan = &data["plan"];
    assert_eq!(
        plan["plan"]["organisaties"],
        serde_json::json!([null, "A", null, null, "B"])
    );
    assert_eq!(plan["plan"]["auteurs"], serde_json::json!(["C"]));
    assert_eq!(
        plan["contextanalyse"]["werkwijze"],
        serde_json::json!([null, "interviews", null])
    );
    let when = serde_json::json!([null, "na 1 maand, elke 3 maanden", "2027-09-01"]);
    assert_eq!(plan["monitoring"]["m"]["wanneer"], when);
    assert_eq!(plan["voortgang"]["metingen"][1]["indicator"], "m");
    let mut paths = data["bevindingen"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| finding["pad"].clone());
    assert!(paths.any(|path| path == "plan.organisaties[3]"));
}

#[test]
fn skipped_items_leave_no_trace_in_a_document() {
    let plan = "plan: {start: 2027-01-04, organisaties: [~, A, '', B]}
contextanalyse: {werkwijze: [~, interviews, brainstorm]}
monitoring: {m: {wanneer: [~, 'na 1 maand, elke 3 maanden']}}
";
    let markdown = document(plan, Format::Markdown).replace('\u{a0}', " ");
    for shown in [
        "- **Implementerende organisaties:** A en B\n",
        "**Werkwijze:** interviews en brainstorm",
        "na 1 maand (4 februari 2027); elke 3 maanden (voor het eerst op 4 april 2027)",
    ] {
        assert!(markdown.contains(shown), "{shown} in {markdown}");
    }
    assert!(!markdown.contains("none"));
}

#[test]
fn exceptions_that_silence_nothing_are_shown() {
    let plan = "uitzonderingen:\n  doel-zonder-indicator: {bij: [weg, ook-weg], reden: Dat meet de gemeente zelf.}\n";
    let markdown = document(plan, Format::Markdown);
    let annex = section(&markdown, "Bijlage: uitzonderingen");
    assert!(
        annex.contains("| Elk doel heeft een indicator | Dat meet de gemeente zelf. |"),
        "{annex}"
    );
}

/// Values that no document shows, with the reason.
const NOT_SHOWN: [&str; 3] = [
    // The version of the file format is about the file.
    "versie",
    // The language of the document is that of all its words.
    "plan.taal",
    // The document shows the places where an exception silences something.
    "uitzonderingen.groep-zonder-communicatie.bij",
];

/// Every answer of a plan changes its document: without it, the document differs. The properties check the texts.
#[test]
fn every_answer_changes_the_document() {
    let plan = include_str!("../plans/alles.yaml");
    let plan: Value = serde_yaml::from_str(plan).unwrap();
    let mut pointers = Vec::new();
    add_answers(&plan, "", &mut pointers);
    assert!(pointers.len() > 100, "{}", pointers.len());
    let whole = without_findings(&plan);
    let silent: Vec<&String> = pointers
        .par_iter()
        .filter(|pointer| {
            let mut without = plan.clone();
            *without.pointer_mut(pointer).unwrap() = Value::Null;
            without_findings(&without) == whole
        })
        .filter(|pointer| !NOT_SHOWN.contains(&pointer[1..].replace('/', ".").as_str()))
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

fn add_answers(value: &Value, pointer: &str, pointers: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                add_answers(value, &format!("{pointer}/{key}"), pointers);
            }
        }
        Value::Array(items) => {
            for (nr, value) in items.iter().enumerate() {
                add_answers(value, &format!("{pointer}/{nr}"), pointers);
            }
        }
        Value::Null => {}
        Value::String(text) if text.contains(' ') => {}
        _ => pointers.push(pointer.to_owned()),
    }
}

/// The page of a plan as if there were nothing to say about it.
fn without_findings(plan: &Value) -> String {
    let mut checked = Checked::read(serde_json::to_string(plan).unwrap());
    checked.findings = Findings::default();
    render(&View::of(&checked), Format::Html).unwrap()
}
