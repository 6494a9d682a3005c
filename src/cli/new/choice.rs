//! The options of a choice: how they are shown, and which one is meant.

use std::io;

use planmaker::{Choice, Words};

use super::prompt::Prompt;

/// An option of a choice, with its explanation.
pub struct ChoiceOption<T> {
    choice: T,
    pub label: String,
    meaning: &'static str,
}

pub fn options<T: Choice>(field: &str, words: Words) -> Vec<ChoiceOption<T>> {
    let choices = T::ALL.iter();
    choices
        .map(|choice| ChoiceOption {
            choice: *choice,
            label: words.choice(T::KIND, choice.name()),
            meaning: words.get(&format!("nieuw.vragen.{field}.{}", choice.name())),
        })
        .collect()
}

/// Shows the options with their numbers, explanations and help; only the options if the terminal is too low for that.
pub fn show<T>(prompt: &Prompt, options: &[ChoiceOption<T>], help: &str) -> io::Result<()> {
    /// The lines of the question, the help and the prompt.
    const AROUND: usize = 6;

    let number = |nr: usize| format!("{:>4} ", nr + 1);
    let lines: Vec<String> = options
        .iter()
        .enumerate()
        .flat_map(|(nr, option)| {
            prompt.wrap(
                &number(nr),
                &format!("{}: {}", option.label, option.meaning),
            )
        })
        .collect();
    if lines.len() + AROUND <= prompt.rows() {
        lines.iter().try_for_each(|line| prompt.say("", line))?;
        return prompt.say("  ", help);
    }
    let labels: Vec<String> = options
        .iter()
        .enumerate()
        .map(|(nr, option)| format!("{}\u{a0}{}", nr + 1, option.label))
        .collect();
    prompt.say("  ", &labels.join(", "))
}

/// Finds the option that is meant by its number, its word in the plan, or a part of its word. The error has the words that fit.
pub fn find<T: Choice>(options: &[ChoiceOption<T>], typed: &str) -> Result<Option<T>, Vec<String>> {
    let typed = typed.to_lowercase();
    if typed.is_empty() {
        return Ok(None);
    }
    let numbered = typed.parse().ok().and_then(|nr: usize| nr.checked_sub(1));
    let exact = numbered
        .and_then(|nr| options.get(nr))
        .map(|option| option.choice);
    let named = |option: &&ChoiceOption<T>| option.label.to_lowercase() == typed;
    let exact = exact.or_else(|| options.iter().find(named).map(|option| option.choice));
    if let Some(choice) = exact.or_else(|| T::parse(&typed)) {
        return Ok(Some(choice));
    }
    let begun = |option: &&ChoiceOption<T>| option.label.to_lowercase().starts_with(&typed);
    let contains = |option: &&ChoiceOption<T>| option.label.to_lowercase().contains(&typed);
    let mut fitting: Vec<_> = options.iter().filter(begun).collect();
    if fitting.is_empty() {
        fitting = options.iter().filter(contains).collect();
    }
    match fitting.as_slice() {
        [option] => Ok(Some(option.choice)),
        _ => Err(fitting.iter().map(|option| option.label.clone()).collect()),
    }
}

#[cfg(test)]
mod tests {
    use planmaker::Language;
    use planmaker::{Degree, StakeholderRole};

    use super::*;

    const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

    #[test]
    fn every_choice_has_an_explanation() {
        fn explained<T: Choice>(field: &str) {
            for (words, choice) in BOTH
                .iter()
                .flat_map(|words| T::ALL.iter().map(move |choice| (words, choice)))
            {
                let key = format!("nieuw.vragen.{field}.{}", choice.name());
                assert!(words.find(&key).is_some(), "{key}");
            }
        }
        explained::<StakeholderRole>("rol");
        explained::<Degree>("belang");
        explained::<Degree>("invloed");
    }

    #[test]
    fn a_choice_is_found_by_its_number_or_a_part_of_its_word() {
        use StakeholderRole::{Implementer, Manager, Referrer, Supporter};

        let found = |typed: &str, words| find(&options::<StakeholderRole>("rol", words), typed);
        let [dutch, english] = BOTH;
        assert_eq!(found("", dutch), Ok(None));
        for (typed, role) in [
            ("1", Implementer),
            ("Uitvoerder", Implementer),
            ("leid", Manager),
            ("verwijzer", Referrer),
        ] {
            assert_eq!(found(typed, dutch), Ok(Some(role)), "{typed}");
        }
        assert_eq!(found("support", english), Ok(Some(Supporter)));
        assert_eq!(found("uitvoerder", english), Ok(Some(Implementer)));
        for typed in ["0", "11", "baas"] {
            assert_eq!(found(typed, dutch), Err(Vec::new()), "{typed}");
        }
        assert_eq!(
            found("on", dutch),
            Err(vec!["ondersteuner".to_owned(), "ontwikkelaar".to_owned()])
        );
    }
}
