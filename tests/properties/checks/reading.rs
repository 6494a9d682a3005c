//! Properties of reading any bytes as YAML.

use planmaker::{BOOK, Document, Focus, Node, NodeValue, Path};

use super::places::Lines;

/// Asserts that every value is found by its path, that every place lies in the text, and that reading never stops without a
/// finding.
pub fn check_reading(bytes: &[u8]) {
    let document = Document::read(bytes);
    let findings = document.problems();
    let lines = Lines::of(&document);
    check_node(&document, &lines, document.root(), &Path::root());
    for finding in findings {
        lines.check(document.place(&finding.path, &finding.focus));
        assert!(BOOK.named(finding.rule.name).is_some(), "{finding:?}");
    }
    assert!(matches!(document.root().value, NodeValue::Mapping(_)));
    assert!(
        document.stops().is_empty() || !findings.is_empty(),
        "reading stopped without a finding"
    );
}

fn check_node(document: &Document, lines: &Lines<'_>, node: &Node, path: &Path) {
    lines.check(document.place_of(node.span));
    assert_eq!(document.get(path), Some(node));
    for focus in [Focus::Value, Focus::Key, Focus::Word("a".to_owned(), 0)] {
        lines.check(document.place(path, &focus));
    }
    match &node.value {
        NodeValue::Scalar { text, .. } => {
            assert!(!text.contains(|c: char| c.is_control() && !"\n\t".contains(c)));
        }
        NodeValue::List(items) => {
            for (nr, item) in items.iter().enumerate() {
                check_node(document, lines, item, &path.join(nr));
            }
        }
        NodeValue::Mapping(entries) => {
            for (key, entry) in entries.iter() {
                lines.check(document.place_of(entry.key));
                check_node(document, lines, &entry.value, &path.join(key));
            }
        }
        NodeValue::Empty | NodeValue::Unread => {}
    }
}
