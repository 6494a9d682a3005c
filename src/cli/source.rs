//! Finding and reading the files that the paths on the command line refer to.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use planmaker::{Document, Logo, Reference, Theme};

use super::device;
use super::error::Error;
use super::folder::Search;

/// A file to check.
#[derive(Debug)]
pub struct Source {
    /// The path; `-` is standard input.
    pub path: PathBuf,
    /// The same for all ways to write the path.
    pub real: PathBuf,
    /// Whether the path itself was on the command line. Such a file counts as a plan whatever its content.
    pub is_named: bool,
}

impl Source {
    fn named(path: PathBuf) -> Self {
        let folder = path.parent().filter(|_| !is_stdin(&path));
        let real_path = folder.zip(path.file_name()).map(|(folder, name)| {
            let folder = if folder == Path::new("") {
                Path::new(".")
            } else {
                folder
            };
            real(folder).join(name)
        });
        Self {
            real: real_path.unwrap_or_else(|| path.clone()),
            path,
            is_named: true,
        }
    }

    /// A file in a folder on the command line.
    pub const fn found(path: PathBuf, real: PathBuf) -> Self {
        Self {
            path,
            real,
            is_named: false,
        }
    }

    /// The name for messages: the path as given, with forward slashes.
    pub fn name(&self) -> String {
        let name = self.path.display().to_string();
        let name = name.replace(std::path::MAIN_SEPARATOR, "/");
        super::shown(name.strip_prefix("./").unwrap_or(&name))
    }

    pub fn read(&self) -> Result<Vec<u8>, Error> {
        read(&self.path)
    }
}

/// Reads a file, up to one byte more than the limit for plans, which is also enough to reject a theme that is too large.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    device::refuse(path)?;
    let read = if is_stdin(path) {
        read_from(io::stdin().lock())
    } else {
        File::open(path).and_then(read_from)
    };
    read.map_err(|error| Error::reading(path, error))
}

/// Reads the house style of a Word file, up to one byte more than its limit.
pub fn reference(path: &Path) -> Result<Reference, Error> {
    device::refuse(path)?;
    let failed = |source| match Error::reading(path, source) {
        Error::NotFound(path) => Error::NoReference(path),
        error => error,
    };
    let file = open_without_waiting(path).map_err(failed)?;
    let mut bytes = Vec::new();
    file.take(Reference::MAX_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Reference::read(&bytes).map_err(|why| Error::Reference {
        path: path.to_owned(),
        why,
    })
}

/// Reads a file as [`read`] does, but returns an error for a pipe or device instead of waiting for it.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Error> {
    device::refuse(path)?;
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

/// Opens a file. A pipe that nobody writes to does not make it wait.
#[cfg(unix)]
pub fn open_without_waiting(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;

    let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
    File::options().read(true).custom_flags(flags).open(path)
}

#[cfg(not(unix))]
pub fn open_without_waiting(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// Reads a theme with [`read`] or [`read_file`]. Returns its bytes as well: a pipe can be read only once.
pub fn theme(
    path: &Path,
    read: impl Fn(&Path) -> Result<Vec<u8>, Error>,
) -> Result<(Theme, Vec<u8>), Error> {
    let bytes = read(path).map_err(|error| match error {
        Error::NotFound(path) => Error::NoTheme(path),
        error => error,
    })?;
    match Theme::read(&bytes) {
        Ok(theme) => Ok((theme, bytes)),
        Err(why) => Err(Error::Theme {
            path: path.to_owned(),
            why,
        }),
    }
}

/// Reads a logo likewise.
pub fn logo(
    path: &Path,
    read: impl Fn(&Path) -> Result<Vec<u8>, Error>,
) -> Result<(Logo, Vec<u8>), Error> {
    let bytes = read(path).map_err(|error| match error {
        Error::NotFound(path) => Error::NoLogo(path),
        error => error,
    })?;
    match Logo::read(&bytes) {
        Ok(logo) => Ok((logo, bytes)),
        Err(why) => Err(Error::Logo {
            path: path.to_owned(),
            why,
        }),
    }
}

/// The absolute path.
fn place(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

/// The path of a folder without links and `..`, so the same for all ways to write it.
pub fn real(folder: &Path) -> PathBuf {
    fs::canonicalize(folder).unwrap_or_else(|_| place(folder))
}

/// Whether a path refers to standard input.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Whether a path refers to a folder.
pub fn is_folder(path: &Path) -> bool {
    !is_stdin(path) && path.is_dir()
}

/// Finds the files that the paths refer to, sorted and without duplicates.
pub fn find(paths: &[PathBuf]) -> Search {
    let mut search = Search::default();
    let (folders, named): (Vec<&PathBuf>, Vec<&PathBuf>) =
        paths.iter().partition(|path| is_folder(path));
    // A file that is named and found counts as named.
    search
        .sources
        .extend(named.into_iter().cloned().map(Source::named));
    for folder in folders {
        search.search(folder, real(folder));
    }
    let sources = &mut search.sources;
    let mut seen = HashSet::new();
    sources.retain(|source| seen.insert(source.real.clone()));
    sources.sort_by_cached_key(|source| (!is_stdin(&source.path), place(&source.path)));
    search
}
