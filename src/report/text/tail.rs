//! The end of a report for people: a line per plan, the totals, the skipped files, and where to begin.

use std::cmp::Reverse;
use std::io::{self, Write};

use super::{
    FileReport, Item, Summary, Totals, Writer, place, printable, sentence, unlisted, widest,
};
use crate::finding::{Argument, Severity};
use crate::report::{Commented, SkipReason};
use crate::value::wrap;
use crate::words::key;

/// The number of answers behind a `#` that are named.
const MOST_COMMENTED: usize = 5;

/// What the end of the report says about the plans.
#[derive(Debug, Default)]
pub(super) struct Tail {
    plans: Vec<Row>,
    hidden: Totals,
    /// The findings that are counted but not listed.
    unlisted: Totals,
    /// Whether tips are shown by the names of their rules only.
    has_folded_tips: bool,
    first_to_solve: Option<First>,
    /// The first answers behind a `#`, with their places.
    commented: Vec<String>,
    /// The number of all answers behind a `#`.
    commented_count: usize,
}

/// The line about a plan.
#[derive(Debug)]
struct Row {
    file: String,
    sections_done: usize,
    totals: Totals,
}

/// The finding to solve first.
#[derive(Debug)]
struct First {
    /// Findings with a smaller weight come before it.
    weight: (Reverse<Option<Severity>>, usize),
    place: String,
    title: String,
    rule: &'static str,
    /// What there is to say about a plan that has few answers yet.
    beginning: Option<&'static str>,
}

impl Tail {
    pub fn is_empty(&self) -> bool {
        self.plans.is_empty()
    }

    pub fn add(&mut self, file: &FileReport, writer: &Writer) {
        self.plans.push(Row {
            file: file.file.clone(),
            sections_done: file.sections_done(),
            totals: file.totals(),
        });
        self.hidden.add(file.hidden_of(|_| true));
        self.unlisted.add(file.unlisted());
        self.has_folded_tips |= file.items.iter().any(|item| !writer.shows(item));
        self.add_commented(file);
        self.add_first_to_solve(file);
    }

    fn add_commented(&mut self, file: &FileReport) {
        let name = |it: &Commented| format!("‘{}’ ({}:{})", it.key, file.file, it.line);
        let named = file.commented.iter().map(name);
        let free = MOST_COMMENTED - self.commented.len();
        self.commented.extend(named.take(free));
        self.commented_count += file.commented.len();
    }

    /// The finding to solve first is a heaviest one, and of those the one that most others wait for. A file that can be read
    /// comes before its contents, and each section builds on those before it. A blank plan is filled in from the beginning.
    fn add_first_to_solve(&mut self, file: &FileReport) {
        let is_new = file.is_new();
        let weight = |item: &&Item| {
            let severity = (!is_new).then_some(item.finding.severity);
            (Reverse(severity), item.order())
        };
        let items = file.items.iter();
        let counting = items.filter(|item| item.finding.severity > Severity::Tip);
        let Some(item) = counting.min_by_key(weight) else {
            return;
        };
        let weight = weight(&item);
        let first = self.first_to_solve.as_ref();
        if first.is_some_and(|first| first.weight <= weight) {
            return;
        }
        let beginning = if file.is_blank() {
            Some(key::verslag::LEEG)
        } else {
            is_new.then_some(key::verslag::BEGONNEN)
        };
        self.first_to_solve = Some(First {
            weight,
            place: place(file, item),
            title: item.title.clone(),
            rule: item.finding.rule.name,
            beginning,
        });
    }
}

impl Writer {
    /// Writes the end of the report.
    pub(super) fn tail(
        &self,
        tail: &Tail,
        summary: &Summary,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if tail.is_empty() {
            return self.skipped(summary, out);
        }
        if self.many {
            self.table(&tail.plans, out)?;
        }
        self.last_lines(tail, summary.totals, out)?;
        self.skipped(summary, out)?;
        self.next_steps(tail, out)
    }

    /// Writes a line per plan.
    fn table(&self, plans: &[Row], out: &mut dyn Write) -> io::Result<()> {
        let names = plans.iter().map(|row| printable(&row.file));
        let width = names.map(|name| widest([name.as_str()].into_iter())).max();
        let width = width.unwrap_or_default();
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
        for row in plans {
            let (name, totals) = (printable(&row.file), row.totals);
            let done = format!("{}/12", row.sections_done);
            writeln!(
                out,
                "{name:<width$}  {done:>7}  {:>7}  {:>15}  {:>5}",
                totals.errors, totals.warnings, totals.tips
            )?;
        }
        writeln!(out)
    }

    fn last_lines(&self, tail: &Tail, totals: Totals, out: &mut dyn Write) -> io::Result<()> {
        let is_all_shown = tail.hidden == Totals::default();
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
                self.hidden(key::verslag::VERBORGEN_TOTAAL, tail.hidden)
            )?;
        }
        if let Some(text) = unlisted(tail.unlisted, self.words) {
            writeln!(out, "{text}")?;
        }
        Ok(())
    }

    /// Writes the names of the files that were not checked, by reason.
    fn skipped(&self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        for reason in SkipReason::ALL {
            let files = summary.skipped.iter().filter(|it| it.reason == reason);
            let files: Vec<&str> = files.map(|it| it.file.as_str()).collect();
            if !files.is_empty() {
                let key = format!("verslag.overgeslagen.{}", reason.key());
                let text = format!("{}: {}", self.words.get(&key), files.join(", "));
                writeln!(out, "{}", wrap(&printable(&text), 0, "    "))?;
            }
        }
        Ok(())
    }

    /// Writes where to begin, where rules are explained, and how to see the tips.
    fn next_steps(&self, tail: &Tail, out: &mut dyn Write) -> io::Result<()> {
        let mut lines: Vec<String> = self.commented(tail).into_iter().collect();
        if let Some(first) = &tail.first_to_solve {
            let arguments = [
                ("plaats", Argument::Whole(first.place.clone())),
                ("titel", Argument::Whole(sentence(&first.title))),
                ("regel", Argument::from(first.rule)),
            ];
            lines.extend(first.beginning.map(|key| self.words.get(key).to_owned()));
            lines.push(self.words.text(key::verslag::BEGIN, &arguments));
            lines.push(self.words.text(key::verslag::UITLEG, &arguments));
        }
        if tail.has_folded_tips {
            lines.push(match tail.plans.as_slice() {
                [only] => {
                    let plan = [("plan", Argument::Whole(only.file.clone()))];
                    self.words.text(key::verslag::TIPS_VOLUIT, &plan)
                }
                _ => self.words.get(key::verslag::TIPS_VOLUIT_MAP).to_owned(),
            });
        }
        if !lines.is_empty() {
            writeln!(out)?;
        }
        for line in lines {
            writeln!(out, "{}", wrap(&printable(&line), 0, "    "))?;
        }
        Ok(())
    }

    /// A line about answers that are commented out.
    fn commented(&self, tail: &Tail) -> Option<String> {
        let count = tail.commented_count;
        if count == 0 {
            return None;
        }
        let mut named = tail.commented.clone();
        if count > MOST_COMMENTED {
            let more = [("aantal", Argument::Count(count - MOST_COMMENTED))];
            named.push(self.words.text(key::verslag::EN_ANDERE, &more));
        }
        let arguments = [("antwoorden", Argument::Whole(self.words.list(named)))];
        Some(self.words.text(key::verslag::ACHTER_HEKJE, &arguments))
    }
}
