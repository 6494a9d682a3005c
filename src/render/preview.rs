//! One text of a plan as a document shows it, for where it is written.

use super::Format;
use super::prose::{self, Citation, References};
use super::tags::without_tags;
use crate::plan::Plan;
use crate::words::{Words, key};

/// The most bytes of a text that is shown while it is written.
const LONGEST: usize = 20_000;

/// The signs that mark up a text.
const MARKS: &[char] = &[
    '*', '_', '#', '`', '[', '>', '|', '~', '-', '+', '.', ')', '\n',
];

/// The elements of a text, without links: somebody who writes must not leave the page by a click. `None` for a text that is
/// shown as it is written.
pub(crate) fn preview(text: &str, plan: &Plan, words: Words) -> Option<String> {
    if text.len() > LONGEST || !text.contains(MARKS) {
        return None;
    }
    let page = prose::block(text.trim(), 4, Format::Html, &Cited { plan, words });
    let page = without_tags(page.trim(), |tag| !tag.is("a") && !tag.is("/a"));
    let marked = page
        .strip_prefix("<p>")
        .and_then(|it| it.strip_suffix("</p>"));
    let is_plain = marked.is_some_and(|inside| !inside.contains('<') && !text.contains("[@"));
    (!is_plain).then_some(page)
}

struct Cited<'p> {
    plan: &'p Plan,
    words: Words,
}

impl References for Cited<'_> {
    fn work(&self, id: &str) -> Option<Citation> {
        let short = self.plan.works().get(id)?.citation(id);
        Some(Citation { url: None, short })
    }

    fn may_read(&self, _: &str) -> bool {
        true
    }

    fn too_long(&self) -> &str {
        self.words.get(key::document::TEKST_TE_LANG)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checked::Checked;
    use crate::plan::Language;

    #[test]
    fn only_texts_with_marks_look_otherwise_than_they_are_written() {
        let checked = Checked::read(
            "versie: 1\nliteratuur:\n  t: {kort: 'Tonnon, 2021', titel: Van plan naar actie}\n",
        );
        let shown = |text| preview(text, checked.plan(), Words::of(Language::Dutch));
        assert_eq!(shown("Een zin. En nog een - zo."), None);
        assert_eq!(
            shown("Een **vette** zin."),
            Some("<p>Een <strong>vette</strong> zin.</p>".to_owned())
        );
        let list = shown("Twee:\n\n- een\n- [twee](https://x.nl)").unwrap_or_default();
        assert!(
            list.contains("<li>twee</li>") && !list.contains("href"),
            "{list}"
        );
        let cited = shown("Zie [@t].").unwrap_or_default();
        assert!(cited.contains("Tonnon, 2021"), "{cited}");
    }
}
