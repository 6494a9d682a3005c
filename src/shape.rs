//! The rules of "The file itself" that a readable file can still break: keys, values, ids and texts.
//!
//! Rules about what the answers *say* live with their section; rules about YAML itself in [`document`](crate::document).

mod references;
#[cfg(test)]
mod tests;
mod texts;

use crate::finding::{Argument, Focus, Severity};
use crate::path;
use crate::path::{Path, Step};
use crate::plan::Plan;
use crate::rule::{Found, Rule, Whole};
use crate::value::Answer;

pub(crate) use references::astray;
use references::{ambiguous_id, unknown_citation, unknown_reference, unused};
use texts::{placeholder, raw_html};

/// A key that the model does not have. What stands behind it counts for nothing, and nobody would notice.
pub const UNKNOWN_KEY: Rule = Rule::seen_elsewhere("sleutel-onbekend", Severity::Error);

/// A wrong kind of value, or not one of the choices: nothing can be reckoned with it. Most are seen where a plan is read.
pub const INVALID_VALUE: Rule = Rule::error("waarde-ongeldig", ends_before_start);

/// The rules of the file itself.
pub const RULES: &[Rule] = &[
    UNKNOWN_KEY,
    INVALID_VALUE,
    Rule::error("verwijzing-onbekend", unknown_reference),
    Rule::error("id-dubbel", ambiguous_id),
    Rule::error("id-vorm", malformed_id),
    Rule::error("versie-onbekend", unknown_version),
    Rule::error("onderdeel-ontbreekt", section_missing),
    Rule::warning("nog-in-te-vullen", placeholder),
    Rule::warning("html-in-tekst", raw_html),
    Rule::tip("niet-gebruikt", unused),
    Rule::error("bron-onbekend", unknown_citation),
];

/// Ids stand in file names, links and other people's scripts, where capitals, spaces and accents give trouble.
fn malformed_id(whole: &Whole<'_>, found: &mut Found<'_>) {
    for path in &whole.reading.malformed_ids {
        let Some(Step::Key(id)) = path.steps().next_back() else {
            continue;
        };
        let finding = found.at(path.clone()).focus(Focus::Key);
        finding.with("id", id.as_str());
        let proposal = well_formed(id);
        if !proposal.is_empty() {
            finding.with("voorstel", proposal);
        }
    }
}

/// A plan that ends before it starts has its days swapped, or one of them wrong: no day in it can be compared with them.
fn ends_before_start(whole: &Whole<'_>, found: &mut Found<'_>) {
    let Some(header) = whole.plan.header.given() else {
        return;
    };
    let start = header.start.given().map(|day| day.date());
    let end = header.end.given().and_then(|end| end.date(start));
    if let Some((_, end)) = start.zip(end).filter(|(start, end)| end < start) {
        let expected = Argument::Choice("soorten", AFTER_START.to_owned());
        found
            .at(path!["plan", "einde"])
            .with("waarde", end.to_string())
            .with("verwacht", expected);
    }
}

/// What to write for the end of a plan that ends before it starts.
const AFTER_START: &str = "einde_na_start";

/// The version says how the file must be read, also by the programs of years from now.
fn unknown_version(whole: &Whole<'_>, found: &mut Found<'_>) {
    match &whole.plan.version {
        Answer::Missing if !whole.reading.broken => {
            found.at(Path::root());
        }
        Answer::Given(version) if version.value() != Plan::VERSION => {
            found
                .at(path!["versie"])
                .with("versie", version.value().to_string());
        }
        _ => {}
    }
}

/// A plan has the twelve sections of the handreiking.
fn section_missing(whole: &Whole<'_>, found: &mut Found<'_>) {
    for (nr, key) in whole.plan.missing_sections() {
        found
            .at(Path::root())
            .with("nummer", nr)
            .with("onderdeel", Argument::Field(key))
            .with("sleutel", key);
    }
}

/// An id that looks like the given one and is well-formed; empty if nothing of it can stay.
pub(crate) fn well_formed(id: &str) -> String {
    let mut formed = String::with_capacity(id.len());
    for character in id.chars().flat_map(char::to_lowercase) {
        match character {
            'a'..='z' | '0'..='9' => formed.push(character),
            'à'..='å' => formed.push('a'),
            'æ' => formed.push_str("ae"),
            'ç' => formed.push('c'),
            'è'..='ë' => formed.push('e'),
            'ì'..='ï' => formed.push('i'),
            'ñ' => formed.push('n'),
            'ò'..='ö' | 'ø' => formed.push('o'),
            'ù'..='ü' => formed.push('u'),
            'ý' | 'ÿ' => formed.push('y'),
            'ß' => formed.push_str("ss"),
            'œ' => formed.push_str("oe"),
            'ĳ' => formed.push_str("ij"),
            '\'' | '’' | '‘' | '\u{300}'..='\u{36f}' => {}
            _ if formed.is_empty() || formed.ends_with('-') => {}
            _ => formed.push('-'),
        }
    }
    formed.truncate(formed.trim_end_matches('-').len());
    formed
}
