//! `--to xlsx`: the tables of a plan as a workbook.

use std::collections::BTreeMap;

use planmaker::{RenderError, workbook};
use scraper::Html;

use crate::support::{example, with_view};
use crate::texts::unpacked;

/// A cell as it is stored.
#[derive(Debug, Clone, PartialEq, Default)]
struct Cell {
    /// The type: `s` for a text, `str` for the text of a formula, nothing for a number.
    kind: String,
    formula: String,
    value: String,
}

/// The sheets by name, each with its cells by reference.
#[derive(Debug)]
struct Book {
    sheets: Vec<(String, BTreeMap<String, Cell>)>,
    parts: BTreeMap<String, String>,
}

impl Book {
    fn read(bytes: &[u8]) -> Self {
        let parts = unpacked(bytes);
        let strings = parts.get("xl/sharedStrings.xml").map_or("", String::as_str);
        let strings: Vec<String> = between(strings, "<si>", "</si>")
            .map(|item| inside(item, "t").unwrap_or_default())
            .collect();
        let names = between(&parts["xl/workbook.xml"], "<sheet ", "/>")
            .map(|sheet| attribute(sheet, "name"));
        let sheets = names.zip(1..).map(|(name, nr)| {
            let sheet = &parts[&format!("xl/worksheets/sheet{nr}.xml")];
            (name, cells(sheet, &strings))
        });
        Self {
            sheets: sheets.collect(),
            parts,
        }
    }

    fn of(plan: &str) -> Self {
        Self::read(&bytes(plan).unwrap())
    }

    fn names(&self) -> Vec<&str> {
        self.sheets.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn cell(&self, sheet: &str, at: &str) -> Cell {
        let (_, cells) = self.sheets.iter().find(|(name, _)| name == sheet).unwrap();
        cells.get(at).cloned().unwrap_or_default()
    }

    fn value(&self, sheet: &str, at: &str) -> String {
        self.cell(sheet, at).value
    }
}

fn bytes(plan: &str) -> Result<Vec<u8>, RenderError> {
    with_view(plan, |view, _| workbook(view))
}

fn between<'t>(text: &'t str, start: &'t str, end: &'t str) -> impl Iterator<Item = &'t str> {
    let pieces = text.split(start).skip(1);
    pieces.map(move |piece| piece.split(end).next().unwrap())
}

/// Decodes the entities of XML.
fn decoded(text: &str) -> String {
    let text = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"");
    text.replace("&amp;", "&")
}

fn attribute(tag: &str, name: &str) -> String {
    let start = format!("{name}=\"");
    between(tag, &start, "\"")
        .next()
        .map(decoded)
        .unwrap_or_default()
}

/// The text of the first element with that name.
fn inside(text: &str, element: &str) -> Option<String> {
    let (_, rest) = text.split_once(&format!("<{element}"))?;
    let (_, rest) = rest.split_once('>')?;
    rest.split(&format!("</{element}>")).next().map(decoded)
}

fn cells(sheet: &str, strings: &[String]) -> BTreeMap<String, Cell> {
    let pieces = sheet.split("<c ").skip(1);
    let cells = pieces.map(|piece| {
        let (tag, rest) = piece.split_once('>').unwrap();
        let content = if tag.ends_with('/') { "" } else { rest };
        let content = content.split("</c>").next().unwrap();
        let kind = attribute(tag, " t");
        let value = inside(content, "v").unwrap_or_default();
        let value = if kind == "s" {
            strings[value.parse::<usize>().unwrap()].clone()
        } else {
            value
        };
        let formula = inside(content, "f").unwrap_or_default();
        (
            attribute(&format!(" {tag}"), " r"),
            Cell {
                kind,
                formula,
                value,
            },
        )
    });
    cells.collect()
}

const PLAN: &str = "versie: 1
plan: {titel: 'Zo & zo', auteurs: [An, Bo], datum: 2026-06-01, start: 2026-09-01, einde: na 1 jaar}
betrokken_groepen: {team: {naam: Het team, rol: uitvoerder}, leiding: {naam: Het team, rol: leidinggevende}}
gebruikers: {team: {}}
implementatiedoelen: {gesprek: {naam: Iedereen doet het, groep: team, norm: 80%, termijn: 6 maanden}}
contextanalyse: {factoren: {tijd: {naam: Geen tijd, groep: team, richting: belemmerend, invloed: 3, veranderbaar: ja}}}
implementatiestrategieen: {strategieen: {ruimte: {naam: Ruimte maken, belemmeringen: tijd}}}
implementatieteam: {trekker: {naam: De trekker}}
monitoring: {tel: {doel: gesprek, indicator: 'Het *aantal*', wanneer: elk kwartaal, eigenaar: trekker}}
planning_en_budget:
  activiteiten:
    training: {naam: Training, strategieen: ruimte, start: 2026-09-07, einde: 2026-09-11, eigenaar: trekker, status: bezig, kosten: 100.50, inzet: {team: {personen: 3, uren: 2.5}, trekker: {personen: 1, uren: 8}}}
    overleg: {naam: Overleg, inzet: {leiding: {personen: 2, uren: 1}, trekker: {personen: 1}}}
    feest: {naam: Feest, status: vervallen, kosten: 999, inzet: {team: {personen: 3, uren: 9}}}
  uurtarieven: {team: 40, trekker: 62.50}
  overige_kosten: {zaal: {naam: De zaal, bedrag: 250}}
  budget: {bedrag: 2000, dekking: Het potje}
voortgang: {metingen: [{indicator: tel, datum: 2027-01-05, waarde: '4'}, {indicator: tel, datum: 2026-12-05, waarde: '3'}]}
";

#[test]
fn sheets_have_names_in_the_language_of_the_plan() {
    let names = [
        "Planning",
        "Uren",
        "Uurtarieven",
        "Kosten en budget",
        "Doelen en indicatoren",
        "Rode draad",
        "Openstaande punten",
    ];
    assert_eq!(Book::of(PLAN).names(), names);
    let names = [
        "Schedule",
        "Hours",
        "Hourly rates",
        "Costs and budget",
        "Goals and indicators",
        "Golden thread",
        "Open points",
    ];
    let english = PLAN.replace("titel: 'Zo & zo'", "titel: Zo, taal: en");
    let book = Book::of(&english);
    assert_eq!(book.names(), names);
    assert_eq!(book.value("Schedule", "B1"), "Activity");
}

#[test]
fn hours_and_costs_are_formulas_with_their_results() {
    let book = Book::of(PLAN);
    for (sheet, at, formula, value) in [
        ("Uren", "F2", "IF(COUNT(D2,E2)<2,\"\",D2*E2)", "7.5"),
        (
            "Uren",
            "G2",
            "IF(LOOKUP(2,1/('Uurtarieven'!$A$2:$A$4=C2),'Uurtarieven'!$C$2:$C$4)=\"\",\"\",LOOKUP(2,1/('Uurtarieven'!$A$2:$A$4=C2),'Uurtarieven'!$C$2:$C$4))",
            "40",
        ),
        ("Uren", "H2", "IF(COUNT(F2,G2)<2,\"\",F2*G2)", "300"),
        ("Uren", "H3", "IF(COUNT(F3,G3)<2,\"\",F3*G3)", "500"),
        ("Uren", "F6", "SUM(F2:F5)", "17.5"),
        ("Uren", "H6", "SUM(H2:H5)", "800"),
        (
            "Planning",
            "J2",
            "SUMIFS('Uren'!$F$2:$F$5,'Uren'!$A$2:$A$5,A2)",
            "15.5",
        ),
        (
            "Planning",
            "K2",
            "SUMIFS('Uren'!$H$2:$H$5,'Uren'!$A$2:$A$5,A2)",
            "800",
        ),
        ("Planning", "M2", "K2+L2", "900.5"),
        ("Planning", "L5", "SUM(L2:L4)", "100.5"),
        ("Planning", "M5", "SUM(M2:M4)", "900.5"),
        (
            "Uurtarieven",
            "B2",
            "SUMPRODUCT(--('Uren'!$C$2:$C$5=A2),'Uren'!$F$2:$F$5)",
            "7.5",
        ),
        ("Uurtarieven", "D3", "IF(C3=\"\",\"\",B3*C3)", "500"),
        ("Kosten en budget", "C2", "SUM('Uren'!$H$2:$H$5)", "800"),
        (
            "Kosten en budget",
            "C3",
            "SUM('Planning'!$L$2:$L$4)",
            "100.5",
        ),
        ("Kosten en budget", "C5", "ROUND(SUM(C2:C4),2)", "1150.5"),
        ("Kosten en budget", "C7", "C6-C5", "849.5"),
    ] {
        let cell = book.cell(sheet, at);
        assert_eq!(
            (cell.formula.as_str(), cell.value.as_str()),
            (formula, value),
            "{sheet} {at}"
        );
    }
}

/// Its cost shows nothing, and a rate that is filled in counts at once.
#[test]
fn missing_rates_and_hours_show_nothing() {
    let book = Book::of(PLAN);
    // The leaders have no rate, and the second effort has no hours.
    for at in ["G4", "H4", "F5", "H5"] {
        let cell = book.cell("Uren", at);
        assert!(!cell.formula.is_empty(), "{at}");
        assert_eq!(
            (cell.kind.as_str(), cell.value.as_str()),
            ("str", ""),
            "{at}"
        );
    }
    assert_eq!(book.value("Uurtarieven", "E4"), "uurtarief ontbreekt");
    assert_eq!(book.cell("Uurtarieven", "C4").kind, "");
    assert_eq!(
        book.value("Kosten en budget", "D2"),
        "zonder uurtarief van Het team"
    );
    assert_eq!(
        book.value("Kosten en budget", "D5"),
        "ten minste € 1.150,50"
    );
}

/// Formulas find a group by its name.
#[test]
fn groups_with_the_same_name_are_told_apart() {
    let book = Book::of(PLAN);
    assert_eq!(book.value("Uurtarieven", "A2"), "Het team");
    assert_eq!(book.value("Uurtarieven", "A4"), "Het team (2)");
    assert_eq!(book.value("Uren", "C4"), "Het team (2)");
}

#[test]
fn cancelled_activities_are_shown_without_hours_and_costs() {
    let book = Book::of(PLAN);
    assert_eq!(book.value("Planning", "B4"), "Feest");
    assert_eq!(book.value("Planning", "F4"), "vervallen");
    for at in ["J4", "K4", "L4", "M4"] {
        assert_eq!(book.cell("Planning", at), Cell::default(), "{at}");
    }
}

#[test]
fn days_are_numbers_and_measurements_are_the_last_ones() {
    let book = Book::of(PLAN);
    // Days since the end of 1899.
    assert_eq!(book.value("Planning", "D2"), "46272");
    assert_eq!(book.value("Planning", "E2"), "46276");
    let goals = "Doelen en indicatoren";
    for (at, value) in [
        ("B2", "Iedereen doet het"),
        ("G2", "Het aantal"),
        ("E2", "46447"),
        ("I2", "46357"),
        ("J2", "elk kwartaal (voor het eerst op 1 december 2026)"),
        ("L2", "4"),
        ("M2", "46392"),
    ] {
        assert_eq!(book.value(goals, at), value, "{at}");
    }
    for (at, value) in [
        ("A2", "Geen tijd"),
        ("D2", "ja"),
        ("E2", "Ruimte maken"),
        ("F2", "Training"),
        ("G2", "De trekker"),
        ("I2", "900.5"),
        ("K2", "geen evaluatievraag"),
    ] {
        assert_eq!(book.value("Rode draad", at), value, "{at}");
    }
}

#[test]
fn sheets_are_ready_to_filter_and_print() {
    let book = Book::of(PLAN);
    let sheet = &book.parts["xl/worksheets/sheet1.xml"];
    for part in [
        "<autoFilter ref=\"A1:M4\"",
        "ySplit=\"1\" topLeftCell=\"A2\"",
        "state=\"frozen\"",
        "<pageSetup paperSize=\"9\"",
        "fitToHeight=\"0\"",
        "orientation=\"landscape\"",
        "Zo &amp;&amp; zo",
    ] {
        assert!(sheet.contains(part), "{part}: {sheet}");
    }
    let workbook = &book.parts["xl/workbook.xml"];
    assert!(workbook.contains("Planning!$1:$1"), "{workbook}");
    for (name, part) in &book.parts {
        assert!(!part.contains("mergeCell"), "{name}");
    }
    let properties = &book.parts["docProps/core.xml"];
    for part in [
        "<dc:title>Zo &amp; zo<",
        "<dc:creator>An en Bo<",
        "2026-06-01T00:00:00Z",
    ] {
        assert!(properties.contains(part), "{properties}");
    }
}

#[test]
fn texts_never_become_formulas_or_markup() {
    for text in [
        "=1+1",
        "+31 6",
        "-5",
        "@SOM(A1)",
        "=cmd|'/c calc'!A1",
        "<b>&amp;</b>",
        "_x0041_",
        "{=1}",
        "a\u{1}",
    ] {
        let plan = format!(
            "versie: 1\nplan: {{titel: {text:?}}}\nimplementatieteam: {{r: {{naam: {text:?}}}}}\n\
             planning_en_budget: {{activiteiten: {{a: {{naam: {text:?}, eigenaar: r, inzet: {{r: {{personen: 1, uren: 1}}}}}}}}}}\n"
        )
        .replace("\\u{1}", "\\x01");
        let book = Book::of(&plan);
        let shown: String = text.chars().filter(|c| !c.is_control()).collect();
        for (sheet, at) in [
            ("Planning", "B2"),
            ("Planning", "G2"),
            ("Uren", "C2"),
            ("Uurtarieven", "A2"),
        ] {
            let cell = book.cell(sheet, at);
            assert_eq!(
                (cell.kind.as_str(), cell.formula.as_str()),
                ("s", ""),
                "{text}"
            );
            assert_eq!(cell.value.trim().replace("_x005F_", "_"), shown, "{text}");
        }
        for part in book.parts.values() {
            assert!(
                Html::parse_document(part)
                    .errors
                    .iter()
                    .all(|error| !error.contains("control"))
            );
        }
    }
}

#[test]
fn a_text_that_is_too_long_for_a_cell_is_cut_and_says_so() {
    let long = "woord ".repeat(40_000);
    let plan = format!(
        "versie: 1\nplan: {{titel: Lang}}\nmonitoring: {{i: {{indicator: Iets, data: '{long}'}}}}\n\
         planning_en_budget: {{overige_kosten: {{a: {{bedrag: 1, toelichting: '{}'}}}}}}\n",
        "𝄞".repeat(40_000)
    );
    let book = Book::of(&plan);
    for (sheet, at) in [("Doelen en indicatoren", "H2"), ("Kosten en budget", "D4")] {
        let value = book.value(sheet, at);
        let length = value.encode_utf16().count();
        assert!((32_000..=32_767).contains(&length), "{length}");
        assert!(value.ends_with("In het plan staat alles.)"), "{sheet}");
    }
}

#[test]
fn empty_plans_and_plans_with_much_have_all_sheets() {
    for plan in [
        "",
        "versie: 1\n",
        "versie: 1\nplan: {taal: en}\nplanning_en_budget: {}\n",
        "versie: 1\nplanning_en_budget: {activiteiten: {a: {}}}\n",
    ] {
        assert_eq!(Book::of(plan).sheets.len(), 7, "{plan}");
    }
    let activities = (0..1_000).map(|nr| {
        format!("    a{nr}: {{start: 2026-09-01, einde: 2026-09-02, inzet: {{g: {{personen: 2, uren: 1}}}}, kosten: 1}}\n")
    });
    let plan = format!(
        "versie: 1\nplan: {{titel: Veel}}\nplanning_en_budget:\n  uurtarieven: {{g: 10}}\n  activiteiten:\n{}",
        activities.collect::<String>()
    );
    let book = Book::of(&plan);
    assert_eq!(book.value("Planning", "J1002"), "2000");
    assert_eq!(book.value("Kosten en budget", "C4"), "21000");
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    for path in [
        "examples/psycho-educatie.yaml",
        "tests/plans/alles.yaml",
        "tests/plans/veel.yaml",
    ] {
        let plan = example(path, "nl");
        assert_eq!(bytes(&plan).unwrap(), bytes(&plan).unwrap(), "{path}");
    }
}

/// Long names that are in many cells.
#[test]
fn workbooks_have_a_largest_size() {
    let owners = "r, ".repeat(2_000);
    let activities = (0..200).map(|nr| format!("    a{nr}: {{eigenaar: [{owners}]}}\n"));
    let plan = format!(
        "versie: 1\nimplementatieteam: {{r: {{naam: {}}}}}\nplanning_en_budget:\n  activiteiten:\n{}",
        "x".repeat(200_000),
        activities.collect::<String>()
    );
    let result = bytes(&plan);
    assert!(result.is_ok() || matches!(result, Err(RenderError::TooLarge)));
    let findings = with_view(&plan, |view, _| view.findings.len());
    assert!(findings > 0);
}
