//! The report for people: source lines with a marker, a summary per section, totals.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str};
use anstyle::AnsiColor;

use super::{FileReport, Item, Report, Totals};
use crate::finding::{Argument, Severity};
use crate::plan::Plan;
use crate::value::{WIDTH, wrap};
use crate::words::{FieldText, Words, key};

/// The number of findings of one rule and severity that are shown one by one; the others share a line.
const REPEATS: usize = 3;
const FOLDED: usize = REPEATS + 1;

/// The number of findings in one part of the plan that are shown with their source line: about a screen.
const IN_FULL: usize = 5;

/// The options of a report for people.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Whether to use colours.
    pub colour: bool,
    /// Without drawing characters, for screen readers.
    pub plain: bool,
    /// With the silenced findings.
    pub show_exceptions: bool,
}

/// Writes a report for people.
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
    /// Writes the findings in file order. The most severe findings of each part are shown in full, the others on one line.
    /// From the fourth finding of a rule on they are folded into one line, per severity, so that no fout is hidden behind
    /// warnings.
    fn findings(&self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let mut seen: HashMap<(&str, Severity), usize> = HashMap::new();
        for (item, in_full) in file.items.iter().zip(in_full(&file.items)) {
            let count = seen.entry(kind(item)).or_default();
            *count += 1;
            let text = match *count {
                ..=REPEATS if in_full => self.in_full(file, item),
                ..=REPEATS => self.on_one_line(file, item),
                FOLDED => self.folded(file, item),
                _ => continue,
            };
            writeln!(out, "{text}\n")?;
        }
        Ok(())
    }

    fn on_one_line(&self, file: &FileReport, item: &Item) -> String {
        let text = format!("{} ({})", heading(item, self.words), place(file, item));
        wrap(&printable(&text), 0, "    ")
    }

    fn in_full(&self, file: &FileReport, item: &Item) -> String {
        if self.style.plain {
            return self.plain_finding(file, item);
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
        let renderer = if self.style.colour {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let renderer = renderer.decor_style(DecorStyle::Unicode).term_width(WIDTH);
        renderer.render(&report)
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

    /// One line for all further findings of a rule: their places, with names for those that share a place.
    fn folded(&self, file: &FileReport, first: &Item) -> String {
        let alike = file.items.iter().filter(|item| kind(item) == kind(first));
        let alike: Vec<&Item> = alike.collect();
        let start = |item: &Item| (item.place.start.line, item.place.start.column);
        let mut shown = REPEATS;
        let mut places = Vec::new();
        for here in alike.chunk_by(|one, other| start(one) == start(other)) {
            let skipped = shown.min(here.len());
            shown -= skipped;
            let times = here.len() - skipped;
            let (line, column) = start(here[0]);
            places.push(match (here.len(), times, self.differences(here)) {
                (_, 0, _) => continue,
                (1, ..) | (_, 1, None) => format!("{line}:{column}"),
                (_, _, Some(names)) => {
                    let names = self.words.list(names.into_iter().skip(skipped));
                    format!("{line}:{column} ({names})")
                }
                (_, _, None) => format!("{line}:{column} ({times}×)"),
            });
        }
        let severity = self.words.severity(first.finding.severity);
        let arguments = [
            ("ernst", Argument::from(severity)),
            ("regel", Argument::from(first.finding.rule.name)),
            ("aantal", Argument::Count(alike.len() - REPEATS)),
        ];
        let text = self.words.text(key::verslag::NOG_VAKER, &arguments);
        let text = format!("{text} {}: {}", file.file, places.join(", "));
        printable(&wrap(&text, 0, "    "))
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
            let text = wrap(
                &format!("{name}[{rule}]: {} ({place})", item.title),
                0,
                "    ",
            );
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

    /// Writes a line per plan.
    fn table(&self, files: &[FileReport], out: &mut dyn Write) -> io::Result<()> {
        let names: Vec<String> = files.iter().map(|file| printable(&file.file)).collect();
        let width = widest(names.iter().map(String::as_str));
        let heads = [
            key::verslag::KLAAR_KOP,
            key::verslag::FOUTEN_KOP,
            key::verslag::WAARSCHUWINGEN_KOP,
            key::verslag::TIPS_KOP,
        ];
        let heads = heads.map(|head| self.words.get(head));
        let plan = self.words.get(key::verslag::PLAN_KOP);
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
            key::verslag::NIETS
        } else {
            key::verslag::NIETS_GEVRAAGD
        };
        let line = self.counts(totals, nothing);
        if totals.exceptions > 0 {
            let exceptions = self.count(key::verslag::UITZONDERINGEN, totals.exceptions);
            writeln!(out, "{line} ({exceptions})")?;
        } else {
            writeln!(out, "{line}")?;
        }
        if !is_all_shown {
            writeln!(
                out,
                "{}",
                self.hidden(key::verslag::VERBORGEN_TOTAAL, hidden)
            )?;
        }
        let dropped = report.files.iter().map(|file| file.dropped).sum();
        for (count, key) in [
            (dropped, key::verslag::NIET_GETOOND),
            (report.skipped, key::verslag::OVERGESLAGEN),
        ] {
            if count > 0 {
                writeln!(out, "{}", self.count(key, count))?;
            }
        }
        Ok(())
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
        let counts = [
            (totals.errors, key::verslag::FOUTEN),
            (totals.warnings, key::verslag::WAARSCHUWINGEN),
            (totals.tips, key::verslag::TIPS),
        ];
        let counts = counts.iter().filter(|(count, _)| *count > 0);
        let texts: Vec<String> = counts.map(|(count, key)| self.count(key, *count)).collect();
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

/// Selects the findings to show in full: the most severe ones of each part of the plan, in file order.
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

/// The key by which findings are folded.
fn kind(item: &Item) -> (&'static str, Severity) {
    (item.finding.rule.name, item.finding.severity)
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
fn first_line<'s>(source: &'s str, item: &Item) -> (&'s str, usize, usize) {
    let byte = item.place.start.byte.min(source.len());
    let begin = source[..byte].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = source[begin..].split(['\n', '\r']).next();
    let line = line.unwrap_or_default();
    let start = byte - begin;
    let end = item.place.end.byte.saturating_sub(begin);
    (line, start, end.clamp(start, line.len().max(start)))
}

/// Replaces characters that a terminal would act on by visible symbols.
fn printable(text: &str) -> String {
    normalize_untrusted_str(text)
}
