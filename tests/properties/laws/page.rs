//! What a page must be, to a browser's parser.

use std::collections::HashSet;

use scraper::{ElementRef, Html, Node, Selector};

use super::drawing;

/// The elements of a page, besides those of its drawings. Nothing here runs, fetches or asks anything.
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "caption",
    "code",
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
];

/// The attributes that they have.
const ATTRIBUTES: &[&str] = &[
    "aria-label",
    "aria-labelledby",
    "charset",
    "class",
    "content",
    "href",
    "http-equiv",
    "id",
    "lang",
    "name",
    "role",
    "scope",
    "start",
    "tabindex",
];

/// What a page may do, as it tells the browser.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// A page has no mistakes in its HTML, and is made of nothing but what templates make: nothing runs, fetches or asks. Each id is
/// there once, and what refers to one leads somewhere. No level of headings is passed over.
pub fn holds_of_page(page: &Html) {
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    let mut ids = HashSet::new();
    let mut targets = Vec::new();
    let mut level = 0;
    for node in page.tree.nodes() {
        match node.value() {
            Node::Element(element) if drawing::is_part(element) => {
                drawing::holds_of_part(ElementRef::wrap(node).unwrap());
            }
            Node::Element(element) => {
                let name = element.name();
                assert!(ELEMENTS.contains(&name), "{element:?}");
                if let Some(depth) = heading(name) {
                    assert!(depth <= level + 1, "<{name}> below <h{level}>");
                    level = depth;
                }
                // The parser leaves these where it finds them.
                if ["meta", "style", "title"].contains(&name) {
                    let parent = node.parent().and_then(ElementRef::wrap).unwrap();
                    assert_eq!(parent.value().name(), "head");
                }
                for (name, value) in element.attrs() {
                    assert!(ATTRIBUTES.contains(&name), "{element:?}");
                    match name {
                        "id" => assert!(ids.insert(value), "two of {value:?}"),
                        "aria-labelledby" => targets.push(value),
                        "class" => assert!(is_class(value), "{element:?}"),
                        "href" => match value.strip_prefix('#') {
                            Some(id) => targets.push(id),
                            None => assert!(leads_out(value), "{element:?}"),
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
        assert!(ids.contains(target), "{target:?} is nowhere");
    }
    assert_eq!(in_head(page, "title").len(), 1);
    assert_eq!(in_head(page, "style").len(), 1);
    let metas = in_head(page, "meta[http-equiv]");
    let policies: Vec<_> = metas.iter().map(|meta| meta.attr("content")).collect();
    assert_eq!(policies, [Some(POLICY)]);
}

/// Which level a heading has.
fn heading(name: &str) -> Option<u32> {
    name.strip_prefix('h')?.parse().ok()
}

fn in_head<'p>(page: &'p Html, what: &str) -> Vec<ElementRef<'p>> {
    let selector = Selector::parse(&format!("head > {what}")).unwrap();
    page.select(&selector).collect()
}

/// Whether an address leads to the web or to mail.
pub fn leads_out(address: &str) -> bool {
    ["https://", "http://", "mailto:"].iter().any(|scheme| {
        let start = address.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// Whether these are names that a stylesheet could have.
pub fn is_class(names: &str) -> bool {
    !names.is_empty()
        && names
            .chars()
            .all(|c| c.is_ascii_lowercase() || matches!(c, ' ' | '-' | '_'))
}
