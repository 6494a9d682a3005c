//! `--watch`: renders again each time the plan, a template, the theme or the logo is saved, and reports how the findings changed.

mod inputs;

use planmaker::{Argument, Words, key};

use super::{Outcome, PlacedFinding, RenderArgs, once, open, report_open_points};
use crate::cli::error::Error;
use crate::cli::{self, Status, print, shown, shown_path};
use inputs::Inputs;

/// Renders now and after every save, until interrupted.
pub fn run(args: &RenderArgs, words: Words) -> Result<Status, Error> {
    let mut inputs = Inputs::of(args);
    reject_other_than_files(&inputs)?;
    let outcome = render(args, &mut inputs, words);
    if let Some(outcome) = &outcome {
        report_open_points(outcome, args)?;
    }
    if let (true, Some(outcome)) = (args.open, &outcome) {
        open(&outcome.files, words)?;
    }
    let mut last = outcome.filter(|outcome| outcome.is_whole);
    let watching = words.text(
        key::render::VOLGT,
        &[("bestand", shown_path(&args.plan).into())],
    );
    print(|out| writeln!(out, "{watching}"))?;
    loop {
        inputs.wait_for_change();
        // Findings that are absent from a partly read plan are not solved.
        let outcome = render(args, &mut inputs, words);
        let Some(outcome) = outcome.filter(|outcome| outcome.is_whole) else {
            continue;
        };
        let before = last.as_ref().unwrap_or(&outcome);
        report_changes(before, &outcome, words)?;
        last = Some(outcome);
    }
}

/// Renders once. Errors are reported but do not end the watch.
fn render(args: &RenderArgs, inputs: &mut Inputs<'_>, words: Words) -> Option<Outcome> {
    match reject_other_than_files(inputs).and_then(|()| once(args, words)) {
        Ok(outcome) => {
            inputs.exclude(&outcome.files);
            Some(outcome)
        }
        Err(error) => {
            // Otherwise, it may be because of a save that is not complete, and the next render reports it if it is not.
            if inputs.are_unchanged() {
                cli::fail(&error, words);
            }
            None
        }
    }
}

fn reject_other_than_files(inputs: &Inputs<'_>) -> Result<(), Error> {
    let path = inputs.not_a_file();
    path.map_or(Ok(()), |path| Err(Error::NotWatched(path.to_owned())))
}

/// Prints which findings are solved, which are new, and how many are left.
fn report_changes(before: &Outcome, after: &Outcome, words: Words) -> Result<(), Error> {
    let solved = missing_from(&after.findings, &before.findings);
    let new = missing_from(&before.findings, &after.findings);
    let left = words.text(key::render::NOG, &[("aantal", Argument::Count(after.left))]);
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
