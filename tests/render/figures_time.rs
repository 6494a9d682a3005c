//! The figures of time and money: the road map, the planning, the hours per month, the costs.

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
    // Long words have places to break.
    let text = text.replace("<wbr>", "").replace('\u{ad}', "");
    text.lines()
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn activities(lines: &str) -> String {
    format!(
        "versie: 1\nbetrokken_groepen: {{a: {{naam: Alfa, omvang: 12}}, b: {{naam: Beta}}}}\nimplementatieteam: {{trekker: {{}}}}\n\
         planning_en_budget:\n  activiteiten:\n{lines}"
    )
}

/// The section about planning and budget of a document in Markdown.
fn section(plan: &str) -> String {
    let text = document(plan, Format::Markdown);
    let (_, section) = text.split_once("\n## 12. ").unwrap();
    let section = section.split_once("\n## ").unwrap().0;
    section.replace('\u{a0}', " ")
}

/// The rows of a table in Markdown, below its head.
fn table(section: &str, title: &str) -> Vec<String> {
    let (_, table) = section.split_once(&format!("{title}**\n\n")).expect(title);
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    rows.skip(2).map(str::to_owned).collect()
}

fn number(text: &str) -> f64 {
    text.parse().unwrap()
}

const ROWS: &str = "{% for band in tijdlijn().banden %}{% for rij in band.rijen %}\n\
    {{ band.naam }}: {{ rij.id }} {{ rij.inzet | map(attribute='uren') | list }}\n{% endfor %}{% endfor %}";

#[test]
fn bars_span_their_activities() {
    let lines = rendered(
        GOOD,
        "{% set t = tijdlijn() %}{{ t.schaal.van }} {{ t.schaal.tot_en_met }}\n\
         {% for band in t.banden %}{% for rij in band.rijen if rij.balk %}\n\
         {{ rij.id }} {{ rij.balk.van }} {{ rij.balk.tot }}\n{% endfor %}{% endfor %}",
    );
    let axis: Vec<Date> = lines[0]
        .split(' ')
        .map(|day| day.parse().unwrap())
        .collect();
    let days = |from: Date, to: Date| f64::from((to - from).get_days());
    let whole = days(axis[0], axis[1]) + 1.0;
    with_view(GOOD, |view, _| {
        let scheduled = &view.facts().activities;
        assert!(lines.len() > scheduled.len());
        for line in &lines[1..] {
            let row: Vec<&str> = line.split(' ').collect();
            let (start, end) = scheduled[row[0]].days().unwrap();
            let from = days(axis[0], start) / whole * 100.0;
            let to = (days(axis[0], end) + 1.0) / whole * 100.0;
            assert!((number(row[1]) - from).abs() < 0.006, "{line}: {from}");
            assert!((number(row[2]) - to).abs() < 0.006, "{line}: {to}");
        }
    });
}

#[test]
fn each_group_has_the_activities_that_ask_its_time() {
    let plan = activities(
        "    een: {start: 2027-01-04, einde: 2027-01-08, inzet: {a: {personen: 1, uren: 2}, trekker: {personen: 1, uren: 2}}}\n    \
         samen: {start: 2027-01-04, einde: 2027-01-08, inzet: {a: {personen: 1, uren: 3}, b: {personen: 1, uren: 4}, los: {personen: 1}}}\n    \
         team: {start: 2027-01-04, einde: 2027-01-08, inzet: {trekker: {personen: 1, uren: 2}}}\n    \
         niet: {start: 2027-01-04, einde: 2027-01-08, status: vervallen, inzet: {a: {personen: 1, uren: 2}}}\n",
    );
    let rows = [
        "Alfa: een [2.0]",
        "Alfa: samen [3.0]",
        "Beta: samen [4.0]",
        "Los: samen [None]",
        "Alleen het team: team [2.0]",
    ];
    assert_eq!(rendered(&plan, ROWS), rows);
    let of_group = ROWS.replace("tijdlijn()", "tijdlijn('b')");
    assert_eq!(rendered(&plan, &of_group), ["Activiteiten: samen [4.0]"]);
    let shown = table(&section(&plan), "Wie doet wat, en wanneer?");
    assert_eq!(shown[0], "| **Alfa (12)** |  |  |");
    assert_eq!(shown[1], "| Een | 4 t/m 8 jan 2027 | 2 |");
    assert!(shown.contains(&"| Samen | 4 t/m 8 jan 2027 | nog niet bekend |".to_owned()));
}

#[test]
fn a_user_group_that_nothing_is_planned_for_has_a_band() {
    let plan = activities("    een: {start: 2027-01-04, einde: 2027-01-08}\n")
        .replace("{naam: Beta}", "{naam: Beta, rol: uitvoerder}")
        + "gebruikers: {b: {}}\n";
    let text = section(&plan);
    assert!(
        text.contains("| **Beta** | Voor deze groep staan er nog geen activiteiten. |"),
        "{text}"
    );
}

#[test]
fn periods_are_short() {
    let lines = rendered(
        "versie: 1",
        "{% for van, tot in [['2027-01-18', '2027-02-05'], ['2027-11-15', '2028-01-14'], ['2027-01-04', '2027-01-15'],\n\
         ['2027-03-01', '2027-03-01'], ['2027-03-01', none]] %}{{ periode_kort(van, tot) }}\n{% endfor %}",
    );
    let lines: Vec<String> = lines
        .iter()
        .map(|line| line.replace('\u{a0}', " "))
        .collect();
    assert_eq!(
        lines,
        [
            "18 jan t/m 5 feb 2027",
            "15 nov 2027 t/m 14 jan 2028",
            "4 t/m 15 jan 2027",
            "1 mrt 2027",
            "1 mrt 2027"
        ]
    );
}

#[test]
fn undated_and_distant_activities_are_reported() {
    let plan = activities(
        "    gewoon: {start: 2027-01-04, einde: 2027-03-01}\n    \
         lang: {start: 1900-01-01, einde: 2199-12-31}\n    \
         toen: {start: 1900-01-01, einde: 1900-02-01}\n    \
         ooit: {naam: Ooit & eens, einde: 2027-02-01}\n    \
         eens: {start: na 2 maanden}\n    \
         nooit: {naam: Nooit}\n    \
         om: {naam: Andersom, start: 2027-02-01, einde: 2027-01-01}\n",
    );
    let rows = table(&section(&plan), "Wie doet wat, en wanneer?");
    for row in [
        "| Toen | 1 jan t/m 1 feb 1900 |  |",
        "| Ooit & eens | tot en met 1 feb 2027 |  |",
        "| Eens | na 2 maanden |  |",
        "| Nooit | **nog niet bekend** |  |",
        "| Andersom | 1 feb 2027, 1 jan 2027; **eindigt vóór het begin** |  |",
    ] {
        assert!(rows.iter().any(|found| found == row), "{row}: {rows:#?}");
    }
    let days = rendered(
        &(plan + "plan: {start: 2027-01-04}\n"),
        "{{ tijdlijn().schaal.van }} {{ tijdlijn().schaal.tot_en_met }}",
    );
    assert_eq!(days, ["2027-01-01 2027-03-31"]);
}

#[test]
fn a_plan_without_days_says_so() {
    for plan in [
        activities("    ooit: {naam: Ooit, inzet: {a: {personen: 2, uren: 3}}}\n"),
        "versie: 1\nplanning_en_budget: {baten: Rust}".to_owned(),
    ] {
        let text = section(&plan);
        assert!(text.contains("Dit plan noemt nog geen dagen."), "{text}");
        assert!(!text.contains("Wie doet wat, en wanneer?"), "{text}");
        assert!(!text.contains("Hoe druk wordt het?"), "{text}");
        let page = document(&plan, Format::Html);
        assert!(!page.contains("class=\"strip\"") && !page.contains("class=\"lane\""));
    }
}

#[test]
fn figures_grow_with_the_plan_only() {
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
    let table = |class: &str| {
        let (_, table) = page
            .split_once(&format!("<table class=\"{class}\""))
            .expect(class);
        table.split_once("</table>").unwrap().0
    };
    assert!(table("gantt").matches("class=\"bar ").count() > 300);
    assert!(table("gantt").matches("class=\"mark meting").count() <= 200 * 35);
    assert_eq!(table("heat").matches("<tr").count(), 600);
    assert!(table("heat").matches("<td").count() <= 600 * 18);
    assert!(page.matches("class=\"pin ").count() <= 2 * 7);
}

#[test]
fn too_many_hours_are_marked_and_said() {
    let plan = activities(
        "    druk: {start: 2027-01-04, einde: 2027-01-24, inzet: {a: {personen: 1, uren: 30}}}\n    \
         rustig: {start: 2027-03-01, einde: 2027-03-28, inzet: {a: {personen: 1, uren: 4}, b: {personen: 1, uren: 8}}}\n",
    ) + "  beschikbaar: {a: {uren_per_week: 4}, trekker: {uren_per_week: 8}}\n";
    let text = section(&plan);
    assert!(
        text.contains("| Groep of rol | Kan | jan 2027 | mrt |"),
        "{text}"
    );
    let rows = table(&text, "Hoe druk wordt het?");
    assert_eq!(
        rows[0],
        "| Alfa; week van 4 jan 2027; ▲ meer dan er is | 4 | 10 ▲ | 1 |"
    );
    assert_eq!(rows[1], "| Beta; week van 1 mrt 2027 | ? |  | 2 |");
    assert_eq!(rows[2], "| Trekker | 8 |  |  |");
    let said = "Alfa: 10 uur in de week van 4 januari 2027, en er is 4 uur. Te veel in 3 weken. Dan lopen: Druk";
    assert!(text.contains(said), "{text}");
    let page = document(&plan, Format::Html);
    assert_eq!(page.matches("<td class=\"over\"").count(), 1);
    assert_eq!(page.matches("<td class=\"step-1\"").count(), 1);
    assert!(!document(GOOD, Format::Html).contains("class=\"over\""));
}

#[test]
fn unknown_hours_and_amounts_are_never_zero() {
    let plan = activities(
        "    a: {start: 2027-01-04, einde: 2027-01-24, inzet: {a: {personen: 2}, b: {personen: 3, uren: 4}}}\n    \
         b: {inzet: {b: {personen: 1, uren: 5}}}\n",
    ) + "  uurtarieven: {b: 50}\n  overige_kosten: {zaal: {naam: Zaal}}\n  budget: {bedrag: 1200}\n";
    let text = section(&plan);
    assert!(!text.contains(" 0 ") && !text.contains("€ 0"), "{text}");
    let rows = table(&text, "Hoe druk wordt het?");
    assert_eq!(
        rows,
        [
            "| Beta; week van 4 jan 2027 | 1,3 |",
            "| Alfa; uren nog niet bekend | ? |"
        ]
    );
    assert!(text.contains("Uren van activiteiten zonder dagen tellen hier nog niet mee."));
    let rows = table(&text, "Kosten en budget");
    assert_eq!(
        rows,
        [
            "| Beta | 17 | € 50,00 | € 850,00 |",
            "| Alfa | nog niet bekend | – | nog niet bekend |",
            "| Kosten van uren | ten minste 17 | – | ten minste € 850,00 |",
            "| Zaal | – | – | **nog niet bekend** |",
            "| **Totaal** | – | – | **ten minste € 850,00** |",
            "| Budget | – | – | € 1.200,00 |",
            "| **Ruimte in het budget** | – | – | **hoogstens € 350,00** |",
        ]
    );
    let rows = table(&text, "Activiteiten, met wie ze doet en wat ze kosten");
    assert!(
        rows[0].ends_with("| ten minste 12 | ten minste € 600,00 |"),
        "{}",
        rows[0]
    );
}

#[test]
fn costs_add_up() {
    let plan = activities(
        "    x: {start: 2027-01-04, einde: 2027-01-24, kosten: 250, inzet: {a: {personen: 2, uren: 10}, b: {personen: 1, uren: 5}}}\n",
    ) + "  uurtarieven: {a: 50}\n  overige_kosten: {zaal: {naam: Zaal, bedrag: 150}}\n  budget: {bedrag: 1200}\n";
    let rows = table(&section(&plan), "Kosten en budget");
    assert_eq!(
        rows,
        [
            "| Alfa | 20 | € 50,00 | € 1.000,00 |",
            "| Beta | 5 | **nog niet bekend** | nog niet bekend |",
            "| Kosten van uren | 25 | – | ten minste € 1.000,00 |",
            "| Kosten van activiteiten, naast de uren | – | – | € 250,00 |",
            "| Zaal | – | – | € 150,00 |",
            "| **Totaal** | – | – | **ten minste € 1.400,00** |",
            "| Budget | – | – | € 1.200,00 |",
            "| **Tekort** | – | – | **ten minste € 200,00** |",
        ]
    );
}

#[test]
fn long_plans_have_quarters_and_years() {
    for (end, first, last) in [
        ("2028-06-30", "jan 2027", "jun"),
        ("2028-07-31", "K1 2027", "K3"),
        ("2034-12-31", "2027", "2034"),
        ("2199-12-31", "2020–2029", "2190–2199"),
    ] {
        let plan = activities(&format!(
            "    a: {{start: 2027-01-04, einde: {end}, inzet: {{a: {{personen: 1, uren: 90000}}}}}}\n"
        ));
        let text = section(&plan);
        let head = text
            .lines()
            .find(|line| line.starts_with("| Groep of rol"))
            .unwrap();
        let columns: Vec<&str> = head.trim_matches(['|', ' ']).split(" | ").collect();
        assert_eq!((columns[1], columns[columns.len() - 1]), (first, last));
        assert!(columns.len() <= 19, "{head}");
    }
}

#[test]
fn the_road_has_at_most_seven_moments() {
    let lines = rendered(
        &fs::read_to_string(EXAMPLES[1]).unwrap(),
        "{% for m in weg().momenten %}{{ m.nummer }} {{ m.soort }} {{ m.dag }} {{ 'boven' if m.boven else 'onder' }} {{ m.rij }}\n{% endfor %}\n\
         {{ weg().etappes | map(attribute='naam') | join(', ') }} {{ weg().vandaag.dag }} {{ weg().meer }}\n",
    );
    assert_eq!(
        lines,
        [
            "1 besluit 2026-09-03 boven 0",
            "2 besluit 2026-12-10 boven 0",
            "3 start 2027-01-04 onder 0",
            "4 meting 2027-04-04 onder 0",
            "5 termijn 2027-07-04 onder 0",
            "6 evaluatie 2028-01-14 onder 0",
            "7 besluit 2028-03-24 boven 0",
            "Proef, Overal 2027-04-29 1",
        ]
    );
}

#[test]
fn pins_and_bands_that_would_overlap_have_rows() {
    let plan = "versie: 1\nplanning_en_budget:\n  beslismomenten:\n    a: {wanneer: 2027-02-01}\n    b: {wanneer: 2027-02-03}\n    \
                c: {wanneer: 2027-06-01}\n  etappes:\n    x: {start: 2027-01-04, einde: 2027-06-01}\n    y: {start: 2027-03-01, einde: 2027-12-01}\n    \
                z: {start: 2027-06-02, einde: 2027-06-03, naam: Een naam die niet in zo weinig dagen past}\n";
    let lines = rendered(
        plan,
        "{% for m in weg().momenten %}{{ m.rij }} {% endfor %}{{ weg().rijen_boven }} {{ weg().rijen_onder }}\n\
         {% for e in weg().etappes %}{{ e.letter }}{{ e.rij }} {% endfor %}{{ weg().etappe_rijen }} {{ weg().namen_passen }}",
    );
    assert_eq!(lines, ["0 1 0 2 0", "A0 B1 C0 2 False"]);
    let page = document(plan, Format::Html);
    assert!(
        page.contains("</i><div><b>Een naam die niet in zo weinig dagen past</b>"),
        "{page}"
    );
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
        "section Schuldhulpverleners",
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
fn evaluation_has_a_mark_and_a_day() {
    let plan = fs::read_to_string(EXAMPLES[1]).unwrap();
    assert!(document(&plan, Format::Html).contains("class=\"mark evaluatie\""));
    assert!(section(&plan).contains("| Evaluatie | 14 jan 2028 |"));
    let without = plan.replace("  wanneer: 2028-01-14\n", "");
    assert!(without != plan);
    assert!(!document(&without, Format::Html).contains("class=\"mark evaluatie\""));
}
