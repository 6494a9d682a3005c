//! The property that whatever a plan says is in its document.

use std::collections::HashMap;

use planmaker::{
    Checked, Document, Findings, Format, Layout, Node, NodeValue, Path, Request, Step, View,
    read_plan,
};
use pulldown_cmark::{Event, Parser};
use scraper::{Html, Selector};
use serde_json::Value;

use super::documents::render_checked;
use super::markdown;
use crate::edits;

/// Keys whose texts no document shows, with the reason.
const NOT_SHOWN: [&str; 2] = ["uitzonderingen.*.bij", "uitzonderingen.*.bij[]"];

/// The page says where each value is that could not be read.
fn check_places(view: &View<'_>, page: &str, plan: &str) {
    // A page leaves out characters that change the order of the text after them.
    let visible = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let letters = visible(page);
    for finding in view.findings.iter().filter(|finding| !finding.is_read) {
        let place = &finding.place;
        assert!(
            letters.contains(&visible(place)),
            "the page lacks {place} in\n{plan}"
        );
    }
}

/// The document of the whole plan has every text that was read. Every other value that is not in the data is named, by its
/// path, among the open points. Returns the number of texts.
///
/// Each text gets a word of its own first, so that it cannot be mistaken for another one.
pub fn check_shown(bytes: &[u8]) -> usize {
    let document = Document::read(bytes);
    let (_, reading) = read_plan(&document);
    let texts = reading.texts.iter();
    let texts: Vec<(Path, bool)> = texts
        .map(|text| (text.path.to_path(), text.is_prose))
        .collect();
    let marked = edits::marked(&document, &texts);
    if marked.len() > Document::MAX_BYTES {
        return 0;
    }
    let document = Document::read(marked.as_bytes());
    let (_, reading) = read_plan(&document);
    let checked = Checked::read(&marked);
    if !checked.is_whole() || checked.findings.counts().total() > Findings::LIMIT {
        return 0;
    }
    let view = View::of(&checked);
    let request = |format| Request {
        layout: Layout::Plan,
        ..Request::from(format)
    };
    let (page, markdown) = render_checked(&view, request);
    let shown = [text_of_page(&page), text_of_markdown(&markdown)];
    let renamed = reading.renamed.iter();
    let renamed: HashMap<String, String> = renamed
        .map(|key| (key.path.to_string(), key.read_as.clone()))
        .collect();
    let mut count = 0;
    for text in &reading.texts {
        let path = text.path.to_path();
        let read = read_path(&path, &renamed);
        if NOT_SHOWN.iter().any(|pattern| read.matches(pattern)) {
            continue;
        }
        for mark in edits::marks_in(text.text) {
            count += 1;
            for (shown, format) in shown.iter().zip([Format::Html, Format::Markdown]) {
                assert!(shown.contains(mark), "{format:?} lacks {path} in\n{marked}");
            }
        }
    }
    let data = Data {
        plan: serde_json::to_value(view.plan).unwrap(),
        renamed,
        unread: view
            .findings
            .iter()
            .filter(|finding| !finding.is_read)
            .map(|finding| finding.path.clone())
            .collect(),
    };
    check_places(&view, &shown[0], &marked);
    data.check(document.root(), &Path::root(), Some(&data.plan), &marked);
    count
}

/// A path with the keys as which misspelled ones are read.
fn read_path(path: &Path, renamed: &HashMap<String, String>) -> Path {
    let (mut written, mut read) = (Path::root(), Path::root());
    for step in path.steps() {
        written.push(step.clone());
        match renamed.get(&written.to_string()) {
            Some(key) => read.push(key.as_str()),
            None => read.push(step.clone()),
        }
    }
    read
}

/// The data of a plan, and what was not read into it.
struct Data {
    plan: Value,
    renamed: HashMap<String, String>,
    unread: Vec<String>,
}

impl Data {
    /// Asserts that every value of the file below `path` is in the data at the same path, or was reported.
    fn check(&self, node: &Node, path: &Path, value: Option<&Value>, plan: &str) {
        let value = value.filter(|value| !value.is_null());
        match &node.value {
            NodeValue::Scalar { text, .. } => {
                let is_there = text.trim().is_empty() || value.is_some() || self.is_reported(path);
                assert!(is_there, "{path} is neither read nor reported in\n{plan}");
            }
            NodeValue::List(items) => {
                // The phases of a strategy are keys in the data, and a list there is short for those.
                let is_short = matches!(value, Some(Value::Object(_)));
                for (nr, item) in items.iter().enumerate() {
                    let inner = value.and_then(|value| value.get(nr));
                    let inner = if is_short { value } else { inner };
                    self.check(item, &path.join(nr), inner, plan);
                }
            }
            NodeValue::Mapping(entries) => {
                for (key, entry) in entries.iter() {
                    let path = path.join(key);
                    let renamed = self.renamed.get(&path.to_string());
                    let inner = value.and_then(|value| value.get(renamed.unwrap_or(key)));
                    self.check(&entry.value, &path, inner, plan);
                }
            }
            NodeValue::Empty | NodeValue::Unread => {}
        }
    }

    /// Whether an open point is about the value, something around it, or its neighbours.
    fn is_reported(&self, path: &Path) -> bool {
        let mut around = path.clone();
        let mut steps: Vec<Step> = path.steps().cloned().collect();
        loop {
            let here = around.to_string();
            steps.pop();
            let parent: Path = steps.iter().cloned().collect();
            let parent = parent.to_string();
            let is_near = |unread: &String| {
                *unread == here
                    || unread
                        .strip_prefix(&parent)
                        .is_some_and(|rest| !rest.trim_start_matches('.').contains(['.', '[']))
            };
            if self.unread.iter().any(is_near) {
                return true;
            }
            if steps.is_empty() {
                return false;
            }
            around = steps.iter().cloned().collect();
        }
    }
}

fn text_of_page(page: &Html) -> String {
    let body = page.select(&Selector::parse("body").unwrap()).next();
    let text: String = body.unwrap().text().collect();
    // A page may break a long word.
    text.replace('\u{ad}', "").split_whitespace().collect()
}

fn text_of_markdown(markdown: &str) -> String {
    let mut all = String::new();
    for event in Parser::new_ext(markdown, markdown::options()) {
        if let Event::Text(text) | Event::Code(text) = event {
            all.push_str(&text);
        }
    }
    all.split_whitespace().collect()
}
