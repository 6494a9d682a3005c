//! `planmaker check`: reports what is missing or inconsistent in plans.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::mem;
use std::path::PathBuf;

use planmaker::report::{
    FileReport, Filter, Report, ReportFormat, Selection, Skipped, Totals, text::Style,
};
use planmaker::{BOOK, Checked, Document, Severity, Words};

use super::args::{CheckArgs, Format};
use super::error::Error;
use super::recognition::why_skipped;
use super::source::{self, Source};
use super::{Status, fail, in_order, print, warn};

/// Checks the plans and writes the report, plan by plan.
pub fn run(args: &CheckArgs, words: Words) -> Result<Status, Error> {
    let filter = filter(args)?;
    let mut found = source::find(&args.paths);
    let mut outcome = Outcome::of(args, mem::take(&mut found.errors));
    let check = |source: &Source| check(source, args, &filter, words);
    // This sets whether standard output takes colours, so it comes first.
    let format = format(args);
    print(|out| {
        let mut report = Report::new(format, words, out);
        in_order::each(&found.sources, check, |source, result| match result {
            Ok(Ok(file)) => {
                outcome.add(source, file.totals());
                outcome.unless_settled(report.add(file))
            }
            Ok(Err(skipped)) => {
                report.skip(skipped);
                Ok(())
            }
            Err(error) => {
                outcome.errors.push(error);
                Ok(())
            }
        })?;
        report.end()
    })?;
    outcome.add_empty_folders(&args.paths);
    warn(found.warnings(words));
    for error in &outcome.errors {
        fail(error, words);
    }
    Ok(outcome.status())
}

/// The outcome of a run, as far as the plans are checked.
struct Outcome {
    totals: Totals,
    is_strict: bool,
    errors: Vec<Error>,
    /// The folders on the command line in which no plan was found.
    without_plans: HashSet<PathBuf>,
}

impl Outcome {
    fn of(args: &CheckArgs, errors: Vec<Error>) -> Self {
        let folders = args.paths.iter().filter(|path| source::is_folder(path));
        Self {
            totals: Totals::default(),
            is_strict: args.strict,
            errors,
            without_plans: folders.map(|folder| source::real(folder)).collect(),
        }
    }

    fn add(&mut self, source: &Source, totals: Totals) {
        self.totals.add(totals);
        if !self.without_plans.is_empty() {
            for folder in source.real.ancestors() {
                self.without_plans.remove(folder);
            }
        }
    }

    /// Adds an error for each folder on the command line in which no plan was found.
    fn add_empty_folders(&mut self, paths: &[PathBuf]) {
        let is_empty = |path: &&PathBuf| {
            // That a folder cannot be read is an error already.
            source::is_folder(path)
                && self.without_plans.contains(&source::real(path))
                && fs::read_dir(path).is_ok()
        };
        let empty = paths.iter().filter(is_empty).cloned();
        let errors: Vec<Error> = empty.map(Error::NoPlans).collect();
        self.errors.extend(errors);
    }

    /// Ignores that nobody reads the report any more, as long as other plans can change the exit status.
    fn unless_settled(&self, written: io::Result<()>) -> io::Result<()> {
        match written {
            Err(error)
                if error.kind() == io::ErrorKind::BrokenPipe && self.status() == Status::Clean =>
            {
                Ok(())
            }
            written => written,
        }
    }

    fn status(&self) -> Status {
        let Totals {
            errors, warnings, ..
        } = self.totals;
        if !self.errors.is_empty() {
            Status::Failed
        } else if errors > 0 || self.is_strict && warnings > 0 {
            Status::Findings
        } else {
            Status::Clean
        }
    }
}

fn filter(args: &CheckArgs) -> Result<Filter, Error> {
    let selections = |names: &[String]| {
        let selection =
            |name: &String| Selection::named(name).ok_or_else(|| Error::unknown_selection(name));
        names.iter().map(selection).collect::<Result<Vec<_>, _>>()
    };
    Ok(Filter {
        least: args.min_severity.map(Severity::from),
        only: selections(&args.only)?,
        skip: selections(&args.skip)?,
    })
}

/// Checks one file, unless it was found in a folder and is not meant as a plan.
fn check(
    source: &Source,
    args: &CheckArgs,
    filter: &Filter,
    words: Words,
) -> Result<Result<FileReport, Skipped>, Error> {
    let bytes = source.read()?;
    let document = Document::read(&bytes);
    let file = source.name();
    if !source.is_named
        && let Some(reason) = why_skipped(&source.path, &bytes, &document)
    {
        return Ok(Err(Skipped { file, reason }));
    }
    let checked = Checked::new(document, args.op);
    Ok(Ok(FileReport::new(&file, &checked, filter, words)))
}

fn format(args: &CheckArgs) -> ReportFormat {
    match args.format {
        Format::Text => ReportFormat::Text(Style {
            colour: args.color.colours(),
            plain: args.plain,
            show_exceptions: args.show_exceptions,
            show_tips: args.tips || names_a_rule(&args.only),
        }),
        Format::Json => ReportFormat::Json,
        Format::Sarif => ReportFormat::Sarif,
        Format::Github => ReportFormat::Github,
    }
}

/// Whether a rule is asked for by its name, so that its findings are to be shown even if they are tips.
fn names_a_rule(only: &[String]) -> bool {
    only.iter().any(|name| BOOK.named(name).is_some())
}
