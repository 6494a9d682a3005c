//! Limits on the texts of a plan that are read as Markdown.
//!
//! They bound the time and memory that hostile texts take. They are applied to all texts of the plan, in its order, before
//! anything is rendered, so that a text that is shown twice is shown in the same way twice.

use std::collections::HashSet;

use minijinja::Value;
use minijinja::value::DynObject;

/// Longer texts, in bytes, are shown as written: as a tree they would take a few hundred times their own memory.
const LONGEST: usize = 128 << 10;

/// The bytes of a plan's texts that are read as Markdown: more than forty thousand words. Texts after them are shown as written.
const MOST_READ: usize = 256 << 10;

/// The texts of a plan that are read as Markdown.
#[derive(Debug, Default)]
pub(super) struct Budget {
    read: usize,
    /// The texts beyond the limit.
    as_written: HashSet<String>,
}

impl Budget {
    /// The budget of a plan, as templates see it, that was read from `length` bytes.
    pub fn of(plan: &Value, length: usize) -> Self {
        let mut budget = Self::default();
        // Every text is in the file, and at most once more as the name that an id gives.
        if length > MOST_READ / 2 {
            budget.add(plan);
        }
        budget
    }

    /// Whether a text is read as Markdown rather than shown as written.
    pub fn allows(&self, text: &str) -> bool {
        text.len() <= LONGEST && !self.as_written.contains(text)
    }

    fn add(&mut self, value: &Value) {
        if let Some(text) = value.as_str().filter(|text| text.len() <= LONGEST) {
            self.read += text.len();
            if self.read > MOST_READ {
                self.as_written.insert(text.to_owned());
            }
        }
        let items = value.as_object().and_then(DynObject::try_iter_pairs);
        for (_, item) in items.into_iter().flatten() {
            self.add(&item);
        }
    }
}

#[cfg(test)]
mod tests {
    use minijinja::value::Serde;

    use super::*;

    #[test]
    fn texts_beyond_the_limit_are_shown_as_written() {
        let text = |mark: &str| mark.repeat(100 << 10);
        let [first, second, third] = ["a", "b", "c"].map(text);
        let too_long = "d".repeat(LONGEST + 1);
        let plan = serde_json::json!({
            "plan": {"titel": "Plan", "samenvatting": first},
            "contextanalyse": [{"toelichting": too_long}, {"toelichting": second}],
            "literatuur": {"l": {"tekst": third}, "m": {"tekst": first}},
        });
        let budget = Budget::of(&Value::from(Serde(plan)), 4 * LONGEST);
        assert!(budget.allows("Plan") && budget.allows(&second));
        assert!(!budget.allows(&third) && !budget.allows(&too_long));
        // It occurs within the limit and beyond it.
        assert!(!budget.allows(&first));
    }
}
