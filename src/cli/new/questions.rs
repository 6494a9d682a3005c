//! The questions of `planmaker new` on a terminal. Enter skips a question, ↑ goes a question back, and Esc and Ctrl-C stop without
//! writing anything.

use std::env;
use std::io::{self, IsTerminal};
use std::mem;

use planmaker::key::nieuw::vragen;
use planmaker::scaffold::{self, Answers, Group, one_line};
use planmaker::{Argument, Choice, FieldText, Words};

use super::NewArgs;
use super::choice::{find, options, show};
use super::prompt::{Prompt, Reply};

/// Whether questions can be asked. They go to standard error, so that the plan can go to standard output.
pub fn can_be_asked() -> bool {
    let draws = env::var_os("TERM").is_none_or(|name| name != "dumb");
    io::stdin().is_terminal() && io::stderr().is_terminal() && draws
}

/// Asks the questions that the options do not answer. Returns `None` if the author stops.
pub fn ask(args: &NewArgs, file: &str, words: Words) -> io::Result<Option<Answers>> {
    let given = args.answers();
    let mut open = Vec::new();
    for (is_given, topic) in [
        (given.title.is_some(), Topic::Title),
        (given.intervention.is_some(), Topic::Intervention),
        (!given.organisations.is_empty(), Topic::Organisations),
        (given.start.is_some(), Topic::Start),
        (!given.groups.is_empty(), Topic::Groups),
    ] {
        if !is_given {
            open.push(topic);
        }
    }
    if open.is_empty() {
        return Ok(Some(given));
    }
    let mut interview = Interview {
        words,
        prompt: Prompt::begin()?,
        answers: given.clone(),
        given,
        open,
        asked: Vec::new(),
    };
    interview.prompt.say("", words.get(vragen::BEGIN))?;
    Ok(interview.run(file)?.then_some(interview.answers))
}

/// A topic of the questions, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Topic {
    Title,
    Intervention,
    Organisations,
    Start,
    Groups,
}

impl Topic {
    fn first_question(self) -> Question {
        match self {
            Self::Title => Question::Title,
            Self::Intervention => Question::Intervention,
            Self::Organisations => Question::Organisation(0),
            Self::Start => Question::Start,
            Self::Groups => Question::Group(0),
        }
    }
}

/// A question. Those about one of several things have its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Title,
    Intervention,
    Organisation(usize),
    Start,
    Group(usize),
    Role(usize),
    Interest(usize),
    Influence(usize),
}

impl Question {
    fn topic(self) -> Topic {
        match self {
            Self::Title => Topic::Title,
            Self::Intervention => Topic::Intervention,
            Self::Organisation(_) => Topic::Organisations,
            Self::Start => Topic::Start,
            Self::Group(_) | Self::Role(_) | Self::Interest(_) | Self::Influence(_) => {
                Topic::Groups
            }
        }
    }

    /// Whether both are about the same line of the summary.
    fn is_with(self, other: Self) -> bool {
        let group = |question| match question {
            Self::Group(nr) | Self::Role(nr) | Self::Interest(nr) | Self::Influence(nr) => Some(nr),
            _ => None,
        };
        self.topic() == other.topic() && group(self) == group(other)
    }
}

/// The end of a round of questions.
enum Outcome {
    Done,
    /// Goes back from the first question.
    Back,
    Stopped,
}

/// Asks questions in one language.
struct Interview {
    words: Words,
    prompt: Prompt,
    answers: Answers,
    /// The answers that were there before the questions.
    given: Answers,
    /// The topics to ask about.
    open: Vec<Topic>,
    /// The questions that were asked, to go back to.
    asked: Vec<Question>,
}

impl Interview {
    /// Asks all questions, and asks whether the answers are right. Returns whether the plan can be written.
    fn run(&mut self, file: &str) -> io::Result<bool> {
        let mut next = self.open.first().map(|topic| topic.first_question());
        loop {
            let mut asked = mem::take(&mut self.asked);
            let outcome = self.questions(next, None, &mut asked)?;
            self.asked = asked;
            match outcome {
                Outcome::Stopped => return Ok(false),
                Outcome::Back => {
                    self.prompt.say("! ", self.words.get(vragen::EERSTE))?;
                    continue;
                }
                Outcome::Done => {}
            }
            match self.summary(file)? {
                Outcome::Done => return Ok(true),
                Outcome::Stopped => return Ok(false),
                Outcome::Back => next = self.asked.pop(),
            }
        }
    }

    /// Asks a question and those after it, or only those about the same line of the summary.
    fn questions(
        &mut self,
        mut next: Option<Question>,
        only: Option<Question>,
        asked: &mut Vec<Question>,
    ) -> io::Result<Outcome> {
        while let Some(question) = next {
            if only.is_some_and(|only| !only.is_with(question)) {
                break;
            }
            match self.put(question)? {
                Reply::Line(_) => {
                    asked.push(question);
                    next = self.after(question);
                }
                Reply::Back(_) => {
                    // Questions about things that were removed are gone.
                    asked.retain(|question| self.exists(*question));
                    match asked.pop() {
                        None => return Ok(Outcome::Back),
                        before => next = before,
                    }
                }
                Reply::Leave if self.leaves()? => return Ok(Outcome::Stopped),
                Reply::Leave => {}
            }
        }
        Ok(Outcome::Done)
    }

    fn exists(&self, question: Question) -> bool {
        match question {
            Question::Organisation(nr) => nr <= self.answers.organisations.len(),
            Question::Group(nr) => nr <= self.answers.groups.len(),
            Question::Role(nr) | Question::Interest(nr) | Question::Influence(nr) => {
                nr < self.answers.groups.len()
            }
            Question::Title | Question::Intervention | Question::Start => true,
        }
    }

    fn after(&self, question: Question) -> Option<Question> {
        let answers = &self.answers;
        match question {
            Question::Organisation(nr) if nr < answers.organisations.len() => {
                return Some(Question::Organisation(nr + 1));
            }
            Question::Group(nr) if nr < answers.groups.len() => return Some(Question::Role(nr)),
            Question::Role(nr) => return Some(Question::Interest(nr)),
            Question::Interest(nr) => return Some(Question::Influence(nr)),
            Question::Influence(nr) => return Some(Question::Group(nr + 1)),
            _ => {}
        }
        let mut later = self.open.iter().filter(|topic| **topic > question.topic());
        later.next().map(|topic| topic.first_question())
    }

    /// Asks a question until the answer can be used, and keeps the answer.
    fn put(&mut self, question: Question) -> io::Result<Reply> {
        let words = self.words;
        let field = |field: &str| {
            [FieldText::Question, FieldText::Help].map(|text| words.field(field, text))
        };
        let one_more = |nr: usize, first: [&str; 2], next: [&str; 2]| {
            let keys = if nr == 0 { first } else { next };
            keys.map(|key| words.get(key))
        };
        match question {
            Question::Title => self.text(question, field("plan.titel")),
            Question::Intervention => self.text(question, field("plan.interventie")),
            Question::Start => {
                let [asked, _] = field("plan.start");
                self.text(question, [asked, words.get(vragen::start::HULP)])
            }
            Question::Organisation(nr) => {
                use vragen::organisatie::{eerste, volgende};
                let first = [eerste::VRAAG, eerste::HULP];
                let next = [volgende::VRAAG, volgende::HULP];
                self.text(question, one_more(nr, first, next))
            }
            Question::Group(nr) => {
                use vragen::groep::{eerste, volgende};
                let first = [eerste::VRAAG, eerste::HULP];
                let next = [volgende::VRAAG, volgende::HULP];
                self.text(question, one_more(nr, first, next))
            }
            Question::Role(nr) => self.choice(nr, "rol", |group| &mut group.role),
            Question::Interest(nr) => self.choice(nr, "belang", |group| &mut group.interest),
            Question::Influence(nr) => self.choice(nr, "invloed", |group| &mut group.influence),
        }
    }

    /// Asks for a text of one line.
    fn text(&mut self, question: Question, [asked, help]: [&str; 2]) -> io::Result<Reply> {
        self.prompt.say("\n? ", asked)?;
        self.prompt.say("  ", help)?;
        let mut start = self.current(question);
        loop {
            let reply = self.prompt.read(&start, &[])?;
            let (Reply::Line(typed) | Reply::Back(typed)) = &reply else {
                self.prompt.answer("")?;
                return Ok(reply);
            };
            let typed = one_line(typed);
            let is_line = matches!(reply, Reply::Line(_));
            let wrong = if typed == start && !is_line {
                None
            } else {
                self.keep(question, &typed).err()
            };
            let Some(wrong) = wrong.filter(|_| is_line) else {
                self.prompt.answer(&self.shown(question, &typed))?;
                return Ok(reply);
            };
            self.prompt.answer(&typed)?;
            self.prompt.say("! ", &wrong)?;
            // A wrong answer is replaced, not appended to.
            start.clear();
        }
    }

    /// The answer to a question about a text so far.
    fn current(&self, question: Question) -> String {
        let answers = &self.answers;
        let text = match question {
            Question::Title => answers.title.clone(),
            Question::Intervention => answers.intervention.clone(),
            Question::Organisation(nr) => answers.organisations.get(nr).cloned(),
            Question::Start => answers.start.map(|day| self.words.date(day)),
            Question::Group(nr) => answers.groups.get(nr).map(|group| group.name.clone()),
            Question::Role(_) | Question::Interest(_) | Question::Influence(_) => None,
        };
        text.unwrap_or_default()
    }

    /// Keeps an answer of one line, or says what is wrong with it.
    fn keep(&mut self, question: Question, typed: &str) -> Result<(), String> {
        let answers = &mut self.answers;
        let text = (!typed.is_empty()).then(|| typed.to_owned());
        match question {
            Question::Title => answers.title = text,
            Question::Intervention => answers.intervention = text,
            Question::Start => {
                let Some(text) = text else {
                    answers.start = None;
                    return Ok(());
                };
                let day = scaffold::day(&text).map_err(|kind| {
                    let own = self.words.find(&format!("nieuw.vragen.start.{kind}"));
                    own.unwrap_or(self.words.get(vragen::start::FOUT))
                        .to_owned()
                })?;
                answers.start = Some(day);
            }
            Question::Organisation(nr) => set(&mut answers.organisations, nr, text),
            Question::Group(nr) => {
                let others = answers.groups.iter().enumerate();
                let mut others = others.filter(|(other, _)| *other != nr);
                let name = typed.to_lowercase();
                if others.any(|(_, group)| group.name.to_lowercase() == name) {
                    let name = [("naam", Argument::from(typed))];
                    return Err(self.words.text(vragen::groep::FOUT, &name));
                }
                let group = text.map(|name| Group {
                    name,
                    ..answers.groups.get(nr).cloned().unwrap_or_default()
                });
                set(&mut answers.groups, nr, group);
            }
            Question::Role(_) | Question::Interest(_) | Question::Influence(_) => {}
        }
        Ok(())
    }

    /// An answer as it is shown after Enter.
    fn shown(&self, question: Question, typed: &str) -> String {
        let empty = match question {
            Question::Organisation(_) | Question::Group(_) => vragen::GENOEG,
            _ => vragen::LATER,
        };
        match scaffold::day(typed) {
            _ if typed.is_empty() => self.words.get(empty).to_owned(),
            Ok(day) if question == Question::Start => self.words.date(day),
            _ => typed.to_owned(),
        }
    }

    /// Asks for a choice in a field of a group.
    fn choice<T: Choice>(
        &mut self,
        nr: usize,
        field: &str,
        answer: impl Fn(&mut Group) -> &mut Option<T>,
    ) -> io::Result<Reply> {
        let words = self.words;
        let Some(group) = self.answers.groups.get_mut(nr) else {
            return Ok(Reply::Line(String::new()));
        };
        let name = group.name.clone();
        let answer = answer(group);
        let pattern = format!("betrokken_groepen.*.{field}");
        let question = words.field(&pattern, FieldText::Question);
        self.prompt.say("\n? ", &format!("{question} ({name})"))?;
        let options = options::<T>(field, words);
        show(&self.prompt, &options, words.get(vragen::KIES))?;
        let labels: Vec<&str> = options.iter().map(|option| &*option.label).collect();
        let mut start = word(*answer, words);
        loop {
            let reply = self.prompt.read(&start, &labels)?;
            let (Reply::Line(typed) | Reply::Back(typed)) = &reply else {
                self.prompt.answer("")?;
                return Ok(reply);
            };
            let typed = one_line(typed);
            match find(&options, &typed) {
                Ok(choice) => {
                    *answer = choice;
                    let shown = choice.map_or(words.get(vragen::LATER).to_owned(), |choice| {
                        words.choice(T::KIND, choice.name())
                    });
                    self.prompt.answer(&shown)?;
                    return Ok(reply);
                }
                Err(_) if matches!(reply, Reply::Back(_)) => {
                    self.prompt.answer(&typed)?;
                    return Ok(reply);
                }
                Err(fitting) => {
                    self.prompt.answer(&typed)?;
                    let key = if fitting.is_empty() {
                        vragen::GEEN_KEUZE
                    } else {
                        vragen::MEER_KEUZES
                    };
                    let arguments = [
                        ("getypt", Argument::from(typed)),
                        ("keuzes", Argument::Whole(fitting.join(", "))),
                    ];
                    self.prompt.say("! ", &words.text(key, &arguments))?;
                    start.clear();
                }
            }
        }
    }

    /// Shows the answers, and lets the author change them.
    fn summary(&mut self, file: &str) -> io::Result<Outcome> {
        loop {
            let questions = self.summarise()?;
            let file = [("bestand", Argument::from(file))];
            let asked = self.words.text(vragen::samenvatting::VRAAG, &file);
            self.prompt.say("\n? ", &asked)?;
            let reply = self.prompt.read("", &[])?;
            let Reply::Line(typed) = &reply else {
                self.prompt.answer("")?;
                match reply {
                    Reply::Back(_) => return Ok(Outcome::Back),
                    _ if self.leaves()? => return Ok(Outcome::Stopped),
                    _ => continue,
                }
            };
            let typed = one_line(typed);
            if typed.is_empty() {
                self.prompt
                    .answer(self.words.get(vragen::samenvatting::JA))?;
                return Ok(Outcome::Done);
            }
            self.prompt.answer(&typed)?;
            let nr = typed.parse().ok().and_then(|nr: usize| nr.checked_sub(1));
            let Some(question) = nr.and_then(|nr| questions.get(nr)).copied() else {
                let last = ("laatste", Argument::from(questions.len()));
                let arguments = [("getypt", Argument::from(typed)), last];
                let wrong = self.words.text(vragen::samenvatting::FOUT, &arguments);
                self.prompt.say("! ", &wrong)?;
                continue;
            };
            let mut asked = Vec::new();
            let outcome = self.questions(Some(question), Some(question), &mut asked)?;
            if let Outcome::Stopped = outcome {
                return Ok(outcome);
            }
        }
    }

    /// Shows the answers with numbers. Returns the question that each number changes.
    fn summarise(&self) -> io::Result<Vec<Question>> {
        let (words, answers) = (self.words, &self.answers);
        let label = |field: &str| words.field(field, FieldText::Label);
        let line = |field: &str, answer: &str| {
            let later = words.get(vragen::LATER);
            let answer = if answer.is_empty() { later } else { answer };
            format!("{}: {answer}", label(field))
        };
        let mut lines = vec![
            (
                Question::Title,
                line("plan.titel", &self.current(Question::Title)),
            ),
            (
                Question::Intervention,
                line("plan.interventie", &self.current(Question::Intervention)),
            ),
            (
                Question::Organisation(0),
                line("plan.organisaties", &answers.organisations.join("; ")),
            ),
            (
                Question::Start,
                line("plan.start", &self.current(Question::Start)),
            ),
        ];
        for (nr, group) in answers.groups.iter().enumerate() {
            let known = |word: String| {
                let later = words.get(vragen::LATER).to_owned();
                Argument::Whole(if word.is_empty() { later } else { word })
            };
            let arguments = [
                ("naam", Argument::Whole(group.name.clone())),
                ("rol", known(word(group.role, words))),
                ("belang", known(word(group.interest, words))),
                ("invloed", known(word(group.influence, words))),
            ];
            let line = words.text(vragen::samenvatting::GROEP, &arguments);
            lines.push((Question::Group(nr), line));
        }
        let more = words.get(vragen::samenvatting::NOG_EEN_GROEP);
        lines.push((Question::Group(answers.groups.len()), more.to_owned()));
        self.prompt
            .say("\n", words.get(vragen::samenvatting::KOP))?;
        for (nr, (_, line)) in lines.iter().enumerate() {
            self.prompt.say(&format!("{:>3} ", nr + 1), line)?;
        }
        Ok(lines.into_iter().map(|(question, _)| question).collect())
    }

    /// Whether the author stops. Asks first if that would lose answers.
    fn leaves(&self) -> io::Result<bool> {
        if self.answers == self.given {
            return Ok(true);
        }
        self.prompt.say("\n? ", self.words.get(vragen::STOPPEN))?;
        let reply = self.prompt.read("", &[])?;
        let stops = match &reply {
            Reply::Line(typed) => is_yes(typed, self.words),
            Reply::Back(_) => false,
            Reply::Leave => true,
        };
        let yes_or_no = if stops { vragen::WEL } else { vragen::NIET };
        self.prompt.answer(self.words.get(yes_or_no))?;
        Ok(stops)
    }
}

/// Changes, adds or removes one of several answers.
fn set<T>(all: &mut Vec<T>, nr: usize, answer: Option<T>) {
    match answer {
        Some(answer) if nr < all.len() => all[nr] = answer,
        Some(answer) => all.push(answer),
        None if nr < all.len() => drop(all.remove(nr)),
        None => {}
    }
}

/// The word for a choice, or an empty one.
fn word<T: Choice>(choice: Option<T>, words: Words) -> String {
    choice.map_or_else(String::new, |choice| words.choice(T::KIND, choice.name()))
}

fn is_yes(typed: &str, words: Words) -> bool {
    let typed = typed.trim().to_lowercase();
    let yes = words.get(vragen::WEL);
    !typed.is_empty() && (yes.starts_with(&typed) || ["j", "ja", "y", "yes"].contains(&&*typed))
}
