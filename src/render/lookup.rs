//! Lookups for templates: names and anchors of things by id, publications, moments as days, words.
//!
//! They own their data, because the template engine's functions cannot borrow.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use minijinja::Value;
use minijinja::value::Serde;

use super::Format;
use super::budget::Budget;
use super::escape;
use super::factors::FactorField;
use super::figures::Figures;
use super::groups::ThingsByGroup;
use super::note::Note;
use super::prose::{Citation, References};
use crate::finding::Argument;
use crate::plan::catalogue::{KINDS, Kind};
use crate::value::{
    Moment, Money, Number, Period, RefKind, RhythmPart, Scalar, SourceRef, plain_words,
};
use crate::view::View;
use crate::words::{Words, key};

/// The kinds of thing that templates can name, in the plural.
pub(super) fn kinds() -> impl Iterator<Item = &'static str> {
    nameable().map(|kind| kind.template_name)
}

/// Kinds of thing that templates name together.
const TOGETHER: [(&str, &[&str]); 2] = [
    ("partijen", &["groepen", "rollen"]),
    ("voorgangers", &["activiteiten", "beslismomenten"]),
];

/// The name of all kinds together.
const ANYTHING: &str = "alles";

/// Whether templates can name things of this kind, or of these kinds together.
pub(super) fn is_kind(name: &str) -> bool {
    name == ANYTHING
        || TOGETHER.iter().any(|(together, _)| *together == name)
        || kinds().any(|kind| kind == name)
}

/// The kinds of thing with a name of their own. Publications have short forms.
fn nameable() -> impl Iterator<Item = &'static Kind> {
    KINDS
        .iter()
        .filter(|kind| kind.reference != RefKind::Source)
}

/// The part of the lookups that all documents of a plan share.
#[derive(Debug)]
pub(super) struct Prepared {
    /// The values that templates see.
    pub context: Value,
    pub words: Words,
    pub figures: Arc<Figures>,
    /// The values of a decision note.
    pub note: Value,
    /// The factors by weight, for section 6.
    pub factors: Value,
    /// Computed for the first document about a group.
    things_by_group: OnceLock<ThingsByGroup>,
    names: HashMap<&'static str, HashMap<String, String>>,
    /// The short forms of publications.
    works: HashMap<String, String>,
    start: Option<Date>,
    end: Option<Date>,
    budget: Budget,
}

impl Prepared {
    pub fn of(view: &View<'_>) -> Self {
        let (plan, facts, words) = (view.plan, view.facts(), view.words());
        let names = nameable().map(|kind| {
            let names = kind.names(plan).into_iter();
            (
                kind.template_name,
                names
                    .map(|(id, name)| (id.to_owned(), name.into_owned()))
                    .collect(),
            )
        });
        let literature = plan.works();
        let short_forms = literature
            .iter()
            .map(|(id, work)| (id.to_owned(), work.citation(id)));
        let context = Value::from(Serde(view));
        Self {
            budget: Budget::of(&context.get_attr("plan").unwrap_or_default(), view.length()),
            context,
            words,
            figures: Arc::new(Figures::of(view)),
            note: Value::from(Serde(Note::of(view))),
            factors: Value::from(Serde(FactorField::of(plan, facts))),
            things_by_group: OnceLock::new(),
            names: names.collect(),
            works: short_forms.collect(),
            start: facts.start,
            end: facts.end,
        }
    }

    /// The things that concern a group.
    pub fn things_of(&self, group: &str) -> Value {
        let things = self
            .things_by_group
            .get_or_init(|| ThingsByGroup::of(&self.context));
        things.of_group(group)
    }
}

/// The lookups of one document.
#[derive(Debug)]
pub(super) struct Lookup {
    pub format: Format,
    pub words: Words,
    pub plan: Arc<Prepared>,
    /// Whether things have an anchor in the document: only the whole plan shows all of them.
    pub has_places: bool,
    /// The anchors that the document turned out not to have, because the user's own templates leave their part out.
    absent: BTreeSet<String>,
}

impl Lookup {
    pub fn of(plan: &Arc<Prepared>, format: Format, has_places: bool) -> Self {
        Self {
            format,
            words: plan.words,
            plan: Arc::clone(plan),
            has_places,
            absent: BTreeSet::new(),
        }
    }

    /// The lookups of a document without these anchors.
    pub fn without(self, absent: BTreeSet<String>) -> Self {
        Self { absent, ..self }
    }

    /// An anchor, if the document has it.
    fn present(&self, anchor: String) -> Option<String> {
        (self.has_places && !self.absent.contains(&anchor)).then_some(anchor)
    }

    /// The name of a thing, else its id in plain words. Some [`TOGETHER`] kinds have a name too.
    pub fn name(&self, kind: &str, id: &str) -> String {
        self.find(kind, id)
            .map_or_else(|| plain_words(id), |(_, name)| name.to_owned())
    }

    /// The anchor of a thing, if the document shows it.
    pub fn anchor(&self, kind: &str, id: &str) -> Option<String> {
        let (kind, _) = self.find(kind, id)?;
        self.present(anchor(kind, id))
    }

    fn find(&self, kind: &str, id: &str) -> Option<(&'static str, &str)> {
        let together = TOGETHER.iter().find(|(name, _)| *name == kind);
        let single = [kind];
        let kinds = together.map_or(&single[..], |(_, kinds)| kinds);
        let found = |kind: &&str| {
            let (kind, names) = self.plan.names.get_key_value(*kind)?;
            Some((*kind, names.get(id)?.as_str()))
        };
        if kind == ANYTHING {
            return self::kinds().find_map(|kind| found(&kind));
        }
        kinds.iter().find_map(found)
    }

    /// Sources of a statement, ready for the document: words, and links to publications. A statement that rests on an assumption
    /// is marked.
    pub fn sources(&self, ids: &[String]) -> String {
        let assumption = if ids.iter().all(|id| id == SourceRef::ASSUMPTION) {
            key::document::bron::GEEN_GEGEVENS
        } else {
            key::document::bron::DEELS_GEGEVENS
        };
        let sources = ids.iter().map(|id| match self.work(id) {
            None if id == SourceRef::ASSUMPTION => self.assumption(self.words.get(assumption)),
            Some(Citation {
                url: Some(url),
                short,
            }) => self.link(&url, &short),
            Some(Citation { url: None, short }) => self.escaped(&short).into_owned(),
            None => self.escaped(&self.words.choice("bron", id)).into_owned(),
        });
        sources.collect::<Vec<_>>().join("; ")
    }

    /// An assumption in place of a source. The plan is complete with it, so a page may show it less prominently.
    fn assumption(&self, text: &str) -> String {
        match self.format {
            Format::Html => format!("<mark class=\"assumption\">{}</mark>", self.escaped(text)),
            Format::Markdown => self.mark(text),
        }
    }

    /// A text marked for attention.
    pub fn mark(&self, text: &str) -> String {
        let text = self.escaped(text);
        match self.format {
            Format::Html => format!("<mark>{text}</mark>"),
            Format::Markdown => format!("**{}**", text.trim()),
        }
    }

    /// A link to an address.
    pub fn link(&self, url: &str, text: &str) -> String {
        let text = self.escaped(text);
        match self.format {
            Format::Html => format!("<a href=\"{}\">{text}</a>", escape::html(url)),
            Format::Markdown => format!("[{text}]({})", url.replace('&', "\\&")),
        }
    }

    pub fn escaped<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.format.escape(text)
    }

    /// A day, moment, term, rhythm or period in words, with the day that it falls on if it does not name one. Any other text is
    /// returned unchanged.
    pub fn moment(&self, text: &str) -> String {
        let day = |moment: Moment| moment.date(self.plan.start).map(|day| self.date(day));
        match RhythmPart::parse(text) {
            // A term is written without `na`.
            Ok(RhythmPart::Once(end @ Moment::After(period))) if period.to_string() == text => {
                self.with_day(key::document::tijd::BINNEN, period, day(end))
            }
            Ok(RhythmPart::Once(moment @ Moment::After(period))) => {
                self.with_day(key::document::tijd::NA, period, day(moment))
            }
            Ok(RhythmPart::Once(Moment::On(day))) => self.date(day),
            Ok(rhythm @ RhythmPart::Every { period, until }) => {
                self.repetition(rhythm, period, until)
            }
            Err(_) => text.to_owned(),
        }
    }

    /// "elke 3 maanden tot 1 jaar (voor het eerst op 1 april 2027)".
    fn repetition(&self, rhythm: RhythmPart, period: Period, until: Option<Period>) -> String {
        let first = rhythm
            .dates(self.plan.start, self.plan.end)
            .next()
            .map(|day| self.date(day));
        let every = self.every(period);
        let until = until.map(|until| self.phrase(key::document::tijd::TOT, &self.period(until)));
        let first =
            first.map(|day| format!("({})", self.phrase(key::document::tijd::EERSTE, &day)));
        let parts = [Some(every), until, first].into_iter().flatten();
        parts.collect::<Vec<_>>().join(" ")
    }

    fn with_day(&self, key: &str, period: Period, day: Option<String>) -> String {
        let phrase = self.phrase(key, &self.period(period));
        day.map_or_else(|| phrase.clone(), |day| format!("{phrase} ({day})"))
    }

    fn phrase(&self, key: &str, text: &str) -> String {
        self.words.text(key, &[("tijd", text.into())])
    }

    /// "elke 3 maanden", "elke maand".
    fn every(&self, period: Period) -> String {
        let text = period.to_string();
        let unit = text.strip_prefix("1 ");
        let of_one = unit.and_then(|unit| {
            let key = format!("document.tijd.elke_een.{unit}");
            self.words.find(&key)
        });
        of_one.map_or_else(
            || self.phrase(key::document::tijd::ELKE, &self.period(period)),
            str::to_owned,
        )
    }

    /// A length of time in words.
    fn period(&self, period: Period) -> String {
        let text = period.to_string();
        let (amount, unit) = text.split_once(' ').unwrap_or((&text, ""));
        format!("{amount} {}", self.words.choice("eenheid", unit))
    }

    pub fn day(&self, text: &str) -> Option<String> {
        text.parse().ok().map(|day| self.date(day))
    }

    /// From one day up to and including another, as far as they are known. A period of one day is that day.
    pub fn days(&self, from: Option<&str>, to: Option<&str>) -> Option<String> {
        let [first, last] = [from, to].map(|day| day.and_then(|day| self.day(day)));
        match (first, last) {
            (Some(first), Some(last)) if first != last => {
                let arguments = [
                    ("van", Argument::Whole(first)),
                    ("tot", Argument::Whole(last)),
                ];
                Some(self.words.text(key::document::TOT_EN_MET, &arguments))
            }
            (first, last) => first.or(last),
        }
    }

    /// From one day up to and including another in short, as far as they are known: "18 jan t/m 5 feb 2027". The first has its
    /// month and year only if they differ. A line may break before the second.
    pub fn short_days(&self, from: Option<&str>, to: Option<&str>) -> Option<String> {
        let [first, last] = [from, to].map(|day| day.and_then(|day| day.parse::<Date>().ok()));
        let short = |day| self.words.short_date(day).replace(' ', "\u{a0}");
        let (Some(first), Some(last)) = (first, last) else {
            return first.or(last).map(short);
        };
        if first == last {
            return Some(short(first));
        }
        let shared = match (first.year() == last.year(), first.month() == last.month()) {
            (true, true) => 2,
            (true, false) => 1,
            (false, _) => 0,
        };
        let begin = short(first);
        let parts: Vec<&str> = begin.split('\u{a0}').collect();
        let begin = parts.get(..parts.len().saturating_sub(shared));
        let begin = begin.unwrap_or_default().join("\u{a0}");
        let to = self.words.get(key::document::TOT_KORT);
        Some(format!("{begin} {to}\u{a0}{}", short(last)))
    }

    /// A day in words, without line breaks.
    fn date(&self, day: Date) -> String {
        self.words.date(day).replace(' ', "\u{a0}")
    }

    /// A day with the short name of its month, without line breaks: "5 feb 2027".
    pub fn short_day(&self, text: &str) -> Option<String> {
        let day = text.parse().ok()?;
        Some(self.words.short_date(day).replace(' ', "\u{a0}"))
    }

    pub fn money(&self, text: &str) -> Option<String> {
        text.parse()
            .ok()
            .map(|euros: rust_decimal::Decimal| self.words.money(Money::from(euros)))
    }

    /// An amount of which a part is unknown: "at least" so much, or unknown if the known part is zero.
    pub fn at_least(&self, text: &str) -> Option<String> {
        let amount: rust_decimal::Decimal = text.parse().ok()?;
        if amount.is_zero() {
            return Some(self.words.get(key::document::BEDRAG_ONBEKEND).to_owned());
        }
        let amount = Argument::Whole(self.words.money(Money::from(amount)));
        Some(
            self.words
                .text(key::document::TEN_MINSTE, &[("bedrag", amount)]),
        )
    }

    pub fn number(&self, number: f64) -> Option<String> {
        rust_decimal::Decimal::try_from(number)
            .ok()
            .map(|number| self.words.number(Number::from(number)))
    }
}

impl References for Lookup {
    fn work(&self, id: &str) -> Option<Citation> {
        let short = self.plan.works.get(id)?.clone();
        let place = || match self.format {
            Format::Html => anchor("literatuur", id),
            Format::Markdown => heading_anchor(self.words.get(key::document::bijlage::LITERATUUR)),
        };
        let url = self.present(place()).map(|place| format!("#{place}"));
        Some(Citation { url, short })
    }

    fn may_read(&self, text: &str) -> bool {
        self.plan.budget.allows(text)
    }

    fn too_long(&self) -> &str {
        self.words.get(key::document::TEKST_TE_LANG)
    }
}

/// The anchor of a thing in an HTML document. Malformed ids are escaped.
pub(super) fn anchor(kind: &str, id: &str) -> String {
    let mut anchor = format!("{kind}-");
    for c in id.chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            anchor.push(c);
        } else {
            anchor.push_str(&format!("_{:x}", u32::from(c)));
        }
    }
    anchor
}

/// The anchor of a heading in a Markdown document, as GitHub and GitLab generate it.
pub(super) fn heading_anchor(heading: &str) -> String {
    let letters = heading
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            ' ' => Some('-'),
            '-' | '_' => Some(c),
            c => c.is_alphanumeric().then_some(c),
        });
    letters.collect()
}
