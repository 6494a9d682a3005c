//! Slips of the pen that YAML lets pass and that change what a file says.

use super::{Builder, Content, Frame, Key};
use crate::document::causes::Cause;
use crate::document::text::Span;
use crate::document::{INVALID_VALUE, Node, UNCUT, Value};
use crate::finding::{Argument, Focus};

impl Builder<'_, '_> {
    /// A key without spaces around it: a hard space does not look like one, and no key of a plan has any. The key is read as if
    /// they were not there.
    pub(super) fn bare_key(&mut self, key: String, span: Span) -> String {
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
        // A space that stands for a control character has had its finding.
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

    /// Whether a key is nothing but the decimals of the number before it: between braces, `uren: 1,5` is `uren: 1` and a key `5`.
    pub(super) fn is_decimals(&self, key: &str, span: Span) -> bool {
        let comma = span.start().checked_sub(1);
        let number = match self.stack.last() {
            Some(Frame {
                flow: true,
                content: Content::Mapping { entries, .. },
                ..
            }) => entries.last().map(|(_, entry)| &entry.value),
            _ => None,
        };
        let is_cut = number.is_some_and(|number| {
            matches!(
                number.value,
                Value::Scalar { plain: true, .. } | Value::Unread
            ) && Some(number.span.end()) == comma
        });
        let number = self.text.before(span).strip_suffix(',');
        is_cut
            && number.is_some_and(|number| number.ends_with(|c: char| c.is_ascii_digit()))
            && key.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Takes the decimals that stand as a key of their own as part of the number before them. Which number was meant is clear, but other
    /// YAML programs read another one: it counts as unread, and has its finding.
    pub(super) fn take_decimals(&mut self) {
        let Some(Frame {
            content: Content::Mapping { entries, key },
            ..
        }) = self.stack.last_mut()
        else {
            return;
        };
        let (Some(decimals), Some((name, entry))) = (key.take(), entries.last_mut()) else {
            return;
        };
        let is_told = entry.value.value == Value::Unread;
        let span = Span::new(entry.value.span.start(), decimals.span.end());
        entry.value = Node {
            value: Value::Unread,
            span,
        };
        if is_told {
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

    /// Forgets the last text that was read if that is what the parser stopped at: what it says is not what was meant.
    pub(super) fn forget_text(&mut self, byte: usize) {
        let last = match self.stack.last_mut().map(|frame| &mut frame.content) {
            Some(Content::Mapping { entries, .. }) => {
                entries.last_mut().map(|(_, entry)| &mut entry.value)
            }
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

    /// Whether the value that comes now ends a key that is nothing but decimals.
    pub(super) fn ends_decimals(&self, node: &Node) -> bool {
        let key = match self.stack.last().map(|frame| &frame.content) {
            Some(Content::Mapping { key, .. }) => key.as_ref(),
            _ => None,
        };
        node.value == Value::Empty && key.is_some_and(|key: &Key| key.is_decimals)
    }
}
