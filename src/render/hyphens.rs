//! Soft hyphens in the long words of a page, and places to break in what is no word, such as an address. A browser may then keep
//! every other text whole: dates, amounts and short words never break.

use std::borrow::Cow;

use hypher::Lang;

use super::tags::tags;
use crate::plan::Language;

/// Shorter words are not broken: they fit in the narrowest column of a table.
const SHORTEST: usize = 13;
/// The minimum number of letters before and after a hyphen.
const LEAST: usize = 3;
/// The maximum number of characters without a place to break.
const LONGEST_PIECE: usize = 22;

const SOFT_HYPHEN: &str = "\u{ad}";
/// A place to break that is not copied with the text.
const BREAK: &str = "<wbr>";

/// A space that no line breaks at.
const GLUE: &str = "\u{a0}";

/// The months of a date, in Dutch and English.
const MONTHS: [&str; 20] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "january",
    "february",
    "march",
    "may",
    "june",
    "july",
    "august",
    "october",
];

/// Elements whose text is not running text.
const LEFT_ALONE: [&str; 2] = ["svg", "pre"];

/// Adds them to the text of an HTML document.
pub(super) fn add(html: &str, language: Language) -> String {
    let language = match language {
        Language::Dutch => Lang::Dutch,
        Language::English => Lang::English,
    };
    let mut out = String::with_capacity(html.len() + html.len() / 64);
    let mut end = 0;
    let mut inside = None;
    for tag in tags(html) {
        let text = &html[end..tag.span.start];
        match inside {
            None => words(text, language, &mut out),
            Some(_) => out.push_str(text),
        }
        end = tag.span.end + tag.text.len();
        out.push_str(&html[tag.span.start..end]);
        inside = match inside {
            None => LEFT_ALONE.into_iter().find(|name| tag.is(name)),
            Some(name) => Some(name).filter(|name| tag.name.strip_prefix('/') != Some(*name)),
        };
    }
    words(&html[end..], language, &mut out);
    out
}

/// Adds the places to break to the words of a text.
fn words(text: &str, language: Lang, out: &mut String) {
    let mut last = "";
    let mut rest = text;
    while !rest.is_empty() {
        let spaces = rest
            .find(|c: char| !c.is_whitespace())
            .unwrap_or(rest.len());
        let (space, after) = rest.split_at(spaces);
        let end = after.find(char::is_whitespace).unwrap_or(after.len());
        let (word, after) = after.split_at(end);
        out.push_str(if belong_together(last, word) {
            GLUE
        } else {
            space
        });
        last = word;
        // Bytes are never fewer than characters.
        if word.len() < SHORTEST {
            out.push_str(word);
        } else {
            break_up(word, language, out);
        }
        rest = after;
    }
}

/// Whether two words are parts of a date or an amount.
fn belong_together(word: &str, next: &str) -> bool {
    let is_month = |word: &str| MONTHS.iter().any(|month| word.eq_ignore_ascii_case(month));
    let digits = |word: &str| word.bytes().take_while(u8::is_ascii_digit).count();
    match next.bytes().next() {
        Some(byte) if byte.is_ascii_digit() => {
            word.ends_with('€') || (digits(next) == 4 && is_month(word))
        }
        Some(_) => {
            word.len() <= 2 && !word.is_empty() && digits(word) == word.len() && is_month(next)
        }
        None => false,
    }
}

/// A word, perhaps with signs and entities in it.
fn break_up(word: &str, language: Lang, out: &mut String) {
    // Hyphens do not belong in addresses.
    let is_address = word.contains(['@', '/']) || word.contains("www.");
    // The characters since the last place to break.
    let mut unbroken = 0;
    let mut rest = word;
    while !rest.is_empty() {
        let letters = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        if letters > 0 {
            let (run, after) = rest.split_at(letters);
            rest = after;
            let run = if is_address {
                run.into()
            } else {
                hyphenated(run, language)
            };
            for piece in run.split_inclusive(SOFT_HYPHEN) {
                push(piece, &mut unbroken, out);
                if piece.ends_with(SOFT_HYPHEN) {
                    unbroken = 0;
                }
            }
            continue;
        }
        let entity = rest.starts_with('&').then(|| rest.find(';')).flatten();
        let length = entity.map_or_else(
            || rest.chars().next().map_or(1, char::len_utf8),
            |end| end + 1,
        );
        let (sign, after) = rest.split_at(length);
        rest = after;
        push_whole(sign, 1, &mut unbroken, out);
        // After a slash or a hyphen that joins two words, a browser breaks by itself or should.
        if matches!(sign, "/" | "-" | "@" | "_" | "=") && !rest.is_empty() && unbroken > LEAST {
            out.push_str(BREAK);
            unbroken = 0;
        }
    }
}

fn hyphenated(run: &str, language: Lang) -> Cow<'_, str> {
    if run.len() < SHORTEST || run.chars().count() < SHORTEST {
        return run.into();
    }
    hypher::hyphenate_bounded(run, language, LEAST, LEAST)
        .join(SOFT_HYPHEN)
        .into()
}

/// Writes letters, with a place to break where none is for too long.
fn push(piece: &str, unbroken: &mut usize, out: &mut String) {
    let length = piece.chars().count();
    if *unbroken + length <= LONGEST_PIECE {
        *unbroken += length;
        out.push_str(piece);
        return;
    }
    for (at, c) in piece.char_indices() {
        push_whole(&piece[at..at + c.len_utf8()], 1, unbroken, out);
    }
}

fn push_whole(text: &str, length: usize, unbroken: &mut usize, out: &mut String) {
    if *unbroken + length > LONGEST_PIECE {
        out.push_str(BREAK);
        *unbroken = 0;
    }
    *unbroken += length;
    out.push_str(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dutch(html: &str) -> String {
        add(html, Language::Dutch).replace('\u{ad}', "~")
    }

    #[test]
    fn long_words_have_soft_hyphens_and_other_texts_stay() {
        for (html, expected) in [
            (
                "<p>De schuldhulpverleners, per 1\u{a0}september\u{a0}2026 (implementatiedoelen).</p>",
                "<p>De schuld~hulp~ver~le~ners, per 1\u{a0}september\u{a0}2026 (imple~men~ta~tie~doe~len).</p>",
            ),
            (
                "<a href=\"#schuldhulpverleners\" title=\"schuldhulpverleners\">kort</a>",
                "<a href=\"#schuldhulpverleners\" title=\"schuldhulpverleners\">kort</a>",
            ),
            (
                "<title>schuldhulpverleners</title><script>schuldhulpverleners</script>",
                "<title>schuldhulpverleners</title><script>schuldhulpverleners</script>",
            ),
            (
                "<pre>schuldhulpverleners</pre> <svg><text>schuldhulpverleners</text></svg> schuldhulpverleners",
                "<pre>schuldhulpverleners</pre> <svg><text>schuldhulpverleners</text></svg> schuld~hulp~ver~le~ners",
            ),
            (
                "<a title='x > schuldhulpverleners'>kort</a>",
                "<a title='x > schuldhulpverleners'>kort</a>",
            ),
            ("a &amp; b", "a &amp; b"),
            (
                "Op 31 mei 2021, voor € 5",
                "Op 31\u{a0}mei\u{a0}2021, voor €\u{a0}5",
            ),
        ] {
            assert_eq!(dutch(html), expected);
        }
    }

    #[test]
    fn what_is_no_word_breaks_at_signs_or_anywhere() {
        assert_eq!(
            dutch("www.voorbeeldorganisatie.nl/een-lang-adres naam@voorbeeldorganisatie.nl"),
            "www.voorbeeldorganisat<wbr>ie.nl/<wbr>een-<wbr>lang-<wbr>adres naam@<wbr>voorbeeldorganisatie.n<wbr>l"
        );
        let long = "x".repeat(50);
        let pieces = dutch(&long);
        assert!(
            pieces
                .split("<wbr>")
                .flat_map(|piece| piece.split('~'))
                .all(|piece| piece.len() <= 22),
            "{pieces}"
        );
        assert_eq!(pieces.replace("<wbr>", "").replace('~', ""), long);
    }
}
