//! Answers that do not count because their lines are commented out, as in the blocks that `new` leaves ready.

use std::collections::HashSet;

use crate::schema;

/// An answer that is commented out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commented {
    /// The key that is answered.
    pub key: String,
    /// The number of the line.
    pub line: usize,
}

/// The key that `new` fills in behind a `#` itself.
const LAID_OUT: &str = "doelen";

/// Finds the answers in comments below a key that has no value. Elsewhere, authors comment out what they do not want.
pub(super) fn answers(source: &str) -> Vec<Commented> {
    let mut found = Vec::new();
    let mut below = None;
    let mut pending = Vec::new();
    let lines = source.split('\n').zip(1..);
    for (text, line) in lines.chain([("end", 0)]) {
        let trimmed = text.trim();
        if let (Some(behind), Some(margin)) = (trimmed.strip_prefix('#'), below) {
            let behind = behind.trim_start_matches(['#', ' ', '\t']);
            let is_deeper = text.trim_end().len() - behind.len() > margin;
            pending.extend(
                answered(behind)
                    .filter(|_| is_deeper)
                    .map(|key| (key, line)),
            );
        } else if !trimmed.is_empty() && !trimmed.starts_with('#') {
            let item = trimmed.trim_start_matches(['-', ' ']);
            let margin = text.trim_end().len() - item.len();
            // A deeper line or a list item is the value of the key above.
            let is_value = below.is_some_and(|above| margin > above);
            if !is_value {
                found.append(&mut pending);
            }
            pending.clear();
            below = trimmed.ends_with(':').then_some(margin);
        }
    }
    if found.is_empty() {
        return Vec::new();
    }
    let patterns = schema::fields();
    let names = patterns
        .iter()
        .filter_map(|pattern| pattern.rsplit('.').next());
    let keys: HashSet<&str> = names.collect();
    found.retain(|(key, _)| keys.contains(key));
    let answers = found.into_iter();
    answers
        .map(|(key, line)| Commented {
            key: key.to_owned(),
            line,
        })
        .collect()
}

/// The key of a line that has a value.
fn answered(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let value = value.trim_start();
    (key != LAID_OUT && !value.is_empty() && !value.starts_with('#')).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Language;
    use crate::scaffold;
    use crate::words::Words;

    fn found(source: &str) -> Vec<(String, usize)> {
        let answers = answers(source).into_iter();
        answers.map(|it| (it.key, it.line)).collect()
    }

    #[test]
    fn answers_below_a_key_without_value_are_found() {
        for (source, expected) in [
            ("a:\n  # x:\n  #   soort: gewenst\nb:", &[("soort", 3)][..]),
            ("a:\n  x:\n  #   soort: gewenst", &[("soort", 3)]),
            ("a:\r\n  #x:\r\n  #  werking: |\r\n\r\n", &[("werking", 3)]),
            (
                "a:\n  # # werking: x\n\n  # soort: y\n",
                &[("werking", 2), ("soort", 4)],
            ),
            // The key has a value.
            ("a:\n  # soort: gewenst\n  soort: ongewenst", &[]),
            ("a:\n# soort: gewenst\n- soort: ongewenst", &[]),
            ("a: 1\n# soort: gewenst", &[]),
            ("# soort: gewenst", &[]),
            // Not deeper than the key, without a value, and no key.
            ("  a:\n# soort: gewenst", &[]),
            ("a:\n  #   soort:\n  #   soort: # x", &[]),
            (
                "a:\n  # Let op: dit mag\n  # let-op: dit mag\n  # https://soort",
                &[],
            ),
        ] {
            let expected: Vec<_> = expected
                .iter()
                .map(|(key, line)| ((*key).to_owned(), *line))
                .collect();
            assert_eq!(found(source), expected, "{source}");
        }
    }

    #[test]
    fn a_new_plan_has_none() {
        for words in [Words::of(Language::Dutch), Words::of(Language::English)] {
            for plan in [scaffold::skeleton(words), scaffold::full_skeleton(words)] {
                assert_eq!(found(&plan), []);
                let filled = plan.replace("#   soort:", "#   soort: gewenst");
                assert!(filled == plan || found(&filled).iter().all(|(key, _)| key == "soort"));
                assert_ne!(found(&filled), []);
            }
        }
    }
}
