//! Texts and numbers in XML.

/// A text for elements and for quoted attributes. It has no characters that XML does not allow.
pub(super) fn text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            c if is_allowed(c) => escaped.push(c),
            _ => {}
        }
    }
    escaped
}

const fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' | '\u{10000}'..)
}

/// The beginning of every part.
pub(super) const DECLARATION: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
