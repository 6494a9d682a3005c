//! The tags of an HTML text, read as a browser reads them. Nothing checks that they are closed.

use std::borrow::Cow;
use std::ops::Range;

/// The elements whose contents are text, whatever that text looks like.
const TEXT_ONLY: [&str; 4] = ["script", "style", "textarea", "title"];

/// A start tag, or the end tag if its name begins with `/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag<'t> {
    /// The name as it is written.
    pub name: &'t str,
    /// What follows the name.
    rest: &'t str,
    /// The place of the tag in the text.
    pub span: Range<usize>,
    /// The contents of an element that contains nothing but text.
    pub text: &'t str,
}

impl<'t> Tag<'t> {
    /// Whether it is the start tag of such an element.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The attributes: names as they are written, values without entities.
    pub fn attributes(&self) -> impl Iterator<Item = (&'t str, Cow<'t, str>)> {
        let mut rest = self.rest;
        std::iter::from_fn(move || {
            let ((name, value), after) = attribute(rest)?;
            rest = after;
            Some((name, without_entities(value)))
        })
    }

    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<Cow<'t, str>> {
        let mut attributes = self.attributes();
        attributes.find_map(|(known, value)| known.eq_ignore_ascii_case(name).then_some(value))
    }

    /// Reads the tag that starts at a byte, if there is one.
    pub fn at(text: &'t str, start: usize) -> Option<Self> {
        let inside = text.get(start..)?.strip_prefix('<')?;
        let bare = inside.strip_prefix('/').unwrap_or(inside);
        if !bare.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let ends_name = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>');
        let slash = inside.len() - bare.len();
        let length = slash + bare.find(ends_name).unwrap_or(bare.len());
        let (name, rest) = inside.split_at(length);
        let mut end = rest;
        while let Some((_, after)) = attribute(end) {
            end = after;
        }
        let end = between_attributes(end);
        let end = end.strip_prefix('>').unwrap_or(end);
        Some(Self {
            name,
            rest,
            span: start..text.len() - end.len(),
            text: "",
        })
    }
}

fn between_attributes(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/')
}

/// Reads the next attribute of a tag, if there is one. Returns its name, its value, and what follows.
fn attribute(text: &str) -> Option<((&str, &str), &str)> {
    let text = between_attributes(text);
    if text.is_empty() || text.starts_with('>') {
        return None;
    }
    let ends_name = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
    // A name may start with a sign of equality.
    let first = text.chars().next().map_or(0, char::len_utf8);
    let end = text[first..].find(ends_name);
    let (name, rest) = text.split_at(end.map_or(text.len(), |end| first + end));
    let Some(value) = rest.trim_ascii_start().strip_prefix('=') else {
        return Some(((name, ""), rest));
    };
    let value = value.trim_ascii_start();
    for quote in ['"', '\''] {
        if let Some(value) = value.strip_prefix(quote) {
            let (value, rest) = value.split_once(quote).unwrap_or((value, ""));
            return Some(((name, value), rest));
        }
    }
    let ends_value = |c: char| c.is_ascii_whitespace() || c == '>';
    let (value, rest) = value.split_at(value.find(ends_value).unwrap_or(value.len()));
    Some(((name, value), rest))
}

/// The tags of a text in order, without those in comments and in elements that contain nothing but text.
pub(crate) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += text.get(at..)?.find('<')?;
            let rest = &text[at..];
            if let Some(comment) = rest.strip_prefix("<!--") {
                at = text.len() - comment.split_once("-->")?.1.len();
                continue;
            }
            let Some(mut tag) = Tag::at(text, at) else {
                at += 1;
                continue;
            };
            at = tag.span.end;
            if TEXT_ONLY.iter().any(|name| tag.is(name)) {
                let rest = &text[at..];
                let end = end_of(rest, tag.name);
                tag.text = &rest[..end];
                at += end;
            }
            return Some(tag);
        }
    })
}

/// A text without its tags, except those to keep. What is escaped stays escaped.
pub(super) fn without_tags(text: &str, is_kept: impl Fn(&Tag<'_>) -> bool) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut end = 0;
    for tag in tags(text) {
        rest.push_str(&text[end..tag.span.start]);
        end = if is_kept(&tag) {
            tag.span.start
        } else {
            tag.span.end
        };
    }
    rest.push_str(&text[end..]);
    rest
}

/// The position of an element's end tag, else the end of the text.
fn end_of(text: &str, name: &str) -> usize {
    let is_end = |at: &usize| {
        let after = text[*at..].strip_prefix("</");
        let found = after.and_then(|after| after.get(..name.len()));
        found.is_some_and(|found| found.eq_ignore_ascii_case(name))
    };
    let mut signs = text.match_indices('<').map(|(at, _)| at);
    signs.find(is_end).unwrap_or(text.len())
}

/// A text with its entities as characters. Only those that a careful author or an attacker uses: numbers, and the names that HTML
/// and addresses need.
fn without_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let entity = after.find(';').and_then(|end| {
            let c = entity(after.get(..end)?)?;
            Some((c, after.get(end + 1..)?))
        });
        if let Some((c, after)) = entity {
            plain.push(c);
            rest = after;
        } else {
            plain.push('&');
            rest = after;
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

fn entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').map(|number| {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        hexadecimal.map_or_else(|| number.parse(), |number| u32::from_str_radix(number, 16))
    });
    match (number, name) {
        (Some(number), _) => char::from_u32(number.ok()?),
        (None, "amp") => Some('&'),
        (None, "lt") => Some('<'),
        (None, "gt") => Some('>'),
        (None, "quot") => Some('"'),
        (None, "colon") => Some(':'),
        (None, "Tab" | "NewLine") => Some(' '),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_a_browser_reads_them() {
        let text = "<p class=a ID='b' c=\"d>e\" f = g hidden/>x</P ><!-- <b> --> 1 < 2 <a\nhref=&#x23;i&colon;j&amp;k&>";
        let found: Vec<String> = tags(text)
            .map(|tag| {
                let attributes = tag.attributes();
                let attributes = attributes.map(|(name, value)| format!(" {name}={value}"));
                format!("{}{}", tag.name, attributes.collect::<String>())
            })
            .collect();
        assert_eq!(
            found,
            ["p class=a ID=b c=d>e f=g hidden=", "/P", "a href=#i:j&k&"]
        );
        let tag = tags(text).next().unwrap();
        assert_eq!(
            &text[tag.span.clone()],
            "<p class=a ID='b' c=\"d>e\" f = g hidden/>"
        );
        assert!(tag.is("P") && tag.attribute("id").as_deref() == Some("b"));
    }

    #[test]
    fn contents_that_are_text_have_no_tags() {
        let text = "<style>a > b {} <i></STYLE><script>'</b>'<p></script ><p>";
        let found: Vec<(&str, &str)> = tags(text).map(|tag| (tag.name, tag.text)).collect();
        assert_eq!(
            found,
            [
                ("style", "a > b {} <i>"),
                ("/STYLE", ""),
                ("script", "'</b>'<p>"),
                ("/script", ""),
                ("p", "")
            ]
        );
    }

    #[test]
    fn no_text_causes_a_panic() {
        for text in [
            "",
            "<",
            "</",
            "<a",
            "<a b",
            "<a b=",
            "<a b='",
            "<a =",
            "<é",
            "<a é=é",
            "<!--",
            "<!-->",
            "<style>",
            "<style></",
            "<a b=&#x110000;&#;&;",
            "<a/",
            "<a / = >",
        ] {
            let _ = tags(text).count();
        }
    }
}
