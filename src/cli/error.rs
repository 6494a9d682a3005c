//! Errors that stop a command. Problems in a *plan* are findings.

use std::io;
use std::path::{Path, PathBuf};

use planmaker::report::Selection;
use planmaker::{
    Argument, Language, Logo, LogoError, Reference, ReferenceError, RenderError, Theme, ThemeError,
    Words, key, key::storing, nearest,
};

use super::args::shown_option;
use super::shown_argument;

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
    /// An existing file that is read-only.
    ReadOnly(PathBuf),
    /// A file whose name is that of a device.
    Device(PathBuf),
    /// A symbolic link that leads to itself.
    LinkLoop(PathBuf),
    /// A pipe or open file that does not exist.
    NotOpen(PathBuf),
    /// One output file for more than one document.
    OneOutput(PathBuf),
    /// An option that needs a file, used with standard input or output.
    NoFile { option: &'static str },
    /// The plan is a file that is already open, which has no place beside it for documents.
    NoPlace(PathBuf),
    /// An option that has no effect without another option.
    NoUse {
        option: &'static str,
        /// The other option and its value.
        with: (&'static str, &'static str),
    },
    /// An output file whose extension contradicts `--to`.
    OtherForm {
        path: PathBuf,
        /// The format that the extension means.
        named: &'static str,
        /// The format of `--to`.
        asked: &'static str,
    },
    /// An output file whose name means no known format.
    UnknownForm(PathBuf),
    /// A group that is not one of the plan's user groups, or not one of its groups at all.
    UnknownGroup {
        id: String,
        /// The most similar group.
        meant: Option<String>,
        is_user: bool,
    },
    /// An id that is no group and no role.
    UnknownParty {
        id: String,
        /// The most similar group or role.
        meant: Option<String>,
    },
    /// A format that is no text, written to a terminal.
    BinaryToTerminal(&'static str),
    /// No browser that can print.
    NoBrowser,
    /// A browser that is not there.
    NoSuchBrowser(PathBuf),
    /// A browser that does not print, with the key of the reason.
    NotPrinted { browser: PathBuf, why: &'static str },
    /// A document that no program opens.
    NotOpened(PathBuf),
    /// A folder, pipe or device, which cannot be watched for changes.
    NotWatched(PathBuf),
    /// Output that would replace the plan itself.
    OwnPlan(PathBuf),
    /// A theme file that does not exist.
    NoTheme(PathBuf),
    /// A file that is not a theme.
    Theme { path: PathBuf, why: ThemeError },
    /// A Word file with a house style that does not exist.
    NoReference(PathBuf),
    /// A file that is no Word file with a house style.
    Reference { path: PathBuf, why: ReferenceError },
    /// A theme of which nothing was used, for reasons that were reported.
    ThemeRefused(PathBuf),
    /// A logo that does not exist.
    NoLogo(PathBuf),
    /// A file that is not a logo, or not one that a page can have.
    Logo { path: PathBuf, why: LogoError },
    /// A folder of templates that cannot be read.
    TemplateFolder { path: PathBuf, source: io::Error },
    /// A document that the user's own templates cannot render, with the reason in words.
    Template(String),
    /// The process for the user's own templates that cannot be started or breaks down.
    #[cfg(unix)]
    NotContained(io::Error),
    /// A document that cannot be rendered.
    Render(#[from] RenderError),
    /// A name that is no rule and no key.
    UnknownTopic {
        name: String,
        /// The most similar rule or key.
        meant: Option<String>,
    },
    /// A name that is neither a rule nor a part of the plan.
    UnknownSelection {
        name: String,
        /// The most similar name.
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

    /// Returns the error for a name that is neither a rule nor a part of the plan.
    pub fn unknown_selection(name: &str) -> Self {
        Self::UnknownSelection {
            name: name.to_owned(),
            meant: Selection::nearest(name),
        }
    }

    /// Returns the error for a group that is not one of these, which are user groups or all groups.
    pub fn unknown_group(id: &str, groups: &[&str], is_user: bool) -> Self {
        Self::UnknownGroup {
            id: id.to_owned(),
            meant: nearest(id, groups.iter().copied()).map(str::to_owned),
            is_user,
        }
    }

    /// Returns the error for an id that is no group and no role.
    pub fn unknown_party<'p>(id: &str, parties: impl IntoIterator<Item = &'p str>) -> Self {
        Self::UnknownParty {
            id: id.to_owned(),
            meant: nearest(id, parties).map(str::to_owned),
        }
    }

    /// Returns the problem and what to do about it, for the user.
    #[allow(clippy::too_many_lines, reason = "a few lines per error")]
    pub fn message(&self, words: Words) -> String {
        let failed = |key, path, source| {
            (
                key,
                vec![pad(path), ("oorzaak", words.cause(source).into())],
            )
        };
        let (text, arguments) = match self {
            Self::NotFound(path) => (storing::NIET_GEVONDEN, not_found(path)),
            Self::Unreadable { path, source } => failed(storing::ONLEESBAAR, path, source),
            Self::NoPlans(path) => (storing::GEEN_PLANNEN, vec![pad(path)]),
            Self::Unwritable { path, source } if path.as_os_str() == "-" => {
                failed(storing::UITVOER, path, source)
            }
            Self::Unwritable { path, source } => failed(storing::NIET_TE_SCHRIJVEN, path, source),
            Self::Exists(path) => (storing::BESTAAT_AL, vec![pad(path)]),
            Self::ReadOnly(path) => (storing::BEVEILIGD, vec![pad(path)]),
            Self::Device(path) => (storing::APPARAAT, vec![pad(path)]),
            Self::LinkLoop(path) => (storing::RONDVERWIJZING, vec![pad(path)]),
            Self::NotOpen(path) => (storing::NIET_OPEN, vec![pad(path)]),
            Self::OneOutput(path) => (storing::EEN_BESTAND, vec![pad(path)]),
            Self::NoFile { option } => (storing::GEEN_BESTAND, vec![optie(option, words)]),
            Self::NoPlace(path) => (storing::GEEN_PLEK, vec![pad(path)]),
            Self::NoUse { option, with } => {
                let with = format!("{} {}", shown_option(with.0, words), with.1);
                let arguments = vec![optie(option, words), ("bij", with.into())];
                (storing::OPTIE_ZONDER_DOEL, arguments)
            }
            Self::OtherForm { path, named, asked } => {
                let forms = [("naam", (*named).into()), ("vorm", (*asked).into())];
                let arguments = [pad(path), optie("to", words)].into_iter().chain(forms);
                (storing::ANDERE_VORM, arguments.collect())
            }
            Self::UnknownForm(path) => (storing::VORM_ONBEKEND, unknown_form(path, words)),
            Self::UnknownGroup { id, meant, is_user } => {
                let text = if *is_user {
                    storing::GROEP_ONBEKEND
                } else {
                    storing::GROEP_ONBEKEND_GESPREK
                };
                (text, unknown(id, meant.as_deref()))
            }
            Self::UnknownParty { id, meant } => {
                (storing::PARTIJ_ONBEKEND, unknown(id, meant.as_deref()))
            }
            Self::BinaryToTerminal(format) => (storing::GEEN_SCHERM, on_screen(format)),
            Self::NoBrowser => (storing::browser::GEEN, vec![optie("browser", words)]),
            Self::NoSuchBrowser(path) => (storing::browser::NIET_GEVONDEN, vec![pad(path)]),
            Self::NotPrinted { browser, why } => (*why, vec![pad(browser)]),
            Self::NotOpened(path) => (storing::NIET_GEOPEND, vec![pad(path)]),
            Self::NotWatched(path) => (
                storing::NIET_GEVOLGD,
                vec![pad(path), optie("watch", words)],
            ),
            Self::OwnPlan(path) => (storing::EIGEN_PLAN, vec![pad(path)]),
            Self::NoTheme(path) => (storing::huisstijl::NIET_GEVONDEN, vec![pad(path)]),
            Self::ThemeRefused(path) => (storing::huisstijl::NIETS_OVER, vec![pad(path)]),
            Self::Theme { path, why } => {
                let limit = ("mib", (Theme::MAX_BYTES >> 20).into());
                (no_theme(*why), vec![pad(path), limit])
            }
            Self::NoReference(path) => (storing::referentie::NIET_GEVONDEN, vec![pad(path)]),
            Self::Reference { path, why } => {
                let limit = ("mib", (Reference::MAX_BYTES >> 20).into());
                (no_reference(*why), vec![pad(path), limit])
            }
            Self::NoLogo(path) => (storing::logo::NIET_GEVONDEN, vec![pad(path)]),
            Self::Logo { path, why } => {
                let (text, argument) = no_logo(why);
                (text, vec![pad(path), argument])
            }
            Self::TemplateFolder { path, source } => {
                let text = words.get(key::render::fout::MAP);
                return text
                    .replace("{map}", &path.display().to_string())
                    .replace("{oorzaak}", &words.cause(source));
            }
            Self::Render(error) => return error.message(words),
            Self::Template(message) => return message.clone(),
            #[cfg(unix)]
            Self::NotContained(source) => {
                let text = words.get(key::render::fout::PROCES);
                return text.replace("{oorzaak}", &words.cause(source));
            }
            Self::UnknownTopic { name, meant } => {
                (storing::UITLEG_ONBEKEND, unknown(name, meant.as_deref()))
            }
            Self::UnknownSelection { name, meant } => {
                (storing::KEUZE_ONBEKEND, unknown(name, *meant))
            }
        };
        words.text(text, &arguments)
    }
}

fn not_found(path: &Path) -> Vec<(&'static str, Argument)> {
    let extension = path.extension();
    let is_plan = extension.is_some_and(|it| it == "yaml" || it == "yml");
    let new = is_plan.then(|| ("bestand", Argument::Whole(shown_argument(path))));
    [pad(path)].into_iter().chain(new).collect()
}

fn unknown_form(path: &Path, words: Words) -> Vec<(&'static str, Argument)> {
    let extension = path.extension().unwrap_or_default();
    let instead = instead_of(&extension.to_string_lossy(), words);
    let instead = instead.map(|instead| ("hoe", instead));
    [pad(path)].into_iter().chain(instead).collect()
}

/// The arguments for a format that is no text.
fn on_screen(format: &'static str) -> Vec<(&'static str, Argument)> {
    vec![("vorm", Argument::Whole(format.to_owned()))]
}

const fn no_theme(why: ThemeError) -> &'static str {
    match why {
        ThemeError::TooLarge => storing::huisstijl::TE_GROOT,
        ThemeError::NotText => storing::huisstijl::GEEN_TEKST,
        ThemeError::NoTokens => storing::huisstijl::GEEN_TOKENS,
    }
}

const fn no_reference(why: ReferenceError) -> &'static str {
    match why {
        ReferenceError::NotWord => storing::referentie::GEEN_WORD,
        ReferenceError::Encrypted => storing::referentie::VERSLEUTELD,
        ReferenceError::TooLarge => storing::referentie::TE_GROOT,
    }
}

/// The text about a file that is no logo, and its argument.
fn no_logo(why: &LogoError) -> (&'static str, (&'static str, Argument)) {
    let pixels = || usize::try_from(Logo::MAX_PIXELS).unwrap_or_default();
    let pixels = ("pixels", Argument::Count(pixels()));
    match why {
        LogoError::TooLarge => {
            let limit = ("mib", Argument::Count(Logo::MAX_BYTES >> 20));
            (storing::logo::TE_GROOT, limit)
        }
        LogoError::NoPicture => (storing::logo::GEEN_BEELD, pixels),
        LogoError::Damaged => (storing::logo::BESCHADIGD, pixels),
        LogoError::Size => (storing::logo::MAAT, pixels),
        LogoError::TooComplex => (storing::logo::TE_INGEWIKKELD, pixels),
        LogoError::Unsafe(what) => {
            let what = ("wat", Argument::Whole(what.clone()));
            (storing::logo::ONVEILIG, what)
        }
    }
}

/// The way to get a document in a format that cannot be written.
pub fn instead_of(format: &str, words: Words) -> Option<Argument> {
    let how = match format.to_lowercase().as_str() {
        "doc" | "rtf" | "word" => storing::in_plaats_van::WORD,
        "xls" | "ods" | "csv" | "excel" => storing::in_plaats_van::REKENBLAD,
        _ => return None,
    };
    Some(Argument::Whole(words.get(how).to_owned()))
}

/// The argument for a path. A line break in a file name shows as `�`, because messages collapse white space.
fn pad(path: &Path) -> (&'static str, Argument) {
    let name = path.display().to_string().replace(['\n', '\r'], "�");
    ("pad", Argument::Whole(name))
}

/// The argument for an option.
fn optie(id: &str, words: Words) -> (&'static str, Argument) {
    ("optie", shown_option(id, words).into())
}

/// The arguments for an unknown name and the most similar known one.
fn unknown(name: &str, meant: Option<&str>) -> Vec<(&'static str, Argument)> {
    let mut arguments = vec![("naam", name.into())];
    arguments.extend(meant.map(|meant| ("bedoeld", meant.into())));
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unreadable_folder_is_reported_in_the_language_of_messages() {
        let error = Error::Unreadable {
            path: "plannen/dicht".into(),
            source: io::ErrorKind::PermissionDenied.into(),
        };
        assert_eq!(
            error.message(Words::of(Language::Dutch)),
            "‘plannen/dicht’ is niet te lezen: je hebt er geen toegang toe. Kies een ander pad, of maak het leesbaar."
        );
    }

    #[test]
    fn new_is_suggested_for_plans_only() {
        let message = |path: &str| {
            let error = Error::reading(Path::new(path), io::ErrorKind::NotFound.into());
            error.message(Words::of(Language::English))
        };
        assert!(message("een plan.yaml").ends_with("‘planmaker new \"een plan.yaml\"’."));
        assert!(message("plannen/").ends_with("Check the name."));
    }

    #[test]
    fn system_errors_without_words_are_numbers() {
        let error = Error::reading(Path::new("plan.yaml"), io::Error::from_raw_os_error(9999));
        assert_eq!(
            error.message(Words::of(Language::Dutch)),
            "‘plan.yaml’ is niet te lezen: het systeem weigert het (fout 9999). Kies een ander pad, of maak het leesbaar."
        );
    }
}
