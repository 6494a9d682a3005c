//! What stopped the tool. What is wrong with a *plan* is a finding.

use std::io;
use std::path::{Path, PathBuf};

use crate::finding::Argument;
use crate::plan::Language;
use crate::render::RenderError;
use crate::words::Words;

/// What stopped the tool from doing its work.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Words::of(Language::English)))]
pub enum Error {
    /// A file or folder that does not exist.
    NotFound(PathBuf),
    /// A file that cannot be read.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A folder without plans.
    NoPlans(PathBuf),
    /// Output that cannot be written.
    Unwritable {
        /// Where it should have gone.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file that is there already and may not be overwritten.
    Exists(PathBuf),
    /// One file for more than one document.
    OneOutput(PathBuf),
    /// Output that would replace the plan itself.
    OwnPlan(PathBuf),
    /// A document that cannot be rendered.
    Render(#[from] RenderError),
    /// The name of a rule that does not exist.
    UnknownRule {
        /// The name.
        name: String,
        /// The rule that was most likely meant.
        meant: Option<&'static str>,
    },
}

impl Error {
    /// The error of reading a file that went wrong.
    #[must_use]
    pub fn reading(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        if source.kind() == io::ErrorKind::NotFound {
            Self::NotFound(path)
        } else {
            Self::Unreadable { path, source }
        }
    }

    /// The error of naming a rule that does not exist.
    #[must_use]
    pub fn unknown_rule(name: &str) -> Self {
        let meant = crate::suggest::nearest(name, crate::rule::all().map(|rule| rule.name));
        Self::UnknownRule {
            name: name.to_owned(),
            meant,
        }
    }

    /// What is the matter and what to do, in plain words.
    #[must_use]
    pub fn message(&self, words: Words) -> String {
        match self {
            Self::Render(error) => error.message(words),
            _ => words.text(&format!("storing.{}", self.key()), &self.arguments(words)),
        }
    }

    const fn key(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "niet_gevonden",
            Self::Unreadable { .. } => "onleesbaar",
            Self::NoPlans(_) => "geen_plannen",
            Self::Unwritable { .. } => "niet_te_schrijven",
            Self::Exists(_) => "bestaat_al",
            Self::OneOutput(_) => "een_bestand",
            Self::OwnPlan(_) => "eigen_plan",
            Self::Render(_) => "document",
            Self::UnknownRule { .. } => "regel_onbekend",
        }
    }

    fn arguments(&self, words: Words) -> Vec<(&'static str, Argument)> {
        // A line break in a name is part of it, and not white space that messages leave out.
        let name = |path: &PathBuf| path.display().to_string().replace(['\n', '\r'], "�");
        let path = |path: &PathBuf| ("pad", Argument::from(name(path)));
        match self {
            Self::NotFound(at)
            | Self::NoPlans(at)
            | Self::Exists(at)
            | Self::OneOutput(at)
            | Self::OwnPlan(at) => vec![path(at)],
            Self::Render(_) => Vec::new(),
            Self::Unreadable { path: at, source } | Self::Unwritable { path: at, source } => {
                vec![path(at), ("oorzaak", Argument::from(cause(source, words)))]
            }
            Self::UnknownRule { name, meant } => {
                let meant = meant.map(|meant| ("bedoeld", Argument::from(meant)));
                std::iter::once(("naam", Argument::from(name.as_str())))
                    .chain(meant)
                    .collect()
            }
        }
    }
}

/// Why the system refused, in words where we have them.
fn cause(error: &io::Error, words: Words) -> String {
    let key = match error.kind() {
        io::ErrorKind::PermissionDenied => "geen_toegang",
        io::ErrorKind::IsADirectory => "is_map",
        io::ErrorKind::NotADirectory | io::ErrorKind::NotFound => "map_bestaat_niet",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "schijf_vol",
        io::ErrorKind::ReadOnlyFilesystem => "alleen_lezen",
        _ => return error.to_string(),
    };
    words.get(&format!("storing.oorzaak.{key}")).to_owned()
}
