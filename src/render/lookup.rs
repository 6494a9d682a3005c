//! What templates look up while they render: names and places of things by id, publications, moments as days, words.
//!
//! It is laid out once per plan and owns what it holds, because filters and functions of a template outlive no borrow.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::civil::Date;

use super::escape;
use super::figures::{self, CostBars, FactorField, HoursPerWeek, Point, ThreadPicture, Timeline};
use super::load::{self, Month};
use super::prose::{Citation, References};
use super::{Format, Layout};
use crate::facts::Facts;
use crate::finding::Argument;
use crate::plan::Plan;
use crate::value::{
    Entry, Moment, Money, Number, Period, RhythmPart, Scalar, SourceRef, Term, Things, plain_words,
};
use crate::view::View;
use crate::words::Words;

/// The kinds of thing that templates name, and where they are mentioned.
pub(super) const KINDS: [&str; 10] = [
    "onderdelen",
    "effecten",
    "groepen",
    "rollen",
    "doelen",
    "factoren",
    "strategieen",
    "activiteiten",
    "indicatoren",
    "vragen",
];

/// What a plan's templates look up.
#[derive(Debug)]
pub(super) struct Lookup {
    pub format: Format,
    pub words: Words,
    names: HashMap<&'static str, HashMap<String, String>>,
    works: HashMap<String, String>,
    /// Whether things have a place of their own in the document: only the whole plan shows all of them.
    has_places: bool,
    pub months: Vec<Month>,
    pub points: Vec<Point>,
    pub factors: Option<FactorField>,
    pub thread: ThreadPicture,
    pub timeline: Timeline,
    pub hours: HoursPerWeek,
    pub costs: CostBars,
    start: Option<Date>,
    end: Option<Date>,
    /// How many bytes of text were read as Markdown.
    read: AtomicUsize,
}

/// Longer than this, in bytes, no text is: it is shown as it is written, because as a tree it would take a few hundred times
/// its own memory.
const LONGEST: usize = 128 << 10;

/// How many bytes of text a document reads as Markdown: more than forty thousand words. It bounds the time that texts take
/// which are nothing but Markdown's own signs.
const MOST_READ: usize = 256 << 10;

impl Lookup {
    pub fn of(view: &View<'_>, format: Format, layout: Layout<'_>) -> Self {
        let (plan, facts, words): (&Plan, &Facts<'_>, Words) =
            (view.plan, view.facts(), view.words());
        let names = [
            ("onderdelen", names(plan.parts())),
            ("effecten", names(plan.effects())),
            ("groepen", names(plan.groups())),
            ("rollen", names(plan.roles())),
            ("doelen", names(plan.goals())),
            ("factoren", names(plan.factors())),
            ("strategieen", names(plan.strategies())),
            ("activiteiten", names(plan.activities())),
            ("indicatoren", names(plan.indicators())),
            ("vragen", names(plan.questions())),
        ];
        let short = |(id, work): (&str, &crate::plan::literature::Work)| {
            let short = work
                .short
                .given()
                .map_or_else(|| plain_words(id), |short| short.as_str().to_owned());
            (id.to_owned(), short)
        };
        let literature = plan.works().iter().map(short).collect();
        Self {
            format,
            words,
            names: names.into(),
            works: literature,
            has_places: layout == Layout::Plan,
            months: load::by_month(facts, words),
            points: figures::points(facts),
            factors: FactorField::of(plan, facts),
            thread: ThreadPicture::of(plan, view.thread()),
            timeline: Timeline::of(plan, facts, words),
            hours: HoursPerWeek::of(plan, facts, words),
            costs: CostBars::of(plan, facts, words),
            start: facts.start,
            end: facts.end,
            read: AtomicUsize::new(0),
        }
    }

    /// What the thing of that kind and id is called: its name, else its id in plain words. Of the kind `partijen`, groups and
    /// roles together.
    pub fn name(&self, kind: &str, id: &str) -> String {
        self.find(kind, id)
            .map_or_else(|| plain_words(id), |(_, name)| name.to_owned())
    }

    /// Where that thing stands in the document, if it is there at all.
    pub fn anchor(&self, kind: &str, id: &str) -> Option<String> {
        let found = self.find(kind, id).filter(|_| self.has_places);
        found.map(|(kind, _)| anchor(kind, id))
    }

    fn find(&self, kind: &str, id: &str) -> Option<(&'static str, &str)> {
        let kinds: &[&str] = if kind == "partijen" {
            &["groepen", "rollen"]
        } else {
            &[kind]
        };
        kinds.iter().find_map(|kind| {
            let (kind, names) = self.names.get_key_value(*kind)?;
            Some((*kind, names.get(id)?.as_str()))
        })
    }

    /// What a statement rests on, ready for the document: words, and links to publications. What rests on an assumption alone
    /// is marked.
    pub fn sources(&self, ids: &[String]) -> String {
        if let [only] = ids
            && only == SourceRef::ASSUMPTION
        {
            return self.assumption(&self.words.choice("bron", only));
        }
        let sources = ids.iter().map(|id| match self.work(id) {
            Some(Citation {
                url: Some(url),
                short,
            }) => self.link(&url, &short),
            Some(Citation { url: None, short }) => self.escaped(&short).into_owned(),
            None => self.escaped(&self.words.choice("bron", id)).into_owned(),
        });
        sources.collect::<Vec<_>>().join("; ")
    }

    /// A source that is none. It is not a hole in the plan, so a page may show it in a quieter way.
    fn assumption(&self, text: &str) -> String {
        match self.format {
            Format::Html => format!("<mark class=\"assumption\">{}</mark>", self.escaped(text)),
            Format::Markdown => self.mark(text),
        }
    }

    /// A text that stands out as something to look at.
    pub fn mark(&self, text: &str) -> String {
        let text = self.escaped(text);
        match self.format {
            Format::Html => format!("<mark>{text}</mark>"),
            Format::Markdown => format!("**{}**", text.trim()),
        }
    }

    /// A link. In Markdown a document has places at headings only, so a link to another place in it is its text there.
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

    /// A day, a moment, a term, a rhythm or a period in this language's words, with the day that it falls on where that is not
    /// plain to see. Any other text stays as it is.
    pub fn moment(&self, text: &str) -> String {
        if let Ok(RhythmPart::Once(moment)) = RhythmPart::parse(text) {
            let day = moment.date(self.start).map(|day| self.date(day));
            return match moment {
                Moment::On(day) => self.date(day),
                Moment::After(period) => self.with_day("document.tijd.na", period, day),
            };
        }
        if let Ok(rhythm @ RhythmPart::Every { period, until }) = RhythmPart::parse(text) {
            let first = rhythm
                .dates(self.start, self.end)
                .next()
                .map(|day| self.date(day));
            let every = self.every(period);
            let until = until.map(|until| self.phrase("document.tijd.tot", &self.period(until)));
            let first = first.map(|day| format!("({})", self.phrase("document.tijd.eerste", &day)));
            return [Some(every), until, first]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ");
        }
        match Term::parse(text) {
            Ok(Term::Within(period)) => {
                let day = self
                    .start
                    .and_then(|start| period.after(start, 1))
                    .map(|day| self.date(day));
                self.with_day("document.tijd.binnen", period, day)
            }
            _ => text.to_owned(),
        }
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
            || self.phrase("document.tijd.elke", &self.period(period)),
            str::to_owned,
        )
    }

    /// A length of time in this language's words.
    fn period(&self, period: Period) -> String {
        let text = period.to_string();
        let (amount, unit) = text.split_once(' ').unwrap_or((&text, ""));
        format!("{amount} {}", self.words.choice("eenheid", unit))
    }

    pub fn day(&self, text: &str) -> Option<String> {
        text.parse().ok().map(|day| self.date(day))
    }

    /// From a day up to and including another, as far as they are known; a day that is both stands there once.
    pub fn days(&self, from: Option<&str>, to: Option<&str>) -> Option<String> {
        let [first, last] = [from, to].map(|day| day.and_then(|day| self.day(day)));
        match (first, last) {
            (Some(first), Some(last)) if first != last => {
                let arguments = [
                    ("van", Argument::Whole(first)),
                    ("tot", Argument::Whole(last)),
                ];
                Some(self.words.text("document.tot_en_met", &arguments))
            }
            (first, last) => first.or(last),
        }
    }

    /// A day, which stays on one line.
    fn date(&self, day: Date) -> String {
        self.words.date(day).replace(' ', "\u{a0}")
    }

    pub fn money(&self, text: &str) -> Option<String> {
        text.parse()
            .ok()
            .map(|euros: rust_decimal::Decimal| self.words.money(Money::from(euros)))
    }

    /// An amount of which a part is not known: at least so much, and of nothing nobody knows how much it is.
    pub fn at_least(&self, text: &str) -> Option<String> {
        let amount: rust_decimal::Decimal = text.parse().ok()?;
        if amount.is_zero() {
            return Some(self.words.get("document.bedrag_onbekend").to_owned());
        }
        let amount = Argument::Whole(self.words.money(Money::from(amount)));
        Some(
            self.words
                .text("document.ten_minste", &[("bedrag", amount)]),
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
        let short = self.works.get(id)?.clone();
        let place = || match self.format {
            Format::Html => anchor("literatuur", id),
            Format::Markdown => heading_anchor(self.words.get("document.bijlage.literatuur")),
        };
        let url = self.has_places.then(|| format!("#{}", place()));
        Some(Citation { url, short })
    }

    fn table_label(&self) -> &str {
        self.words.get("document.tabel.in_tekst")
    }

    fn may_read(&self, bytes: usize) -> bool {
        bytes <= LONGEST && self.read.fetch_add(bytes, Ordering::Relaxed) + bytes <= MOST_READ
    }

    fn too_long(&self) -> &str {
        self.words.get("document.tekst_te_lang")
    }
}

fn names<K: Hash + Eq + AsRef<str> + std::borrow::Borrow<str>, T: Entry>(
    things: Things<'_, K, T>,
) -> HashMap<String, String> {
    things
        .iter()
        .map(|(id, _)| (id.to_owned(), things.name(id)))
        .collect()
}

/// Where a thing stands in an HTML document. Ids that are not well-formed have an anchor too.
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

/// Where a heading stands in a Markdown document, as GitHub and GitLab have it.
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
