//! Properties of a page in any house style.

use planmaker::{Checked, Format, Layout, RenderError, Request, Theme, ThemeError, View, render};
use scraper::{Html, Selector};

use super::page::check_page;

/// The CSS functions that a value may use. None of them fetches.
const FUNCTIONS: &[&str] = &[
    "calc",
    "clamp",
    "color",
    "color-mix",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "light-dark",
    "max",
    "min",
    "oklab",
    "oklch",
    "rgb",
    "rgba",
];

/// A page takes only the values of tokens from a stylesheet, in rules of its own.
pub fn check_theme(css: &[u8]) {
    let Ok(theme) = Theme::read(css) else { return };
    let plain = style_of(None).unwrap();
    let themed = match style_of(Some(&theme)) {
        Err(RenderError::Theme(ThemeError::NoTokens)) => return,
        themed => themed.unwrap(),
    };
    let plain = plain.trim_end();
    let added = themed
        .strip_prefix(plain)
        .unwrap_or_else(|| panic!("{themed}"));
    let mut open = 0;
    for line in added.trim().lines() {
        let holds = match line {
            ":root {" | "@media screen and (prefers-color-scheme: dark) {" => {
                open += 1;
                true
            }
            "}" => {
                open -= 1;
                true
            }
            "color-scheme: light;" | "color-scheme: dark;" => open > 0,
            _ => open > 0 && is_declaration(line),
        };
        assert!(holds, "{line} in\n{added}");
    }
    assert_eq!(open, 0, "{added}");
}

fn style_of(theme: Option<&Theme>) -> Result<String, RenderError> {
    let checked = Checked::read("");
    let request = Request {
        layout: Layout::Summary,
        theme,
        ..Format::Html.into()
    };
    let html = render(&View::of(&checked), request)?;
    let page = Html::parse_document(&html);
    check_page(&page);
    let selector = Selector::parse("style").unwrap();
    Ok(page.select(&selector).next().unwrap().text().collect())
}

fn is_declaration(line: &str) -> bool {
    let Some((name, value)) = line.split_once(": ") else {
        return false;
    };
    let is_name = name.strip_prefix("--").is_some_and(|name| {
        name.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    });
    is_name && value.strip_suffix(';').is_some_and(is_value)
}

/// Whether a text is one value with balanced brackets and quotes and only known functions.
fn is_value(text: &str) -> bool {
    let mut depth = 0;
    let mut word = String::new();
    let mut characters = text.chars();
    while let Some(c) = characters.next() {
        match c {
            '"' => loop {
                match characters.next() {
                    Some('"') => break,
                    Some('\\' | '<' | '{' | '}') | None => return false,
                    Some(_) => {}
                }
            },
            '(' if may_precede_bracket(&word) => depth += 1,
            ')' if depth > 0 => depth -= 1,
            // A word that starts with a digit is written with an escape.
            '\\' => {}
            c if c.is_alphanumeric() || " #%.,+-*/_".contains(c) => {}
            _ => return false,
        }
        let is_in_word = c.is_alphanumeric() || matches!(c, '-' | '_' | '\\');
        if !is_in_word {
            word.clear();
        }
        if is_in_word || c == '#' {
            word.push(c);
        }
    }
    depth == 0
}

/// Whether a word may precede a bracket: a known function, or no function at all (a minus, a colour, a number with a unit).
fn may_precede_bracket(word: &str) -> bool {
    let number = word.strip_prefix('-').unwrap_or(word);
    matches!(word, "" | "-")
        || word.starts_with('#')
        || number.starts_with(|c: char| c.is_ascii_digit())
        || FUNCTIONS.contains(&word)
}
