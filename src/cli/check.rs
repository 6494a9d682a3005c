//! `planmaker check`: reports what is missing or inconsistent in plans.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use planmaker::report::{self, FileReport, Filter, Report, Totals, text::Style};
use planmaker::{BOOK, Checked, Document, NodeValue, Severity, Words};
use rayon::prelude::*;

use super::args::{CheckArgs, Format};
use super::error::Error;
use super::source::{self, Source};
use super::{Status, fail, print};

/// Checks the plans and writes the report.
pub fn run(args: &CheckArgs, words: Words) -> Result<Status, Error> {
    let filter = filter(args)?;
    let (sources, mut errors) = source::find(&args.paths);
    let check = |source| check(source, args, &filter, words);
    let checked: Vec<Result<Option<FileReport>, Error>> = match sources.as_slice() {
        // Checking one plan takes less time than starting threads.
        [only] => vec![check(only)],
        many => many.par_iter().map(check).collect(),
    };
    let mut report = Report::default();
    for result in checked {
        match result {
            Ok(Some(file)) => report.files.push(file),
            Ok(None) => report.skipped += 1,
            Err(error) => errors.push(error),
        }
    }
    errors.extend(empty_folders(&args.paths, &sources, &report));
    if !report.files.is_empty() {
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
    for name in args.only.iter().chain(&args.skip) {
        if BOOK.named(name).is_none() {
            return Err(Error::unknown_rule(name));
        }
    }
    Ok(Filter {
        least: args.min_severity.map(Severity::from),
        only: args.only.clone(),
        skip: args.skip.clone(),
    })
}

/// Checks one file. Returns `None` if it was found in a folder and is not a plan.
fn check(
    source: &Source,
    args: &CheckArgs,
    filter: &Filter,
    words: Words,
) -> Result<Option<FileReport>, Error> {
    let document = Document::read(&source.read()?);
    if !source.is_named && !is_plan(&document) {
        return Ok(None);
    }
    let checked = Checked::new(document, args.op);
    Ok(Some(FileReport::new(
        &source.name(),
        &checked,
        filter,
        words,
    )))
}

/// Whether a document is a plan: it has the keys `versie` and `plan`. The output of `render --to yaml`, which also has
/// `feiten`, is not one.
fn is_plan(document: &Document) -> bool {
    match &document.root().value {
        NodeValue::Mapping(mapping) => {
            let has = |key| mapping.contains_key(key);
            has("versie") && has("plan") && !has("feiten")
        }
        _ => false,
    }
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
    let folders = paths.iter().filter(|path| path.is_dir());
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
    };
    print(|out| match args.format {
        Format::Text => report::text::write(report, style, words, out),
        Format::Json => report::json::write(report, out),
        Format::Sarif => report::sarif::write(report, words, out),
        Format::Github => report::github::write(report, out),
    })
}

fn status(totals: Totals, strict: bool) -> Status {
    let counting = totals.errors + if strict { totals.warnings } else { 0 };
    if counting == 0 {
        Status::Clean
    } else {
        Status::Findings
    }
}
