//! The documents of all groups of a plan, rendered one after another.

// Tests may panic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::HashMap;
use std::fs;
use std::sync::{Arc, Mutex};

use planmaker::{Checked, Format, Layout, OwnTemplates, Renderer, Request, View, render};

const FORMATS: [Format; 2] = [Format::Html, Format::Markdown];

const PLANS: [&str; 3] = [
    "examples/psycho-educatie.yaml",
    "tests/plans/alles.yaml",
    "tests/plans/veel.yaml",
];

/// Renders the documents about all groups, after one of the whole plan.
fn each_group(checked: &Checked, mut see: impl FnMut(&View<'_>, &Renderer<'_>, Request<'_>)) {
    let view = View::of(checked);
    let renderer = Renderer::of(&view);
    let groups: Vec<&str> = checked.facts().users.keys().copied().collect();
    assert!(!groups.is_empty());
    for format in FORMATS {
        see(&view, &renderer, Request::from(format));
        for group in &groups {
            let request = Request {
                layout: Layout::Group(group),
                ..Request::from(format)
            };
            see(&view, &renderer, request);
        }
    }
}

/// A document does not depend on those before it.
#[test]
fn documents_after_each_other_are_the_same_as_alone() {
    for plan in PLANS {
        let checked = Checked::read(fs::read(plan).unwrap());
        each_group(&checked, |view, renderer, request| {
            let shared = renderer.render(request).unwrap();
            assert!(shared == render(view, request).unwrap(), "{request:?}");
        });
    }
}

/// Each template is loaded, and so compiled, once for all groups in a format.
#[test]
fn templates_are_compiled_once_for_all_groups() {
    let loads: Arc<Mutex<HashMap<String, usize>>> = Arc::default();
    let counted = Arc::clone(&loads);
    let templates = OwnTemplates::new(move |name| {
        *counted.lock().unwrap().entry(name.to_owned()).or_default() += 1;
        Ok(None)
    });
    let checked = Checked::read(fs::read(PLANS[0]).unwrap());
    for format in FORMATS {
        loads.lock().unwrap().clear();
        let view = View::of(&checked);
        let renderer = Renderer::of(&view);
        let documents = || {
            for group in checked.facts().users.keys() {
                let request = Request {
                    layout: Layout::Group(group),
                    templates: Some(&templates),
                    ..Request::from(format)
                };
                renderer.render(request).unwrap();
            }
            loads.lock().unwrap().clone()
        };
        let first = documents();
        assert!(first.contains_key("groep.j2"));
        assert_eq!(first, documents());
    }
}
