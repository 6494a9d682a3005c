//! What holds of any text in a plan, wherever it is shown.

use std::fs;
use std::path::Path;

use planmaker::render::{Layout, OwnTemplates, Request};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use scraper::{ElementRef, Html, Node, Selector};

use super::markdown;
use super::rendering::{judged, with_view};

/// Documents of little more than one text: many can be tried.
const TEMPLATES: &str = "tests/properties/templates";

/// A text stays in its place, and a page says the same with it as Markdown does: in running text, in a cell, as a name.
pub fn holds_of_prose(text: &str) {
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
            let (page, markdown) = judged(view, request);
            let (page, markdown) = (said_by_page(&page), said_by_markdown(&markdown));
            if layout == Layout::Plan {
                assert_eq!(page, markdown);
            } else {
                holds_of_lines(&texts(&page), &texts(&markdown));
            }
        }
    });
}

/// Where Markdown has one line for what a page has parts for, it has a few signs more.
fn holds_of_lines(page: &str, markdown: &str) {
    let mut rest = page.chars().peekable();
    for c in markdown.chars() {
        if rest.next_if_eq(&c).is_none() {
            assert!("•/.0123456789".contains(c), "{c:?}\n{page}\n{markdown}");
        }
    }
    assert_eq!(rest.next(), None, "{page}\n{markdown}");
}

fn texts(said: &[Piece]) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Mark(_) => String::new(),
    };
    said.iter().map(text).collect()
}

/// What a document says up to its annexes: texts without white space, and the parts that they stand in. Emphasis does not count:
/// Markdown has no way to write all of it.
#[derive(Default)]
struct Said(Vec<Piece>);

#[derive(Debug, PartialEq)]
enum Piece {
    Mark(String),
    Text(String),
}

impl Said {
    fn mark(&mut self, mark: impl Into<String>) {
        self.0.push(Piece::Mark(mark.into()));
    }

    fn text(&mut self, text: &str) {
        // In Markdown a dash stands for a text that shows nothing.
        let counts = |c: &char| !c.is_whitespace() && *c != '–';
        let text: String = text.chars().filter(counts).collect();
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(last)) => last.push_str(&text),
            _ => self.0.push(Piece::Text(text)),
        }
    }

    /// A place in the document has another name in each format.
    fn link(&mut self, address: &str) {
        let address = if address.starts_with('#') {
            "#"
        } else {
            address
        };
        self.mark(format!("a {address}"));
    }

    /// Without annexes, and without the links that whoever shows Markdown makes of an address by itself.
    fn told(self) -> Vec<Piece> {
        let title = Piece::Text("Bijlage:literatuur".to_owned());
        let mut told = Self::default();
        let mut rest = self.0.as_slice();
        loop {
            rest = match rest {
                [first, ..] if *first == title => return told.0,
                [
                    Piece::Mark(link),
                    Piece::Text(text),
                    Piece::Mark(_),
                    after @ ..,
                ] if link.starts_with("a ") && link.ends_with(text.as_str()) => {
                    told.text(text);
                    after
                }
                [Piece::Text(text), after @ ..] => {
                    told.text(text);
                    after
                }
                [Piece::Mark(mark), after @ ..] => {
                    told.mark(mark.as_str());
                    after
                }
                [] => return told.0,
            }
        }
    }
}

fn said_by_page(page: &Html) -> Vec<Piece> {
    let body = page.select(&Selector::parse("body").unwrap()).next();
    let mut said = Said::default();
    said_in(body.unwrap(), &mut said);
    said.told()
}

fn said_in(element: ElementRef<'_>, said: &mut Said) {
    for node in element.children() {
        match node.value() {
            Node::Text(text) => said.text(text),
            Node::Element(element) => {
                let name = match element.name() {
                    "th" | "td" => "cell",
                    name => name,
                };
                match name {
                    "ol" => said.mark(format!("ol {}", element.attr("start").unwrap_or("1"))),
                    "a" => said.link(element.attr("href").unwrap()),
                    name if PARTS.contains(&name) => said.mark(name),
                    _ => {}
                }
                said_in(ElementRef::wrap(node).unwrap(), said);
                if PARTS.contains(&name) {
                    said.mark(format!("/{name}"));
                }
            }
            _ => {}
        }
    }
}

/// The parts of a page that Markdown has a name for.
const PARTS: [&str; 15] = [
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

fn said_by_markdown(markdown: &str) -> Vec<Piece> {
    let mut said = Said::default();
    for event in Parser::new_ext(markdown, markdown::options()) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => said.mark(format!("{level}")),
            Event::Start(Tag::List(None)) => said.mark("ul"),
            Event::Start(Tag::List(Some(start))) => said.mark(format!("ol {start}")),
            Event::Start(Tag::Item) => said.mark("li"),
            Event::Start(Tag::BlockQuote(_)) => said.mark("blockquote"),
            Event::Start(Tag::CodeBlock(_)) => said.mark("code"),
            Event::Start(Tag::Table(_)) => said.mark("table"),
            Event::Start(Tag::TableCell) => said.mark("cell"),
            Event::Start(Tag::Link { dest_url, .. }) => said.link(&dest_url),
            Event::End(TagEnd::Heading(level)) => said.mark(format!("/{level}")),
            Event::End(TagEnd::List(false)) => said.mark("/ul"),
            Event::End(TagEnd::List(true)) => said.mark("/ol"),
            Event::End(TagEnd::Item) => said.mark("/li"),
            Event::End(TagEnd::BlockQuote(_)) => said.mark("/blockquote"),
            Event::End(TagEnd::CodeBlock) => said.mark("/code"),
            Event::End(TagEnd::Table) => said.mark("/table"),
            Event::End(TagEnd::TableCell) => said.mark("/cell"),
            Event::End(TagEnd::Link) => said.mark("/a"),
            Event::Rule => {
                said.mark("hr");
                said.mark("/hr");
            }
            Event::Text(text) => said.text(&text),
            Event::Code(code) => {
                said.mark("code");
                said.text(&code);
                said.mark("/code");
            }
            _ => {}
        }
    }
    said.told()
}
