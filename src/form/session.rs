//! One open plan, and what the page shows of it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use jiff::civil::Date;

use super::about::About;
use super::cards::Cards;
use super::changes;
use super::differences;
use super::documents::Chosen;
use super::event::{Draft, Event, Given, Screen};
use super::fragments::Fragment;
use super::history::History;
use super::id;
use super::parts::{self, Part};
use super::points::{self, Point};
use super::reply::Reply;
use super::screens;
use super::source;
use super::start;
use super::templates;
use crate::checked::Checked;
use crate::document::Document;
use crate::editing::{self, Change, Changed, EditError};
use crate::plan::Language;
use crate::scaffold;
use crate::value::path::Path;
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
    /// The name of the plan's file, if it has one.
    file: Option<String>,
    pub(super) visited: BTreeSet<String>,
    pub(super) history: History,
    pub(super) screen: Screen,
    /// The key of the part that is shown.
    pub(super) part: String,
    /// The summary of that part, as it was when the part was entered.
    pub(super) summary: Vec<screens::Line>,
    /// What the user asked about.
    pub(super) about: About,
    /// What was just removed, until the next event.
    pub(super) notice: Option<String>,
    pub(super) panel: Path,
    /// The document that was asked for last.
    pub(super) chosen: Chosen,
    pub(super) shown: Vec<Fragment>,
    pub(super) cards: RefCell<Cards>,
    /// The id of the control that the event was about, which shows its value already.
    pub(super) typed: Option<String>,
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
            file: None,
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
            cards: RefCell::default(),
            typed: None,
        }
    }
}

impl Session {
    /// Handles an event: changes the plan or what is shown, and returns what the page does next.
    pub fn handle(&mut self, event: Event) -> Reply {
        let mut reply = Reply::default();
        self.typed = None;
        if matches!(event, Event::Panel { .. } | Event::Compare { .. }) {
            self.act(event, &mut reply);
            return reply;
        }
        if !matches!(event, Event::Edit { again: true, .. }) {
            self.history.close();
        }
        self.notice = None;
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
                Ok(text) => {
                    self.file = None;
                    self.open(text, BTreeSet::new(), History::default(), reply);
                }
                Err(error) => self.refuse(&error, reply),
            },
            Event::Example {} => {
                self.file = None;
                let text = scaffold::example(self.words.language(), false);
                self.open(text, BTreeSet::new(), History::default(), reply);
            }
            Event::Open {
                text,
                visited,
                undo,
                name,
            } => {
                self.file = name;
                self.open(text, visited, History::read(undo), reply);
            }
            Event::Edit { path, value, .. } => self.edit(&path, &value, reply),
            Event::Change(press) => self.press(&press, reply),
            Event::Panel { path } => {
                self.panel = path;
                self.show_panel(reply);
            }
            Event::Show { screen, key, path } => {
                if let Some(key) = key.filter(|_| screen == Screen::Section) {
                    self.enter(&key, reply);
                    if let Some(path) = path {
                        self.focus(&path, reply);
                    }
                } else {
                    self.go(screen, reply);
                }
            }
            Event::Next { path } => self.next(path.as_ref(), reply),
            Event::Undo {} => self.travel(false, reply),
            Event::Redo {} => self.travel(true, reply),
            Event::Text { text } => self.write(&text, reply),
            Event::Document { view, group, form } => self.make(&view, group, &form, reply),
            Event::Compare { here, there } => self.compare(&here, &there, reply),
            Event::Language { language } => {
                self.words = Words::of(language);
                reply.words = page_words(self.words);
                self.look();
            }
        }
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

    /// The name of the plan's file: the one that it has, or one from its title.
    pub(super) fn file_name(&self) -> String {
        if let Some(file) = &self.file {
            return file.clone();
        }
        let title = scaffold::id_of(self.plan_title(), "plan");
        format!("{title}.yaml")
    }

    /// The title of the plan that is open.
    pub(super) fn open_title(&self) -> Option<&str> {
        self.checked.as_ref().map(|_| self.plan_title())
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
    pub(super) fn look(&mut self) {
        self.check(Document::read(self.text.as_bytes()));
    }

    /// Checks the document of the text.
    fn check(&mut self, document: Document) {
        self.checked = Some(Checked::new(document, self.today));
        self.judge();
    }

    /// Words the findings again.
    pub(super) fn judge(&mut self) {
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

    fn edit(&mut self, path: &Path, value: &Given, reply: &mut Reply) {
        let Some(checked) = &self.checked else { return };
        let change = changes::answer(&checked.document, path, value);
        match self.apply(&[change]) {
            Ok(changed) => {
                self.typed = Some(id::of(path));
                self.take(changed, path, true, reply);
            }
            Err(error) => self.refuse(&error, reply),
        }
    }

    /// The plan with changes, which is still to be taken.
    pub(super) fn apply(&self, changes: &[Change]) -> Result<Changed, EditError> {
        let Some(checked) = &self.checked else {
            let path = Path::root();
            return Err(EditError::NoSuchPath { path });
        };
        editing::apply_all(&self.text, &checked.document, changes)
    }

    /// Takes a changed plan.
    pub(super) fn take(&mut self, changed: Changed, path: &Path, is_edit: bool, reply: &mut Reply) {
        let Changed { text, document } = changed;
        if text == self.text {
            return;
        }
        self.history.add(path, &self.text, &text, is_edit);
        self.text = text;
        self.check(document);
        self.keep(reply);
    }

    pub(super) fn keep(&self, reply: &mut Reply) {
        reply.text = Some(self.text.clone());
        reply.undo = Some(self.history.kept());
        reply.name = Some(self.file_name());
    }

    fn write(&mut self, text: &str, reply: &mut Reply) {
        let text = source::written(&self.text, text);
        let document = Document::read(text.as_bytes());
        self.take(Changed { text, document }, &Path::root(), true, reply);
        self.typed = Some("t".to_owned());
    }

    fn compare(&self, here: &str, there: &str, reply: &mut Reply) {
        let differences = differences::between(here, there, self.words);
        match templates::render(self.words, "form/differences.j2", differences) {
            Ok(html) => reply.differences = Some(html),
            Err(error) => reply.refused = Some(format!("{error:#}")),
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
}

/// The words that the page itself needs.
fn page_words(words: Words) -> std::collections::BTreeMap<&'static str, &'static str> {
    let own = words
        .all()
        .filter_map(|(key, text)| Some((key.strip_prefix("bladzijde.")?, text)));
    own.collect()
}
