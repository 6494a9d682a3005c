//! The user's own templates: a folder of files that override the built-in templates of the same name.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use planmaker::{LoadError, OwnTemplates};

use super::error::Error;

/// The maximum size of a template, in bytes.
const LARGEST: u64 = 1 << 20;

/// The maximum depth of a template below the folder.
const DEEPEST: usize = 8;

/// The templates in a folder. Each is read when a document needs it.
pub fn open(folder: &Path) -> Result<OwnTemplates, Error> {
    let real = fs::canonicalize(folder).and_then(|real| fs::read_dir(&real).map(|_| real));
    let folder = real.map_err(|source| Error::TemplateFolder {
        path: folder.to_owned(),
        source,
    })?;
    Ok(OwnTemplates::new(move |name| load(&folder, name)))
}

/// The names of all templates in a folder, without hidden files.
pub fn names(folder: &Path) -> Vec<String> {
    let files = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .max_depth(Some(DEEPEST))
        .build();
    // What cannot be read is reported if a document needs it.
    let files = files.flatten().map(ignore::DirEntry::into_path);
    let templates = files.filter(|file| is_template(file) && file.is_file());
    let mut names: Vec<String> = templates
        .filter_map(|file| {
            let inside = file.strip_prefix(folder).ok()?;
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            Some(parts.join("/"))
        })
        .collect();
    names.sort();
    names
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
    let mut text = String::new();
    let mut file = File::open(path)?.take(LARGEST + 1);
    file.read_to_string(&mut text)?;
    if text.len() as u64 > LARGEST {
        Err(io::ErrorKind::FileTooLarge.into())
    } else {
        Ok(text)
    }
}
