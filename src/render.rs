//! Rendering of a plan with all that is known of it ([`View`]) to a document.
//!
//! A section template defines *what* a section contains, a vocabulary how a format writes it. Each format has an environment of its
//! own that escapes all that templates print, so no template can forget to. The module does not access the file system:
//! the caller hands in the user's own templates and writes the documents.

mod blocks;
mod budget;
mod bullet;
mod chapters;
mod environment;
mod error;
pub(crate) mod escape;
mod factors;
mod figures;
mod fit;
mod functions;
mod groups;
mod hyphens;
mod limits;
mod loader;
mod logo;
mod lookup;
mod names;
mod note;
pub(crate) mod plain;
mod preview;
mod prose;
mod reference;
mod sheet;
mod tables;
pub(crate) mod tags;
mod theme;

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write as _};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use minijinja::Environment;

pub(crate) use blocks::misplaced;
pub(crate) use chapters::dead_links;
pub use error::{Mistake, RenderError};
pub use loader::{LoadError, OwnTemplates, templates};
pub use logo::{Logo, LogoError};
pub(crate) use names::nearest_template;
pub(crate) use preview::preview;
pub(crate) use prose::safe_url;
pub use reference::reference;
pub use theme::{Refusal, Theme, ThemeError};

use crate::plan::Language;
use crate::view::View;
use environment::Bounded;
use lookup::{Lookup, Prepared};

/// The format of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// One self-contained page.
    Html,
    /// GitHub Flavored Markdown without any HTML.
    Markdown,
}

impl Format {
    /// The format's name in template names.
    const fn name(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Markdown => "markdown",
        }
    }

    /// Escapes a text for this format.
    fn escape(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Html => escape::html(text),
            Self::Markdown => escape::markdown(text, escape::Position::ANYWHERE).into(),
        }
    }
}

/// The document to make of a plan. Each has a template that names its sections and partials, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Layout<'p> {
    /// The whole plan.
    #[default]
    Plan,
    /// A summary on one sheet, for decision makers.
    Summary,
    /// The changes for one user group, by its id.
    Group(&'p str),
    /// The red thread alone, on wide paper.
    RedThread,
    /// A guide for the interviews of the context analysis with a group, by its id.
    Interview(&'p str),
    /// Whether the implementation is on course, on the day of the view.
    Progress,
}

impl<'p> Layout<'p> {
    pub(crate) const fn template(self) -> &'static str {
        match self {
            Self::Plan => "plan.j2",
            Self::Summary => "samenvatting.j2",
            Self::Group(_) => "groep.j2",
            Self::RedThread => "rode-draad.j2",
            Self::Interview(_) => "gesprek.j2",
            Self::Progress => "voortgang.j2",
        }
    }

    /// The layout's name for templates.
    fn key(self) -> &'static str {
        self.template().trim_end_matches(".j2")
    }

    /// The layout's part of a file name in the language of the document: "samenvatting", "group-managers". Malformed ids are
    /// escaped, so that the name cannot lead to another folder.
    #[must_use]
    pub fn name(self, language: Language) -> Option<String> {
        let is_dutch = language == Language::Dutch;
        let in_language = |dutch, english| if is_dutch { dutch } else { english };
        match self {
            Self::Plan => None,
            Self::Summary => Some(in_language("samenvatting", "summary").to_owned()),
            Self::Group(id) => Some(lookup::anchor(in_language("groep", "group"), id)),
            Self::RedThread => Some(in_language("rode-draad", "golden-thread").to_owned()),
            Self::Interview(id) => Some(lookup::anchor(in_language("gesprek", "interview"), id)),
            Self::Progress => Some(in_language("voortgang", "progress").to_owned()),
        }
    }

    /// The id of the group.
    #[must_use]
    pub const fn group(self) -> Option<&'p str> {
        match self {
            Self::Group(id) | Self::Interview(id) => Some(id),
            _ => None,
        }
    }
}

/// The options of [`render`].
#[derive(Debug, Clone, Copy)]
pub struct Request<'r> {
    /// The document's format.
    pub format: Format,
    /// The document's layout.
    pub layout: Layout<'r>,
    /// The user's own templates, which override the built-in ones of the same name.
    pub templates: Option<&'r OwnTemplates>,
    /// Whether Markdown has figures as Mermaid charts, which GitHub and GitLab draw.
    pub mermaid: bool,
    /// The house style of a page. Ignored for Markdown.
    pub theme: Option<&'r Theme>,
    /// The picture of the organisation on a page. Ignored for Markdown.
    pub logo: Option<&'r Logo>,
}

/// The whole plan in that format, with the built-in templates.
impl From<Format> for Request<'_> {
    fn from(format: Format) -> Self {
        Self {
            format,
            layout: Layout::Plan,
            templates: None,
            mermaid: false,
            theme: None,
            logo: None,
        }
    }
}

/// The format of a plan and all that is known of it for other programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Data {
    /// JSON, indented.
    Json,
    /// YAML.
    Yaml,
}

/// Serializes all that templates see.
///
/// # Errors
///
/// If it exceeds the maximum size of a document.
pub fn data(view: &View<'_>, form: Data) -> Result<Vec<u8>, RenderError> {
    let mut out = Bounded::default();
    let written = match form {
        Data::Json => serde_json::to_writer_pretty(&mut out, view)
            .map_err(io::Error::from)
            .and_then(|()| out.write_all(b"\n")),
        Data::Yaml => serde_yaml::to_writer(&mut out, view).map_err(io::Error::other),
    };
    // Writing to memory fails for no other reason.
    written.map_err(|_| RenderError::TooLarge)?;
    Ok(out.into_bytes())
}

/// Renders one document of a plan.
///
/// # Errors
///
/// If a template cannot be read or has a mistake in it.
pub fn render<'r>(view: &View<'_>, request: impl Into<Request<'r>>) -> Result<String, RenderError> {
    Renderer::of(view).render(request)
}

/// Renders documents of one plan. What they have in common is computed once, for the first of them, and each template is
/// compiled once per format. Threads may share it.
#[derive(Debug)]
pub struct Renderer<'v> {
    view: &'v View<'v>,
    prepared: OnceLock<Arc<Prepared>>,
    compiled: Mutex<HashMap<Format, Compiled>>,
    /// The user's own templates in which nothing is misplaced, and the number of those that were used then.
    judged: Mutex<Option<(OwnTemplates, usize)>>,
}

/// An environment with the templates that it compiled. Documents are rendered with copies of it, which share these.
#[derive(Debug)]
struct Compiled {
    environment: Environment<'static>,
    /// The user's own templates among them.
    own: Option<OwnTemplates>,
}

impl Compiled {
    /// Whether the environment has those templates of the user.
    fn has(&self, own: Option<&OwnTemplates>) -> bool {
        match (&self.own, own) {
            (Some(one), Some(other)) => one.is(other),
            (one, other) => one.is_none() && other.is_none(),
        }
    }

    /// The number of templates.
    fn count(&self) -> usize {
        self.environment.templates().count()
    }
}

impl<'v> Renderer<'v> {
    /// A renderer for the plan of that view.
    #[must_use]
    pub fn of(view: &'v View<'v>) -> Self {
        Self {
            view,
            prepared: OnceLock::new(),
            compiled: Mutex::default(),
            judged: Mutex::default(),
        }
    }

    /// Compiles the built-in templates of a format. Without this, documents that are rendered at the same time each compile
    /// those that they need.
    pub fn compile(&self, format: Format) {
        let compiled = Compiled {
            environment: environment::of(format, None),
            own: None,
        };
        for name in loader::names().filter(|name| environment::has(format, name)) {
            // The engine reports a mistake when a document needs the template.
            let _ = compiled.environment.get_template(name);
        }
        self.keep(format, compiled);
    }

    /// An environment with the templates that were compiled so far.
    fn compiled(&self, format: Format, own: Option<&OwnTemplates>) -> Environment<'static> {
        let known = self.compiled.lock();
        let known = known.unwrap_or_else(PoisonError::into_inner);
        let known = known.get(&format).filter(|compiled| compiled.has(own));
        known.map_or_else(
            || environment::of(format, own),
            |compiled| compiled.environment.clone(),
        )
    }

    /// Keeps an environment for the next documents, if it has more templates than the one that is known.
    fn keep(&self, format: Format, compiled: Compiled) {
        let known = self.compiled.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        let is_less = |known: &Compiled| {
            known.has(compiled.own.as_ref()) && known.count() >= compiled.count()
        };
        if !known.get(&format).is_some_and(is_less) {
            known.insert(format, compiled);
        }
    }

    /// Renders a document.
    ///
    /// # Errors
    ///
    /// If a template cannot be read or has a mistake in it.
    pub fn render<'r>(&self, request: impl Into<Request<'r>>) -> Result<String, RenderError> {
        let request = request.into();
        let document = self.render_leniently(request).map_err(|error| {
            match error.without_blame(request.templates) {
                RenderError::TooLarge => self.last_step(request).unwrap_or(RenderError::TooLarge),
                error => error,
            }
        })?;
        if let Some(own) = request.templates {
            self.reject_misplaced(own)?;
        }
        Ok(document)
    }

    /// Returns an error if parts of the templates used so far vanish.
    fn reject_misplaced(&self, own: &OwnTemplates) -> Result<(), RenderError> {
        let used = own.used();
        let judged = self.judged.lock();
        let mut judged = judged.unwrap_or_else(PoisonError::into_inner);
        let is_judged =
            |(known, count): (OwnTemplates, usize)| known.is(own) && count == used.len();
        if !judged.take().is_some_and(is_judged) {
            let mut mistakes = used.iter().flat_map(|name| misplaced(name, own));
            if let Some(mistake) = mistakes.next() {
                return Err(RenderError::Template(Box::new(mistake)));
            }
        }
        *judged = Some((own.clone(), used.len()));
        Ok(())
    }

    /// The place in the user's own templates shortly before a document becomes too large, if it is in one of them: the engine does
    /// not report where it writes plain text.
    fn last_step(&self, request: Request<'_>) -> Option<RenderError> {
        let own = request.templates?;
        let mut last = None;
        let tries = std::iter::successors(Some(16), |steps| Some(steps + steps / 4));
        for steps in tries.take_while(|steps| *steps < own.most_steps()) {
            let fewer = own.clone().with_most_steps(steps);
            let templates = Some(&fewer);
            match self.render_leniently(Request {
                templates,
                ..request
            }) {
                Err(RenderError::Template(mistake))
                    if mistake.is_endless() && mistake.line.is_some() =>
                {
                    last = Some(RenderError::Template(mistake).without_blame(Some(own)));
                }
                _ => break,
            }
        }
        last.filter(|error| !matches!(error, RenderError::TooLarge))
    }

    /// Renders a document, even if parts of the user's own templates vanish.
    pub(crate) fn render_leniently(&self, request: Request<'_>) -> Result<String, RenderError> {
        let prepared = self
            .prepared
            .get_or_init(|| Arc::new(Prepared::of(self.view)));
        let has_places = request.layout == Layout::Plan;
        let lookup = || Lookup::of(prepared, request.format, has_places);
        let document = self.attempt(request, lookup())?;
        if !has_places || request.templates.is_none() {
            return Ok(document);
        }
        let dead = dead_links(&document, request.format);
        if dead.is_empty() {
            return Ok(document);
        }
        self.attempt(request, lookup().without(dead))
    }

    fn attempt(&self, request: Request<'_>, lookup: Lookup) -> Result<String, RenderError> {
        let context = lookup.plan.context.clone();
        let mut environment = self.compiled(request.format, request.templates);
        environment::begin(&mut environment, &Arc::new(lookup), &request);
        let mut document = Bounded::default();
        let main = request.layout.template();
        let rendered = environment
            .get_template(main)
            .and_then(|template| {
                template.render_captured_to(context, &mut document)?;
                Ok(())
            })
            .map_err(|error| error::of(&error, &environment, main, request.templates));
        let own = request.templates.cloned();
        self.keep(request.format, Compiled { environment, own });
        rendered?;
        let document = escape::tidy(&document.into_text());
        Ok(match request.format {
            Format::Html => hyphens::add(&document, self.view.language),
            Format::Markdown => document,
        })
    }
}

/// Checks the syntax of one of the user's own templates.
pub(crate) fn compile(name: &str, templates: &OwnTemplates) -> Result<(), RenderError> {
    let environment = environment::without_functions(Format::Html, Some(templates));
    match environment.get_template(name) {
        Ok(_) => Ok(()),
        Err(error) => Err(error::of(&error, &environment, name, Some(templates))),
    }
}
