//! The days of a plan as a calendar (iCalendar, RFC 5545), to import or to share.
//!
//! Everything is an all-day event. Its UID depends on the thing and on the plan's title and organisations, not on days, names
//! or files, so that a second import moves events instead of doubling them. What repeats is numbered.

mod events;
mod lines;

use jiff::civil::{Date, date};

use crate::finding::Argument;
use crate::plan::PlanStatus;
use crate::render::RenderError;
use crate::render::plain::plain_line;
use crate::value::{Answer, Id, beginning, days_between, one_line};
use crate::view::View;
use crate::words::key;
use lines::Lines;

/// The day of a calendar of a plan that has no date and no start.
const WITHOUT_DATE: Date = date(2020, 1, 1);

/// Returns the calendar of a plan, or the part of it that concerns one group or role: what requires hours from it, is its own,
/// or is said to it.
///
/// # Errors
///
/// If it exceeds the maximum size of a document.
pub fn calendar(view: &View<'_>, party: Option<&str>) -> Result<String, RenderError> {
    let header = view.plan.header.given();
    let dated = header.and_then(|header| header.date.given());
    let stamp = dated.map(|day| day.date()).or(view.facts().start);
    let mut calendar = Calendar {
        lines: Lines::default(),
        stamp: stamp.unwrap_or(WITHOUT_DATE),
        // Calendars ignore an event that has a lower number than the one they know.
        sequence: dated.map_or(0, |day| days_since(WITHOUT_DATE, day.date())),
        plan: plan_id(view),
        language: view.language.tag(),
        is_draft: header.is_some_and(|header| header.status.is(&PlanStatus::Draft)),
    };
    calendar.begin(&title(view, party));
    events::add_all(view, party, &mut calendar)?;
    calendar.lines.raw("END", "VCALENDAR");
    Ok(calendar.lines.into_text())
}

/// The ids of the groups and roles that a calendar can be limited to.
#[must_use]
pub fn parties<'p>(view: &View<'p>) -> Vec<&'p str> {
    let plan = view.plan;
    let users = view.facts().users.keys().copied();
    let groups = plan.groups().ids();
    users.chain(groups).chain(plan.roles().ids()).collect()
}

/// The title of the calendar.
fn title(view: &View<'_>, party: Option<&str>) -> String {
    let title = plain_line(view.title);
    let Some(party) = party else {
        return title;
    };
    let party = view.plan.party_name(party);
    let arguments = [
        ("titel", Argument::Whole(title)),
        ("naam", Argument::Whole(plain_line(&party))),
    ];
    view.words().text(key::agenda::TITEL_VAN_GROEP, &arguments)
}

/// The plan's part of UIDs.
fn plan_id(view: &View<'_>) -> String {
    let header = view.plan.header.given();
    let organisations = header.map(|header| &header.organisations);
    let organisations = organisations.into_iter().flat_map(Answer::all);
    let names = std::iter::once(view.title).chain(organisations.map(AsRef::as_ref));
    format!("{:016x}.planmaker", hash(names))
}

/// A hash that is the same in every version: 64-bit FNV-1a, with a byte that is in no text after each part.
fn hash<'t>(parts: impl Iterator<Item = &'t str>) -> u64 {
    let bytes = parts.flat_map(|part| part.bytes().chain([0xFF]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    })
}

fn days_since(first: Date, day: Date) -> u32 {
    u32::try_from(days_between(first, day)).unwrap_or_default()
}

/// An event of one or more whole days.
#[derive(Debug)]
struct Event<'t> {
    /// The kind of thing, which is a part of the UID.
    kind: &'static str,
    id: &'t str,
    /// The number of a repeated event.
    number: Option<usize>,
    first: Date,
    last: Date,
    category: &'static str,
    summary: String,
    description: &'t [String],
    is_cancelled: bool,
}

/// A calendar that is being written.
#[derive(Debug)]
struct Calendar {
    lines: Lines,
    stamp: Date,
    sequence: u32,
    plan: String,
    language: &'static str,
    is_draft: bool,
}

impl Calendar {
    fn begin(&mut self, title: &str) {
        let lines = &mut self.lines;
        lines.raw("BEGIN", "VCALENDAR");
        lines.raw("VERSION", "2.0");
        lines.raw("PRODID", "-//planmaker//planmaker//NL");
        lines.raw("CALSCALE", "GREGORIAN");
        lines.raw("METHOD", "PUBLISH");
        lines.text("X-WR-CALNAME", title);
    }

    /// Adds an event.
    fn add(&mut self, event: &Event<'_>) -> Result<(), RenderError> {
        // The last day of the calendar has no day after it.
        let after = event.last.tomorrow().unwrap_or(event.last);
        let status = match (event.is_cancelled, self.is_draft) {
            (true, _) => "CANCELLED",
            (false, true) => "TENTATIVE",
            (false, false) => "CONFIRMED",
        };
        let uid = format!("{}@{}", local_id(event), self.plan);
        let (stamp, sequence) = (day(self.stamp), self.sequence.to_string());
        let in_language = |name| format!("{name};LANGUAGE={}", self.language);
        let (summary, description) = (in_language("SUMMARY"), in_language("DESCRIPTION"));
        let lines = &mut self.lines;
        lines.raw("BEGIN", "VEVENT");
        lines.text("UID", &uid);
        lines.raw("DTSTAMP", &format!("{stamp}T000000Z"));
        lines.raw("SEQUENCE", &sequence);
        lines.raw("DTSTART;VALUE=DATE", &day(event.first));
        lines.raw("DTEND;VALUE=DATE", &day(after));
        lines.text(&summary, &one_line(&event.summary));
        if !event.description.is_empty() {
            lines.text(&description, &event.description.join("\n"));
        }
        lines.text("CATEGORIES", event.category);
        lines.raw("STATUS", status);
        // Nobody is occupied all day: an event says until when something is due, or in which period it happens.
        lines.raw("TRANSP", "TRANSPARENT");
        lines.raw("END", "VEVENT");
        self.lines.check_size()
    }
}

/// The event's part of its UID.
fn local_id(event: &Event<'_>) -> String {
    /// Longer ids are replaced by their beginning and a hash.
    const LONGEST: usize = 80;

    let id = event.id;
    let mut local = format!("{}-", event.kind);
    if Id::is_well_formed(id) && id.len() <= LONGEST {
        local.push_str(id);
    } else {
        let formed = Id::well_formed(id);
        let beginning = beginning(&formed, LONGEST);
        local.push_str(&format!("{beginning}-{:016x}", hash([id].into_iter())));
    }
    if let Some(number) = event.number {
        local.push_str(&format!("-{number}"));
    }
    local
}

/// A day as RFC 5545 writes it.
fn day(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}
