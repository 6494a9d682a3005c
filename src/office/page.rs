//! Reads the elements of a page back.
//!
//! The page is ours or made by the user's own templates, so it is read as browsers do: without complaints. Plan texts are escaped in
//! it, and so remain texts.

use quick_xml::Reader;
use quick_xml::escape;
use quick_xml::events::{BytesStart, Event};

/// Limit on the nesting of elements. Deeper ones are read as if they were beside each other.
const MAX_DEPTH: usize = 200;

/// Elements that have no contents, and no end either.
const VOID: [&str; 8] = ["br", "hr", "img", "input", "meta", "link", "wbr", "col"];

/// Elements of which the contents are not shown.
const UNSEEN: [&str; 3] = ["style", "script", "template"];

/// The attributes that files for the office need.
const NEEDED: [&str; 10] = [
    "class",
    "id",
    "href",
    "start",
    "colspan",
    "rowspan",
    "role",
    "aria-label",
    "aria-hidden",
    "style",
];

/// A node of a page.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    /// A text, with its white space.
    Text(String),
}

/// An element of a page.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub name: String,
    attributes: Vec<(&'static str, String)>,
    pub children: Vec<Node>,
}

impl Element {
    fn of(tag: &BytesStart<'_>) -> Self {
        let mut attributes = tag.html_attributes();
        let attributes = attributes.with_checks(false).flatten();
        let attributes = attributes.filter_map(|attribute| {
            let key = attribute.key.as_ref();
            let name = NEEDED.iter().find(|name| key.eq_ignore_ascii_case(name))?;
            Some((*name, unescaped(&attribute.value)))
        });
        Self {
            attributes: attributes.collect(),
            name: tag.name().as_ref().to_ascii_lowercase(),
            children: Vec::new(),
        }
    }

    pub fn is(&self, name: &str) -> bool {
        self.name == name
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find_map(|(key, value)| (*key == name).then_some(value.as_str()))
    }

    pub fn has_class(&self, class: &str) -> bool {
        let classes = self.attribute("class").unwrap_or_default();
        classes.split_ascii_whitespace().any(|it| it == class)
    }

    /// The elements directly in this one.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first such element in this one, at any depth.
    pub fn find(&self, is_wanted: &impl Fn(&Self) -> bool) -> Option<&Self> {
        self.elements().find_map(|element| {
            if is_wanted(element) {
                Some(element)
            } else {
                element.find(is_wanted)
            }
        })
    }
}

/// The body of a page, which is empty for a page without elements.
pub(super) fn body(page: &str) -> Element {
    // What is before it are styles, in which signs mean something else.
    let body = page.find("<body").and_then(|at| page.get(at..));
    let root = read(body.unwrap_or(page));
    let is_body = |node: &Node| matches!(node, Node::Element(element) if element.is("body"));
    let mut children = root.children;
    match children
        .iter()
        .position(is_body)
        .map(|at| children.swap_remove(at))
    {
        Some(Node::Element(body)) => body,
        _ => Element {
            children,
            ..Element::default()
        },
    }
}

/// The title of a page.
pub(super) fn title(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("<title>")?;
    let (title, _) = rest.split_once("</title>")?;
    Some(unescaped(title))
}

fn read(page: &str) -> Element {
    let mut reader = Reader::from_str(page);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut open = vec![Element::default()];
    // Own templates may write what cannot be read. All before that is kept.
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(tag) => {
                let element = Element::of(&tag);
                if VOID.contains(&element.name.as_str()) || open.len() > MAX_DEPTH {
                    add(&mut open, Node::Element(element));
                } else {
                    open.push(element);
                }
            }
            Event::Empty(tag) => add(&mut open, Node::Element(Element::of(&tag))),
            Event::End(tag) => {
                let name = tag.name().as_ref().to_ascii_lowercase();
                // An end also ends what is open inside, and has no meaning without a start.
                let start = open.iter().rposition(|element| element.is(&name));
                while start.is_some_and(|start| start > 0 && open.len() > start) {
                    close(&mut open);
                }
            }
            Event::Text(text) => add_text(&mut open, &text),
            Event::CData(text) => add_text(&mut open, &text),
            Event::GeneralRef(reference) => {
                add_text(&mut open, &unescaped(&format!("&{};", &*reference)));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default()
}

fn close(open: &mut Vec<Element>) {
    if let Some(element) = open.pop()
        && !UNSEEN.contains(&element.name.as_str())
    {
        add(open, Node::Element(element));
    }
}

fn add(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn add_text(open: &mut [Element], text: &str) {
    let Some(parent) = open.last_mut() else {
        return;
    };
    if let Some(Node::Text(before)) = parent.children.last_mut() {
        before.push_str(text);
    } else {
        parent.children.push(Node::Text(text.to_owned()));
    }
}

/// A text without references to characters. An unknown one stays as it is written.
fn unescaped(text: &str) -> String {
    escape::unescape_with(text, |name| {
        Some(match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            "nbsp" => "\u{a0}",
            "shy" => "",
            "ndash" => "–",
            "mdash" => "—",
            "hellip" => "…",
            "euro" => "€",
            _ => return None,
        })
    })
    .map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}
