//! Properties of the documents of any plan.

use planmaker::{Checked, Data, Format, Layout, Request, View, render, render_data};
use scraper::Html;
use serde_json::Value;

use super::markdown::check_markdown;
use super::office::check_office;
use super::page::check_page;

/// The documents of a plan to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Documents {
    All,
    /// One of them, chosen by the length of the plan: a search among many plans reaches them all.
    OneByLength,
}

/// Every plan that can be read completely renders as every document. Pages and Markdown documents are valid according to
/// parsers that share no code with planmaker. The data is the same in JSON and in YAML.
pub fn check_documents(bytes: &[u8], documents: Documents) {
    with_view(bytes, |view| {
        check_view(view, bytes.len(), documents);
    });
}

/// Calls a function with the view of a plan, if it can be read completely.
pub fn with_view(bytes: &[u8], check: impl FnOnce(&mut View<'_>)) {
    let checked = Checked::read(bytes);
    if checked.is_whole() {
        check(&mut View::of(&checked));
    }
}

fn check_view(view: &mut View<'_>, length: usize, documents: Documents) {
    let groups = view.facts().users.keys().copied().map(Layout::Group);
    let mut layouts: Vec<Layout<'_>> = [Layout::Plan, Layout::Summary, Layout::RedThread]
        .into_iter()
        .chain(groups)
        .collect();
    if documents == Documents::OneByLength {
        layouts = vec![layouts[length % layouts.len()]];
    }
    for layout in layouts {
        let request = |format| Request {
            layout,
            mermaid: length / 2 % 2 == 1,
            ..Request::from(format)
        };
        render_checked(view, request);
    }
    check_office(view);
    // The words are the same for every plan, and more than most plans.
    view.texts.clear();
    let json: Value = serde_json::from_slice(&render_data(view, Data::Json).unwrap()).unwrap();
    let yaml: Value = serde_yaml::from_slice(&render_data(view, Data::Yaml).unwrap()).unwrap();
    assert!(json == yaml, "{json:#}\n{yaml:#}");
}

/// Renders a page and a Markdown document, and checks both.
pub fn render_checked<'r>(
    view: &View<'_>,
    request: impl Fn(Format) -> Request<'r>,
) -> (Html, String) {
    let html = render(view, request(Format::Html)).unwrap();
    let page = Html::parse_document(&html);
    check_page(&page);
    let markdown = render(view, request(Format::Markdown)).unwrap();
    check_markdown(&markdown);
    for document in [&html, &markdown] {
        assert_eq!(document.chars().find(|c| is_control(*c)), None);
    }
    (page, markdown)
}

/// Whether a character is not shown but obeyed: a terminal acts on it, or it changes the order of the text after it.
fn is_control(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
