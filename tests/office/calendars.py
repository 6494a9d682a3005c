"""Compares a calendar, as icalendar reads it, with the data of its plan."""

import datetime
import re

from icalendar import Calendar

KINDS_OF_MILESTONE = {"randvoorwaarde": "randvoorwaarde", "materiaal": "materiaal", "beslismoment": "beslismoment"}
DAY = datetime.timedelta(days=1)


def date(text):
    return datetime.date.fromisoformat(text)


def events(raw):
    """The events by the first part of their UID."""
    calendar = Calendar.from_ical(raw)
    return {str(event["UID"]).split("@")[0]: event for event in calendar.walk("VEVENT")}


def span(event):
    return event["DTSTART"].dt, event["DTEND"].dt - DAY


def is_plain(identifier):
    return re.fullmatch("[a-z0-9-]{1,80}", identifier)


def expected(data):
    """Yields the UID, first day, last day and summary of what must be in the calendar. A summary may be None."""
    facts, plan, words = data["feiten"], data["plan"], data["woorden"]
    for identifier, activity in facts["activiteiten"].items():
        first, last = activity["start"] or activity["einde"], activity["einde"] or activity["start"]
        if first and first <= last:
            yield f"activiteit-{identifier}", first, last, activity["naam"]
    for milestone in facts["mijlpalen"]:
        kind = KINDS_OF_MILESTONE.get(milestone["soort"])
        if kind and milestone["dag"]:
            yield f"{kind}-{milestone['id']}", milestone["dag"], milestone["dag"], None
    for identifier, term in facts["termijnen"].items():
        if term["termijn"]:
            name = (plan["implementatiedoelen"][identifier] or {}).get("naam")
            summary = name and words["agenda.termijn"].replace("{naam}", name)
            yield f"termijn-{identifier}", term["termijn"], term["termijn"], summary


def problems(raw, data):
    yield from lines(raw)
    calendar = Calendar.from_ical(raw)
    title = re.sub(r"\\([,;\\])", r"\1", calendar["X-WR-CALNAME"].to_ical().decode())
    if title != " ".join(data["titel"].split()):
        yield f"title: {title!r}"
    all_events = calendar.walk("VEVENT")
    if len({str(event["UID"]) for event in all_events}) != len(all_events):
        yield "a UID is not unique"
    if len({str(event["UID"]).split("@")[1] for event in all_events}) > 1:
        yield "more than one plan"
    if len({event["DTSTAMP"].dt for event in all_events}) > 1:
        yield "more than one time stamp"
    for event in all_events:
        first, last = span(event)
        if type(first) is not datetime.date or last < first:
            yield f"{event['UID']}: {first} to {last}"
        if event["TRANSP"] != "TRANSPARENT" or not str(event["SUMMARY"]).strip():
            yield f"{event['UID']}: {event['SUMMARY']}"
    by_uid = events(raw)
    for uid, first, last, summary in expected(data):
        if not is_plain(uid.split("-", 1)[1]):
            continue
        event = by_uid.get(uid)
        if event is None:
            yield f"{uid} is missing"
            continue
        if span(event) != (date(first), date(last)):
            yield f"{uid}: {span(event)} and not {first} to {last}"
        if summary and len(summary) < 200 and str(event["SUMMARY"]) != " ".join(summary.split()):
            yield f"{uid}: {event['SUMMARY']!r} and not {summary!r}"
    yield from measurements(by_uid, data)


def measurements(by_uid, data):
    """Compares the first measurement of each goal."""
    for goal, term in data["feiten"]["termijnen"].items():
        indicators = data["plan"]["monitoring"] or {}
        own = [identifier for identifier, it in indicators.items() if it and it["doel"] == goal]
        if not all(is_plain(identifier) for identifier in own):
            continue
        first = [by_uid[uid]["DTSTART"].dt for uid in (f"meting-{identifier}-1" for identifier in own) if uid in by_uid]
        wanted = term["eerste_meting"] and date(term["eerste_meting"])
        if min(first, default=None) != wanted:
            yield f"first measurement of {goal}: {first} and not {wanted}"


def lines(raw):
    """Yields lines that the standard does not allow."""
    for line in raw.split(b"\r\n"):
        if len(line) > 75 or b"\r" in line or b"\n" in line:
            yield f"line: {line!r}"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"folded within a character: {line!r}"


def problems_of_party(raw, data, party):
    """Checks that the calendar of a group or role has the activities that it owns or that require hours from it."""
    yield from lines(raw)
    activities = data["plan"]["planning_en_budget"] or {}
    activities = activities.get("activiteiten") or {}
    dated = data["feiten"]["activiteiten"]
    own = {
        f"activiteit-{identifier}"
        for identifier, activity in activities.items()
        if activity and (party in (activity["eigenaar"] or []) or party in (activity["inzet"] or {}))
        if identifier in dated and (dated[identifier]["start"] or dated[identifier]["einde"]) and is_plain(identifier)
    }
    shown = {
        uid
        for uid, event in events(raw).items()
        if uid.startswith("activiteit-") and event["STATUS"] != "CANCELLED" and is_plain(uid.split("-", 1)[1])
    }
    reversed_days = {
        f"activiteit-{identifier}"
        for identifier, it in dated.items()
        if it["start"] and it["einde"] and it["einde"] < it["start"]
    }
    known = {f"activiteit-{identifier}" for identifier in dated}
    if shown & known != own - reversed_days:
        yield f"calendar of {party}: {(shown & known) ^ (own - reversed_days)}"


def damaged(raw):
    """Yields calendars with one mistake."""
    day = re.search(rb"DTSTART;VALUE=DATE:(\d+)", raw)
    yield "another day", raw.replace(day.group(0), b"DTSTART;VALUE=DATE:20010101", 1)
    yield "another title", raw.replace(b"X-WR-CALNAME:", b"X-WR-CALNAME:x", 1)
    first = raw[raw.index(b"BEGIN:VEVENT") : raw.index(b"END:VEVENT") + len(b"END:VEVENT\r\n")]
    yield "an event twice", raw.replace(first, first * 2, 1)
    yield "an event less", raw.replace(first, b"", 1)
    yield "a long line", raw.replace(b"SUMMARY", b"X-A:" + b"a" * 80 + b"\r\nSUMMARY", 1)
