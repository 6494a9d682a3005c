//! Rules about texts: no placeholders and no HTML.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use comrak::nodes::NodeValue;
use comrak::{Arena, parse_document};

use crate::document::MAX_SEARCHED;
use crate::finding::Focus;
use crate::rules::check::{FindingSink, RuleContext};
use crate::value::{beginning, markdown_options};

/// A placeholder such as "TODO" must still be filled in.
pub(super) fn placeholder(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    for text in &ctx.reading.texts {
        if is_placeholder(text.text) {
            sink.report(text.path.to_path()).with("tekst", text.text);
        }
    }
}

/// HTML has no meaning in the other formats of a plan, and a page must not run markup from a plan.
pub(super) fn raw_html(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let prose = ctx.reading.texts.iter().filter(|text| text.is_prose);
    for text in prose {
        if let Some(tag) = first_tag(text.text) {
            sink.report(text.path.to_path())
                .focus(Focus::Word(tag.clone(), 0))
                .with("tekst", tag);
        }
    }
}

/// The words and signs used as placeholders, normalised.
pub(super) static PLACEHOLDERS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let lines = include_str!("../lists/placeholders.txt")
        .lines()
        .map(str::trim);
    let phrases = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    phrases
        .flat_map(|phrase| {
            let (letters, _) = run_together(phrase);
            if letters.is_empty() {
                signs(phrase).map(String::from).collect()
            } else {
                vec![letters]
            }
        })
        .collect()
});

/// Whether a text consists of placeholders only.
pub(super) fn is_placeholder(text: &str) -> bool {
    if !may_be_placeholder(text) {
        return false;
    }
    let (letters, ends) = run_together(text);
    if letters.is_empty() {
        let mut signs = signs(text).peekable();
        return signs.peek().is_some()
            && signs.all(|sign| PLACEHOLDERS.contains(sign.encode_utf8(&mut [0; 4])));
    }
    let mut start = 0;
    while start < letters.len() {
        let longest = ends.iter().rev().find(|end| {
            (1..=MAX_PLACEHOLDER).contains(&end.saturating_sub(start))
                && PLACEHOLDERS.contains(&letters[start..**end])
        });
        let Some(end) = longest else { return false };
        start = *end;
    }
    true
}

/// Whether some placeholder starts with the first word of the text. Rules out most texts cheaply.
fn may_be_placeholder(text: &str) -> bool {
    let mut words = text.split(|character: char| !character.is_alphanumeric());
    let Some(first) = words.find(|word| !word.is_empty()) else {
        return true;
    };
    let first: String = first.chars().flat_map(char::to_lowercase).collect();
    // The set is sorted, so the first candidate decides.
    let mut from_first = PLACEHOLDERS.range(first.clone()..);
    from_first
        .next()
        .is_some_and(|placeholder| placeholder.starts_with(&first))
}

/// The maximum length of a placeholder's letters, in bytes. Limits the lookups in a long text.
pub(super) const MAX_PLACEHOLDER: usize = 32;

/// The first words of a text, in lower case and joined without separators, and the offset where each ends. A placeholder has
/// no more than these.
fn run_together(text: &str) -> (String, Vec<usize>) {
    const MAX_WORDS: usize = 16;

    let (mut letters, mut ends) = (String::new(), Vec::new());
    let words = text.split(|character: char| !character.is_alphanumeric());
    for word in words.filter(|word| !word.is_empty()).take(MAX_WORDS) {
        letters.extend(word.chars().flat_map(char::to_lowercase));
        ends.push(letters.len());
    }
    (letters, ends)
}

/// The signs of a text, except brackets, quotes and emphasis.
fn signs(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|sign| !sign.is_whitespace() && !"[](){}<>*`\"'‘’“”".contains(*sign))
}

/// The first tag that Markdown treats as HTML, up to the search limit.
pub(super) fn first_tag(prose: &str) -> Option<String> {
    let prose = beginning(prose, MAX_SEARCHED);
    if !prose.contains('<') {
        return None;
    }
    let arena = Arena::new();
    let document = parse_document(&arena, prose, &markdown_options());
    let html = document
        .descendants()
        .find_map(|node| match &node.data.borrow().value {
            NodeValue::HtmlBlock(block) => Some(block.literal.clone()),
            NodeValue::HtmlInline(tag) => Some(tag.clone()),
            _ => None,
        })?;
    let tag = html.trim().split_inclusive('>').next().unwrap_or_default();
    Some(tag.lines().next().unwrap_or_default().to_owned())
}
