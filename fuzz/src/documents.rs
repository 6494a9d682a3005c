//! What a document is to programs that planmaker shares no line with: a browser's parser, another reader of Markdown.

use std::collections::HashSet;

use pulldown_cmark::{Event, Options, Parser, Tag};
use scraper::{Html, Selector};

use crate::laws::holds_of_rendering;

/// If these bytes can be rendered: the page is well-formed, runs and fetches nothing, and its links lead somewhere; the
/// Markdown has no HTML and no images.
pub fn holds_of_documents(bytes: &[u8]) {
    holds_of_rendering(bytes, |html, markdown| {
        page_holds(html);
        markdown_holds(markdown);
    });
}

fn page_holds(html: &str) {
    let page = Html::parse_document(html);
    assert!(page.errors.is_empty(), "{:?}\n{html}", page.errors);
    let all = Selector::parse("*").unwrap();
    let mut ids = HashSet::new();
    let mut targets = Vec::new();
    for element in page.select(&all) {
        let element = element.value();
        assert!(
            ![
                "script", "img", "svg", "iframe", "object", "embed", "link", "base", "form"
            ]
            .contains(&element.name()),
            "{element:?}\n{html}"
        );
        for (name, value) in element.attrs() {
            assert!(
                !name.starts_with("on") && !["src", "style", "action"].contains(&name),
                "{element:?}\n{html}"
            );
            match name {
                "id" => assert!(ids.insert(value.to_owned()), "two of {value}\n{html}"),
                "href" => targets.push(value.to_owned()),
                _ => {}
            }
        }
    }
    for target in targets {
        match target.strip_prefix('#') {
            Some(id) => assert!(ids.contains(id), "{target} leads nowhere\n{html}"),
            None => assert!(leads_out(&target), "{target}\n{html}"),
        }
    }
}

fn leads_out(target: &str) -> bool {
    ["https://", "http://", "mailto:"]
        .iter()
        .any(|scheme| target.starts_with(scheme))
}

fn markdown_holds(markdown: &str) {
    let mut options = Options::empty();
    options.insert(
        Options::ENABLE_TABLES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_GFM,
    );
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}\n{markdown}"),
            Event::Start(Tag::Image { dest_url, .. }) => {
                panic!("an image of {dest_url}\n{markdown}")
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(
                    dest_url.starts_with('#') || leads_out(&dest_url),
                    "{dest_url}\n{markdown}"
                );
            }
            _ => {}
        }
    }
}
