//! The questions of `planmaker new` on a terminal. Enter skips a question; Esc and Ctrl-C stop without writing anything.

use std::cmp::Reverse;
use std::env;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use inquire::error::InquireResult;
use inquire::list_option::ListOption;
use inquire::ui::{RenderConfig, Styled};
use inquire::validator::Validation;
use inquire::{InquireError, Select, Text};
use jiff::civil::Date;
use planmaker::scaffold::{self, Answers, Group, one_line};
use planmaker::{Argument, Choice, FieldText, Words, key::nieuw::vragen};
use signal_hook::consts::SIGINT;

use super::NewArgs;
use super::echo::Silence;

/// The maximum width of explanations, in columns.
const WIDTH: usize = 80;

/// Whether questions can be asked. They go to standard error, so that the plan can go to standard output.
pub fn can_be_asked() -> bool {
    let draws = env::var_os("TERM").is_none_or(|name| name != "dumb");
    io::stdin().is_terminal() && io::stderr().is_terminal() && draws
}

/// Asks the questions that the options do not answer. Fails when the author stops.
pub fn ask(args: &NewArgs, words: Words) -> InquireResult<Answers> {
    let mut answers = args.answers();
    let is_all_known = answers.title.is_some()
        && answers.intervention.is_some()
        && !answers.organisations.is_empty()
        && answers.start.is_some()
        && !answers.groups.is_empty();
    if is_all_known {
        return Ok(answers);
    }
    let interview = Interview::begin(words)?;
    if answers.title.is_none() {
        answers.title = interview.line("plan.titel")?;
    }
    if answers.intervention.is_none() {
        answers.intervention = interview.line("plan.interventie")?;
    }
    if answers.organisations.is_empty() {
        answers.organisations = interview.organisations()?;
    }
    if answers.start.is_none() {
        answers.start = interview.start()?;
    }
    if answers.groups.is_empty() {
        answers.groups = interview.groups()?;
    }
    Ok(answers)
}

/// Asks questions in one language.
struct Interview {
    words: Words,
    look: RenderConfig<'static>,
    /// Whether Ctrl-C was pressed. Handled here because the default signal action exits silently.
    interrupted: Arc<AtomicBool>,
    _silence: Silence,
}

impl Interview {
    /// Explains how the questions work.
    fn begin(words: Words) -> InquireResult<Self> {
        let interrupted = Arc::default();
        signal_hook::flag::register(SIGINT, Arc::clone(&interrupted))?;
        // inquire's own texts are in English.
        let mut look = RenderConfig::default().with_canceled_prompt_indicator(Styled::new(""));
        look.answered_prompt_prefix.content = ">";
        look.error_message.prefix.content = "!";
        let mut err = io::stderr();
        for line in textwrap::wrap(words.get(vragen::BEGIN), WIDTH) {
            writeln!(err, "{line}")?;
        }
        writeln!(err)?;
        Ok(Self {
            words,
            look,
            interrupted,
            _silence: Silence::begin()?,
        })
    }

    /// Asks the question of a field, in the words of the plan file.
    fn line(&self, field: &str) -> InquireResult<Option<String>> {
        let [question, help] =
            [FieldText::Question, FieldText::Help].map(|text| self.words.field(field, text));
        let answer = self.text(question, help, self.or(vragen::LATER), |_| None)?;
        Ok((!answer.is_empty()).then_some(answer))
    }

    fn organisations(&self) -> InquireResult<Vec<String>> {
        use vragen::organisatie::{eerste, volgende};

        let mut all = Vec::new();
        loop {
            let [question, help] = self.one_more(
                all.len(),
                [eerste::VRAAG, eerste::HULP],
                [volgende::VRAAG, volgende::HULP],
            );
            let name = self.text(question, help, self.or(vragen::GENOEG), |_| None)?;
            if name.is_empty() {
                return Ok(all);
            }
            all.push(name);
        }
    }

    fn start(&self) -> InquireResult<Option<Date>> {
        let words = self.words;
        let check = move |text: &str| {
            let is_fine = text.is_empty() || scaffold::day(text).is_some();
            (!is_fine).then(|| words.get(vragen::start::FOUT).to_owned())
        };
        let question = words.field("plan.start", FieldText::Question);
        let help = words.get(vragen::start::HULP);
        let later = self.or(vragen::LATER);
        let shown =
            |text: &str| scaffold::day(text).map_or_else(|| later(text), |day| words.date(day));
        Ok(scaffold::day(&self.text(question, help, shown, check)?))
    }

    fn groups(&self) -> InquireResult<Vec<Group>> {
        use vragen::groep::{eerste, volgende};

        let mut all: Vec<Group> = Vec::new();
        loop {
            let words = self.words;
            let before: Vec<String> = all.iter().map(|group| group.name.to_lowercase()).collect();
            let check = move |name: &str| {
                let is_there = before.contains(&name.to_lowercase());
                let name = ("naam", Argument::from(name));
                is_there.then(|| words.text(vragen::groep::FOUT, &[name]))
            };
            let [question, help] = self.one_more(
                all.len(),
                [eerste::VRAAG, eerste::HULP],
                [volgende::VRAAG, volgende::HULP],
            );
            let name = self.text(question, help, self.or(vragen::GENOEG), check)?;
            if name.is_empty() {
                return Ok(all);
            }
            all.push(Group {
                name,
                role: self.choice("rol")?,
                interest: self.choice("belang")?,
                influence: self.choice("invloed")?,
            });
        }
    }

    /// The question and help for the first or the next of several answers, by their keys.
    fn one_more(&self, so_far: usize, first: [&str; 2], next: [&str; 2]) -> [&'static str; 2] {
        let keys = if so_far == 0 { first } else { next };
        keys.map(|key| self.words.get(key))
    }

    /// Formats an answer after it is given: as typed, or the text of a key if it is empty.
    fn or(&self, empty: &str) -> impl Fn(&str) -> String + use<> {
        let empty = self.words.get(empty);
        move |line| if line.is_empty() { empty } else { line }.to_owned()
    }

    /// Asks for a text of one line, until `check` returns no error.
    fn text(
        &self,
        question: &str,
        help: &str,
        shown: impl Fn(&str) -> String,
        check: impl Fn(&str) -> Option<String> + Clone,
    ) -> InquireResult<String> {
        let answer = Text::new(question)
            .with_help_message(help)
            .with_formatter(&|text| shown(&one_line(text)))
            .with_validator(move |text: &str| {
                Ok(check(&one_line(text))
                    .map_or(Validation::Valid, |wrong| Validation::Invalid(wrong.into())))
            })
            .with_render_config(self.look)
            .prompt();
        self.unless_interrupted(answer)
            .map(|answer| one_line(&answer))
    }

    /// Asks for the choice in a field of a group. The first option is not to choose yet.
    fn choice<T: Choice>(&self, field: &str) -> InquireResult<Option<T>> {
        let pattern = format!("betrokken_groepen.*.{field}");
        let question = self.words.field(&pattern, FieldText::Question);
        let unknown = ChoiceOption {
            choice: None,
            label: self.words.get(vragen::WEET_NIET).to_owned(),
            meaning: "",
        };
        let choices = T::ALL.iter().map(|choice| {
            let (choice, name) = (Some(*choice), choice.name());
            let label = self.words.choice(T::KIND, name);
            ChoiceOption {
                choice,
                // The plan file has the Dutch word in any language.
                label: if label == name {
                    label
                } else {
                    format!("{label} ({name})")
                },
                meaning: self.words.get(&format!("nieuw.vragen.{field}.{name}")),
            }
        });
        let options: Vec<_> = std::iter::once(unknown).chain(choices).collect();
        let answer = Select::new(question, options)
            .with_help_message(self.words.get(vragen::KIES))
            .with_page_size(T::ALL.len() + 1)
            .with_scorer(&|typed, option, _, _| option.fits(typed))
            .with_sorter(&|options| options.sort_by_key(|(_, fit)| Reverse(*fit)))
            .with_formatter(&|option: ListOption<&ChoiceOption<T>>| option.value.label.clone())
            .with_render_config(self.look)
            .prompt();
        self.unless_interrupted(answer).map(|option| option.choice)
    }

    /// Returns the answer, unless Ctrl-C was pressed in the meantime.
    fn unless_interrupted<T>(&self, answer: InquireResult<T>) -> InquireResult<T> {
        if self.interrupted.load(Ordering::Relaxed) {
            return Err(InquireError::OperationInterrupted);
        }
        answer
    }
}

/// An option of a choice, with its explanation.
struct ChoiceOption<T> {
    choice: Option<T>,
    label: String,
    meaning: &'static str,
}

impl<T> ChoiceOption<T> {
    /// Scores the option against what is typed: a choice that starts with it comes first, "not yet known" last.
    fn fits(&self, typed: &str) -> Option<i64> {
        let typed = typed.to_lowercase();
        let is_begun = self.label.to_lowercase().starts_with(&typed);
        let is_in_it = self.to_string().to_lowercase().contains(&typed);
        let fit = match self.choice {
            _ if typed.is_empty() => 0,
            Some(_) if is_begun => 2,
            Some(_) => 1,
            None => 0,
        };
        is_in_it.then_some(fit)
    }
}

impl<T> fmt::Display for ChoiceOption<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label)?;
        if self.meaning.is_empty() {
            return Ok(());
        }
        write!(f, ": {}", self.meaning)
    }
}

#[cfg(test)]
mod tests {
    use planmaker::Language;
    use planmaker::{Degree, StakeholderRole};

    use super::*;

    const BOTH: [Words; 2] = [Words::of(Language::Dutch), Words::of(Language::English)];

    /// inquire breaks lines in the middle of words.
    #[test]
    fn every_text_fits_on_one_line() {
        let asked = [
            "velden.plan.titel.vraag",
            "velden.plan.titel.hulp",
            "velden.plan.interventie.vraag",
            "velden.plan.interventie.hulp",
            "velden.plan.start.vraag",
            "velden.betrokken_groepen.*.rol.vraag",
            "velden.betrokken_groepen.*.belang.vraag",
            "velden.betrokken_groepen.*.invloed.vraag",
        ];
        for words in BOTH {
            let own = |key: &str| key.starts_with("nieuw.vragen.") && key != "nieuw.vragen.begin";
            for (key, text) in words
                .all()
                .filter(|(key, _)| own(key) || asked.contains(key))
            {
                assert!(text.chars().count() <= WIDTH - 4, "{key}: {text}");
            }
        }
    }

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
}
