//! The tokens between the last text that was read and the byte where the parser stopped. These are few: they are there only
//! because the parser looks ahead before it emits an event.

use super::BLANKS;

pub(super) struct Ahead {
    /// The brackets and braces that are open at the end, outermost first.
    pub(super) brackets: Vec<usize>,
    /// The quote that is open at the end.
    pub(super) quote: Option<usize>,
    /// The start of the last text without quotes.
    pub(super) plain: Option<usize>,
}

impl Ahead {
    pub(super) fn read(
        source: &str,
        from: usize,
        to: usize,
        brackets: Vec<usize>,
        plain: Option<usize>,
    ) -> Self {
        let mut ahead = Self {
            brackets,
            quote: None,
            plain,
        };
        let mut byte = from;
        while let Some(rest) = source.get(byte..to).filter(|rest| !rest.is_empty()) {
            let Some(length) = ahead.step(rest, byte) else {
                break;
            };
            byte += length;
        }
        ahead
    }

    /// Reads the next token and returns its length; `None` for a quote that is not closed.
    fn step(&mut self, rest: &str, byte: usize) -> Option<usize> {
        let first = rest.chars().next()?;
        match first {
            '#' => return Some(rest.find(['\n', '\r']).unwrap_or(rest.len())),
            '[' | '{' => self.brackets.push(byte),
            ']' | '}' => {
                self.brackets.pop();
            }
            '"' | '\'' => {
                let closed = closed_quote(rest, first);
                if closed.is_none() {
                    self.quote = Some(byte);
                }
                return closed;
            }
            ',' => {}
            ':' | '-' | '?' if ends_word(rest.get(1..)?) => {}
            _ if BLANKS.contains(&first) => {}
            _ => {
                self.plain = Some(byte);
                return Some(self.plain_length(rest));
            }
        }
        Some(first.len_utf8())
    }

    fn plain_length(&self, rest: &str) -> usize {
        let mut before = ' ';
        for (offset, character) in rest.char_indices() {
            let after = rest
                .get(offset + character.len_utf8()..)
                .unwrap_or_default();
            let ends = match character {
                ':' => ends_word(after),
                '#' => BLANKS.contains(&before),
                ',' | '[' | ']' | '{' | '}' => !self.brackets.is_empty(),
                _ => false,
            };
            if ends && offset > 0 {
                return offset;
            }
            before = character;
        }
        rest.len()
    }
}

fn ends_word(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_none_or(|next| BLANKS.contains(&next))
}

/// The length of the quoted text at the start of `rest`, including its quotes; `None` if it is not closed.
fn closed_quote(rest: &str, quote: char) -> Option<usize> {
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((offset, character)) = characters.next() {
        if character == '\\' && quote == '"' {
            characters.next();
        } else if character == quote {
            let doubled =
                quote == '\'' && characters.peek().is_some_and(|(_, next)| *next == quote);
            if !doubled {
                return Some(offset + quote.len_utf8());
            }
            characters.next();
        }
    }
    None
}
