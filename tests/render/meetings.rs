//! The views for meetings: progress on a day, and guides for interviews.

use std::fs;

use planmaker::{Format, Layout, Request, render};

use crate::command::{folder, names, outcome, planmaker};
use crate::support::{FORMATS, document_as, example, shown_text, with_view_on};

const EXAMPLE: &str = "examples/psycho-educatie.yaml";

/// The document with that layout in a view of a day.
fn document_on(day: &str, plan: &str, format: Format, layout: Layout<'_>) -> String {
    let request = Request {
        layout,
        ..format.into()
    };
    with_view_on(day, plan, |view| render(view, request)).unwrap()
}

fn progress_on(day: &str, plan: &str, format: Format) -> String {
    shown_text(&document_on(day, plan, format, Layout::Progress), format)
}

/// Fails unless the progress on a day has these texts, in both formats.
fn assert_progress(day: &str, plan: &str, expected: &[&str]) {
    for format in FORMATS {
        let text = progress_on(day, plan, format);
        for expected in expected {
            assert!(text.contains(expected), "{format:?} {expected}: {text}");
        }
    }
}

const HEAD: &str = "versie: 1\nplan: {titel: Een plan, start: 2027-01-01, einde: 2027-12-31}\n";

#[test]
fn late_things_are_named_with_how_late() {
    let plan = format!(
        "{HEAD}randvoorwaarden: {{voorwaarden: {{ruimte: {{naam: Een ruimte, geregeld: nee, actie: Regel een ruimte., gereed: 2027-05-01}}}}}}
monitoring: {{vragen: {{indicator: Het aantal vragen, wanneer: na 3 maanden}}}}
planning_en_budget:
  activiteiten:
    training: {{naam: De training, start: 2027-02-01, einde: 2027-05-09, status: bezig}}
    intervisie: {{naam: De intervisie, start: 2027-05-03, einde: 2027-10-01, status: gepland}}
    lopend: {{naam: Het overleg, start: 2027-02-01, einde: 2027-10-01, status: bezig}}
    straks: {{naam: De evaluatie, start: 2027-08-01, einde: 2027-10-01}}
    later: {{naam: De viering, start: 2027-08-11, einde: 2027-10-01}}
  beslismomenten: {{door: {{naam: Gaan we door?, wanneer: 2027-05-08}}, vast: {{naam: Wordt het vast?, wanneer: 2027-11-01}}}}
"
    );
    for format in FORMATS {
        let text = progress_on("2027-05-10", &plan, format);
        let in_order = [
            "te laat: 2 activiteiten, 1 actie en 1 besluit",
            "Het aantal vragen",
            "39 dagen te laat",
            "Een ruimte",
            "Regel een ruimte.",
            "9 dagen te laat",
            "De intervisie",
            "had 7 dagen geleden moeten beginnen",
            "De training",
            "1 dag te laat",
            "Het overleg",
            "bezig",
            "De evaluatie",
            "komt nog",
            "Pas over meer dan drie maanden: 1 van de 5 activiteiten.",
            "Gaan we door?",
            "2 dagen te laat",
            "Wordt het vast?",
            "nog te nemen",
        ];
        let mut rest = text.as_str();
        for expected in in_order {
            let (_, after) = rest
                .split_once(expected)
                .unwrap_or_else(|| panic!("{format:?} {expected}: {rest}"));
            rest = after;
        }
        assert!(!text.contains("De viering"), "{text}");
    }
}

#[test]
fn goals_have_a_state_in_words() {
    let plan = format!(
        "{HEAD}implementatiedoelen:
  a: {{naam: Doel een, norm: 80%, nulmeting: 10%, termijn: 2027-12-31}}
  b: {{naam: Doel twee, norm: 80%, nulmeting: 10%, termijn: 2027-12-31}}
  c: {{naam: Doel drie, norm: 80%, nulmeting: 10%, termijn: 2027-03-31}}
  d: {{naam: Doel vier, norm: 12 teams, termijn: 2027-12-31}}
  e: {{naam: Doel vijf, termijn: 2027-12-31}}
  f: {{naam: Doel zes, norm: ja/nee, termijn: 2027-12-31}}
monitoring:
  a: {{doel: a, soort: toepassing}}
  b: {{doel: b, soort: toepassing}}
  c: {{doel: c, soort: toepassing}}
  f: {{doel: f, soort: toepassing}}
voortgang:
  metingen:
    - {{indicator: a, datum: 2027-03-01, waarde: 85%}}
    - {{indicator: b, datum: 2027-03-01, waarde: 40%}}
    - {{indicator: c, datum: 2027-03-01, waarde: 75%}}
    - {{indicator: f, datum: 2027-03-01, waarde: ja}}
    - {{indicator: b, datum: 2027-06-01, waarde: 12%}}
"
    );
    let page = document_on("2027-05-10", &plan, Format::Html, Layout::Progress);
    assert_eq!(page.matches("<svg class=\"bullet\"").count(), 3);
    assert!(!page.contains(" style="), "{page}");
    let text = document_on("2027-05-10", &plan, Format::Markdown, Layout::Progress);
    for expected in [
        "| Doel een | start: 10%; gemeten: 85%; norm: 80% | 31\u{a0}december\u{a0}2027 | ✓ gehaald; ",
        "| Doel twee | start: 10%; gemeten: 40%; norm: 80% | 31\u{a0}december\u{a0}2027 | ● op koers; ",
        "| Doel drie | start: 10%; gemeten: 75%; norm: 80% | 31\u{a0}maart\u{a0}2027 | ▲ achter; ",
        "| Doel vier | norm: 12 teams | 31\u{a0}december\u{a0}2027 | ○ nog niet gemeten |",
        "| Doel vijf | **nog geen getal om te halen** | 31\u{a0}december\u{a0}2027 | ○ nog niet gemeten |",
        "| Doel zes | gemeten: ja; norm: ja | 31\u{a0}december\u{a0}2027 | ✓ gehaald; ",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert_progress(
        "2027-05-10",
        &plan,
        &[
            "2 van 6",
            "doelen gehaald; 1 op koers, 1 achter, 2 nog niet gemeten",
        ],
    );
    assert_progress(
        "2027-06-10",
        &plan,
        &["doelen gehaald; 0 op koers, 2 achter"],
    );
}

#[test]
fn hours_are_spread_over_days_up_to_and_including_the_day() {
    let plan = format!(
        "{HEAD}planning_en_budget:
  activiteiten:
    training: {{naam: De training, start: 2027-05-01, einde: 2027-05-20, inzet: {{werkers: {{personen: 2, uren: 20}}}}, kosten: 100}}
    dag: {{naam: De dag, inzet: {{werkers: {{personen: 1, uren: 7}}}}}}
  uurtarieven: {{werkers: 50}}
  overige_kosten: {{zaal: {{naam: De zaal, bedrag: 219}}}}
"
    );
    let text = document_on("2027-05-10", &plan, Format::Markdown, Layout::Progress);
    for expected in [
        "| Uren | ten minste 20 | 47 |",
        "| Kosten van uren | ten minste € 1.000,00 | € 2.350,00 |",
        "| Andere kosten | ten minste € 50,00 | € 319,00 |",
        "Van 7 uur is nog niet bekend wanneer.",
        "Van €\u{a0}219,00 is nog niet bekend wanneer.",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    let without_rates = plan.replace("  uurtarieven: {werkers: 50}\n", "");
    let text = document_on(
        "2027-05-10",
        &without_rates,
        Format::Markdown,
        Layout::Progress,
    );
    let expected = "| Kosten van uren | nog niet bekend | nog niet bekend |";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn measurement_that_was_made_up_for_is_no_longer_late() {
    let plan = format!(
        "{HEAD}monitoring: {{vragen: {{indicator: Het aantal vragen, wanneer: elke 1 maand}}}}
voortgang: {{metingen: [{{indicator: vragen, datum: 2027-04-05, waarde: 3}}]}}
"
    );
    assert_progress(
        "2027-04-20",
        &plan,
        &["metingen ontbreken", "2 keer overgeslagen", "komt nog"],
    );
    let text = progress_on("2027-04-20", &plan, Format::Markdown);
    assert!(
        !text.contains("te laat,") && !text.contains("dagen te laat"),
        "{text}"
    );
}

#[test]
fn plan_that_knows_little_makes_a_sheet_without_zeros() {
    for plan in ["versie: 1\n", HEAD] {
        for format in FORMATS {
            let text = progress_on("2027-05-10", plan, format);
            assert!(
                text.contains("Stand op") && text.contains("10 mei 2027"),
                "{text}"
            );
            assert!(text.contains("nog niet bekend"), "{text}");
            assert!(!text.contains("€ 0") && !text.contains("0 van"), "{text}");
        }
    }
    let without_day = document_as(HEAD, Format::Markdown, Layout::Progress);
    assert!(without_day.contains("nog niet bekend"), "{without_day}");
}

#[test]
fn other_documents_do_not_depend_on_the_day() {
    let plan = example(EXAMPLE, "nl");
    for layout in [
        Layout::Plan,
        Layout::Summary,
        Layout::Group("managers"),
        Layout::Interview("managers"),
    ] {
        for format in FORMATS {
            let on_a_day = document_on("2027-05-10", &plan, format, layout);
            assert_eq!(on_a_day, document_as(&plan, format, layout), "{layout:?}");
        }
    }
}

#[test]
fn op_sets_the_day_of_the_findings_and_of_the_progress() {
    let folder = folder();
    let plan = "versie: 1
plan: {titel: Een plan, taal: nl, start: 2027-01-04, einde: na 1 jaar}
planning_en_budget: {activiteiten: {training: {naam: De training, start: 2027-02-01, einde: 2027-02-26}}}
";
    fs::write(folder.path().join("plan.yaml"), plan).unwrap();
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    let run = |args: &[&str]| {
        let (status, message) = outcome(&planmaker(folder.path(), args));
        assert_eq!(status, Some(0), "{message}");
    };
    let all = "plan,voortgang";
    run(&["render", "--to", "md", "--view", all, "--op", "2027-03-01"]);
    assert!(read("plan-voortgang.md").contains("3 dagen te laat"));
    let plan_on_a_day = read("plan.md");
    assert!(
        plan_on_a_day.contains("26 februari 2027"),
        "{plan_on_a_day}"
    );
    run(&["render", "--to", "md", "--view", all]);
    let progress = read("plan-voortgang.md");
    assert!(progress.contains("**Stand op:** "), "{progress}");
    assert!(
        !progress.contains("**Stand op:** 1\u{a0}maart\u{a0}2027"),
        "{progress}"
    );
    let with_progress = read("plan.md");
    run(&["render", "--to", "md"]);
    assert_eq!(read("plan.md"), with_progress);
    assert_ne!(with_progress, plan_on_a_day);
}

fn interview(plan: &str, group: &str, format: Format) -> String {
    shown_text(&document_as(plan, format, Layout::Interview(group)), format)
}

#[test]
fn interview_has_questions_what_the_plan_says_and_factors_of_that_group() {
    let plan = example(EXAMPLE, "nl");
    for format in FORMATS {
        let text = interview(&plan, "schuldhulpverleners", format);
        for expected in [
            "Gesprek: Schuldhulpverleners",
            "Drie vragen",
            "1. Hoe werk je nu?",
            "Zij werken zonder vaste gesprekstechniek.",
            "2. Hoe werk je straks?",
            "Zij gebruiken motiverende gesprekstechniek in hun gesprekken.",
            "3. Wat heb je nodig om zo te kunnen werken?",
            "Belemmeringen in de organisatie",
            "Te weinig tijd",
            "Onvoldoende tijd in de trajecten",
            "Begrip voor de klant geeft plezier in het werk",
            "Anders:",
        ] {
            assert!(text.contains(expected), "{format:?} {expected}: {text}");
        }
        assert!(!text.contains("4. Wat heb je nodig"), "{text}");
        let managers = interview(&plan, "managers", format);
        assert!(managers.contains("Vier vragen"), "{managers}");
        assert!(managers.contains("4. Wat heb je nodig om daarvoor te zorgen?"));
        assert!(!managers.contains("Onvoldoende tijd in de trajecten"));
    }
}

#[test]
fn interview_needs_no_more_than_a_group() {
    let plan =
        "versie: 1\nplan: {titel: Een plan}\nbetrokken_groepen: {werkers: {naam: De werkers}}\n";
    for format in FORMATS {
        let text = interview(plan, "werkers", format);
        for expected in [
            "Gesprek: De werkers",
            "Vertel in een paar zinnen wat er gaat veranderen.",
            "Wat staat in de weg?",
            "Tot slot",
        ] {
            assert!(text.contains(expected), "{format:?} {expected}: {text}");
        }
    }
    let client = plan.replace("De werkers", "De werkers, rol: profijtgroep");
    let text = interview(&client, "werkers", Format::Markdown);
    assert!(
        text.contains("Hoe gaat het nu?") && !text.contains("Hoe werk je nu?"),
        "{text}"
    );
}

#[test]
fn interviews_are_with_groups_that_have_much_interest() {
    let written = |groups: &str, args: &[&str]| {
        let folder = folder();
        let plan =
            format!("versie: 1\nplan: {{titel: a, taal: TAAL}}\nbetrokken_groepen: {{{groups}}}\n");
        let language = if args.iter().any(|it| it.starts_with("interview")) {
            "en"
        } else {
            "nl"
        };
        fs::write(
            folder.path().join("plan.yaml"),
            plan.replace("TAAL", language),
        )
        .unwrap();
        let (_, message) = outcome(&planmaker(folder.path(), args));
        let mut names = names(folder.path());
        names.retain(|name| name != "plan.yaml");
        (names, message)
    };
    let unknown = "a: {naam: A}, b: {naam: B, belang: veel}";
    let known =
        "a: {naam: A, belang: veel, invloed: weinig}, b: {naam: B, belang: weinig, invloed: veel}";
    let (names, _) = written(unknown, &["render", "--view", "gesprek"]);
    assert_eq!(names, ["plan-gesprek-a.html", "plan-gesprek-b.html"]);
    let (names, _) = written(known, &["render", "--view", "gesprek"]);
    assert_eq!(names, ["plan-gesprek-a.html"]);
    let (names, _) = written(known, &["render", "--view", "gesprek", "--groep", "b"]);
    assert_eq!(names, ["plan-gesprek-b.html"]);
    let (names, _) = written(known, &["render", "--view", "interview,progress"]);
    assert_eq!(names, ["plan-interview-a.html", "plan-progress.html"]);
    let (names, message) = written(known, &["render", "--view", "gesprek", "--groep", "c"]);
    assert!(
        names.is_empty() && message.contains("Er is geen groep ‘c’."),
        "{message}"
    );
    let (names, message) = written("", &["render", "--view", "gesprek"]);
    assert!(
        names.is_empty() && message.contains("nog geen groepen"),
        "{message}"
    );
}
