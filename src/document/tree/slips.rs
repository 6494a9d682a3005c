//! Typing errors that are valid YAML but change the meaning of a file.

use super::{Builder, Content};
use crate::document::causes::Cause;
use crate::document::text::Span;
use crate::document::{INVALID_VALUE, Node, UNCUT, Value};
use crate::finding::{Argument, Focus};

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

    /// Whether a key is only the decimals of the number before it: between braces, `uren: 1,5` is `uren: 1` and a key `5`.
    pub(super) fn is_decimals(&self, key: &str, span: Span) -> bool {
        let in_flow = self.stack.last().is_some_and(|frame| frame.flow);
        let entries = self.mapping().map(|mapping| &mapping.entries);
        let Some((_, number)) = entries
            .and_then(|entries| entries.last())
            .filter(|_| in_flow)
        else {
            return false;
        };
        let number = &number.value;
        let may_be_cut = matches!(
            number.value,
            Value::Scalar { plain: true, .. } | Value::Unread
        );
        let before = self.text.before(span).strip_suffix(',');
        may_be_cut
            && number.span.end() + 1 == span.start()
            && before.is_some_and(|before| before.ends_with(|c: char| c.is_ascii_digit()))
            && key.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Adds decimals that were read as a key to the number before them. The author's number is clear, but other YAML
    /// programs read another one, so the value counts as unread and is reported.
    pub(super) fn take_decimals(&mut self) {
        let Some(mapping) = self.mapping_mut() else {
            return;
        };
        let (Some(decimals), Some((name, entry))) =
            (mapping.key.take(), mapping.entries.last_mut())
        else {
            return;
        };
        let is_reported = entry.value.value == Value::Unread;
        let span = Span::new(entry.value.span.start(), decimals.span.end());
        entry.value = Node::new(Value::Unread, span);
        if is_reported {
            return;
        }
        let name = name.clone();
        let path = self.path().join(&name);
        self.findings
            .add(&INVALID_VALUE, path)
            .focus(Focus::At(self.text.place_of(span)))
            .with("waarde", self.text.at(span))
            .with("verwacht", Argument::Choice("soorten", UNCUT.to_owned()));
    }

    /// Drops the last text if the parser stopped at it, because it is not the text that the author meant.
    pub(super) fn forget_text(&mut self, byte: usize) {
        let last = match self.stack.last_mut().map(|frame| &mut frame.content) {
            Some(Content::Mapping(mapping)) => mapping
                .entries
                .last_mut()
                .map(|(_, entry)| &mut entry.value),
            Some(Content::List(items)) => items.last_mut(),
            None => None,
        };
        if let Some(last) = last
            && matches!(last.value, Value::Scalar { .. })
            && last.span.start() == byte
        {
            last.value = Value::Unread;
        }
    }

    /// Whether `node` is the missing value of a key that is only decimals.
    pub(super) fn ends_decimals(&self, node: &Node) -> bool {
        let key = self.mapping().and_then(|mapping| mapping.key.as_ref());
        node.value == Value::Empty && key.is_some_and(|key| key.is_decimals)
    }
}
