//! `planmaker check`: says what is missing in plans or does not fit together.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::cli::error::Error;
use planmaker::checked::Checked;
use planmaker::document::{Document, Value};
use planmaker::finding::Severity;
use planmaker::report::text::Style;
use planmaker::report::{self, FileReport, Filter, Report, Totals};
use planmaker::rules::BOOK;
use planmaker::words::Words;
use rayon::prelude::*;

use super::args::{CheckArgs, Format};
use super::source::{self, Source};
use super::{Status, fail, print};

/// Checks the plans and says what was found.
pub fn run(args: &CheckArgs, words: Words) -> Result<Status, Error> {
    let filter = filter(args)?;
    let (sources, mut errors) = source::find(&args.paths);
    let look = |source| look(source, args, &filter, words);
    let looks: Vec<Result<Look, Error>> = match sources.as_slice() {
        // One plan is checked before threads for it have started.
        [only] => vec![look(only)],
        many => many.par_iter().map(look).collect(),
    };
    let mut report = Report::default();
    for look in looks {
        match look {
            Ok(Look::Plan(file)) => report.files.push(*file),
            Ok(Look::NoPlan) => report.skipped += 1,
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
    let least = args.min_severity.map(Severity::from);
    Ok(Filter {
        least,
        only: args.only.clone(),
        skip: args.skip.clone(),
    })
}

/// What a file turned out to be.
enum Look {
    Plan(Box<FileReport>),
    NoPlan,
}

fn look(source: &Source, args: &CheckArgs, filter: &Filter, words: Words) -> Result<Look, Error> {
    let document = Document::read(&source.read()?);
    if !source.is_named && !is_plan(&document) {
        return Ok(Look::NoPlan);
    }
    let checked = Checked::new(document, args.op);
    let report = FileReport::new(&source.name(), &checked, filter, words);
    Ok(Look::Plan(Box::new(report)))
}

/// Whether a file in a folder is a plan: a mapping with `versie` and `plan`. What `render --to yaml` wrote beside a plan has
/// these too, and `feiten` besides.
fn is_plan(document: &Document) -> bool {
    match &document.root().value {
        Value::Mapping(mapping) => {
            let has = |key| mapping.contains_key(key);
            has("versie") && has("plan") && !has("feiten")
        }
        _ => false,
    }
}

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
