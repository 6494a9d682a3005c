//! The documents that are rendered: written together when all are there, reported and opened.

use std::path::PathBuf;

use planmaker::{Argument, Words, key};

use super::targets::{self, Target};
use super::{RenderArgs, To};
use crate::cli::error::Error;
use crate::cli::writing::{Batch, Existing};
use crate::cli::{print, print_bytes, shown_path, warn};

/// The maximum number of documents that `--open` opens: each takes a window.
const MAX_OPENED: usize = 10;

/// The documents that are rendered and not written yet.
#[derive(Debug)]
pub struct Output {
    files: Batch,
    /// The only document, if it goes to standard output.
    to_stdout: Vec<u8>,
    has_empty_calendar: bool,
}

impl Output {
    pub fn of(args: &RenderArgs) -> Result<Self, Error> {
        let mut files = Batch::new(Existing::Replace);
        if let Some(folder) = targets::folder(args) {
            files.create_folder(folder)?;
        }
        Ok(Self {
            files,
            to_stdout: Vec::new(),
            has_empty_calendar: false,
        })
    }

    pub fn add(&mut self, target: &Target<'_>, document: Vec<u8>) -> Result<(), Error> {
        self.has_empty_calendar |= target.to == To::Ics && is_empty_calendar(&document);
        if let Some(file) = &target.file {
            return self.files.add(file, document);
        }
        self.to_stdout = document;
        Ok(())
    }

    /// Writes all documents, and returns the files.
    pub fn write(self, words: Words) -> Result<Vec<PathBuf>, Error> {
        let (files, written) = self.files.commit();
        let reported = report_written(&files, words);
        written?;
        reported?;
        print_bytes(&self.to_stdout)?;
        if self.has_empty_calendar {
            warn([words.get(key::render::LEGE_AGENDA).to_owned()]);
        }
        Ok(files)
    }
}

/// Whether a calendar has no events. Programs for calendars do not say so when they read it.
fn is_empty_calendar(calendar: &[u8]) -> bool {
    let event = b"BEGIN:VEVENT";
    !calendar.windows(event.len()).any(|piece| piece == event)
}

/// Prints the names of the files that were written.
fn report_written(files: &[PathBuf], words: Words) -> Result<(), Error> {
    let text = words.get(key::render::GESCHREVEN);
    print(|out| {
        files
            .iter()
            .try_for_each(|file| writeln!(out, "{}", text.replace("{bestand}", &shown_path(file))))
    })
}

/// Opens the documents in the user's default programs, if they are many only the first.
pub fn open(files: &[PathBuf], words: Words) -> Result<(), Error> {
    let opened = &files[..files.len().min(MAX_OPENED)];
    for file in opened {
        // A relative path could be read as an option or an address: `-x.html`, `mailto:x.html`.
        let absolute = std::path::absolute(file);
        let opened = absolute.is_ok_and(|file| opener::open(file).is_ok());
        opened
            .then_some(())
            .ok_or_else(|| Error::NotOpened(file.clone()))?;
    }
    if opened.len() == files.len() {
        return Ok(());
    }
    let numbers = [
        ("documenten", Argument::Count(files.len())),
        ("aantal", Argument::Count(opened.len())),
    ];
    print(|out| writeln!(out, "{}", words.text(key::render::GEOPEND, &numbers)))
}
