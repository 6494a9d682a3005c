//! What a Markdown document must be, to a reader of Markdown that is not planmaker's own.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::page::leads_out;

/// Markdown as GitHub and GitLab read it.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM
}

/// Markdown has no HTML, no images, no footnotes and no definitions of links; its links lead somewhere; each row of a table
/// has as many cells as the table has columns.
pub fn holds_of_markdown(markdown: &str) {
    let parser = Parser::new_ext(markdown, options());
    if let Some((name, _)) = parser.reference_definitions().iter().next() {
        panic!("a definition of {name}");
    }
    let mut anchors = Anchors::default();
    let mut targets = Vec::new();
    let mut columns = 0;
    for (event, range) in parser.into_offset_iter() {
        anchors.hear(&event);
        match event {
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Start(Tag::HtmlBlock | Tag::Image { .. } | Tag::FootnoteDefinition(_)) => {
                panic!("{event:?}")
            }
            Event::Start(Tag::Link { dest_url, .. }) => match dest_url.strip_prefix('#') {
                Some(anchor) => targets.push(anchor.to_owned()),
                None => assert!(leads_out(&dest_url), "{dest_url:?}"),
            },
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                // The reader drops what is too much, as GitHub does.
                let row = &markdown[range];
                assert_eq!(cells(row), columns, "{row}");
            }
            _ => {}
        }
    }
    for target in targets {
        assert!(anchors.known.contains(&target), "{target:?} is nowhere");
    }
}

/// How many cells a row has that begins and ends with a `|`.
fn cells(row: &str) -> usize {
    let mut bars = 0;
    let mut before = ' ';
    for c in row.trim().chars() {
        bars += usize::from(c == '|' && before != '\\');
        before = c;
    }
    bars - 1
}

/// Where headings stand, as GitHub and GitLab name it.
#[derive(Default)]
struct Anchors {
    known: HashSet<String>,
    times: HashMap<String, usize>,
    heading: Option<String>,
}

impl Anchors {
    fn hear(&mut self, event: &Event<'_>) {
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
