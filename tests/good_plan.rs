//! A whole plan without a finding, and what one edit to it makes `check` say: that, and nothing else.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use planmaker::checked::Checked;
use planmaker::document::Document;
use planmaker::plan::Plan;

/// It uses every section, every annex and every way to write a value.
const GOOD: &str = include_str!("plans/goed.yaml");

/// What `check` says of a plan: rule and path of each finding.
fn said_on(plan: &[u8], today: Option<&str>) -> Vec<String> {
    let today = today.map(|day| day.parse().unwrap());
    let checked = Checked::new(Document::read(plan), today);
    let findings = checked.findings.iter();
    let mut said: Vec<_> = findings
        .map(|finding| format!("{} {}", finding.rule.name, finding.path))
        .collect();
    said.sort();
    said
}

fn said(plan: &str) -> Vec<String> {
    said_on(plan.as_bytes(), None)
}

/// The good plan with what stands there once, written otherwise.
fn edited(from: &str, to: &str) -> String {
    assert_eq!(GOOD.matches(from).count(), 1, "{from}");
    GOOD.replace(from, to)
}

/// The good plan without one of its parts.
fn without(part: &str) -> String {
    let mut inside = false;
    let lines = GOOD.lines().filter(|line| {
        if line.starts_with(|first: char| first.is_ascii_lowercase()) {
            inside = line.split(':').next() == Some(part);
        }
        !inside
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_good_plan_has_no_finding() {
    const NOTHING: [String; 0] = [];
    assert_eq!(said(GOOD), NOTHING);
    assert_eq!(said(&GOOD.replace('\n', "\r\n")), NOTHING);
    assert_eq!(
        said(&edited("status: concept", "status: vastgesteld")),
        NOTHING
    );
    let checked = Checked::read(GOOD);
    let rewritten = serde_yaml::to_string(checked.plan()).unwrap();
    assert_eq!(said(&rewritten), NOTHING);
}

#[test]
fn what_was_measured_in_time_is_not_overdue() {
    assert_eq!(
        said_on(GOOD.as_bytes(), Some("2027-05-04")),
        [""; 0],
        "all that was due by then has been measured"
    );
    assert_eq!(
        said_on(GOOD.as_bytes(), Some("2027-05-11")),
        [
            "meting-achterstallig monitoring.rooster-bekeken.wanneer",
            "meting-achterstallig monitoring.woningrondes-geteld.wanneer"
        ]
    );
}

#[test]
fn a_section_that_is_gone_is_one_finding() {
    for section in Plan::SECTIONS {
        assert_eq!(
            said(&without(section)),
            ["onderdeel-ontbreekt "],
            "{section}"
        );
        let empty = format!("{}\n{section}:\n", without(section));
        assert_eq!(said(&empty), ["onderdeel-ontbreekt "], "{section}");
        let unreadable = format!("{}\n{section}: later\n", without(section));
        assert_eq!(
            said(&unreadable),
            [format!("waarde-ongeldig {section}")],
            "{section}"
        );
    }
}

/// Each edit is one slip, and only that slip is told of.
#[test]
#[allow(clippy::too_many_lines, reason = "a table, one row for each slip")]
fn one_slip_is_one_finding() {
    let strategies = "implementatiestrategieen.strategieen";
    let activities = "planning_en_budget.activiteiten";
    let slips = [
        // Keys that are too short to be much alike.
        (
            "plan:\n  titel",
            "plen:\n  titel",
            "sleutel-onbekend plen".to_owned(),
        ),
        // A misspelt section is read; a group is not a misspelt team role meanwhile.
        (
            "\nbetrokken_groepen:",
            "\nbetrokken_groepn:",
            "sleutel-onbekend betrokken_groepn".to_owned(),
        ),
        // What an unknown id was meant to cover is not called uncovered.
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
        // Whether a barrier can be changed is said, though not readably: it may be no focus barrier.
        (
            "veranderbaar: nee",
            "veranderbaar: nooit",
            "waarde-ongeldig contextanalyse.factoren.krappe-arbeidsmarkt.veranderbaar".to_owned(),
        ),
        // An activity that may be cancelled is not in anybody's way.
        (
            "status: vervallen",
            "status: vervalen",
            format!("waarde-ongeldig {activities}.proefronde.status"),
        ),
        // A goal that cannot be read may be the one of which the quality is measured.
        (
            "  valrisico-bespreken:\n    groep: wijkverpleegkundigen",
            "  valrisico-bespreken:\n    groep: {wat: dit}",
            "waarde-ongeldig implementatiedoelen.valrisico-bespreken.groep".to_owned(),
        ),
    ];
    for (from, to, expected) in slips {
        assert_eq!(said(&edited(from, to)), [expected], "{to}");
    }
}

#[test]
fn a_file_that_is_not_utf8_is_one_finding() {
    let euro = edited("bedrag: € 40.000,00", "bedrag: EURO 40.000,00").into_bytes();
    let at = euro.windows(4).position(|bytes| bytes == b"EURO").unwrap();
    let windows_1252 = [&euro[..at], b"\x80", &euro[at + 4..]].concat();
    assert_eq!(said_on(&windows_1252, None), ["yaml-ongeldig "]);
}
