//! Errors that stop a command. Problems in a *plan* are findings.

use std::io;
use std::path::{Path, PathBuf};

use planmaker::{
    Argument, BOOK, Language, RenderError, Theme, ThemeError, Words, key, key::storing, nearest,
};

/// An error that stops a command.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Words::of(Language::English)))]
pub enum Error {
    /// A file or folder that does not exist.
    NotFound(PathBuf),
    /// A file that cannot be read.
    Unreadable { path: PathBuf, source: io::Error },
    /// A folder without plans.
    NoPlans(PathBuf),
    /// Output that cannot be written.
    Unwritable { path: PathBuf, source: io::Error },
    /// An existing file that may not be overwritten.
    Exists(PathBuf),
    /// One output file for more than one document.
    OneOutput(PathBuf),
    /// An option that needs a file, used with standard input or output.
    NoFile { option: &'static str },
    /// An option that has no effect without another option.
    NoUse {
        option: &'static str,
        /// The other option.
        with: &'static str,
    },
    /// An output file whose extension contradicts `--to`.
    OtherForm {
        path: PathBuf,
        /// The format that the extension means.
        named: &'static str,
        /// The format of `--to`.
        asked: &'static str,
    },
    /// A group that is not one of the plan's user groups.
    UnknownGroup {
        id: String,
        /// The most similar user group.
        meant: Option<String>,
    },
    /// A document that no program opens.
    NotOpened { path: PathBuf, source: io::Error },
    /// A plan that cannot be watched for changes.
    NotWatched { path: PathBuf, source: io::Error },
    /// Output that would replace the plan itself.
    OwnPlan(PathBuf),
    /// A theme file that does not exist.
    NoTheme(PathBuf),
    /// A file that is not a theme.
    Theme { path: PathBuf, why: ThemeError },
    /// A folder of templates that cannot be read.
    TemplateFolder { path: PathBuf, source: io::Error },
    /// A document that cannot be rendered.
    Render(#[from] RenderError),
    /// A name that is no rule and no key.
    UnknownTopic {
        name: String,
        /// The most similar rule or key.
        meant: Option<String>,
    },
    /// A rule name that does not exist.
    UnknownRule {
        name: String,
        /// The most similar rule name.
        meant: Option<&'static str>,
    },
}

impl Error {
    /// Returns the error for a file that could not be read.
    pub fn reading(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        if source.kind() == io::ErrorKind::NotFound {
            Self::NotFound(path)
        } else {
            Self::Unreadable { path, source }
        }
    }

    /// Returns the error for a rule name that does not exist.
    pub fn unknown_rule(name: &str) -> Self {
        Self::UnknownRule {
            name: name.to_owned(),
            meant: BOOK.nearest(name),
        }
    }

    /// Returns the error for a group that is not one of the plan's user groups.
    pub fn unknown_group<'p>(id: &str, groups: impl IntoIterator<Item = &'p str>) -> Self {
        Self::UnknownGroup {
            id: id.to_owned(),
            meant: nearest(id, groups).map(str::to_owned),
        }
    }

    /// Returns the problem and what to do about it, for the user.
    pub fn message(&self, words: Words) -> String {
        let failed = |key, path, source| {
            (
                key,
                vec![pad(path), ("oorzaak", words.cause(source).into())],
            )
        };
        let (text, arguments) = match self {
            Self::NotFound(path) => (storing::NIET_GEVONDEN, vec![pad(path)]),
            Self::Unreadable { path, source } => failed(storing::ONLEESBAAR, path, source),
            Self::NoPlans(path) => (storing::GEEN_PLANNEN, vec![pad(path)]),
            Self::Unwritable { path, source } if path.as_os_str() == "-" => {
                failed(storing::UITVOER, path, source)
            }
            Self::Unwritable { path, source } => failed(storing::NIET_TE_SCHRIJVEN, path, source),
            Self::Exists(path) => (storing::BESTAAT_AL, vec![pad(path)]),
            Self::OneOutput(path) => (storing::EEN_BESTAND, vec![pad(path)]),
            Self::NoFile { option } => (storing::GEEN_BESTAND, vec![("optie", (*option).into())]),
            Self::NoUse { option, with } => (
                storing::OPTIE_ZONDER_DOEL,
                vec![("optie", (*option).into()), ("bij", (*with).into())],
            ),
            Self::OtherForm { path, named, asked } => (
                storing::ANDERE_VORM,
                vec![
                    pad(path),
                    ("naam", (*named).into()),
                    ("vorm", (*asked).into()),
                ],
            ),
            Self::UnknownGroup { id, meant } => {
                (storing::GROEP_ONBEKEND, unknown(id, meant.as_deref()))
            }
            Self::NotOpened { path, source } => failed(storing::NIET_GEOPEND, path, source),
            Self::NotWatched { path, source } => failed(storing::NIET_GEVOLGD, path, source),
            Self::OwnPlan(path) => (storing::EIGEN_PLAN, vec![pad(path)]),
            Self::NoTheme(path) => (storing::huisstijl::NIET_GEVONDEN, vec![pad(path)]),
            Self::Theme { path, why } => {
                let text = match why {
                    ThemeError::TooLarge => storing::huisstijl::TE_GROOT,
                    ThemeError::NotText => storing::huisstijl::GEEN_TEKST,
                    ThemeError::NoTokens => storing::huisstijl::GEEN_TOKENS,
                };
                (
                    text,
                    vec![pad(path), ("mib", (Theme::MAX_BYTES >> 20).into())],
                )
            }
            Self::TemplateFolder { path, source } => {
                let text = words.get(key::render::fout::MAP);
                return text
                    .replace("{map}", &path.display().to_string())
                    .replace("{oorzaak}", &words.cause(source));
            }
            Self::Render(error) => return error.message(words),
            Self::UnknownTopic { name, meant } => {
                (storing::UITLEG_ONBEKEND, unknown(name, meant.as_deref()))
            }
            Self::UnknownRule { name, meant } => (storing::REGEL_ONBEKEND, unknown(name, *meant)),
        };
        words.text(text, &arguments)
    }
}

/// The argument for a path. A line break in a file name shows as `�`, because messages collapse white space.
fn pad(path: &Path) -> (&'static str, Argument) {
    let name = path.display().to_string().replace(['\n', '\r'], "�");
    ("pad", Argument::Whole(name))
}

/// The arguments for an unknown name and the most similar known one.
fn unknown(name: &str, meant: Option<&str>) -> Vec<(&'static str, Argument)> {
    let mut arguments = vec![("naam", name.into())];
    arguments.extend(meant.map(|meant| ("bedoeld", meant.into())));
    arguments
}
