//! Rules of the file itself that a readable file can still break: keys, values, ids and texts.
//!
//! Rules about the content of answers are with their section; those about YAML are in [`document`](crate::document).

mod losses;
mod references;
mod shown;
#[cfg(test)]
mod tests;
mod texts;

use crate::document;
use crate::finding::{Argument, Focus};
use crate::plan::Plan;
use crate::reading;
use crate::rules::check::{Check, FindingSink, RuleContext};
use crate::value::norm::Quantity;
use crate::value::path;
use crate::value::path::{Path, Step};
use crate::value::{Answer, Id, Number, Odd, Text};

use losses::{cut_off, run_together};
pub(crate) use references::unresolved;
use references::{unknown_citation, unknown_reference, unused};
use shown::not_shown;
use texts::{placeholder, raw_html};

/// The rules of the file itself.
#[rustfmt::skip] // One rule per line.
pub const RULES: &[Check] = &[
    Check::elsewhere(document::INVALID),
    Check::elsewhere(document::TOO_LARGE),
    Check::elsewhere(document::DUPLICATE),
    Check::elsewhere(reading::UNKNOWN_KEY),
    Check::of(document::INVALID_VALUE, impossible_value),
    Check::error("verwijzing-onbekend", &["id", "teken", "plaats", "elders", "bedoeld", "woorden", "literatuur", "publicaties", "fase"], unknown_reference),
    Check::error("id-vorm", &["id", "teken", "voorstel"], malformed_id),
    Check::error("versie-onbekend", &["versie"], unknown_version),
    Check::error("onderdeel-ontbreekt", &["nummer", "onderdeel", "sleutel", "leeg"], section_missing),
    Check::warning("nog-in-te-vullen", &["tekst"], placeholder),
    Check::warning("html-in-tekst", &["tekst"], raw_html),
    Check::warning("tekst-afgekapt", &["weg", "zo"], cut_off),
    Check::warning("opsomming-niet-herkend", &["tekst", "zo", "onder", "boven"], run_together),
    Check::warning("tekst-niet-getoond", &["wat", "tekst"], not_shown),
    Check::tip("niet-gebruikt", &["soort", "naam"], unused),
    Check::error("bron-onbekend", &["id", "teken", "bedoeld"], unknown_citation),
];

/// Ids occur in file names, links and other people's scripts, where capitals, spaces and accents cause trouble.
fn malformed_id(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for path in &ctx.reading.malformed_ids {
        let Some(Step::Key(id)) = path.steps().next_back() else {
            continue;
        };
        let finding = sink.report(path.clone()).focus(Focus::Key);
        finding.with("id", id.as_str());
        if let Some(odd) = Odd::hidden_in(id) {
            finding.with("teken", odd);
        }
        let proposal = Id::well_formed(id);
        if !proposal.is_empty() {
            finding.with("voorstel", proposal);
        }
    }
}

/// Values that can be read, but cannot be right.
fn impossible_value(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    ends_before_start(ctx, sink);
    twofold_number(ctx, sink);
}

/// A comma before three digits separates decimals in Dutch and thousands in English, so a norm or measured value with one
/// could mean two numbers.
fn twofold_number(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let mut check = |path: Path, text: &Answer<Text>| {
        let Some(text) = text.given() else { return };
        if let Some((whole, decimal)) = Quantity::both_readings(text.as_str()) {
            let finding = sink.report(path).with("waarde", text.as_str());
            reading::two_readings(finding, whole, decimal);
            let kind = Number::AMBIGUOUS.to_owned();
            finding.with("verwacht", Argument::Choice("soorten", kind));
        }
    };
    for (id, goal) in ctx.plan.goals().iter() {
        let path = path!["implementatiedoelen", id];
        check(path.join("norm"), &goal.target);
        check(path.join("nulmeting"), &goal.baseline);
    }
    let progress = ctx.plan.progress.given();
    let measurements = progress.and_then(|progress| progress.measurements.given());
    for (nr, measurement) in measurements.into_iter().flatten().enumerate() {
        if let Some(measurement) = measurement.given() {
            let path = path!["voortgang", "metingen", nr, "waarde"];
            check(path, &measurement.value);
        }
    }
}

/// A plan cannot end before it starts. One of its dates is wrong, so no other date can be compared with them.
fn ends_before_start(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let Some(header) = ctx.plan.header.given() else {
        return;
    };
    let start = header.start.given().map(|day| day.date());
    let end = header.end.given().and_then(|end| end.date(start));
    if let Some((_, end)) = start.zip(end).filter(|(start, end)| end < start) {
        let expected = Argument::Choice("soorten", AFTER_START.to_owned());
        sink.report(path!["plan", "einde"])
            .with("waarde", end.to_string())
            .with("verwacht", expected);
    }
}

/// The expected value for an end date before the start.
const AFTER_START: &str = "einde_na_start";

/// The version says how to read the file, also for programs of years from now.
fn unknown_version(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    match &ctx.plan.version {
        Answer::Missing if !ctx.reading.broken => {
            sink.report(Path::root());
        }
        Answer::Given(version) if version.value() != Plan::VERSION => {
            sink.report(path!["versie"])
                .with("versie", version.value().to_string());
        }
        _ => {}
    }
}

/// A plan needs all twelve sections of the handreiking.
fn section_missing(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for (nr, key) in ctx.plan.missing_sections() {
        let path = path![key];
        let is_empty = ctx.document.get(&path).is_some();
        let (path, argument) = if is_empty {
            (path, "leeg")
        } else {
            (Path::root(), "sleutel")
        };
        sink.report(path)
            .with("nummer", nr)
            .with("onderdeel", Argument::Field(key))
            .with(argument, key);
    }
}
