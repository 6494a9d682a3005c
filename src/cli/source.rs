//! Finding and reading the files that the paths on the command line refer to.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use planmaker::{Document, Theme};

use super::error::Error;

/// A file to check.
#[derive(Debug)]
pub struct Source {
    /// The path; `-` is standard input.
    pub path: PathBuf,
    /// Whether the path itself was on the command line. Such a file counts as a plan whatever its content.
    pub is_named: bool,
}

impl Source {
    /// The name for messages: the path as given, with forward slashes.
    pub fn name(&self) -> String {
        let name = self.path.display().to_string();
        let name = name.strip_prefix("./").unwrap_or(&name);
        super::shown(&name.replace(std::path::MAIN_SEPARATOR, "/"))
    }

    pub fn read(&self) -> Result<Vec<u8>, Error> {
        read(&self.path)
    }
}

/// Reads a file, up to one byte more than the limit for plans, which is also enough to reject a theme that is too large.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let read = if is_stdin(path) {
        read_from(io::stdin().lock())
    } else {
        File::open(path).and_then(read_from)
    };
    read.map_err(|error| Error::reading(path, error))
}

/// Reads a file as [`read`] does, but returns an error for a pipe or device instead of waiting for it.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    let failed = |error| Error::reading(path, error);
    let file = open_without_waiting(path).map_err(failed)?;
    if !file.metadata().map_err(failed)?.is_file() {
        return Err(Error::NotWatched(path.to_owned()));
    }
    read_from(file).map_err(failed)
}

fn read_from(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = Document::MAX_BYTES as u64 + 1;
    input.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(unix)]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    File::options().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Reads a theme with [`read`] or [`read_file`].
pub fn theme(path: &Path, read: impl Fn(&Path) -> Result<Vec<u8>, Error>) -> Result<Theme, Error> {
    let bytes = read(path).map_err(|error| match error {
        Error::NotFound(path) => Error::NoTheme(path),
        error => error,
    })?;
    Theme::read(&bytes).map_err(|why| Error::Theme {
        path: path.to_owned(),
        why,
    })
}

/// The absolute path, which is the same for `plan.yaml` and `./plan.yaml`.
pub fn place(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// Whether a path refers to standard input.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Finds the files that the paths refer to, sorted and without duplicates, and the errors in folders.
pub fn find(paths: &[PathBuf]) -> (Vec<Source>, Vec<Error>) {
    let mut sources = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        if is_stdin(path) || !path.is_dir() {
            sources.push(Source {
                path: path.clone(),
                is_named: true,
            });
            continue;
        }
        for entry in WalkBuilder::new(path).require_git(false).build() {
            match entry {
                Ok(entry) if is_yaml(entry.path()) && is_regular(entry.path()) => {
                    sources.push(Source {
                        path: entry.into_path(),
                        is_named: false,
                    });
                }
                Ok(_) => {}
                Err(error) => errors.push(Error::searching(path, error)),
            }
        }
    }
    let key = |source: &Source| (!is_stdin(&source.path), place(&source.path));
    sources.sort_by_cached_key(|source| (key(source), !source.is_named));
    sources.dedup_by(|later, first| key(later) == key(first));
    (sources, errors)
}

/// Whether a path in a folder is a regular file: reading a named pipe would block. If that cannot be determined, it counts
/// as one, so that reading it reports the error.
fn is_regular(path: &Path) -> bool {
    path.metadata().map_or(true, |metadata| metadata.is_file())
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
    })
}
