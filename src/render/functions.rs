//! The functions and filters of templates, under Dutch names: words, names and anchors of things, and formatting.

use std::sync::Arc;

use indexmap::IndexMap;
use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State, Value};

use rust_decimal::Decimal;

use super::Format;
use super::bullet;
use super::chapters;
use super::escape::{self, KEPT_BREAK};
use super::figures;
use super::limits;
use super::lookup::{self, Lookup};
use super::names::Meant;
use super::prose;
use super::sheet;
use super::tables;
use crate::advice;
use crate::finding::Argument;
use crate::plan::Plan;
use crate::value::suggest;

/// Adds all functions and filters to an environment.
pub(super) fn add(environment: &mut Environment<'static>, lookup: &Arc<Lookup>) {
    add_words(environment, lookup);
    add_things(environment, lookup);
    figures::add(environment, &lookup.plan.figures);
    sheet::add(environment, lookup);
    add_texts(environment, lookup);
    add_amounts(environment, lookup);
    add_chapters(environment, lookup.format);
    add_layout(environment);
    add_lines(environment);
    tables::add(environment, lookup);
    environment.add_global("onderdelen", Value::from_iter(Plan::SECTIONS));
}

/// Adds the words: `w('document.key', aantal=3)`, `label('gebruikers')`, `vraag('gebruikers')`, and the filter `keuze('rol')`.
fn add_words(environment: &mut Environment<'static>, lookup: &Arc<Lookup>) {
    let words = lookup.words;
    let find = move |key: String| {
        words.find(&key).ok_or_else(|| {
            let keys = words.all().map(|(key, _)| key);
            unknown(format!("there is no text `{key}`"), &key, keys)
        })
    };
    environment.add_function("w", move |key: String, given: Kwargs| {
        let text = find(key)?;
        let mut arguments = Vec::new();
        for name in given.args() {
            let all = || words.all().flat_map(|(_, text)| slots(text));
            let slot = slots(text).chain(all()).find(|slot| *slot == name);
            let slot = slot
                .ok_or_else(|| unknown(format!("no text has an argument `{name}`"), name, all()))?;
            let value: Value = given.get(name)?;
            arguments.push((slot, argument(&value)?));
        }
        Ok::<_, Error>(words.fill(text, &arguments))
    });
    environment.add_function("label", move |path: String| {
        find(format!("velden.{path}.label"))
    });
    environment.add_function("vraag", move |path: String| {
        find(format!("velden.{path}.vraag"))
    });
    environment.add_filter("keuze", move |value: Value, kind: String| {
        match value.kind() {
            ValueKind::Seq => {
                let choices = value.try_iter()?.filter(|choice| !choice.is_none());
                let choices = choices.map(|choice| {
                    limits::text(&choice).map(|choice| Value::from(words.choice(&kind, &choice)))
                });
                choices.collect()
            }
            ValueKind::None => Ok(value),
            _ => Ok(Value::from(words.choice(&kind, &limits::text(&value)?))),
        }
    });
}

/// The names of the arguments that a text has: `{aantal}`, `{uren:uur|uren}`.
fn slots(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.split('{')
        .skip(1)
        .filter_map(|slot| slot.split(['}', ':', '/']).next())
}

/// The argument of a text for a template's value: a count, a list of names, or a text.
fn argument(value: &Value) -> Result<Argument, Error> {
    if let Some(count) = value.as_usize() {
        return Ok(Argument::Count(count));
    }
    Ok(match value.kind() {
        ValueKind::Seq | ValueKind::Iterable => Argument::List(texts(value)?),
        _ => Argument::Whole(limits::text(value)?),
    })
}

/// Adds things by id: `naam('groepen', id)`, `plek('groepen', id)`, `anker('groepen', id)`, `van_groep(id)`,
/// `niet_gelezen('gebruikers')`, `doelbalk(van, nu, norm)`, `gespreksonderwerpen()`, `factoren_in_vakken()`, and the filters `namen`, `alle`, `per` and `gedeelde_bron`.
fn add_things(environment: &mut Environment<'static>, lookup: &Arc<Lookup>) {
    let names = Arc::clone(lookup);
    environment.add_function("naam", move |kind: String, id: String| {
        known(&kind).map(|()| names.name(&kind, &id))
    });
    let names = Arc::clone(lookup);
    environment.add_filter("namen", move |ids: Value, kind: String| {
        known(&kind)?;
        let names = texts(&ids)?
            .into_iter()
            .map(|id| Value::from(names.name(&kind, &id)));
        Ok::<_, Error>(names.collect::<Value>())
    });
    let findings = lookup.plan.context.get_attr("bevindingen");
    let findings = findings.unwrap_or_default();
    environment.add_function("niet_gelezen", move |key: String| unread(&findings, &key));
    environment.add_function("doelbalk", |from: Value, now: Value, norm: Value| {
        bullet::value(&from, &now, &norm)
    });
    let factors = lookup.plan.factors.clone();
    environment.add_function("factoren_in_vakken", move || factors.clone());
    let words = lookup.words;
    environment.add_function("gespreksonderwerpen", move || {
        let topics = advice::interview_topics(words).into_iter();
        let topics = topics.map(|topic| {
            minijinja::context! { titel => topic.title, punten => topic.points }
        });
        topics.collect::<Value>()
    });
    let plan = Arc::clone(&lookup.plan);
    environment.add_function("van_groep", move |group: String| plan.things_of(&group));
    let places = Arc::clone(lookup);
    environment.add_function("plek", move |kind: String, id: String| {
        known(&kind).map(|()| places.anchor(&kind, &id))
    });
    environment.add_function("anker", |kind: String, id: String| {
        lookup::anchor(&kind, &id)
    });
    environment.add_filter("alle", all);
    environment.add_filter("per", by);
    environment.add_filter("gedeelde_bron", shared_sources);
}

/// Adds `hoofdstukken(inhoud)`: the chapters of a body, for the contents.
fn add_chapters(environment: &mut Environment<'static>, format: Format) {
    environment.add_function("hoofdstukken", move |body: Value| {
        let chapters = chapters::of(&limits::text(&body)?, format).into_iter();
        let chapters = chapters.map(|chapter| {
            minijinja::context! {
                anker => chapter.anchor,
                titel => Value::from_safe_string(chapter.title),
            }
        });
        Ok::<_, Error>(chapters.collect::<Value>())
    });
}

/// Adds texts: `proza`, `cel`, `eerste_alinea`, `bronnen`, `merk`, `link`, `webadres`, `zonder_schema`.
fn add_texts(environment: &mut Environment<'static>, lookup: &Arc<Lookup>) {
    let context = Arc::clone(lookup);
    environment.add_filter("proza", move |text: Value, level: Option<u8>| {
        content(&text, |text| {
            prose::block(text, level.unwrap_or(3), context.format, &*context)
        })
    });
    let context = Arc::clone(lookup);
    environment.add_filter("cel", move |text: Value| {
        content(&text, |text| prose::cell(text, context.format, &*context))
    });
    let context = Arc::clone(lookup);
    environment.add_filter("bronnen", move |ids: Value| {
        let ids = texts(&all(&ids)?)?;
        Ok::<_, Error>(if ids.is_empty() {
            Value::from(())
        } else {
            made(&context.sources(&ids))
        })
    });
    let context = Arc::clone(lookup);
    environment.add_filter("merk", move |text: Value| {
        content(&text, |text| context.mark(text))
    });
    let context = Arc::clone(lookup);
    environment.add_filter("link", move |text: String, url: String| {
        made(&match link_target(&url) {
            Some(target) => context.link(&target, &text),
            None => context.escaped(&text).into_owned(),
        })
    });
    environment.add_filter("eerste_alinea", |text: Value| {
        let first = |text: &str| {
            let lines = text.trim_start().lines();
            let lines: Vec<&str> = lines.take_while(|line| !line.trim().is_empty()).collect();
            Some(lines.join("\n"))
        };
        shown(&text, first)
    });
    environment.add_filter("zonder_schema", |url: String| {
        let address = url
            .split_once("://")
            .map_or(url.as_str(), |(_, address)| address);
        address
            .trim_start_matches("www.")
            .trim_end_matches('/')
            .to_owned()
    });
    environment.add_filter("webadres", |url: Value| {
        url.as_str().and_then(prose::safe_url)
    });
}

/// Adds days and numbers: `datum`, `datum_kort`, `periode`, `periode_kort`, `moment`, `bedrag`, `getal`, `som`.
fn add_amounts(environment: &mut Environment<'static>, lookup: &Arc<Lookup>) {
    let context = Arc::clone(lookup);
    environment.add_filter("datum", move |day: Value| {
        shown(&day, |day| context.day(day))
    });
    let context = Arc::clone(lookup);
    environment.add_filter("datum_kort", move |day: Value| {
        shown(&day, |day| context.short_day(day))
    });
    let context = Arc::clone(lookup);
    environment.add_function("periode", move |from: Value, to: Value| {
        context.days(from.as_str(), to.as_str())
    });
    let context = Arc::clone(lookup);
    environment.add_function("periode_kort", move |from: Value, to: Value| {
        context.short_days(from.as_str(), to.as_str())
    });
    let context = Arc::clone(lookup);
    environment.add_filter("bedrag", move |amount: Value, complete: Option<bool>| {
        let show = |text: &str| match complete {
            Some(false) => context.at_least(text),
            _ => context.money(text),
        };
        shown(&amount, show)
    });
    let context = Arc::clone(lookup);
    environment.add_filter("getal", move |number: Value| {
        match f64::try_from(number.clone()) {
            Ok(amount) => Ok(context.number(amount).map_or(number, Value::from)),
            Err(_) if number.is_none() => Ok(number),
            Err(error) => Err(error),
        }
    });
    let context = Arc::clone(lookup);
    environment.add_filter("moment", move |moments: Value| {
        let moments: Vec<String> = one_or_many(&moments)?
            .iter()
            .flat_map(|moments| moments.split(", "))
            .map(|moment| context.moment(moment))
            .collect();
        Ok::<_, Error>(if moments.is_empty() {
            Value::from(())
        } else {
            Value::from(moments.join("; "))
        })
    });
    environment.add_filter("som", |amounts: Value| {
        let mut sum = Decimal::ZERO;
        for amount in all(&amounts)?.try_iter()? {
            let amount: Decimal = limits::text(&amount)?
                .parse()
                .map_err(|error: rust_decimal::Error| mistake(error.to_string()))?;
            sum = sum
                .checked_add(amount)
                .ok_or_else(|| mistake(format!("{sum} + {amount} is too large")))?;
        }
        Ok::<_, Error>(sum.to_string())
    });
}

/// Adds layout for vocabularies: `opsomming`, `op_een_regel`, `regels`, `op_rij`, `kopanker`.
fn add_layout(environment: &mut Environment<'static>) {
    environment.add_filter(
        "opsomming",
        |state: &mut State, items: Value, last: Option<Value>| {
            let items = all(&items)?
                .try_iter()?
                .map(|item| printed(state, item))
                .collect::<Result<Vec<_>, _>>()?;
            let Some((end, before)) = items.split_last() else {
                return Ok(Value::from(()));
            };
            let last = match last {
                Some(last) => printed(state, last)?,
                None => ",".to_owned(),
            };
            let text = if before.is_empty() {
                end.clone()
            } else {
                format!("{}{last} {end}", before.join(", "))
            };
            Ok::<_, Error>(Value::from_safe_string(text))
        },
    );
    environment.add_filter("op_een_regel", |state: &mut State, item: Value| {
        printed(state, item).map(|text| Value::from_safe_string(escape::cell(&text)))
    });
    environment.add_filter("regels", |state: &mut State, item: Value| {
        let text = printed(state, item)?;
        let lines: Vec<&str> = text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        Ok::<_, Error>(Value::from_safe_string(lines.join("\n")))
    });
    environment.add_filter("op_rij", |state: &mut State, item: Value| {
        let text = printed(state, item)?;
        let mut row = String::with_capacity(text.len());
        for piece in text
            .lines()
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
        {
            if !row.is_empty() {
                row.push_str(if row.ends_with(['.', '?', '!', ':', ';']) {
                    " "
                } else {
                    "; "
                });
            }
            row.push_str(piece);
        }
        Ok::<_, Error>(Value::from_safe_string(row))
    });
    environment.add_filter("kopanker", |heading: String| {
        lookup::heading_anchor(&heading)
    });
}

/// Adds lines below each other for vocabularies: `hangend`, `onder`, `geciteerd`.
fn add_lines(environment: &mut Environment<'static>) {
    environment.add_filter(
        "hangend",
        |state: &mut State, item: Value, indent: String| {
            let text = hanging(&printed(state, item)?, margin(&indent)?);
            // An empty list item could turn the line above it into a heading.
            let text = if text.trim().is_empty() {
                "–".to_owned()
            } else {
                text
            };
            Ok::<_, Error>(Value::from_safe_string(text))
        },
    );
    environment.add_filter("onder", |state: &mut State, item: Value, indent: String| {
        let text = hanging(&printed(state, item)?, margin(&indent)?);
        let has_lines = text.contains(KEPT_BREAK) || text.starts_with("- ");
        let room = if has_lines {
            format!("{KEPT_BREAK}{indent}")
        } else {
            " ".to_owned()
        };
        Ok::<_, Error>(Value::from_safe_string(room + &text))
    });
    environment.add_filter("geciteerd", |state: &mut State, item: Value| {
        printed(state, item)
            .map(|text| Value::from_safe_string(format!("> {}", hanging(&text, "> "))))
    });
}

/// The pairs of id and thing in a mapping, or the items of a list, without those that could not be read.
pub(super) fn all(things: &Value) -> Result<Value, Error> {
    match things.kind() {
        ValueKind::None => Ok(Value::from(Vec::<Value>::new())),
        ValueKind::Map => {
            let mut pairs = Vec::new();
            for id in things.try_iter()? {
                let thing = things.get_item(&id)?;
                if !thing.is_none() {
                    pairs.push(Value::from(vec![id, thing]));
                }
            }
            Ok(pairs.into_iter().collect())
        }
        _ => Ok(things
            .try_iter()?
            .filter(|thing| !thing.is_none())
            .collect()),
    }
}

/// The pairs of id and thing in a mapping, or the items of a list, grouped by the value of one of their keys. Those without a value
/// are in the group with the empty name.
fn by(things: &Value, key: &str) -> Result<Value, Error> {
    let mut groups: IndexMap<String, Vec<Value>> = IndexMap::new();
    for item in all(things)?.try_iter()? {
        let thing = if things.kind() == ValueKind::Map {
            item.get_item_by_index(1)?
        } else {
            item.clone()
        };
        let group = thing.get_attr(key)?;
        let group = if group.is_none() {
            String::new()
        } else {
            limits::text(&group)?
        };
        groups.entry(group).or_default().push(item);
    }
    Ok(Value::from_pairs(groups))
}

/// The sources that most things in a mapping have, if all name theirs and there are at least two things; else none.
fn shared_sources(things: &Value) -> Result<Value, Error> {
    let things = all(things)?;
    let mut counts: IndexMap<Vec<String>, (usize, Value)> = IndexMap::new();
    let mut total = 0;
    for item in things.try_iter()? {
        let sources = item.get_item_by_index(1)?.get_attr("bron")?;
        if sources.is_none() {
            return Ok(Value::from(()));
        }
        total += 1;
        let (count, _) = counts.entry(texts(&sources)?).or_insert((0, sources));
        *count += 1;
    }
    let most = counts.into_values().max_by_key(|(count, _)| *count);
    let most = most.filter(|(count, _)| *count > 1 && 2 * count >= total);
    Ok(most.map_or_else(|| Value::from(()), |(_, sources)| sources))
}

/// The number of findings in a part of the plan about what could not be read, and so is not shown.
fn unread(findings: &Value, key: &str) -> Result<usize, Error> {
    let mut count = 0;
    for finding in findings.try_iter()? {
        let is_here = finding.get_attr("onderdeel")?.as_str() == Some(key);
        count += usize::from(is_here && !finding.get_attr("gelezen")?.is_true());
    }
    Ok(count)
}

fn one_or_many(value: &Value) -> Result<Vec<String>, Error> {
    match value.as_str() {
        Some(text) => Ok(vec![text.to_owned()]),
        None => texts(&all(value)?),
    }
}

/// The items of a list as texts.
fn texts(items: &Value) -> Result<Vec<String>, Error> {
    let mut length = 0_usize;
    let text = |item| {
        let text = limits::text(&item)?;
        length = length.saturating_add(text.len());
        limits::check_length(length)?;
        Ok(text)
    };
    items.try_iter()?.map(text).collect()
}

/// Makes a text ready for the document. None stays none.
fn content(text: &Value, make: impl FnOnce(&str) -> String) -> Result<Value, Error> {
    if text.is_none() {
        return Ok(Value::from(()));
    }
    match text.as_str() {
        Some(text) => Ok(made(&make(text))),
        None => Err(mistake(format!("expected a text, found {}", text.kind()))),
    }
}

/// The address that a link may lead to: a web or mail address, or an anchor in the document.
fn link_target(url: &str) -> Option<String> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let anchor = url.strip_prefix('#');
    match anchor.filter(|anchor| !anchor.is_empty() && anchor.chars().all(is_part)) {
        Some(_) => Some(url.to_owned()),
        None => prose::safe_url(url),
    }
}

/// Marks a text as ready for the document, with its line breaks kept.
fn made(text: &str) -> Value {
    Value::from_safe_string(text.trim_end().replace('\n', &KEPT_BREAK.to_string()))
}

/// A text in the words of the language. Any other value is returned unchanged.
fn shown(value: &Value, show: impl FnOnce(&str) -> Option<String>) -> Value {
    value
        .as_str()
        .and_then(show)
        .map_or_else(|| value.clone(), Value::from)
}

/// The longest indent of a line.
const WIDEST_INDENT: usize = 40;

/// An indent, which is printed as it is and so must be nothing but spaces.
fn margin(indent: &str) -> Result<&str, Error> {
    if indent.len() <= WIDEST_INDENT && indent.bytes().all(|byte| byte == b' ') {
        Ok(indent)
    } else {
        let detail = format!("expected an indent of at most {WIDEST_INDENT} spaces");
        Err(mistake(detail))
    }
}

/// Lines of which all but the first are indented.
fn hanging(text: &str, indent: &str) -> String {
    let text = escape::tidy(text);
    let lines = text.trim_end().split('\n').map(|line| {
        if line.is_empty() {
            indent.trim_end()
        } else {
            indent
        }
        .to_owned()
            + line
    });
    let hanging = lines.collect::<Vec<_>>().join(&KEPT_BREAK.to_string());
    hanging.get(indent.len()..).unwrap_or_default().to_owned()
}

/// A value as a template would print it.
pub(super) fn printed(state: &mut State, item: Value) -> Result<String, Error> {
    state.format(item)
}

fn known(kind: &str) -> Result<(), Error> {
    if lookup::is_kind(kind) {
        Ok(())
    } else {
        let detail = format!("there are no `{kind}`");
        Err(unknown(detail, kind, lookup::kinds()))
    }
}

/// An error about an unknown name, which suggests the nearest known one.
fn unknown<'k>(detail: String, name: &str, known: impl IntoIterator<Item = &'k str>) -> Error {
    let meant = suggest::nearest(name, known).map(str::to_owned);
    mistake(detail).with_source(Meant(meant))
}

fn mistake(text: String) -> Error {
    Error::new(ErrorKind::InvalidOperation, text)
}
