//! Documents of plans.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod broken;
mod calendar;
mod command;
mod data;
mod figures_time;
mod hostile;
mod logo;
mod meetings;
mod office;
mod support;
mod templates;
mod texts;
mod thread;
mod views;
mod watch;
mod workbook;

use std::fs;

use planmaker::{Format, Language, Plan, Words, WrittenText, render};

use support::{
    EXAMPLES, FORMATS, document, example, markdown_options, markdown_text, shown_text, with_view,
};

#[test]
fn sections_have_number_name_and_question_in_both_languages() {
    for path in EXAMPLES {
        for language in [Language::Dutch, Language::English] {
            let words = Words::of(language);
            let tag = if language == Language::Dutch {
                "nl"
            } else {
                "en"
            };
            for format in FORMATS {
                let text = shown_text(&document(&example(path, tag), format), format);
                for (nr, key) in Plan::SECTIONS.iter().enumerate() {
                    let heading = match format {
                        Format::Html => {
                            format!("{} {}", nr + 1, words.get(&format!("velden.{key}.label")))
                        }
                        Format::Markdown => {
                            format!("{}. {}", nr + 1, words.get(&format!("velden.{key}.label")))
                        }
                    };
                    assert!(
                        text.contains(&heading),
                        "{path} {tag} {format:?}: {heading}"
                    );
                    let question = words.get(&format!("velden.{key}.vraag"));
                    assert!(
                        text.contains(question),
                        "{path} {tag} {format:?}: {question}"
                    );
                }
            }
        }
    }
}

/// The shown words of a text, up to the first citation.
fn beginning(text: &WrittenText<'_>) -> String {
    let shown = if text.is_prose {
        markdown_text(text.text)
    } else {
        text.text.to_owned()
    };
    let shown = shown
        .split("[@")
        .next()
        .unwrap_or_default()
        .trim()
        .trim_end_matches('(')
        .to_owned();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_text_of_a_plan_is_in_its_document() {
    for path in EXAMPLES {
        let plan = fs::read_to_string(path).unwrap();
        for format in FORMATS {
            with_view(&plan, |view, reading| {
                let document = shown_text(&render(view, format).unwrap(), format);
                for text in &reading.texts {
                    let place = text.path.to_path().to_string();
                    // An address is the target of a link, and expertise is shown as the labels of its choices.
                    let key = place.rsplit('.').next();
                    // The places of an exception are for planmaker.
                    let is_shown_otherwise = key == Some("url")
                        || place.contains(".expertise")
                        || (place.starts_with("uitzonderingen.") && place.contains(".bij"));
                    let beginning = beginning(text);
                    assert!(
                        is_shown_otherwise || document.contains(&beginning),
                        "{path} {format:?} {place}: {beginning}"
                    );
                }
            });
        }
    }
}

#[test]
fn no_text_is_shown_as_its_key() {
    for path in EXAMPLES {
        for tag in ["nl", "en"] {
            for format in FORMATS {
                let text = document(&example(path, tag), format);
                for key in ["document.", "velden.", "keuzes.", "regels.", "maanden."] {
                    let at = text
                        .find(key)
                        .map(|at| text[at..].chars().take(40).collect::<String>());
                    assert!(at.is_none(), "{path} {tag}: {at:?}");
                }
            }
        }
    }
}

#[test]
fn rendering_is_deterministic() {
    for path in EXAMPLES {
        let plan = fs::read_to_string(path).unwrap();
        for format in FORMATS {
            assert_eq!(document(&plan, format), document(&plan, format));
        }
    }
}

#[test]
fn empty_plans_render_with_empty_sections() {
    for plan in [
        "versie: 1",
        "{}",
        "",
        "plan:",
        "monitoring: {x: }",
        "gebruikers: {x: {veranderingen: [5, {ist: a}]}}",
    ] {
        for format in FORMATS {
            let text = shown_text(&document(plan, format), format);
            assert!(
                text.contains("Dit onderdeel is nog niet ingevuld."),
                "{plan}"
            );
            assert!(text.contains("oncept"), "{plan}");
        }
    }
}

#[test]
fn a_page_is_valid_and_self_contained() {
    let page = document(&example(EXAMPLES[1], "nl"), Format::Html);
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"nl\">"));
    assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'\""));
    for absent in ["<script", "<link", "<img", "@import", "url(", " onclick"] {
        assert!(!page.contains(absent), "{absent}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    assert_eq!(page.matches("<main").count(), 1);
    let ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let mut once = ids.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(ids.len(), once.len(), "duplicate id");
    for target in page
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        assert!(ids.contains(&target), "{target}");
    }
    let levels = page
        .split("<h")
        .skip(1)
        .filter_map(|rest| rest.chars().next()?.to_digit(10));
    levels.fold(1, |before, level| {
        assert!(level <= before + 1, "h{before} is followed by h{level}");
        level
    });
    let in_figures = page
        .split("</figcaption>")
        .skip(1)
        .filter(|after| after.split("</figure>").next().unwrap().contains("<table"));
    assert_eq!(
        page.matches("<table").count(),
        page.matches("<caption").count() + in_figures.count(),
        "a table has a caption, its own or that of its figure"
    );
    assert!(
        page.split("<th")
            .skip(1)
            .all(|rest| rest.starts_with("ead") || rest.starts_with(" scope="))
    );
}

#[test]
fn links_in_the_contents_of_markdown_resolve() {
    for tag in ["nl", "en"] {
        let text = document(&example(EXAMPLES[1], tag), Format::Markdown);
        let mut options = markdown_options();
        options.extension.header_id_prefix = Some(String::new());
        let html = comrak::markdown_to_html(&text, &options);
        for target in html
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            let is_there = html.contains(&format!("id=\"{target}\""))
                || html.contains(&format!("id=\"{}\"", unescaped(target)));
            assert!(is_there, "{target}");
        }
    }
}

fn unescaped(url: &str) -> String {
    url.replace("%C3%AB", "ë")
}

#[test]
fn view_serialises_to_the_documented_data() {
    let text = fs::read_to_string(EXAMPLES[1]).unwrap();
    let json = with_view(&text, |view, _| serde_json::to_value(view)).unwrap();
    let keys: Vec<&str> = json
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        [
            "titel",
            "plan",
            "feiten",
            "bevindingen",
            "aantal_bevindingen",
            "uitzonderingen",
            "woorden",
            "taal",
            "concept",
            "versie"
        ]
    );
    assert_eq!(
        json["feiten"]["rode_draad"]["belemmeringen"][0]["id"],
        "onvoldoende-tijd"
    );
    assert_eq!(
        json["plan"]["borging"]["doorontwikkeling"]["niet_nodig"],
        serde_json::Value::Null
    );
    assert_eq!(json["woorden"]["velden.monitoring.label"], "Monitoring");
    let finding = &json["bevindingen"][0];
    for key in ["regel", "ernst", "pad", "onderdeel", "titel", "oplossing"] {
        assert!(finding[key].is_string(), "{key}");
    }
    let empty = with_view("versie: 1", |view, _| serde_json::to_value(view)).unwrap();
    assert!(
        empty["plan"]["monitoring"].is_null()
            && empty["plan"]
                .as_object()
                .unwrap()
                .contains_key("monitoring")
    );
}

#[test]
fn claims_based_only_on_assumptions_are_marked() {
    let plan =
        "versie: 1\nbetrokken_groepen: {a: {bron: aanname}, b: {bron: [aanname, interviews]}}";
    assert_eq!(
        document(plan, Format::Html)
            .matches(">niet op gegevens gebaseerd</mark>")
            .count(),
        1
    );
    assert_eq!(
        document(plan, Format::Markdown)
            .matches("**niet op gegevens gebaseerd**")
            .count(),
        1
    );
}
