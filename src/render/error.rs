//! Errors of rendering a document.

use std::error::Error;
use std::io;
use std::ops::Range;

use minijinja::{Environment, ErrorKind};

use super::environment;
use super::limits::TooMuch;
use super::loader::Unreadable;
use super::{OwnTemplates, ThemeError, names};
use crate::finding::Argument;
use crate::plan::Language;
use crate::words::{Words, key};

/// The kind of mistake that exceeds a limit, of time or size.
const LIMIT: &str = "te_veel";

/// The reason why a document was not rendered.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message(Words::of(Language::English)))]
pub enum RenderError {
    /// A house style that sets nothing that the document uses.
    Theme(ThemeError),
    /// The plan makes the document, or all that templates see as data, exceed the maximum size of a document.
    TooLarge,
    /// A mistake in a template.
    Template(Box<Mistake>),
}

/// A mistake in a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The name of the template.
    pub template: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The character in that line, from 1.
    pub column: Option<usize>,
    /// The kind of mistake, as a key of the words.
    pub kind: &'static str,
    /// The template engine's message, in English.
    pub detail: String,
    /// The name that was probably meant.
    pub meant: Option<String>,
    /// The place where the mistake surfaced, if that is in another template.
    pub through: Option<String>,
    /// The reason why the template cannot be read.
    pub cause: Option<io::ErrorKind>,
    /// The part of the template's source that is wrong.
    pub(crate) span: Option<Range<usize>>,
}

impl Mistake {
    /// A mistake that was found in a source without the engine.
    pub(crate) fn at(
        template: &str,
        source: &str,
        span: Range<usize>,
        kind: &'static str,
        detail: String,
        meant: Option<String>,
    ) -> Self {
        let place = place(source, span.start);
        Self {
            template: template.to_owned(),
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            kind,
            detail,
            meant,
            through: None,
            cause: None,
            span: Some(span),
        }
    }

    /// A mistake of a template as a whole.
    pub(crate) fn in_template(template: &str, kind: &'static str, detail: String) -> Self {
        Self {
            template: template.to_owned(),
            line: None,
            column: None,
            kind,
            detail,
            meant: None,
            through: None,
            cause: None,
            span: None,
        }
    }

    /// The mistake as one of the template that calls the one in which it surfaced. The part of its source is the call, if known.
    pub(crate) fn called_by(self, template: String, call: Option<(&str, Range<usize>)>) -> Self {
        let through = Some(self.place());
        let place = call
            .as_ref()
            .and_then(|(source, span)| place(source, span.start));
        Self {
            template,
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            span: call.map(|(_, span)| span),
            through,
            ..self
        }
    }

    /// The mistake at its origin: the engine finds an undefined value only in the macro that it was passed to.
    fn at_its_origin(self, environment: &Environment<'_>) -> Self {
        let origin = self.detail.strip_suffix(')').and_then(|detail| {
            let (detail, origin) = detail.rsplit_once(" (from ")?;
            let (template, line) = origin.rsplit_once(':')?;
            let line: usize = line.parse().ok()?;
            Some((detail.to_owned(), template.to_owned(), line))
        });
        let Some((detail, template, line)) = origin else {
            return self;
        };
        let compiled = environment.get_template(&template).ok();
        let source = compiled.as_ref().map_or("", |template| template.source());
        let call = names::named(&detail).and_then(|name| find(source, line, name));
        let call = call.map(|span| (source, span));
        Self {
            line: Some(line),
            detail,
            ..self.called_by(template, call)
        }
    }

    /// Whether the template exceeded a limit, of time or size.
    pub(crate) fn is_endless(&self) -> bool {
        self.kind == LIMIT
    }

    pub(crate) fn is_syntax(&self) -> bool {
        self.kind == "schrijfwijze"
    }

    /// The place, as in "partials/voorblad.j2:3:5".
    #[must_use]
    pub fn place(&self) -> String {
        let mut place = self.template.clone();
        for number in self.line.into_iter().chain(self.column) {
            place.push_str(&format!(":{number}"));
        }
        place
    }

    /// The mistake in words, without its place.
    #[must_use]
    pub fn message(&self, words: Words) -> String {
        let cause = self.cause.map(|cause| words.cause_of(cause, None));
        let detail = match &self.through {
            Some(place) => words
                .get(key::sjablonen::DOOR)
                .replace("{plek}", place)
                .replace("{detail}", &self.detail),
            None => cause.unwrap_or_else(|| self.detail.clone()),
        };
        let meant = self.meant.as_ref().map(|meant| {
            words
                .get(key::sjablonen::BEDOELD)
                .replace("{bedoeld}", meant)
        });
        format!(
            "{} ({detail}){}",
            words.get(&format!("render.fout.{}", self.kind)),
            meant.unwrap_or_default()
        )
    }
}

impl RenderError {
    /// The error, as one of the plan if it exceeds a limit in a template that is not one of the user's own.
    pub(super) fn without_blame(self, own: Option<&OwnTemplates>) -> Self {
        match self {
            Self::Template(mistake)
                if mistake.is_endless()
                    && own.is_none_or(|own| matches!(own.load(&mistake.template), Ok(None))) =>
            {
                Self::TooLarge
            }
            error => error,
        }
    }

    /// The error in words.
    #[must_use]
    pub fn message(&self, words: Words) -> String {
        match self {
            Self::TooLarge => {
                let maximum = Argument::Count(environment::LARGEST >> 20);
                words.text(key::render::fout::TE_GROOT, &[("maximum", maximum)])
            }
            Self::Theme(_) => words.get(key::render::fout::HUISSTIJL).to_owned(),
            Self::Template(mistake) => {
                let key = if mistake.line.is_some() {
                    key::render::fout::SJABLOON
                } else {
                    key::render::fout::SJABLOON_ZONDER_REGEL
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

/// The source of an error, if it is of that type.
fn source<E: Error + 'static>(error: &minijinja::Error) -> Option<&E> {
    error.source().and_then(|source| source.downcast_ref())
}

/// Converts an error of the template engine. It is reported in the template that has the mistake rather than those that
/// include it. `main` is the name of the template that was rendered.
pub(super) fn of(
    error: &minijinja::Error,
    environment: &Environment<'_>,
    main: &str,
    own: Option<&OwnTemplates>,
) -> RenderError {
    let innermost = innermost(error);
    if let Some(theme) = source::<ThemeError>(innermost) {
        return RenderError::Theme(*theme);
    }
    let mistake = if let Some(Unreadable { name, source }) = source(innermost) {
        Mistake {
            cause: Some(source.kind()),
            ..Mistake::in_template(name, "onleesbaar", source.to_string())
        }
    } else if let Some(TooMuch {
        template,
        line,
        detail,
    }) = source(innermost)
    {
        Mistake {
            line: *line,
            ..Mistake::in_template(template, "te_diep", detail.clone())
        }
    } else if let Some(place) = own.and_then(|own| exceeding(error, main, own)) {
        match place {
            Exceeding::At(at) => located(at, innermost),
            Exceeding::In(name) => {
                Mistake::in_template(name, kind(innermost.kind()), detail(innermost))
            }
        }
    } else {
        let at = innermost.name().map_or(error, |_| innermost);
        located(at, innermost).at_its_origin(environment)
    };
    RenderError::Template(Box::new(mistake))
}

/// The error that caused another one.
fn innermost(error: &minijinja::Error) -> &minijinja::Error {
    let mut innermost = error;
    while let Some(inner) = source::<minijinja::Error>(innermost) {
        innermost = inner;
    }
    innermost
}

/// A mistake at the place of one error, for the reason of another.
fn located(at: &minijinja::Error, why: &minijinja::Error) -> Mistake {
    let span = at.range();
    let start = at.template_source().zip(span.as_ref());
    let start = start.and_then(|(source, span)| place(source, span.start));
    Mistake {
        template: at.name().unwrap_or("plan.j2").to_owned(),
        line: at.line(),
        column: start.map(|(_, column)| column),
        kind: kind(why.kind()),
        detail: detail(why),
        meant: names::meant(why),
        through: None,
        cause: None,
        span,
    }
}

/// The place in the user's own templates that exceeds a limit.
enum Exceeding<'e> {
    At(&'e minijinja::Error),
    /// A template, where the engine does not report the line.
    In(&'e str),
}

/// The innermost place in the user's own templates, if an error is about a limit: a large plan may exceed it in a template of
/// planmaker that an own one includes in a loop.
fn exceeding<'e>(
    error: &'e minijinja::Error,
    main: &'e str,
    own: &OwnTemplates,
) -> Option<Exceeding<'e>> {
    let is_own = |name: &str| !matches!(own.load(name), Ok(None));
    if kind(innermost(error).kind()) != LIMIT {
        return None;
    }
    let mut found = (error.name().is_none() && is_own(main)).then_some(Exceeding::In(main));
    let mut next = Some(error);
    while let Some(error) = next {
        if error.name().is_some_and(is_own) {
            found = Some(Exceeding::At(error));
        }
        next = source(error);
        // The engine does not locate errors of writing plain text, so the last place is where the template was included.
        if next.is_some_and(|inner| inner.name().is_none())
            && let Some(name) = names::named(error.detail().unwrap_or_default())
            && error.kind() == ErrorKind::BadInclude
            && is_own(name)
        {
            found = Some(Exceeding::In(name));
        }
    }
    found
}

/// The line and column of a byte in a source.
fn place(source: &str, at: usize) -> Option<(usize, usize)> {
    let before = source.get(..at)?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    Some((before.matches('\n').count() + 1, line.chars().count() + 1))
}

/// The position of a name in a line of a source.
fn find(source: &str, line: usize, name: &str) -> Option<Range<usize>> {
    let lines = source.split_inclusive('\n');
    let start: usize = lines.take(line.saturating_sub(1)).map(str::len).sum();
    let at = start + source.get(start..)?.lines().next()?.find(name)?;
    Some(at..at + name.len())
}

/// The template engine's message, else the code that it cannot handle.
fn detail(error: &minijinja::Error) -> String {
    let code = || {
        let code = error.template_source()?.get(error.range()?)?;
        Some(format!("`{code}`: {}", error.kind()))
    };
    error
        .detail()
        .map(str::to_owned)
        .or_else(code)
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
        ErrorKind::OutOfFuel | ErrorKind::WriteFailure => LIMIT,
        _ => "anders",
    }
}
