//! Escaping of any text for a format, and clean-up of the white space that templates leave.
//!
//! In both formats the white space of a template is layout only: [`tidy`] trims lines and folds blank ones. Filters write a
//! line break that belongs to the contents as [`KEPT_BREAK`].

use std::borrow::Cow;

use crate::value::is_bidi_control;

/// A line break that [`tidy`] must keep. No text of a plan can contain it, because control characters are dropped.
pub const KEPT_BREAK: char = '\u{1e}';

/// Folds white space and drops the characters of [`is_dropped`].
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

/// Cleans a text in which white space counts. A tab becomes four spaces, because a document has no tabs.
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

/// Whether [`clean`] would change nothing, as for nearly every text.
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

/// Whether a character is left out of every document: neither format allows control characters and noncharacters, a terminal
/// that shows the document must not act on them, and bidi controls would affect the text that follows.
pub fn is_dropped(c: char) -> bool {
    let is_noncharacter = matches!(c, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}');
    is_noncharacter || is_bidi_control(c) || c.is_control()
}

/// Cleans and escapes a text for HTML, both for elements and for quoted attributes.
pub fn html(text: &str) -> Cow<'_, str> {
    match clean(text) {
        Cow::Borrowed(text) => html_verbatim(text),
        Cow::Owned(text) => Cow::Owned(html_verbatim(&text).into_owned()),
    }
}

/// Escapes a text for HTML without cleaning it.
pub fn html_verbatim(text: &str) -> Cow<'_, str> {
    let is_special = |byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'');
    if !text.bytes().any(is_special) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// The position of a text in its line of Markdown, which decides what must be escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Whether the text may be the first of its line.
    pub starts_line: bool,
    /// Whether a link may follow immediately.
    pub before_link: bool,
}

impl Position {
    /// An unknown position: everything is escaped that could matter anywhere.
    pub const ANYWHERE: Self = Self {
        starts_line: true,
        before_link: true,
    };
}

/// Cleans and escapes a text for Markdown (`CommonMark` and GFM), both for running text and for table cells. That includes what
/// GitLab adds: `::include{…}` of another file, lines that are commands (`/close`), placeholders (`%{…}`), changes (`{+ … +}`)
/// and definitions. Mentions (`@name`, `#1`) stay readable: a file or wiki page notifies nobody.
///
/// GFM looks for e-mail addresses after everything else, so an address cannot be escaped: it becomes a link to itself.
pub fn markdown(text: &str, position: Position) -> String {
    let text = clean(text);
    let mut escaped = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        let (before, rest) = text.split_at(at);
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        if needs_backslash(before, c, after, position) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn needs_backslash(before: &str, c: char, after: &str, position: Position) -> bool {
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_start = || position.starts_line && before.trim_start().is_empty();
    let ends_list_number = || {
        let number = before.trim_start();
        position.starts_line
            && !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
            && next.is_none_or(|next| next == ' ')
    };
    // GFM reads an address from here to its end, whatever is escaped in it.
    let ends_www = || {
        let end = before.get(before.len().saturating_sub("www".len())..);
        end.is_some_and(|end| end.eq_ignore_ascii_case("www"))
    };
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' | '$' => true,
        '_' => !(is_word(last) && is_word(next)),
        '&' => may_be_entity(after),
        '!' => position.before_link && after.is_empty(),
        // A heading drops trailing number signs.
        '#' => is_start() || matches!(last, None | Some(' ')),
        '>' => is_start(),
        '+' | '-' | '=' => is_start() && !is_word(next),
        ':' => {
            after.starts_with("//")
                || (is_start() && matches!(next, Some('-' | ':' | ' ')))
                || starts_emoji(last, after)
        }
        '/' => is_start() && next.is_some_and(|next| next.is_ascii_alphabetic()),
        '%' => next == Some('{'),
        '{' => matches!(next, Some('+' | '-')),
        ')' => ends_list_number(),
        '.' => ends_list_number() || ends_www(),
        _ => false,
    }
}

/// Whether a colon and the text after it could be the name of an emoji, such as `:tada:`.
fn starts_emoji(last: Option<char>, after: &str) -> bool {
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    let rest = after.trim_start_matches(is_in_name);
    !last.is_some_and(char::is_alphanumeric) && rest.len() < after.len() && rest.starts_with(':')
}

/// Whether `&` and the text after it could be read as an entity, now or together with what follows the text.
fn may_be_entity(after: &str) -> bool {
    let name = after.strip_prefix('#').unwrap_or(after);
    let rest = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    rest.is_empty() || (rest.len() < name.len() && rest.starts_with(';'))
}

/// Escapes a text for use as a name in a Mermaid chart. Characters that would end the name, or start something
/// else, become numeric entities, which Mermaid shows as the characters again.
pub fn mermaid(text: &str) -> String {
    const KEYWORDS: &str = "accdescr acctitle axisformat call click dateformat excludes gantt href includes \
        inclusiveenddates section tickinterval title todaymarker topaxis weekday weekend www";
    // Those of Markdown are among them, for a name outside a chart.
    const SIGNS: &str = ":;#%<>&\"`\\{}[]*_~|!$";
    let text = clean(text);
    let text = text.trim();
    let lower = text.to_lowercase();
    // A flowchart takes any line that contains `direction LR` for a setting, even in quotes.
    let is_direction = |rest: &str| {
        let word = rest.get(.."direction".len());
        word.is_some_and(|word| word.eq_ignore_ascii_case("direction"))
    };
    let is_ambiguous = KEYWORDS.split(' ').any(|word| lower.starts_with(word))
        || text.starts_with(|c: char| !c.is_alphabetic());
    let mut name = String::with_capacity(text.len() + 16);
    for (nr, (at, c)) in text.char_indices().enumerate() {
        let is_special = SIGNS.contains(c) || (nr == 0 && is_ambiguous);
        if is_special || text.get(at..).is_some_and(is_direction) {
            name.push_str(&format!("#{};", u32::from(c)));
        } else {
            name.push(c);
        }
    }
    if name.is_empty() {
        name.push('–');
    }
    name
}

/// Puts escaped Markdown on one line for a table cell, with every `|` escaped.
pub fn cell(markdown: &str) -> String {
    let mut cell = String::with_capacity(markdown.len());
    let mut is_escaped = false;
    for c in markdown.trim_matches([' ', '\n', KEPT_BREAK]).chars() {
        match c {
            '\n' | KEPT_BREAK if cell.ends_with(' ') => {}
            '\n' | KEPT_BREAK => cell.push(' '),
            '|' if !is_escaped => cell.push_str("\\|"),
            c => cell.push(c),
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    cell
}

/// Cleans up the output of templates: no white space around lines, at most one blank line in a row, and one line break at the
/// end. Contents stay as they are.
pub fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut after_blank = false;
    for line in text.split('\n') {
        let line = line.trim_matches([' ', '\t', '\r']);
        if line.is_empty() {
            after_blank = true;
            continue;
        }
        if !tidy.is_empty() {
            tidy.push_str(if after_blank { "\n\n" } else { "\n" });
        }
        after_blank = false;
        // Without an early exit, the compiler can check several bytes at once.
        let bytes = line.bytes();
        if bytes.fold(false, |found, byte| found | may_be_control(byte)) {
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

/// Whether a byte is a control character or may be the first byte of one.
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
    fn plain_dutch_is_not_escaped() {
        for text in [
            "Bij 80% van de trajecten (dus 4 van 5), “vóór 1 mei”; zie ook C# en A & B: -5 graden, 3 + 4 = 7!?",
            "snake_case_woord",
            "2026-09-01",
            "1.250,00",
            "09:30 - 10:30",
            "van 9:30:15 tot 10:00, en/of {x}",
            "met @jan, !12 en %3",
        ] {
            assert_eq!(escaped(text), text);
        }
    }

    #[test]
    fn markdown_syntax_is_escaped() {
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
            ("::include{file=plan.md}", "\\::include{file=plan.md}"),
            (": uitleg", "\\: uitleg"),
            ("/close", "\\/close"),
            (
                "%{project_name} {+ erbij +} {- weg -}",
                "\\%{project_name} \\{+ erbij +} \\{- weg -}",
            ),
            ("klaar :tada: :+1:", "klaar \\:tada: \\:+1:"),
            ("[TOC] [[_TOC_]]", "\\[TOC\\] \\[\\[\\_TOC\\_\\]\\]"),
            ("$`a`$ $$b$$", "\\$\\`a\\`\\$ \\$\\$b\\$\\$"),
            (">>>", "\\>>>"),
            ("[!NOTE] [^1]", "\\[!NOTE\\] \\[^1\\]"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn control_characters_are_dropped_and_white_space_folded() {
        assert_eq!(clean("a\u{1b}[31m\n\n  b\u{0}\u{202e}c"), "a[31m bc");
        assert_eq!(html("<a href='x'>\u{7}"), "&lt;a href=&#39;x&#39;&gt;");
    }

    #[test]
    fn pipes_and_line_breaks_in_a_cell_are_escaped() {
        assert_eq!(cell("a `|` \\| \\\\|\n\nb"), "a `\\|` \\| \\\\\\| b");
    }

    #[test]
    fn mermaid_names_are_escaped() {
        for (name, expected) in [
            ("Intervisie (elke maand)", "Intervisie (elke maand)"),
            ("a: b; c #1", "a#58; b#59; c #35;1"),
            ("title van alles", "#116;itle van alles"),
            ("2027-01-01 beginnen", "#50;027-01-01 beginnen"),
            (
                "a %%{init: {}}%%\nklik",
                "a #37;#37;#123;init#58; #123;#125;#125;#37;#37; klik",
            ),
            ("direction LR", "#100;irection LR"),
            ("De Direction TB", "De #68;irection TB"),
            ("Directie", "Directie"),
            (" \n", "–"),
        ] {
            assert_eq!(mermaid(name), expected);
        }
        assert_eq!(mermaid(&"é".repeat(500)).chars().count(), 500);
    }

    #[test]
    fn tidy_trims_layout_and_keeps_contents() {
        assert_eq!(
            tidy("\n\n  # a \n\n\n\n  b\u{1e}    c\u{1e}\u{1e}d\n  e\n"),
            "# a\n\nb\n    c\n\nd\ne\n"
        );
    }
}
