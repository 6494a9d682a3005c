//! Going from one screen, part or question of a plan to another.

use super::about::About;
use super::build::Builder;
use super::event::Screen;
use super::field::{self, Shape};
use super::id;
use super::options::texts;
use super::points::Point;
use super::reply::Reply;
use super::screens;
use super::session::Session;
use crate::finding::Argument;
use crate::plan::Plan;
use crate::schema::Field;
use crate::value::path::{Path, Step};
use crate::words::{FieldText, key};

impl Session {
    /// Leaves the part that is shown.
    pub(super) fn leave(&mut self, reply: &mut Reply) {
        if self.screen == Screen::Section && self.visited.insert(self.part.clone()) {
            reply.visited = Some(self.visited.clone());
            self.judge();
        }
    }

    /// Shows a screen that is no part of the plan.
    pub(super) fn go(&mut self, screen: Screen, reply: &mut Reply) {
        self.leave(reply);
        let needs_plan = !matches!(screen, Screen::Start | Screen::New);
        if needs_plan && self.checked.is_none() || screen == Screen::Section {
            return;
        }
        self.screen = screen;
        self.panel = Path::root();
        let (hash, name) = match screen {
            Screen::Start | Screen::Section => ("", ""),
            Screen::New => ("nieuw", self.words.get(key::scherm::NIEUW_PLAN)),
            Screen::Plan => ("overzicht", self.words.get(key::scherm::OVERZICHT)),
            Screen::Documents => ("documenten", self.words.get(key::scherm::DOCUMENTEN)),
            Screen::Text => ("tekst", self.words.get(key::scherm::TEKST)),
        };
        reply.hash = Some(hash.to_owned());
        reply.title = Some(self.page_title(name));
        reply.focus = Some("h".to_owned());
    }

    fn page_title(&self, name: &str) -> String {
        let parts = [name, self.open_title().unwrap_or_default(), "planmaker"];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" – ")
    }

    /// Shows a part of the plan.
    pub(super) fn enter(&mut self, key: &str, reply: &mut Reply) {
        let is_part = Plan::KEYS.contains(&key) && key != "versie";
        if !is_part || self.checked.is_none() {
            return;
        }
        if self.part != key {
            self.leave(reply);
        }
        self.screen = Screen::Section;
        key.clone_into(&mut self.part);
        self.panel = Path::root().join(key);
        self.summarise();
        self.about = About::Nothing;
        let name = self.parts().into_iter().find(|part| part.is_current);
        reply.hash = Some(key.to_owned());
        reply.title = Some(self.page_title(name.as_ref().map_or("", |part| &part.label)));
        reply.focus = Some("h".to_owned());
    }

    /// Makes the summary of the part that is shown.
    fn summarise(&mut self) {
        let own = self
            .points
            .iter()
            .filter(|point| point.part == self.part && point.state != "tip");
        let line = |point: &Point| screens::Line {
            id: point.id.clone(),
            state: point.state,
            title: point.title.clone(),
            path: point.question.clone(),
            is_solved: false,
        };
        self.summary = own.map(line).collect();
    }

    /// Puts the focus on the question that a path leads into.
    pub(super) fn focus(&mut self, path: &Path, reply: &mut Reply) {
        let Some(checked) = &self.checked else { return };
        let Some(mut block) = Builder::new(checked, &self.about, self.words).part(&self.part)
        else {
            return;
        };
        let mut at = path.clone();
        loop {
            let mut found = None;
            block.each(&mut |block| {
                if block.place == at && found.is_none() {
                    found = Some(block.id.clone());
                }
            });
            if at == Path::root() || found.is_some() {
                reply.focus = found.or(reply.focus.take());
                self.panel = at;
                return;
            }
            at.pop();
        }
    }

    pub(super) fn next(&mut self, path: Option<&Path>, reply: &mut Reply) {
        self.leave(reply);
        let here = path.map(id::json);
        let next = self.next_point(here.as_deref());
        match next.map(|point| (point.part.clone(), point.place.clone())) {
            Some((part, place)) => {
                self.part.clear();
                self.enter(&part, reply);
                self.focus(&place, reply);
            }
            None => reply.say = Some(self.words.get(key::scherm::NIETS_OPEN).to_owned()),
        }
    }

    /// The open point behind the one at a question: the heaviest first, in the order of the plan.
    pub(super) fn next_point(&self, here: Option<&str>) -> Option<&Point> {
        let order = |point: &&Point| {
            let weight = match point.state {
                "fout" => 0,
                "let-op" => 1,
                _ => 2,
            };
            (weight, Plan::KEYS.iter().position(|key| *key == point.part))
        };
        let open = self.points.iter().filter(|point| point.state != "tip");
        let mut open: Vec<&Point> = open.collect();
        open.sort_by_key(order);
        let is_here = |point: &&Point| here == Some(point.question.as_str());
        let at = open.iter().rposition(is_here);
        let behind = at.and_then(|at| open.get(at + 1));
        behind.or_else(|| open.first()).copied()
    }

    pub(super) fn travel(&mut self, forward: bool, reply: &mut Reply) {
        let travelled = if forward {
            self.history.redo(&self.text)
        } else {
            self.history.undo(&self.text)
        };
        let Some((text, path)) = travelled else {
            return;
        };
        self.text = text;
        self.look();
        self.keep(reply);
        reply.say = Some(self.travelled(&path, forward));
        if let Some(Step::Key(part)) = path.first().cloned() {
            if self.screen != Screen::Section || self.part != part {
                self.enter(&part, reply);
            }
            self.focus(&path, reply);
        }
    }

    /// What was taken back or made again, in a sentence.
    fn travelled(&self, path: &Path, forward: bool) -> String {
        // What was chosen has another name in the file than on the page.
        let is_text =
            |field: &&Field| matches!(Shape::of(field), Shape::Line | Shape::Prose | Shape::Rows);
        let field = field::at(path).filter(|_| field::is_answer(path));
        let field = field.filter(is_text);
        let Some((field, checked)) = field.zip(self.checked.as_ref()) else {
            let key = if forward {
                key::scherm::OPNIEUW_GEDAAN
            } else {
                key::scherm::TERUGGEDRAAID
            };
            return self.words.get(key).to_owned();
        };
        let label = self.words.field(&field.pattern, FieldText::Label);
        let answer = texts(&checked.document, path).join("; ");
        let mut arguments = vec![("naam", Argument::Whole(label.to_owned()))];
        if !answer.is_empty() {
            arguments.push(("waarde", Argument::from(answer)));
        }
        let key = if arguments.len() > 1 {
            key::scherm::STAAT_OP
        } else {
            key::scherm::STAAT_LEEG
        };
        self.words.text(key, &arguments)
    }
}
