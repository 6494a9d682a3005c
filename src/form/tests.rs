//! Tests of the form: every screen, every kind of change, and plans that try to be more than text.

use std::collections::BTreeSet;

use scraper::{Html, Selector};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::fragments::Fragment;
use super::*;
use crate::document::{Document, Node, Value};
use crate::editing::{Change, Content, Edit, apply};
use crate::plan::Plan;
use crate::scaffold::EXAMPLE;
use crate::schema::{Field, Kind as FieldKind};
use crate::value::path::Path;

fn event(event: &Json) -> Event {
    Event::deserialize(event).unwrap()
}

/// A session with what its page shows.
struct Page {
    session: Session,
    regions: Vec<String>,
}

impl Page {
    fn new() -> Self {
        let mut page = Self {
            session: Session::default(),
            regions: ["bar", "sections", "main", "aside"]
                .map(|id| format!("<i id=\"{id}\"></i>"))
                .into(),
        };
        page.send(&json!({"do": "start", "language": "nl", "today": "2026-11-22"}));
        page
    }

    fn open(text: &str) -> Self {
        let mut page = Self::new();
        page.send(&json!({"do": "open", "text": text}));
        page
    }

    fn show(&mut self, key: &str) -> Reply {
        self.send(&json!({"do": "show", "screen": "section", "key": key}))
    }

    /// Handles an event, puts its patches in the page, and checks that the page is what rendering anew would give.
    fn send(&mut self, json: &Json) -> Reply {
        let before: Vec<Fragment> = self.session.shown().to_vec();
        let reply = self.session.handle(event(json));
        for patch in &reply.patches {
            let old = before.iter().find_map(|region| find(region, &patch.id));
            let old = old.map_or_else(|| format!("<i id=\"{}\"></i>", patch.id), Fragment::html);
            let region = self.regions.iter_mut().find(|region| region.contains(&old));
            let region = region.unwrap_or_else(|| panic!("{json}: no {}", patch.id));
            *region = region.replacen(&old, &patch.html, 1);
        }
        let is_edit = json["do"] == "edit" || json["do"] == "text";
        for (shown, fragment) in self.regions.iter_mut().zip(self.session.shown()) {
            let new = fragment.html();
            // The page has the value already that the user typed.
            assert!(is_edit || *shown == new, "{json}\n{shown}\n{new}");
            *shown = new;
        }
        reply
    }

    fn main(&self) -> Html {
        Html::parse_fragment(&self.regions[2])
    }
}

fn find<'f>(fragment: &'f Fragment, id: &str) -> Option<&'f Fragment> {
    if fragment.id == id {
        return Some(fragment);
    }
    fragment.inner.iter().find_map(|inner| find(inner, id))
}

fn parts() -> impl Iterator<Item = &'static str> {
    Plan::KEYS.iter().copied().filter(|key| *key != "versie")
}

#[test]
fn the_worked_example_has_every_screen() {
    let mut page = Page::open(EXAMPLE);
    for key in parts() {
        let reply = page.show(key);
        assert_eq!(reply.refused, None, "{key}");
        if std::env::var("FORM_DUMP").is_ok() {
            std::fs::write(format!("/tmp/form-{key}.html"), page.regions.concat()).unwrap();
        }
    }
    for screen in ["plan", "documents", "text", "new", "start"] {
        let reply = page.send(&json!({"do": "show", "screen": screen}));
        assert_eq!(reply.refused, None, "{screen}");
        assert!(reply.hash.is_some());
        if std::env::var("FORM_DUMP").is_ok() {
            std::fs::write(format!("/tmp/form-{screen}.html"), page.regions.concat()).unwrap();
        }
    }
}

#[test]
fn an_edit_sends_few_fragments_and_can_be_taken_back() {
    let mut page = Page::open(EXAMPLE);
    page.show("implementatiedoelen");
    let path = json!([
        "implementatiedoelen",
        "psycho-educatie-toepassen",
        "termijn"
    ]);
    let reply = page.send(&json!({"do": "edit", "path": path, "value": "3 maandn"}));
    assert_eq!(reply.refused, None);
    let sizes: usize = reply.patches.iter().map(|patch| patch.html.len()).sum();
    assert!(
        reply.patches.len() < 12 && sizes < 20_000,
        "{:?}",
        reply.patches
    );
    page.send(&json!({"do": "edit", "path": path, "value": "3 maand", "again": true}));
    let reply = page.send(&json!({"do": "undo"}));
    assert_eq!(reply.text.as_deref(), Some(EXAMPLE));
}

#[test]
fn a_new_plan_has_the_answers_and_no_more() {
    let mut page = Page::new();
    page.send(&json!({"do": "new_form"}));
    let reply = page.send(&json!({"do": "new", "answers": {
        "plan.titel": "Een plan: en meer",
        "plan.organisaties": "Gemeente Aa\nStichting Bee\n",
        "plan.start": "1 september 2026",
        "groep-1": "Het team", "rol-1": "uitvoerder", "belang-1": "veel", "invloed-1": "",
        "groep-2": "Het team", "rol-2": "", "belang-2": "", "invloed-2": "",
    }}));
    let text = reply.text.unwrap();
    let expected = "\
versie: 1
plan:
  titel: 'Een plan: en meer'
  organisaties:
    - Gemeente Aa
    - Stichting Bee
  start: 1 september 2026
betrokken_groepen:
  het-team:
    naam: Het team
    rol: uitvoerder
    belang: veel
  het-team-2:
    naam: Het team
";
    let same = |text: &str| text.replace(['\'', '"'], "");
    assert_eq!(same(&text), same(expected));
}
