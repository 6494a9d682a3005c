//! What can stop a document from being rendered.

use std::error::Error as _;
use std::io;
use std::path::PathBuf;

use minijinja::ErrorKind;

use super::environment;
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
    /// What templates see would, as data, be larger than a document may be.
    TooLarge,
    /// A mistake in a template.
    Template {
        /// The template.
        name: String,
        /// The line in it.
        line: Option<usize>,
        /// What sort of mistake it is, as the words know it.
        kind: &'static str,
        /// What the template engine says about it, in English.
        detail: String,
    },
}

impl RenderError {
    /// The error in words.
    #[must_use]
    pub fn message(&self, words: Words) -> String {
        match self {
            Self::Folder { folder, source } => words
                .get("render.fout.map")
                .replace("{map}", &folder.display().to_string())
                .replace("{oorzaak}", &source.to_string()),
            Self::TooLarge => {
                let maximum = Argument::Count(environment::LARGEST >> 20);
                words.text("render.fout.te_groot", &[("maximum", maximum)])
            }
            Self::Template {
                name,
                line,
                kind,
                detail,
            } => {
                let key = if line.is_some() {
                    "render.fout.sjabloon"
                } else {
                    "render.fout.sjabloon_zonder_regel"
                };
                words
                    .get(key)
                    .replace("{sjabloon}", name)
                    .replace("{regel}", &line.unwrap_or_default().to_string())
                    .replace("{soort}", words.get(&format!("render.fout.{kind}")))
                    .replace("{detail}", detail)
            }
        }
    }
}

impl From<minijinja::Error> for RenderError {
    /// The template that has the mistake, rather than the one that includes it.
    fn from(error: minijinja::Error) -> Self {
        let mut innermost = &error;
        while let Some(inner) = innermost
            .source()
            .and_then(|source| source.downcast_ref::<minijinja::Error>())
        {
            innermost = inner;
        }
        let place = if innermost.name().is_some() {
            innermost
        } else {
            &error
        };
        Self::Template {
            name: place.name().unwrap_or("plan.j2").to_owned(),
            line: place.line(),
            kind: kind(innermost.kind()),
            detail: innermost
                .detail()
                .map_or_else(|| innermost.kind().to_string(), str::to_owned),
        }
    }
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
