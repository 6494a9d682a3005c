//! Properties of places in a text.

use planmaker::{Document, Place, Position};

/// The lines of a document, counted independently of the document's own code.
pub struct Lines<'d> {
    source: &'d str,
    starts: Vec<usize>,
}

impl<'d> Lines<'d> {
    pub fn of(document: &'d Document) -> Self {
        let source = document.source();
        let ends = source
            .char_indices()
            .filter(|(at, c)| *c == '\n' || (*c == '\r' && !source[at + 1..].starts_with('\n')));
        let starts = [0].into_iter().chain(ends.map(|(at, _)| at + 1));
        Self {
            source,
            starts: starts.collect(),
        }
    }

    /// Asserts that a place lies in the text, that it does not end before its start, and that its lines and columns are
    /// those of its bytes.
    pub fn check(&self, place: Place) {
        assert!(place.start <= place.end, "{place:?}");
        for position in [place.start, place.end] {
            assert!(position.byte <= self.source.len(), "{position:?}");
            assert!(self.source.is_char_boundary(position.byte), "{position:?}");
            assert_eq!(self.position(position.byte), position);
        }
    }

    fn position(&self, byte: usize) -> Position {
        let line = self.starts.partition_point(|start| *start <= byte);
        let before = &self.source[self.starts[line - 1]..byte];
        Position {
            line,
            column: before.chars().count() + 1,
            byte,
        }
    }

    /// The text at a place.
    pub fn at(&self, place: Place) -> &'d str {
        &self.source[place.start.byte..place.end.byte]
    }

    /// The start of the line of a byte, if only white space is in between.
    pub fn start_before(&self, byte: usize) -> Option<usize> {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        self.source[start..byte].trim().is_empty().then_some(start)
    }
}
