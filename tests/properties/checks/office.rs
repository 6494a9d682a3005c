//! Properties of the workbook and the calendar of any plan.

use planmaker::{View, calendar, parties, workbook};

/// Checks that a plan has a workbook and a calendar, and that no text of it adds a line to the calendar.
pub fn check_office(view: &View<'_>) {
    let whole = calendar(view, None).unwrap();
    check_lines(&whole);
    if let Some(party) = parties(view).first() {
        let own = calendar(view, Some(party)).unwrap();
        check_lines(&own);
        assert!(own.matches("\nUID:").count() <= whole.matches("\nUID:").count());
    }
    assert!(workbook(view).unwrap().starts_with(b"PK"));
}

fn check_lines(calendar: &str) {
    let unfolded = calendar.replace("\r\n ", "");
    let mut uids = Vec::new();
    for line in unfolded.split_terminator("\r\n") {
        let (name, value) = line.split_once(':').unwrap();
        let name = name.split(';').next().unwrap();
        assert!(NAMES.contains(&name), "{line}");
        assert!(!line.chars().any(char::is_control), "{line:?}");
        if name == "UID" {
            uids.push(value);
        }
    }
    let count = uids.len();
    uids.sort_unstable();
    uids.dedup();
    assert_eq!(uids.len(), count, "{calendar}");
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
}

/// The names of all properties.
const NAMES: [&str; 17] = [
    "BEGIN",
    "VERSION",
    "PRODID",
    "CALSCALE",
    "METHOD",
    "X-WR-CALNAME",
    "UID",
    "DTSTAMP",
    "SEQUENCE",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "CATEGORIES",
    "STATUS",
    "TRANSP",
    "END",
];
