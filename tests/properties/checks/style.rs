//! What a page may say in a style attribute.

/// Whether a style only gives numbers to the stylesheet: the places of bars and marks in a figure.
pub fn is_place(style: &str) -> bool {
    style.split(';').all(|part| {
        let Some((name, number)) = part.split_once(':') else {
            return part.trim().is_empty();
        };
        // The lines of a grid, if it has any, have places too.
        let line = [
            "linear-gradient(var(--line) 0 0)",
            "px",
            "no-repeat",
            "none",
        ];
        let number = line
            .iter()
            .fold(number.to_owned(), |rest, word| rest.replace(word, ""));
        let is_number = |c: char| c.is_ascii_digit() || " .,%/-".contains(c);
        name.trim().starts_with("--") && number.chars().all(is_number)
    })
}
