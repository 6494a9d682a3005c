//! The report for people: source lines with a marker, a summary per section, totals.

mod groups;
mod tail;

use std::collections::HashSet;
use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str};
use anstyle::AnsiColor;
use indexmap::IndexMap;

use super::run::{self, Summary};
use super::{FileReport, Item, SECTION_MISSING, Totals};
use crate::finding::{Argument, Severity};
use crate::plan::Plan;
use crate::value::{WIDTH, beginning, wrap};
use crate::words::{FieldText, Words, key};
use groups::{Group, fix, groups, same_in_all};
use tail::Tail;

/// The options of a report for people.
#[derive(Debug, Clone, Copy)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is an option of `check`"
)]
pub struct Style {
    /// Whether to use colours.
    pub colour: bool,
    /// Without drawing characters, for screen readers.
    pub plain: bool,
    /// With the silenced findings.
    pub show_exceptions: bool,
    /// With each tip, rather than the names of the rules.
    pub show_tips: bool,
}

/// Writes a report for people.
pub(super) struct TextWriter {
    writer: Writer,
    /// The first plan, until it is known whether there are more.
    first: Option<FileReport>,
    tail: Tail,
}

impl TextWriter {
    pub fn new(style: Style, words: Words) -> Self {
        Self {
            writer: Writer {
                style,
                many: false,
                words,
            },
            first: None,
            tail: Tail::default(),
        }
    }

    fn write(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        self.tail.add(file, &self.writer);
        self.writer.file(file, out)
    }
}

impl run::Writer for TextWriter {
    fn file(&mut self, file: FileReport, out: &mut dyn Write) -> io::Result<()> {
        if self.tail.is_empty() && self.first.is_none() {
            self.first = Some(file);
            return Ok(());
        }
        self.writer.many = true;
        if let Some(first) = self.first.take() {
            self.write(&first, out)?;
        }
        self.write(&file, out)
    }

    fn end(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        if let Some(only) = self.first.take() {
            self.write(&only, out)?;
            self.writer.sections(&only, out)?;
        }
        self.writer.tail(&self.tail, summary, out)
    }
}

/// The column up to which a finding is shown with its source line. No line that a person writes is as long, and a source line is
/// shown up to twice as far.
const FAR: usize = 1_000;

struct Writer {
    style: Style,
    /// Whether the report is about more than one plan.
    many: bool,
    words: Words,
}

impl Writer {
    fn file(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        self.findings(file, out)?;
        if !self.style.show_tips {
            self.tips(file, out)?;
        }
        if self.style.show_exceptions {
            self.exceptions(file, out)?;
        }
        Ok(())
    }

    /// Writes the findings in file order. The most severe findings of each part are shown in full, the others on one line.
    /// The first finding with a fix shows it.
    fn findings(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let shown = file.items.iter();
        let shown: Vec<&Item> = shown.filter(|item| self.shows(item)).collect();
        let mut fixes = HashSet::new();
        let mut was_blank = false;
        for group in groups(file, &shown, self.words) {
            let is_blank = matches!(group, Group::Blank(_));
            let text = match group {
                Group::One { item, in_full } => match fixes.insert(fix(item)) {
                    true if in_full => self.in_full(file, item),
                    has_new_fix => self.on_one_line(file, item, has_new_fix),
                },
                Group::Repeats(items) => {
                    let has_new_fix = fixes.insert(fix(items[0]));
                    self.folded(file, &items, has_new_fix)
                }
                Group::Blank(items) => self.blank(file, &items),
            };
            // Blank parts make a list.
            if was_blank && !is_blank {
                writeln!(out)?;
            }
            writeln!(out, "{text}")?;
            if !is_blank {
                writeln!(out)?;
            }
            was_blank = is_blank;
        }
        if was_blank {
            writeln!(out)?;
        }
        Ok(())
    }

    /// Whether a finding is shown by itself, rather than in the line with the tips of its part.
    fn shows(&self, item: &Item) -> bool {
        self.style.show_tips || item.finding.severity > Severity::Tip
    }

    fn on_one_line(&self, file: &FileReport, item: &Item, with_fix: bool) -> String {
        let text = format!("{} ({})", heading(item, self.words), place(file, item));
        self.above_fix(&text, item, with_fix)
    }

    /// A short text about a finding, with the finding's fix below it if asked for.
    fn above_fix(&self, text: &str, item: &Item, with_fix: bool) -> String {
        let text = wrap(&printable(text), 0, "    ");
        if !with_fix {
            return text;
        }
        let fix = format!("{}: {}", self.words.get(key::verslag::OPLOSSING), item.fix);
        format!("{text}\n{}", indented(&printable(&fix)))
    }

    fn in_full(&self, file: &FileReport, item: &Item) -> String {
        if self.style.plain {
            return self.plain_finding(file, item);
        }
        if item.place.start.column > FAR {
            return self.on_one_line(file, item, true);
        }
        let (line, start, end) = first_line(&file.source, item);
        let gutter = item.place.start.line.to_string().len() + " │ ".chars().count();
        let remaining = WIDTH.saturating_sub(gutter + line[..end].chars().count() + 1);
        let (beside, below) = match &item.label {
            Some(label) if label.chars().count() <= remaining => (Some(label.as_str()), None),
            label => (None, label.as_deref()),
        };
        let snippet = Snippet::source(line)
            .path(file.file.as_str())
            .line_start(item.place.start.line)
            .annotation(AnnotationKind::Primary.span(start..end).label(beside));
        let message = |name: &'static str, text: &str| {
            let text = wrap(text, gutter + name.chars().count() + 2, "");
            Level::HELP.with_name(name).message(printable(&text))
        };
        let below = below.map(|label| message(self.words.get(key::verslag::HIER), label));
        let report = [level(item.finding.severity)
            .no_name()
            .secondary_title(self.title(item))
            .element(snippet)
            .elements(below)
            .element(message(self.words.get(key::verslag::OPLOSSING), &item.fix))];
        let render = |renderer: Renderer| {
            let renderer = renderer.decor_style(DecorStyle::Unicode);
            renderer.term_width(WIDTH).render(&report)
        };
        let plain = render(Renderer::plain());
        let shown = if self.style.colour {
            render(Renderer::styled())
        } else {
            plain.clone()
        };
        // The renderer pads the source line with empty ones.
        let lines = shown.lines().zip(plain.lines());
        let lines = lines.filter(|(_, plain)| plain.trim() != "│");
        lines.map(|(line, _)| line).collect::<Vec<_>>().join("\n")
    }

    /// A finding without drawing characters, one sentence per line.
    fn plain_finding(&self, file: &FileReport, item: &Item) -> String {
        let heading = wrap(&heading(item, self.words), 0, "");
        let fix = format!("{}: {}", self.words.get(key::verslag::OPLOSSING), item.fix);
        let fix = wrap(&fix, 0, "");
        printable(&format!("{heading}\n{}\n{fix}", place(file, item)))
    }

    /// The heading of a finding, with its severity and rule in colour.
    fn title(&self, item: &Item) -> String {
        let title = printable(&wrap(&heading(item, self.words), 0, ""));
        if !self.style.colour {
            return title;
        }
        let (name, text) = title.split_once("]: ").unwrap_or((&title, ""));
        let strong = colour(item.finding.severity).on_default().bold();
        let bold = anstyle::Style::new().bold();
        format!("{strong}{name}]{strong:#}{bold}: {text}{bold:#}")
    }

    /// One line for further findings of a rule with one cause: their places, with names for those that share a place.
    fn folded(&self, file: &FileReport, items: &[&Item], with_fix: bool) -> String {
        let &[first, _, ..] = items else {
            return self.on_one_line(file, items[0], with_fix);
        };
        let start = |item: &Item| (item.place.start.line, item.place.start.column);
        let places = items.chunk_by(|one, other| start(one) == start(other));
        let places = places.map(|here| {
            let (line, column) = start(here[0]);
            let meant = here[0].finding.argument("bedoeld");
            match (here.len(), self.differences(here)) {
                (1, _) => match meant {
                    Some(meant) => format!("{line}:{column} ({}?)", self.words.argument(meant)),
                    None => format!("{line}:{column}"),
                },
                (_, Some(names)) => format!("{line}:{column} ({})", self.words.list(names)),
                (times, None) => format!("{line}:{column} ({times}×)"),
            }
        });
        let places: Vec<String> = places.collect();
        let severity = self.words.severity(first.finding.severity);
        let mut arguments = vec![
            ("ernst", Argument::from(severity)),
            ("regel", Argument::from(first.finding.rule.name)),
            ("aantal", Argument::Count(items.len())),
        ];
        let cause =
            same_in_all(first, self.words).filter(|_| first.finding.rule.name != SECTION_MISSING);
        arguments.extend(cause.map(|cause| ("wat", Argument::Whole(cause))));
        let text = self.words.text(key::verslag::NOG_VAKER, &arguments);
        let text = format!("{text} {}: {}", file.file, places.join(", "));
        self.above_fix(&text, first, with_fix)
    }

    /// A part of the plan in which nothing is answered yet, with the rules that ask for something there.
    fn blank(&self, file: &FileReport, items: &[&Item]) -> String {
        let first = items[0];
        let worst = items.iter().map(|item| item.finding.severity).max();
        let severity = worst.unwrap_or(first.finding.severity);
        let arguments = [
            ("ernst", Argument::from(self.words.severity(severity))),
            ("onderdeel", Argument::Whole(self.part(first.part()))),
            ("plaats", Argument::Whole(place(file, first))),
        ];
        let key = if file.begun_parts.contains(&first.part()) {
            key::verslag::BEGONNEN_DEEL
        } else {
            key::verslag::LEEG_DEEL
        };
        let text = self.words.text(key, &arguments);
        let text = format!("{text}: {}", rules(items.iter().copied()));
        wrap(&printable(&text), 0, "    ")
    }

    /// Writes a line with the tips of each part of the plan.
    fn tips(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let tips = file
            .items
            .iter()
            .filter(|item| !self.shows(item) && !file.is_to_be_filled_in(item));
        let mut parts: IndexMap<&str, Vec<&Item>> = IndexMap::new();
        for tip in tips {
            parts.entry(tip.part()).or_default().push(tip);
        }
        for (part, tips) in &parts {
            let name = self.words.severity(Severity::Tip);
            let tips = rules(tips.iter().copied());
            let file = if self.many {
                &format!("{}: ", file.file)
            } else {
                ""
            };
            let text = format!("{name}: {file}{}: {tips}", self.part(part));
            writeln!(out, "{}", wrap(&printable(&text), 0, "    "))?;
        }
        if !parts.is_empty() {
            writeln!(out)?;
        }
        Ok(())
    }

    /// The number and title of a section; for other parts their key.
    fn part(&self, part: &str) -> String {
        match Plan::section_number(part) {
            Some(number) => format!("{number} {}", self.words.field(part, FieldText::Label)),
            None => format!("‘{part}’"),
        }
    }

    /// Names that distinguish findings of one rule at one place: the first argument that differs for each, else all arguments
    /// that are not the same for all. `None` if there are none.
    fn differences(&self, items: &[&Item]) -> Option<Vec<String>> {
        let first = items.first()?;
        let name = |item: &Item, key: &str| {
            let argument = item.finding.argument(key);
            argument.map(|argument| self.words.argument(argument))
        };
        let mut differing = Vec::new();
        for (key, _) in &first.finding.arguments {
            let names: Option<Vec<String>> = items.iter().map(|item| name(item, key)).collect();
            let Some(names) = names else { continue };
            let different = names.iter().collect::<HashSet<_>>().len();
            if different == items.len() {
                return Some(names);
            }
            if different > 1 {
                differing.push(names);
            }
        }
        let joined = (0..items.len()).map(|nr| {
            let names = differing.iter().filter_map(|names| names.get(nr));
            names.map(String::as_str).collect::<Vec<_>>().join(" – ")
        });
        (!differing.is_empty()).then(|| joined.collect())
    }

    fn exceptions(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        for (item, reason) in &file.silenced {
            let name = self.words.get(key::verslag::UITZONDERING);
            let (rule, place) = (item.finding.rule.name, place(file, item));
            let text = printable(&format!("{name}[{rule}]: {} ({place})", item.title));
            let text = wrap(&text, 0, "    ");
            let reason = format!(
                "{}: {}",
                self.words.get(key::verslag::REDEN),
                printable(reason)
            );
            writeln!(out, "{text}\n    {}\n", wrap(&reason, 4, "    "))?;
        }
        Ok(())
    }

    /// Writes a line per section: done, or the number of findings in it.
    fn sections(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let title = |section: &str| self.words.field(section, FieldText::Label);
        let rest = self.words.get(key::verslag::REST);
        let titles = Plan::SECTIONS.into_iter().map(title).chain([rest]);
        let width = widest(titles);
        for (nr, section) in Plan::SECTIONS.into_iter().enumerate() {
            let state = if file.missing_sections.contains(&section) {
                self.words.get(key::verslag::ONTBREEKT).to_owned()
            } else if file.unread_sections.contains(&section) {
                self.words.get(key::verslag::NIET_GELEZEN).to_owned()
            } else {
                let is_this = |part: &str| part == section;
                self.state(file.totals_of(is_this), file.hidden_of(is_this))
            };
            writeln!(out, "{:>2}  {:<width$}  {state}", nr + 1, title(section))?;
        }
        let is_rest = |part: &str| !Plan::SECTIONS.contains(&part);
        let (shown, hidden) = (file.totals_of(is_rest), file.hidden_of(is_rest));
        if (shown, hidden) != Default::default() {
            writeln!(out, "    {rest:<width$}  {}", self.state(shown, hidden))?;
        }
        writeln!(out)
    }

    /// The state of a part of the plan. Hidden findings keep it from being reported as done.
    fn state(&self, shown: Totals, hidden: Totals) -> String {
        if shown == Totals::default() && hidden != Totals::default() {
            self.hidden(key::verslag::VERBORGEN, hidden)
        } else {
            self.counts(shown, key::verslag::KLAAR)
        }
    }

    fn hidden(&self, key: &str, hidden: Totals) -> String {
        let counts = self.counts(hidden, key::verslag::KLAAR);
        self.words.text(key, &[("wat", Argument::Whole(counts))])
    }

    /// "2 fouten, 1 waarschuwing", or the text under `nothing` if there are none.
    fn counts(&self, totals: Totals, nothing: &str) -> String {
        let texts = counts(totals, self.words);
        if texts.is_empty() {
            self.words.get(nothing).to_owned()
        } else {
            texts.join(", ")
        }
    }

    fn count(&self, key: &str, count: usize) -> String {
        let arguments = [("aantal", Argument::Count(count))];
        self.words.text(key, &arguments)
    }
}

/// The number of findings that a report does not list; `None` if it lists all.
pub(super) fn unlisted(totals: Totals, words: Words) -> Option<String> {
    let what = || counts(totals, words).join(", ");
    (totals.findings() > 0).then(|| {
        words.text(
            key::verslag::NIET_GETOOND,
            &[("wat", Argument::Whole(what()))],
        )
    })
}

/// "2 fouten" and "1 waarschuwing", without those that are zero.
fn counts(totals: Totals, words: Words) -> Vec<String> {
    let counts = [
        (totals.errors, key::verslag::FOUTEN),
        (totals.warnings, key::verslag::WAARSCHUWINGEN),
        (totals.tips, key::verslag::TIPS),
    ];
    let counts = counts.iter().filter(|(count, _)| *count > 0);
    let text =
        |(count, key): &(usize, &str)| words.text(key, &[("aantal", Argument::Count(*count))]);
    counts.map(text).collect()
}

/// The rules of the findings, each with its number of findings.
fn rules<'r>(items: impl Iterator<Item = &'r Item>) -> String {
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for item in items {
        *counts.entry(item.finding.rule.name).or_default() += 1;
    }
    let rules = counts.iter().map(|(rule, count)| match count {
        1 => (*rule).to_owned(),
        count => format!("{rule} ({count}×)"),
    });
    rules.collect::<Vec<_>>().join(", ")
}

/// Wraps a text below the line that it belongs to.
fn indented(text: &str) -> String {
    wrap(&format!("    {text}"), 0, "    ")
}

/// A text with a sign at its end.
fn sentence(text: &str) -> String {
    if text.ends_with(['.', '?', '!']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}

fn heading(item: &Item, words: Words) -> String {
    let severity = words.severity(item.finding.severity);
    format!("{severity}[{}]: {}", item.finding.rule.name, item.title)
}

/// The place of a finding: "plan.yaml:3:7".
fn place(file: &FileReport, item: &Item) -> String {
    let start = item.place.start;
    format!("{}:{}:{}", file.file, start.line, start.column)
}

fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> usize {
    let widths = texts.map(|text| text.chars().count());
    widths.max().unwrap_or_default()
}

const fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Tip => Level::NOTE,
    }
}

const fn colour(severity: Severity) -> AnsiColor {
    match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Tip => AnsiColor::BrightGreen,
    }
}

/// The first line of a finding, and the start and end of the finding in it, in bytes.
///
/// Of a very long line, only the part around the finding.
fn first_line<'s>(source: &'s str, item: &Item) -> (&'s str, usize, usize) {
    let byte = item.place.start.byte.min(source.len());
    let begin = source[..byte].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let rest = &source[begin..];
    // A column has at most four bytes.
    let line = beginning(rest, 8 * FAR).split(['\n', '\r']).next();
    let line = line.unwrap_or_default();
    let start = byte - begin;
    let end = item.place.end.byte.saturating_sub(begin);
    (line, start, end.clamp(start, line.len().max(start)))
}

/// Replaces characters that a terminal would act on by visible symbols.
fn printable(text: &str) -> String {
    normalize_untrusted_str(text)
}
