//! Properties of a page, parsed by a browser's parser.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Node, Selector};

use super::drawings;
use super::style::is_place;

/// The elements of a page outside drawings. None of them runs scripts, fetches or submits anything.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "caption",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "li",
    "main",
    "mark",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "style",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "wbr",
];

/// The attributes of those elements.
const ATTRIBUTES: &[&str] = &[
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "charset",
    "class",
    "colspan",
    "content",
    "data-head",
    "data-unit",
    "href",
    "http-equiv",
    "id",
    "lang",
    "name",
    "role",
    "scope",
    "start",
    "style",
    "tabindex",
];

/// The Content-Security-Policy of every page.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// The HTML is valid and consists only of the elements and attributes that templates produce. Ids are unique, references to
/// them exist, and no heading level is skipped.
pub fn check_page(page: &Html) {
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    let mut ids = HashSet::new();
    let mut targets = Vec::new();
    let mut level = 0;
    for node in page.tree.nodes() {
        match node.value() {
            Node::Element(element) if drawings::is_part(element) => {
                drawings::check_part(ElementRef::wrap(node).unwrap());
            }
            Node::Element(element) => {
                let name = element.name();
                assert!(ELEMENTS.contains(&name), "{element:?}");
                if let Some(depth) = heading_level(name) {
                    assert!(depth <= level + 1, "<{name}> below <h{level}>");
                    level = depth;
                }
                // The parser accepts these elements anywhere.
                if ["meta", "style", "title"].contains(&name) {
                    let parent = node.parent().and_then(ElementRef::wrap).unwrap();
                    assert_eq!(parent.value().name(), "head");
                }
                for (name, value) in element.attrs() {
                    assert!(ATTRIBUTES.contains(&name), "{element:?}");
                    match name {
                        "id" => assert!(ids.insert(value), "duplicate id {value:?}"),
                        "aria-labelledby" => targets.push(value),
                        "class" => assert!(is_class(value), "{element:?}"),
                        "style" => assert!(is_place(value), "{element:?}"),
                        "href" => match value.strip_prefix('#') {
                            Some(id) => targets.push(id),
                            None => assert!(is_external(value), "{element:?}"),
                        },
                        _ => {}
                    }
                }
            }
            Node::Comment(_) | Node::ProcessingInstruction(_) => panic!("{:?}", node.value()),
            _ => {}
        }
    }
    for target in targets {
        assert!(ids.contains(target), "no element with id {target:?}");
    }
    assert_eq!(in_head(page, "title").len(), 1);
    assert_eq!(in_head(page, "style").len(), 1);
    let metas = in_head(page, "meta[http-equiv]");
    let policies: Vec<_> = metas.iter().map(|meta| meta.attr("content")).collect();
    assert_eq!(policies, [Some(POLICY)]);
}

/// The level of a heading element.
fn heading_level(name: &str) -> Option<u32> {
    name.strip_prefix('h')?.parse().ok()
}

fn in_head<'p>(page: &'p Html, selector: &str) -> Vec<ElementRef<'p>> {
    let selector = Selector::parse(&format!("head > {selector}")).unwrap();
    page.select(&selector).collect()
}

/// Whether an address is a web or mail address.
pub fn is_external(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        let start = address.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// Whether a text is a list of class names as templates write them.
pub fn is_class(names: &str) -> bool {
    !names.is_empty()
        && names
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, ' ' | '-' | '_'))
}
