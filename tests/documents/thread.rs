//! The red thread of a document has all that is in the thread, each hole once, and no hours twice.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fs;

use planmaker::{Checked, Data, Format, Layout, Request, View, render, render_data};
use serde_json::Value;

const PLANS: [&str; 9] = [
    "examples/minimaal.yaml",
    "examples/psycho-educatie.yaml",
    "examples/carer-conversations.yaml",
    "tests/plans/alles.yaml",
    "tests/plans/beginner.yaml",
    "tests/plans/goed.yaml",
    "tests/plans/newcomer-en.yaml",
    "tests/plans/praktijk.yaml",
    "tests/plans/veel.yaml",
];

/// A plan with that many barriers, strategies, activities and groups, and holes of every kind.
fn threads(barriers: usize, strategies: usize, activities: usize, groups: usize) -> String {
    let mut plan =
        "versie: 1\nplan: {titel: Draad, start: 2026-09-01}\nbetrokken_groepen:\n".to_owned();
    let all = |prefix: &str, wanted: &dyn Fn(usize) -> bool, count: usize| {
        let ids: Vec<String> = (0..count)
            .filter(|nr| wanted(*nr))
            .map(|nr| format!("{prefix}{nr}"))
            .collect();
        ids.join(", ")
    };
    for nr in 0..groups {
        plan += &format!("  g{nr}: {{rol: uitvoerder}}\n");
    }
    plan += "implementatiedoelen:\n";
    for nr in 0..groups {
        plan += &format!(
            "  d{nr}: {{groep: g{nr}, naam: Doel {nr} van een groep, termijn: 3 maanden}}\n"
        );
    }
    plan += "contextanalyse:\n  factoren:\n";
    for nr in 0..barriers {
        let group = nr % groups;
        plan += &format!(
            "    f{nr}: {{naam: Er is te weinig tijd {nr}, groep: g{group}, richting: belemmerend, invloed: 3, veranderbaar: ja}}\n"
        );
    }
    plan += "implementatiestrategieen:\n  strategieen:\n";
    for nr in 0..strategies {
        let aims = all("f", &|f| f % 5 != 4 && (f + nr) % 3 == 0, barriers);
        plan += &format!("    s{nr}: {{naam: Strategie {nr}, belemmeringen: [{aims}]}}\n");
    }
    plan += "planning_en_budget:\n  activiteiten:\n";
    for nr in 0..activities {
        let serves = all("s", &|s| s % 4 != 3 && (s + nr) % 3 == 0, strategies);
        let owner = if nr % 4 == 1 {
            ""
        } else {
            ", eigenaar: [r0, r1]"
        };
        let effort = if nr % 3 == 1 { "" } else { ", kosten: 10" };
        plan += &format!(
            "    a{nr}: {{naam: Activiteit {nr}, strategieen: [{serves}]{owner}{effort}}}\n"
        );
    }
    plan += "monitoring:\n";
    for nr in (0..groups).filter(|nr| nr % 2 == 0) {
        plan += &format!("  i{nr}: {{doel: d{nr}, wanneer: na {} maanden}}\n", 2 + nr);
    }
    plan + "evaluatie: {vragen: {v: {doelen: d0, belemmeringen: [f0, f1]}}}\n"
}

/// Things of no group, of a group that is not in the plan, and of nothing that is.
const LOOSE: &str = "versie: 1
plan: {titel: Los}
betrokken_groepen: {a: {naam: Groep A, rol: uitvoerder}}
gebruikers: {a: {}}
implementatiedoelen:
  zonder: {naam: Doel zonder groep}
  weg: {naam: Doel van een onbekende groep, groep: verdwenen}
contextanalyse:
  factoren:
    geen: {naam: Belemmering zonder groep, richting: belemmerend, invloed: 3}
    weg: {naam: Belemmering van een onbekende groep, groep: verdwenen, richting: belemmerend, invloed: 3}
    licht: {naam: Lichte belemmering, groep: a, richting: belemmerend, invloed: 1}
    ook-licht: {naam: Nog een lichte belemmering, groep: a, richting: belemmerend, invloed: 1}
    helpt: {naam: Dit helpt al, groep: a, richting: bevorderend}
implementatiestrategieen:
  strategieen:
    los: {naam: Strategie voor niemand}
    steunt: {naam: Strategie die steunt op wat helpt, belemmeringen: [helpt, onbekende-factor]}
    elders: {naam: Strategie voor een onbekende groep, inzet: {ergens: inzicht}}
planning_en_budget:
  activiteiten:
    los: {naam: Activiteit zonder strategie}
    weg: {naam: Activiteit van een onbekende strategie, strategieen: vergeten}
    vervallen: {naam: Vervallen activiteit, strategieen: los, status: vervallen}
communicatieplan:
  bericht: {groep: a, boodschap: Hallo, strategieen: los}
";

fn plans() -> Vec<String> {
    let files = PLANS.map(|path| fs::read_to_string(path).unwrap());
    let made = [
        LOOSE.to_owned(),
        threads(3, 2, 3, 1),
        threads(12, 10, 20, 3),
        threads(60, 40, 80, 7),
        "versie: 1\n".to_owned(),
    ];
    files.into_iter().chain(made).collect()
}

fn data(plan: &str) -> Value {
    let checked = Checked::read(plan);
    let json = render_data(&View::of(&checked), Data::Json).unwrap();
    serde_json::from_slice(&json).unwrap()
}

/// The thread alone, as readers see it.
fn page(plan: &str, format: Format) -> String {
    let checked = Checked::read(plan);
    let request = Request {
        layout: Layout::RedThread,
        ..format.into()
    };
    let text = render(&View::of(&checked), request).unwrap();
    let start = if format == Format::Html {
        "<main"
    } else {
        "\n## "
    };
    text[text.find(start).unwrap()..].to_owned()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The ids of the things of a part of the plan.
fn ids(part: &Value) -> Vec<&str> {
    let things = part.as_object().into_iter().flatten();
    things.map(|(id, _)| id.as_str()).collect()
}

#[test]
fn all_parts_of_the_thread_stand_in_it() {
    for plan in plans() {
        let data = data(&plan);
        let thread = &data["feiten"]["rode_draad"];
        let mut rows = Vec::new();
        let (mut goals, mut questions) = (Vec::new(), 0);
        for group in list(&thread["groepen"]) {
            rows.extend(list(&group["strategieen"]));
            goals.extend(list(&group["doelen"]).iter().map(|id| id.as_str().unwrap()));
            questions += list(&group["vragen"]).len();
        }
        let shown = |key: &str| -> Vec<&str> {
            let things = rows.iter().flat_map(|row| list(&row[key]));
            things
                .map(|it| it.as_str().unwrap_or_else(|| it["id"].as_str().unwrap()))
                .collect()
        };
        for (key, part) in [
            (
                "belemmeringen",
                list(&thread["belemmeringen"])
                    .iter()
                    .map(|it| it["id"].as_str().unwrap())
                    .collect(),
            ),
            ("activiteiten", ids(&thread["activiteiten"])),
        ] {
            let shown = shown(key);
            for id in part {
                assert!(shown.contains(&id), "{key} {id}");
            }
        }
        for id in ids(&thread["strategieen"]) {
            assert!(rows.iter().any(|row| row["strategie"] == id), "{id}");
        }
        let mut expected = ids(&data["plan"]["implementatiedoelen"]);
        goals.sort_unstable();
        expected.sort_unstable();
        assert_eq!(goals, expected);
        let asked = ids(&data["plan"]["evaluatie"]["vragen"]).len();
        assert!(questions <= asked * list(&thread["groepen"]).len());
        let messages = shown("boodschappen");
        for (id, message) in data["plan"]["communicatieplan"]
            .as_object()
            .into_iter()
            .flatten()
        {
            let carries_out = !message["strategieen"].is_null();
            assert!(!carries_out || messages.contains(&id.as_str()), "{id}");
        }
    }
}

#[test]
fn holes_are_marked_once_and_counted() {
    for plan in plans() {
        let data = data(&plan);
        let thread = &data["feiten"]["rode_draad"];
        let count = thread["aantal_gaten"].as_u64().unwrap();
        let per_group = list(&thread["groepen"])
            .iter()
            .map(|group| group["aantal_gaten"].as_u64().unwrap());
        assert_eq!(per_group.sum::<u64>(), count);
        if list(&thread["groepen"]).is_empty() {
            continue;
        }
        // The head has the number in a mark too.
        let marks = count + u64::from(count > 0);
        let html = page(&plan, Format::Html);
        assert_eq!(html.matches("<mark class=\"gap\">").count() as u64, marks);
        let markdown = page(&plan, Format::Markdown);
        // The explanation has the sign too.
        assert_eq!(
            markdown.matches("▲").count() as u64,
            marks + 1,
            "{markdown}"
        );
    }
}

#[test]
fn hours_of_an_activity_count_once() {
    for plan in plans() {
        let data = data(&plan);
        let thread = &data["feiten"]["rode_draad"];
        let hours = |value: &Value| value["uren"].as_f64().unwrap();
        let rows = list(&thread["groepen"])
            .iter()
            .flat_map(|group| list(&group["strategieen"]));
        let counted: f64 = rows.map(hours).sum();
        let all: f64 = thread["activiteiten"]
            .as_object()
            .unwrap()
            .values()
            .map(hours)
            .sum();
        assert!((counted - all).abs() < 1e-6, "{counted} {all}");
    }
    let plan = "versie: 1
betrokken_groepen: {a: {naam: Eersten}, b: {naam: Tweeden}}
implementatiestrategieen: {strategieen: {s: {inzet: {a: inzicht, b: inzicht}}}}
planning_en_budget: {activiteiten: {x: {strategieen: s, inzet: {a: {personen: 2, uren: 3}}}}}
";
    let text = page(plan, Format::Markdown);
    assert_eq!(
        (
            text.matches("6 uur").count(),
            text.matches("zie boven").count()
        ),
        (1, 1),
        "{text}"
    );
}

#[test]
fn the_unknown_is_said_and_never_zero() {
    let plan = "versie: 1
betrokken_groepen: {a: {naam: Groep}}
implementatiedoelen: {d: {naam: Doel, groep: a}}
implementatiestrategieen: {strategieen: {s: {inzet: {a: inzicht}}, t: {inzet: {a: inzicht}}}}
planning_en_budget:
  activiteiten:
    x: {naam: Iets doen, strategieen: s, inzet: {a: {personen: 2}}, kosten: 5}
    y: {naam: Meer doen, strategieen: t, start: 2027-01-04, inzet: {a: {personen: 2, uren: 3}, b: {uren: 4}}}
";
    let text = page(plan, Format::Markdown);
    let row = |name: &str| {
        text.lines()
            .find(|line| line.contains(name))
            .unwrap()
            .to_owned()
    };
    let unknown = row("Iets doen");
    assert!(
        unknown.contains("nog niet bekend") && unknown.contains("uren nog niet bekend"),
        "{unknown}"
    );
    let partly = row("Meer doen");
    assert!(
        partly.contains("vanaf 4\u{a0}jan\u{a0}2027") && partly.contains("ten minste 6 uur"),
        "{partly}"
    );
    assert!(
        text.contains("**▲ geen norm**") && text.contains("termijn nog niet bekend"),
        "{text}"
    );
    assert!(
        !text.contains("0 uur") && !text.contains("€\u{a0}0"),
        "{text}"
    );
}

#[test]
fn what_helps_is_never_in_the_way() {
    let text = page(LOOSE, Format::Markdown);
    assert!(text.contains("| helpt: Dit helpt al"), "{text}");
    let data = data(LOOSE);
    let rows = list(&data["feiten"]["rode_draad"]["groepen"])
        .iter()
        .flat_map(|group| list(&group["strategieen"]));
    let barriers: Vec<&Value> = rows
        .flat_map(|row| list(&row["belemmeringen"]))
        .map(|it| &it["id"])
        .collect();
    assert!(!barriers.iter().any(|id| *id == "helpt"));
    for name in [
        "Belemmering zonder groep",
        "Belemmering van een onbekende groep",
        "Nog een lichte belemmering",
        "Onbekende factor",
        "Strategie voor niemand",
        "Strategie voor een onbekende groep",
        "Activiteit zonder strategie",
        "Activiteit van een onbekende strategie",
        "Doel zonder groep",
        "Doel van een onbekende groep",
    ] {
        assert!(text.contains(name), "{name} in {text}");
        assert!(page(LOOSE, Format::Html).contains(name), "{name}");
    }
    assert!(!text.contains("Vervallen activiteit"), "{text}");
}

#[test]
fn the_status_stands_there_once_something_has_begun() {
    let plan = |status: &str| {
        format!(
            "versie: 1
betrokken_groepen: {{a: {{naam: Groep}}}}
implementatiestrategieen: {{strategieen: {{s: {{inzet: {{a: inzicht}}}}}}}}
planning_en_budget: {{activiteiten: {{x: {{strategieen: s{status}}}, y: {{strategieen: s}}}}}}
"
        )
    };
    assert!(!page(&plan(""), Format::Markdown).contains("| Stand |"));
    let begun = page(&plan(", status: klaar"), Format::Markdown);
    assert!(
        begun.contains("| Stand |") && begun.contains("● bezig"),
        "{begun}"
    );
}

/// A strategy for a thousand groups, with a thousand activities.
#[test]
fn activities_of_a_long_thread_are_in_the_first_group_only() {
    let list =
        |thing: &dyn Fn(usize) -> String| (0..1000).map(thing).collect::<Vec<_>>().join(", ");
    let plan = format!(
        "versie: 1
implementatiestrategieen: {{strategieen: {{s: {{inzet: {{{}}}}}}}}}
planning_en_budget: {{activiteiten: {{{}}}}}
",
        list(&|nr| format!("g{nr}: inzicht")),
        list(&|nr| format!("a{nr}: {{naam: Activiteit {nr}, strategieen: s}}")),
    );
    assert_eq!(data(&plan)["feiten"]["rode_draad"]["bekort"], true);
    let text = page(&plan, Format::Markdown);
    assert_eq!(text.matches("Activiteit 999").count(), 1);
    assert_eq!(text.matches("zie boven").count(), 999);
}

#[test]
fn charts_run_from_left_to_right_in_each_part() {
    for plan in plans() {
        let checked = Checked::read(plan.as_str());
        let request = Request {
            mermaid: true,
            layout: Layout::RedThread,
            ..Format::Markdown.into()
        };
        let text = render(&View::of(&checked), request).unwrap();
        let charts: Vec<&str> = text
            .split("```mermaid\n")
            .skip(1)
            .map(|rest| rest.split("```").next().unwrap())
            .collect();
        for chart in &charts {
            let lines: Vec<&str> = chart.lines().collect();
            assert_eq!(
                (lines[0], lines[2]),
                ("flowchart LR", "direction LR"),
                "{chart}"
            );
            assert!(!chart.contains("…"), "{chart}");
        }
        // Outside the charts there is no HTML.
        let outside: String = text.split("```").step_by(2).collect();
        assert!(!outside.contains("<br>"));
    }
}

#[test]
fn the_thread_is_deterministic() {
    let plan = threads(12, 10, 20, 3);
    for format in [Format::Html, Format::Markdown] {
        assert_eq!(page(&plan, format), page(&plan, format));
    }
}
