//! The templates that documents are rendered with: the caller's own, else the built-in ones.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fmt, io};

use minijinja::{Error, ErrorKind};

use super::{environment, limits};

/// The user's own templates. Each overrides the built-in template of the same name.
///
/// The caller reads them, one by one and only when a document needs them: the library does not access the file system.
#[derive(Clone)]
pub struct OwnTemplates {
    load: Arc<Load>,
    used: Arc<Mutex<BTreeSet<String>>>,
    most_steps: u64,
}

type Load = dyn Fn(&str) -> Result<Option<String>, LoadError> + Send + Sync;

/// The reason why one of the user's own templates was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The name or a link leads out of the folder with templates.
    #[error("leads out of the folder with templates")]
    Outside,
    /// The template exists and cannot be read.
    #[error(transparent)]
    Unreadable(#[from] io::Error),
}

impl OwnTemplates {
    /// Templates loaded with a function that returns the source of the template with that name, if there is one.
    pub fn new(
        load: impl Fn(&str) -> Result<Option<String>, LoadError> + Send + Sync + 'static,
    ) -> Self {
        Self {
            load: Arc::new(load),
            used: Arc::default(),
            most_steps: environment::FUEL,
        }
    }

    /// The templates with a lower limit on the steps that a document takes than that of all documents.
    #[must_use]
    pub fn with_most_steps(self, most_steps: u64) -> Self {
        Self { most_steps, ..self }
    }

    pub(super) fn most_steps(&self) -> u64 {
        self.most_steps
    }

    /// The source of the template with that name, if there is one.
    pub fn load(&self, name: &str) -> Result<Option<String>, LoadError> {
        (self.load)(name)
    }

    /// The names of the templates that documents loaded so far, whether they were there or not.
    pub(crate) fn used(&self) -> BTreeSet<String> {
        self.used
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Whether these are the same templates, rather than others with the same names.
    pub(super) fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.used, &other.used)
    }

    fn record(&self, name: &str) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.insert(name.to_owned());
    }
}

/// Templates in memory: their names with their sources.
impl<N: Into<String>, S: Into<String>> FromIterator<(N, S)> for OwnTemplates {
    fn from_iter<T: IntoIterator<Item = (N, S)>>(templates: T) -> Self {
        let templates: HashMap<String, String> = templates
            .into_iter()
            .map(|(name, source)| (name.into(), source.into()))
            .collect();
        Self::new(move |name| Ok(templates.get(name).cloned()))
    }
}

impl fmt::Debug for OwnTemplates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OwnTemplates")
    }
}

/// Loads the user's own templates, and the built-in ones that these do not override.
pub(super) fn of(
    own: Option<OwnTemplates>,
) -> impl Fn(&str) -> Result<Option<String>, Error> + Send + Sync + 'static {
    move |name| {
        let own = own.as_ref().map(|own| {
            own.record(name);
            own.load(name)
        });
        let own = own.transpose();
        match own.map_err(|error| refused(name, error))?.flatten() {
            None => Ok(built_in(name).map(str::to_owned)),
            Some(source) => match limits::check_source(name, &source) {
                Ok(()) => Ok(Some(source)),
                Err(error) => {
                    let detail = error.to_string();
                    Err(Error::new(ErrorKind::InvalidOperation, detail).with_source(error))
                }
            },
        }
    }
}

/// The built-in templates by name.
#[must_use]
pub fn templates() -> BTreeMap<String, String> {
    TEMPLATES
        .iter()
        .map(|(name, source)| ((*name).to_owned(), (*source).to_owned()))
        .collect()
}

/// The names of the built-in templates.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    TEMPLATES.iter().map(|(name, _)| *name)
}

// `TEMPLATES`, which build.rs generates from the files in templates/.
include!(concat!(env!("OUT_DIR"), "/templates.rs"));

pub(super) fn built_in(name: &str) -> Option<&'static str> {
    let nr = TEMPLATES
        .binary_search_by_key(&name, |(known, _)| known)
        .ok()?;
    TEMPLATES.get(nr).map(|(_, source)| *source)
}

/// A template that exists and cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{name} cannot be read: {source}")]
pub(super) struct Unreadable {
    pub name: String,
    pub source: io::Error,
}

fn refused(name: &str, error: LoadError) -> Error {
    match error {
        LoadError::Outside => Error::new(ErrorKind::TemplateNotFound, format!("`{name}` {error}")),
        // Of a template that is not found the engine drops the source, so this is an error of another kind.
        LoadError::Unreadable(source) => {
            let name = name.to_owned();
            let unreadable = Unreadable { name, source };
            Error::new(ErrorKind::InvalidOperation, unreadable.to_string()).with_source(unreadable)
        }
    }
}
