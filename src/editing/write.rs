//! Changes of one part of a list or mapping in the text of a draft: replacing its value, adding it and cutting it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::draft::Draft;
use super::lines;
use super::parts::{MAX_COLUMN, Part, index_of};
use super::tree::Tree;
use super::values::{Context, Style, Written, spaced};
use super::{Content, EditError};
use crate::document::Value;
use crate::value::path::Path;

type Changes = Vec<(Range<usize>, String)>;

impl Draft<'_> {
    /// Replaces the value at a path.
    pub(super) fn replace(&mut self, path: &Path, content: &Content) -> Result<(), EditError> {
        let part = self.part(path)?;
        if part.node.value == Value::Unread {
            return Err(EditError::unread(path));
        }
        let changes = if part.in_flow {
            self.replace_in_flow(&part, content)
        } else {
            self.replace_in_block(&part, content)
                .ok_or_else(|| EditError::entangled(path))?
        };
        self.splice(changes, path)?;
        self.tree.set(path, Tree::of_content(content));
        Ok(())
    }

    fn replace_in_flow(&self, part: &Part<'_>, content: &Content) -> Changes {
        let written = self.writer.flow(content);
        let span = part.node.span;
        if !span.is_empty() && part.end > part.behind {
            return vec![(span.start()..span.end(), written)];
        }
        let colon = if part.is_bare { ":" } else { "" };
        let blank = usize::from(lines::slice(&self.text, part.behind..part.behind + 1) == " ");
        let range = part.behind..part.behind + blank;
        vec![(range, format!("{colon}{}", spaced(&written)))]
    }

    fn replace_in_block(&self, part: &Part<'_>, content: &Content) -> Option<Changes> {
        let column = part.column(&self.text)?;
        let is_item = lines::slice(&self.text, part.start..part.behind) == "-";
        let written = if is_item {
            self.writer.item(content, column)
        } else {
            self.writer.value(content, column)
        };
        let text = &self.text;
        let span = part.node.span;
        let is_inline =
            matches!(part.node.value, Value::Empty | Value::Scalar { .. }) || part.is_flow(text);
        if let Some(header) = self.block_header(part) {
            return Some(self.replace_block_text(part, header, written));
        }
        if span.is_empty() || part.end == part.behind {
            return Some(self.fill(part.behind, written));
        }
        let on_line = lines::end(text, part.behind) >= span.start();
        if is_inline && (on_line || written.body.is_empty() && !written.head.is_empty()) {
            let head = if written.body.is_empty() {
                self.beside_comment(span.end(), written.head, content)
            } else {
                written.head
            };
            let first = if head.is_empty() {
                part.behind
            } else {
                span.start()
            };
            return Some(self.with_body(first..span.end(), head, written.body));
        }
        let last = lines::end(text, part.end);
        if on_line {
            // The first key or item is on the line of a dash.
            let value = spaced(&written.head) + &written.body;
            return Some(vec![(part.behind..last, value)]);
        }
        let first = lines::end(text, part.behind);
        let mut changes = self.fill(
            part.behind,
            Written {
                body: String::new(),
                ..written
            },
        );
        changes.push((first..last, written.body));
        Some(changes)
    }

    /// Writes a head over a range, and a body below the line of its end.
    fn with_body(&self, range: Range<usize>, head: String, body: String) -> Changes {
        let below = lines::end(&self.text, range.end);
        let mut changes = vec![(range, head)];
        if !body.is_empty() {
            changes.push((below..below, body));
        }
        changes
    }

    /// Writes a value behind a colon or dash that has none.
    fn fill(&self, behind: usize, written: Written) -> Changes {
        let head = spaced(&written.head);
        let pad = match lines::comment_behind(&self.text, behind) {
            Some((blanks, _)) if blanks.len() < 2 && !head.is_empty() => " ",
            _ => "",
        };
        let line = lines::end(&self.text, behind);
        let is_blank = lines::slice(&self.text, behind..line).trim().is_empty();
        let end = if is_blank && !head.is_empty() {
            line
        } else {
            behind
        };
        self.with_body(behind..end, head + pad, written.body)
    }

    /// A value that can stand before the comment behind a byte: text before a `#` looks like a text that was cut there.
    fn beside_comment(&self, end: usize, head: String, content: &Content) -> String {
        match (lines::comment_behind(&self.text, end), content) {
            (Some((blanks, comment)), _) if comment.starts_with("# ") => {
                let pad = if blanks.len() < 2 && !head.is_empty() && !head.ends_with(['"', '\'']) {
                    " "
                } else {
                    ""
                };
                head + pad
            }
            (Some(_), Content::Text(text)) if !text.contains('\n') => {
                let mut writer = self.writer;
                writer.style = Style::Quoted;
                writer.one_line(text, Context::Value)
            }
            _ => head,
        }
    }

    /// The range of `|` or `>` and what follows it, if the value of a part is a block text.
    fn block_header(&self, part: &Part<'_>) -> Option<Range<usize>> {
        let Value::Scalar { plain: false, .. } = part.node.value else {
            return None;
        };
        let rest = lines::slice(&self.text, part.behind..lines::end(&self.text, part.behind));
        let header = rest.trim_start_matches([' ', '\t']);
        let start = part.behind + rest.len() - header.len();
        let length = header.find([' ', '\t']).unwrap_or(header.len());
        header
            .starts_with(['|', '>'])
            .then_some(start..start + length)
    }

    /// Replaces a block text, and keeps how it was indented and ended.
    fn replace_block_text(&self, part: &Part<'_>, header: Range<usize>, new: Written) -> Changes {
        let text = &self.text;
        let below = lines::end(text, header.start);
        let old = lines::slice(text, header.clone());
        let content = below..part.end.max(below);
        let end = lines::end(text, content.end);
        if new.body.is_empty() || !new.head.starts_with('|') {
            let range = if new.head.is_empty() {
                part.behind..header.end
            } else {
                header.clone()
            };
            let pad = match lines::comment_behind(text, header.end) {
                Some((blanks, _)) if blanks.len() < 2 => " ",
                _ => "",
            };
            return vec![(range, new.head + pad), (below..end, new.body)];
        }
        let ending = old.trim_start_matches(['|', '>']);
        let (mut head, mut body) = (new.head, new.body);
        if !ending.contains(|c: char| c.is_ascii_digit()) {
            if head == "|"
                && let Some(own) = self.own_indentation(content)
            {
                body = indented(&body, self.writer.line_end, own);
            }
            head += ending;
        }
        vec![(header, head), (below..end, body)]
    }

    /// The number of spaces before the first line of a block text.
    fn own_indentation(&self, content: Range<usize>) -> Option<usize> {
        let mut lines = lines::slice(&self.text, content).lines();
        let first = lines.find(|line| !line.trim().is_empty())?;
        Some(lines::indentation(first)).filter(|spaces| *spaces <= MAX_COLUMN)
    }

    /// Adds a part to the list or mapping at a path, which has a value of that kind or none.
    pub(super) fn insert(
        &mut self,
        path: &Path,
        index: usize,
        key: Option<&str>,
        content: &Content,
    ) -> Result<(), EditError> {
        if !self.is_whole(path) {
            return Err(EditError::unread(path));
        }
        let part = self.part(path)?;
        let parts = part.parts(&self.text);
        let changes = match (parts.first(), key) {
            (None, Some(key)) if *path == Path::root() && !part.is_flow(&self.text) => {
                self.begin(key, content)
            }
            (None, key) if *path != Path::root() => {
                let whole = match key {
                    Some(key) => Content::Mapping(vec![(key.to_owned(), content.clone())]),
                    None => Content::List(vec![content.clone()]),
                };
                return self.replace(path, &whole);
            }
            (first, key) if part.in_flow || part.is_flow(&self.text) => {
                self.insert_in_flow(&parts, first, index, key, content, &part)
            }
            (Some(first), key) => self
                .insert_lines(&parts, first, index, key, content, path)
                .ok_or_else(|| EditError::entangled(path))?,
            _ => return Err(EditError::entangled(path)),
        };
        self.splice(changes, path)?;
        let value = Tree::of_content(content);
        self.tree.insert(path, index, key, value);
        Ok(())
    }

    /// Writes the first key of a file.
    fn begin(&self, key: &str, content: &Content) -> Changes {
        let end = self.text.len();
        let entry = self.writer.entry(key, content, 0);
        let line_end = self.writer.line_end;
        let lead = if self.text.is_empty() || self.text.ends_with(['\n', '\r']) {
            ""
        } else {
            line_end
        };
        vec![(end..end, format!("{lead}{entry}{line_end}"))]
    }

    fn insert_in_flow(
        &self,
        parts: &[Part<'_>],
        first: Option<&Part<'_>>,
        index: usize,
        key: Option<&str>,
        content: &Content,
        whole: &Part<'_>,
    ) -> Changes {
        let written = match key {
            Some(key) => self.writer.flow_entry(key, content),
            None => self.writer.flow(content),
        };
        let before = index.checked_sub(1).and_then(|before| parts.get(before));
        match (before, first) {
            (Some(before), _) => vec![(before.end..before.end, format!(", {written}"))],
            (None, Some(first)) => vec![(first.start..first.start, format!("{written}, "))],
            (None, None) => {
                let inside = whole.node.span.start() + 1;
                vec![(inside..inside, written)]
            }
        }
    }

    fn insert_lines(
        &self,
        parts: &[Part<'_>],
        first: &Part<'_>,
        index: usize,
        key: Option<&str>,
        content: &Content,
        path: &Path,
    ) -> Option<Changes> {
        let text = &self.text;
        let column = first.column(text)?;
        let written = if let Some(key) = key {
            self.writer.entry(key, content, column)
        } else {
            let Written { head, body } = self.writer.item(content, column);
            format!("-{}{body}", spaced(&head))
        };
        let line_end = self.writer.line_end;
        let margin = " ".repeat(column);
        let before = index.checked_sub(1).and_then(|before| parts.get(before));
        if let Some(before) = before {
            let at = before.next_line(text, column);
            let blank = if self.are_apart(parts, index, column) {
                line_end
            } else {
                ""
            };
            return Some(self.paste(at, &format!("{blank}{margin}{written}")));
        }
        if !first.begins_line(text) {
            let added = format!("{written}{line_end}{margin}");
            return Some(vec![(first.start..first.start, added)]);
        }
        let line = lines::start(text, first.start);
        let above = match path.steps().next() {
            Some(_) => first.first_line(text, column, 0),
            None => line,
        };
        Some(vec![(above..above, format!("{margin}{written}{line_end}"))])
    }

    /// Adds lines, given without a line end, at the beginning of a line or at the end of the text.
    fn paste(&self, at: usize, lines: &str) -> Changes {
        let line_end = self.writer.line_end;
        let is_open = at > 0 && !lines::slice(&self.text, 0..at).ends_with(['\n', '\r']);
        let added = if is_open {
            format!("{line_end}{lines}")
        } else {
            format!("{lines}{line_end}")
        };
        vec![(at..at, added)]
    }

    /// Whether a blank line separates the parts around an index, or else the two before it.
    fn are_apart(&self, parts: &[Part<'_>], index: usize, column: usize) -> bool {
        let last = parts.len().saturating_sub(1);
        let index = index.min(last);
        let pair = index
            .checked_sub(1)
            .and_then(|before| parts.get(before).zip(parts.get(index)));
        pair.is_some_and(|(before, after)| {
            let next = before.next_line(&self.text, column);
            let line = lines::slice(&self.text, next..lines::end(&self.text, next));
            next < after.start && line.trim().is_empty()
        })
    }

    /// Cuts the parts at some paths, of which none leads into another, out of their lists and mappings.
    pub(super) fn cut(&mut self, paths: &BTreeSet<Path>) -> Result<(), EditError> {
        let mut cuts: BTreeMap<Path, BTreeSet<usize>> = BTreeMap::new();
        for path in paths {
            let mut parent = path.clone();
            parent.pop();
            let step = path.steps().next_back();
            let index = step.and_then(|step| index_of(self.part(&parent).ok()?.node, step));
            let index = index.ok_or_else(|| EditError::no_such_path(path))?;
            cuts.entry(parent).or_default().insert(index);
        }
        let mut ranges = Vec::new();
        for (parent, indexes) in &cuts {
            let whole = self.part(parent)?;
            ranges.extend(
                self.ranges(&whole, indexes)
                    .ok_or_else(|| EditError::entangled(parent))?,
            );
        }
        self.splice(merged(ranges), &Path::root())?;
        // The last first, so that the paths of the others stay the same.
        for (parent, indexes) in cuts.iter().rev() {
            for index in indexes.iter().rev() {
                self.tree.cut(parent, *index);
            }
        }
        Ok(())
    }

    /// The ranges to cut, so that what is left of a list or mapping is whole.
    fn ranges(&self, whole: &Part<'_>, indexes: &BTreeSet<usize>) -> Option<Vec<Range<usize>>> {
        let parts = whole.parts(&self.text);
        let mut ranges = Vec::new();
        let mut indexes = indexes.iter().copied().peekable();
        while let Some(first) = indexes.next() {
            let mut last = first;
            while let Some(next) = indexes.next_if(|next| *next == last + 1) {
                last = next;
            }
            let run = parts.get(first..=last)?;
            let (start, end) = (run.first()?, run.last()?);
            let span = start.start..end.end;
            let next = parts.get(last + 1);
            if start.in_flow {
                let before = first.checked_sub(1).and_then(|before| parts.get(before));
                ranges.push(self.range_in_flow(span, before, next));
            } else if start.begins_line(&self.text) {
                for part in run {
                    ranges.push(self.range_of_lines(part)?);
                }
            } else {
                start.column(&self.text)?;
                ranges.push(self.range_behind_dash(span, next));
            }
        }
        Some(ranges)
    }

    /// The range of parts that follow each other between brackets or braces.
    fn range_in_flow(
        &self,
        run: Range<usize>,
        before: Option<&Part<'_>>,
        next: Option<&Part<'_>>,
    ) -> Range<usize> {
        if let Some(next) = next {
            return run.start..next.start;
        }
        if let Some(before) = before {
            return before.end..run.end;
        }
        let behind = lines::skip_blank(&self.text, run.end);
        if lines::slice(&self.text, behind..behind + 1) == "," {
            run.start..behind + 1
        } else {
            run
        }
    }

    /// The range of keys of which the first is behind a dash.
    fn range_behind_dash(&self, run: Range<usize>, next: Option<&Part<'_>>) -> Range<usize> {
        let text = &self.text;
        let blank = |next: &&Part<'_>| lines::slice(text, run.end..next.start).trim().is_empty();
        if let Some(next) = next.filter(blank) {
            return run.start..next.start;
        }
        let lead = lines::slice(text, 0..run.start).trim_end_matches(' ').len();
        lead..lines::end(text, run.end)
    }

    fn range_of_lines(&self, part: &Part<'_>) -> Option<Range<usize>> {
        let text = &self.text;
        let column = part.column(text)?;
        let end = part.next_line(text, column);
        let mut start = lines::start(text, part.start);
        let is_blank = |at: usize| {
            lines::slice(text, at..lines::end(text, at))
                .trim()
                .is_empty()
        };
        if end == text.len() && !text.ends_with(['\n', '\r']) {
            return Some(lines::before(text, start)..end);
        }
        // No two blank lines are left where one was.
        while start > 0 && is_blank(end) {
            let above = lines::start(text, lines::before(text, start));
            if above == start || !is_blank(above) {
                break;
            }
            start = above;
        }
        Some(start..end)
    }
}

/// Cuts of these ranges, which may overlap.
fn merged(mut ranges: Vec<Range<usize>>) -> Changes {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut cuts: Changes = Vec::new();
    for range in ranges {
        match cuts.last_mut() {
            Some((last, _)) if range.start < last.end => last.end = last.end.max(range.end),
            _ => cuts.push((range, String::new())),
        }
    }
    cuts
}

/// The lines of a block text, with another indentation than that of its first line.
fn indented(body: &str, line_end: &str, spaces: usize) -> String {
    let lines = || body.split(line_end).skip(1);
    let old = lines()
        .find(|line| !line.is_empty())
        .map_or(0, lines::indentation);
    let line = |line: &str| match line.get(old..) {
        Some(text) if !line.is_empty() => format!("{line_end}{}{text}", " ".repeat(spaces)),
        _ => line_end.to_owned(),
    };
    lines().map(line).collect()
}
