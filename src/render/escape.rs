//! Makes any text harmless in a format, and tidies what templates have laid out.
//!
//! In both formats the white space of a template is layout only: [`tidy`] strips what lines begin and end with and folds blank
//! lines. A line break that belongs to the contents is written as [`KEPT_BREAK`] by the filters that make contents.

use std::borrow::Cow;

/// A line break that belongs to the contents, until [`tidy`] has done its work. No text of a plan can hold one: it is a control
/// character, and those are dropped.
pub const KEPT_BREAK: char = '\u{1e}';

/// A text with white space folded and without control characters. Neither format can hold those, a terminal that shows the
/// document must not obey them, and marks that turn the direction of writing would reach past the text that they stand in.
pub fn clean(text: &str) -> Cow<'_, str> {
    if is_clean(text) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        if is_space(c) {
            if !clean.ends_with(' ') {
                clean.push(' ');
            }
        } else if !is_dropped(c) {
            clean.push(c);
        }
    }
    Cow::Owned(clean)
}

/// A text in which white space counts, without what [`clean`] drops. A tab is four spaces: a document has no tabs.
pub fn code(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => code.push('\n'),
            '\t' => code.push_str("    "),
            c if is_space(c) => code.push(' '),
            c if is_dropped(c) => {}
            c => code.push(c),
        }
    }
    code
}

/// Whether there is nothing to fold and nothing to drop, as in nearly every text.
fn is_clean(text: &str) -> bool {
    let mut after_space = false;
    text.chars().all(|c| {
        let is_double = after_space && c == ' ';
        after_space = c == ' ';
        match c {
            ' ' => !is_double,
            '!'..='~' => true,
            c => !is_space(c) && !is_dropped(c),
        }
    })
}

const fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether a character is left out of every document.
pub fn is_dropped(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_none = matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}');
    turns || is_none || c.is_control()
}

/// A text as HTML shows it, inside elements and inside quoted attributes alike.
pub fn html(text: &str) -> Cow<'_, str> {
    let text = clean(text);
    if !text.bytes().any(|byte| reference(byte).is_some()) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut rest = &*text;
    while let Some((at, reference)) = first_reference(rest) {
        escaped.push_str(rest.get(..at).unwrap_or_default());
        escaped.push_str(reference);
        rest = rest.get(at + 1..).unwrap_or_default();
    }
    escaped.push_str(rest);
    Cow::Owned(escaped)
}

/// The first byte of a text that must not stand there as it is, and what stands there instead.
fn first_reference(text: &str) -> Option<(usize, &'static str)> {
    let mut bytes = text.bytes().enumerate();
    bytes.find_map(|(at, byte)| Some((at, reference(byte)?)))
}

const fn reference(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}

/// Where a text stands in its line of Markdown, which decides what must be escaped in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Whether it may be the first of its line.
    pub starts_line: bool,
    /// Whether a link may follow at once.
    pub before_link: bool,
}

impl Position {
    /// A place of which nothing is known, so that everything is escaped that could matter anywhere.
    pub const ANYWHERE: Self = Self {
        starts_line: true,
        before_link: true,
    };
}

/// A text as Markdown (`CommonMark` and GFM) shows it, on one line, in running text and in cells of tables alike.
///
/// One thing cannot be escaped: GFM looks for e-mail addresses when all else is done, so an address stays itself but becomes a
/// link to itself.
pub fn markdown(text: &str, position: Position) -> String {
    let text = clean(text);
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut before = Before {
        text: "",
        starts_line: position.starts_line,
    };
    for (at, c) in text.char_indices() {
        let (done, rest) = text.split_at(at);
        before.text = done;
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if needs_backslash(before, c, after, position.before_link) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// What stands before a character.
#[derive(Clone, Copy)]
struct Before<'t> {
    text: &'t str,
    starts_line: bool,
}

impl Before<'_> {
    fn last(self) -> Option<char> {
        self.text.chars().next_back()
    }

    /// Whether the line begins here.
    fn is_start(self) -> bool {
        self.starts_line && self.text.trim_start().is_empty()
    }

    /// Whether an address may begin here, which GFM then reads to its end whatever is escaped in it.
    fn ends_with_www(self) -> bool {
        let start = self.text.len().checked_sub("www".len());
        let end = start.and_then(|start| self.text.get(start..));
        end.is_some_and(|end| end.eq_ignore_ascii_case("www"))
    }

    /// Whether the line begins with a number that ends here.
    fn is_number(self) -> bool {
        let text = self.text.trim_start();
        self.starts_line && !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
    }
}

fn needs_backslash(before: Before<'_>, c: char, after: &str, before_link: bool) -> bool {
    let next = after.chars().next();
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' => true,
        '_' => !(is_word(before.last()) && is_word(next)),
        '&' => may_be_entity(after),
        '!' => before_link && after.is_empty(),
        // At its end a heading drops them.
        '#' => before.is_start() || matches!(before.last(), None | Some(' ')),
        '>' => before.is_start(),
        '+' | '-' | '=' => before.is_start() && !is_word(next),
        ':' => after.starts_with("//") || (before.is_start() && next == Some('-')),
        ')' => before.is_number() && next.is_none_or(|next| next == ' '),
        '.' => {
            (before.is_number() && next.is_none_or(|next| next == ' ')) || before.ends_with_www()
        }
        _ => false,
    }
}

/// Whether `&` and what follows could be read as an entity, now or with what comes behind the text.
fn may_be_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    rest.is_empty() || (rest.len() < name.len() && rest.starts_with(';'))
}

/// A text as the name of something in a Mermaid chart, on one line and not longer than such a name can be. Whatever would end
/// the name or begin something else stands there as a number, which Mermaid shows as the character again.
pub fn mermaid(text: &str) -> String {
    const MOST: usize = 80;
    const WORDS: [&str; 18] = [
        "accdescr",
        "acctitle",
        "axisformat",
        "call",
        "click",
        "dateformat",
        "excludes",
        "gantt",
        "href",
        "includes",
        "inclusiveenddates",
        "section",
        "tickinterval",
        "title",
        "todaymarker",
        "topaxis",
        "weekday",
        "weekend",
    ];
    let text = clean(text);
    let text = text.trim();
    let lower = text.to_lowercase();
    let starts_otherwise = WORDS.iter().any(|word| lower.starts_with(word))
        || text.starts_with(|c: char| !c.is_alphabetic());
    let mut name = String::with_capacity(text.len() + 16);
    for (nr, c) in text.chars().enumerate().take(MOST) {
        let is_special = matches!(
            c,
            ':' | ';' | '#' | '%' | '<' | '>' | '&' | '"' | '`' | '\\' | '{' | '}'
        );
        if is_special || (nr == 0 && starts_otherwise) {
            name.push_str(&format!("#{};", u32::from(c)));
        } else {
            name.push(c);
        }
    }
    if text.chars().nth(MOST).is_some() {
        name.push('…');
    }
    if name.is_empty() {
        name.push('–');
    }
    name
}

/// Escaped Markdown as one cell of a table: on one line, with every `|` escaped.
pub fn cell(markdown: &str) -> String {
    let mut cell = String::with_capacity(markdown.len());
    let mut backslashes = 0;
    for c in markdown.trim_matches([' ', '\n', KEPT_BREAK]).chars() {
        match c {
            '\n' | KEPT_BREAK if cell.ends_with(' ') => {}
            '\n' | KEPT_BREAK => cell.push(' '),
            '|' if backslashes % 2 == 0 => cell.push_str("\\|"),
            c => cell.push(c),
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
    }
    cell
}

/// What templates have laid out, as a reader wants to find it: no white space around lines, at most one blank line in a row,
/// one line break at the end; what belongs to the contents as it was.
pub fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut after_blank = false;
    for line in text
        .split('\n')
        .map(|line| line.trim_matches([' ', '\t', '\r']))
    {
        if line.is_empty() {
            after_blank = true;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if after_blank { "\n\n" } else { "\n" });
        }
        after_blank = false;
        // Without stopping at the first, several bytes are looked at at once.
        if line
            .bytes()
            .fold(false, |found, byte| found | may_be_control(byte))
        {
            tidy.extend(line.chars().filter_map(|c| match c {
                KEPT_BREAK => Some('\n'),
                c => (!c.is_control()).then_some(c),
            }));
        } else {
            tidy.push_str(line);
        }
    }
    tidy.push('\n');
    tidy
}

/// Whether a byte is a control character or may begin one: few lines have any.
const fn may_be_control(byte: u8) -> bool {
    byte.is_ascii_control() || byte == 0xC2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped(text: &str) -> String {
        markdown(text, Position::ANYWHERE)
    }

    #[test]
    fn plain_dutch_reads_as_it_was_written() {
        for text in [
            "Bij 80% van de trajecten (dus 4 van 5), “vóór 1 mei”; zie ook C# en A & B: -5 graden, 3 + 4 = 7!?",
            "snake_case_woord",
            "2026-09-01",
            "1.250,00",
            "09:30 - 10:30",
        ] {
            assert_eq!(escaped(text), text);
        }
    }

    #[test]
    fn what_markdown_would_read_is_escaped() {
        for (text, expected) in [
            ("# kop", "\\# kop"),
            ("- punt", "\\- punt"),
            ("1. punt", "1\\. punt"),
            ("12) punt", "12\\) punt"),
            ("> citaat", "\\> citaat"),
            ("===", "\\==="),
            ("a | b", "a \\| b"),
            ("*a* _b_ `c` ~~d~~", "\\*a\\* \\_b\\_ \\`c\\` \\~\\~d\\~\\~"),
            ("<b>", "\\<b>"),
            ("&amp; &#35; R&D", "\\&amp; \\&#35; R\\&D"),
            ("https://x.nl www.x.nl", "https\\://x.nl www\\.x.nl"),
            ("Www.x.nl/<b>", "Www\\.x.nl/\\<b>"),
            ("[@bron]", "\\[@bron\\]"),
            ("Meedoen!", "Meedoen\\!"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn control_characters_are_dropped_and_white_space_is_folded() {
        assert_eq!(clean("a\u{1b}[31m\n\n  b\u{0}\u{202e}c"), "a[31m bc");
        assert_eq!(html("<a href='x'>\u{7}"), "&lt;a href=&#39;x&#39;&gt;");
    }

    #[test]
    fn a_cell_stays_one_cell() {
        assert_eq!(cell("a `|` \\| \\\\|\n\nb"), "a `\\|` \\| \\\\\\| b");
    }

    #[test]
    fn a_name_in_a_chart_stays_a_name() {
        for (name, expected) in [
            ("Intervisie (elke maand)", "Intervisie (elke maand)"),
            ("a: b; c #1", "a#58; b#59; c #35;1"),
            ("title van alles", "#116;itle van alles"),
            ("2027-01-01 beginnen", "#50;027-01-01 beginnen"),
            (
                "a %%{init: {}}%%\nklik",
                "a #37;#37;#123;init#58; #123;#125;#125;#37;#37; klik",
            ),
            (" \n", "–"),
        ] {
            assert_eq!(mermaid(name), expected);
        }
        assert_eq!(mermaid(&"é".repeat(500)).chars().count(), 81);
    }

    #[test]
    fn layout_is_tidied_and_contents_are_kept() {
        assert_eq!(
            tidy("\n\n  # a \n\n\n\n  b\u{1e}    c\u{1e}\u{1e}d\n  e\n"),
            "# a\n\nb\n    c\n\nd\ne\n"
        );
    }
}
