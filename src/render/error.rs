//! What can stop a document from being rendered.

use std::error::Error as _;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

use minijinja::ErrorKind;

use super::environment;
use super::loader::Unreadable;
use super::{ThemeError, names};
use crate::finding::Argument;
use crate::plan::Language;
use crate::words::Words;

/// What stopped a document from being rendered.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Words::of(Language::English)))]
pub enum RenderError {
    /// The folder with templates cannot be read.
    Folder {
        /// The folder.
        folder: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A house style that gives nothing that the document uses.
    Theme(ThemeError),
    /// What templates see would, as data, be larger than a document may be.
    TooLarge,
    /// A mistake in a template.
    Template(Box<Mistake>),
}

/// A mistake in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The template.
    pub template: String,
    /// The line in it.
    pub line: Option<usize>,
    /// The character in that line.
    pub column: Option<usize>,
    /// What sort of mistake it is, as the words know it.
    pub kind: &'static str,
    /// What the template engine says about it, in English.
    pub detail: String,
    /// The name that was most likely meant.
    pub meant: Option<String>,
    /// The place in a template of our own where it came to light.
    pub through: Option<String>,
    /// Why the template cannot be read, if that is the matter.
    pub cause: Option<io::ErrorKind>,
}

impl Mistake {
    /// The mistake as one of the template that calls the one in which it came to light, at that byte of its source if known.
    pub(super) fn called_by(self, template: String, at: Option<(&str, usize)>) -> Self {
        let through = Some(self.place());
        let place = at.and_then(|(source, at)| place(source, at));
        Self {
            template,
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            through,
            ..self
        }
    }

    /// The mistake where it was made: a value that is not there may only be missed by the macro that it was given to.
    fn at_its_origin(self) -> Self {
        let origin = self.detail.strip_suffix(')').and_then(|detail| {
            let (detail, origin) = detail.rsplit_once(" (from ")?;
            let (template, line) = origin.rsplit_once(':')?;
            let line: usize = line.parse().ok()?;
            Some((detail.to_owned(), template.to_owned(), line))
        });
        let Some((detail, template, line)) = origin else {
            return self;
        };
        Self {
            line: Some(line),
            detail,
            ..self.called_by(template, None)
        }
    }

    /// The mistake with its column, at that part of the source.
    pub(super) fn at(self, source: &str, part: Option<&Range<usize>>) -> Self {
        let place = part.and_then(|part| place(source, part.start));
        Self {
            column: place.map_or(self.column, |(_, column)| Some(column)),
            ..self
        }
    }

    /// The line that it was made on and what is wrong there, when it came to light elsewhere.
    pub(super) fn origin(&self) -> Option<(usize, String)> {
        self.through.as_ref()?;
        Some((self.line?, names::named(&self.detail)?.to_owned()))
    }

    /// Where it is: "partials/voorblad.j2:3:5".
    #[must_use]
    pub fn place(&self) -> String {
        let mut place = self.template.clone();
        for number in self.line.into_iter().chain(self.column) {
            place.push_str(&format!(":{number}"));
        }
        place
    }

    /// What the matter is, in words.
    #[must_use]
    pub fn message(&self, words: Words) -> String {
        let cause = self.cause.and_then(|cause| cause_in_words(cause, words));
        let detail = match &self.through {
            Some(place) => words
                .get("sjablonen.door")
                .replace("{plek}", place)
                .replace("{detail}", &self.detail),
            None => cause.map_or_else(|| self.detail.clone(), str::to_owned),
        };
        let meant = self
            .meant
            .as_ref()
            .map(|meant| words.get("sjablonen.bedoeld").replace("{bedoeld}", meant));
        format!(
            "{} ({detail}){}",
            words.get(&format!("render.fout.{}", self.kind)),
            meant.unwrap_or_default()
        )
    }
}

impl RenderError {
    /// The error in words.
    #[must_use]
    pub fn message(&self, words: Words) -> String {
        match self {
            Self::Folder { folder, source } => words
                .get("render.fout.map")
                .replace("{map}", &folder.display().to_string())
                .replace("{oorzaak}", &cause(source, words)),
            Self::TooLarge => {
                let maximum = Argument::Count(environment::LARGEST >> 20);
                words.text("render.fout.te_groot", &[("maximum", maximum)])
            }
            Self::Theme(_) => words.get("render.fout.huisstijl").to_owned(),
            Self::Template(mistake) => {
                let key = if mistake.line.is_some() {
                    "render.fout.sjabloon"
                } else {
                    "render.fout.sjabloon_zonder_regel"
                };
                words
                    .get(key)
                    .replace("{sjabloon}", &mistake.template)
                    .replace("{regel}", &mistake.line.unwrap_or_default().to_string())
                    .replace("{wat}", &mistake.message(words))
            }
        }
    }
}

/// The error that the others are about: the template that has the mistake, rather than the one that includes it.
pub(super) fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let mut innermost = error;
    while let Some(inner) = innermost
        .source()
        .and_then(|source| source.downcast_ref::<minijinja::Error>())
    {
        innermost = inner;
    }
    innermost
}

impl From<minijinja::Error> for RenderError {
    /// The template that has the mistake, rather than the one that includes it.
    fn from(error: minijinja::Error) -> Self {
        let innermost = innermost(&error);
        let theme = innermost
            .source()
            .and_then(|source| source.downcast_ref::<ThemeError>());
        if let Some(theme) = theme {
            return Self::Theme(*theme);
        }
        let unreadable = innermost
            .source()
            .and_then(|source| source.downcast_ref::<Unreadable>());
        if let Some(Unreadable { name, source }) = unreadable {
            return Self::Template(Box::new(Mistake {
                template: name.clone(),
                line: None,
                column: None,
                kind: "onleesbaar",
                detail: source.to_string(),
                meant: None,
                through: None,
                cause: Some(source.kind()),
            }));
        }
        let place = if innermost.name().is_some() {
            innermost
        } else {
            &error
        };
        let column = place
            .template_source()
            .zip(place.range())
            .and_then(|(source, at)| self::place(source, at.start));
        let mistake = Mistake {
            template: place.name().unwrap_or("plan.j2").to_owned(),
            line: place.line(),
            column: column.map(|(_, column)| column),
            kind: kind(innermost.kind()),
            detail: detail(innermost),
            meant: names::meant(innermost),
            through: None,
            cause: None,
        };
        Self::Template(Box::new(mistake.at_its_origin()))
    }
}

/// The line and the character in it of a byte in a text.
fn place(source: &str, at: usize) -> Option<(usize, usize)> {
    let before = source.get(..at)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    Some((before.matches('\n').count() + 1, line.chars().count() + 1))
}

/// What the template engine says, or what it stumbles over.
fn detail(error: &minijinja::Error) -> String {
    let stumbles = || {
        let text = error.template_source()?.get(error.range()?)?;
        Some(format!("`{text}`: {}", error.kind()))
    };
    let says = error.detail().map(str::to_owned);
    says.or_else(stumbles)
        .unwrap_or_else(|| error.kind().to_string())
}

const fn kind(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::SyntaxError => "schrijfwijze",
        ErrorKind::TemplateNotFound => "ontbreekt",
        ErrorKind::UndefinedError
        | ErrorKind::UnknownFilter
        | ErrorKind::UnknownTest
        | ErrorKind::UnknownFunction
        | ErrorKind::UnknownMethod => "onbekend",
        ErrorKind::OutOfFuel | ErrorKind::WriteFailure => "te_veel",
        _ => "anders",
    }
}

/// Why the system refused, in words where we have them.
pub fn cause(error: &io::Error, words: Words) -> String {
    cause_in_words(error.kind(), words).map_or_else(|| error.to_string(), str::to_owned)
}

/// What that kind of refusal is called, if we have words for it.
pub fn cause_in_words(kind: io::ErrorKind, words: Words) -> Option<&'static str> {
    let key = match kind {
        io::ErrorKind::PermissionDenied => "geen_toegang",
        io::ErrorKind::IsADirectory => "is_map",
        io::ErrorKind::NotADirectory | io::ErrorKind::NotFound => "map_bestaat_niet",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "schijf_vol",
        io::ErrorKind::ReadOnlyFilesystem => "alleen_lezen",
        io::ErrorKind::AlreadyExists => "bestaat_al",
        io::ErrorKind::InvalidData => "geen_tekst",
        io::ErrorKind::FileTooLarge => "te_groot",
        io::ErrorKind::InvalidFilename | io::ErrorKind::InvalidInput => "naam_kan_niet",
        io::ErrorKind::DirectoryNotEmpty => "map_niet_leeg",
        io::ErrorKind::ResourceBusy
        | io::ErrorKind::ExecutableFileBusy
        | io::ErrorKind::WouldBlock => "in_gebruik",
        io::ErrorKind::TimedOut
        | io::ErrorKind::StaleNetworkFileHandle
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::NetworkDown => "geen_verbinding",
        io::ErrorKind::BrokenPipe => "leest_niet_meer",
        io::ErrorKind::OutOfMemory => "geen_geheugen",
        io::ErrorKind::Unsupported => "kan_hier_niet",
        _ => return None,
    };
    words.find(&format!("storing.oorzaak.{key}"))
}
