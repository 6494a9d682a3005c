//! A complete plan without findings, and the one finding that each edit to it causes.

#![allow(clippy::unwrap_used)]

use planmaker::{Checked, Document, Plan};

/// A plan with every section, every annex and every notation of a value.
const GOOD: &str = include_str!("../plans/goed.yaml");

/// The rule and path of each finding, with due dates checked on that day.
fn report_on(plan: &[u8], today: Option<&str>) -> Vec<String> {
    let today = today.map(|day| day.parse().unwrap());
    let checked = Checked::new(Document::read(plan), today);
    let findings = checked.findings.iter();
    let mut found: Vec<_> = findings
        .map(|finding| format!("{} {}", finding.rule.name, finding.path))
        .collect();
    found.sort();
    found
}

fn report(plan: &str) -> Vec<String> {
    report_on(plan.as_bytes(), None)
}

/// The good plan with its only occurrence of `from` replaced.
fn edited(from: &str, to: &str) -> String {
    assert_eq!(GOOD.matches(from).count(), 1, "{from}");
    GOOD.replace(from, to)
}

/// The good plan without one of its sections.
fn without(section: &str) -> String {
    let mut inside = false;
    let lines = GOOD.lines().filter(|line| {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            inside = line.split(':').next() == Some(section);
        }
        !inside
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_good_plan_has_no_findings() {
    const NOTHING: [String; 0] = [];
    assert_eq!(report(GOOD), NOTHING);
    assert_eq!(report(&GOOD.replace('\n', "\r\n")), NOTHING);
    assert_eq!(
        report(&edited("status: concept", "status: vastgesteld")),
        NOTHING
    );
    let checked = Checked::read(GOOD);
    let rewritten = serde_yaml::to_string(checked.plan()).unwrap();
    assert_eq!(report(&rewritten), NOTHING);
}

/// The plans that people see first have no open points, and not even tips.
#[test]
fn the_finished_examples_have_no_findings() {
    for plan in [
        include_str!("../../examples/valpreventie.yaml"),
        include_str!("../../examples/carer-conversations.yaml"),
    ] {
        assert_eq!(report(plan), [""; 0]);
        assert!(!plan.contains("uitzonderingen:"));
    }
}

#[test]
fn measurements_made_in_time_are_not_overdue() {
    assert_eq!(
        report_on(GOOD.as_bytes(), Some("2027-05-04")),
        [""; 0],
        "everything due by then has been measured"
    );
    assert_eq!(
        report_on(GOOD.as_bytes(), Some("2027-05-11")),
        [
            "meting-achterstallig monitoring.rooster-bekeken.wanneer",
            "meting-achterstallig monitoring.woningrondes-geteld.wanneer"
        ]
    );
}

#[test]
fn a_missing_section_is_one_finding() {
    for section in Plan::SECTIONS {
        assert_eq!(
            report(&without(section)),
            ["onderdeel-ontbreekt "],
            "{section}"
        );
        let empty = format!("{}\n{section}:\n", without(section));
        let at_key = format!("onderdeel-ontbreekt {section}");
        assert_eq!(report(&empty), [at_key], "{section}");
        let unreadable = format!("{}\n{section}: later\n", without(section));
        assert_eq!(
            report(&unreadable),
            [format!("waarde-ongeldig {section}")],
            "{section}"
        );
    }
}

/// The good plan with one list of things emptied.
fn emptied(section: &str, list: &str) -> String {
    let (mut in_section, mut in_list) = (false, false);
    let lines = GOOD.lines().filter(|line| {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            in_section = line.split(':').next() == Some(section);
        }
        let is_inside = line.starts_with("    ");
        if !is_inside {
            in_list = in_section && line.trim() == format!("{list}:");
        }
        !(in_list && is_inside)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn an_empty_list_is_one_finding() {
    for (section, list, rule) in [
        (
            "implementatiestrategieen",
            "strategieen",
            "strategieen-ontbreken",
        ),
        ("evaluatie", "vragen", "evaluatievragen-ontbreken"),
        (
            "planning_en_budget",
            "activiteiten",
            "activiteiten-ontbreken",
        ),
    ] {
        assert_eq!(
            report(&emptied(section, list)),
            [format!("{rule} {section}")],
            "{section}"
        );
    }
}

/// Each mistake is reported once, without consequential findings.
#[test]
#[allow(clippy::too_many_lines, reason = "a table with one row per mistake")]
fn one_mistake_is_one_finding() {
    let strategies = "implementatiestrategieen.strategieen";
    let activities = "planning_en_budget.activiteiten";
    let mistakes = [
        // Keys too short for a suggestion.
        (
            "plan:\n  titel",
            "plen:\n  titel",
            "sleutel-onbekend plen".to_owned(),
        ),
        // A misspelled section is still read, so its groups are known.
        (
            "\nbetrokken_groepen:",
            "\nbetrokken_groepn:",
            "sleutel-onbekend betrokken_groepn".to_owned(),
        ),
        // The intended target of an unknown id is not reported as uncovered.
        (
            "belemmeringen: volle-routes",
            "belemmeringen: zeppelin",
            format!("verwijzing-onbekend {strategies}.roosterafspraak.belemmeringen"),
        ),
        (
            "strategieen: startbericht",
            "strategieen: zeppelin",
            format!("verwijzing-onbekend {activities}.bericht-sturen.strategieen"),
        ),
        (
            "strategieen: vast-overleg",
            "strategieen: zeppelin",
            format!("verwijzing-onbekend {activities}.overleg-houden.strategieen"),
        ),
        (
            "doel: woningronde-doen",
            "doel: zeppelin",
            "verwijzing-onbekend monitoring.woningrondes-geteld.doel".to_owned(),
        ),
        (
            "groep: huisartsen",
            "groep: zeppelin",
            "verwijzing-onbekend implementatiedoelen.huisartsen-verwijzen.groep".to_owned(),
        ),
        (
            "groep: bestuurder",
            "groep: zeppelin",
            "verwijzing-onbekend communicatieplan.gesprek-met-bestuurder.groep".to_owned(),
        ),
        (
            "vertegenwoordigt: teamleiders",
            "vertegenwoordigt: zeppelin",
            "verwijzing-onbekend implementatieteam.teamleider.vertegenwoordigt".to_owned(),
        ),
        (
            "huisartsen: [orientatie]",
            "zeppelin: [orientatie]",
            format!("verwijzing-onbekend {strategies}.startbericht.inzet.zeppelin"),
        ),
        (
            "    huisartsen:\n      doorloopt",
            "    zeppelin:\n      doorloopt",
            "verwijzing-onbekend implementatiestrategieen.fasen.zeppelin".to_owned(),
        ),
        (
            "huisartsen: De huisartsen",
            "zeppelin: De huisartsen",
            "verwijzing-onbekend contextanalyse.niet_uitgevraagd.zeppelin".to_owned(),
        ),
        (
            "  huisartsen:\n    veranderingen",
            "  zeppelin:\n    veranderingen",
            "verwijzing-onbekend gebruikers.zeppelin".to_owned(),
        ),
        // An unreadable `veranderbaar` may mean no: the barrier is not treated as a focus barrier.
        (
            "veranderbaar: nee",
            "veranderbaar: nooit",
            "waarde-ongeldig contextanalyse.factoren.krappe-arbeidsmarkt.veranderbaar".to_owned(),
        ),
        // An unreadable status may mean cancelled: the activity is not checked against others.
        (
            "status: vervallen",
            "status: vervalen",
            format!("waarde-ongeldig {activities}.proefronde.status"),
        ),
        // An unreadable goal may be the one whose quality is measured.
        (
            "  valrisico-bespreken:\n    groep: wijkverpleegkundigen",
            "  valrisico-bespreken:\n    groep: {wat: dit}",
            "waarde-ongeldig implementatiedoelen.valrisico-bespreken.groep".to_owned(),
        ),
    ];
    for (from, to, expected) in mistakes {
        assert_eq!(report(&edited(from, to)), [expected], "{to}");
    }
}

#[test]
fn a_file_that_is_not_utf8_is_one_finding() {
    let euro = edited("bedrag: € 40.000,00", "bedrag: EURO 40.000,00").into_bytes();
    let at = euro.windows(4).position(|bytes| bytes == b"EURO").unwrap();
    let windows_1252 = [&euro[..at], b"\x80", &euro[at + 4..]].concat();
    assert_eq!(report_on(&windows_1252, None), ["yaml-ongeldig "]);
}

/// References to things that are all missing are not reported one by one.
#[test]
fn a_section_without_its_things_is_one_finding() {
    for (section, key, rule) in [
        (
            "beschrijving_interventie",
            "werkzame_bestanddelen",
            "werkzame-bestanddelen-ontbreken",
        ),
        ("beschrijving_interventie", "effecten", "effecten-ontbreken"),
        (
            "randvoorwaarden",
            "voorwaarden",
            "randvoorwaarden-ontbreken",
        ),
        ("contextanalyse", "factoren", "factoren-ontbreken"),
    ] {
        let mut plan: serde_yaml::Value = serde_yaml::from_str(GOOD).unwrap();
        for missing in ["{}", "null"] {
            plan[section][key] = serde_yaml::from_str(missing).unwrap();
            let text = serde_yaml::to_string(&plan).unwrap();
            assert_eq!(
                report(&text),
                [format!("{rule} {section}")],
                "{key}: {missing}"
            );
        }
    }
}
