//! The figures about groups, factors and phases show all facts, and nothing else.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[allow(dead_code)]
#[path = "../render/support.rs"]
mod support;

use std::collections::BTreeSet;
use std::fs;

use planmaker::{Choice, Format, Quadrant, Request, render};
use support::{document, with_templates, with_view};

const PLANS: [&str; 4] = [
    "examples/minimaal.yaml",
    "examples/psycho-educatie.yaml",
    "tests/plans/beginner.yaml",
    "tests/plans/goed.yaml",
];

fn example_plans() -> Vec<String> {
    PLANS.map(|path| fs::read_to_string(path).unwrap()).to_vec()
}

/// The rows of the groups by interest and influence.
fn quadrants(page: &str) -> &str {
    let (_, from) = page.split_once("<table class=\"axes quadrants\">").unwrap();
    from.split_once("</table>").unwrap().0
}

/// The lines that a user's own template renders.
fn rendered(plan: &str, template: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.j2"), template).unwrap();
    let text = with_templates(plan, Format::Html, folder.path()).unwrap();
    // A page may break long ids.
    let text = text.replace("<wbr>", "").replace('\u{ad}', "");
    text.lines()
        .filter(|line| !line.is_empty())
        .map(|line| line.replace('\u{ad}', ""))
        .collect()
}

/// Twenty groups in all combinations of high, low and unknown interest and influence.
fn twenty_groups() -> String {
    let degrees = ["belang: veel, ", "belang: weinig, ", ""];
    let influences = ["invloed: veel, ", "invloed: weinig, ", ""];
    let mut plan = "versie: 1\nplan: {titel: Groepen}\nbetrokken_groepen:\n".to_owned();
    for nr in 0..20 {
        plan += &format!(
            "  g{nr}: {{{}{}naam: Groep nummer {nr} met een lange naam}}\n",
            degrees[nr % 3],
            influences[nr / 3 % 3]
        );
    }
    plan
}

#[test]
fn groups_appear_only_in_their_own_quadrant() {
    let groups = twenty_groups();
    let plans = example_plans();
    for plan in plans.iter().chain([&groups]) {
        let page = document(plan, Format::Html);
        let field = quadrants(&page);
        let cell = |letter: &str| {
            let cells = field
                .split("<td")
                .find(|cell| cell.contains(&format!("<b>{letter}</b>")));
            cells.unwrap().to_owned()
        };
        with_view(plan, |view, _| {
            let (all, known) = (view.plan.groups(), &view.facts().quadrants);
            for (id, _) in all.iter() {
                let link = format!("href=\"#groepen-{id}\"");
                for quadrant in [
                    Quadrant::Collaborate,
                    Quadrant::Consult,
                    Quadrant::Involve,
                    Quadrant::Inform,
                ] {
                    let shown = cell(quadrant.name()).matches(&link).count();
                    let expected = usize::from(known.get(id) == Some(&quadrant));
                    assert_eq!(shown, expected, "{id} in {}", quadrant.name());
                }
            }
        });
    }
    let page = document(&groups, Format::Html);
    let outside = page.split_once("Nog niet in de matrix").unwrap().1;
    let outside = outside.split_once("<table").unwrap().0;
    assert_eq!(outside.matches("href=\"#groepen-g").count(), 10);
    assert_eq!(outside.matches("belang ontbreekt").count(), 6);
    assert_eq!(outside.matches("invloed ontbreekt").count(), 6);
}

#[test]
fn markdown_has_the_matrix_as_a_table_and_a_chart_on_request() {
    let plan = fs::read_to_string(PLANS[3]).unwrap();
    let text = document(&plan, Format::Markdown);
    assert!(text.contains("| Veel invloed | **C Betrekken:** Bestuurder."));
    assert!(!text.contains("```mermaid"));
    let text = charts(&plan);
    assert!(text.contains("quadrantChart\n"));
    assert!(text.contains("\"Bestuurder\": [0.250, 0.710]"), "{text}");
}

fn charts(plan: &str) -> String {
    with_view(plan, |view, _| {
        let request = Request {
            mermaid: true,
            ..Format::Markdown.into()
        };
        render(view, request).unwrap()
    })
}

#[test]
fn names_cannot_inject_chart_syntax() {
    let names = [
        "\\\"]) --> x",
        "a;b%%c",
        "`t`",
        "b\\n# x",
        "[x](y){z}",
        "end",
        "%%{init: {}}%%",
        "```",
        "direction LR",
        "Een direction  TB",
    ];
    let mut plan = "versie: 1\nplan: {titel: T}\nbetrokken_groepen:\n".to_owned();
    let mut factors = "contextanalyse:\n  factoren:\n".to_owned();
    for (nr, name) in names.iter().enumerate() {
        plan += &format!("  g{nr}: {{naam: \"{name}\", belang: veel, invloed: veel}}\n");
        factors += &format!("    f{nr}: {{naam: \"{name}\", richting: belemmerend, invloed: 3}}\n");
    }
    let text = charts(&(plan + &factors));
    let mut seen = 0;
    for chart in text.split("```mermaid\n").skip(1) {
        let chart = chart.split_once("\n```").unwrap().0;
        for line in chart.lines().filter(|line| line.contains('"')) {
            seen += 1;
            let inside: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            let outside: String = line.split('"').step_by(2).collect();
            assert!(
                inside.len() <= 2 && line.matches('"').count() % 2 == 0,
                "{line}"
            );
            // In a flowchart this is a setting, wherever it is in a line.
            assert!(!line.contains("direction "), "{line}");
            assert!(!outside.contains(['`', '#', '%', ';', '{']), "{line}");
            assert!(
                inside.iter().all(|name| !name.contains(['`', '%', '\\'])),
                "{line}"
            );
        }
    }
    assert!(seen > 2 * names.len(), "{seen}");
}

/// Sixty factors in five groups.
fn sixty_factors() -> String {
    let mut plan = "versie: 1\nplan: {titel: Factoren}\ncontextanalyse:\n  factoren:\n".to_owned();
    for nr in 0..60 {
        let weight = ["invloed: 1, ", "invloed: 2, ", "invloed: 3, ", ""][nr % 4];
        let changeable = ["veranderbaar: ja, ", "veranderbaar: nee, ", ""][nr / 4 % 3];
        let direction = ["richting: belemmerend, ", "richting: bevorderend, "][nr % 2];
        plan += &format!(
            "    f{nr}: {{{weight}{changeable}{direction}groep: g{}}}\n",
            nr % 5
        );
    }
    plan
}

#[test]
fn each_factor_appears_once_in_its_cell() {
    const TEMPLATE: &str = "{% set veld = factoren_in_vakken() %}{% for deel in veld.delen %}{% for rij in deel.rijen %}
{% for vak in rij.vakken %}{% set kolom = veld.kolommen[loop.index0] %}{% for id in vak.factoren %}
{{ id }} {{ deel.id or '-' }} {{ '-' if kolom == 'helpt' else rij.invloed or '?' }} {{ kolom }} {{ 'ja' if vak.speerpunten else 'nee' }}
{% endfor %}{% endfor %}{% endfor %}{% endfor %}";
    let sixty = sixty_factors();
    let by_component = sixty.replace("f7: {", "f7: {onderdeel: o, ");
    let plans = example_plans();
    for plan in plans.iter().chain([&sixty, &by_component]) {
        let mut shown = rendered(plan, TEMPLATE);
        shown.sort();
        let mut expected: Vec<String> = with_view(plan, |view, _| {
            let focus = &view.facts().focus_barriers;
            let factors = view.plan.factors();
            let groups: BTreeSet<_> = factors.iter().map(|(_, it)| it.group.given()).collect();
            let has_components = factors.iter().any(|(_, it)| it.part.given().is_some());
            let lines = factors.iter().map(|(id, factor)| {
                let part = match (has_components, groups.len() > 1) {
                    (true, _) => factor.part.given().map(ToString::to_string),
                    (false, true) => factor.group.given().map(ToString::to_string),
                    (false, false) => None,
                };
                let part = part.unwrap_or("-".into());
                let weight = factor.weight.given().map_or("?", |weight| weight.name());
                let changeable = factor.changeable.given().map(|known| known.name());
                let direction = factor.direction.given().map(|side| side.name());
                let (weight, column) = match (direction, changeable) {
                    (Some("bevorderend"), _) => ("-", "helpt"),
                    (Some(_), Some("ja")) => (weight, "te-veranderen"),
                    (Some(_), Some(_)) => (weight, "niet-te-veranderen"),
                    (Some(_), None) => (weight, "onbekend"),
                    (None, _) => (weight, "zonder-richting"),
                };
                let is_focus = if focus.contains(id) { "ja" } else { "nee" };
                format!("{id} {part} {weight} {column} {is_focus}")
            });
            lines.collect()
        });
        expected.sort();
        assert_eq!(shown, expected);
    }
    let page = document(&sixty, Format::Html);
    assert_eq!(page.matches(" id=\"factoren-f").count(), 60);
}

#[test]
fn what_helps_is_never_called_changeable_or_not() {
    let plan = "versie: 1
plan: {titel: T}
contextanalyse:
  factoren:
    a: {naam: Er is tijd, richting: bevorderend, veranderbaar: nee, invloed: 2}
    b: {naam: Er is steun, richting: bevorderend}
";
    let text = document(plan, Format::Markdown);
    let (_, table) = text.split_once("| Weegt | Helpt al |").unwrap();
    let row = table.lines().nth(2).unwrap();
    assert!(
        row.starts_with("| – | \\+ **Er is tijd** weegt redelijk; \\+ **Er is steun**"),
        "{row}"
    );
}

#[test]
fn missing_strategies_are_marked_only_in_phases_of_the_group() {
    let plan = "versie: 1
plan: {titel: Fasen}
betrokken_groepen:
  a: {rol: uitvoerder}
  b: {rol: ketenpartner}
  c: {rol: profijtgroep}
  d: {naam: Zonder rol}
gebruikers: {a: {}, b: {}, c: {}, d: {}}
implementatiestrategieen:
  fasen: {b: {doorloopt: [orientatie, inzicht], omdat: genoeg}}
  strategieen:
    s: {inzet: {a: [orientatie, inzicht, acceptatie], b: orientatie, c: orientatie}}
";
    let page = document(plan, Format::Html);
    let (_, table) = page.split_once("class=\"wide phase-steps\">").unwrap();
    let table = table.split_once("</table>").unwrap().0;
    let rows: Vec<&str> = table.split("<tr").skip(2).collect();
    let counted = |row: &str| {
        let count = |text: &str| row.matches(text).count();
        (
            count("#strategieen-s\""),
            count("geen strategie"),
            count("class=\"skipped\""),
        )
    };
    let counts: Vec<_> = rows.iter().map(|row| counted(row)).collect();
    assert_eq!(counts, [(3, 2, 0), (1, 1, 3), (1, 0, 0), (0, 0, 0)]);
}

#[test]
fn figures_are_deterministic() {
    for plan in [twenty_groups(), sixty_factors()] {
        for format in [Format::Html, Format::Markdown] {
            assert_eq!(document(&plan, format), document(&plan, format));
        }
        assert_eq!(charts(&plan), charts(&plan));
    }
}
