//! The parts of a screen that change on their own.
//!
//! Templates put a mark before and after each element that is a fragment. Plan texts cannot contain these marks, which are
//! control characters.

use super::reply::Patch;

/// The mark before a fragment; its id follows, and [`NAMED`].
pub(super) const OPEN: char = '\u{1}';
/// The mark after the id of a fragment.
pub(super) const NAMED: char = '\u{2}';
/// The mark after a fragment.
pub(super) const CLOSE: char = '\u{3}';
/// The mark before a value that the page already shows if the user typed it.
pub(super) const TYPED: char = '\u{4}';
/// The mark after such a value.
pub(super) const SHOWN: char = '\u{5}';

/// An element of the page, in which other fragments are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Fragment {
    pub id: String,
    /// The HTML up to the first inner fragment, between those, and after the last.
    own: Vec<String>,
    pub inner: Vec<Self>,
}

impl Fragment {
    /// The fragment that a template wrote.
    pub fn read(marked: &str) -> Self {
        let mut open = vec![Self::named("")];
        let mut rest = marked;
        // By bytes, which is quicker than by characters, and there is much to read.
        let is_mark = |byte: u8| char::from(byte) == OPEN || char::from(byte) == CLOSE;
        while let Some(at) = rest.bytes().position(is_mark) {
            push(&mut open, &rest[..at]);
            if rest[at..].starts_with(OPEN) {
                let named = &rest[at + 1..];
                let (id, after) = named.split_once(NAMED).unwrap_or((named, ""));
                open.push(Self::named(id));
                rest = after;
            } else {
                rest = &rest[at + 1..];
                close(&mut open);
            }
        }
        push(&mut open, rest);
        while open.len() > 1 {
            close(&mut open);
        }
        let mut all = open.pop().unwrap_or_default();
        if all.inner.is_empty() {
            all
        } else {
            all.inner.swap_remove(0)
        }
    }

    fn named(id: &str) -> Self {
        Self {
            id: id.to_owned(),
            own: vec![String::new()],
            inner: Vec::new(),
        }
    }

    /// The HTML without marks.
    pub fn html(&self) -> String {
        let mut html = String::new();
        self.write(&mut html);
        html
    }

    fn write(&self, html: &mut String) {
        for (nr, own) in self.own.iter().enumerate() {
            html.extend(own.chars().filter(|c| !matches!(*c, TYPED | SHOWN)));
            if let Some(inner) = self.inner.get(nr) {
                inner.write(html);
            }
        }
    }

    /// The patches that make the page show this instead of another state of the same fragment. The control with the id `typed`
    /// shows its value already.
    pub fn patches(&self, shown: &Self, typed: Option<&str>, patches: &mut Vec<Patch>) {
        let has_same = self.own == shown.own
            || typed.is_some_and(|typed| self.is_control(typed)) && self.is_but_for_values(shown);
        let same_ids = || {
            let ids = self.inner.iter().map(|it| &it.id);
            ids.eq(shown.inner.iter().map(|it| &it.id))
        };
        if has_same && same_ids() {
            for (inner, shown) in self.inner.iter().zip(&shown.inner) {
                inner.patches(shown, typed, patches);
            }
        } else {
            patches.push(Patch {
                id: self.id.clone(),
                html: self.html(),
            });
        }
    }

    /// Whether this is the control with an id, or the first row of that question.
    fn is_control(&self, id: &str) -> bool {
        self.id
            .strip_prefix(id)
            .is_some_and(|rest| rest.is_empty() || rest == "..0")
    }

    fn is_but_for_values(&self, other: &Self) -> bool {
        let of = |own: &[String]| own.iter().map(|it| without_values(it)).collect::<Vec<_>>();
        of(&self.own) == of(&other.own)
    }
}

fn push(open: &mut [Fragment], html: &str) {
    if let Some(own) = open.last_mut().and_then(|last| last.own.last_mut()) {
        own.push_str(html);
    }
}

fn close(open: &mut Vec<Fragment>) {
    if open.len() < 2 {
        return;
    }
    if let Some(closed) = open.pop()
        && let Some(outer) = open.last_mut()
    {
        outer.inner.push(closed);
        outer.own.push(String::new());
    }
}

/// HTML without the values that a user types.
fn without_values(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut is_typed = false;
    for c in html.chars() {
        match c {
            TYPED => is_typed = true,
            SHOWN => is_typed = false,
            c if !is_typed => kept.push(c),
            _ => {}
        }
    }
    kept
}
