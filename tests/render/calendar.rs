//! `--to ics`: the days of a plan as events.

use std::collections::BTreeMap;
use std::fs;

use planmaker::{calendar, parties};

use crate::support::{example, with_view};

/// The properties of each event, by UID without the plan's part.
type Events = BTreeMap<String, BTreeMap<String, String>>;

fn text_of(plan: &str, party: Option<&str>) -> String {
    with_view(plan, |view, _| calendar(view, party)).unwrap()
}

fn events(plan: &str, party: Option<&str>) -> Events {
    let text = text_of(plan, party).replace("\r\n ", "");
    let mut events = Events::new();
    for event in text.split("BEGIN:VEVENT\r\n").skip(1) {
        let mut properties = BTreeMap::new();
        for line in event.split("\r\n").take_while(|line| *line != "END:VEVENT") {
            let (name, value) = line.split_once(':').unwrap();
            let name = name.split(';').next().unwrap();
            properties.insert(name.to_owned(), value.to_owned());
        }
        let uid = properties["UID"].split_once('@').unwrap().0.to_owned();
        assert!(
            events.insert(uid, properties).is_none(),
            "the same UID twice"
        );
    }
    events
}

fn days(events: &Events, uid: &str) -> (String, String) {
    let event = events
        .get(uid)
        .unwrap_or_else(|| panic!("{uid}: {events:#?}"));
    (event["DTSTART"].clone(), event["DTEND"].clone())
}

fn period(first: &str, after: &str) -> (String, String) {
    (first.to_owned(), after.to_owned())
}

const PLAN: &str = "versie: 1
plan: {titel: Zo gaat het, organisaties: [Gemeente A], status: concept, datum: 2026-06-01, start: 2026-09-01, einde: na 1 jaar}
beschrijving_interventie: {materialen: {folder: {naam: De folder, gereed: 2026-10-01, eigenaar: trekker, status: nodig}}}
randvoorwaarden: {voorwaarden: {ruimte: {naam: Een rustige kamer, actie: Zoek er een, gereed: na 1 maand, eigenaar: trekker}}}
betrokken_groepen: {team: {naam: Het team, rol: uitvoerder}, leiding: {naam: De leiding, rol: leidinggevende}}
gebruikers: {team: {}, leiding: {}}
implementatiedoelen: {gesprek: {naam: Iedereen doet het, groep: team, norm: 80%, termijn: 6 maanden}}
implementatieteam: {trekker: {naam: De trekker}}
borging: {nieuwe_medewerkers: {geborgd: nee, actie: Werk ze in, gereed: 2027-08-01, eigenaar: leiding}, eigen_punten: {kast: {naam: De kast, gereed: 2027-08-02}}}
monitoring:
  tel: {doel: gesprek, indicator: 'Het *aantal* gesprekken', wanneer: 'na 1 maand, elk kwartaal', eigenaar: trekker}
evaluatie: {wanneer: na 11 maanden, dataverzameling_vanaf: na 10 maanden}
planning_en_budget:
  activiteiten:
    training: {naam: 'Training; deel 1, 2', start: 2026-09-07, einde: 2026-09-11, eigenaar: trekker, status: bezig, inzet: {team: {personen: 3, uren: 4}}}
    overleg: {start: 2026-10-05, eigenaar: leiding}
    feest: {start: 2026-12-01, einde: 2026-12-02, status: vervallen}
    ooit: {eigenaar: trekker}
    achterstevoren: {start: 2026-12-02, einde: 2026-12-01}
  etappes: {proef: {naam: De proef, start: 2026-09-01, einde: 2026-12-31, groepen: {team: 3}, toets: Het werkt}}
  beslismomenten: {verder: {naam: Gaan we door, wanneer: 2027-01-15, beslisser: leiding, criteria: [Het werkt]}}
communicatieplan: {nieuws: {groep: leiding, boodschap: Het loopt, wanneer: elk half jaar, afzender: trekker, kanaal: mail}}
";

#[test]
fn everything_with_a_day_is_an_event() {
    let events = events(PLAN, None);
    for (uid, first, after) in [
        ("activiteit-training", "20260907", "20260912"),
        ("activiteit-overleg", "20261005", "20261006"),
        ("activiteit-feest", "20261201", "20261203"),
        ("beslismoment-verder", "20270115", "20270116"),
        ("boodschap-nieuws-1", "20270301", "20270302"),
        ("boodschap-nieuws-2", "20270901", "20270902"),
        ("borging-nieuwe-medewerkers", "20270801", "20270802"),
        ("eigen-punt-kast", "20270802", "20270803"),
        ("etappe-begin-proef", "20260901", "20260902"),
        ("etappe-einde-proef", "20261231", "20270101"),
        ("evaluatie-gegevens", "20270701", "20270702"),
        ("evaluatie-wanneer", "20270801", "20270802"),
        ("materiaal-folder", "20261001", "20261002"),
        ("meting-tel-1", "20261001", "20261002"),
        ("meting-tel-2", "20261201", "20261202"),
        ("meting-tel-5", "20270901", "20270902"),
        ("randvoorwaarde-ruimte", "20261001", "20261002"),
        ("termijn-gesprek", "20270301", "20270302"),
    ] {
        assert_eq!(days(&events, uid), period(first, after), "{uid}");
    }
    assert_eq!(events.len(), 20, "{:#?}", events.keys());
    let training = &events["activiteit-training"];
    assert_eq!(training["SUMMARY"], "Training\\; deel 1\\, 2");
    assert_eq!(
        training["DESCRIPTION"],
        "Eigenaar: De trekker\\nStatus: bezig\\nInzet: Het team: 3 × 4 uur"
    );
    assert_eq!(training["STATUS"], "TENTATIVE");
    assert_eq!(events["activiteit-feest"]["STATUS"], "CANCELLED");
    assert_eq!(
        events["meting-tel-1"]["SUMMARY"],
        "Meten: Het aantal gesprekken"
    );
    assert!(events["beslismoment-verder"]["DESCRIPTION"].contains("Besluit: nog te nemen"));
    assert!(events["randvoorwaarde-ruimte"]["DESCRIPTION"].contains("Zoek er een"));
    assert!(events["borging-nieuwe-medewerkers"]["SUMMARY"].contains("ieuwe"));
}

#[test]
fn calendar_of_a_group_or_role_has_only_its_own() {
    let uids = |party| -> Vec<String> {
        let events = events(PLAN, Some(party));
        events.into_keys().collect()
    };
    assert_eq!(
        uids("team"),
        [
            "activiteit-training",
            "etappe-begin-proef",
            "etappe-einde-proef",
            "termijn-gesprek"
        ]
    );
    assert_eq!(
        uids("leiding"),
        [
            "activiteit-overleg",
            "beslismoment-verder",
            "boodschap-nieuws-1",
            "boodschap-nieuws-2",
            "borging-nieuwe-medewerkers"
        ]
    );
    let trekker = uids("trekker");
    assert!(trekker.contains(&"meting-tel-1".to_owned()), "{trekker:?}");
    assert!(
        trekker.contains(&"materiaal-folder".to_owned()),
        "{trekker:?}"
    );
    assert!(
        trekker.contains(&"boodschap-nieuws-1".to_owned()),
        "{trekker:?}"
    );
    assert!(text_of(PLAN, Some("team")).contains("X-WR-CALNAME:Zo gaat het: Het team\r\n"));
    let known = with_view(PLAN, |view, _| {
        parties(view)
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    });
    assert!(
        ["team", "leiding", "trekker"]
            .iter()
            .all(|id| known.iter().any(|it| it == id))
    );
}

/// Importing again moves events.
#[test]
fn uids_stay_the_same_when_days_and_names_change() {
    let uids = |plan: &str| -> Vec<String> {
        let text = text_of(plan, None).replace("\r\n ", "");
        let lines = text.lines().filter(|line| line.starts_with("UID:"));
        lines.map(str::to_owned).collect()
    };
    let later = PLAN
        .replace(
            "start: 2026-09-01, einde: na 1 jaar",
            "start: 2026-10-01, einde: na 1 jaar",
        )
        .replace("De folder", "Een ander boekje")
        .replace("datum: 2026-06-01", "datum: 2026-07-01");
    assert_ne!(text_of(PLAN, None), text_of(&later, None));
    assert_eq!(uids(PLAN), uids(&later));
    let other = PLAN.replace("Gemeente A", "Gemeente B");
    let (one, other) = (uids(PLAN), uids(&other));
    assert!(one.iter().zip(&other).all(|(one, other)| one != other));
}

#[test]
fn time_stamp_comes_from_the_plan() {
    let stamp = |plan: &str| events(plan, None)["activiteit-a"]["DTSTAMP"].clone();
    let budget =
        "planning_en_budget: {activiteiten: {a: {start: 2026-10-05, einde: 2026-10-06}}}\n";
    for (header, expected) in [
        (
            "{titel: A, datum: 2026-06-01, start: 2026-09-01}",
            "20260601T000000Z",
        ),
        ("{titel: A, start: 2026-09-01}", "20260901T000000Z"),
        ("{titel: A}", "20200101T000000Z"),
    ] {
        assert_eq!(
            stamp(&format!("versie: 1\nplan: {header}\n{budget}")),
            expected
        );
    }
}

#[test]
fn calendar_is_in_the_language_of_the_plan() {
    let plan = PLAN.replace("titel: Zo gaat het", "titel: Zo gaat het, taal: en");
    let events = events(&plan, None);
    assert_eq!(
        events["beslismoment-verder"]["SUMMARY"],
        "Decision: Gaan we door"
    );
    assert!(text_of(&plan, None).contains("SUMMARY;LANGUAGE=en:"));
}

#[test]
fn every_line_is_short_and_ends_as_the_standard_says() {
    for path in [
        "examples/psycho-educatie.yaml",
        "tests/plans/alles.yaml",
        "tests/plans/veel.yaml",
    ] {
        for language in ["nl", "en"] {
            let plan = example(path, language);
            let text = text_of(&plan, None);
            assert!(text.ends_with("END:VCALENDAR\r\n"));
            assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{path}");
            assert_eq!(text, text_of(&plan, None));
            events(&plan, None);
        }
    }
}

#[test]
fn texts_cannot_add_lines_or_properties() {
    let hostile = "\"a\\r\\nEND:VEVENT\\r\\nATTACH:http://x\\nb;c,d\\\\\\x07\\u2028e\\u202e\"";
    let plan = format!(
        "versie: 1\nplan: {{titel: {hostile}}}\nimplementatieteam: {{{hostile}: {{naam: {hostile}}}}}\n\
         monitoring: {{{hostile}: {{indicator: {hostile}, data: {hostile}, wanneer: 2026-10-05}}}}\n\
         planning_en_budget: {{activiteiten: {{{hostile}: {{naam: {hostile}, start: 2026-10-05, eigenaar: {hostile}}}}}}}\n"
    );
    let text = text_of(&plan, None);
    let lines = text.replace("\r\n ", "");
    assert_eq!(lines.matches("\r\nBEGIN:VEVENT").count(), 2, "{lines}");
    assert_eq!(lines.matches("\r\nEND:VEVENT").count(), 2, "{lines}");
    assert!(!lines.contains("\nATTACH"), "{lines}");
    assert!(
        !text.replace("\r\n", "").chars().any(char::is_control),
        "{text}"
    );
    assert_eq!(events(&plan, None).len(), 2);
}

#[test]
fn long_texts_of_events_are_cut() {
    let plan = format!(
        "versie: 1\nmonitoring: {{i: {{indicator: '{}', data: '{}', wanneer: 2026-10-05}}}}\n",
        "woord ".repeat(100),
        "é".repeat(100_000),
    );
    let event = &events(&plan, None)["meting-i-1"];
    assert!(event["SUMMARY"].len() < 220 && event["SUMMARY"].ends_with('…'));
    assert!(event["DESCRIPTION"].len() < 4_100 && event["DESCRIPTION"].ends_with('…'));
}

#[test]
fn plans_without_days_have_no_events() {
    for plan in [
        "",
        "versie: 1\n",
        "versie: 1\nplan: {titel: Leeg}\nmonitoring: {a: {wanneer: elke maand}}\n",
    ] {
        let text = text_of(plan, None);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assert!(text.ends_with("\r\nEND:VCALENDAR\r\n"));
        assert!(!text.contains("VEVENT"));
    }
}

#[test]
fn calendars_have_a_largest_size() {
    let daily = (0..900).map(|nr| {
        format!(
            "  i{nr}: {{indicator: {}, wanneer: elke dag}}\n",
            "x".repeat(90)
        )
    });
    let plan = format!(
        "versie: 1\nplan: {{titel: Groot, start: 2026-01-01, einde: 2099-01-01}}\nmonitoring:\n{}",
        daily.collect::<String>()
    );
    let result = with_view(&plan, |view, _| calendar(view, None));
    assert!(matches!(result, Err(planmaker::RenderError::TooLarge)));
    let many = fs::read_to_string("tests/plans/veel.yaml").unwrap();
    assert!(!events(&many, None).is_empty());
}
