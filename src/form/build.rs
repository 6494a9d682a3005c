//! The questions of a part of the plan, with their answers.

use std::borrow::Cow;

use super::about::About;
use super::block::{Adding, Block};
use super::field::{self, Shape};
use super::figures;
use super::id;
use super::options::{self, Things, texts};
use crate::checked::Checked;
use crate::document::{Node, Value};
use crate::plan::catalogue;
use crate::render::preview;
use crate::schema::{Field, Kind};
use crate::value::path::Path;
use crate::value::{Day, Id, Moment, Money, Number, RefKind, Scalar, Term, first_words};
use crate::words::{FieldText, Words};

/// Builds questions.
pub(super) struct Builder<'c> {
    pub checked: &'c Checked,
    pub words: Words,
    pub things: Things<'c>,
    /// What the user asked about, and where.
    pub about: &'c About,
}

/// The most things to choose from that are always shown. More would take a page of choices at each of many questions.
const FEW: usize = 7;

impl<'c> Builder<'c> {
    pub fn new(checked: &'c Checked, about: &'c About, words: Words) -> Self {
        let things = Things::of(checked, words);
        Self {
            checked,
            words,
            things,
            about,
        }
    }

    /// Whether everything that can be chosen at a path is shown.
    fn shows_all(&self, path: &Path) -> bool {
        *self.about == About::Options(path.clone())
    }

    /// The most things to choose from at a path.
    fn most(&self, path: &Path) -> usize {
        if self.shows_all(path) {
            usize::MAX
        } else {
            FEW
        }
    }

    fn label(&self, field: &Field) -> String {
        self.words
            .field(&field.pattern, FieldText::Label)
            .to_owned()
    }

    /// The questions of a section or annex.
    pub fn part(&self, key: &str) -> Option<Block> {
        let path = Path::root().join(key);
        let field = field::at(&path)?;
        // The heading of a part is that of the screen, except above a list of things.
        let level = if Shape::of(field) == Shape::Group {
            1
        } else {
            2
        };
        Some(Block {
            is_part: true,
            ..self.question(field, &path, level)
        })
    }

    fn get(&self, path: &Path) -> Option<&'c Node> {
        self.checked.document.get(path)
    }

    /// The question of a field, with headings of a level for what is in it.
    fn question(&self, field: &Field, path: &Path, level: u8) -> Block {
        let text = |text| Cow::Borrowed(self.words.field(&field.pattern, text));
        let help = field::help(&field.pattern, self.words);
        let mut block = Block {
            question: text(FieldText::Question),
            label: text(FieldText::Label),
            help,
            level,
            ..Self::bare(path)
        };
        let node = self.get(path);
        block.is_answered = node.is_some_and(|node| !node.is_empty());
        match Shape::of(field) {
            Shape::Line => self.line(&mut block, field.kind, path),
            Shape::Prose => {
                block.shape = "prose";
                let text = self.text(path);
                text.trim_end_matches('\n').clone_into(&mut block.value);
                block.shown = preview(&text, self.checked.plan(), self.words);
            }
            Shape::Choice { is_many } => {
                block.shape = "choice";
                block.is_many = is_many;
                if let Some(choices) = &field.choices {
                    block.options = options::of_words(
                        choices,
                        &texts(&self.checked.document, path),
                        self.words,
                    );
                }
            }
            Shape::Picker { is_many, kind } => {
                block.shape = "picker";
                block.is_many = is_many;
                let chosen = texts(&self.checked.document, path);
                (block.options, block.has_more) =
                    self.things.options(kind, &chosen, self.most(path));
                block.shows_all = self.shows_all(path);
                block.adding = self.adding_to(kind);
            }
            Shape::Rows => self.rows(&mut block, path),
            Shape::Table => self.table(&mut block, field, path),
            Shape::Things => self.cards(&mut block, field, path),
            Shape::Items => self.items(&mut block, field, path),
            Shape::Group => {
                block.shape = "group";
                let inner =
                    |inner: &Field| self.question(inner, &path.join(inner.key()), level + 1);
                block.blocks = field.fields.iter().map(inner).collect();
            }
        }
        block
    }

    fn bare(path: &Path) -> Block {
        Block {
            id: id::of(path),
            path: id::json(path),
            place: path.clone(),
            ..Block::default()
        }
    }

    /// The text of a single value.
    fn text(&self, path: &Path) -> String {
        let text = self.get(path).and_then(Node::text);
        text.unwrap_or_default().to_owned()
    }

    fn line(&self, block: &mut Block, kind: Kind, path: &Path) {
        block.shape = if kind == Kind::Text { "text" } else { "line" };
        block.value = self.text(path);
        block.is_date = field::is_date(kind);
        block.read = self.read(kind, &block.value);
    }

    /// How an answer was read, if the reader should see that.
    fn read(&self, kind: Kind, text: &str) -> Option<String> {
        let start = self.checked.facts().start;
        let day = |day: Moment| day.date(start).map(|day| self.words.date(day));
        let read = match kind {
            Kind::Day => self.words.date(Day::parse(text).ok()?.date()),
            Kind::Moment => day(Moment::parse(text).ok()?)?,
            Kind::Term => day(Term::parse(text).ok()?.end)?,
            Kind::Money => self.words.money(Money::parse(text).ok()?),
            Kind::Number => self.words.number(Number::parse(text).ok()?),
            _ => return None,
        };
        let letters = |text: &str| text.replace([' ', '\u{a0}'], "").to_lowercase();
        (letters(&read) != letters(text)).then_some(read)
    }

    fn rows(&self, block: &mut Block, path: &Path) {
        block.shape = "rows";
        let row = |path: Path, text: &str| Block {
            shape: "row",
            value: text.to_owned(),
            is_answered: true,
            label: block.label.clone(),
            ..Self::bare(&path)
        };
        let mut rows: Vec<Block> = match self.get(path).map(|node| &node.value) {
            Some(Value::List(items)) => {
                let items = items.iter().enumerate();
                items
                    .map(|(nr, item)| row(path.join(nr), item.text().unwrap_or_default()))
                    .collect()
            }
            Some(Value::Scalar { text, .. }) => vec![row(path.clone(), text)],
            _ => vec![row(path.clone(), "")],
        };
        number(&mut rows);
        if let [only] = &mut rows[..]
            && only.place == *path
        {
            // The only row is the answer itself, which has the id of the question.
            only.id.push_str("..0");
        }
        block.blocks = rows;
    }

    /// A value for each thing of a kind.
    fn table(&self, block: &mut Block, field: &Field, path: &Path) {
        block.shape = "table";
        let ids: Vec<String> = self.keys(path);
        self.add_others(block, field, path, &ids);
        block.blocks = ids
            .iter()
            .map(|id| self.cell(field, &path.join(id), id))
            .collect();
    }

    /// Adds the things that a mapping does not have yet, of the kind that its ids are.
    fn add_others(&self, block: &mut Block, field: &Field, path: &Path, ids: &[String]) {
        let Some(kind) = field::ids(field) else {
            return;
        };
        let (mut options, has_more) = self.things.options(kind, ids, self.most(path));
        options.retain(|option| !option.is_chosen);
        block.has_more = has_more;
        block.adding = Some(Adding {
            label: self.label(field),
            path: id::json(path),
            options,
            ..Adding::default()
        });
    }

    fn cell(&self, field: &Field, path: &Path, id: &str) -> Block {
        let name = field::ids(field).and_then(|kind| self.things.name(kind, id));
        let mut cell = Block {
            question: Cow::Owned(name.unwrap_or_else(|| crate::value::plain_words(id))),
            is_answered: self.get(path).is_some(),
            ..Self::bare(path)
        };
        cell.label.clone_from(&cell.question);
        match (&field.choices, self.get(path).map(|node| &node.value)) {
            (Some(choices), Some(Value::Mapping(_))) => {
                cell.shape = "group";
                cell.level = 4;
                let inner = |word: &String| Block {
                    shape: "text",
                    question: Cow::Owned(self.words.choice(&choices.kind, word)),
                    value: self.text(&path.join(word)),
                    ..Self::bare(&path.join(word))
                };
                cell.blocks = choices.words.iter().map(inner).collect();
            }
            (Some(choices), _) => {
                cell.shape = "choice";
                cell.is_many = true;
                cell.options =
                    options::of_words(choices, &texts(&self.checked.document, path), self.words);
            }
            (None, _) => self.line(&mut cell, field.values, path),
        }
        cell
    }

    /// The ids of a mapping.
    fn keys(&self, path: &Path) -> Vec<String> {
        match self.get(path).map(|node| &node.value) {
            Some(Value::Mapping(entries)) => entries.keys().cloned().collect(),
            _ => Vec::new(),
        }
    }

    fn cards(&self, block: &mut Block, field: &Field, path: &Path) {
        block.shape = "cards";
        let Some(thing) = field.fields.first() else {
            return;
        };
        let reference = field::ids(field);
        let ids = self.keys(path);
        let card = |id: &String| {
            let path = path.join(id);
            let name = match reference {
                Some(kind) => self.things.name(kind, id),
                None => self.things.name_at(&path),
            };
            let name = name.unwrap_or_else(|| crate::value::plain_words(id));
            Block {
                name,
                key: id.clone(),
                has_id: field.ids.as_deref() == Some(Id::KIND),
                ..self.card(thing, &path, block.level)
            }
        };
        block.blocks = ids.iter().map(card).collect();
        number(&mut block.blocks);
        self.add_others(block, field, path, &ids);
        if field.ids.as_deref() == Some(Id::KIND) {
            block.adding = Some(Adding {
                label: self.label(thing),
                path: id::json(path),
                by_name: true,
                ..Adding::default()
            });
        }
    }

    fn items(&self, block: &mut Block, field: &Field, path: &Path) {
        block.shape = "cards";
        let count = match self.get(path).map(|node| &node.value) {
            Some(Value::List(items)) => items.len(),
            _ => 0,
        };
        let card = |nr: usize| {
            let card = self.card(field, &path.join(nr), block.level);
            let mut first = card
                .blocks
                .iter()
                .filter(|it| matches!(it.shape, "text" | "prose"));
            let name = first.find_map(|it| first_words(&it.value));
            let name = name.unwrap_or_else(|| format!("{} {}", block.label, nr + 1));
            Block { name, ..card }
        };
        block.blocks = (0..count).map(card).collect();
        number(&mut block.blocks);
        block.adding = Some(Adding {
            label: block.label.to_string(),
            path: id::json(path),
            is_item: true,
            ..Adding::default()
        });
    }

    /// A card with the fields of a thing or item.
    fn card(&self, thing: &Field, path: &Path, level: u8) -> Block {
        let inner = |inner: &Field| {
            let path = path.join(inner.key());
            self.question(inner, &path, level + 2)
        };
        let mut blocks: Vec<Block> = thing.fields.iter().map(inner).collect();
        let mut texts = blocks.iter_mut();
        if let Some(name) = texts.find(|block| matches!(block.shape, "text" | "prose")) {
            name.placeholder = self.things.name_at(path).unwrap_or_default();
        }
        Block {
            shape: "card",
            level: level + 1,
            facts: self.things.facts(path),
            blocks,
            asked: self.asked(path),
            outcome: figures::quadrant(self.checked, path, self.words),
            ..Self::bare(path)
        }
    }

    /// How a thing is made that a picker does not have yet.
    fn adding_to(&self, kind: RefKind) -> Option<Adding> {
        let kind = match kind {
            RefKind::Anything => return None,
            // Who does something is most often a role of the team.
            RefKind::GroupOrRole => RefKind::Role,
            kind => kind,
        };
        let of = catalogue::targets(kind).next()?;
        let path: Path = of.path.iter().copied().collect();
        let field = field::at(&path)?.fields.first()?;
        Some(Adding {
            label: self.label(field),
            path: id::json(&path),
            by_name: true,
            ..Adding::default()
        })
    }
}

/// Numbers the blocks of a list.
fn number(blocks: &mut [Block]) {
    let count = blocks.len();
    for (nr, block) in blocks.iter_mut().enumerate() {
        block.at = nr;
        block.is_last = nr + 1 == count;
    }
}
