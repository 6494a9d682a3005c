//! Nothing that a plan says becomes part of a document: no element, attribute, address or line of a template comes from it but
//! what Markdown legitimately makes in prose.
//!
//! Parsers that share no code with what made the documents judge: a browser's for HTML, another reader for Markdown.

// A test may stop at the first surprise.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "injection/vectors.rs"]
mod vectors;

use planmaker::document::Document;
use planmaker::facts::Facts;
use planmaker::finding::{Finding, Findings};
use planmaker::reading;
use planmaker::render::{Format, render};
use planmaker::rule::{self, Whole};
use planmaker::view::View;
use pulldown_cmark::{Event, Options, Parser, Tag};
use rayon::prelude::*;
use scraper::{Html, Node};
use serde_json::Value;
use vectors::{LINES, VECTORS};

/// What a harmless text has in the place of a hostile one.
const HARMLESS: &str = "tekst";

/// The worked example with at most two things of each kind: unoptimised, all of it takes a second for each text.
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

/// The pointers to all texts of the example, numbers and days among them.
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

/// The documents of a plan, read from YAML as a file is: HTML and Markdown. The list of open points differs from text to text,
/// so it is left out where documents are compared.
fn documents(plan: &Value, has_points: bool) -> [String; 2] {
    let yaml = serde_yaml::to_string(plan).unwrap();
    let mut findings = Findings::default();
    let document = Document::read(yaml.as_bytes(), &mut findings);
    let (plan, reading) = reading::read(&document, &mut findings);
    assert_eq!(document.stop(), None, "{yaml}");
    let facts = Facts::of(&plan);
    let whole = Whole {
        plan: &plan,
        facts: &facts,
        reading: &reading,
        today: None,
    };
    let silenced = rule::check(&whole, &mut findings);
    let findings: Vec<Finding> = findings.iter().filter(|_| has_points).cloned().collect();
    let view = View::of(&plan, &facts, &findings, &silenced);
    [Format::Html, Format::Markdown].map(|format| render(&view, format).unwrap())
}

/// The fields of the example that are free text: not the ids, choices, days and numbers on which the rest of the plan hangs.
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

/// What a page has besides texts: its elements with their attributes.
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

/// The elements that Markdown makes in prose, and the attributes that they have there.
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
];
/// What an element from prose may have besides.
const ATTRIBUTES: &[&str] = &["href", "tabindex", "class", "aria-label", "scope", "start"];

/// Elements that run, fetch or ask something. None of them belongs in a document.
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
/// Attributes that do.
const LOADING: &[&str] = &[
    "style",
    "src",
    "srcset",
    "srcdoc",
    "action",
    "formaction",
    "data",
    "xlink:href",
];

/// What figures are drawn with, and the attributes that have their measures.
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
    "r",
    "role",
    "rx",
    "stroke-width",
    "viewBox",
    "width",
    "x",
    "y",
];

/// A drawing is one of the templates: those have measures, and nothing that does anything.
fn is_drawn(element: &scraper::node::Element, context: &str) {
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

/// What holds for every page, whatever the plan.
fn page_is_safe(page: &Html, vector: &str, place: &str) {
    let context = || format!("{vector:?} in {place}");
    for node in page.tree.root().descendants() {
        match node.value() {
            Node::Element(element) => {
                let name = element.name();
                assert!(!ACTIVE.contains(&name), "<{name}> from {}", context());
                if DRAWN.contains(&name) {
                    is_drawn(element, &context());
                }
                for (name, value) in element.attrs() {
                    assert!(
                        !name.starts_with("on") && !LOADING.contains(&name),
                        "{name} from {}",
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

/// Counts what differs between two lists, as additions to the first.
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

fn html_is_as_with_harmless_text(harmless: &[String], page: &str, vector: &str, place: &str) {
    let page = Html::parse_document(page);
    page_is_safe(&page, vector, place);
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
        // A figure is laid out by how long its texts are.
        // What the plan's title is called, and what ids and captions are made of, stands in attributes as text.
        let is_text_of_template =
            ["section", "table", "tr", "div", "dl", "ul", "html"].contains(&name);
        assert!(
            is_prose || is_text_of_template || DRAWN.contains(&name),
            "<{element}> from {vector:?} in {place}"
        );
    }
}

fn markdown_is_safe(document: &str, vector: &str, place: &str) {
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

/// The headings of a Markdown document, as levels.
fn headings(document: &str) -> Vec<u8> {
    let events = Parser::new_ext(document, Options::ENABLE_TABLES);
    let levels = events.filter_map(|event| match event {
        Event::Start(Tag::Heading { level, .. }) => Some(level as u8),
        _ => None,
    });
    levels.collect()
}

fn no_control_characters(document: &str, vector: &str, place: &str) {
    let control = document.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    });
    assert_eq!(control, None, "from {vector:?} in {place}");
}

/// Measures of figures are numbers too: only what is read counts.
fn forty_nines(html: &str) -> usize {
    let page = Html::parse_document(html);
    let text: String = page.root_element().text().collect();
    text.matches("49").count()
}

/// The plan with one text in all fields.
fn filled(plan: &Value, text: &str) -> Value {
    let mut filled = plan.clone();
    for pointer in fields(plan) {
        *filled.pointer_mut(&pointer).unwrap() = text.into();
    }
    filled
}

#[test]
fn no_text_becomes_more_than_a_text() {
    let plan = example();
    let [html, markdown] = documents(&filled(&plan, HARMLESS), false);
    let harmless = elements(&Html::parse_document(&html));
    let count = [html, markdown.clone()].map(|document| forty_nines(&document));
    let parts = |markdown: &str| {
        headings(markdown)
            .into_iter()
            .filter(|level| *level <= 2)
            .count()
    };
    VECTORS.par_iter().chain(LINES).for_each(|vector| {
        let [html, markdown_now] = documents(&filled(&plan, vector), false);
        html_is_as_with_harmless_text(&harmless, &html, vector, "all fields");
        markdown_is_safe(&markdown_now, vector, "all fields");
        for (document, before) in [(&html, count[0]), (&markdown_now, count[1])] {
            no_control_characters(document, vector, "all fields");
            // No template code is run: nothing adds up to 49 that did not before.
            assert!(
                vector.contains("49") || forty_nines(document) == before,
                "{vector:?}"
            );
        }
        // A text can add headings below the part that it stands in, but no part of its own.
        assert_eq!(parts(&markdown_now), parts(&markdown), "{vector:?}");
    });
}

/// What one text leaves open, another could close.
#[test]
fn no_texts_together_become_more() {
    let plan = example();
    let fields = fields(&plan);
    for nr in (0..VECTORS.len()).step_by(12) {
        let mut hostile = plan.clone();
        for (at, pointer) in fields.iter().enumerate() {
            *hostile.pointer_mut(pointer).unwrap() = VECTORS[(nr + at) % VECTORS.len()].into();
        }
        let [html, markdown] = documents(&hostile, true);
        page_is_safe(&Html::parse_document(&html), VECTORS[nr], "mixed fields");
        markdown_is_safe(&markdown, VECTORS[nr], "mixed fields");
        no_control_characters(&html, VECTORS[nr], "mixed fields");
        no_control_characters(&markdown, VECTORS[nr], "mixed fields");
    }
}

/// Keys are texts too: an unknown one is told, an id stands in addresses and names.
#[test]
fn no_key_becomes_more() {
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
    page_is_safe(&Html::parse_document(&html), "all", "keys");
    markdown_is_safe(&markdown, "all", "keys");
    no_control_characters(&html, "all", "keys");
    no_control_characters(&markdown, "all", "keys");
}

/// The policy of the page stands, and nothing that a plan says stands in the style.
#[test]
fn the_style_of_a_page_holds_no_way_out() {
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
