//! Rules about texts that do not arrive as they were written: a comment that is text, lines of a list that run together.

use std::collections::HashSet;

use crate::document::{Loss, Lost, Value, bullet};
use crate::finding::{Argument, Finding, Focus};
use crate::rules::check::{FindingSink, RuleContext};
use crate::value::path::{Path, Place, Step};

/// A `#` behind a space begins a comment, also where the author meant it as text.
pub(super) fn cut_off(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let losses = ctx.document.losses();
    if losses.is_empty() {
        return;
    }
    let texts = Texts::of(ctx);
    let problems = ctx.document.problems();
    let reported: HashSet<Place> = problems.iter().filter_map(Finding::fixed_place).collect();
    for loss in losses {
        let Lost::Comment(line) = &loss.lost else {
            continue;
        };
        let lost = ctx.document.at(loss.span);
        if !texts.may_hold(ctx, loss) {
            continue;
        }
        let place = ctx.document.place_of(loss.span);
        // Reading may have stopped there, which is reported.
        if reported.contains(&place) {
            continue;
        }
        let finding = sink.report(loss.path.clone()).focus(Focus::At(place));
        finding.with("weg", lost);
        if let Some(line) = line {
            finding.with("zo", Argument::Whole(line.clone()));
        }
    }
}

/// Markdown makes one sentence of lines with a bullet that it does not know, and YAML of lines below a text.
pub(super) fn run_together(ctx: &RuleContext<'_>, sink: &mut FindingSink<'_>) {
    let losses = ctx.document.losses();
    let texts = (!losses.is_empty()).then(|| Texts::of(ctx));
    for loss in losses.iter().filter(|loss| loss.lost == Lost::Lines) {
        if texts.as_ref().is_some_and(|texts| texts.hold(ctx, loss)) {
            let place = ctx.document.place_of(loss.span);
            let line = ctx.document.at(loss.span);
            let finding = sink.report(loss.path.clone()).focus(Focus::At(place));
            finding.with("tekst", line).with("zo", item(line));
            match loss.path.steps().next_back() {
                // The dash of the next item is one space too far.
                Some(Step::Index(_)) => {
                    let item = ctx.document.get(&loss.path).map(|node| &node.value);
                    if let Some(Value::Scalar { text, .. }) = item
                        && let Some((above, _)) = text.split_once(line)
                    {
                        finding.with("boven", above.trim());
                    }
                }
                _ => {
                    if let Some(key) = last_key(&loss.path) {
                        finding.with("onder", key);
                    }
                }
            }
        }
    }
    for text in &ctx.reading.texts {
        if let Some(line) = unknown_list(text.text) {
            sink.report(text.path.to_path())
                .focus(Focus::Word(line.to_owned(), 0))
                .with("tekst", line)
                .with("zo", item(line));
        }
    }
}

/// The texts of a plan, by where they are in memory: a path of each would cost more than all of this rule.
struct Texts(HashSet<*const u8>);

impl Texts {
    fn of(ctx: &RuleContext<'_>) -> Self {
        let texts = ctx.reading.texts.iter();
        Self(texts.map(|text| text.text.as_ptr()).collect())
    }

    /// Whether the value of which something is lost is a text.
    fn hold(&self, ctx: &RuleContext<'_>, loss: &Loss) -> bool {
        match ctx.document.get(&loss.path).map(|node| &node.value) {
            Some(Value::Scalar { text, .. }) => self.0.contains(&text.as_ptr()),
            _ => false,
        }
    }

    /// Whether the value is a text, or was lost as a whole: only a text begins with a `#` that is no comment.
    fn may_hold(&self, ctx: &RuleContext<'_>, loss: &Loss) -> bool {
        let value = ctx.document.get(&loss.path).map(|node| &node.value);
        self.hold(ctx, loss) || value == Some(&Value::Unread)
    }
}

fn last_key(path: &Path) -> Option<&str> {
    path.steps().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    })
}

/// A line of a list as Markdown writes it.
fn item(line: &str) -> String {
    match bullet(line) {
        Some(text) => format!("- {text}"),
        None => line.to_owned(),
    }
}

/// The first line of a list that Markdown does not know, if its lines run together: two or more such lines below each other, or
/// one directly below a line that announces it.
pub(super) fn unknown_list(text: &str) -> Option<&str> {
    if !text.contains('\n') {
        return None;
    }
    let (mut first, mut count) = (None, 0);
    let mut runs_together = false;
    let mut before = "";
    let mut in_code = false;
    for line in text.lines() {
        let item = line.trim();
        if item.starts_with("```") || item.starts_with("~~~") {
            in_code = !in_code;
        }
        if !in_code && bullet(item).is_some() {
            first = first.or(Some(item));
            count += 1;
            let is_break = before.ends_with("  ") || before.ends_with('\\');
            runs_together |= !before.trim().is_empty() && !is_break;
            if before.trim_end().ends_with(':') {
                count += 1;
            }
        }
        before = line;
    }
    first.filter(|_| runs_together && count > 1)
}
