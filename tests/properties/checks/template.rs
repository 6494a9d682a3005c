//! Properties of a document from any template.

use planmaker::{Checked, Format, OwnTemplates, Renderer, Request, View};
use pulldown_cmark::{Event, Parser, Tag};
use scraper::Html;

use super::markdown::options;

/// A plan whose texts would become an element or a link if they were not escaped.
const PLAN: &str = "versie: 1
plan:
  titel: \"<x-plan onclick=x-plan>[a](javascript:x-plan)<!-- \\\\<x-plan>\"
  samenvatting: \"*a* <x-plan> [a](javascript:x-plan) ![a](x-plan)\"
  trekker: \"](javascript:x-plan) &lt;x-plan&gt; `<x-plan>`\"
";

/// Limit on the steps of a document. Within them, and without the operators that double a value, no template becomes large.
const MOST_STEPS: u64 = 50_000;

/// A template ends, and no text of the plan becomes an element or a link in its document. Its own markup may.
pub fn check_template(template: &str) {
    let checked = Checked::read(PLAN);
    let view = View::of(&checked);
    let renderer = Renderer::of(&view);
    // Nothing but a limit on the memory of the process bounds what these make.
    let template = template.replace(['~', '+', '*'], " or ");
    let document = |format, template: String| {
        let own = OwnTemplates::from_iter([("plan.j2", template)]).with_most_steps(MOST_STEPS);
        let request = Request {
            templates: Some(&own),
            ..Request::from(format)
        };
        renderer.render(request).unwrap_or_default()
    };
    let page = Html::parse_document(&document(Format::Html, template.clone()));
    for node in page.tree.nodes() {
        if let Some(element) = node.value().as_element() {
            // A template that prints a text behind `<html` names its own element.
            assert!(element.name() != "x-plan", "{element:?}");
        }
    }
    // HTML in Markdown is not escaped again, and neither is the target of a link.
    let template = template
        .replace(['<', '`'], "")
        .replace("](", "")
        .replace("]:", "");
    let markdown = document(Format::Markdown, template);
    for event in Parser::new_ext(&markdown, options()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}"),
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                assert!(!dest_url.contains("x-plan"), "{dest_url}");
            }
            _ => {}
        }
    }
}
