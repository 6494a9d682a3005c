//! Typing errors that are valid YAML but change the meaning of a file.

use super::{Builder, Content};
use crate::document::causes::Cause;
use crate::document::text::Span;
use crate::document::{INVALID_VALUE, Node, UNCUT, UNCUT_TEXT, Value};
use crate::finding::{Argument, Focus};

/// The maximum number of characters behind a comma in which to look for the quote that closes a text.
const MAX_REST: usize = 200;

impl Builder<'_, '_> {
    /// Reports and removes spaces around a key. A hard space looks like a plain one, and no key of a plan has either.
    pub(super) fn trim_key(&mut self, key: String, span: Span) -> String {
        let bare = key.trim();
        if bare.len() == key.len() || bare.is_empty() {
            return key;
        }
        let written = self.text.at(span);
        let from = written.find(|c: char| c != '"' && c != '\'').unwrap_or(0);
        let first = key.chars().next().is_some_and(char::is_whitespace);
        let space = if first {
            from
        } else {
            written.trim_end_matches(['"', '\'']).trim_end().len()
        };
        // A space that replaces a control character has been reported.
        let here = written.get(space..).and_then(|rest| rest.chars().next());
        if !here.is_some_and(char::is_whitespace) {
            return key;
        }
        let is_hard = |c: char| c.is_whitespace() && !c.is_ascii();
        let cause = if key.starts_with(is_hard) || key.ends_with(is_hard) {
            Cause::HardSpace
        } else {
            Cause::KeyPadding
        };
        let place = self.text.character(span.start() + space);
        self.report(cause, self.path(), place);
        bare.to_owned()
    }

    /// Reports a text between curly quotes that its comma cuts: `[“Jansen, J.”, Pietersen]`.
    pub(super) fn check_curly_quote(&mut self, value: &Value, span: Span) {
        let Value::Scalar { text, plain: true } = value else {
            return;
        };
        let in_flow = self.stack.last().is_some_and(|frame| frame.flow);
        if !in_flow || !text.starts_with(['“', '„']) || text.contains('”') {
            return;
        }
        let behind = self.text.source().get(span.end()..).unwrap_or_default();
        let mut rest = behind.chars().take(MAX_REST);
        let is_cut =
            behind.starts_with(',') && rest.find(|c| matches!(c, '”' | '\n' | '\r')) == Some('”');
        if is_cut {
            let first: String = text.chars().take(1).collect();
            let place = self.text.character(span.start());
            self.report(Cause::CurlyQuote, self.path(), place)
                .with("teken", first);
        }
    }

    /// Whether a key may be the rest of the value before it: between braces, `uren: 1,5` is `uren: 1` and a key `5`, and
    /// `naam: Jan, Piet en Klaas` has a key `Piet en Klaas`. A word that can be a key is taken for one.
    pub(super) fn is_cut_text(&self, key: &str, span: Span) -> bool {
        let in_flow = self.stack.last().is_some_and(|frame| frame.flow);
        let entries = self.mapping().map(|mapping| &mapping.entries);
        let Some((_, before)) = entries
            .and_then(|entries| entries.last())
            .filter(|_| in_flow)
        else {
            return false;
        };
        let value = &before.value;
        let may_be_cut = matches!(
            value.value,
            Value::Scalar { plain: true, .. } | Value::Unread
        );
        let source = self.text.source();
        let between = source.get(value.span.end()..span.start());
        let is_comma = between.is_some_and(|between| between.trim() == ",");
        let is_decimals = between == Some(",")
            && self
                .text
                .at(value.span)
                .ends_with(|c: char| c.is_ascii_digit())
            && key.bytes().all(|byte| byte.is_ascii_digit());
        let behind = source.get(span.end()..).unwrap_or_default();
        if !behind.trim_start().starts_with([',', '}']) {
            return false;
        }
        let is_word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c);
        may_be_cut && (is_decimals || (is_comma && !key.chars().all(is_word) && !key.contains(':')))
    }

    /// Adds what was read as a key to the value before it. Decimals are clear, and so is text, but other YAML programs read
    /// something else, so the value counts as unread and is reported.
    pub(super) fn take_cut_text(&mut self) {
        let Some(mapping) = self.mapping_mut() else {
            return;
        };
        let (Some(rest), Some((name, entry))) = (mapping.key.take(), mapping.entries.last_mut())
        else {
            return;
        };
        let is_reported = entry.value.value == Value::Unread;
        let span = Span::new(entry.value.span.start(), rest.span.end());
        entry.value = Node::new(Value::Unread, span);
        if is_reported {
            return;
        }
        let name = name.clone();
        let path = self.path().join(&name);
        let is_decimals = rest.text.bytes().all(|byte| byte.is_ascii_digit());
        let expected = if is_decimals { UNCUT } else { UNCUT_TEXT };
        self.findings
            .add(&INVALID_VALUE, path)
            .focus(Focus::At(self.text.place_of(span)))
            .with("waarde", self.text.at(span))
            .with("verwacht", Argument::Choice("soorten", expected.to_owned()));
    }

    /// Forgets the last value if the parser stopped in it or directly behind it on its line, because it is not the value
    /// that the author meant.
    pub(super) fn forget_value(&mut self, start: usize, at: usize) {
        let source = self.text.source();
        let last = match self.stack.last_mut().map(|frame| &mut frame.content) {
            Some(Content::Mapping(mapping)) => mapping
                .entries
                .last_mut()
                .map(|(_, entry)| &mut entry.value),
            Some(Content::List(items)) => items.last_mut(),
            None => None,
        };
        let Some(last) = last else { return };
        let (from, to) = (last.span.start(), last.span.end());
        let is_inside = from <= start && start < to;
        let is_behind = source
            .get(to..at)
            .is_some_and(|between| between.trim_matches([' ', '\t']).is_empty());
        let is_flow = source
            .get(from..)
            .is_some_and(|text| text.starts_with(['[', '{']));
        let is_scalar = matches!(last.value, Value::Scalar { .. });
        if (is_scalar && is_inside) || ((is_scalar || is_flow) && is_behind) {
            last.value = Value::Unread;
        }
    }

    /// Whether `node` is the missing value of a key that is only the end of the value before it.
    pub(super) fn ends_cut_text(&self, node: &Node) -> bool {
        let key = self.mapping().and_then(|mapping| mapping.key.as_ref());
        node.value == Value::Empty && node.span.is_empty() && key.is_some_and(|key| key.is_cut_off)
    }
}
