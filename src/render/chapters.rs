//! The chapters of a document's body, and links to what a document does not have.
//!
//! The contents are made from the chapters, so they follow whatever templates an organisation adds, moves or leaves out.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};

use super::Format;
use super::escape::KEPT_BREAK;
use super::lookup::heading_anchor;
use super::tags::{Tag, tags, without_tags};

/// A heading of the second level.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chapter {
    /// The anchor that the document gives it.
    pub anchor: String,
    /// The title with its number, ready for the document.
    pub title: String,
}

/// The chapters of a body, as its templates leave it.
pub(super) fn of(body: &str, format: Format) -> Vec<Chapter> {
    match format {
        Format::Html => html(body),
        Format::Markdown => markdown(body),
    }
}

/// The headings that have an anchor. Others are titles of parts of a sheet.
fn html(body: &str) -> Vec<Chapter> {
    let headings = body.match_indices("<h2");
    let chapters = headings.filter_map(|(at, _)| {
        let tag = Tag::at(body, at).filter(|tag| tag.is("h2"))?;
        let anchor = tag.attribute("id").filter(|id| !id.is_empty())?;
        let (title, _) = body.get(tag.span.end..)?.split_once("</h2>")?;
        Some(Chapter {
            anchor: anchor.into_owned(),
            title: without_links(title),
        })
    });
    chapters.collect()
}

/// The contents of a heading without tags, because it becomes a link itself. Its number keeps its class.
fn without_links(title: &str) -> String {
    let text = without_tags(title, |tag| tag.is("span") || tag.is("/span"));
    text.trim().to_owned()
}

fn markdown(body: &str) -> Vec<Chapter> {
    let chapters = headings(body).into_iter().filter(|(level, _)| *level == 2);
    chapters.map(|(_, chapter)| chapter).collect()
}

/// The headings of a Markdown text with their levels, outside code. GitHub and GitLab number anchors that are equal.
fn headings(text: &str) -> Vec<(usize, Chapter)> {
    let mut found = Vec::new();
    let mut anchors: HashMap<String, usize> = HashMap::new();
    let mut fence = "";
    for whole in text.split('\n') {
        // What a filter wrote keeps its line breaks and its margin; that of a template is layout.
        for (nr, line) in whole.split(KEPT_BREAK).enumerate() {
            let line = if nr == 0 { line.trim() } else { line };
            let mut fences = ["```", "~~~"].into_iter();
            if let Some(sign) = fences.find(|sign| line.starts_with(sign)) {
                if fence.is_empty() {
                    fence = sign;
                } else if fence == sign {
                    fence = "";
                }
                continue;
            }
            let Some((level, title)) = heading(line).filter(|_| fence.is_empty()) else {
                continue;
            };
            let anchor = heading_anchor(&unescaped(title));
            let seen = anchors.entry(anchor.clone()).or_default();
            let anchor = match *seen {
                0 => anchor,
                nr => format!("{anchor}-{nr}"),
            };
            *seen += 1;
            let title = title.to_owned();
            found.push((level, Chapter { anchor, title }));
        }
    }
    found
}

/// The anchors that a whole document links to and does not have.
pub(crate) fn dead_links(document: &str, format: Format) -> BTreeSet<String> {
    let mut anchors = HashSet::new();
    let mut links = BTreeSet::new();
    match format {
        Format::Html => {
            for tag in tags(document) {
                anchors.extend(tag.attribute("id").map(Cow::into_owned));
                if tag.is("a") || tag.is("area") {
                    let target = tag.attribute("href").unwrap_or_default();
                    links.extend(target.strip_prefix('#').map(str::to_owned));
                }
            }
        }
        Format::Markdown => {
            anchors.extend(headings(document).into_iter().map(|(_, it)| it.anchor));
            let targets = document.split("](#").skip(1);
            let targets = targets.filter_map(|rest| rest.split([')', ' ', '\n']).next());
            links.extend(targets.map(str::to_owned));
        }
    }
    // Without a name, a link leads to the top.
    links.retain(|link| !link.is_empty() && link != "top" && !anchors.contains(link));
    links
}

/// The level and the text of a heading.
fn heading(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let title = text
        .strip_prefix(' ')
        .filter(|_| (1..=6).contains(&level))?;
    Some((level, title.trim()))
}

/// A text without the backslashes that escape its punctuation.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c != '\\' || !characters.peek().is_some_and(char::is_ascii_punctuation) {
            plain.push(c);
        } else {
            plain.extend(characters.next());
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str, format: Format) -> Vec<(String, String)> {
        let chapters = of(body, format).into_iter();
        chapters.map(|it| (it.anchor, it.title)).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        let pairs = expected.iter();
        pairs
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()))
            .collect()
    }

    #[test]
    fn chapters_of_a_page_are_its_headings_with_an_anchor() {
        let body = "<h2 id=\"doelen\"><span class=\"chapter-number\">5</span> Doelen &amp; <a href=\"#x\"><em>meer</em></a></h2>
            <h2>Zonder anker</h2><h3 id=\"a\">Lager</h3><h2\nclass='b' id='visie'>\n Visie </h2><h2 id=''>Leeg</h2><h20 id='c'>";
        assert_eq!(
            found(body, Format::Html),
            pairs(&[
                (
                    "doelen",
                    "<span class=\"chapter-number\">5</span> Doelen &amp; meer"
                ),
                ("visie", "Visie"),
            ])
        );
    }

    #[test]
    fn chapters_of_markdown_have_the_anchors_of_github() {
        let body = "# Titel\n  ## 5. Doelen \\& meer\n### Visie\n## Visie\n```\n## code\n```\n## Visie\n##zonder\u{1e}## Proza\n## Snake_case";
        assert_eq!(
            found(body, Format::Markdown),
            pairs(&[
                ("5-doelen--meer", "5. Doelen \\& meer"),
                ("visie-1", "Visie"),
                ("visie-2", "Visie"),
                ("proza", "Proza"),
                ("snake_case", "Snake_case"),
            ])
        );
    }

    #[test]
    fn links_to_nothing_are_found() {
        let page = "<a href='#a'></a><a href=\"#b&amp;c\"></a><a href='#d'></a><a href='#'></a><a href='#top'></a><p id=a></p><p id='b&c'></p><!-- <p id=d> -->";
        assert_eq!(dead_links(page, Format::Html), BTreeSet::from(["d".into()]));
        let text = "## Een kop\n\n### Een kop\n\n[a](#een-kop) [b](#een-kop-1) [c](#een-kop-2) [d](https://example.org/#e)\n";
        let dead = dead_links(text, Format::Markdown);
        assert_eq!(dead, BTreeSet::from(["een-kop-2".into()]));
    }

    #[test]
    fn no_body_causes_a_panic() {
        for body in [
            "",
            "<h2",
            "<h2>",
            "<h2 id=a>",
            "<h2 id=a></h2",
            "#",
            "## ",
            "##",
            "```",
            "\u{1e}",
        ] {
            let _ = (of(body, Format::Html), of(body, Format::Markdown));
        }
    }
}
