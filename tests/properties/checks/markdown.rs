//! Properties of a Markdown document, parsed by another parser than planmaker's own.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::page::is_external;

/// The options for Markdown as GitHub and GitLab read it.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
}

/// The document has no HTML, images, footnotes or link definitions; every link has a target; every table row has as many
/// cells as the table has columns.
pub fn check_markdown(markdown: &str) {
    let parser = Parser::new_ext(markdown, options());
    if let Some((name, _)) = parser.reference_definitions().iter().next() {
        panic!("a definition of {name}");
    }
    let mut anchors = Anchors::default();
    let mut targets = Vec::new();
    let mut columns = 0;
    for (event, range) in parser.into_offset_iter() {
        anchors.add(&event);
        match event {
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Start(Tag::HtmlBlock | Tag::Image { .. } | Tag::FootnoteDefinition(_)) => {
                panic!("{event:?}")
            }
            Event::Start(Tag::Link { dest_url, .. }) => match dest_url.strip_prefix('#') {
                Some(anchor) => targets.push(anchor.to_owned()),
                None => assert!(is_external(&dest_url), "{dest_url:?}"),
            },
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                // The parser drops surplus cells, as GitHub does, so count them in the source.
                let row = &markdown[range];
                assert_eq!(cells(row), columns, "{row}");
            }
            _ => {}
        }
    }
    for target in targets {
        assert!(anchors.known.contains(&target), "no target for {target:?}");
    }
}

/// The number of cells in a row that starts and ends with `|`.
fn cells(row: &str) -> usize {
    let mut bars = 0;
    let mut before = ' ';
    for c in row.trim().chars() {
        bars += usize::from(c == '|' && before != '\\');
        before = c;
    }
    bars - 1
}

/// The anchors of headings, as GitHub and GitLab generate them.
#[derive(Default)]
struct Anchors {
    known: HashSet<String>,
    times: HashMap<String, usize>,
    heading: Option<String>,
}

impl Anchors {
    fn add(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut self.heading {
                    heading.push_str(text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let heading = self.heading.take().unwrap_or_default();
                let kept = heading.to_lowercase();
                let kept = kept
                    .chars()
                    .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
                let anchor = kept.collect::<String>().replace(' ', "-");
                let times = self.times.entry(anchor.clone()).or_default();
                self.known.insert(if *times == 0 {
                    anchor
                } else {
                    format!("{anchor}-{times}")
                });
                *times += 1;
            }
            _ => {}
        }
    }
}
