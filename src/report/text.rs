//! The report for people: source lines with a marker, a summary per section, totals.

use std::cmp::Reverse;
use std::collections::HashMap;
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
    /// fourth finding of a rule stands for all that follow of it.
    fn findings(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let in_full = in_full(&file.items);
        let mut of_rule: HashMap<&str, Vec<&Item>> = HashMap::new();
        for item in &file.items {
            of_rule.entry(item.finding.rule).or_default().push(item);
        }
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (item, in_full) in file.items.iter().zip(in_full) {
            let count = seen.entry(item.finding.rule).or_default();
            *count += 1;
            match *count {
                ..=REPEATS if in_full => writeln!(out, "{}\n", self.finding(file, item))?,
                ..=REPEATS => writeln!(out, "{}\n", self.short(file, item))?,
                FOLDED => {
                    let others = of_rule
                        .get(item.finding.rule)
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

    /// One line for all further findings of a rule.
    fn folded(&self, file: &FileReport, first: &Item, others: &[&Item]) -> String {
        let mut places: IndexMap<(usize, usize), usize> = IndexMap::new();
        for item in others {
            let place = item.place.start;
            *places.entry((place.line, place.column)).or_default() += 1;
        }
        let places = places
            .into_iter()
            .map(|((line, column), times)| match times {
                1 => format!("{line}:{column}"),
                times => format!("{line}:{column} ({times}×)"),
            });
        let arguments = [
            (
                "ernst",
                Argument::from(self.words.severity(first.finding.severity)),
            ),
            ("regel", Argument::from(first.finding.rule)),
            ("aantal", Argument::Count(others.len())),
        ];
        let text = self.words.text("verslag.nog_vaker", &arguments);
        let places = places.collect::<Vec<_>>().join(", ");
        printable(&wrap(&format!("{text} {}: {places}", file.file), 0, "    "))
    }

    fn exceptions(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        for (item, reason) in &file.silenced {
            let place = format!(
                "{}:{}:{}",
                file.file, item.place.start.line, item.place.start.column
            );
            let name = self.words.get("verslag.uitzondering");
            let text = format!("{name}[{}]: {} ({place})", item.finding.rule, item.title);
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
                self.counts(file.totals_of(section), "verslag.klaar")
            };
            writeln!(out, "{:>2}  {:<width$}  {state}", nr + 1, title(section))?;
        }
        let mut around = Totals::default();
        for item in &file.items {
            if !Plan::SECTIONS.contains(&item.part.as_str()) {
                around.count(item.finding.severity);
            }
        }
        if around != Totals::default() {
            writeln!(
                out,
                "    {rest:<width$}  {}",
                self.counts(around, "verslag.klaar")
            )?;
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
        let mut line = self.counts(totals, "verslag.niets");
        if totals.exceptions > 0 {
            let count = [("aantal", Argument::Count(totals.exceptions))];
            line = format!(
                "{line} ({})",
                self.words.text("verslag.uitzonderingen", &count)
            );
        }
        writeln!(out, "{line}")?;
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

fn heading(item: &Item, words: Words) -> String {
    let severity = words.severity(item.finding.severity);
    format!("{severity}[{}]: {}", item.finding.rule, item.title)
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
