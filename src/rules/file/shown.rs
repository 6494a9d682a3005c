//! The rule about what a text has and no document shows.

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, parse_document};
use indexmap::IndexSet;

use crate::document::MAX_SEARCHED;
use crate::finding::{Argument, Focus};
use crate::plan::literature::citations;
use crate::rules::check::{FindingSink, RuleContext};
use crate::value::{beginning, markdown_options, web_address};

/// Readers only see what every format of the document can hold.
pub(super) fn not_shown(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let prose = ctx.reading.texts.iter().filter(|text| text.is_prose);
    for text in prose {
        for (kind, part) in hidden_parts(text.text) {
            sink.report(text.path.to_path())
                .focus(Focus::Word(part.clone(), 0))
                .with("wat", Argument::Choice("niet_getoond", kind.to_owned()))
                .with("tekst", part);
        }
    }
}

/// The parts that a document does not show, up to the search limit.
pub(super) fn hidden_parts(prose: &str) -> Vec<(&'static str, String)> {
    if !may_hide(prose) {
        return Vec::new();
    }
    let prose = beginning(prose, MAX_SEARCHED);
    let arena = Arena::new();
    let document = parse_document(&arena, prose, &markdown_options());
    let lines: Vec<&str> = prose.lines().collect();
    let mut parts = IndexSet::new();
    for node in document.descendants() {
        let found = hidden_part(node, &lines).into_iter().chain(title(node));
        parts.extend(found);
    }
    parts.extend(unused_address(document, &lines).map(|part| ("verwijzing", part)));
    parts.into_iter().collect()
}

/// Whether a text has a sign that links, images, footnotes and tables have. Rules out most texts cheaply.
fn may_hide(prose: &str) -> bool {
    let has = |byte: u8| prose.as_bytes().contains(&byte);
    (has(b'[') || has(b'|'))
        && ["](", "|", "[^", "]:", "!["]
            .iter()
            .any(|sign| prose.contains(sign))
}

fn hidden_part(node: Node<'_>, lines: &[&str]) -> Option<(&'static str, String)> {
    let data = node.data();
    match &data.value {
        NodeValue::Image(link) => Some(("afbeelding", link.url.clone())),
        NodeValue::Link(link) if web_address(&link.url).is_none() => {
            (!link.url.is_empty()).then(|| ("koppeling", link.url.clone()))
        }
        NodeValue::Link(_) => {
            let first = node.first_child()?;
            let NodeValue::Text(text) = &first.data().value else {
                return None;
            };
            let footnote = text.strip_prefix('^')?;
            Some(("voetnoot", format!("[^{footnote}]")))
        }
        NodeValue::Text(text) => {
            let start = text.find("[^")?;
            let end = start + text.get(start..)?.find(']')?;
            Some(("voetnoot", text.get(start..=end)?.to_owned()))
        }
        NodeValue::TableRow(_) => {
            let table = node.parent()?;
            let NodeValue::Table(ref table) = table.data().value else {
                return None;
            };
            let line = lines.get(data.sourcepos.start.line.checked_sub(1)?)?;
            let extra = cells(line).nth(table.num_columns)?;
            (!extra.is_empty()).then(|| ("cel", extra.to_owned()))
        }
        _ => None,
    }
}

/// The title of a link or image: `[text](https://example.nl "title")`.
fn title(node: Node<'_>) -> Option<(&'static str, String)> {
    match &node.data().value {
        NodeValue::Link(link) | NodeValue::Image(link) => {
            (!link.title.is_empty()).then(|| ("bijschrift", link.title.clone()))
        }
        _ => None,
    }
}

/// The cells of a row of a table.
fn cells(row: &str) -> impl Iterator<Item = &str> {
    let row = row.trim();
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut escaped = false;
    let cells = row.split(move |c: char| {
        let ends = c == '|' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    cells.map(str::trim)
}

/// The first line `[name]: address` to which no link refers: Markdown takes it out of the text.
fn unused_address(document: Node<'_>, lines: &[&str]) -> Option<String> {
    let is_address = |line: &&&str| {
        let label = line.trim_start().strip_prefix('[');
        label
            .and_then(|label| label.split_once("]:"))
            .is_some_and(|(label, address)| !label.starts_with('^') && !address.trim().is_empty())
    };
    let line = lines.iter().find(is_address)?;
    let (label, target) = line.split_once("]:")?;
    if citations(line).next().is_some() {
        return None;
    }
    let target = target.split_whitespace().next()?;
    let label = label.trim_start().trim_start_matches('[');
    let is_shown = document.descendants().any(|node| match &node.data().value {
        NodeValue::Link(shown) | NodeValue::Image(shown) => shown.url == target,
        NodeValue::Text(text) => text.contains(label),
        NodeValue::CodeBlock(code) => code.literal.contains(line.trim()),
        _ => false,
    });
    (!is_shown).then(|| line.trim().to_owned())
}
