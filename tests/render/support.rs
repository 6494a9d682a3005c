//! Rendering of plans, and the text and structure of the documents, for comparison.

use std::fs;
use std::path::Path;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use planmaker::{
    Checked, Format, Layout, OwnTemplates, Reading, RenderError, Request, View, read_plan, render,
};

pub const FORMATS: [Format; 2] = [Format::Html, Format::Markdown];
pub const EXAMPLES: [&str; 2] = ["examples/minimaal.yaml", "examples/psycho-educatie.yaml"];

pub fn with_view<T>(text: &str, use_view: impl FnOnce(&View<'_>, &Reading<'_>) -> T) -> T {
    let checked = Checked::read(text);
    let (_, reading) = read_plan(&checked.document);
    use_view(&View::of(&checked), &reading)
}

/// The view of a plan on a day.
pub fn with_view_on<T>(day: &str, text: &str, use_view: impl FnOnce(&View<'_>) -> T) -> T {
    let checked = Checked::read(text);
    use_view(&View::of(&checked).on(day.parse().unwrap()))
}

pub fn document(text: &str, format: Format) -> String {
    with_view(text, |view, _| render(view, format)).unwrap()
}

pub fn document_as(text: &str, format: Format, layout: Layout<'_>) -> String {
    let request = Request {
        layout,
        ..format.into()
    };
    with_view(text, |view, _| render(view, request)).unwrap()
}

pub fn with_templates(text: &str, format: Format, folder: &Path) -> Result<String, RenderError> {
    let folder = folder.to_owned();
    let templates = OwnTemplates::new(move |name| Ok(fs::read_to_string(folder.join(name)).ok()));
    let request = Request {
        templates: Some(&templates),
        ..format.into()
    };
    with_view(text, |view, _| render(view, request))
}

/// An example, with that language in its header.
pub fn example(path: &str, language: &str) -> String {
    let text = fs::read_to_string(path).unwrap();
    let without_language = text.replace("  taal: nl\n", "");
    without_language.replacen("plan:\n", &format!("plan:\n  taal: {language}\n"), 1)
}

/// The text that a document shows, on one line.
pub fn shown_text(document: &str, format: Format) -> String {
    let text = match format {
        Format::Html => html_text(document),
        Format::Markdown => markdown_text(document),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn html_text(document: &str) -> String {
    let (_, body) = document.split_once("<body").unwrap();
    let mut text = String::new();
    for piece in body.split('<') {
        let (tag, shown) = piece.split_once('>').unwrap_or(("", piece));
        let is_inline = [
            "a ", "/a", "em", "/em", "strong", "/strong", "mark", "/mark", "code", "/code", "span",
            "/span", "wbr",
        ];
        if !is_inline.iter().any(|inline| tag.starts_with(inline)) {
            text.push(' ');
        }
        text.push_str(shown);
    }
    for (entity, c) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, c);
    }
    text.replace('\u{ad}', "")
}

pub fn markdown_options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options
}

pub fn markdown_text(document: &str) -> String {
    let arena = Arena::new();
    let mut text = String::new();
    for node in parse_document(&arena, document, &markdown_options()).descendants() {
        match &node.data().value {
            NodeValue::Text(more) => text.push_str(more),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::CodeBlock(code) => text.push_str(&code.literal),
            NodeValue::HtmlBlock(_) | NodeValue::HtmlInline(_) => panic!("HTML in {document}"),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            value if value.block() => text.push(' '),
            _ => {}
        }
    }
    text
}

/// Keeps the first element of each kind in a drawing: the number of lines of text in it depends on the length of the text.
fn first_in_drawing<'t>(drawn: &mut Vec<&'t str>, tag: &'t str) -> Option<&'t str> {
    if tag == "/svg" {
        drawn.clear();
    } else if drawn.contains(&tag) {
        return None;
    } else if tag == "svg" || !drawn.is_empty() {
        drawn.push(tag);
    }
    Some(tag)
}

/// The structure of a document without its texts: elements in HTML, blocks in Markdown.
pub fn structure(document: &str, format: Format) -> Vec<String> {
    if format == Format::Html {
        let tags = document
            .split('<')
            .skip(1)
            .filter_map(|piece| piece.split([' ', '>', '\n']).next())
            // A place to break depends on the length of a word.
            .filter(|tag| *tag != "wbr");
        return tags
            .scan(Vec::new(), |drawn, tag| Some(first_in_drawing(drawn, tag)))
            .flatten()
            .map(str::to_owned)
            .collect();
    }
    let arena = Arena::new();
    let root = parse_document(&arena, document, &markdown_options());
    let blocks = root.descendants().filter(|node| node.data().value.block());
    blocks
        .map(|node| {
            format!("{:?}", node.data().value)
                .split('(')
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
}
