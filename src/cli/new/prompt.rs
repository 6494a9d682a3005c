//! A prompt for one line on a terminal, of any width.

use std::io;

use console::{Key, Term};
use textwrap::core::display_width;

use super::echo::Silence;

/// The maximum width of texts, in columns.
const WIDTH: usize = 80;

const PROMPT: &str = "> ";

const CTRL_D: char = '\u{4}';
const CTRL_U: char = '\u{15}';
const CTRL_W: char = '\u{17}';

/// The author's reply to a question.
#[derive(Debug, PartialEq, Eq)]
pub enum Reply {
    /// A line, ended with Enter.
    Line(String),
    /// Back to the question before, with what was typed so far.
    Back(String),
    /// Esc, Ctrl-C, or the end of input.
    Leave,
}

/// The terminal on standard error, so that the plan can go to standard output.
pub struct Prompt {
    terminal: Term,
    _silence: Silence,
}

impl Prompt {
    pub fn begin() -> io::Result<Self> {
        Ok(Self {
            terminal: Term::stderr(),
            _silence: Silence::begin()?,
        })
    }

    pub fn rows(&self) -> usize {
        self.terminal.size().0.into()
    }

    /// Wraps a text to the width of the terminal.
    pub fn wrap(&self, first: &str, text: &str) -> Vec<String> {
        let columns = usize::from(self.terminal.size().1).saturating_sub(1);
        let indent = " ".repeat(display_width(first));
        let options = textwrap::Options::new(columns.min(WIDTH))
            .initial_indent(first)
            .subsequent_indent(&indent);
        let lines = textwrap::wrap(text, options);
        lines.into_iter().map(String::from).collect()
    }

    /// Shows a text, with something before its first line.
    pub fn say(&self, first: &str, text: &str) -> io::Result<()> {
        self.wrap(first, text)
            .iter()
            .try_for_each(|line| self.terminal.write_line(line))
    }

    /// Reads a line that starts as `text`. The arrow keys choose among the options.
    pub fn read(&self, text: &str, options: &[&str]) -> io::Result<Reply> {
        let mut line = Line::new(text);
        let mut chosen = None;
        loop {
            self.draw(&line)?;
            let option = match self.terminal.read_key_raw()? {
                Key::Enter => return Ok(Reply::Line(line.text())),
                Key::Escape | Key::CtrlC => return Ok(Reply::Leave),
                Key::Char(CTRL_D) if line.characters.is_empty() => return Ok(Reply::Leave),
                Key::ArrowUp => match chosen {
                    None | Some(0) => return Ok(Reply::Back(line.text())),
                    Some(nr) => Some(nr - 1),
                },
                Key::ArrowDown if !options.is_empty() => {
                    Some(chosen.map_or(0, |nr| options.len().min(nr + 2) - 1))
                }
                key => {
                    // What is typed replaces an option, as it replaces selected text.
                    if chosen.take().is_some() && matches!(key, Key::Char(_)) {
                        line = Line::new("");
                    }
                    line.edit(&key);
                    continue;
                }
            };
            chosen = option;
            if let Some(nr) = chosen {
                line = Line::new(options[nr]);
            }
        }
    }

    /// Replaces the line that was read with the answer that it stands for.
    pub fn answer(&self, shown: &str) -> io::Result<()> {
        self.terminal.clear_line()?;
        self.say(PROMPT, shown)
    }

    /// Draws the part of the line around the cursor that fits in the width of the terminal.
    fn draw(&self, line: &Line) -> io::Result<()> {
        let columns = usize::from(self.terminal.size().1);
        let (shown, behind) = line.part(columns.saturating_sub(PROMPT.len() + 1));
        self.terminal.clear_line()?;
        self.terminal.write_str(&format!("{PROMPT}{shown}"))?;
        if behind > 0 {
            self.terminal.move_cursor_left(behind)?;
        }
        self.terminal.flush()
    }
}

/// A line that is being typed.
#[derive(Debug, Default)]
struct Line {
    characters: Vec<char>,
    cursor: usize,
}

impl Line {
    fn new(text: &str) -> Self {
        let characters: Vec<char> = text.chars().collect();
        Self {
            cursor: characters.len(),
            characters,
        }
    }

    fn text(&self) -> String {
        self.characters.iter().collect()
    }

    fn edit(&mut self, key: &Key) {
        match key {
            Key::Char(CTRL_U) => *self = Self::default(),
            Key::Char(CTRL_W) => {
                let before = &self.characters[..self.cursor];
                let word = before.iter().rposition(|c| !c.is_whitespace());
                let start = word.and_then(|end| before[..end].iter().rposition(|c| *c == ' '));
                let start = start.map_or(0, |space| space + 1);
                self.characters.drain(start..self.cursor);
                self.cursor = start;
            }
            Key::Char(c) if !c.is_control() => self.insert(*c),
            // Pasted cells of a table.
            Key::Tab => self.insert(' '),
            Key::Backspace if self.cursor > 0 => {
                self.cursor -= 1;
                self.characters.remove(self.cursor);
            }
            Key::Del if self.cursor < self.characters.len() => {
                self.characters.remove(self.cursor);
            }
            Key::ArrowLeft => self.cursor = self.cursor.saturating_sub(1),
            Key::ArrowRight => self.cursor = self.characters.len().min(self.cursor + 1),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.characters.len(),
            _ => {}
        }
    }

    fn insert(&mut self, c: char) {
        self.characters.insert(self.cursor, c);
        self.cursor += 1;
    }

    /// The part around the cursor that fits in so many columns, and the columns of what is behind the cursor.
    fn part(&self, columns: usize) -> (String, usize) {
        let width = |c: &char| display_width(c.encode_utf8(&mut [0; 4]));
        let (before, behind) = self.characters.split_at(self.cursor);
        let mut left = columns;
        let mut fits = |c: &&char| {
            let fits = width(c) <= left;
            left = left.saturating_sub(width(c));
            fits
        };
        let count = before.iter().rev().take_while(&mut fits).count();
        let behind: String = behind.iter().take_while(&mut fits).collect();
        let before = &before[before.len() - count..];
        // An accent without its letter would be drawn on the prompt.
        let before: String = before.iter().skip_while(|c| width(c) == 0).collect();
        let columns_behind = display_width(&behind);
        (before + &behind, columns_behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str, keys: &[Key]) -> Line {
        let mut line = Line::new(text);
        for key in keys {
            line.edit(key);
        }
        line
    }

    #[test]
    fn keys_edit_the_line() {
        let char = Key::Char;
        for (keys, text) in [
            (&[char('!')][..], "een twee!"),
            (&[char(CTRL_U), char('x')], "x"),
            (&[char(CTRL_W)], "een "),
            (&[char(CTRL_W), char(CTRL_W), char(CTRL_W)], ""),
            (
                &[Key::Home, Key::Del, Key::ArrowRight, char('é')],
                "eén twee",
            ),
            (&[Key::ArrowLeft, Key::Backspace, Key::Tab], "een tw e"),
            (&[Key::Home, Key::Backspace, char(CTRL_W)], "een twee"),
            (
                &[char('\u{7}'), Key::Del, Key::ArrowRight, Key::Insert],
                "een twee",
            ),
        ] {
            assert_eq!(typed("een twee", keys).text(), text, "{keys:?}");
        }
    }

    #[test]
    fn a_narrow_terminal_shows_the_part_around_the_cursor() {
        let line = Line::new("psycho-educatie");
        assert_eq!(line.part(80), ("psycho-educatie".to_owned(), 0));
        assert_eq!(line.part(8), ("educatie".to_owned(), 0));
        let line = typed("psycho-educatie", &[Key::Home]);
        assert_eq!(line.part(6), ("psycho".to_owned(), 6));
        // Some characters take two columns, or none.
        assert_eq!(Line::new("a日本").part(4), ("日本".to_owned(), 0));
        assert_eq!(Line::new("e\u{301}e").part(1), ("e".to_owned(), 0));
        assert_eq!(Line::new("x").part(0), (String::new(), 0));
    }
}
