//! What holds of the documents of any plan.

use planmaker::{Checked, Data, Format, Layout, Request, View, render, render_data};
use scraper::Html;
use serde_json::Value;

use super::markdown::holds_of_markdown;
use super::page::holds_of_page;

/// Which documents of a plan are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Documents {
    /// Every document that there is.
    All,
    /// One of them, on which the length of the plan decides: what searches among many plans comes upon each of them.
    OneByLength,
}

/// Every plan that is read to its end has every document; a page and a Markdown document are what they must be to programs that
/// share no line with planmaker; what is written for programs says the same in JSON and in YAML.
pub fn holds_of_rendering(bytes: &[u8], documents: Documents) {
    with_view(bytes, |view| {
        holds_of_documents(view, bytes.len(), documents);
    });
}

/// Looks at what templates see of a plan, if it is read to its end.
pub fn with_view(bytes: &[u8], look: impl FnOnce(&mut View<'_>)) {
    let checked = Checked::read(bytes);
    if checked.is_whole() {
        look(&mut View::of(&checked));
    }
}

fn holds_of_documents(view: &mut View<'_>, length: usize, documents: Documents) {
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
        judged(view, request);
    }
    // The words are the same for every plan, and more than most plans.
    view.texts.clear();
    let json: Value = serde_json::from_slice(&render_data(view, Data::Json).unwrap()).unwrap();
    let yaml: Value = serde_yaml::from_slice(&render_data(view, Data::Yaml).unwrap()).unwrap();
    assert!(json == yaml, "{json:#}\n{yaml:#}");
}

/// A page and a Markdown document that are what they must be.
pub fn judged<'r>(view: &View<'_>, request: impl Fn(Format) -> Request<'r>) -> (Html, String) {
    let html = render(view, request(Format::Html)).unwrap();
    let page = Html::parse_document(&html);
    holds_of_page(&page);
    let markdown = render(view, request(Format::Markdown)).unwrap();
    holds_of_markdown(&markdown);
    for document in [&html, &markdown] {
        let obeyed = document.chars().find(|c| is_obeyed(*c));
        assert_eq!(obeyed, None);
    }
    (page, markdown)
}

/// Whether a character does something to who shows it: a terminal acts on it, or what follows is shown in another order.
fn is_obeyed(c: char) -> bool {
    (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
