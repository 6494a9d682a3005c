//! Tests of the form: every screen, every kind of change, and plans that try to be more than text.

use std::collections::BTreeSet;

use scraper::{Html, Selector};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::fragments::Fragment;
use super::*;
use crate::document::{Document, Value};
use crate::plan::Plan;
use crate::scaffold::EXAMPLE;
use crate::schema::{Field, Kind as FieldKind};
use crate::value::path::{Path, Step};

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
        let before: Vec<Fragment> = self.session.shown.clone();
        let reply = self.session.handle(event(json));
        for patch in &reply.patches {
            let old = before.iter().find_map(|region| find(region, &patch.id));
            let old = old.map_or_else(|| format!("<i id=\"{}\"></i>", patch.id), Fragment::html);
            let region = self.regions.iter_mut().find(|region| region.contains(&old));
            let region = region.unwrap_or_else(|| panic!("{json}: no {}", patch.id));
            *region = region.replacen(&old, &patch.html, 1);
        }
        let is_edit = json["do"] == "edit" || json["do"] == "text";
        for (shown, fragment) in self.regions.iter_mut().zip(self.session.shown.iter()) {
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
    }
    for screen in ["plan", "documents", "text", "new", "start"] {
        let reply = page.send(&json!({"do": "show", "screen": screen}));
        assert_eq!(reply.refused, None, "{screen}");
        assert!(reply.hash.is_some());
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
    assert_eq!(reply.say.as_deref(), Some("Termijn is nu ‘3 maanden’."));
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

#[test]
fn the_panel_shows_advice_or_what_the_example_says() {
    let mut page = Page::open("versie: 1\nimplementatiedoelen: {x: {}}\n");
    page.show("implementatiedoelen");
    let path = json!(["implementatiedoelen", "x", "termijn"]);
    page.send(&json!({"do": "panel", "path": path}));
    assert!(page.regions[3].contains("Zo staat het in het voorbeeldplan"));
    assert!(page.regions[3].contains("<li>3 maanden</li>"));
    page.send(&json!({"do": "panel", "path": ["implementatiedoelen"]}));
    assert!(page.regions[3].contains("Kies een vraag."));
}

#[test]
fn a_broken_thread_is_mended_with_a_strategy_that_is_there() {
    let plan = "\
contextanalyse:
  factoren:
    tijd: {naam: Weinig tijd, richting: belemmerend, invloed: 3, veranderbaar: ja}
implementatiestrategieen:
  strategieen:
    rooster: {naam: Ruimte in het rooster}
";
    let mut page = Page::open(plan);
    page.show("implementatiestrategieen");
    let thread = Selector::parse("#thread form select option").unwrap();
    let main = Html::parse_fragment(&page.regions[2]);
    let offered: Vec<String> = main.select(&thread).map(|it| it.inner_html()).collect();
    assert_eq!(offered, ["Ruimte in het rooster"]);
    let reply = page.send(&json!({
        "do": "change", "kind": "link", "path": ["implementatiestrategieen", "strategieen"],
        "with": {"belemmeringen": "tijd"}, "answers": {"ding": "rooster"},
    }));
    let expected = plan.replace("rooster}", "rooster, belemmeringen: tijd}");
    assert_eq!(reply.text, Some(expected));
}

/// A plan with every key of the model, with these texts for what is free text.
fn full(texts: &[&str]) -> String {
    let mut count = 0;
    let parts = field::FIELDS.iter();
    let parts = parts.map(|part| (part.key().to_owned(), answer(part, texts, &mut count)));
    let mut plan: serde_json::Map<String, Json> = parts.collect();
    plan.insert("versie".to_owned(), json!(1));
    Json::from(plan).to_string()
}

fn answer(of: &Field, texts: &[&str], count: &mut usize) -> Json {
    use field::Shape;
    let mut text = || {
        *count += 1;
        format!("{} {count}", texts[*count % texts.len()])
    };
    let single = |kind: FieldKind, text: String| match kind {
        FieldKind::Day => "2027-01-04".to_owned(),
        FieldKind::Moment => "na 3 maanden".to_owned(),
        FieldKind::Term => "3 maanden".to_owned(),
        FieldKind::Number => "3".to_owned(),
        FieldKind::Money => "12,50".to_owned(),
        _ => text,
    };
    let keys = |fields: &[Field], count: &mut usize| -> Json {
        let keys = fields.iter();
        let keys = keys.map(|inner| (inner.key().to_owned(), answer(inner, texts, count)));
        Json::from(keys.collect::<serde_json::Map<_, _>>())
    };
    let words = of.choices.as_ref().map(|choices| &choices.words[..]);
    match Shape::of(of) {
        Shape::Line => json!(single(of.kind, text())),
        Shape::Prose => json!(text()),
        Shape::Choice { is_many: false } => json!(words.unwrap()[0]),
        Shape::Choice { is_many: true } => json!(words.unwrap()[..2]),
        Shape::Picker { is_many: false, .. } => json!("x"),
        Shape::Picker { is_many: true, .. } => json!(["x"]),
        Shape::Rows => json!([text(), text()]),
        Shape::Table => match words {
            Some(words) => json!({ "x": [words[0]] }),
            None => json!({ "x": single(of.values, text()) }),
        },
        Shape::Things => json!({ "x": keys(&of.fields[0].fields, count) }),
        Shape::Items => json!([keys(&of.fields, count)]),
        Shape::Group => keys(&of.fields, count),
    }
}

/// The answers that a screen shows, by their path as JSON.
fn shown_answers(main: &Html) -> Vec<(String, Vec<String>)> {
    let all = Selector::parse("[data-path]").unwrap();
    let checked = Selector::parse("input[checked]").unwrap();
    let answers = main.select(&all).map(|control| {
        let path = control.attr("data-path").unwrap().to_owned();
        let values = match control.value().name() {
            "textarea" => {
                let text: String = control.text().collect();
                vec![text.trim_start_matches('\n').to_owned()]
            }
            "input" => vec![control.attr("value").unwrap().to_owned()],
            _ => {
                let chosen = control.select(&checked);
                chosen
                    .map(|it| it.attr("value").unwrap().to_owned())
                    .collect()
            }
        };
        (path, values)
    });
    answers.collect()
}

/// The answers in a plan, by their path.
fn written_answers(value: &Json, path: &Path, answers: &mut Vec<(Path, Vec<String>)>) {
    match value {
        Json::Object(keys) => {
            for (key, value) in keys {
                written_answers(value, &path.join(key), answers);
            }
        }
        Json::Array(items) => {
            let is_rows =
                field::at(path).is_some_and(|it| field::Shape::of(it) == field::Shape::Rows);
            if !is_rows && items.iter().all(Json::is_string) {
                let texts = items.iter().map(|it| it.as_str().unwrap().to_owned());
                answers.push((path.clone(), texts.collect()));
                return;
            }
            for (nr, item) in items.iter().enumerate() {
                written_answers(item, &path.join(nr), answers);
            }
        }
        value => answers.push((
            path.clone(),
            vec![value.as_str().map_or(value.to_string(), str::to_owned)],
        )),
    }
}

#[test]
fn every_field_of_the_model_is_a_question_with_its_answer() {
    let plan = full(&["tekst", "meer tekst"]);
    let mut page = Page::open(&plan);
    let plan: Json = serde_json::from_str(&plan).unwrap();
    let mut missing = Vec::new();
    let mut count = 0;
    for key in parts() {
        page.show(key);
        let shown = shown_answers(&page.main());
        let mut written = Vec::new();
        written_answers(&plan[key], &Path::root().join(key), &mut written);
        for (path, values) in written {
            count += 1;
            if !shown.contains(&(id::json(&path), values.clone())) {
                missing.push((path.to_string(), values));
            }
        }
    }
    assert_eq!(missing, []);
    assert!(count > 250, "{count}");
}

#[test]
fn an_answer_changes_that_alone() {
    let mut page = Page::open(EXAMPLE);
    let mut tried = 0;
    for key in parts() {
        page.show(key);
        let controls = shown_answers(&page.main());
        for (path, values) in controls.iter().skip(3).step_by(61) {
            let [old] = &values[..] else { continue };
            let path: Json = serde_json::from_str(path).unwrap();
            let reply =
                page.send(&json!({"do": "edit", "path": path, "value": "Iets: \"anders\" # 3"}));
            assert_eq!(reply.refused, None, "{path} {old}");
            let steps: Vec<Step> = serde_json::from_value(path.clone()).unwrap();
            let document = Document::read(reply.text.unwrap().as_bytes());
            let node = document.get(&steps.into_iter().collect()).unwrap();
            let is_new = matches!(&node.value, Value::Scalar { text, .. } if text.trim() == "Iets: \"anders\" # 3");
            assert!(is_new, "{path}: {:?}", node.value);
            let reply = page.send(&json!({"do": "undo"}));
            assert_eq!(reply.text.as_deref(), Some(EXAMPLE), "{path}");
            tried += 1;
        }
    }
    assert!(tried > 15, "{tried}");
}

/// Texts that try to become something else than text.
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onfocus='alert(1)' x='",
    "</textarea><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "\u{202e}gniht&amp;&#60;b&#62;",
    "javascript:alert(1)",
    "\\u003cscript\\u003e]]>-->",
];

/// The elements that the templates have.
const ELEMENTS: [&str; 54] = [
    "a", "aside", "b", "br", "button", "caption", "datalist", "dd", "details", "div", "dl", "dt",
    "em", "fieldset", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "i", "iframe",
    "input", "label", "legend", "li", "main", "nav", "ol", "option", "output", "p", "pre", "s",
    "section", "select", "small", "span", "summary", "table", "tbody", "td", "textarea", "th",
    "thead", "tr", "ul", "title", "time", "body", "head",
];

/// Those that only prose has.
const OF_PROSE: [&str; 5] = ["blockquote", "code", "del", "hr", "strong"];

fn check_harmless(regions: &[String], place: &str) {
    for region in regions {
        let all = Selector::parse("*").unwrap();
        for element in Html::parse_fragment(region).select(&all) {
            let name = element.value().name();
            let is_known = ELEMENTS.contains(&name) || OF_PROSE.contains(&name);
            assert!(is_known, "{place}: <{name}>");
            for (attribute, value) in element.value().attrs() {
                assert!(!attribute.starts_with("on"), "{place}: {attribute}");
                let is_address = ["src", "href", "action", "style", "srcdoc"].contains(&attribute);
                assert!(
                    !is_address || value.starts_with('#'),
                    "{place}: {attribute}={value}"
                );
                if attribute == "data-do" {
                    let event: Json = serde_json::from_str(value).unwrap();
                    Event::deserialize(&event).unwrap_or_else(|_| panic!("{place}: {event}"));
                }
            }
        }
    }
}

#[test]
fn hostile_texts_stay_text_on_every_screen() {
    let plan = full(&HOSTILE).replace("\"x\"", "\"<b onclick=x>'\"");
    let mut page = Page::open(&plan);
    for key in parts() {
        page.show(key);
        check_harmless(&page.regions, key);
    }
    for screen in ["plan", "documents", "text", "start"] {
        page.send(&json!({"do": "show", "screen": screen}));
        check_harmless(&page.regions, screen);
    }
    let drafts = json!([{"id": HOSTILE[1], "title": HOSTILE[0], "when": HOSTILE[2], "changes": 2}]);
    page.send(&json!({"do": "start", "language": "en", "drafts": drafts}));
    check_harmless(&page.regions, "drafts");
    let compare = json!({"do": "compare", "here": plan, "there": "plan: {titel: '<b>'}"});
    let differences = page.send(&compare).differences.unwrap();
    assert!(
        differences.contains(&crate::render::escape::html(HOSTILE[0])[..]),
        "{differences}"
    );
    check_harmless(&[differences], "differences");
}

#[test]
fn every_button_of_the_screens_is_an_event() {
    let mut page = Page::open(EXAMPLE);
    for key in parts() {
        page.show(key);
        check_harmless(&page.regions, key);
    }
}

#[test]
fn ids_are_unique_and_names_of_labels_exist() {
    for language in ["nl", "en"] {
        let mut page = Page::open(&full(&["tekst"]));
        page.send(&json!({"do": "language", "language": language}));
        for key in parts() {
            page.show(key);
            let html = Html::parse_fragment(&page.regions.concat());
            let with_id = Selector::parse("[id]").unwrap();
            let mut ids = BTreeSet::new();
            for element in html.select(&with_id) {
                assert!(
                    ids.insert(element.attr("id").unwrap()),
                    "{key}: {:?}",
                    element.attr("id")
                );
            }
            for name in [
                "for",
                "aria-labelledby",
                "aria-describedby",
                "data-for",
                "data-date",
            ] {
                let referring = Selector::parse(&format!("[{name}]")).unwrap();
                for element in html.select(&referring) {
                    for id in element.attr(name).unwrap().split_whitespace() {
                        assert!(ids.contains(id), "{key}: {name}={id}");
                    }
                }
            }
            assert!(
                !page.regions.concat().contains('⁇'),
                "{key}: a text is missing"
            );
        }
    }
}

#[test]
fn what_cannot_be_read_opens_as_text() {
    let page = Page::open("versie: 1\nplan: [\n");
    assert!(page.regions[2].contains("data-screen=\"text\""));
    let mut page = Page::open("versie: 1\nplan:\n  titel: 'Een begin\n");
    let reply = page.send(&json!({"do": "edit", "path": ["plan", "titel"], "value": "Anders"}));
    assert!(reply.refused.is_some() && reply.text.is_none());
    let reply = page.send(&json!({"do": "text", "text": "versie: 1\nplan:\n  titel: Een begin\n"}));
    assert_eq!(
        reply.text.as_deref(),
        Some("versie: 1\nplan:\n  titel: Een begin\n")
    );
}

#[test]
fn the_text_keeps_its_line_ends() {
    let text = "\u{feff}versie: 1\r\nplan:\r\n  titel: a\r\n";
    let mut page = Page::open(text);
    page.send(&json!({"do": "show", "screen": "text"}));
    let reply = page.send(&json!({"do": "text", "text": "versie: 1\nplan:\n  titel: a\n"}));
    assert_eq!(reply.text, None);
    let reply =
        page.send(&json!({"do": "text", "text": "versie: 1\nplan:\n  titel: b\n  versie: 2\n"}));
    let expected = "\u{feff}versie: 1\r\nplan:\r\n  titel: b\r\n  versie: 2\r\n";
    assert_eq!(reply.text.as_deref(), Some(expected));
}

#[test]
fn things_are_added_renamed_moved_and_removed_with_what_names_them() {
    let mut page = Page::open(EXAMPLE);
    page.show("betrokken_groepen");
    let change = |kind: &str, path: &[&str]| json!({"do": "change", "kind": kind, "path": path});
    let group = ["betrokken_groepen", "managers"];
    let reply = page.send(&change("ask_name", &group));
    assert_eq!(
        reply.focus.as_deref(),
        Some("v.betrokken_groepen.managers-v")
    );
    let mut rename = change("rename", &group);
    rename["answers"] = json!({"naam": "De teamleiders"});
    let reply = page.send(&rename);
    let text = reply.text.unwrap();
    assert!(text.contains("naam: De teamleiders") && text.contains("\n  de-teamleiders:"));
    assert!(!text.contains("\n  managers:"));

    let reply = page.send(&change("ask", &["betrokken_groepen", "de-teamleiders"]));
    assert_eq!(reply.text, None);
    let reply = page.send(&change("remove", &["betrokken_groepen", "de-teamleiders"]));
    assert!(!reply.text.unwrap().contains("de-teamleiders"));
    assert!(page.regions[2].contains("id=\"toast\""));

    let mut add = change("add", &["betrokken_groepen"]);
    add["answers"] = json!({"naam": "Wijk & Co"});
    let reply = page.send(&add);
    assert!(
        reply
            .text
            .unwrap()
            .contains("\n  wijk-co:\n    naam: Wijk & Co")
    );
    assert_eq!(
        reply.focus.as_deref(),
        Some("v.betrokken_groepen.wijk-co.naam")
    );
    let mut to_front = change("move", &["betrokken_groepen", "wijk-co"]);
    to_front["to"] = json!(0);
    let text = page.send(&to_front).text.unwrap();
    let at = |key: &str| text.find(key).unwrap();
    assert!(at("\n  wijk-co:") < at("\n  schuldhulpverleners:"));
    let mut last = None;
    for _ in 0..5 {
        last = page.send(&json!({"do": "undo"})).text.or(last);
    }
    assert_eq!(last.as_deref(), Some(EXAMPLE));
}

#[test]
fn a_new_thing_is_chosen_where_it_was_missed() {
    let mut page = Page::open(EXAMPLE);
    page.show("implementatiedoelen");
    let goal = ["implementatiedoelen", "psycho-educatie-toepassen", "groep"];
    let reply = page.send(&json!({
        "do": "change", "kind": "add", "path": ["betrokken_groepen"], "choose": goal,
        "answers": {"naam": "Vrijwilligers"},
    }));
    assert!(reply.text.unwrap().contains("groep: vrijwilligers"));
    assert!(page.regions[2].contains("value=\"vrijwilligers\" checked"));
}

#[test]
fn findings_are_mended_and_excepted() {
    let broken = EXAMPLE.replacen("groep: schuldhulpverleners", "groep: schuldhulpverlener", 1);
    let mut page = Page::open(&broken);
    let part = "implementatiedoelen";
    page.show(part);
    let button = Selector::parse("[data-do*='\"fix\"']").unwrap();
    let fix = page
        .main()
        .select(&button)
        .next()
        .map(|it| it.attr("data-do").unwrap().to_owned());
    let fix = fix.expect("a button that mends the reference");
    let reply = page.send(&serde_json::from_str(&fix).unwrap());
    assert_eq!(reply.text.as_deref(), Some(EXAMPLE));

    page.show("gebruikers");
    let button = Selector::parse("[data-do*='ask_reason']").unwrap();
    let ask = page
        .main()
        .select(&button)
        .next()
        .unwrap()
        .attr("data-do")
        .unwrap()
        .to_owned();
    let ask: Json = serde_json::from_str(&ask).unwrap();
    page.send(&ask);
    let form = Selector::parse("form.ask").unwrap();
    assert_eq!(page.main().select(&form).count(), 1);
    let mut exception = ask.clone();
    exception["kind"] = json!("exception");
    exception["answers"] = json!({"reden": "Daar komt nog iemand"});
    let reply = page.send(&exception);
    assert!(reply.text.unwrap().contains("reden: Daar komt nog iemand"));
    let left = page.session.points.iter();
    let mut left = left.filter(|point| {
        let path: Json = serde_json::from_str(&point.path).unwrap();
        ask["rule"] == point.rule && ask["path"] == path
    });
    assert!(left.next().is_none());
}

#[test]
fn what_is_empty_is_not_wrong_until_its_part_was_left() {
    let mut page = Page::open("versie: 1\nimplementatiedoelen:\n  a:\n    naam: Doel\n");
    page.show("implementatiedoelen");
    let states = |page: &Page| -> BTreeSet<&'static str> {
        let own = page
            .session
            .points
            .iter()
            .filter(|point| point.part == "implementatiedoelen");
        own.filter(|point| point.state != "tip")
            .map(|point| point.state)
            .collect()
    };
    assert_eq!(states(&page), BTreeSet::from(["open"]));
    let reply = page.show("plan");
    assert!(reply.visited.unwrap().contains("implementatiedoelen"));
    assert!(!states(&page).contains("open"));
}

#[test]
fn next_goes_through_all_open_points() {
    let mut page = Page::open(EXAMPLE);
    let mut here = Json::Null;
    let mut seen = BTreeSet::new();
    for _ in 0..12 {
        let reply = page.send(&json!({"do": "next", "path": here}));
        seen.insert(reply.focus.unwrap());
        here = serde_json::from_str(&id::json(&page.session.panel)).unwrap();
    }
    assert!(seen.len() > 4, "{seen:?}");
}

#[test]
fn every_document_is_made() {
    let mut page = Page::open(EXAMPLE);
    page.send(&json!({"do": "show", "screen": "documents"}));
    for (view, form, start) in [
        ("plan", "html", &b"<!doctype html"[..]),
        ("samenvatting", "html", b"<!doctype html"),
        ("groep", "md", b"#"),
        ("rode-draad", "docx", b"PK"),
        ("gesprek", "odt", b"PK"),
        ("voortgang", "html", b"<!doctype html"),
        ("plan", "xlsx", b"PK"),
        ("plan", "ics", b"BEGIN:VCALENDAR"),
    ] {
        let reply =
            page.send(&json!({"do": "document", "view": view, "group": "managers", "form": form}));
        let bytes = reply.bytes.to_ascii_lowercase();
        assert!(
            bytes.starts_with(&start.to_ascii_lowercase()),
            "{view} {form}: {:?}",
            reply.refused
        );
        assert!(reply.file.unwrap().name.ends_with(form));
    }
}

#[test]
fn a_plan_comes_back_with_its_undo_list() {
    let mut page = Page::open(EXAMPLE);
    let path = json!(["plan", "titel"]);
    let reply = page.send(&json!({"do": "edit", "path": path, "value": "Anders"}));
    let (text, undo) = (reply.text.unwrap(), reply.undo.unwrap());
    let mut page = Page::new();
    page.send(&json!({"do": "open", "text": text, "undo": undo, "visited": ["plan"]}));
    let reply = page.send(&json!({"do": "undo"}));
    assert_eq!(reply.text.as_deref(), Some(EXAMPLE));
    let reply = page.send(&json!({"do": "redo"}));
    assert_eq!(reply.text, Some(text));
}

/// A plan with so many groups and activities that refer to them and to each other.
fn large(count: usize) -> String {
    let mut plan = "versie: 1\nbetrokken_groepen:\n".to_owned();
    for nr in 0..count {
        plan += &format!("  groep-{nr}:\n    naam: Groep {nr}\n    rol: uitvoerder\n");
    }
    plan += "planning_en_budget:\n  activiteiten:\n";
    for nr in 0..count {
        plan +=
            &format!("    activiteit-{nr}:\n      eigenaar: groep-{nr}\n      na: activiteit-0\n");
    }
    plan
}

#[test]
fn a_screen_grows_with_the_plan_and_not_with_its_square() {
    let size = |count: usize| {
        let mut page = Page::open(&large(count));
        page.show("planning_en_budget");
        page.regions.iter().map(String::len).sum::<usize>()
    };
    let (small, big) = (size(20), size(80));
    assert!(big < small * 5, "{small} {big}");
}

#[test]
fn many_groups_are_chosen_from_when_asked_for() {
    let mut page = Page::open(&large(20));
    page.show("planning_en_budget");
    let path = json!([
        "planning_en_budget",
        "activiteiten",
        "activiteit-3",
        "eigenaar"
    ]);
    let options =
        Selector::parse("[id='v.planning_en_budget.activiteiten.activiteit-3.eigenaar'] .choice")
            .unwrap();
    assert_eq!(page.main().select(&options).count(), 1);
    page.send(&json!({"do": "change", "kind": "choose", "path": path}));
    assert_eq!(page.main().select(&options).count(), 20);
    let chosen = json!(["groep-3", "groep-17"]);
    let reply = page.send(&json!({"do": "edit", "path": path, "value": chosen}));
    assert!(
        reply
            .text
            .unwrap()
            .contains("eigenaar: [groep-3, groep-17]")
    );
    page.send(&json!({"do": "change", "kind": "cancel"}));
    assert_eq!(page.main().select(&options).count(), 2);
}

#[test]
fn a_screen_is_the_same_after_many_changes_as_when_it_is_opened() {
    let mut page = Page::open(EXAMPLE);
    page.show("implementatiestrategieen");
    let strategies = ["implementatiestrategieen", "strategieen"];
    let name = json!([strategies[0], strategies[1], "intervisie", "naam"]);
    page.send(&json!({"do": "edit", "path": name, "value": "Samen leren"}));
    page.send(&json!({"do": "change", "kind": "add", "path": strategies, "answers": {"naam": "Een spel"}}));
    let path = json!([strategies[0], strategies[1], "een-spel"]);
    page.send(&json!({"do": "change", "kind": "move", "path": path, "to": 0}));
    let text = page.session.text.clone();
    page.show("plan");
    let mut new = Page::new();
    let visited = page.session.visited.clone();
    new.send(&json!({"do": "open", "text": text, "visited": visited}));
    for key in [
        "betrokken_groepen",
        "implementatiestrategieen",
        "planning_en_budget",
    ] {
        page.show(key);
        new.session.visited.clone_from(&page.session.visited);
        new.show(key);
        new.session.visited.clone_from(&page.session.visited);
        new.show(key);
        assert_eq!(page.regions[2], new.regions[2], "{key}");
    }
}

#[test]
fn rows_are_added_typed_in_and_removed() {
    let mut page = Page::open("versie: 1\nplan:\n  auteurs: Ans\n");
    page.show("plan");
    let path = json!(["plan", "auteurs"]);
    let reply = page.send(&json!({"do": "change", "kind": "add", "path": path}));
    assert_eq!(reply.focus.as_deref(), Some("v.plan.auteurs..1"));
    let reply = page.send(&json!({"do": "edit", "path": ["plan", "auteurs", 1], "value": "Bo"}));
    let expected = "versie: 1\nplan:\n  auteurs:\n    - Ans\n    - Bo\n";
    assert_eq!(reply.text.as_deref(), Some(expected));
    page.send(&json!({"do": "edit", "path": ["plan", "auteurs", 0], "value": ""}));
    let rows = Selector::parse("[id='v.plan.auteurs'] > li").unwrap();
    assert_eq!(page.main().select(&rows).count(), 2);
    let reply = page.send(&json!({"do": "change", "kind": "ask", "path": ["plan", "auteurs", 0]}));
    assert_eq!(reply.focus.as_deref(), Some("v.plan.auteurs..0"));
    let expected = "versie: 1\nplan:\n  auteurs:\n    - Bo\n";
    assert_eq!(reply.text.as_deref(), Some(expected));
}

#[test]
fn advice_is_taken_over_where_it_is_an_answer() {
    let mut page = Page::open("versie: 1\ncontextanalyse: {}\n");
    page.show("contextanalyse");
    let take = Selector::parse("[data-do*='adopt']").unwrap();
    let aside = Html::parse_fragment(&page.regions[3]);
    let event = aside
        .select(&take)
        .next()
        .unwrap()
        .attr("data-do")
        .unwrap()
        .to_owned();
    let reply = page.send(&serde_json::from_str(&event).unwrap());
    assert!(
        reply.text.unwrap().contains("naam: Te weinig vaardigheden"),
        "{event}"
    );
}
