//! Words and signs before a number: `minstens 60%`, `at most 10`, `≥ 5`.

/// The text after the words and signs before a number, and whether these make it a maximum.
pub(super) fn past_bound(text: &str) -> (bool, &str) {
    let mut is_maximum = false;
    let mut rest = text.trim_start();
    while let Some((word, is_upper)) = bound(rest) {
        is_maximum |= is_upper;
        rest = rest.get(word.len()..).unwrap_or_default().trim_start();
    }
    (is_maximum, rest)
}

/// The word or sign before a number that a text begins with, and whether it makes the number a maximum.
fn bound(text: &str) -> Option<(&'static str, bool)> {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let lower = MINIMUM.into_iter().map(|word| (word, false));
    let upper = MAXIMUM.into_iter().map(|word| (word, true));
    upper.chain(lower).find(|(word, _)| {
        let starts = |start: &str| start.eq_ignore_ascii_case(word);
        let ends = |rest: &str| {
            !word.ends_with(char::is_alphabetic) || !rest.starts_with(char::is_alphanumeric)
        };
        text.get(..word.len()).is_some_and(starts) && text.get(word.len()..).is_some_and(ends)
    })
}

/// Words and signs before a maximum.
const MAXIMUM: [&str; 20] = [
    "binnen",
    "within",
    "hoogstens",
    "ten hoogste",
    "op zijn hoogst",
    "maximaal",
    "niet meer dan",
    "niet hoger dan",
    "minder dan",
    "lager dan",
    "at most",
    "a maximum of",
    "no more than",
    "not more than",
    "less than",
    "fewer than",
    "up to",
    "≤",
    "<=",
    "<",
];

/// Words and signs before a minimum or an exact or estimated number.
const MINIMUM: [&str; 37] = [
    "bij",
    "in",
    "gemiddeld een",
    "gemiddeld",
    "an average of",
    "on average",
    "minstens",
    "ten minste",
    "tenminste",
    "op zijn minst",
    "minimaal",
    "niet minder dan",
    "meer dan",
    "hoger dan",
    "at least",
    "a minimum of",
    "minimum of",
    "no less than",
    "no fewer than",
    "not less than",
    "more than",
    "over",
    "ongeveer",
    "circa",
    "ca.",
    "ca",
    "rond",
    "about",
    "approximately",
    "around",
    "exactly",
    "precies",
    "≥",
    ">=",
    ">",
    "±",
    "~",
];
