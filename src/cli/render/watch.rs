//! `--watch`: renders again each time the plan, a template or the theme is saved, and reports how the findings changed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecursiveMode, Watcher};
use planmaker::{Argument, Words, key};

use super::{Outcome, PlacedFinding, RenderArgs, once, open, report_open_points};
use crate::cli::error::Error;
use crate::cli::{self, Status, print, shown, shown_path};

/// Editors save in several steps: events within this time of each other count as one save.
const DEBOUNCE: Duration = Duration::from_millis(100);

/// Renders now and after every save, until interrupted.
pub fn run(args: &RenderArgs, words: Words) -> Result<Status, Error> {
    let (sender, events) = channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(|error| refused(args, error))?;
    for (folder, mode) in folders(args) {
        watcher
            .watch(&folder, mode)
            .map_err(|error| refused(args, error))?;
    }
    let outcome = render(args, words);
    if let Some(outcome) = &outcome {
        report_open_points(outcome, args, words)?;
    }
    if let (true, Some(outcome)) = (args.open, &outcome) {
        open(&outcome.files)?;
    }
    let mut last = outcome.filter(|outcome| outcome.is_whole);
    let watching = words.text(
        key::render::VOLGT,
        &[("bestand", shown_path(&args.plan).into())],
    );
    print(|out| writeln!(out, "{watching}"))?;
    while next_save(&events, args) {
        // Findings that are absent from a partly read plan are not solved.
        let Some(outcome) = render(args, words).filter(|outcome| outcome.is_whole) else {
            continue;
        };
        let before = last.as_ref().unwrap_or(&outcome);
        report_changes(&before.findings, &outcome.findings, words)?;
        last = Some(outcome);
    }
    Ok(Status::Clean)
}

/// Renders once. Errors are reported but do not end the watch.
fn render(args: &RenderArgs, words: Words) -> Option<Outcome> {
    once(args, words)
        .inspect_err(|error| {
            cli::fail(error, words);
        })
        .ok()
}

fn refused(args: &RenderArgs, error: notify::Error) -> Error {
    let source = match error.kind {
        notify::ErrorKind::Io(error) => Some(error),
        notify::ErrorKind::PathNotFound => Some(io::ErrorKind::NotFound.into()),
        _ => None,
    };
    Error::NotWatched {
        path: args.plan.clone(),
        source,
    }
}

/// The folders to watch. Files are watched through their folder, because editors replace files when saving.
fn folders(args: &RenderArgs) -> Vec<(PathBuf, RecursiveMode)> {
    let parent = |file: &PathBuf| match file.parent() {
        Some(folder) if folder != Path::new("") => folder.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut files: Vec<PathBuf> = std::iter::once(&args.plan)
        .chain(&args.theme)
        .map(parent)
        .collect();
    files.dedup();
    let templates = args.templates.iter().cloned();
    files
        .into_iter()
        .map(|folder| (folder, RecursiveMode::NonRecursive))
        .chain(templates.map(|folder| (folder, RecursiveMode::Recursive)))
        .collect()
}

/// Waits for a save of an input file. Returns false if the watcher has stopped.
fn next_save(events: &Receiver<notify::Result<Event>>, args: &RenderArgs) -> bool {
    loop {
        match events.recv() {
            Ok(Ok(event)) if is_save(&event, args) => break,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    loop {
        match events.recv_timeout(DEBOUNCE) {
            Ok(_) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
}

/// Whether an input file was written, not only read.
fn is_save(event: &Event, args: &RenderArgs) -> bool {
    let writes = match event.kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        _ => true,
    };
    writes
        && event.paths.iter().any(|path| {
            path.file_name() == args.plan.file_name()
                || path.extension().is_some_and(|it| it == "j2" || it == "css")
        })
}

/// Prints which findings are solved, which are new, and how many are left.
fn report_changes(
    before: &[PlacedFinding],
    after: &[PlacedFinding],
    words: Words,
) -> Result<(), Error> {
    let solved = missing_from(after, before);
    let new = missing_from(before, after);
    let left = words.text(
        key::render::NOG,
        &[("aantal", Argument::Count(after.len()))],
    );
    print(|out| {
        for finding in solved {
            writeln!(out, "{}", line(key::render::OPGELOST, finding, words))?;
        }
        for finding in new {
            writeln!(out, "{}", line(key::render::NIEUW, finding, words))?;
        }
        writeln!(out, "{left}")
    })
}

/// The findings in `these` that are not in `others`, compared by rule and path.
fn missing_from<'n>(
    others: &[PlacedFinding],
    these: &'n [PlacedFinding],
) -> Vec<&'n PlacedFinding> {
    let known: std::collections::HashSet<_> = others
        .iter()
        .map(|it| (it.rule, it.path.as_str()))
        .collect();
    these
        .iter()
        .filter(|it| !known.contains(&(it.rule, it.path.as_str())))
        .collect()
}

fn line(key: &str, finding: &PlacedFinding, words: Words) -> String {
    words
        .get(key)
        .replace("{plek}", &format!("{}:{}", finding.line, finding.column))
        .replace("{ernst}", words.severity(finding.severity))
        .replace("{regel}", finding.rule)
        .replace("{titel}", &shown(&finding.title))
}
