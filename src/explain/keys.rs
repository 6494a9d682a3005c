//! Explanations of the keys of a plan, derived from its types, its words and the examples of rules.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use super::{Example, Style, example_of, examples, heading};
use crate::advice;
use crate::document::{Document, Node, Span, Value};
use crate::finding::{Argument, Rule};
use crate::plan::{Language, Plan};
use crate::reading;
use crate::rules::BOOK;
use crate::schema::{self, Field, Kind};
use crate::value::fold;
use crate::words::{FieldText, RuleText, Words, key};

/// The keys of the plan file.
pub(super) struct Keys {
    tree: Vec<Field>,
}

/// A key, after the keys and ids that it is under. Never empty.
pub(super) struct Key(Vec<&'static Field>);

pub(super) static KEYS: LazyLock<Keys> = LazyLock::new(|| Keys {
    tree: schema::tree(),
});

impl Keys {
    /// All keys, each before those below it. Ids are no keys.
    pub fn all(&'static self) -> Vec<Key> {
        fn add(fields: &'static [Field], above: &[&'static Field], all: &mut Vec<Key>) {
            for field in fields {
                let path = [above, &[field]].concat();
                if field.key() != "*" {
                    all.push(Key(path.clone()));
                }
                add(&field.fields, &path, all);
            }
        }
        let mut all = Vec::new();
        add(&self.tree, &[], &mut all);
        all
    }

    /// The key at a path such as `gebruikers.managers.veranderingen[0].soll`, in which ids and indices may be left out. For
    /// the path of a thing by id, the key of the things.
    pub fn at(&'static self, path: &str) -> Option<Key> {
        let mut found = Vec::new();
        let mut fields = &self.tree[..];
        for step in steps(path) {
            let at =
                |fields: &'static [Field]| fields.iter().find(|field| fold(field.key()) == step);
            let id = fields.iter().find(|field| field.key() == "*");
            // An id that is left out comes before a key of the thing.
            let below = id.and_then(|id| at(&id.fields));
            let Some(field) = at(fields).or(below).or(id) else {
                // Below a value by id, such as a rate, there are no keys.
                let is_by_id = |field: &&Field| field.kind == Kind::ById;
                if found.last().is_some_and(is_by_id) {
                    break;
                }
                return None;
            };
            if below.is_some() {
                found.extend(id);
            }
            found.push(field);
            fields = &field.fields;
        }
        while found.last()?.key() == "*" {
            found.pop();
        }
        Some(Key(found))
    }

    /// The keys whose path ends in `name`, or else those that it is the label of, in either language. A word of a section's
    /// label is enough.
    pub fn named(&'static self, name: &str) -> Vec<Key> {
        let end: Vec<String> = steps(name).collect();
        if end.is_empty() {
            return Vec::new();
        }
        let by_path = self.that(|key| steps(&key.path()).collect::<Vec<_>>().ends_with(&end));
        if !by_path.is_empty() {
            return by_path;
        }
        let name = fold(name);
        self.that(|key| {
            let languages = [Language::Dutch, Language::English].into_iter();
            let mut labels = languages.map(|language| key.label(Words::of(language)));
            labels.any(|label| {
                let mut words = label.split(' ');
                let is_section = key.0.len() == 1;
                fold(label) == name || is_section && words.any(|word| fold(word) == name)
            })
        })
    }

    /// The keys that meet a condition; of those with the same pattern, the first.
    fn that(&'static self, condition: impl Fn(&Key) -> bool) -> Vec<Key> {
        let mut seen = HashSet::new();
        let keys = self.all().into_iter().filter(condition);
        keys.filter(|key| seen.insert(&key.field().pattern))
            .collect()
    }
}

impl Key {
    pub fn field(&self) -> &'static Field {
        self.0[self.0.len() - 1]
    }

    /// The key itself, without those above it.
    pub fn name(&self) -> &'static str {
        self.field().key()
    }

    /// The keys from the root of the plan, without ids.
    pub fn path(&self) -> String {
        let keys = self.0.iter().map(|field| field.key());
        keys.filter(|key| *key != "*").collect::<Vec<_>>().join(".")
    }

    pub fn label(&self, words: Words) -> &'static str {
        words.field(&self.field().pattern, FieldText::Label)
    }

    pub fn question(&self, words: Words) -> &'static str {
        words.field(&self.field().pattern, FieldText::Question)
    }

    /// The field of each thing by id, if the key has those.
    fn thing(&self) -> Option<&'static Field> {
        match &self.field().fields[..] {
            [id] if id.key() == "*" => Some(id),
            _ => None,
        }
    }

    /// The keys in the value, or in each of its things or items.
    pub fn below(&self) -> &'static [Field] {
        &self.thing().unwrap_or(self.field()).fields
    }

    /// The keys of the value, or of each of its things or items.
    pub fn children(&self) -> Vec<Key> {
        let above: Vec<_> = self.0.iter().copied().chain(self.thing()).collect();
        let below = self.below().iter();
        below
            .map(|field| Key([&above[..], &[field]].concat()))
            .collect()
    }

    /// All keys below this one, each with its path from here without ids.
    pub fn inside(&self) -> Vec<(String, &'static Field)> {
        fn add(fields: &'static [Field], above: &str, inside: &mut Vec<(String, &'static Field)>) {
            for field in fields {
                let path = match field.key() {
                    "*" => above.to_owned(),
                    key if above.is_empty() => key.to_owned(),
                    key => format!("{above}.{key}"),
                };
                if field.key() != "*" {
                    inside.push((path.clone(), field));
                }
                add(&field.fields, &path, inside);
            }
        }
        let mut inside = Vec::new();
        add(self.below(), "", &mut inside);
        inside
    }

    /// The question and the help, also those of each thing by id.
    pub fn asked(&self, words: Words) -> String {
        let fields = std::iter::once(self.field()).chain(self.thing());
        let texts = fields.flat_map(|field| {
            [FieldText::Question, FieldText::Help].map(|text| words.field(&field.pattern, text))
        });
        texts.collect::<Vec<_>>().join(" ")
    }

    /// The patterns of the key and of all below it.
    fn patterns(&self) -> HashSet<&'static str> {
        fn add(field: &'static Field, patterns: &mut HashSet<&'static str>) {
            patterns.insert(&field.pattern);
            for field in &field.fields {
                add(field, patterns);
            }
        }
        let mut patterns = HashSet::new();
        add(self.field(), &mut patterns);
        patterns
    }

    /// The question and the help of the key, how it is written, the keys below it, an example and its rules.
    pub fn explain(&self, words: Words, style: Style) -> String {
        let field = self.field();
        let mut text = style.title(&self.path(), &self.breadcrumbs(words));
        for field in std::iter::once(field).chain(self.thing()) {
            let [question, help] = [FieldText::Question, FieldText::Help]
                .map(|text| words.field(&field.pattern, text));
            text += &style.paragraph(&format!("{question} {help}"));
        }
        if self.below().is_empty() {
            text += &self.written(words, style);
        } else {
            text += &heading(words.get(key::uitleg::SLEUTELS));
            let rows = self.below().iter().map(|field| {
                let question = words.field(&field.pattern, FieldText::Question);
                (field.key().to_owned(), question.to_owned())
            });
            text += &style.list(&rows.collect::<Vec<_>>());
        }
        if let Some(example) = self.example(words) {
            text += &heading(words.get(key::uitleg::VOORBEELD));
            text += &style.code(&example);
        }
        for overview in advice::overviews(&field.pattern, words) {
            text += &heading(&overview.title);
            text += &style.points(&overview.points);
            text += &style.list(&overview.rows);
        }
        let rules: Vec<_> = self
            .rules(words)
            .into_iter()
            .map(|rule| {
                let heading = words.rule(rule.name, RuleText::Heading).unwrap_or_default();
                (rule.name.to_owned(), heading.to_owned())
            })
            .collect();
        if !rules.is_empty() {
            text += &heading(words.get(key::uitleg::REGELS));
            text += &style.list(&rules);
        }
        text
    }

    /// The rules that look at the key or at a key below it, in the order of the rule book.
    pub fn rules(&self, words: Words) -> Vec<&'static Rule> {
        let field = self.field();
        let patterns = self.patterns();
        let concerns = |example: &Example| {
            let mut keys = example.paths.lines().filter_map(|path| KEYS.at(path));
            keys.any(|key| patterns.contains(&key.field().pattern[..]))
        };
        let is_exception = self.0[0].key() == "uitzonderingen";
        let mut rules = Vec::new();
        for chapter in BOOK.chapters {
            let is_own = chapter.key == field.pattern;
            rules.extend(chapter.rules().filter(|rule| {
                // The rules on the file itself look at every key.
                let is_general = !is_exception && BOOK.is_about_the_file(rule.name);
                is_own || !is_general && example_of(rule, words).is_some_and(concerns)
            }));
        }
        rules
    }

    /// The number of the section, and the labels of the keys from there.
    pub fn breadcrumbs(&self, words: Words) -> String {
        let labels = self.0.iter().filter(|field| field.key() != "*");
        let labels: Vec<&str> = labels
            .map(|field| words.field(&field.pattern, FieldText::Label))
            .collect();
        let labels = labels.join(" › ");
        match Plan::section_number(self.0[0].key()) {
            Some(number) => format!("{number} {labels}"),
            None => labels,
        }
    }

    /// The form of the value: its choices, or what `check` expects where it finds something else.
    pub fn written(&self, words: Words, style: Style) -> String {
        let field = self.field();
        if let Some(choices) = &field.choices {
            let rows = choices.words.iter().map(|word| {
                let meaning = meaning(&choices.kind, word, words);
                (word.clone(), meaning)
            });
            let label = if field.kind == Kind::Choice {
                key::uitleg::KEUZE
            } else {
                key::uitleg::KEUZES
            };
            return heading(words.get(label)) + &style.list(&rows.collect::<Vec<_>>());
        }
        let Some(expected) = self.expected() else {
            return String::new();
        };
        let label = match field.kind {
            Kind::List => key::uitleg::SCHRIJF_MEER,
            Kind::ById => key::uitleg::SCHRIJF_PER_ID,
            _ => key::uitleg::SCHRIJF,
        };
        let any_text = Argument::Choice("soorten", "tekst".to_owned());
        let expected = if expected == any_text {
            words.get(key::uitleg::TEKST).to_owned()
        } else {
            words.argument(&expected)
        };
        style.labelled(words.get(label), &expected)
    }

    /// The kind of value that reading expects, according to its finding about a list in a list.
    fn expected(&self) -> Option<Argument> {
        let mut plan = "[[x]]".to_owned();
        if self.field().kind == Kind::ById {
            plan = format!("{{x: {plan}}}");
        }
        for field in self.0.iter().rev() {
            if field.kind == Kind::List && !field.fields.is_empty() {
                plan = format!("[{plan}]");
            }
            plan = format!("{{{}: {plan}}}", field.key().replace('*', "x"));
        }
        let document = Document::read(plan.as_bytes());
        let (_, reading) = reading::read(&document);
        let mut wrong = reading.problems.iter();
        wrong.find_map(|finding| finding.argument("verwacht").cloned())
    }

    /// The lines of the good twin that shows most of the key, and of those the shortest.
    pub fn example(&self, words: Words) -> Option<String> {
        let here = format!("{}:", self.field().key());
        let with_key = examples(words)
            .iter()
            .filter(|example| example.mended.contains(&here));
        let shown = with_key.filter_map(|example| {
            let lines = self.lines(example.mended)?;
            let keys: BTreeSet<&str> = lines.iter().filter_map(|line| key_of(line)).collect();
            Some((keys.len(), Reverse(lines.len()), Reverse(lines)))
        });
        let (.., Reverse(lines)) = shown.max()?;
        Some(lines.join("\n") + "\n")
    }

    /// The lines of a plan with this key and the keys above it; all of the list if it is in one.
    fn lines<'p>(&self, plan: &'p str) -> Option<Vec<&'p str>> {
        let document = Document::read(plan.as_bytes());
        let lines: Vec<&str> = plan.lines().collect();
        let keys = spans(document.root(), &self.0)?;
        let mut shown: Vec<usize> = keys
            .into_iter()
            .map(|span| document.place_of(span).start.line - 1)
            .collect();
        let last = *shown.last()?;
        let inside = |line: &&str| indent(line) > indent(lines[last]);
        let below = lines[last + 1..]
            .iter()
            .take_while(|line| inside(line))
            .count();
        shown.extend((last + 1)..=(last + below));
        Some(shown.into_iter().map(|nr| lines[nr]).collect())
    }
}

/// The meaning of a choice, if it says more than the word itself.
fn meaning(kind: &str, word: &str, words: Words) -> String {
    let label = words.choice(kind, word);
    let long = words.find(&format!("keuzes.{kind}_uitleg.{word}"));
    match (long, words.language()) {
        (None, _) if label == word => String::new(),
        (None, _) => label,
        (Some(long), Language::Dutch) => long.to_owned(),
        (Some(long), Language::English) => format!("{label}: {long}"),
    }
}

/// The keys and ids of a path in any spelling, without indices.
fn steps(path: &str) -> impl Iterator<Item = String> {
    let steps = path.split('.').filter_map(|step| step.split('[').next());
    steps.map(fold).filter(|step| !step.is_empty())
}

/// The number of columns before a line's text. A hyphen of a list is no text.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '-']).len()
}

fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line[indent(line)..].split_once(':')?;
    Some(key)
}

/// The place of each key on a path through a plan, up to the first list of things.
fn spans(node: &Node, path: &[&Field]) -> Option<Vec<Span>> {
    let [field, rest @ ..] = path else {
        return Some(Vec::new());
    };
    let Value::Mapping(entries) = &node.value else {
        return None;
    };
    let may_be = |key: &str| field.key() == "*" || field.key() == key;
    let mut entries = entries.iter().filter(|(key, _)| may_be(key));
    entries.find_map(|(_, entry)| {
        let is_list = field.kind == Kind::List && !field.fields.is_empty();
        let below = if is_list {
            Vec::new()
        } else {
            spans(&entry.value, rest)?
        };
        Some([vec![entry.key], below].concat())
    })
}
