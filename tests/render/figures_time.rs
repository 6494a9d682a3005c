//! The figures of time and money: the planning, the hours per week, the costs.

use std::fs;

use jiff::civil::Date;
use planmaker::{Format, Request, render};

use crate::support::{EXAMPLES, document, with_templates, with_view};

const GOOD: &str = include_str!("../plans/goed.yaml");

/// The lines that a user's own template renders.
fn rendered(plan: &str, template: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("plan.j2"), template).unwrap();
    let text = with_templates(plan, Format::Html, folder.path()).unwrap();
    text.lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn activities(lines: &str) -> String {
    format!(
        "versie: 1\nbetrokken_groepen: {{a: {{naam: Alfa}}, b: {{naam: Beta}}}}\nimplementatieteam: {{trekker: {{}}}}\n\
         planning_en_budget:\n  activiteiten:\n{lines}"
    )
}

/// The contents of the figures of a page.
fn figures(page: &str) -> Vec<&str> {
    page.split("<figure")
        .skip(1)
        .map(|rest| rest.split_once("</figure>").unwrap().0)
        .collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

#[test]
fn bars_span_their_activities() {
    let lines = rendered(
        GOOD,
        "{% set t = tijdlijn() %}{{ t.as.van }} {{ t.as.tot_en_met }} {{ t.as.links }} {{ t.as.breedte }}\n\
         {% for vel in t.vellen %}{% for band in vel.banden %}{% for rij in band.rijen if rij.balk %}\n\
         {{ rij.id }} {{ rij.balk.x }} {{ rij.balk.breedte }}\n{% endfor %}{% endfor %}{% endfor %}",
    );
    let axis: Vec<&str> = lines[0].split(' ').collect();
    let (first, last): (Date, Date) = (axis[0].parse().unwrap(), axis[1].parse().unwrap());
    let (left, width) = (number(axis[2]), number(axis[3]));
    let days = |from: Date, to: Date| f64::from((to - from).get_days());
    let per_day = width / (days(first, last) + 1.0);
    with_view(GOOD, |view, _| {
        let scheduled = &view.facts().activities;
        assert_eq!(lines.len(), scheduled.len() + 1);
        for line in &lines[1..] {
            let row: Vec<&str> = line.split(' ').collect();
            let (start, end) = scheduled[row[0]].days().unwrap();
            let (x, width) = (number(row[1]), number(row[2]));
            let begin = left + days(first, start) * per_day;
            assert!((x - begin).abs() < 0.2, "{line}: {begin}");
            let finish = left + (days(first, end) + 1.0) * per_day;
            assert!(
                (x + width - finish).abs() < 0.3 || width <= 4.0,
                "{line}: {finish}"
            );
        }
    });
}

#[test]
fn tables_repeat_what_figures_show() {
    for path in EXAMPLES {
        let plan = fs::read_to_string(path).unwrap();
        let page = document(&plan, Format::Html);
        let figures = figures(&page);
        assert!(figures.len() >= 2, "{path}");
        let mut tables = page.clone();
        for figure in &figures {
            tables = tables.replace(figure, "");
        }
        let (mut amounts, mut bars) = (0, 0);
        for figure in figures {
            for text in figure.split("class=\"amount\"").skip(1) {
                let amount = text.split(['>', '<']).nth(1).unwrap();
                assert!(tables.contains(amount), "{path}: {amount}");
                amounts += 1;
            }
            for title in figure.split("<title>").skip(1) {
                let (name, days) = title
                    .split_once("</title>")
                    .unwrap()
                    .0
                    .rsplit_once(": ")
                    .unwrap();
                assert!(
                    tables.contains(name) && tables.contains(days),
                    "{path}: {name} {days}"
                );
                bars += 1;
            }
        }
        let activities = with_view(&plan, |view, _| view.facts().activities.len());
        assert_eq!(bars, activities, "{path}");
        assert!(amounts > 0 || path.contains("minimaal"), "{path}");
    }
}

#[test]
fn each_activity_has_one_row_under_its_group() {
    let plan = activities(
        "    een: {start: 2027-01-04, einde: 2027-01-08, inzet: {a: {personen: 1, uren: 2}, trekker: {personen: 1, uren: 2}}}\n    \
         samen: {start: 2027-01-04, einde: 2027-01-08, inzet: {a: {personen: 1, uren: 2}, b: {personen: 1, uren: 2}}}\n    \
         team: {start: 2027-01-04, einde: 2027-01-08, inzet: {trekker: {personen: 1, uren: 2}}}\n    \
         niet: {start: 2027-01-04, einde: 2027-01-08, status: vervallen, inzet: {a: {personen: 1, uren: 2}}}\n",
    );
    let template = |group: &str| {
        format!(
            "{{% for vel in tijdlijn({group}).vellen %}}{{% for band in vel.banden %}}{{% for rij in band.rijen %}}\n\
             {{{{ band.naam }}}}: {{{{ rij.id }}}}\n{{% endfor %}}{{% endfor %}}{{% endfor %}}"
        )
    };
    assert_eq!(
        rendered(&plan, &template("")),
        [
            "Meer groepen samen: samen",
            "Alfa: een",
            "Alleen het team: team"
        ]
    );
    assert_eq!(rendered(&plan, &template("'b'")), ["Activiteiten: samen"]);
}

#[test]
fn undated_and_distant_activities_are_reported() {
    let plan = activities(
        "    gewoon: {start: 2027-01-04, einde: 2027-03-01}\n    \
         lang: {start: 1900-01-01, einde: 2199-12-31}\n    \
         toen: {start: 1900-01-01, einde: 1900-02-01}\n    \
         ooit: {naam: Ooit & eens, einde: 2027-02-01}\n    \
         om: {naam: Andersom, start: 2027-02-01, einde: 2027-01-01}\n",
    );
    let plan = plan + "plan: {start: 2027-01-04}\n";
    let page = document(&plan, Format::Html);
    assert!(
        page.contains("niet klopt:\nOoit &amp; eens; Andersom (eindigt vóór het begin).</p>"),
        "{page}"
    );
    assert!(page.contains("← 1\u{a0}januari\u{a0}1900</text>"));
    let days = rendered(
        &plan,
        "{{ tijdlijn().as.van }} {{ tijdlijn().as.tot_en_met }}",
    );
    assert_eq!(days, ["2027-01-04 2027-03-07"]);
    for plan in [
        activities("    ooit: {naam: Ooit}\n"),
        "versie: 1".to_owned(),
    ] {
        let page = document(&plan, Format::Html);
        let before_the_thread = page.split("id=\"rode-draad\"").next().unwrap();
        assert!(!before_the_thread.contains("<figure"), "{plan}");
    }
}

#[test]
fn figures_have_a_size_limit() {
    let mut lines = String::new();
    for nr in 0..600 {
        let year = 1900 + nr / 3;
        lines.push_str(&format!(
            "    a{nr}: {{start: {year}-01-01, einde: 2199-12-31, na: [a1, a2, a3], inzet: {{g{nr}: {{personen: 2, uren: {nr}}}}}}}\n"
        ));
    }
    let (mut goals, mut measured) = (String::new(), String::new());
    for nr in 0..200 {
        goals.push_str(&format!("  d{nr}: {{termijn: 90 jaar}}\n"));
        measured.push_str(&format!("  m{nr}: {{doel: d{nr}, wanneer: elke 1 dag}}\n"));
    }
    let plan = format!(
        "{}plan: {{start: 2027-01-01, einde: 2199-12-31}}\nimplementatiedoelen:\n{goals}monitoring:\n{measured}",
        activities(&lines)
    );
    let page = document(&plan, Format::Html);
    let figures = figures(&page);
    assert!(
        page.contains("Niet alles past in de figuur: er ontbreken 600 regels"),
        "{}",
        &figures[0][figures[0].len() - 500..]
    );
    assert!(page.contains("Niet elke meting is getekend"));
    for figure in figures {
        assert!(figure.len() < 600_000, "{}", figure.len());
        assert!(figure.matches("class=\"tick").count() < 3000);
    }
}

#[test]
fn overloaded_weeks_are_marked_and_counted() {
    let plan = activities(
        "    druk: {start: 2027-01-04, einde: 2027-01-24, inzet: {a: {personen: 1, uren: 30}}}\n    \
         rustig: {start: 2027-02-01, einde: 2027-02-28, inzet: {a: {personen: 1, uren: 4}}}\n",
    ) + "  beschikbaar: {a: {uren_per_week: 4}}\n";
    let page = document(&plan, Format::Html);
    assert!(page.contains("Drukste week: 10 uur") && page.contains("Beschikbaar: 4 uur"));
    assert!(page.contains("Te veel in 3 weken") && page.contains("meer dan beschikbaar"));
    let weeks = rendered(
        &plan,
        "{% for p in uren_per_week().vellen[0].panelen %}{% for week in p.weken %}\n{{ week.van }} {{ week.uren | getal }} {{ week.te_veel | int }}\n\
         {% endfor %}{% endfor %}",
    );
    assert_eq!(weeks[0], "2027-01-04 10 1");
    assert!(weeks.last().unwrap().ends_with(" 1 0"));
    assert!(!document(GOOD, Format::Html).contains("class=\"overload"));
}

#[test]
fn costs_add_up_and_missing_rates_are_reported() {
    let plan = activities(
        "    x: {start: 2027-01-04, einde: 2027-01-24, kosten: 250, inzet: {a: {personen: 2, uren: 10}, b: {personen: 1, uren: 5}}}\n",
    ) + "  uurtarieven: {a: 50}\n  overige_kosten: {zaal: {naam: Zaal, bedrag: 150}}\n  budget: {bedrag: 1200}\n";
    let template = "{% set k = kostenbalken() %}{{ k.totaal }} {{ k.budget_x }}\n{% for rij in k.rijen %}\n\
                    {{ rij.soort }} {{ rij.naam }} {{ rij.bedrag }}{% for b in rij.balken %} {{ b.x }}+{{ b.breedte }}{% endfor %}.\n{% endfor %}";
    assert_eq!(
        rendered(&plan, template),
        [
            "1400.00 569.1",
            "uren Alfa 1000.00 240+274.3.",
            "uren Beta .",
            "activiteiten Kosten van activiteiten, naast de uren 250.00 240+68.6.",
            "overig Zaal 150.00 240+41.1.",
            "totaal Totaal 1400.00 240+274.3 514.3+68.6 582.9+41.1.",
            "budget Budget 1200.00 240+329.1.",
            "rest Tekort 200.00.",
        ]
    );
    assert!(document(&plan, Format::Html).contains("uurtarief ontbreekt (5 uur)"));
}

fn mermaid(plan: &str) -> String {
    let request = Request {
        mermaid: true,
        ..Format::Markdown.into()
    };
    let text = with_view(plan, |view, _| render(view, request)).unwrap();
    let (_, chart) = text.split_once("\n```mermaid\ngantt\n").expect("a chart");
    chart.split_once("\n```\n").expect("an end").0.to_owned()
}

#[test]
fn markdown_has_a_gantt_chart_on_request() {
    let plan = fs::read_to_string(EXAMPLES[1]).unwrap();
    assert!(!document(&plan, Format::Markdown).contains("```"));
    assert!(!document(&plan, Format::Markdown).contains("<svg"));
    let chart = mermaid(&plan);
    for line in [
        "section Meer groepen samen",
        "Basistraining in drie dagdelen, voor wie niet in de proef zat :done, 2027-01-18, 2027-02-12",
        "Managers zorgen voor tijd, termijn :milestone, crit, 2027-07-04, 0d",
        "Managers zorgen voor tijd, meting :milestone, 2027-04-04, 0d",
    ] {
        assert!(chart.lines().any(|found| found == line), "{line}: {chart}");
    }
}

#[test]
fn names_cannot_inject_chart_syntax() {
    let names = [
        "a: b",
        "a; b #c",
        "title x",
        "section x",
        "2027-01-01, 2d",
        "%%{init: {}}%%",
        "click a href \\\"x\\\"",
        "a\\nsection b",
        "```\\n# kop",
        "gantt",
        "  ",
        "<script>",
        "accDescr { x",
    ];
    let mut lines = String::new();
    for (nr, name) in names.iter().enumerate() {
        lines.push_str(&format!(
            "    a{nr}: {{naam: \"{name}\", start: 2027-01-04, einde: 2027-02-01, status: klaar}}\n"
        ));
    }
    let chart = mermaid(&activities(&lines));
    let tasks: Vec<&str> = chart.lines().skip(4).collect();
    assert_eq!(tasks.len(), names.len() + 1, "{chart}");
    assert_eq!(tasks[0], "section Alleen het team");
    for task in &tasks[1..] {
        let (name, data) = task.split_once(" :").unwrap();
        assert_eq!(data, "done, 2027-01-04, 2027-02-01");
        assert!(!name.contains([':', '%', '{', '`', '<', '"']), "{name}");
        let lower = name.to_lowercase();
        for word in ["title", "section", "click", "gantt", "acc", "2027"] {
            assert!(!lower.starts_with(word), "{name}");
        }
    }
}

#[test]
fn colours_have_enough_contrast_in_both_themes() {
    let css = fs::read_to_string("templates/page.css").unwrap();
    for theme in [0, 1] {
        let colour = |name: &str| {
            let (_, rest) = css.split_once(&format!("  --{name}: ")).unwrap();
            let (_, pair) = rest.split_once("light-dark(").unwrap();
            let pair = pair.split_once(')').unwrap().0;
            luminance(pair.split(", ").nth(theme).unwrap())
        };
        for (ink, ground, least) in [
            ("ink", "paper", 4.5),
            ("quiet", "paper", 4.5),
            ("thread", "paper", 4.5),
            ("tint-ink", "tint", 4.5),
            ("heading", "paper", 3.0),
            ("thread", "tint", 3.0),
            ("quiet", "tint", 3.0),
        ] {
            let (one, other) = (colour(ink), colour(ground));
            let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            assert!(contrast >= least, "{ink} on {ground}: {contrast:.2}");
        }
    }
}

fn luminance(colour: &str) -> f64 {
    let hex = colour.trim_start_matches('#');
    let wide: String = if hex.len() == 3 {
        hex.chars().flat_map(|c| [c, c]).collect()
    } else {
        hex.to_owned()
    };
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&wide[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4)
}

#[test]
fn long_plannings_are_split_over_sheets() {
    let mut lines = String::new();
    for nr in 0..60 {
        let before = if nr > 0 { "a0" } else { "a59" };
        lines.push_str(&format!(
            "    a{nr}: {{naam: Werk {nr}, start: 2027-01-04, einde: 2027-03-01, na: {before}}}\n"
        ));
    }
    let plan = activities(&lines) + "plan: {start: 2027-01-01, einde: 2027-12-31}\n";
    let sheets = rendered(
        &plan,
        "{% for vel in tijdlijn().vellen %}\n{{ vel.hoogte }} {{ vel.banden[0].vervolg }} {{ vel.banden[0].rijen | length }}\n{% endfor %}",
    );
    assert!(sheets.len() > 1, "{sheets:?}");
    let rows: f64 = sheets
        .iter()
        .map(|sheet| number(sheet.rsplit(' ').next().unwrap()))
        .sum();
    assert!((rows - 60.0).abs() < f64::EPSILON);
    for sheet in &sheets {
        assert!(number(sheet.split(' ').next().unwrap()) <= 880.0, "{sheet}");
    }
    let page = document(&plan, Format::Html);
    assert!(page.contains("Alleen het team (vervolg)") && page.contains(">na Werk 0</text>"));
    assert!(page.contains("deel 1 van"));
}

#[test]
fn evaluation_has_a_mark_and_a_day_in_the_table() {
    let plan = fs::read_to_string(EXAMPLES[1]).unwrap();
    let page = document(&plan, Format::Html);
    assert_eq!(
        page.matches("class=\"evaluated\"").count(),
        2,
        "in the legend and in the drawing"
    );
    let text = document(&plan, Format::Markdown);
    assert!(text.contains("| Evaluatie | – | 14"), "{text}");
    let without = plan.replace("  wanneer: 2028-01-14\n", "");
    assert!(without != plan);
    assert!(!document(&without, Format::Html).contains("class=\"evaluated\""));
}
