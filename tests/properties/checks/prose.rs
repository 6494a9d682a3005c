//! Properties of any text in a plan, wherever it is shown.

use std::fs;
use std::path::Path;

use planmaker::{Layout, OwnTemplates, Request};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use scraper::{ElementRef, Html, Node, Selector};

use super::documents::{render_checked, with_view};
use super::markdown;

/// Templates that render little more than one text, for speed.
const TEMPLATES: &str = "tests/properties/templates";

/// A text stays in its place, and the page and the Markdown document show the same: as a paragraph, in a cell, as a name.
pub fn check_prose(text: &str) {
    let text = serde_json::to_string(text).unwrap();
    let plan = format!(
        "versie: 1
plan: {{titel: Plan, samenvatting: {text}, interventie: {text}}}
literatuur: {{a: {{kort: 'A, 2021', tekst: Een boek}}, b: {{tekst: Een ander boek}}}}
"
    );
    let templates = OwnTemplates::new(|name| {
        let file = Path::new(TEMPLATES).join(name);
        Ok(fs::read_to_string(file).ok())
    });
    with_view(plan.as_bytes(), |view| {
        for layout in [Layout::Plan, Layout::Summary] {
            let request = |format| Request {
                layout,
                templates: Some(&templates),
                ..Request::from(format)
            };
            let (page, markdown) = render_checked(view, request);
            let (page, markdown) = (contents_of_page(&page), contents_of_markdown(&markdown));
            if layout == Layout::Plan {
                assert_eq!(page, markdown);
            } else {
                assert_same_lines(&texts(&page), &texts(&markdown));
            }
        }
    });
}

/// Asserts that both texts are the same, except that Markdown writes a list on one line, with bullets, numbers and slashes.
fn assert_same_lines(page: &str, markdown: &str) {
    let mut rest = page.chars().peekable();
    for c in markdown.chars() {
        if rest.next_if_eq(&c).is_none() {
            assert!("•/.0123456789".contains(c), "{c:?}\n{page}\n{markdown}");
        }
    }
    assert_eq!(rest.next(), None, "{page}\n{markdown}");
}

fn texts(contents: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Mark(_) => String::new(),
    };
    contents.iter().map(text).collect()
}

/// The contents of a document up to its annexes: texts without white space, and the elements around them. Emphasis is left
/// out, because Markdown cannot express all of it.
#[derive(Default)]
struct Contents(Vec<Piece>);

#[derive(Debug, PartialEq)]
enum Piece {
    Mark(String),
    Text(String),
}

impl Contents {
    fn mark(&mut self, mark: impl Into<String>) {
        self.0.push(Piece::Mark(mark.into()));
    }

    fn text(&mut self, text: &str) {
        // Markdown shows a dash for an empty text.
        let counts = |c: &char| !c.is_whitespace() && *c != '–';
        let text: String = text.chars().filter(counts).collect();
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(last)) => last.push_str(&text),
            _ => self.0.push(Piece::Text(text)),
        }
    }

    /// Anchors within the document differ between the formats.
    fn link(&mut self, address: &str) {
        let address = if address.starts_with('#') {
            "#"
        } else {
            address
        };
        self.mark(format!("a {address}"));
    }

    /// The contents without annexes and without automatic links of bare addresses, which Markdown viewers add.
    fn normalised(self) -> Vec<Piece> {
        let title = Piece::Text("Bijlage:literatuur".to_owned());
        let mut normalised = Self::default();
        let mut rest = self.0.as_slice();
        loop {
            rest = match rest {
                [first, ..] if *first == title => return normalised.0,
                [
                    Piece::Mark(link),
                    Piece::Text(text),
                    Piece::Mark(_),
                    after @ ..,
                ] if link.starts_with("a ") && link.ends_with(text.as_str()) => {
                    normalised.text(text);
                    after
                }
                [Piece::Text(text), after @ ..] => {
                    normalised.text(text);
                    after
                }
                [Piece::Mark(mark), after @ ..] => {
                    normalised.mark(mark.as_str());
                    after
                }
                [] => return normalised.0,
            }
        }
    }
}

fn contents_of_page(page: &Html) -> Vec<Piece> {
    let body = page.select(&Selector::parse("body").unwrap()).next();
    let mut contents = Contents::default();
    add_contents(body.unwrap(), &mut contents);
    contents.normalised()
}

fn add_contents(element: ElementRef<'_>, contents: &mut Contents) {
    for node in element.children() {
        match node.value() {
            Node::Text(text) => contents.text(text),
            Node::Element(element) => {
                let name = match element.name() {
                    "th" | "td" => "cell",
                    name => name,
                };
                match name {
                    "ol" => contents.mark(format!("ol {}", element.attr("start").unwrap_or("1"))),
                    "a" => contents.link(element.attr("href").unwrap()),
                    name if ELEMENTS.contains(&name) => contents.mark(name),
                    _ => {}
                }
                add_contents(ElementRef::wrap(node).unwrap(), contents);
                if ELEMENTS.contains(&name) {
                    contents.mark(format!("/{name}"));
                }
            }
            _ => {}
        }
    }
}

/// The elements of a page that Markdown can express.
const ELEMENTS: [&str; 15] = [
    "a",
    "blockquote",
    "cell",
    "code",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "table",
    "ul",
];

fn contents_of_markdown(markdown: &str) -> Vec<Piece> {
    let mut contents = Contents::default();
    for event in Parser::new_ext(markdown, markdown::options()) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => contents.mark(format!("{level}")),
            Event::Start(Tag::List(None)) => contents.mark("ul"),
            Event::Start(Tag::List(Some(start))) => contents.mark(format!("ol {start}")),
            Event::Start(Tag::Item) => contents.mark("li"),
            Event::Start(Tag::BlockQuote(_)) => contents.mark("blockquote"),
            Event::Start(Tag::CodeBlock(_)) => contents.mark("code"),
            Event::Start(Tag::Table(_)) => contents.mark("table"),
            Event::Start(Tag::TableCell) => contents.mark("cell"),
            Event::Start(Tag::Link { dest_url, .. }) => contents.link(&dest_url),
            Event::End(TagEnd::Heading(level)) => contents.mark(format!("/{level}")),
            Event::End(TagEnd::List(false)) => contents.mark("/ul"),
            Event::End(TagEnd::List(true)) => contents.mark("/ol"),
            Event::End(TagEnd::Item) => contents.mark("/li"),
            Event::End(TagEnd::BlockQuote(_)) => contents.mark("/blockquote"),
            Event::End(TagEnd::CodeBlock) => contents.mark("/code"),
            Event::End(TagEnd::Table) => contents.mark("/table"),
            Event::End(TagEnd::TableCell) => contents.mark("/cell"),
            Event::End(TagEnd::Link) => contents.mark("/a"),
            Event::Rule => {
                contents.mark("hr");
                contents.mark("/hr");
            }
            Event::Text(text) => contents.text(&text),
            Event::Code(code) => {
                contents.mark("code");
                contents.text(&code);
                contents.mark("/code");
            }
            _ => {}
        }
    }
    contents.normalised()
}
