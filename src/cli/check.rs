//! `planmaker check`: reports what is missing or inconsistent in plans.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use planmaker::report::{
    self, FileReport, Filter, Report, Selection, Skipped, Totals, text::Style,
};
use planmaker::{BOOK, Checked, Document, Severity, Words};
use rayon::prelude::*;

use super::args::{CheckArgs, Format};
use super::error::Error;
use super::recognition::why_skipped;
use super::source::{self, Source};
use super::{Status, fail, print};

/// Checks the plans and writes the report.
pub fn run(args: &CheckArgs, words: Words) -> Result<Status, Error> {
    let filter = filter(args)?;
    let (sources, mut errors) = source::find(&args.paths);
    let check = |source| check(source, args, &filter, words);
    let checked: Vec<Result<Result<FileReport, Skipped>, Error>> = match sources.as_slice() {
        // Checking one plan takes less time than starting threads.
        [only] => vec![check(only)],
        many => many.par_iter().map(check).collect(),
    };
    let mut report = Report::default();
    for result in checked {
        match result {
            Ok(Ok(file)) => report.files.push(file),
            Ok(Err(skipped)) => report.skipped.push(skipped),
            Err(error) => errors.push(error),
        }
    }
    errors.extend(empty_folders(&args.paths, &sources, &report));
    if !report.files.is_empty() || !report.skipped.is_empty() {
        write(&report, args, words)?;
    }
    for error in &errors {
        fail(error, words);
    }
    Ok(if errors.is_empty() {
        status(report.totals(), args.strict)
    } else {
        Status::Failed
    })
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

/// Returns an error for each folder on the command line in which no plan was found.
fn empty_folders(paths: &[PathBuf], sources: &[Source], report: &Report) -> Vec<Error> {
    let plans: HashSet<&str> = report.files.iter().map(|file| file.file.as_str()).collect();
    let has_plan = |folder: &Path| {
        let folder = source::place(folder);
        let mut inside = sources
            .iter()
            .filter(|source| source::place(&source.path).starts_with(&folder));
        inside.any(|source| plans.contains(source.name().as_str()))
    };
    // That a folder cannot be read is an error already.
    let folders = paths.iter().filter(|path| fs::read_dir(path).is_ok());
    folders
        .filter(|folder| !has_plan(folder))
        .map(|folder| Error::NoPlans(folder.clone()))
        .collect()
}

fn write(report: &Report, args: &CheckArgs, words: Words) -> Result<(), Error> {
    let style = Style {
        colour: args.color.colours(),
        plain: args.plain,
        show_exceptions: args.show_exceptions,
        show_tips: args.tips || names_a_rule(&args.only),
    };
    print(|out| match args.format {
        Format::Text => report::text::write(report, style, words, out),
        Format::Json => report::json::write(report, out),
        Format::Sarif => report::sarif::write(report, words, out),
        Format::Github => report::github::write(report, out),
    })
}

/// Whether a rule is asked for by its name, so that its findings are to be shown even if they are tips.
fn names_a_rule(only: &[String]) -> bool {
    only.iter().any(|name| BOOK.named(name).is_some())
}

fn status(totals: Totals, strict: bool) -> Status {
    let counting = totals.errors + if strict { totals.warnings } else { 0 };
    if counting == 0 {
        Status::Clean
    } else {
        Status::Findings
    }
}
