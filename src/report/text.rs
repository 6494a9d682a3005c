//! The report for people: source lines with a marker, a summary per section, totals.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str};
use anstyle::AnsiColor;
use indexmap::IndexMap;

use super::{FileReport, Item, Report, Totals};
use crate::finding::{Argument, Severity};
use crate::plan::Plan;
use crate::words::Words;

/// How many findings of one rule are shown; the others share a line.
const REPEATS: usize = 3;
const FOLDED: usize = REPEATS + 1;

/// How many findings of one part of the plan are shown in full: about a screen.
const IN_FULL: usize = 5;

/// How wide the text is.
const WIDTH: usize = 80;

/// How a report is written for people.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// With colours.
    pub colour: bool,
    /// Without drawing characters, for screen readers.
    pub plain: bool,
    /// With the findings that exceptions silence.
    pub show_exceptions: bool,
}

/// Writes a report for people.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write(report: &Report, style: Style, words: Words, out: &mut dyn Write) -> io::Result<()> {
    let writer = Writer { style, words };
    for file in &report.files {
        writer.findings(file, out)?;
        if style.show_exceptions {
            writer.exceptions(file, out)?;
        }
    }
    match report.files.as_slice() {
        [file] => writer.sections(file, out)?,
        files => writer.table(files, out)?,
    }
    writer.last_lines(report, out)
}

struct Writer {
    style: Style,
    words: Words,
}

impl Writer {
    /// The findings in file order. Of a part of the plan the heaviest few are shown in full and the others in a line; the
    /// fourth finding of a rule stands for all that follow of it and weigh the same: a fout is never folded into a warning.
    fn findings(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let in_full = in_full(&file.items);
        let kind = |item: &Item| (item.finding.rule.name, item.finding.severity);
        let mut of_kind: HashMap<(&str, Severity), Vec<&Item>> = HashMap::new();
        for item in &file.items {
            of_kind.entry(kind(item)).or_default().push(item);
        }
        let mut seen: HashMap<(&str, Severity), usize> = HashMap::new();
        for (item, in_full) in file.items.iter().zip(in_full) {
            let count = seen.entry(kind(item)).or_default();
            *count += 1;
            match *count {
                ..=REPEATS if in_full => writeln!(out, "{}\n", self.finding(file, item))?,
                ..=REPEATS => writeln!(out, "{}\n", self.short(file, item))?,
                FOLDED => {
                    let others = of_kind
                        .get(&kind(item))
                        .and_then(|items| items.get(REPEATS..));
                    writeln!(
                        out,
                        "{}\n",
                        self.folded(file, item, others.unwrap_or_default())
                    )?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// A finding in a line.
    fn short(&self, file: &FileReport, item: &Item) -> String {
        let place = item.place.start;
        let text = format!(
            "{} ({}:{}:{})",
            heading(item, self.words),
            file.file,
            place.line,
            place.column
        );
        wrap(&printable(&text), 0, "    ")
    }

    fn finding(&self, file: &FileReport, item: &Item) -> String {
        if self.style.plain {
            return self.plain_finding(file, item);
        }
        let (line, start, end) = first_line(&file.source, item);
        let gutter = item.place.start.line.to_string().len() + " │ ".chars().count();
        let room = WIDTH.saturating_sub(gutter + line[..end].chars().count() + 1);
        let (beside, below) = match &item.label {
            Some(label) if label.chars().count() <= room => (Some(label.as_str()), None),
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
        let below = below.map(|label| message(self.words.get("verslag.hier"), label));
        let report = [level(item.finding.severity)
            .no_name()
            .secondary_title(self.title(item))
            .element(snippet)
            .elements(below)
            .element(message(self.words.get("verslag.oplossing"), &item.fix))];
        self.renderer().render(&report)
    }

    /// A finding without drawing: one sentence a line.
    fn plain_finding(&self, file: &FileReport, item: &Item) -> String {
        let place = item.place.start;
        let fix = format!("{}: {}", self.words.get("verslag.oplossing"), item.fix);
        let (heading, fix) = (wrap(&heading(item, self.words), 0, ""), wrap(&fix, 0, ""));
        printable(&format!(
            "{heading}\n{}:{}:{}\n{fix}",
            file.file, place.line, place.column
        ))
    }

    /// The heading of a finding, its severity and rule in colour.
    fn title(&self, item: &Item) -> String {
        let title = printable(&wrap(&heading(item, self.words), 0, ""));
        let (name, text) = title.split_once("]: ").unwrap_or((&title, ""));
        if !self.style.colour {
            return title;
        }
        let strong = colour(item.finding.severity).on_default().bold();
        let bold = anstyle::Style::new().bold();
        format!("{strong}{name}]{strong:#}{bold}: {text}{bold:#}")
    }

    fn renderer(&self) -> Renderer {
        let renderer = if self.style.colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        renderer.decor_style(DecorStyle::Unicode).term_width(WIDTH)
    }

    /// One line for all further findings of a rule. Of those that share a place it says what tells them apart.
    fn folded(&self, file: &FileReport, first: &Item, others: &[&Item]) -> String {
        let mut places: IndexMap<(usize, usize), Vec<&Item>> = IndexMap::new();
        for item in file.items.iter().filter(|item| is_alike(item, first)) {
            let place = item.place.start;
            let here = places.entry((place.line, place.column)).or_default();
            here.push(item);
        }
        let is_other = |item: &Item| others.iter().any(|other| std::ptr::eq(*other, item));
        let places = places.into_iter().filter_map(|((line, column), all)| {
            let here: Vec<bool> = all.iter().map(|item| is_other(item)).collect();
            let times = here.iter().filter(|is_other| **is_other).count();
            let place = format!("{line}:{column}");
            match (all.len(), self.differences(&all)) {
                _ if times == 0 => None,
                (1, _) => Some(place),
                (_, Some(names)) => {
                    let names = names.into_iter().zip(here);
                    let names = names.filter_map(|(name, is_other)| is_other.then_some(name));
                    Some(format!("{place} ({})", self.words.list(names)))
                }
                _ if times == 1 => Some(place),
                _ => Some(format!("{place} ({times}×)")),
            }
        });
        let arguments = [
            (
                "ernst",
                Argument::from(self.words.severity(first.finding.severity)),
            ),
            ("regel", Argument::from(first.finding.rule.name)),
            ("aantal", Argument::Count(others.len())),
        ];
        let text = self.words.text("verslag.nog_vaker", &arguments);
        let places = places.collect::<Vec<_>>().join(", ");
        printable(&wrap(&format!("{text} {}: {places}", file.file), 0, "    "))
    }

    /// What tells findings of one rule at one place apart: the first argument that is another for each of them, or else
    /// all that are not the same for all; `None` if nothing does.
    fn differences(&self, items: &[&Item]) -> Option<Vec<String>> {
        let first = items.first()?;
        let name = |item: &Item, key: &str| {
            let argument = item.finding.argument(key);
            argument.map(|argument| self.words.argument(argument))
        };
        let mut telling = Vec::new();
        for (key, _) in &first.finding.arguments {
            let names: Option<Vec<String>> = items.iter().map(|item| name(item, key)).collect();
            let Some(names) = names else { continue };
            let different = names.iter().collect::<HashSet<_>>().len();
            if different == items.len() {
                return Some(names);
            }
            if different > 1 {
                telling.push(names);
            }
        }
        let joined = (0..items.len()).map(|nr| {
            let names = telling.iter().filter_map(|names| names.get(nr));
            names.map(String::as_str).collect::<Vec<_>>().join(" – ")
        });
        (!telling.is_empty()).then(|| joined.collect())
    }

    fn exceptions(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        for (item, reason) in &file.silenced {
            let place = format!(
                "{}:{}:{}",
                file.file, item.place.start.line, item.place.start.column
            );
            let name = self.words.get("verslag.uitzondering");
            let text = format!(
                "{name}[{}]: {} ({place})",
                item.finding.rule.name, item.title
            );
            let reason = format!("{}: {}", self.words.get("verslag.reden"), printable(reason));
            writeln!(
                out,
                "{}\n    {}\n",
                wrap(&text, 0, "    "),
                wrap(&reason, 4, "    ")
            )?;
        }
        Ok(())
    }

    /// A line per section: done, or how much is found in it.
    fn sections(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let title = |section: &str| self.words.get(&format!("velden.{section}.label"));
        let rest = self.words.get("verslag.rest");
        let titles = Plan::SECTIONS
            .iter()
            .map(|section| title(section))
            .chain([rest]);
        let width = titles
            .map(|title| title.chars().count())
            .max()
            .unwrap_or_default();
        for (nr, section) in Plan::SECTIONS.iter().enumerate() {
            let state = if file.missing_sections.contains(section) {
                self.words.get("verslag.ontbreekt").to_owned()
            } else if file.unread_sections.contains(section) {
                self.words.get("verslag.niet_gelezen").to_owned()
            } else {
                let hidden = file.hidden_of(|part| part == *section);
                self.state(file.totals_of(section), hidden)
            };
            writeln!(out, "{:>2}  {:<width$}  {state}", nr + 1, title(section))?;
        }
        let is_around = |part: &str| !Plan::SECTIONS.contains(&part);
        let mut around = Totals::default();
        for item in file.items.iter().filter(|item| is_around(&item.part)) {
            around.count(item.finding.severity);
        }
        let hidden = file.hidden_of(is_around);
        if (around, hidden) != Default::default() {
            writeln!(out, "    {rest:<width$}  {}", self.state(around, hidden))?;
        }
        writeln!(out)
    }

    /// A line per plan.
    fn table(&self, files: &[FileReport], out: &mut dyn Write) -> io::Result<()> {
        let names = files
            .iter()
            .map(|file| printable(&file.file))
            .collect::<Vec<_>>();
        let width = names
            .iter()
            .map(|name| name.chars().count())
            .max()
            .unwrap_or_default();
        let heads = ["klaar_kop", "fouten_kop", "waarschuwingen_kop", "tips_kop"];
        let heads = heads.map(|head| {
            self.words
                .find(&format!("verslag.{head}"))
                .unwrap_or_default()
        });
        let plan = self.words.get("verslag.plan_kop");
        writeln!(
            out,
            "{plan:<width$}  {:>7}  {:>7}  {:>15}  {:>5}",
            heads[0], heads[1], heads[2], heads[3]
        )?;
        for (file, name) in files.iter().zip(names) {
            let totals = file.totals();
            let done = format!("{}/12", file.sections_done());
            writeln!(
                out,
                "{name:<width$}  {done:>7}  {:>7}  {:>15}  {:>5}",
                totals.errors, totals.warnings, totals.tips
            )?;
        }
        writeln!(out)
    }

    fn last_lines(&self, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let totals = report.totals();
        let mut hidden = Totals::default();
        for file in &report.files {
            hidden.add(file.hidden_of(|_| true));
        }
        let is_all_shown = hidden == Totals::default();
        let nothing = if is_all_shown {
            "verslag.niets"
        } else {
            "verslag.niets_gevraagd"
        };
        let mut line = self.counts(totals, nothing);
        if totals.exceptions > 0 {
            let count = [("aantal", Argument::Count(totals.exceptions))];
            line = format!(
                "{line} ({})",
                self.words.text("verslag.uitzonderingen", &count)
            );
        }
        writeln!(out, "{line}")?;
        if !is_all_shown {
            writeln!(out, "{}", self.hidden("verslag.verborgen_totaal", hidden))?;
        }
        let dropped = report.files.iter().map(|file| file.dropped).sum::<usize>();
        for (count, key) in [
            (dropped, "verslag.niet_getoond"),
            (report.skipped, "verslag.overgeslagen"),
        ] {
            if count > 0 {
                writeln!(
                    out,
                    "{}",
                    self.words.text(key, &[("aantal", Argument::Count(count))])
                )?;
            }
        }
        Ok(())
    }

    /// What is found in a part of the plan. It is done only if what is not shown does not say otherwise.
    fn state(&self, shown: Totals, hidden: Totals) -> String {
        if shown == Totals::default() && hidden != Totals::default() {
            self.hidden("verslag.verborgen", hidden)
        } else {
            self.counts(shown, "verslag.klaar")
        }
    }

    fn hidden(&self, key: &str, hidden: Totals) -> String {
        let what = self.counts(hidden, "verslag.klaar");
        self.words.text(key, &[("wat", Argument::Whole(what))])
    }

    /// "2 fouten, 1 waarschuwing", or what to say when there is nothing.
    fn counts(&self, totals: Totals, nothing: &str) -> String {
        let counts = [
            (totals.errors, "fouten"),
            (totals.warnings, "waarschuwingen"),
            (totals.tips, "tips"),
        ];
        let texts = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, key)| {
                self.words.text(
                    &format!("verslag.{key}"),
                    &[("aantal", Argument::Count(*count))],
                )
            });
        let texts = texts.collect::<Vec<_>>();
        if texts.is_empty() {
            self.words.get(nothing).to_owned()
        } else {
            texts.join(", ")
        }
    }
}

/// Which findings are shown in full: of each part of the plan the heaviest few, the first ones first.
fn in_full(items: &[Item]) -> Vec<bool> {
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|nr| Reverse(items[*nr].finding.severity));
    let mut shown: HashMap<&str, usize> = HashMap::new();
    let mut in_full = vec![false; items.len()];
    for nr in order {
        let of_part = shown.entry(items[nr].part.as_str()).or_default();
        in_full[nr] = *of_part < IN_FULL;
        *of_part += 1;
    }
    in_full
}

/// Whether two findings are of one rule and weigh the same.
fn is_alike(one: &Item, other: &Item) -> bool {
    (one.finding.rule.name, one.finding.severity)
        == (other.finding.rule.name, other.finding.severity)
}

fn heading(item: &Item, words: Words) -> String {
    let severity = words.severity(item.finding.severity);
    format!("{severity}[{}]: {}", item.finding.rule.name, item.title)
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

/// The line on which a finding starts, and the bytes in it that the finding is about.
fn first_line<'s>(source: &'s str, item: &Item) -> (&'s str, usize, usize) {
    let byte = item.place.start.byte.min(source.len());
    let begin = source[..byte].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = source[begin..]
        .split(['\n', '\r'])
        .next()
        .unwrap_or_default();
    let start = byte - begin;
    let end = item
        .place
        .end
        .byte
        .saturating_sub(begin)
        .clamp(start, line.len().max(start));
    (line, start, end)
}

/// Breaks a text into lines that fit, each of them `taken` characters shorter than the whole width.
#[must_use]
pub fn wrap(text: &str, taken: usize, indent: &str) -> String {
    let options = textwrap::Options::new(WIDTH.saturating_sub(taken))
        .subsequent_indent(indent)
        .break_words(false);
    textwrap::fill(text, options)
}

/// A text without characters that a terminal would act on.
fn printable(text: &str) -> String {
    normalize_untrusted_str(text)
}
