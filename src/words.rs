//! All words of the program, in Dutch and English: labels, questions, help, choices, the texts of the rules.
//!
//! They stand in `words/LANGUAGE/*.yaml` and are found by dotted key. A text may hold `{name}` for an argument,
//! `{name:dag|dagen}` for a word in singular or plural, `{name/oplossing}` for what the words say of a choice under the kind
//! `KIND_oplossing`, `{name/klein}` for choices in the middle of a sentence, and `[[…]]` around what is left out when an argument
//! in it is absent.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::finding::{Argument, Severity};
use crate::plan::Language;
use crate::value::{Money, Number};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    language: Language,
    table: &'static [(&'static str, &'static str)],
}

/// The arguments of a text, by name.
pub type Arguments = [(&'static str, Argument)];

impl Words {
    /// The words of that language.
    #[must_use]
    pub const fn of(language: Language) -> Self {
        let table = match language {
            Language::Dutch => NL,
            Language::English => EN,
        };
        Self { language, table }
    }

    /// The language.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// Every key and text, sorted by key.
    pub fn all(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.table.iter().copied()
    }

    /// The text of that key, if there is one.
    #[must_use]
    pub fn find(self, key: &str) -> Option<&'static str> {
        let at = self
            .table
            .binary_search_by_key(&key, |(known, _)| known)
            .ok()?;
        Some(self.table[at].1)
    }

    /// The text of that key. A key without a text is a mistake of ours, which must be seen and must not stop anybody.
    #[must_use]
    pub fn get(self, key: &str) -> &'static str {
        self.find(key).unwrap_or("⁇")
    }

    /// The text of that key with its arguments filled in.
    #[must_use]
    pub fn text(self, key: &str, arguments: &Arguments) -> String {
        self.fill(self.get(key), arguments)
    }

    /// Fills arguments into a text.
    #[must_use]
    pub fn fill(self, text: &str, arguments: &Arguments) -> String {
        let mut filled = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((before, optional)) = rest.split_once("[[") {
            let Some((optional, after)) = optional.split_once("]]") else {
                break;
            };
            self.fill_plain(before, arguments, &mut filled);
            let mut part = String::new();
            if self.fill_plain(optional, arguments, &mut part) {
                filled.push_str(&part);
            }
            rest = after;
        }
        self.fill_plain(rest, arguments, &mut filled);
        filled
    }

    /// Fills what has no optional parts; says whether every argument was there.
    fn fill_plain(self, text: &str, arguments: &Arguments, into: &mut String) -> bool {
        let mut complete = true;
        let mut rest = text;
        while let Some((before, from_name)) = rest.split_once('{') {
            into.push_str(before);
            let Some((slot, after)) = from_name.split_once('}') else {
                break;
            };
            let (name, forms) = slot
                .split_once(':')
                .map_or((slot, None), |(name, forms)| (name, Some(forms)));
            let (name, side) = name
                .split_once('/')
                .map_or((name, None), |(name, side)| (name, Some(side)));
            let argument = arguments
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, argument)| argument);
            let forms = forms.and_then(|forms| forms.split_once('|'));
            match (argument, forms, side) {
                (Some(argument), Some((one, many)), _) => {
                    into.push_str(if is_one(argument) { one } else { many });
                }
                (Some(Argument::Choice(kind, choice)), None, Some("klein")) => {
                    into.push_str(&small(&self.choice(kind, choice)));
                }
                (Some(Argument::Choices(kind, choices)), None, Some("klein")) => {
                    let labels = choices.iter().map(|choice| self.choice(kind, choice));
                    into.push_str(&self.list(labels.map(|label| small(&label))));
                }
                (Some(Argument::Choice(kind, choice)), None, Some(side)) => {
                    into.push_str(&self.choice(&format!("{kind}_{side}"), choice));
                }
                (Some(argument), None, _) => into.push_str(&self.argument(argument)),
                (None, ..) => {
                    into.push('…');
                    complete = false;
                }
            }
            rest = after;
        }
        into.push_str(rest);
        complete
    }

    /// An argument as this language writes it.
    #[must_use]
    pub fn argument(self, argument: &Argument) -> String {
        match argument {
            Argument::Text(text) => shorten(text),
            Argument::Whole(text) => text.clone(),
            Argument::List(texts) => self.list(texts.iter().map(|text| shorten(text))),
            Argument::Count(count) => self.grouped(&count.to_string()),
            Argument::Hours(hours) => self.number(Number::from(*hours)),
            Argument::Money(euros) => self.money(Money::from(*euros)),
            Argument::Date(date) => self.date(*date),
            Argument::Choice(kind, choice) => self.choice(kind, choice),
            Argument::Choices(kind, choices) => {
                self.list(choices.iter().map(|choice| self.choice(kind, choice)))
            }
            Argument::Field(key) => self.get(&format!("velden.{key}.label")).to_owned(),
        }
    }

    /// The label of a choice.
    #[must_use]
    pub fn choice(self, kind: &str, choice: &str) -> String {
        let key = format!("keuzes.{kind}.{choice}");
        self.find(&key).unwrap_or(choice).to_owned()
    }

    /// What a severity is called.
    #[must_use]
    pub fn severity(self, severity: Severity) -> &'static str {
        self.get(&format!("verslag.{}", severity.key()))
    }

    /// A day: "1 september 2026".
    #[must_use]
    pub fn date(self, date: Date) -> String {
        let month = format!("maanden.{}", date.month());
        format!("{} {} {}", date.day(), self.get(&month), date.year())
    }

    /// An amount: "€ 1.250,00" or "€1,250.00".
    #[must_use]
    pub fn money(self, amount: Money) -> String {
        let sign = match self.language {
            Language::Dutch => "€ ",
            Language::English => "€",
        };
        let text = amount.to_string();
        match (text.strip_prefix('-'), self.language) {
            (Some(text), Language::Dutch) => format!("{sign}-{}", self.grouped(text)),
            (Some(text), Language::English) => format!("-{sign}{}", self.grouped(text)),
            (None, _) => format!("{sign}{}", self.grouped(&text)),
        }
    }

    /// A number, with at most two decimals: "7,5" or "7.5".
    #[must_use]
    pub fn number(self, number: Number) -> String {
        self.grouped(&Decimal::to_string(&number.value().round_dp(2).normalize()))
    }

    /// Texts in a row: "a, b en c".
    #[must_use]
    pub fn list(self, texts: impl IntoIterator<Item = String>) -> String {
        let mut texts: Vec<String> = texts.into_iter().collect();
        match texts.pop() {
            Some(last) if !texts.is_empty() => {
                format!("{} {} {last}", texts.join(", "), self.get("en"))
            }
            last => last.unwrap_or_default(),
        }
    }

    /// Digits in groups of three, with this language's separators.
    fn grouped(self, number: &str) -> String {
        let (thousands, point) = match self.language {
            Language::Dutch => ('.', ','),
            Language::English => (',', '.'),
        };
        let (whole, decimals) = number
            .split_once('.')
            .map_or((number, None), |(whole, rest)| (whole, Some(rest)));
        let mut text = String::with_capacity(number.len() + 4);
        for (nr, digit) in whole.chars().enumerate() {
            if nr > 0 && (whole.len() - nr).is_multiple_of(3) {
                text.push(thousands);
            }
            text.push(digit);
        }
        if let Some(decimals) = decimals {
            text.push(point);
            text.push_str(decimals);
        }
        text
    }
}

/// A label without its capital.
fn small(label: &str) -> String {
    let mut letters = label.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

fn is_one(argument: &Argument) -> bool {
    match argument {
        Argument::Count(count) => *count == 1,
        Argument::Hours(number) | Argument::Money(number) => *number == Decimal::ONE,
        Argument::List(texts) | Argument::Choices(_, texts) => texts.len() == 1,
        // A number that was written already.
        Argument::Whole(text) => text == "1",
        Argument::Text(_) | Argument::Date(_) | Argument::Choice(..) | Argument::Field(_) => true,
    }
}

/// A text of the plan as it stands in a message: one line, not too long.
fn shorten(text: &str) -> String {
    const MOST: usize = 80;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const DUTCH: Words = Words::of(Language::Dutch);
    const ENGLISH: Words = Words::of(Language::English);

    #[test]
    fn both_languages_have_the_same_keys() {
        let keys = |words: Words| words.all().map(|(key, _)| key).collect::<Vec<_>>();
        assert_eq!(keys(DUTCH), keys(ENGLISH));
    }

    #[test]
    fn arguments_are_filled_in() {
        let arguments = [
            ("naam", Argument::from("intervisie")),
            ("dagen", Argument::Count(1)),
        ];
        assert_eq!(
            DUTCH.fill("‘{naam}’ duurt {dagen} {dagen:dag|dagen}", &arguments),
            "‘intervisie’ duurt 1 dag"
        );
        assert_eq!(
            DUTCH.fill("fout[[; bedoelde je ‘{bedoeld}’?]]", &arguments),
            "fout"
        );
        assert_eq!(
            DUTCH.fill("fout[[; bedoelde je ‘{naam}’?]]", &arguments),
            "fout; bedoelde je ‘intervisie’?"
        );
        let arguments = [
            ("fase", Argument::Choice("fase", "inzicht".to_owned())),
            ("onderdeel", Argument::Field("borging")),
        ];
        assert_eq!(
            DUTCH.fill("{fase} ({fase/toolkit}), {onderdeel}", &arguments),
            "Inzicht (begrijpen), Borging"
        );
    }

    #[test]
    fn numbers_and_dates_are_written_as_the_language_writes_them() {
        let amount = Money::from(Decimal::new(125_050, 2));
        assert_eq!(
            (DUTCH.money(amount), ENGLISH.money(amount)),
            ("€ 1.250,50".to_owned(), "€1,250.50".to_owned())
        );
        let short = Money::from(Decimal::new(-190_800, 2));
        assert_eq!(
            (DUTCH.money(short), ENGLISH.money(short)),
            ("€ -1.908,00".to_owned(), "-€1,908.00".to_owned())
        );
        assert_eq!(DUTCH.date(date(2026, 9, 1)), "1 september 2026");
        assert_eq!(ENGLISH.date(date(2026, 9, 1)), "1 September 2026");
        assert_eq!(DUTCH.number(Number::from(Decimal::new(75, 1))), "7,5");
        assert_eq!(DUTCH.list(["a", "b", "c"].map(str::to_owned)), "a, b en c");
        assert_eq!(DUTCH.list(["a".to_owned()]), "a");
    }
}
