//! Where templates come from: a folder of the user's own, file by file, and else the program itself.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use minijinja::{Error, ErrorKind};

use super::RenderError;

/// A template is not larger than this.
const LARGEST: u64 = 1 << 20;

/// Loads templates from a folder, and from the program what the folder does not have.
pub(super) fn of(
    overlay: Option<&Path>,
) -> Result<impl Fn(&str) -> Result<Option<String>, Error> + Send + Sync + 'static, RenderError> {
    let overlay = overlay.map(Overlay::at).transpose()?;
    Ok(move |name: &str| {
        if let Some(own) = overlay
            .as_ref()
            .map(|overlay| overlay.find(name))
            .transpose()?
            .flatten()
        {
            return Ok(Some(own));
        }
        Ok(embedded(name).map(str::to_owned))
    })
}

/// What `new` lays a plan out with: it is no template of a document.
pub(super) const SCAFFOLD: &str = "plan.yaml.j2";

/// The program's own templates by name, for who wants to adapt them.
#[must_use]
pub fn templates() -> BTreeMap<String, String> {
    TEMPLATES
        .iter()
        .filter(|(name, _)| *name != SCAFFOLD)
        .map(|(name, source)| ((*name).to_owned(), (*source).to_owned()))
        .collect()
}

// `TEMPLATES`, which build.rs makes of the files in templates/.
include!(concat!(env!("OUT_DIR"), "/templates.rs"));

/// The program's own template of that name.
fn embedded(name: &str) -> Option<&'static str> {
    let nr = TEMPLATES
        .binary_search_by_key(&name, |(known, _)| known)
        .ok()?;
    TEMPLATES.get(nr).map(|(_, source)| *source)
}

/// A folder that lies over the program's own templates.
struct Overlay {
    folder: PathBuf,
}

impl Overlay {
    fn at(folder: &Path) -> Result<Self, RenderError> {
        let real = fs::canonicalize(folder).and_then(|real| match fs::read_dir(&real) {
            Ok(_) => Ok(real),
            Err(error) => Err(error),
        });
        let folder = real.map_err(|source| RenderError::Folder {
            folder: folder.to_owned(),
            source,
        })?;
        Ok(Self { folder })
    }

    /// The template of that name, if the folder has it. A name cannot lead out of the folder, nor can a link in it.
    fn find(&self, name: &str) -> Result<Option<String>, Error> {
        let is_inside = name
            .split('/')
            .all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']));
        if !is_inside {
            return Err(refused(name));
        }
        let path = match fs::canonicalize(self.folder.join(name)) {
            Ok(path) => path,
            Err(error) if is_absent(&error) => return Ok(None),
            Err(error) => return Err(unreadable(name, error)),
        };
        if !path.starts_with(&self.folder) {
            return Err(refused(name));
        }
        read(&path)
            .map(Some)
            .map_err(|error| unreadable(name, error))
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
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

fn refused(name: &str) -> Error {
    Error::new(
        ErrorKind::TemplateNotFound,
        format!("`{name}` leads out of the folder with templates"),
    )
}

/// A template that is there and cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{name} cannot be read: {source}")]
pub(super) struct Unreadable {
    pub name: String,
    pub source: io::Error,
}

/// Another kind of error than of a template that is not there: of that the template engine looks no further at the reason.
fn unreadable(name: &str, source: io::Error) -> Error {
    let unreadable = Unreadable {
        name: name.to_owned(),
        source,
    };
    Error::new(ErrorKind::InvalidOperation, unreadable.to_string()).with_source(unreadable)
}
