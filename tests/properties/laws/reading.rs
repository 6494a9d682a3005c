//! What holds of any bytes that are read as YAML.

use planmaker::document::{Document, Node, Value};
use planmaker::finding::Focus;
use planmaker::rules::BOOK;
use planmaker::value::path::Path;

use super::places::Lines;

/// Every value is found by its path, every place lies in the text, and reading never stops without a word.
pub fn holds_of_reading(bytes: &[u8]) {
    let document = Document::read(bytes);
    let findings = document.problems();
    let lines = Lines::of(&document);
    let every = Every {
        document: &document,
        lines: &lines,
    };
    every.place_in(document.root(), &mut Path::root());
    for finding in findings {
        lines.hold(document.place(&finding.path, &finding.focus));
        assert!(BOOK.named(finding.rule.name).is_some(), "{finding:?}");
    }
    assert!(matches!(document.root().value, Value::Mapping(_)));
    assert!(
        document.stop().is_none() || !findings.is_empty(),
        "reading stopped without a word"
    );
}

struct Every<'d> {
    document: &'d Document,
    lines: &'d Lines<'d>,
}

impl Every<'_> {
    fn place_in(&self, node: &Node, path: &mut Path) {
        self.lines.hold(self.document.place_of(node.span));
        assert_eq!(self.document.get(path), Some(node));
        for focus in [Focus::Value, Focus::Key, Focus::Word("a".to_owned(), 0)] {
            self.lines.hold(self.document.place(path, &focus));
        }
        match &node.value {
            Value::Scalar { text, .. } => {
                assert!(!text.contains(|c: char| c.is_control() && !"\n\t".contains(c)));
            }
            Value::List(items) => {
                for (nr, item) in items.iter().enumerate() {
                    path.push(nr);
                    self.place_in(item, path);
                    path.pop();
                }
            }
            Value::Mapping(entries) => {
                for (key, entry) in entries.iter() {
                    self.lines.hold(self.document.place_of(entry.key));
                    path.push(key);
                    self.place_in(&entry.value, path);
                    path.pop();
                }
            }
            Value::Empty | Value::Unread => {}
        }
    }
}
