//! What holds of the documents of any plan.

use planmaker::document::Document;
use planmaker::facts::Facts;
use planmaker::finding::{Finding, Findings};
use planmaker::reading;
use planmaker::render::{Format, render};
use planmaker::rule::{self, Whole};
use planmaker::view::View;
use serde_json::Value;

/// Every plan that is read to its end can be rendered; what is written for programs says the same in JSON and in YAML. Of the
/// page and the Markdown, `judge` says what it must be.
pub fn holds_of_rendering(bytes: &[u8], judge: impl FnOnce(&str, &str)) {
    let mut findings = Findings::default();
    let document = Document::read(bytes, &mut findings);
    let (plan, reading) = reading::read(&document, &mut findings);
    if reading.broken {
        return;
    }
    let facts = Facts::of(&plan);
    let whole = Whole {
        plan: &plan,
        facts: &facts,
        reading: &reading,
        today: None,
    };
    let silenced = rule::check(&whole, &mut findings);
    let findings: Vec<Finding> = findings.iter().cloned().collect();
    let mut view = View::of(&plan, &facts, &findings, &silenced);
    let document = |format| render(&view, format).unwrap();
    judge(&document(Format::Html), &document(Format::Markdown));
    // The words are the same for every plan, and more than most plans.
    view.texts.clear();
    let json: Value = serde_json::from_str(&serde_json::to_string(&view).unwrap()).unwrap();
    let yaml: Value = serde_yaml::from_str(&serde_yaml::to_string(&view).unwrap()).unwrap();
    assert!(json == yaml, "{json:#}\n{yaml:#}");
}
