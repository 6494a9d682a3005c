//! No text of a plan can inject anything into a document: no element, attribute, address or template code, except what Markdown
//! legitimately makes of prose.
//!
//! The documents are checked with parsers that share no code with planmaker: a browser's for HTML, another one for Markdown.

// Tests may panic.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "injection/vectors.rs"]
mod vectors;

use crate::style::is_place;
use planmaker::{Checked, Findings, Format, View, render};
use pulldown_cmark::{Event, Options, Parser, Tag};
use rayon::prelude::*;
use scraper::{Html, Node};
use serde_json::Value;
use vectors::{LINES, VECTORS};

/// The text in the place of a hostile one, for comparison.
const HARMLESS: &str = "tekst";

/// The worked example with at most two things of each kind, because an unoptimised build needs a second per text for all.
fn example() -> Value {
    let text = std::fs::read_to_string("examples/psycho-educatie.yaml").unwrap();
    let mut plan: Value = serde_yaml::from_str(&text).unwrap();
    plan.as_object_mut().unwrap().values_mut().for_each(shorten);
    plan
}

fn shorten(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            if entries.values().all(Value::is_object) {
                *entries = std::mem::take(entries).into_iter().take(2).collect();
            }
            entries.values_mut().for_each(shorten);
        }
        Value::Array(items) => {
            items.truncate(2);
            items.iter_mut().for_each(shorten);
        }
        _ => {}
    }
}

/// Collects the JSON pointers to all scalars.
fn texts(value: &Value, pointer: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                texts(value, &format!("{pointer}/{key}"), into);
            }
        }
        Value::Array(items) => {
            for (nr, value) in items.iter().enumerate() {
                texts(value, &format!("{pointer}/{nr}"), into);
            }
        }
        _ => into.push(pointer.to_owned()),
    }
}

/// Renders a plan as HTML and Markdown, by way of YAML. The open points depend on the text, so they are left out where
/// documents are compared.
fn documents(plan: &Value, has_points: bool) -> [String; 2] {
    let yaml = serde_yaml::to_string(plan).unwrap();
    let mut checked = Checked::read(&yaml);
    assert!(checked.is_whole(), "{yaml}");
    if !has_points {
        checked.findings = Findings::default();
    }
    let view = View::of(&checked);
    [Format::Html, Format::Markdown].map(|format| render(&view, format).unwrap())
}

/// The pointers to free text, not to ids, choices, dates and numbers, on which the rest of the plan depends.
fn fields(plan: &Value) -> Vec<String> {
    let mut pointers = Vec::new();
    texts(plan, "", &mut pointers);
    pointers.retain(|pointer| {
        let key = pointer
            .rsplit('/')
            .find(|step| step.parse::<usize>().is_err());
        let text = plan
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_moment = matches!(
            key,
            Some("start" | "einde" | "termijn" | "gereed" | "wanneer" | "dataverzameling_vanaf")
        );
        key == Some("url") || (!is_moment && text.contains(|c: char| c == ' ' || c.is_uppercase()))
    });
    pointers
}

fn with(plan: &Value, pointer: &str, text: &str) -> Value {
    let mut plan = plan.clone();
    *plan.pointer_mut(pointer).unwrap() = Value::from(text);
    plan
}

/// The elements of a page with their attributes, and its comments.
fn elements(page: &Html) -> Vec<String> {
    let nodes = page.tree.root().descendants();
    let elements = nodes.filter_map(|node| match node.value() {
        Node::Element(element) => {
            let mut attributes: Vec<String> = element
                .attrs()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            attributes.sort();
            Some(format!("{} {}", element.name(), attributes.join(" ")))
        }
        Node::Comment(comment) => Some(format!("comment {}", &**comment)),
        Node::ProcessingInstruction(_) => Some("instruction".to_owned()),
        _ => None,
    });
    elements.collect()
}

/// Elements that Markdown makes in prose.
const PROSE: &[&str] = &[
    "p",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "section",
    "hr",
    "em",
    "strong",
    "del",
    "a",
    "br",
    "span",
    "wbr",
];
/// Attributes of elements in prose.
const ATTRIBUTES: &[&str] = &[
    "href",
    "tabindex",
    "class",
    "data-head",
    "role",
    "scope",
    "start",
];

/// Elements that run, fetch or submit something. No document has any.
const ACTIVE: &[&str] = &[
    "script",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "img",
    "image",
    "foreignObject",
    "animate",
    "set",
    "use",
    "math",
    "base",
    "link",
    "template",
    "video",
    "audio",
    "source",
    "plaintext",
];
/// Attributes that do the same.
const LOADING: &[&str] = &[
    "src",
    "srcset",
    "srcdoc",
    "action",
    "formaction",
    "data",
    "xlink:href",
];

/// Elements of figures, and their attributes.
const DRAWN: &[&str] = &["svg", "path", "rect", "circle", "polygon", "text"];
const MEASURES: &[&str] = &[
    "aria-hidden",
    "aria-label",
    "class",
    "cx",
    "cy",
    "d",
    "height",
    "points",
    "preserveAspectRatio",
    "r",
    "role",
    "rx",
    "stroke-width",
    "preserveAspectRatio",
    "viewBox",
    "width",
    "x",
    "y",
];

/// Checks that an element of a figure has no other attributes.
fn check_drawn(element: &scraper::node::Element, context: &str) {
    let name = element.name();
    assert!(
        name != "svg" || element.attr("viewBox").is_some(),
        "<svg> from {context}"
    );
    for (attribute, _) in element.attrs() {
        assert!(
            MEASURES.contains(&attribute),
            "<{name} {attribute}> from {context}"
        );
    }
}

fn is_safe_address(address: &str) -> bool {
    ["https://", "http://", "mailto:", "#"]
        .iter()
        .any(|scheme| address.starts_with(scheme))
}

/// Checks the properties of every page.
fn check_page(page: &Html, vector: &str, place: &str) {
    let context = || format!("{vector:?} in {place}");
    for node in page.tree.root().descendants() {
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                assert!(!ACTIVE.contains(&name), "<{name}> from {}", context());
                if DRAWN.contains(&name) {
                    check_drawn(element, &context());
                }
                for (name, value) in element.attrs() {
                    assert!(
                        !name.starts_with("on") && !LOADING.contains(&name),
                        "{name} from {}",
                        context()
                    );
                    assert!(
                        name != "style" || is_place(value),
                        "style={value} from {}",
                        context()
                    );
                    assert!(
                        name != "href" || is_safe_address(value),
                        "href={value} from {}",
                        context()
                    );
                }
            }
            Node::Comment(_) | Node::ProcessingInstruction(_) => {
                panic!("a comment from {}", context())
            }
            _ => {}
        }
    }
}

/// The elements of `after` that are not in `before`, counting repeats.
fn added(before: &[String], after: &[String]) -> Vec<String> {
    let mut left: Vec<&String> = before.iter().collect();
    let mut added = Vec::new();
    for element in after {
        match left.iter().position(|known| *known == element) {
            Some(at) => {
                left.swap_remove(at);
            }
            None => added.push(element.clone()),
        }
    }
    added
}

fn check_html(harmless: &[String], page: &str, vector: &str, place: &str) {
    let page = Html::parse_document(page);
    check_page(&page, vector, place);
    for element in added(harmless, &elements(&page)) {
        let (name, attributes) = element.split_once(' ').unwrap();
        let is_prose = PROSE.contains(&name)
            && attributes
                .split(' ')
                .filter_map(|attribute| attribute.split_once('='))
                .filter(|(name, _)| name.len() < 12)
                .all(|(name, _)| {
                    ATTRIBUTES.contains(&name)
                        || !name.chars().all(|c| c.is_ascii_lowercase() || c == '-')
                });
        // The layout of figures depends on the length of texts, and attributes contain titles, ids and captions as text.
        let is_text_of_template =
            ["section", "table", "tr", "div", "dl", "ul", "html"].contains(&name);
        assert!(
            is_prose || is_text_of_template || DRAWN.contains(&name),
            "<{element}> from {vector:?} in {place}"
        );
    }
}

fn check_markdown(document: &str, vector: &str, place: &str) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    for event in Parser::new_ext(document, options) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                panic!("{html:?} from {vector:?} in {place}")
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(
                    is_safe_address(&dest_url),
                    "{dest_url} from {vector:?} in {place}"
                );
            }
            Event::Start(Tag::Image { .. } | Tag::FootnoteDefinition(_) | Tag::HtmlBlock)
            | Event::FootnoteReference(_) => {
                panic!("{event:?} from {vector:?} in {place}");
            }
            _ => {}
        }
    }
}

/// The levels of the headings in a Markdown document.
fn headings(document: &str) -> Vec<u8> {
    let events = Parser::new_ext(document, Options::ENABLE_TABLES);
    let levels = events.filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level as u8),
        _ => None,
    });
    levels.collect()
}

fn check_no_control_characters(document: &str, vector: &str, place: &str) {
    let control = document.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert_eq!(control, None, "from {vector:?} in {place}");
}

/// Counts "49" in the text of a page, not in the numbers of its figures.
fn count_of_49(html: &str) -> usize {
    let page = Html::parse_document(html);
    let text: String = page.root_element().text().collect();
    text.matches("49").count()
}

/// Fills all fields with one text.
fn filled(plan: &Value, text: &str) -> Value {
    let mut filled = plan.clone();
    for pointer in fields(plan) {
        *filled.pointer_mut(&pointer).unwrap() = text.into();
    }
    filled
}

#[test]
fn no_text_injects_anything() {
    let plan = example();
    let [html, markdown] = documents(&filled(&plan, HARMLESS), false);
    let harmless = elements(&Html::parse_document(&html));
    let count = [html, markdown.clone()].map(|document| count_of_49(&document));
    let parts = |markdown: &str| {
        headings(markdown)
            .into_iter()
            .filter(|level| *level <= 2)
            .count()
    };
    VECTORS.par_iter().chain(LINES).for_each(|vector| {
        let [html, markdown_now] = documents(&filled(&plan, vector), false);
        check_html(&harmless, &html, vector, "all fields");
        check_markdown(&markdown_now, vector, "all fields");
        for (document, before) in [(&html, count[0]), (&markdown_now, count[1])] {
            check_no_control_characters(document, vector, "all fields");
            // No template code runs, so `7*7` does not become 49.
            assert!(
                vector.contains("49") || count_of_49(document) == before,
                "{vector:?}"
            );
        }
        // A text can add headings within its part of the document, but no parts.
        assert_eq!(parts(&markdown_now), parts(&markdown), "{vector:?}");
    });
}

/// One text could close what another leaves open.
#[test]
fn no_combination_of_texts_injects_anything() {
    let plan = example();
    let fields = fields(&plan);
    for nr in (0..VECTORS.len()).step_by(12) {
        let mut hostile = plan.clone();
        for (at, pointer) in fields.iter().enumerate() {
            *hostile.pointer_mut(pointer).unwrap() = VECTORS[(nr + at) % VECTORS.len()].into();
        }
        let [html, markdown] = documents(&hostile, true);
        check_page(&Html::parse_document(&html), VECTORS[nr], "mixed fields");
        check_markdown(&markdown, VECTORS[nr], "mixed fields");
        check_no_control_characters(&html, VECTORS[nr], "mixed fields");
        check_no_control_characters(&markdown, VECTORS[nr], "mixed fields");
    }
}

/// Keys are texts too: unknown ones are reported, ids are used in addresses and names.
#[test]
fn no_key_injects_anything() {
    let plan = example();
    let mut hostile = plan;
    for pointer in [
        "",
        "/plan",
        "/betrokken_groepen",
        "/contextanalyse/factoren",
        "/literatuur",
        "/planning_en_budget/activiteiten",
        "/uitzonderingen",
    ] {
        if let Some(Value::Object(entries)) = hostile.pointer_mut(pointer) {
            let keys = VECTORS
                .iter()
                .chain(LINES)
                .map(|vector| (*vector).to_owned());
            entries.extend(keys.map(|key| (key, serde_json::json!({ "naam": "x" }))));
        }
    }
    let [html, markdown] = documents(&hostile, true);
    check_page(&Html::parse_document(&html), "all", "keys");
    check_markdown(&markdown, "all", "keys");
    check_no_control_characters(&html, "all", "keys");
    check_no_control_characters(&markdown, "all", "keys");
}

/// Only the running title in the style depends on the plan.
#[test]
fn style_cannot_be_escaped_from() {
    let plan = serde_json::json!({ "versie": 1, "plan": { "titel": HARMLESS } });
    let style = |plan: &Value| {
        let [html, _] = documents(plan, false);
        let page = Html::parse_document(&html);
        let selector = scraper::Selector::parse("style").unwrap();
        page.select(&selector)
            .map(|style| style.text().collect::<String>())
            .collect::<Vec<_>>()
    };
    let usual = style(&with(&plan, "/plan/titel", HARMLESS));
    let line = |text: &str| {
        text.lines()
            .position(|line| line.contains("@top-left { content: \""))
            .unwrap()
    };
    for vector in VECTORS
        .iter()
        .chain(LINES)
        .filter(|vector| vector.contains(['<', '"', '\\', '}', '\n']))
    {
        let styles = style(&with(&plan, "/plan/titel", vector));
        assert_eq!(styles.len(), usual.len(), "{vector:?}");
        for (style, usual) in styles.iter().zip(&usual) {
            let at = line(usual);
            for (nr, (after, before)) in style.lines().zip(usual.lines()).enumerate() {
                if nr == at {
                    let inside = after
                        .trim()
                        .strip_prefix("@top-left { content: \"")
                        .and_then(|rest| rest.strip_suffix("\" }"));
                    assert!(
                        inside.is_some_and(|inside| !inside.contains(['"', '<', '\n'])),
                        "{after} from {vector:?}"
                    );
                } else {
                    assert_eq!(after, before, "{vector:?}");
                }
            }
        }
    }
}
