//! What the buttons of a question do.

use super::about::About;
use super::changes;
use super::event::{Given, Kind, Press};
use super::field;
use super::id;
use super::reply::Reply;
use super::session::Session;
use crate::document::{Document, Value};
use crate::editing::{self, Change, Changed, Content, EditError};
use crate::finding::Argument;
use crate::scaffold;
use crate::value::path::{Path, Step};
use crate::words::key;

/// The outcome of a button: the changed plan, if it did change, and the element that gets the focus.
type Pressed = Result<(Option<Changed>, String), EditError>;

impl Session {
    pub(super) fn press(&mut self, press: &Press, reply: &mut Reply) {
        if self.checked.is_none() {
            return;
        }
        let path = press.path.clone();
        let before = std::mem::take(&mut self.about);
        self.notice = None;
        let changed = match press.kind {
            Kind::Choose => return self.ask(About::Options(path.clone()), id::of(&path), reply),
            Kind::Cancel => {
                let focus = match &before {
                    About::Removal(at)
                    | About::Name(at)
                    | About::Options(at)
                    | About::Reason(_, at) => id::of(at),
                    About::Nothing => return,
                };
                return self.ask(About::Nothing, focus, reply);
            }
            Kind::AskReason => {
                let rule = press.rule.clone().unwrap_or_default();
                let point = self
                    .points
                    .iter()
                    .find(|point| point.rule == rule && point.path == id::json(&path));
                let focus = point.map_or_else(String::new, |point| format!("{}-r", point.id));
                return self.ask(About::Reason(rule, path), focus, reply);
            }
            Kind::AskName => {
                let focus = format!("{}-v", id::of(&path));
                return self.ask(About::Name(path), focus, reply);
            }
            Kind::Ask if self.is_named(&path) => {
                let focus = format!("{}-v", id::of(&path));
                return self.ask(About::Removal(path), focus, reply);
            }
            Kind::Ask | Kind::Remove => self.remove(&path, reply),
            Kind::Add => self.add(press),
            Kind::Link => self.link(press),
            Kind::Move => self.move_to(&path, press.to.unwrap_or_default()),
            Kind::Rename => self.rename(&path, press.text(), reply),
            Kind::Adopt => self.adopt(press),
            Kind::Fix => self.fix(press, reply),
            Kind::Exception => self.except(press, reply),
        };
        match changed {
            Ok((changed, focus)) => {
                if let Some(changed) = changed {
                    self.take(changed, &path, false, reply);
                }
                if press.kind == Kind::Fix {
                    self.say_open(reply);
                }
                reply.focus = Some(focus).filter(|focus| !focus.is_empty());
            }
            Err(error) => {
                reply.say = None;
                self.notice = None;
                self.refuse(&error, reply);
            }
        }
    }

    fn ask(&mut self, about: About, focus: String, reply: &mut Reply) {
        self.about = about;
        reply.focus = Some(focus).filter(|focus| !focus.is_empty());
    }

    /// Whether anything in the plan names the thing at a path.
    fn is_named(&self, path: &Path) -> bool {
        let document = self.checked.as_ref().map(|checked| &checked.document);
        document.is_some_and(|document| !editing::references(document, path).is_empty())
    }

    /// The name of the thing or row at a path, for sentences.
    fn name_of(&self, path: &Path) -> String {
        let Some(checked) = &self.checked else {
            return String::new();
        };
        let things = super::options::Things::of(checked, self.words);
        let text = || {
            super::options::texts(&checked.document, path)
                .into_iter()
                .next()
        };
        let number = || match path.steps().next_back() {
            Some(Step::Key(key)) => crate::value::plain_words(key),
            Some(Step::Index(index)) => {
                let nr = [("nummer", Argument::Count(index + 1))];
                self.words.text(key::scherm::REGEL, &nr)
            }
            None => String::new(),
        };
        things.name_at(path).or_else(text).unwrap_or_else(number)
    }

    fn say(&mut self, sentence: &str, arguments: &[(&'static str, Argument)], reply: &mut Reply) {
        reply.say = Some(self.words.text(sentence, arguments));
    }

    /// Adds how many points are still open in the part that is shown.
    fn say_open(&self, reply: &mut Reply) {
        let own = self.points.iter().filter(|point| point.part == self.part);
        let open = own.filter(|point| point.state != "tip").count();
        let open = [("aantal", Argument::Count(open))];
        let open = self.words.text(key::scherm::NOG_PUNTEN, &open);
        let say = reply.say.take().unwrap_or_default();
        reply.say = Some(format!("{say} {open}"));
    }

    fn remove(&mut self, path: &Path, reply: &mut Reply) -> Pressed {
        let name = self.name_of(path);
        let Some(checked) = &self.checked else {
            return Ok(<_>::default());
        };
        let changed = editing::remove_with_references(&self.text, &checked.document, path)?;
        let focus = neighbour(&checked.document, path);
        self.notice = Some(
            self.words
                .text(key::scherm::VERWIJDERD, &[("naam", name.into())]),
        );
        reply.say.clone_from(&self.notice);
        Ok((Some(changed), focus))
    }

    fn add(&self, press: &Press) -> Pressed {
        let Some(checked) = &self.checked else {
            return Ok(<_>::default());
        };
        let (path, name) = (&press.path, press.text());
        if press.answers.is_empty() && name.is_empty() {
            let (change, row) = changes::add_row(&checked.document, path, press.to);
            return Ok((Some(self.apply(&[change])?), first_control(&row)));
        }
        if press.answers.is_empty() {
            let add = Change::Add {
                to: path.clone(),
                id: Some(name.to_owned()),
                at: None,
                value: Content::Nothing,
            };
            let control = first_control(&path.join(name));
            return Ok((Some(self.apply(&[add])?), control));
        }
        let (added, thing) =
            changes::add_thing(&self.text, &checked.document, path, name, self.words)?;
        let then = |changes: &[Change]| editing::apply_all(&added.text, &added.document, changes);
        if let (Some(picker), Some(Step::Key(id))) = (&press.choose, thing.steps().next_back()) {
            let change = changes::choose(&checked.document, picker, id);
            return Ok((Some(then(&[change])?), id::of(picker)));
        }
        let set = press.with.iter().map(|(key, value)| Change::Set {
            path: thing.join(key),
            value: value.text().into(),
        });
        let changed = then(&set.collect::<Vec<_>>())?;
        Ok((Some(changed), first_control(&thing)))
    }

    /// Adds references to what the thing with the id in the form refers to.
    fn link(&self, press: &Press) -> Pressed {
        let Some(checked) = self.checked.as_ref().filter(|_| !press.text().is_empty()) else {
            return Ok(<_>::default());
        };
        let thing = press.path.join(press.text());
        let references = press.with.iter().map(|(key, value)| {
            let picker = thing.join(key);
            changes::choose(&checked.document, &picker, value.text())
        });
        let changed = self.apply(&references.collect::<Vec<_>>())?;
        Ok((Some(changed), String::new()))
    }

    fn move_to(&self, path: &Path, to: usize) -> Pressed {
        let moved = Change::Move {
            path: path.clone(),
            to,
        };
        let changed = self.apply(&[moved])?;
        let mut new = path.clone();
        let mut is_up = true;
        match path.steps().next_back() {
            Some(Step::Index(index)) => {
                is_up = to < *index;
                new.pop();
                new.push(to);
            }
            Some(Step::Key(key)) => {
                let mut parent = path.clone();
                parent.pop();
                let keys = self
                    .checked
                    .as_ref()
                    .map(|checked| checked.document.get(&parent));
                if let Some(Some(node)) = keys
                    && let Value::Mapping(entries) = &node.value
                {
                    is_up = entries.get_index_of(key).is_some_and(|at| to < at);
                }
            }
            None => {}
        }
        let button = if is_up { "o" } else { "n" };
        Ok((Some(changed), format!("{}-{button}", id::of(&new))))
    }

    /// Gives a thing another name, and the id that belongs to it.
    fn rename(&mut self, path: &Path, name: &str, reply: &mut Reply) -> Pressed {
        let Some(checked) = self.checked.as_ref().filter(|_| !name.is_empty()) else {
            return Ok((None, id::of(path)));
        };
        let name = scaffold::one_line(name);
        let (text, document) = (&self.text, &checked.document);
        let named = match changes::name_key(path) {
            Some(key) => Some(self.apply(&[Change::Set {
                path: path.join(key),
                value: name.as_str().into(),
            }])?),
            None => None,
        };
        let (text, document) = named
            .as_ref()
            .map_or((text, document), |named| (&named.text, &named.document));
        let (changed, path) = changes::rename(text, document, path, &name, self.words)?;
        self.say(key::scherm::HERNOEMD, &[("naam", name.into())], reply);
        Ok((Some(changed), id::of(&path)))
    }

    /// Takes over a suggestion: as a thing or row of a list, or as the answer of an empty question.
    fn adopt(&self, press: &Press) -> Pressed {
        let Some(checked) = &self.checked else {
            return Ok(<_>::default());
        };
        let path = &press.path;
        let Some(field) = field::at(path) else {
            return Ok(<_>::default());
        };
        match field::Shape::of(field) {
            field::Shape::Things => {
                let (text, name) = (&self.text, press.text());
                let (added, thing) =
                    changes::add_thing(text, &checked.document, path, name, self.words)?;
                Ok((Some(added), first_control(&thing)))
            }
            field::Shape::Rows => {
                let mut texts = super::options::texts(&checked.document, path);
                texts.push(press.text().to_owned());
                let change = changes::answer(&checked.document, path, &Given::Many(texts));
                Ok((Some(self.apply(&[change])?), id::of(path)))
            }
            _ => {
                let change = changes::answer(&checked.document, path, &press.value);
                Ok((Some(self.apply(&[change])?), id::of(path)))
            }
        }
    }

    fn fix(&mut self, press: &Press, reply: &mut Reply) -> Pressed {
        let set = Change::Set {
            path: press.path.clone(),
            value: press.text().into(),
        };
        let changed = self.apply(&[set])?;
        self.say(
            key::scherm::VERANDERD,
            &[("wat", press.text().into())],
            reply,
        );
        Ok((Some(changed), id::of(&press.path)))
    }

    fn except(&mut self, press: &Press, reply: &mut Reply) -> Pressed {
        let Some(checked) = &self.checked else {
            return Ok(<_>::default());
        };
        let (rule, reason) = (press.rule.as_deref().unwrap_or_default(), press.text());
        if reason.is_empty() {
            self.about = About::Reason(rule.to_owned(), press.path.clone());
            return Ok(<_>::default());
        }
        let exception = changes::exception(&checked.document, rule, &press.path, reason);
        let changed = self.apply(&exception)?;
        self.say(key::scherm::UITGEZONDERD, &[], reply);
        Ok((Some(changed), id::of(&press.path)))
    }
}

/// The id of what is beside a thing or row, for the focus once that is gone: the next one, the one before it, or the list.
fn neighbour(document: &Document, path: &Path) -> String {
    let mut list = path.clone();
    list.pop();
    let beside = |at: usize, count: usize| {
        let end = count.checked_sub(2)?;
        Some(if at > end { end } else { at + 1 })
    };
    let siblings = document.get(&list).map(|node| &node.value);
    let next = match (siblings, path.steps().next_back()) {
        (Some(Value::List(items)), Some(Step::Index(at))) => {
            // The next row moves into the place of this one.
            beside(*at, items.len()).map(|next| list.join(next.min(*at)))
        }
        (Some(Value::Mapping(entries)), Some(Step::Key(key))) => entries
            .get_index_of(key)
            .and_then(|at| beside(at, entries.len()))
            .and_then(|next| entries.get_index(next))
            .map(|(key, _)| list.join(key)),
        _ => None,
    };
    id::of(&next.unwrap_or(list))
}

/// The id of the first control of a thing or row.
fn first_control(path: &Path) -> String {
    let field = field::at(path)
        .filter(|field| field.kind == crate::schema::Kind::Keys || is_item(path, field));
    let first = field.and_then(|field| field.fields.first());
    first.map_or_else(|| id::of(path), |first| id::of(&path.join(first.key())))
}

/// Whether a path is that of an item of a list with fields.
fn is_item(path: &Path, field: &crate::schema::Field) -> bool {
    matches!(path.steps().next_back(), Some(Step::Index(_))) && !field.fields.is_empty()
}
