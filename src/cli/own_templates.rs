//! The user's own templates: a folder of files that override the built-in templates of the same name.

use std::fs::{self, DirEntry};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use planmaker::{LoadError, OwnTemplates};

use super::error::Error;
use super::source::open_without_waiting;

/// The maximum size of a template, in bytes.
const LARGEST: u64 = 1 << 20;

/// The maximum depth of a template below the folder.
pub const DEEPEST: usize = 8;

/// The maximum number of templates in a folder.
pub const MOST_FILES: usize = 1_000;

/// The maximum number of files and folders that are looked at in a folder.
const MOST_SEEN: usize = 20_000;

/// The templates in a folder. Each is read when a document needs it.
pub fn open(folder: &Path) -> Result<OwnTemplates, Error> {
    let real = fs::canonicalize(folder).and_then(|real| fs::read_dir(&real).map(|_| real));
    let folder = real.map_err(|source| Error::TemplateFolder {
        path: folder.to_owned(),
        source,
    })?;
    Ok(OwnTemplates::new(move |name| load(&folder, name)))
}

/// The templates in a folder.
#[derive(Debug, Default)]
pub struct Names {
    /// The names of the templates, in order.
    pub found: Vec<String>,
    /// The names of what may have been meant as a template, with the reason that it is not looked at.
    pub passed_over: Vec<(String, PassedOver)>,
    /// The number of files and folders seen.
    seen: usize,
}

/// The reason that a file or folder is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassedOver {
    /// A link to a folder, which may contain the link itself.
    LinkedFolder,
    /// Something that looks like a template and is not a file, such as a pipe.
    NoFile,
    /// A folder that is too deep.
    TooDeep,
    /// A folder of which not everything was looked at.
    TooMany,
}

/// The names of all templates in a folder, without hidden files.
pub fn names(folder: &Path) -> Names {
    let mut names = Names::default();
    names.add(folder, "", 1);
    names.found.sort();
    names
}

impl Names {
    /// Adds the templates in a folder with this name, which ends in `/` unless it is the folder of templates itself. What cannot
    /// be read is reported if a document needs it.
    fn add(&mut self, folder: &Path, name: &str, depth: usize) {
        let Ok(entries) = fs::read_dir(folder) else {
            return;
        };
        for entry in entries.flatten() {
            let own_name = entry.file_name().to_string_lossy().into_owned();
            if own_name.starts_with('.') {
                continue;
            }
            self.seen += 1;
            if self.seen > MOST_SEEN || self.found.len() >= MOST_FILES {
                let folder = if name.is_empty() { "." } else { name };
                self.passed_over
                    .push((folder.to_owned(), PassedOver::TooMany));
                return;
            }
            self.add_entry(&entry, format!("{name}{own_name}"), depth);
        }
    }

    fn add_entry(&mut self, entry: &DirEntry, name: String, depth: usize) {
        let path = entry.path();
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        // A link to nothing has none.
        let kind = fs::metadata(&path).map(|data| data.file_type()).ok();
        if kind.is_some_and(|kind| kind.is_dir()) {
            let name = name + "/";
            if is_link {
                self.passed_over.push((name, PassedOver::LinkedFolder));
            } else if depth >= DEEPEST {
                self.passed_over.push((name, PassedOver::TooDeep));
            } else {
                self.add(&path, &name, depth + 1);
            }
        } else if is_template(&path) {
            if kind.is_some_and(|kind| kind.is_file()) {
                self.found.push(name);
            } else {
                self.passed_over.push((name, PassedOver::NoFile));
            }
        }
    }
}

/// Whether a file is meant as a template: some editors add an extension, and the engine's own has others.
fn is_template(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let extensions = [".j2", ".css", ".jinja", ".jinja2", ".j2.txt"];
    extensions.iter().any(|extension| name.ends_with(extension))
}

/// The template of that name, if the folder has it. Neither a name nor a link can lead out of the folder.
fn load(folder: &Path, name: &str) -> Result<Option<String>, LoadError> {
    let is_inside = name
        .split('/')
        .all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']));
    if !is_inside {
        return Err(LoadError::Outside);
    }
    let path: PathBuf = match fs::canonicalize(folder.join(name)) {
        Ok(path) => path,
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
            ) =>
        {
            return Ok(None);
        }
        Err(error) => return Err(error.into()),
    };
    if !path.starts_with(folder) {
        return Err(LoadError::Outside);
    }
    Ok(Some(read(&path)?))
}

fn read(path: &Path) -> io::Result<String> {
    let file = open_without_waiting(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::ErrorKind::Unsupported.into());
    }
    let mut text = String::new();
    file.take(LARGEST + 1).read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST {
        Err(io::ErrorKind::FileTooLarge.into())
    } else {
        Ok(text)
    }
}
