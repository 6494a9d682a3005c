//! The patterns of the schema, which accept what is read except for invisible characters and look-alikes of letters.

use super::date::{MONTHS, YEARS_PATTERN as YEAR};
use super::{ADVERBS, DEADLINE, EVERY, FROM_START, NUMBERS, UNTIL, Unit};
use crate::value::scalar::{HYPHEN, any_case};

fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let words = words.into_iter().filter(|word| !word.is_empty());
    let words = words.map(|word| {
        any_case(word)
            .replace(' ', r"\s+")
            .replace("[eE][eE][nN]", "[eEéÉ][eEéÉ][nN]")
    });
    format!("({})", words.collect::<Vec<_>>().join("|"))
}

fn unit() -> String {
    let names = Unit::ALL.iter().flat_map(|unit| unit.names()).copied();
    format!(r"{}\.?", one_of(names))
}

/// A number of some unit of time.
fn amount() -> String {
    let amounts = Unit::ALL.map(|unit| {
        let names = one_of(unit.names().iter().copied());
        format!(r"[0-9]{{1,{}}}\s*{names}\.?", unit.digits())
    });
    amounts.join("|")
}

fn date() -> String {
    let (month, day) = ("(0?[1-9]|1[0-2])", "(0?[1-9]|[12][0-9]|3[01])");
    let short = MONTHS
        .iter()
        .flatten()
        .flat_map(|name| [Some(*name), name.get(..3)])
        .flatten();
    let name = one_of(short);
    let year = YEAR;
    let hyphen = format!(r"\s*{HYPHEN}\s*");
    let ordinal = r"(\.|[sS][tT]|[nNrR][dD]|[tT][hH])?";
    format!(
        r"({year}{hyphen}{month}{hyphen}{day}|{day}{hyphen}({month}|{name}){hyphen}{year}|{day}\s*\.\s*{month}\s*\.\s*{year}|{day}{ordinal}\s+{name}\.?\s+{year}|{name}\.?\s+{day}{ordinal},?\s+{year})"
    )
}

/// A period without a word before it. It is not 0 if it repeats.
fn period() -> String {
    let numbers = one_of(NUMBERS.iter().flatten().copied().chain(["a", "an"]));
    let half = one_of([
        "half",
        "halve",
        "een half",
        "half a",
        "anderhalf",
        "anderhalve",
        "one and a half",
    ]);
    let years = format!(r"{}\.?", one_of(Unit::Year.names().iter().copied()));
    format!(
        r"({amount}|{numbers}\s+{unit}|({half}|[0-9]{{1,2}}([.,]5|½))\s+{years}|({een}\s+)?{halfjaar})",
        amount = amount(),
        unit = unit(),
        een = one_of(["een"]),
        halfjaar = one_of(["halfjaar"]),
    )
}

/// The day that documents add.
const DAY: &str = r"(\s+\([^()]+\))?";

pub(super) fn from_start() -> String {
    let after = one_of(FROM_START);
    format!(r"{}({after}\s+)?{}{DAY}", deadline(), period())
}

pub(super) fn moment() -> String {
    format!("({}|{})", day(), from_start())
}

pub(super) fn day() -> String {
    format!("{}{}", deadline(), date())
}

fn deadline() -> String {
    format!(r"({}\s+)?", one_of(DEADLINE))
}

fn part() -> String {
    let every = format!(
        r"{}\s+((?!0+\s*[a-zA-Z]){}|{})",
        one_of(EVERY),
        period(),
        unit()
    );
    let adverb = one_of(ADVERBS.map(|(adverb, ..)| adverb));
    let until = format!(
        r"(\s+{}\s+{})?",
        one_of(UNTIL.into_iter().chain(["tot en met"])),
        from_start()
    );
    format!("({}|({every}|{adverb}){until}{DAY})", moment())
}

pub(super) fn rhythm() -> String {
    let words = one_of(["en", "and"]);
    format!(r"({}(\s*[,;]\s*(?=\S)|\s+{words}\s+|$))+", part())
}
