//! The lines of an iCalendar file: escaped, folded, and ended by CR LF.
//!
//! This is our own writer because the crate `icalendar` brings a second library for dates, random UIDs and the time of day, all of
//! which this format must not depend on here. What it needs is this file; tests/office reads the result with another library.

use crate::render::RenderError;
use crate::render::plain::LARGEST;

/// The maximum length of a line, in bytes, without its end.
const LONGEST: usize = 75;

/// The lines written so far.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// Adds a property with a value that needs no escaping.
    pub fn raw(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// Adds a property with a text.
    pub fn text(&mut self, name: &str, text: &str) {
        self.fold(&format!("{name}:{}", escape(text)));
    }

    /// Adds a line in pieces of at most 75 bytes: each but the first begins with a space, and none ends within a character.
    fn fold(&mut self, line: &str) {
        let mut length = 0;
        for c in line.chars() {
            if length + c.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(c);
            length += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// Returns an error if the file is larger than a document may be.
    pub fn check_size(&self) -> Result<(), RenderError> {
        if self.0.len() > LARGEST {
            return Err(RenderError::TooLarge);
        }
        Ok(())
    }

    pub fn into_text(self) -> String {
        self.0
    }
}

/// Escapes a text (RFC 5545, 3.3.11). Control characters cannot be escaped, and are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\n' => escaped.push_str("\\n"),
            '\\' | ';' | ',' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut lines = Lines::default();
        lines.text("SUMMARY", text);
        lines.into_text()
    }

    #[test]
    fn separators_and_line_breaks_are_escaped() {
        assert_eq!(
            written("a;b,c\\d\ne\r\u{7}\u{85}"),
            "SUMMARY:a\\;b\\,c\\\\d\\ne\r\n"
        );
    }

    #[test]
    fn lines_are_folded_between_characters() {
        for text in [
            "é€𝄞".repeat(60),
            "a".repeat(67),
            "a".repeat(68),
            "a".repeat(1_000),
        ] {
            let file = written(&text);
            assert!(file.ends_with("\r\n"));
            let lines: Vec<&str> = file.trim_end().split("\r\n").collect();
            assert!(lines.iter().all(|line| line.len() <= LONGEST), "{file}");
            assert!(lines[1..].iter().all(|line| line.starts_with(' ')));
            assert_eq!(file.replace("\r\n ", ""), format!("SUMMARY:{text}\r\n"));
        }
        assert_eq!(written(&"a".repeat(67)).matches("\r\n").count(), 1);
    }
}
