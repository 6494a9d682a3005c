//! What stopped the tool. What is wrong with a *plan* is a finding.

use std::io;
use std::path::{Path, PathBuf};

use planmaker::finding::Argument;
use planmaker::plan::Language;
use planmaker::render::{RenderError, Theme, ThemeError};
use planmaker::rules::BOOK;
use planmaker::value::suggest;
use planmaker::words::Words;

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
    /// An option that needs a file, where there is standard input or standard output.
    NoFile {
        /// The option.
        option: &'static str,
    },
    /// An option that has nothing to do beside what else is asked.
    NoUse {
        /// The option.
        option: &'static str,
        /// What it goes with.
        with: &'static str,
    },
    /// A file whose name says that it is something else than what is asked.
    OtherForm {
        /// The file.
        path: PathBuf,
        /// What its name says that it is.
        named: &'static str,
        /// What is asked.
        asked: &'static str,
    },
    /// A group that is not among the user groups of the plan.
    UnknownGroup {
        /// The id that was asked for.
        id: String,
        /// The group that was most likely meant.
        meant: Option<String>,
    },
    /// A document that no program opens.
    NotOpened {
        /// The document.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A plan that cannot be followed while it changes.
    NotWatched {
        /// The plan.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Output that would replace the plan itself.
    OwnPlan(PathBuf),
    /// A house style that does not exist.
    NoTheme(PathBuf),
    /// A file that is no house style.
    Theme {
        /// The file.
        path: PathBuf,
        /// Why.
        why: ThemeError,
    },
    /// A folder with templates that cannot be read.
    TemplateFolder {
        /// The folder.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
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
        let meant = BOOK.nearest(name);
        Self::UnknownRule {
            name: name.to_owned(),
            meant,
        }
    }

    /// The error of asking for a group that is not among the user groups of a plan.
    #[must_use]
    pub fn unknown_group<'p>(id: &str, groups: impl IntoIterator<Item = &'p str>) -> Self {
        Self::UnknownGroup {
            id: id.to_owned(),
            meant: suggest::nearest(id, groups).map(str::to_owned),
        }
    }

    /// What is the matter and what to do, in plain words.
    #[must_use]
    pub fn message(&self, words: Words) -> String {
        match self {
            Self::Render(error) => error.message(words),
            Self::TemplateFolder { path, source } => words
                .get("render.fout.map")
                .replace("{map}", &path.display().to_string())
                .replace("{oorzaak}", &words.cause(source)),
            _ => words.text(&format!("storing.{}", self.key()), &self.arguments(words)),
        }
    }

    fn key(&self) -> &'static str {
        match self {
            Self::NotFound(_) => "niet_gevonden",
            Self::Unreadable { .. } => "onleesbaar",
            Self::NoPlans(_) => "geen_plannen",
            Self::Unwritable { path, .. } if path.as_os_str() == "-" => "uitvoer",
            Self::Unwritable { .. } => "niet_te_schrijven",
            Self::Exists(_) => "bestaat_al",
            Self::OneOutput(_) => "een_bestand",
            Self::NoFile { .. } => "geen_bestand",
            Self::NoUse { .. } => "optie_zonder_doel",
            Self::OtherForm { .. } => "andere_vorm",
            Self::UnknownGroup { .. } => "groep_onbekend",
            Self::NotOpened { .. } => "niet_geopend",
            Self::NotWatched { .. } => "niet_gevolgd",
            Self::OwnPlan(_) => "eigen_plan",
            Self::NoTheme(_) => "huisstijl.niet_gevonden",
            Self::Theme { why, .. } => match why {
                ThemeError::TooLarge => "huisstijl.te_groot",
                ThemeError::NotText => "huisstijl.geen_tekst",
                ThemeError::NoTokens => "huisstijl.geen_tokens",
            },
            Self::TemplateFolder { .. } | Self::Render(_) => "document",
            Self::UnknownRule { .. } => "regel_onbekend",
        }
    }

    fn arguments(&self, words: Words) -> Vec<(&'static str, Argument)> {
        // A line break in a name is part of it, and not white space that messages leave out.
        let name = |path: &PathBuf| path.display().to_string().replace(['\n', '\r'], "�");
        let path = |path: &PathBuf| ("pad", Argument::Whole(name(path)));
        match self {
            Self::NotFound(at)
            | Self::NoTheme(at)
            | Self::NoPlans(at)
            | Self::Exists(at)
            | Self::OneOutput(at)
            | Self::OwnPlan(at) => vec![path(at)],
            Self::Theme { path: at, .. } => {
                vec![path(at), ("mib", Argument::Count(Theme::MAX_BYTES >> 20))]
            }
            Self::TemplateFolder { .. } | Self::Render(_) => Vec::new(),
            Self::Unreadable { path: at, source }
            | Self::Unwritable { path: at, source }
            | Self::NotOpened { path: at, source }
            | Self::NotWatched { path: at, source } => {
                vec![path(at), ("oorzaak", Argument::from(words.cause(source)))]
            }
            Self::NoFile { option } => vec![("optie", Argument::from(*option))],
            Self::NoUse { option, with } => vec![
                ("optie", Argument::from(*option)),
                ("bij", Argument::from(*with)),
            ],
            Self::OtherForm {
                path: at,
                named,
                asked,
            } => vec![
                path(at),
                ("naam", Argument::from(*named)),
                ("vorm", Argument::from(*asked)),
            ],
            Self::UnknownRule { name, meant } => unknown(name, *meant),
            Self::UnknownGroup { id, meant } => unknown(id, meant.as_deref()),
        }
    }
}

/// A name that is not known, and the one that was most likely meant.
fn unknown(name: &str, meant: Option<&str>) -> Vec<(&'static str, Argument)> {
    let meant = meant.map(|meant| ("bedoeld", Argument::from(meant)));
    std::iter::once(("naam", Argument::from(name)))
        .chain(meant)
        .collect()
}
