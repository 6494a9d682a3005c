//! What the page shows of a session.

use std::collections::BTreeSet;

use minijinja::value::Serde;

use super::about::About;
use super::build::Builder;
use super::event::Screen;
use super::figures;
use super::fragments::Fragment;
use super::id;
use super::panel;
use super::parts::Part;
use super::points::{self, Point, Tally};
use super::reply::Reply;
use super::screens;
use super::session::Session;
use super::start;
use super::templates;
use crate::checked::Checked;
use crate::plan::PlanStatus;
use crate::value::Choice;

impl Session {
    /// Adds the patches that make the page show the session.
    pub(super) fn show(&mut self, reply: &mut Reply) {
        let parts = self.parts();
        let regions = [
            self.bar(),
            self.sections(&parts),
            self.main(&parts),
            self.aside(),
        ];
        self.shown.resize_with(regions.len(), Fragment::default);
        for (nr, region) in regions.into_iter().enumerate() {
            self.show_region(nr, region, reply);
        }
    }

    /// Adds the patches of the panel alone, which is all that a question with the focus changes.
    pub(super) fn show_panel(&mut self, reply: &mut Reply) {
        let aside = self.aside();
        if let Some(last) = self.shown.len().checked_sub(1) {
            self.show_region(last, aside, reply);
        }
    }

    fn show_region(
        &mut self,
        nr: usize,
        region: Result<String, minijinja::Error>,
        reply: &mut Reply,
    ) {
        match region {
            Ok(marked) => {
                let fragment = Fragment::read(&marked);
                let shown = std::mem::replace(&mut self.shown[nr], fragment);
                self.shown[nr].patches(&shown, self.typed.as_deref(), &mut reply.patches);
            }
            Err(error) => reply.refused = Some(format!("{error:#}")),
        }
    }

    fn bar(&self) -> Result<String, minijinja::Error> {
        let header = self
            .checked
            .as_ref()
            .and_then(|checked| checked.plan().header.given());
        let status = header.and_then(|header| header.status.given());
        let bar = screens::Bar {
            screen: self.screen,
            title: self.open_title().unwrap_or_default(),
            about: status.map_or_else(String::new, |status| {
                self.words.choice(PlanStatus::KIND, status.name())
            }),
            has_plan: self.checked.is_some() && !matches!(self.screen, Screen::Start | Screen::New),
            can_undo: self.history.can_undo(),
            can_redo: self.history.can_redo(),
        };
        templates::render(self.words, "form/bar.j2", bar)
    }

    fn sections(&self, parts: &[Part]) -> Result<String, minijinja::Error> {
        let sections = screens::Sections {
            has_plan: self.checked.is_some() && self.screen == Screen::Section,
            ready: ready(parts),
            current: parts.iter().find(|part| part.is_current),
            parts,
            screen: self.screen,
        };
        templates::render(self.words, "form/sections.j2", sections)
    }

    fn main(&self, parts: &[Part]) -> Result<String, minijinja::Error> {
        let Some(checked) = &self.checked else {
            return self.start_screen();
        };
        let words = self.words;
        match self.screen {
            Screen::Start | Screen::New => self.start_screen(),
            Screen::Plan => self.overview(parts),
            Screen::Section => self.section(checked, parts),
            Screen::Documents => {
                templates::render(words, "form/documents.j2", self.documents(checked))
            }
            Screen::Text => {
                let source = self.source(checked, parts);
                templates::render(words, "form/text.j2", source)
            }
        }
    }

    fn start_screen(&self) -> Result<String, minijinja::Error> {
        if self.screen == Screen::New {
            return templates::render(self.words, "form/new.j2", start::questions(self.words));
        }
        let start = screens::Start {
            title_open: self.open_title(),
            drafts: &self.drafts,
        };
        templates::render(self.words, "form/start.j2", start)
    }

    fn section(&self, checked: &Checked, parts: &[Part]) -> Result<String, minijinja::Error> {
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
        let mut cards = self.cards.borrow_mut();
        cards.write(&mut block, self.words)?;
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
        let has_error = open.clone().any(|line| line.state == "fout");
        let section = screens::Section {
            part: &parts[at],
            questions: &block,
            figures: figures::of(checked, &self.part, self.words),
            open_count: open.count(),
            has_error,
            summary,
            previous: at.checked_sub(1).map(|at| &parts[at]),
            next: parts.get(at + 1),
            sources: sources(checked),
            notice: self.notice.as_deref(),
        };
        templates::render(self.words, "form/section.j2", section)
    }

    fn overview(&self, parts: &[Part]) -> Result<String, minijinja::Error> {
        let mut tally = Tally::default();
        for point in &self.points {
            tally.count(point.state);
        }
        let overview = screens::Overview {
            title: self.plan_title(),
            ready: ready(parts),
            parts,
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

/// The ids of the sources that prose can cite, with what stands in a document then.
fn sources(checked: &Checked) -> Vec<(String, String)> {
    let works = checked.plan().works();
    let cited = works
        .iter()
        .map(|(id, work)| (id.to_string(), work.citation(id)));
    cited.collect()
}

/// The number of sections that are ready.
fn ready(parts: &[Part]) -> usize {
    parts
        .iter()
        .filter(|part| part.nr.is_some() && part.state == "klaar")
        .count()
}
