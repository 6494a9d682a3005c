//! What to do about a finding, in the words of the form: the labels of questions instead of the keys of the file.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::plan::Language;
use crate::schema;
use crate::value::path::{Path, Step};
use crate::words::{FieldText, Words};

/// The patterns of all fields by their key.
static BY_KEY: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut by_key: HashMap<String, Vec<String>> = HashMap::new();
    for pattern in schema::fields() {
        let key = pattern.rsplit('.').next().unwrap_or_default();
        by_key.entry(key.to_owned()).or_default().push(pattern);
    }
    by_key
});

/// A text about the place at a path, with the label of a field where the text has its key between quotes. English texts gloss a key,
/// which a label does not need.
pub(super) fn with_labels(text: &str, path: &Path, words: Words) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, quoted)) = rest.split_once('‘') {
        shown.push_str(before);
        shown.push('‘');
        rest = quoted;
        let Some((key, after)) = quoted.split_once('’') else {
            break;
        };
        let Some(label) = label(key, path, words) else {
            continue;
        };
        shown.push_str(label);
        shown.push('’');
        let gloss = after.strip_prefix(" (").and_then(|it| it.split_once(')'));
        let gloss = gloss.filter(|_| words.language() == Language::English);
        rest = gloss.map_or(after, |(_, behind)| behind);
    }
    shown.push_str(rest);
    shown
}

/// The label of the field with a key that is nearest to a path.
fn label(key: &str, path: &Path, words: Words) -> Option<&'static str> {
    let patterns = BY_KEY.get(key)?;
    let near = |pattern: &&String| {
        let steps = path.steps().filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        let parts = pattern.split('.').map(|part| part.trim_end_matches("[]"));
        let same = parts
            .zip(steps)
            .take_while(|(part, step)| part == step || *part == "*");
        same.count()
    };
    // The first of those that are equally near.
    let nearest = patterns.iter().rev().max_by_key(near)?;
    Some(words.field(nearest, FieldText::Label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_the_labels_of_the_nearest_fields() {
        let path: Path = ["monitoring", "x"].into_iter().collect();
        let shown = |text, language| with_labels(text, &path, Words::of(language));
        let dutch = shown(
            "Kies bij ‘wanneer’ een dag, zoals ‘na 1 jaar’, of ‘bijsturen’.",
            Language::Dutch,
        );
        let label = |pattern, language| Words::of(language).field(pattern, FieldText::Label);
        let expected = format!(
            "Kies bij ‘{}’ een dag, zoals ‘na 1 jaar’, of ‘{}’.",
            label("monitoring.*.wanneer", Language::Dutch),
            label("monitoring.*.bijsturen", Language::Dutch)
        );
        assert_eq!(dutch, expected);
        assert_eq!(
            shown("See ‘wanneer’ (when), and ‘it’ (this).", Language::English),
            format!(
                "See ‘{}’, and ‘it’ (this).",
                label("monitoring.*.wanneer", Language::English)
            )
        );
        assert_eq!(shown("‘open", Language::Dutch), "‘open");
    }
}
