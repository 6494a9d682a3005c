//! Lines as their author most likely meant them, to show in the fix of a finding.

use super::text::line_around;

/// The longest line to show: a longer one is not easily copied from a message.
const MAX_LENGTH: usize = 200;

/// The line in which the text from `start` is put between quotes. `None` if the text continues on the next line, or if it has
/// the key of the line.
pub(super) fn quoted_line(source: &str, start: usize) -> Option<String> {
    let (line, end) = line_around(source, start);
    let lead = source.get(line..start)?.trim_start();
    let text = source.get(start..end)?.trim_end();
    let is_short = !text.is_empty() && lead.len() + text.len() <= MAX_LENGTH;
    if lead.trim_matches([' ', '-']).is_empty() && text.contains(": ") {
        return None;
    }
    (is_short && !continues(source, line, end)).then(|| format!("{lead}{}", quoted(text)))
}

/// The offset at which the value of a line begins: behind its dashes and its first key.
pub(super) fn value_start(line: &str) -> usize {
    let text = line.trim_start_matches([' ', '-']);
    let indentation = line.len() - text.len();
    let key = text.find(": ").filter(|end| {
        let key = text.get(..*end).unwrap_or_default();
        !key.contains(char::is_whitespace)
    });
    key.map_or(indentation, |end| {
        let behind = text.get(end + 1..).unwrap_or_default();
        line.len() - behind.trim_start().len()
    })
}

/// A text between quotes, as YAML reads it back.
pub(super) fn quoted(text: &str) -> String {
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// Whether the next line is indented more than this one, which makes it part of the same value.
fn continues(source: &str, line: usize, end: usize) -> bool {
    let indentation = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let rest = source.get(end..).unwrap_or_default();
    let next = rest.trim_start_matches(['\n', '\r']);
    let next = next.split(['\n', '\r']).next().unwrap_or_default();
    let text = next.trim_start();
    let own = indentation(source.get(line..end).unwrap_or_default());
    !text.is_empty() && !text.starts_with('#') && indentation(next) > own
}

/// A line with each hard space replaced by a plain one.
pub(super) fn with_plain_spaces(line: &str) -> Option<String> {
    let line = line.trim();
    let plain = |c: char| if c.is_whitespace() { ' ' } else { c };
    (line.len() <= MAX_LENGTH).then(|| line.chars().map(plain).collect())
}

/// The line of a key whose colon, or the space behind it, is missing: `titel = Plan`, `titel Plan`, `titel:Plan`.
pub(super) fn with_colon(line: &str) -> Option<String> {
    let line = line.trim();
    let text = line.trim_start_matches(['-', ' ']);
    let dash = line.get(..line.len() - text.len())?;
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
        .unwrap_or(text.len());
    let (key, rest) = text.split_at_checked(end)?;
    let value = rest.trim_start_matches([' ', ':', '=', ';', '：', '\t']);
    let is_plain = !value.contains([':', '#', '"', '\'']);
    let is_key = !key.is_empty() && is_plain && line.len() <= MAX_LENGTH;
    is_key.then(|| format!("{dash}{key}: {value}").trim_end().to_owned())
}
