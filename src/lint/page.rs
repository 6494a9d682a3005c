//! What is wrong with a page that templates made, although no template has a mistake: links to nothing, and parts that the
//! page's own policy blocks.

use std::collections::BTreeSet;

use crate::render::{
    Format, dead_links,
    tags::{Tag, tags},
};

/// What is wrong with a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fault {
    /// A link to an anchor that the page does not have, by its address.
    DeadLink(String),
    /// A part that the policy blocks, as it is in the page.
    Blocked(String),
}

impl Fault {
    /// The kind of mistake, as a key of the words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::DeadLink(_) => "dood_anker",
            Self::Blocked(_) => "geblokkeerd",
        }
    }

    /// What the page has.
    pub fn detail(&self) -> &str {
        match self {
            Self::DeadLink(detail) | Self::Blocked(detail) => detail,
        }
    }

    /// The texts that the template that causes it may have, the most exact one first.
    pub fn traces(&self) -> impl Iterator<Item = &str> {
        let (whole, begin) = match self {
            Self::DeadLink(address) => (address.trim_start_matches('#'), ""),
            Self::Blocked(detail) => {
                let end = detail.find([' ', '>', '(']).unwrap_or(detail.len());
                (detail.as_str(), &detail[..end])
            }
        };
        [whole, begin].into_iter().filter(|trace| !trace.is_empty())
    }
}

/// The faults of a document, each once.
pub(super) fn faults(document: &str, format: Format) -> BTreeSet<Fault> {
    let dead = dead_links(document, format).into_iter();
    let mut faults: BTreeSet<Fault> = dead
        .map(|link| Fault::DeadLink(format!("#{link}")))
        .collect();
    if format == Format::Html {
        faults.extend(blocked(document).map(|part| Fault::Blocked(quoted(part))));
    }
    faults
}

/// The parts of a page that its policy blocks.
fn blocked(page: &str) -> impl Iterator<Item = &str> {
    tags(page).flat_map(|tag| {
        let whole = page.get(tag.span.clone()).unwrap_or_default();
        let is_styled = tag
            .attribute("style")
            .is_some_and(|css| fetched(&css).is_some());
        let element = (is_styled || is_blocked(&tag)).then_some(whole);
        let css = fetched(tag.text).filter(|_| tag.is("style"));
        element.into_iter().chain(css)
    })
}

/// Whether the policy blocks an element or one of its attributes: everything that runs, and everything that is fetched but for
/// images in the page itself.
fn is_blocked(tag: &Tag<'_>) -> bool {
    let runs = [
        "script", "iframe", "frame", "object", "embed", "portal", "base", "form", "audio", "video",
        "track",
    ];
    if runs.iter().any(|name| tag.is(name)) {
        return true;
    }
    let is_image = ["img", "image", "source", "input"]
        .iter()
        .any(|name| tag.is(name));
    tag.attributes().any(|(name, value)| {
        let name = name.to_ascii_lowercase();
        let address = value.trim_start().to_ascii_lowercase();
        let is_fetched =
            !address.is_empty() && !address.starts_with('#') && !address.starts_with("data:image/");
        match name.as_str() {
            "src" | "srcset" | "background" | "poster" => is_fetched,
            "href" | "xlink:href" if tag.is("link") || tag.is("use") || is_image => is_fetched,
            "href" | "xlink:href" | "formaction" => address.starts_with("javascript:"),
            "http-equiv" => address == "refresh",
            name => name.len() > 2 && name.starts_with("on"),
        }
    })
}

/// The first part of a stylesheet that fetches something. Fonts are blocked wherever they are.
fn fetched(css: &str) -> Option<&str> {
    let lower = css.to_ascii_lowercase();
    let mut found = ["@import", "@font-face", "url("]
        .into_iter()
        .filter_map(|what| {
            let mut places = lower.match_indices(what).map(|(at, _)| at);
            places.find(|at| {
                let value = lower[at + what.len()..]
                    .trim_start()
                    .trim_start_matches(['"', '\'']);
                what != "url(" || !(value.starts_with("data:image/") || value.starts_with('#'))
            })
        });
    let at = found.next()?;
    css.get(at..)
}

/// The maximum length of a quoted piece of a page, in characters.
const LONGEST_QUOTE: usize = 60;

fn quoted(text: &str) -> String {
    let is_end = |c| c == '\n' || (!text.starts_with('<') && matches!(c, ';' | '}'));
    let line = text.split(is_end).next().unwrap_or_default();
    let line = line.trim();
    if line.chars().count() <= LONGEST_QUOTE {
        return line.to_owned();
    }
    line.chars().take(LONGEST_QUOTE).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> Vec<String> {
        let faults = faults(page, Format::Html);
        faults
            .iter()
            .map(|fault| format!("{} {}", fault.kind(), fault.detail()))
            .collect()
    }

    #[test]
    fn what_the_policy_blocks_is_found() {
        for part in [
            "<script>",
            "<img src=\"logo.png\">",
            "<img src='https://example.org/logo.png'>",
            "<img srcset='a.png 2x'>",
            "<IMG SRC=data:text/html,x>",
            "<link rel=stylesheet href=a.css>",
            "<iframe src='#a'>",
            "<form>",
            "<p onclick='a()'>",
            "<a href='java&#115;cript:a()'>",
            "<meta http-equiv=refresh content=1>",
            "<use href='a.svg#b'>",
        ] {
            assert_eq!(found(part), [format!("geblokkeerd {part}")]);
        }
        for (css, part) in [
            ("a {}\n@import 'a.css';", "@import 'a.css'"),
            (
                "@font-face { src: url(data:font/woff2,a) }",
                "@font-face { src: url(data:font/woff2,a)",
            ),
            (
                "p { background: url(data:image/png,a) } q { background: URL( \"a.png\" ) }",
                "URL( \"a.png\" )",
            ),
        ] {
            assert_eq!(
                found(&format!("<style>{css}</style>")),
                [format!("geblokkeerd {part}")]
            );
        }
        assert_eq!(
            found("<p style='background:url(//a)'>"),
            ["geblokkeerd <p style='background:url(//a)'>"]
        );
    }

    #[test]
    fn what_is_in_the_page_itself_is_allowed() {
        let page = "<p id=a><img src='data:image/png;base64,AA' alt=''><use href='#a'/><a href='https://example.org'></a><a href='mailto:a@b'></a>
            <style>p { background: url(\"data:image/svg+xml,a\") } path { fill: url(#a) }</style>&lt;script&gt; <p class=once>";
        assert_eq!(found(page), [""; 0]);
    }
}
