//! One open plan, and what the page shows of it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use minijinja::value::Serde;

use super::build::{About, Builder};
use super::buttons::Press;
use super::changes;
use super::documents::Chosen;
use super::event::{Draft, Event, Given, Screen};
use super::figures;
use super::fragments::Fragment;
use super::history::History;
use super::id;
use super::panel;
use super::parts::{self, Part};
use super::points::{self, Point, Tally};
use super::reply::Reply;
use super::screens;
use super::source;
use super::start;
use super::templates;
use crate::checked::Checked;
use crate::document::Document;
use crate::editing::EditError;
use crate::plan::{Language, Plan};
use crate::scaffold;
use crate::value::path::{Path, Step};
use crate::words::{Words, key};

/// One open plan, or none yet.
#[derive(Debug)]
pub struct Session {
    pub(super) words: Words,
    pub(super) today: Option<Date>,
    pub(super) drafts: Vec<Draft>,
    pub(super) text: String,
    pub(super) checked: Option<Checked>,
    pub(super) points: Vec<Point>,
    pub(super) visited: BTreeSet<String>,
    pub(super) history: History,
    pub(super) screen: Screen,
    /// The key of the part that is shown.
    pub(super) part: String,
    /// The summary of that part, as it was when the part was entered.
    summary: Vec<screens::Line>,
    /// What the user asked about.
    pub(super) about: About,
    /// What was just removed, until the next event.
    pub(super) notice: Option<String>,
    pub(super) panel: Path,
    /// The document that was asked for last.
    pub(super) chosen: Chosen,
    shown: Vec<Fragment>,
    /// The id of the control that the event was about, which shows its value already.
    typed: Option<String>,
}

impl Default for Session {
    fn default() -> Self {
        Self {
            words: Words::of(Language::Dutch),
            today: None,
            drafts: Vec::new(),
            text: String::new(),
            checked: None,
            points: Vec::new(),
            visited: BTreeSet::new(),
            history: History::default(),
            screen: Screen::Start,
            part: String::new(),
            summary: Vec::new(),
            about: About::Nothing,
            notice: None,
            panel: Path::root(),
            chosen: Chosen::default(),
            shown: Vec::new(),
            typed: None,
        }
    }
}

impl Session {
    /// Handles an event: changes the plan or what is shown, and returns what the page does next.
    pub fn handle(&mut self, event: Event) -> Reply {
        let mut reply = Reply::default();
        self.typed = None;
        if !matches!(event, Event::Edit { again: true, .. } | Event::Panel { .. }) {
            self.history.close();
        }
        if !matches!(event, Event::Panel { .. }) {
            self.notice = None;
        }
        self.act(event, &mut reply);
        self.show(&mut reply);
        reply
    }

    fn act(&mut self, event: Event, reply: &mut Reply) {
        match event {
            Event::Start {
                language,
                today,
                drafts,
            } => self.start(language, today, drafts, reply),
            Event::NewForm {} => self.go(Screen::New, reply),
            Event::New { answers } => match start::plan(self.words, &answers) {
                Ok(text) => self.open(text, BTreeSet::new(), History::default(), reply),
                Err(error) => self.refuse(&error, reply),
            },
            Event::Example {} => {
                let text = scaffold::example(self.words.language(), false);
                self.open(text, BTreeSet::new(), History::default(), reply);
            }
            Event::Open {
                text,
                visited,
                undo,
                name: _,
            } => self.open(text, visited, History::read(undo), reply),
            Event::Edit { path, value, .. } => {
                self.edit(&path.into_iter().collect(), &value, reply)
            }
            Event::Change {
                kind,
                path,
                value,
                rule,
                to,
                choose,
                with,
                answers,
            } => {
                let press = Press {
                    path: path.into_iter().collect(),
                    value,
                    rule,
                    to,
                    choose: choose.map(|path| path.into_iter().collect()),
                    with,
                    answers,
                };
                self.press(kind, &press, reply);
            }
            Event::Panel { path } => {
                let path: Path = path.into_iter().collect();
                self.panel = path;
            }
            Event::Show { screen, key, path } => {
                if let Some(key) = key.filter(|_| screen == Screen::Section) {
                    self.enter(&key, reply);
                    if let Some(path) = path {
                        self.focus(&path.into_iter().collect(), reply);
                    }
                } else {
                    self.go(screen, reply);
                }
            }
            Event::Next { path } => self.next(path, reply),
            Event::Undo {} => self.travel(false, reply),
            Event::Redo {} => self.travel(true, reply),
            Event::Text { text } => self.write(&text, reply),
            Event::Document { view, group, form } => self.make(&view, group, &form, reply),
            Event::Language { language } => {
                self.words = Words::of(language);
                reply.words = page_words(self.words);
                self.look();
            }
        }
    }

    /// The findings with their states.
    #[cfg(test)]
    pub(super) fn points(&self) -> &[Point] {
        &self.points
    }

    /// The regions of the page as they are shown.
    #[cfg(test)]
    pub(super) fn shown(&self) -> &[Fragment] {
        &self.shown
    }

    fn start(
        &mut self,
        language: Option<Language>,
        today: Option<Date>,
        drafts: Vec<Draft>,
        reply: &mut Reply,
    ) {
        *self = Self {
            words: Words::of(language.unwrap_or(self.words.language())),
            today,
            drafts,
            ..Self::default()
        };
        reply.words = page_words(self.words);
        reply.hash = Some(String::new());
        reply.title = Some("planmaker".to_owned());
    }

    fn open(
        &mut self,
        text: String,
        visited: BTreeSet<String>,
        history: History,
        reply: &mut Reply,
    ) {
        self.text = text;
        self.visited = visited;
        self.history = history;
        self.look();
        reply.words = page_words(self.words);
        reply.text = Some(self.text.clone());
        reply.name = Some(self.file_name());
        let is_readable = self.checked.as_ref().is_some_and(Checked::is_whole);
        if !is_readable {
            self.go(Screen::Text, reply);
            return;
        }
        let first = self.parts().into_iter().find(|part| part.state != "klaar");
        let key = first.map_or("plan", |part| part.key);
        self.enter(key, reply);
    }

    /// The name of the plan's file, from its title.
    pub(super) fn file_name(&self) -> String {
        let title = scaffold::id_of(self.plan_title(), "plan");
        format!("{title}.yaml")
    }

    pub(super) fn plan_title(&self) -> &str {
        let plan = self.checked.as_ref().map(Checked::plan);
        let header = plan.and_then(|plan| plan.header.given());
        let title = header.and_then(|header| header.title.given());
        title.map_or_else(
            || self.words.get(key::document::IMPLEMENTATIEPLAN),
            AsRef::as_ref,
        )
    }

    /// Reads and checks the text.
    fn look(&mut self) {
        let document = Document::read(self.text.as_bytes());
        self.checked = Some(Checked::new(document, self.today));
        self.judge();
    }

    /// Words the findings again.
    fn judge(&mut self) {
        if let Some(checked) = &self.checked {
            self.points = points::all(checked, &self.visited, self.words);
        }
    }

    pub(super) fn parts(&self) -> Vec<Part> {
        let current = (self.screen == Screen::Section).then_some(self.part.as_str());
        self.checked.as_ref().map_or_else(Vec::new, |checked| {
            parts::of(checked, &self.points, current, self.words)
        })
    }

    /// Leaves the part that is shown.
    fn leave(&mut self, reply: &mut Reply) {
        if self.screen == Screen::Section && self.visited.insert(self.part.clone()) {
            reply.visited = Some(self.visited.clone());
            self.judge();
        }
    }

    /// Shows a screen that is no part of the plan.
    fn go(&mut self, screen: Screen, reply: &mut Reply) {
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
        let title = if self.checked.is_some() {
            self.plan_title()
        } else {
            ""
        };
        let parts = [name, title, "planmaker"];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(" – ")
    }

    /// Shows a part of the plan.
    fn enter(&mut self, key: &str, reply: &mut Reply) {
        let is_part = Plan::KEYS.contains(&key) && key != "versie";
        if !is_part || self.checked.is_none() {
            return;
        }
        if self.part != key {
            self.leave(reply);
        }
        self.screen = Screen::Section;
        self.part = key.to_owned();
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
    fn focus(&mut self, path: &Path, reply: &mut Reply) {
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

    fn next(&mut self, path: Option<Vec<Step>>, reply: &mut Reply) {
        self.leave(reply);
        let here = path.map(|path| id::json(&path.into_iter().collect()));
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
    fn next_point(&self, here: Option<&str>) -> Option<&Point> {
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

    fn edit(&mut self, path: &Path, value: &Given, reply: &mut Reply) {
        let Some(checked) = &self.checked else { return };
        let changes = changes::answer(&checked.document, path, value);
        match changes::apply_all(&self.text, &changes) {
            Ok(text) => {
                self.typed = Some(id::of(path));
                self.take(text, path, true, reply);
            }
            Err(error) => self.refuse(&error, reply),
        }
    }

    /// Takes a new text.
    pub(super) fn take(&mut self, text: String, path: &Path, is_edit: bool, reply: &mut Reply) {
        if text == self.text {
            return;
        }
        self.history.add(path, &self.text, &text, is_edit);
        self.text = text;
        self.look();
        self.keep(reply);
    }

    fn keep(&self, reply: &mut Reply) {
        reply.text = Some(self.text.clone());
        reply.undo = Some(self.history.kept());
        reply.name = Some(self.file_name());
    }

    fn write(&mut self, text: &str, reply: &mut Reply) {
        let text = source::written(&self.text, text);
        self.take(text, &Path::root(), true, reply);
        self.typed = Some("t".to_owned());
    }

    fn travel(&mut self, forward: bool, reply: &mut Reply) {
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
        let say = if forward {
            key::scherm::OPNIEUW_GEDAAN
        } else {
            key::scherm::TERUGGEDRAAID
        };
        reply.say = Some(self.words.get(say).to_owned());
        if let Some(Step::Key(part)) = path.first().cloned() {
            if self.screen != Screen::Section || self.part != part {
                self.enter(&part, reply);
            }
            self.focus(&path, reply);
        }
    }

    pub(super) fn refuse(&self, error: &EditError, reply: &mut Reply) {
        let why = match error {
            EditError::Unread { .. } => key::scherm::geweigerd::ONLEESBAAR,
            EditError::TooLarge => key::scherm::geweigerd::TE_GROOT,
            EditError::IdTaken { .. } => key::scherm::geweigerd::NAAM_BEZET,
            EditError::Character { .. } => key::scherm::geweigerd::TEKEN,
            _ => key::scherm::geweigerd::VERSTRENGELD,
        };
        reply.refused = Some(self.words.get(why).to_owned());
    }

    /// Adds the patches that make the page show the session.
    fn show(&mut self, reply: &mut Reply) {
        let screens = [self.bar(), self.sections(), self.main(), self.aside()];
        let mut shown = Vec::with_capacity(screens.len());
        for (nr, screen) in screens.into_iter().enumerate() {
            let old = self.shown.get(nr).cloned().unwrap_or_default();
            let fragment = match screen {
                Ok(marked) => Fragment::read(&marked),
                Err(error) => {
                    reply.refused = Some(format!("{error:#}"));
                    old.clone()
                }
            };
            fragment.patches(&old, self.typed.as_deref(), &mut reply.patches);
            shown.push(fragment);
        }
        self.shown = shown;
    }

    fn bar(&self) -> Result<String, minijinja::Error> {
        let header = self
            .checked
            .as_ref()
            .and_then(|checked| checked.plan().header.given());
        let status = header.and_then(|header| header.status.given());
        let bar = screens::Bar {
            screen: self.screen,
            title: if self.checked.is_some() {
                self.plan_title()
            } else {
                ""
            },
            about: status.map_or_else(String::new, |status| {
                use crate::value::Choice;
                self.words.choice("status_plan", status.name())
            }),
            has_plan: self.checked.is_some() && !matches!(self.screen, Screen::Start | Screen::New),
            can_undo: self.history.can_undo(),
            can_redo: self.history.can_redo(),
        };
        templates::render(self.words, "form/bar.j2", bar)
    }

    fn sections(&self) -> Result<String, minijinja::Error> {
        let parts = self.parts();
        let sections = screens::Sections {
            has_plan: self.checked.is_some() && self.screen == Screen::Section,
            ready: ready(&parts),
            current: parts.iter().find(|part| part.is_current),
            parts: &parts,
            screen: self.screen,
        };
        templates::render(self.words, "form/sections.j2", sections)
    }

    fn main(&self) -> Result<String, minijinja::Error> {
        let Some(checked) = &self.checked else {
            return self.start_screen();
        };
        let words = self.words;
        match self.screen {
            Screen::Start | Screen::New => self.start_screen(),
            Screen::Plan => self.overview(),
            Screen::Section => self.section(checked),
            Screen::Documents => {
                templates::render(words, "form/documents.j2", self.documents(checked))
            }
            Screen::Text => {
                let source = self.source(checked, &self.parts());
                templates::render(words, "form/text.j2", source)
            }
        }
    }

    fn start_screen(&self) -> Result<String, minijinja::Error> {
        if self.screen == Screen::New {
            return templates::render(self.words, "form/new.j2", start::questions(self.words));
        }
        let start = screens::Start {
            title_open: self.checked.as_ref().map(|_| self.plan_title()),
            drafts: &self.drafts,
        };
        templates::render(self.words, "form/start.j2", start)
    }

    fn section(&self, checked: &Checked) -> Result<String, minijinja::Error> {
        let builder = Builder::new(checked, &self.about, self.words);
        let mut block = builder.part(&self.part).unwrap_or_default();
        let own = self.points.iter().filter(|point| point.part == self.part);
        let mut own: Vec<Point> = own.cloned().collect();
        if let About::Reason(rule, path) = &self.about {
            let path = id::json(path);
            for point in &mut own {
                point.asks_reason = point.rule == rule && point.path == path;
            }
        }
        points::attach(&mut block, own);
        let parts = self.parts();
        let at = parts
            .iter()
            .position(|part| part.key == self.part)
            .unwrap_or_default();
        let current: BTreeSet<&str> = self.points.iter().map(|point| point.id.as_str()).collect();
        let lines = self.summary.iter().map(|line| screens::Line {
            is_solved: !current.contains(line.id.as_str()),
            ..line.clone()
        });
        let summary: Vec<screens::Line> = lines.collect();
        let open = summary.iter().filter(|line| !line.is_solved);
        let section = screens::Section {
            part: &parts[at],
            questions: &block,
            figures: figures::of(checked, &self.part, self.words),
            open_count: open.clone().count(),
            has_error: open.clone().any(|line| line.state == "fout"),
            summary: summary.clone(),
            previous: at.checked_sub(1).map(|at| &parts[at]),
            next: parts.get(at + 1),
            notice: self.notice.as_deref(),
        };
        templates::render(self.words, "form/section.j2", section)
    }

    fn overview(&self) -> Result<String, minijinja::Error> {
        let parts = self.parts();
        let mut tally = Tally::default();
        for point in &self.points {
            tally.count(point.state);
        }
        let overview = screens::Overview {
            title: self.plan_title(),
            ready: ready(&parts),
            parts: &parts,
            tally,
            points: &self.points,
            first: self.next_point(None),
        };
        templates::render(self.words, "form/plan.j2", overview)
    }

    fn aside(&self) -> Result<String, minijinja::Error> {
        let checked = self
            .checked
            .as_ref()
            .filter(|_| self.screen == Screen::Section);
        let panel = checked.map(|checked| panel::at(checked, &self.panel, self.words));
        templates::render(
            self.words,
            "form/aside.j2",
            minijinja::context! { panel => Serde(panel) },
        )
    }
}

/// The number of sections that are ready.
fn ready(parts: &[Part]) -> usize {
    parts
        .iter()
        .filter(|part| part.nr.is_some() && part.state == "klaar")
        .count()
}

/// The words that the page itself needs.
fn page_words(words: Words) -> std::collections::BTreeMap<&'static str, &'static str> {
    let own = words
        .all()
        .filter_map(|(key, text)| Some((key.strip_prefix("bladzijde.")?, text)));
    own.collect()
}
