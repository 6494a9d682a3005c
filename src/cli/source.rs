//! From the paths on the command line to the plans that they mean.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use planmaker::document::Document;
use planmaker::error::Error;
use planmaker::render::Theme;

/// One file to look at.
#[derive(Debug)]
pub struct Source {
    /// Where it is; `-` is standard input.
    pub path: PathBuf,
    /// Whether somebody named it, so that it counts as a plan whatever is in it.
    pub is_named: bool,
}

impl Source {
    /// Its name in messages: as it was given, with forward slashes.
    pub fn name(&self) -> String {
        let name = self.path.display().to_string();
        let name = name.strip_prefix("./").unwrap_or(&name);
        super::shown(&name.replace(std::path::MAIN_SEPARATOR, "/"))
    }

    /// Its bytes, but never much more than a plan may have.
    pub fn read(&self) -> Result<Vec<u8>, Error> {
        read(&self.path)
    }
}

/// The bytes of a file, but never more than one more than a plan or a house style may have.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let most = Document::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    let read = if is_stdin(path) {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|error| Error::reading(path, error))?;
    Ok(bytes)
}

/// The house style in a file.
pub fn theme(path: &Path) -> Result<Theme, Error> {
    let bytes = read(path).map_err(|error| match error {
        Error::NotFound(path) => Error::NoTheme(path),
        error => error,
    })?;
    Theme::read(&bytes).map_err(|why| Error::Theme {
        path: path.to_owned(),
        why,
    })
}

/// Whether a path means standard input.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// The files that the paths mean, in path order, each once; and what is wrong with the paths.
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
                Ok(entry) if is_yaml(entry.path()) && !entry.path().is_dir() => {
                    sources.push(Source {
                        path: entry.into_path(),
                        is_named: false,
                    });
                }
                Ok(_) => {}
                Err(error) => errors.push(Error::Unreadable {
                    path: path.clone(),
                    source: io::Error::other(error),
                }),
            }
        }
    }
    sources.sort_by(|a, b| (&a.path, b.is_named).cmp(&(&b.path, a.is_named)));
    sources.dedup_by(|later, first| later.path == first.path);
    (sources, errors)
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml")
}
